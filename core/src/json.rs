//! JSON that keeps the order of fields and the digits of numbers.

use std::fmt::Write as _;

use crate::text::{Language, Text};

/// A value in JSON. Numbers keep their digits, objects their order.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Json {
    /// A number, a truth value or `null`, as written.
    Literal(String),
    Text(String),
    List(Vec<Json>),
    Object(Vec<(String, Json)>),
}

impl Json {
    pub(crate) fn text(text: &str) -> Self {
        Self::Text(text.to_owned())
    }

    /// Over several lines, indented by two, as JavaScript lays it out. Depth is that of a document.
    pub(crate) fn print(&self, out: &mut String, depth: usize) {
        match self {
            Self::Literal(text) => out.push_str(text),
            Self::Text(text) => print_text(text, out),
            Self::List(items) => {
                print_block(out, depth, ['[', ']'], items, |item, out| item.print(out, depth + 1));
            }
            Self::Object(entries) => {
                print_block(out, depth, ['{', '}'], entries, |(key, value), out| {
                    print_text(key, out);
                    out.push_str(": ");
                    value.print(out, depth + 1);
                });
            }
        }
    }
}

fn print_block<T>(
    out: &mut String,
    depth: usize,
    [open, close]: [char; 2],
    items: &[T],
    print: impl Fn(&T, &mut String),
) {
    let line = |out: &mut String, depth| {
        out.push('\n');
        out.push_str(&"  ".repeat(depth));
    };
    out.push(open);
    for (position, item) in items.iter().enumerate() {
        if position > 0 {
            out.push(',');
        }
        line(out, depth + 1);
        print(item, out);
    }
    if !items.is_empty() {
        line(out, depth);
    }
    out.push(close);
}

/// In quotes. What YAML won't have as it is, though JSON would, is escaped too.
fn print_text(text: &str, out: &mut String) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}' => escape(c, out),
            _ if c.is_control() => escape(c, out),
            _ => out.push(c),
        }
    }
    out.push('"');
}

fn escape(c: char, out: &mut String) {
    // Writing to a string doesn't fail.
    let _ = write!(out, "\\u{:04x}", u32::from(c));
}

/// The fields of an object; those that hold nothing are left out.
#[derive(Debug, Clone, Default)]
pub(crate) struct Fields(Vec<(String, Json)>);

impl Fields {
    pub(crate) fn add(&mut self, name: &str, value: Json) {
        self.0.push((name.to_owned(), value));
    }

    pub(crate) fn optional(&mut self, name: &str, value: Option<Json>) {
        if let Some(value) = value {
            self.add(name, value);
        }
    }

    pub(crate) fn text(&mut self, name: &str, text: &Text) {
        let languages = Language::ALL.into_iter();
        let texts =
            languages.filter_map(|l| Some((l.code().to_owned(), Json::text(text.exact(l)?))));
        self.object(name, texts);
    }

    pub(crate) fn list(&mut self, name: &str, items: impl Iterator<Item = Json>) {
        let items: Vec<Json> = items.collect();
        if !items.is_empty() {
            self.add(name, Json::List(items));
        }
    }

    pub(crate) fn object(&mut self, name: &str, entries: impl Iterator<Item = (String, Json)>) {
        let entries: Vec<(String, Json)> = entries.collect();
        if !entries.is_empty() {
            self.add(name, Json::Object(entries));
        }
    }

    /// The same with one more field.
    #[cfg(feature = "schema")]
    pub(crate) fn with(mut self, name: &str, value: Json) -> Self {
        self.add(name, value);
        self
    }

    /// The same with the fields of another object.
    #[cfg(feature = "schema")]
    pub(crate) fn and(mut self, other: Self) -> Self {
        self.extend(other);
        self
    }

    #[cfg(feature = "schema")]
    pub(crate) fn extend(&mut self, other: Self) {
        self.0.extend(other.0);
    }

    #[cfg(feature = "schema")]
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    #[cfg(feature = "schema")]
    pub(crate) fn get_mut(&mut self, name: &str) -> Option<&mut Json> {
        self.0.iter_mut().find(|(known, _)| known == name).map(|(_, value)| value)
    }
}

impl From<Fields> for Json {
    fn from(fields: Fields) -> Self {
        Self::Object(fields.0)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Json, print_text};
    use crate::limits::Limits;
    use crate::source::Source;
    use crate::yaml::{self, NodeValue};

    #[test]
    fn empty_lists_and_objects_stay() {
        let mut out = String::new();
        Json::Object(vec![
            ("a".to_owned(), Json::List(vec![])),
            ("b".to_owned(), Json::Object(vec![])),
        ])
        .print(&mut out, 0);
        assert_eq!(out, "{\n  \"a\": [],\n  \"b\": {}\n}");
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn any_text_reads_back_from_json_and_from_yaml(text in "(\\PC|\\pC|[\"\\\\\n]){0,20}") {
            let mut json = String::new();
            print_text(&text, &mut json);
            prop_assert_eq!(&serde_json::from_str::<String>(&json).unwrap(), &text);
            let source = Source::new("text.json", format!("[{json}]"));
            let tree = yaml::parse(&source, &Limits::default()).unwrap();
            let NodeValue::List(items) = &tree.value else { panic!() };
            prop_assert_eq!(&items[0].scalar().unwrap().text, &text);
        }
    }
}
