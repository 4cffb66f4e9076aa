//! Named texts as they come from JavaScript.

use serde::Deserialize;
use spelregel::{Diagnostics, Pack, Source};

use crate::problem::{Problem, Stage};

/// A text and the name to show for it.
#[derive(Deserialize)]
pub(crate) struct NamedText {
    name: String,
    text: String,
}

/// A pack: the id of a shipped one, or the text of one of somebody's own.
#[derive(Deserialize)]
pub(crate) struct GivenPack {
    shipped: Option<String>,
    own: Option<NamedText>,
}

impl NamedText {
    pub(crate) fn source(self) -> Source {
        Source::new(self.name, self.text)
    }
}

impl GivenPack {
    pub(crate) fn load(self) -> Result<Pack, Diagnostics> {
        match self.own {
            Some(text) => Pack::load(text.source()),
            None => Pack::load_shipped(&self.shipped.unwrap_or_default()),
        }
    }
}

/// Reads what the package hands over.
pub(crate) fn read<'j, T: Deserialize<'j>>(json: &'j str) -> Result<T, Problem> {
    serde_json::from_str(json).map_err(|error| Problem::saying(Stage::OPTIONS, &error))
}
