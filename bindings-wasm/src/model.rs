//! Metamodels and models.

use spelregel::{Diagnostics, Kind, Limits, Source};
use wasm_bindgen::prelude::wasm_bindgen;

use crate::json;
use crate::problem::{Problem, Stage};
use crate::recipe::Vocabulary;
use crate::texts::{NamedText, read};

/// A vocabulary.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Metamodel(pub(crate) spelregel::Metamodel);

/// A programme, or several, as a graph.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Model {
    pub(crate) model: spelregel::Model,
    /// What was wrong with the texts, where it was read as far as it is sound.
    problems: Option<Diagnostics>,
}

fn load_problem(problems: Diagnostics) -> Problem {
    Problem::of(Stage::LOAD, problems)
}

#[wasm_bindgen]
impl Metamodel {
    /// Makes a vocabulary of what it is made of.
    ///
    /// # Errors
    /// If it can't be loaded.
    pub fn load(made_of: &str) -> Result<Metamodel, String> {
        Ok(Self(read::<Vocabulary>(made_of)?.load()?))
    }

    /// The kinds in model order.
    pub fn kinds(&self) -> String {
        json(&self.0.kinds().map(Kind::note).collect::<Vec<_>>())
    }
}

#[wasm_bindgen]
impl Model {
    /// Reads a model from named texts.
    ///
    /// # Errors
    /// If it can't be loaded.
    pub fn load(metamodel: &Metamodel, texts: &str) -> Result<Model, String> {
        let loaded = spelregel::Model::load(&metamodel.0, sources(texts)?);
        Ok(loaded.map_err(load_problem)?.into())
    }

    /// Reads what is sound; `problems` tells of the rest.
    ///
    /// # Errors
    /// If the texts are none.
    #[wasm_bindgen(js_name = loadPartial)]
    pub fn load_partial(metamodel: &Metamodel, texts: &str) -> Result<Model, String> {
        let limits = Limits::default();
        let (model, problems) =
            spelregel::Model::load_partial(&metamodel.0, sources(texts)?, &limits);
        Ok(Self { model, problems })
    }

    /// Everything that was wrong with the texts, and what is remarkable about them.
    pub fn problems(&self) -> String {
        match self.problems.as_ref().or(self.model.warnings()) {
            Some(problems) => json(problems),
            None => "[]".to_owned(),
        }
    }

    /// How many elements there are.
    #[wasm_bindgen(js_name = elementCount)]
    pub fn element_count(&self) -> usize {
        self.model.element_count()
    }

    /// How many links there are.
    #[wasm_bindgen(js_name = linkCount)]
    pub fn link_count(&self) -> usize {
        self.model.link_count()
    }

    /// The model as one document.
    #[wasm_bindgen(js_name = toJson)]
    pub fn to_json(&self) -> String {
        self.model.to_json()
    }

    /// The elements in model order.
    pub fn elements(&self) -> String {
        json(&self.model.elements().map(|one| one.note()).collect::<Vec<_>>())
    }

    /// The element with an id.
    pub fn element(&self, id: &str) -> Option<String> {
        self.model.element(id).map(|found| json(&found.note()))
    }
}

/// The sources of a list of named texts.
pub(crate) fn sources(json: &str) -> Result<Vec<Source>, Problem> {
    Ok(read::<Vec<NamedText>>(json)?.into_iter().map(NamedText::source).collect())
}

impl From<spelregel::Model> for Model {
    fn from(model: spelregel::Model) -> Self {
        Self { model, problems: None }
    }
}
