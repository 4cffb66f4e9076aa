//! From checked rules to plans.

mod calls;
mod expression;
mod lists;

use rustc_hash::FxHashMap;

use super::automaton::{self, RouteIdx, Test, Track};
use super::node::{Keep, MOST_VARIABLES, Node, Plan, PlanIdx, RulePlan};
use crate::cel::ast::Operator;
use crate::hir::{self, Body, DefinitionIdx, HirIdx, Op, PathIdx, Route};
use crate::metamodel::{KindIdx, KindSet, Vocabulary};
use crate::typing::{Subject, TypedPacks, TypedRule};
use crate::value::{Type, Value};

/// Operators that may be run for one element to compute a part. One that would take more, as it uses the same
/// names over and over, is left to the plain evaluator.
const MOST_OPERATORS: u32 = 20_000;

/// The plans of all rules.
pub(crate) fn lower(packs: &TypedPacks, vocabulary: &Vocabulary) -> Plan {
    let mut lowering = Lowering {
        packs,
        vocabulary,
        plan: Plan::default(),
        definitions: FxHashMap::default(),
        calls: FxHashMap::default(),
        paths: FxHashMap::default(),
        lets: Vec::new(),
        subject: None,
        programmes: FxHashMap::default(),
    };
    for rule in &packs.rules {
        let plan = lowering.rule(rule);
        lowering.plan.rules.push(plan);
    }
    lowering.plan
}

/// What an expression becomes: optionals are taken apart, so that no operator yields one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Lowered {
    One(PlanIdx),
    List(PlanIdx),
    Optional {
        /// Whether it has a value.
        present: PlanIdx,
        value: PlanIdx,
        is_list: bool,
    },
}

struct Lowering<'t> {
    packs: &'t TypedPacks,
    vocabulary: &'t Vocabulary,
    plan: Plan,
    /// Definitions without arguments, about variable 0.
    definitions: FxHashMap<DefinitionIdx, Lowered>,
    /// Definitions with arguments, by these.
    calls: FxHashMap<(DefinitionIdx, Vec<Lowered>), Lowered>,
    /// Paths, where they have an operator.
    paths: FxHashMap<PathIdx, Option<RouteIdx>>,
    /// Of the rule at hand.
    lets: Vec<Let<'t>>,
    /// The kinds of the rule at hand.
    subject: Option<KindSet>,
    /// Paths to programmes, by kind.
    programmes: FxHashMap<KindIdx, Option<RouteIdx>>,
}

struct Let<'t> {
    body: &'t Body,
    /// Whether it is used more than once per element.
    is_reused: bool,
    lowered: Option<Lowered>,
}

/// An expression on its way: what its slots hold, each with the number of variables there were then.
struct Scope<'b> {
    body: &'b Body,
    slots: Vec<Option<(Lowered, usize)>>,
    /// How many variables there are.
    depth: usize,
}

impl<'b> Scope<'b> {
    fn new(body: &'b Body, slots: Vec<Lowered>, depth: usize) -> Self {
        let mut slots: Vec<_> = slots.into_iter().map(|value| Some((value, depth))).collect();
        slots.resize(body.slots.max(slots.len()), None);
        Self { body, slots, depth }
    }

    fn set(&mut self, slot: usize, value: Option<(Lowered, usize)>) {
        if let Some(place) = self.slots.get_mut(slot) {
            *place = value;
        }
    }
}

impl<'t> Lowering<'t> {
    fn rule(&mut self, rule: &'t TypedRule) -> RulePlan {
        let reused = reused_lets(rule);
        let lets = rule.lets.iter().enumerate();
        self.lets = lets
            .map(|(position, (_, body))| Let {
                body,
                is_reused: reused.contains(&position),
                lowered: None,
            })
            .collect();
        self.subject = match &rule.subject {
            Subject::Each(kinds) => Some(kinds.clone()),
            Subject::Model => None,
        };
        let mut applies = self.due(rule);
        if let Some(when) = &rule.when {
            let when = self.condition(when);
            applies = self.plan.and(applies, when);
        }
        let require = self.condition(&rule.require);
        RulePlan { applies, require }
    }

    fn condition(&mut self, body: &'t Body) -> PlanIdx {
        let subject = self.subject_variable();
        let mut scope = Scope::new(body, vec![subject], 1);
        match self.expression(&mut scope, body.root) {
            Lowered::One(node) => node,
            Lowered::List(_) | Lowered::Optional { .. } => self.slow("a condition that is no bool"),
        }
    }

    fn subject_variable(&mut self) -> Lowered {
        Lowered::One(self.plan.add(Node::Variable { out: 0, known: true }))
    }

    /// Whether a programme of the element has reached the rule's phase, or its gate is asked for.
    fn due(&mut self, rule: &TypedRule) -> PlanIdx {
        let vocabulary = self.vocabulary;
        let opened = |gate: u32| {
            let values = &vocabulary.enumerations[vocabulary.gate?].values;
            values.get(usize::try_from(gate).ok()?)?.opens
        };
        let from = rule.from.or_else(|| rule.gate.and_then(opened));
        let Some(kinds) = self.subject.clone() else { return self.plan.truth(true) };
        if from.is_none() && rule.gate.is_none() {
            return self.plan.truth(true);
        }
        let reached = self.has_reached(from);
        let asked = match rule.gate {
            Some(gate) => self.plan.add(Node::GateIs(gate)),
            None => self.plan.truth(false),
        };
        let body = self.plan.or(asked, reached);
        let mut cases: Vec<(KindIdx, PlanIdx)> = Vec::new();
        for kind in kinds.iter() {
            let case = match self.programmes(kind) {
                Ok(Some(route)) => {
                    let of = self.plan.add(Node::Variable { out: 0, known: true });
                    let due = Node::SomeReached { of, route, history: false, body };
                    let due = self.plan.add(due);
                    self.plan.once(due, Some(KindSet::one(kind)), Keep::Run)
                }
                Ok(None) => self.plan.truth(false),
                Err(slow) => slow,
            };
            cases.push((kind, case));
        }
        self.by_kind(&cases)
    }

    /// Of a programme: whether it has reached a phase.
    fn has_reached(&mut self, from: Option<u32>) -> PlanIdx {
        let vocabulary = self.vocabulary;
        let phases: Box<[_]> = vocabulary
            .kinds
            .indices()
            .filter_map(|kind| Some((kind, vocabulary.property_of(kind, "phase")?)))
            .collect();
        let kinds: KindSet = phases.iter().map(|(kind, _)| *kind).collect();
        let of = self.plan.add(Node::Variable { out: 0, known: true });
        let is = self.plan.add(Node::Is { of, kinds });
        let phase = self.plan.add(Node::Property { of, field: phases });
        let reached = match (from, vocabulary.phase) {
            (Some(from), Some(enumeration)) => {
                let from = self.plan.constant(&Value::Enum(enumeration, from));
                let right = self.plan.add(Node::Constant(from));
                let operator = Operator::GreaterOrEqual;
                self.plan.add(Node::Compare { operator, left: phase, right })
            }
            _ => self.plan.add(Node::Known(phase)),
        };
        self.plan.and(is, reached)
    }

    /// The path from an element of the kind to its programmes; an operator that says so where there is none
    /// for it.
    fn programmes(&mut self, kind: KindIdx) -> Result<Option<RouteIdx>, PlanIdx> {
        let packs = self.packs;
        let Some(route) = &packs.programmes[kind] else { return Ok(None) };
        if let Some(known) = self.programmes.get(&kind) {
            return known.map(Some).ok_or_else(|| self.slow("a path that is very large"));
        }
        let made = self.route(route);
        self.programmes.insert(kind, made.ok());
        made.map(Some)
    }

    /// A path of the rule set.
    fn path(&mut self, path: PathIdx) -> Option<RouteIdx> {
        if let Some(known) = self.paths.get(&path) {
            return *known;
        }
        let packs = self.packs;
        let made = self.route(&packs.paths[path].route).ok();
        self.paths.insert(path, made);
        made
    }

    fn by_kind(&mut self, cases: &[(KindIdx, PlanIdx)]) -> PlanIdx {
        match cases {
            [(_, only)] => *only,
            [(_, first), rest @ ..] if rest.iter().all(|(_, other)| other == first) => *first,
            cases => self.plan.add(Node::ByKind(cases.into())),
        }
    }

    /// A path as an automaton.
    fn route(&mut self, route: &Route) -> Result<RouteIdx, PlanIdx> {
        let track = self.track(route)?;
        match automaton::automaton(&track, self.vocabulary, &mut self.plan.cores) {
            Some(automaton) => Ok(self.plan.routes.push(automaton)),
            None => Err(self.slow("a path that is very large")),
        }
    }

    fn track(&mut self, route: &Route) -> Result<Track, PlanIdx> {
        let parts = |lowering: &mut Self, parts: &[Route]| {
            parts.iter().map(|part| lowering.track(part)).collect::<Result<Vec<_>, _>>()
        };
        Ok(match route {
            Route::Step { relation, inverse } => {
                Track::Step { relation: *relation, inverse: *inverse }
            }
            Route::Sequence(all) => Track::Sequence(parts(self, all)?),
            Route::Alternative(all) => Track::Alternative(parts(self, all)?),
            Route::Repeat(inner, repeat) => Track::Repeat(Box::new(self.track(inner)?), *repeat),
            Route::OfKind(inner, kinds) => {
                Track::Guarded(Box::new(self.track(inner)?), Test::OfKinds(kinds.clone()))
            }
            Route::Where(inner, test) => {
                let inner = Box::new(self.track(inner)?);
                let holds = self.test(test);
                if self.plan.traits[holds].fallible {
                    return Err(self.slow("a path whose filter may go wrong"));
                }
                Track::Guarded(inner, Test::Holds(holds))
            }
        })
    }

    /// What a path asks of an element; kinds without an answer are dropped.
    fn test(&mut self, test: &hir::Test) -> PlanIdx {
        let of = self.plan.add(Node::Variable { out: 0, known: true });
        let (kinds, holds) = match test {
            hir::Test::Property(field) => {
                let kinds = field.iter().map(|(kind, _)| *kind).collect();
                (kinds, self.plan.add(Node::Property { of, field: field.clone() }))
            }
            hir::Test::Definition(field) => {
                let kinds: KindSet = field.iter().map(|(kind, _)| *kind).collect();
                let mut cases = Vec::new();
                for (kind, definition) in field {
                    cases.push((
                        *kind,
                        match self.definition(*definition) {
                            Lowered::One(holds) => holds,
                            _ => self.slow("a filter that is no bool"),
                        },
                    ));
                }
                (kinds, self.by_kind(&cases))
            }
        };
        let is = self.plan.add(Node::Is { of, kinds });
        self.plan.and(is, holds)
    }

    /// A definition without arguments, of variable 0.
    fn definition(&mut self, index: DefinitionIdx) -> Lowered {
        if let Some(known) = self.definitions.get(&index) {
            return *known;
        }
        let packs = self.packs;
        let definition = &packs.definitions[index];
        let Some(body) = &definition.body else {
            return Lowered::One(self.slow("a definition that failed its check"));
        };
        let subject = self.subject_variable();
        let mut scope = Scope::new(body, vec![subject], 1);
        let lowered = self.expression(&mut scope, body.root);
        let kinds = Some(KindSet::one(definition.kind));
        let lowered = self.kept(lowered, kinds, Keep::Run);
        self.definitions.insert(index, lowered);
        lowered
    }

    /// A `let` of the rule, of variable 0.
    fn let_value(&mut self, position: usize) -> Lowered {
        let Some(Let { body, is_reused, lowered }) = self.lets.get(position) else {
            return Lowered::One(self.slow("a let that isn't there"));
        };
        if let Some(lowered) = lowered {
            return *lowered;
        }
        let (body, is_reused) = (*body, *is_reused);
        let subject = self.subject_variable();
        let mut scope = Scope::new(body, vec![subject], 1);
        let mut lowered = self.expression(&mut scope, body.root);
        if is_reused {
            let kinds = self.subject.clone();
            lowered = self.kept(lowered, kinds, Keep::Element);
        }
        if let Some(place) = self.lets.get_mut(position) {
            place.lowered = Some(lowered);
        }
        lowered
    }

    fn kept(&mut self, lowered: Lowered, kinds: Option<KindSet>, keep: Keep) -> Lowered {
        match lowered {
            Lowered::One(node) => Lowered::One(self.plan.once(node, kinds, Keep::Run)),
            Lowered::List(node) => Lowered::List(self.plan.once(node, kinds, keep)),
            Lowered::Optional { present, value, is_list } => Lowered::Optional {
                present: self.plan.once(present, kinds.clone(), Keep::Run),
                value: self.plan.once(value, kinds, if is_list { keep } else { Keep::Run }),
                is_list,
            },
        }
    }

    /// The same, where variables have come in between.
    fn raised(&mut self, lowered: Lowered, by: usize) -> Lowered {
        match lowered {
            Lowered::One(node) => Lowered::One(self.plan.out(node, by)),
            Lowered::List(node) => Lowered::List(self.plan.out(node, by)),
            Lowered::Optional { present, value, is_list } => Lowered::Optional {
                present: self.plan.out(present, by),
                value: self.plan.out(value, by),
                is_list,
            },
        }
    }

    fn slow(&mut self, why: &str) -> PlanIdx {
        self.plan.slow(why.to_owned())
    }

    /// No operator for a node: as what its type asks for.
    fn slow_at(&mut self, scope: &Scope<'_>, at: HirIdx, why: &str) -> Lowered {
        let span = scope.body.nodes[at].span;
        let range = usize::try_from(span.start).unwrap_or(0)
            ..usize::try_from(span.end).unwrap_or(usize::MAX);
        let text = scope.body.text.get(range).unwrap_or_default();
        let slow = self.plan.slow(format!("{why}: {text}"));
        match &scope.body.nodes[at].ty {
            Type::List(_) => Lowered::List(slow),
            Type::Optional(inner) => Lowered::Optional {
                present: slow,
                value: slow,
                is_list: matches!(**inner, Type::List(_)),
            },
            _ => Lowered::One(slow),
        }
    }

    /// Lowers an operand with a variable that is a list.
    fn inside_list(&mut self, scope: &mut Scope<'_>, slot: usize, body: HirIdx) -> Lowered {
        if scope.depth >= MOST_VARIABLES {
            return self.slow_at(scope, body, "too many variables inside each other");
        }
        scope.depth += 1;
        let list = Lowered::List(self.plan.add(Node::Variable { out: 0, known: true }));
        scope.set(slot, Some((list, scope.depth)));
        let lowered = self.expression(scope, body);
        scope.set(slot, None);
        scope.depth -= 1;
        lowered
    }

    /// Lowers an operand with a variable for the member that it is about.
    fn inside(&mut self, scope: &mut Scope<'_>, slot: usize, known: bool, body: HirIdx) -> Lowered {
        if scope.depth >= MOST_VARIABLES {
            return self.slow_at(scope, body, "too many variables inside each other");
        }
        scope.depth += 1;
        let member = Lowered::One(self.plan.add(Node::Variable { out: 0, known }));
        scope.set(slot, Some((member, scope.depth)));
        let lowered = self.expression(scope, body);
        scope.set(slot, None);
        scope.depth -= 1;
        lowered
    }
}

/// The `let`s that are used more than once per element, or once per member of a list.
fn reused_lets(rule: &TypedRule) -> Vec<usize> {
    let mut uses = vec![0_usize; rule.lets.len()];
    for body in rule.conditions() {
        for (at, node) in body.nodes.enumerate() {
            if let Op::Let(position) = node.op
                && let Some(count) = uses.get_mut(position)
            {
                *count += if is_inside_a_list(body, at) { 2 } else { 1 };
            }
        }
    }
    let reused = uses.iter().enumerate().filter(|(_, count)| **count > 1);
    reused.map(|(position, _)| position).collect()
}

/// Whether the node is computed once per member of some list.
fn is_inside_a_list(body: &Body, wanted: HirIdx) -> bool {
    fn look(body: &Body, at: HirIdx, wanted: HirIdx, inside: bool) -> bool {
        if at == wanted {
            return inside;
        }
        let bound_from = match &body.nodes[at].op {
            Op::Bind { .. } | Op::OptionalMap { .. } => None,
            op => op.binds().map(|(_, list)| list),
        };
        body.nodes[at].op.operands().into_iter().any(|operand| {
            let inside = inside || bound_from.is_some_and(|list| list != operand);
            look(body, operand, wanted, inside)
        })
    }
    look(body, body.root, wanted, false)
}
