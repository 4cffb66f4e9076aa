//! Reports in other forms.

use spelregel::Report;
use spelregel::report::{Colour, Waived};
use wasm_bindgen::prelude::wasm_bindgen;

use crate::language;
use crate::problem::{Problem, Stage};

/// A report in one of the forms `html`, `markdown`, `text`, `sarif` and `sarif-without-waived`.
///
/// # Errors
/// If it isn't a report, or there is no such language or form.
#[wasm_bindgen]
pub fn write(report: &str, form: &str, code: &str) -> Result<String, String> {
    let (report, language) = (read(report)?, language(code)?);
    Ok(match form {
        "html" => report.to_html(language),
        "markdown" => report.to_markdown(language),
        "text" => report.to_text(language, Colour::Never),
        "sarif" => report.to_sarif(language, Waived::Suppressed),
        "sarif-without-waived" => report.to_sarif(language, Waived::LeftOut),
        _ => {
            let message = format!("reports have no form `{form}`");
            return Err(Problem::saying(Stage::OPTIONS, &message).into());
        }
    })
}

/// What differs between two reports.
///
/// # Errors
/// If one isn't a report.
#[wasm_bindgen]
pub fn diff(report: &str, earlier: &str) -> Result<String, String> {
    Ok(read(report)?.diff(&read(earlier)?).to_json())
}

/// The report with what is new since an earlier one.
///
/// # Errors
/// If one isn't a report.
#[wasm_bindgen]
pub fn since(report: &str, baseline: &str) -> Result<String, String> {
    Ok(read(report)?.since(&read(baseline)?).to_json())
}

pub(crate) fn read(report: &str) -> Result<Report, Problem> {
    Report::from_json(report).map_err(|error| Problem::saying(Stage::LOAD, &error))
}
