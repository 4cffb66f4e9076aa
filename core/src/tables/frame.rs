//! Tables to hand out: named columns of one type each, as data frames and other programs take them.

use rustc_hash::FxHashMap;

use super::{Cell, Table};
use crate::index::narrow;

/// A table with typed columns of equal length.
///
/// The names, types and order of its columns stay the same between models and reports.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Frame {
    /// What the rows are: `findings`, or the section of a kind.
    pub name: String,
    /// The columns, in their order.
    pub columns: Vec<FrameColumn>,
}

/// A column of a [`Frame`].
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct FrameColumn {
    /// The head.
    pub name: String,
    /// Whether a row may hold nothing.
    pub is_nullable: bool,
    /// What the rows hold.
    pub values: Values,
}

/// What the rows of a column hold, each of one type.
#[derive(Debug, Clone, PartialEq)]
pub enum Values {
    /// Truth values.
    Bools(Vec<Option<bool>>),
    /// Whole numbers.
    Ints(Vec<Option<i64>>),
    /// Numbers.
    Numbers(Vec<Option<f64>>),
    /// Texts.
    Texts(Vec<Option<String>>),
    /// Texts of which there are few, many times: the different ones, and of each row the position of its own.
    Names(Vec<String>, Vec<Option<u32>>),
    /// Dates, in days since 1970-01-01.
    Days(Vec<Option<i32>>),
    /// Lists of texts.
    Lists(Vec<Option<Vec<String>>>),
}

impl Values {
    /// How many rows there are.
    pub fn len(&self) -> usize {
        match self {
            Self::Bools(values) => values.len(),
            Self::Ints(values) => values.len(),
            Self::Numbers(values) => values.len(),
            Self::Texts(values) => values.len(),
            Self::Names(_, rows) => rows.len(),
            Self::Days(values) => values.len(),
            Self::Lists(values) => values.len(),
        }
    }

    /// Whether there are no rows.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The name of the type: `bool`, `int`, `number`, `text`, `date` or `texts`.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Bools(_) => "bool",
            Self::Ints(_) => "int",
            Self::Numbers(_) => "number",
            Self::Texts(_) | Self::Names(..) => "text",
            Self::Days(_) => "date",
            Self::Lists(_) => "texts",
        }
    }

    fn cell(&self, row: usize) -> Cell<'_> {
        fn get<T>(values: &[Option<T>], row: usize) -> Option<&T> {
            values.get(row).and_then(Option::as_ref)
        }
        let cell = match self {
            Self::Bools(values) => get(values, row).map(|value| Cell::Bool(*value)),
            Self::Ints(values) => get(values, row).map(|value| Cell::Int(*value)),
            Self::Numbers(values) => get(values, row).map(|value| Cell::Number(*value)),
            Self::Texts(values) => get(values, row).map(|value| Cell::Text(value)),
            Self::Names(names, rows) => get(rows, row)
                .and_then(|position| names.get(usize::try_from(*position).ok()?))
                .map(|name| Cell::Text(name)),
            Self::Days(values) => get(values, row).map(|value| Cell::Day(*value)),
            Self::Lists(values) => {
                get(values, row).map(|value| Cell::List(value.iter().map(String::as_str).collect()))
            }
        };
        cell.unwrap_or(Cell::Empty)
    }
}

impl Frame {
    pub(crate) fn new(name: &str, columns: Vec<FrameColumn>) -> Self {
        Self { name: name.to_owned(), columns }
    }

    /// How many rows there are.
    pub fn rows(&self) -> usize {
        self.columns.first().map_or(0, |column| column.values.len())
    }

    /// The column with a name.
    pub fn column(&self, name: &str) -> Option<&FrameColumn> {
        self.columns.iter().find(|column| column.name == name)
    }

    /// The same as a table to make a model of.
    pub fn table(&self) -> Table<'_> {
        self.columns.iter().fold(Table::new(&self.name), |table, column| {
            let cells = (0..self.rows()).map(|row| column.values.cell(row));
            table.column(&column.name, cells)
        })
    }
}

impl FrameColumn {
    /// A column of whatever rows are made of.
    pub(crate) fn new(name: &str, values: Values) -> Self {
        Self { name: name.to_owned(), is_nullable: true, values }
    }

    /// The same of which every row holds something.
    pub(crate) fn always(name: &str, values: Values) -> Self {
        Self { name: name.to_owned(), is_nullable: false, values }
    }
}

/// Texts of rows.
pub(crate) fn texts<'t, R: 't>(rows: &'t [R], of: impl Fn(&'t R) -> Option<&'t str>) -> Values {
    Values::Texts(rows.iter().map(|row| of(row).map(str::to_owned)).collect())
}

/// Texts of rows of which there are few.
pub(crate) fn names<'t, R: 't>(rows: &'t [R], of: impl Fn(&'t R) -> Option<&'t str>) -> Values {
    let mut positions: FxHashMap<&str, u32> = FxHashMap::default();
    let mut names: Vec<String> = Vec::new();
    let rows = rows.iter().map(|row| {
        let text = of(row)?;
        Some(*positions.entry(text).or_insert_with(|| {
            names.push(text.to_owned());
            narrow(names.len() - 1)
        }))
    });
    let rows: Vec<Option<u32>> = rows.collect();
    Values::Names(names, rows)
}

/// Numbers of rows.
pub(crate) fn ints<R>(rows: &[R], of: impl Fn(&R) -> Option<u64>) -> Values {
    let number = |row| of(row).map(|number| i64::try_from(number).unwrap_or(i64::MAX));
    Values::Ints(rows.iter().map(number).collect())
}

/// Lists of rows.
pub(crate) fn lists<R>(rows: &[R], of: impl Fn(&R) -> Vec<String>) -> Values {
    Values::Lists(rows.iter().map(|row| Some(of(row))).collect())
}
