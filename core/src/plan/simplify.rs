//! Operators put together so that less is left to run: constants folded, filters and lists of lists taken
//! into the quantifiers over them, what is asked of elements along a path answered without listing them.
//!
//! Every step keeps the meaning to the letter, unknown and error included; where an error could be lost,
//! nothing is changed.

use super::node::{Keep, Node, Plan, PlanIdx};
use crate::cel::ast::Operator;
use crate::hir::Quantifier;
use crate::metamodel::{KindSet, PropertyType, Vocabulary};
use crate::value::Value;

/// A part that takes no more operators than this is computed again rather than kept.
const SMALL: u32 = 12;

impl Plan {
    pub(super) fn not(&mut self, of: PlanIdx) -> PlanIdx {
        match (&self.nodes[of], self.as_truth(of)) {
            (_, Some(truth)) => self.truth(!truth),
            (Node::Not(inner), _) => *inner,
            _ => self.add(Node::Not(of)),
        }
    }

    pub(super) fn and(&mut self, a: PlanIdx, b: PlanIdx) -> PlanIdx {
        match (self.as_truth(a), self.as_truth(b)) {
            (Some(false), _) | (_, Some(true)) => a,
            (Some(true), _) | (_, Some(false)) => b,
            _ if a == b => a,
            _ => self.add(Node::And(a, b)),
        }
    }

    pub(super) fn or(&mut self, a: PlanIdx, b: PlanIdx) -> PlanIdx {
        match (self.as_truth(a), self.as_truth(b)) {
            (Some(true), _) | (_, Some(false)) => a,
            (Some(false), _) | (_, Some(true)) => b,
            _ if a == b => a,
            _ => self.add(Node::Or(a, b)),
        }
    }

    pub(super) fn choose(&mut self, condition: PlanIdx, yes: PlanIdx, no: PlanIdx) -> PlanIdx {
        match self.as_truth(condition) {
            Some(true) => yes,
            Some(false) => no,
            None => self.add(Node::If { condition, yes, no }),
        }
    }

    /// The same, where so many variables have come in between.
    pub(super) fn out(&mut self, body: PlanIdx, by: usize) -> PlanIdx {
        if by == 0 || self.traits[body].sees == 0 {
            return body;
        }
        match self.nodes[body].clone() {
            Node::Variable { out, known } => self.add(Node::Variable { out: out + by, known }),
            Node::Out { by: more, body } => self.add(Node::Out { by: by + more, body }),
            Node::Property { of, field } if self.is_variable(of) => {
                let of = self.out(of, by);
                self.add(Node::Property { of, field })
            }
            Node::Neighbours { of, step } if self.is_variable(of) => {
                let of = self.out(of, by);
                self.add(Node::Neighbours { of, step })
            }
            Node::Reached { of, route, history } if self.is_variable(of) => {
                let of = self.out(of, by);
                self.add(Node::Reached { of, route, history })
            }
            _ => self.add(Node::Out { by, body }),
        }
    }

    /// The same, one variable further in, where it doesn't see the one that goes; `None` where that can't
    /// be said.
    pub(super) fn inward(&mut self, body: PlanIdx) -> Option<PlanIdx> {
        if self.traits[body].sees & 1 == 1 {
            return None;
        }
        if self.traits[body].sees == 0 {
            return Some(body);
        }
        match self.nodes[body].clone() {
            Node::Variable { out, known } => {
                Some(self.add(Node::Variable { out: out.checked_sub(1)?, known }))
            }
            Node::Out { by, body } => Some(self.out(body, by.checked_sub(1)?)),
            Node::Property { of, field } => {
                let of = self.inward(of)?;
                Some(self.add(Node::Property { of, field }))
            }
            Node::LinkProperty { of, property } => {
                let of = self.inward(of)?;
                Some(self.add(Node::LinkProperty { of, property }))
            }
            Node::Arithmetic { operator, left, right } => {
                let (left, right) = (self.inward(left)?, self.inward(right)?);
                Some(self.add(Node::Arithmetic { operator, left, right }))
            }
            _ => None,
        }
    }

    pub(super) fn is_variable(&self, node: PlanIdx) -> bool {
        matches!(self.nodes[node], Node::Variable { .. })
    }

    /// What takes no time worth mentioning.
    pub(super) fn is_trivial(&self, node: PlanIdx) -> bool {
        match &self.nodes[node] {
            Node::Constant(_)
            | Node::Today
            | Node::Gate
            | Node::GateAsked
            | Node::GateIs(_)
            | Node::Variable { .. }
            | Node::Section { .. }
            | Node::Shared(_)
            | Node::Once { .. } => true,
            Node::Property { of, .. }
            | Node::LinkProperty { of, .. }
            | Node::LinkEnd { of, .. }
            | Node::Neighbours { of, .. }
            | Node::Links { of, .. } => self.is_variable(*of),
            Node::Out { body, .. } => self.is_trivial(*body),
            _ => false,
        }
    }

    /// Computed once per element, where that is worth it and it is about one element alone; once for all
    /// where it is about none.
    pub(super) fn once(&mut self, body: PlanIdx, kinds: Option<KindSet>, keep: Keep) -> PlanIdx {
        let traits = self.traits[body];
        if !traits.works && traits.size <= SMALL || self.is_simple_range(body) {
            return body;
        }
        match (traits.sees, kinds) {
            (0, _) => self.shared(body),
            (1, Some(kinds)) if !matches!(self.nodes[body], Node::Once { .. }) => {
                self.add(Node::Once { body, kinds, keep })
            }
            _ => body,
        }
    }

    pub(super) fn shared(&mut self, body: PlanIdx) -> PlanIdx {
        let is_at_hand = self.is_trivial(body);
        if is_at_hand { body } else { self.add(Node::Shared(body)) }
    }

    /// A range that is gone through as fast as one that was written down.
    fn is_simple_range(&self, range: PlanIdx) -> bool {
        match &self.nodes[range] {
            Node::Neighbours { of, .. } | Node::Links { of, .. } | Node::Texts { of, .. } => {
                self.is_variable(*of)
            }
            Node::Filter { range, body } => {
                let body = self.traits[*body];
                !body.works && body.size <= SMALL && self.is_simple_range(*range)
            }
            Node::OfKinds { range, .. } => self.is_simple_range(*range),
            Node::Constant(_) => true,
            _ => false,
        }
    }

    /// Whether every member of the range has a value.
    pub(super) fn knows_members(&self, range: PlanIdx) -> bool {
        match &self.nodes[range] {
            Node::Neighbours { .. }
            | Node::Links { .. }
            | Node::Reached { .. }
            | Node::Section { .. }
            | Node::Texts { .. }
            | Node::Constant(_) => true,
            Node::Each { distinct: true, .. } => true,
            Node::Each { body, .. } => self.traits[*body].sure && !self.traits[*body].fallible,
            Node::Concat(a, b) | Node::If { yes: a, no: b, .. } => {
                self.knows_members(*a) && self.knows_members(*b)
            }
            Node::ByKind(cases) => cases.iter().all(|(_, case)| self.knows_members(*case)),
            Node::Items(items) => items.iter().all(|item| self.traits[*item].sure),
            _ => self.members_of(range).is_some_and(|range| self.knows_members(range)),
        }
    }

    /// The range that another takes its members from, all of them or some.
    fn members_of(&self, range: PlanIdx) -> Option<PlanIdx> {
        match &self.nodes[range] {
            Node::Filter { range, .. }
            | Node::OfKinds { range, .. }
            | Node::Distinct(range)
            | Node::Reversed(range)
            | Node::Sorted { range, .. }
            | Node::Slice { range, .. }
            | Node::Out { body: range, .. }
            | Node::Once { body: range, .. }
            | Node::Shared(range)
            | Node::With { body: range, .. }
            | Node::WithList { body: range, .. }
            | Node::Flat { body: range, .. } => Some(*range),
            _ => None,
        }
    }

    /// Whether a node yields a list.
    pub(crate) fn is_range(&self, at: PlanIdx) -> bool {
        match &self.nodes[at] {
            Node::Neighbours { .. }
            | Node::Links { .. }
            | Node::Reached { .. }
            | Node::Section { .. }
            | Node::Texts { .. }
            | Node::Items(_)
            | Node::Each { .. }
            | Node::Concat(..) => true,
            Node::Constant(constant) => matches!(self.constants[*constant], Value::List(_)),
            Node::If { yes, .. } => self.is_range(*yes),
            Node::ByKind(cases) => cases.iter().any(|(_, case)| self.is_range(*case)),
            _ => self.members_of(at).is_some_and(|range| self.is_range(range)),
        }
    }

    /// The kinds that the range's members may be of, where these are elements.
    pub(super) fn member_kinds(&self, range: PlanIdx, vocabulary: &Vocabulary) -> Option<KindSet> {
        match &self.nodes[range] {
            Node::Neighbours { step, .. } => {
                let ends = vocabulary.relations[step.relation].ends.iter();
                let far = ends.map(|(from, to)| if step.inverse { from } else { to });
                Some(far.fold(KindSet::default(), |all, kinds| all.union(kinds)))
            }
            Node::Section { kind, .. } => Some(KindSet::one(*kind)),
            Node::OfKinds { kinds, .. } => Some(kinds.clone()),
            Node::Concat(a, b) | Node::If { yes: a, no: b, .. } => {
                Some(self.member_kinds(*a, vocabulary)?.union(&self.member_kinds(*b, vocabulary)?))
            }
            _ => self.member_kinds(self.members_of(range)?, vocabulary),
        }
    }

    /// A condition on the members of a range.
    pub(super) fn quantify(
        &mut self,
        quantifier: Quantifier,
        range: PlanIdx,
        body: PlanIdx,
        vocabulary: &Vocabulary,
    ) -> PlanIdx {
        let is_about_member = self.traits[body].sees & !1 == 0;
        let idempotent = quantifier != Quantifier::ExistsOne;
        let condition = |plan: &mut Self, kept: PlanIdx| {
            if quantifier == Quantifier::All {
                let dropped = plan.not(kept);
                plan.or(dropped, body)
            } else {
                plan.and(kept, body)
            }
        };
        match self.nodes[range].clone() {
            Node::Filter { range, body: kept } if !self.traits[kept].fallible => {
                let body = condition(self, kept);
                return self.quantify(quantifier, range, body, vocabulary);
            }
            Node::OfKinds { range, kinds } => {
                let of = self.add(Node::Variable { out: 0, known: self.knows_members(range) });
                let is = self.add(Node::Is { of, kinds });
                let body = condition(self, is);
                return self.quantify(quantifier, range, body, vocabulary);
            }
            Node::Flat { range, body: inner, .. }
                if idempotent && is_about_member && !self.traits[inner].fallible =>
            {
                let inner = self.quantify(quantifier, inner, body, vocabulary);
                return self.quantify(quantifier, range, inner, vocabulary);
            }
            Node::Each { range, body: value, distinct }
                if idempotent
                    && is_about_member
                    && !self.traits[value].fallible
                    && (self.traits[value].sure || !distinct) =>
            {
                let body = self.add(Node::With { of: value, body });
                return self.quantify(quantifier, range, body, vocabulary);
            }
            Node::Distinct(range) if idempotent && self.knows_members(range) => {
                return self.quantify(quantifier, range, body, vocabulary);
            }
            Node::Concat(a, b)
                if idempotent
                    && [a, b].iter().all(|r| self.traits[*r].sure && self.traits[*r].settled) =>
            {
                let a = self.quantify(quantifier, a, body, vocabulary);
                let b = self.quantify(quantifier, b, body, vocabulary);
                return if quantifier == Quantifier::All { self.and(a, b) } else { self.or(a, b) };
            }
            Node::If { condition, yes, no } => {
                let yes = self.quantify(quantifier, yes, body, vocabulary);
                let no = self.quantify(quantifier, no, body, vocabulary);
                return self.choose(condition, yes, no);
            }
            Node::Out { by, body: range } if is_about_member => {
                let inner = self.quantify(quantifier, range, body, vocabulary);
                return self.out(inner, by);
            }
            Node::Reached { of, route, history } if idempotent => {
                if let Some(asked) = self.along(quantifier, (of, route, history), body, vocabulary)
                {
                    return asked;
                }
            }
            _ => {}
        }
        let body = self.of_members(range, body, vocabulary);
        self.add(Node::Quantify { quantifier, range, body })
    }

    /// A condition on members of a range, computed once for each where it is about nothing else.
    pub(super) fn of_members(
        &mut self,
        range: PlanIdx,
        body: PlanIdx,
        vocabulary: &Vocabulary,
    ) -> PlanIdx {
        if self.traits[body].sees != 1 {
            return body;
        }
        let kinds = self.member_kinds(range, vocabulary);
        self.once(body, kinds, Keep::Run)
    }

    /// A condition on what a path leads to that can be answered without listing it.
    fn along(
        &mut self,
        quantifier: Quantifier,
        (of, route, history): (PlanIdx, super::automaton::RouteIdx, bool),
        body: PlanIdx,
        vocabulary: &Vocabulary,
    ) -> Option<PlanIdx> {
        let is_all = quantifier == Quantifier::All;
        let body = if is_all { self.negated(body, vocabulary) } else { body };
        let found = if self.traits[body].sees & !1 == 0 {
            self.add(Node::SomeReached { of, route, history, body })
        } else {
            let (operator, outer, value, rest) = self.one_comparison(body, vocabulary)?;
            let outer = self.inward(outer)?;
            let body = rest;
            self.add(Node::FurthestReached { of, route, history, body, value, operator, outer })
        };
        Some(if is_all { self.not(found) } else { found })
    }

    /// A conjunction of what is about the member alone and one comparison of a value of the member with one
    /// that doesn't depend on it: `outer operator value`, and the rest.
    fn one_comparison(
        &mut self,
        body: PlanIdx,
        vocabulary: &Vocabulary,
    ) -> Option<(Operator, PlanIdx, PlanIdx, PlanIdx)> {
        match self.nodes[body].clone() {
            Node::And(a, b) => {
                let (about_member, other) =
                    if self.traits[a].sees & !1 == 0 { (a, b) } else { (b, a) };
                if self.traits[about_member].sees & !1 != 0 {
                    return None;
                }
                let (operator, outer, value, rest) = self.one_comparison(other, vocabulary)?;
                Some((operator, outer, value, self.and(about_member, rest)))
            }
            Node::Compare { operator, left, right } => {
                let sees = |node: PlanIdx| self.traits[node].sees;
                let (operator, outer, value) = if sees(right) == 1 && sees(left) & 1 == 0 {
                    (operator, left, right)
                } else if sees(left) == 1 && sees(right) & 1 == 0 {
                    (turned(operator), right, left)
                } else {
                    return None;
                };
                let is_total = self.has_total_order(value, vocabulary);
                let rest = self.truth(true);
                is_total.then_some((operator, outer, value, rest))
            }
            _ => None,
        }
    }

    /// Whether a value is sure to have an order among others, as doubles have not.
    fn has_total_order(&self, value: PlanIdx, vocabulary: &Vocabulary) -> bool {
        match &self.nodes[value] {
            Node::Property { field, .. } => field.iter().all(|(_, property)| {
                let kind = vocabulary.properties[*property].kind;
                matches!(kind, PropertyType::Int | PropertyType::Date | PropertyType::Enum(_))
            }),
            Node::Today => true,
            Node::Constant(constant) => matches!(
                self.constants[*constant],
                Value::Int(_) | Value::Timestamp(_) | Value::Enum(..)
            ),
            _ => false,
        }
    }

    /// `!`, taken as far in as it goes.
    fn negated(&mut self, of: PlanIdx, vocabulary: &Vocabulary) -> PlanIdx {
        match self.nodes[of].clone() {
            Node::And(a, b) => {
                let (a, b) = (self.negated(a, vocabulary), self.negated(b, vocabulary));
                self.or(a, b)
            }
            Node::Or(a, b) => {
                let (a, b) = (self.negated(a, vocabulary), self.negated(b, vocabulary));
                self.and(a, b)
            }
            Node::Compare { operator, left, right }
                if self.has_total_order(left, vocabulary)
                    && self.has_total_order(right, vocabulary) =>
            {
                // Typing compares ints with doubles, and these are no properties here.
                self.add(Node::Compare { operator: opposite(operator), left, right })
            }
            _ => self.not(of),
        }
    }

    /// The number of members against a constant.
    pub(super) fn count(
        &mut self,
        range: PlanIdx,
        operator: Operator,
        number: i64,
        vocabulary: &Vocabulary,
    ) -> PlanIdx {
        let some = match (operator, number) {
            (Operator::Greater | Operator::NotEqual, 0) | (Operator::GreaterOrEqual, 1) => true,
            (Operator::Equal | Operator::LessOrEqual, 0) | (Operator::Less, 1) => false,
            (Operator::NotEqual, _) => {
                let equal = self.add(Node::Count { range, operator: Operator::Equal, number });
                return self.not(equal);
            }
            _ => return self.add(Node::Count { range, operator, number }),
        };
        let always = self.truth(true);
        let found = self.quantify(Quantifier::Exists, range, always, vocabulary);
        if some { found } else { self.not(found) }
    }

    /// A whole number that a node always is.
    pub(super) fn as_int(&self, node: PlanIdx) -> Option<i64> {
        match &self.nodes[node] {
            Node::Constant(constant) => match &self.constants[*constant] {
                Value::Int(number) => Some(*number),
                _ => None,
            },
            _ => None,
        }
    }
}

/// The comparison with its sides changed.
pub(super) fn turned(operator: Operator) -> Operator {
    match operator {
        Operator::Less => Operator::Greater,
        Operator::LessOrEqual => Operator::GreaterOrEqual,
        Operator::Greater => Operator::Less,
        Operator::GreaterOrEqual => Operator::LessOrEqual,
        other => other,
    }
}

/// The comparison that is true where this one is false, of values that all have an order.
fn opposite(operator: Operator) -> Operator {
    match operator {
        Operator::Less => Operator::GreaterOrEqual,
        Operator::LessOrEqual => Operator::Greater,
        Operator::Greater => Operator::LessOrEqual,
        _ => Operator::Less,
    }
}
