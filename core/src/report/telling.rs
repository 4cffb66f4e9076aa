//! What a report says, sentence by sentence, in one language: the same words in every form that people
//! read.

use super::words::Words;
use super::{
    DeviationNote, ElementRef, FilePosition, Finding, Missing, ProgrammeNote, Readiness, Report,
};
use crate::eval::Verdict;
use crate::pack::Severity;
use crate::text::{Language, Text};

/// A report on its way to people.
#[derive(Debug, Clone, Copy)]
pub(super) struct Telling<'a> {
    pub(super) report: &'a Report,
    pub(super) language: Language,
    pub(super) words: &'static Words,
}

/// The findings that stand under one programme, or under none.
pub(super) struct Section<'a> {
    /// `None`: what belongs to no programme that the report lists.
    pub(super) programme: Option<&'a ProgrammeNote>,
    pub(super) groups: Vec<Group<'a>>,
}

/// Findings of one rule with one verdict, one after the other.
pub(super) struct Group<'a> {
    pub(super) first: &'a Finding,
    pub(super) findings: Vec<&'a Finding>,
    /// Whether to say why the rule is there and what to do: once a section, and not of what is accepted.
    pub(super) explained: bool,
}

/// What stands in the way of a gate: what must be put right, and what must be found out.
pub(super) struct InTheWay<'a> {
    pub(super) gate: &'a Readiness,
    pub(super) to_solve: Vec<Group<'a>>,
    pub(super) to_find_out: &'a [Missing],
}

impl<'a> Telling<'a> {
    pub(super) fn new(report: &'a Report, language: Language) -> Self {
        Self { report, language, words: Words::of(language) }
    }

    pub(super) fn pick<'t>(&self, text: &'t Text) -> &'t str {
        text.get(self.language)
    }

    /// `Checked at 2026-06-01, as if G3 (delivery decision) were asked for now`
    pub(super) fn checked(&self) -> String {
        let (words, receipt) = (self.words, &self.report.receipt);
        let line = format!("{} {}", words.checked_at, receipt.at);
        match &receipt.gate {
            Some(gate) => {
                let (before, after) = words.as_if_gate;
                format!("{line}, {before} {} {after}", self.gate(gate))
            }
            None => line,
        }
    }

    /// Which rules were asked, and of what: label and list.
    pub(super) fn scope(&self) -> Vec<(&'static str, Vec<String>)> {
        let (words, receipt) = (self.words, &self.report.receipt);
        let packs = receipt
            .packs
            .iter()
            .filter(|pack| self.report.counts.packs.iter().any(|count| count.name == pack.id))
            .map(|pack| format!("{} {}", pack.id, pack.version))
            .collect();
        let mut lists = vec![
            (words.rules, packs),
            (words.only_programmes, receipt.programmes.clone()),
            (words.only_tags, receipt.tags.clone()),
        ];
        lists.retain(|(_, list)| !list.is_empty());
        lists
    }

    /// The programmes with their findings, then the findings of no programme where there are any.
    pub(super) fn sections(&self) -> Vec<Section<'a>> {
        let report = self.report;
        let mut sections: Vec<Section<'a>> = report
            .programmes
            .iter()
            .map(|programme| Section {
                programme: Some(programme),
                groups: self.groups_of(Some(&programme.element.id)),
            })
            .collect();
        let outside = self.groups_of(None);
        if !outside.is_empty() {
            sections.push(Section { programme: None, groups: outside });
        }
        sections
    }

    /// Said where a programme has no findings to show.
    pub(super) fn nothing_here(&self) -> &'static str {
        match &self.report.since {
            Some(_) => self.words.no_new_findings_here,
            None => self.words.no_findings_here,
        }
    }

    /// The findings to show: those that are new where there is a baseline, else all.
    fn shown(&self) -> impl Iterator<Item = &'a Finding> + use<'a> {
        let report = self.report;
        report.findings.iter().filter(|finding| report.is_new(finding))
    }

    /// The facts to find out: those that findings to be shown ask for.
    pub(super) fn missing(&self) -> Vec<&'a Missing> {
        let asked = |one: &&Missing| self.shown().any(|f| f.missing.contains(&one.fact));
        let all = self.report.missing.iter();
        if self.report.since.is_some() { all.filter(asked).collect() } else { all.collect() }
    }

    fn groups_of(&self, programme: Option<&str>) -> Vec<Group<'a>> {
        groups(self.shown().filter(|finding| self.is_home(programme, finding)))
    }

    /// Whether the finding stands under this programme; `None`: under none that the report lists.
    fn is_home(&self, programme: Option<&str>, finding: &Finding) -> bool {
        let asked = &self.report.receipt.programmes;
        let mut programmes = finding.programmes.iter().map(String::as_str);
        let home = programmes
            .find(|id| asked.is_empty() || asked.iter().any(|one| one == id))
            .filter(|id| self.report.programmes.iter().any(|one| one.element.id == *id));
        home == programme
    }

    /// `Programme “Warm homes” (warm), phase deliver`
    pub(super) fn programme(&self, programme: &ProgrammeNote) -> String {
        let title = capitalised(&self.element(&programme.element));
        match &programme.phase {
            Some(phase) => {
                let label = label(self.report.labels.phases.get(phase), phase, self.language);
                format!("{title}, {} {label}", self.words.phase)
            }
            None => title,
        }
    }

    /// `✗ error`, `? warning, not known yet`
    pub(super) fn mark(&self, finding: &Finding) -> String {
        let severity = self.words.severity(finding.severity);
        let sign = sign(finding.verdict);
        match self.words.verdict(finding.verdict) {
            Some(verdict) => format!("{sign} {severity}, {verdict}"),
            None => format!("{sign} {severity}"),
        }
    }

    /// Whom the finding is about.
    pub(super) fn whom(&self, finding: &Finding) -> String {
        match (&finding.element, &finding.deviation) {
            (Some(element), _) => self.element(element),
            (None, Some(deviation)) => format!("{} {}", self.words.deviation_from, deviation.rule),
            (None, None) => self.words.whole_model.to_owned(),
        }
    }

    /// Whom the finding is about, and which other programmes it belongs to where it stands under one.
    pub(super) fn whom_under(&self, finding: &Finding, home: Option<&ProgrammeNote>) -> String {
        let who = self.whom(finding);
        let Some(home) = home else { return who };
        let others: Vec<&str> = finding
            .programmes
            .iter()
            .map(String::as_str)
            .filter(|id| *id != home.element.id)
            .collect();
        if others.is_empty() {
            who
        } else {
            format!("{who}, {} {}", self.words.also_in, others.join(", "))
        }
    }

    /// Whom a group is about: the element, or how many there are.
    pub(super) fn whom_all(&self, group: &Group<'_>) -> String {
        match group.findings.as_slice() {
            [only] => self.whom(only),
            several => self.words.elements.count(number(several.len())),
        }
    }

    /// Where it is written: `plan.yaml:3:5`, or `programme.xlsx, Goals, row 7`.
    pub(super) fn place(&self, position: &FilePosition) -> String {
        let FilePosition { file, table, line, column } = position;
        match table {
            Some(table) if table == file => format!("{table}, {} {line}", self.words.row),
            Some(table) => format!("{file}, {table}, {} {line}", self.words.row),
            None => format!("{file}:{line}:{column}"),
        }
    }

    /// `slim-invoeren/goal-owned · source: blog, step 2`
    pub(super) fn origin(&self, finding: &Finding) -> String {
        match finding.source.get(self.language) {
            "" => finding.rule.clone(),
            source => format!("{} · {} {source}", finding.rule, self.words.source),
        }
    }

    /// The witnesses, at most so many of them.
    pub(super) fn witnesses(&self, finding: &Finding, most: usize) -> Vec<String> {
        let names: Vec<String> = finding.witnesses.iter().map(|one| self.element(one)).collect();
        self.at_most(&names, most)
    }

    /// What to ask about a finding, at most so many questions.
    pub(super) fn questions(&self, finding: &Finding, most: usize) -> Vec<String> {
        let questions: Vec<String> =
            finding.missing.iter().map(|fact| self.pick(&fact.question).to_owned()).collect();
        self.at_most(&questions, most)
    }

    /// The first few, and how many there are beyond them.
    fn at_most(&self, items: &[String], most: usize) -> Vec<String> {
        let mut shown: Vec<String> = items.iter().take(most).cloned().collect();
        if items.len() > most {
            shown.push(format!("+{} {}", items.len() - most, self.words.more));
        }
        shown
    }

    /// `Deviation (decided by raad, until 2026-11-30)`
    pub(super) fn deviation(&self, deviation: &DeviationNote) -> String {
        let words = self.words;
        let by = match &deviation.decided_by {
            Some(who) => format!("{} {who}, ", words.decided_by),
            None => String::new(),
        };
        let until = match deviation.until {
            Some(until) => format!("{} {until}", words.until),
            None => words.no_end.to_owned(),
        };
        format!("{} ({by}{until})", words.deviation)
    }

    /// What stands in the way of the gate that was asked for; `None` where none was, or where it does not
    /// lie ahead of the programme.
    pub(super) fn asked_gate(&self, programme: &'a ProgrammeNote) -> Option<InTheWay<'a>> {
        let asked = self.report.receipt.gate.as_ref()?;
        let gate = programme.gates.iter().find(|gate| gate.gate == *asked)?;
        // What facts would settle is told as questions.
        let to_solve = self
            .report
            .in_the_way(gate)
            .filter(|finding| finding.verdict != Verdict::Unknown || finding.missing.is_empty());
        Some(InTheWay { gate, to_solve: groups(to_solve), to_find_out: &gate.missing })
    }

    /// The gates ahead but the one that was asked for.
    pub(super) fn other_gates(
        &self,
        programme: &'a ProgrammeNote,
    ) -> impl Iterator<Item = &'a Readiness> + use<'a> {
        let asked = self.report.receipt.gate.as_ref();
        programme.gates.iter().filter(move |gate| Some(&gate.gate) != asked)
    }

    /// What a gate asks for that the report doesn't ask for already: findings and facts.
    pub(super) fn on_top(&self, gate: &'a Readiness) -> (Vec<Group<'a>>, Vec<&'a Missing>) {
        let now = &self.report.missing;
        let is_new = |one: &&Missing| now.iter().all(|known| known.fact != one.fact);
        (groups(gate.findings.iter()), gate.missing.iter().filter(is_new).collect())
    }

    /// `not ready yet: 3 errors, 2 not known yet; also 1 warning`
    pub(super) fn readiness(&self, gate: &Readiness) -> String {
        let words = self.words;
        let of = |severity: Severity, verdict: Verdict| {
            let count = gate.severities.iter().find(|count| count.name == severity.as_str());
            count.map_or(0, |count| count.verdicts.get(verdict))
        };
        let open = [Verdict::Fail, Verdict::Error, Verdict::Unknown];
        let solve: Vec<String> = open
            .into_iter()
            .map(|verdict| (verdict, of(Severity::Error, verdict)))
            .filter(|(_, number)| *number > 0)
            .map(|(verdict, number)| match words.verdict(verdict) {
                Some(word) => format!("{number} {word}"),
                None => words.severities(Severity::Error).count(number),
            })
            .collect();
        let beside: Vec<String> = [Severity::Warning, Severity::Advice]
            .into_iter()
            .map(|severity| (severity, open.iter().map(|verdict| of(severity, *verdict)).sum()))
            .filter(|(_, number)| *number > 0)
            .map(|(severity, number)| words.severities(severity).count(number))
            .collect();
        let mut text = if solve.is_empty() {
            words.ready.to_owned()
        } else {
            format!("{}: {}", words.not_ready, solve.join(", "))
        };
        if !beside.is_empty() {
            text = format!("{text}; {} {}", words.beside, beside.join(", "));
        }
        text
    }

    /// `To find out: 3 facts, the most useful first`
    pub(super) fn fact_count(&self, facts: usize) -> String {
        let words = self.words;
        let title = format!("{}: {}", words.to_find_out, words.facts.count(number(facts)));
        if facts > 1 { format!("{title}, {}", words.most_useful_first) } else { title }
    }

    /// How much hangs on a fact.
    pub(super) fn use_of(&self, fact: &Missing) -> String {
        let words = self.words;
        let named = words.verdicts.count(fact.named);
        if fact.settles == 0 {
            let (before, after) = words.needed_for;
            format!("{before} {named}, {after}")
        } else if fact.settles == fact.named {
            format!("{} {named}", words.settles)
        } else {
            let (before, between, after) = words.settles_of;
            format!("{before} {} {between} {named} {after}", fact.settles)
        }
    }

    /// `6 findings: 2 failed (1 error, 1 warning), 1 accepted deviation; 210 passed`
    pub(super) fn closing(&self) -> String {
        let (words, all) = (self.words, &self.report.counts.verdicts);
        let shown: Vec<&Finding> = self.shown().collect();
        let mut count = words.findings.count(number(shown.len()));
        let mut rest = vec![format!("{} {}", all.pass, words.passed)];
        if let Some(since) = &self.report.since {
            count = format!("{count} {} {}", words.new_since, since.at);
            let known = self.report.findings.len() - shown.len();
            rest.insert(0, format!("{known} {}", words.known));
            rest.insert(1, format!("{} {}", since.gone, words.gone.to_lowercase()));
        } else if shown.is_empty() {
            words.no_findings.clone_into(&mut count);
            if all.pass == 0 {
                rest = vec![words.nothing_applied.to_owned()];
            }
        }
        if shown.is_empty() {
            format!("{count}; {}", rest.join(", "))
        } else {
            format!("{count}: {}; {}", self.sorts(&shown).join(", "), rest.join(", "))
        }
    }

    /// The findings by verdict, those that failed by severity too.
    fn sorts(&self, findings: &[&Finding]) -> Vec<String> {
        let words = self.words;
        let count =
            |verdict: Verdict| number(findings.iter().filter(|f| f.verdict == verdict).count());
        let mut sorts = Vec::new();
        let failed = count(Verdict::Fail);
        if failed > 0 {
            let severities: Vec<String> = Severity::ALL
                .into_iter()
                .filter_map(|severity| {
                    let such = findings
                        .iter()
                        .filter(|f| f.verdict == Verdict::Fail && f.severity == severity);
                    let such = number(such.count());
                    (such > 0).then(|| words.severities(severity).count(such))
                })
                .collect();
            sorts.push(format!("{failed} {} ({})", words.failed, severities.join(", ")));
        }
        for (verdict, word) in
            [(Verdict::Error, words.not_evaluated), (Verdict::Unknown, words.unknown)]
        {
            let such = count(verdict);
            if such > 0 {
                sorts.push(format!("{such} {word}"));
            }
        }
        let waived = count(Verdict::Waived);
        if waived > 0 {
            sorts.push(words.deviations.count(waived));
        }
        sorts
    }

    /// `benefit “Homes to label B” (label-b)`
    pub(super) fn element(&self, element: &ElementRef) -> String {
        element.describe(self.report.labels.kinds.get(&element.kind), self.language)
    }

    /// `G4 (hand-over decision)`
    pub(super) fn gate(&self, gate: &str) -> String {
        match self.report.labels.gates.get(gate) {
            Some(label) => format!("{gate} ({})", self.pick(label)),
            None => gate.to_owned(),
        }
    }
}

/// Findings in their order, those of one rule and verdict together.
pub(super) fn groups<'a>(findings: impl Iterator<Item = &'a Finding>) -> Vec<Group<'a>> {
    let mut groups: Vec<Group<'a>> = Vec::new();
    for finding in findings {
        let key = |one: &'a Finding| (&one.rule, one.verdict);
        match groups.last_mut().filter(|group| key(group.first) == key(finding)) {
            Some(group) => group.findings.push(finding),
            None => {
                let said = |group: &Group<'_>| group.explained && group.first.rule == finding.rule;
                let explained = finding.verdict != Verdict::Waived && !groups.iter().any(said);
                groups.push(Group { first: finding, findings: vec![finding], explained });
            }
        }
    }
    groups
}

impl Group<'_> {
    /// Why the rule is there and what to do, each with its label, where that is to be said here.
    pub(super) fn explanation(&self, words: &Words) -> Vec<(&'static str, &Text)> {
        let texts: [(_, &Text); 2] =
            [(words.why, &self.first.why), (words.remedy, &self.first.remedy)];
        texts.into_iter().filter(|(_, text)| self.explained && !text.is_empty()).collect()
    }
}

impl ElementRef {
    /// By kind, name and id: `benefit “Homes to label B” (label-b)`.
    pub(crate) fn describe(&self, kind: Option<&Text>, language: Language) -> String {
        let kind = label(kind, &self.kind, language);
        match &self.name {
            Some(name) => format!("{kind} “{name}” ({})", self.id),
            None => format!("{kind} {}", self.id),
        }
    }
}

/// A finding's verdict as one character, for those who can't tell colours apart.
pub(crate) fn sign(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Fail | Verdict::Pass | Verdict::NotApplicable => "✗",
        Verdict::Error => "!",
        Verdict::Unknown => "?",
        Verdict::Waived => "~",
    }
}

pub(super) fn number(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}

/// The text without what could steer a terminal or turn the direction of reading.
pub(super) fn clean(text: &str) -> String {
    let clean_char = |c: char| match c {
        '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => '\u{fffd}',
        c if c.is_whitespace() => ' ',
        c if c.is_control() => '\u{fffd}',
        c => c,
    };
    text.chars().map(clean_char).collect()
}

fn label<'a>(text: Option<&'a Text>, name: &'a str, language: Language) -> &'a str {
    text.map(|text| text.get(language)).filter(|label| !label.is_empty()).unwrap_or(name)
}

fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().into_iter().flat_map(char::to_uppercase).chain(chars).collect()
}
