//! The plain evaluator: one rule, one element at a time. Small and obviously right before it is fast;
//! it gives the language its meaning, and every other way of evaluating must agree with it.

use std::cell::RefCell;
use std::rc::Rc;

use rustc_hash::FxHashMap;

use super::functions;
use super::lists;
use super::outcome::{Facts, Item, Logic, Outcome, PartialList, Rest, Strict, equal};
use super::reach::Reach;
use crate::cel::ast::Operator;
use crate::eval::{EvalError, Fact};
use crate::hir::{Body, DefinitionIdx, HirIdx, Op, PerKind, Quantifier};
use crate::index::Index;
use crate::metamodel::{KindIdx, KindSet, PropertyIdx, RelationIdx};
use crate::model::{ElementIdx, LinkRef, Model};
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
    defined: RefCell<FxHashMap<(DefinitionIdx, ElementIdx), Outcome>>,
    pub(crate) patterns: functions::Patterns,
    /// What every question came to, where somebody wants to know.
    pub(crate) coverage: Option<RefCell<Coverage>>,
}

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
pub(super) struct Frame<'f> {
    pub(super) body: &'f Body,
    locals: Vec<Outcome>,
    lets: &'f Lets<'f>,
}

impl<'f> Frame<'f> {
    pub(super) fn new(body: &'f Body, arguments: &[Outcome], lets: &'f Lets<'f>) -> Self {
        let unset = Outcome::Error(EvalError::Internal("a local that was never set"));
        let mut locals = vec![unset; body.slots.max(arguments.len())];
        for (place, argument) in locals.iter_mut().zip(arguments) {
            *place = argument.clone();
        }
        Self { body, locals, lets }
    }

    fn local(&self, slot: usize) -> Outcome {
        self.locals
            .get(slot)
            .cloned()
            .unwrap_or(Outcome::Error(EvalError::Internal("a local that was never set")))
    }

    pub(super) fn set(&mut self, slot: usize, value: Outcome) {
        if let Some(place) = self.locals.get_mut(slot) {
            *place = value;
        }
    }

    /// The kinds of a node that yields elements or lists of them.
    fn element_kinds(&self, at: HirIdx) -> Option<KindSet> {
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
            coverage: None,
        }
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
    pub(super) fn node(&self, frame: &mut Frame<'_>, at: HirIdx) -> Outcome {
        let outcome = self.compute(frame, at);
        if let (Some(coverage), Some(truth)) = (&self.coverage, outcome.truth()) {
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
            Op::Today => Outcome::Value(Value::Timestamp(self.date)),
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
            Op::Negate(of) => functions::negate(&self.node(frame, *of)),
            Op::Binary { operator, left, right } => {
                let left = self.node(frame, *left);
                let right = self.node(frame, *right);
                binary(*operator, &left, &right)
            }
            Op::And(left, right) => self.logical(frame, Logic::all(), *left, *right),
            Op::Or(left, right) => self.logical(frame, Logic::any(), *left, *right),
            Op::Conditional { condition, yes, no } => match self.node(frame, *condition) {
                Outcome::Value(Value::Bool(true)) => self.node(frame, *yes),
                Outcome::Value(Value::Bool(false)) => self.node(frame, *no),
                Outcome::Unknown(unknown) => Outcome::unknown(unknown.facts),
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

    fn call(
        &self,
        frame: &mut Frame<'_>,
        function: crate::typing::functions::Function,
        args: &[HirIdx],
        at: HirIdx,
    ) -> Outcome {
        let args: Vec<Outcome> = args.iter().map(|arg| self.node(frame, *arg)).collect();
        functions::call(function, &args, &frame.body.nodes[at].ty, self.model, &self.patterns)
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
        for item in items {
            let value = self.node(frame, *item);
            if let Outcome::Error(_) = value {
                return value;
            }
            values.push(Item::certain(value));
        }
        Outcome::list(values, None)
    }

    // Reading the model.

    pub(crate) fn property(&self, of: &Outcome, field: &PerKind<PropertyIdx>) -> Outcome {
        on_element(of, |element| {
            let Some(property) = lookup(field, self.model.kind_of(element)) else {
                return Outcome::Error(EvalError::Internal("a property of another kind"));
            };
            self.model
                .property(element, property)
                .or_else(|| self.model.vocabulary().0.properties[property].absent.clone())
                .map_or_else(|| Outcome::missing(Fact::Property(element, property)), Outcome::of)
        })
    }

    fn link_property(&self, of: &Outcome, property: PropertyIdx) -> Outcome {
        on_link(of, |link| {
            self.model
                .link_property(link, property)
                .or_else(|| self.model.vocabulary().0.properties[property].absent.clone())
                .map_or_else(
                    || Outcome::missing(Fact::LinkProperty(self.link_owner(link), link, property)),
                    Outcome::of,
                )
        })
    }

    /// The element in whose name a link's facts are listed: the one that the relation is declared for.
    fn link_owner(&self, link: LinkRef) -> ElementIdx {
        if link.inverse { self.model.link_target(link) } else { self.model.link_source(link) }
    }

    fn link_end(&self, of: &Outcome, target: bool) -> Outcome {
        on_link(of, |link| {
            let end =
                if target { self.model.link_target(link) } else { self.model.link_source(link) };
            Outcome::Value(Value::Element(end))
        })
    }

    /// The links of a relation at an element: live ends and current links, or all with `history`.
    fn seen_links(
        &self,
        element: ElementIdx,
        relation: RelationIdx,
        inverse: bool,
        history: bool,
    ) -> impl Iterator<Item = LinkRef> + '_ {
        self.model.links(element, relation, inverse).filter(move |link| {
            history
                || (self.model.is_current(*link, self.date)
                    && self.model.is_live(self.model.link_target(*link)))
        })
    }

    /// What may come into a relation of the element unrecorded, if the model says so.
    pub(crate) fn unrecorded(
        &self,
        element: ElementIdx,
        relation: RelationIdx,
        inverse: bool,
    ) -> Option<Rest> {
        let vocabulary = &self.model.vocabulary().0;
        let targets = vocabulary.targets(relation, inverse, self.model.kind_of(element));
        let open: KindSet = targets.iter().filter(|kind| self.model.is_open(*kind)).collect();
        (!open.is_empty()).then(|| Rest {
            facts: Facts::one(Fact::Relation(element, relation, inverse)),
            kinds: Some(open),
        })
    }

    pub(crate) fn neighbours(
        &self,
        element: ElementIdx,
        relation: RelationIdx,
        inverse: bool,
        history: bool,
    ) -> Reach {
        let mut reach = Reach::default();
        for link in self.seen_links(element, relation, inverse, history) {
            reach.add(self.model.link_target(link), None);
        }
        reach.rest = self.unrecorded(element, relation, inverse);
        reach
    }

    fn only_neighbour(&self, element: ElementIdx, relation: RelationIdx, history: bool) -> Outcome {
        self.seen_links(element, relation, false, history).next().map_or_else(
            || Outcome::missing(Fact::Relation(element, relation, false)),
            |link| Outcome::Value(Value::Element(self.model.link_target(link))),
        )
    }

    fn links(
        &self,
        element: ElementIdx,
        relation: RelationIdx,
        inverse: bool,
        history: bool,
    ) -> Outcome {
        let links = self.seen_links(element, relation, inverse, history);
        let items = links.map(|link| Item::certain(Outcome::Value(Value::Link(link)))).collect();
        let rest = self.unrecorded(element, relation, inverse);
        Outcome::list(items, rest.map(|rest| Rest { kinds: None, ..rest }))
    }

    fn path(&self, of: &Outcome, path: &PerKind<crate::hir::PathIdx>, history: bool) -> Outcome {
        on_element(of, |element| {
            let Some(path) = lookup(path, self.model.kind_of(element)) else {
                return Outcome::Error(EvalError::Internal("a path of another kind"));
            };
            match self.follow(&self.packs.paths[path].route, &Reach::from(element), history) {
                Ok(reach) => reach.into_list(),
                Err(error) => Outcome::Error(error),
            }
        })
    }

    fn section(&self, kind: KindIdx, history: bool) -> Outcome {
        let elements = self.model.elements_of(kind).map(element_at);
        let items = elements
            .filter(|element| history || self.model.is_live(*element))
            .map(|element| Item::certain(Outcome::Value(Value::Element(element))))
            .collect();
        let rest = self.model.is_open(kind).then(|| Rest {
            facts: Facts::one(Fact::Section(kind)),
            kinds: Some(KindSet::one(kind)),
        });
        Outcome::list(items, rest)
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
        if let Some(value) = self.defined.borrow().get(&(definition, element)) {
            return value.clone();
        }
        let value = self.eval_with(body, arguments, &no_lets);
        self.defined.borrow_mut().insert((definition, element), value.clone());
        value
    }

    // Lists.

    fn range(&self, frame: &mut Frame<'_>, range: HirIdx) -> Result<Rc<PartialList>, Outcome> {
        match self.node(frame, range) {
            Outcome::List(list) => Ok(list),
            Outcome::Value(_) | Outcome::Optional(_) => {
                Err(Outcome::Error(EvalError::Internal("a range that is no list")))
            }
            Outcome::Unknown(unknown) => Err(Outcome::unknown(unknown.facts)),
            error @ Outcome::Error(_) => Err(error),
        }
    }

    fn spread(
        &self,
        frame: &mut Frame<'_>,
        at: HirIdx,
        list: HirIdx,
        (slot, body): (usize, HirIdx),
        flat: bool,
        distinct: bool,
    ) -> Outcome {
        let list = match self.range(frame, list) {
            Ok(list) => list,
            Err(outcome) => return outcome,
        };
        let kinds = frame.element_kinds(at);
        let mut items = Vec::with_capacity(list.items.len());
        let mut rest =
            list.rest.as_ref().map(|rest| Rest { facts: rest.facts.clone(), kinds: kinds.clone() });
        for item in &list.items {
            frame.set(slot, item.value.clone());
            let value = self.node(frame, body);
            match value {
                Outcome::Error(error) => return doubtful_error(error, item.doubt.as_ref()),
                Outcome::List(inner) if flat => {
                    for member in &inner.items {
                        let doubt = lists::join_doubt(item.doubt.as_ref(), member.doubt.as_ref());
                        items.push(Item { value: member.value.clone(), doubt });
                    }
                    rest = lists::join_rest(rest.as_ref(), inner.rest.as_ref());
                }
                Outcome::Unknown(unknown) if flat => {
                    let more = Rest { facts: unknown.facts, kinds: kinds.clone() };
                    rest = lists::join_rest(rest.as_ref(), Some(&more));
                }
                value => items.push(Item { value, doubt: item.doubt.clone() }),
            }
        }
        if distinct {
            Reach::collect(items, rest, kinds.as_ref()).into_list()
        } else {
            Outcome::list(items, rest)
        }
    }

    fn quantify(
        &self,
        frame: &mut Frame<'_>,
        quantifier: Quantifier,
        range: HirIdx,
        slot: usize,
        body: HirIdx,
    ) -> Outcome {
        let list = match self.range(frame, range) {
            Ok(list) => list,
            Err(outcome) => return outcome,
        };
        if quantifier == Quantifier::ExistsOne {
            let mut truths = Vec::with_capacity(list.items.len());
            for item in &list.items {
                frame.set(slot, item.value.clone());
                truths.push((self.node(frame, body), item.doubt.clone()));
            }
            return lists::exactly_one(&truths, list.rest.as_ref());
        }
        let deciding = quantifier == Quantifier::Exists;
        let mut logic = if deciding { Logic::any() } else { Logic::all() };
        for item in &list.items {
            frame.set(slot, item.value.clone());
            let outcome = self.node(frame, body);
            match &item.doubt {
                None => {
                    if logic.add(outcome) {
                        break;
                    }
                }
                // Whether or not it is there, it decides nothing.
                Some(_) if outcome.truth() == Some(!deciding) => {}
                Some(doubt) => {
                    logic.add_facts(doubt);
                    if let Outcome::Unknown(unknown) = outcome {
                        logic.add_facts(&unknown.facts);
                    }
                }
            }
        }
        if let Some(rest) = &list.rest {
            logic.add_facts(&rest.facts);
        }
        logic.finish()
    }

    fn filter(&self, frame: &mut Frame<'_>, range: HirIdx, slot: usize, body: HirIdx) -> Outcome {
        let list = match self.range(frame, range) {
            Ok(list) => list,
            Err(outcome) => return outcome,
        };
        lists::keep(&list, |item| {
            frame.set(slot, item.value.clone());
            self.node(frame, body)
        })
    }

    fn map(
        &self,
        frame: &mut Frame<'_>,
        range: HirIdx,
        slot: usize,
        filter: Option<HirIdx>,
        body: HirIdx,
    ) -> Outcome {
        let mut list = match self.range(frame, range) {
            Ok(list) => list,
            Err(outcome) => return outcome,
        };
        if let Some(filter) = filter {
            let kept = lists::keep(&list, |item| {
                frame.set(slot, item.value.clone());
                self.node(frame, filter)
            });
            match kept {
                Outcome::List(kept) => list = kept,
                other => return other,
            }
        }
        let mut items = Vec::with_capacity(list.items.len());
        for item in &list.items {
            frame.set(slot, item.value.clone());
            match self.node(frame, body) {
                Outcome::Error(error) => return doubtful_error(error, item.doubt.as_ref()),
                value => items.push(Item { value, doubt: item.doubt.clone() }),
            }
        }
        let kinds = frame.element_kinds(body);
        Outcome::list(
            items,
            list.rest.as_ref().map(|rest| Rest { facts: rest.facts.clone(), kinds }),
        )
    }

    fn sort_by(&self, frame: &mut Frame<'_>, range: HirIdx, slot: usize, key: HirIdx) -> Outcome {
        let list = match self.range(frame, range) {
            Ok(list) => list,
            Err(outcome) => return outcome,
        };
        let mut strict = Strict::default();
        if let Some(doubt) = list.doubt() {
            strict.add_facts(&doubt);
        }
        let mut keyed = Vec::with_capacity(list.items.len());
        for item in &list.items {
            frame.set(slot, item.value.clone());
            let key = self.node(frame, key);
            strict.add(&key);
            keyed.push((key, item.clone()));
        }
        if let Some(outcome) = strict.finish() {
            return outcome;
        }
        functions::sort_keyed(&mut keyed);
        Outcome::list(keyed.into_iter().map(|(_, item)| item).collect(), None)
    }

    fn of_kinds(&self, of: &Outcome, kinds: &KindSet) -> Outcome {
        let list = match of {
            Outcome::List(list) => list,
            other => return other.clone(),
        };
        let kept = lists::keep(list, |item| {
            on_element(&item.value, |element| {
                Outcome::bool(kinds.contains(self.model.kind_of(element)))
            })
        });
        let Outcome::List(kept) = kept else { return kept };
        let rest = kept.rest.as_ref().and_then(|rest| narrow_rest(rest, kinds));
        Outcome::list(kept.items.clone(), rest)
    }

    // What is recorded.

    fn recorded(&self, frame: &mut Frame<'_>, read: HirIdx) -> Outcome {
        let body = frame.body;
        match &body.nodes[read].op {
            Op::Property { of, field } => {
                let of = self.node(frame, *of);
                on_element(&of, |element| {
                    let value = lookup(field, self.model.kind_of(element))
                        .and_then(|property| self.model.property(element, property));
                    Outcome::bool(value.is_some())
                })
            }
            Op::LinkProperty { of, property } => {
                let of = self.node(frame, *of);
                on_link(&of, |link| {
                    Outcome::bool(self.model.link_property(link, *property).is_some())
                })
            }
            Op::NavigateOne { of, relation, history } => {
                let of = self.node(frame, *of);
                on_element(&of, |element| {
                    Outcome::bool(
                        self.seen_links(element, *relation, false, *history).next().is_some(),
                    )
                })
            }
            Op::Id { of } => {
                let of = self.node(frame, *of);
                on_element(&of, |_| Outcome::bool(true))
            }
            _ => match self.node(frame, read) {
                Outcome::List(list) => {
                    binary(Operator::Greater, &lists::size(&list), &Outcome::int(0))
                }
                other => other,
            },
        }
    }

    fn optional_read(&self, frame: &mut Frame<'_>, read: HirIdx) -> Outcome {
        match self.recorded(frame, read) {
            Outcome::Value(Value::Bool(true)) => {
                Outcome::Optional(Some(Rc::new(self.node(frame, read))))
            }
            Outcome::Value(Value::Bool(false)) => Outcome::Optional(None),
            other => other,
        }
    }

    fn optional_map(
        &self,
        frame: &mut Frame<'_>,
        of: HirIdx,
        slot: usize,
        body: HirIdx,
    ) -> Outcome {
        match self.node(frame, of) {
            Outcome::Optional(Some(inner)) => {
                frame.set(slot, (*inner).clone());
                match self.node(frame, body) {
                    value @ (Outcome::Value(_) | Outcome::List(_)) => {
                        Outcome::Optional(Some(Rc::new(value)))
                    }
                    other => other,
                }
            }
            other => other,
        }
    }
}

/// The rest that may still be of the kinds.
pub(crate) fn narrow_rest(rest: &Rest, kinds: &KindSet) -> Option<Rest> {
    match &rest.kinds {
        None => Some(Rest { facts: rest.facts.clone(), kinds: Some(kinds.clone()) }),
        Some(possible) => {
            let possible = possible.intersection(kinds);
            (!possible.is_empty())
                .then(|| Rest { facts: rest.facts.clone(), kinds: Some(possible) })
        }
    }
}

/// An error in what is computed of a member: of one that may not be there, it may not happen.
fn doubtful_error(error: EvalError, doubt: Option<&Facts>) -> Outcome {
    doubt.map_or(Outcome::Error(error), |doubt| Outcome::unknown(doubt.clone()))
}

pub(crate) fn element_at(position: u32) -> ElementIdx {
    ElementIdx::from_usize(usize::try_from(position).unwrap_or(usize::MAX))
}

pub(crate) fn lookup<T: Copy>(per_kind: &PerKind<T>, kind: KindIdx) -> Option<T> {
    per_kind.iter().find(|(k, _)| *k == kind).map(|(_, value)| *value)
}

fn on_element(of: &Outcome, read: impl FnOnce(ElementIdx) -> Outcome) -> Outcome {
    match of {
        Outcome::Value(Value::Element(element)) => read(*element),
        Outcome::Unknown(unknown) => Outcome::unknown(unknown.facts.clone()),
        Outcome::Error(_) => of.clone(),
        Outcome::Value(_) | Outcome::List(_) | Outcome::Optional(_) => {
            Outcome::Error(EvalError::Internal("no element where one was"))
        }
    }
}

fn on_link(of: &Outcome, read: impl FnOnce(LinkRef) -> Outcome) -> Outcome {
    match of {
        Outcome::Value(Value::Link(link)) => read(*link),
        Outcome::Unknown(unknown) => Outcome::unknown(unknown.facts.clone()),
        Outcome::Error(_) => of.clone(),
        Outcome::Value(_) | Outcome::List(_) | Outcome::Optional(_) => {
            Outcome::Error(EvalError::Internal("no link where one was"))
        }
    }
}

/// Every operator but the logical ones.
fn binary(operator: Operator, left: &Outcome, right: &Outcome) -> Outcome {
    match operator {
        Operator::Equal => lists::equals(left, right),
        Operator::NotEqual => lists::equals(left, right).not(),
        Operator::In => match right {
            Outcome::List(list) => lists::contains(list, left),
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
