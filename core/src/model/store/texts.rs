//! Many texts in one piece of memory.

use std::ops::Range;

use crate::index::wide;

/// A list of texts, end to end.
#[derive(Debug, Clone, Default)]
pub(crate) struct Texts {
    bytes: String,
    places: Vec<Place>,
    /// Bytes that no text needs any more.
    waste: usize,
}

/// Where a text is: its first byte, and in the low bits its length.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Place(u64);

/// Bits for a text's length: 256 MiB, which is more than any limit lets through.
const LENGTH_BITS: u32 = 28;
pub(crate) const LONGEST: usize = (1 << LENGTH_BITS) - 1;

impl Place {
    fn new(start: usize, length: usize) -> Self {
        let number = |number: usize| u64::try_from(number).unwrap_or(u64::MAX);
        Self(number(start) << LENGTH_BITS | number(length.min(LONGEST)))
    }

    fn length(self) -> usize {
        usize::try_from(self.0 & ((1 << LENGTH_BITS) - 1)).unwrap_or(0)
    }

    fn range(self) -> Range<usize> {
        let start = usize::try_from(self.0 >> LENGTH_BITS).unwrap_or(usize::MAX);
        start..start.saturating_add(self.length())
    }
}

impl Texts {
    /// Empty texts.
    pub(crate) fn blank(count: usize) -> Self {
        Self { places: vec![Place::default(); count], ..Self::default() }
    }

    pub(crate) fn get(&self, position: usize) -> Option<&str> {
        self.bytes.get(self.places.get(position)?.range())
    }

    pub(crate) fn len(&self) -> usize {
        self.places.len()
    }

    /// The bytes of the text.
    pub(crate) fn length(&self, position: usize) -> usize {
        self.places.get(position).map_or(0, |place| place.length())
    }

    pub(crate) fn push(&mut self, text: &str) {
        let place = self.store(text);
        self.places.push(place);
    }

    /// Puts a text in the place of another.
    pub(crate) fn set(&mut self, position: usize, text: &str) {
        let place = self.store(text);
        if let Some(old) = self.places.get_mut(position) {
            self.waste += old.length();
            *old = place;
        }
        self.compact();
    }

    pub(crate) fn insert(&mut self, position: usize, text: &str) {
        let place = self.store(text);
        self.places.insert(position.min(self.places.len()), place);
    }

    pub(crate) fn remove(&mut self, position: usize) {
        if position < self.places.len() {
            self.waste += self.places.remove(position).length();
            self.compact();
        }
    }

    /// Moves texts by one place within a range; the last one becomes the first.
    pub(crate) fn rotate_right(&mut self, range: Range<usize>) {
        if let Some(places) = self.places.get_mut(range).filter(|places| !places.is_empty()) {
            places.rotate_right(1);
        }
    }

    /// Moves texts by one place within a range; the first one becomes the last.
    pub(crate) fn rotate_left(&mut self, range: Range<usize>) {
        if let Some(places) = self.places.get_mut(range).filter(|places| !places.is_empty()) {
            places.rotate_left(1);
        }
    }

    /// The texts at some positions.
    pub(crate) fn picked(&self, positions: &[u32]) -> Self {
        let mut texts = Self {
            bytes: String::with_capacity(self.bytes.len().saturating_sub(self.waste)),
            places: Vec::with_capacity(positions.len()),
            waste: 0,
        };
        for position in positions {
            texts.push(self.get(wide(*position)).unwrap_or(""));
        }
        texts
    }

    pub(crate) fn shrink_to_fit(&mut self) {
        self.bytes.shrink_to_fit();
        self.places.shrink_to_fit();
    }

    fn store(&mut self, text: &str) -> Place {
        let place = Place::new(self.bytes.len(), text.len());
        self.bytes.push_str(text);
        place
    }

    /// Writes the texts anew once most of the bytes are waste, so that edits take what they add.
    fn compact(&mut self) {
        if self.waste < 4096 || self.waste < self.bytes.len() / 2 {
            return;
        }
        let mut bytes = String::with_capacity(self.bytes.len().saturating_sub(self.waste));
        for place in &mut self.places {
            let text = self.bytes.get(place.range()).unwrap_or("");
            *place = Place::new(bytes.len(), text.len());
            bytes.push_str(text);
        }
        (self.bytes, self.waste) = (bytes, 0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(texts: &Texts) -> Vec<&str> {
        (0..texts.len()).filter_map(|position| texts.get(position)).collect()
    }

    #[test]
    fn texts_are_what_was_put_there() {
        let mut texts = Texts::default();
        for text in ["één", "", "drie"] {
            texts.push(text);
        }
        texts.insert(1, "twee");
        texts.set(2, "leeg");
        assert_eq!(list(&texts), ["één", "twee", "leeg", "drie"]);
        assert_eq!(list(&texts.picked(&[3, 0])), ["drie", "één"]);
        texts.remove(0);
        assert_eq!(list(&texts), ["twee", "leeg", "drie"]);
    }

    #[test]
    fn what_is_replaced_takes_no_space_for_long() {
        let mut texts = Texts::blank(10);
        for round in 0..10_000 {
            texts.set(round % 10, &format!("text {round}"));
        }
        assert_eq!(texts.get(9), Some("text 9999"));
        assert!(texts.bytes.len() < 10_000, "{}", texts.bytes.len());
    }
}
