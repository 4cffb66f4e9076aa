//! What is counted in a store: each number when first asked for, and kept until an edit changes it.

use std::sync::OnceLock;

use crate::index::IndexVec;
use crate::metamodel::{PropertyIdx, RelationIdx, Vocabulary};
use crate::value::Value;

#[derive(Debug, Clone, Default)]
pub(crate) struct Derived {
    relations: IndexVec<RelationIdx, [OnceLock<usize>; 2]>,
    properties: IndexVec<PropertyIdx, PropertyCounts>,
}

#[derive(Debug, Clone, Default)]
struct PropertyCounts {
    tally: OnceLock<Vec<usize>>,
    extent: OnceLock<(usize, usize)>,
}

impl Derived {
    pub(crate) fn new(v: &Vocabulary) -> Self {
        Self {
            relations: v.relations.iter().map(|_| <[OnceLock<usize>; 2]>::default()).collect(),
            properties: v.properties.iter().map(|_| PropertyCounts::default()).collect(),
        }
    }

    pub(crate) fn most_links(
        &self,
        relation: RelationIdx,
        inverse: bool,
        count: impl FnOnce() -> usize,
    ) -> usize {
        let [forward, backward] = &self.relations[relation];
        let known = if inverse { backward } else { forward };
        *known.get_or_init(count)
    }

    pub(crate) fn tally(
        &self,
        property: PropertyIdx,
        count: impl FnOnce() -> Vec<usize>,
    ) -> &[usize] {
        self.properties[property].tally.get_or_init(count)
    }

    pub(crate) fn extent(
        &self,
        property: PropertyIdx,
        count: impl FnOnce() -> (usize, usize),
    ) -> (usize, usize) {
        *self.properties[property].extent.get_or_init(count)
    }
}

/// Edits.
impl Derived {
    /// An element has got one more link, and so many now.
    pub(crate) fn linked(&mut self, relation: RelationIdx, inverse: bool, links: usize) {
        if let Some(most) = self.most(relation, inverse).get_mut() {
            *most = links.max(*most);
        }
    }

    /// An element has lost one of so many links.
    pub(crate) fn unlinked(&mut self, relation: RelationIdx, inverse: bool, links: usize) {
        let most = self.most(relation, inverse);
        if most.get() == Some(&links) {
            most.take();
        }
    }

    /// A property of one element has another value.
    pub(crate) fn changed(
        &mut self,
        property: PropertyIdx,
        old: Option<&Value>,
        new: Option<&Value>,
    ) {
        let counts = &mut self.properties[property];
        if let Some(tally) = counts.tally.get_mut() {
            if let Some(count) = position(old).and_then(|position| tally.get_mut(position)) {
                *count = count.saturating_sub(1);
            }
            if let Some(position) = position(new) {
                if tally.len() <= position {
                    tally.resize(position + 1, 0);
                }
                if let Some(count) = tally.get_mut(position) {
                    *count += 1;
                }
            }
        }
        if holds_text(old) || holds_text(new) {
            counts.extent.take();
        }
    }

    fn most(&mut self, relation: RelationIdx, inverse: bool) -> &mut OnceLock<usize> {
        let [forward, backward] = &mut self.relations[relation];
        if inverse { backward } else { forward }
    }
}

fn position(value: Option<&Value>) -> Option<usize> {
    match value {
        Some(Value::Enum(_, position)) => usize::try_from(*position).ok(),
        _ => None,
    }
}

fn holds_text(value: Option<&Value>) -> bool {
    matches!(value, Some(Value::Text(_) | Value::List(_)))
}
