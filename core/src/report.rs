//! What a check found, told so that people can act on it and programs can rely on it.
//!
//! A [`Report`] is plain data. Its JSON is the stable form; every other form comes from the same
//! report.

pub(crate) mod assemble;
mod diff;
mod examples;
mod explanation;
pub(crate) mod finding;
pub(crate) mod fingerprint;
#[cfg(feature = "html")]
mod fragments;
mod frames;
#[cfg(feature = "html")]
mod html;
mod json;
mod markdown;
#[cfg(feature = "html")]
pub(crate) mod markup;
pub(crate) mod order;
pub(crate) mod question;
#[cfg(feature = "html")]
mod reference;
mod rules;
#[cfg(test)]
mod sample;
#[cfg(feature = "sarif")]
mod sarif;
mod telling;
mod text;
mod turns;
mod words;

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

pub use self::diff::{Change, Difference, Since};
pub use self::json::InvalidReport;
#[cfg(feature = "picture")]
pub(crate) use self::order::badness;
#[cfg(feature = "html")]
pub use self::reference::ReferencePage;
#[cfg(feature = "sarif")]
pub use self::sarif::Waived;
#[cfg(feature = "picture")]
pub(crate) use self::telling::sign;
pub use self::text::Colour;
use crate::eval::Verdict;
use crate::pack::Severity;
use crate::text::Text;
use crate::value::Date;

/// The version of the form that reports have.
pub(crate) const FORMAT: u32 = 1;

/// The outcome of a check: findings, counts, what isn't known yet, and what is ahead.
///
/// Equal inputs give equal reports, byte for byte.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Report {
    /// The version of this form; 1.
    pub spelregel: u32,
    /// What was checked, with what.
    pub receipt: Receipt,
    /// How many verdicts of which sort.
    pub counts: Counts,
    /// The programmes of the model in model order, each with the gates ahead of it.
    pub programmes: Vec<ProgrammeNote>,
    /// Every verdict but pass and not applicable: by programme, the worst first.
    pub findings: Vec<Finding>,
    /// What to find out, the most useful first.
    pub missing: Vec<Missing>,
    /// What people call the kinds, phases and gates that the report names.
    pub labels: Labels,
    /// What is new, where the report was compared with a baseline.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<Since>,
}

/// What a report rests on: enough to tell whether two reports may be compared.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Receipt {
    /// The version of Spelregel.
    pub version: String,
    /// The date of the check.
    pub at: Date,
    /// The gate whose readiness was asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gate: Option<String>,
    /// The programmes that were asked for; empty: all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub programmes: Vec<String>,
    /// The tags that were asked for; empty: all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    /// The metamodel.
    pub metamodel: Ingredient,
    /// The packs, in the order in which their rules are asked.
    pub packs: Vec<Ingredient>,
    /// SHA-256 of the settings, where there are any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub settings: Option<String>,
    /// SHA-256 of the model in its canonical form: files, order and comments play no part.
    pub model: String,
}

/// A metamodel or pack that a report rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Ingredient {
    /// Its name.
    pub id: String,
    /// Its version.
    pub version: String,
    /// SHA-256 of what it says: layout, comments and the examples of rules play no part.
    pub sha256: String,
}

/// How many verdicts of which sort, in all and by what they belong to.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Counts {
    /// In all.
    pub verdicts: Tally,
    /// By severity, the worst first.
    pub severities: Vec<Count>,
    /// By rule, under its full id, in the order of the packs. Rules of the built-in pack `spelregel` come
    /// last, where they find something.
    pub rules: Vec<Count>,
    /// By pack.
    pub packs: Vec<Count>,
    /// By tag, in alphabetical order.
    pub tags: Vec<Count>,
    /// By programme, in model order. What belongs to several counts in each.
    pub programmes: Vec<Count>,
    /// Of what belongs to no programme.
    pub outside: Tally,
}

/// The verdicts of one rule, pack, tag, programme or severity.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Count {
    /// Of what.
    pub name: String,
    /// How many.
    pub verdicts: Tally,
}

/// How often each verdict was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
#[expect(missing_docs, reason = "each field is named after its verdict")]
pub struct Tally {
    pub pass: u64,
    pub fail: u64,
    pub unknown: u64,
    pub waived: u64,
    pub error: u64,
    pub not_applicable: u64,
}

impl Tally {
    /// How often the verdict was given.
    pub fn get(&self, verdict: Verdict) -> u64 {
        let mut copy = *self;
        *copy.slot(verdict)
    }

    /// How many of them are findings.
    pub fn findings(&self) -> u64 {
        self.fail + self.error + self.unknown + self.waived
    }

    pub(crate) fn add(&mut self, verdict: Verdict) {
        *self.slot(verdict) += 1;
    }

    fn slot(&mut self, verdict: Verdict) -> &mut u64 {
        match verdict {
            Verdict::Pass => &mut self.pass,
            Verdict::Fail => &mut self.fail,
            Verdict::Unknown => &mut self.unknown,
            Verdict::Waived => &mut self.waived,
            Verdict::Error => &mut self.error,
            Verdict::NotApplicable => &mut self.not_applicable,
        }
    }
}

/// A programme, and how ready it is for the gates ahead.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct ProgrammeNote {
    /// The programme.
    pub element: ElementRef,
    /// The phase that it is in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phase: Option<String>,
    /// The gates ahead, in their order.
    pub gates: Vec<Readiness>,
}

/// What stands between a programme and a gate, if the gate is asked for now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Readiness {
    /// The gate.
    pub gate: String,
    /// The programme's verdicts by severity, the worst first.
    pub severities: Vec<Count>,
    /// The findings that come on top of those of the report.
    pub findings: Vec<Finding>,
    /// What stands in the way: the fingerprints of the findings of severity error that fail, can't be
    /// evaluated or aren't known yet, the worst first. They are findings of the report, or come on top.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub in_the_way: Vec<String>,
    /// What to find out about those of them that aren't known yet, the most useful first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub missing: Vec<Missing>,
}

/// A rule's verdict on an element that somebody should look at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Finding {
    /// Stays the same as long as the finding does: made of the rule's full id and the element's id.
    pub fingerprint: String,
    /// The rule's full id, `pack/rule`.
    pub rule: String,
    /// What the rule wants.
    pub title: Arc<Text>,
    /// How bad it is.
    pub severity: Severity,
    /// The answer.
    pub verdict: Verdict,
    /// Whom the rule asked; absent for the model as a whole.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub element: Option<ElementRef>,
    /// The ids of the programmes that the element belongs to, in model order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub programmes: Vec<String>,
    /// What is the matter, in every language that the pack has.
    pub message: Text,
    /// Why the rule is there.
    pub why: Arc<Text>,
    /// What to do.
    pub remedy: Arc<Text>,
    /// Where the rule comes from.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub source: Arc<Text>,
    /// The rule's tags.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    /// What the model doesn't hold and the verdict depends on, in model order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub missing: Vec<MissingFact>,
    /// Why it could not be evaluated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<Text>,
    /// The elements that decided the verdict, in model order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub witnesses: Vec<ElementRef>,
    /// The recorded deviation that covers it, or that the finding is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deviation: Option<DeviationNote>,
    /// Where the element, or else the deviation, is written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub position: Option<FilePosition>,
}

/// An element by kind and id, and what people call it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct ElementRef {
    /// The kind, as rules name it.
    pub kind: String,
    /// The id.
    pub id: String,
    /// The name, where the model holds one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

/// Something that the model doesn't hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct MissingFact {
    /// The element it is about; absent where a whole section isn't recorded completely.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub element: Option<ElementRef>,
    /// The property, relation or section.
    pub field: String,
    /// Of a property of a link: the relation, and the element at the other end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<LinkNote>,
    /// What to ask somebody who may know.
    pub question: Text,
}

/// A link, seen from one of its ends.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct LinkNote {
    /// The relation or its inverse, as it is read from the element.
    pub relation: String,
    /// The far end.
    pub to: ElementRef,
}

/// A missing fact, and how much hangs on it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Missing {
    /// What is missing.
    pub fact: MissingFact,
    /// For how many verdicts it is the only thing missing.
    pub settles: u64,
    /// How many verdicts name it.
    pub named: u64,
}

/// A recorded deviation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct DeviationNote {
    /// The rule from which it departs, as written.
    pub rule: String,
    /// Why.
    pub reason: String,
    /// Who decided so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decided_by: Option<String>,
    /// The last day on which it holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
}

/// A place in a file or in a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct FilePosition {
    /// The name of the file; of the table, where it is in no file.
    pub file: String,
    /// The name of the table, where the place is in one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub table: Option<String>,
    /// Line, from 1; in a table the row, as the table counts rows.
    pub line: u32,
    /// Column in characters, from 1; in a table the number of the column, from 1.
    pub column: u32,
}

/// What people call what the report names.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Labels {
    /// Kinds by name.
    pub kinds: BTreeMap<String, Text>,
    /// Phases by name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub phases: BTreeMap<String, Text>,
    /// Gates by name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub gates: BTreeMap<String, Text>,
}

impl Report {
    /// The findings of one rule, by its full or bare id.
    pub fn of_rule<'a>(&'a self, rule: &'a str) -> impl Iterator<Item = &'a Finding> {
        self.findings.iter().filter(move |finding| {
            finding.rule == rule || finding.rule.rsplit('/').next() == Some(rule)
        })
    }

    /// The findings that stand in the way of a gate, in their order.
    pub fn in_the_way<'a>(&'a self, gate: &'a Readiness) -> impl Iterator<Item = &'a Finding> {
        gate.in_the_way.iter().filter_map(|fingerprint| {
            // What comes on top is what the rule says if the gate is asked for.
            let mut all = gate.findings.iter().chain(&self.findings);
            all.find(|finding| finding.fingerprint == *fingerprint)
        })
    }

    /// Whether the finding is new since the baseline; true of all where there is none.
    pub fn is_new(&self, finding: &Finding) -> bool {
        let since = self.since.as_ref();
        since.is_none_or(|since| since.new.contains(&finding.fingerprint))
    }

    /// Whether a finding of the severity or worse has a verdict of the given ones. Where the report was
    /// compared with a baseline: whether one that is new has.
    pub fn has(&self, at_least: Severity, verdicts: &[Verdict]) -> bool {
        self.findings.iter().any(|finding| {
            finding.severity >= at_least
                && verdicts.contains(&finding.verdict)
                && self.is_new(finding)
        })
    }
}
