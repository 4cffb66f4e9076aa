//! Reports as Markdown: for merge requests, wikis and mail.

use super::telling::{Group, InTheWay, Section, Telling, clean};
use super::{Finding, Missing, ProgrammeNote, Report};
use crate::text::Language;

/// How many witnesses are shown beside one finding.
const MOST_WITNESSES: usize = 10;
/// How many questions are shown beside one finding, and facts for a gate further ahead.
const MOST_QUESTIONS: usize = 5;

impl Report {
    /// The report as Markdown, as `CommonMark` has it.
    ///
    /// What models and packs hold stays text: none of it becomes a link, an image or HTML. What the
    /// language has no text for is shown in the other one.
    ///
    /// ```
    /// use spelregel::{Language, Metamodel, Model, Options, Pack, RuleSet, Settings, Source};
    /// let pack = Pack::shipped("slim-invoeren").ok_or("not shipped")??;
    /// let rules = RuleSet::compile(&Metamodel::standard(), [pack], &Settings::default())?;
    /// let model = Model::load(rules.metamodel(), [Source::new("m.yaml", "programmes: [{id: p}]")])?;
    /// let report = rules.check(&model, &Options::at("2026-06-01".parse()?));
    /// assert!(report.to_markdown(Language::En).starts_with("# Governance check\n"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn to_markdown(&self, language: Language) -> String {
        let mut view = View { telling: Telling::new(self, language), out: String::new() };
        view.header();
        for section in view.telling.sections() {
            view.section(&section);
        }
        view.missing();
        view.out
    }
}

/// A report on its way to Markdown.
struct View<'a> {
    telling: Telling<'a>,
    out: String,
}

impl<'a> View<'a> {
    fn header(&mut self) {
        let telling = self.telling;
        self.block(&format!("# {}", escape(telling.words.title)));
        self.block(&escape(&telling.checked()));
        self.block(&format!("**{}**", escape(&telling.closing())));
        let scope: Vec<String> = telling
            .scope()
            .into_iter()
            .map(|(label, list)| format!("{label}: {}", escape(&list.join(", "))))
            .collect();
        self.block(&scope.join(" · "));
    }

    fn section(&mut self, section: &Section<'a>) {
        let telling = self.telling;
        let title = match section.programme {
            Some(programme) => telling.programme(programme),
            None => telling.words.outside_programmes.to_owned(),
        };
        self.block(&format!("## {}", escape(&title)));
        if let Some(programme) = section.programme {
            self.asked_gate(programme);
        }
        if section.groups.is_empty() {
            self.block(telling.nothing_here());
        }
        for group in &section.groups {
            self.group(group, section.programme);
        }
        if let Some(programme) = section.programme {
            self.gates(programme);
        }
    }

    fn asked_gate(&mut self, programme: &'a ProgrammeNote) {
        let telling = self.telling;
        let Some(asked) = &telling.report.receipt.gate else { return };
        let gate = escape(&telling.gate(asked));
        let Some(InTheWay { gate: readiness, to_solve, to_find_out }) =
            telling.asked_gate(programme)
        else {
            self.block(&format!("{gate} {}", telling.words.not_ahead));
            return;
        };
        self.block(&format!("**{gate}: {}**", escape(&telling.readiness(readiness))));
        if !to_solve.is_empty() {
            self.block(&format!("{}:", telling.words.to_solve));
            let lines = self.brief(0, &to_solve);
            self.block(&lines.join("\n"));
        }
        if !to_find_out.is_empty() {
            self.block(&format!("{}:", telling.fact_count(to_find_out.len())));
            let facts: Vec<&Missing> = to_find_out.iter().collect();
            self.block(&self.facts(0, &facts, facts.len()).join("\n"));
        }
    }

    fn group(&mut self, group: &Group<'_>, home: Option<&ProgrammeNote>) {
        let telling = self.telling;
        let title = escape(telling.pick(&group.first.title));
        self.block(&format!("### {}: {title}", telling.mark(group.first)));
        self.block(&escape(&telling.origin(group.first)));
        for finding in &group.findings {
            self.finding(finding, home);
        }
        for (label, text) in group.explanation(telling.words) {
            self.block(&format!("*{label}* {}", escape(telling.pick(text))));
        }
    }

    /// An item of a list whose paragraphs stand under each other.
    fn finding(&mut self, finding: &Finding, home: Option<&ProgrammeNote>) {
        let (telling, words) = (self.telling, self.telling.words);
        let who = format!("**{}**", escape(&telling.whom_under(finding, home)));
        let who = match &finding.position {
            Some(position) => format!("{who} ({})", escape(&telling.place(position))),
            None => who,
        };
        let mut parts = vec![who, escape(telling.pick(&finding.message))];
        if let Some(error) = &finding.error {
            parts.push(format!("{} {}", words.problem, escape(telling.pick(error))));
        }
        if !finding.witnesses.is_empty() {
            let list = telling.witnesses(finding, MOST_WITNESSES).join(", ");
            parts.push(format!("{} {}", words.look_at, escape(&list)));
        }
        if let Some(deviation) = &finding.deviation {
            let (about, reason) = (telling.deviation(deviation), &deviation.reason);
            parts.push(format!("{}: {}", escape(&about), escape(reason)));
        }
        match telling.questions(finding, MOST_QUESTIONS).as_slice() {
            [] => {}
            [only] => parts.push(format!("{} {}", words.ask, escape(only))),
            several => {
                let lines: Vec<String> =
                    several.iter().map(|question| format!("- {}", escape(question))).collect();
                parts.push(format!("{}\n  {}", words.ask, lines.join("\n  ")));
            }
        }
        parts.retain(|part| !part.is_empty());
        self.block(&format!("- {}", parts.join("\n\n  ")));
    }

    fn gates(&mut self, programme: &'a ProgrammeNote) {
        let telling = self.telling;
        let mut lines = Vec::new();
        for gate in telling.other_gates(programme) {
            let state = escape(&telling.readiness(gate));
            lines.push(format!("- **{}**: {state}", escape(&telling.gate(&gate.gate))));
            let (findings, facts) = telling.on_top(gate);
            lines.extend(self.brief(2, &findings));
            if !facts.is_empty() {
                lines.push(format!("  - {}:", telling.fact_count(facts.len())));
                lines.extend(self.facts(4, &facts, MOST_QUESTIONS));
            }
        }
        if !lines.is_empty() {
            self.block(&format!("### {}", telling.words.gates_ahead));
            self.block(&lines.join("\n"));
        }
    }

    fn missing(&mut self) {
        let missing = self.telling.missing();
        if !missing.is_empty() {
            self.block(&format!("## {}", self.telling.fact_count(missing.len())));
            self.block(&self.facts(0, &missing, missing.len()).join("\n"));
        }
    }

    /// A line for each rule: whom it is about, or how many.
    fn brief(&self, indent: usize, groups: &[Group<'_>]) -> Vec<String> {
        let telling = self.telling;
        let line = |group: &Group<'_>| {
            let title = escape(telling.pick(&group.first.title));
            let (mark, whom) = (telling.mark(group.first), escape(&telling.whom_all(group)));
            format!("{:indent$}- {mark}: {title} ({whom})", "")
        };
        groups.iter().map(line).collect()
    }

    /// The first facts by number, each with its use.
    fn facts(&self, indent: usize, facts: &[&Missing], most: usize) -> Vec<String> {
        let telling = self.telling;
        let line = |(position, fact): (usize, &&Missing)| {
            let question = escape(telling.pick(&fact.fact.question));
            format!("{:indent$}{}. {question} *{}*", "", position + 1, telling.use_of(fact))
        };
        let mut lines: Vec<String> = facts.iter().take(most).enumerate().map(line).collect();
        if facts.len() > most {
            let more = format!("+{} {}", facts.len() - most, telling.words.more);
            lines.push(format!("{:indent$}{}. {}", "", most + 1, escape(&more)));
        }
        lines
    }

    /// Something with an empty line after what came before.
    fn block(&mut self, text: &str) {
        if !self.out.is_empty() && !text.is_empty() {
            self.out.push('\n');
        }
        if !text.is_empty() {
            self.out.extend([text, "\n"]);
        }
    }
}

/// Text on one line, in which nothing means anything to Markdown.
pub(super) fn escape(text: &str) -> String {
    const MARKS: &str = r"\`*_{}[]<>#|~&$";
    let text = clean(text);
    let text = text.trim();
    let mut out = String::with_capacity(text.len());
    let digits = text.chars().take_while(char::is_ascii_digit).count();
    for (position, c) in text.chars().enumerate() {
        // What would begin a list or a line under a heading does so only at the start.
        let begins = match c {
            '-' | '+' | '=' => position == 0,
            '.' | ')' => digits > 0 && position == digits,
            _ => false,
        };
        if begins || MARKS.contains(c) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample::{element, sample, sample_before_a_gate};
    use crate::text::Text;

    #[test]
    fn a_report_in_english() {
        insta::assert_snapshot!(sample().to_markdown(Language::En));
    }

    #[test]
    fn a_report_in_dutch() {
        insta::assert_snapshot!(sample().to_markdown(Language::Nl));
    }

    #[test]
    fn what_stands_in_the_way_of_a_gate() {
        insta::assert_snapshot!(sample_before_a_gate().to_markdown(Language::En));
    }

    #[test]
    fn text_of_a_model_stays_text() {
        assert_eq!(escape("[a](b) <img> *c* `d` e_f #1"), r"\[a\](b) \<img\> \*c\* \`d\` e\_f \#1");
        assert_eq!(escape("- a - b"), r"\- a - b");
        assert_eq!(escape("12. a 3. b"), r"12\. a 3. b");
        assert_eq!(escape("a\n# b"), r"a \# b");
        let mut report = sample();
        let nasty = "![x](http://evil) <script>\n\n# heading".to_owned();
        report.findings[0].message = Text::both(nasty.clone(), nasty.clone());
        report.findings[0].element = Some(element("Person", "p", &nasty));
        let text = report.to_markdown(Language::En);
        assert!(!text.contains("![x]") && !text.contains("<script>"), "{text}");
        assert!(!text.lines().any(|line| line.trim_start().starts_with("# h")), "{text}");
    }
}
