//! What an expression comes to: a value, unknown, or an error; and lists that are partly known.

use std::cmp::Ordering;
use std::rc::Rc;

use crate::eval::{EvalError, Fact};
use crate::metamodel::KindSet;
use crate::value::Value;

/// Facts that something depends on: sorted, without doubles, cheap to clone and join; with what may come of
/// it once they are known.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Facts {
    facts: Option<Rc<[Fact]>>,
    risk: Risk,
}

/// What may come of something unknown besides a value that is one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(crate) enum Risk {
    #[default]
    None,
    /// A double that is no number, which has no order.
    NoNumber,
    Error,
}

impl Facts {
    pub(crate) fn none() -> Self {
        Self::default()
    }

    pub(crate) fn one(fact: Fact) -> Self {
        Self { facts: Some(Rc::from([fact])), risk: Risk::None }
    }

    #[must_use]
    pub(crate) fn and(&self, other: &Self) -> Self {
        let facts = match (&self.facts, &other.facts) {
            (None, facts) | (facts, None) => facts.clone(),
            (Some(a), Some(b)) if Rc::ptr_eq(a, b) => self.facts.clone(),
            (Some(a), Some(b)) => {
                let mut all: Vec<Fact> = a.iter().chain(b.iter()).copied().collect();
                all.sort_unstable();
                all.dedup();
                Some(all.into())
            }
        };
        Self { facts, risk: self.risk.max(other.risk) }
    }

    /// The same facts, of which this too may come.
    #[must_use]
    pub(crate) fn risking(self, risk: Risk) -> Self {
        Self { risk: self.risk.max(risk), ..self }
    }

    pub(crate) fn risk(&self) -> Risk {
        self.risk
    }

    /// Whether an error may come of them.
    pub(crate) fn may_fail(&self) -> bool {
        self.risk == Risk::Error
    }

    pub(crate) fn to_vec(&self) -> Vec<Fact> {
        self.facts.as_deref().unwrap_or_default().to_vec()
    }
}

/// Facts of many operands on their way to one set.
#[derive(Debug, Default)]
pub(crate) struct Gathering {
    /// All of them, as long as they come from one operand or from several that share theirs.
    only: Facts,
    /// Sorted and without doubles.
    sorted: Vec<Fact>,
    /// Not yet among these.
    fresh: Vec<Fact>,
}

impl Gathering {
    pub(crate) fn add(&mut self, more: &Facts) {
        let risk = self.only.risk.max(more.risk);
        match (&self.only.facts, &more.facts) {
            (_, None) => {}
            (Some(a), Some(b)) if Rc::ptr_eq(a, b) => {}
            (None, Some(_)) if self.sorted.is_empty() && self.fresh.is_empty() => {
                self.only.facts.clone_from(&more.facts);
            }
            (only, Some(more)) => {
                self.fresh.extend(only.iter().flat_map(|facts| facts.iter()).chain(more.iter()));
                self.only.facts = None;
                if self.fresh.len() > self.sorted.len() + 64 {
                    self.settle();
                }
            }
        }
        self.only.risk = risk;
    }

    fn settle(&mut self) {
        self.sorted.append(&mut self.fresh);
        self.sorted.sort_unstable();
        self.sorted.dedup();
    }

    pub(crate) fn finish(mut self) -> Facts {
        self.settle();
        if self.sorted.is_empty() {
            return self.only;
        }
        Facts { facts: Some(self.sorted.into()), risk: self.only.risk }
    }
}

/// What an expression comes to.
#[derive(Debug, Clone)]
pub(crate) enum Outcome {
    /// A certain value that is neither a list nor an optional.
    Value(Value),
    List(Rc<PartialList>),
    Optional(Option<Rc<Outcome>>),
    Unknown(Unknown),
    Error(EvalError),
}

/// Not known, because of the facts; where bounds are known, the value lies within them, or is an error where
/// the facts may bring one.
#[derive(Debug, Clone, Default)]
pub(crate) struct Unknown {
    pub(crate) facts: Facts,
    /// The least it can be, and the most; inclusive.
    pub(crate) least: Option<Value>,
    pub(crate) most: Option<Value>,
}

/// A list of which some members may be unknown, some may not be there, and more may come.
///
/// Invariant: no error can come of any of that. A list that may yet turn out to be an error is unknown as a
/// whole, so that whatever is certain of a list stays so.
#[derive(Debug, Clone, Default)]
pub(crate) struct PartialList {
    pub(crate) items: Vec<Item>,
    /// Members that the model does not record, if it may lack any.
    pub(crate) rest: Option<Rest>,
}

/// A member of a list.
#[derive(Debug, Clone)]
pub(crate) struct Item {
    /// Never an error.
    pub(crate) value: Outcome,
    /// What its being there depends on; `None`: it is there.
    pub(crate) doubt: Option<Facts>,
}

/// Unrecorded members.
#[derive(Debug, Clone)]
pub(crate) struct Rest {
    pub(crate) facts: Facts,
    /// Of a list of elements: the kinds they may be of.
    pub(crate) kinds: Option<KindSet>,
    /// None of them is an element of the model. So it is with a section, which has all of these; an
    /// unrecorded link may lead to one.
    pub(crate) outside_model: bool,
}

impl Outcome {
    pub(crate) fn bool(value: bool) -> Self {
        Self::Value(Value::Bool(value))
    }

    pub(crate) fn int(value: i64) -> Self {
        Self::Value(Value::Int(value))
    }

    pub(crate) fn unknown(facts: Facts) -> Self {
        Self::Unknown(Unknown { facts, least: None, most: None })
    }

    pub(crate) fn missing(fact: Fact) -> Self {
        Self::unknown(Facts::one(fact))
    }

    pub(crate) fn list(items: Vec<Item>, rest: Option<Rest>) -> Self {
        Self::List(Rc::new(PartialList { items, rest }))
    }

    /// A list whose members are all certain.
    pub(crate) fn certain(items: impl IntoIterator<Item = Outcome>) -> Self {
        Self::list(items.into_iter().map(Item::certain).collect(), None)
    }

    /// The value as an outcome: lists and optionals in their partial form.
    pub(crate) fn of(value: Value) -> Self {
        match value {
            Value::List(items) => Self::certain(items.iter().cloned().map(Self::of)),
            Value::Optional(inner) => {
                Self::Optional(inner.map(|v| Rc::new(Self::of((*v).clone()))))
            }
            other => Self::Value(other),
        }
    }

    /// The whole value, where every part of it is certain; else what it depends on.
    pub(crate) fn certainty(&self) -> Result<Value, Outcome> {
        match self {
            Self::Value(value) => Ok(value.clone()),
            Self::Error(_) | Self::Unknown(_) => Err(self.clone()),
            Self::Optional(None) => Ok(Value::Optional(None)),
            Self::Optional(Some(inner)) => {
                Ok(Value::Optional(Some(std::sync::Arc::new(inner.certainty()?))))
            }
            Self::List(list) => {
                let mut values = Vec::with_capacity(list.items.len());
                let mut facts: Option<Facts> = list.rest.as_ref().map(|rest| rest.facts.clone());
                let mut add = |more: &Facts| {
                    facts = Some(facts.as_ref().map_or_else(|| more.clone(), |f| f.and(more)));
                };
                for item in &list.items {
                    if let Some(doubt) = &item.doubt {
                        add(doubt);
                    }
                    match item.value.certainty() {
                        Ok(value) => values.push(value),
                        Err(Self::Unknown(unknown)) => add(&unknown.facts),
                        Err(other) => return Err(other),
                    }
                }
                facts.map_or_else(|| Ok(Value::list(values)), |facts| Err(Self::unknown(facts)))
            }
        }
    }

    /// What may come of it besides a value, once everything is known.
    pub(crate) fn risk(&self) -> Risk {
        match self {
            Self::Error(_) => Risk::Error,
            Self::Unknown(unknown) => unknown.facts.risk(),
            Self::Value(_) | Self::List(_) | Self::Optional(_) => Risk::None,
        }
    }

    /// The truth of a bool, where it is known.
    pub(crate) fn truth(&self) -> Option<bool> {
        if let Self::Value(Value::Bool(b)) = self { Some(*b) } else { None }
    }

    /// `!`
    #[must_use]
    pub(crate) fn not(self) -> Self {
        match self {
            Self::Value(Value::Bool(b)) => Self::bool(!b),
            Self::Unknown(unknown) => Self::unknown(unknown.facts),
            other => other,
        }
    }
}

impl Item {
    pub(crate) fn certain(value: Outcome) -> Self {
        Self { value, doubt: None }
    }
}

/// Joins outcomes by a deciding operand: `&&` with `deciding` false, `||` with true. An operand that
/// decides wins in either order; of the rest an unknown beats an error, as it may still decide.
pub(crate) struct Logic {
    deciding: bool,
    decided: bool,
    unknown: Option<Gathering>,
    error: Option<EvalError>,
}

impl Logic {
    pub(crate) fn all() -> Self {
        Self { deciding: false, decided: false, unknown: None, error: None }
    }

    pub(crate) fn any() -> Self {
        Self { deciding: true, decided: false, unknown: None, error: None }
    }

    /// Takes one more operand; true once the result is decided.
    pub(crate) fn add(&mut self, outcome: Outcome) -> bool {
        match outcome {
            Outcome::Value(Value::Bool(b)) => self.decided |= b == self.deciding,
            Outcome::Unknown(unknown) => self.add_facts(&unknown.facts),
            Outcome::Error(error) => {
                self.error.get_or_insert(error);
            }
            // Typing lets only bools in here.
            Outcome::Value(_) | Outcome::List(_) | Outcome::Optional(_) => {
                self.error.get_or_insert(EvalError::Internal("a condition that is no bool"));
            }
        }
        self.decided
    }

    pub(crate) fn add_facts(&mut self, facts: &Facts) {
        self.unknown.get_or_insert_default().add(facts);
    }

    pub(crate) fn finish(self) -> Outcome {
        if self.decided {
            return Outcome::bool(self.deciding);
        }
        match (self.unknown, self.error) {
            (Some(facts), None) => Outcome::unknown(facts.finish()),
            (Some(facts), Some(_)) => Outcome::unknown(facts.finish().risking(Risk::Error)),
            (None, Some(error)) => Outcome::Error(error),
            (None, None) => Outcome::bool(!self.deciding),
        }
    }
}

/// Joins the operands of everything else: an error beats an unknown, the first error wins, and the
/// facts of all unknowns come together. `None` where every operand is certain enough.
#[derive(Default)]
pub(crate) struct Strict {
    error: Option<EvalError>,
    unknown: Option<Gathering>,
}

impl Strict {
    pub(crate) fn of<'o>(operands: impl IntoIterator<Item = &'o Outcome>) -> Option<Outcome> {
        let mut strict = Self::default();
        for operand in operands {
            strict.add(operand);
        }
        strict.finish()
    }

    pub(crate) fn add(&mut self, outcome: &Outcome) {
        match outcome {
            Outcome::Error(error) => {
                self.error.get_or_insert_with(|| error.clone());
            }
            Outcome::Unknown(unknown) => self.add_facts(&unknown.facts),
            Outcome::Value(_) | Outcome::List(_) | Outcome::Optional(_) => {}
        }
    }

    pub(crate) fn add_facts(&mut self, facts: &Facts) {
        self.unknown.get_or_insert_default().add(facts);
    }

    pub(crate) fn finish(self) -> Option<Outcome> {
        match (self.error, self.unknown) {
            (Some(error), _) => Some(Outcome::Error(error)),
            (None, Some(facts)) => Some(Outcome::unknown(facts.finish())),
            (None, None) => None,
        }
    }
}

/// Whether certain values are equal as CEL says: numbers by their mathematical value.
pub(crate) fn equal(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Int(i), Value::Double(d)) | (Value::Double(d), Value::Int(i)) => {
            compare_mixed(*i, *d) == Some(Ordering::Equal)
        }
        (Value::List(x), Value::List(y)) => {
            x.len() == y.len() && x.iter().zip(y.iter()).all(|(a, b)| equal(a, b))
        }
        (Value::Optional(Some(x)), Value::Optional(Some(y))) => equal(x, y),
        (Value::Map(x), Value::Map(y)) => {
            x.len() == y.len()
                && x.iter().all(|(k, v)| y.iter().any(|(k2, v2)| equal(k, k2) && equal(v, v2)))
        }
        (Value::Link(x), Value::Link(y)) => x.relation == y.relation && x.link == y.link,
        _ => a == b,
    }
}

/// The order of certain values; `None` where they have none (NaN).
pub(crate) fn order(a: &Value, b: &Value) -> Option<Ordering> {
    match (a, b) {
        (Value::Bool(x), Value::Bool(y)) => Some(x.cmp(y)),
        (Value::Int(x), Value::Int(y)) => Some(x.cmp(y)),
        (Value::Double(x), Value::Double(y)) => x.partial_cmp(y),
        (Value::Int(i), Value::Double(d)) => compare_mixed(*i, *d),
        (Value::Double(d), Value::Int(i)) => compare_mixed(*i, *d).map(Ordering::reverse),
        (Value::Text(x), Value::Text(y)) => Some(x.cmp(y)),
        (Value::Timestamp(x), Value::Timestamp(y)) => Some(x.cmp(y)),
        (Value::Duration(x), Value::Duration(y)) => Some(x.cmp(y)),
        (Value::Enum(_, x), Value::Enum(_, y)) => Some(x.cmp(y)),
        _ => None,
    }
}

/// An int against a double by their mathematical values, without losing digits.
pub(crate) fn compare_mixed(i: i64, d: f64) -> Option<Ordering> {
    const TWO_63: f64 = 9_223_372_036_854_775_808.0;
    if d.is_nan() {
        return None;
    }
    if d >= TWO_63 {
        return Some(Ordering::Less);
    }
    if d < -TWO_63 {
        return Some(Ordering::Greater);
    }
    let whole = d.trunc();
    #[expect(
        clippy::cast_possible_truncation,
        clippy::as_conversions,
        reason = "in range of i64 by the tests above"
    )]
    let floor = whole as i64;
    Some(i.cmp(&floor).then_with(|| 0.0_f64.partial_cmp(&(d - whole)).unwrap_or(Ordering::Equal)))
}
