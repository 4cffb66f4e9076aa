//! Choices from a tape of random numbers.

use proptest::strategy::Strategy;

/// Tapes of up to a length, for proptest to make and to shrink.
pub fn tape(length: usize) -> impl Strategy<Value = Vec<u32>> {
    proptest::collection::vec(proptest::num::u32::ANY, 0..=length)
}

/// Reads choices from a tape. A smaller number is an earlier choice; past the end all are zero.
#[derive(Debug)]
pub struct Draw<'t> {
    tape: &'t [u32],
    at: usize,
}

impl<'t> Draw<'t> {
    /// From the start of a tape.
    pub fn new(tape: &'t [u32]) -> Self {
        Self { tape, at: 0 }
    }

    /// Whether the tape has been used up.
    pub fn is_spent(&self) -> bool {
        self.at >= self.tape.len()
    }

    fn number(&mut self) -> u32 {
        let number = self.tape.get(self.at).copied().unwrap_or(0);
        self.at += 1;
        number
    }

    /// A number below `count`; 0 where there is none.
    pub fn below(&mut self, count: usize) -> usize {
        let count = u64::try_from(count).unwrap_or(0);
        let scaled = u64::from(self.number()).saturating_mul(count) >> 32;
        usize::try_from(scaled).unwrap_or(0)
    }

    /// True so many times out of a hundred.
    pub fn chance(&mut self, percent: usize) -> bool {
        self.below(100) >= 100_usize.saturating_sub(percent)
    }

    /// One of several; none of none.
    pub fn pick<'a, T>(&mut self, from: &'a [T]) -> Option<&'a T> {
        let at = self.below(from.len());
        from.get(at)
    }

    /// One of several, or the default of none.
    pub fn one<T: Clone + Default>(&mut self, from: &[T]) -> T {
        self.pick(from).cloned().unwrap_or_default()
    }

    /// A position, each as often as its weight says.
    pub fn weighted(&mut self, weights: &[usize]) -> usize {
        let mut left = self.below(weights.iter().sum());
        for (position, weight) in weights.iter().enumerate() {
            if left < *weight {
                return position;
            }
            left -= weight;
        }
        0
    }

    /// Those of several that chance takes, in their order.
    pub fn some<T: Clone>(&mut self, from: &[T], percent: usize) -> Vec<T> {
        let mut taken = Vec::new();
        for item in from {
            if self.chance(percent) {
                taken.push(item.clone());
            }
        }
        taken
    }

    /// The same things in another order.
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            let other = self.below(last + 1);
            // Zero leaves everything where it is.
            items.swap(last, last - other);
        }
    }
}
