//! YAML and JSON text to a tree with spans, bounded in depth and size.

mod build;
mod problem;
pub(crate) mod read;
#[cfg(test)]
mod tests;

use crate::diagnostic::{Diagnostics, Problems};
use crate::limits::Limits;
use crate::source::{Source, Span};

/// A value in a document.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Node {
    pub(crate) value: NodeValue,
    /// Where it stands: quotes and brackets included; of a block scalar (`|`, `>`) its lines alone.
    pub(crate) span: Span,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum NodeValue {
    /// Anything that is neither list nor mapping, as text. What it means (a number, a date) is for
    /// the reader to say: the metamodel knows the type.
    Scalar(Scalar),
    List(Vec<Node>),
    Mapping(Vec<Entry>),
}

/// A key with its value, in the order written. Keys of one mapping are scalars, and differ.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Entry {
    pub(crate) key: Node,
    pub(crate) value: Node,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Scalar {
    /// The decoded text: quotes and escapes resolved, blocks folded.
    pub(crate) text: String,
    pub(crate) style: Style,
}

/// How a scalar is written: decides whether `true` is text, and how offsets map back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Style {
    Plain,
    SingleQuoted,
    DoubleQuoted,
    /// `|`
    Literal,
    /// `>`
    Folded,
}

/// What could be read of a document, and everything that is wrong with its YAML.
#[derive(Debug)]
pub(crate) struct Parsed {
    /// `None` where the text can't be read as a whole; an empty text is an empty scalar.
    pub(crate) root: Option<Node>,
    pub(crate) problems: Problems,
}

/// Reads a text that holds one document.
pub(crate) fn parse(source: &Source, limits: &Limits) -> Result<Node, Diagnostics> {
    let Parsed { root, problems } = parse_partial(source, limits);
    match problems.finish(limits.diagnostics) {
        Some(problems) => Err(problems),
        None => Ok(root.unwrap_or_else(|| Node::null(Span::default()))),
    }
}

/// Reads as much as can be read, for callers that go on to report what is wrong in the rest.
pub(crate) fn parse_partial(source: &Source, limits: &Limits) -> Parsed {
    build::build(source, limits)
}

impl Node {
    fn null(span: Span) -> Self {
        let scalar = Scalar { text: String::new(), style: Style::Plain };
        Self { value: NodeValue::Scalar(scalar), span }
    }

    pub(crate) fn scalar(&self) -> Option<&Scalar> {
        match &self.value {
            NodeValue::Scalar(scalar) => Some(scalar),
            NodeValue::List(_) | NodeValue::Mapping(_) => None,
        }
    }

    /// Whether nothing is written: an empty value, `~` or `null`.
    pub(crate) fn is_null(&self) -> bool {
        self.scalar().is_some_and(Scalar::is_null)
    }

    /// The value of a mapping's key.
    pub(crate) fn get(&self, key: &str) -> Option<&Node> {
        match &self.value {
            NodeValue::Mapping(entries) => {
                entries.iter().find(|entry| entry.key_text() == key).map(|entry| &entry.value)
            }
            NodeValue::Scalar(_) | NodeValue::List(_) => None,
        }
    }

    /// What it is, for messages: `a list`, `a mapping`, `text`.
    pub(crate) fn what(&self) -> &'static str {
        match &self.value {
            NodeValue::Scalar(scalar) if scalar.is_null() => "nothing",
            NodeValue::Scalar(_) => "a single value",
            NodeValue::List(_) => "a list",
            NodeValue::Mapping(_) => "a mapping",
        }
    }
}

impl Entry {
    pub(crate) fn key_text(&self) -> &str {
        self.key.scalar().map_or("", |scalar| scalar.text.as_str())
    }
}

impl Scalar {
    pub(crate) fn is_null(&self) -> bool {
        self.style == Style::Plain
            && matches!(self.text.as_str(), "" | "~" | "null" | "Null" | "NULL")
    }

    /// Whether it is written without quotes or block markers, and so may be a number or a truth value.
    pub(crate) fn is_plain(&self) -> bool {
        self.style == Style::Plain
    }
}
