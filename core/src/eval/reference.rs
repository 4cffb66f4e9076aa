//! The plain evaluator: one rule, one element at a time. Small and obviously right before it is fast;
//! it gives the language its meaning, and every other way of evaluating must agree with it.

use std::cell::{OnceCell, RefCell};
use std::rc::Rc;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::deviations::Waivers;
use super::functions;
use super::lists;
use super::outcome::{Facts, Item, Logic, Outcome, Risk, Strict, equal};
use super::read::on_element;
use super::risk::{self, Risks};
use super::turn::Watch;
use crate::cel::ast::Operator;
use crate::eval::EvalError;
use crate::hir::{Body, DefinitionIdx, HirIdx, Op, PerKind};
use crate::index::Index;
use crate::metamodel::{KindIdx, KindSet};
use crate::model::{ElementIdx, Model};
use crate::typing::TypedPacks;
use crate::value::{Timestamp, Type, Value};

/// Evaluates checked expressions on a model at a date.
pub(crate) struct Evaluator<'m> {
    pub(crate) model: &'m Model,
    pub(crate) packs: &'m TypedPacks,
    pub(crate) date: Timestamp,
    /// The gate whose readiness is asked, by position.
    pub(crate) gate: Option<u32>,
    /// Definitions without arguments, computed once per element.
    defined: RefCell<FxHashMap<(DefinitionIdx, ElementIdx), Defined>>,
    pub(crate) patterns: functions::Patterns,
    /// What the recorded deviations cover, worked out when first asked for.
    waivers: OnceCell<Arc<Waivers>>,
    pub(super) risks: Risks,
    /// What every question came to, where somebody wants to know.
    pub(crate) coverage: Option<RefCell<Coverage>>,
    /// The day on which what was evaluated may turn, where somebody wants to know.
    pub(crate) watch: Option<Watch>,
}

/// What a definition comes to for an element, and the day on which that may turn.
type Defined = (Outcome, Option<i64>);

/// By expression and node: whether a question was ever true, and ever false.
pub(crate) type Coverage = FxHashMap<(usize, HirIdx), [bool; 2]>;

/// Tells expressions of one rule set apart.
pub(crate) fn body_key(body: &Body) -> usize {
    std::ptr::from_ref(body).addr()
}

/// A rule's `let`s for one element: computed when first asked for.
pub(crate) struct Lets<'r> {
    bodies: &'r [(String, Body)],
    values: RefCell<Vec<Option<Outcome>>>,
}

impl<'r> Lets<'r> {
    pub(crate) fn new(bodies: &'r [(String, Body)]) -> Self {
        Self { bodies, values: RefCell::new(vec![None; bodies.len()]) }
    }
}

/// What one evaluation of a body sees: its local values, and the rule's `let`s.
pub(crate) struct Frame<'f> {
    pub(super) body: &'f Body,
    locals: Vec<Outcome>,
    lets: &'f Lets<'f>,
}

impl<'f> Frame<'f> {
    pub(crate) fn new(body: &'f Body, arguments: &[Outcome], lets: &'f Lets<'f>) -> Self {
        let unset = Outcome::Error(EvalError::Internal("a local that was never set"));
        let mut locals = vec![unset; body.slots.max(arguments.len())];
        for (place, argument) in locals.iter_mut().zip(arguments) {
            *place = argument.clone();
        }
        Self { body, locals, lets }
    }

    pub(crate) fn local(&self, slot: usize) -> Outcome {
        self.locals
            .get(slot)
            .cloned()
            .unwrap_or(Outcome::Error(EvalError::Internal("a local that was never set")))
    }

    pub(crate) fn set(&mut self, slot: usize, value: Outcome) {
        if let Some(place) = self.locals.get_mut(slot) {
            *place = value;
        }
    }

    /// The rule's `let`s, not yet computed.
    pub(super) fn lets_of(&self) -> &'f [(String, Body)] {
        self.lets.bodies
    }

    /// What may come of the values that have a name.
    pub(super) fn risk(&self) -> Risk {
        let is_set = |value: &&Outcome| !matches!(value, Outcome::Error(EvalError::Internal(_)));
        self.locals.iter().filter(is_set).map(Outcome::risk).max().unwrap_or_default()
    }

    /// The kinds of a node that yields elements or lists of them.
    pub(super) fn element_kinds(&self, at: HirIdx) -> Option<KindSet> {
        match &self.body.nodes[at].ty {
            Type::Element(kinds) => Some(kinds.clone()),
            Type::List(member) => match &**member {
                Type::Element(kinds) => Some(kinds.clone()),
                _ => None,
            },
            _ => None,
        }
    }
}

impl<'m> Evaluator<'m> {
    pub(crate) fn new(
        model: &'m Model,
        packs: &'m TypedPacks,
        date: Timestamp,
        gate: Option<u32>,
    ) -> Self {
        Self {
            model,
            packs,
            date,
            gate,
            defined: RefCell::default(),
            patterns: functions::Patterns::default(),
            waivers: OnceCell::new(),
            risks: Risks::default(),
            coverage: None,
            watch: None,
        }
    }

    /// What the recorded deviations cover.
    pub(crate) fn waivers(&self) -> &Arc<Waivers> {
        self.waivers.get_or_init(|| Arc::new(Waivers::new(self)))
    }

    /// The same evaluator, which is told what deviations cover where that is known.
    pub(crate) fn knowing(mut self, waivers: Option<Arc<Waivers>>) -> Self {
        self.waivers = waivers.map(OnceCell::from).unwrap_or_default();
        self
    }

    /// A body of a rule with `self` in slot 0.
    pub(crate) fn eval(&self, body: &Body, subject: &Outcome, lets: &Lets<'_>) -> Outcome {
        self.eval_with(body, std::slice::from_ref(subject), lets)
    }

    fn eval_with(&self, body: &Body, arguments: &[Outcome], lets: &Lets<'_>) -> Outcome {
        let mut frame = Frame::new(body, arguments, lets);
        self.node(&mut frame, body.root)
    }

    /// One node, noted where somebody wants to know.
    pub(crate) fn node(&self, frame: &mut Frame<'_>, at: HirIdx) -> Outcome {
        let outcome = self.compute(frame, at);
        if let (Some(coverage), Some(truth)) = (&self.coverage, outcome.truth())
            && !self.is_supposing()
        {
            let mut coverage = coverage.borrow_mut();
            let seen = coverage.entry((body_key(frame.body), at)).or_default();
            let [no, yes] = seen;
            *(if truth { yes } else { no }) = true;
        }
        outcome
    }

    /// What a node comes to. Arms that need more than a line are functions of their own, to keep stack frames small.
    fn compute(&self, frame: &mut Frame<'_>, at: HirIdx) -> Outcome {
        let body = frame.body;
        match &body.nodes[at].op {
            Op::Constant(value) => Outcome::of(value.clone()),
            Op::Local(slot) => frame.local(*slot),
            Op::Let(position) => self.let_value(frame, *position),
            Op::Parameter(parameter) => {
                Outcome::of(self.packs.parameters[*parameter].value.clone())
            }
            Op::Today => {
                self.may_turn_tomorrow();
                Outcome::Value(Value::Timestamp(self.date))
            }
            Op::Gate => self.gate_value(),
            Op::Property { of, field } => {
                let of = self.node(frame, *of);
                self.property(&of, field)
            }
            Op::Id { of } => {
                let of = self.node(frame, *of);
                on_element(&of, |element| Outcome::Value(Value::text(self.model.id_of(element))))
            }
            Op::LinkProperty { of, property } => {
                let of = self.node(frame, *of);
                self.link_property(&of, *property)
            }
            Op::LinkEnd { of, target } => {
                let of = self.node(frame, *of);
                self.link_end(&of, *target)
            }
            Op::Navigate { of, relation, inverse, history } => {
                let of = self.node(frame, *of);
                on_element(&of, |element| {
                    self.neighbours(element, *relation, *inverse, *history).into_list()
                })
            }
            Op::NavigateOne { of, relation, history } => {
                let of = self.node(frame, *of);
                on_element(&of, |element| self.only_neighbour(element, *relation, *history))
            }
            Op::Links { of, relation, inverse, history } => {
                let of = self.node(frame, *of);
                on_element(&of, |element| self.links(element, *relation, *inverse, *history))
            }
            Op::Path { of, path, history } => {
                let of = self.node(frame, *of);
                self.path(&of, path, *history)
            }
            Op::Section { .. } if self.is_supposing() => Outcome::unknown(Facts::none()),
            Op::Section { kind, history } => self.section(*kind, *history),
            Op::Define { of, definition, args } => self.define(frame, *of, definition, args),
            Op::Spread { list, slot, body, flat, distinct } => {
                self.spread(frame, at, *list, (*slot, *body), *flat, *distinct)
            }
            Op::Recorded { read } => self.recorded(frame, *read),
            Op::OptionalRead { read } => self.optional_read(frame, *read),
            Op::OptionalMap { of, slot, body } => self.optional_map(frame, *of, *slot, *body),
            Op::Is { of, kinds } => {
                let of = self.node(frame, *of);
                on_element(&of, |element| {
                    Outcome::bool(kinds.contains(self.model.kind_of(element)))
                })
            }
            Op::Of { of, kinds } => {
                let of = self.node(frame, *of);
                self.of_kinds(&of, kinds)
            }
            Op::Not(of) => self.node(frame, *of).not(),
            Op::Negate(of) => {
                functions::negate(&self.node(frame, *of)).computed(&body.nodes[at].ty)
            }
            Op::Binary { operator, left, right } => {
                self.operate(frame, at, *operator, *left, *right)
            }
            Op::And(left, right) => self.logical(frame, Logic::all(), *left, *right),
            Op::Or(left, right) => self.logical(frame, Logic::any(), *left, *right),
            Op::Conditional { condition, yes, no } => match self.node(frame, *condition) {
                Outcome::Value(Value::Bool(true)) => self.node(frame, *yes),
                Outcome::Value(Value::Bool(false)) => self.node(frame, *no),
                Outcome::Unknown(unknown) => {
                    let risk = self.risk_of(frame, *yes).max(self.risk_of(frame, *no));
                    Outcome::unknown(unknown.facts.risking(risk))
                }
                other => other,
            },
            Op::List(items) => self.list(frame, items),
            Op::Index { of, index } => {
                let of = self.node(frame, *of);
                let index = self.node(frame, *index);
                functions::index(&of, &index)
            }
            Op::Quantify { quantifier, range, slot, body } => {
                self.quantify(frame, *quantifier, *range, *slot, *body)
            }
            Op::Filter { range, slot, body } => self.filter(frame, *range, *slot, *body),
            Op::Map { range, slot, filter, body } => self.map(frame, *range, *slot, *filter, *body),
            Op::SortBy { range, slot, key } => self.sort_by(frame, *range, *slot, *key),
            Op::Bind { slot, value, body } => {
                let value = self.node(frame, *value);
                frame.set(*slot, value);
                self.node(frame, *body)
            }
            Op::Call { function, args } => self.call(frame, *function, args, at),
        }
    }

    fn operate(
        &self,
        frame: &mut Frame<'_>,
        at: HirIdx,
        operator: Operator,
        left: HirIdx,
        right: HirIdx,
    ) -> Outcome {
        if let Some(outcome) = self.compare_with_today(frame, operator, left, right) {
            return outcome;
        }
        let left = self.node(frame, left);
        let right = self.node(frame, right);
        let outcome = binary(operator, &left, &right, self.model);
        risk::of_operator(operator, &right, outcome, &frame.body.nodes[at].ty)
    }

    fn call(
        &self,
        frame: &mut Frame<'_>,
        function: crate::typing::functions::Function,
        args: &[HirIdx],
        at: HirIdx,
    ) -> Outcome {
        let values: Vec<Outcome> = args.iter().map(|arg| self.node(frame, *arg)).collect();
        let nodes = &frame.body.nodes;
        let ty = &nodes[at].ty;
        let outcome = functions::call(function, &values, ty, self.model, &self.patterns);
        if !matches!(outcome, Outcome::Unknown(_)) {
            return outcome;
        }
        let types: Vec<&Type> = args.iter().map(|arg| &nodes[*arg].ty).collect();
        risk::of_function(function, &values, &types, outcome, ty)
    }

    fn gate_value(&self) -> Outcome {
        let gate = self.model.vocabulary().0.gate;
        Outcome::Optional(
            gate.zip(self.gate)
                .map(|(gate, position)| Rc::new(Outcome::Value(Value::Enum(gate, position)))),
        )
    }

    fn let_value(&self, frame: &Frame<'_>, position: usize) -> Outcome {
        if let Some(Some(value)) = frame.lets.values.borrow().get(position) {
            return value.clone();
        }
        let Some((_, body)) = frame.lets.bodies.get(position) else {
            return Outcome::Error(EvalError::Internal("a let that isn't there"));
        };
        // Slot 0 of every body of a rule is its subject.
        let value = self.eval_with(body, &[frame.local(0)], frame.lets);
        if let Some(place) = frame.lets.values.borrow_mut().get_mut(position) {
            *place = Some(value.clone());
        }
        value
    }

    fn logical(
        &self,
        frame: &mut Frame<'_>,
        mut logic: Logic,
        left: HirIdx,
        right: HirIdx,
    ) -> Outcome {
        if !logic.add(self.node(frame, left)) {
            logic.add(self.node(frame, right));
        }
        logic.finish()
    }

    fn list(&self, frame: &mut Frame<'_>, items: &[HirIdx]) -> Outcome {
        let mut values = Vec::with_capacity(items.len());
        let mut risk = Risk::None;
        for item in items {
            let value = self.node(frame, *item);
            if let Outcome::Error(_) = value {
                return value;
            }
            risk = risk.max(value.risk());
            values.push(Item::certain(value));
        }
        lists::unless(risk, values, None)
    }

    fn define(
        &self,
        frame: &mut Frame<'_>,
        of: HirIdx,
        definition: &PerKind<DefinitionIdx>,
        args: &[HirIdx],
    ) -> Outcome {
        let of = self.node(frame, of);
        let mut arguments = vec![of];
        for arg in args {
            arguments.push(self.node(frame, *arg));
        }
        let Some(of) = arguments.first() else {
            return Outcome::Error(EvalError::Internal("no receiver"));
        };
        if let Outcome::Unknown(_) = of {
            let given = arguments.iter().map(Outcome::risk).max().unwrap_or_default();
            return on_element(of, |_| Outcome::bool(false))
                .risking(self.risk_of_definitions(definition).max(given));
        }
        on_element(of, |element| match lookup(definition, self.model.kind_of(element)) {
            Some(definition) => self.defined(definition, element, &arguments),
            None => Outcome::Error(EvalError::Internal("a definition of another kind")),
        })
    }

    /// The value of a definition for an element, itself the first argument.
    pub(crate) fn defined(
        &self,
        definition: DefinitionIdx,
        element: ElementIdx,
        arguments: &[Outcome],
    ) -> Outcome {
        let Some(body) = &self.packs.definitions[definition].body else {
            return Outcome::Error(EvalError::Internal("a definition that failed its check"));
        };
        let no_lets = Lets::new(&[]);
        if arguments.len() > 1 {
            return self.eval_with(body, arguments, &no_lets);
        }
        if let Some((value, turn)) = self.defined.borrow().get(&(definition, element)) {
            self.may_turn(*turn);
            return value.clone();
        }
        let (value, turn) = self.until_turn(|| self.eval_with(body, arguments, &no_lets));
        self.may_turn(turn);
        self.defined.borrow_mut().insert((definition, element), (value.clone(), turn));
        value
    }
}

pub(crate) fn element_at(position: u32) -> ElementIdx {
    ElementIdx::from_usize(usize::try_from(position).unwrap_or(usize::MAX))
}

pub(crate) fn lookup<T: Copy>(per_kind: &PerKind<T>, kind: KindIdx) -> Option<T> {
    per_kind.iter().find(|(k, _)| *k == kind).map(|(_, value)| *value)
}

/// Every operator but the logical ones.
pub(super) fn binary(
    operator: Operator,
    left: &Outcome,
    right: &Outcome,
    model: &Model,
) -> Outcome {
    match operator {
        Operator::Equal => lists::equals(left, right),
        Operator::NotEqual => lists::equals(left, right).not(),
        Operator::In => match right {
            Outcome::List(list) => lists::contains(list, left, model),
            Outcome::Value(Value::Map(entries)) => Strict::of([left]).unwrap_or_else(|| {
                let found =
                    left.certainty().is_ok_and(|key| entries.iter().any(|(k, _)| equal(k, &key)));
                Outcome::bool(found)
            }),
            _ => Strict::of([left, right])
                .unwrap_or(Outcome::Error(EvalError::Internal("`in` nothing"))),
        },
        Operator::Less | Operator::LessOrEqual | Operator::Greater | Operator::GreaterOrEqual => {
            functions::compare(operator, left, right)
        }
        Operator::Add
        | Operator::Subtract
        | Operator::Multiply
        | Operator::Divide
        | Operator::Remainder => functions::arithmetic(operator, left, right),
        Operator::And | Operator::Or => Outcome::Error(EvalError::Internal("a logical operator")),
    }
}
