//! Sessions.

use spelregel::{Delta, Edit};
use wasm_bindgen::prelude::wasm_bindgen;

use crate::json;
use crate::model::Model;
use crate::problem::{Problem, Stage};
use crate::recipe;
use crate::rules::RuleSet;

/// A model and rules that stay together while the model is edited.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Session(spelregel::Session);

#[wasm_bindgen]
impl Session {
    /// A session on a model.
    ///
    /// # Errors
    /// If the options ask for what isn't there.
    #[wasm_bindgen(constructor)]
    pub fn new(rules: &RuleSet, model: &Model, options: &str) -> Result<Session, String> {
        let options = recipe::options(options, &rules.0, &model.model)?;
        Ok(Self(spelregel::Session::new(rules.0.clone(), model.model.clone(), options)))
    }

    /// Makes edits, all of them or none.
    ///
    /// # Errors
    /// If one makes no sense.
    pub fn apply(&mut self, edits: &str) -> Result<String, String> {
        told(self.0.apply(read_edits(edits)?))
    }

    /// What edits would change.
    ///
    /// # Errors
    /// If one makes no sense.
    #[wasm_bindgen(js_name = whatIf)]
    pub fn what_if(&mut self, edits: &str) -> Result<String, String> {
        told(self.0.what_if(read_edits(edits)?))
    }

    /// Takes the last edits back.
    pub fn undo(&mut self) -> Option<String> {
        self.0.undo().map(|delta| json(&delta))
    }

    /// Makes them again.
    pub fn redo(&mut self) -> Option<String> {
        self.0.redo().map(|delta| json(&delta))
    }

    /// Goes on with another model.
    ///
    /// # Errors
    /// If it was loaded with another metamodel.
    pub fn replace(&mut self, model: &Model) -> Result<String, String> {
        told(self.0.replace(model.model.clone()))
    }

    /// The model as it is now.
    pub fn model(&self) -> Model {
        self.0.model().clone().into()
    }

    /// The date of the check as it is now.
    pub fn at(&self) -> String {
        self.0.options().at.to_string()
    }

    /// The findings as they are now.
    pub fn findings(&self) -> String {
        json(&self.0.findings())
    }

    /// A whole report on the model as it is now.
    pub fn report(&self) -> String {
        self.0.report().to_json()
    }
}

fn read_edits(edits: &str) -> Result<Vec<Edit>, Problem> {
    serde_json::from_str(edits).map_err(|error| Problem::saying(Stage("edit"), &error))
}

fn told(delta: Result<Delta, spelregel::EditError>) -> Result<String, String> {
    match delta {
        Ok(delta) => Ok(json(&delta)),
        Err(refused) => {
            let problem = Problem::saying(Stage("edit"), &refused);
            Err(Problem { position: Some(refused.position), ..problem }.into())
        }
    }
}
