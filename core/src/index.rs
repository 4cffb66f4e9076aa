//! Positions as types of their own, vectors indexed by them, and adjacency.
//!
//! The one module that indexes and casts: everything else goes through these types.

use std::marker::PhantomData;

/// A position in a vector of one kind of thing.
pub(crate) trait Index: Copy + Eq + Ord {
    fn from_usize(position: usize) -> Self;
    fn to_usize(self) -> usize;
}

/// Declares an index type: a `u32` that only fits the vectors made for it.
macro_rules! index_type {
    ($(#[$meta:meta])* $visibility:vis struct $name:ident;) => {
        $(#[$meta])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        $visibility struct $name(u32);

        impl $crate::index::Index for $name {
            #[expect(clippy::cast_possible_truncation, clippy::as_conversions,
                reason = "limits keep every vector far below 2^32 entries")]
            fn from_usize(position: usize) -> Self {
                Self(position as u32)
            }
            #[expect(clippy::as_conversions, reason = "u32 fits usize on every platform we build for")]
            fn to_usize(self) -> usize {
                self.0 as usize
            }
        }
    };
}
pub(crate) use index_type;

/// A vector that only its own index type can index.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct IndexVec<I, T> {
    items: Vec<T>,
    index: PhantomData<fn(I) -> I>,
}

impl<I: Index, T> IndexVec<I, T> {
    pub(crate) fn new() -> Self {
        Self { items: Vec::new(), index: PhantomData }
    }

    pub(crate) fn push(&mut self, item: T) -> I {
        let index = I::from_usize(self.items.len());
        self.items.push(item);
        index
    }

    /// Not called `get`: a type with that method is one whose indexing the lints refuse.
    pub(crate) fn lookup(&self, index: I) -> Option<&T> {
        self.items.get(index.to_usize())
    }

    pub(crate) fn lookup_mut(&mut self, index: I) -> Option<&mut T> {
        self.items.get_mut(index.to_usize())
    }

    pub(crate) fn len(&self) -> usize {
        self.items.len()
    }

    pub(crate) fn iter(&self) -> std::slice::Iter<'_, T> {
        self.items.iter()
    }

    pub(crate) fn indices(&self) -> impl DoubleEndedIterator<Item = I> + use<I, T> {
        (0..self.items.len()).map(I::from_usize)
    }

    pub(crate) fn enumerate(&self) -> impl DoubleEndedIterator<Item = (I, &T)> {
        self.items.iter().enumerate().map(|(i, item)| (I::from_usize(i), item))
    }
}

impl<I, T> IntoIterator for IndexVec<I, T> {
    type Item = T;
    type IntoIter = std::vec::IntoIter<T>;
    fn into_iter(self) -> Self::IntoIter {
        self.items.into_iter()
    }
}

impl<I: Index, T> Default for IndexVec<I, T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<I: Index, T> FromIterator<T> for IndexVec<I, T> {
    fn from_iter<It: IntoIterator<Item = T>>(items: It) -> Self {
        Self { items: items.into_iter().collect(), index: PhantomData }
    }
}

impl<I, T: std::fmt::Debug> std::fmt::Debug for IndexVec<I, T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.items.fmt(f)
    }
}

/// Indexing by the vector's own index type. Invariant: an index is only made by the vector it
/// indexes (`push`, `indices`, `enumerate`), so it is in range.
impl<I: Index, T> std::ops::Index<I> for IndexVec<I, T> {
    type Output = T;
    #[expect(clippy::indexing_slicing, reason = "an index is only made by the vector it indexes")]
    fn index(&self, index: I) -> &T {
        &self.items[index.to_usize()]
    }
}

impl<I: Index, T> std::ops::IndexMut<I> for IndexVec<I, T> {
    #[expect(clippy::indexing_slicing, reason = "an index is only made by the vector it indexes")]
    fn index_mut(&mut self, index: I) -> &mut T {
        &mut self.items[index.to_usize()]
    }
}

/// A set of positions.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct BitSet(Vec<u64>);

impl BitSet {
    /// An empty set with room for positions below `length`.
    pub(crate) fn new(length: usize) -> Self {
        Self(vec![0; length.div_ceil(64)])
    }

    /// Adds a position; one without room is left out.
    pub(crate) fn insert(&mut self, position: usize) {
        if let Some(word) = self.0.get_mut(position / 64) {
            *word |= 1 << (position % 64);
        }
    }

    pub(crate) fn contains(&self, position: usize) -> bool {
        self.0.get(position / 64).is_some_and(|word| word >> (position % 64) & 1 == 1)
    }
}

/// A run of items for each row of a range of rows: adjacency in two flat vectors.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Csr<R, T> {
    /// The first row that has a run; rows before it and after the last have none.
    first: usize,
    /// Where each run starts; one more than there are rows.
    starts: Vec<u32>,
    items: Vec<T>,
    row: PhantomData<fn(R) -> R>,
}

impl<R: Index, T> Csr<R, T> {
    /// From pairs that are sorted by row.
    pub(crate) fn from_sorted(pairs: Vec<(R, T)>) -> Self {
        let first = pairs.first().map_or(0, |(row, _)| row.to_usize());
        let rows = pairs.last().map_or(0, |(row, _)| row.to_usize().saturating_sub(first) + 1);
        let mut starts = Vec::with_capacity(rows + 1);
        let mut items = Vec::with_capacity(pairs.len());
        for (row, item) in pairs {
            let position = row.to_usize().saturating_sub(first);
            while starts.len() <= position {
                starts.push(position_of(items.len()));
            }
            items.push(item);
        }
        starts.push(position_of(items.len()));
        Self { first, starts, items, row: PhantomData }
    }

    /// The length of the longest row.
    pub(crate) fn longest(&self) -> usize {
        let pairs = self.starts.iter().zip(self.starts.iter().skip(1));
        let longest = pairs.map(|(start, end)| end.saturating_sub(*start)).max().unwrap_or(0);
        usize::try_from(longest).unwrap_or(usize::MAX)
    }

    /// The items of a row, in the order given.
    pub(crate) fn of(&self, row: R) -> &[T] {
        let Some(position) = row.to_usize().checked_sub(self.first) else { return &[] };
        let bound = |position: usize| {
            self.starts.get(position).and_then(|start| usize::try_from(*start).ok())
        };
        let (Some(start), Some(end)) = (bound(position), bound(position + 1)) else { return &[] };
        self.items.get(start..end).unwrap_or(&[])
    }
}

impl<R, T> Default for Csr<R, T> {
    fn default() -> Self {
        Self { first: 0, starts: Vec::new(), items: Vec::new(), row: PhantomData }
    }
}

fn position_of(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}
