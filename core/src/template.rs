//! Message templates: text with expressions in braces, `{self.name} has no sponsor`.

use crate::pack::Expression;

/// A message in one language, in pieces.
#[derive(Debug, Clone)]
pub(crate) struct Template {
    /// The whole text as written.
    pub(crate) text: String,
    pub(crate) pieces: Vec<Piece>,
}

#[derive(Debug, Clone)]
pub(crate) enum Piece {
    /// Text as it stands; `{{` and `}}` have become single braces.
    Text(String),
    /// What stood between braces.
    Value(Expression),
}
