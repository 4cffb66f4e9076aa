//! Models from their documents.

use std::sync::Arc;

use crate::diagnostic::{Diagnostics, Problems};
use crate::limits::Limits;
use crate::metamodel::Metamodel;
use crate::model::draft::Draft;
use crate::model::{Model, document, plain, resolve};
use crate::source::Source;
use crate::yaml::{self, Node};

impl Model {
    /// Reads a model from one or more documents in YAML or JSON.
    ///
    /// ```
    /// use spelregel::{Metamodel, Model, Source};
    ///
    /// let text = "programmes: [{id: klimaat, pursues: [co2]}]\ngoals: [{id: co2}]\n";
    /// let model = Model::load(&Metamodel::standard(), [Source::new("klimaat.yaml", text)])?;
    /// assert_eq!((model.element_count(), model.link_count()), (2, 1));
    /// # Ok::<(), spelregel::Diagnostics>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Everything that is wrong with the documents, each with its place.
    pub fn load(
        metamodel: &Metamodel,
        sources: impl IntoIterator<Item = Source>,
    ) -> Result<Self, Diagnostics> {
        Self::load_with(metamodel, sources, &Limits::default())
    }

    /// Reads a model within limits of one's own.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with the documents, each with its place.
    pub fn load_with(
        metamodel: &Metamodel,
        sources: impl IntoIterator<Item = Source>,
        limits: &Limits,
    ) -> Result<Self, Diagnostics> {
        let sources: Vec<Source> = sources.into_iter().collect();
        match plain::load(metamodel, &sources, limits) {
            Some(store) => Ok(Self(Arc::new(store))),
            None => from_documents(metamodel, sources, limits),
        }
    }

    /// Reads what is sound in the documents, and tells everything that is wrong with the rest.
    ///
    /// For editors, in which a text is broken half of the time.
    ///
    /// ```
    /// use spelregel::{Limits, Metamodel, Model, Source};
    ///
    /// let source = Source::new("doelen.yaml", "goals: [{id: co2}, {id: co 3}]\n");
    /// let metamodel = Metamodel::standard();
    /// let (model, problems) = Model::load_partial(&metamodel, [source], &Limits::default());
    /// assert_eq!(model.element_count(), 1);
    /// assert_eq!(problems.map(|problems| problems.len()), Some(1));
    /// ```
    pub fn load_partial(
        metamodel: &Metamodel,
        sources: impl IntoIterator<Item = Source>,
        limits: &Limits,
    ) -> (Self, Option<Diagnostics>) {
        let (model, problems) = resolve_all(metamodel, sources, limits);
        (model, problems.finish(limits.diagnostics))
    }

    /// Reads a model from a part of a document, such as an example in a pack.
    pub(crate) fn from_tree(
        metamodel: &Metamodel,
        source: &Source,
        root: &Node,
        limits: &Limits,
    ) -> Result<Self, Diagnostics> {
        let mut draft = Draft::default();
        document::read(&metamodel.0, source, root, limits, &mut draft);
        sound(resolve_draft(metamodel, draft), limits)
    }
}

/// The model, by way of trees of the documents: what reports problems, and reads YAML.
pub(super) fn from_documents(
    metamodel: &Metamodel,
    sources: Vec<Source>,
    limits: &Limits,
) -> Result<Model, Diagnostics> {
    sound(resolve_all(metamodel, sources, limits), limits)
}

fn resolve_all(
    metamodel: &Metamodel,
    sources: impl IntoIterator<Item = Source>,
    limits: &Limits,
) -> (Model, Problems) {
    let mut draft = Draft::default();
    for source in sources {
        let parsed = yaml::parse_partial(&source, limits);
        draft.problems.append(parsed.problems);
        if let Some(root) = parsed.root {
            document::read(&metamodel.0, &source, &root, limits, &mut draft);
        }
    }
    resolve_draft(metamodel, draft)
}

fn resolve_draft(metamodel: &Metamodel, draft: Draft) -> (Model, Problems) {
    let (store, problems) = resolve::resolve(metamodel, draft);
    (Model(Arc::new(store)), problems)
}

/// The model where nothing is wrong with it but what warnings tell.
pub(crate) fn sound(
    (model, problems): (Model, Problems),
    limits: &Limits,
) -> Result<Model, Diagnostics> {
    let errors = problems.has_errors();
    match problems.finish(limits.diagnostics) {
        Some(problems) if errors => Err(problems),
        warnings => Ok(model.with_warnings(warnings)),
    }
}
