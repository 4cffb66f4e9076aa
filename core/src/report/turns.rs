//! Calendars for terminals and as JSON: what time alone will change, day by day.

use super::text::Colour;
use super::text::page::{Page, Paint};
use super::words::Words;
use crate::calendar::{Calendar, Turn};
use crate::eval::Verdict;
use crate::text::Language;

impl Calendar {
    /// The calendar as JSON: keys in a fixed order, texts in every language there is.
    pub fn to_json(&self) -> String {
        let mut json = serde_json::to_string_pretty(self).unwrap_or_default();
        json.push('\n');
        json
    }

    /// The calendar as text for a terminal, in at most a hundred columns.
    pub fn to_text(&self, language: Language, colour: Colour) -> String {
        let words = Words::of(language);
        let mut page = Page::new(colour);
        let (from, until, else_) = words.calendar;
        page.heading(&format!("{from} {} {until} {}, {else_}", self.at, self.until));
        if self.turns.is_empty() {
            page.paragraph(0, "", words.nothing_turns, Paint::Plain);
        }
        for day in self.turns.chunk_by(|a, b| a.on == b.on) {
            let Some(first) = day.first() else { continue };
            page.blank();
            page.paragraph(0, "", &first.on.to_string(), Paint::Strong);
            for turn in day {
                tell(&mut page, words, turn, language);
            }
        }
        page.finish()
    }
}

fn tell(page: &mut Page, words: &Words, turn: &Turn, language: Language) {
    let (sign, paint) = match turn.after {
        Verdict::Fail => ("✗", Paint::of(turn.severity)),
        Verdict::Error => ("!", Paint::of(turn.severity)),
        Verdict::Unknown => ("?", Paint::of(turn.severity)),
        Verdict::Waived => ("~", Paint::Faint),
        Verdict::Pass | Verdict::NotApplicable => ("✓", Paint::Good),
    };
    let mark = format!("{sign} {}:", words.severity(turn.severity));
    page.lead(2, &mark, turn.title.get(language), paint);
    let who = match &turn.element {
        Some(element) => element.describe(turn.kind.as_ref(), language),
        None => words.whole_model.to_owned(),
    };
    page.subject(4, &who, &turn.rule);
    let (until_then, then) = words.until_then;
    let (before, after) = (words.state(turn.before), words.state(turn.after));
    let mut line = format!("{until_then} {before}, {then} {after}");
    if let Some(finding) = &turn.finding {
        line = format!("{line}: {}", finding.message.get(language));
    }
    page.paragraph(4, "", &line, Paint::Plain);
}
