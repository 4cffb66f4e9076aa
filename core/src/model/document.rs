//! Model documents: YAML or JSON to a draft.

mod fields;

use std::sync::Arc;

pub(crate) use self::fields::{Field, FieldTable};
use crate::diagnostic::{Code, Diagnostic, shown};
use crate::limits::Limits;
use crate::metamodel::{
    Help, KindIdx, Misread, PropertyIdx, PropertyType, RelationIdx, Vocabulary,
};
use crate::model::draft::{Draft, DraftElement, DraftLink, Properties, check_id, repaired_id};
use crate::model::{Deviation, Origin, form};
use crate::sort::sort_by_key;
use crate::source::{Source, Span};
use crate::suggest::{meant, nearest};
use crate::value::{Timestamp, Value};
use crate::yaml::read::{Fields, Reader, listed, start_of};
use crate::yaml::{Entry, Node, NodeValue, Scalar};

/// Adds what a document says to a draft.
pub(crate) fn read(
    vocabulary: &Vocabulary,
    source: &Source,
    root: &Node,
    limits: &Limits,
    draft: &mut Draft,
) {
    let number = u32::try_from(draft.sources.len()).unwrap_or(u32::MAX);
    draft.sources.push(source.clone());
    let fields = FieldTable::new(vocabulary);
    let mut document = Document { v: vocabulary, fields, source, number, limits, draft };
    document.root(root);
}

struct Document<'a> {
    v: &'a Vocabulary,
    fields: FieldTable<'a>,
    source: &'a Source,
    /// Position of the source among the draft's.
    number: u32,
    limits: &'a Limits,
    draft: &'a mut Draft,
}

impl<'a> Document<'a> {
    fn root(&mut self, root: &Node) {
        if root.is_null() {
            let problem = self
                .error(Code::WrongDocument, "the document is empty", root.span)
                .help("start with `spelregel: 1` and a section such as `programmes:`");
            return self.report(problem);
        }
        let NodeValue::Mapping(entries) = &root.value else {
            let message = format!("a model is a mapping of sections, not {}", root.what());
            let problem = self
                .error(Code::WrongType, message, start_of(self.source, root.span))
                .help("start with `spelregel: 1` and a section such as `programmes:`");
            return self.report(problem);
        };
        let other =
            [("pack", "a pack of rules"), ("metamodel", "a metamodel"), ("settings", "settings")];
        for (key, what) in other {
            if let Some(entry) = entries.iter().find(|entry| entry.key_text() == key) {
                let message = format!("this document is {what}, not a model");
                let problem = self.error(Code::WrongDocument, message, entry.key.span);
                return self.report(problem);
            }
        }
        for entry in entries {
            match entry.key_text() {
                "spelregel" if entry.value.is_null() => {}
                "spelregel" => self.version(&entry.value),
                "open_kinds" => self.open_kinds(&entry.value),
                "deviations" => self.deviations(&entry.value),
                section => match self.v.kinds_by_section.get(section) {
                    Some(kind) => self.section(*kind, section, &entry.value),
                    None => self.unknown_section(entry),
                },
            }
        }
    }

    fn version(&mut self, node: &Node) {
        self.with_reader(|reader| reader.version(node));
    }

    fn open_kinds(&mut self, node: &Node) {
        let names = self.with_reader(|reader| {
            let items = reader.list(node, "`open_kinds`").iter();
            let names = items.filter_map(|item| Some((reader.text(item, "a kind")?, item.span)));
            names.collect::<Vec<_>>()
        });
        for (name, span) in names {
            if let Some(kind) = self.v.kinds_by_name.get(name) {
                self.draft.open_kinds.push(*kind);
                continue;
            }
            let known = self.v.kinds.iter().map(|kind| (kind.name.as_str(), &kind.label));
            let near = match self.v.kinds_by_section.get(name) {
                Some(kind) => Some(self.v.kinds[*kind].name.as_str()),
                None => meant(name, known),
            };
            let message = format!("there is no kind `{}`", shown(name));
            let problem = self.error(Code::UnknownKind, message, span).suggest(near);
            self.report(problem);
        }
    }

    fn unknown_section(&mut self, entry: &Entry) {
        let name = entry.key_text();
        let known = self.v.kinds.iter().map(|kind| (kind.section.as_str(), &kind.plural));
        let near = match self.v.kinds_by_name.get(name) {
            Some(kind) => Some(self.v.kinds[*kind].section.as_str()),
            None => meant(name, known.clone()),
        };
        let message = format!("a model has no section `{}`", shown(name));
        let mut problem = self.error(Code::UnknownField, message, entry.key.span);
        problem = match near {
            Some(_) => problem.suggest(near),
            None => {
                let names: Vec<&str> = known.map(|(name, _)| name).collect();
                problem.help(format!("the sections are {}", listed(&names)))
            }
        };
        self.report(problem);
        if let NodeValue::List(items) = &entry.value.value {
            let ids = items.iter().filter_map(|item| item.get("id")?.scalar());
            self.draft.unsound.extend(ids.map(|id| id.text.clone()));
        }
    }

    fn section(&mut self, kind: KindIdx, section: &str, node: &Node) {
        match &node.value {
            NodeValue::List(items) => {
                for item in items {
                    self.element(kind, section, item);
                }
            }
            NodeValue::Scalar(scalar) if scalar.is_null() => {}
            NodeValue::Scalar(_) | NodeValue::Mapping(_) => {
                let message = format!("`{section}` takes a list of elements, not {}", node.what());
                let problem = self
                    .error(Code::WrongType, message, start_of(self.source, node.span))
                    .help("write each element as `- id: …` with its fields below");
                self.report(problem);
            }
        }
    }

    fn element(&mut self, kind: KindIdx, section: &str, node: &Node) {
        let NodeValue::Mapping(entries) = &node.value else {
            let message = format!("an element of `{section}` is {}, not a mapping", node.what());
            let problem = self.error(Code::WrongType, message, start_of(self.source, node.span));
            let id = node.scalar().and_then(|scalar| repaired_id(&scalar.text));
            let problem = match id {
                Some(id) => {
                    self.draft.unsound.insert(id.clone());
                    problem.help_replacing("give it an id and fields", format!("{{id: {id}}}"))
                }
                None => problem.help("give it an `id` and fields"),
            };
            return self.report(problem);
        };
        if self.draft.elements.len() >= self.limits.elements {
            if self.draft.elements.len() == self.limits.elements {
                let limit = self.limits.elements;
                let message = format!("the model holds more elements than the limit of {limit}");
                let problem =
                    self.error(Code::OverLimit, message, start_of(self.source, node.span));
                self.report(problem);
            }
            return;
        }
        let id = self.id(section, node, entries);
        let at = self.draft.elements.len();
        let first_link = self.draft.links.len();
        let (mut properties, mut refused) = (Vec::new(), Vec::new());
        for entry in entries {
            self.field(kind, entry, at, &mut properties, &mut refused);
        }
        match id {
            Some((id, span)) => {
                let origin = self.origin(span);
                self.draft.elements.push(DraftElement { kind, id, origin, properties, refused });
            }
            // The links went with an element that there isn't.
            None => self.draft.links.truncate(first_link),
        }
    }

    fn id(&mut self, section: &str, node: &Node, entries: &[Entry]) -> Option<(Arc<str>, Span)> {
        let entry = entries.iter().find(|entry| entry.key_text() == "id");
        let Some(entry) = entry.filter(|entry| !entry.value.is_null()) else {
            let span = entry.map_or(start_of(self.source, node.span), |entry| entry.key.span);
            let message = format!("an element of `{section}` has no `id`");
            let problem = self
                .error(Code::MissingField, message, span)
                .help("add `id: …`, a short name that other elements can refer to");
            self.report(problem);
            return None;
        };
        let span = entry.value.span;
        let Some(scalar) = entry.value.scalar() else {
            let message = format!("`id` takes text, not {}", entry.value.what());
            let problem = self.error(Code::WrongType, message, start_of(self.source, span));
            self.report(problem);
            return None;
        };
        match check_id(&scalar.text) {
            Ok(()) => Some((Arc::from(scalar.text.as_str()), span)),
            Err(why) => {
                let problem = why.diagnostic(&scalar.text, self.source, span);
                self.report(problem);
                self.draft.unsound.insert(scalar.text.clone());
                None
            }
        }
    }

    fn field(
        &mut self,
        kind: KindIdx,
        entry: &Entry,
        at: usize,
        properties: &mut Properties,
        refused: &mut Vec<PropertyIdx>,
    ) {
        let name = entry.key_text();
        match self.fields.get(kind, name) {
            Some(Field::Id) => {}
            Some(Field::Property(property)) => {
                let states = self.v.kinds[kind].states.as_slice();
                match self.value(property, Some(states), &entry.value) {
                    Some(value) => properties.push((property, value)),
                    None if entry.value.is_null() => {}
                    None => refused.push(property),
                }
            }
            Some(Field::Relation(relation, inverse)) => {
                self.links(relation, inverse, name, &entry.value, at);
            }
            None => {
                let problem = self.unknown_field(kind, entry);
                self.report(problem);
            }
        }
    }

    fn unknown_field(&self, kind: KindIdx, entry: &Entry) -> Diagnostic {
        let name = entry.key_text();
        let kind_name = &self.v.kinds[kind].name;
        let message = format!("the kind `{kind_name}` has no field `{}`", shown(name));
        let problem = self.error(Code::UnknownField, message, entry.key.span);
        if let Some((relation, inverse)) = self.v.relations_by_name.get(name) {
            return problem.help(format!("`{name}` leads {}", self.ends(*relation, *inverse)));
        }
        let near = meant(name, self.fields.labelled(kind));
        match near {
            Some(_) => problem.suggest(near),
            None => {
                let names: Vec<&str> = self.fields.labelled(kind).map(|(name, _)| name).collect();
                problem.help(format!("the fields are {}", listed(&names)))
            }
        }
    }

    /// From which kinds a relation leads to which, in words.
    fn ends(&self, relation: RelationIdx, inverse: bool) -> String {
        let names = |kinds: &crate::metamodel::KindSet| {
            let names: Vec<&str> = kinds.iter().map(|k| self.v.kinds[k].name.as_str()).collect();
            names.join(" or ")
        };
        let ends = self.v.relations[relation].ends.iter().map(|(from, to)| {
            let (from, to) = if inverse { (to, from) } else { (from, to) };
            format!("from {} to {}", names(from), names(to))
        });
        ends.collect::<Vec<_>>().join(", or ")
    }

    fn value(
        &mut self,
        property: PropertyIdx,
        states: Option<&[u32]>,
        node: &Node,
    ) -> Option<Value> {
        if node.is_null() {
            return None;
        }
        let declared = &self.v.properties[property];
        let states = match declared.kind {
            PropertyType::Enum(e) if Some(e) == self.v.state => states,
            _ => None,
        };
        let source = self.source;
        match (&node.value, declared.kind) {
            (NodeValue::List(items), PropertyType::Texts) => {
                let texts = items.iter().filter_map(|item| {
                    let text = item.scalar().filter(|scalar| !scalar.is_null());
                    if text.is_none() {
                        let message = format!(
                            "`{}` takes a list of texts, and this is {}",
                            declared.name,
                            item.what()
                        );
                        let span = start_of(source, item.span);
                        self.draft.problems.push(Diagnostic::error(
                            Code::WrongType,
                            message,
                            source,
                            span,
                        ));
                    }
                    text.map(|scalar| Value::text(&scalar.text))
                });
                Some(Value::list(texts.collect::<Vec<_>>()))
            }
            (NodeValue::Scalar(scalar), PropertyType::Texts) => {
                let misread = Misread {
                    code: Code::WrongType,
                    message: format!("`{}` takes a list of texts, not a single one", declared.name),
                    help: Help::Replace(
                        "put brackets around it".to_owned(),
                        format!("[{}]", source.slice(node.span)),
                    ),
                };
                let misread = if scalar.is_plain() || !source.slice(node.span).contains('\n') {
                    misread
                } else {
                    Misread {
                        help: Help::Advice("write it as a list with `-`".to_owned()),
                        ..misread
                    }
                };
                self.report(misread.diagnostic(source, node.span));
                None
            }
            (NodeValue::Scalar(scalar), _) => match self.v.read(declared, states, scalar) {
                Ok(value) => Some(value),
                Err(misread) => {
                    self.report(misread.diagnostic(source, node.span));
                    None
                }
            },
            (NodeValue::List(_) | NodeValue::Mapping(_), kind) => {
                let expected = expected(kind);
                let message = format!("`{}` takes {expected}, not {}", declared.name, node.what());
                let problem = self.error(Code::WrongType, message, start_of(source, node.span));
                self.report(problem);
                None
            }
        }
    }

    fn links(&mut self, relation: RelationIdx, inverse: bool, name: &str, node: &Node, at: usize) {
        match &node.value {
            NodeValue::List(items) => {
                for item in items {
                    self.link(relation, inverse, name, item, at);
                }
            }
            NodeValue::Scalar(scalar) if scalar.is_null() => {}
            NodeValue::Scalar(_) | NodeValue::Mapping(_) => {
                self.link(relation, inverse, name, node, at);
            }
        }
    }

    fn link(&mut self, relation: RelationIdx, inverse: bool, name: &str, node: &Node, at: usize) {
        let mut properties = Vec::new();
        let target = match &node.value {
            NodeValue::Scalar(scalar) if !scalar.is_null() => Some((scalar, node.span)),
            NodeValue::Mapping(entries) => {
                for entry in entries.iter().filter(|entry| entry.key_text() != "to") {
                    self.link_property(relation, name, entry, &mut properties);
                }
                self.target(name, node, entries)
            }
            NodeValue::Scalar(_) | NodeValue::List(_) => {
                let message = format!("`{name}` takes ids, and this is {}", node.what());
                let problem = self
                    .error(Code::WrongType, message, start_of(self.source, node.span))
                    .help("write an id, or `{to: …}` with properties of the link");
                self.report(problem);
                None
            }
        };
        let Some((id, span)) = target else { return };
        sort_by_key(&mut properties, |(property, _)| *property);
        let origin = self.origin(span);
        let to = Arc::from(id.text.as_str());
        self.draft.links.push(DraftLink { relation, inverse, at, to, origin, properties });
    }

    fn target<'n>(
        &mut self,
        name: &str,
        node: &Node,
        entries: &'n [Entry],
    ) -> Option<(&'n Scalar, Span)> {
        let to = entries.iter().find(|entry| entry.key_text() == "to");
        let Some(to) = to.filter(|entry| !entry.value.is_null()) else {
            let span = to.map_or(start_of(self.source, node.span), |entry| entry.key.span);
            let message = format!("a link of `{name}` has no `to`");
            let problem = self
                .error(Code::MissingField, message, span)
                .help("add `to: …` with the id of the element it leads to");
            self.report(problem);
            return None;
        };
        if let Some(scalar) = to.value.scalar() {
            return Some((scalar, to.value.span));
        }
        let message = format!("`to` takes one id, not {}", to.value.what());
        let problem = self.error(Code::WrongType, message, start_of(self.source, to.value.span));
        self.report(problem);
        None
    }

    fn link_property(
        &mut self,
        relation: RelationIdx,
        name: &str,
        entry: &Entry,
        properties: &mut Properties,
    ) {
        let field = entry.key_text();
        if let Some(property) = self.v.link_property_of(relation, field) {
            if let Some(value) = self.value(property, None, &entry.value) {
                properties.push((property, value));
            }
            return;
        }
        let declared = self.v.relations[relation].properties.iter();
        let known = declared.map(|property| &self.v.properties[*property]);
        let names: Vec<&str> =
            std::iter::once("to").chain(known.map(|property| property.name.as_str())).collect();
        let near = nearest(field, names.iter().copied());
        let message = format!("a link of `{name}` has no field `{}`", shown(field));
        let problem = self.error(Code::UnknownField, message, entry.key.span);
        let problem = match near {
            Some(_) => problem.suggest(near),
            None => problem.help(format!("the fields are {}", listed(&names))),
        };
        self.report(problem);
    }

    fn deviations(&mut self, node: &Node) {
        let items = self.with_reader(|reader| reader.list(node, "`deviations`"));
        for item in items {
            self.deviation(item);
        }
    }

    fn deviation(&mut self, node: &Node) {
        let what = "a deviation";
        let origin = Some(self.origin(start_of(self.source, node.span)));
        let (deviation, until) = self.with_reader(|reader| {
            let fields = reader.fields(node, what, &form::DEVIATION.names());
            let mut text = |name: &str, required: bool| {
                let value =
                    if required { reader.required(&fields, name, what) } else { fields.get(name) };
                value.and_then(|value| reader.text(value, &format!("`{name}`")).map(str::to_owned))
            };
            let (rule, reason) = (text("rule", true), text("reason", true));
            let (decided_by, path) = (text("decided_by", false), text("path", false));
            let elements = covered(reader, &fields);
            let deviation = rule.zip(reason).zip(elements).map(|((rule, reason), elements)| {
                Deviation { rule, elements, path, reason, decided_by, until: None, origin }
            });
            (deviation, fields.get("until"))
        });
        let until = match until.map(|node| self.date("until", node)) {
            // One with a date that isn't one is left out: nobody knows how long it holds.
            Some(None) => return,
            until => until.flatten(),
        };
        self.draft.deviations.extend(deviation.map(|deviation| Deviation { until, ..deviation }));
    }

    fn date(&mut self, name: &str, node: &Node) -> Option<Timestamp> {
        let problem = match node.scalar() {
            Some(scalar) => match crate::metamodel::read_date(name, scalar) {
                Ok(date) => return Some(date),
                Err(misread) => misread.diagnostic(self.source, node.span),
            },
            None => {
                let message = format!("`{name}` takes a date, not {}", node.what());
                self.error(Code::WrongType, message, start_of(self.source, node.span))
            }
        };
        self.report(problem);
        None
    }

    fn with_reader<T>(&mut self, read: impl FnOnce(&mut Reader<'a>) -> T) -> T {
        let mut reader = Reader::new(self.source);
        let value = read(&mut reader);
        self.draft.problems.append(reader.problems);
        value
    }

    fn error(&self, code: Code, message: impl Into<String>, span: Span) -> Diagnostic {
        Diagnostic::error(code, message, self.source, span)
    }

    fn report(&mut self, problem: Diagnostic) {
        self.draft.problems.push(problem);
    }

    fn origin(&self, span: Span) -> Origin {
        Origin { source: self.number, span }
    }
}

/// The ids that a deviation names; `None` where it names none.
fn covered(reader: &mut Reader<'_>, fields: &Fields<'_>) -> Option<Vec<String>> {
    let mut ids = Vec::new();
    let mut is_sound = true;
    for name in ["element", "elements"] {
        for item in fields.get(name).map_or(&[][..], Reader::one_or_more) {
            let id = reader.text(item, &format!("`{name}`")).map(str::to_owned);
            is_sound &= id.is_some();
            ids.extend(id);
        }
    }
    if ids.is_empty() && is_sound {
        let span = start_of(reader.source, fields.span);
        let problem = reader
            .error(Code::MissingField, "a deviation names no element", span)
            .help("add `element: …` with the id of what departs from the rule")
            .help("where a rule is asked of the model as a whole, write `element: model`");
        reader.report(problem);
    }
    (!ids.is_empty()).then_some(ids)
}

/// What a property takes, in words.
fn expected(kind: PropertyType) -> &'static str {
    match kind {
        PropertyType::Text => "text",
        PropertyType::Bool => "`true` or `false`",
        PropertyType::Int => "a whole number",
        PropertyType::Number => "a number",
        PropertyType::Date => "a date",
        PropertyType::Texts => "a list of texts",
        PropertyType::Enum(_) => "a single value",
    }
}
