//! A table that is handed out.

use std::sync::Arc;

use arrow_array::{ArrayRef, StructArray};
use arrow_schema::Field;
use pyo3::types::{PyCapsule, PyDict};
use pyo3::{Bound, PyResult, Python, pyclass, pymethods};
use pyo3_arrow::ffi::{ArrayIterator, to_stream_pycapsule};
use spelregel::tables::Frame;

use crate::error;
use crate::tables::{plain_columns, record_batch};

/// A table with typed columns, which speaks Arrow.
#[pyclass(frozen, module = "spelregel._native")]
pub(crate) struct Table(Frame);

impl Table {
    pub(crate) fn new(frame: Frame) -> Self {
        Self(frame)
    }
}

#[pymethods]
impl Table {
    #[getter]
    fn row_count(&self) -> usize {
        self.0.rows()
    }

    /// The names of its columns, in order.
    fn heads(&self) -> Vec<&str> {
        self.0.columns.iter().map(|column| column.name.as_str()).collect()
    }

    /// Its columns as lists by name.
    #[pyo3(signature = () -> "dict[str, list[object]]")]
    fn columns<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        plain_columns(py, self.0.clone())
    }

    #[pyo3(signature = (requested_schema: "object" = None) -> "object")]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyCapsule>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        let batch = py.detach(|| record_batch(self.0.clone()));
        let batch = batch.map_err(|problem| error::table(&problem))?;
        let field = Arc::new(Field::new_struct("", batch.schema().fields().clone(), false));
        let rows: ArrayRef = Arc::new(StructArray::from(batch));
        let reader = Box::new(ArrayIterator::new(vec![Ok(rows)], field));
        Ok(to_stream_pycapsule(py, reader, requested_schema)?)
    }
}
