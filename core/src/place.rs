//! Positions of what metamodels and models consist of, as types of their own.
//!
//! Words for every layer: values and rules name kinds and elements before anyone knows what these hold.

use std::sync::Arc;

use crate::index::index_type;

index_type! {
    /// A kind, in model order.
    pub(crate) struct KindIdx;
}
index_type! {
    /// A property of one kind or of one relation's links.
    pub(crate) struct PropertyIdx;
}
index_type! {
    /// A relation, in model order.
    pub(crate) struct RelationIdx;
}
index_type! {
    /// An enumeration.
    pub(crate) struct EnumIdx;
}

/// A set of kinds, sorted.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub(crate) struct KindSet(Arc<[KindIdx]>);

impl KindSet {
    pub(crate) fn one(kind: KindIdx) -> Self {
        Self(Arc::from([kind]))
    }
    pub(crate) fn iter(&self) -> impl DoubleEndedIterator<Item = KindIdx> + '_ {
        self.0.iter().copied()
    }
    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
    pub(crate) fn contains(&self, kind: KindIdx) -> bool {
        self.0.binary_search(&kind).is_ok()
    }
    pub(crate) fn union(&self, other: &Self) -> Self {
        self.iter().chain(other.iter()).collect()
    }
    pub(crate) fn intersection(&self, other: &Self) -> Self {
        self.iter().filter(|kind| other.contains(*kind)).collect()
    }
}

impl FromIterator<KindIdx> for KindSet {
    fn from_iter<I: IntoIterator<Item = KindIdx>>(kinds: I) -> Self {
        let mut kinds: Vec<_> = kinds.into_iter().collect();
        kinds.sort_unstable();
        kinds.dedup();
        Self(kinds.into())
    }
}

index_type! {
    /// An element. Order is model order: kind, then id by code point.
    pub(crate) struct ElementIdx;
}

impl ElementIdx {
    /// Where the element is once one has been inserted at a place. Without branches, for long lists.
    pub(crate) fn moved_up(self, at: Self) -> Self {
        Self(self.0.wrapping_add(u32::from(self.0 >= at.0)))
    }

    /// Where the element is once the one at a place has been taken away.
    pub(crate) fn moved_down(self, at: Self) -> Self {
        Self(self.0.wrapping_sub(u32::from(self.0 > at.0)))
    }
}
index_type! {
    /// A link of one relation. Order is ends, `valid_from`, then the other properties.
    pub(crate) struct LinkIdx;
}

/// A link, and the end it was read from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct LinkRef {
    pub(crate) relation: RelationIdx,
    pub(crate) link: LinkIdx,
    /// Read from the target's end.
    pub(crate) inverse: bool,
}
