//! From Arrow's many types to the few that cells are made of.

use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::types::{Date32Type, Float64Type, Int64Type, TimestampSecondType};
use arrow_array::{Array, ArrayRef};
use arrow_cast::{CastOptions, cast_with_options};
use arrow_schema::{ArrowError, DataType, Field, TimeUnit};
use spelregel::tables::Cell;

/// The same column in one of the types that [`cells`] knows.
///
/// # Errors
/// If its type is none that a cell can hold, or a number doesn't fit.
pub(super) fn simple(column: &ArrayRef) -> Result<ArrayRef, ArrowError> {
    let Some(target) = target(column.data_type()) else {
        let problem = format!("cells can't hold values of type {}", column.data_type());
        return Err(ArrowError::NotYetImplemented(problem));
    };
    let options = CastOptions { safe: false, ..CastOptions::default() };
    cast_with_options(column, &target, &options)
}

fn target(of: &DataType) -> Option<DataType> {
    Some(match of {
        DataType::Null | DataType::Boolean => of.clone(),
        whole if whole.is_integer() => DataType::Int64,
        number if number.is_numeric() => DataType::Float64,
        DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View => DataType::LargeUtf8,
        // With a time zone, the date is that of the zone.
        DataType::Date32 | DataType::Date64 | DataType::Timestamp(_, Some(_)) => DataType::Date32,
        DataType::Timestamp(_, None) => DataType::Timestamp(TimeUnit::Second, None),
        DataType::Dictionary(_, values) => target(values)?,
        DataType::RunEndEncoded(_, values) => target(values.data_type())?,
        DataType::List(item)
        | DataType::LargeList(item)
        | DataType::ListView(item)
        | DataType::LargeListView(item)
        | DataType::FixedSizeList(item, _) => match target(item.data_type())? {
            DataType::LargeUtf8 | DataType::Null => {
                DataType::LargeList(Arc::new(Field::new("item", DataType::LargeUtf8, true)))
            }
            _ => return None,
        },
        _ => return None,
    })
}

/// The cells of a column that [`simple`] made.
pub(super) fn cells(column: &ArrayRef) -> Vec<Cell<'_>> {
    let rows = 0..column.len();
    let cell = |row| -> Option<Cell<'_>> {
        if column.is_null(row) {
            return None;
        }
        Some(match column.data_type() {
            DataType::Boolean => Cell::Bool(column.as_boolean().value(row)),
            DataType::Int64 => Cell::Int(column.as_primitive::<Int64Type>().value(row)),
            DataType::Float64 => Cell::Number(column.as_primitive::<Float64Type>().value(row)),
            DataType::LargeUtf8 => Cell::Text(column.as_string::<i64>().value(row)),
            DataType::Date32 => Cell::Day(column.as_primitive::<Date32Type>().value(row)),
            DataType::Timestamp(..) => {
                Cell::Moment(column.as_primitive::<TimestampSecondType>().value(row))
            }
            DataType::LargeList(_) => {
                let lists = column.as_list::<i64>();
                let offsets = lists.value_offsets();
                let bound = |at: usize| usize::try_from(*offsets.get(at)?).ok();
                let texts = lists.values().as_string::<i64>();
                let range = bound(row)?..bound(row + 1)?;
                let there = range.filter(|at| !texts.is_null(*at));
                Cell::List(there.map(|at| texts.value(at)).collect())
            }
            _ => return None,
        })
    };
    rows.map(|row| cell(row).unwrap_or(Cell::Empty)).collect()
}
