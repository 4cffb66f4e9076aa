//! The native module of the Python package.

mod check;
mod error;

use pyo3::pymodule;

/// What the Python package is made of.
#[pymodule(gil_used = false)]
mod _native {
    /// The version of Spelregel.
    #[pymodule_export]
    #[expect(non_upper_case_globals, reason = "the name that Python knows")]
    const __version__: &str = env!("CARGO_PKG_VERSION");

    #[pymodule_export]
    use super::check::{check, shipped_packs};
}
