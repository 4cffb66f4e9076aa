//! Conditions about one element for all elements of a span at once, where that takes no more than tight
//! loops: tests of properties (`cells`), what they come to for the elements that others are linked to
//! (`linked`) or that paths lead to (`reached`), and what is made of such by `&&`, `||` and `!`. Everything
//! else is asked of each element that still needs it, and so is what few elements need of many.

mod cells;
mod linked;
mod reached;

use std::ops::Range;
use std::rc::Rc;

use rustc_hash::FxHashMap;

use super::condensation::Condensation;
use super::value::{Env, Scalar};
use super::{Answer, Bound, Run};
use crate::index::Index;
use crate::model::ElementIdx;
use crate::plan::node::{Node, PlanIdx};

/// What was computed for whole spans.
#[derive(Default)]
pub(super) struct Columns {
    truths: FxHashMap<(PlanIdx, usize, usize), Rc<Truths>>,
    /// By the number of what a path leads through.
    condensed: FxHashMap<usize, Rc<Condensation>>,
}

/// The truths of a span's elements.
struct Truths {
    codes: Vec<u8>,
    /// Whether each is true or false.
    certain: bool,
    /// How many are true, where all are certain.
    count: usize,
}

const FALSE: u8 = 0;
const TRUE: u8 = 1;
const UNKNOWN: u8 = 2;
const DEFER: u8 = 3;

/// Asking one element for a property takes about as long as so many in a loop, and asking it about what it is
/// linked to as so many.
const ROW: usize = 40;
const LINKED_ROW: usize = 12;

/// Elements are picked where one in so many needs something, or fewer.
const FEW: usize = 4;

impl Truths {
    fn new(codes: Vec<u8>) -> Self {
        let certain = codes.iter().fold(0, |all, code| all | code) < UNKNOWN;
        let count = if certain { how_many(&codes, |code| code == TRUE) } else { 0 };
        Self { codes, certain, count }
    }
}

impl Run<'_> {
    /// What a rule says of every element of a span, as the codes of answers.
    pub(in crate::eval) fn judge_all(
        &mut self,
        rule: usize,
        span: &Range<usize>,
        answers: &mut Vec<u8>,
    ) {
        let Some(rule) = self.plan.rules.get(rule).copied() else {
            answers.extend(std::iter::repeat_n(Answer::Defer.code(), span.len()));
            return;
        };
        if self.plan.as_truth(rule.applies) == Some(true) {
            let require = self.column(rule.require, span);
            if require.certain {
                answers.extend(require.codes.iter().map(|code| Answer::Fail.code() - code));
            } else {
                answers.extend(require.codes.iter().map(|require| answer(*require)));
            }
            return;
        }
        let applies = self.column(rule.applies, span);
        let require = self.where_needed(rule.require, span, &applies.codes, |code| code == TRUE);
        answers.extend(applies.codes.iter().zip(&require.codes).map(|(applies, require)| {
            match *applies {
                FALSE => Answer::NotApplicable.code(),
                TRUE => answer(*require),
                UNKNOWN => Answer::Unknown.code(),
                _ => Answer::Defer.code(),
            }
        }));
    }

    /// What a condition about one element comes to for every element of a span.
    fn column(&mut self, at: PlanIdx, span: &Range<usize>) -> Rc<Truths> {
        if let Some(known) = self.in_loops(at, span, span.len()) {
            return known;
        }
        let codes = span.clone().map(|position| self.row_code(at, position)).collect();
        self.keep(at, span, codes)
    }

    fn keep(&mut self, at: PlanIdx, span: &Range<usize>, codes: Vec<u8>) -> Rc<Truths> {
        let truths = Rc::new(Truths::new(codes));
        self.columns.truths.insert((at, span.start, span.end), Rc::clone(&truths));
        truths
    }

    /// The same, where rows that don't need it, by the codes of another condition, may hold anything.
    fn where_needed(
        &mut self,
        at: PlanIdx,
        span: &Range<usize>,
        other: &[u8],
        needs: impl Fn(u8) -> bool,
    ) -> Rc<Truths> {
        let needed = how_many(other, &needs);
        if needed * FEW < span.len()
            && let Some(codes) = self.picked(at, span, other, &needs)
        {
            return Rc::new(Truths::new(codes));
        }
        if let Some(known) = self.in_loops(at, span, needed) {
            return known;
        }
        let rows = span.clone().zip(other);
        let codes =
            rows.map(|(row, code)| if needs(*code) { self.row_code(at, row) } else { FALSE });
        Rc::new(Truths::new(codes.collect()))
    }

    #[inline]
    fn row_code(&mut self, at: PlanIdx, position: usize) -> u8 {
        self.truth(at, &Env::of(Scalar::Element(ElementIdx::from_usize(position)))).code()
    }

    /// A condition about variable 0 computed for a whole span in loops, where that can be done in less time
    /// than asking each of so many of its elements.
    fn in_loops(&mut self, at: PlanIdx, span: &Range<usize>, needed: usize) -> Option<Rc<Truths>> {
        let plan = self.plan;
        if let Some(known) = self.columns.truths.get(&(at, span.start, span.end)) {
            return Some(Rc::clone(known));
        }
        if !self.is_about_member(at) || span.len() > needed.saturating_mul(ROW) {
            return None;
        }
        if let Bound::EnumIn { cells, set, absent } = self.bound(at) {
            return Some(self.keep(at, span, cells::enums(&cells, set, absent, span)));
        }
        let codes = match &plan.nodes[at] {
            Node::Constant(_) => vec![u8::from(plan.as_truth(at)?); span.len()],
            Node::Once { body, .. } => return self.in_loops(*body, span, needed),
            Node::Not(of) => {
                let of = self.in_loops(*of, span, needed)?;
                if of.certain {
                    of.codes.iter().map(|code| code ^ 1).collect()
                } else {
                    of.codes.iter().map(|code| inverted(*code)).collect()
                }
            }
            Node::And(left, right) => self.both(*left, *right, FALSE, span, needed)?,
            Node::Or(left, right) => self.both(*left, *right, TRUE, span, needed)?,
            Node::Recorded { .. } => self.recorded(at, span)?,
            Node::Compare { operator, left, right } => {
                self.compared(*operator, *left, *right, span)?
            }
            Node::Quantify { .. } if span.len() > needed.saturating_mul(LINKED_ROW) => return None,
            Node::Quantify { quantifier, range, body } => {
                self.quantified(at, (*quantifier, *range, *body), span, needed)?
            }
            Node::SomeReached { .. }
            | Node::ReachesItself { .. }
            | Node::FurthestReached { .. } => self.reached_in_loops(at, span, needed)?,
            _ => return None,
        };
        Some(self.keep(at, span, codes))
    }

    /// Whether a condition is about variable 0 and nothing else.
    fn is_about_member(&self, body: PlanIdx) -> bool {
        self.plan.traits[body].sees & !1 == 0
    }

    /// `&&` with `deciding` false, `||` with true. What can't be done in loops is asked of those elements that
    /// the other doesn't decide.
    fn both(
        &mut self,
        left: PlanIdx,
        right: PlanIdx,
        deciding: u8,
        span: &Range<usize>,
        needed: usize,
    ) -> Option<Vec<u8>> {
        let (first, second) = match self.in_loops(left, span, needed) {
            Some(first) => (first, right),
            None => (self.in_loops(right, span, needed)?, left),
        };
        let second = self.where_needed(second, span, &first.codes, |code| code != deciding);
        let both = first.codes.iter().zip(&second.codes);
        if first.certain && second.certain {
            // What isn't needed counts as false, beside a truth that decides.
            return Some(if deciding == FALSE {
                both.map(|(first, second)| first & second).collect()
            } else {
                both.map(|(first, second)| first | second).collect()
            });
        }
        let joined = both.map(|(first, second)| match (*first, *second) {
            (code, _) | (_, code) if code == deciding => deciding,
            (code, other) if code < UNKNOWN && other < UNKNOWN => 1 - deciding,
            (DEFER, _) | (_, DEFER) => DEFER,
            _ => UNKNOWN,
        });
        Some(joined.collect())
    }
}

/// How many codes there are of a sort.
#[inline]
fn how_many(codes: &[u8], is: impl Fn(u8) -> bool) -> usize {
    // So few that a byte counts them, and many such bytes at a time.
    let count = |codes: &[u8]| {
        codes.iter().fold(0_u8, |count, code| count.wrapping_add(u8::from(is(*code))))
    };
    codes.chunks(128).map(|codes| usize::from(count(codes))).sum()
}

/// The answer of a rule that applies.
#[inline]
fn answer(require: u8) -> u8 {
    match require {
        FALSE => Answer::Fail.code(),
        TRUE => Answer::Pass.code(),
        UNKNOWN => Answer::Unknown.code(),
        _ => Answer::Defer.code(),
    }
}

#[inline]
fn inverted(code: u8) -> u8 {
    match code {
        FALSE => TRUE,
        TRUE => FALSE,
        unsure => unsure,
    }
}
