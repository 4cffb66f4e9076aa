//! Comparisons with the date: which dates they look at, and how far from today these turn them.
//!
//! `self.end_on <= today + days(30)` comes out otherwise on another day only where an end lies between: the
//! elements of which that is so are found in the column of ends. Whatever else is done with the date makes it
//! read by the condition as a whole.

use super::PlaceIdx;
use crate::cel::ast::Operator;
use crate::hir::{Body, HirIdx, Op, PerKind};
use crate::metamodel::{PropertyIdx, RelationIdx, Vocabulary};
use crate::typing::TypedPacks;
use crate::typing::functions::Function;
use crate::value::{Duration, Type, Value};

/// A comparison of a recorded date with today, or with a moment some time before or after.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Turn {
    /// Where the elements are that hold the dates, or from which links are read that do.
    pub(crate) places: Vec<PlaceIdx>,
    pub(crate) dates: Dates,
    pub(crate) shift: Shift,
}

/// Where dates are recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Dates {
    OfElements(PerKind<PropertyIdx>),
    OfLinks { relation: RelationIdx, inverse: bool, property: PropertyIdx },
}

/// How long after today the moment is that they are compared with.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Shift {
    pub(crate) nanos: i64,
    /// So many days more, or less, as the same element says.
    pub(crate) days: Option<(Sign, PerKind<PropertyIdx>)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sign {
    Plus,
    Minus,
}

/// Longer times lead past the end of the calendar, where comparing is an error.
const LONGEST: i64 = 365 * 200 * 86_400 * 1_000_000_000;

/// One condition in which comparisons are recognised.
pub(super) struct Comparisons<'a> {
    pub(super) v: &'a Vocabulary,
    pub(super) packs: &'a TypedPacks,
    pub(super) body: &'a Body,
    /// The slots of what is handed to a definition. A moment among that may be today.
    pub(super) given: &'a [usize],
}

/// A comparison that was recognised.
pub(super) struct Found {
    /// The node of the date that is read.
    pub(super) read: HirIdx,
    pub(super) dates: Dates,
    pub(super) shift: Shift,
}

impl<'a> Comparisons<'a> {
    /// Whether a part is the date, or a moment that may be.
    pub(super) fn is_today(&self, at: HirIdx) -> bool {
        match &self.op(at) {
            Op::Today => true,
            Op::Local(slot) => {
                self.given.contains(slot) && self.body.nodes[at].ty == Type::Timestamp
            }
            _ => false,
        }
    }

    pub(super) fn find(&self, operator: Operator, left: HirIdx, right: HirIdx) -> Option<Found> {
        let compares = matches!(
            operator,
            Operator::Less
                | Operator::LessOrEqual
                | Operator::Greater
                | Operator::GreaterOrEqual
                | Operator::Equal
                | Operator::NotEqual
        );
        let sides = [(left, right), (right, left)].into_iter();
        let mut found = sides.filter_map(|(moving, read)| self.against(moving, read));
        found.next().filter(|_| compares)
    }

    fn op(&self, at: HirIdx) -> &'a Op {
        &self.body.nodes[at].op
    }

    /// A date that is read, against a moment that moves with the date.
    fn against(&self, moving: HirIdx, read: HirIdx) -> Option<Found> {
        let (today, shift) = self.moment(moving)?;
        let read = match self.op(read) {
            // Where no date is recorded, today is compared with itself.
            Op::Call { function: Function::OrValue, args } => {
                let [optional, otherwise] = args.as_slice() else { return None };
                let Op::OptionalRead { read } = self.op(*optional) else { return None };
                if !self.is_same(*otherwise, today) {
                    return None;
                }
                *read
            }
            _ => read,
        };
        let (of, dates) = match self.op(read) {
            Op::Property { of, field } => (*of, Dates::OfElements(field.clone())),
            Op::LinkProperty { of, property } => {
                let Type::Link { relation, inverse, .. } = &self.body.nodes[*of].ty else {
                    return None;
                };
                let (relation, inverse, property) = (*relation, *inverse, *property);
                (*of, Dates::OfLinks { relation, inverse, property })
            }
            _ => return None,
        };
        let is_recorded = match &dates {
            Dates::OfElements(field) => self.has_no_default(field),
            Dates::OfLinks { property, .. } => self.v.properties[*property].absent.is_none(),
        };
        let shift = match shift {
            Distance::Nanos(nanos) => Shift { nanos, days: None },
            Distance::Days { sign, of: other, field } => {
                if !self.is_same(of, other) || !self.has_no_default(&field) {
                    return None;
                }
                Shift { nanos: 0, days: Some((sign, field)) }
            }
        };
        is_recorded.then_some(Found { read, dates, shift })
    }

    fn has_no_default(&self, field: &PerKind<PropertyIdx>) -> bool {
        field.iter().all(|(_, property)| self.v.properties[*property].absent.is_none())
    }

    /// Whether two parts are the same name, or both are the date.
    fn is_same(&self, a: HirIdx, b: HirIdx) -> bool {
        match (self.op(a), self.op(b)) {
            (Op::Today, Op::Today) => true,
            (Op::Local(a), Op::Local(b)) => a == b,
            _ => false,
        }
    }

    /// Of a moment that is the date, or some time from it: the part that is the date, and that time.
    fn moment(&self, at: HirIdx) -> Option<(HirIdx, Distance)> {
        if self.is_today(at) {
            return Some((at, Distance::Nanos(0)));
        }
        let Op::Binary { operator, left, right } = self.op(at) else { return None };
        match operator {
            Operator::Add if self.is_today(*left) => {
                Some((*left, self.distance(*right, Sign::Plus)?))
            }
            Operator::Add if self.is_today(*right) => {
                Some((*right, self.distance(*left, Sign::Plus)?))
            }
            Operator::Subtract if self.is_today(*left) => {
                Some((*left, self.distance(*right, Sign::Minus)?))
            }
            _ => None,
        }
    }

    fn distance(&self, at: HirIdx, sign: Sign) -> Option<Distance> {
        if let Op::Call { function: Function::Days, args } = self.op(at) {
            let [days] = args.as_slice() else { return None };
            return match self.op(*days) {
                Op::Property { of, field } => {
                    Some(Distance::Days { sign, of: *of, field: field.clone() })
                }
                _ => {
                    let Value::Int(days) = self.constant(*days)? else { return None };
                    Self::nanos(Duration::from_days(*days)?, sign)
                }
            };
        }
        match self.constant(at)? {
            Value::Duration(time) => Self::nanos(*time, sign),
            _ => None,
        }
    }

    fn nanos(time: Duration, sign: Sign) -> Option<Distance> {
        let nanos = match sign {
            Sign::Plus => time.0,
            Sign::Minus => time.0.checked_neg()?,
        };
        (nanos.checked_abs()? <= LONGEST).then_some(Distance::Nanos(nanos))
    }

    fn constant(&self, at: HirIdx) -> Option<&'a Value> {
        match self.op(at) {
            Op::Constant(value) => Some(value),
            Op::Parameter(parameter) => Some(&self.packs.parameters[*parameter].value),
            _ => None,
        }
    }
}

/// A time that is the same whoever asks, or that an element says.
enum Distance {
    Nanos(i64),
    Days { sign: Sign, of: HirIdx, field: PerKind<PropertyIdx> },
}
