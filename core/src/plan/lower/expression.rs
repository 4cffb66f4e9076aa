//! Lowering of what is no list: reads, operators, names.

use super::{Lowered, Lowering, MOST_OPERATORS, Scope};
use crate::cel::ast::Operator;
use crate::hir::{HirIdx, Op};
use crate::metamodel::KindIdx;
use crate::plan::node::{Node, Plan, PlanIdx, Step};
use crate::value::{Type, Value};

impl Lowering<'_> {
    pub(super) fn expression(&mut self, scope: &mut Scope<'_>, at: HirIdx) -> Lowered {
        let lowered = self.operation(scope, at);
        let (Lowered::One(node) | Lowered::List(node) | Lowered::Optional { value: node, .. }) =
            lowered;
        if self.plan.traits[node].size > MOST_OPERATORS {
            return self.slow_at(scope, at, "the same parts used over and over");
        }
        lowered
    }

    fn operation(&mut self, scope: &mut Scope<'_>, at: HirIdx) -> Lowered {
        let body = scope.body;
        match &body.nodes[at].op {
            Op::Constant(value) => self.constant(scope, at, value),
            Op::Local(slot) => match scope.slots.get(*slot).copied().flatten() {
                Some((value, depth)) => self.raised(value, scope.depth.saturating_sub(depth)),
                None => self.slow_at(scope, at, "a local that was never set"),
            },
            Op::Let(position) => {
                // Of a rule's variables the subject is the outermost.
                let value = self.let_value(*position);
                self.raised(value, scope.depth.saturating_sub(1))
            }
            Op::Parameter(parameter) => {
                let value = self.packs.parameters[*parameter].value.clone();
                self.constant(scope, at, &value)
            }
            Op::Today => Lowered::One(self.plan.add(Node::Today)),
            Op::Gate => {
                let present = self.plan.add(Node::GateAsked);
                let value = self.plan.add(Node::Gate);
                Lowered::Optional { present, value, is_list: false }
            }
            Op::Property { .. }
            | Op::Id { .. }
            | Op::LinkProperty { .. }
            | Op::LinkEnd { .. }
            | Op::NavigateOne { .. }
            | Op::Is { .. } => self.read(scope, at),
            Op::Define { of, definition, args } => self.define(scope, at, *of, definition, args),
            Op::Recorded { read } => Lowered::One(self.recorded(scope, *read)),
            Op::OptionalRead { read } => self.optional_read(scope, at, *read),
            Op::OptionalMap { of, slot, body } => self.optional_map(scope, at, *of, *slot, *body),
            Op::Not(of) => match self.one(scope, *of) {
                Some(of) => Lowered::One(self.plan.not(of)),
                None => self.no_value(scope, at),
            },
            Op::Negate(of) => match self.one(scope, *of) {
                Some(of) => Lowered::One(self.plan.add(Node::Negate(of))),
                None => self.no_value(scope, at),
            },
            Op::Binary { operator, left, right } => {
                self.binary(scope, at, *operator, *left, *right)
            }
            Op::And(left, right) => self.logical(scope, at, (*left, *right), Plan::and),
            Op::Or(left, right) => self.logical(scope, at, (*left, *right), Plan::or),
            Op::Conditional { condition, yes, no } => {
                let condition = self.one(scope, *condition);
                let (yes, no) = (self.expression(scope, *yes), self.expression(scope, *no));
                match condition.and_then(|condition| self.either(condition, yes, no)) {
                    Some(chosen) => chosen,
                    None => self.slow_at(scope, at, "a choice of lists that are optional"),
                }
            }
            Op::Bind { slot, value, body } => self.bind(scope, at, *slot, *value, *body),
            Op::Call { function, args } => self.call(scope, at, *function, args),
            Op::Index { of, index } => self.index(scope, at, *of, *index),
            Op::Quantify { quantifier, range, slot, body } => {
                let Some(range) = self.list(scope, *range) else { return self.no_list(scope, at) };
                let known = self.plan.knows_members(range);
                match self.inside(scope, *slot, known, *body) {
                    Lowered::One(body) => {
                        let vocabulary = self.vocabulary;
                        Lowered::One(self.plan.quantify(*quantifier, range, body, vocabulary))
                    }
                    _ => self.no_value(scope, at),
                }
            }
            Op::Navigate { .. }
            | Op::Links { .. }
            | Op::Path { .. }
            | Op::Section { .. }
            | Op::Spread { .. }
            | Op::Of { .. }
            | Op::List(_)
            | Op::Filter { .. }
            | Op::Map { .. }
            | Op::SortBy { .. } => self.list_operation(scope, at),
        }
    }

    /// An operand that is a single value.
    pub(super) fn one(&mut self, scope: &mut Scope<'_>, at: HirIdx) -> Option<PlanIdx> {
        match self.expression(scope, at) {
            Lowered::One(node) => Some(node),
            Lowered::List(_) | Lowered::Optional { .. } => None,
        }
    }

    /// An operand that is a list.
    pub(super) fn list(&mut self, scope: &mut Scope<'_>, at: HirIdx) -> Option<PlanIdx> {
        match self.expression(scope, at) {
            Lowered::List(node) => Some(node),
            Lowered::One(_) | Lowered::Optional { .. } => None,
        }
    }

    pub(super) fn no_value(&mut self, scope: &Scope<'_>, at: HirIdx) -> Lowered {
        self.slow_at(scope, at, "what is no single value")
    }

    pub(super) fn no_list(&mut self, scope: &Scope<'_>, at: HirIdx) -> Lowered {
        self.slow_at(scope, at, "what is no list")
    }

    pub(super) fn constant(&mut self, scope: &Scope<'_>, at: HirIdx, value: &Value) -> Lowered {
        match value {
            Value::List(items) if items.iter().any(|item| matches!(item, Value::List(_))) => {
                self.slow_at(scope, at, "a list of lists")
            }
            Value::List(_) => {
                let constant = self.plan.constant(value);
                Lowered::List(self.plan.add(Node::Constant(constant)))
            }
            Value::Optional(None) => {
                let present = self.plan.truth(false);
                let is_list = is_optional_list(&scope.body.nodes[at].ty);
                Lowered::Optional { present, value: present, is_list }
            }
            Value::Optional(Some(inner)) => {
                let inner = self.constant(scope, at, inner);
                let present = self.plan.truth(true);
                self.optional(scope, at, present, inner)
            }
            value => {
                let constant = self.plan.constant(value);
                Lowered::One(self.plan.add(Node::Constant(constant)))
            }
        }
    }

    /// An optional with this value.
    pub(super) fn optional(
        &mut self,
        scope: &Scope<'_>,
        at: HirIdx,
        present: PlanIdx,
        value: Lowered,
    ) -> Lowered {
        match value {
            Lowered::One(value) => Lowered::Optional { present, value, is_list: false },
            Lowered::List(value) => Lowered::Optional { present, value, is_list: true },
            Lowered::Optional { .. } => self.slow_at(scope, at, "an optional of an optional"),
        }
    }

    /// What is read from one element or link.
    fn read(&mut self, scope: &mut Scope<'_>, at: HirIdx) -> Lowered {
        let body = scope.body;
        let is_list = matches!(body.nodes[at].ty, Type::List(_));
        let of = match body.nodes[at].op.operands().first() {
            Some(of) => self.one(scope, *of),
            None => None,
        };
        let Some(of) = of else { return self.no_value(scope, at) };
        let node = match &body.nodes[at].op {
            Op::Property { field, .. } if is_list => {
                return Lowered::List(self.plan.add(Node::Texts { of, field: field.clone() }));
            }
            Op::Property { field, .. } => Node::Property { of, field: field.clone() },
            Op::Id { .. } => Node::Id(of),
            Op::LinkProperty { .. } if is_list => {
                return self.slow_at(scope, at, "a list that a link holds");
            }
            Op::LinkProperty { property, .. } => Node::LinkProperty { of, property: *property },
            Op::LinkEnd { target, .. } => Node::LinkEnd { of, target: *target },
            Op::NavigateOne { relation, history, .. } => Node::Neighbour {
                of,
                step: Step { relation: *relation, inverse: false, history: *history },
            },
            Op::Is { kinds, .. } => Node::Is { of, kinds: kinds.clone() },
            _ => return self.no_value(scope, at),
        };
        Lowered::One(self.plan.add(node))
    }

    fn logical(
        &mut self,
        scope: &mut Scope<'_>,
        at: HirIdx,
        (left, right): (HirIdx, HirIdx),
        join: impl FnOnce(&mut Plan, PlanIdx, PlanIdx) -> PlanIdx,
    ) -> Lowered {
        match (self.one(scope, left), self.one(scope, right)) {
            (Some(left), Some(right)) => Lowered::One(join(&mut self.plan, left, right)),
            _ => self.no_value(scope, at),
        }
    }

    /// One or the other, where both are alike.
    pub(super) fn either(
        &mut self,
        condition: PlanIdx,
        yes: Lowered,
        no: Lowered,
    ) -> Option<Lowered> {
        match (yes, no) {
            (Lowered::One(yes), Lowered::One(no)) => {
                Some(Lowered::One(self.plan.choose(condition, yes, no)))
            }
            (Lowered::List(yes), Lowered::List(no)) => {
                Some(Lowered::List(self.plan.choose(condition, yes, no)))
            }
            (
                Lowered::Optional { present: p, value: v, is_list },
                Lowered::Optional { present: p2, value: v2, is_list: is_list2 },
            ) => {
                let present = self.plan.choose(condition, p, p2);
                // What is never there has no value to choose.
                let never = [p, p2].map(|present| self.plan.as_truth(present) == Some(false));
                match never {
                    [true, _] => Some(Lowered::Optional { present, value: v2, is_list: is_list2 }),
                    [_, true] => Some(Lowered::Optional { present, value: v, is_list }),
                    _ if is_list == is_list2 => {
                        let value = self.plan.choose(condition, v, v2);
                        Some(Lowered::Optional { present, value, is_list })
                    }
                    _ => None,
                }
            }
            _ => None,
        }
    }

    /// Whether a read would find something recorded.
    fn recorded(&mut self, scope: &mut Scope<'_>, read: HirIdx) -> PlanIdx {
        let body = scope.body;
        let node = match &body.nodes[read].op {
            Op::Property { of, field } => {
                self.one(scope, *of).map(|of| Node::Recorded { of, field: field.clone() })
            }
            Op::LinkProperty { of, property } => {
                self.one(scope, *of).map(|of| Node::LinkRecorded { of, property: *property })
            }
            Op::NavigateOne { of, relation, history } => {
                let step = Step { relation: *relation, inverse: false, history: *history };
                self.one(scope, *of).map(|of| Node::NeighbourRecorded { of, step })
            }
            Op::Id { of } => self.one(scope, *of).map(Node::Known),
            _ => match self.list(scope, read) {
                Some(list) => {
                    return self.plan.count(list, Operator::Greater, 0, self.vocabulary);
                }
                None => None,
            },
        };
        match node {
            Some(node) => self.plan.add(node),
            None => self.slow("what can't be recorded"),
        }
    }

    fn optional_read(&mut self, scope: &mut Scope<'_>, at: HirIdx, read: HirIdx) -> Lowered {
        let present = self.recorded(scope, read);
        let value = self.expression(scope, read);
        self.optional(scope, at, present, value)
    }

    /// A field of an optional's value.
    fn optional_map(
        &mut self,
        scope: &mut Scope<'_>,
        at: HirIdx,
        of: HirIdx,
        slot: usize,
        body: HirIdx,
    ) -> Lowered {
        let Lowered::Optional { present, value, is_list: false } = self.expression(scope, of)
        else {
            return self.no_value(scope, at);
        };
        if !self.plan.is_trivial(value) {
            return self.slow_at(scope, at, "a field of what had to be computed");
        }
        scope.set(slot, Some((Lowered::One(value), scope.depth)));
        let lowered = self.expression(scope, body);
        scope.set(slot, None);
        let never = self.plan.truth(false);
        let there = match lowered {
            Lowered::One(value) | Lowered::List(value) => self.plan.add(Node::Known(value)),
            Lowered::Optional { present, .. } => present,
        };
        let present = self.plan.choose(present, there, never);
        match lowered {
            Lowered::Optional { value, is_list, .. } => {
                Lowered::Optional { present, value, is_list }
            }
            value => self.optional(scope, at, present, value),
        }
    }

    /// A name for a value.
    fn bind(
        &mut self,
        scope: &mut Scope<'_>,
        at: HirIdx,
        slot: usize,
        value: HirIdx,
        body: HirIdx,
    ) -> Lowered {
        let value = self.expression(scope, value);
        if self.is_cheap(value) {
            scope.set(slot, Some((value, scope.depth)));
            let lowered = self.expression(scope, body);
            scope.set(slot, None);
            return lowered;
        }
        match value {
            Lowered::One(of) => {
                let sure = self.plan.traits[of].sure;
                let lowered = self.inside(scope, slot, sure, body);
                self.with(lowered, |body| Node::With { of, body })
            }
            Lowered::List(of) => {
                let lowered = self.inside_list(scope, slot, body);
                self.with(lowered, |body| Node::WithList { of, body })
            }
            Lowered::Optional { .. } => self.slow_at(scope, at, "a name for an optional"),
        }
    }

    /// Whether it may be computed wherever its name stands.
    pub(super) fn is_cheap(&self, value: Lowered) -> bool {
        match value {
            Lowered::One(node) | Lowered::List(node) => self.plan.is_trivial(node),
            Lowered::Optional { present, value, .. } => {
                let is_small = |node: PlanIdx| {
                    !self.plan.traits[node].works && self.plan.traits[node].size <= 4
                };
                is_small(present) && is_small(value)
            }
        }
    }

    /// What was lowered with a variable more, under the operator that gives it its value.
    pub(super) fn with(&mut self, inner: Lowered, wrap: impl Fn(PlanIdx) -> Node) -> Lowered {
        match inner {
            Lowered::One(body) => Lowered::One(self.plan.add(wrap(body))),
            Lowered::List(body) => Lowered::List(self.plan.add(wrap(body))),
            Lowered::Optional { present, value, is_list } => Lowered::Optional {
                present: self.plan.add(wrap(present)),
                value: self.plan.add(wrap(value)),
                is_list,
            },
        }
    }

    fn binary(
        &mut self,
        scope: &mut Scope<'_>,
        at: HirIdx,
        operator: Operator,
        left: HirIdx,
        right: HirIdx,
    ) -> Lowered {
        let is_text = matches!(scope.body.nodes[at].ty, Type::Text);
        let (left, right) = (self.expression(scope, left), self.expression(scope, right));
        let made = match (operator, left, right) {
            (Operator::Equal, ..) => self.equal(left, right),
            (Operator::NotEqual, ..) => {
                let equal = self.equal(left, right);
                equal.map(|equal| self.plan.not(equal))
            }
            (Operator::In, Lowered::One(of), Lowered::One(map)) => match self.plan.nodes[map] {
                Node::Constant(constant) => Some(self.plan.add(Node::OneOf { of, constant })),
                _ => None,
            },
            (Operator::In, Lowered::One(needle), Lowered::List(list)) => {
                Some(self.contains(list, needle))
            }
            (
                Operator::Less
                | Operator::LessOrEqual
                | Operator::Greater
                | Operator::GreaterOrEqual,
                Lowered::One(left),
                Lowered::One(right),
            ) => Some(self.compare(operator, left, right)),
            (Operator::Add, Lowered::List(left), Lowered::List(right)) => {
                return Lowered::List(self.plan.add(Node::Concat(left, right)));
            }
            (
                Operator::Add
                | Operator::Subtract
                | Operator::Multiply
                | Operator::Divide
                | Operator::Remainder,
                Lowered::One(left),
                Lowered::One(right),
            ) if !is_text => {
                let made = self.plan.add(Node::Arithmetic { operator, left, right });
                Some(self.constant_once(made))
            }
            _ if is_text => return self.slow_at(scope, at, "texts put together"),
            _ => None,
        };
        match made {
            Some(node) => Lowered::One(node),
            None => self.no_value(scope, at),
        }
    }

    /// What sees no element, computed once for all of them.
    pub(super) fn constant_once(&mut self, node: PlanIdx) -> PlanIdx {
        if self.plan.traits[node].sees == 0 { self.plan.shared(node) } else { node }
    }

    fn compare(&mut self, operator: Operator, left: PlanIdx, right: PlanIdx) -> PlanIdx {
        let plan = &self.plan;
        match (&plan.nodes[left], plan.as_int(right), &plan.nodes[right], plan.as_int(left)) {
            (Node::Size(range), Some(number), _, _) => {
                let range = *range;
                self.plan.count(range, operator, number, self.vocabulary)
            }
            (_, _, Node::Size(range), Some(number)) => {
                let (range, operator) = (*range, crate::plan::simplify::turned(operator));
                self.plan.count(range, operator, number, self.vocabulary)
            }
            _ => self.plan.add(Node::Compare { operator, left, right }),
        }
    }

    fn equal(&mut self, left: Lowered, right: Lowered) -> Option<PlanIdx> {
        match (left, right) {
            (Lowered::One(left), Lowered::One(right)) => {
                let plan = &self.plan;
                let sized = match (&plan.nodes[left], &plan.nodes[right]) {
                    (Node::Size(range), _) => plan.as_int(right).map(|number| (*range, number)),
                    (_, Node::Size(range)) => plan.as_int(left).map(|number| (*range, number)),
                    _ => None,
                };
                Some(match sized {
                    Some((range, number)) => {
                        self.plan.count(range, Operator::Equal, number, self.vocabulary)
                    }
                    None => self.plan.add(Node::Equal(left, right)),
                })
            }
            (Lowered::List(left), Lowered::List(right)) => {
                Some(self.plan.add(Node::SameLists(left, right)))
            }
            (
                Lowered::Optional { present: p, value: v, is_list },
                Lowered::Optional { present: p2, value: v2, is_list: is_list2 },
            ) => {
                if [p, p2].iter().any(|present| self.plan.traits[*present].fallible) {
                    return None;
                }
                let no = self.plan.truth(false);
                let never = [p, p2].contains(&no);
                let values = match (never, is_list, is_list2) {
                    (true, ..) => no,
                    (_, true, true) => self.plan.add(Node::SameLists(v, v2)),
                    (_, false, false) => self.plan.add(Node::Equal(v, v2)),
                    _ => return None,
                };
                let lacks = self.plan.not(p2);
                let both = self.plan.choose(p2, values, no);
                Some(self.plan.choose(p, both, lacks))
            }
            _ => None,
        }
    }

    fn define(
        &mut self,
        scope: &mut Scope<'_>,
        at: HirIdx,
        of: HirIdx,
        definition: &[(KindIdx, crate::hir::DefinitionIdx)],
        args: &[HirIdx],
    ) -> Lowered {
        let Some(receiver) = self.one(scope, of) else { return self.no_value(scope, at) };
        let mut values = Vec::with_capacity(args.len());
        for arg in args {
            values.push(self.expression(scope, *arg));
        }
        match self.defined(receiver, definition, &values) {
            Some(lowered) => lowered,
            None => self.slow_at(scope, at, "a definition with such arguments"),
        }
    }
}

/// Whether values of the type are optional lists.
fn is_optional_list(ty: &Type) -> bool {
    matches!(ty, Type::Optional(inner) if matches!(**inner, Type::List(_)))
}
