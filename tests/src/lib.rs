//! The shared test cases of Spelregel, and what runs them.

pub mod catalogue;
pub mod conformance;
pub mod files;
