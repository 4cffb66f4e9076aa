//! The network of a model as a picture: a lane for each kind, links between, findings marked.
//!
//! Marks are told by sign and line as well as by colour. Equal models give equal pictures, byte for byte.

mod colour;
mod graph;
mod label;
mod layout;
mod marks;
mod route;
mod rows;
mod select;
mod svg;
#[cfg(test)]
mod tests;
mod words;

use self::select::Network;
use crate::metamodel::Kind;
use crate::model::Model;
use crate::report::Report;
use crate::suggest::nearest;
use crate::text::Language;
use crate::value::Date;

/// What a picture shows, and how.
///
/// ```
/// use spelregel::{Language, Look};
/// let look = Look::new(Language::Nl).focus("klimaat").depth(1);
/// assert_eq!(look.depth, 1);
/// ```
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Look<'r> {
    /// The language of labels and marks.
    pub language: Language,
    /// The report whose findings are marked.
    pub findings: Option<&'r Report>,
    /// The date at which links are looked at; without one, that of the report, else links of all times are
    /// drawn.
    pub at: Option<Date>,
    /// The ids of the elements in the middle: drawn is what lies around them. Empty: everything.
    pub focus: Vec<String>,
    /// How many links away from the middle one still sees; 2 without saying so.
    pub depth: usize,
    /// The kinds that are drawn, by name; empty: all.
    pub kinds: Vec<String>,
    /// How many elements are drawn at most; 300 without saying so, and never more than 2,000.
    pub most: usize,
    /// The colours.
    pub theme: Theme,
}

/// The colours of a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Theme {
    /// Light, and dark where the reader's system is.
    #[default]
    Auto,
    /// Light.
    Light,
    /// Dark.
    Dark,
    /// Those of the page that the picture stands in: lines and texts in the colour of its text, nothing
    /// behind them.
    Neutral,
}

impl<'r> Look<'r> {
    /// All of a model, without findings.
    pub fn new(language: Language) -> Self {
        Self {
            language,
            findings: None,
            at: None,
            focus: Vec::new(),
            depth: 2,
            kinds: Vec::new(),
            most: 300,
            theme: Theme::Auto,
        }
    }

    /// The same with the findings of a report marked.
    #[must_use]
    pub fn findings(mut self, report: &'r Report) -> Self {
        self.findings = Some(report);
        self
    }

    /// The same with the links of a date alone.
    #[must_use]
    pub fn at(mut self, date: Date) -> Self {
        self.at = Some(date);
        self
    }

    /// The same with this element in the middle, beside those that are.
    #[must_use]
    pub fn focus(mut self, id: impl Into<String>) -> Self {
        self.focus.push(id.into());
        self
    }

    /// The same seen so many links far from the middle.
    #[must_use]
    pub fn depth(mut self, depth: usize) -> Self {
        self.depth = depth;
        self
    }

    /// The same with this kind, beside those that are drawn.
    #[must_use]
    pub fn kind(mut self, name: impl Into<String>) -> Self {
        self.kinds.push(name.into());
        self
    }

    /// The same with so many elements at most.
    #[must_use]
    pub fn most(mut self, elements: usize) -> Self {
        self.most = elements;
        self
    }

    /// The same in other colours.
    #[must_use]
    pub fn theme(mut self, theme: Theme) -> Self {
        self.theme = theme;
        self
    }
}

/// Something that a picture is asked for and the model doesn't have.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PictureError {
    /// There is no element with the id.
    #[error("there is no element `{id}`{}", did_you_mean(.near.as_deref()))]
    UnknownElement {
        /// As asked for.
        id: String,
        /// The nearest id.
        near: Option<String>,
    },
    /// There is no kind of the name.
    #[error("there is no kind `{kind}`{}", did_you_mean(.near.as_deref()))]
    UnknownKind {
        /// As asked for.
        kind: String,
        /// The nearest name.
        near: Option<String>,
    },
}

fn did_you_mean(near: Option<&str>) -> String {
    near.map_or_else(String::new, |near| format!(": did you mean `{near}`?"))
}

/// A part of a model, chosen to be drawn.
#[derive(Debug)]
pub struct Picture<'m> {
    network: Network<'m>,
    theme: Theme,
}

impl Model {
    /// The network as a picture.
    ///
    /// ```
    /// use spelregel::{Language, Look, Metamodel, Model, Source};
    /// let text = "programmes: [{id: p, name: Klimaat, pursues: [g]}]\ngoals: [{id: g}]\n";
    /// let model = Model::load(&Metamodel::standard(), [Source::new("m.yaml", text)])?;
    /// let picture = model.picture(&Look::new(Language::Nl))?;
    /// assert!(picture.to_svg().starts_with("<svg xmlns=\"http://www.w3.org/2000/svg\""));
    /// assert!(picture.to_mermaid().starts_with("flowchart TB\n"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// If the element in the middle, or a kind, is not there.
    pub fn picture(&self, look: &Look<'_>) -> Result<Picture<'_>, PictureError> {
        for kind in &look.kinds {
            let names = || self.vocabulary().kinds().map(Kind::name);
            if !names().any(|name| name == kind) {
                let near = nearest(kind, names()).map(str::to_owned);
                return Err(PictureError::UnknownKind { kind: kind.clone(), near });
            }
        }
        for id in &look.focus {
            if self.find(id).is_none() {
                let ids = self.elements().take(10_000).map(|element| element.id());
                let near = nearest(id, ids).map(str::to_owned);
                return Err(PictureError::UnknownElement { id: id.clone(), near });
            }
        }
        Ok(Picture { network: select::select(self, look), theme: look.theme })
    }
}
