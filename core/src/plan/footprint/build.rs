//! From checked rules to their footprint: every condition gone through once, with places for values.
//!
//! A definition or path has places of its own that all its users share, so that the footprint grows with what
//! packs write down and not with how often it is used.

use std::rc::Rc;

use rustc_hash::FxHashMap;

use super::turns::{Comparisons, Dates, Found, Turn};
use super::{Footprint, Origin, Passing, Place, PlaceIdx, Role};
use crate::cel::ast::Operator;
use crate::hir::{Body, DefinitionIdx, HirIdx, Op, PathIdx, PerKind, Quantifier, Route, Test};
use crate::index::IndexVec;
use crate::metamodel::{KindIdx, KindSet, PropertyIdx, RelationIdx, Vocabulary};
use crate::path::Repeat;
use crate::typing::{MessagePiece, Subject, TypedPacks, TypedRule};
use crate::value::Value;

pub(super) fn build(v: &Vocabulary, packs: &TypedPacks) -> Footprint {
    let mut cx = Cx {
        v,
        packs,
        all: v.kinds.indices().collect(),
        footprint: Footprint::default(),
        steps: FxHashMap::default(),
        narrowed: FxHashMap::default(),
        passing: FxHashMap::default(),
        definitions: FxHashMap::default(),
        paths: FxHashMap::default(),
        homes: FxHashMap::default(),
    };
    for (position, rule) in packs.rules.iter().enumerate() {
        cx.rule(position, rule);
    }
    let noted = cx.place(Role::Deviation, cx.all.clone());
    cx.told(&[noted]);
    cx.belongs(noted, Home::Told);
    cx.finish()
}

/// The places where a value may be: elements at `ends`, or links that lead there from `starts`.
#[derive(Debug, Clone, Default)]
struct Where {
    ends: Vec<PlaceIdx>,
    starts: Vec<PlaceIdx>,
}

impl Where {
    fn and(mut self, other: &Self) -> Self {
        self.ends.extend(&other.ends);
        self.starts.extend(&other.starts);
        for places in [&mut self.ends, &mut self.starts] {
            places.sort_unstable();
            places.dedup();
        }
        self
    }
}

/// Something with places of its own that its users share.
#[derive(Debug)]
struct Shared {
    /// Itself as a whole; comes from its users.
    whole: PlaceIdx,
    /// What is handed to it, its subject first.
    arguments: Vec<Where>,
    result: Where,
}

/// What the way to an element's programmes is walked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Home {
    /// To tell to which it belongs.
    Told,
    /// To know in which phase they are.
    Phase,
}

struct Cx<'a> {
    v: &'a Vocabulary,
    packs: &'a TypedPacks,
    all: KindSet,
    footprint: Footprint,
    steps: FxHashMap<(PlaceIdx, RelationIdx, bool), PlaceIdx>,
    narrowed: FxHashMap<(PlaceIdx, KindSet), PlaceIdx>,
    passing: FxHashMap<(PlaceIdx, Passing), PlaceIdx>,
    definitions: FxHashMap<DefinitionIdx, Rc<Shared>>,
    paths: FxHashMap<PathIdx, Rc<Shared>>,
    homes: FxHashMap<(KindIdx, Home), PlaceIdx>,
}

/// One condition that is gone through.
struct Frame<'f> {
    body: &'f Body,
    /// The rule, definition or path that it is of.
    whole: PlaceIdx,
    locals: Vec<Where>,
    /// The slots of what is handed to a definition.
    given: Vec<usize>,
    lets: Vec<Where>,
    known: IndexVec<HirIdx, Option<Where>>,
}

impl<'a> Cx<'a> {
    fn rule(&mut self, position: usize, rule: &'a TypedRule) {
        let whole = self.place(Role::Rule(position), KindSet::default());
        let mut subject = Where::default();
        if let Subject::Each(kinds) = &rule.subject {
            let place = self.place(Role::Subject(position), kinds.clone());
            self.told(&[place]);
            self.belongs(place, Home::Told);
            if rule.from.is_some() || rule.gate.is_some() {
                self.belongs(place, Home::Phase);
            }
            subject.ends.push(place);
        }
        // Each sees those before it.
        let mut lets = Vec::with_capacity(rule.lets.len());
        for (_, body) in &rule.lets {
            let value = self.body(body, std::slice::from_ref(&subject), &lets, whole);
            lets.push(value);
        }
        let subject = std::slice::from_ref(&subject);
        for body in rule.when.iter().chain([&rule.require]) {
            self.body(body, subject, &lets, whole);
        }
        self.witnesses(&rule.require, subject, &lets, whole);
        let whole = self.place(Role::Told(position), KindSet::default());
        for (_, pieces) in &rule.message {
            for piece in pieces {
                if let MessagePiece::Value(body) = piece {
                    let value = self.body(body, subject, &lets, whole);
                    self.told(&value.ends);
                }
            }
        }
    }

    /// The elements that a verdict names as its witnesses.
    fn witnesses(&mut self, body: &'a Body, subject: &[Where], lets: &[Where], whole: PlaceIdx) {
        let mut frame = Self::frame(body, subject, lets, whole);
        self.node(&mut frame, body.root);
        let mut waiting = vec![body.root];
        while let Some(at) = waiting.pop() {
            match &body.nodes[at].op {
                Op::Not(_) | Op::And(..) | Op::Or(..) => {
                    waiting.extend(body.nodes[at].op.operands());
                }
                Op::Quantify { range, .. } => {
                    let range = self.node(&mut frame, *range);
                    self.told(&range.ends);
                }
                _ => {}
            }
        }
    }

    /// Makes the programmes of the elements at a place part of what is read.
    fn belongs(&mut self, subject: PlaceIdx, home: Home) {
        for kind in self.footprint.places[subject].kinds.clone().iter() {
            let Some(route) = &self.packs.programmes[kind] else { continue };
            let start = match self.homes.get(&(kind, home)) {
                Some(start) => *start,
                None => {
                    let start = self.place(Role::Part, KindSet::one(kind));
                    self.homes.insert((kind, home), start);
                    // Metamodels define nothing that asks for the date: no whole is needed.
                    let whole = self.place(Role::Part, KindSet::default());
                    let programmes = self.route(route, vec![start], whole);
                    if home == Home::Phase {
                        let fields = self
                            .all
                            .iter()
                            .filter_map(|kind| Some((kind, self.v.property_of(kind, "phase")?)));
                        let fields: PerKind<PropertyIdx> = fields.collect();
                        self.read(&programmes, &fields);
                    }
                    start
                }
            };
            self.come(start, Origin::Same(subject));
        }
    }

    fn body(
        &mut self,
        body: &'a Body,
        arguments: &[Where],
        lets: &[Where],
        whole: PlaceIdx,
    ) -> Where {
        let mut frame = Self::frame(body, arguments, lets, whole);
        self.node(&mut frame, body.root)
    }

    fn frame<'f>(
        body: &'f Body,
        arguments: &[Where],
        lets: &[Where],
        whole: PlaceIdx,
    ) -> Frame<'f> {
        let mut locals = arguments.to_vec();
        locals.resize(body.slots.max(locals.len()), Where::default());
        let known = body.nodes.iter().map(|_| None).collect();
        Frame { body, whole, locals, given: Vec::new(), lets: lets.to_vec(), known }
    }

    fn node(&mut self, frame: &mut Frame<'a>, at: HirIdx) -> Where {
        if let Some(known) = &frame.known[at] {
            return known.clone();
        }
        let found = self.compute(frame, at);
        frame.known[at] = Some(found.clone());
        found
    }

    /// Where a node's value may be. Every part is gone through, for what it reads.
    fn compute(&mut self, frame: &mut Frame<'a>, at: HirIdx) -> Where {
        let body = frame.body;
        let op = &body.nodes[at].op;
        // What members are seen as: only those that pass a test are looked at further.
        let mut bound = Where::default();
        if let Some((slot, from)) = op.binds() {
            let value = self.node(frame, from);
            let value = match tested(body, op) {
                Some(passing) if value.starts.is_empty() => self.passing(&value.ends, &passing),
                _ => value,
            };
            bound.clone_from(&value);
            if let Some(place) = frame.locals.get_mut(slot) {
                *place = value;
            }
        }
        if let Op::Binary { operator, left, right } = op
            && let Some(found) = self.comparisons(frame).find(*operator, *left, *right)
        {
            self.turn(frame, found);
            return Where::default();
        }
        let operands = op.operands().into_iter().map(|operand| {
            // What a definition does with the date is looked at there.
            if matches!(op, Op::Define { .. }) && self.comparisons(frame).is_today(operand) {
                return Where::default();
            }
            self.node(frame, operand)
        });
        let operands: Vec<Where> = operands.collect();
        let first = || operands.first().cloned().unwrap_or_default();
        let last = || operands.last().cloned().unwrap_or_default();
        match op {
            Op::Local(slot) => {
                if self.comparisons(frame).is_today(at) {
                    self.footprint.today.push(frame.whole);
                }
                frame.locals.get(*slot).cloned().unwrap_or_default()
            }
            Op::Let(position) => frame.lets.get(*position).cloned().unwrap_or_default(),
            Op::Today => {
                self.footprint.today.push(frame.whole);
                Where::default()
            }
            Op::Property { field, .. } => {
                self.read(&first().ends, field);
                Where::default()
            }
            Op::LinkProperty { property, .. } => {
                // Cells of a link change with the link, which is read where the relation is followed.
                if self.v.properties[*property].absent.is_none() {
                    let link = first();
                    self.told(&link.ends);
                    self.told(&link.starts);
                }
                Where::default()
            }
            Op::LinkEnd { target, .. } => {
                let Where { ends, starts } = first();
                Where { ends: if *target { ends } else { starts }, starts: Vec::new() }
            }
            Op::Navigate { relation, inverse, .. } => {
                let ends = self.step(&first().ends, *relation, *inverse);
                Where { ends, starts: Vec::new() }
            }
            Op::NavigateOne { relation, .. } => {
                let from = first().ends;
                self.told(&from);
                Where { ends: self.step(&from, *relation, false), starts: Vec::new() }
            }
            Op::Links { relation, inverse, .. } => {
                let starts = first().ends;
                Where { ends: self.step(&starts, *relation, *inverse), starts }
            }
            Op::Path { path, .. } => {
                let of = first();
                let mut found = Where::default();
                for (kind, path) in path {
                    let shared = self.path(*kind, *path);
                    self.use_shared(&shared, frame.whole, std::slice::from_ref(&of));
                    found = found.and(&shared.result);
                }
                found
            }
            Op::Section { kind, .. } => {
                Where { ends: vec![self.section(frame.whole, *kind)], starts: Vec::new() }
            }
            Op::Define { definition, .. } => {
                let mut found = Where::default();
                for (_, definition) in definition {
                    let shared = self.definition(*definition);
                    self.use_shared(&shared, frame.whole, &operands);
                    found = found.and(&shared.result);
                }
                found
            }
            Op::Of { kinds, .. } => {
                let of = first();
                Where { ends: self.narrow(&of.ends, kinds), starts: of.starts }
            }
            Op::Spread { .. } | Op::OptionalMap { .. } | Op::Map { .. } | Op::Bind { .. } => last(),
            Op::Filter { .. } => bound,
            Op::SortBy { .. } | Op::Index { .. } => first(),
            Op::Recorded { .. } | Op::Quantify { .. } => Where::default(),
            Op::OptionalRead { .. } => first(),
            // Whatever comes out of these went into them.
            Op::Constant(_)
            | Op::Parameter(_)
            | Op::Gate
            | Op::Id { .. }
            | Op::Is { .. }
            | Op::Not(_)
            | Op::Negate(_)
            | Op::Binary { .. }
            | Op::And(..)
            | Op::Or(..)
            | Op::Conditional { .. }
            | Op::List(_)
            | Op::Call { .. } => operands.iter().fold(Where::default(), Where::and),
        }
    }

    fn comparisons<'f>(&self, frame: &'f Frame<'a>) -> Comparisons<'f>
    where
        'a: 'f,
    {
        Comparisons { v: self.v, packs: self.packs, body: frame.body, given: &frame.given }
    }

    /// A comparison with the date reads a date, and not the date as such.
    fn turn(&mut self, frame: &mut Frame<'a>, found: Found) {
        let Found { read, dates, shift } = found;
        self.node(frame, read);
        for operand in frame.body.nodes[read].op.operands() {
            let of = self.node(frame, operand);
            let places = match &dates {
                Dates::OfElements(_) => of.ends,
                Dates::OfLinks { .. } => of.starts,
            };
            let turn = Turn { places, dates: dates.clone(), shift: shift.clone() };
            if !self.footprint.turns.contains(&turn) {
                self.footprint.turns.push(turn);
            }
        }
        if let Some((_, field)) = &shift.days {
            let Dates::OfElements(_) = &dates else { return };
            for operand in frame.body.nodes[read].op.operands() {
                let of = self.node(frame, operand);
                self.read(&of.ends, field);
            }
        }
    }

    fn definition(&mut self, definition: DefinitionIdx) -> Rc<Shared> {
        if let Some(shared) = self.definitions.get(&definition) {
            return Rc::clone(shared);
        }
        let packs = self.packs;
        let declared = &packs.definitions[definition];
        let whole = self.place(Role::Part, KindSet::default());
        let subject = self.place(Role::Part, KindSet::one(declared.kind));
        let mut arguments = vec![Where { ends: vec![subject], starts: Vec::new() }];
        let mut result = Where::default();
        if let Some(body) = &declared.body {
            // Slots after the subject: arguments first, then what macros bind.
            for _ in 1..body.slots {
                let (ends, starts) = (
                    self.place(Role::Part, self.all.clone()),
                    self.place(Role::Part, self.all.clone()),
                );
                arguments.push(Where { ends: vec![ends], starts: vec![starts] });
            }
            let mut frame = Self::frame(body, &arguments, &[], whole);
            let is_bound = |slot: &usize| {
                body.nodes
                    .iter()
                    .any(|node| node.op.binds().is_some_and(|(bound, _)| bound == *slot))
            };
            frame.given = (1..body.slots).filter(|slot| !is_bound(slot)).collect();
            result = self.node(&mut frame, body.root);
        }
        let shared = Rc::new(Shared { whole, arguments, result });
        self.definitions.insert(definition, Rc::clone(&shared));
        shared
    }

    fn path(&mut self, kind: KindIdx, path: PathIdx) -> Rc<Shared> {
        if let Some(shared) = self.paths.get(&path) {
            return Rc::clone(shared);
        }
        let packs = self.packs;
        let whole = self.place(Role::Part, KindSet::default());
        let start = self.place(Role::Part, KindSet::one(kind));
        let ends = self.route(&packs.paths[path].route, vec![start], whole);
        let shared = Rc::new(Shared {
            whole,
            arguments: vec![Where { ends: vec![start], starts: Vec::new() }],
            result: Where { ends, starts: Vec::new() },
        });
        self.paths.insert(path, Rc::clone(&shared));
        shared
    }

    fn use_shared(&mut self, shared: &Shared, whole: PlaceIdx, given: &[Where]) {
        self.come(shared.whole, Origin::Same(whole));
        for (argument, given) in shared.arguments.iter().zip(given) {
            for (into, from) in [(&argument.ends, &given.ends), (&argument.starts, &given.starts)] {
                for into in into {
                    for from in from {
                        self.come(*into, Origin::Same(*from));
                    }
                }
            }
        }
    }

    /// Where a path leads to.
    fn route(&mut self, route: &'a Route, from: Vec<PlaceIdx>, whole: PlaceIdx) -> Vec<PlaceIdx> {
        match route {
            Route::Step { relation, inverse } => self.step(&from, *relation, *inverse),
            Route::Sequence(parts) => {
                parts.iter().fold(from, |at, part| self.route(part, at, whole))
            }
            Route::Alternative(parts) => {
                let mut all = Vec::new();
                for part in parts {
                    all.extend(self.route(part, from.clone(), whole));
                }
                all
            }
            Route::Repeat(inner, Repeat::Optional) => {
                let mut all = from.clone();
                all.extend(self.route(inner, from, whole));
                all
            }
            Route::Repeat(inner, repeat) => {
                // Where a round starts: at what is given, and at where the one before led.
                let again = self.place(Role::Part, self.all.clone());
                for start in from {
                    self.come(again, Origin::Same(start));
                }
                let reached = self.route(inner, vec![again], whole);
                for place in &reached {
                    self.come(again, Origin::Same(*place));
                }
                if *repeat == Repeat::Any { vec![again] } else { reached }
            }
            Route::OfKind(inner, kinds) => {
                let reached = self.route(inner, from, whole);
                self.narrow(&reached, kinds)
            }
            Route::Where(inner, test) => {
                let reached = self.route(inner, from, whole);
                match test {
                    Test::Property(field) => self.read(&reached, field),
                    Test::Definition(field) => {
                        for (_, definition) in field {
                            let shared = self.definition(*definition);
                            let of = Where { ends: reached.clone(), starts: Vec::new() };
                            self.use_shared(&shared, whole, &[of]);
                        }
                    }
                }
                reached
            }
        }
    }

    fn place(&mut self, role: Role, kinds: KindSet) -> PlaceIdx {
        self.footprint.places.push(Place { role, kinds, origins: Vec::new(), passing: None })
    }

    fn come(&mut self, into: PlaceIdx, origin: Origin) {
        let origins = &mut self.footprint.places[into].origins;
        if !origins.contains(&origin) {
            origins.push(origin);
        }
    }

    /// Where a relation leads to. Equal steps from one place lead to one place.
    fn step(&mut self, from: &[PlaceIdx], relation: RelationIdx, inverse: bool) -> Vec<PlaceIdx> {
        let mut reached = Vec::with_capacity(from.len());
        for from in from {
            let place = match self.steps.get(&(*from, relation, inverse)) {
                Some(place) => *place,
                None => {
                    let kinds = self.footprint.places[*from].kinds.clone();
                    let kinds: KindSet = kinds
                        .iter()
                        .flat_map(|kind| {
                            let targets = self.v.targets(relation, inverse, kind);
                            targets.iter().collect::<Vec<_>>()
                        })
                        .collect();
                    let place = self.place(Role::Part, kinds);
                    self.come(place, Origin::Step { from: *from, relation, inverse });
                    self.steps.insert((*from, relation, inverse), place);
                    place
                }
            };
            reached.push(place);
        }
        reached
    }

    /// Those at the places that are of the kinds.
    fn narrow(&mut self, places: &[PlaceIdx], kinds: &KindSet) -> Vec<PlaceIdx> {
        let mut kept = Vec::new();
        for place in places {
            let all = &self.footprint.places[*place].kinds;
            let some = all.intersection(kinds);
            if some == *all {
                kept.push(*place);
            } else if let Some(known) = self.narrowed.get(&(*place, some.clone())) {
                kept.push(*known);
            } else if !some.is_empty() {
                let narrow = self.place(Role::Part, some.clone());
                self.come(narrow, Origin::Same(*place));
                self.narrowed.insert((*place, some), narrow);
                kept.push(narrow);
            }
        }
        kept
    }

    /// Those at the places that pass a test. What it reads is read of all of them.
    fn passing(&mut self, places: &[PlaceIdx], passing: &Passing) -> Where {
        self.read(places, &passing.field);
        let ends = places.iter().map(|place| {
            if let Some(known) = self.passing.get(&(*place, passing.clone())) {
                return *known;
            }
            let kinds = self.footprint.places[*place].kinds.clone();
            let some = self.place(Role::Part, kinds);
            self.footprint.places[some].passing = Some(passing.clone());
            self.come(some, Origin::Same(*place));
            self.passing.insert((*place, passing.clone()), some);
            some
        });
        Where { ends: ends.collect(), starts: Vec::new() }
    }

    fn section(&mut self, whole: PlaceIdx, kind: KindIdx) -> PlaceIdx {
        let sections = self.footprint.sections.entry(kind).or_default();
        if !sections.contains(&whole) {
            sections.push(whole);
        }
        let origin = Origin::Section(whole);
        let places = &self.footprint.places;
        let kinds = KindSet::one(kind);
        let known = places.enumerate().find(|(_, p)| p.kinds == kinds && p.origins == [origin]);
        if let Some((known, _)) = known {
            return known;
        }
        let place = self.place(Role::Part, kinds);
        self.come(place, origin);
        place
    }

    /// A property of the elements at the places is read. Where it may be missing, the fact is told.
    fn read(&mut self, places: &[PlaceIdx], field: &PerKind<PropertyIdx>) {
        for (kind, property) in field {
            let may_miss = self.v.properties[*property].absent.is_none();
            for place in places {
                if !self.footprint.places[*place].kinds.contains(*kind) {
                    continue;
                }
                self.footprint.properties.entry(*property).or_default().push(*place);
                if may_miss {
                    self.told(&[*place]);
                }
            }
        }
    }

    /// Findings may name the elements at the places.
    fn told(&mut self, places: &[PlaceIdx]) {
        for place in places {
            for kind in self.footprint.places[*place].kinds.clone().iter() {
                if let Some(name) = self.v.property_of(kind, "name") {
                    self.footprint.properties.entry(name).or_default().push(*place);
                }
            }
        }
    }

    /// Fills the tables that follow from the places.
    fn finish(self) -> Footprint {
        let mut footprint = self.footprint;
        footprint.kinds = self.v.kinds.indices().map(|_| Vec::new()).collect();
        for (index, place) in footprint.places.enumerate() {
            for kind in place.kinds.iter() {
                footprint.kinds[kind].push(index);
            }
            for origin in &place.origins {
                if let Origin::Step { from, relation, inverse } = origin {
                    footprint.steps.entry((*relation, *inverse)).or_default().push(*from);
                }
            }
        }
        let mut sort = |places: &mut Vec<PlaceIdx>| {
            places.sort_unstable();
            places.dedup();
        };
        footprint.steps.values_mut().for_each(&mut sort);
        footprint.properties.values_mut().for_each(&mut sort);
        sort(&mut footprint.today);
        footprint
    }
}

/// What members have to be for a condition on them to be true, where that is one of some values of an
/// enumeration. An operand of `&&` that is false decides, whatever the other reads.
fn tested(body: &Body, op: &Op) -> Option<Passing> {
    let (slot, test) = match op {
        Op::Filter { slot, body, .. }
        | Op::Quantify {
            quantifier: Quantifier::Exists | Quantifier::ExistsOne, slot, body, ..
        }
        | Op::Map { slot, filter: Some(body), .. } => (*slot, *body),
        _ => return None,
    };
    test_of(body, test, slot)
}

fn test_of(body: &Body, at: HirIdx, slot: usize) -> Option<Passing> {
    let field = |at: HirIdx| match &body.nodes[at].op {
        Op::Property { of, field } => {
            let is_member = matches!(body.nodes[*of].op, Op::Local(local) if local == slot);
            is_member.then(|| field.clone())
        }
        _ => None,
    };
    let value = |at: HirIdx| match &body.nodes[at].op {
        Op::Constant(Value::Enum(_, position)) => Some(*position),
        _ => None,
    };
    match &body.nodes[at].op {
        Op::And(left, right) => test_of(body, *left, slot).or_else(|| test_of(body, *right, slot)),
        Op::Binary { operator: Operator::Equal, left, right } => {
            let sides = [(*left, *right), (*right, *left)].into_iter();
            let mut found = sides.filter_map(|(of, with)| field(of).zip(value(with)));
            found.next().map(|(field, value)| Passing { field, values: vec![value] })
        }
        Op::Binary { operator: Operator::In, left, right } => {
            let Op::List(items) = &body.nodes[*right].op else { return None };
            let values = items.iter().map(|item| value(*item)).collect::<Option<_>>()?;
            Some(Passing { field: field(*left)?, values })
        }
        _ => None,
    }
}
