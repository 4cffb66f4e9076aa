//! Judging: every rule asked of every element it is for.

use crate::model::{ElementIdx, LinkRef};
use crate::metamodel::{KindIdx, PropertyIdx, RelationIdx};

/// The answer of a rule for an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// The rule doesn't apply: no programme of the element has reached the phase, or `when` is false.
    NotApplicable,
    /// `require` is true.
    Pass,
    /// `require` is false.
    Fail,
    /// The answer depends on facts that the model doesn't hold.
    Unknown,
    /// Would fail or be unknown, and a deviation that is in force covers it.
    Waived,
    /// Evaluation ran into an error, or the rule costs too much.
    Error,
}

impl Verdict {
    /// Every verdict.
    pub const ALL: [Self; 6] =
        [Self::NotApplicable, Self::Pass, Self::Fail, Self::Unknown, Self::Waived, Self::Error];

    /// As reports write it: `not_applicable`, `pass`, `fail`, `unknown`, `waived`, `error`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NotApplicable => "not_applicable",
            Self::Pass => "pass",
            Self::Fail => "fail",
            Self::Unknown => "unknown",
            Self::Waived => "waived",
            Self::Error => "error",
        }
    }
}

/// Something that the model doesn't hold and a verdict depends on. Order is model order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Fact {
    /// A property of an element that isn't filled in.
    Property(ElementIdx, PropertyIdx),
    /// A relation of an element into which unrecorded elements may come.
    Relation(ElementIdx, RelationIdx, bool),
    /// A property of a link that isn't filled in.
    LinkProperty(ElementIdx, LinkRef, PropertyIdx),
    /// A whole section that isn't recorded completely.
    Section(KindIdx),
}

/// One rule's answer for one element, with all that the report tells of it.
#[derive(Debug, Clone)]
pub(crate) struct Judgement {
    /// Position in the rule set.
    pub(crate) rule: usize,
    /// `None` for a rule asked of the model as a whole.
    pub(crate) element: Option<ElementIdx>,
    pub(crate) verdict: Verdict,
    /// Of an unknown verdict (waived or not): sorted, without doubles.
    pub(crate) facts: Vec<Fact>,
    /// Of an error: what went wrong.
    pub(crate) error: Option<EvalError>,
    /// The elements that decided it, sorted in model order.
    pub(crate) witnesses: Vec<ElementIdx>,
    /// Of a waived one: position in the model's deviations.
    pub(crate) deviation: Option<usize>,
}

/// Why an expression has no value.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum EvalError {
    #[error("division by zero")]
    DivisionByZero,
    #[error("a number or date out of range")]
    Overflow,
    #[error("index {0} lies outside the list")]
    IndexOutOfRange(i64),
    #[error("no such key")]
    NoSuchKey,
    #[error("`{0}` can't be converted to {1}")]
    InvalidConversion(String, &'static str),
    #[error("an optional without a value was read")]
    EmptyOptional,
    #[error("an argument is outside what the function takes: {0}")]
    InvalidArgument(&'static str),
    #[error("the rule costs {cost} steps of work, more than the limit of {limit}")]
    TooCostly { cost: u64, limit: u64 },
    #[error("internal error: {0}")]
    Internal(&'static str),
}
