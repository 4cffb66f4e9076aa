//! What editors ask.

use spelregel::{Language, Source};
use wasm_bindgen::prelude::wasm_bindgen;

use crate::json;
use crate::model::sources;
use crate::problem::{Problem, Stage};
use crate::rules::RuleSet;

/// Answers what an editor asks about texts.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Editor(spelregel::Editor);

#[wasm_bindgen]
impl Editor {
    /// For texts on the metamodel of rules, and packs that may use theirs.
    ///
    /// # Errors
    /// If the language is none.
    #[wasm_bindgen(constructor)]
    pub fn new(rules: &RuleSet, language: &str, beside: &str) -> Result<Editor, String> {
        let language: Language =
            language.parse().map_err(|error| Problem::saying(Stage::OPTIONS, &error))?;
        Ok(Self(spelregel::Editor::new(&rules.0, language).beside(sources(beside)?)))
    }

    /// What is wrong with a text, and what is remarkable about it.
    pub fn diagnostics(&self, name: &str, text: &str) -> String {
        let problems = self.0.diagnostics(&Source::new(name, text));
        problems.map_or_else(|| "[]".to_owned(), |problems| json(&problems))
    }

    /// What could stand at an offset in units of UTF-16.
    pub fn complete(&self, text: &str, offset: u32) -> String {
        let source = Source::new("text", text);
        json(&self.0.complete(&source, source.byte_offset(offset)))
    }

    /// What stands at an offset in units of UTF-16.
    pub fn hover(&self, text: &str, offset: u32) -> Option<String> {
        let source = Source::new("text", text);
        self.0.hover(&source, source.byte_offset(offset)).map(|hover| json(&hover))
    }
}
