//! Running plans over a model: the same answers as the plain evaluator's, for all elements of a rule at once.
//!
//! A row that an operator can't answer for certain is `Defer`: an error, or a case that wants finer bounds
//! than are kept here. Such a row is judged by the plain evaluator, and so are the facts, witnesses and
//! messages of every finding, once somebody wants to read them. Conditions about one element alone are
//! computed once for it (`Node::Once`), whoever asks; lists are walked and not written down, unless they are
//! used again.

mod closure;
mod column;
mod components;
mod condensation;
mod graph;
mod keep;
mod quantify;
mod range;
mod scalar;
mod truth;
mod value;
mod written;

use self::closure::Closures;
use self::column::Columns;
pub(in crate::eval) use self::graph::Seen;
use self::graph::{Follow, Walker};
use self::keep::Kept;
use self::value::{Env, Member, Scalar, Truth};
use super::functions::Patterns;
use crate::cel::ast::Operator;
use crate::index::{Index, IndexVec};
use crate::metamodel::{KindIdx, KindSet, Vocabulary};
use crate::model::store::Column;
use crate::model::{ElementIdx, Model};
use crate::plan::node::{Node, Plan, PlanIdx};
use crate::value::Value;

/// Plans on their way over a model at a date.
pub(super) struct Run<'r> {
    seen: &'r Seen<'r>,
    model: &'r Model,
    vocabulary: &'r Vocabulary,
    plan: &'r Plan,
    /// The gate whose readiness is asked, by position.
    gate: Option<u32>,
    walker: Walker<'r>,
    /// What of the model each operator reads, looked up when it is first run.
    bound: IndexVec<PlanIdx, Bound<'r>>,
    kept: Kept<'r>,
    /// Conditions that were computed for all elements of a span.
    columns: Columns,
    closures: Closures<'r>,
    patterns: Patterns,
    /// Lists that were written down and have a name, the innermost last.
    lists: Vec<Vec<Member<'r>>>,
    /// Lists to write into that are not in use.
    spare: Vec<Vec<Member<'r>>>,
}

/// What an operator reads of the model.
#[derive(Clone, Copy)]
enum Bound<'r> {
    /// Not looked up yet.
    Unbound,
    /// Nothing that could be looked up beforehand.
    Nothing,
    Value(Scalar<'r>),
    Follow(Follow<'r>),
    /// A property that only one kind has, of variable 0.
    Cells(Cells<'r>),
    /// Whether the enumeration's value that is recorded is one of a set; then what a missing one means.
    EnumIn {
        cells: Cells<'r>,
        set: u64,
        absent: Truth,
    },
    /// Where values that were computed once are kept.
    Kept(usize),
}

/// The values of a property of one kind.
#[derive(Clone, Copy)]
struct Cells<'r> {
    /// The first element of the kind.
    first: usize,
    column: &'r Column,
    /// What a missing value counts as.
    absent: Scalar<'r>,
}

impl<'r> Run<'r> {
    pub(super) fn new(seen: &'r Seen<'r>, plan: &'r Plan, gate: Option<u32>) -> Self {
        Self {
            seen,
            model: seen.model,
            vocabulary: &seen.model.vocabulary().0,
            plan,
            gate,
            walker: Walker::new(seen),
            bound: plan.nodes.iter().map(|_| Bound::Unbound).collect(),
            kept: Kept::new(seen.few),
            columns: Columns::default(),
            closures: Closures::new(),
            patterns: Patterns::default(),
            lists: Vec::new(),
            spare: Vec::new(),
        }
    }

    /// What a rule says of an element, or of the model as a whole.
    pub(super) fn judge(&mut self, rule: usize, element: Option<ElementIdx>) -> Answer {
        let Some(rule) = self.plan.rules.get(rule) else { return Answer::Defer };
        // A rule of the model as a whole reads sections of it, never its subject.
        let env = Env::of(element.map_or(Scalar::Bool(true), Scalar::Element));
        match self.truth(rule.applies, &env) {
            Truth::False => Answer::NotApplicable,
            Truth::True => match self.truth(rule.require, &env) {
                Truth::True => Answer::Pass,
                Truth::False => Answer::Fail,
                Truth::Unknown => Answer::Unknown,
                Truth::Defer => Answer::Defer,
            },
            Truth::Unknown => Answer::Unknown,
            Truth::Defer => Answer::Defer,
        }
    }

    /// What the operator reads of the model.
    #[inline]
    fn bound(&mut self, at: PlanIdx) -> Bound<'r> {
        match self.bound[at] {
            Bound::Unbound => self.bind(at),
            bound => bound,
        }
    }

    #[cold]
    fn bind(&mut self, at: PlanIdx) -> Bound<'r> {
        let bound = self.binding(at);
        self.bound[at] = bound;
        bound
    }

    fn binding(&mut self, at: PlanIdx) -> Bound<'r> {
        let plan = self.plan;
        match &plan.nodes[at] {
            Node::Constant(constant) => Bound::Value(Scalar::of(&plan.constants[*constant])),
            Node::Today => Bound::Value(Scalar::Timestamp(self.seen.date)),
            Node::Gate => Bound::Value(self.gate.map_or(Scalar::Defer, Scalar::Enum)),
            Node::GateAsked => Bound::Value(Scalar::Bool(self.gate.is_some())),
            Node::GateIs(gate) => Bound::Value(Scalar::Bool(self.gate == Some(*gate))),
            Node::Neighbours { step, .. }
            | Node::Links { step, .. }
            | Node::Neighbour { step, .. }
            | Node::NeighbourRecorded { step, .. } => Bound::Follow(self.walker.follow(*step)),
            Node::Property { of, .. } | Node::Recorded { of, .. } => match self.cells(at) {
                Some(cells) if plan.nodes[*of] == (Node::Variable { out: 0, known: true }) => {
                    Bound::Cells(cells)
                }
                _ => Bound::Nothing,
            },
            Node::Equal(left, right) => {
                let constant = |node: PlanIdx| match &plan.nodes[node] {
                    Node::Constant(constant) => Some(&plan.constants[*constant]),
                    _ => None,
                };
                let sides = [(*left, constant(*right)), (*right, constant(*left))];
                let found = sides
                    .into_iter()
                    .find_map(|(of, constant)| self.enum_in(of, std::slice::from_ref(constant?)));
                found.unwrap_or(Bound::Nothing)
            }
            Node::OneOf { of, constant } => match &plan.constants[*constant] {
                Value::List(items) => self.enum_in(*of, items).unwrap_or(Bound::Nothing),
                _ => Bound::Nothing,
            },
            Node::Compare { operator, left, right } => {
                self.enum_compared(*operator, *left, *right).unwrap_or(Bound::Nothing)
            }
            Node::And(left, right) => self.enum_recorded(*left, *right).unwrap_or(Bound::Nothing),
            Node::Once { kinds, keep, .. } => {
                Bound::Kept(self.kept.place(self.model, kinds, *keep))
            }
            Node::Shared(_) => Bound::Kept(self.kept.place_of_one()),
            _ => Bound::Nothing,
        }
    }

    /// Of a property that only one kind has.
    fn cells(&self, at: PlanIdx) -> Option<Cells<'r>> {
        let (Node::Property { field, .. } | Node::Recorded { field, .. }) = &self.plan.nodes[at]
        else {
            return None;
        };
        let [(kind, property)] = &**field else { return None };
        let absent = self.vocabulary.properties[*property].absent.as_ref();
        Some(Cells {
            first: first_of(self.model, *kind),
            column: self.model.column(*property),
            absent: absent.map_or(Scalar::Unknown, Scalar::of),
        })
    }

    /// Whether an enumeration's value stands in a relation to a constant one.
    fn enum_compared(
        &mut self,
        operator: Operator,
        left: PlanIdx,
        right: PlanIdx,
    ) -> Option<Bound<'r>> {
        let plan = self.plan;
        let Node::Constant(constant) = &plan.nodes[right] else { return None };
        let Value::Enum(enumeration, position) = &plan.constants[*constant] else { return None };
        let values = self.vocabulary.enumerations[*enumeration].values.len();
        let all = (0..u32::try_from(values).ok()?).map(|value| Value::Enum(*enumeration, value));
        let holds = |value: &Value| match value {
            Value::Enum(_, value) => truth::holds(operator, Some(value.cmp(position))),
            _ => false,
        };
        let values: Vec<Value> = all.filter(holds).collect();
        // Of a value that isn't recorded it isn't known that it is none of these.
        if values.is_empty() { None } else { self.enum_in(left, &values) }
    }

    /// Whether an enumeration's value is recorded and one of some.
    fn enum_recorded(&mut self, left: PlanIdx, right: PlanIdx) -> Option<Bound<'r>> {
        let (Node::Recorded { .. }, Bound::Cells(recorded)) =
            (&self.plan.nodes[left], self.bound(left))
        else {
            return None;
        };
        match self.bound(right) {
            Bound::EnumIn { cells, set, .. } if std::ptr::eq(cells.column, recorded.column) => {
                Some(Bound::EnumIn { cells, set, absent: Truth::False })
            }
            _ => None,
        }
    }

    /// Whether an enumeration's value is one of some: a property of variable 0 that only one kind has.
    fn enum_in(&mut self, of: PlanIdx, values: &[Value]) -> Option<Bound<'r>> {
        let Bound::Cells(cells) = self.bound(of) else { return None };
        cells.column.enums()?;
        let mut set = 0_u64;
        for value in values {
            let Value::Enum(_, position) = value else { return None };
            set |= 1_u64.checked_shl(*position)?;
        }
        let absent = match cells.absent {
            Scalar::Enum(position) => Truth::of(set.checked_shr(position)? & 1 == 1),
            _ if values.is_empty() => Truth::False,
            _ => Truth::Unknown,
        };
        Some(Bound::EnumIn { cells, set, absent })
    }
}

impl<'r> Cells<'r> {
    #[inline]
    fn row(&self, element: ElementIdx) -> usize {
        element.to_usize().wrapping_sub(self.first)
    }

    #[inline]
    fn is_recorded(&self, element: ElementIdx) -> bool {
        self.column.present().is_none_or(|present| present.contains(self.row(element)))
    }

    #[inline]
    fn get(&self, element: ElementIdx) -> Scalar<'r> {
        recorded(self.column, self.row(element)).unwrap_or(self.absent)
    }
}

/// What a column holds in a row. Lists of texts are no single value.
#[inline]
fn recorded(column: &Column, row: usize) -> Option<Scalar<'_>> {
    match column {
        Column::Bool(cells) => cells.get(row).copied().map(Scalar::Bool),
        Column::Int(cells) => cells.get(row).copied().map(Scalar::Int),
        Column::Double(cells) => cells.get(row).copied().map(Scalar::Double),
        Column::Enum(_, cells) => cells.get(row).map(|value| Scalar::Enum(u32::from(*value))),
        Column::Date(cells) => {
            let moment = crate::value::Timestamp::from_days(*cells.get(row)?);
            moment.map(Scalar::Timestamp)
        }
        Column::Text(cells) => cells.get(row).map(Scalar::Text),
        Column::Id | Column::Texts(_) => None,
    }
}

/// Where an element of the kind stands among those of it.
#[inline]
fn row_of(model: &Model, kind: KindIdx, element: ElementIdx) -> usize {
    element.to_usize().wrapping_sub(first_of(model, kind))
}

/// The position of a kind's first element.
fn first_of(model: &Model, kind: KindIdx) -> usize {
    usize::try_from(model.elements_of(kind).start).unwrap_or(usize::MAX)
}

/// From the first element of the kinds to behind the last; those of other kinds between them included.
fn span_of(model: &Model, kinds: &KindSet) -> std::ops::Range<usize> {
    let bound = |position: u32| usize::try_from(position).unwrap_or(usize::MAX);
    let ranges = kinds.iter().map(|kind| model.elements_of(kind)).filter(|range| !range.is_empty());
    ranges.fold(0..0, |all, range| {
        let range = bound(range.start)..bound(range.end);
        if all.is_empty() { range } else { all.start.min(range.start)..all.end.max(range.end) }
    })
}

/// What a rule says of an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Answer {
    NotApplicable,
    Pass,
    Fail,
    Unknown,
    Defer,
}

impl Answer {
    /// As a number, and back: that of the verdict, where it is one.
    #[inline]
    pub(super) fn code(self) -> u8 {
        match self {
            Self::NotApplicable => 0,
            Self::Pass => 1,
            Self::Fail => 2,
            Self::Unknown => 3,
            Self::Defer => 4,
        }
    }

    #[inline]
    pub(super) fn from_code(code: u8) -> Self {
        match code {
            0 => Self::NotApplicable,
            1 => Self::Pass,
            2 => Self::Fail,
            3 => Self::Unknown,
            _ => Self::Defer,
        }
    }
}
