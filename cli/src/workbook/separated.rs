//! Files with comma-separated values, with whatever separates values in them.

use spelregel::{Code, Diagnostics, Limits, Source};

use super::{Column, Held, Sheet, refused};

/// What may stand between values.
const SEPARATORS: [char; 3] = [';', ',', '\t'];

/// Reads a file. Its table is called as the file is, without the ending.
pub(super) fn read(name: &str, bytes: &[u8], limits: &Limits) -> Result<Sheet, Diagnostics> {
    let source = Source::from_bytes(name, bytes)?;
    if source.text().len() > limits.source_bytes {
        let problem = format!("it is larger than the limit of {} bytes", limits.source_bytes);
        return Err(refused(Code::OverLimit, name, &problem));
    }
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(separator(source.text()))
        .has_headers(false)
        .flexible(true)
        .from_reader(source.text().as_bytes());
    let stem = std::path::Path::new(name).file_stem().and_then(|stem| stem.to_str());
    let mut sheet = Sheet { name: stem.unwrap_or(name).to_owned(), ..Sheet::default() };
    for record in reader.records() {
        let record =
            record.map_err(|problem| refused(Code::WrongDocument, name, &problem.to_string()))?;
        if sheet.columns.is_empty() {
            let heads = record.iter().map(|head| head.trim().to_owned());
            sheet.columns = heads.map(|head| Column { head, cells: Vec::new() }).collect();
            sheet.first_row = 2;
            continue;
        }
        let row = sheet.columns.iter().map(|column| column.cells.len()).max().unwrap_or(0);
        for (column, text) in record.iter().enumerate() {
            let held = if text.is_empty() { Held::Empty } else { Held::Text(text.to_owned()) };
            sheet.put(column, row, held);
        }
    }
    Ok(sheet.finish())
}

/// The separator that the first line has most of.
fn separator(text: &str) -> u8 {
    let line = text.lines().next().unwrap_or_default();
    let count = |separator: &char| line.matches(*separator).count();
    // Of several that are there as often, the first.
    let most = SEPARATORS.iter().rev().max_by_key(|separator| count(separator));
    most.and_then(|separator| u8::try_from(*separator).ok()).unwrap_or(b',')
}
