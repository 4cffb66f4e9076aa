//! Witnesses: the elements that made a condition come out as it did.

use std::collections::BTreeSet;

use super::outcome::Outcome;
use super::reference::{Evaluator, Frame, Lets};
use crate::hir::{Body, HirIdx, Op, Quantifier};
use crate::model::ElementIdx;
use crate::value::Value;

impl Evaluator<'_> {
    /// The elements that made the condition false: those that an `all` failed on, and those that were
    /// found where none should be. In model order.
    pub(super) fn witnesses(
        &self,
        body: &Body,
        subject: &Outcome,
        lets: &Lets<'_>,
    ) -> Vec<ElementIdx> {
        let mut frame = Frame::new(body, std::slice::from_ref(subject), lets);
        let mut found = BTreeSet::new();
        self.collect(&mut frame, body.root, false, &mut found);
        if let Outcome::Value(Value::Element(element)) = subject {
            found.remove(element);
        }
        found.into_iter().collect()
    }

    /// Adds what made the node come out as `truth`, where it did.
    fn collect(
        &self,
        frame: &mut Frame<'_>,
        at: HirIdx,
        truth: bool,
        found: &mut BTreeSet<ElementIdx>,
    ) {
        let body = frame.body;
        match &body.nodes[at].op {
            Op::Not(of) => self.collect(frame, *of, !truth, found),
            Op::And(left, right) | Op::Or(left, right) => {
                for side in [*left, *right] {
                    if self.node(frame, side).truth() == Some(truth) {
                        self.collect(frame, side, truth, found);
                    }
                }
            }
            Op::Quantify { quantifier, range, slot, body: condition } => {
                let wanted = match quantifier {
                    Quantifier::All => false,
                    Quantifier::Exists | Quantifier::ExistsOne => true,
                };
                // That nothing was found, or that all is well, has no witness.
                if truth != wanted && *quantifier != Quantifier::ExistsOne {
                    return;
                }
                let Outcome::List(list) = self.node(frame, *range) else { return };
                for item in &list.items {
                    frame.set(*slot, item.value.clone());
                    let outcome = self.node(frame, *condition);
                    if item.doubt.is_none() && outcome.truth() == Some(wanted) {
                        found.extend(self.element_of(&item.value));
                    }
                }
            }
            _ => {}
        }
    }

    fn element_of(&self, outcome: &Outcome) -> Option<ElementIdx> {
        match outcome {
            Outcome::Value(Value::Element(element)) => Some(*element),
            Outcome::Value(Value::Link(link)) => Some(self.model.link_target(*link)),
            _ => None,
        }
    }
}
