//! What is raised: the classes of `spelregel.errors`.

use std::fmt::Display;

use pyo3::PyErr;
use spelregel::Diagnostics;

pyo3::import_exception!(spelregel.errors, LoadError);
pyo3::import_exception!(spelregel.errors, OptionsError);
pyo3::import_exception!(spelregel.errors, PackError);

/// For a model that can't be loaded.
pub(crate) fn load(problems: &Diagnostics) -> PyErr {
    LoadError::new_err((problems.to_string(), problems.to_json()))
}

/// For a pack that can't be used.
pub(crate) fn pack(problems: &Diagnostics) -> PyErr {
    PackError::new_err((problems.to_string(), problems.to_json()))
}

/// For settings that can't be used.
pub(crate) fn settings(problems: &Diagnostics) -> PyErr {
    OptionsError::new_err((problems.to_string(), problems.to_json()))
}

/// For a date, gate, programme or tag that isn't one.
pub(crate) fn options(problem: &impl Display) -> PyErr {
    OptionsError::new_err(problem.to_string())
}
