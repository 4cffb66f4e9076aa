//! Work without the interpreter's lock, and the forms in which results travel.

use std::panic::{AssertUnwindSafe, catch_unwind};

use pyo3::{PyResult, Python};
use serde::Serialize;
use spelregel::Language;

use crate::error;

/// Does work while other threads of Python run. Should it ever panic, that is a `SpelregelError` like others.
pub(crate) fn detached<T: Send>(
    py: Python<'_>,
    work: impl FnOnce() -> PyResult<T> + Send,
) -> PyResult<T> {
    py.detach(|| catch_unwind(AssertUnwindSafe(work))).unwrap_or_else(|_| Err(error::fault()))
}

/// A value as JSON in one line.
pub(crate) fn json(value: &impl Serialize) -> String {
    // What the library serialises has texts as keys, so that writing it to a string can't fail.
    serde_json::to_string(value).unwrap_or_default()
}

/// The language of that code.
pub(crate) fn language(code: &str) -> PyResult<Language> {
    code.parse().map_err(|problem| error::options(&problem))
}
