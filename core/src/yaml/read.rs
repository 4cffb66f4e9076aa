//! Reads expected shapes from a tree, and collects what is not as expected.

use super::{Entry, Node, NodeValue, Scalar};
use crate::diagnostic::{Code, Diagnostic, Problems, shown};
use crate::source::{Source, Span};
use crate::suggest::nearest;
use crate::text::Text;

/// Reads one source's tree. Every method reports what is wrong and yields what could be read.
#[derive(Debug)]
pub(crate) struct Reader<'s> {
    pub(crate) source: &'s Source,
    pub(crate) problems: Problems,
}

/// The fields of a mapping with a fixed set of names.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Fields<'n> {
    entries: &'n [Entry],
    pub(crate) span: Span,
}

impl<'n> Fields<'n> {
    /// The value of a field; `None` where it is absent or nothing is written.
    pub(crate) fn get(&self, name: &str) -> Option<&'n Node> {
        self.entry(name).map(|entry| &entry.value).filter(|value| !value.is_null())
    }

    pub(crate) fn entry(&self, name: &str) -> Option<&'n Entry> {
        self.entries.iter().find(|entry| entry.key_text() == name)
    }
}

impl<'s> Reader<'s> {
    pub(crate) fn new(source: &'s Source) -> Self {
        Self { source, problems: Problems::default() }
    }

    pub(crate) fn report(&mut self, problem: Diagnostic) {
        self.problems.push(problem);
    }

    pub(crate) fn error(&self, code: Code, message: impl Into<String>, span: Span) -> Diagnostic {
        Diagnostic::error(code, message, self.source, span)
    }

    fn wrong_type(&mut self, node: &Node, what: &str, expected: &str) {
        let message = format!("{what} is {}, not {expected}", node.what());
        let problem = self.error(Code::WrongType, message, start_of(self.source, node.span));
        self.report(problem);
    }

    /// The entries of a mapping; nothing written counts as an empty one.
    pub(crate) fn mapping<'n>(&mut self, node: &'n Node, what: &str) -> &'n [Entry] {
        match &node.value {
            NodeValue::Mapping(entries) => entries,
            NodeValue::Scalar(scalar) if scalar.is_null() => &[],
            NodeValue::Scalar(_) | NodeValue::List(_) => {
                self.wrong_type(node, what, "a mapping");
                &[]
            }
        }
    }

    /// The fields of a mapping, of which only the `known` ones may occur.
    pub(crate) fn fields<'n>(&mut self, node: &'n Node, what: &str, known: &[&str]) -> Fields<'n> {
        let entries = self.mapping(node, what);
        for entry in entries {
            let name = entry.key_text();
            if !known.contains(&name) {
                let message = format!("{what} has no field `{}`", shown(name));
                let mut problem = self.error(Code::UnknownField, message, entry.key.span);
                let near = nearest(name, known.iter().copied());
                problem = match near {
                    Some(_) => problem.suggest(near),
                    None => problem.help(format!("the fields are {}", listed(known))),
                };
                self.report(problem);
            }
        }
        Fields { entries, span: node.span }
    }

    /// The value of a field that must be there.
    pub(crate) fn required<'n>(
        &mut self,
        fields: &Fields<'n>,
        name: &str,
        what: &str,
    ) -> Option<&'n Node> {
        let value = fields.get(name);
        if value.is_none() {
            let message = format!("{what} has no `{name}`");
            let span = fields.entry(name).map_or(fields.span, |entry| entry.key.span);
            let problem = self
                .error(Code::MissingField, message, start_of(self.source, span))
                .help(format!("add `{name}: …`"));
            self.report(problem);
        }
        value
    }

    /// The items of a list; nothing written counts as an empty one.
    pub(crate) fn list<'n>(&mut self, node: &'n Node, what: &str) -> &'n [Node] {
        match &node.value {
            NodeValue::List(items) => items,
            NodeValue::Scalar(scalar) if scalar.is_null() => &[],
            NodeValue::Scalar(_) | NodeValue::Mapping(_) => {
                self.wrong_type(node, what, "a list");
                &[]
            }
        }
    }

    /// The items of a list, or the one value written in place of it.
    pub(crate) fn one_or_more(node: &Node) -> &[Node] {
        match &node.value {
            NodeValue::List(items) => items,
            NodeValue::Scalar(scalar) if scalar.is_null() => &[],
            NodeValue::Scalar(_) | NodeValue::Mapping(_) => std::slice::from_ref(node),
        }
    }

    pub(crate) fn scalar<'n>(&mut self, node: &'n Node, what: &str) -> Option<&'n Scalar> {
        match &node.value {
            NodeValue::Scalar(scalar) if !scalar.is_null() => Some(scalar),
            NodeValue::Scalar(_) | NodeValue::List(_) | NodeValue::Mapping(_) => {
                self.wrong_type(node, what, "a single value");
                None
            }
        }
    }

    /// Any scalar as text: a plain number counts as the text it is written as.
    pub(crate) fn text<'n>(&mut self, node: &'n Node, what: &str) -> Option<&'n str> {
        self.scalar(node, what).map(|scalar| scalar.text.as_str())
    }

    /// `true` or `false`, without quotes.
    pub(crate) fn flag(&mut self, node: &Node, what: &str) -> Option<bool> {
        let scalar = self.scalar(node, what)?;
        let value = truth_value(scalar);
        if value.is_none() {
            let message = format!("{what} is `{}`, not `true` or `false`", shown(&scalar.text));
            let problem = self.error(Code::WrongType, message, node.span);
            self.report(problem);
        }
        value
    }

    /// A text in one or both languages: `{en: …, nl: …}`, or one text for both.
    pub(crate) fn languages(&mut self, node: &Node, what: &str) -> Text {
        if let Some(scalar) = node.scalar().filter(|scalar| !scalar.is_null()) {
            return Text::both(scalar.text.clone(), scalar.text.clone());
        }
        let fields = self.fields(node, what, &["en", "nl"]);
        let mut read = |name| {
            let text = fields.get(name).and_then(|value| self.text(value, what));
            text.map(str::to_owned)
        };
        Text { en: read("en"), nl: read("nl") }
    }

    /// Checks the `spelregel:` version in the header of a document.
    pub(crate) fn version(&mut self, node: &Node) {
        let Some(text) = self.text(node, "`spelregel`") else { return };
        if text != "1" {
            let problem = self
                .error(
                    Code::WrongDocument,
                    format!("version `{}` of the format is not known", shown(text)),
                    node.span,
                )
                .help("this release reads `spelregel: 1`");
            self.report(problem);
        }
    }
}

/// The truth value that a plain scalar is.
pub(crate) fn truth_value(scalar: &Scalar) -> Option<bool> {
    match scalar.text.as_str() {
        "true" | "True" | "TRUE" if scalar.is_plain() => Some(true),
        "false" | "False" | "FALSE" if scalar.is_plain() => Some(false),
        _ => None,
    }
}

/// The first line of a span: to mark a whole list or mapping would mark too much.
pub(crate) fn start_of(source: &Source, span: Span) -> Span {
    let text = source.slice(span);
    let length = text.find('\n').unwrap_or(text.len());
    let length = text.get(..length).unwrap_or("").trim_end().len();
    Span { end: span.start.saturating_add(u32::try_from(length).unwrap_or(0)), ..span }
}

/// Names in backticks with commas between.
pub(crate) fn listed(names: &[&str]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}
