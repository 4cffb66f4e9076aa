//! Property paths: `builds/enables/contributes_to+[Goal]`, SPARQL 1.1's operators over relations.

mod parse;
#[cfg(test)]
mod tests;

use std::fmt;

pub(crate) use self::parse::parse;
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
    /// `^path`; binds tighter than what follows, so that `^a[f]` filters what `^a` reaches.
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

impl Repeat {
    /// As written.
    pub(crate) fn symbol(self) -> char {
        match self {
            Self::Optional => '?',
            Self::Any => '*',
            Self::Some => '+',
        }
    }
}

/// How tightly a path binds, from the loosest.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    Alternative,
    Sequence,
    Repeat,
    Filter,
    Inverse,
    Step,
}

/// As text that reads back as the same path, with brackets only where they must be.
impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.print(f, &Place::Alternative)
    }
}

impl Path {
    fn place(&self) -> Place {
        match &self.kind {
            PathKind::Step(_) => Place::Step,
            PathKind::Inverse(_) => Place::Inverse,
            PathKind::Sequence(_) => Place::Sequence,
            PathKind::Alternative(_) => Place::Alternative,
            PathKind::Repeat(..) => Place::Repeat,
            PathKind::Filter { .. } => Place::Filter,
        }
    }

    fn print(&self, f: &mut fmt::Formatter<'_>, place: &Place) -> fmt::Result {
        if self.place() >= *place {
            return self.print_plain(f);
        }
        f.write_str("(")?;
        self.print_plain(f)?;
        f.write_str(")")
    }

    fn print_plain(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.kind {
            PathKind::Step(name) => f.write_str(name),
            PathKind::Inverse(path) => {
                f.write_str("^")?;
                path.print(f, &Place::Inverse)
            }
            PathKind::Sequence(paths) => print_list(f, paths, "/", &Place::Repeat),
            PathKind::Alternative(paths) => print_list(f, paths, "|", &Place::Sequence),
            PathKind::Repeat(path, repeat) => {
                path.print(f, &Place::Filter)?;
                write!(f, "{}", repeat.symbol())
            }
            PathKind::Filter { path, name, .. } => {
                path.print(f, &Place::Repeat)?;
                write!(f, "[{name}]")
            }
        }
    }
}

fn print_list(
    f: &mut fmt::Formatter<'_>,
    paths: &[Path],
    separator: &str,
    place: &Place,
) -> fmt::Result {
    for (position, path) in paths.iter().enumerate() {
        if position > 0 {
            f.write_str(separator)?;
        }
        path.print(f, place)?;
    }
    Ok(())
}
