//! YAML and JSON text to a tree with spans, bounded in depth and size.

use crate::source::Span;

/// A value in a document.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Node {
    pub(crate) value: NodeValue,
    /// Where it stands, quotes and block markers included.
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

/// A key with its value, in the order written.
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
