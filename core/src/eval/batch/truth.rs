//! Conditions.

use std::cmp::Ordering;

use super::value::{Env, Scalar, Truth, equals, order, same};
use super::{Bound, Run};
use crate::cel::ast::Operator;
use crate::hir::PerKind;
use crate::metamodel::{KindIdx, PropertyIdx};
use crate::model::ElementIdx;
use crate::model::store::Column;
use crate::plan::node::{ConstantIdx, Node, PlanIdx};
use crate::value::Value;

impl<'r> Run<'r> {
    pub(super) fn truth(&mut self, at: PlanIdx, env: &Env<'_, 'r>) -> Truth {
        let plan = self.plan;
        match &plan.nodes[at] {
            Node::And(left, right) => match self.bound(at) {
                Bound::EnumIn { cells, set, absent } => is_in(cells, set, absent, env),
                _ => match self.truth(*left, env) {
                    Truth::False => Truth::False,
                    left => join(Truth::False, left, self.truth(*right, env)),
                },
            },
            Node::Or(left, right) => match self.truth(*left, env) {
                Truth::True => Truth::True,
                left => join(Truth::True, left, self.truth(*right, env)),
            },
            Node::Not(of) => self.truth(*of, env).not(),
            Node::Equal(left, right) => match self.bound(at) {
                Bound::EnumIn { cells, set, absent } => is_in(cells, set, absent, env),
                _ => {
                    let left = self.scalar(*left, env);
                    equals(left, self.scalar(*right, env))
                }
            },
            Node::OneOf { of, constant } => match self.bound(at) {
                Bound::EnumIn { cells, set, absent } => is_in(cells, set, absent, env),
                _ => self.one_of(*of, *constant, env),
            },
            Node::Compare { operator, left, right } => match self.bound(at) {
                Bound::EnumIn { cells, set, absent } => is_in(cells, set, absent, env),
                _ => {
                    let left = self.scalar(*left, env);
                    compare(*operator, left, self.scalar(*right, env))
                }
            },
            Node::Quantify { quantifier, range, body } => {
                self.quantify(*quantifier, *range, *body, env)
            }
            Node::Once { body, .. } => self.truth_once(at, *body, env),
            Node::Out { by, body } => match env.out(*by) {
                Some(env) => self.truth(*body, env),
                None => Truth::Defer,
            },
            Node::Recorded { of, field } => match (self.bound(at), env.item) {
                (Bound::Cells(cells), Scalar::Element(element)) => {
                    Truth::of(cells.is_recorded(element))
                }
                _ => match self.scalar(*of, env) {
                    Scalar::Element(element) => Truth::of(self.is_recorded(element, field)),
                    of => unread(of),
                },
            },
            Node::Is { of, kinds } => match self.scalar(*of, env) {
                Scalar::Element(element) => Truth::of(kinds.contains(self.model.kind_of(element))),
                of => unread(of),
            },
            Node::With { of, body } => match self.named(*of, env) {
                Scalar::Defer => Truth::Defer,
                of => self.truth(*body, &env.with(of)),
            },
            Node::WithList { of, body } => {
                self.with_list(*of, env, |run, env| run.truth(*body, env)).unwrap_or(Truth::Defer)
            }
            Node::ByKind(cases) => match self.case(cases, env) {
                Some(case) => self.truth(case, env),
                None => Truth::Defer,
            },
            Node::If { condition, yes, no } => match self.truth(*condition, env) {
                Truth::True => self.truth(*yes, env),
                Truth::False => self.truth(*no, env),
                unsure => unsure,
            },
            Node::Shared(body) => self.truth_once(at, *body, &env.with(Scalar::Bool(true))),
            Node::Count { range, operator, number } => self.count(*range, *operator, *number, env),
            Node::SomeReached { .. }
            | Node::ReachesItself { .. }
            | Node::FurthestReached { .. } => self.reached(at, env),
            Node::Known(of) => self.is_known(*of, env),
            Node::LinkRecorded { .. } | Node::NeighbourRecorded { .. } => {
                self.is_link_recorded(at, env)
            }
            Node::HasMembers(range) => self.has_members(*range, env),
            Node::Subset { inner, outer } => self.subset(*inner, *outer, env),
            Node::Overlap(a, b) => self.overlap(*a, *b, env),
            Node::SameLists(a, b) => self.same_lists(*a, *b, env),
            Node::Slow(_) | Node::Fails => Truth::Defer,
            _ => self.scalar(at, env).truth(),
        }
    }

    fn truth_once(&mut self, at: PlanIdx, body: PlanIdx, env: &Env<'_, 'r>) -> Truth {
        let element = match env.item {
            Scalar::Element(element) => Some(element),
            Scalar::Bool(_) => None,
            _ => return self.truth(body, env),
        };
        let Bound::Kept(place) = self.bound(at) else { return self.truth(body, env) };
        let Some(position) = self.kept.position(place, element) else {
            return self.truth(body, env);
        };
        if let Some(truth) = self.kept.truth(place, position) {
            return truth;
        }
        let truth = self.truth(body, env);
        self.kept.keep_truth(place, position, truth);
        truth
    }

    /// What is asked of an element of variable 0's kind.
    pub(super) fn case(&self, cases: &PerKind<PlanIdx>, env: &Env<'_, 'r>) -> Option<PlanIdx> {
        let Scalar::Element(element) = env.item else { return None };
        let kind = self.model.kind_of(element);
        cases.iter().find(|(other, _)| *other == kind).map(|(_, case)| *case)
    }

    fn is_recorded(&self, element: ElementIdx, field: &PerKind<PropertyIdx>) -> bool {
        let kind = match &**field {
            [(kind, _)] => *kind,
            _ => self.model.kind_of(element),
        };
        let Some(property) = of_kind(field, kind) else { return false };
        let column = self.model.column(property);
        let row = super::row_of(self.model, kind, element);
        match (column, column.present()) {
            (Column::Id, _) => true,
            (_, Some(present)) => present.contains(row),
            (_, None) => false,
        }
    }

    fn is_link_recorded(&mut self, at: PlanIdx, env: &Env<'_, 'r>) -> Truth {
        let plan = self.plan;
        match &plan.nodes[at] {
            Node::LinkRecorded { of, property } => match self.scalar(*of, env) {
                Scalar::Link(link) => {
                    Truth::of(self.model.link_property(link, *property).is_some())
                }
                of => unread(of),
            },
            Node::NeighbourRecorded { of, .. } => match self.scalar(*of, env) {
                Scalar::Element(element) => match self.bound(at) {
                    Bound::Follow(follow) => {
                        Truth::of(!self.walker.row(&follow, element).is_empty())
                    }
                    _ => Truth::Defer,
                },
                of => unread(of),
            },
            _ => Truth::Defer,
        }
    }

    fn one_of(&mut self, of: PlanIdx, constant: ConstantIdx, env: &Env<'_, 'r>) -> Truth {
        let plan = self.plan;
        let needle = self.scalar(of, env);
        let found = |value: &'r Value| same(needle, Scalar::of(value));
        match (&plan.constants[constant], needle) {
            (_, Scalar::Defer | Scalar::List(_)) => Truth::Defer,
            (_, Scalar::Unknown) if plan.traits[of].fallible => Truth::Defer,
            (Value::List(items), _) if items.is_empty() => Truth::False,
            (_, Scalar::Unknown) => Truth::Unknown,
            (Value::List(items), _) => Truth::of(items.iter().any(found)),
            (Value::Map(entries), _) => Truth::of(entries.iter().any(|(key, _)| found(key))),
            _ => Truth::Defer,
        }
    }

    fn is_known(&mut self, of: PlanIdx, env: &Env<'_, 'r>) -> Truth {
        if self.plan.is_range(of) {
            return match self.each(of, env, false, &mut |_, _| false) {
                super::value::Whole::Unknown => Truth::Unknown,
                super::value::Whole::Defer => Truth::Defer,
                _ => Truth::True,
            };
        }
        match self.scalar(of, env) {
            Scalar::Unknown => Truth::Unknown,
            Scalar::Defer => Truth::Defer,
            _ => Truth::True,
        }
    }
}

/// What a read of no element comes to.
pub(super) fn unread(of: Scalar<'_>) -> Truth {
    match of {
        Scalar::Unknown => Truth::Unknown,
        _ => Truth::Defer,
    }
}

/// `&&` with `deciding` false, `||` with true, of operands of which the first doesn't decide.
#[inline]
fn join(deciding: Truth, left: Truth, right: Truth) -> Truth {
    match (left, right) {
        (_, right) if right == deciding => deciding,
        (Truth::Defer, _) | (_, Truth::Defer) => Truth::Defer,
        (Truth::Unknown, _) | (_, Truth::Unknown) => Truth::Unknown,
        _ => deciding.not(),
    }
}

/// Whether an enumeration's value is one of a set.
#[inline]
fn is_in(cells: super::Cells<'_>, set: u64, absent: Truth, env: &Env<'_, '_>) -> Truth {
    let Scalar::Element(element) = env.item else { return unread(env.item) };
    let Column::Enum(_, column) = cells.column else { return Truth::Defer };
    match column.get(cells.row(element)) {
        Some(position) => {
            Truth::of(set.checked_shr(u32::from(*position)).is_some_and(|s| s & 1 == 1))
        }
        None => absent,
    }
}

/// One of the four comparisons.
pub(super) fn compare(operator: Operator, left: Scalar<'_>, right: Scalar<'_>) -> Truth {
    match (left, right) {
        (Scalar::Defer, _) | (_, Scalar::Defer) => return Truth::Defer,
        (Scalar::Unknown, _) | (_, Scalar::Unknown) => return Truth::Unknown,
        _ => {}
    }
    Truth::of(holds(operator, order(left, right)))
}

/// Whether two certain values in an order stand in a relation.
pub(super) fn holds(operator: Operator, order: Option<Ordering>) -> bool {
    match operator {
        Operator::Less => order == Some(Ordering::Less),
        Operator::LessOrEqual => matches!(order, Some(Ordering::Less | Ordering::Equal)),
        Operator::Greater => order == Some(Ordering::Greater),
        Operator::GreaterOrEqual => matches!(order, Some(Ordering::Greater | Ordering::Equal)),
        _ => order == Some(Ordering::Equal),
    }
}

pub(super) fn of_kind<T: Copy>(field: &PerKind<T>, kind: KindIdx) -> Option<T> {
    field.iter().find(|(other, _)| *other == kind).map(|(_, value)| *value)
}
