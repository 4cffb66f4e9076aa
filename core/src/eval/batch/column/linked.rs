//! Quantifiers over what elements are linked to, for all elements of a span.
//!
//! Where few of those that are linked to decide, the links are followed from these (push), else from each
//! element of the span (pull).

use std::ops::Range;
use std::rc::Rc;

use super::super::graph::Follow;
use super::super::{Bound, Run, span_of};
use super::cells::Ranks;
use super::{DEFER, FALSE, FEW, TRUE, Truths, UNKNOWN, how_many};
use crate::hir::Quantifier;
use crate::index::{Csr, Index};
use crate::metamodel::KindSet;
use crate::model::ElementIdx;
use crate::model::store::Cells;
use crate::plan::node::{Node, PlanIdx, Step};

/// A relation that a range follows from an element.
struct Linked<'r> {
    step: Step,
    follow: Follow<'r>,
    /// The span of what it leads to.
    members: Range<usize>,
    links: usize,
}

impl<'r> Run<'r> {
    /// The relation that a range follows; `None` where that is no single one, or where something may come
    /// into it.
    fn linked(&mut self, range: PlanIdx) -> Option<Linked<'r>> {
        let Node::Neighbours { step, .. } = &self.plan.nodes[range] else { return None };
        let Bound::Follow(follow) = self.bound(range) else { return None };
        if follow.may_be_open() {
            return None;
        }
        let ends = self.vocabulary.relations[step.relation].ends.iter();
        let far = ends.flat_map(|(from, to)| if step.inverse { from.iter() } else { to.iter() });
        let members = span_of(self.model, &far.collect::<KindSet>());
        Some(Linked { step: *step, follow, members, links: self.model.links_of(step.relation) })
    }

    /// Whether a range follows a relation from this variable.
    fn is_from(&self, range: PlanIdx, variable: usize) -> bool {
        let Node::Neighbours { of, .. } = &self.plan.nodes[range] else { return false };
        self.plan.nodes[*of] == (Node::Variable { out: variable, known: true })
    }

    pub(super) fn quantified(
        &mut self,
        at: PlanIdx,
        (quantifier, range, body): (Quantifier, PlanIdx, PlanIdx),
        span: &Range<usize>,
        needed: usize,
    ) -> Option<Vec<u8>> {
        if !self.is_from(range, 0) {
            return None;
        }
        let linked = self.linked(range)?;
        if let (Some(truth), Quantifier::Exists) = (self.plan.as_truth(body), quantifier) {
            let some = |row: &[ElementIdx]| u8::from(truth && !row.is_empty());
            return Some(self.each_row(&linked.follow, span, some));
        }
        if self.is_about_member(body) {
            return self.counted(quantifier, &linked, body, span, needed);
        }
        if quantifier != Quantifier::Exists {
            return None;
        }
        // Where a condition that all would have to meet holds of none, nothing more has to be asked.
        let mut conditions = Vec::new();
        self.necessary(range, body, &mut conditions);
        let mut asked: Option<Vec<u8>> = None;
        for (range, test) in conditions {
            let Some(linked) = self.linked(range) else { continue };
            let Some(codes) = self.counted(Quantifier::Exists, &linked, test, span, needed) else {
                continue;
            };
            match &mut asked {
                None => asked = Some(codes),
                Some(asked) => {
                    for (asked, code) in asked.iter_mut().zip(codes) {
                        *asked = u8::from(*asked != FALSE && code != FALSE);
                    }
                }
            }
        }
        let rows = span.clone().zip(asked?);
        let codes =
            rows.map(|(row, code)| if code == FALSE { FALSE } else { self.row_code(at, row) });
        Some(codes.collect())
    }

    /// Conditions without which `exists` isn't true: that something of a range meets a test.
    fn necessary(&self, range: PlanIdx, body: PlanIdx, conditions: &mut Vec<(PlanIdx, PlanIdx)>) {
        match &self.plan.nodes[body] {
            Node::And(left, right) => {
                self.necessary(range, *left, conditions);
                self.necessary(range, *right, conditions);
            }
            _ if self.is_about_member(body) => conditions.push((range, body)),
            Node::Quantify { quantifier: Quantifier::Exists, range, body }
                if self.is_from(*range, 1) =>
            {
                let mut inner = *body;
                while let Node::And(left, _) = &self.plan.nodes[inner] {
                    inner = *left;
                }
                if self.is_about_member(inner) {
                    conditions.push((*range, inner));
                }
            }
            _ => {}
        }
    }

    /// A quantifier over a condition about the member alone.
    fn counted(
        &mut self,
        quantifier: Quantifier,
        linked: &Linked<'r>,
        body: PlanIdx,
        span: &Range<usize>,
        needed: usize,
    ) -> Option<Vec<u8>> {
        let tests = self.tests(linked, body, span, needed)?;
        let Linked { step, follow, members, .. } = linked;
        let count = match quantifier {
            Quantifier::All => tests.codes.len().saturating_sub(tests.count),
            Quantifier::Exists | Quantifier::ExistsOne => tests.count,
        };
        if tests.certain
            && count * FEW < members.len()
            && self.seen.whole(*step).is_some()
            && let Some(back) = self.seen.whole(Step { inverse: !step.inverse, ..*step })
        {
            return Some(pushed(quantifier, back, &tests.codes, members, span));
        }
        let row = |row: &[ElementIdx]| pulled(quantifier, &tests, members, row);
        Some(match quantifier {
            Quantifier::Exists if tests.certain => self.each_row(follow, span, |row| {
                row.iter().fold(FALSE, |any, other| any | code_of(&tests.codes, members, *other))
            }),
            _ => self.each_row(follow, span, row),
        })
    }

    /// What a condition on members comes to for all that may be ones.
    fn tests(
        &mut self,
        linked: &Linked<'r>,
        body: PlanIdx,
        span: &Range<usize>,
        needed: usize,
    ) -> Option<Rc<Truths>> {
        // So many members would be asked, one by one.
        let wanted = linked.links.saturating_mul(needed).checked_div(span.len())?;
        self.in_loops(body, &linked.members, wanted.min(linked.members.len()))
    }

    /// A quantifier for those elements alone that need it, by the codes of another condition.
    pub(super) fn picked(
        &mut self,
        at: PlanIdx,
        span: &Range<usize>,
        other: &[u8],
        needs: &impl Fn(u8) -> bool,
    ) -> Option<Vec<u8>> {
        let plan = self.plan;
        if self.columns.truths.contains_key(&(at, span.start, span.end)) {
            return None;
        }
        let (quantifier, range, body) = match &plan.nodes[at] {
            Node::Once { body, .. } => return self.picked(*body, span, other, needs),
            Node::Quantify { quantifier, range, body } => (*quantifier, *range, *body),
            _ => return None,
        };
        if !self.is_from(range, 0) || !self.is_about_member(body) {
            return None;
        }
        let linked = self.linked(range)?;
        let needed = how_many(other, needs);
        let tests = self.tests(&linked, body, span, needed)?;
        let rows = span.clone().zip(other).map(|(row, code)| {
            if !needs(*code) {
                return FALSE;
            }
            let row = self.walker.row(&linked.follow, ElementIdx::from_usize(row));
            pulled(quantifier, &tests, &linked.members, row)
        });
        Some(rows.collect())
    }

    /// Something of what each element of a span is linked to.
    pub(super) fn each_row<T>(
        &mut self,
        follow: &Follow<'r>,
        span: &Range<usize>,
        of: impl Fn(&'r [ElementIdx]) -> T,
    ) -> Vec<T> {
        match follow.whole() {
            Some(whole) => {
                let mut all = Vec::with_capacity(span.len());
                all.extend(whole.each_of(span).map(of));
                all
            }
            None => {
                let rows = span.clone().map(ElementIdx::from_usize);
                rows.map(|row| of(self.walker.row(follow, row))).collect()
            }
        }
    }

    /// Sums of a property of whole numbers, where it is recorded, over what each element is linked to.
    pub(super) fn sums(&mut self, range: PlanIdx, span: &Range<usize>) -> Option<Ranks> {
        let summed = self.summed(range)?;
        if !self.is_from(summed.range, 0) {
            return None;
        }
        let sums = self.each_row(&summed.follow, span, |row| summed.of(row));
        let values = sums.iter().map(|sum| sum.unwrap_or_default()).collect();
        let is_known = sums.iter().all(Option::is_some);
        let code = |sum: &Option<i64>| if sum.is_some() { TRUE } else { DEFER };
        let known = if is_known { Vec::new() } else { sums.iter().map(code).collect() };
        Some(Ranks { values, known })
    }

    /// What is summed, where it is a property of whole numbers of what is linked.
    pub(in super::super) fn summed(&mut self, range: PlanIdx) -> Option<Summed<'r>> {
        let plan = self.plan;
        let Node::Each { range, body, distinct: false } = &plan.nodes[range] else { return None };
        let Node::Filter { range, body: kept } = &plan.nodes[*range] else { return None };
        let (Node::Recorded { of, field }, Node::Property { field: read, .. }) =
            (&plan.nodes[*kept], &plan.nodes[*body])
        else {
            return None;
        };
        let Bound::Cells(cells) = self.bound(*body) else { return None };
        let Node::Neighbours { .. } = &plan.nodes[*range] else { return None };
        let Bound::Follow(follow) = self.bound(*range) else { return None };
        let is_member = plan.nodes[*of] == (Node::Variable { out: 0, known: true });
        let is_sum = field == read && is_member && !follow.may_be_open();
        let column = cells.column.ints()?;
        is_sum.then_some(Summed { range: *range, follow, first: cells.first, column })
    }
}

/// A property of whole numbers, to be summed where it is recorded.
#[derive(Clone, Copy)]
pub(in super::super) struct Summed<'r> {
    pub(in super::super) range: PlanIdx,
    pub(in super::super) follow: Follow<'r>,
    /// The first element of the kind that has it.
    first: usize,
    column: &'r Cells<i64>,
}

impl Summed<'_> {
    /// `None` where the sum is out of range.
    #[inline]
    pub(in super::super) fn of(&self, row: &[ElementIdx]) -> Option<i64> {
        // Where nothing is recorded the column holds a zero.
        let values = self.column.values();
        let value = |other: &ElementIdx| values.get(other.to_usize().wrapping_sub(self.first));
        row.iter().filter_map(value).try_fold(0_i64, |total, value| total.checked_add(*value))
    }
}

#[inline]
fn code_of(codes: &[u8], span: &Range<usize>, element: ElementIdx) -> u8 {
    codes.get(element.to_usize().wrapping_sub(span.start)).copied().unwrap_or(DEFER)
}

/// A quantifier over a row.
#[inline]
fn pulled(
    quantifier: Quantifier,
    tests: &Truths,
    members: &Range<usize>,
    row: &[ElementIdx],
) -> u8 {
    let codes = row.iter().map(|other| code_of(&tests.codes, members, *other));
    match quantifier {
        Quantifier::Exists => some(codes, TRUE),
        Quantifier::All => some(codes, FALSE),
        Quantifier::ExistsOne => exactly_one(codes),
    }
}

/// A quantifier from the members that decide, all truths being certain.
fn pushed(
    quantifier: Quantifier,
    back: &Csr<ElementIdx, ElementIdx>,
    tests: &[u8],
    members: &Range<usize>,
    span: &Range<usize>,
) -> Vec<u8> {
    let (otherwise, deciding) = match quantifier {
        Quantifier::All => (TRUE, FALSE),
        Quantifier::Exists | Quantifier::ExistsOne => (FALSE, TRUE),
    };
    let mut codes = vec![otherwise; span.len()];
    let mut row = members.start;
    let (eights, rest) = tests.as_chunks::<8>();
    let skipped = [otherwise; 8];
    let mut reach = |member: usize| {
        for other in back.of(ElementIdx::from_usize(member)) {
            if let Some(code) = codes.get_mut(other.to_usize().wrapping_sub(span.start)) {
                // Of those that one alone should lead to: how many do, up to two.
                *code =
                    if quantifier == Quantifier::ExistsOne { (*code + 1).min(2) } else { deciding };
            }
        }
    };
    for eight in eights {
        if *eight != skipped {
            for (member, test) in (row..).zip(eight) {
                if *test == deciding {
                    reach(member);
                }
            }
        }
        row += eight.len();
    }
    for (member, test) in (row..).zip(rest) {
        if *test == deciding {
            reach(member);
        }
    }
    if quantifier == Quantifier::ExistsOne {
        for code in &mut codes {
            *code = u8::from(*code == 1);
        }
    }
    codes
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
