//! The functions of the language, read from the library's own table.

use std::sync::OnceLock;

use super::types::Type;
use super::vocabulary::Vocabulary;

/// A way to call a function.
#[derive(Debug, Clone)]
pub struct Function {
    /// Its namespace with the dot, such as `math.`; empty for others.
    pub space: String,
    /// Its name.
    pub name: String,
    /// Whether the first argument is what it is asked of: `x.f(…)`.
    pub is_method: bool,
    /// What it takes.
    pub arguments: Vec<Pattern>,
    /// What it yields.
    pub result: Pattern,
}

/// What a signature says of a type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Pattern {
    /// This type.
    Only(Type),
    /// Any type, the same throughout the signature.
    Any,
    /// Any with an order, the same throughout.
    Ordered,
    /// Int or double, the same throughout.
    Number,
    /// Any enumeration.
    Enum,
    /// Any map.
    Map,
    /// A list of it.
    List(Box<Pattern>),
    /// An optional of it.
    Optional(Box<Pattern>),
}

const NAMESPACES: [&str; 4] = ["math", "sets", "optional", "strings"];

/// Every function, from [`spelregel::function_signatures`].
pub fn all() -> &'static [Function] {
    static ALL: OnceLock<Vec<Function>> = OnceLock::new();
    ALL.get_or_init(|| {
        spelregel::function_signatures().filter_map(|line| Function::parse(&line)).collect()
    })
}

impl Function {
    /// From a line such as `list<value>.slice(int, int) -> list<value>`.
    pub fn parse(line: &str) -> Option<Self> {
        let (call, result) = line.split_once(" -> ")?;
        let (head, arguments) = call.strip_suffix(')')?.split_once('(')?;
        let (before, name) = head.rsplit_once('.').unwrap_or(("", head));
        let is_space = NAMESPACES.contains(&before);
        let is_method = !before.is_empty() && !is_space;
        let receiver = is_method.then_some(before);
        let written = arguments.split(", ").filter(|argument| !argument.is_empty());
        let arguments = receiver.into_iter().chain(written).map(Pattern::parse);
        Some(Self {
            space: if is_space { format!("{before}.") } else { String::new() },
            name: name.to_owned(),
            is_method,
            arguments: arguments.collect::<Option<_>>()?,
            result: Pattern::parse(result)?,
        })
    }
}

impl Pattern {
    fn parse(text: &str) -> Option<Self> {
        let inner = |outer: &str| text.strip_prefix(outer)?.strip_suffix('>');
        if let Some(of) = inner("list<") {
            return Some(Self::List(Box::new(Self::parse(of)?)));
        }
        if let Some(of) = inner("optional<") {
            return Some(Self::Optional(Box::new(Self::parse(of)?)));
        }
        Some(match text {
            "bool" => Self::Only(Type::Bool),
            "int" => Self::Only(Type::Int),
            "double" => Self::Only(Type::Double),
            "string" => Self::Only(Type::Text),
            "timestamp" => Self::Only(Type::Timestamp),
            "duration" => Self::Only(Type::Duration),
            "value" => Self::Any,
            "ordered value" => Self::Ordered,
            "number" => Self::Number,
            "enumeration value" => Self::Enum,
            "map" => Self::Map,
            _ => return None,
        })
    }

    /// Whether what the pattern stands for may be of the type, and if so what its variable then is.
    pub fn meets(&self, ty: &Type, vocabulary: &Vocabulary) -> Option<Option<Type>> {
        match (self, ty) {
            (Self::Only(only), ty) => (only == ty).then_some(None),
            (Self::List(of), Type::List(ty)) => of.meets(ty, vocabulary),
            (Self::Optional(of), Type::Optional(ty)) => of.meets(ty, vocabulary),
            (Self::List(_) | Self::Optional(_) | Self::Enum | Self::Map, _) => None,
            (Self::Any, ty) => Some(Some(ty.clone())),
            (Self::Ordered, ty) => ty.is_ordered(vocabulary).then(|| Some(ty.clone())),
            (Self::Number, ty) => matches!(ty, Type::Int | Type::Double).then(|| Some(ty.clone())),
        }
    }

    /// The variable in it, if it has one.
    pub fn variable(&self) -> Option<&Self> {
        match self {
            Self::Any | Self::Ordered | Self::Number | Self::Enum => Some(self),
            Self::List(of) | Self::Optional(of) => of.variable(),
            Self::Only(_) | Self::Map => None,
        }
    }

    /// The type that it stands for where its variable is this type.
    pub fn instance(&self, variable: &Type) -> Type {
        match self {
            Self::Only(only) => only.clone(),
            Self::List(of) => of.instance(variable).list(),
            Self::Optional(of) => of.instance(variable).optional(),
            Self::Any | Self::Ordered | Self::Number | Self::Enum | Self::Map => variable.clone(),
        }
    }

    /// What the variable is where the pattern stands for this type.
    pub fn variable_of(&self, ty: &Type) -> Option<Type> {
        match (self, ty) {
            (Self::List(of), Type::List(ty)) | (Self::Optional(of), Type::Optional(ty)) => {
                of.variable_of(ty)
            }
            (Self::Any | Self::Ordered | Self::Number, ty) => Some(ty.clone()),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_table_is_read() {
        assert_eq!(all().len(), spelregel::function_signatures().count());
    }
}
