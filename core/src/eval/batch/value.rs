//! What operators come to: truths of four, single values, and members of lists.

use std::cmp::Ordering;
use std::sync::Arc;

use crate::eval::outcome::compare_mixed;
use crate::model::{ElementIdx, LinkRef};
use crate::value::{Duration, Timestamp, Value};

/// What a condition comes to. Whatever isn't `Defer` is exactly what the plain evaluator says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Truth {
    False,
    True,
    Unknown,
    /// An error, or a case that wants finer bounds than are kept here: the plain evaluator decides.
    Defer,
}

impl Truth {
    #[inline]
    pub(super) fn of(truth: bool) -> Self {
        if truth { Self::True } else { Self::False }
    }

    #[inline]
    pub(super) fn not(self) -> Self {
        match self {
            Self::False => Self::True,
            Self::True => Self::False,
            other => other,
        }
    }

    /// As a number, and back.
    #[inline]
    pub(super) fn code(self) -> u8 {
        match self {
            Self::False => 0,
            Self::True => 1,
            Self::Unknown => 2,
            Self::Defer => 3,
        }
    }

    #[inline]
    pub(super) fn from_code(code: u8) -> Self {
        match code {
            0 => Self::False,
            1 => Self::True,
            2 => Self::Unknown,
            _ => Self::Defer,
        }
    }
}

/// A single value. Unknown means: without any bounds.
#[derive(Debug, Clone, Copy)]
pub(super) enum Scalar<'r> {
    Unknown,
    Defer,
    Bool(bool),
    Int(i64),
    Double(f64),
    Text(&'r str),
    Timestamp(Timestamp),
    Duration(Duration),
    /// By position; typing sees to it that only values of one enumeration meet.
    Enum(u32),
    Element(ElementIdx),
    Link(LinkRef),
    /// A list that was written down, by its number.
    List(usize),
}

impl<'r> Scalar<'r> {
    /// `Defer` for what is no single value.
    pub(super) fn of(value: &'r Value) -> Self {
        match value {
            Value::Bool(value) => Self::Bool(*value),
            Value::Int(value) => Self::Int(*value),
            Value::Double(value) => Self::Double(*value),
            Value::Text(value) => Self::Text(value),
            Value::Timestamp(value) => Self::Timestamp(*value),
            Value::Duration(value) => Self::Duration(*value),
            Value::Enum(_, position) => Self::Enum(*position),
            Value::Element(element) => Self::Element(*element),
            Value::Link(link) => Self::Link(*link),
            Value::List(_) | Value::Optional(_) | Value::Map(_) => Self::Defer,
        }
    }

    /// The value, where it has one by itself.
    pub(super) fn value(self) -> Option<Value> {
        Some(match self {
            Self::Bool(value) => Value::Bool(value),
            Self::Int(value) => Value::Int(value),
            Self::Double(value) => Value::Double(value),
            Self::Text(value) => Value::Text(Arc::from(value)),
            Self::Timestamp(value) => Value::Timestamp(value),
            Self::Duration(value) => Value::Duration(value),
            Self::Element(element) => Value::Element(element),
            Self::Link(link) => Value::Link(link),
            Self::Unknown | Self::Defer | Self::Enum(_) | Self::List(_) => return None,
        })
    }

    /// Whether it is a double that is no number: it has no place among others.
    pub(super) fn is_no_number(self) -> bool {
        matches!(self, Self::Double(double) if double.is_nan())
    }

    pub(super) fn truth(self) -> Truth {
        match self {
            Self::Bool(truth) => Truth::of(truth),
            Self::Unknown => Truth::Unknown,
            _ => Truth::Defer,
        }
    }

    /// A number that compares as the value does among others of its type; `None` where there is none.
    pub(super) fn rank(self) -> Option<i64> {
        match self {
            Self::Int(value) => Some(value),
            Self::Timestamp(value) if value.nanos() == 0 => Some(value.seconds()),
            Self::Enum(position) => Some(i64::from(position)),
            _ => None,
        }
    }
}

/// `==`, of what has no bounds.
pub(super) fn equals(a: Scalar<'_>, b: Scalar<'_>) -> Truth {
    match (a, b) {
        (Scalar::Defer | Scalar::List(_), _) | (_, Scalar::Defer | Scalar::List(_)) => Truth::Defer,
        (Scalar::Unknown, _) | (_, Scalar::Unknown) => Truth::Unknown,
        (a, b) => Truth::of(same(a, b)),
    }
}

/// Whether certain values are equal.
#[expect(clippy::float_cmp, reason = "CEL compares doubles as IEEE says")]
pub(super) fn same(a: Scalar<'_>, b: Scalar<'_>) -> bool {
    match (a, b) {
        (Scalar::Bool(a), Scalar::Bool(b)) => a == b,
        (Scalar::Int(a), Scalar::Int(b)) => a == b,
        (Scalar::Double(a), Scalar::Double(b)) => a == b,
        (Scalar::Int(i), Scalar::Double(d)) | (Scalar::Double(d), Scalar::Int(i)) => {
            compare_mixed(i, d) == Some(Ordering::Equal)
        }
        (Scalar::Text(a), Scalar::Text(b)) => a == b,
        (Scalar::Timestamp(a), Scalar::Timestamp(b)) => a == b,
        (Scalar::Duration(a), Scalar::Duration(b)) => a == b,
        (Scalar::Enum(a), Scalar::Enum(b)) => a == b,
        (Scalar::Element(a), Scalar::Element(b)) => a == b,
        (Scalar::Link(a), Scalar::Link(b)) => a.relation == b.relation && a.link == b.link,
        _ => false,
    }
}

/// The order of certain values; `None` where they have none.
pub(super) fn order(a: Scalar<'_>, b: Scalar<'_>) -> Option<Ordering> {
    match (a, b) {
        (Scalar::Bool(a), Scalar::Bool(b)) => Some(a.cmp(&b)),
        (Scalar::Int(a), Scalar::Int(b)) => Some(a.cmp(&b)),
        (Scalar::Double(a), Scalar::Double(b)) => a.partial_cmp(&b),
        (Scalar::Int(i), Scalar::Double(d)) => compare_mixed(i, d),
        (Scalar::Double(d), Scalar::Int(i)) => compare_mixed(i, d).map(Ordering::reverse),
        (Scalar::Text(a), Scalar::Text(b)) => Some(a.cmp(b)),
        (Scalar::Timestamp(a), Scalar::Timestamp(b)) => Some(a.cmp(&b)),
        (Scalar::Duration(a), Scalar::Duration(b)) => Some(a.cmp(&b)),
        (Scalar::Enum(a), Scalar::Enum(b)) => Some(a.cmp(&b)),
        _ => None,
    }
}

/// A member of a list.
#[derive(Debug, Clone, Copy)]
pub(super) struct Member<'r> {
    pub(super) value: Scalar<'r>,
    /// Whether it is there for certain.
    pub(super) certain: bool,
}

/// How a list was found as a whole, once its members have been visited.
///
/// `Rest` stands behind the others so that [`Whole::and`] is no maximum of numbers: where a recursion ends in
/// one, LLVM 22 makes a loop of it and keeps too narrow a range for the result, and a `match` on that then
/// jumps to nowhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Whole {
    Known,
    Unknown,
    Defer,
    /// The visitor had seen enough.
    Stopped,
    /// There may be more members.
    Rest,
}

impl Whole {
    /// One list after the other.
    pub(super) fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::Rest, Self::Known) => Self::Rest,
            (_, other) => other,
        }
    }
}

/// The variables that an operator sees, the innermost first.
#[derive(Debug, Clone, Copy)]
pub(super) struct Env<'e, 'r> {
    pub(super) item: Scalar<'r>,
    pub(super) outer: Option<&'e Env<'e, 'r>>,
}

impl<'e, 'r> Env<'e, 'r> {
    #[inline]
    pub(super) fn of(item: Scalar<'r>) -> Self {
        Self { item, outer: None }
    }

    /// The same with one variable more.
    #[inline]
    pub(super) fn with(&'e self, item: Scalar<'r>) -> Env<'e, 'r> {
        Env { item, outer: Some(self) }
    }

    /// What is seen from so many variables further out.
    #[inline]
    pub(super) fn out(&'e self, by: usize) -> Option<&'e Env<'e, 'r>> {
        let mut env = self;
        for _ in 0..by {
            env = env.outer?;
        }
        Some(env)
    }

    #[inline]
    pub(super) fn variable(&self, out: usize) -> Scalar<'r> {
        if out == 0 {
            return self.item;
        }
        self.out(out).map_or(Scalar::Defer, |env| env.item)
    }
}
