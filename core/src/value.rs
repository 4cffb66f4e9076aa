//! Values: what properties hold and expressions yield; and their types.

mod date;
pub(crate) mod time;

use std::sync::Arc;

pub use self::date::{Date, InvalidDate};
pub(crate) use self::time::{Duration, Timestamp};
use crate::place::{ElementIdx, EnumIdx, KindSet, LinkRef, RelationIdx};

/// A value that is certain. Partial lists live in `eval::outcome`.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Value {
    Bool(bool),
    Int(i64),
    Double(f64),
    Text(Arc<str>),
    Timestamp(Timestamp),
    Duration(Duration),
    /// A value of an enumeration, by position.
    Enum(EnumIdx, u32),
    Element(ElementIdx),
    Link(LinkRef),
    List(Arc<[Value]>),
    Optional(Option<Arc<Value>>),
    /// Occurs as a parameter only.
    Map(Arc<[(Value, Value)]>),
}

impl Value {
    pub(crate) fn text(text: &str) -> Self {
        Self::Text(Arc::from(text))
    }

    pub(crate) fn list(items: impl IntoIterator<Item = Value>) -> Self {
        Self::List(items.into_iter().collect())
    }
}

/// The type of a value or expression.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum Type {
    /// Of an empty list's members and of `optional.none()`: fits everywhere.
    Never,
    Bool,
    Int,
    Double,
    Text,
    Timestamp,
    Duration,
    Enum(EnumIdx),
    /// An element of one of the kinds.
    Element(KindSet),
    /// A link read from an end of one of the `source` kinds; `target` kinds are at the far end.
    Link {
        relation: RelationIdx,
        inverse: bool,
        source: KindSet,
        target: KindSet,
    },
    List(Arc<Type>),
    Optional(Arc<Type>),
    Map(Arc<Type>, Arc<Type>),
    /// `model`: the sections.
    Model,
}

impl Type {
    pub(crate) fn list(of: Type) -> Self {
        Self::List(Arc::new(of))
    }

    pub(crate) fn optional(of: Type) -> Self {
        Self::Optional(Arc::new(of))
    }
}
