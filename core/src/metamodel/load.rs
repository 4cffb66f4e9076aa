//! A metamodel from its file, and its extension by an organisation's own file.

use std::sync::Arc;
#[cfg(feature = "standard")]
use std::sync::OnceLock;

#[cfg(feature = "standard")]
use super::Vocabulary;
use super::declare::{Declarations, Role, declare};
use super::{Metamodel, build};
use crate::diagnostic::Diagnostics;
use crate::limits::Limits;
use crate::source::Source;
use crate::yaml::{self, Node};

impl Metamodel {
    /// Reads a metamodel of one's own.
    ///
    /// ```
    /// use spelregel::{Limits, Metamodel, Source};
    ///
    /// let source = Source::new("own.yaml", "metamodel: own\nkinds: {Team: {section: teams}}\n");
    /// let metamodel = Metamodel::load(&source, &Limits::default())?;
    /// assert_eq!(metamodel.kinds().next().map(|kind| kind.section()), Some("teams"));
    /// # Ok::<(), spelregel::Diagnostics>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Everything that is wrong with the text, each with its place.
    pub fn load(source: &Source, limits: &Limits) -> Result<Self, Diagnostics> {
        let root = yaml::parse(source, limits)?;
        Self::make(Declarations::default(), source, &root, Role::Whole, limits)
    }

    /// The metamodel with an organisation's own kinds, properties, relations and enumeration values.
    ///
    /// The file has the shape of a metamodel. It adds: what is there cannot be changed.
    ///
    /// ```
    /// use spelregel::{Limits, Metamodel, Source};
    ///
    /// let source = Source::new(
    ///     "own.yaml",
    ///     "kinds: {Programme: {properties: {portfolio_code: {type: text}}}}\n",
    /// );
    /// assert!(Metamodel::standard().extend(&source, &Limits::default()).is_ok());
    /// ```
    ///
    /// # Errors
    ///
    /// Everything that is wrong with the text, each with its place.
    pub fn extend(&self, source: &Source, limits: &Limits) -> Result<Self, Diagnostics> {
        let root = yaml::parse(source, limits)?;
        self.extend_from(source, &root, limits)
    }

    /// The same from a part of a document, such as the `metamodel:` of settings.
    pub(crate) fn extend_from(
        &self,
        source: &Source,
        root: &Node,
        limits: &Limits,
    ) -> Result<Self, Diagnostics> {
        Self::make(self.0.declarations.clone(), source, root, Role::Extension, limits)
    }

    fn make(
        mut declarations: Declarations,
        source: &Source,
        root: &Node,
        role: Role,
        limits: &Limits,
    ) -> Result<Self, Diagnostics> {
        let mut problems = declare(&mut declarations, source, root, role);
        let vocabulary = build::build(declarations, &mut problems);
        match problems.finish(limits.diagnostics) {
            Some(problems) => Err(problems),
            None => Ok(Self(Arc::new(vocabulary))),
        }
    }
}

#[cfg(feature = "standard")]
impl Metamodel {
    /// Reads an organisation's own metamodel: a whole one where the file names it with `metamodel:`, else
    /// an addition to the shipped one.
    ///
    /// ```
    /// use spelregel::{Limits, Metamodel, Source};
    ///
    /// let addition = "kinds: {Programme: {properties: {portfolio_code: {type: text}}}}\n";
    /// let own = Metamodel::own(&Source::new("own.yaml", addition), &Limits::default())?;
    /// assert!(own.kinds().any(|kind| kind.name() == "Goal"));
    /// # Ok::<(), spelregel::Diagnostics>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Everything that is wrong with the text, each with its place.
    pub fn own(source: &Source, limits: &Limits) -> Result<Self, Diagnostics> {
        let root = yaml::parse(source, limits)?;
        // An empty file adds nothing, and is more likely a mistake than a wish.
        if root.get("metamodel").is_some() || root.is_null() {
            Self::make(Declarations::default(), source, &root, Role::Whole, limits)
        } else {
            Self::standard().extend_from(source, &root, limits)
        }
    }

    /// The shipped metamodel of change programmes.
    ///
    /// ```
    /// let metamodel = spelregel::Metamodel::standard();
    /// assert!(metamodel.kinds().any(|kind| kind.name() == "Programme"));
    /// ```
    pub fn standard() -> Self {
        static STANDARD: OnceLock<Metamodel> = OnceLock::new();
        STANDARD
            .get_or_init(|| {
                let source = Source::new("metamodel.yaml", spelregel_rules::METAMODEL);
                let loaded = Self::load(&source, &Limits::default());
                debug_assert!(loaded.is_ok(), "the shipped metamodel loads: {loaded:?}");
                // Invariant: the shipped file loads, as a test of this crate checks.
                loaded.unwrap_or_else(|_| Self(Arc::new(Vocabulary::default())))
            })
            .clone()
    }
}
