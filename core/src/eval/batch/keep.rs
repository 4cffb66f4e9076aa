//! What was computed of an element and may be asked for again.

use rustc_hash::FxHashMap;

use super::span_of;
use super::value::{Member, Scalar, Truth, Whole};
use crate::index::Index;
use crate::metamodel::KindSet;
use crate::model::{ElementIdx, Model};
use crate::plan::node::Keep;

/// Values of all operators that are computed once, each in a place of its own.
pub(super) struct Kept<'r> {
    few: bool,
    places: Vec<Place<'r>>,
    /// The members of lists that were written down.
    members: Vec<Member<'r>>,
}

/// Values by element. What is first kept decides what kind of value that is.
struct Place<'r> {
    span: std::ops::Range<usize>,
    keep: Keep,
    truths: Table<u8>,
    values: Table<Option<Scalar<'r>>>,
    lists: Table<Option<List>>,
    /// Of a list that is kept until another element is asked about: whose it is.
    last: Option<(usize, Whole)>,
    last_members: Vec<Member<'r>>,
}

/// A list that was written down.
#[derive(Debug, Clone, Copy)]
pub(super) struct List {
    start: usize,
    end: usize,
    whole: Whole,
}

/// By position: in a vector where most are asked for, in a map where few are.
enum Table<T> {
    Empty,
    Dense(Vec<T>),
    Sparse(FxHashMap<usize, T>),
}

impl<T: Copy + Default> Table<T> {
    #[inline]
    fn get(&self, position: usize) -> T {
        match self {
            Self::Dense(items) => items.get(position).copied().unwrap_or_default(),
            Self::Sparse(items) => items.get(&position).copied().unwrap_or_default(),
            Self::Empty => T::default(),
        }
    }

    #[inline]
    fn set(&mut self, position: usize, item: T, length: usize, few: bool) {
        match self {
            Self::Dense(items) => {
                if let Some(place) = items.get_mut(position) {
                    *place = item;
                }
            }
            Self::Sparse(items) => {
                items.insert(position, item);
            }
            Self::Empty => {
                *self = if few {
                    Self::Sparse(FxHashMap::default())
                } else {
                    Self::Dense(vec![T::default(); length])
                };
                self.set(position, item, length, few);
            }
        }
    }
}

impl<'r> Kept<'r> {
    pub(super) fn new(few: bool) -> Self {
        Self { few, places: Vec::new(), members: Vec::new() }
    }

    /// A place for values of elements of the kinds.
    pub(super) fn place(&mut self, model: &Model, kinds: &KindSet, keep: Keep) -> usize {
        self.add(span_of(model, kinds), keep)
    }

    /// A place for one value.
    pub(super) fn place_of_one(&mut self) -> usize {
        self.add(0..1, Keep::Run)
    }

    fn add(&mut self, span: std::ops::Range<usize>, keep: Keep) -> usize {
        self.places.push(Place {
            span,
            keep,
            truths: Table::Empty,
            values: Table::Empty,
            lists: Table::Empty,
            last: None,
            last_members: Vec::new(),
        });
        self.places.len() - 1
    }

    /// Whether the element is one that values are kept of, and where.
    #[inline]
    pub(super) fn position(&self, place: usize, element: Option<ElementIdx>) -> Option<usize> {
        let span = &self.places.get(place)?.span;
        let position = element.map_or(0, Index::to_usize);
        span.contains(&position).then(|| position.wrapping_sub(span.start))
    }

    #[inline]
    pub(super) fn truth(&self, place: usize, position: usize) -> Option<Truth> {
        let code = self.places.get(place)?.truths.get(position);
        code.checked_sub(1).map(Truth::from_code)
    }

    #[inline]
    pub(super) fn keep_truth(&mut self, place: usize, position: usize, truth: Truth) {
        if let Some(place) = self.places.get_mut(place) {
            place.truths.set(position, truth.code() + 1, place.span.len(), self.few);
        }
    }

    pub(super) fn value(&self, place: usize, position: usize) -> Option<Scalar<'r>> {
        self.places.get(place)?.values.get(position)
    }

    pub(super) fn keep_value(&mut self, place: usize, position: usize, value: Scalar<'r>) {
        if let Some(place) = self.places.get_mut(place) {
            place.values.set(position, Some(value), place.span.len(), self.few);
        }
    }

    /// How many members a list has that is kept, and how it was found.
    pub(super) fn list(&self, place: usize, position: usize) -> Option<(Stored, Whole)> {
        let kept = self.places.get(place)?;
        if kept.keep == Keep::Element {
            let (of, whole) = kept.last?;
            return (of == position)
                .then_some((Stored::Last { place, length: kept.last_members.len() }, whole));
        }
        let list = kept.lists.get(position)?;
        Some((Stored::Run { start: list.start, end: list.end }, list.whole))
    }

    pub(super) fn keep_list(
        &mut self,
        place: usize,
        position: usize,
        members: &[Member<'r>],
        whole: Whole,
    ) {
        let Some(kept) = self.places.get_mut(place) else { return };
        if kept.keep == Keep::Element {
            kept.last = Some((position, whole));
            kept.last_members.clear();
            kept.last_members.extend_from_slice(members);
            return;
        }
        let start = self.members.len();
        self.members.extend_from_slice(members);
        let list = List { start, end: self.members.len(), whole };
        kept.lists.set(position, Some(list), kept.span.len(), self.few);
    }

    #[inline]
    pub(super) fn member(&self, stored: Stored, number: usize) -> Option<Member<'r>> {
        match stored {
            Stored::Run { start, end } => {
                self.members.get(start..end).and_then(|members| members.get(number)).copied()
            }
            Stored::Last { place, .. } => self.places.get(place)?.last_members.get(number).copied(),
        }
    }
}

/// Where the members of a list are.
#[derive(Debug, Clone, Copy)]
pub(super) enum Stored {
    Run { start: usize, end: usize },
    Last { place: usize, length: usize },
}

impl Stored {
    pub(super) fn length(self) -> usize {
        match self {
            Self::Run { start, end } => end.saturating_sub(start),
            Self::Last { length, .. } => length,
        }
    }
}
