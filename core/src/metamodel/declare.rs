//! What metamodel files declare, as written: names are not yet looked up.

use crate::diagnostic::{Code, Diagnostic, Problems};
use crate::metamodel::form;
use crate::source::{Source, Span};
use crate::text::Text;
use crate::yaml::Node;
use crate::yaml::read::{Fields, Reader, start_of};

/// Everything that the files of a metamodel declare, in the order written.
#[derive(Debug, Clone, Default)]
pub(crate) struct Declarations {
    pub(crate) id: String,
    pub(crate) version: String,
    pub(crate) title: Text,
    /// Held by every kind.
    pub(crate) properties: Vec<PropertyDeclaration>,
    pub(crate) enumerations: Vec<EnumerationDeclaration>,
    pub(crate) kinds: Vec<KindDeclaration>,
    pub(crate) relations: Vec<RelationDeclaration>,
}

/// A text that was written, and where.
#[derive(Debug, Clone)]
pub(crate) struct Written {
    pub(crate) text: String,
    pub(crate) source: Source,
    pub(crate) span: Span,
}

#[derive(Debug, Clone)]
pub(crate) struct PropertyDeclaration {
    pub(crate) name: Written,
    pub(crate) kind: Option<Written>,
    pub(crate) unit: Option<String>,
    pub(crate) required: bool,
    pub(crate) absent: Option<(Node, Source)>,
    pub(crate) min: Option<f64>,
    pub(crate) max: Option<f64>,
    pub(crate) label: Text,
    pub(crate) description: Text,
}

#[derive(Debug, Clone)]
pub(crate) struct EnumerationDeclaration {
    pub(crate) name: Written,
    pub(crate) ordered: bool,
    pub(crate) label: Text,
    pub(crate) description: Text,
    pub(crate) values: Vec<ValueDeclaration>,
}

#[derive(Debug, Clone)]
pub(crate) struct ValueDeclaration {
    pub(crate) name: Written,
    pub(crate) label: Text,
    pub(crate) description: Text,
    pub(crate) opens: Option<Written>,
}

#[derive(Debug, Clone)]
pub(crate) struct KindDeclaration {
    pub(crate) name: Written,
    pub(crate) section: Option<Written>,
    pub(crate) label: Text,
    pub(crate) plural: Text,
    pub(crate) definite: Text,
    pub(crate) description: Text,
    pub(crate) programmes: Option<Written>,
    pub(crate) states: Vec<Written>,
    pub(crate) dead_states: Vec<Written>,
    pub(crate) properties: Vec<PropertyDeclaration>,
}

#[derive(Debug, Clone)]
pub(crate) struct RelationDeclaration {
    pub(crate) name: Written,
    pub(crate) inverse: Option<Written>,
    pub(crate) label: Text,
    pub(crate) inverse_label: Text,
    pub(crate) targets: Text,
    pub(crate) sources: Text,
    pub(crate) description: Text,
    pub(crate) to_one: bool,
    pub(crate) ends: Vec<(Vec<Written>, Vec<Written>)>,
    pub(crate) properties: Vec<PropertyDeclaration>,
}

/// Whether a file is a metamodel or adds to one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    Whole,
    Extension,
}

/// Adds what a file declares, and returns what is wrong with its shape.
pub(crate) fn declare(
    into: &mut Declarations,
    source: &Source,
    root: &Node,
    role: Role,
) -> Problems {
    let mut reader = Reader::new(source);
    let fields = reader.fields(root, "the metamodel", &form::DOCUMENT.names());
    if let Some(version) = fields.get("spelregel") {
        reader.version(version);
    }
    match role {
        Role::Whole => {
            if let Some(id) = reader.required(&fields, "metamodel", "the metamodel") {
                into.id = reader.text(id, "`metamodel`").unwrap_or_default().to_owned();
            }
            into.version = text(&mut reader, &fields, "version").unwrap_or_default();
            into.title = label(&mut reader, &fields, "title");
        }
        // An extension may say what it is; the metamodel that it adds to keeps its name.
        Role::Extension => {}
    }
    if let Some(node) = fields.get("properties") {
        properties(&mut reader, node, &mut into.properties);
    }
    for (name, node) in named(&mut reader, &fields, "enumerations") {
        enumeration(&mut reader, name, node, &mut into.enumerations);
    }
    for (name, node) in named(&mut reader, &fields, "kinds") {
        kind(&mut reader, name, node, &mut into.kinds);
    }
    for (name, node) in named(&mut reader, &fields, "relations") {
        relation(&mut reader, name, node, &mut into.relations);
    }
    reader.problems
}

fn properties(reader: &mut Reader<'_>, node: &Node, into: &mut Vec<PropertyDeclaration>) {
    for entry in reader.mapping(node, "`properties`") {
        let name = written(reader, &entry.key);
        if let Some(first) = into.iter().find(|p| p.name.text == name.text) {
            let problem = declared_twice("property", &name, &first.name);
            reader.report(problem);
            continue;
        }
        let what = format!("the property `{}`", name.text);
        let fields = reader.fields(&entry.value, &what, &form::PROPERTY.names());
        let kind = reader.required(&fields, "type", &what);
        let declared = PropertyDeclaration {
            name,
            kind: kind.and_then(|node| scalar(reader, node, "`type`")),
            unit: text(reader, &fields, "unit"),
            required: flag(reader, &fields, "required"),
            absent: fields.get("absent").map(|node| (node.clone(), reader.source.clone())),
            min: number(reader, &fields, "min"),
            max: number(reader, &fields, "max"),
            label: label(reader, &fields, "label"),
            description: label(reader, &fields, "description"),
        };
        into.push(declared);
    }
}

fn enumeration(
    reader: &mut Reader<'_>,
    name: Written,
    node: &Node,
    into: &mut Vec<EnumerationDeclaration>,
) {
    let what = format!("the enumeration `{}`", name.text);
    let fields = reader.fields(node, &what, &form::ENUMERATION.names());
    let known = into.iter().position(|e| e.name.text == name.text);
    let declared = if let Some(known) = known.and_then(|position| into.get_mut(position)) {
        adds_only(reader, &fields, &what, &["values"]);
        known
    } else {
        into.push(EnumerationDeclaration {
            name,
            ordered: flag(reader, &fields, "ordered"),
            label: label(reader, &fields, "label"),
            description: label(reader, &fields, "description"),
            values: Vec::new(),
        });
        let Some(declared) = into.last_mut() else { return };
        declared
    };
    for (name, node) in named(reader, &fields, "values") {
        if let Some(first) = declared.values.iter().find(|v| v.name.text == name.text) {
            let problem = declared_twice("value", &name, &first.name);
            reader.report(problem);
            continue;
        }
        let what = format!("the value `{}`", name.text);
        let fields = reader.fields(node, &what, &form::VALUE.names());
        let opens = fields.get("opens").and_then(|node| scalar(reader, node, "`opens`"));
        declared.values.push(ValueDeclaration {
            name,
            label: label(reader, &fields, "label"),
            description: label(reader, &fields, "description"),
            opens,
        });
    }
}

fn kind(reader: &mut Reader<'_>, name: Written, node: &Node, into: &mut Vec<KindDeclaration>) {
    let what = format!("the kind `{}`", name.text);
    let fields = reader.fields(node, &what, &form::KIND.names());
    let known = into.iter().position(|k| k.name.text == name.text);
    let declared = if let Some(known) = known.and_then(|position| into.get_mut(position)) {
        adds_only(reader, &fields, &what, &["states", "dead_states", "properties"]);
        known
    } else {
        let section = reader.required(&fields, "section", &what);
        into.push(KindDeclaration {
            section: section.and_then(|node| scalar(reader, node, "`section`")),
            name,
            label: label(reader, &fields, "label"),
            plural: label(reader, &fields, "plural"),
            definite: label(reader, &fields, "definite"),
            description: label(reader, &fields, "description"),
            programmes: fields
                .get("programmes")
                .and_then(|node| scalar(reader, node, "`programmes`")),
            states: Vec::new(),
            dead_states: Vec::new(),
            properties: Vec::new(),
        });
        let Some(declared) = into.last_mut() else { return };
        declared
    };
    declared.states.extend(names(reader, &fields, "states"));
    declared.dead_states.extend(names(reader, &fields, "dead_states"));
    if let Some(node) = fields.get("properties") {
        properties(reader, node, &mut declared.properties);
    }
}

fn relation(
    reader: &mut Reader<'_>,
    name: Written,
    node: &Node,
    into: &mut Vec<RelationDeclaration>,
) {
    let what = format!("the relation `{}`", name.text);
    let fields = reader.fields(node, &what, &form::RELATION.names());
    let known = into.iter().position(|r| r.name.text == name.text);
    let declared = if let Some(known) = known.and_then(|position| into.get_mut(position)) {
        adds_only(reader, &fields, &what, &["ends", "properties"]);
        known
    } else {
        let inverse = reader.required(&fields, "inverse", &what);
        reader.required(&fields, "ends", &what);
        into.push(RelationDeclaration {
            inverse: inverse.and_then(|node| scalar(reader, node, "`inverse`")),
            name,
            label: label(reader, &fields, "label"),
            inverse_label: label(reader, &fields, "inverse_label"),
            targets: label(reader, &fields, "targets"),
            sources: label(reader, &fields, "sources"),
            description: label(reader, &fields, "description"),
            to_one: flag(reader, &fields, "one"),
            ends: Vec::new(),
            properties: Vec::new(),
        });
        let Some(declared) = into.last_mut() else { return };
        declared
    };
    let ends = fields.get("ends").map_or(&[][..], |node| reader.list(node, "`ends`"));
    for node in ends {
        let fields = reader.fields(node, "a pair of ends", &form::ENDS.names());
        reader.required(&fields, "from", "a pair of ends");
        reader.required(&fields, "to", "a pair of ends");
        declared.ends.push((names(reader, &fields, "from"), names(reader, &fields, "to")));
    }
    if let Some(node) = fields.get("properties") {
        properties(reader, node, &mut declared.properties);
    }
}

/// The entries of a mapping under a field, each with its name.
fn named<'n>(
    reader: &mut Reader<'_>,
    fields: &Fields<'n>,
    field: &str,
) -> Vec<(Written, &'n Node)> {
    let Some(node) = fields.get(field) else { return Vec::new() };
    let entries = reader.mapping(node, &format!("`{field}`"));
    entries.iter().map(|entry| (written(reader, &entry.key), &entry.value)).collect()
}

/// The names in a list under a field.
fn names(reader: &mut Reader<'_>, fields: &Fields<'_>, field: &str) -> Vec<Written> {
    let Some(node) = fields.get(field) else { return Vec::new() };
    let items = reader.list(node, &format!("`{field}`"));
    let what = format!("an item of `{field}`");
    items.iter().filter_map(|node| scalar(reader, node, &what)).collect()
}

/// Reports fields of something declared before that an extension can't change.
fn adds_only(reader: &mut Reader<'_>, fields: &Fields<'_>, what: &str, allowed: &[&str]) {
    for field in
        [&form::ENUMERATION, &form::KIND, &form::RELATION].iter().flat_map(|form| form.fields)
    {
        let name = field.name;
        if let Some(entry) = fields.entry(name).filter(|_| !allowed.contains(&name)) {
            let message = format!("{what} is already there, and its `{name}` cannot be changed");
            let problem = reader
                .error(Code::DuplicateName, message, start_of(reader.source, entry.key.span))
                .help("an extension adds to what is there; leave this field out");
            reader.report(problem);
        }
    }
}

pub(crate) fn declared_twice(what: &str, second: &Written, first: &Written) -> Diagnostic {
    let message = format!("the {what} `{}` is declared twice", second.text);
    Diagnostic::error(Code::DuplicateName, message, &second.source, second.span)
        .saying("the second time")
        .at(&first.source, first.span, "the first time")
        .help("give one of them another name")
}

fn written(reader: &Reader<'_>, key: &Node) -> Written {
    let text = key.scalar().map_or_else(String::new, |scalar| scalar.text.clone());
    Written { text, source: reader.source.clone(), span: key.span }
}

fn scalar(reader: &mut Reader<'_>, node: &Node, what: &str) -> Option<Written> {
    let text = reader.text(node, what)?.to_owned();
    Some(Written { text, source: reader.source.clone(), span: node.span })
}

fn text(reader: &mut Reader<'_>, fields: &Fields<'_>, name: &str) -> Option<String> {
    let node = fields.get(name)?;
    reader.text(node, &format!("`{name}`")).map(str::to_owned)
}

fn label(reader: &mut Reader<'_>, fields: &Fields<'_>, name: &str) -> Text {
    fields.get(name).map_or_else(Text::default, |node| reader.languages(node, &format!("`{name}`")))
}

fn flag(reader: &mut Reader<'_>, fields: &Fields<'_>, name: &str) -> bool {
    fields.get(name).and_then(|node| reader.flag(node, &format!("`{name}`"))).unwrap_or(false)
}

fn number(reader: &mut Reader<'_>, fields: &Fields<'_>, name: &str) -> Option<f64> {
    let node = fields.get(name)?;
    let text = reader.text(node, &format!("`{name}`"))?;
    let number = text.parse::<f64>().ok().filter(|number| number.is_finite());
    if number.is_none() {
        let message = format!("`{name}` is `{text}`, not a number");
        let problem = reader.error(Code::WrongType, message, node.span);
        reader.report(problem);
    }
    number
}
