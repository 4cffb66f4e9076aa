//! From which later day a verdict may be another, if nothing changes but the date.
//!
//! An evaluator that watches for it notes, while it evaluates, the earliest day after its date on which anything
//! that it saw of the calendar may come out otherwise: a link begins or ends, a comparison with `today` turns. Up
//! to that day the same steps are taken and come to the same. Where it is not clear how something depends on the
//! date, that day is tomorrow.

use std::cell::Cell;

use super::functions::arithmetic;
use super::lists;
use super::outcome::Outcome;
use super::reference::{Evaluator, Frame, binary};
use crate::cel::ast::Operator;
use crate::hir::{HirIdx, Op};
use crate::model::{LinkRef, Model};
use crate::typing::TypedPacks;
use crate::value::time::{FIRST, LAST, SECONDS_PER_DAY};
use crate::value::{Timestamp, Value};

const NANOS_PER_SECOND: i128 = 1_000_000_000;

fn nanos_per_day() -> i128 {
    i128::from(SECONDS_PER_DAY) * NANOS_PER_SECOND
}

/// The earliest day noted so far, counted from 1970.
#[derive(Debug)]
pub(crate) struct Watch(Cell<i64>);

impl Watch {
    const NEVER: i64 = i64::MAX;

    fn note(&self, day: i64) {
        self.0.set(self.0.get().min(day));
    }
}

impl<'m> Evaluator<'m> {
    /// One that notes when what it evaluates may turn.
    pub(crate) fn watching(
        model: &'m Model,
        packs: &'m TypedPacks,
        date: Timestamp,
        gate: Option<u32>,
    ) -> Self {
        let mut evaluator = Self::new(model, packs, date, gate);
        evaluator.watch = Some(Watch(Cell::new(Watch::NEVER)));
        evaluator
    }

    /// Evaluates something. Yields with it the day on which that may turn, where there is one.
    pub(crate) fn until_turn<T>(&self, evaluate: impl FnOnce() -> T) -> (T, Option<i64>) {
        let Some(watch) = &self.watch else { return (evaluate(), None) };
        let before = watch.0.replace(Watch::NEVER);
        let value = evaluate();
        let day = watch.0.replace(before);
        (value, (day != Watch::NEVER).then_some(day))
    }

    /// That something may come out otherwise from a day on, if there is one. Days that are past don't matter.
    pub(crate) fn may_turn(&self, day: impl Into<Option<i64>>) {
        if let (Some(watch), Some(day)) = (&self.watch, day.into())
            && day > self.date.days()
        {
            watch.note(day);
        }
    }

    /// That it isn't known how something depends on the date.
    pub(super) fn may_turn_tomorrow(&self) {
        self.may_turn(self.date.days() + 1);
    }

    /// Whether a link is current.
    pub(super) fn is_current(&self, link: LinkRef) -> bool {
        if self.watch.is_some() {
            let declared = &self.model.vocabulary().0.relations[link.relation];
            for (limit, after) in [(declared.valid_from, 0), (declared.valid_until, 1)] {
                let day = limit.and_then(|limit| self.model.link_property(link, limit));
                if let Some(Value::Timestamp(day)) = day {
                    self.may_turn(day.days() + after);
                }
            }
        }
        self.model.is_current(link, self.date)
    }

    /// A comparison with `today`, or with a moment some time before or after, of which the day is noted on which
    /// it turns; `None` for anything else, and where nobody watches.
    pub(super) fn compare_with_today(
        &self,
        frame: &mut Frame<'_>,
        operator: Operator,
        left: HirIdx,
        right: HirIdx,
    ) -> Option<Outcome> {
        self.watch.as_ref()?;
        let compares = matches!(
            operator,
            Operator::Less
                | Operator::LessOrEqual
                | Operator::Greater
                | Operator::GreaterOrEqual
                | Operator::Equal
                | Operator::NotEqual
        );
        let body = frame.body;
        let moves = |at| Moving::of(&body.nodes[at].op, |at| &body.nodes[at].op);
        let (moving_left, moving_right) = (moves(left), moves(right));
        if !compares || (moving_left.is_none() && moving_right.is_none()) {
            return None;
        }
        let left = self.side(frame, left, moving_left);
        let right = self.side(frame, right, moving_right);
        self.note_turn(&left, &right);
        Some(binary(operator, &left.outcome, &right.outcome, self.model))
    }

    fn side(&self, frame: &mut Frame<'_>, at: HirIdx, moving: Option<Moving>) -> Side {
        let today = Outcome::Value(Value::Timestamp(self.date));
        match moving {
            None => Side { outcome: self.node(frame, at), pace: 0 },
            Some(Moving::Today) => Side { outcome: today, pace: 1 },
            Some(Moving::With { operator, other }) => {
                let other = self.node(frame, other);
                Side { outcome: arithmetic(operator, &today, &other), pace: 1 }
            }
            Some(Moving::Until { other }) => {
                let other = self.node(frame, other);
                Side { outcome: arithmetic(Operator::Subtract, &other, &today), pace: -1 }
            }
        }
    }

    /// Notes when the order of two sides changes, or one of them leaves what can be counted.
    fn note_turn(&self, left: &Side, right: &Side) {
        let today = self.date.days();
        for side in [left, right] {
            if side.pace != 0 && matches!(side.outcome, Outcome::Error(_)) {
                self.may_turn_tomorrow();
            }
            for value in side.bounds() {
                let leaves = value.leaves(side.pace).and_then(|days| today.checked_add(days));
                self.may_turn(leaves);
            }
        }
        for a in left.bounds() {
            for b in right.bounds() {
                let days = crosses(a.nanos - b.nanos, i128::from(left.pace - right.pace));
                let day = days.and_then(|days| today.checked_add(days));
                self.may_turn(day);
            }
        }
    }
}

/// How a part of a condition moves with the date: by a day each day, or back.
#[derive(Debug, Clone, Copy)]
enum Moving {
    Today,
    /// `today + other`, `today - other`
    With {
        operator: Operator,
        other: HirIdx,
    },
    /// `other - today`
    Until {
        other: HirIdx,
    },
}

impl Moving {
    /// How an operation moves, if in one of these ways; `None` says nothing.
    fn of<'b>(op: &Op, part: impl Fn(HirIdx) -> &'b Op) -> Option<Self> {
        let is_today = |at: HirIdx| matches!(part(at), Op::Today);
        match op {
            Op::Today => Some(Self::Today),
            Op::Binary {
                operator: operator @ (Operator::Add | Operator::Subtract),
                left,
                right,
            } => match (is_today(*left), is_today(*right), operator) {
                (true, false, _) => Some(Self::With { operator: *operator, other: *right }),
                (false, true, Operator::Add) => {
                    Some(Self::With { operator: *operator, other: *left })
                }
                (false, true, _) => Some(Self::Until { other: *left }),
                (true, true, _) | (false, false, _) => None,
            },
            _ => None,
        }
    }
}

/// One side of a comparison.
struct Side {
    outcome: Outcome,
    /// Days by which it grows each day.
    pace: i64,
}

impl Side {
    /// Its value, or the bounds of what it may be.
    fn bounds(&self) -> impl Iterator<Item = Amount> {
        let (least, most) = lists::bounds(&self.outcome);
        [least, most].into_iter().flatten().filter_map(|value| Amount::of(&value))
    }
}

/// A moment or a time, in nanoseconds.
#[derive(Debug, Clone, Copy)]
struct Amount {
    nanos: i128,
    /// The least and the most that there can be.
    range: (i128, i128),
}

impl Amount {
    fn of(value: &Value) -> Option<Self> {
        let of_seconds = |seconds: i64| i128::from(seconds) * NANOS_PER_SECOND;
        match value {
            Value::Timestamp(moment) => Some(Self {
                nanos: of_seconds(moment.seconds()) + i128::from(moment.nanos()),
                range: (of_seconds(FIRST), of_seconds(LAST + 1) - 1),
            }),
            Value::Duration(time) => Some(Self {
                nanos: i128::from(time.0),
                range: (i128::from(i64::MIN), i128::from(i64::MAX)),
            }),
            _ => None,
        }
    }

    /// In how many days it leaves its range.
    fn leaves(self, pace: i64) -> Option<i64> {
        let room = match pace {
            1.. => self.range.1 - self.nanos,
            0 => return None,
            _ => self.nanos - self.range.0,
        };
        i64::try_from(room / nanos_per_day() + 1).ok()
    }
}

/// In how many days a difference that grows by so many days each day is no longer on its side of zero.
fn crosses(difference: i128, pace: i128) -> Option<i64> {
    if pace == 0 || (difference > 0 && pace > 0) || (difference < 0 && pace < 0) {
        return None;
    }
    let a_day = pace.abs() * nanos_per_day();
    let days = (difference.abs() + a_day - 1) / a_day;
    i64::try_from(days.max(1)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn differences_cross_zero_on_the_first_day_that_they_can() {
        assert_eq!(crosses(0, 1), Some(1));
        assert_eq!(crosses(-1, 1), Some(1));
        assert_eq!(crosses(-nanos_per_day(), 1), Some(1));
        assert_eq!(crosses(-nanos_per_day() - 1, 1), Some(2));
        assert_eq!(crosses(3 * nanos_per_day(), -1), Some(3));
        assert_eq!(crosses(3 * nanos_per_day(), -2), Some(2));
        assert_eq!(crosses(1, 1), None);
        assert_eq!(crosses(-1, 0), None);
    }
}
