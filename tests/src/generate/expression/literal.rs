//! Literals, and for what has none the plainest expression.

use super::{Typed, Writer};
use crate::generate::term::term;
use crate::generate::types::{Kinds, Type};

/// Texts that functions make something of.
const TEXTS: [&str; 14] = [
    "",
    "a",
    "b",
    "ab",
    "Ab",
    "a,b",
    "één",
    "  x ",
    "1",
    "2.5",
    "true",
    "\u{1f680}",
    "{}",
    "a\"b'\\\n",
];
const INTS: [i64; 12] = [0, 1, 2, 3, 7, 10, 30, -1, -2, 1000, i64::MAX, i64::MIN];
const DOUBLES: [&str; 11] =
    ["0.0", "1.0", "0.1", "0.2", "2.5", "3.0", "10.0", "(-1.5)", "1e300", "(-0.0)", "1e-7"];
pub(super) const DATES: [&str; 6] =
    ["2026-06-01", "2026-01-31", "2026-06-02", "2024-02-29", "0001-01-01", "9999-12-31"];
pub(super) const MOMENTS: [&str; 4] = [
    "2026-06-01T12:30:15Z",
    "2026-06-01T00:00:00Z",
    "2026-05-31T23:59:59.123456789Z",
    "1969-12-31T23:00:00+02:00",
];
pub(super) const DURATIONS: [&str; 8] = ["0s", "24h", "36h", "90m", "1.5s", "-2h", "30d", "1h30m"];
pub(super) const PATTERNS: [&str; 8] =
    ["a", "^a", "b$", "[a-z]+", "a|b", "(a+)+", "", "\\d{4}-\\d{2}"];

/// Text as the language writes it.
pub(super) fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            _ => out.push(c),
        }
    }
    out.push('"');
    out
}

impl Writer<'_, '_> {
    pub(super) fn literal(&mut self, want: &Type) -> Typed {
        let vocabulary = self.language.vocabulary;
        let text = match want {
            Type::Bool => self.draw.one(&["true", "false"]).into(),
            Type::Int => match self.draw.one(&INTS) {
                number if number < 0 => format!("({number})"),
                number => number.to_string(),
            },
            Type::Double => self.draw.one(&DOUBLES).into(),
            Type::Text => quoted(self.draw.one(&TEXTS)),
            Type::Timestamp => match self.draw.below(3) {
                0 if self.is_whole() => "today".to_owned(),
                1 if self.is_whole() => format!("date(\"{}\")", self.draw.one(&DATES)),
                _ => format!("timestamp(\"{}\")", self.draw.one(&MOMENTS)),
            },
            Type::Duration => {
                // A unit of days isn't CEL's own.
                let known = if self.is_whole() { 7 } else { 6 };
                let durations = DURATIONS.get(..known).unwrap_or(&DURATIONS);
                format!("duration(\"{}\")", self.draw.one(durations))
            }
            Type::Enum(enumeration) => {
                let value = self.draw.one(vocabulary.values(*enumeration));
                format!("{}.{value}", vocabulary.enumeration_name(*enumeration))
            }
            Type::Element(kinds) => return self.some_element(kinds),
            Type::Link { relation, inverse, source, .. } => {
                return self.some_link(*relation, *inverse, source);
            }
            Type::List(of) => {
                if let Type::Element(kinds) = &**of {
                    return self.section(kinds);
                }
                let items: Vec<Typed> = (0..=self.draw.below(3)).map(|_| self.leaf(of)).collect();
                return listed(items, of);
            }
            Type::Optional(of) => {
                let value = self.leaf(of);
                return Typed::new(term!["optional.of(", value.term, ")"], value.ty.optional());
            }
            // Wanted only where a parameter has the type.
            Type::Map(..) => {
                let parameter = self.language.parameters.iter().find(|p| p.ty == *want);
                parameter.map_or_else(String::new, |parameter| parameter.name.clone())
            }
        };
        Typed::new(text, want.clone())
    }

    /// A section of the model.
    pub(super) fn section(&mut self, kinds: &Kinds) -> Typed {
        let kinds: Vec<usize> = kinds.iter().copied().collect();
        let kind = self.draw.one(&kinds);
        let section = self.language.vocabulary.section(kind);
        Typed::new(format!("model.{section}"), Type::element(kind).list())
    }

    /// A name for an element where there is one, else a member of a section.
    fn some_element(&mut self, kinds: &Kinds) -> Typed {
        let names = self.names(&Type::Element(kinds.clone()));
        if let Some(name) = self.draw.pick(&names) {
            return name.clone();
        }
        let section = self.section(kinds);
        let Type::List(ty) = section.ty else { return section };
        let index = self.draw.one(&["0", "0", "1"]);
        Typed::new(term![section.term, "[", index, "]"], *ty)
    }

    fn some_link(&mut self, relation: usize, inverse: bool, source: &Kinds) -> Typed {
        let vocabulary = self.language.vocabulary;
        let section = self.section(source);
        let Type::List(ty) = &section.ty else { return section };
        let Type::Element(source) = &**ty else { return section };
        let relation_data = vocabulary.relations.get(relation);
        let name = relation_data.map_or("", |r| if inverse { r.inverse } else { r.name });
        let target = source
            .iter()
            .filter_map(|kind| relation_data.map(|r| r.targets(inverse, *kind)))
            .flatten();
        let ty = Type::Link { relation, inverse, source: source.clone(), target: target.collect() };
        Typed::new(term![section.term, ".", name, "_links[0]"], ty)
    }
}

/// A list of these.
pub(super) fn listed(items: Vec<Typed>, of: &Type) -> Typed {
    let mut ty: Option<Type> = None;
    let mut parts = vec!["[".into()];
    for (at, item) in items.into_iter().enumerate() {
        if at > 0 {
            parts.push(", ".into());
        }
        ty = Some(ty.map_or_else(|| item.ty.clone(), |ty| ty.join(&item.ty)));
        parts.push(item.term);
    }
    parts.push("]".into());
    let ty = ty.unwrap_or_else(|| of.clone());
    Typed::new(crate::generate::term::Term::Parts(parts), ty.list())
}
