//! Pictures of models.

use serde::Deserialize;
use spelregel::{Look, Theme};
use wasm_bindgen::prelude::wasm_bindgen;

use crate::problem::{Problem, Stage};
use crate::rules::Rules;
use crate::texts::read;
use crate::{language, report};

/// What is asked of a picture.
#[derive(Deserialize)]
struct Asked {
    language: String,
    #[serde(default)]
    focus: Vec<String>,
    depth: Option<usize>,
    #[serde(default)]
    kinds: Vec<String>,
    most: Option<usize>,
    theme: Option<String>,
}

/// The network of a model in one of the forms `svg`, `dot` and `mermaid`, with the findings of a report where
/// there is one.
///
/// # Errors
/// If an element or a kind isn't there, or there is no such language, theme or form.
#[wasm_bindgen]
pub fn draw(
    rules: &Rules,
    model: &str,
    found: Option<String>,
    asked: &str,
    form: &str,
) -> Result<String, String> {
    let asked: Asked = read(asked)?;
    let found = found.map(|json| report::read(&json)).transpose()?;
    let model = rules.model(model)?;
    let mut look = Look::new(language(&asked.language)?);
    look.findings = found.as_ref();
    look.focus = asked.focus;
    look.kinds = asked.kinds;
    look.depth = asked.depth.unwrap_or(look.depth);
    look.most = asked.most.unwrap_or(look.most);
    look.theme = match asked.theme.as_deref() {
        None | Some("auto") => Theme::Auto,
        Some("light") => Theme::Light,
        Some("dark") => Theme::Dark,
        Some("neutral") => Theme::Neutral,
        Some(other) => return Err(no_such("theme", other)),
    };
    let picture = model.picture(&look).map_err(|error| Problem::saying(Stage::OPTIONS, &error))?;
    match form {
        "svg" => Ok(picture.to_svg()),
        "dot" => Ok(picture.to_dot()),
        "mermaid" => Ok(picture.to_mermaid()),
        other => Err(no_such("form", other)),
    }
}

fn no_such(what: &str, name: &str) -> String {
    Problem::saying(Stage::OPTIONS, &format!("pictures have no {what} `{name}`")).into()
}
