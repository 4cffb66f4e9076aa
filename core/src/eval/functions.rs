//! What operators and functions compute, as the CEL specification says.

use std::cell::RefCell;
use std::cmp::Ordering;
use std::rc::Rc;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::lists;
use super::outcome::{Item, Outcome, PartialList, Risk, Strict, Unknown, equal, order};
use super::text;
use crate::cel::ast::Operator;
use crate::eval::EvalError;
use crate::model::Model;
use crate::sort::sort_by;
use crate::typing::functions::Function;
use crate::value::{Duration, Timestamp, Type, Value};

/// Compiled regular expressions, by their text.
#[derive(Default)]
pub(crate) struct Patterns(RefCell<FxHashMap<Arc<str>, Option<regex_lite::Regex>>>);

impl Patterns {
    /// Whether the pattern is found in the text, in time linear in the text; `None` for no pattern.
    pub(crate) fn is_match(&self, pattern: &Arc<str>, text: &str) -> Option<bool> {
        let mut patterns = self.0.borrow_mut();
        let compiled =
            patterns.entry(pattern.clone()).or_insert_with(|| regex_lite::Regex::new(pattern).ok());
        compiled.as_ref().map(|regex| regex.is_match(text))
    }
}

/// `<`, `<=`, `>`, `>=`; bounds decide where they can.
pub(crate) fn compare(operator: Operator, left: &Outcome, right: &Outcome) -> Outcome {
    // Every comparison is one of "less" and "less or equal", with the sides in one order or the other.
    let (low, high, or_equal) = match operator {
        Operator::Less => (left, right, false),
        Operator::LessOrEqual => (left, right, true),
        Operator::Greater => (right, left, false),
        _ => (right, left, true),
    };
    if let (Outcome::Value(a), Outcome::Value(b)) = (low, high) {
        return Outcome::bool(match order(a, b) {
            Some(Ordering::Less) => true,
            Some(Ordering::Equal) => or_equal,
            Some(Ordering::Greater) | None => false,
        });
    }
    let Some(strict) = Strict::of([left, right]) else {
        return Outcome::Error(EvalError::Internal("a comparison of what has no order"));
    };
    if let Outcome::Error(_) = strict {
        return strict;
    }
    let ((low_least, low_most), (high_least, high_most)) =
        (lists::bounds(low), lists::bounds(high));
    let ordering = |a: &Option<Value>, b: &Option<Value>| order(a.as_ref()?, b.as_ref()?);
    match ordering(&low_most, &high_least) {
        Some(Ordering::Less) => return Outcome::bool(true),
        Some(Ordering::Equal) if or_equal => return Outcome::bool(true),
        _ => {}
    }
    match ordering(&low_least, &high_most) {
        Some(Ordering::Greater) => Outcome::bool(false),
        Some(Ordering::Equal) if !or_equal => Outcome::bool(false),
        _ => strict,
    }
}

/// `+ - * / %`
pub(crate) fn arithmetic(operator: Operator, left: &Outcome, right: &Outcome) -> Outcome {
    if let (Operator::Add, Outcome::List(a), Outcome::List(b)) = (operator, left, right) {
        return lists::concat(a, b);
    }
    if let (Outcome::Value(a), Outcome::Value(b)) = (left, right) {
        return certain_arithmetic(operator, a, b).map_or_else(Outcome::Error, Outcome::Value);
    }
    let unknown = match Strict::of([left, right]) {
        Some(Outcome::Unknown(unknown)) => unknown,
        Some(error) => return error,
        None => return Outcome::Error(EvalError::Internal("arithmetic on what is no number")),
    };
    let (a, b) = (lists::bounds(left), lists::bounds(right));
    let both = |x: &Option<Value>, y: &Option<Value>| {
        certain_arithmetic(operator, x.as_ref()?, y.as_ref()?).ok()
    };
    let (least, most) = match operator {
        Operator::Add => (both(&a.0, &b.0), both(&a.1, &b.1)),
        Operator::Subtract => (both(&a.0, &b.1), both(&a.1, &b.0)),
        // By a known factor that isn't negative, order stays.
        Operator::Multiply if is_natural(left) || is_natural(right) => {
            (both(&a.0, &b.0), both(&a.1, &b.1))
        }
        _ => (None, None),
    };
    Outcome::Unknown(Unknown { facts: unknown.facts, least, most })
}

fn is_natural(outcome: &Outcome) -> bool {
    match outcome {
        Outcome::Value(Value::Int(i)) => *i >= 0,
        Outcome::Value(Value::Double(d)) => *d >= 0.0 && d.is_finite(),
        _ => false,
    }
}

fn certain_arithmetic(operator: Operator, a: &Value, b: &Value) -> Result<Value, EvalError> {
    let int = |result: Option<i64>| result.map(Value::Int).ok_or(EvalError::Overflow);
    let moment =
        |result: Option<Timestamp>| result.map(Value::Timestamp).ok_or(EvalError::Overflow);
    let span = |result: Option<Duration>| result.map(Value::Duration).ok_or(EvalError::Overflow);
    match (operator, a, b) {
        (Operator::Add, Value::Int(x), Value::Int(y)) => int(x.checked_add(*y)),
        (Operator::Subtract, Value::Int(x), Value::Int(y)) => int(x.checked_sub(*y)),
        (Operator::Multiply, Value::Int(x), Value::Int(y)) => int(x.checked_mul(*y)),
        (Operator::Divide | Operator::Remainder, Value::Int(_), Value::Int(0)) => {
            Err(EvalError::DivisionByZero)
        }
        (Operator::Divide, Value::Int(x), Value::Int(y)) => int(x.checked_div(*y)),
        (Operator::Remainder, Value::Int(x), Value::Int(y)) => int(x.checked_rem(*y)),
        (Operator::Add, Value::Double(x), Value::Double(y)) => Ok(Value::Double(x + y)),
        (Operator::Subtract, Value::Double(x), Value::Double(y)) => Ok(Value::Double(x - y)),
        (Operator::Multiply, Value::Double(x), Value::Double(y)) => Ok(Value::Double(x * y)),
        (Operator::Divide, Value::Double(x), Value::Double(y)) => Ok(Value::Double(x / y)),
        (Operator::Add, Value::Text(x), Value::Text(y)) => {
            Ok(Value::Text(format!("{x}{y}").into()))
        }
        (Operator::Add, Value::Timestamp(t), Value::Duration(d))
        | (Operator::Add, Value::Duration(d), Value::Timestamp(t)) => moment(t.checked_add(*d)),
        (Operator::Subtract, Value::Timestamp(t), Value::Duration(d)) => {
            moment(d.0.checked_neg().and_then(|d| t.checked_add(Duration(d))))
        }
        (Operator::Subtract, Value::Timestamp(x), Value::Timestamp(y)) => span(x.checked_since(*y)),
        (Operator::Add, Value::Duration(x), Value::Duration(y)) => {
            span(x.0.checked_add(y.0).map(Duration))
        }
        (Operator::Subtract, Value::Duration(x), Value::Duration(y)) => {
            span(x.0.checked_sub(y.0).map(Duration))
        }
        _ => Err(EvalError::Internal("arithmetic that typing should have refused")),
    }
}

/// Unary `-`.
pub(crate) fn negate(of: &Outcome) -> Outcome {
    let value = |value: &Value| match value {
        Value::Int(i) => i.checked_neg().map(Value::Int).ok_or(EvalError::Overflow),
        Value::Double(d) => Ok(Value::Double(-d)),
        _ => Err(EvalError::Internal("`-` on what is no number")),
    };
    match of {
        Outcome::Value(v) => value(v).map_or_else(Outcome::Error, Outcome::Value),
        Outcome::Unknown(unknown) => {
            let end = |v: &Option<Value>| v.as_ref().and_then(|v| value(v).ok());
            let (least, most) = (end(&unknown.most), end(&unknown.least));
            Outcome::Unknown(Unknown { facts: unknown.facts.clone(), least, most })
        }
        other => other.clone(),
    }
}

/// `list[i]`, `map[key]`
pub(crate) fn index(of: &Outcome, at: &Outcome) -> Outcome {
    match (of, at) {
        (Outcome::List(list), Outcome::Value(at)) => list_index(list, at),
        (Outcome::Value(Value::Map(entries)), _) => doubtful_place([at]).unwrap_or_else(|| {
            let found =
                at.certainty().ok().and_then(|key| entries.iter().find(|(k, _)| equal(k, &key)));
            found.map_or(Outcome::Error(EvalError::NoSuchKey), |(_, value)| {
                Outcome::of(value.clone())
            })
        }),
        _ => doubtful_place([of, at])
            .unwrap_or(Outcome::Error(EvalError::Internal("an index of nothing"))),
    }
}

/// What is found at a place that isn't known, if anything.
fn doubtful_place<'o>(operands: impl IntoIterator<Item = &'o Outcome>) -> Option<Outcome> {
    Strict::of(operands).map(|outcome| outcome.risking(Risk::Error))
}

fn list_index(list: &PartialList, at: &Value) -> Outcome {
    let position = match at {
        Value::Int(i) => Some(*i),
        #[expect(
            clippy::cast_possible_truncation,
            clippy::as_conversions,
            reason = "a whole number in range"
        )]
        Value::Double(d) if d.fract() == 0.0 && d.abs() < 9e15 => Some(*d as i64),
        _ => None,
    };
    let Some(position) = position else {
        return Outcome::Error(EvalError::InvalidArgument("an index is a whole number"));
    };
    let Ok(wanted) = usize::try_from(position) else {
        return Outcome::Error(EvalError::IndexOutOfRange(position));
    };
    // Where every member up to it is certain, so is the one that stands there. A list that may have
    // unrecorded members has no certain places: these come in model order.
    let before = list.items.get(..=wanted);
    match (before, list.doubt()) {
        (Some(before), None) => {
            before.last().map_or(Outcome::Error(EvalError::IndexOutOfRange(position)), |item| {
                item.value.clone()
            })
        }
        (None, None) => Outcome::Error(EvalError::IndexOutOfRange(position)),
        (Some(before), Some(_))
            if list.rest.is_none() && before.iter().all(|i| i.doubt.is_none()) =>
        {
            before.last().map_or(Outcome::Error(EvalError::IndexOutOfRange(position)), |item| {
                item.value.clone()
            })
        }
        (_, Some(doubt)) if wanted < list.certain_count() => Outcome::unknown(doubt),
        (_, Some(doubt)) => Outcome::unknown(doubt.risking(Risk::Error)),
    }
}

/// The members sorted by keys that are certain; equals keep their order.
pub(crate) fn sort_keyed(mut keyed: Vec<(Outcome, Item)>) -> Outcome {
    if keyed.len() > 1 && keyed.iter().any(|(key, _)| has_no_order(key)) {
        return Outcome::Error(NO_ORDER);
    }
    sort_by(&mut keyed, |(a, _), (b, _)| match (a, b) {
        (Outcome::Value(a), Outcome::Value(b)) => order(a, b).unwrap_or(Ordering::Equal),
        _ => Ordering::Equal,
    });
    Outcome::list(keyed.into_iter().map(|(_, item)| item).collect(), None)
}

/// What comes of ordering what is no number.
pub(crate) const NO_ORDER: EvalError =
    EvalError::InvalidArgument("what is no number (NaN) has no order");

/// Whether it is a double that is no number: it has no place among others.
pub(crate) fn has_no_order(outcome: &Outcome) -> bool {
    matches!(outcome, Outcome::Value(Value::Double(d)) if d.is_nan())
}

/// A call of the function table, arguments evaluated. `result` is its type.
pub(crate) fn call(
    function: Function,
    args: &[Outcome],
    result: &Type,
    model: &Model,
    patterns: &Patterns,
) -> Outcome {
    if let Some(outcome) = on_lists(function, args, result, model) {
        return outcome;
    }
    if let Some(outcome) = on_optionals(function, args) {
        return outcome;
    }
    if let (Function::ToDouble, [Outcome::Unknown(unknown)]) = (function, args) {
        let double = |v: &Option<Value>| match v {
            Some(Value::Int(i)) => Some(Value::Double(to_double(*i))),
            other => other.clone(),
        };
        let (least, most) = (double(&unknown.least), double(&unknown.most));
        return Outcome::Unknown(Unknown { facts: unknown.facts.clone(), least, most });
    }
    // The rest wants every argument certain.
    let certain: Vec<Result<Value, Outcome>> = args.iter().map(Outcome::certainty).collect();
    let doubtful: Vec<Outcome> = certain.iter().filter_map(|c| c.as_ref().err().cloned()).collect();
    if let Some(outcome) = Strict::of(&doubtful) {
        return outcome;
    }
    let values: Vec<Value> = certain.into_iter().flatten().collect();
    if function == Function::Matches {
        let [Value::Text(text), Value::Text(pattern)] = values.as_slice() else {
            return Outcome::Error(EvalError::Internal("`matches` without texts"));
        };
        return patterns.is_match(pattern, text).map_or(
            Outcome::Error(EvalError::InvalidArgument("a regular expression")),
            Outcome::bool,
        );
    }
    certain_call(function, &values, model).map_or_else(Outcome::Error, Outcome::of)
}

/// Functions of lists that say what is certain of partly known ones.
fn on_lists(function: Function, args: &[Outcome], result: &Type, model: &Model) -> Option<Outcome> {
    use Function::{
        Distinct, First, Flatten, Last, Max, Min, Reverse, SetsContains, SetsDifference,
        SetsEquivalent, SetsIntersection, SetsIntersects, SetsUnion, Size, Slice, Sort, Sum,
    };
    let is_list_function = matches!(
        function,
        Distinct
            | First
            | Flatten
            | Last
            | Max
            | Min
            | Reverse
            | SetsContains
            | SetsDifference
            | SetsEquivalent
            | SetsIntersection
            | SetsIntersects
            | SetsUnion
            | Size
            | Slice
            | Sort
            | Sum
    );
    if !is_list_function {
        return None;
    }
    let strict = Strict::of(args);
    match (function, args) {
        (_, _) if strict.is_some() => strict,
        (Size, [Outcome::List(list)]) => Some(lists::size(list)),
        (Distinct, [Outcome::List(list)]) => Some(lists::distinct(list)),
        (Flatten, [Outcome::List(list)]) => Some(lists::flatten(list)),
        (Min, [Outcome::List(list)]) => Some(lists::extreme(list, Ordering::Less)),
        (Max, [Outcome::List(list)]) => Some(lists::extreme(list, Ordering::Greater)),
        (Sum, [Outcome::List(list)]) => {
            let empty = match result {
                Type::Double => Value::Double(0.0),
                Type::Duration => Value::Duration(Duration(0)),
                _ => Value::Int(0),
            };
            Some(lists::sum(list, &empty))
        }
        (SetsContains, [Outcome::List(a), Outcome::List(b)]) => Some(lists::is_subset(b, a, model)),
        (SetsIntersects, [Outcome::List(a), Outcome::List(b)]) => {
            Some(lists::intersects(a, b, model))
        }
        (SetsEquivalent, [Outcome::List(a), Outcome::List(b)]) => {
            let mut logic = super::outcome::Logic::all();
            logic.add(lists::is_subset(a, b, model));
            logic.add(lists::is_subset(b, a, model));
            Some(logic.finish())
        }
        (SetsUnion, [Outcome::List(a), Outcome::List(b)]) => match lists::concat(a, b) {
            Outcome::List(all) => Some(lists::distinct(&all)),
            other => Some(other),
        },
        (SetsIntersection, [Outcome::List(a), Outcome::List(b)]) => {
            Some(distinct_of(lists::keep(a, |item| lists::contains(b, &item.value, model))))
        }
        (SetsDifference, [Outcome::List(a), Outcome::List(b)]) => {
            Some(distinct_of(lists::keep(a, |item| lists::contains(b, &item.value, model).not())))
        }
        (First | Last, [Outcome::List(list)]) => Some(end_of(list, function == First)),
        (Reverse | Sort | Slice, [Outcome::List(list), rest @ ..]) => {
            let unsure = list.doubt();
            let sort_needs = (function == Sort)
                .then(|| Strict::of(list.items.iter().map(|item| &item.value)))
                .flatten();
            match (unsure, sort_needs) {
                (Some(facts), needs) => {
                    let mut strict = Strict::default();
                    strict.add_facts(&facts);
                    if let Some(needs) = &needs {
                        strict.add(needs);
                    }
                    strict.finish()
                }
                (None, Some(needs)) => Some(needs),
                (None, None) => Some(rearranged(function, list, rest)),
            }
        }
        _ => None,
    }
}

fn distinct_of(outcome: Outcome) -> Outcome {
    match outcome {
        Outcome::List(list) => lists::distinct(&list),
        other => other,
    }
}

/// The first or last member, as an optional.
fn end_of(list: &PartialList, first: bool) -> Outcome {
    if let Some(doubt) = list.doubt() {
        return Outcome::unknown(doubt);
    }
    let item = if first { list.items.first() } else { list.items.last() };
    Outcome::Optional(item.map(|item| Rc::new(item.value.clone())))
}

fn rearranged(function: Function, list: &PartialList, rest: &[Outcome]) -> Outcome {
    let mut items = list.items.clone();
    match (function, rest) {
        (Function::Reverse, _) => items.reverse(),
        (Function::Sort, _) => {
            let keyed: Vec<(Outcome, Item)> =
                items.into_iter().map(|item| (item.value.clone(), item)).collect();
            return sort_keyed(keyed);
        }
        (_, [Outcome::Value(Value::Int(from)), Outcome::Value(Value::Int(to))]) => {
            let range = usize::try_from(*from).ok().zip(usize::try_from(*to).ok());
            let Some(slice) = range.and_then(|(from, to)| items.get(from..to)) else {
                return Outcome::Error(EvalError::InvalidArgument(
                    "a slice must lie within the list",
                ));
            };
            items = slice.to_vec();
        }
        _ => return Outcome::Error(EvalError::Internal("a slice without ends")),
    }
    Outcome::list(items, None)
}

fn on_optionals(function: Function, args: &[Outcome]) -> Option<Outcome> {
    match (function, args) {
        (Function::OptionalNone, []) => Some(Outcome::Optional(None)),
        (Function::OptionalOf, [value]) => Some(wrap(value.clone())),
        (Function::OptionalOfNonZero, [value]) => match value.certainty() {
            Ok(certain) if is_zero(&certain) => Some(Outcome::Optional(None)),
            Ok(_) => Some(wrap(value.clone())),
            Err(doubt) => Some(doubt),
        },
        (Function::HasValue, [Outcome::Optional(value)]) => Some(Outcome::bool(value.is_some())),
        (Function::OptionalValue, [Outcome::Optional(value)]) => {
            Some(value.as_ref().map_or(Outcome::Error(EvalError::EmptyOptional), |v| (**v).clone()))
        }
        // The alternative counts only where it is needed.
        (Function::OptionalOr, [this @ Outcome::Optional(Some(_)), _]) => Some(this.clone()),
        (Function::OptionalOr | Function::OrValue, [Outcome::Optional(None), other]) => {
            Some(other.clone())
        }
        (Function::OrValue, [Outcome::Optional(Some(value)), _]) => Some((**value).clone()),
        (Function::HasValue, [first]) => Strict::of([first]),
        (Function::OptionalValue, [first]) => doubtful_place([first]),
        (Function::OptionalOr | Function::OrValue, [first, other]) => {
            Strict::of([first]).map(|outcome| outcome.risking(other.risk()))
        }
        _ => None,
    }
}

/// An optional with this value; what may yet be an error makes none.
fn wrap(value: Outcome) -> Outcome {
    match value.risk() {
        Risk::Error => value,
        _ => Outcome::Optional(Some(Rc::new(value))),
    }
}

fn is_zero(value: &Value) -> bool {
    match value {
        Value::Bool(b) => !b,
        Value::Int(i) => *i == 0,
        Value::Double(d) => d.abs() <= 0.0,
        Value::Text(text) => text.is_empty(),
        Value::List(items) => items.is_empty(),
        Value::Map(entries) => entries.is_empty(),
        Value::Duration(d) => d.0 == 0,
        Value::Timestamp(t) => t.seconds() == 0 && t.nanos() == 0,
        // cel-go knows no zero of an optional, not even one without a value.
        Value::Optional(_) | Value::Enum(..) | Value::Element(_) | Value::Link(_) => false,
    }
}

fn to_double(i: i64) -> f64 {
    #[expect(
        clippy::cast_precision_loss,
        clippy::as_conversions,
        reason = "CEL rounds to the nearest double"
    )]
    let double = i as f64;
    double
}

fn certain_call(function: Function, args: &[Value], model: &Model) -> Result<Value, EvalError> {
    if let Some(result) = text::call(function, args) {
        return result;
    }
    match (function, args) {
        (Function::Date, [Value::Text(t)]) => Timestamp::parse_date(t)
            .map(Value::Timestamp)
            .ok_or_else(|| EvalError::InvalidConversion(t.to_string(), "a date")),
        (Function::Days, [Value::Int(days)]) => {
            Duration::from_days(*days).map(Value::Duration).ok_or(EvalError::Overflow)
        }
        (Function::Size, [Value::Text(t)]) => Ok(Value::Int(length(t.chars().count()))),
        (Function::Size, [Value::Map(entries)]) => Ok(Value::Int(length(entries.len()))),
        (
            Function::ToTimestamp
            | Function::ToDuration
            | Function::ToInt
            | Function::ToDouble
            | Function::ToBool
            | Function::ToText,
            [value],
        ) => convert(function, value, model),
        (_, [Value::Timestamp(t)]) => Ok(Value::Int(timestamp_part(function, *t))),
        (_, [Value::Duration(d)]) => Ok(Value::Int(duration_part(function, *d))),
        _ => number(function, args),
    }
}

pub(super) fn length(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

fn convert(function: Function, value: &Value, model: &Model) -> Result<Value, EvalError> {
    let refuse =
        |text: &str, to: &'static str| Err(EvalError::InvalidConversion(text.to_owned(), to));
    match (function, value) {
        (Function::ToTimestamp, Value::Timestamp(_))
        | (Function::ToDuration, Value::Duration(_))
        | (Function::ToInt, Value::Int(_))
        | (Function::ToDouble, Value::Double(_))
        | (Function::ToBool, Value::Bool(_))
        | (Function::ToText, Value::Text(_)) => Ok(value.clone()),
        (Function::ToTimestamp, Value::Text(t)) => Timestamp::parse_rfc3339(t)
            .map_or_else(|| refuse(t, "a timestamp"), |t| Ok(Value::Timestamp(t))),
        (Function::ToTimestamp, Value::Int(s)) => {
            Timestamp::new(*s, 0).map(Value::Timestamp).ok_or(EvalError::Overflow)
        }
        (Function::ToDuration, Value::Text(t)) => {
            Duration::parse(t).map_or_else(|| refuse(t, "a duration"), |d| Ok(Value::Duration(d)))
        }
        (Function::ToInt, Value::Double(d)) => {
            double_to_int(*d).map(Value::Int).ok_or(EvalError::Overflow)
        }
        (Function::ToInt, Value::Text(t)) => {
            t.parse().map_or_else(|_| refuse(t, "an int"), |i| Ok(Value::Int(i)))
        }
        (Function::ToInt, Value::Timestamp(t)) => Ok(Value::Int(t.seconds())),
        (Function::ToDouble, Value::Int(i)) => Ok(Value::Double(to_double(*i))),
        (Function::ToDouble, Value::Text(t)) => {
            t.parse().map_or_else(|_| refuse(t, "a double"), |d| Ok(Value::Double(d)))
        }
        (Function::ToBool, Value::Text(t)) => match &**t {
            "1" | "t" | "T" | "true" | "TRUE" | "True" => Ok(Value::Bool(true)),
            "0" | "f" | "F" | "false" | "FALSE" | "False" => Ok(Value::Bool(false)),
            _ => refuse(t, "a bool"),
        },
        (Function::ToText, Value::Int(i)) => Ok(Value::text(&i.to_string())),
        (Function::ToText, Value::Double(d)) => Ok(Value::text(&text::double_text(*d))),
        (Function::ToText, Value::Bool(b)) => Ok(Value::text(if *b { "true" } else { "false" })),
        (Function::ToText, Value::Timestamp(t)) => Ok(Value::text(&t.to_rfc3339())),
        (Function::ToText, Value::Duration(d)) => Ok(Value::text(&d.to_cel())),
        (Function::ToText, Value::Enum(e, position)) => {
            Ok(Value::text(model.vocabulary().0.enum_name(*e, *position)))
        }
        _ => Err(EvalError::Internal("a conversion that typing should have refused")),
    }
}

/// The whole part of a double that fits an int. As in CEL, the ends of the range are refused.
fn double_to_int(d: f64) -> Option<i64> {
    const TWO_63: f64 = 9_223_372_036_854_775_808.0;
    if !(d > -TWO_63 && d < TWO_63) {
        return None;
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::as_conversions,
        reason = "in range by the test above"
    )]
    let whole = d as i64;
    Some(whole)
}

fn timestamp_part(function: Function, t: Timestamp) -> i64 {
    let date = t.date();
    let (hour, minute, second) = t.clock();
    match function {
        Function::FullYear => i64::from(date.year),
        Function::Month => i64::from(date.month) - 1,
        Function::DayOfMonth => i64::from(date.day) - 1,
        Function::DateOfMonth => i64::from(date.day),
        Function::DayOfWeek => (t.days() + 4).rem_euclid(7),
        Function::DayOfYear => i64::from(date.day_of_year()) - 1,
        Function::Hours => hour,
        Function::Minutes => minute,
        Function::Seconds => second,
        _ => i64::from(t.nanos() / 1_000_000),
    }
}

fn duration_part(function: Function, d: Duration) -> i64 {
    match function {
        Function::Hours => d.seconds() / 3600,
        Function::Minutes => d.seconds() / 60,
        Function::Seconds => d.seconds(),
        // The milliseconds within the second, as CEL has it.
        _ => d.0 / 1_000_000 % 1_000,
    }
}

fn number(function: Function, args: &[Value]) -> Result<Value, EvalError> {
    let double = |f: fn(f64) -> f64, d: &f64| Ok(Value::Double(f(*d)));
    match (function, args) {
        (Function::Greatest | Function::Least, [Value::List(items)]) => {
            let Some((first, rest)) = items.split_first() else {
                return Err(EvalError::InvalidArgument("an empty list has no greatest or least"));
            };
            rest.iter().try_fold(first.clone(), |best, next| better(function, best, next))
        }
        (Function::Greatest | Function::Least, [a, b]) => better(function, a.clone(), b),
        (Function::Abs, [Value::Int(i)]) => {
            i.checked_abs().map(Value::Int).ok_or(EvalError::Overflow)
        }
        (Function::Abs, [Value::Double(d)]) => double(f64::abs, d),
        (Function::Sign, [Value::Int(i)]) => Ok(Value::Int(i.signum())),
        (Function::Sign, [Value::Double(d)]) => {
            let sign = if d.abs() <= 0.0 { 0.0 } else { d.signum() };
            Ok(Value::Double(if d.is_nan() { *d } else { sign }))
        }
        (Function::Ceil, [Value::Double(d)]) => double(f64::ceil, d),
        (Function::Floor, [Value::Double(d)]) => double(f64::floor, d),
        (Function::Round, [Value::Double(d)]) => double(f64::round, d),
        (Function::Trunc, [Value::Double(d)]) => double(f64::trunc, d),
        (Function::Sqrt, [Value::Double(d)]) => double(f64::sqrt, d),
        (Function::Sqrt, [Value::Int(i)]) => double(f64::sqrt, &to_double(*i)),
        (Function::IsNan, [Value::Double(d)]) => Ok(Value::Bool(d.is_nan())),
        (Function::IsInf, [Value::Double(d)]) => Ok(Value::Bool(d.is_infinite())),
        (Function::IsFinite, [Value::Double(d)]) => Ok(Value::Bool(d.is_finite())),
        _ => Err(EvalError::Internal("a function that typing should have refused")),
    }
}

fn better(function: Function, best: Value, next: &Value) -> Result<Value, EvalError> {
    let wanted = if function == Function::Greatest { Ordering::Greater } else { Ordering::Less };
    match order(next, &best) {
        Some(found) if found == wanted => Ok(next.clone()),
        Some(_) => Ok(best),
        None => Err(NO_ORDER),
    }
}
