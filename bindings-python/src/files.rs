//! What is handed in: files that Python has read, and limits.

use pyo3::PyResult;
use pyo3::pybacked::PyBackedBytes;
use spelregel::{Diagnostics, Limits, Source};

use crate::error;

/// A file: the name to show, and the bytes.
pub(crate) type File = (String, PyBackedBytes);

/// The text of a file.
pub(crate) fn source((name, bytes): &File) -> Result<Source, Diagnostics> {
    Source::from_bytes(name, bytes)
}

/// Limits from an object in JSON.
pub(crate) fn limits(json: Option<&str>) -> PyResult<Limits> {
    match json {
        Some(json) => serde_json::from_str(json).map_err(|problem| error::options(&problem)),
        None => Ok(Limits::default()),
    }
}
