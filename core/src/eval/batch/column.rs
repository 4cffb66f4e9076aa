//! Conditions about one element for all elements of a span at once, where that takes no more than a tight
//! loop: tests of a property, what they come to for the elements that others are linked to, and what is made
//! of such by `&&`, `||` and `!`. Everything else is asked of each element that still needs it.

use std::ops::Range;
use std::rc::Rc;

use super::value::{Env, Scalar, Truth};
use super::{Answer, Bound, Run, span_of};
use crate::hir::Quantifier;
use crate::index::Index;
use crate::metamodel::KindSet;
use crate::model::ElementIdx;
use crate::model::store::Column;
use crate::plan::node::{Node, PlanIdx};

/// The truths of a span's elements, as codes.
pub(super) type Codes = Rc<[u8]>;

const FALSE: u8 = 0;
const TRUE: u8 = 1;
const UNKNOWN: u8 = 2;
const DEFER: u8 = 3;

/// A column is worth its while where at least one in so many elements needs it.
const WORTHWHILE: usize = 8;

impl<'r> Run<'r> {
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
            answers.extend(require.iter().map(|require| answer(*require)));
            return;
        }
        let applies = self.column(rule.applies, span);
        let require = self.where_needed(rule.require, span, &applies, |code| code == TRUE);
        answers.extend(applies.iter().zip(require.iter()).map(
            |(applies, require)| match *applies {
                FALSE => Answer::NotApplicable.code(),
                TRUE => answer(*require),
                UNKNOWN => Answer::Unknown.code(),
                _ => Answer::Defer.code(),
            },
        ));
    }

    /// What a condition about one element comes to for every element of a span.
    fn column(&mut self, at: PlanIdx, span: &Range<usize>) -> Codes {
        let key = (at, span.start, span.end);
        if let Some(known) = self.columns.get(&key) {
            return Rc::clone(known);
        }
        let codes: Codes = match &self.plan.nodes[at] {
            Node::Once { body, .. } if self.is_columnar(at) => self.column(*body, span),
            _ => self.computed(at, span).into(),
        };
        self.columns.insert(key, Rc::clone(&codes));
        codes
    }

    /// The same, where rows that don't need it, by the codes of another condition, may hold anything.
    fn where_needed(
        &mut self,
        at: PlanIdx,
        span: &Range<usize>,
        other: &[u8],
        needs: impl Fn(u8) -> bool,
    ) -> Codes {
        let needed = other.iter().filter(|code| needs(**code)).count();
        if self.is_columnar(at) && needed * WORTHWHILE >= span.len() {
            return self.column(at, span);
        }
        let rows = span.clone().zip(other);
        rows.map(|(row, code)| if needs(*code) { self.row_code(at, row) } else { FALSE }).collect()
    }

    #[inline]
    fn row_code(&mut self, at: PlanIdx, position: usize) -> u8 {
        self.truth(at, &Env::of(Scalar::Element(ElementIdx::from_usize(position)))).code()
    }

    /// Whether a condition can be computed for many elements in a loop.
    fn is_columnar(&mut self, at: PlanIdx) -> bool {
        let plan = self.plan;
        if plan.traits[at].sees & !1 != 0 {
            return false;
        }
        match &plan.nodes[at] {
            Node::Constant(_) => plan.as_truth(at).is_some(),
            Node::Not(of) | Node::Once { body: of, .. } => self.is_columnar(*of),
            // What stands second is asked of those that need it.
            Node::And(left, _) | Node::Or(left, _) => self.is_columnar(*left),
            Node::Equal(..) | Node::OneOf { .. } => {
                matches!(self.bound(at), Bound::EnumIn { .. })
            }
            Node::Recorded { .. } | Node::Compare { .. } => self.is_of_cells(at),
            Node::Quantify { range, body, .. } => {
                self.linked(*range).is_some()
                    && if self.is_about_member(*body) {
                        self.is_columnar(*body)
                    } else {
                        self.first_test(at).is_some()
                    }
            }
            _ => false,
        }
    }

    /// Whether all that is read are properties of variable 0 that only one kind has.
    fn is_of_cells(&mut self, at: PlanIdx) -> bool {
        let plan = self.plan;
        match &plan.nodes[at] {
            Node::Recorded { of, field } => {
                field.len() == 1 && plan.nodes[*of] == (Node::Variable { out: 0, known: true })
            }
            Node::Compare { left, right, .. } => [*left, *right]
                .into_iter()
                .all(|side| matches!(self.bound(side), Bound::Cells(_) | Bound::Value(_))),
            _ => false,
        }
    }

    /// The relation that a range follows from variable 0, and the span of what it leads to; `None` where that
    /// is few of many, or where something may come into it.
    fn linked(&mut self, range: PlanIdx) -> Option<(super::Follow<'r>, Range<usize>)> {
        let plan = self.plan;
        let Node::Neighbours { of, step } = &plan.nodes[range] else { return None };
        let Bound::Follow(follow) = self.bound(range) else { return None };
        if plan.nodes[*of] != (Node::Variable { out: 0, known: true }) || follow.may_be_open() {
            return None;
        }
        let ends = self.vocabulary.relations[step.relation].ends.iter();
        let far = ends.flat_map(|(from, to)| if step.inverse { from.iter() } else { to.iter() });
        let span = span_of(self.model, &far.collect::<KindSet>());
        (self.model.links_of(step.relation) * WORTHWHILE >= span.len()).then_some((follow, span))
    }

    /// Of an `exists` whose condition begins with a test of the member alone: that test.
    fn first_test(&mut self, at: PlanIdx) -> Option<PlanIdx> {
        let plan = self.plan;
        let Node::Quantify { quantifier: Quantifier::Exists, body, .. } = &plan.nodes[at] else {
            return None;
        };
        let Node::And(first, _) = &plan.nodes[*body] else { return None };
        self.is_columnar(*first).then_some(*first)
    }

    /// Whether a condition on members of a list is about nothing else.
    fn is_about_member(&self, body: PlanIdx) -> bool {
        self.plan.traits[body].sees & !1 == 0
    }

    fn computed(&mut self, at: PlanIdx, span: &Range<usize>) -> Vec<u8> {
        let plan = self.plan;
        if let Some(truth) = plan.as_truth(at) {
            return vec![u8::from(truth); span.len()];
        }
        if !self.is_columnar(at) {
            return span.clone().map(|position| self.row_code(at, position)).collect();
        }
        match &plan.nodes[at] {
            Node::Not(of) => self.column(*of, span).iter().map(|code| inverted(*code)).collect(),
            Node::And(left, right) => self.both(*left, *right, FALSE, span),
            Node::Or(left, right) => self.both(*left, *right, TRUE, span),
            Node::Quantify { quantifier, range, body } => {
                self.quantified(at, *quantifier, *range, *body, span)
            }
            Node::Recorded { .. } => self.recorded(at, span),
            _ => match self.bound(at) {
                Bound::EnumIn { cells, set, absent } => enums(&cells, set, absent, span),
                _ => span.clone().map(|position| self.row_code(at, position)).collect(),
            },
        }
    }

    /// `&&` with `deciding` false, `||` with true.
    fn both(
        &mut self,
        left: PlanIdx,
        right: PlanIdx,
        deciding: u8,
        span: &Range<usize>,
    ) -> Vec<u8> {
        let left = self.column(left, span);
        let right = self.where_needed(right, span, &left, |code| code != deciding);
        if is_certain(&left) && is_certain(&right) {
            // What isn't needed counts as false, beside a truth that decides.
            let both = left.iter().zip(right.iter());
            return if deciding == FALSE {
                both.map(|(left, right)| left & right).collect()
            } else {
                both.map(|(left, right)| left | right).collect()
            };
        }
        let joined = left.iter().zip(right.iter()).map(|(left, right)| match (*left, *right) {
            (code, _) | (_, code) if code == deciding => deciding,
            (code, other) if code < UNKNOWN && other < UNKNOWN => 1 - deciding,
            (DEFER, _) | (_, DEFER) => DEFER,
            _ => UNKNOWN,
        });
        joined.collect()
    }

    fn recorded(&mut self, at: PlanIdx, span: &Range<usize>) -> Vec<u8> {
        let present = self.cells(at).and_then(|cells| Some((cells, cells.column.present()?)));
        let Some((cells, present)) = present else {
            return span.clone().map(|position| self.row_code(at, position)).collect();
        };
        if span.start == cells.first {
            let words = present.words().iter().copied().chain(std::iter::repeat(0));
            let mut codes = Vec::with_capacity(span.len().next_multiple_of(64));
            for word in words.take(span.len().div_ceil(64)) {
                codes.extend((0..64).map(|bit| u8::from(word >> bit & 1 == 1)));
            }
            codes.truncate(span.len());
            return codes;
        }
        let rows = span.clone().map(|position| position.wrapping_sub(cells.first));
        rows.map(|row| u8::from(present.contains(row))).collect()
    }

    fn quantified(
        &mut self,
        at: PlanIdx,
        quantifier: Quantifier,
        range: PlanIdx,
        body: PlanIdx,
        span: &Range<usize>,
    ) -> Vec<u8> {
        let Some((follow, members)) = self.linked(range) else {
            return span.clone().map(|position| self.row_code(at, position)).collect();
        };
        let rows = span.clone().map(ElementIdx::from_usize);
        if let (Some(truth), true) = (self.plan.as_truth(body), quantifier == Quantifier::Exists) {
            if let Some(whole) = follow.whole() {
                return whole.each_of(span).map(|row| u8::from(truth && !row.is_empty())).collect();
            }
            return rows
                .map(|row| u8::from(truth && !self.walker.row(&follow, row).is_empty()))
                .collect();
        }
        if !self.is_about_member(body) {
            // Where the first test holds of no member, nothing more has to be asked.
            let Some(first) = self.first_test(at) else {
                return span.clone().map(|position| self.row_code(at, position)).collect();
            };
            let tests = self.column(first, &members);
            let is_one = |row: &[ElementIdx]| {
                row.iter()
                    .fold(false, |any, other| any | (code_of(&tests, &members, *other) != FALSE))
            };
            let asked: Vec<bool> = match follow.whole() {
                Some(whole) => whole.each_of(span).map(is_one).collect(),
                None => rows.map(|row| is_one(self.walker.row(&follow, row))).collect(),
            };
            let rows = span.clone().zip(asked);
            return rows
                .map(|(row, asked)| if asked { self.row_code(at, row) } else { FALSE })
                .collect();
        }
        let tests = self.column(body, &members);
        let tests = &*tests;
        if let (Some(whole), true) = (follow.whole(), is_certain(tests)) {
            let codes =
                |row: &'r [ElementIdx]| row.iter().map(|other| code_of(tests, &members, *other));
            let rows = whole.each_of(span);
            return match quantifier {
                Quantifier::Exists => {
                    rows.map(|row| codes(row).fold(FALSE, |any, code| any | code)).collect()
                }
                Quantifier::All => rows
                    .map(|row| inverted(codes(row).fold(FALSE, |any, code| any | (code ^ 1))))
                    .collect(),
                Quantifier::ExistsOne => rows.map(|row| exactly_one(codes(row))).collect(),
            };
        }
        let walker = &mut self.walker;
        rows.map(|row| {
            let codes =
                walker.row(&follow, row).iter().map(|other| code_of(tests, &members, *other));
            match quantifier {
                Quantifier::Exists => some(codes, TRUE),
                Quantifier::All => some(codes, FALSE),
                Quantifier::ExistsOne => exactly_one(codes),
            }
        })
        .collect()
    }
}

#[inline]
fn code_of(codes: &[u8], span: &Range<usize>, element: ElementIdx) -> u8 {
    codes.get(element.to_usize().wrapping_sub(span.start)).copied().unwrap_or(DEFER)
}

/// Whether every code is true or false.
#[inline]
fn is_certain(codes: &[u8]) -> bool {
    codes.iter().fold(0, |all, code| all | code) < UNKNOWN
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

/// Whether one of the truths is the one that decides.
#[inline]
fn some(codes: impl Iterator<Item = u8>, deciding: u8) -> u8 {
    let mut worst = 1 - deciding;
    for code in codes {
        if code == deciding {
            return deciding;
        }
        if code >= UNKNOWN && (worst < UNKNOWN || code > worst) {
            worst = code;
        }
    }
    worst
}

#[inline]
fn exactly_one(codes: impl Iterator<Item = u8>) -> u8 {
    let (mut count, mut worst) = (0_usize, FALSE);
    for code in codes {
        count += usize::from(code == TRUE);
        if code >= UNKNOWN {
            worst = worst.max(code);
        }
    }
    match (worst, count) {
        (DEFER, _) => DEFER,
        (_, 2..) => FALSE,
        (UNKNOWN, _) => UNKNOWN,
        (_, count) => u8::from(count == 1),
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

/// Whether an enumeration's value is one of a set.
fn enums(cells: &super::Cells<'_>, set: u64, absent: Truth, span: &Range<usize>) -> Vec<u8> {
    let absent = absent.code();
    let Column::Enum(_, column) = cells.column else { return vec![DEFER; span.len()] };
    let (values, words) = (column.values(), column.present().words());
    let of = |value: u16| u8::from(set.checked_shr(u32::from(value)).unwrap_or(0) & 1 == 1);
    if span.start != cells.first || span.len() != values.len() {
        let rows = span.clone().map(|position| position.wrapping_sub(cells.first));
        return rows.map(|row| column.get(row).map_or(absent, |value| of(*value))).collect();
    }
    let mut codes = Vec::with_capacity(values.len());
    for (values, word) in values.chunks(64).zip(words) {
        codes.extend(
            values.iter().enumerate().map(
                |(bit, value)| {
                    if word >> bit & 1 == 1 { of(*value) } else { absent }
                },
            ),
        );
    }
    codes
}
