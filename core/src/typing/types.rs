//! How types fit together, and what they are called.

use std::sync::Arc;

use crate::metamodel::Vocabulary;
use crate::typing::functions::is_ordered;
use crate::value::Type;

/// The type of something that is one or the other, such as the members of a list; `None` where there is none.
pub(crate) fn join(a: &Type, b: &Type) -> Option<Type> {
    match (a, b) {
        (Type::Never, other) | (other, Type::Never) => Some(other.clone()),
        (Type::Element(x), Type::Element(y)) => Some(Type::Element(x.union(y))),
        (
            Type::Link { relation, inverse, source, target },
            Type::Link { relation: r2, inverse: i2, source: s2, target: t2 },
        ) if relation == r2 && inverse == i2 => Some(Type::Link {
            relation: *relation,
            inverse: *inverse,
            source: source.union(s2),
            target: target.union(t2),
        }),
        (Type::List(x), Type::List(y)) => join(x, y).map(Type::list),
        (Type::Optional(x), Type::Optional(y)) => join(x, y).map(Type::optional),
        (Type::Map(k1, v1), Type::Map(k2, v2)) => {
            Some(Type::Map(Arc::new(join(k1, k2)?), Arc::new(join(v1, v2)?)))
        }
        _ if a == b => Some(a.clone()),
        _ => None,
    }
}

/// Whether a value of one type could equal one of the other. Int and double compare.
pub(crate) fn comparable(a: &Type, b: &Type) -> bool {
    match (a, b) {
        (Type::Never, _)
        | (_, Type::Never)
        | (Type::Int, Type::Double)
        | (Type::Double, Type::Int) => true,
        (Type::Element(x), Type::Element(y)) => !x.intersection(y).is_empty(),
        (Type::Link { relation: r1, .. }, Type::Link { relation: r2, .. }) => r1 == r2,
        (Type::List(x), Type::List(y)) | (Type::Optional(x), Type::Optional(y)) => comparable(x, y),
        (Type::Map(k1, v1), Type::Map(k2, v2)) => comparable(k1, k2) && comparable(v1, v2),
        (Type::Model, _) | (_, Type::Model) => false,
        _ => a == b,
    }
}

/// Whether values of the two types have an order among them.
pub(crate) fn orderable(vocabulary: &Vocabulary, a: &Type, b: &Type) -> bool {
    match (a, b) {
        (Type::Int, Type::Double) | (Type::Double, Type::Int) => true,
        (Type::Enum(x), Type::Enum(y)) => x == y && vocabulary.enumerations[*x].ordered,
        _ => (a == b || *a == Type::Never || *b == Type::Never) && is_ordered(a) && is_ordered(b),
    }
}

/// What people who write rules call a type.
pub(crate) fn type_name(vocabulary: &Vocabulary, ty: &Type) -> String {
    let kinds = |kinds: &crate::metamodel::KindSet| {
        let names: Vec<&str> =
            kinds.iter().map(|kind| vocabulary.kinds[kind].name.as_str()).collect();
        match names.len() {
            0 => "nothing".to_owned(),
            1..=4 => names.join(" or "),
            _ => "element".to_owned(),
        }
    };
    match ty {
        Type::Never => "nothing".to_owned(),
        Type::Bool => "bool".to_owned(),
        Type::Int => "int".to_owned(),
        Type::Double => "double".to_owned(),
        Type::Text => "string".to_owned(),
        Type::Timestamp => "timestamp".to_owned(),
        Type::Duration => "duration".to_owned(),
        Type::Enum(enumeration) => vocabulary.enumerations[*enumeration].name.clone(),
        Type::Element(set) => kinds(set),
        Type::Link { relation, inverse, .. } => {
            let relation = &vocabulary.relations[*relation];
            format!("link of {}", if *inverse { &relation.inverse } else { &relation.name })
        }
        Type::List(of) => format!("list<{}>", type_name(vocabulary, of)),
        Type::Optional(of) => format!("optional<{}>", type_name(vocabulary, of)),
        Type::Map(key, value) => {
            format!("map<{}, {}>", type_name(vocabulary, key), type_name(vocabulary, value))
        }
        Type::Model => "the model".to_owned(),
    }
}
