//! What a rule costs on a model: a number of steps, worked out before anything is judged.
//!
//! Evaluators count nothing while they run: whether a rule costs too much follows from the checked rule and
//! from what can be counted in the model, so that every evaluator and every session agrees. The numbers are
//! those of elements per kind (and of those with a value of an enumeration), of links per relation, of the most
//! links that one element has of a relation, and of the longest text or list that a property holds. More of any of them never makes a rule cheaper.
//!
//! The formula goes through a condition from its parts to the whole and adds up, over all elements that the
//! rule is asked of:
//!
//! - one step for each time that a part is evaluated, and one for each element, link or value that it yields; many
//!   times that for a rule of which plans have to leave a part to the plain evaluator;
//! - what stands behind a list (`all`, `filter`, `x.a.b` …) is evaluated once per member. How many members
//!   there are in all is the smaller of two bounds: lists times the longest list, and, where no element is
//!   asked twice, the links of the relation;
//! - a `filter` keeps no more elements than have, or may have, the value of an enumeration that it asks for;
//! - a relation leads over no more links than the elements of the kinds at either end can have;
//! - a path with `+` or `*` reaches no more elements than there are of the kinds on it, and takes as many steps
//!   as these have links; where plans answer a rule for all elements together, that is once for all of them, and
//!   so is what is asked of the elements reached;
//! - a definition without arguments counts once per element of its kind, as its values are kept; a `let` once
//!   per element that the rule is asked of; a definition with arguments as often as it is called;
//! - both operands of `&&` and `||` and both branches of `?:` count, and so do the messages;
//! - looking for equals (`distinct`, `sets.union` …) takes a step per pair; joining texts one per 64 bytes.
//!
//! What the engine itself asks first, whether an element's programme has reached the phase, isn't counted.
//!
//! Findings are told by the plain evaluator, one after the other. Of a rule that may only be asked because plans
//! answer it together they are told in short: without the elements that decided it and the facts that are missing.

mod calls;
mod route;
mod size;
#[cfg(test)]
mod tests;

use rustc_hash::{FxHashMap, FxHashSet};

use self::route::repeats;
pub(crate) use self::size::Counts;
use self::size::Size;
use crate::cel::ast::Operator;
use crate::hir::{Body, DefinitionIdx, HirIdx, Op, PathIdx, PerKind, Route};
use crate::metamodel::KindSet;
use crate::typing::{Subject, TypedPacks, TypedRule};
use crate::value::{Type, Value};

/// Parts that are looked at to find a rule's cost, definitions with arguments at each of their calls. A rule
/// with more is too costly whatever the model.
const MOST_PARTS: u32 = 200_000;

/// A rule that costs more than it may.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Excess {
    /// The text of the part that makes it so.
    pub(crate) part: String,
    /// What the rule would cost.
    pub(crate) steps: u64,
    pub(crate) limit: u64,
}

/// What judging a rule on a model costs, in steps, and telling what it says.
#[cfg(test)]
pub(crate) fn steps(counts: &Counts<'_>, packs: &TypedPacks, rule: &TypedRule) -> u64 {
    let mut walk = Walk::new(counts, packs, rule);
    walk.rule(rule);
    walk.steps
}

/// What a rule costs, where that is more than it may.
pub(crate) fn excess(counts: &Counts<'_>, packs: &TypedPacks, rule: &TypedRule) -> Option<Excess> {
    let mut walk = Walk::new(counts, packs, rule);
    walk.rule(rule);
    walk.excess()
}

/// What a rule costs on a model, as far as that decides what becomes of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Price {
    /// Where it costs more than it may.
    pub(crate) excess: Option<Excess>,
    pub(crate) is_told_in_short: bool,
}

impl Price {
    pub(crate) fn of(counts: &Counts<'_>, packs: &TypedPacks, rule: &TypedRule) -> Self {
        let excess = excess(counts, packs, rule);
        let is_told_in_short = excess.is_none() && is_told_in_short(counts, packs, rule);
        Self { excess, is_told_in_short }
    }
}

/// Whether a rule that may be asked costs too much to be gone through once more for each finding, to say what
/// decided it.
pub(crate) fn is_told_in_short(counts: &Counts<'_>, packs: &TypedPacks, rule: &TypedRule) -> bool {
    if !counts.answers_together(rule) {
        return false;
    }
    let mut walk = Walk { way: Way::OneByOne, ..Walk::new(counts, packs, rule) };
    walk.rule(rule);
    walk.steps > packs.rule_cost
}

/// The same for an expression that is evaluated once.
pub(crate) fn excess_of(counts: &Counts<'_>, packs: &TypedPacks, body: &Body) -> Option<Excess> {
    let mut walk = Walk { lets: Vec::new(), ..Walk::over(counts, packs, 1) };
    walk.top(body);
    walk.excess()
}

/// The steps that following a path from one element of these kinds takes.
pub(crate) fn steps_of_path(
    counts: &Counts<'_>,
    packs: &TypedPacks,
    route: &Route,
    from: &KindSet,
) -> u64 {
    let mut walk = Walk::over(counts, packs, 1);
    walk.follow(route, (Size::single(1, 1), from), 1, u64::MAX);
    walk.steps
}

/// How the rows of a rule are worked out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    /// By plans, for all elements together.
    Together,
    /// By the plain evaluator.
    OneByOne,
}

/// What a step costs, in steps of plans, where the plain evaluator has to be asked for every row.
const SLOW: u64 = 16;

struct Walk<'c> {
    counts: &'c Counts<'c>,
    packs: &'c TypedPacks,
    way: Way,
    /// Of a step, in steps of plans.
    price: u64,
    /// How many elements the rule is asked of.
    subjects: u64,
    lets: Vec<(&'c Body, Option<Size>)>,
    steps: u64,
    parts: u32,
    /// Definitions without arguments that have been counted.
    defined: FxHashMap<DefinitionIdx, Size>,
    /// Calls of definitions with arguments that have been counted: their steps and what they yield.
    called: FxHashMap<(DefinitionIdx, u64, Vec<Size>), (u64, Size)>,
    /// Paths that have been followed for all elements together.
    followed: FxHashSet<PathIdx>,
    /// Definitions that are being looked at, one inside the other.
    inside: usize,
    /// The smallest part that by itself costs too much.
    costly: Option<String>,
    /// The expression that costs most, and what it costs.
    costliest: Option<(u64, &'c Body)>,
}

/// One expression, with what is known of its local values.
struct Frame<'f> {
    body: &'f Body,
    locals: Vec<Size>,
    /// How often it is evaluated.
    times: u64,
}

impl<'c> Walk<'c> {
    fn new(counts: &'c Counts<'c>, packs: &'c TypedPacks, rule: &'c TypedRule) -> Self {
        let subjects = match &rule.subject {
            Subject::Each(kinds) => counts.elements(kinds),
            Subject::Model => 1,
        };
        let way = if counts.answers_together(rule) { Way::Together } else { Way::OneByOne };
        let price = if rule.slow { SLOW } else { 1 };
        Self { way, price, lets: lets_of(rule), ..Self::over(counts, packs, subjects) }
    }

    fn over(counts: &'c Counts<'c>, packs: &'c TypedPacks, subjects: u64) -> Self {
        Self {
            counts,
            packs,
            way: Way::OneByOne,
            price: 1,
            subjects,
            lets: Vec::new(),
            steps: 0,
            parts: 0,
            defined: FxHashMap::default(),
            called: FxHashMap::default(),
            followed: FxHashSet::default(),
            inside: 0,
            costly: None,
            costliest: None,
        }
    }

    fn rule(&mut self, rule: &'c TypedRule) {
        for body in rule.when.iter().chain([&rule.require]) {
            self.top(body);
        }
        if self.way == Way::Together {
            // The plain evaluator makes the messages, and shares nothing with plans.
            self.way = Way::OneByOne;
            self.lets = lets_of(rule);
            self.defined.clear();
            self.called.clear();
        }
        for body in rule.message_values() {
            self.top(body);
        }
    }

    fn excess(self) -> Option<Excess> {
        let limit = self.packs.rule_cost;
        (self.steps > limit).then(|| {
            let whole = self.costliest.map_or_else(String::new, |(_, body)| body.text.to_string());
            Excess { part: self.costly.unwrap_or(whole), steps: self.steps, limit }
        })
    }

    /// An expression of the rule itself, asked of every subject.
    fn top(&mut self, body: &'c Body) -> Size {
        let before = self.steps;
        let subject = Size::single(self.subjects, 1);
        let size = self.body(body, vec![subject], self.subjects);
        let cost = self.steps.saturating_sub(before);
        if self.costliest.is_none_or(|(most, _)| cost > most) {
            self.costliest = Some((cost, body));
        }
        size
    }

    fn body(&mut self, body: &'c Body, mut locals: Vec<Size>, times: u64) -> Size {
        locals.resize(body.slots.max(locals.len()), Size::default());
        let mut frame = Frame { body, locals, times };
        self.node(&mut frame, body.root)
    }

    fn spend(&mut self, steps: u64) {
        self.steps = self.steps.saturating_add(steps.saturating_mul(self.price));
    }

    fn node(&mut self, frame: &mut Frame<'c>, at: HirIdx) -> Size {
        self.parts = self.parts.saturating_add(1);
        if self.parts > MOST_PARTS {
            self.steps = u64::MAX;
            return Size::default();
        }
        let before = self.steps;
        self.spend(frame.times);
        let size = self.compute(frame, at);
        // What it would cost if it were asked once of every subject, and nothing else were.
        let cost = u128::from(self.steps.saturating_sub(before));
        let times = u128::from(frame.times.max(self.subjects).max(1));
        let alone = cost * u128::from(self.subjects) / times;
        if self.inside == 0 && self.costly.is_none() && alone > u128::from(self.packs.rule_cost) {
            let span = frame.body.nodes[at].span;
            let range = usize::try_from(span.start).unwrap_or(0)
                ..usize::try_from(span.end).unwrap_or(usize::MAX);
            self.costly = frame.body.text.get(range).map(str::to_owned);
        }
        size
    }

    /// What a node yields. Its own steps have been counted, those of its parts are counted here.
    fn compute(&mut self, frame: &mut Frame<'c>, at: HirIdx) -> Size {
        let body = frame.body;
        let times = frame.times;
        let scalar = Size::single(times, times);
        match &body.nodes[at].op {
            Op::Constant(value) => Size::of(value, times),
            Op::Local(slot) => frame.locals.get(*slot).copied().unwrap_or(scalar),
            Op::Let(position) => self.let_value(frame, *position),
            Op::Parameter(parameter) => Size::of(&self.packs.parameters[*parameter].value, times),
            Op::Today | Op::Gate => scalar,
            Op::Property { of, field } => {
                self.node(frame, *of);
                let properties = field.iter().map(|(_, property)| *property);
                self.counts.property(properties, times)
            }
            Op::LinkProperty { of, property } => {
                self.node(frame, *of);
                self.counts.property([*property], times)
            }
            Op::Id { of } | Op::Is { of, .. } | Op::Not(of) | Op::Negate(of) => {
                self.node(frame, *of);
                scalar
            }
            Op::Recorded { read } => {
                self.node(frame, *read);
                scalar
            }
            Op::OptionalRead { read } => self.node(frame, *read),
            Op::LinkEnd { of, target } => {
                let link = self.node(frame, *of);
                let Type::Link { relation, inverse, .. } = &body.nodes[*of].ty else {
                    return scalar;
                };
                let shared = self.counts.most(*relation, *inverse == *target);
                Size { repeat: link.repeat.saturating_mul(shared).min(times), ..scalar }
            }
            Op::Navigate { of, relation, inverse, .. } => {
                let from = self.node(frame, *of);
                let near = kinds_of(&body.nodes[*of].ty);
                let size = self.counts.step((*relation, *inverse), &near, from, times);
                self.yields(self.capped(size, &body.nodes[at].ty, times))
            }
            Op::NavigateOne { of, relation, .. } => {
                let from = self.node(frame, *of);
                let near = kinds_of(&body.nodes[*of].ty);
                let size = self.counts.step((*relation, false), &near, from, times);
                Size { most: 1, total: times, ..size }
            }
            Op::Links { of, relation, inverse, .. } => {
                let from = self.node(frame, *of);
                let near = kinds_of(&body.nodes[*of].ty);
                let size = self.counts.step((*relation, *inverse), &near, from, times);
                self.yields(Size { repeat: from.repeat.min(times), ..size })
            }
            Op::Path { of, path, .. } => {
                let from = self.node(frame, *of);
                let mut all = Size::default();
                for (kind, path) in path {
                    let route = &self.packs.paths[*path].route;
                    let near = KindSet::one(*kind);
                    let total = from.repeat.saturating_mul(self.counts.elements(&near));
                    let from = Size { total: from.total.min(total), ..from };
                    let times = times.min(from.total);
                    let size = match self.way {
                        Way::Together if repeats(route) => self.follow_once(*path, &near),
                        _ => self.follow(route, (from, &near), times, times).0,
                    };
                    all = all.either(size);
                }
                self.yields(self.capped(all, &body.nodes[at].ty, times))
            }
            Op::Section { kind, .. } => {
                let most = self.counts.elements(&KindSet::one(*kind));
                let total = times.saturating_mul(most);
                self.yields(Size { most, total, copies: 1, repeat: times, weight: 1 })
            }
            Op::Define { of, definition, args } => self.define(frame, *of, definition, args),
            Op::Spread { list, slot, body: each, flat, distinct } => {
                let of = list;
                let list = self.node(frame, *of);
                let inner = self.per_member(frame, (*of, list), *slot, &[*each]);
                let inner = inner.first().copied().unwrap_or_default();
                let mut size = if *flat {
                    // All of them are gone through, however few are different.
                    self.spend(inner.total);
                    let most = list.most.saturating_mul(inner.most);
                    Size { most, copies: most, ..inner }
                } else {
                    Size { most: list.most, total: list.total, copies: list.most, ..inner }
                };
                if *distinct {
                    size = self.capped(size, &body.nodes[at].ty, times);
                }
                self.yields(size)
            }
            Op::OptionalMap { of, slot, body: inner } => {
                let value = self.node(frame, *of);
                set(frame, *slot, value);
                self.node(frame, *inner)
            }
            Op::Of { of, kinds } => {
                let list = self.node(frame, *of);
                self.spend(list.total);
                list.at_most(self.counts.elements(kinds), times)
            }
            Op::Binary { operator, left, right } => {
                let (left, right) = (self.node(frame, *left), self.node(frame, *right));
                self.binary(*operator, left, right, &body.nodes[at].ty, times)
            }
            Op::And(left, right) | Op::Or(left, right) => {
                self.node(frame, *left);
                self.node(frame, *right);
                scalar
            }
            Op::Conditional { condition, yes, no } => {
                self.node(frame, *condition);
                let (yes, no) = (self.node(frame, *yes), self.node(frame, *no));
                yes.either(no)
            }
            Op::List(items) => {
                let sizes: Vec<Size> = items.iter().map(|item| self.node(frame, *item)).collect();
                self.yields(Size::list_of(&sizes, times))
            }
            Op::Index { of, index } => {
                let list = self.node(frame, *of);
                self.node(frame, *index);
                list.member(&body.nodes[at].ty, times)
            }
            Op::Quantify { range, slot, body: each, .. } => {
                let of = range;
                let range = self.node(frame, *of);
                self.per_member(frame, (*of, range), *slot, &[*each]);
                scalar
            }
            Op::Filter { range, slot, body: each } => {
                let of = range;
                let range = self.node(frame, *of);
                self.per_member(frame, (*of, range), *slot, &[*each]);
                match self.passing(body, *each, *slot) {
                    Some(passing) => range.at_most(passing, times),
                    None => range,
                }
            }
            Op::Map { range, slot, filter, body: each } => {
                let of = range;
                let range = self.node(frame, *of);
                let parts: Vec<HirIdx> = filter.iter().chain([each]).copied().collect();
                let inner = self.per_member(frame, (*of, range), *slot, &parts);
                let inner = inner.last().copied().unwrap_or_default();
                Size { copies: range.most, repeat: inner.repeat, weight: inner.whole(), ..range }
            }
            Op::SortBy { range, slot, key } => {
                let of = range;
                let range = self.node(frame, *of);
                self.per_member(frame, (*of, range), *slot, &[*key]);
                self.spend(range.sorting());
                range
            }
            Op::Bind { slot, value, body: inner } => {
                let value = self.node(frame, *value);
                set(frame, *slot, value);
                self.node(frame, *inner)
            }
            Op::Call { function, args } => {
                let sizes: Vec<Size> = args.iter().map(|arg| self.node(frame, *arg)).collect();
                self.function(*function, &sizes, &body.nodes[at].ty, times)
            }
        }
    }

    /// A list costs as much as it has members.
    fn yields(&mut self, size: Size) -> Size {
        self.spend(size.total);
        size
    }

    /// No list of different elements is longer than there are elements of its kinds.
    fn capped(&self, size: Size, ty: &Type, times: u64) -> Size {
        let Type::List(member) = ty else { return size };
        let Type::Element(kinds) = &**member else { return size };
        let most = size.most.min(self.counts.elements(kinds));
        Size {
            most,
            total: size.total.min(times.saturating_mul(most)),
            copies: 1,
            repeat: size.repeat.min(times),
            ..size
        }
    }

    /// Parts that are evaluated once per member of a list.
    fn per_member(
        &mut self,
        frame: &mut Frame<'c>,
        (of, list): (HirIdx, Size),
        slot: usize,
        parts: &[HirIdx],
    ) -> Vec<Size> {
        let times = frame.times;
        let outside = frame.locals.clone();
        for local in &mut frame.locals {
            *local = local.for_each_member(list, times);
        }
        set(frame, slot, list.each(&frame.body.nodes[of].ty));
        frame.times = list.total;
        let sizes = parts.iter().map(|part| self.node(frame, *part)).collect();
        frame.locals = outside;
        frame.times = times;
        sizes
    }

    /// How many elements can pass a test of the local in a slot, where that can be counted: one of which
    /// value of an enumeration they have.
    fn passing(&self, body: &Body, test: HirIdx, slot: usize) -> Option<u64> {
        let of_slot = |at: HirIdx| match &body.nodes[at].op {
            Op::Property { of, field } => {
                let is_local = matches!(body.nodes[*of].op, Op::Local(local) if local == slot);
                (is_local && matches!(body.nodes[at].ty, Type::Enum(_))).then_some(field)
            }
            _ => None,
        };
        let position = |at: HirIdx| match &body.nodes[at].op {
            Op::Constant(Value::Enum(_, position)) => Some(*position),
            _ => None,
        };
        match &body.nodes[test].op {
            Op::And(left, right) => {
                let left = self.passing(body, *left, slot);
                let right = self.passing(body, *right, slot);
                left.into_iter().chain(right).min()
            }
            Op::Binary { operator: Operator::Equal, left, right } => {
                let (field, value) = match (of_slot(*left), of_slot(*right)) {
                    (Some(field), None) => (field, *right),
                    (None, Some(field)) => (field, *left),
                    _ => return None,
                };
                // What it is compared with must be the same for every member.
                let reads_member = match &body.nodes[value].op {
                    Op::Local(local) => *local == slot,
                    Op::Constant(_) | Op::Parameter(_) => false,
                    _ => true,
                };
                (!reads_member).then(|| self.counts.having(field, position(value)))
            }
            Op::Binary { operator: Operator::In, left, right } => {
                let field = of_slot(*left)?;
                let Op::List(items) = &body.nodes[*right].op else { return None };
                let positions: Option<Vec<u32>> =
                    items.iter().map(|item| position(*item)).collect();
                let counts = positions?.into_iter().map(|p| self.counts.having(field, Some(p)));
                Some(counts.fold(0, u64::saturating_add))
            }
            _ => None,
        }
    }

    fn let_value(&mut self, frame: &Frame<'c>, position: usize) -> Size {
        let Some((body, known)) = self.lets.get(position).copied() else { return Size::default() };
        let size = known.unwrap_or_else(|| {
            let inside = std::mem::take(&mut self.inside);
            let size = self.top(body);
            self.inside = inside;
            size
        });
        if let Some(place) = self.lets.get_mut(position) {
            place.1 = Some(size);
        }
        // It has one value per subject, and a subject comes by as often as it does here.
        let subject = frame.locals.first().map_or(frame.times, |subject| subject.repeat);
        size.again(subject, frame.times)
    }

    fn define(
        &mut self,
        frame: &mut Frame<'c>,
        of: HirIdx,
        definition: &PerKind<DefinitionIdx>,
        args: &[HirIdx],
    ) -> Size {
        let of = self.node(frame, of);
        let mut arguments = vec![of];
        arguments.extend(args.iter().map(|arg| self.node(frame, *arg)));
        let mut all = Size::default();
        for (kind, definition) in definition {
            let size = if args.is_empty() {
                self.defined(*definition, &KindSet::one(*kind)).again(of.repeat, frame.times)
            } else {
                self.called(*definition, &arguments, frame.times)
            };
            all = all.either(size);
        }
        all
    }

    /// A definition without arguments, for every element of its kind.
    fn defined(&mut self, definition: DefinitionIdx, kind: &KindSet) -> Size {
        if let Some(size) = self.defined.get(&definition) {
            return *size;
        }
        let Some(body) = &self.packs.definitions[definition].body else { return Size::default() };
        let times = self.counts.elements(kind);
        self.inside += 1;
        let size = self.body(body, vec![Size::single(times, 1)], times);
        self.inside -= 1;
        self.defined.insert(definition, size);
        size
    }

    fn called(&mut self, definition: DefinitionIdx, arguments: &[Size], times: u64) -> Size {
        let key = (definition, times, arguments.to_vec());
        if let Some((steps, size)) = self.called.get(&key).copied() {
            self.steps = self.steps.saturating_add(steps);
            return size;
        }
        let Some(body) = &self.packs.definitions[definition].body else { return Size::default() };
        let before = self.steps;
        self.inside += 1;
        let size = self.body(body, arguments.to_vec(), times);
        self.inside -= 1;
        self.called.insert(key, (self.steps.saturating_sub(before), size));
        size
    }

    fn binary(
        &mut self,
        operator: Operator,
        left: Size,
        right: Size,
        ty: &Type,
        times: u64,
    ) -> Size {
        match (operator, ty) {
            (Operator::Add, Type::List(_)) => self.yields(left.and(right)),
            (Operator::Add, Type::Text) => {
                self.text(left.weight.saturating_add(right.weight), times)
            }
            (Operator::In, _) => {
                self.spend(right.total);
                Size::single(times, times)
            }
            _ => {
                // Lists are compared member by member; to compare anything else takes no step of its own.
                self.spend(left.total.saturating_sub(times));
                self.spend(right.total.saturating_sub(times));
                Size::single(times, times)
            }
        }
    }
}

/// The `let`s of a rule, none of them counted yet.
fn lets_of(rule: &TypedRule) -> Vec<(&Body, Option<Size>)> {
    rule.lets.iter().map(|(_, body)| (body, None)).collect()
}

/// The kinds of an element, or of the elements of a list.
fn kinds_of(ty: &Type) -> KindSet {
    match ty {
        Type::Element(kinds) => kinds.clone(),
        Type::List(member) | Type::Optional(member) => kinds_of(member),
        _ => KindSet::default(),
    }
}

fn set(frame: &mut Frame<'_>, slot: usize, size: Size) {
    if let Some(place) = frame.locals.get_mut(slot) {
        *place = size;
    }
}

/// Text and lists of a value as constants and parameters hold it.
fn extent(value: &Value) -> (u64, u64) {
    let length = |length: usize| u64::try_from(length).unwrap_or(u64::MAX);
    match value {
        Value::Text(text) => (1, length(text.len()).max(1)),
        Value::List(items) => {
            let weight = items.iter().map(|item| {
                let (most, weight) = extent(item);
                most.saturating_mul(weight)
            });
            (length(items.len()), weight.max().unwrap_or(1))
        }
        Value::Map(entries) => {
            let weight = entries.iter().map(|(_, value)| {
                let (most, weight) = extent(value);
                most.saturating_mul(weight)
            });
            (length(entries.len()), weight.max().unwrap_or(1))
        }
        _ => (1, 1),
    }
}
