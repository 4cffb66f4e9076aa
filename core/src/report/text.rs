//! Reports for terminals: at most a hundred columns, by programme, the worst first.

pub(super) mod page;

use self::page::{Page, Paint};
use super::telling::{Group, InTheWay, Section, Telling};
use super::{Finding, Missing, ProgrammeNote, Report};
use crate::eval::Verdict;
use crate::pack::Severity;
use crate::text::Language;

pub use crate::diagnostic::render::Colour;

/// How many missing facts are shown at once; the rest is in the other forms.
const MOST_FACTS: usize = 10;
/// How many missing facts are shown of a gate that is further ahead.
const MOST_FACTS_AHEAD: usize = 3;
/// How many questions are shown beside one finding.
const MOST_QUESTIONS: usize = 5;
/// How many witnesses are shown beside one finding.
const MOST_WITNESSES: usize = 10;

impl Report {
    /// The report as text for a terminal, in at most a hundred columns.
    ///
    /// What the language has no text for is shown in the other one.
    pub fn to_text(&self, language: Language, colour: Colour) -> String {
        let mut view = View { telling: Telling::new(self, language), page: Page::new(colour) };
        view.header();
        for section in view.telling.sections() {
            view.section(&section);
        }
        view.missing();
        view.closing();
        view.page.finish()
    }
}

/// A report on its way to text.
struct View<'a> {
    telling: Telling<'a>,
    page: Page,
}

impl<'a> View<'a> {
    fn header(&mut self) {
        self.page.paragraph(0, "", &self.telling.checked(), Paint::Plain);
        for (label, list) in self.telling.scope() {
            self.page.paragraph(0, "", &format!("{label}: {}", list.join(", ")), Paint::Faint);
        }
    }

    fn section(&mut self, section: &Section<'a>) {
        let words = self.telling.words;
        match section.programme {
            Some(programme) => self.page.heading(&self.telling.programme(programme)),
            None => self.page.heading(words.outside_programmes),
        }
        if let Some(programme) = section.programme {
            self.asked_gate(programme);
        }
        if section.groups.is_empty() {
            self.page.paragraph(0, "", self.telling.nothing_here(), Paint::Plain);
        }
        for group in &section.groups {
            self.group(group, section.programme);
        }
        if let Some(programme) = section.programme {
            self.gates(programme);
        }
    }

    /// What stands in the way of the gate that was asked for.
    fn asked_gate(&mut self, programme: &'a ProgrammeNote) {
        let words = self.telling.words;
        let Some(asked) = &self.telling.report.receipt.gate else { return };
        let gate = self.telling.gate(asked);
        let Some(InTheWay { gate: readiness, to_solve, to_find_out }) =
            self.telling.asked_gate(programme)
        else {
            self.page.paragraph(0, "", &format!("{gate} {}", words.not_ahead), Paint::Plain);
            self.page.blank();
            return;
        };
        let state = self.telling.readiness(readiness);
        self.page.lead(0, &format!("{gate}:"), &state, Paint::Strong);
        if !to_solve.is_empty() {
            self.page.paragraph(2, "", words.to_solve, Paint::Plain);
            self.brief(4, &to_solve);
        }
        if !to_find_out.is_empty() {
            let facts: Vec<&Missing> = to_find_out.iter().collect();
            self.page.paragraph(2, "", &self.telling.fact_count(facts.len()), Paint::Plain);
            self.facts(4, &facts, MOST_FACTS);
        }
        self.page.blank();
    }

    fn group(&mut self, group: &Group<'_>, home: Option<&ProgrammeNote>) {
        let first = group.first;
        let mark = format!("{}:", self.telling.mark(first));
        self.page.lead(0, &mark, self.telling.pick(&first.title), paint(first));
        self.page.paragraph(2, "", &self.telling.origin(first), Paint::Faint);
        for finding in &group.findings {
            self.page.blank();
            self.finding(finding, home);
        }
        let explanation = group.explanation(self.telling.words);
        if !explanation.is_empty() {
            self.page.blank();
        }
        for (label, text) in explanation {
            self.page.paragraph(2, label, self.telling.pick(text), Paint::Plain);
        }
        self.page.blank();
    }

    fn finding(&mut self, finding: &Finding, home: Option<&ProgrammeNote>) {
        let (telling, words) = (self.telling, self.telling.words);
        let place = finding.position.as_ref().map(|place| telling.place(place));
        let who = telling.whom_under(finding, home);
        self.page.subject(2, &who, place.as_deref().unwrap_or_default());
        self.page.paragraph(4, "", telling.pick(&finding.message), Paint::Plain);
        if let Some(error) = &finding.error {
            self.page.paragraph(4, words.problem, telling.pick(error), Paint::Plain);
        }
        if !finding.witnesses.is_empty() {
            let list = telling.witnesses(finding, MOST_WITNESSES).join(", ");
            self.page.paragraph(4, words.look_at, &list, Paint::Plain);
        }
        if let Some(deviation) = &finding.deviation {
            let text = format!("{}: {}", telling.deviation(deviation), deviation.reason);
            self.page.paragraph(4, "", &text, Paint::Plain);
        }
        match telling.questions(finding, MOST_QUESTIONS).as_slice() {
            [] => {}
            [only] => self.page.paragraph(4, words.ask, only, Paint::Plain),
            several => {
                self.page.paragraph(4, words.ask, "", Paint::Plain);
                for question in several {
                    self.page.paragraph(6, "-", question, Paint::Plain);
                }
            }
        }
    }

    fn gates(&mut self, programme: &'a ProgrammeNote) {
        let telling = self.telling;
        let mut gates = telling.other_gates(programme).peekable();
        if gates.peek().is_none() {
            return;
        }
        self.page.blank();
        self.page.paragraph(0, "", telling.words.gates_ahead, Paint::Strong);
        for gate in gates {
            let line = format!("{}: {}", telling.gate(&gate.gate), telling.readiness(gate));
            self.page.paragraph(2, "", &line, Paint::Plain);
            let (findings, facts) = telling.on_top(gate);
            self.brief(4, &findings);
            if !facts.is_empty() {
                self.page.paragraph(4, "", &telling.fact_count(facts.len()), Paint::Plain);
                self.facts(6, &facts, MOST_FACTS_AHEAD);
            }
        }
    }

    /// A line for each rule: whom it is about, or how many.
    fn brief(&mut self, indent: usize, groups: &[Group<'_>]) {
        for group in groups {
            let title = self.telling.pick(&group.first.title);
            let text = format!("{title} ({})", self.telling.whom_all(group));
            let mark = format!("{}:", self.telling.mark(group.first));
            self.page.lead(indent, &mark, &text, paint(group.first));
        }
    }

    fn missing(&mut self) {
        let missing = self.telling.missing();
        if missing.is_empty() {
            return;
        }
        self.page.heading(&self.telling.fact_count(missing.len()));
        self.facts(1, &missing, MOST_FACTS);
    }

    /// The first facts by number, each with its use.
    fn facts(&mut self, indent: usize, facts: &[&Missing], most: usize) {
        for (position, fact) in facts.iter().take(most).enumerate() {
            let question = self.telling.pick(&fact.fact.question);
            let place = format!("{}.", position + 1);
            // Numbers of two digits stand one column further out.
            let margin = (indent + 2).saturating_sub(place.len());
            self.page.paragraph(margin, &place, question, Paint::Plain);
            self.page.paragraph(indent + 3, "", &self.telling.use_of(fact), Paint::Faint);
        }
        if facts.len() > most {
            let more = format!("+{} {}", facts.len() - most, self.telling.words.more);
            self.page.paragraph(indent + 3, "", &more, Paint::Faint);
        }
    }

    fn closing(&mut self) {
        self.page.rule();
        let report = self.telling.report;
        let shown = report.findings.iter().filter(|finding| report.is_new(finding));
        let paint = match shown.map(|finding| finding.severity).max() {
            Some(Severity::Error) => Paint::Error,
            Some(Severity::Warning | Severity::Advice) => Paint::Warning,
            None => Paint::Good,
        };
        self.page.lead(0, &self.telling.closing(), "", paint);
    }
}

fn paint(finding: &Finding) -> Paint {
    match (finding.verdict, finding.severity) {
        (Verdict::Waived, _) => Paint::Faint,
        (_, severity) => Paint::of(severity),
    }
}

#[cfg(test)]
mod tests;
