//! Sets of positions, a bit for each.

use std::ops::Range;

use super::wide;

/// A set of positions below a length.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct BitSet {
    /// Invariant: bits at and past the length are clear.
    words: Vec<u64>,
    length: usize,
}

impl BitSet {
    /// An empty set with room for positions below `length`.
    pub(crate) fn new(length: usize) -> Self {
        Self { words: vec![0; length.div_ceil(64)], length }
    }

    /// The set of all positions below `length`.
    pub(crate) fn full(length: usize) -> Self {
        let mut set = Self { words: vec![u64::MAX; length.div_ceil(64)], length };
        if let (Some(last), rest @ 1..) = (set.words.last_mut(), length % 64) {
            *last = (1 << rest) - 1;
        }
        set
    }

    /// How many positions there is room for.
    pub(crate) fn length(&self) -> usize {
        self.length
    }

    /// Makes room for positions below `length`, if there is less.
    pub(crate) fn grow(&mut self, length: usize) {
        if length > self.length {
            self.length = length;
            self.words.resize(length.div_ceil(64), 0);
        }
    }

    /// The bits of 64 positions each, the lowest first.
    pub(crate) fn words(&self) -> &[u64] {
        &self.words
    }

    /// Adds a position; one without room is left out.
    pub(crate) fn insert(&mut self, position: usize) {
        if position < self.length
            && let Some(word) = self.words.get_mut(position / 64)
        {
            *word |= 1 << (position % 64);
        }
    }

    pub(crate) fn remove(&mut self, position: usize) {
        if let Some(word) = self.words.get_mut(position / 64) {
            *word &= !(1 << (position % 64));
        }
    }

    #[inline]
    pub(crate) fn contains(&self, position: usize) -> bool {
        self.words.get(position / 64).is_some_and(|word| word >> (position % 64) & 1 == 1)
    }

    /// How many positions are in the set.
    pub(crate) fn count(&self) -> usize {
        self.words.iter().map(|word| wide(word.count_ones())).sum()
    }

    /// The positions in the set, ascending.
    pub(crate) fn iter(&self) -> impl Iterator<Item = usize> + '_ {
        self.words.iter().enumerate().flat_map(|(number, word)| {
            let mut rest = *word;
            std::iter::from_fn(move || {
                let bit = wide(rest.trailing_zeros());
                // Clears the lowest bit that is set; none are left of zero.
                rest &= rest.checked_sub(1)?;
                Some(number * 64 + bit)
            })
        })
    }

    /// The members among some positions, under the numbers of these.
    pub(crate) fn picked(&self, positions: &[u32]) -> Self {
        let mut set = Self::new(positions.len());
        for (number, position) in positions.iter().enumerate() {
            if self.contains(wide(*position)) {
                set.insert(number);
            }
        }
        set
    }

    fn put(&mut self, position: usize, is_member: bool) {
        if is_member { self.insert(position) } else { self.remove(position) }
    }

    /// Moves members by one position within a range; the last one becomes the first.
    pub(crate) fn rotate_right(&mut self, range: Range<usize>) {
        let Some(last) = range.end.checked_sub(1) else { return };
        let turned = self.contains(last);
        for position in (range.start..last).rev() {
            self.put(position + 1, self.contains(position));
        }
        self.put(range.start, turned);
    }

    /// Moves members by one position within a range; the first one becomes the last.
    pub(crate) fn rotate_left(&mut self, range: Range<usize>) {
        let Some(last) = range.end.checked_sub(1) else { return };
        let turned = self.contains(range.start);
        for position in range.start..last {
            self.put(position, self.contains(position + 1));
        }
        self.put(last, turned);
    }

    /// Makes room for one more position at a place: those from there on move up by one.
    pub(crate) fn open(&mut self, position: usize, is_member: bool) {
        self.length += 1;
        if self.words.len() < self.length.div_ceil(64) {
            self.words.push(0);
        }
        let mut carry = u64::from(is_member);
        let below = (1_u64 << (position % 64)) - 1;
        let mut kept = below;
        for word in self.words.iter_mut().skip(position / 64) {
            let high = *word & !kept;
            let out = high >> 63;
            let moved = high << 1;
            *word = (*word & kept) | moved | (carry << kept.count_ones());
            (carry, kept) = (out, 0);
        }
    }

    /// Takes a position away: those after it move down by one.
    pub(crate) fn close(&mut self, position: usize) {
        if position >= self.length {
            return;
        }
        self.length -= 1;
        let first = position / 64;
        let mut carry = 0;
        for (number, word) in self.words.iter_mut().enumerate().skip(first).rev() {
            let kept = if number == first { (1_u64 << (position % 64)) - 1 } else { 0 };
            let high = *word & !kept;
            // The lowest bit of a later word goes to the word before; that of the first is gone.
            let out = if number == first { 0 } else { high & 1 };
            let moved =
                if number == first { (high & !(1 << (position % 64))) >> 1 } else { high >> 1 };
            *word = (*word & kept) | moved | (carry << 63);
            carry = out;
        }
        self.words.truncate(self.length.div_ceil(64));
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn set(bits: &[bool]) -> BitSet {
        let mut set = BitSet::new(bits.len());
        for (position, _) in bits.iter().enumerate().filter(|(_, bit)| **bit) {
            set.insert(position);
        }
        set
    }

    proptest! {
        #[test]
        fn a_set_is_a_list_of_bits(
            mut bits in prop::collection::vec(any::<bool>(), 1..300),
            at in any::<prop::sample::Index>(),
            bit in any::<bool>(),
        ) {
            let at = at.index(bits.len());
            let mut made = set(&bits);
            let members: Vec<usize> = (0..bits.len()).filter(|i| bits[*i]).collect();
            prop_assert_eq!(made.iter().collect::<Vec<_>>(), members.clone());
            prop_assert_eq!(made.count(), members.len());
            made.open(at, bit);
            bits.insert(at, bit);
            prop_assert_eq!(&made, &set(&bits));
            made.close(at / 2);
            bits.remove(at / 2);
            prop_assert_eq!(&made, &set(&bits));
            prop_assert_eq!(BitSet::full(bits.len()), set(&vec![true; bits.len()]));
        }
    }
}
