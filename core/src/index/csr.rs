//! Adjacency in two flat vectors, with room left where items were taken out.

use std::marker::PhantomData;
use std::ops::Range;

use super::{Index, narrow, wide};

/// A run of items for each row of a range of rows.
///
/// Invariant: runs lie in the order of their rows, so a later slot is of the same row or a later one.
/// A run may be shorter than the space up to the next one: that space is what removed items left.
#[derive(Debug, Clone)]
pub(crate) struct Csr<R, T> {
    /// The first row that may have a run; rows before it and after the last have none.
    first: usize,
    runs: Vec<Run>,
    items: Vec<T>,
    count: usize,
    row: PhantomData<fn(R) -> R>,
}

/// Where the items of a row are.
#[derive(Debug, Clone, Copy)]
struct Run {
    start: u32,
    length: u32,
}

/// How an insertion moved items: those from `at` to before `end` by one, over a slot that was free, or all
/// from `at` on where there is no `end`. What lies beside a [`Csr`], slot by slot, is to follow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Slots {
    pub(crate) at: usize,
    pub(crate) end: Option<usize>,
}

impl Run {
    #[inline]
    fn range(self) -> Range<usize> {
        wide(self.start)..wide(self.start) + wide(self.length)
    }
}

impl<R: Index, T: Copy> Csr<R, T> {
    /// From pairs that are sorted by row.
    pub(crate) fn from_sorted(pairs: impl IntoIterator<Item = (R, T)>) -> Self {
        let mut csr = Self::default();
        for (row, item) in pairs {
            csr.push(row, item);
        }
        csr.runs.shrink_to_fit();
        csr.items.shrink_to_fit();
        csr
    }

    /// From pairs in any order: items of a row in theirs, each once.
    pub(crate) fn from_pairs(pairs: &[(R, T)]) -> Self
    where
        T: Ord,
    {
        let rows = || pairs.iter().map(|(row, _)| row.to_usize());
        let (Some(first), Some(last)) = (rows().min(), rows().max()) else {
            return Self::default();
        };
        let mut runs = vec![Run { start: 0, length: 0 }; last - first + 1];
        for row in rows() {
            if let Some(run) = runs.get_mut(row - first) {
                run.length += 1;
            }
        }
        let mut start = 0;
        for run in &mut runs {
            run.start = start;
            start += std::mem::take(&mut run.length);
        }
        let mut items: Vec<T> = pairs.iter().map(|(_, item)| *item).collect();
        for (row, item) in pairs {
            let Some(run) = runs.get_mut(row.to_usize() - first) else { continue };
            if let Some(place) = items.get_mut(run.range().end) {
                *place = *item;
            }
            run.length += 1;
        }
        let mut csr = Self { first, runs, items, count: pairs.len(), row: PhantomData };
        csr.sort_rows();
        csr
    }

    fn sort_rows(&mut self)
    where
        T: Ord,
    {
        let count = self.count;
        for run in &mut self.runs {
            let Some(items) = self.items.get_mut(run.range()) else { continue };
            items.sort_unstable();
            if items.windows(2).all(|pair| pair.first() < pair.last()) {
                continue;
            }
            let mut kept = items.to_vec();
            kept.dedup();
            for (place, item) in items.iter_mut().zip(&kept) {
                *place = *item;
            }
            self.count -= items.len() - kept.len();
            run.length = narrow(kept.len());
        }
        if self.count < count {
            self.compact();
        }
    }

    /// Adds an item to the last row that has any, or to one after it.
    pub(crate) fn push(&mut self, row: R, item: T) {
        if self.runs.is_empty() {
            self.first = row.to_usize();
        }
        let rows = row.to_usize().saturating_sub(self.first) + 1;
        let start = narrow(self.items.len());
        if self.runs.len() < rows {
            self.runs.resize(rows, Run { start, length: 0 });
        }
        if let Some(run) = self.runs.last_mut() {
            run.length += 1;
        }
        self.items.push(item);
        self.count += 1;
    }

    /// From pairs of row and item turned round: rows of items, each with the rows it was in, in order.
    pub(crate) fn turned(&self) -> Csr<T, R>
    where
        T: Index,
    {
        let items = || self.rows().flat_map(|(_, items)| items.iter().map(|item| item.to_usize()));
        let Some(first) = items().min() else { return Csr::default() };
        let rows = items().max().unwrap_or(first) - first + 1;
        let mut runs = vec![Run { start: 0, length: 0 }; rows];
        for item in items() {
            if let Some(run) = runs.get_mut(item - first) {
                run.length += 1;
            }
        }
        let mut start = 0;
        for run in &mut runs {
            run.start = start;
            start += std::mem::take(&mut run.length);
        }
        let mut turned = vec![R::from_usize(0); self.count];
        for (row, items) in self.rows() {
            for item in items {
                let Some(run) = runs.get_mut(item.to_usize() - first) else { continue };
                if let Some(place) = turned.get_mut(run.range().end) {
                    *place = row;
                }
                run.length += 1;
            }
        }
        Csr { first, runs, items: turned, count: self.count, row: PhantomData }
    }

    /// How many items there are.
    pub(crate) fn count(&self) -> usize {
        self.count
    }

    /// How many items each row has, of those that may have any.
    pub(crate) fn lengths(&self) -> impl Iterator<Item = usize> + '_ {
        self.runs.iter().map(|run| wide(run.length))
    }

    /// The items of a row, in the order given.
    #[inline]
    pub(crate) fn of(&self, row: R) -> &[T] {
        self.items.get(self.slots(row)).unwrap_or(&[])
    }

    /// Where the items of a row are.
    #[inline]
    pub(crate) fn slots(&self, row: R) -> Range<usize> {
        let run = row.to_usize().checked_sub(self.first).and_then(|row| self.runs.get(row));
        run.map_or(0..0, |run| run.range())
    }

    /// The items of every row of a span, those without any included.
    pub(crate) fn each_of(&self, span: &Range<usize>) -> impl Iterator<Item = &[T]> {
        let before = self.first.clamp(span.start, span.end.max(span.start)) - span.start;
        let rest = span.len().saturating_sub(before);
        let from = span.start.saturating_sub(self.first).min(self.runs.len());
        let runs = self.runs.get(from..).unwrap_or_default();
        let runs = runs.get(..rest).unwrap_or(runs);
        let after = rest.saturating_sub(runs.len());
        let none = |count| std::iter::repeat_n::<&[T]>(&[], count);
        let some = runs.iter().map(|run| self.items.get(run.range()).unwrap_or(&[]));
        none(before).chain(some).chain(none(after))
    }

    /// The rows that may have items, with these.
    pub(crate) fn rows(&self) -> impl Iterator<Item = (R, &[T])> {
        self.runs.iter().enumerate().map(|(number, run)| {
            let items = self.items.get(run.range()).unwrap_or(&[]);
            (R::from_usize(self.first + number), items)
        })
    }

    /// The row that an item is of, and the item.
    pub(crate) fn at(&self, slot: usize) -> Option<(R, T)> {
        let after = self.runs.partition_point(|run| wide(run.start) <= slot);
        let number = after.checked_sub(1)?;
        let run = self.runs.get(number)?;
        let item = self.items.get(slot).filter(|_| run.range().contains(&slot))?;
        Some((R::from_usize(self.first + number), *item))
    }

    /// How many slots there are, those that are free included.
    pub(crate) fn slot_count(&self) -> usize {
        self.items.len()
    }
}

/// Edits: each takes time with the rows and items behind the place at most, and none with their number
/// where there is room.
impl<R: Index, T: Copy> Csr<R, T> {
    /// Inserts an item at a place in a row.
    pub(crate) fn insert(&mut self, row: R, place: usize, item: T) -> Slots {
        self.reach(row);
        let number = row.to_usize().saturating_sub(self.first);
        let next = self.runs.get(number + 1).map_or(self.items.len(), |run| wide(run.start));
        let Some(run) = self.runs.get_mut(number) else { return Slots { at: 0, end: Some(0) } };
        let end = run.range().end;
        let at = (wide(run.start) + place).min(end);
        run.length += 1;
        self.count += 1;
        if end < next
            && let Some(slots) = self.items.get_mut(at..=end)
        {
            slots.rotate_right(1);
            if let Some(first) = slots.first_mut() {
                *first = item;
            }
            return Slots { at, end: Some(end + 1) };
        }
        self.items.insert(at, item);
        for run in self.runs.iter_mut().skip(number + 1) {
            run.start += 1;
        }
        Slots { at, end: None }
    }

    /// Takes out the item at a place in a row: it is the first of the slots returned. The others move down
    /// by one, and the last stays free.
    pub(crate) fn remove(&mut self, row: R, place: usize) -> Option<Range<usize>> {
        let number = row.to_usize().checked_sub(self.first)?;
        let run = self.runs.get_mut(number)?;
        let Range { start, end } = run.range();
        let at = start + place;
        let slots = self.items.get_mut(at..end).filter(|slots| !slots.is_empty())?;
        slots.rotate_left(1);
        run.length -= 1;
        self.count -= 1;
        Some(at..end)
    }

    /// Makes a row at a place; those from there on move up by one.
    pub(crate) fn insert_row(&mut self, row: R) {
        if self.runs.is_empty() {
            return;
        }
        match row.to_usize().checked_sub(self.first) {
            None => self.first += 1,
            Some(0) => self.first += 1,
            Some(number) if number < self.runs.len() => {
                let start = self.runs.get(number).map_or(0, |run| run.start);
                self.runs.insert(number, Run { start, length: 0 });
            }
            Some(_) => {}
        }
    }

    /// Takes a row away, with its items; those after it move down by one.
    pub(crate) fn remove_row(&mut self, row: R) {
        match row.to_usize().checked_sub(self.first) {
            None => self.first = self.first.saturating_sub(1),
            Some(number) if number < self.runs.len() => {
                let run = self.runs.remove(number);
                self.count -= wide(run.length);
            }
            Some(_) => {}
        }
    }

    /// Changes every item, in free slots too.
    pub(crate) fn for_each_item(&mut self, change: impl FnMut(&mut T)) {
        self.items.iter_mut().for_each(change);
    }

    /// Closes the gaps that removed items left. Yields the slots that stay, in order.
    pub(crate) fn compact(&mut self) -> Vec<u32> {
        let mut kept = Vec::with_capacity(self.count);
        for run in &mut self.runs {
            let start = narrow(kept.len());
            kept.extend(run.start..run.start.saturating_add(run.length));
            run.start = start;
        }
        let items = kept.iter().filter_map(|slot| self.items.get(wide(*slot)).copied());
        self.items = items.collect();
        kept
    }

    /// Makes sure that a row has a run, if an empty one.
    fn reach(&mut self, row: R) {
        let row = row.to_usize();
        if self.runs.is_empty() {
            self.first = row;
        }
        if let Some(missing @ 1..) = self.first.checked_sub(row) {
            let start = self.runs.first().map_or(0, |run| run.start);
            self.runs.splice(0..0, std::iter::repeat_n(Run { start, length: 0 }, missing));
            self.first = row;
        }
        let rows = row.saturating_sub(self.first) + 1;
        if self.runs.len() < rows {
            let start = narrow(self.items.len());
            self.runs.resize(rows, Run { start, length: 0 });
        }
    }
}

/// Equal where the rows are, wherever their runs lie.
impl<R: Index, T: Copy + PartialEq> PartialEq for Csr<R, T> {
    fn eq(&self, other: &Self) -> bool {
        let filled = |csr: &Self| -> Vec<(usize, Vec<T>)> {
            let rows = csr.rows().filter(|(_, items)| !items.is_empty());
            rows.map(|(row, items)| (row.to_usize(), items.to_vec())).collect()
        };
        filled(self) == filled(other)
    }
}

impl<R, T> Default for Csr<R, T> {
    fn default() -> Self {
        Self { first: 0, runs: Vec::new(), items: Vec::new(), count: 0, row: PhantomData }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::place::ElementIdx;

    proptest! {
        #[test]
        fn pairs_make_the_same_rows_in_any_order(
            pairs in prop::collection::vec((3..9_usize, 0..7_usize), 0..30),
        ) {
            let index = ElementIdx::from_usize;
            let pairs: Vec<_> = pairs.iter().map(|(row, item)| (index(*row), index(*item))).collect();
            let made = Csr::from_pairs(&pairs);
            let mut sorted = pairs;
            sorted.sort_unstable();
            sorted.dedup();
            let expected = Csr::from_sorted(sorted.iter().copied());
            prop_assert_eq!(&made, &expected);
            prop_assert_eq!(made.count(), sorted.len());
            prop_assert_eq!(made.slot_count(), sorted.len());
            let mut turned: Vec<_> = sorted.iter().map(|(row, item)| (*item, *row)).collect();
            turned.sort_unstable();
            prop_assert_eq!(made.turned(), Csr::from_sorted(turned));
        }
    }
}
