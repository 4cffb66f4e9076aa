//! Rules and verdicts explained, and what time will change.

use spelregel::{Model, Source};
use wasm_bindgen::prelude::wasm_bindgen;

use crate::problem::{Problem, Stage};
use crate::{json, recipe};

/// Rules made from what rules of the other file are made of.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Rules(spelregel::RuleSet);

#[wasm_bindgen]
impl Rules {
    /// The same rules.
    ///
    /// # Errors
    /// If they can't be used.
    #[wasm_bindgen(constructor)]
    pub fn new(recipe: &str) -> Result<Rules, String> {
        Ok(Self(recipe::compile(recipe)?))
    }

    /// What a rule asks.
    ///
    /// # Errors
    /// If there is no such rule.
    pub fn outline(&self, rule: &str) -> Result<String, String> {
        let found = self.0.rule(rule).map_err(options_problem)?;
        self.0.outline(found.full_id()).map(|outline| json(&outline)).ok_or_else(String::new)
    }

    /// Why a rule gives the verdict that it gives for an element.
    ///
    /// # Errors
    /// If there is no such rule or element, or the rule isn't asked of it.
    pub fn explain(
        &self,
        model: &str,
        options: &str,
        rule: &str,
        element: &str,
    ) -> Result<String, String> {
        let model = self.model(model)?;
        let options = recipe::options(options, &self.0, &model)?;
        let explained = self.0.explain(&model, &options, rule, element);
        Ok(explained.map_err(options_problem)?.to_json())
    }

    /// Which verdicts will be others on later days.
    ///
    /// # Errors
    /// If the options ask for what isn't there.
    pub fn calendar(&self, model: &str, options: &str, until: &str) -> Result<String, String> {
        let model = self.model(model)?;
        let options = recipe::options(options, &self.0, &model)?;
        let until = until.parse().map_err(options_problem)?;
        Ok(self.0.calendar(&model, &options, until).to_json())
    }

    pub(crate) fn model(&self, json: &str) -> Result<Model, Problem> {
        Model::load(self.0.metamodel(), [Source::new("model", json)])
            .map_err(|problems| Problem::of(Stage::LOAD, problems))
    }
}

fn options_problem(error: impl std::fmt::Display) -> Problem {
    Problem::saying(Stage::OPTIONS, &error)
}
