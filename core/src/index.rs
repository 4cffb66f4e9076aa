//! Positions as types of their own, vectors indexed by them, and adjacency.
//!
//! The one module that indexes and casts: everything else goes through these types.

mod bits;
mod csr;

use std::marker::PhantomData;

pub(crate) use self::bits::BitSet;
pub(crate) use self::csr::{Csr, Slots};

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
            #[inline]
            fn from_usize(position: usize) -> Self {
                Self(position as u32)
            }
            #[expect(clippy::as_conversions, reason = "u32 fits usize on every platform we build for")]
            #[inline]
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

    pub(crate) fn iter_mut(&mut self) -> std::slice::IterMut<'_, T> {
        self.items.iter_mut()
    }

    /// Puts an item at a place, if there is such a place; those from there on move up by one.
    pub(crate) fn insert(&mut self, index: I, item: T) {
        if index.to_usize() <= self.items.len() {
            self.items.insert(index.to_usize(), item);
        }
    }

    /// Takes the item at a place away; those after it move down by one.
    pub(crate) fn remove(&mut self, index: I) {
        if index.to_usize() < self.items.len() {
            self.items.remove(index.to_usize());
        }
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

/// A position in memory.
#[inline]
#[expect(clippy::as_conversions, reason = "u32 fits usize on every platform we build for")]
pub(crate) const fn wide(position: u32) -> usize {
    position as usize
}

/// A position as it is kept. Invariant: limits keep every vector far below 2^32 entries.
pub(crate) fn narrow(position: usize) -> u32 {
    u32::try_from(position).unwrap_or(u32::MAX)
}
