//! How fast Spelregel is, against the same rules written by hand.
//!
//! The workload is a [`Portfolio`] of programmes, made up by [`generate()`]: about a hundred elements and two
//! hundred links to a programme. `portfolio/metamodel.yaml` is its vocabulary, `portfolio/rules.yaml` ten rules
//! of it, and [`by_hand`] the same rules in Rust over [`columns`], which is the limit that engines are measured
//! against. Answers are compared before anything is timed.

pub mod any_edit;
pub mod by_hand;
pub mod columns;
mod dates;
pub mod edit;
pub mod engine;
pub mod generate;
pub mod measure;
pub mod portfolio;
mod random;
pub mod town;

pub use self::generate::generate;
pub use self::portfolio::Portfolio;

/// The vocabulary of portfolios.
pub const METAMODEL: &str = include_str!("../portfolio/metamodel.yaml");
/// The ten rules, as a pack.
pub const RULES: &str = include_str!("../portfolio/rules.yaml");
