//! Tests of properties, for all elements of a span in a loop.

use std::ops::Range;

use super::super::truth::holds;
use super::super::value::{Scalar, Truth};
use super::super::{Bound, Cells, Run};
use super::{DEFER, FALSE, TRUE, UNKNOWN};
use crate::cel::ast::Operator;
use crate::model::store::{self, Column};
use crate::plan::node::{Node, PlanIdx};

/// Single values of a span's elements that compare as numbers do.
pub(super) struct Ranks {
    pub(super) values: Vec<i64>,
    /// By element: true where it has a value, else what it is then. Empty where all have one.
    pub(super) known: Vec<u8>,
}

impl Ranks {
    #[inline]
    pub(super) fn get(&self, row: usize) -> Result<i64, u8> {
        match self.known.get(row) {
            None | Some(&TRUE) => self.values.get(row).copied().ok_or(DEFER),
            Some(code) => Err(*code),
        }
    }
}

impl Run<'_> {
    /// Whether a property is recorded.
    pub(super) fn recorded(&mut self, at: PlanIdx, span: &Range<usize>) -> Option<Vec<u8>> {
        let Bound::Cells(cells) = self.bound(at) else { return None };
        presence(&cells, span)
    }

    /// One of the four comparisons, of what has ranks.
    pub(super) fn compared(
        &mut self,
        operator: Operator,
        left: PlanIdx,
        right: PlanIdx,
        span: &Range<usize>,
    ) -> Option<Vec<u8>> {
        let (left, right) = (self.ranks(left, span)?, self.ranks(right, span)?);
        let codes = (0..span.len()).map(|row| match (left.get(row), right.get(row)) {
            (Ok(left), Ok(right)) => u8::from(holds(operator, Some(left.cmp(&right)))),
            (Err(DEFER), _) | (_, Err(DEFER)) => DEFER,
            _ => UNKNOWN,
        });
        Some(codes.collect())
    }

    /// What a value about variable 0 is for every element; `None` where that takes more than loops.
    pub(super) fn ranks(&mut self, at: PlanIdx, span: &Range<usize>) -> Option<Ranks> {
        if let Node::Sum { range, .. } = &self.plan.nodes[at] {
            return self.sums(*range, span);
        }
        match self.bound(at) {
            Bound::Value(value) => {
                Some(Ranks { values: vec![value.rank()?; span.len()], known: Vec::new() })
            }
            Bound::Cells(cells) if matches!(self.plan.nodes[at], Node::Property { .. }) => {
                ranks_of_cells(&cells, span)
            }
            _ => None,
        }
    }
}

fn ranks_of_cells(cells: &Cells<'_>, span: &Range<usize>) -> Option<Ranks> {
    let (absent, code) = match cells.absent {
        Scalar::Unknown => (0, UNKNOWN),
        absent => (absent.rank()?, TRUE),
    };
    let values = match cells.column {
        Column::Int(column) => values_of(column, cells.first, span, |value| *value),
        Column::Date(column) => {
            values_of(column, cells.first, span, |days| i64::from(*days) * SECONDS_OF_DAY)
        }
        Column::Enum(_, column) => values_of(column, cells.first, span, |value| i64::from(*value)),
        _ => return None,
    };
    let known = presence(cells, span)?;
    if code == UNKNOWN {
        let known = known.into_iter().map(|known| if known == TRUE { TRUE } else { UNKNOWN });
        return Some(Ranks { values, known: known.collect() });
    }
    let values = values.into_iter().zip(known);
    let values = values.map(|(value, known)| if known == TRUE { value } else { absent });
    Some(Ranks { values: values.collect(), known: Vec::new() })
}

const SECONDS_OF_DAY: i64 = 86_400;

/// The values of a span's elements, and anything where none is recorded.
fn values_of<T>(
    column: &store::Cells<T>,
    first: usize,
    span: &Range<usize>,
    rank: impl Fn(&T) -> i64,
) -> Vec<i64> {
    if span.start == first && column.values().len() == span.len() {
        return column.values().iter().map(rank).collect();
    }
    let rows = span.clone().map(|position| position.wrapping_sub(first));
    rows.map(|row| column.values().get(row).map_or(0, &rank)).collect()
}

/// Whether a value is recorded, for a span's elements.
fn presence(cells: &Cells<'_>, span: &Range<usize>) -> Option<Vec<u8>> {
    let present = cells.column.present()?;
    if span.start == cells.first {
        let mut codes = Vec::with_capacity(span.len().next_multiple_of(64));
        for word in present.words().iter().take(span.len().div_ceil(64)) {
            codes.extend_from_slice(&spread(*word));
        }
        codes.resize(span.len(), FALSE);
        return Some(codes);
    }
    let rows = span.clone().map(|position| position.wrapping_sub(cells.first));
    Some(rows.map(|row| u8::from(present.contains(row))).collect())
}

/// The bits of a word, the lowest first, as a byte each.
#[inline]
fn spread(word: u64) -> [u8; 64] {
    const EACH: u64 = 0x0101_0101_0101_0101;
    let mut bytes = [0; 64];
    let (eights, _) = bytes.as_chunks_mut::<8>();
    for (eight, bits) in eights.iter_mut().zip(word.to_le_bytes()) {
        let one_each = u64::from(bits).wrapping_mul(EACH) & 0x8040_2010_0804_0201;
        *eight = ((one_each.wrapping_add(0x7f * EACH) >> 7) & EACH).to_le_bytes();
    }
    bytes
}

/// Whether an enumeration's value is one of a set.
pub(super) fn enums(cells: &Cells<'_>, set: u64, absent: Truth, span: &Range<usize>) -> Vec<u8> {
    let absent = absent.code();
    let Column::Enum(_, column) = cells.column else { return vec![DEFER; span.len()] };
    let (values, words) = (column.values(), column.present().words());
    let of = |value: u16| u8::from(set.checked_shr(u32::from(value)).unwrap_or(0) & 1 == 1);
    if span.start != cells.first || span.len() != values.len() {
        let rows = span.clone().map(|position| position.wrapping_sub(cells.first));
        return rows.map(|row| column.get(row).map_or(absent, |value| of(*value))).collect();
    }
    if set.is_power_of_two() {
        let only = u16::try_from(set.trailing_zeros()).unwrap_or(u16::MAX);
        return tests(values, words, absent, |value| u8::from(value == only));
    }
    tests(values, words, absent, of)
}

/// A test of every value that is recorded; `absent` where none is.
#[inline]
fn tests(values: &[u16], words: &[u64], absent: u8, test: impl Fn(u16) -> u8) -> Vec<u8> {
    let mut codes: Vec<u8> = values.iter().map(|value| test(*value)).collect();
    for (codes, word) in codes.chunks_mut(64).zip(words) {
        if *word == u64::MAX {
            continue;
        }
        for (codes, byte) in codes.chunks_mut(8).zip(word.to_le_bytes()) {
            for (bit, code) in codes.iter_mut().enumerate() {
                if byte >> bit & 1 == 0 {
                    *code = absent;
                }
            }
        }
    }
    codes
}
