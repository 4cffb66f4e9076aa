//! Types of expressions, as the generators see them.

use std::collections::BTreeSet;

use super::vocabulary::{PropertyType, Vocabulary};

/// Kinds by their position in the vocabulary.
pub type Kinds = BTreeSet<usize>;

/// A type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Type {
    /// `bool`
    Bool,
    /// `int`
    Int,
    /// `double`
    Double,
    /// `string`
    Text,
    /// `timestamp`
    Timestamp,
    /// `duration`
    Duration,
    /// An enumeration, by position.
    Enum(usize),
    /// An element of one of the kinds.
    Element(Kinds),
    /// A link of a relation, read from one of the source kinds.
    Link {
        /// The relation, by position.
        relation: usize,
        /// Whether it was read against its direction.
        inverse: bool,
        /// Kinds at the near end.
        source: Kinds,
        /// Kinds at the far end.
        target: Kinds,
    },
    /// `list<…>`
    List(Box<Type>),
    /// `optional<…>`
    Optional(Box<Type>),
    /// `map<…, …>`: of parameters only.
    Map(Box<Type>, Box<Type>),
}

impl Type {
    /// A list of it.
    #[must_use]
    pub fn list(self) -> Self {
        Self::List(Box::new(self))
    }

    /// An optional of it.
    #[must_use]
    pub fn optional(self) -> Self {
        Self::Optional(Box::new(self))
    }

    /// An element of one kind.
    pub fn element(kind: usize) -> Self {
        Self::Element(Kinds::from([kind]))
    }

    /// What a property of the type reads as.
    pub fn of_property(ty: PropertyType) -> Self {
        match ty {
            PropertyType::Text => Self::Text,
            PropertyType::Bool => Self::Bool,
            PropertyType::Int => Self::Int,
            PropertyType::Number => Self::Double,
            PropertyType::Date => Self::Timestamp,
            PropertyType::Texts => Self::Text.list(),
            PropertyType::Enum(enumeration) => Self::Enum(enumeration),
        }
    }

    /// Whether something of this type may stand where the other is wanted.
    pub fn fits(&self, wanted: &Self) -> bool {
        match (self, wanted) {
            (Self::Element(found), Self::Element(wanted)) => found.is_subset(wanted),
            (
                Self::Link { relation, inverse, .. },
                Self::Link { relation: wanted, inverse: direction, .. },
            ) => relation == wanted && inverse == direction,
            (Self::List(found), Self::List(wanted))
            | (Self::Optional(found), Self::Optional(wanted)) => found.fits(wanted),
            _ => self == wanted,
        }
    }

    /// The type of what is of one type or the other; both must stand where one of them may.
    #[must_use]
    pub fn join(&self, other: &Self) -> Self {
        match (self, other) {
            (Self::Element(a), Self::Element(b)) => Self::Element(a | b),
            (
                Self::Link { relation, inverse, source: a, target: b },
                Self::Link { source: c, target: d, .. },
            ) => {
                Self::Link { relation: *relation, inverse: *inverse, source: a | c, target: b | d }
            }
            (Self::List(a), Self::List(b)) => a.join(b).list(),
            (Self::Optional(a), Self::Optional(b)) => a.join(b).optional(),
            _ => self.clone(),
        }
    }

    /// A type with which it can be compared for sure: of elements, one kind that they surely may be of.
    #[must_use]
    pub fn narrowest(&self) -> Self {
        match self {
            Self::Element(kinds) => Self::Element(kinds.iter().take(1).copied().collect()),
            Self::List(of) => of.narrowest().list(),
            Self::Optional(of) => of.narrowest().optional(),
            other => other.clone(),
        }
    }

    /// Whether values of it have an order.
    pub fn is_ordered(&self, vocabulary: &Vocabulary) -> bool {
        match self {
            Self::Bool
            | Self::Int
            | Self::Double
            | Self::Text
            | Self::Timestamp
            | Self::Duration => true,
            Self::Enum(enumeration) => vocabulary.is_ordered(*enumeration),
            Self::Element(_)
            | Self::Link { .. }
            | Self::List(_)
            | Self::Optional(_)
            | Self::Map(..) => false,
        }
    }

    /// As packs write it, for parameters and arguments. Links and optionals have no such name.
    pub fn written(&self, vocabulary: &Vocabulary) -> String {
        match self {
            Self::Bool => "bool".to_owned(),
            Self::Int => "int".to_owned(),
            Self::Double => "double".to_owned(),
            Self::Text => "string".to_owned(),
            Self::Timestamp => "timestamp".to_owned(),
            Self::Duration => "duration".to_owned(),
            Self::Enum(enumeration) => vocabulary.enumeration_name(*enumeration).to_owned(),
            Self::Element(kinds) => {
                kinds.first().map_or("", |kind| vocabulary.kind_name(*kind)).to_owned()
            }
            Self::List(of) => format!("list<{}>", of.written(vocabulary)),
            Self::Map(key, value) => {
                format!("map<{}, {}>", key.written(vocabulary), value.written(vocabulary))
            }
            Self::Link { .. } | Self::Optional(_) => String::new(),
        }
    }
}
