//! Where elements were written.

use crate::index::{Index, IndexVec};
use crate::model::{ElementIdx, Origin};
use crate::source::Span;

/// Eight bytes for each element, and the sources apart, since most models have one.
#[derive(Debug, Clone, Default)]
pub(crate) struct Origins {
    spans: IndexVec<ElementIdx, Span>,
    /// Empty where everything was written in the first source.
    sources: IndexVec<ElementIdx, u32>,
}

/// Of what was written nowhere.
const NOWHERE: Span = Span { start: u32::MAX, end: 0 };

impl Origins {
    pub(crate) fn push(&mut self, origin: Option<Origin>) {
        let (span, source) = origin.map_or((NOWHERE, 0), |origin| (origin.span, origin.source));
        if source > 0 && self.sources.len() == 0 {
            self.sources = self.spans.iter().map(|_| 0).collect();
        }
        self.spans.push(span);
        if source > 0 || self.sources.len() > 0 {
            self.sources.push(source);
        }
    }

    pub(crate) fn get(&self, element: ElementIdx) -> Option<Origin> {
        let span = self.spans.lookup(element).copied().filter(|span| *span != NOWHERE)?;
        Some(Origin { source: self.sources.lookup(element).copied().unwrap_or(0), span })
    }

    /// Says where an element is written.
    pub(crate) fn set(&mut self, element: ElementIdx, origin: Option<Origin>) {
        let (span, source) = origin.map_or((NOWHERE, 0), |origin| (origin.span, origin.source));
        while source > 0 && self.sources.len() < self.spans.len() {
            self.sources.push(0);
        }
        if let Some(place) = self.spans.lookup_mut(element) {
            *place = span;
        }
        if let Some(place) = self.sources.lookup_mut(element) {
            *place = source;
        }
    }

    /// Makes room for an element that was written nowhere.
    pub(crate) fn insert(&mut self, element: ElementIdx) {
        self.spans.insert(element, NOWHERE);
        if element.to_usize() < self.sources.len() {
            self.sources.insert(element, 0);
        }
    }

    pub(crate) fn remove(&mut self, element: ElementIdx) {
        self.spans.remove(element);
        self.sources.remove(element);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_keep_their_places() {
        let at = |source, start| Some(Origin { source, span: Span::new(start, start + 1) });
        for first in [at(0, 5), at(1, 5), None] {
            let mut origins = Origins::default();
            for origin in [first, None, at(1, 7), at(0, 8)] {
                origins.push(origin);
            }
            let all = |origins: &Origins| -> Vec<_> {
                (0..origins.spans.len()).map(|e| origins.get(ElementIdx::from_usize(e))).collect()
            };
            assert_eq!(all(&origins), [first, None, at(1, 7), at(0, 8)]);
            origins.insert(ElementIdx::from_usize(3));
            origins.insert(ElementIdx::from_usize(5));
            origins.remove(ElementIdx::from_usize(1));
            assert_eq!(all(&origins), [first, at(1, 7), None, at(0, 8), None]);
            origins.set(ElementIdx::from_usize(4), at(2, 9));
            origins.set(ElementIdx::from_usize(1), None);
            assert_eq!(all(&origins), [first, None, None, at(0, 8), at(2, 9)]);
        }
    }
}
