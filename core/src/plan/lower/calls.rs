//! Lowering of calls of the function table.

use super::{Lowered, Lowering, Scope};
use crate::hir::HirIdx;
use crate::plan::node::{Addend, Node, Place, PlanIdx};
use crate::typing::functions::Function;
use crate::value::{Duration, Type, Value};

impl Lowering<'_> {
    pub(super) fn call(
        &mut self,
        scope: &mut Scope<'_>,
        at: HirIdx,
        function: Function,
        args: &[HirIdx],
    ) -> Lowered {
        let mut values = Vec::with_capacity(args.len());
        for arg in args {
            values.push(self.expression(scope, *arg));
        }
        let ty = &scope.body.nodes[at].ty;
        if let Some(lowered) = self.of_lists(function, &values, ty) {
            return lowered;
        }
        if let Some(lowered) = self.of_optionals(scope, at, function, &values) {
            return lowered;
        }
        let args: Option<Vec<PlanIdx>> = values
            .iter()
            .map(|value| match value {
                Lowered::One(node) => Some(*node),
                Lowered::List(_) | Lowered::Optional { .. } => None,
            })
            .collect();
        match (args, ty) {
            (
                Some(args),
                Type::Bool | Type::Int | Type::Double | Type::Timestamp | Type::Duration,
            ) => {
                let made = self.plan.add(Node::Call { function, args: args.into() });
                Lowered::One(self.constant_once(made))
            }
            (Some(_), _) => self.slow_at(scope, at, "a text that is made"),
            (None, _) => self.slow_at(scope, at, "a function of lists or optionals"),
        }
    }

    /// Functions of lists.
    fn of_lists(&mut self, function: Function, args: &[Lowered], ty: &Type) -> Option<Lowered> {
        let list = |node| Some(Lowered::List(node));
        let one = |node| Some(Lowered::One(node));
        match (function, args) {
            (Function::Size, [Lowered::List(range)]) => one(self.plan.add(Node::Size(*range))),
            (Function::Sum, [Lowered::List(range)]) => {
                let addend = match ty {
                    Type::Double => Addend::Double,
                    Type::Duration => Addend::Duration,
                    _ => Addend::Int,
                };
                one(self.plan.add(Node::Sum { range: *range, addend }))
            }
            (Function::Min | Function::Max, [Lowered::List(range)]) => {
                let greatest = function == Function::Max;
                one(self.plan.add(Node::Extreme { range: *range, greatest }))
            }
            (Function::Distinct, [Lowered::List(range)]) => {
                list(self.plan.add(Node::Distinct(*range)))
            }
            (Function::Sort, [Lowered::List(range)]) => {
                list(self.plan.add(Node::Sorted { range: *range, key: None }))
            }
            (Function::Reverse, [Lowered::List(range)]) => {
                list(self.plan.add(Node::Reversed(*range)))
            }
            (Function::Slice, [Lowered::List(range), Lowered::One(from), Lowered::One(to)]) => {
                list(self.plan.add(Node::Slice { range: *range, from: *from, to: *to }))
            }
            (Function::First | Function::Last, [Lowered::List(range)]) => {
                let place = if function == Function::First { Place::First } else { Place::Last };
                Some(Lowered::Optional {
                    present: self.plan.add(Node::HasMembers(*range)),
                    value: self.plan.add(Node::Member { range: *range, place }),
                    is_list: false,
                })
            }
            (Function::SetsContains, [Lowered::List(outer), Lowered::List(inner)]) => {
                one(self.plan.add(Node::Subset { inner: *inner, outer: *outer }))
            }
            (Function::SetsEquivalent, [Lowered::List(a), Lowered::List(b)]) => {
                let there = self.plan.add(Node::Subset { inner: *a, outer: *b });
                let back = self.plan.add(Node::Subset { inner: *b, outer: *a });
                one(self.plan.and(there, back))
            }
            (Function::SetsIntersects, [Lowered::List(a), Lowered::List(b)]) => {
                one(self.plan.add(Node::Overlap(*a, *b)))
            }
            (Function::SetsUnion, [Lowered::List(a), Lowered::List(b)]) => {
                let both = self.plan.add(Node::Concat(*a, *b));
                list(self.plan.add(Node::Distinct(both)))
            }
            (
                Function::SetsIntersection | Function::SetsDifference,
                [Lowered::List(range), Lowered::List(other)],
            ) => {
                let traits = self.plan.traits[*other];
                if !traits.sure || traits.fallible {
                    return None;
                }
                let known = self.plan.knows_members(*range);
                let member = self.plan.add(Node::Variable { out: 0, known });
                let other = self.plan.out(*other, 1);
                let mut body = self.contains(other, member);
                if function == Function::SetsDifference {
                    body = self.plan.not(body);
                }
                let kept = self.plan.add(Node::Filter { range: *range, body });
                list(self.plan.add(Node::Distinct(kept)))
            }
            _ => None,
        }
    }

    fn of_optionals(
        &mut self,
        scope: &Scope<'_>,
        at: HirIdx,
        function: Function,
        args: &[Lowered],
    ) -> Option<Lowered> {
        match (function, args) {
            (Function::OptionalNone, []) => Some(self.constant(scope, at, &Value::Optional(None))),
            (Function::OptionalOf, [value @ (Lowered::One(node) | Lowered::List(node))]) => {
                let mut present = self.plan.truth(true);
                if self.plan.traits[*node].fallible {
                    // Of what may go wrong it is there only where it is known to have gone well.
                    let known = self.plan.add(Node::Known(*node));
                    let fails = self.plan.add(Node::Fails);
                    present = self.plan.add(Node::Or(known, fails));
                }
                Some(self.optional(scope, at, present, *value))
            }
            (Function::OptionalOfNonZero, [Lowered::One(value)]) => {
                let Type::Optional(inner) = &scope.body.nodes[at].ty else { return None };
                let present = self.is_not_zero(*value, inner)?;
                Some(Lowered::Optional { present, value: *value, is_list: false })
            }
            (Function::HasValue, [Lowered::Optional { present, .. }]) => {
                Some(Lowered::One(*present))
            }
            (Function::OptionalValue, [Lowered::Optional { present, value, is_list }]) => {
                let fails = self.plan.add(Node::Fails);
                let value = self.plan.choose(*present, *value, fails);
                Some(if *is_list { Lowered::List(value) } else { Lowered::One(value) })
            }
            (Function::OptionalOr, [Lowered::Optional { present, value, is_list }, other]) => {
                let always = self.plan.truth(true);
                let this = Lowered::Optional { present: always, value: *value, is_list: *is_list };
                if self.plan.as_truth(*present) == Some(false) {
                    return Some(*other);
                }
                self.either(*present, this, *other)
            }
            (Function::OrValue, [Lowered::Optional { present, value, is_list }, other]) => {
                if self.plan.as_truth(*present) == Some(false) {
                    return Some(*other);
                }
                let value = if *is_list { Lowered::List(*value) } else { Lowered::One(*value) };
                self.either(*present, value, *other)
            }
            _ => None,
        }
    }

    fn is_not_zero(&mut self, value: PlanIdx, ty: &Type) -> Option<PlanIdx> {
        let zero = match ty {
            Type::Bool => Value::Bool(false),
            Type::Int => Value::Int(0),
            Type::Double => Value::Double(0.0),
            Type::Text => Value::text(""),
            Type::Duration => Value::Duration(Duration(0)),
            Type::Timestamp => Value::Timestamp(crate::value::Timestamp::new(0, 0)?),
            Type::Enum(_) | Type::Element(_) | Type::Link { .. } => {
                return Some(self.plan.add(Node::Known(value)));
            }
            _ => return None,
        };
        let zero = self.plan.constant(&zero);
        let zero = self.plan.add(Node::Constant(zero));
        let is_zero = self.plan.add(Node::Equal(value, zero));
        Some(self.plan.not(is_zero))
    }
}
