//! What rules cost, where that matters, followed through edits.

use std::collections::BTreeSet;

use super::history::Step;
use crate::model::{Change, Model};
use crate::plan::RuleSet;
use crate::plan::cost::{Counts, Price};
use crate::value::Value;

/// Rules that cost too much on a model, or too much to be told at length.
///
/// A cost only grows with what is counted. So it is worked out for a model with room for more of everything: a
/// rule that is cheap enough there stays so until that many changes were made. Of the others it is worked out
/// after each.
#[derive(Debug, Clone)]
pub(super) struct Costs {
    /// By rule.
    prices: Vec<Price>,
    /// Rules that may come to cost too much within the room that there is.
    near: Vec<usize>,
    /// Changes that there is still room for.
    room: u64,
}

/// How long a text, and of how many texts a list, has its room in any model.
const TEXT: usize = Counts::ROOM_FOR_BYTES;
const TEXTS: usize = Counts::ROOM_FOR_TEXTS;

impl Costs {
    pub(super) fn new(rules: &RuleSet, model: &Model) -> Self {
        let all = rules.typed().rules.iter();
        let room = 16 + u64::try_from(model.element_count() / 64).unwrap_or(0);
        let roomy = Counts::with_room(model, room);
        let near = all
            .enumerate()
            .filter(|(_, rule)| Price::of(&roomy, rules.typed(), rule) != Price::default())
            .map(|(position, _)| position);
        let mut costs = Self {
            prices: rules.typed().rules.iter().map(|_| Price::default()).collect(),
            near: near.collect(),
            room,
        };
        costs.count(rules, model);
        costs
    }

    /// By rule.
    pub(super) fn prices(&self) -> &[Price] {
        &self.prices
    }

    /// Follows steps that were made. Yields the rules for which something changed.
    pub(super) fn follow(
        &mut self,
        rules: &RuleSet,
        model: &Model,
        steps: &[Step],
    ) -> BTreeSet<usize> {
        let before = self.prices.clone();
        let mut room = Some(self.room);
        for step in steps {
            room = room.filter(|_| fits(step)).and_then(|room| room.checked_sub(1));
        }
        match room {
            Some(room) => {
                self.room = room;
                self.count(rules, model);
            }
            None => *self = Self::new(rules, model),
        }
        let pairs = before.iter().zip(&self.prices).enumerate();
        pairs.filter(|(_, (before, after))| before != after).map(|(rule, _)| rule).collect()
    }

    fn count(&mut self, rules: &RuleSet, model: &Model) {
        if self.near.is_empty() {
            return;
        }
        let counts = Counts::new(model);
        for position in &self.near {
            let rule = rules.typed().rules.get(*position);
            let found = rule.map(|rule| Price::of(&counts, rules.typed(), rule));
            if let Some(place) = self.prices.get_mut(*position) {
                *place = found.unwrap_or_default();
            }
        }
    }
}

/// Whether a step adds at most one to whatever is counted, and no text that is longer than has its room.
fn fits(step: &Step) -> bool {
    let is_short = |value: &Value| match value {
        Value::Text(text) => text.len() <= TEXT,
        Value::List(items) => {
            let short = |item: &Value| !matches!(item, Value::Text(text) if text.len() > TEXT);
            items.len() <= TEXTS && items.iter().all(short)
        }
        _ => true,
    };
    match step {
        Step::Change(Change::Set { value, .. }) => value.as_ref().is_none_or(is_short),
        Step::Change(Change::Insert { properties, .. }) => {
            properties.iter().all(|(_, value)| is_short(value))
        }
        Step::Change(Change::Link(link)) => {
            link.properties.iter().all(|(_, value)| is_short(value))
        }
        Step::Change(
            Change::Remove { .. }
            | Change::Place { .. }
            | Change::Unlink(_)
            | Change::Deviate { .. }
            | Change::Withdraw { .. },
        )
        | Step::Date(_) => true,
        // What could be answered for all elements together no longer can.
        Step::Change(Change::Open { .. }) | Step::Model(_) => false,
    }
}
