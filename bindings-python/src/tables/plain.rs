//! From Python's own values to cells.

use pyo3::exceptions::PyTypeError;
use pyo3::types::{
    PyAnyMethods, PyBool, PyDict, PyDictMethods, PyFloat, PyInt, PyList, PyString, PyTuple,
    PyTypeMethods,
};
use pyo3::{Bound, PyAny, PyErr, PyResult};
use spelregel::tables::Cell;

use super::Cells;

/// Of `2026-06-01`.
const DATE_CHARACTERS: usize = 10;

/// A value, held.
pub(super) enum Held {
    Empty,
    Bool(bool),
    Int(i64),
    Number(f64),
    Text(String),
    Texts(Vec<String>),
}

impl Held {
    pub(super) fn cell(&self) -> Cell<'_> {
        match self {
            Self::Empty => Cell::Empty,
            Self::Bool(value) => Cell::Bool(*value),
            Self::Int(value) => Cell::Int(*value),
            Self::Number(value) => Cell::Number(*value),
            Self::Text(value) => Cell::Text(value),
            Self::Texts(values) => Cell::List(values.iter().map(String::as_str).collect()),
        }
    }
}

/// The columns of a table, from lists of values by head.
pub(super) fn columns(name: &str, columns: &Bound<'_, PyDict>) -> PyResult<Vec<(String, Cells)>> {
    let mut taken = Vec::new();
    for (head, values) in columns.iter() {
        let head: String = head.extract()?;
        let mut cells = Vec::new();
        for (row, value) in values.try_iter()?.enumerate() {
            let taken = take(&value?);
            cells.push(taken.map_err(|problem| {
                wrong(name, &format!("column `{head}`, value {row}: {problem}"))
            })?);
        }
        taken.push((head, Cells::Plain(cells)));
    }
    Ok(taken)
}

/// That a table can't be taken over.
pub(super) fn wrong(name: &str, problem: &str) -> PyErr {
    PyTypeError::new_err(format!("table `{name}`: {problem}"))
}

fn take(value: &Bound<'_, PyAny>) -> Result<Held, String> {
    if value.is_none() {
        return Ok(Held::Empty);
    }
    if let Ok(text) = value.cast::<PyString>() {
        return Ok(Held::Text(text.to_string()));
    }
    if let Ok(truth) = value.cast::<PyBool>() {
        return Ok(Held::Bool(truth.is_truthy().unwrap_or_default()));
    }
    if value.is_instance_of::<PyInt>() {
        return value
            .extract()
            .map(Held::Int)
            .map_err(|_| "a whole number of more than 64 bits".to_owned());
    }
    if value.is_instance_of::<PyFloat>() {
        let number = value.extract().map(Held::Number);
        return number.map_err(|_| "a number that can't be read".to_owned());
    }
    // Dates and moments, also those of other libraries.
    if value.hasattr("toordinal").unwrap_or_default()
        && let Ok(text) = value.call_method0("isoformat")
    {
        return Ok(Held::Text(text.to_string().chars().take(DATE_CHARACTERS).collect()));
    }
    if value.is_instance_of::<PyList>() || value.is_instance_of::<PyTuple>() {
        return value
            .extract()
            .map(Held::Texts)
            .map_err(|_| "a list in a cell holds texts alone".to_owned());
    }
    // Numbers of other libraries, such as `numpy.int64` and `Decimal`.
    let number = |method| value.call_method0(method).ok();
    if let Some(whole) = number("__index__").and_then(|number| number.extract().ok()) {
        return Ok(Held::Int(whole));
    }
    if let Some(any) = number("__float__").and_then(|number| number.extract().ok()) {
        return Ok(Held::Number(any));
    }
    let kind = value.get_type().name().map(|name| name.to_string()).unwrap_or_default();
    Err(format!("a cell can't hold a value of type {kind}"))
}
