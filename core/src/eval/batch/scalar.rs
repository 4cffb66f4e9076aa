//! Single values.

use std::cmp::Ordering;

use super::truth::of_kind;
use super::value::{Env, Scalar, Truth, Whole, order};
use super::{Bound, Run, recorded, row_of};
use crate::cel::ast::Operator;
use crate::eval::functions;
use crate::eval::outcome::Outcome;
use crate::eval::sum::DecimalSum;
use crate::hir::PerKind;
use crate::metamodel::PropertyIdx;
use crate::plan::node::{Addend, ConstantIdx, Node, Place, PlanIdx};
use crate::typing::functions::Function;
use crate::value::{Duration, Value};

impl<'r> Run<'r> {
    pub(super) fn scalar(&mut self, at: PlanIdx, env: &Env<'_, 'r>) -> Scalar<'r> {
        let plan = self.plan;
        match &plan.nodes[at] {
            Node::Variable { out, .. } => env.variable(*out),
            Node::Constant(_) | Node::Today | Node::Gate | Node::GateAsked | Node::GateIs(_) => {
                match self.bound(at) {
                    Bound::Value(value) => value,
                    _ => Scalar::Defer,
                }
            }
            Node::Property { of, field } => match (self.bound(at), env.item) {
                (Bound::Cells(cells), Scalar::Element(element)) => cells.get(element),
                _ => {
                    let of = self.scalar(*of, env);
                    self.property(of, field)
                }
            },
            Node::Out { by, body } => match env.out(*by) {
                Some(env) => self.scalar(*body, env),
                None => Scalar::Defer,
            },
            Node::LinkProperty { of, property } => match self.scalar(*of, env) {
                Scalar::Link(link) => {
                    let slot = crate::index::Index::to_usize(link.link);
                    let absent = self.vocabulary.properties[*property].absent.as_ref();
                    recorded(self.model.column(*property), slot)
                        .unwrap_or(absent.map_or(Scalar::Unknown, Scalar::of))
                }
                of => nothing(of),
            },
            Node::LinkEnd { of, target } => match self.scalar(*of, env) {
                Scalar::Link(link) if *target => Scalar::Element(self.model.link_target(link)),
                Scalar::Link(link) => Scalar::Element(self.model.link_source(link)),
                of => nothing(of),
            },
            Node::Id(of) => match self.scalar(*of, env) {
                Scalar::Element(element) => Scalar::Text(self.model.id_of(element)),
                of => nothing(of),
            },
            Node::Neighbour { of, .. } => {
                let of = self.scalar(*of, env);
                self.neighbour(at, of)
            }
            Node::With { of, body } => match self.named(*of, env) {
                Scalar::Defer => Scalar::Defer,
                of => self.scalar(*body, &env.with(of)),
            },
            Node::WithList { of, body } => {
                self.with_list(*of, env, |run, env| run.scalar(*body, env)).unwrap_or(Scalar::Defer)
            }
            Node::ByKind(cases) => match self.case(cases, env) {
                Some(case) => self.scalar(case, env),
                None => Scalar::Defer,
            },
            Node::If { condition, yes, no } => match self.truth(*condition, env) {
                Truth::True => self.scalar(*yes, env),
                Truth::False => self.scalar(*no, env),
                Truth::Unknown => Scalar::Unknown,
                Truth::Defer => Scalar::Defer,
            },
            Node::Once { body, .. } => self.scalar_once(at, *body, env),
            Node::Shared(body) => self.scalar_once(at, *body, &env.with(Scalar::Bool(true))),
            Node::Arithmetic { operator, left, right } => {
                let left = self.scalar(*left, env);
                arithmetic(*operator, left, self.scalar(*right, env))
            }
            Node::Negate(of) => match self.scalar(*of, env) {
                Scalar::Int(value) => value.checked_neg().map_or(Scalar::Defer, Scalar::Int),
                Scalar::Double(value) => Scalar::Double(-value),
                of => nothing(of),
            },
            Node::Size(range) => self.size(*range, env),
            Node::Sum { range, addend } => self.sum(*range, *addend, env),
            Node::Extreme { range, greatest } => self.extreme(*range, *greatest, env),
            Node::Call { function, args } => self.call(*function, args, env),
            Node::Member { range, place } => self.member(*range, *place, env),
            Node::Entry { constant, key } => {
                let key = self.scalar(*key, env);
                self.entry(*constant, key).map_or_else(|unread| unread, Scalar::of)
            }
            Node::Slow(_) | Node::Fails => Scalar::Defer,
            _ => match self.truth(at, env) {
                Truth::True => Scalar::Bool(true),
                Truth::False => Scalar::Bool(false),
                Truth::Unknown => Scalar::Unknown,
                Truth::Defer => Scalar::Defer,
            },
        }
    }

    /// A value that is given a name. Of what may yet be an error the name alone doesn't tell.
    pub(super) fn named(&mut self, of: PlanIdx, env: &Env<'_, 'r>) -> Scalar<'r> {
        match self.scalar(of, env) {
            Scalar::Unknown if self.plan.traits[of].fallible => Scalar::Defer,
            value => value,
        }
    }

    fn scalar_once(&mut self, at: PlanIdx, body: PlanIdx, env: &Env<'_, 'r>) -> Scalar<'r> {
        let element = match env.item {
            Scalar::Element(element) => Some(element),
            Scalar::Bool(_) => None,
            _ => return self.scalar(body, env),
        };
        let Bound::Kept(place) = self.bound(at) else { return self.scalar(body, env) };
        let Some(position) = self.kept.position(place, element) else {
            return self.scalar(body, env);
        };
        if let Some(value) = self.kept.value(place, position) {
            return value;
        }
        let value = self.scalar(body, env);
        // A list that has a name is there only as long as the name.
        if !matches!(value, Scalar::List(_)) {
            self.kept.keep_value(place, position, value);
        }
        value
    }

    fn property(&self, of: Scalar<'r>, field: &PerKind<PropertyIdx>) -> Scalar<'r> {
        let Scalar::Element(element) = of else { return nothing(of) };
        let kind = match &**field {
            [(kind, _)] => *kind,
            _ => self.model.kind_of(element),
        };
        let Some(property) = of_kind(field, kind) else { return Scalar::Defer };
        let absent = self.vocabulary.properties[property].absent.as_ref();
        let column = self.model.column(property);
        recorded(column, row_of(self.model, kind, element))
            .unwrap_or(absent.map_or(Scalar::Unknown, Scalar::of))
    }

    fn neighbour(&mut self, at: PlanIdx, of: Scalar<'r>) -> Scalar<'r> {
        let Scalar::Element(element) = of else { return nothing(of) };
        let Bound::Follow(follow) = self.bound(at) else { return Scalar::Defer };
        self.walker
            .row(&follow, element)
            .first()
            .map_or(Scalar::Unknown, |other| Scalar::Element(*other))
    }

    /// What a constant map holds under a key; else what reading it comes to.
    pub(super) fn entry(
        &self,
        constant: ConstantIdx,
        key: Scalar<'r>,
    ) -> Result<&'r Value, Scalar<'r>> {
        let plan = self.plan;
        let Value::Map(entries) = &plan.constants[constant] else { return Err(Scalar::Defer) };
        match key {
            Scalar::Unknown => Err(Scalar::Unknown),
            Scalar::Defer => Err(Scalar::Defer),
            key => {
                let found =
                    entries.iter().find(|(other, _)| super::value::same(Scalar::of(other), key));
                found.map(|(_, value)| value).ok_or(Scalar::Defer)
            }
        }
    }

    /// How many members; where that isn't certain, only bounds are known.
    fn size(&mut self, range: PlanIdx, env: &Env<'_, 'r>) -> Scalar<'r> {
        let (mut count, mut doubtful) = (0_i64, false);
        let whole = self.each(range, env, true, &mut |_, member| {
            count = count.saturating_add(1);
            doubtful |= !member.certain;
            false
        });
        match whole {
            Whole::Known if !doubtful => Scalar::Int(count),
            Whole::Unknown => Scalar::Unknown,
            _ => Scalar::Defer,
        }
    }

    fn sum(&mut self, range: PlanIdx, addend: Addend, env: &Env<'_, 'r>) -> Scalar<'r> {
        if let Some(sum) = self.sum_of_cells(range, env) {
            return sum;
        }
        let mut sum =
            Sum { total: Some(0), doubles: DecimalSum::new(), unknown: false, defer: false };
        let mut doubtful = false;
        let whole = self.each(range, env, true, &mut |_, member| {
            doubtful |= !member.certain;
            sum.add(member.value);
            false
        });
        match whole {
            Whole::Unknown => Scalar::Unknown,
            Whole::Defer | Whole::Stopped => Scalar::Defer,
            _ if sum.defer => Scalar::Defer,
            // A member that can be anything leaves no bounds.
            Whole::Rest => Scalar::Unknown,
            Whole::Known if sum.unknown => Scalar::Unknown,
            Whole::Known if doubtful => Scalar::Defer,
            Whole::Known => sum.finish(addend),
        }
    }

    /// The sum of a property of whole numbers that is recorded, over what variable 0 is linked to: in a
    /// loop. `None` where it is something else.
    fn sum_of_cells(&mut self, range: PlanIdx, env: &Env<'_, 'r>) -> Option<Scalar<'r>> {
        let summed = self.summed(range)?;
        let Node::Neighbours { of, .. } = &self.plan.nodes[summed.range] else { return None };
        let Scalar::Element(element) = self.scalar(*of, env) else { return None };
        let row = self.walker.row(&summed.follow, element);
        Some(summed.of(row).map_or(Scalar::Defer, Scalar::Int))
    }

    fn extreme(&mut self, range: PlanIdx, greatest: bool, env: &Env<'_, 'r>) -> Scalar<'r> {
        let wanted = if greatest { Ordering::Greater } else { Ordering::Less };
        let mut best: Option<Scalar<'r>> = None;
        let (mut unsure, mut defer, mut doubtful) = (false, false, false);
        let whole = self.each(range, env, true, &mut |_, member| {
            doubtful |= !member.certain;
            match member.value {
                Scalar::Unknown => unsure = true,
                Scalar::Defer => defer = true,
                value if value.is_no_number() => defer = true,
                value => {
                    if best.is_none_or(|best| order(value, best) == Some(wanted)) {
                        best = Some(value);
                    }
                }
            }
            false
        });
        match (whole, best) {
            (Whole::Unknown, _) => Scalar::Unknown,
            (Whole::Known, Some(best)) if !unsure && !defer && !doubtful => best,
            // Of an empty list, and of one of which nothing is known, nothing is.
            (Whole::Known | Whole::Rest, None) if !defer => Scalar::Unknown,
            _ => Scalar::Defer,
        }
    }

    fn member(&mut self, range: PlanIdx, place: Place, env: &Env<'_, 'r>) -> Scalar<'r> {
        let wanted = match place {
            Place::First | Place::Last => None,
            Place::At(at) => match self.scalar(at, env) {
                Scalar::Int(at) => match usize::try_from(at) {
                    Ok(at) => Some(at),
                    Err(_) => return Scalar::Defer,
                },
                // An error of the list would beat that.
                Scalar::Unknown if !self.plan.traits[range].fallible => return Scalar::Unknown,
                _ => return Scalar::Defer,
            },
        };
        let (mut found, mut count, mut doubtful) = (None, 0_usize, false);
        let whole = self.each(range, env, true, &mut |_, member| {
            doubtful |= !member.certain;
            let is_it = match (place, wanted) {
                (Place::First, _) => found.is_none(),
                (Place::Last, _) => true,
                (Place::At(_), wanted) => wanted == Some(count),
            };
            if is_it {
                found = Some(member.value);
            }
            count += 1;
            false
        });
        match (whole, found) {
            (Whole::Unknown, _) => Scalar::Unknown,
            (Whole::Known, Some(value)) if !doubtful => value,
            _ => Scalar::Defer,
        }
    }

    fn call(&mut self, function: Function, args: &'r [PlanIdx], env: &Env<'_, 'r>) -> Scalar<'r> {
        let (mut unknown, mut defer) = (false, false);
        let mut values = [Scalar::Bool(false); 4];
        if args.len() > values.len() {
            return Scalar::Defer;
        }
        for (place, arg) in values.iter_mut().zip(args) {
            *place = self.scalar(*arg, env);
            unknown |= matches!(place, Scalar::Unknown);
            defer |= matches!(place, Scalar::Defer);
        }
        if defer {
            return Scalar::Defer;
        }
        if unknown {
            return Scalar::Unknown;
        }
        let values = values.get(..args.len()).unwrap_or_default();
        match (function, values) {
            (Function::StartsWith, [Scalar::Text(text), Scalar::Text(start)]) => {
                Scalar::Bool(text.starts_with(start))
            }
            (Function::EndsWith, [Scalar::Text(text), Scalar::Text(end)]) => {
                Scalar::Bool(text.ends_with(end))
            }
            (Function::Contains, [Scalar::Text(text), Scalar::Text(part)]) => {
                Scalar::Bool(text.contains(part))
            }
            (Function::Size, [Scalar::Text(text)]) => {
                Scalar::Int(functions::length(text.chars().count()))
            }
            _ => {
                let outcomes: Option<Vec<Outcome>> =
                    values.iter().map(|value| value.value().map(Outcome::Value)).collect();
                let Some(outcomes) = outcomes else { return Scalar::Defer };
                // No list comes in and none goes out, so that the type of the result plays no part.
                let result = functions::call(
                    function,
                    &outcomes,
                    &crate::value::Type::Never,
                    self.model,
                    &self.patterns,
                );
                plain(&result)
            }
        }
    }
}

/// The value of an outcome that is no text, list or optional.
fn plain<'r>(outcome: &Outcome) -> Scalar<'r> {
    match outcome {
        Outcome::Value(Value::Bool(value)) => Scalar::Bool(*value),
        Outcome::Value(Value::Int(value)) => Scalar::Int(*value),
        Outcome::Value(Value::Double(value)) => Scalar::Double(*value),
        Outcome::Value(Value::Timestamp(value)) => Scalar::Timestamp(*value),
        Outcome::Value(Value::Duration(value)) => Scalar::Duration(*value),
        _ => Scalar::Defer,
    }
}

/// What a read of no element or link comes to.
fn nothing<'r>(of: Scalar<'_>) -> Scalar<'r> {
    match of {
        Scalar::Unknown => Scalar::Unknown,
        _ => Scalar::Defer,
    }
}

/// `+ - * / %`; errors are left to the plain evaluator.
fn arithmetic<'r>(operator: Operator, left: Scalar<'r>, right: Scalar<'r>) -> Scalar<'r> {
    match (operator, left, right) {
        (_, Scalar::Defer, _) | (_, _, Scalar::Defer) => Scalar::Defer,
        (_, Scalar::Unknown, _) | (_, _, Scalar::Unknown) => Scalar::Unknown,
        (Operator::Add, Scalar::Double(a), Scalar::Double(b)) => Scalar::Double(a + b),
        (Operator::Subtract, Scalar::Double(a), Scalar::Double(b)) => Scalar::Double(a - b),
        (Operator::Multiply, Scalar::Double(a), Scalar::Double(b)) => Scalar::Double(a * b),
        (Operator::Divide, Scalar::Double(a), Scalar::Double(b)) => Scalar::Double(a / b),
        (operator, left, right) => match (left.value(), right.value()) {
            (Some(left), Some(right)) => plain(&functions::arithmetic(
                operator,
                &Outcome::Value(left),
                &Outcome::Value(right),
            )),
            _ => Scalar::Defer,
        },
    }
}

/// Numbers or durations of one type on their way to a sum.
struct Sum {
    /// Of ints and durations; `None` once out of range.
    total: Option<i64>,
    doubles: DecimalSum,
    unknown: bool,
    defer: bool,
}

impl Sum {
    fn add(&mut self, value: Scalar<'_>) {
        match value {
            Scalar::Int(value) | Scalar::Duration(Duration(value)) => {
                self.total = self.total.and_then(|total| total.checked_add(value));
            }
            Scalar::Double(value) => self.doubles.add(value),
            Scalar::Unknown => self.unknown = true,
            _ => self.defer = true,
        }
    }

    fn finish<'r>(self, addend: Addend) -> Scalar<'r> {
        match (addend, self.total) {
            (Addend::Double, _) => Scalar::Double(self.doubles.finish()),
            (Addend::Int, Some(total)) => Scalar::Int(total),
            (Addend::Duration, Some(total)) => Scalar::Duration(Duration(total)),
            (_, None) => Scalar::Defer,
        }
    }
}
