//! What comes of data that others published for purposes of their own: a model document, and what it doesn't hold.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use serde_json::{Value as Json, json};
use spelregel::{Date, Kind, Metamodel, Model, Source};

/// Data of others as a model in the standard vocabulary.
#[derive(Debug)]
pub struct Taken {
    /// The day that the data is about.
    pub at: Date,
    /// A model document.
    pub model: Json,
    /// What the source says that it doesn't tell, by what it is.
    pub withheld: BTreeMap<String, usize>,
    /// What has no place in the vocabulary, by what it is.
    pub left_out: BTreeMap<String, usize>,
}

impl Taken {
    /// Says of which kinds the source has a complete record. What it doesn't tell of others is not known.
    ///
    /// # Errors
    /// Where the model is no document.
    pub fn with_complete(mut self, complete: &[&str]) -> Result<Self> {
        let metamodel = Metamodel::standard();
        let open = metamodel.kinds().map(Kind::name).filter(|kind| !complete.contains(kind));
        let document = self.model.as_object_mut().context("a document")?;
        document.insert("open_kinds".to_owned(), json!(open.collect::<Vec<_>>()));
        Ok(self)
    }

    /// The model itself; as if the source were complete, if asked.
    ///
    /// # Errors
    /// Where it doesn't fit the vocabulary.
    pub fn load(&self, as_if_complete: bool) -> Result<Model> {
        let mut document = self.model.clone();
        if as_if_complete && let Some(document) = document.as_object_mut() {
            document.remove("open_kinds");
        }
        let source = Source::new("model.json", document.to_string());
        Ok(Model::load(&Metamodel::standard(), [source])?)
    }
}

/// Adds one to a count.
pub(crate) fn count(counts: &mut BTreeMap<String, usize>, what: &str) {
    *counts.entry(what.to_owned()).or_default() += 1;
}
