//! Lowering of what yields lists, and of what is read from one.

use super::{Lowered, Lowering, Scope};
use crate::hir::{DefinitionIdx, HirIdx, Op, PathIdx, Quantifier};
use crate::metamodel::KindIdx;
use crate::plan::node::{Node, Place, PlanIdx, Step};
use crate::value::Value;

impl Lowering<'_> {
    pub(super) fn list_operation(&mut self, scope: &mut Scope<'_>, at: HirIdx) -> Lowered {
        let body = scope.body;
        match &body.nodes[at].op {
            Op::Navigate { of, relation, inverse, history }
            | Op::Links { of, relation, inverse, history } => {
                let step = Step { relation: *relation, inverse: *inverse, history: *history };
                let Some(of) = self.one(scope, *of) else { return self.no_value(scope, at) };
                Lowered::List(self.plan.add(match &body.nodes[at].op {
                    Op::Links { .. } => Node::Links { of, step },
                    _ => Node::Neighbours { of, step },
                }))
            }
            Op::Path { of, path, history } => match self.one(scope, *of) {
                Some(of) => match self.reached(of, path, *history) {
                    Some(list) => Lowered::List(list),
                    None => self.slow_at(scope, at, "a path that has no operator"),
                },
                None => self.no_value(scope, at),
            },
            Op::Section { kind, history } => {
                Lowered::List(self.plan.add(Node::Section { kind: *kind, history: *history }))
            }
            Op::Spread { list, slot, body, flat, distinct } => {
                let Some(range) = self.list(scope, *list) else { return self.no_list(scope, at) };
                let known = self.plan.knows_members(range);
                let distinct = *distinct;
                match (self.inside(scope, *slot, known, *body), flat) {
                    (Lowered::List(body), true) => {
                        Lowered::List(self.plan.add(Node::Flat { range, body, distinct }))
                    }
                    (Lowered::One(body), false) => {
                        Lowered::List(self.plan.add(Node::Each { range, body, distinct }))
                    }
                    _ => self.slow_at(scope, at, "a list of lists or optionals"),
                }
            }
            Op::Of { of, kinds } => match self.list(scope, *of) {
                Some(range) => {
                    Lowered::List(self.plan.add(Node::OfKinds { range, kinds: kinds.clone() }))
                }
                None => self.no_list(scope, at),
            },
            Op::List(items) => self.items(scope, at, items),
            Op::Filter { range, slot, body } => {
                let Some(range) = self.list(scope, *range) else { return self.no_list(scope, at) };
                match self.filtered(scope, range, *slot, *body) {
                    Some(list) => Lowered::List(list),
                    None => self.no_value(scope, at),
                }
            }
            Op::Map { range, slot, filter, body } => {
                let mut range = self.list(scope, *range);
                if let (Some(list), Some(filter)) = (range, filter) {
                    range = self.filtered(scope, list, *slot, *filter);
                }
                let Some(range) = range else { return self.no_list(scope, at) };
                let known = self.plan.knows_members(range);
                match self.inside(scope, *slot, known, *body) {
                    Lowered::One(body) => {
                        Lowered::List(self.plan.add(Node::Each { range, body, distinct: false }))
                    }
                    _ => self.slow_at(scope, at, "a list of lists or optionals"),
                }
            }
            Op::SortBy { range, slot, key } => {
                let Some(range) = self.list(scope, *range) else { return self.no_list(scope, at) };
                let known = self.plan.knows_members(range);
                match self.inside(scope, *slot, known, *key) {
                    Lowered::One(key) => {
                        Lowered::List(self.plan.add(Node::Sorted { range, key: Some(key) }))
                    }
                    _ => self.no_value(scope, at),
                }
            }
            _ => self.no_list(scope, at),
        }
    }

    fn filtered(
        &mut self,
        scope: &mut Scope<'_>,
        range: PlanIdx,
        slot: usize,
        body: HirIdx,
    ) -> Option<PlanIdx> {
        let known = self.plan.knows_members(range);
        let Lowered::One(body) = self.inside(scope, slot, known, body) else { return None };
        let body = self.plan.of_members(range, body, self.vocabulary);
        Some(self.plan.add(Node::Filter { range, body }))
    }

    fn items(&mut self, scope: &mut Scope<'_>, at: HirIdx, items: &[HirIdx]) -> Lowered {
        let mut nodes = Vec::with_capacity(items.len());
        for item in items {
            match self.one(scope, *item) {
                Some(node) => nodes.push(node),
                None => return self.slow_at(scope, at, "a list of lists or optionals"),
            }
        }
        let plan = &self.plan;
        let values: Option<Vec<Value>> = nodes
            .iter()
            .map(|node| match &plan.nodes[*node] {
                Node::Constant(constant) => Some(plan.constants[*constant].clone()),
                _ => None,
            })
            .collect();
        match values {
            Some(values) => self.constant(scope, at, &Value::list(values)),
            None => Lowered::List(self.plan.add(Node::Items(nodes.into()))),
        }
    }

    /// What a path leads to.
    fn reached(
        &mut self,
        of: PlanIdx,
        path: &[(KindIdx, PathIdx)],
        history: bool,
    ) -> Option<PlanIdx> {
        if let [(_, only)] = path {
            let route = self.path(*only)?;
            return Some(self.plan.add(Node::Reached { of, route, history }));
        }
        let member = self.plan.add(Node::Variable { out: 0, known: true });
        let mut cases = Vec::with_capacity(path.len());
        for (kind, path) in path {
            let route = self.path(*path)?;
            cases.push((*kind, self.plan.add(Node::Reached { of: member, route, history })));
        }
        let body = self.by_kind(&cases);
        match self.at(of, Lowered::List(body)) {
            Lowered::List(list) => Some(list),
            _ => None,
        }
    }

    /// What was lowered about variable 0, asked of an element.
    fn at(&mut self, of: PlanIdx, about: Lowered) -> Lowered {
        if let Node::Variable { out, known: true } = self.plan.nodes[of] {
            return self.raised(about, out);
        }
        let with = self.with(about, |body| Node::With { of, body });
        if self.plan.traits[of].sure {
            return with;
        }
        // Of an element that isn't known, nothing is, whatever is asked.
        let known = self.plan.add(Node::Known(of));
        match with {
            Lowered::One(node) => {
                Lowered::One(self.plan.add(Node::If { condition: known, yes: node, no: node }))
            }
            Lowered::List(node) => {
                Lowered::List(self.plan.add(Node::If { condition: known, yes: node, no: node }))
            }
            Lowered::Optional { present, value, is_list } => {
                let no = present;
                let present = self.plan.add(Node::If { condition: known, yes: present, no });
                Lowered::Optional { present, value, is_list }
            }
        }
    }

    /// A definition of an element; `None` where there is no operator for its arguments.
    pub(super) fn defined(
        &mut self,
        receiver: PlanIdx,
        definition: &[(KindIdx, DefinitionIdx)],
        args: &[Lowered],
    ) -> Option<Lowered> {
        if args.is_empty() {
            let mut cases = Vec::with_capacity(definition.len());
            for (kind, definition) in definition {
                cases.push((*kind, self.definition(*definition)));
            }
            let about = self.cases(&cases)?;
            return Some(self.at(receiver, about));
        }
        // The receiver and what it takes time to compute become variables, the receiver the last of them.
        let mut slots: Vec<(Lowered, usize)> = Vec::with_capacity(args.len());
        let mut variables: Vec<(PlanIdx, bool)> = Vec::new();
        for arg in args {
            let depth = variables.len();
            let (of, is_list) = match *arg {
                arg if self.is_cheap(arg) => {
                    slots.push((arg, 0));
                    continue;
                }
                Lowered::One(node) => (node, false),
                Lowered::List(node) => (node, true),
                Lowered::Optional { .. } => return None,
            };
            variables.push((self.plan.out(of, depth), is_list));
            let known = is_list || self.plan.traits[of].sure;
            let variable = self.plan.add(Node::Variable { out: 0, known });
            let variable = if is_list { Lowered::List(variable) } else { Lowered::One(variable) };
            slots.push((variable, depth + 1));
        }
        let depth = variables.len();
        let is_at_hand = definition.len() == 1
            && matches!(self.plan.nodes[receiver], Node::Variable { known: true, .. });
        let inner = depth + usize::from(!is_at_hand);
        let this = if is_at_hand {
            self.plan.out(receiver, depth)
        } else {
            self.plan.add(Node::Variable { out: 0, known: true })
        };
        let mut values = vec![Lowered::One(this)];
        for (value, depth) in slots {
            values.push(self.raised(value, inner.saturating_sub(depth)));
        }
        let mut cases = Vec::with_capacity(definition.len());
        for (kind, definition) in definition {
            cases.push((*kind, self.called(*definition, &values)?));
        }
        let mut lowered = self.cases(&cases)?;
        if !is_at_hand {
            let receiver = self.plan.out(receiver, depth);
            lowered = match self.plan.nodes[receiver] {
                // As a variable of its own, so that it is variable 0.
                Node::Variable { known: true, .. } => {
                    self.with(lowered, |body| Node::With { of: receiver, body })
                }
                _ => self.at(receiver, lowered),
            };
        }
        for (of, is_list) in variables.into_iter().rev() {
            lowered = self.with(lowered, |body| {
                if is_list { Node::WithList { of, body } } else { Node::With { of, body } }
            });
        }
        Some(lowered)
    }

    /// A definition with arguments, the receiver the first of them.
    fn called(&mut self, definition: DefinitionIdx, values: &[Lowered]) -> Option<Lowered> {
        let key = (definition, values.to_vec());
        if let Some(known) = self.calls.get(&key) {
            return Some(*known);
        }
        let packs = self.packs;
        let body = packs.definitions[definition].body.as_ref()?;
        let mut scope = Scope::new(body, values.to_vec(), values.len());
        let lowered = self.expression(&mut scope, body.root);
        self.calls.insert(key, lowered);
        Some(lowered)
    }

    /// One for each kind of variable 0.
    fn cases(&mut self, cases: &[(KindIdx, Lowered)]) -> Option<Lowered> {
        let (_, first) = cases.first()?;
        if cases.iter().all(|(_, other)| other == first) {
            return Some(*first);
        }
        let mut nodes: Vec<(KindIdx, PlanIdx)> = Vec::with_capacity(cases.len());
        let mut presences: Vec<(KindIdx, PlanIdx)> = Vec::new();
        for (kind, case) in cases {
            let (node, alike) = match (*case, *first) {
                (Lowered::One(node), Lowered::One(_)) => (node, true),
                (Lowered::List(node), Lowered::List(_)) => (node, true),
                (
                    Lowered::Optional { present, value, is_list },
                    Lowered::Optional { is_list: is_list2, .. },
                ) => {
                    presences.push((*kind, present));
                    (value, is_list == is_list2)
                }
                (Lowered::One(node) | Lowered::List(node), _) => (node, false),
                (Lowered::Optional { value, .. }, _) => (value, false),
            };
            if !alike {
                return None;
            }
            nodes.push((*kind, node));
        }
        let node = self.by_kind(&nodes);
        Some(match *first {
            Lowered::One(_) => Lowered::One(node),
            Lowered::List(_) => Lowered::List(node),
            Lowered::Optional { is_list, .. } => {
                Lowered::Optional { present: self.by_kind(&presences), value: node, is_list }
            }
        })
    }

    /// `needle in list`
    pub(super) fn contains(&mut self, list: PlanIdx, needle: PlanIdx) -> PlanIdx {
        match self.plan.nodes[list] {
            Node::Constant(constant) => {
                return self.plan.add(Node::OneOf { of: needle, constant });
            }
            Node::Reached { of, route, history } if of == needle && self.plan.is_variable(of) => {
                return self.plan.add(Node::ReachesItself { of, route, history });
            }
            _ => {}
        }
        let known = self.plan.knows_members(list);
        let member = self.plan.add(Node::Variable { out: 0, known });
        if self.plan.is_trivial(needle) && !self.plan.traits[needle].fallible {
            let needle = self.plan.out(needle, 1);
            let body = self.plan.add(Node::Equal(member, needle));
            return self.plan.quantify(Quantifier::Exists, list, body, self.vocabulary);
        }
        let sure = self.plan.traits[needle].sure;
        let other = self.plan.add(Node::Variable { out: 1, known: sure });
        let body = self.plan.add(Node::Equal(member, other));
        let list = self.plan.out(list, 1);
        let body = self.plan.quantify(Quantifier::Exists, list, body, self.vocabulary);
        self.plan.add(Node::With { of: needle, body })
    }

    /// `list[i]`, `map[key]`
    pub(super) fn index(
        &mut self,
        scope: &mut Scope<'_>,
        at: HirIdx,
        of: HirIdx,
        index: HirIdx,
    ) -> Lowered {
        let of = self.expression(scope, of);
        let Some(index) = self.one(scope, index) else { return self.no_value(scope, at) };
        match of {
            Lowered::List(range) => {
                let place = Place::At(index);
                Lowered::One(self.plan.add(Node::Member { range, place }))
            }
            Lowered::One(map) => match self.plan.nodes[map] {
                Node::Constant(constant) => {
                    let entry = self.plan.add(Node::Entry { constant, key: index });
                    match &scope.body.nodes[at].ty {
                        crate::value::Type::List(member)
                            if matches!(**member, crate::value::Type::List(_)) =>
                        {
                            self.slow_at(scope, at, "a list of lists")
                        }
                        crate::value::Type::List(_) => Lowered::List(entry),
                        crate::value::Type::Optional(_) => {
                            self.slow_at(scope, at, "optionals in a map")
                        }
                        _ => Lowered::One(entry),
                    }
                }
                _ => self.no_value(scope, at),
            },
            Lowered::Optional { .. } => self.no_value(scope, at),
        }
    }
}
