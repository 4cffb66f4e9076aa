//! Rules with their texts, conditions and examples.

use rustc_hash::FxHashMap;

use super::Cx;
use crate::diagnostic::{Code, shown};
use crate::pack::{Example, Expression, Rule, Severity, Spanned, form};
use crate::source::Span;
use crate::source::scalar::ScalarMap;
use crate::suggest::nearest;
use crate::template::{self, Template};
use crate::text::{Language, Text};
use crate::yaml::read::Reader;
use crate::yaml::{Entry, Node};

impl Cx<'_> {
    pub(super) fn rules(&mut self, node: &Node) -> Vec<Rule> {
        let mut known = FxHashMap::default();
        let items = self.reader.list(node, "`rules`");
        items.iter().filter_map(|item| self.rule(item, &mut known)).collect()
    }

    /// Reports a second rule of the same id.
    fn refuse_double_rule(&mut self, id: &Spanned<String>, known: &mut FxHashMap<String, Span>) {
        let Some(first) = known.get(&id.value).copied() else {
            known.insert(id.value.clone(), id.span);
            return;
        };
        let message = format!("there are two rules `{}`", shown(&id.value));
        let problem = self.reader.error(Code::DuplicateName, message, id.span);
        self.reader.report(problem.at(self.reader.source, first, "the first"));
    }

    fn rule(&mut self, node: &Node, known: &mut FxHashMap<String, Span>) -> Option<Rule> {
        let fields = self.fields(node, "a rule", &form::RULE.names())?;
        let id = self.identifier(&fields, "id", "a rule");
        if let Some(id) = &id {
            self.refuse_double_rule(id, known);
        }
        let what = id.as_ref().map_or("a rule".to_owned(), |id| format!("rule `{}`", id.value));
        let title = self.texts(&fields, "title", &what);
        let each = self.reader.required(&fields, "each", &what).map(|node| self.kinds(node));
        let from = fields.get("from").map(|node| self.spanned(node, "`from`"));
        let gate = fields.get("gate").map(|node| self.spanned(node, "`gate`"));
        let lets = fields.get("let").map_or_else(Vec::new, |node| self.lets(node));
        let when = fields.get("when").map(|node| self.expression(node, "`when`"));
        let require = self.reader.required(&fields, "require", &what);
        let require = require.and_then(|node| self.expression(node, "`require`"));
        let severity = self.reader.required(&fields, "severity", &what);
        let severity = severity.and_then(|node| self.severity(node));
        let waivable = fields.get("deviations").map(|node| self.reader.flag(node, "`deviations`"));
        let message = self.reader.required(&fields, "message", &what);
        let message = message.map(|node| self.message(node));
        let mut text = |name: &str| {
            fields
                .get(name)
                .map_or_else(Text::default, |node| self.both(node, &format!("`{name}`")))
        };
        let (why, remedy) = (text("why"), text("remedy"));
        let source = self.source(&fields);
        let tags = fields.get("tags").map_or_else(Vec::new, |node| {
            let items = self.reader.list(node, "`tags`");
            items
                .iter()
                .filter_map(|tag| self.reader.text(tag, "a tag").map(str::to_owned))
                .collect()
        });
        let examples = fields.get("examples").map_or_else(Vec::new, |node| self.examples(node));
        Some(Rule {
            id: id?,
            title,
            each: each??,
            from: optional(from)?,
            gate: optional(gate)?,
            lets,
            when: optional(when)?,
            require: require?,
            severity: severity?,
            waivable: optional(waivable)?.unwrap_or(true),
            message: message?,
            why,
            remedy,
            source,
            tags,
            examples,
        })
    }

    fn kinds(&mut self, node: &Node) -> Option<Vec<Spanned<String>>> {
        let kinds: Vec<Spanned<String>> = Reader::one_or_more(node)
            .iter()
            .filter_map(|kind| self.spanned(kind, "`each`"))
            .collect();
        if kinds.is_empty() {
            let problem = self
                .reader
                .error(Code::MissingField, "`each` names no kind", node.span)
                .help("name the kind of element that the rule is about, or `Model`");
            self.reader.report(problem);
            return None;
        }
        Some(kinds)
    }

    fn lets(&mut self, node: &Node) -> Vec<(Spanned<String>, Expression)> {
        let mut lets = Vec::new();
        for Entry { key, value } in self.reader.mapping(node, "`let`") {
            let name = self.name(key, "a `let`");
            let body = self.expression(value, "a `let`");
            lets.extend(name.zip(body));
        }
        lets
    }

    fn severity(&mut self, node: &Node) -> Option<Severity> {
        let text = self.reader.text(node, "`severity`")?;
        if let Some(severity) = Severity::ALL.into_iter().find(|s| s.as_str() == text) {
            return Some(severity);
        }
        let names = Severity::ALL.map(Severity::as_str);
        let problem = self
            .reader
            .error(Code::UnknownValue, format!("`{}` is not a severity", shown(text)), node.span)
            .suggest(nearest(text, names))
            .help(format!("a severity is {}", names.join(", ")));
        self.reader.report(problem);
        None
    }

    /// A message template in every language that is written.
    fn message(&mut self, node: &Node) -> Vec<(Language, Template)> {
        if node.scalar().is_some() {
            self.both(node, "`message`");
            return Vec::new();
        }
        let names = Language::ALL.map(Language::code);
        let fields = self.reader.fields(node, "`message`", &names);
        let mut messages = Vec::new();
        for language in Language::ALL {
            let Some(node) = fields.get(language.code()) else { continue };
            let Some(scalar) = self.reader.scalar(node, "`message`") else { continue };
            let map = ScalarMap::of(self.reader.source, node.span, scalar);
            let (template, problems) = template::parse(&scalar.text, &map, &self.limits);
            self.report_within(problems, &map);
            messages.push((language, template));
        }
        if Language::ALL.iter().all(|language| fields.get(language.code()).is_none()) {
            self.report_no_language(node, "`message`");
        }
        messages
    }

    fn examples(&mut self, node: &Node) -> Vec<Example> {
        let items = self.reader.list(node, "`examples`");
        items.iter().filter_map(|item| self.example(item)).collect()
    }

    fn example(&mut self, node: &Node) -> Option<Example> {
        let fields = self.fields(node, "an example", &form::EXAMPLE.names())?;
        let name =
            fields.get("name").and_then(|n| self.reader.text(n, "`name`")).map(str::to_owned);
        let at = self.reader.required(&fields, "at", "an example");
        let at = at.and_then(|node| self.spanned(node, "`at`"));
        let gate = fields.get("gate").map(|node| self.spanned(node, "`gate`"));
        let model = self.reader.required(&fields, "model", "an example").cloned();
        let expect = self.reader.required(&fields, "expect", "an example");
        let expect = expect.map(|node| {
            let entries = self.reader.mapping(node, "`expect`");
            entries
                .iter()
                .filter_map(|entry| {
                    let element = self.spanned(&entry.key, "an element")?;
                    Some((element, self.spanned(&entry.value, "a verdict")?))
                })
                .collect()
        });
        Some(Example {
            name,
            at: at?,
            gate: optional(gate)?,
            model: model?,
            expect: expect?,
            span: node.span,
        })
    }
}

/// A field that may be absent but not faulty.
fn optional<T>(field: Option<Option<T>>) -> Option<Option<T>> {
    match field {
        None => Some(None),
        Some(None) => None,
        Some(value) => Some(value),
    }
}
