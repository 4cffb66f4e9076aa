//! What came out, held against what a fence expects.

use std::collections::BTreeSet;

use crate::case::{Expected, ExpectedKind};
use crate::driver::{Answer, Input, Outcome};
use crate::lines;

const NOT_APPLICABLE: &str = "not_applicable";

impl Expected {
    /// The fence as it would be if what came out were expected.
    pub fn found(&self, input: &Input, outcome: &Outcome) -> Vec<String> {
        match self.kind {
            ExpectedKind::Verdicts => self.verdicts(input, outcome),
            ExpectedKind::Messages => messages(outcome),
            ExpectedKind::Diagnostics => text_lines(&outcome.diagnostics),
            ExpectedKind::Report => text_lines(&outcome.report),
            ExpectedKind::Cel => self.values(outcome),
        }
    }

    /// Whether the fence says the same; where order means nothing, it isn't looked at.
    pub fn is_met(&self, found: &[String]) -> bool {
        self.normal(&self.body) == self.normal(found)
    }

    /// What differs, for people.
    pub fn difference(&self, found: &[String]) -> String {
        lines::difference(&self.normal(&self.body), &self.normal(found))
    }

    fn normal(&self, lines: &[String]) -> Vec<String> {
        let lines = lines.iter().map(|line| line.trim_end().to_owned());
        let mut lines: Vec<String> = lines.filter(|line| !line.is_empty()).collect();
        if matches!(self.kind, ExpectedKind::Verdicts | ExpectedKind::Messages) {
            lines.sort();
        }
        lines
    }

    fn verdicts(&self, input: &Input, outcome: &Outcome) -> Vec<String> {
        let written: Vec<Vec<&str>> =
            self.body.iter().map(|line| line.split_whitespace().collect()).collect();
        let named: BTreeSet<&str> =
            written.iter().filter_map(|words| words.get(1).copied()).collect();
        let is_asked = |answer: &Answer| {
            !input.packs.is_empty() || names_of(answer, outcome).iter().any(|n| named.contains(n))
        };
        // What is not applicable is there only if the fence has it.
        let is_written = |answer: &Answer| {
            written.iter().any(|words| {
                let (rule, element) = (words.get(1), words.get(2));
                rule.is_some_and(|rule| names_of(answer, outcome).contains(rule))
                    && element.is_some_and(|e| e.trim_end_matches(':') == answer.element)
            })
        };
        outcome
            .verdicts
            .iter()
            .filter(|answer| is_asked(answer))
            .filter(|answer| answer.verdict != NOT_APPLICABLE || is_written(answer))
            .map(|answer| {
                let rule = short_name(answer, outcome);
                let line = format!("{} {rule} {}", answer.verdict, answer.element);
                match answer.missing.as_slice() {
                    [] => line,
                    missing => format!("{line}: {}", missing.join(", ")),
                }
            })
            .collect()
    }

    fn values(&self, outcome: &Outcome) -> Vec<String> {
        let lines = lines::joined(&self.body).zip(&outcome.values);
        lines
            .flat_map(|(line, value)| {
                let (expression, expected) = lines::expression(&line);
                // Values may be laid out as JSON allows.
                let is_same = expected == value
                    || json(expected).is_some_and(|expected| json(value) == Some(expected));
                if is_same { text_lines(&line) } else { vec![format!("{expression} => {value}")] }
            })
            .collect()
    }
}

fn json(text: &str) -> Option<serde_json::Value> {
    serde_json::from_str(text).ok()
}

fn text_lines(text: &str) -> Vec<String> {
    text.lines().map(|line| line.trim_end().to_owned()).collect()
}

/// The names by which a fence may call the answer's rule.
fn names_of<'a>(answer: &'a Answer, outcome: &Outcome) -> Vec<&'a str> {
    vec![&answer.rule, short_name(answer, outcome)]
}

/// The bare id of the answer's rule, where no other pack has one of that id.
fn short_name<'a>(answer: &'a Answer, outcome: &Outcome) -> &'a str {
    shortened(&answer.rule, outcome)
}

fn shortened<'a>(rule: &'a str, outcome: &Outcome) -> &'a str {
    let bare = |rule: &'a str| rule.rsplit('/').next().unwrap_or(rule);
    let taken = outcome
        .verdicts
        .iter()
        .any(|other| other.rule != rule && other.rule.rsplit('/').next() == Some(bare(rule)));
    if taken { rule } else { bare(rule) }
}

fn messages(outcome: &Outcome) -> Vec<String> {
    let line = |message: &crate::driver::Message| {
        let rule = shortened(&message.rule, outcome);
        format!("{rule} {}: {}", message.element, message.text)
    };
    outcome.messages.iter().map(line).collect()
}
