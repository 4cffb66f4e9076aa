//! Rules that plans answer for all elements together.

use rustc_hash::FxHashSet;

use super::node::{Node, Plan, RulePlan, operands};

impl Plan {
    /// Whether every part has an operator, and none goes through what a path leads to from each element apart. What
    /// such a rule costs doesn't depend on how many elements that are.
    pub(super) fn answers_together(&self, rule: RulePlan) -> bool {
        let mut waiting = vec![rule.applies, rule.require];
        let mut seen = FxHashSet::default();
        while let Some(at) = waiting.pop() {
            if !seen.insert(at) {
                continue;
            }
            if matches!(self.nodes[at], Node::Reached { .. } | Node::Slow(_)) {
                return false;
            }
            waiting.extend(operands(&self.nodes[at]).into_iter().map(|(operand, _)| operand));
        }
        true
    }
}
