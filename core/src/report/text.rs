//! Reports for terminals: at most a hundred columns, by programme, the worst first.

pub(super) mod page;

use self::page::{Page, Paint};
use super::words::Words;
use super::{DeviationNote, ElementRef, Finding, Missing, ProgrammeNote, Readiness, Report};
use crate::eval::Verdict;
use crate::pack::Severity;
use crate::text::{Language, Text};

pub use crate::diagnostic::render::Colour;

/// How many missing facts are shown at once; the rest is in the other forms.
const MOST_FACTS: usize = 10;
/// How many questions are shown beside one finding.
const MOST_QUESTIONS: usize = 5;
/// How many witnesses are shown beside one finding.
const MOST_WITNESSES: usize = 10;

impl Report {
    /// The report as text for a terminal, in at most a hundred columns.
    ///
    /// What the language has no text for is shown in the other one.
    pub fn to_text(&self, language: Language, colour: Colour) -> String {
        let mut view =
            View { report: self, language, words: Words::of(language), page: Page::new(colour) };
        view.header();
        for programme in &self.programmes {
            view.programme(programme);
        }
        view.outside();
        view.missing();
        view.closing();
        view.page.finish()
    }

    /// The programme under which the finding stands: the first of those that were asked for.
    fn home<'a>(&self, finding: &'a Finding) -> Option<&'a str> {
        let asked = &self.receipt.programmes;
        let mut programmes = finding.programmes.iter().map(String::as_str);
        programmes.find(|id| asked.is_empty() || asked.iter().any(|one| one == id))
    }
}

/// A report on its way to text.
struct View<'a> {
    report: &'a Report,
    language: Language,
    words: &'static Words,
    page: Page,
}

impl<'a> View<'a> {
    fn header(&mut self) {
        let (words, receipt) = (self.words, &self.report.receipt);
        let mut line = format!("{} {}", words.checked_at, receipt.at);
        if let Some(gate) = &receipt.gate {
            let (before, after) = words.as_if_gate;
            line = format!("{line}, {before} {} {after}", self.gate(gate));
        }
        self.page.paragraph(0, "", &line, Paint::Plain);
        let packs: Vec<String> = receipt
            .packs
            .iter()
            .filter(|pack| self.report.counts.packs.iter().any(|count| count.name == pack.id))
            .map(|pack| format!("{} {}", pack.id, pack.version))
            .collect();
        let lists = [
            (words.rules, packs),
            (words.only_programmes, receipt.programmes.clone()),
            (words.only_tags, receipt.tags.clone()),
        ];
        for (label, list) in lists.iter().filter(|(_, list)| !list.is_empty()) {
            self.page.paragraph(0, "", &format!("{label}: {}", list.join(", ")), Paint::Faint);
        }
    }

    fn programme(&mut self, programme: &'a ProgrammeNote) {
        let mut title = capitalised(&self.element(&programme.element));
        if let Some(phase) = &programme.phase {
            let label = label(self.report.labels.phases.get(phase), phase, self.language);
            title = format!("{title}, {} {label}", self.words.phase);
        }
        self.page.heading(&title);
        let id = programme.element.id.as_str();
        if !self.findings_of(Some(id)) {
            self.page.paragraph(0, "", self.words.no_findings_here, Paint::Plain);
        }
        self.gates(&programme.gates);
    }

    /// Findings of what belongs to no programme.
    fn outside(&mut self) {
        if self.report.findings.iter().any(|finding| self.is_home(None, finding)) {
            self.page.heading(self.words.outside_programmes);
            self.findings_of(None);
        }
    }

    /// Whether the finding stands under this programme; `None`: under none that the report lists.
    fn is_home(&self, programme: Option<&str>, finding: &Finding) -> bool {
        let home = self.report.home(finding).filter(|id| {
            self.report.programmes.iter().any(|programme| programme.element.id == *id)
        });
        home == programme
    }

    /// Whether there are any.
    fn findings_of(&mut self, programme: Option<&str>) -> bool {
        let report = self.report;
        let findings: Vec<&Finding> =
            report.findings.iter().filter(|finding| self.is_home(programme, finding)).collect();
        let mut explained: Vec<&str> = Vec::new();
        for group in findings.chunk_by(|a, b| (&a.rule, a.verdict) == (&b.rule, b.verdict)) {
            let Some(first) = group.first() else { continue };
            self.headline(first);
            for finding in group {
                self.page.blank();
                self.finding(finding, programme);
            }
            // What is accepted needs no doing; what was said above needs no saying again.
            if first.verdict != Verdict::Waived && !explained.contains(&first.rule.as_str()) {
                explained.push(&first.rule);
                self.explanation(first);
            }
            self.page.blank();
        }
        !findings.is_empty()
    }

    fn headline(&mut self, finding: &Finding) {
        let mark = self.mark(finding);
        self.page.lead(0, &mark, finding.title.get(self.language), paint(finding));
        let mut line = finding.rule.clone();
        if let Some(source) = &finding.source {
            line = format!("{line} · {} {source}", self.words.source);
        }
        self.page.paragraph(2, "", &line, Paint::Faint);
    }

    /// `✗ error:`, `? warning, not known yet:`
    fn mark(&self, finding: &Finding) -> String {
        let sign = match finding.verdict {
            Verdict::Fail | Verdict::Pass | Verdict::NotApplicable => "✗",
            Verdict::Error => "!",
            Verdict::Unknown => "?",
            Verdict::Waived => "~",
        };
        let severity = self.words.severity(finding.severity);
        match self.words.verdict(finding.verdict) {
            Some(verdict) => format!("{sign} {severity}, {verdict}:"),
            None => format!("{sign} {severity}:"),
        }
    }

    fn finding(&mut self, finding: &Finding, home: Option<&str>) {
        let words = self.words;
        let mut who = self.whom(finding);
        let others: Vec<&str> =
            finding.programmes.iter().map(String::as_str).filter(|id| Some(*id) != home).collect();
        if home.is_some() && !others.is_empty() {
            who = format!("{who}, {} {}", words.also_in, others.join(", "));
        }
        let place = finding
            .position
            .as_ref()
            .map(|position| format!("{}:{}:{}", position.file, position.line, position.column));
        self.page.subject(2, &who, place.as_deref().unwrap_or_default());
        self.page.paragraph(4, "", finding.message.get(self.language), Paint::Plain);
        if let Some(error) = &finding.error {
            self.page.paragraph(4, words.problem, error.get(self.language), Paint::Plain);
        }
        if !finding.witnesses.is_empty() {
            let names: Vec<String> =
                finding.witnesses.iter().map(|witness| self.element(witness)).collect();
            let list = self.at_most(&names, MOST_WITNESSES).join(", ");
            self.page.paragraph(4, words.look_at, &list, Paint::Plain);
        }
        if let Some(deviation) = &finding.deviation {
            self.deviation(deviation);
        }
        let questions: Vec<String> = finding
            .missing
            .iter()
            .map(|fact| fact.question.get(self.language).to_owned())
            .collect();
        match questions.as_slice() {
            [] => {}
            [only] => self.page.paragraph(4, words.ask, only, Paint::Plain),
            several => {
                self.page.paragraph(4, words.ask, "", Paint::Plain);
                for question in self.at_most(several, MOST_QUESTIONS) {
                    self.page.paragraph(6, "-", &question, Paint::Plain);
                }
            }
        }
    }

    /// The first few, and how many there are beyond them.
    fn at_most(&self, items: &[String], most: usize) -> Vec<String> {
        let mut shown: Vec<String> = items.iter().take(most).cloned().collect();
        if items.len() > most {
            shown.push(format!("+{} {}", items.len() - most, self.words.more));
        }
        shown
    }

    fn whom(&self, finding: &Finding) -> String {
        match (&finding.element, &finding.deviation) {
            (Some(element), _) => self.element(element),
            (None, Some(deviation)) => format!("{} {}", self.words.deviation_from, deviation.rule),
            (None, None) => self.words.whole_model.to_owned(),
        }
    }

    fn deviation(&mut self, deviation: &DeviationNote) {
        let words = self.words;
        let mut lead = words.deviation.to_owned();
        lead.push_str(" (");
        if let Some(who) = &deviation.decided_by {
            lead = format!("{lead}{} {who}, ", words.decided_by);
        }
        match deviation.until {
            Some(until) => lead = format!("{lead}{} {until}", words.until),
            None => lead.push_str(words.no_end),
        }
        lead.push_str("):");
        self.page.paragraph(4, "", &format!("{lead} {}", deviation.reason), Paint::Plain);
    }

    fn explanation(&mut self, finding: &Finding) {
        let texts = [(self.words.why, &finding.why), (self.words.remedy, &finding.remedy)];
        let mut texts = texts.iter().filter(|(_, text)| !text.is_empty()).peekable();
        if texts.peek().is_some() {
            self.page.blank();
        }
        for (label, text) in texts {
            self.page.paragraph(2, label, text.get(self.language), Paint::Plain);
        }
    }

    fn gates(&mut self, gates: &[Readiness]) {
        if gates.is_empty() {
            return;
        }
        self.page.blank();
        self.page.paragraph(0, "", self.words.gates_ahead, Paint::Strong);
        for gate in gates {
            let state = self.readiness(gate);
            let line = format!("{}: {state}", self.gate(&gate.gate));
            self.page.paragraph(2, "", &line, Paint::Plain);
            for group in gate.findings.chunk_by(|a, b| (&a.rule, a.verdict) == (&b.rule, b.verdict))
            {
                let Some(first) = group.first() else { continue };
                let whom = match group {
                    [only] => self.whom(only),
                    several => self.words.elements.count(number(several.len())),
                };
                let text = format!("{} ({whom})", first.title.get(self.language));
                let mark = self.mark(first);
                self.page.lead(4, &mark, &text, paint(first));
            }
        }
    }

    fn readiness(&self, gate: &Readiness) -> String {
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

    fn missing(&mut self) {
        let (words, missing) = (self.words, &self.report.missing);
        if missing.is_empty() {
            return;
        }
        let count = words.facts.count(number(missing.len()));
        let mut title = format!("{}: {count}", words.to_find_out);
        if missing.len() > 1 {
            title = format!("{title}, {}", words.most_useful_first);
        }
        self.page.heading(&title);
        for (position, fact) in missing.iter().take(MOST_FACTS).enumerate() {
            let question = fact.fact.question.get(self.language);
            let place = format!("{}.", position + 1);
            self.page.paragraph(
                3_usize.saturating_sub(place.len()),
                &place,
                question,
                Paint::Plain,
            );
            self.page.paragraph(4, "", &self.use_of(fact), Paint::Faint);
        }
        if missing.len() > MOST_FACTS {
            let more = format!("+{} {}", missing.len() - MOST_FACTS, words.more);
            self.page.paragraph(4, "", &more, Paint::Faint);
        }
    }

    fn use_of(&self, fact: &Missing) -> String {
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

    fn closing(&mut self) {
        let (words, all) = (self.words, &self.report.counts.verdicts);
        self.page.rule();
        let findings = number(self.report.findings.len());
        let passed = format!("{} {}", all.pass, words.passed);
        let line = if findings > 0 {
            format!("{}: {}; {passed}", words.findings.count(findings), self.sorts().join(", "))
        } else if all.pass > 0 {
            format!("{}; {passed}", words.no_findings)
        } else {
            format!("{}; {}", words.no_findings, words.nothing_applied)
        };
        let paint = match self.report.findings.iter().map(|finding| finding.severity).max() {
            Some(Severity::Error) => Paint::Error,
            Some(Severity::Warning | Severity::Advice) => Paint::Warning,
            None => Paint::Good,
        };
        self.page.lead(0, &line, "", paint);
    }

    /// The findings by verdict, those that failed by severity too.
    fn sorts(&self) -> Vec<String> {
        let words = self.words;
        let count = |verdict: Verdict| {
            number(self.report.findings.iter().filter(|f| f.verdict == verdict).count())
        };
        let mut sorts = Vec::new();
        let failed = count(Verdict::Fail);
        if failed > 0 {
            let severities: Vec<String> = Severity::ALL
                .into_iter()
                .filter_map(|severity| {
                    let such = self.report.findings.iter().filter(|finding| {
                        finding.verdict == Verdict::Fail && finding.severity == severity
                    });
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
    fn element(&self, element: &ElementRef) -> String {
        element.describe(self.report.labels.kinds.get(&element.kind), self.language)
    }

    /// `G4 (hand-over decision)`
    fn gate(&self, gate: &str) -> String {
        match self.report.labels.gates.get(gate) {
            Some(label) => format!("{gate} ({})", label.get(self.language)),
            None => gate.to_owned(),
        }
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

fn label<'a>(text: Option<&'a Text>, name: &'a str, language: Language) -> &'a str {
    text.map(|text| text.get(language)).filter(|label| !label.is_empty()).unwrap_or(name)
}

fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().into_iter().flat_map(char::to_uppercase).chain(chars).collect()
}

fn number(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}

fn paint(finding: &Finding) -> Paint {
    match (finding.verdict, finding.severity) {
        (Verdict::Waived, _) => Paint::Faint,
        (_, severity) => Paint::of(severity),
    }
}

#[cfg(test)]
mod tests;
