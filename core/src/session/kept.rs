//! Which verdicts are findings: all that a session keeps of them.

use super::affected::Row;
use super::moves::Moves;
use crate::eval::Verdicts;
use crate::model::{ElementIdx, Model};
use crate::options::Options;
use crate::plan::RuleSet;

/// By rule, whom it has something to say of, in model order.
#[derive(Debug, Clone, Default)]
pub(super) struct Kept(Vec<Vec<Option<ElementIdx>>>);

impl Kept {
    /// All there are, from plans that judge everything at once.
    pub(super) fn new(rules: &RuleSet, model: &Model, options: &Options) -> Self {
        let gate = options.gate.as_deref();
        let gate = gate.and_then(|gate| rules.metamodel().gate_position(gate));
        let verdicts = Verdicts::new(rules, model, options.at.timestamp(), gate, None);
        let mut kept = Self(vec![Vec::new(); rules.typed().rules.len()]);
        for (rule, asked) in verdicts.findings() {
            if let Some(of) = kept.0.get_mut(rule) {
                of.push(asked);
            }
        }
        kept.0.iter_mut().for_each(|of| of.sort_unstable());
        kept
    }

    /// Whom a rule has something to say of.
    pub(super) fn of(&self, rule: usize) -> &[Option<ElementIdx>] {
        self.0.get(rule).map_or(&[], Vec::as_slice)
    }

    pub(super) fn contains(&self, (rule, asked): Row) -> bool {
        self.of(rule).binary_search(&asked).is_ok()
    }

    pub(super) fn set(&mut self, (rule, asked): Row, is_finding: bool) {
        let Some(of) = self.0.get_mut(rule) else { return };
        match (of.binary_search(&asked), is_finding) {
            (Err(place), true) => of.insert(place, asked),
            (Ok(place), false) => _ = of.remove(place),
            (Ok(_), true) | (Err(_), false) => {}
        }
    }

    /// Follows elements to where they went.
    pub(super) fn follow(&mut self, moves: &Moves) {
        if moves.is_empty() {
            return;
        }
        for of in &mut self.0 {
            of.retain_mut(|asked| match moves.of_asked(*asked) {
                Some(there) => {
                    *asked = there;
                    true
                }
                None => false,
            });
            // Another model may have an id for an element of another kind.
            if !of.is_sorted() {
                of.sort_unstable();
            }
        }
    }
}
