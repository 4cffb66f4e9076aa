//! The native half of the Python package: handles on what the library makes, and texts in and out.
//!
//! The Python half reads files, knows the date and gives everything the shape that Python has for it. Neither
//! half decides anything.
#![expect(clippy::needless_pass_by_value, reason = "Python hands arguments over as values")]

mod error;
mod files;
mod metamodel;
mod model;
mod pack;
mod picture;
mod program;
mod report;
mod rules;
mod session;
mod table;
mod tables;
mod work;
mod workbook;

use pyo3::{pyfunction, pymodule};
use spelregel::{Limits, Pack, Severity, Verdict};

/// The ids of the shipped packs.
#[pyfunction]
fn shipped_packs() -> Vec<&'static str> {
    Pack::shipped_ids().collect()
}

/// Every verdict, as reports write it.
#[pyfunction]
fn verdicts() -> Vec<&'static str> {
    Verdict::ALL.map(Verdict::as_str).into()
}

/// Every severity, from the worst.
#[pyfunction]
fn severities() -> Vec<&'static str> {
    Severity::ALL.map(Severity::as_str).into()
}

/// The limits that hold where none are given, as JSON.
#[pyfunction]
fn default_limits() -> String {
    work::json(&Limits::default())
}

/// What the Python package is made of.
#[pymodule(gil_used = false)]
mod _native {
    /// The version of Spelregel.
    #[pymodule_export]
    #[expect(non_upper_case_globals, reason = "the name that Python knows")]
    const __version__: &str = env!("CARGO_PKG_VERSION");

    #[pymodule_export]
    use super::metamodel::Metamodel;
    #[pymodule_export]
    use super::model::Model;
    #[pymodule_export]
    use super::pack::{Pack, Settings};
    #[pymodule_export]
    use super::picture::Picture;
    #[pymodule_export]
    use super::program::run_program;
    #[pymodule_export]
    use super::report::Report;
    #[pymodule_export]
    use super::rules::RuleSet;
    #[pymodule_export]
    use super::session::Session;
    #[pymodule_export]
    use super::table::Table;
    #[pymodule_export]
    use super::workbook::{holds_tables, write_template};
    #[pymodule_export]
    use super::{default_limits, severities, shipped_packs, verdicts};
}
