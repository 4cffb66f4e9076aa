//! From core's tables to Arrow, and to plain columns.

use std::sync::Arc;

use arrow_array::builder::{ListBuilder, StringBuilder};
use arrow_array::types::Int32Type;
use arrow_array::{
    ArrayRef, BooleanArray, Date32Array, DictionaryArray, Float64Array, Int32Array, Int64Array,
    RecordBatch, StringArray,
};
use arrow_schema::{ArrowError, Field, Schema};
use pyo3::types::{PyAnyMethods, PyDict, PyDictMethods};
use pyo3::{Bound, IntoPyObject, PyAny, PyResult, Python};
use spelregel::tables::{Frame, Values};

/// The number of 1970-01-01 among the days that Python counts.
const ORDINAL_OF_1970: i32 = 719_163;

/// A table of core as one batch.
///
/// # Errors
/// If it holds more different names than a dictionary of Arrow can.
pub(crate) fn record_batch(frame: Frame) -> Result<RecordBatch, ArrowError> {
    let (mut fields, mut arrays) = (Vec::new(), Vec::new());
    for column in frame.columns {
        let array = array(column.values)?;
        fields.push(Field::new(column.name, array.data_type().clone(), column.is_nullable));
        arrays.push(array);
    }
    RecordBatch::try_new(Arc::new(Schema::new(fields)), arrays)
}

fn array(values: Values) -> Result<ArrayRef, ArrowError> {
    Ok(match values {
        Values::Bools(values) => Arc::new(BooleanArray::from(values)),
        Values::Ints(values) => Arc::new(Int64Array::from(values)),
        Values::Numbers(values) => Arc::new(Float64Array::from(values)),
        Values::Texts(values) => Arc::new(StringArray::from(values)),
        Values::Names(names, rows) => {
            let narrow = |row: Option<u32>| row.map(i32::try_from).transpose();
            let keys: Result<Int32Array, _> = rows.into_iter().map(narrow).collect();
            let keys = keys.map_err(|_| ArrowError::DictionaryKeyOverflowError)?;
            let names = Arc::new(StringArray::from(names));
            Arc::new(DictionaryArray::<Int32Type>::try_new(keys, names)?)
        }
        Values::Days(values) => Arc::new(Date32Array::from(values)),
        Values::Lists(values) => {
            let mut lists = ListBuilder::new(StringBuilder::new());
            for texts in values {
                match texts {
                    Some(texts) => lists.append_value(texts.into_iter().map(Some)),
                    None => lists.append_null(),
                }
            }
            Arc::new(lists.finish())
        }
    })
}

/// A table of core as lists by head.
pub(crate) fn plain_columns(py: Python<'_>, frame: Frame) -> PyResult<Bound<'_, PyDict>> {
    let columns = PyDict::new(py);
    for column in frame.columns {
        columns.set_item(column.name, plain(py, column.values)?)?;
    }
    Ok(columns)
}

fn plain(py: Python<'_>, values: Values) -> PyResult<Bound<'_, PyAny>> {
    Ok(match values {
        Values::Bools(values) => values.into_pyobject(py)?,
        Values::Ints(values) => values.into_pyobject(py)?,
        Values::Numbers(values) => values.into_pyobject(py)?,
        Values::Texts(values) => values.into_pyobject(py)?,
        Values::Names(names, rows) => {
            let name = |row: u32| names.get(usize::try_from(row).ok()?).map(String::as_str);
            let texts: Vec<Option<&str>> = rows.iter().map(|row| row.and_then(name)).collect();
            texts.into_pyobject(py)?
        }
        Values::Days(values) => {
            let dates = py.import("datetime")?.getattr("date")?;
            let date = |days: i32| dates.call_method1("fromordinal", (days + ORDINAL_OF_1970,));
            let found: PyResult<Vec<_>> =
                values.into_iter().map(|days| days.map(date).transpose()).collect();
            found?.into_pyobject(py)?
        }
        Values::Lists(values) => values.into_pyobject(py)?,
    })
}
