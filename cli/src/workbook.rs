//! Workbooks and files with comma-separated values: tables to make models of, and the empty workbook to fill in.

mod separated;
mod template;
mod xlsx;

use std::path::Path;

use spelregel::tables::{Cell, Table};
use spelregel::{Code, Diagnostic, Diagnostics, Limits};

pub use self::template::template;

/// The sheets of a file, which hold what tables borrow.
#[derive(Debug)]
pub struct Workbook {
    file: String,
    sheets: Vec<Sheet>,
}

/// A sheet: heads, and below each the cells of its column.
#[derive(Debug, Default)]
struct Sheet {
    name: String,
    /// The number of the row below the heads, as the program shows it that made the file.
    first_row: u32,
    columns: Vec<Column>,
}

#[derive(Debug, Default)]
struct Column {
    head: String,
    cells: Vec<Held>,
}

/// What a cell holds.
#[derive(Debug, Clone, Default, PartialEq)]
enum Held {
    #[default]
    Empty,
    Bool(bool),
    Int(i64),
    Number(f64),
    Text(String),
}

/// Whether a file holds tables, by the ending of its name: `.xlsx`, `.xlsm` and `.csv`.
pub fn holds_tables(name: &str) -> bool {
    is_workbook(name) || ending(name) == "csv"
}

impl Workbook {
    /// Reads a file.
    ///
    /// ```
    /// use spelregel::{Limits, Metamodel, Model};
    /// use spelregel_cli::workbook::Workbook;
    ///
    /// let file = Workbook::read("doelen.csv", b"id;naam\nco2;Minder uitstoot\n", &Limits::default())?;
    /// let model = Model::from_tables(&Metamodel::standard(), &file.tables(), &Limits::default())?;
    /// assert_eq!(model.element_count(), 1);
    /// # Ok::<(), spelregel::Diagnostics>(())
    /// ```
    ///
    /// # Errors
    /// If it is no such file, or larger than the limits allow, unzipped too.
    pub fn read(name: &str, bytes: &[u8], limits: &Limits) -> Result<Self, Diagnostics> {
        let file = name.to_owned();
        let sheets = if is_workbook(name) {
            xlsx::read(name, bytes, limits)?
        } else {
            vec![separated::read(name, bytes, limits)?]
        };
        Ok(Self { file, sheets })
    }

    /// Its tables: one for each sheet that has heads.
    pub fn tables(&self) -> Vec<Table<'_>> {
        let sheets = self.sheets.iter().filter(|sheet| !sheet.columns.is_empty());
        let tables = sheets.map(|sheet| {
            let table = Table::new(&sheet.name).in_file(&self.file).first_row(sheet.first_row);
            sheet.columns.iter().fold(table, |table, column| {
                table.column(&column.head, column.cells.iter().map(Held::cell))
            })
        });
        tables.collect()
    }
}

impl Held {
    fn cell(&self) -> Cell<'_> {
        match self {
            Self::Empty => Cell::Empty,
            Self::Bool(value) => Cell::Bool(*value),
            Self::Int(value) => Cell::Int(*value),
            Self::Number(value) => Cell::Number(*value),
            Self::Text(value) => Cell::Text(value),
        }
    }
}

impl Sheet {
    /// Puts a cell into a column, at a row below the heads. A column without a head is left out.
    fn put(&mut self, column: usize, row: usize, held: Held) {
        let Some(column) = self.columns.get_mut(column).filter(|column| !column.head.is_empty())
        else {
            return;
        };
        if column.cells.len() <= row {
            column.cells.resize(row, Held::Empty);
            column.cells.push(held);
        } else if let Some(cell) = column.cells.get_mut(row) {
            *cell = held;
        }
    }

    /// The same without columns that have no head.
    fn finish(mut self) -> Self {
        self.columns.retain(|column| !column.head.is_empty());
        self
    }
}

fn is_workbook(name: &str) -> bool {
    matches!(ending(name).as_str(), "xlsx" | "xlsm")
}

fn ending(name: &str) -> String {
    let ending = Path::new(name).extension().and_then(|ending| ending.to_str());
    ending.unwrap_or_default().to_ascii_lowercase()
}

/// What is wrong with a file as a whole.
fn refused(code: Code, name: &str, problem: &str) -> Diagnostics {
    Diagnostic::placeless(code, format!("`{name}`: {problem}")).into()
}
