//! Tables as sources: a span in one is a cell, and a problem there says which row and column.

use super::{Position, Span};

/// How the rows and columns of a table are counted and called.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Grid {
    /// The file that the table is in, where it is in one.
    pub(crate) file: Option<String>,
    /// The heads of the columns.
    pub(crate) columns: Vec<String>,
    /// The number that people give to the first row below the heads.
    pub(crate) first_row: u32,
}

/// A cell of a table: its row, from 0 below the heads, and its column; `None` for the heads, and for a row
/// as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Cell {
    pub(crate) row: Option<u32>,
    pub(crate) column: Option<u32>,
}

/// Cells travel as spans: the row and the column, each one up to leave 0 for none.
impl From<Cell> for Span {
    fn from(cell: Cell) -> Self {
        let number = |number: Option<u32>| number.map_or(0, |number| number.saturating_add(1));
        Self { start: number(cell.row), end: number(cell.column) }
    }
}

impl From<Span> for Cell {
    fn from(span: Span) -> Self {
        Self { row: span.start.checked_sub(1), column: span.end.checked_sub(1) }
    }
}

impl Grid {
    /// The row and the column, as the table counts rows, and columns from 1; 0 for none.
    pub(super) fn position(&self, span: Span) -> Position {
        let line = self.row(span).unwrap_or(0);
        Position { offset: 0, offset_utf16: 0, line, column: span.end, column_utf16: span.end }
    }

    /// The number of the row, as people count; `None` for the heads.
    pub(crate) fn row(&self, span: Span) -> Option<u32> {
        Cell::from(span).row.map(|row| row.saturating_add(self.first_row))
    }

    /// The head of the column.
    pub(crate) fn column(&self, span: Span) -> Option<&str> {
        let column = usize::try_from(Cell::from(span).column?).ok()?;
        self.columns.get(column).map(String::as_str)
    }

    /// ``programma.xlsx, Projecten, row 7, column `fase` ``
    pub(crate) fn place(&self, name: &str, span: Span) -> String {
        let mut parts: Vec<String> = self.file.iter().cloned().collect();
        parts.push(name.to_owned());
        parts.extend(self.row(span).map(|row| format!("row {row}")));
        parts.extend(self.column(span).map(|head| match head.trim() {
            "" => format!("column {}", span.end),
            head => format!("column `{head}`"),
        }));
        parts.join(", ")
    }
}
