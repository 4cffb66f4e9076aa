//! The empty workbook, written: heads, lists to choose from, and a sheet that explains the columns.

use rust_xlsxwriter::{
    Color, DataValidation, DocProperties, ExcelDateTime, Format, FormatAlign, Formula, Note,
    Workbook, Worksheet, XlsxError,
};
use spelregel::tables::{Explained, Holds, Template, TemplateColumn, TemplateSheet};

/// Rows that have lists to choose from.
const ROWS: u32 = 1_000;
/// Where the lists stand. A sheet with such a name is none of the model.
const LISTS: &str = "_lists";

/// The template as the bytes of a workbook.
///
/// ```
/// use spelregel::{Language, Metamodel};
/// let bytes = spelregel_cli::workbook::template(&Metamodel::standard().template(Language::Nl))?;
/// assert!(bytes.starts_with(b"PK"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// If a name is longer than workbooks can hold.
pub fn template(template: &Template) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    // The same template gives the same bytes, whenever it is written.
    let made = ExcelDateTime::from_ymd(2026, 1, 1)?;
    book.set_properties(&DocProperties::new().set_creation_datetime(&made));
    let mut lists = Worksheet::new();
    lists.set_name(LISTS)?.set_hidden(true);
    let mut next_list = 0;
    for sheet in &template.sheets {
        let written = fill_in(sheet, &mut lists, &mut next_list)?;
        book.push_worksheet(written);
    }
    book.push_worksheet(explanation(&template.explanation)?);
    book.push_worksheet(lists);
    book.save_to_buffer()
}

fn fill_in(
    sheet: &TemplateSheet,
    lists: &mut Worksheet,
    next_list: &mut u16,
) -> Result<Worksheet, XlsxError> {
    let mut written = Worksheet::new();
    written.set_name(&sheet.name)?;
    for (column, declared) in (0_u16..).zip(&sheet.columns) {
        let head = if declared.is_required { head().set_italic() } else { head() };
        written.write_string_with_format(0, column, &declared.head, &head)?;
        written.insert_note(0, column, &Note::new(&declared.about).set_width(320))?;
        written.set_column_width(column, width(declared))?;
        if declared.holds == Holds::Date {
            written.set_column_format(column, &Format::new().set_num_format("yyyy-mm-dd"))?;
        }
        if !declared.choices.is_empty() {
            let choices = list(&declared.choices, lists, *next_list)?;
            *next_list += 1;
            let rule = DataValidation::new().allow_list_formula(Formula::new(choices));
            written.add_data_validation(1, column, ROWS, column, &rule)?;
        }
    }
    written.set_freeze_panes(1, 1)?;
    Ok(written)
}

/// Writes a list that a column's cells are chosen from. Yields where it stands.
fn list(choices: &[String], lists: &mut Worksheet, column: u16) -> Result<String, XlsxError> {
    let mut last = 0;
    for (row, choice) in (0_u32..).zip(choices) {
        lists.write_string(row, column, choice)?;
        last = row;
    }
    let name = rust_xlsxwriter::utility::column_number_to_name(column);
    Ok(format!("={LISTS}!${name}$1:${name}${}", last + 1))
}

fn explanation(explained: &Explained) -> Result<Worksheet, XlsxError> {
    let mut written = Worksheet::new();
    written.set_name(&explained.name)?;
    let mut row = 0;
    for line in &explained.introduction {
        written.write_string(row, 0, line)?;
        row += 1;
    }
    row += 1;
    for (column, text) in (0_u16..).zip(&explained.heads) {
        written.write_string_with_format(row, column, text, &head())?;
    }
    let wrapped = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    for cells in &explained.rows {
        row += 1;
        for (column, text) in (0_u16..).zip(cells) {
            written.write_string_with_format(row, column, text, &wrapped)?;
        }
    }
    for (column, width) in (0_u16..).zip([28.0, 28.0, 36.0, 90.0]) {
        written.set_column_width(column, width)?;
    }
    Ok(written)
}

fn head() -> Format {
    Format::new().set_bold().set_background_color(Color::RGB(0xE6_EE_FC))
}

/// Wide enough for the head and the usual content, in characters.
fn width(column: &TemplateColumn) -> f64 {
    let usual = match column.holds {
        Holds::Text | Holds::Texts => 32.0,
        Holds::Ids => 24.0,
        Holds::Choice => 20.0,
        Holds::Int | Holds::Number | Holds::Date => 14.0,
    };
    let head = u32::try_from(column.head.chars().count()).map_or(usual, f64::from);
    (head + 3.0).max(usual)
}
