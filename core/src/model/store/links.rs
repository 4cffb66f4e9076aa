//! The links of one relation, from both ends.

use std::ops::Range;

use crate::index::{Csr, Index, Slots};
use crate::model::{ElementIdx, LinkIdx};

/// Invariant: a link is the slot of its target in `outgoing`, so that links compare as their ends do.
/// What else a link holds lies in columns, by that slot.
#[derive(Debug, Clone, Default)]
pub(crate) struct Links {
    /// The targets of each source, in model order.
    outgoing: Csr<ElementIdx, ElementIdx>,
    /// The sources of each target, in model order.
    incoming: Csr<ElementIdx, ElementIdx>,
    /// How many links have the same two ends as the one before.
    parallels: usize,
}

impl Links {
    /// From pairs of ends in the order of the relation's links.
    pub(crate) fn from_sorted(ends: impl IntoIterator<Item = (ElementIdx, ElementIdx)>) -> Self {
        Self::from_outgoing(Csr::from_sorted(ends))
    }

    /// From the targets of each source, in order.
    pub(crate) fn from_outgoing(outgoing: Csr<ElementIdx, ElementIdx>) -> Self {
        let twins = |targets: &[ElementIdx]| {
            targets.windows(2).filter(|pair| pair.first() == pair.last()).count()
        };
        let parallels = outgoing.rows().map(|(_, targets)| twins(targets)).sum();
        let incoming = outgoing.turned();
        Self { outgoing, incoming, parallels }
    }

    /// What each element is linked to: its targets, or read the other way its sources.
    pub(crate) fn side(&self, inverse: bool) -> &Csr<ElementIdx, ElementIdx> {
        if inverse { &self.incoming } else { &self.outgoing }
    }

    /// Whether two links may have the same two ends.
    pub(crate) fn has_parallels(&self) -> bool {
        self.parallels > 0
    }

    pub(crate) fn count(&self) -> usize {
        self.outgoing.count()
    }

    /// The links of an element, in model order.
    pub(crate) fn at(
        &self,
        element: ElementIdx,
        inverse: bool,
    ) -> impl Iterator<Item = LinkIdx> + '_ {
        let first = self.outgoing.slots(element).start;
        let row = self.side(inverse).of(element);
        row.iter().enumerate().map(move |(place, other)| {
            if inverse {
                let twins = row.iter().take(place).rev().take_while(|twin| *twin == other).count();
                LinkIdx::from_usize(self.first_between(*other, element) + twins)
            } else {
                LinkIdx::from_usize(first + place)
            }
        })
    }

    /// The first link between two elements, or where it would be.
    fn first_between(&self, from: ElementIdx, to: ElementIdx) -> usize {
        let place = self.outgoing.of(from).partition_point(|target| *target < to);
        self.outgoing.slots(from).start + place
    }

    pub(crate) fn ends(&self, link: LinkIdx) -> Option<(ElementIdx, ElementIdx)> {
        self.outgoing.at(link.to_usize())
    }
}

/// Edits.
impl Links {
    /// Inserts a link after so many others that have the same two ends.
    pub(crate) fn insert(
        &mut self,
        (from, to): (ElementIdx, ElementIdx),
        twins_before: usize,
    ) -> Slots {
        self.parallels += usize::from(self.outgoing.of(from).binary_search(&to).is_ok());
        let place = self.outgoing.of(from).partition_point(|target| *target < to);
        let place_back = self.incoming.of(to).partition_point(|source| *source < from);
        self.incoming.insert(to, place_back + twins_before, from);
        self.outgoing.insert(from, place + twins_before, to)
    }

    /// Takes a link out. Yields the slots that moved, the link's own first.
    pub(crate) fn remove(&mut self, link: LinkIdx) -> Option<Range<usize>> {
        let (from, to) = self.ends(link)?;
        let place = link.to_usize().checked_sub(self.outgoing.slots(from).start)?;
        let place_back = self.incoming.of(to).partition_point(|source| *source < from);
        self.incoming.remove(to, place_back)?;
        let moved = self.outgoing.remove(from, place)?;
        self.parallels -= usize::from(self.outgoing.of(from).binary_search(&to).is_ok());
        Some(moved)
    }

    /// How many slots there are, free ones included.
    pub(crate) fn slot_count(&self) -> usize {
        self.outgoing.slot_count()
    }

    /// The links between two elements.
    pub(crate) fn between(&self, from: ElementIdx, to: ElementIdx) -> Range<usize> {
        let row = self.outgoing.of(from);
        let end = row.partition_point(|target| *target <= to);
        self.first_between(from, to)..self.outgoing.slots(from).start + end
    }

    /// Makes room for an element: those from there on move up by one.
    pub(crate) fn insert_element(&mut self, at: ElementIdx) {
        for side in [&mut self.outgoing, &mut self.incoming] {
            side.insert_row(at);
            side.for_each_item(|item| *item = item.moved_up(at));
        }
    }

    /// Takes away an element without links: those after it move down by one.
    pub(crate) fn remove_element(&mut self, at: ElementIdx) {
        for side in [&mut self.outgoing, &mut self.incoming] {
            side.remove_row(at);
            side.for_each_item(|item| *item = item.moved_down(at));
        }
    }

    /// Closes the gaps, once they are most of the slots. Yields the slots that stay, in order.
    pub(crate) fn compact(&mut self) -> Option<Vec<u32>> {
        if self.slot_count() < 1024 + 2 * self.count() {
            return None;
        }
        self.incoming.compact();
        Some(self.outgoing.compact())
    }
}
