//! The program `spelregel`, brought along by the package.

use std::ffi::OsString;

use pyo3::{PyResult, Python, pyfunction};

use crate::work::detached;

/// Does what the program does with these arguments, the first of which is its name. Yields the exit status.
#[pyfunction]
pub(crate) fn run_program(py: Python<'_>, arguments: Vec<OsString>) -> PyResult<u8> {
    detached(py, || Ok(spelregel_cli::run(arguments)))
}
