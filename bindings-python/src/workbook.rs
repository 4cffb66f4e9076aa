//! Workbooks: read by `Model.from_files`, and the empty one to fill in.

use pyo3::types::PyBytes;
use pyo3::{Bound, PyResult, Python, pyfunction};
use spelregel_cli::workbook;

use crate::error;
use crate::metamodel::Metamodel;
use crate::work::{detached, language};

/// Whether a file holds tables, by the ending of its name.
#[pyfunction]
pub(crate) fn holds_tables(name: &str) -> bool {
    workbook::holds_tables(name)
}

/// The empty workbook of a metamodel, as bytes.
#[pyfunction]
pub(crate) fn write_template<'py>(
    py: Python<'py>,
    metamodel: &Metamodel,
    lang: &str,
) -> PyResult<Bound<'py, PyBytes>> {
    let language = language(lang)?;
    let bytes = detached(py, || {
        workbook::template(&metamodel.0.template(language))
            .map_err(|problem| error::options(&problem))
    })?;
    Ok(PyBytes::new(py, &bytes))
}
