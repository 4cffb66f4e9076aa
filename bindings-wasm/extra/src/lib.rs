//! What is not needed to check: reports in other forms, rules and verdicts explained, the calendar, files of
//! `ArchiMate`. It has a memory of its own: models and reports come as JSON, rules as what they are made of.
//!
//! An export throws a problem as JSON text; the package makes an error of it.

pub mod picture;
#[path = "../../src/problem.rs"]
mod problem;
#[path = "../../src/recipe.rs"]
mod recipe;
pub mod report;
pub mod rules;
#[path = "../../src/texts.rs"]
mod texts;

use serde::Serialize;
use spelregel::{Limits, Metamodel, archimate};
use wasm_bindgen::prelude::wasm_bindgen;

use crate::problem::{Problem, Stage};

/// As JSON.
fn json(value: &impl Serialize) -> String {
    serde_json::to_string_pretty(value).unwrap_or_default()
}

/// A language by its code.
fn language(code: &str) -> Result<spelregel::Language, Problem> {
    code.parse().map_err(|error| Problem::saying(Stage::OPTIONS, &error))
}

#[derive(Serialize)]
struct ConvertedJson<'c> {
    name: &'c str,
    text: &'c str,
    notes: String,
}

/// A model document of an `ArchiMate` file, and what was not taken over.
///
/// # Errors
/// If the file can't be read.
#[wasm_bindgen(js_name = readArchimate)]
pub fn read_archimate(name: &str, bytes: &[u8], code: &str) -> Result<String, String> {
    let language = language(code)?;
    let metamodel = Metamodel::standard();
    let converted = archimate::convert(&metamodel, name, bytes, &Limits::default())
        .map_err(|problems| Problem::of(Stage::LOAD, problems))?;
    let (name, text) = (converted.document.name(), converted.document.text());
    let notes = converted.notes.to_text(language);
    Ok(json(&ConvertedJson { name, text, notes }))
}
