//! Property paths: `builds/enables/contributes_to+[Goal]`, SPARQL 1.1's operators over relations.

use crate::source::Span;

/// A path as written. Depth is bounded by the parser.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Path {
    pub(crate) kind: PathKind,
    /// Bytes of the path's own text.
    pub(crate) span: Span,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum PathKind {
    /// A relation or inverse name, or another pack-defined path of the kind at hand.
    Step(String),
    /// `^path`
    Inverse(Box<Path>),
    /// `a/b`
    Sequence(Vec<Path>),
    /// `a|b`
    Alternative(Vec<Path>),
    /// `a?`, `a*`, `a+`
    Repeat(Box<Path>, Repeat),
    /// `a[name]`: keeps the elements reached that are of the kind, or whose boolean property or
    /// define of that name is true.
    Filter { path: Box<Path>, name: String, name_span: Span },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Repeat {
    /// `?`
    Optional,
    /// `*`
    Any,
    /// `+`
    Some,
}
pub(crate) struct Pr {
    pub(crate) code: crate::diagnostic::Code,
    pub(crate) message: String,
}
pub(crate) fn parse(_: &str, _: &crate::limits::Limits) -> (Option<Path>, Vec<Pr>) {
    (None, vec![])
}
