//! Workbooks, read cell by cell: what a sheet says of its own size is not believed.

use std::io::{self, Cursor, Read};

use calamine::{DataRef, Reader, Xlsx};
use spelregel::{Code, Diagnostics, Limits};

use super::{Column, Held, Sheet, refused};

/// More columns than any sheet needs; workbooks have room for 16,384.
const MOST_COLUMNS: usize = 1_000;

type Opened<'b> = Xlsx<Cursor<&'b [u8]>>;

pub(super) fn read(name: &str, bytes: &[u8], limits: &Limits) -> Result<Vec<Sheet>, Diagnostics> {
    let broken = |problem: &dyn std::fmt::Display| {
        refused(Code::WrongDocument, name, &format!("this is no workbook: {problem}"))
    };
    let unzipped = unzipped_size(bytes, limits.source_bytes).map_err(|problem| broken(&problem))?;
    if unzipped > limits.source_bytes {
        let problem =
            format!("unzipped it is larger than the limit of {} bytes", limits.source_bytes);
        return Err(refused(Code::OverLimit, name, &problem));
    }
    let mut book: Opened<'_> = Xlsx::new(Cursor::new(bytes)).map_err(|problem| broken(&problem))?;
    let mut left = limits.document_nodes;
    let mut sheets = Vec::new();
    for sheet in book.sheet_names() {
        // What workbooks hold beside sheets of cells, such as charts, has no cells to read.
        if let Ok(cells) = book.worksheet_cells_reader(&sheet) {
            let read = sheet_of(sheet, cells, &mut left).map_err(|problem| match problem {
                Problem::Broken(problem) => broken(&problem),
                Problem::TooLarge => {
                    let limit = limits.document_nodes;
                    let problem = format!("it holds more cells than the limit of {limit}");
                    refused(Code::OverLimit, name, &problem)
                }
            })?;
            sheets.push(read);
        }
    }
    Ok(sheets)
}

enum Problem {
    Broken(String),
    TooLarge,
}

fn sheet_of(
    name: String,
    mut cells: calamine::XlsxCellReader<'_, Cursor<&[u8]>>,
    left: &mut usize,
) -> Result<Sheet, Problem> {
    let mut sheet = Sheet { name, ..Sheet::default() };
    let mut heads_at: Option<u32> = None;
    while let Some(cell) = cells.next_cell().map_err(|e| Problem::Broken(e.to_string()))? {
        let (row, column) = cell.get_position();
        let held = held(cell.get_value());
        let column = usize::try_from(column).unwrap_or(usize::MAX);
        if held == Held::Empty || column >= MOST_COLUMNS {
            continue;
        }
        let heads = *heads_at.get_or_insert(row);
        if row == heads {
            sheet.first_row = heads.saturating_add(2);
            if sheet.columns.len() <= column {
                sheet.columns.resize_with(column + 1, Column::default);
            }
            if let Some(place) = sheet.columns.get_mut(column) {
                place.head = text_of(&held);
            }
            continue;
        }
        let Ok(below) = usize::try_from(row.saturating_sub(heads.saturating_add(1))) else {
            return Err(Problem::TooLarge);
        };
        // Rows that are left out take room too.
        let before = sheet.columns.get(column).map_or(0, |column| column.cells.len());
        let more = (below + 1).saturating_sub(before);
        *left = left.checked_sub(more).ok_or(Problem::TooLarge)?;
        sheet.put(column, below, held);
    }
    Ok(sheet.finish())
}

fn held(value: &DataRef<'_>) -> Held {
    match value {
        DataRef::Int(value) => Held::Int(*value),
        DataRef::Float(value) => Held::Number(*value),
        DataRef::String(text) => text_or_empty(text),
        DataRef::SharedString(text) => text_or_empty(text),
        DataRef::Bool(value) => Held::Bool(*value),
        DataRef::DateTime(moment) if moment.is_datetime() => {
            let (year, month, day, ..) = moment.to_ymd_hms_milli();
            Held::Text(format!("{year:04}-{month:02}-{day:02}"))
        }
        DataRef::DateTime(moment) => Held::Number(moment.as_f64()),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text_or_empty(text),
        DataRef::Error(error) => Held::Text(error.to_string()),
        DataRef::Empty => Held::Empty,
    }
}

fn text_or_empty(text: &str) -> Held {
    if text.trim().is_empty() { Held::Empty } else { Held::Text(text.to_owned()) }
}

fn text_of(held: &Held) -> String {
    match held {
        Held::Text(text) => text.trim().to_owned(),
        Held::Int(value) => value.to_string(),
        Held::Number(value) => value.to_string(),
        Held::Bool(value) => value.to_string(),
        Held::Empty => String::new(),
    }
}

/// How many bytes the parts of a workbook have when they are unzipped; counting stops beyond the limit.
fn unzipped_size(bytes: &[u8], limit: usize) -> Result<usize, zip::result::ZipError> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes))?;
    let mut total: usize = 0;
    for position in 0..archive.len() {
        let part = archive.by_index(position)?;
        let room = u64::try_from(limit.saturating_sub(total)).unwrap_or(u64::MAX);
        let size = io::copy(&mut part.take(room.saturating_add(1)), &mut io::sink())?;
        total = total.saturating_add(usize::try_from(size).unwrap_or(usize::MAX));
        if total > limit {
            break;
        }
    }
    Ok(total)
}
