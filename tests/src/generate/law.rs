//! Holding a law against many drawn cases.
//!
//! A few cases run with every test, always the same ones. With `SPELREGEL_LONG=1` there are many more;
//! `SPELREGEL_CASES` says how many, and `SPELREGEL_SEED` which ones.

use std::cell::Cell;

use proptest::test_runner::{Config, RngSeed, TestCaseError, TestError, TestRunner};

use super::draw::tape;

/// What a law says of one case: how many expressions it was held against, or how it is broken.
pub type Verdict = Result<usize, TestCaseError>;

/// What a law was held against.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Held {
    /// Cases.
    pub cases: usize,
    /// Expressions in them.
    pub expressions: usize,
}

/// How many cases there are for each that runs with every test, in the long mode.
const LONG: u32 = 100;

fn variable<T: std::str::FromStr>(name: &str) -> Option<T> {
    std::env::var(name).ok()?.parse().ok()
}

/// Whether this is the long mode.
pub fn is_long() -> bool {
    variable::<u8>("SPELREGEL_LONG") == Some(1)
}

/// How many cases are run where so many run with every test.
pub fn cases(usual: u32) -> u32 {
    if is_long() {
        variable("SPELREGEL_CASES").unwrap_or(usual.saturating_mul(LONG))
    } else {
        usual
    }
}

/// The seed of all that is drawn.
pub fn seed() -> u64 {
    variable("SPELREGEL_SEED").unwrap_or(1)
}

/// Holds a law against so many tapes of up to a length.
///
/// # Errors
/// The smallest case found that breaks it.
pub fn hold(usual: u32, length: usize, law: impl Fn(&[u32]) -> Verdict) -> Result<Held, String> {
    let config = Config {
        cases: cases(usual),
        rng_seed: RngSeed::Fixed(seed()),
        failure_persistence: None,
        max_shrink_iters: 1_500,
        ..Config::default()
    };
    let held = Cell::new(Held::default());
    let result = TestRunner::new(config).run(&tape(length), |tape| {
        let expressions = law(&tape)?;
        let Held { cases, expressions: before } = held.get();
        held.set(Held { cases: cases + 1, expressions: before + expressions });
        Ok(())
    });
    result.map(|()| held.get()).map_err(|broken| match broken {
        // The tape itself says nothing to people.
        TestError::Fail(reason, _) => format!("seed {}: {reason}", seed()),
        TestError::Abort(reason) => reason.to_string(),
    })
}
