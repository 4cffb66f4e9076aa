//! Models from tables: sheets of a workbook, data frames, files with comma-separated values.
//!
//! A table holds the elements of one kind, the links of one relation, or elements or links of all sorts, and its
//! name says which. What its columns hold is said by their heads. Names may be those of the metamodel or its
//! labels, in English or Dutch.

mod cell;
mod deviations;
mod draft;
mod elements;
pub(crate) mod frame;
mod heads;
mod links;
mod loose;
mod numeral;
mod read;
mod role;
mod sink;
mod template;
#[cfg(test)]
mod tests;
mod write;

use std::sync::Arc;

pub use self::frame::{Frame, FrameColumn, Values};
pub use self::template::{Explained, Holds, Template, TemplateColumn, TemplateSheet};
use crate::diagnostic::{Diagnostics, Problems};
use crate::limits::Limits;
use crate::metamodel::Metamodel;
use crate::model::{Model, resolve, sound};
use crate::source::{Grid, Source};

/// A table: columns of cells, each with a head.
///
/// ```
/// use spelregel::{Limits, Metamodel, Model};
/// use spelregel::tables::{Cell, Table};
///
/// let goals = Table::new("Doelen")
///     .column("id", [Cell::Text("co2")])
///     .column("naam", [Cell::Text("Minder uitstoot")]);
/// let programmes = Table::new("programmes")
///     .column("id", [Cell::Text("klimaat")])
///     .column("fase", [Cell::Text("ontwerpen")])
///     .column("pursues", [Cell::Text("co2")]);
/// let model =
///     Model::from_tables(&Metamodel::standard(), &[goals, programmes], &Limits::default())?;
/// assert_eq!((model.element_count(), model.link_count()), (2, 1));
/// # Ok::<(), spelregel::Diagnostics>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Table<'a> {
    name: String,
    file: Option<String>,
    first_row: u32,
    columns: Vec<Column<'a>>,
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq)]
struct Column<'a> {
    head: String,
    cells: Vec<Cell<'a>>,
}

/// What a cell of a table holds. Texts are borrowed from whoever holds the table.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell<'a> {
    /// Nothing: not recorded. Blank text and a number that is none (`NaN`) are nothing, too.
    Empty,
    /// A truth value.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// A number.
    Number(f64),
    /// A text. What it means (a date, several ids) is for the column to say.
    Text(&'a str),
    /// A date, in days since 1970-01-01.
    Day(i32),
    /// A moment, in seconds since 1970-01-01 at 00:00. Its date is what counts.
    Moment(i64),
    /// Several texts or ids.
    List(Vec<&'a str>),
}

impl<'a> Table<'a> {
    /// A table without columns. The name is that of a kind or a relation, `elements`, `relations`,
    /// `deviations` or `open_kinds`; one that starts with `_` is left out.
    pub fn new(name: impl Into<String>) -> Self {
        Self { name: name.into(), file: None, first_row: 1, columns: Vec::new() }
    }

    /// The same as part of a file, which problems and findings then name.
    #[must_use]
    pub fn in_file(mut self, file: impl Into<String>) -> Self {
        self.file = Some(file.into());
        self
    }

    /// The same with another number for its first row below the heads: 2 in a workbook, 0 in a data frame.
    /// Without this, rows count from 1.
    #[must_use]
    pub fn first_row(mut self, number: u32) -> Self {
        self.first_row = number;
        self
    }

    /// The same with one more column. Of one that is shorter than others the last cells are empty. One
    /// whose head starts with `_` is left out.
    #[must_use]
    pub fn column(
        mut self,
        head: impl Into<String>,
        cells: impl IntoIterator<Item = Cell<'a>>,
    ) -> Self {
        self.columns.push(Column { head: head.into(), cells: cells.into_iter().collect() });
        self
    }

    /// The name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// How many rows there are below the heads.
    pub fn rows(&self) -> usize {
        self.columns.iter().map(|column| column.cells.len()).max().unwrap_or(0)
    }

    /// What problems in the table refer to.
    fn source(&self) -> Source {
        let columns = self.columns.iter().map(|column| column.head.clone()).collect();
        let grid = Grid { file: self.file.clone(), columns, first_row: self.first_row };
        Source::of_table(self.name.clone(), grid)
    }
}

impl Model {
    /// Makes a model of tables.
    ///
    /// A table of a kind has a column `id` and one for each property or relation that is recorded; a cell of a
    /// relation holds the id of the other end, or several with `;` or `,` between. A table of a relation has the
    /// columns `from` and `to`, and those of the links' own properties. The tables `elements` and `relations` have
    /// a column `kind` or `relation` besides. Values of enumerations may be written by name or by label; dates
    /// as dates, as text in an order that leaves no doubt, and as the numbers that workbooks count days with.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with the tables, each with its table, row and column.
    pub fn from_tables(
        metamodel: &Metamodel,
        tables: &[Table<'_>],
        limits: &Limits,
    ) -> Result<Self, Diagnostics> {
        let sources: Vec<Source> = tables.iter().map(Table::source).collect();
        if let Some(store) = loose::load(metamodel, tables, &sources, limits) {
            return Ok(Self(Arc::new(store)));
        }
        let (store, problems) = with_problems(metamodel, tables, sources, limits);
        sound((Self(Arc::new(store)), problems), limits)
    }
}

/// The sound part of the tables as a store, and everything that is wrong with them.
fn with_problems(
    metamodel: &Metamodel,
    tables: &[Table<'_>],
    sources: Vec<Source>,
    limits: &Limits,
) -> (crate::model::store::Store, Problems) {
    resolve::resolve(metamodel, draft::draft(metamodel, tables, sources, limits))
}
