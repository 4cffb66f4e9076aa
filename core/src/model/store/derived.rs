//! What is counted in a store: each number when first asked for, and kept up to date by edits.

use std::sync::OnceLock;

use super::column::{extent_of, larger};
use crate::index::IndexVec;
use crate::metamodel::{PropertyIdx, RelationIdx, Vocabulary};
use crate::value::Value;

#[derive(Debug, Clone, Default)]
pub(crate) struct Derived {
    relations: IndexVec<RelationIdx, [OnceLock<Lengths>; 2]>,
    properties: IndexVec<PropertyIdx, PropertyCounts>,
}

/// How many elements have one link, how many two, and so on; the last of them are some.
#[derive(Debug, Clone, Default)]
struct Lengths(Vec<u32>);

#[derive(Debug, Clone, Default)]
struct PropertyCounts {
    tally: OnceLock<Vec<usize>>,
    extent: OnceLock<(usize, usize)>,
}

impl Derived {
    pub(crate) fn new(v: &Vocabulary) -> Self {
        Self {
            relations: v.relations.iter().map(|_| <[OnceLock<Lengths>; 2]>::default()).collect(),
            properties: v.properties.iter().map(|_| PropertyCounts::default()).collect(),
        }
    }

    pub(crate) fn most_links<I: Iterator<Item = usize>>(
        &self,
        relation: RelationIdx,
        inverse: bool,
        lengths: impl FnOnce() -> I,
    ) -> usize {
        let [forward, backward] = &self.relations[relation];
        let known = if inverse { backward } else { forward };
        known.get_or_init(|| Lengths::of(lengths())).most()
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
        if let Some(lengths) = self.lengths(relation, inverse).get_mut() {
            lengths.less(links.saturating_sub(1));
            lengths.more(links);
        }
    }

    /// An element has lost one of so many links.
    pub(crate) fn unlinked(&mut self, relation: RelationIdx, inverse: bool, links: usize) {
        if let Some(lengths) = self.lengths(relation, inverse).get_mut() {
            lengths.less(links);
            lengths.more(links.saturating_sub(1));
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
        let Some(extent) = counts.extent.get_mut() else { return };
        let (old, new) = (old.and_then(extent_of), new.and_then(extent_of));
        let is_most = |part: usize, most: usize| most > 1 && part >= most;
        // One that reached as far as any other: how far these reach isn't known.
        if old.is_some_and(|old| is_most(old.0, extent.0) || is_most(old.1, extent.1)) {
            counts.extent.take();
        } else if let Some(new) = new {
            *extent = larger(*extent, new);
        }
    }

    fn lengths(&mut self, relation: RelationIdx, inverse: bool) -> &mut OnceLock<Lengths> {
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

impl Lengths {
    fn of(lengths: impl Iterator<Item = usize>) -> Self {
        let mut counted = Self::default();
        lengths.for_each(|length| counted.more(length));
        counted
    }

    fn most(&self) -> usize {
        self.0.len()
    }

    fn more(&mut self, length: usize) {
        let Some(place) = length.checked_sub(1) else { return };
        if self.0.len() <= place {
            self.0.resize(place + 1, 0);
        }
        if let Some(count) = self.0.get_mut(place) {
            *count += 1;
        }
    }

    fn less(&mut self, length: usize) {
        let place = length.checked_sub(1);
        if let Some(count) = place.and_then(|place| self.0.get_mut(place)) {
            *count = count.saturating_sub(1);
        }
        while self.0.last() == Some(&0) {
            self.0.pop();
        }
    }
}
