//! Times of repeated runs.

use std::fmt;
use std::hint::black_box;
use std::time::{Duration, Instant};

/// Times of one thing, sorted.
#[derive(Debug, Clone)]
pub struct Times(Vec<Duration>);

/// Runs at least five times, and on until a third of a second is spent.
pub fn measure<T>(run: impl FnMut() -> T) -> Times {
    let (times, _) = measure_both(run, || ());
    times
}

/// The same of two things that take turns, so that what disturbs the one disturbs the other.
pub fn measure_both<T, U>(
    mut one: impl FnMut() -> T,
    mut other: impl FnMut() -> U,
) -> (Times, Times) {
    let (mut times, mut others) = (Vec::new(), Vec::new());
    let begin = Instant::now();
    while times.len() < 5 || (begin.elapsed() < Duration::from_millis(300) && times.len() < 10_000)
    {
        let start = Instant::now();
        black_box(one());
        let middle = Instant::now();
        black_box(other());
        others.push(middle.elapsed());
        times.push(middle - start);
    }
    (Times::of(times), Times::of(others))
}

impl Times {
    /// The times of some runs.
    pub fn of(mut times: Vec<Duration>) -> Self {
        times.sort_unstable();
        Self(times)
    }

    /// The time that so many in a hundred don't exceed.
    pub fn of_hundred(&self, share: usize) -> Duration {
        let last = self.0.len().saturating_sub(1);
        self.0.get((self.0.len() * share / 100).min(last)).copied().unwrap_or_default()
    }

    /// The time in the middle.
    pub fn median(&self) -> Duration {
        self.0.get(self.0.len() / 2).copied().unwrap_or_default()
    }

    /// How many times the other this is, by the medians.
    pub fn over(&self, other: &Self) -> f64 {
        self.median().as_secs_f64() / other.median().as_secs_f64()
    }
}

/// Median, and in brackets the shortest and longest.
impl fmt::Display for Times {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let end = |time: Option<&Duration>| time.copied().unwrap_or_default();
        let (first, last) = (end(self.0.first()), end(self.0.last()));
        let text = format!("{:.3?} ({:.3?}–{:.3?})", self.median(), first, last);
        f.pad(&text)
    }
}
