//! What the examples of rules leave untested.

use crate::eval::Verdict;
use crate::eval::reference::{Coverage, body_key};
use crate::hir::{Body, HirIdx, Op};
use crate::pack::{Expression, Rule};
use crate::source::{Position, Source};
use crate::typing::{Subject, TypedRule};
use crate::value::Type;

/// What the examples of one rule show of it.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct RuleCoverage {
    /// The rule's full id, `pack/rule`.
    pub rule: String,
    /// The verdicts that the rule can give and examples show.
    pub shown: Vec<Verdict>,
    /// The verdicts that the rule can give and no example shows. Waived and error are left out: they come
    /// from deviations and arithmetic, not from the condition.
    pub missing: Vec<Verdict>,
    /// How many questions the conditions consist of: each should be true once and false once.
    pub questions: usize,
    /// The questions that no example made both true and false.
    pub untested: Vec<UntestedPart>,
}

/// A part of a condition that the examples don't test.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct UntestedPart {
    /// As written.
    pub text: String,
    /// The pack that holds it.
    pub source: Source,
    /// Where it starts there.
    pub position: Position,
    /// Whether some example made it true.
    pub was_true: bool,
    /// Whether some example made it false.
    pub was_false: bool,
}

/// The coverage of one rule by the verdicts and truths that its examples gave.
pub(super) fn of_rule(
    typed: &TypedRule,
    written: &Rule,
    source: &Source,
    found: &[Verdict],
    seen: &Coverage,
) -> RuleCoverage {
    let mut possible = vec![Verdict::Pass, Verdict::Fail, Verdict::Unknown];
    if typed.when.is_some() || typed.from.is_some() || typed.gate.is_some() {
        possible.push(Verdict::NotApplicable);
    }
    // Unknown comes from the model: a condition that reads none of it is never unknown.
    if typed.subject == Subject::Model && !reads_model(&typed.require) {
        possible.retain(|verdict| *verdict != Verdict::Unknown);
    }
    let (shown, missing) = possible.into_iter().partition(|verdict| found.contains(verdict));
    let mut coverage = RuleCoverage {
        rule: typed.full_id.clone(),
        shown,
        missing,
        questions: 0,
        untested: Vec::new(),
    };
    let conditions =
        typed.when.iter().zip(&written.when).chain([(&typed.require, &written.require)]);
    for (body, expression) in conditions {
        for at in questions(body) {
            coverage.questions += 1;
            let [was_false, was_true] =
                seen.get(&(body_key(body), at)).copied().unwrap_or_default();
            if !(was_false && was_true) {
                coverage.untested.push(part(body, at, expression, source, was_true, was_false));
            }
        }
    }
    coverage
}

fn reads_model(body: &Body) -> bool {
    body.nodes.iter().any(|node| {
        matches!(node.op, Op::Section { .. } | Op::Property { .. } | Op::Navigate { .. })
    })
}

/// The nodes of a condition that ask something of their own. Joining and turning round asks nothing new,
/// and what `has` looks at is not read.
fn questions(body: &Body) -> Vec<HirIdx> {
    let looked_at: Vec<HirIdx> = body
        .nodes
        .iter()
        .filter_map(|node| match node.op {
            Op::Recorded { read } | Op::OptionalRead { read } => Some(read),
            _ => None,
        })
        .collect();
    let asks = |op: &Op| {
        !matches!(op, Op::And(..) | Op::Or(..) | Op::Not(_) | Op::Local(_) | Op::Constant(_))
    };
    body.nodes
        .enumerate()
        .filter(|(at, node)| node.ty == Type::Bool && asks(&node.op) && !looked_at.contains(at))
        .map(|(at, _)| at)
        .collect()
}

fn part(
    body: &Body,
    at: HirIdx,
    expression: &Expression,
    source: &Source,
    was_true: bool,
    was_false: bool,
) -> UntestedPart {
    let span = body.nodes[at].span;
    let range = usize::try_from(span.start).unwrap_or(0)..usize::try_from(span.end).unwrap_or(0);
    UntestedPart {
        text: expression.text.get(range).unwrap_or("").to_owned(),
        source: source.clone(),
        position: source.position(expression.map.span(span).start),
        was_true,
        was_false,
    }
}
