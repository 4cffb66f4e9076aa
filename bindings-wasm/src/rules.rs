//! Packs, rule sets, and checks.

use spelregel::{Diagnostics, Pack};
use wasm_bindgen::prelude::wasm_bindgen;

use crate::model::{Metamodel, Model};
use crate::problem::{Problem, Stage};
use crate::texts::{GivenPack, read};
use crate::{json, recipe};

/// Rules that have been checked and can be run.
#[wasm_bindgen]
#[derive(Debug)]
pub struct RuleSet(pub(crate) spelregel::RuleSet);

fn pack_problem(problems: Diagnostics) -> Problem {
    Problem::of(Stage::PACK, problems)
}

/// The ids of the shipped packs.
#[wasm_bindgen(js_name = shippedPacks)]
pub fn shipped_packs() -> String {
    json(&Pack::shipped_ids().collect::<Vec<_>>())
}

/// What a pack is.
///
/// # Errors
/// If it can't be loaded.
#[wasm_bindgen]
pub fn pack(given: &str) -> Result<String, String> {
    let pack = read::<GivenPack>(given)?.load().map_err(pack_problem)?;
    Ok(json(&pack.note()))
}

/// The JSON form of a pack.
///
/// # Errors
/// If it can't be loaded.
#[wasm_bindgen(js_name = packToJson)]
pub fn pack_to_json(given: &str) -> Result<String, String> {
    Ok(read::<GivenPack>(given)?.load().map_err(pack_problem)?.to_json())
}

#[wasm_bindgen]
impl RuleSet {
    /// Checks packs together and makes them ready to run.
    ///
    /// # Errors
    /// If a pack or the settings can't be used.
    pub fn compile(recipe: &str) -> Result<RuleSet, String> {
        Ok(Self(recipe::compile(recipe)?))
    }

    /// The metamodel to load models with: the settings may extend it.
    pub fn metamodel(&self) -> Metamodel {
        Metamodel(self.0.metamodel().clone())
    }

    /// What is remarkable about the packs.
    pub fn warnings(&self) -> String {
        self.0.warnings().map_or_else(|| "[]".to_owned(), json)
    }

    /// The rules in the order in which they are asked.
    pub fn rules(&self) -> String {
        json(&self.0.rules().map(|rule| rule.note()).collect::<Vec<_>>())
    }

    /// The report on a model.
    ///
    /// # Errors
    /// If the options ask for what isn't there.
    pub fn check(&self, model: &Model, options: &str) -> Result<String, String> {
        let options = recipe::options(options, &self.0, &model.model)?;
        Ok(self.0.check(&model.model, &options).to_json())
    }
}
