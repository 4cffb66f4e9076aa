//! Tables in and out: Arrow by its `PyCapsule` interface, and plain columns of Python's own values.

mod arrow_in;
mod arrow_out;
mod plain;

use arrow_array::{ArrayRef, RecordBatch, RecordBatchReader};
use pyo3::types::{PyAnyMethods, PyDict, PyList, PyListMethods};
use pyo3::{Bound, PyAny, PyResult, Python};
use pyo3_arrow::input::AnyRecordBatch;
use spelregel::tables::Table;

pub(crate) use self::arrow_out::{plain_columns, record_batch};
use self::plain::Held;

/// A table that holds what core's tables borrow.
pub(crate) struct Given {
    name: String,
    file: Option<String>,
    first_row: u32,
    columns: Vec<(String, Cells)>,
}

enum Cells {
    /// Chunks, cast to the few types that cells are made of.
    Arrow(Vec<ArrayRef>),
    Plain(Vec<Held>),
}

impl Given {
    /// A table as core takes it.
    pub(crate) fn table(&self) -> Table<'_> {
        let mut table = Table::new(&self.name).first_row(self.first_row);
        if let Some(file) = &self.file {
            table = table.in_file(file);
        }
        self.columns.iter().fold(table, |table, (head, cells)| match cells {
            Cells::Arrow(chunks) => table.column(head, chunks.iter().flat_map(arrow_in::cells)),
            Cells::Plain(held) => table.column(head, held.iter().map(Held::cell)),
        })
    }
}

/// Takes tables over: of each its name, its file, the number of its first row, and what holds it: columns by
/// name, or whatever speaks Arrow.
pub(crate) fn take(py: Python<'_>, tables: &Bound<'_, PyList>) -> PyResult<Vec<Given>> {
    // One after the other: a connection to a database can have one open at a time.
    tables.iter().map(|table| take_one(py, &table)).collect()
}

fn take_one(py: Python<'_>, table: &Bound<'_, PyAny>) -> PyResult<Given> {
    let (name, file, first_row, held): (String, Option<String>, u32, Bound<'_, PyAny>) =
        table.extract()?;
    let columns = match held.cast::<PyDict>() {
        Ok(columns) => plain::columns(&name, columns)?,
        Err(_) => arrow(py, &name, &held)?,
    };
    Ok(Given { name, file, first_row, columns })
}

fn arrow(py: Python<'_>, name: &str, held: &Bound<'_, PyAny>) -> PyResult<Vec<(String, Cells)>> {
    let batches: AnyRecordBatch = held.extract()?;
    let reader = batches.into_reader()?;
    let schema = reader.schema();
    // Whoever makes the batches may need the interpreter on another thread.
    let batches: Result<Vec<RecordBatch>, _> = py.detach(|| reader.collect());
    let batches = batches.map_err(|problem| plain::wrong(name, &problem.to_string()))?;
    let columns = schema.fields().iter().enumerate().map(|(position, field)| {
        let chunks = batches.iter().filter_map(|batch| batch.columns().get(position));
        let chunks = chunks.map(arrow_in::simple).collect::<Result<Vec<_>, _>>();
        let chunks = chunks.map_err(|problem| {
            plain::wrong(name, &format!("column `{}`: {problem}", field.name()))
        })?;
        Ok((field.name().clone(), Cells::Arrow(chunks)))
    });
    columns.collect()
}
