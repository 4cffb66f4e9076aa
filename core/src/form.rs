//! The fields that parts of documents may have, as data: loading knows their names by it, and schemas
//! come from it.

/// A part of a document with a fixed set of fields.
#[derive(Debug)]
#[cfg_attr(not(feature = "schema"), expect(dead_code, reason = "loading reads names alone"))]
pub(crate) struct Form {
    /// The name of its definition in schemas.
    pub(crate) name: &'static str,
    pub(crate) about: &'static str,
    /// In the order in which they are usually written.
    pub(crate) fields: &'static [Field],
    /// Of these fields at least one must be there.
    pub(crate) one_of: &'static [&'static str],
}

#[derive(Debug)]
#[cfg_attr(not(feature = "schema"), expect(dead_code, reason = "loading reads names alone"))]
pub(crate) struct Field {
    pub(crate) name: &'static str,
    pub(crate) is_required: bool,
    pub(crate) holds: Holds,
    pub(crate) about: &'static str,
}

/// What may be written in a field.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Holds {
    /// The version of the format.
    Version,
    /// Any single value; what is no text counts as the text it is written as.
    Text,
    /// A condition, a path or a message: text with a syntax of its own.
    Expression,
    Flag,
    Number,
    Date,
    /// The id of a pack or rule.
    KebabId,
    /// A text in one language or both.
    Languages,
    /// The same, or one text for both.
    TextOrLanguages,
    Severity,
    /// The same, or `off`.
    SeverityOrOff,
    Verdict,
    /// The code of a language.
    Language,
    /// A single value.
    Single,
    Anything,
    List(&'static Holds),
    OneOrMore(&'static Holds),
    /// A mapping with keys of any name.
    Map(&'static Holds),
    /// A mapping from `Kind.name`.
    Defined(&'static Holds),
    Part(&'static Form),
    /// The name of a kind of the metamodel.
    Kind,
    /// The same, or `Model`.
    KindOrModel,
    Phase,
    Gate,
    /// A document of the metamodel.
    Model,
}

impl Form {
    /// The names of its fields.
    pub(crate) fn names(&self) -> Vec<&'static str> {
        self.fields.iter().map(|field| field.name).collect()
    }
}

impl Field {
    /// One that must be there.
    pub(crate) const fn required(name: &'static str, holds: Holds, about: &'static str) -> Self {
        Self { name, is_required: true, holds, about }
    }

    /// One that may be left out.
    pub(crate) const fn optional(name: &'static str, holds: Holds, about: &'static str) -> Self {
        Self { name, is_required: false, holds, about }
    }
}

/// The version of the format, which every document may give.
pub(crate) const VERSION: Field =
    Field::optional("spelregel", Holds::Version, "The version of the format: 1.");
