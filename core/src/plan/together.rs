//! Rules that plans answer for all elements together.

use rustc_hash::FxHashSet;

use super::node::{Node, Plan, PlanIdx, RulePlan, operands};

impl Plan {
    /// Whether every part has an operator, and none goes through what a path leads to from each element apart. What
    /// such a rule costs doesn't depend on how many elements that are.
    pub(super) fn answers_together(&self, rule: RulePlan) -> bool {
        !self.has_part(rule, |node| matches!(node, Node::Reached { .. } | Node::Slow(_)))
    }

    /// Whether there is a part without an operator, for which the plain evaluator has to be asked.
    pub(super) fn is_slow(&self, rule: RulePlan) -> bool {
        self.has_part(rule, |node| matches!(node, Node::Slow(_)))
    }

    fn has_part(&self, rule: RulePlan, wanted: impl Fn(&Node) -> bool) -> bool {
        let mut waiting: Vec<PlanIdx> = vec![rule.applies, rule.require];
        let mut seen = FxHashSet::default();
        while let Some(at) = waiting.pop() {
            if !seen.insert(at) {
                continue;
            }
            if wanted(&self.nodes[at]) {
                return true;
            }
            waiting.extend(operands(&self.nodes[at]).into_iter().map(|(operand, _)| operand));
        }
        false
    }
}
