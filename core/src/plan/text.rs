//! Plans in words: an operator per line, its operands further in.

use std::fmt::Write;

use rustc_hash::{FxHashMap, FxHashSet};

use super::automaton::{Guard, RouteIdx, State, Test};
use super::node::{Keep, Node, Place, Plan, PlanIdx, Step, operands};
use super::rule::{Rule, as_written};
use crate::hir::{PerKind, Quantifier};
use crate::metamodel::{KindSet, PropertyIdx, Vocabulary};
use crate::typing::used::Used;

impl Rule<'_> {
    /// How the rule is evaluated: the operators of its plan, one per line, with the operands of each further
    /// in. `x0` is what the innermost operator is about, `x1` what the one around it is about, and so on. A
    /// part that stands in several places is written out at the first. `slow path` marks parts without an
    /// operator: rows that they decide are left to the plain evaluator.
    ///
    /// ```
    /// # use spelregel::{Metamodel, Pack, RuleSet, Settings};
    /// # let pack = Pack::shipped("slim-invoeren").ok_or("not shipped")??;
    /// # let rules = RuleSet::compile(&Metamodel::standard(), [pack], &Settings::default())?;
    /// let rule = rules.rule("line-bottlenecks-addressed")?;
    /// assert!(rule.plan().contains("x0.finding_type"));
    /// assert!(rule.slow_parts().is_empty());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn plan(&self) -> String {
        let plan = self.rules().plan();
        let Some(rule) = plan.rules.get(self.position()) else { return String::new() };
        let mut page = Page {
            plan,
            vocabulary: &self.rules().metamodel().0,
            uses: FxHashMap::default(),
            labels: FxHashMap::default(),
            text: String::new(),
        };
        let applies = (plan.as_truth(rule.applies) != Some(true)).then_some(rule.applies);
        for root in applies.into_iter().chain([rule.require]) {
            page.count(root);
        }
        if let Some(applies) = applies {
            page.text.push_str("applies\n");
            page.node(applies, 1);
        }
        page.text.push_str("require\n");
        page.node(rule.require, 1);
        page.text
    }

    /// The parts of its conditions for which there is no operator, each with what it is: where one of them
    /// decides, the plain evaluator is asked. Of shipped rules there are none.
    pub fn slow_parts(&self) -> Vec<&str> {
        let plan = self.rules().plan();
        let mut parts = Vec::new();
        let roots = plan.rules.get(self.position()).map(|rule| [rule.applies, rule.require]);
        let mut left: Vec<PlanIdx> = roots.into_iter().flatten().collect();
        let mut seen: FxHashSet<PlanIdx> = FxHashSet::default();
        while let Some(at) = left.pop() {
            if !plan.traits[at].slow || !seen.insert(at) {
                continue;
            }
            if let Node::Slow(why) = plan.nodes[at] {
                parts.push(plan.slow[why].as_str());
            }
            left.extend(operands(&plan.nodes[at]).into_iter().map(|(operand, _)| operand));
        }
        parts.sort_unstable();
        parts
    }

    /// Whether a part of its conditions is a text, or holds some.
    #[doc(hidden)]
    pub fn is_about_texts(&self) -> bool {
        let typed = self.rules().typed();
        let mut used = Used::default();
        used.add(typed, self.typed().conditions());
        used.texts
    }
}

struct Page<'p> {
    plan: &'p Plan,
    vocabulary: &'p Vocabulary,
    /// How often each operator stands in the plan.
    uses: FxHashMap<PlanIdx, usize>,
    /// The numbers of those that stand in several places, once they are written out.
    labels: FxHashMap<PlanIdx, usize>,
    text: String,
}

impl Page<'_> {
    fn count(&mut self, at: PlanIdx) {
        let uses = self.uses.entry(at).or_default();
        *uses += 1;
        if *uses == 1 {
            for (operand, _) in self.parts(at) {
                self.count(operand);
            }
        }
    }

    /// The operands that have lines of their own, each with its number of variables.
    fn parts(&self, at: PlanIdx) -> Vec<(PlanIdx, usize)> {
        let mut parts = operands(&self.plan.nodes[at]);
        let tests = match &self.plan.nodes[at] {
            Node::SomeReached { route, .. }
            | Node::ReachesItself { route, .. }
            | Node::FurthestReached { route, .. }
            | Node::Reached { route, .. } => self.tests(*route),
            _ => Vec::new(),
        };
        parts.extend(tests.into_iter().map(|test| (test, 1)));
        parts.retain(|(part, _)| self.short(*part).is_none());
        parts
    }

    /// What a path asks of elements on the way.
    fn tests(&self, route: RouteIdx) -> Vec<PlanIdx> {
        let automaton = &self.plan.routes[route];
        let states = [&automaton.start].into_iter().chain(&self.plan.cores[automaton.core].states);
        let guards = states
            .flat_map(|state| state.accepts.iter().chain(state.ways.iter().map(|w| &w.guard)));
        let tests = guards.flat_map(|guard| guard.iter());
        let mut holds: Vec<PlanIdx> = tests
            .filter_map(|test| if let Test::Holds(test) = test { Some(*test) } else { None })
            .collect();
        holds.sort_unstable();
        holds.dedup();
        holds
    }

    fn node(&mut self, at: PlanIdx, depth: usize) {
        let indent = "  ".repeat(depth);
        if let Some(label) = self.labels.get(&at) {
            let _ = writeln!(self.text, "{indent}as ({label})");
            return;
        }
        let mut label = String::new();
        if self.uses.get(&at).is_some_and(|uses| *uses > 1) && self.short(at).is_none() {
            let number = self.labels.len() + 1;
            self.labels.insert(at, number);
            label = format!("({number}) ");
        }
        let line = self.short(at).unwrap_or_else(|| self.head(at));
        let _ = writeln!(self.text, "{indent}{label}{line}");
        if self.short(at).is_none() {
            for (part, _) in self.parts(at) {
                self.node(part, depth + 1);
            }
        }
    }

    /// What is read or named, in a word.
    fn short(&self, at: PlanIdx) -> Option<String> {
        Some(match &self.plan.nodes[at] {
            Node::Variable { out, .. } => format!("x{out}"),
            Node::Constant(constant) => {
                as_written(self.vocabulary, &self.plan.constants[*constant])
            }
            Node::Today => "today".to_owned(),
            Node::Gate => "gate".to_owned(),
            Node::GateAsked => "gate is asked for".to_owned(),
            Node::GateIs(gate) => {
                let gates = self.vocabulary.gate;
                let name = gates.map_or("", |gates| self.vocabulary.enum_name(gates, *gate));
                format!("gate is {name}")
            }
            Node::Property { of, field } | Node::Texts { of, field } => {
                format!("{}.{}", self.short(*of)?, self.field(field))
            }
            Node::Recorded { of, field } => {
                format!("has({}.{})", self.short(*of)?, self.field(field))
            }
            Node::LinkProperty { of, property } => {
                format!("{}.{}", self.short(*of)?, self.vocabulary.properties[*property].name)
            }
            Node::LinkRecorded { of, property } => {
                format!("has({}.{})", self.short(*of)?, self.vocabulary.properties[*property].name)
            }
            Node::LinkEnd { of, target } => {
                format!("{}.{}", self.short(*of)?, if *target { "target" } else { "source" })
            }
            Node::Id(of) => format!("{}.id", self.short(*of)?),
            Node::Neighbour { of, step } => format!("{}.{}", self.short(*of)?, self.step(*step)),
            Node::Compare { operator, left, right } => {
                format!("{} {} {}", self.short(*left)?, operator.symbol(), self.short(*right)?)
            }
            Node::Equal(left, right) => {
                format!("{} == {}", self.short(*left)?, self.short(*right)?)
            }
            Node::OneOf { of, constant } => {
                let constant = as_written(self.vocabulary, &self.plan.constants[*constant]);
                format!("{} in {constant}", self.short(*of)?)
            }
            Node::Is { of, kinds } => format!("{} is {}", self.short(*of)?, self.kinds(kinds)),
            Node::Not(of) => format!("not {}", self.short(*of)?),
            Node::Arithmetic { operator, left, right } => {
                format!("{} {} {}", self.short(*left)?, operator.symbol(), self.short(*right)?)
            }
            Node::Shared(of) => format!("once: {}", self.short(*of)?),
            Node::Section { kind, history } => {
                let with = if *history { " with history" } else { "" };
                format!("every {}{with}", self.vocabulary.kinds[*kind].name)
            }
            Node::Neighbours { of, step } => format!("{}.{}", self.short(*of)?, self.step(*step)),
            Node::Links { of, step } => {
                format!("links of {}.{}", self.short(*of)?, self.step(*step))
            }
            _ => return None,
        })
    }

    /// An operator's own line; operands that are short stand in it.
    fn head(&self, at: PlanIdx) -> String {
        let node = &self.plan.nodes[at];
        let name = match node {
            Node::Out { by, .. } => format!("seen from {by} further out"),
            Node::With { .. } => "with x0".to_owned(),
            Node::WithList { .. } => "with the list x0".to_owned(),
            Node::ByKind(cases) => {
                let kinds: KindSet = cases.iter().map(|(kind, _)| *kind).collect();
                format!("by kind: {}", self.kinds(&kinds))
            }
            Node::Once { kinds, keep, .. } => match keep {
                Keep::Run => format!("once per {}", self.kinds(kinds)),
                Keep::Element => "kept while x0 is asked about".to_owned(),
            },
            Node::Shared(_) => "once".to_owned(),
            Node::If { .. } => "if".to_owned(),
            Node::Fails => "error".to_owned(),
            Node::Slow(why) => format!("slow path: {}", self.plan.slow[*why]),
            Node::Not(_) => "not".to_owned(),
            Node::And(..) => "and".to_owned(),
            Node::Or(..) => "or".to_owned(),
            Node::Compare { operator, .. } | Node::Arithmetic { operator, .. } => {
                operator.symbol().to_owned()
            }
            Node::Equal(..) | Node::SameLists(..) => "==".to_owned(),
            Node::OneOf { constant, .. } => {
                let constant = as_written(self.vocabulary, &self.plan.constants[*constant]);
                format!("in {constant}")
            }
            Node::Recorded { field, .. } => format!("has {}", self.field(field)),
            Node::LinkRecorded { property, .. } => {
                format!("has {}", self.vocabulary.properties[*property].name)
            }
            Node::NeighbourRecorded { step, .. } => format!("has {}", self.step(*step)),
            Node::Known(_) => "known".to_owned(),
            Node::Is { kinds, .. } => format!("is {}", self.kinds(kinds)),
            Node::Quantify { quantifier, .. } => match quantifier {
                Quantifier::All => "all",
                Quantifier::Exists => "exists",
                Quantifier::ExistsOne => "exists one",
            }
            .to_owned(),
            Node::Count { operator, number, .. } => format!("count {} {number}", operator.symbol()),
            Node::HasMembers(_) => "has members".to_owned(),
            Node::Subset { .. } => "subset".to_owned(),
            Node::Overlap(..) => "overlap".to_owned(),
            Node::SomeReached { route, history, .. } => {
                format!("exists along {}", self.route(*route, *history))
            }
            Node::ReachesItself { route, history, .. } => {
                format!("leads to itself along {}", self.route(*route, *history))
            }
            Node::FurthestReached { route, history, operator, .. } => {
                let route = self.route(*route, *history);
                format!("{} the furthest along {route}", operator.symbol())
            }
            Node::Property { field, .. } => format!("property {}", self.field(field)),
            Node::Texts { field, .. } => format!("texts {}", self.field(field)),
            Node::Id(_) => "id".to_owned(),
            Node::LinkProperty { property, .. } => {
                format!("link property {}", self.vocabulary.properties[*property].name)
            }
            Node::LinkEnd { target, .. } => if *target { "target" } else { "source" }.to_owned(),
            Node::Neighbour { step, .. } => format!("the one {}", self.step(*step)),
            Node::Negate(_) => "-".to_owned(),
            Node::Size(_) => "size".to_owned(),
            Node::Sum { .. } => "sum".to_owned(),
            Node::Extreme { greatest, .. } => if *greatest { "max" } else { "min" }.to_owned(),
            Node::Call { function, .. } => format!("call {function:?}"),
            Node::Member { place, .. } => match place {
                Place::First => "first",
                Place::Last => "last",
                Place::At(_) => "at",
            }
            .to_owned(),
            Node::Entry { constant, .. } => {
                format!("of {}", as_written(self.vocabulary, &self.plan.constants[*constant]))
            }
            Node::Neighbours { step, .. } => format!("neighbours {}", self.step(*step)),
            Node::Links { step, .. } => format!("links {}", self.step(*step)),
            Node::Reached { route, history, .. } => {
                format!("all along {}", self.route(*route, *history))
            }
            Node::Items(_) => "list".to_owned(),
            Node::Filter { .. } => "filter".to_owned(),
            Node::OfKinds { kinds, .. } => format!("of {}", self.kinds(kinds)),
            Node::Each { distinct, .. } => each("each", *distinct),
            Node::Flat { distinct, .. } => each("members of each", *distinct),
            Node::Distinct(_) => "distinct".to_owned(),
            Node::Concat(..) => "one after the other".to_owned(),
            Node::Sorted { .. } => "sorted".to_owned(),
            Node::Reversed(_) => "reversed".to_owned(),
            Node::Slice { .. } => "slice".to_owned(),
            Node::Constant(_)
            | Node::Today
            | Node::GateIs(_)
            | Node::GateAsked
            | Node::Gate
            | Node::Variable { .. }
            | Node::Section { .. } => String::new(),
        };
        let short: Vec<String> =
            operands(node).iter().filter_map(|(operand, _)| self.short(*operand)).collect();
        if short.is_empty() { name } else { format!("{name}: {}", short.join("; ")) }
    }

    fn kinds(&self, kinds: &KindSet) -> String {
        let names: Vec<&str> =
            kinds.iter().map(|kind| self.vocabulary.kinds[kind].name.as_str()).collect();
        names.join(" or ")
    }

    fn field(&self, field: &PerKind<PropertyIdx>) -> &str {
        field.first().map_or("", |(_, property)| &self.vocabulary.properties[*property].name)
    }

    fn step(&self, step: Step) -> String {
        let relation = &self.vocabulary.relations[step.relation];
        let name = if step.inverse { &relation.inverse } else { &relation.name };
        if step.history { format!("{name} with history") } else { name.clone() }
    }

    /// A path as its automaton: the start, then the states that it leads through.
    fn route(&self, route: RouteIdx, history: bool) -> String {
        let automaton = &self.plan.routes[route];
        let core = &self.plan.cores[automaton.core];
        let mut states = vec![format!("start {}", self.state(&automaton.start))];
        let numbered = core.states.iter().enumerate();
        states.extend(numbered.map(|(number, state)| format!("{number} {}", self.state(state))));
        let with = if history { " with history" } else { "" };
        format!("[{}]{with}", states.join(", "))
    }

    fn state(&self, state: &State) -> String {
        let guard = |guard: &Guard| -> String {
            let tests = guard.iter().map(|test| match test {
                Test::OfKinds(kinds) => format!("[{}]", self.kinds(kinds)),
                Test::Holds(_) => "[a test]".to_owned(),
            });
            tests.collect()
        };
        let ends = state.accepts.iter().map(|accept| format!("{}end", guard(accept)));
        let ways = state.ways.iter().map(|way| {
            let step = Step { relation: way.relation, inverse: way.inverse, history: false };
            format!("{}{} to {}", guard(&way.guard), self.step(step), way.to)
        });
        let all: Vec<String> = ends.chain(ways).collect();
        if all.is_empty() { "stops".to_owned() } else { all.join(" | ") }
    }
}

fn each(name: &str, distinct: bool) -> String {
    if distinct { format!("{name}, once") } else { name.to_owned() }
}
