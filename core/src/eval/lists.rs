//! What is certain of lists that are partly known: counting, membership, and sets.

use std::cmp::Ordering;
use std::rc::Rc;

use super::functions::{NO_ORDER, has_no_order};
use super::outcome::{
    Facts, Gathering, Item, Logic, Outcome, PartialList, Rest, Risk, Strict, Unknown, equal, order,
};
use super::sum::DecimalSum;
use crate::eval::EvalError;
use crate::model::Model;
use crate::value::{Duration, Value};

impl PartialList {
    /// The facts that its membership depends on; `None` where that is certain.
    pub(crate) fn doubt(&self) -> Option<Facts> {
        let doubts = self.items.iter().filter_map(|item| item.doubt.as_ref());
        let mut all: Option<Gathering> = None;
        for facts in doubts.chain(self.rest.as_ref().map(|rest| &rest.facts)) {
            all.get_or_insert_default().add(facts);
        }
        all.map(Gathering::finish)
    }

    /// How many members there are at least.
    pub(crate) fn certain_count(&self) -> usize {
        self.items.iter().filter(|item| item.doubt.is_none()).count()
    }
}

impl Rest {
    /// Whether one of the unrecorded members may be this one: an element of another kind can't, nor
    /// one of the model where they are none.
    fn may_be(&self, member: &Outcome, model: &Model) -> bool {
        match (&self.kinds, member) {
            (_, Outcome::Value(Value::Element(_))) if self.outside_model => false,
            (Some(kinds), Outcome::Value(Value::Element(element))) => {
                kinds.contains(model.kind_of(*element))
            }
            _ => true,
        }
    }
}

/// A whole number that lies between two, `None` without an upper end.
fn count(least: usize, most: Option<usize>, doubt: Option<Facts>) -> Outcome {
    let int = |n: usize| Value::Int(i64::try_from(n).unwrap_or(i64::MAX));
    match doubt {
        Some(facts) if most != Some(least) => {
            Outcome::Unknown(Unknown { facts, least: Some(int(least)), most: most.map(int) })
        }
        _ => Outcome::Value(int(least)),
    }
}

pub(crate) fn size(list: &PartialList) -> Outcome {
    let most = list.rest.is_none().then_some(list.items.len());
    count(list.certain_count(), most, list.doubt())
}

/// Whether a condition holds for one member and no more, where each member's truth is given. What may yet be
/// an error decides nothing.
pub(crate) fn exactly_one(truths: &[(Outcome, Option<Facts>)], rest: Option<&Rest>) -> Outcome {
    let (mut certain, mut possible) = (0, 0);
    let mut strict = Strict::default();
    for (truth, doubt) in truths {
        match (truth, doubt) {
            (Outcome::Value(Value::Bool(false)), _) => {}
            (Outcome::Value(Value::Bool(true)), None) => certain += 1,
            (Outcome::Value(_) | Outcome::Unknown(_), doubt) => {
                possible += 1;
                strict.add(truth);
                if let Some(doubt) = doubt {
                    strict.add_facts(doubt);
                }
            }
            (Outcome::Error(_), Some(doubt)) => {
                possible += 1;
                strict.add_facts(&doubt.clone().risking(Risk::Error));
            }
            (other, None) => strict.add(other),
            (_, Some(_)) => {}
        }
    }
    if let Some(rest) = rest {
        strict.add_facts(&rest.facts);
    }
    match strict.finish() {
        Some(outcome) if outcome.risk() == Risk::Error => outcome,
        _ if certain > 1 => Outcome::bool(false),
        Some(_) if certain == 0 && possible == 0 && rest.is_none() => Outcome::bool(false),
        Some(unknown) => unknown,
        None => Outcome::bool(certain == 1),
    }
}

/// `needle in list`
pub(crate) fn contains(list: &PartialList, needle: &Outcome, model: &Model) -> Outcome {
    match needle {
        Outcome::Error(_) => return needle.clone(),
        Outcome::Unknown(unknown) if unknown.facts.may_fail() => {
            let facts = join_doubt(Some(&unknown.facts), list.doubt().as_ref());
            return Outcome::unknown(facts.unwrap_or_default());
        }
        _ => {}
    }
    let mut logic = Logic::any();
    for item in &list.items {
        match (equals(&item.value, needle), &item.doubt) {
            (Outcome::Value(Value::Bool(false)), _) => {}
            (outcome, None) => {
                if logic.add(outcome) {
                    return Outcome::bool(true);
                }
            }
            (outcome, Some(doubt)) => {
                logic.add_facts(doubt);
                if let Outcome::Unknown(unknown) = outcome {
                    logic.add_facts(&unknown.facts);
                }
            }
        }
    }
    if let Some(rest) = &list.rest
        && rest.may_be(needle, model)
    {
        logic.add_facts(&rest.facts);
        if let Outcome::Unknown(unknown) = needle {
            logic.add_facts(&unknown.facts);
        }
    }
    logic.finish()
}

/// `==`, where what is certain may decide before everything is known.
pub(crate) fn equals(a: &Outcome, b: &Outcome) -> Outcome {
    match (a, b) {
        (Outcome::Value(x), Outcome::Value(y)) => Outcome::bool(equal(x, y)),
        (Outcome::List(x), Outcome::List(y)) => lists_equal(x, y),
        (Outcome::Optional(x), Outcome::Optional(y)) => match (x, y) {
            (Some(x), Some(y)) => equals(x, y),
            (x, y) => Outcome::bool(x.is_none() == y.is_none()),
        },
        _ => {
            let strict = Strict::of([a, b]);
            match strict {
                Some(Outcome::Unknown(_)) if disjoint(a, b) => Outcome::bool(false),
                Some(outcome) => outcome,
                None => Outcome::bool(false),
            }
        }
    }
}

fn lists_equal(a: &PartialList, b: &PartialList) -> Outcome {
    if let (None, None) = (a.doubt(), b.doubt()) {
        if a.items.len() != b.items.len() {
            return Outcome::bool(false);
        }
        let mut logic = Logic::all();
        for (x, y) in a.items.iter().zip(&b.items) {
            logic.add(equals(&x.value, &y.value));
        }
        return logic.finish();
    }
    match equals(&size(a), &size(b)) {
        Outcome::Value(Value::Bool(false)) => Outcome::bool(false),
        _ => {
            let mut strict = Strict::default();
            for facts in [a.doubt(), b.doubt()].into_iter().flatten() {
                strict.add_facts(&facts);
            }
            strict.finish().unwrap_or_else(|| Outcome::bool(false))
        }
    }
}

/// The least and the most that an outcome can be; nothing of what may be an error.
pub(crate) fn bounds(outcome: &Outcome) -> (Option<Value>, Option<Value>) {
    match outcome {
        Outcome::Value(value) => (Some(value.clone()), Some(value.clone())),
        Outcome::Unknown(unknown) if unknown.facts.may_fail() => (None, None),
        Outcome::Unknown(unknown) => (unknown.least.clone(), unknown.most.clone()),
        Outcome::List(_) | Outcome::Optional(_) | Outcome::Error(_) => (None, None),
    }
}

/// Whether the bounds show that the two differ.
fn disjoint(a: &Outcome, b: &Outcome) -> bool {
    let ((a_least, a_most), (b_least, b_most)) = (bounds(a), bounds(b));
    let below = |x: &Option<Value>, y: &Option<Value>| match (x, y) {
        (Some(x), Some(y)) => order(x, y) == Some(Ordering::Less),
        _ => false,
    };
    below(&a_most, &b_least) || below(&b_most, &a_least)
}

/// `distinct()`: members once each, the first of equals.
pub(crate) fn distinct(list: &PartialList) -> Outcome {
    let mut items: Vec<Item> = Vec::new();
    for item in &list.items {
        let mut seen = Logic::any();
        let mut merged = false;
        for earlier in &mut items {
            match equals(&earlier.value, &item.value) {
                Outcome::Value(Value::Bool(true)) => match (&earlier.doubt, &item.doubt) {
                    (None, _) => {
                        merged = true;
                        break;
                    }
                    (Some(_), None) => {
                        earlier.doubt = None;
                        merged = true;
                        break;
                    }
                    (Some(a), Some(b)) => {
                        earlier.doubt = Some(a.and(b));
                        merged = true;
                        break;
                    }
                },
                Outcome::Unknown(unknown) => seen.add_facts(&unknown.facts),
                _ => {}
            }
        }
        if merged {
            continue;
        }
        // It may turn out equal to an earlier one, and then isn't there as a member of its own.
        let doubt = match (seen.finish(), &item.doubt) {
            (Outcome::Unknown(unknown), Some(doubt)) => Some(unknown.facts.and(doubt)),
            (Outcome::Unknown(unknown), None) => Some(unknown.facts),
            (_, doubt) => doubt.clone(),
        };
        items.push(Item { value: item.value.clone(), doubt });
    }
    Outcome::list(items, list.rest.clone())
}

pub(crate) fn concat(a: &PartialList, b: &PartialList) -> Outcome {
    let items = a.items.iter().chain(&b.items).cloned().collect();
    Outcome::list(items, join_rest(a.rest.as_ref(), b.rest.as_ref()))
}

pub(crate) fn join_rest(a: Option<&Rest>, b: Option<&Rest>) -> Option<Rest> {
    match (a, b) {
        (None, other) | (other, None) => other.cloned(),
        (Some(a), Some(b)) => Some(Rest {
            facts: a.facts.and(&b.facts),
            kinds: match (&a.kinds, &b.kinds) {
                (Some(a), Some(b)) => Some(a.union(b)),
                _ => None,
            },
            outside_model: a.outside_model && b.outside_model,
        }),
    }
}

/// Keeps the members for which `keep` is true; an unknown answer leaves the member in doubt, or the list as a
/// whole where it may yet be an error.
pub(crate) fn keep(list: &PartialList, mut keep: impl FnMut(&Item) -> Outcome) -> Outcome {
    let mut items = Vec::new();
    let mut risk = Risk::None;
    for item in &list.items {
        match keep(item) {
            Outcome::Value(Value::Bool(true)) => items.push(item.clone()),
            Outcome::Value(Value::Bool(false)) => {}
            Outcome::Unknown(unknown) => {
                let doubt = item
                    .doubt
                    .as_ref()
                    .map_or_else(|| unknown.facts.clone(), |d| d.and(&unknown.facts));
                risk = risk.max(doubt.risk());
                items.push(Item { value: item.value.clone(), doubt: Some(doubt) });
            }
            Outcome::Error(error) => match &item.doubt {
                None => return Outcome::Error(error),
                Some(_) => {
                    risk = Risk::Error;
                    items.push(item.clone());
                }
            },
            _ => return Outcome::Error(EvalError::Internal("a filter that is no bool")),
        }
    }
    unless(risk, items, list.rest.clone())
}

/// A list, unless an error may come of its members: then it is unknown as a whole.
pub(crate) fn unless(risk: Risk, items: Vec<Item>, rest: Option<Rest>) -> Outcome {
    let list = PartialList { items, rest };
    if risk < Risk::Error {
        return Outcome::List(Rc::new(list));
    }
    let values = list.items.iter().filter_map(|item| match &item.value {
        Outcome::Unknown(unknown) => Some(&unknown.facts),
        _ => None,
    });
    let facts = values.fold(list.doubt().unwrap_or_default(), |all, facts| all.and(facts));
    Outcome::unknown(facts.risking(risk))
}

/// Whether every member of `inner` is in `outer`.
pub(crate) fn is_subset(inner: &PartialList, outer: &PartialList, model: &Model) -> Outcome {
    let mut logic = Logic::all();
    for item in &inner.items {
        match (contains(outer, &item.value, model), &item.doubt) {
            (Outcome::Value(Value::Bool(true)), _) => {}
            (outcome, None) => {
                logic.add(outcome);
            }
            (outcome, Some(doubt)) => {
                logic.add_facts(doubt);
                if let Outcome::Unknown(unknown) = outcome {
                    logic.add_facts(&unknown.facts);
                }
            }
        }
    }
    if let Some(rest) = &inner.rest {
        logic.add_facts(&rest.facts);
    }
    logic.finish()
}

/// Whether some member of `a` is in `b`.
pub(crate) fn intersects(a: &PartialList, b: &PartialList, model: &Model) -> Outcome {
    let mut logic = Logic::any();
    for item in &a.items {
        match (contains(b, &item.value, model), &item.doubt) {
            (Outcome::Value(Value::Bool(false)), _) => {}
            (outcome, None) => {
                logic.add(outcome);
            }
            (outcome, Some(doubt)) => {
                logic.add_facts(doubt);
                if let Outcome::Unknown(unknown) = outcome {
                    logic.add_facts(&unknown.facts);
                }
            }
        }
    }
    if let Some(rest) = &a.rest
        && (b.rest.is_some() || b.items.iter().any(|item| rest.may_be(&item.value, model)))
    {
        logic.add_facts(&rest.facts);
    }
    logic.finish()
}

/// `sum()`: of doubles exact, rounded once; of partly known lists the bounds that are certain.
pub(crate) fn sum(list: &PartialList, empty: &Value) -> Outcome {
    let mut least = Adder::new(empty);
    let mut most = Adder::new(empty);
    let mut strict = Strict::default();
    let mut bounded = list.rest.is_none();
    for item in &list.items {
        strict.add(&item.value);
        let (low, high) = bounds(&item.value);
        match &item.doubt {
            None => {
                bounded &= low.is_some() && high.is_some();
                least.add(low.as_ref());
                most.add(high.as_ref());
            }
            Some(doubt) => {
                strict.add_facts(doubt);
                bounded &= low.is_some() && high.is_some();
                // It may not be there, and then adds nothing.
                least.add(low.as_ref().filter(|v| order(v, empty) == Some(Ordering::Less)));
                most.add(high.as_ref().filter(|v| order(v, empty) == Some(Ordering::Greater)));
            }
        }
    }
    if let Some(rest) = &list.rest {
        strict.add_facts(&rest.facts);
    }
    let (least, most) = (least.finish(), most.finish());
    match strict.finish() {
        Some(Outcome::Unknown(unknown)) => {
            let (least, most) = if bounded { (least.ok(), most.ok()) } else { (None, None) };
            Outcome::Unknown(Unknown { facts: unknown.facts, least, most })
        }
        Some(outcome) => outcome,
        None => least.map_or_else(Outcome::Error, Outcome::Value),
    }
}

/// Adds numbers or durations of one type.
enum Adder {
    Int(Option<i64>),
    Double(DecimalSum),
    Duration(Option<i64>),
}

impl Adder {
    fn new(empty: &Value) -> Self {
        match empty {
            Value::Double(_) => Self::Double(DecimalSum::new()),
            Value::Duration(_) => Self::Duration(Some(0)),
            _ => Self::Int(Some(0)),
        }
    }

    fn add(&mut self, value: Option<&Value>) {
        match (self, value) {
            (Self::Int(total), Some(Value::Int(i))) => {
                *total = total.and_then(|t| t.checked_add(*i));
            }
            (Self::Duration(total), Some(Value::Duration(d))) => {
                *total = total.and_then(|t| t.checked_add(d.0));
            }
            (Self::Double(total), Some(Value::Double(d))) => total.add(*d),
            _ => {}
        }
    }

    fn finish(self) -> Result<Value, EvalError> {
        match self {
            Self::Int(total) => total.map(Value::Int).ok_or(EvalError::Overflow),
            Self::Duration(total) => {
                total.map(|d| Value::Duration(Duration(d))).ok_or(EvalError::Overflow)
            }
            Self::Double(total) => Ok(Value::Double(total.finish())),
        }
    }
}

/// `min()` with `wanted` less, `max()` with greater. Of an empty list unknown, with no fact named.
pub(crate) fn extreme(list: &PartialList, wanted: Ordering) -> Outcome {
    let beats = |a: &Value, b: &Value| order(a, b) == Some(wanted);
    // The best among the members that are certain, and among all that may be there.
    let (mut certain, mut any): (Option<Value>, Option<Value>) = (None, None);
    let mut strict = Strict::default();
    let mut bounded = list.rest.is_none();
    let best = |so_far: &mut Option<Value>, value: &Value| {
        if so_far.as_ref().is_none_or(|s| beats(value, s)) {
            *so_far = Some(value.clone());
        }
    };
    for item in &list.items {
        let (low, high) = bounds(&item.value);
        // The end of the member's bounds that is furthest towards the wanted side, and the other.
        let (near, far) = if wanted == Ordering::Less { (low, high) } else { (high, low) };
        match &near {
            Some(near) => best(&mut any, near),
            None => bounded = false,
        }
        if item.doubt.is_none()
            && let Some(far) = &far
        {
            best(&mut certain, far);
        }
        if let Outcome::Error(_) = item.value {
            strict.add(&item.value);
        }
        if has_no_order(&item.value) {
            match &item.doubt {
                Some(doubt) => strict.add_facts(&doubt.clone().risking(Risk::Error)),
                None => strict.add(&Outcome::Error(NO_ORDER)),
            }
        } else if item.value.risk() == Risk::NoNumber {
            strict.add(&item.value);
            strict.add_facts(&Facts::none().risking(Risk::Error));
        }
    }
    // What can't beat the best certain member has no say.
    for item in &list.items {
        let (low, high) = bounds(&item.value);
        let near = if wanted == Ordering::Less { low } else { high };
        let has_say = match (&near, &certain) {
            (Some(near), Some(certain)) => beats(near, certain),
            _ => true,
        };
        if has_say {
            strict.add(&item.value);
            if let Some(doubt) = &item.doubt {
                strict.add_facts(doubt);
            }
        }
    }
    if let Some(rest) = &list.rest {
        strict.add_facts(&rest.facts);
    }
    // Of a list that may be empty nothing bounds what may not be there.
    let is_nonempty = list.certain_count() > 0;
    match (strict.finish(), certain) {
        (Some(Outcome::Unknown(unknown)), certain) => {
            let outer = any.filter(|_| bounded && is_nonempty);
            let (least, most) =
                if wanted == Ordering::Less { (outer, certain) } else { (certain, outer) };
            Outcome::Unknown(Unknown { facts: unknown.facts, least, most })
        }
        (Some(outcome), _) => outcome,
        (None, Some(value)) => Outcome::Value(value),
        (None, None) => Outcome::unknown(Facts::none()),
    }
}

/// `flatten()` of lists of lists.
pub(crate) fn flatten(list: &PartialList) -> Outcome {
    let mut items = Vec::new();
    let mut rest = list.rest.clone();
    for item in &list.items {
        match &item.value {
            Outcome::List(inner) => {
                for member in &inner.items {
                    let doubt = join_doubt(item.doubt.as_ref(), member.doubt.as_ref());
                    items.push(Item { value: member.value.clone(), doubt });
                }
                rest = join_rest(rest.as_ref(), inner.rest.as_ref());
            }
            Outcome::Unknown(unknown) => {
                let more = Rest { facts: unknown.facts.clone(), kinds: None, outside_model: false };
                rest = join_rest(rest.as_ref(), Some(&more));
            }
            // No member of a list is an error.
            other => return other.clone(),
        }
    }
    Outcome::List(Rc::new(PartialList { items, rest }))
}

/// What something depends on that depends on both.
pub(crate) fn join_doubt(a: Option<&Facts>, b: Option<&Facts>) -> Option<Facts> {
    match (a, b) {
        (None, other) | (other, None) => other.cloned(),
        (Some(a), Some(b)) => Some(a.and(b)),
    }
}
