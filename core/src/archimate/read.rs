//! Both file formats as one: concepts with their properties, in the order of the file.
//!
//! Read as a stream without recursion; entities other than XML's own five, and document types, are refused.

use std::collections::BTreeMap;

use quick_xml::XmlVersion;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::limits::Limits;
use crate::source::{Source, Span};

/// Levels of nesting in a file; views nest, and are passed over.
const DEEPEST: usize = 256;
const NAMESPACE: &str = "http://www.opengroup.org/xsd/archimate/3.0/";

/// What a file holds.
#[derive(Debug, Default)]
pub(super) struct File {
    pub(super) name: String,
    pub(super) elements: Vec<Concept>,
    pub(super) relations: Vec<Concept>,
    pub(super) views: usize,
    /// Values of properties of the model itself and in views.
    pub(super) properties: usize,
    /// Names and documentation in a further language.
    pub(super) translations: usize,
}

/// An element or a relationship.
#[derive(Debug, Default)]
pub(super) struct Concept {
    pub(super) id: String,
    /// Without the word `Relationship` after it.
    pub(super) kind: String,
    pub(super) name: String,
    pub(super) documentation: String,
    pub(super) specialization: Option<String>,
    pub(super) properties: Vec<(String, String)>,
    /// Of a relationship.
    pub(super) source: String,
    pub(super) target: String,
    /// Of an access: what it does, in the words of either format.
    pub(super) access: String,
    /// Of an influence: its sign or strength.
    pub(super) modifier: String,
    /// Of an association: whether it has a direction.
    pub(super) directed: bool,
}

impl Concept {
    /// The relationship as the mapping calls it.
    pub(super) fn form(&self) -> &str {
        match (self.kind.as_str(), self.access.as_str()) {
            ("Influence", _) if self.modifier.starts_with('-') => "Hindrance",
            ("Access", "Read" | "1") => "ReadAccess",
            ("Access", "Access" | "2") => "Access",
            ("Access", _) => "WriteAccess",
            (kind, _) => kind,
        }
    }

    /// Whether it is an influence that says that it is in favour.
    pub(super) fn favours(&self) -> bool {
        let strength = self.modifier.parse::<f64>().is_ok_and(|strength| strength > 0.0);
        self.kind == "Influence" && (self.modifier.starts_with('+') || strength)
    }
}

/// What the text that comes is for.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Field {
    ModelName,
    Name,
    Documentation,
    /// The value of the property with this key.
    Value(String),
    /// The name of the property definition with this id.
    Definition(String),
}

struct Cx<'s> {
    source: &'s Source,
    limits: &'s Limits,
    file: File,
    has_root: bool,
    /// The names of the elements that are open.
    open: Vec<String>,
    /// The concept being read, and how deep it stands.
    concept: Option<(usize, Concept)>,
    /// How deep the view stands that is being passed over.
    view: Option<usize>,
    field: Option<(usize, Field, String)>,
    /// The property of which the value comes.
    key: String,
    definitions: BTreeMap<String, String>,
    profiles: BTreeMap<String, String>,
}

pub(super) fn read(source: &Source, limits: &Limits) -> Result<File, Diagnostics> {
    let mut cx = Cx {
        source,
        limits,
        file: File::default(),
        has_root: false,
        open: Vec::new(),
        concept: None,
        view: None,
        field: None,
        key: String::new(),
        definitions: BTreeMap::new(),
        profiles: BTreeMap::new(),
    };
    if !source.text().trim_start().starts_with('<') {
        let problem = cx.broken(0, "the file holds no XML");
        return Err(problem
            .help("save the model with Archi, or export it in the exchange format")
            .into());
    }
    let mut reader = Reader::from_str(source.text());
    loop {
        let at = usize::try_from(reader.buffer_position()).unwrap_or(0);
        let event = reader.read_event();
        match event.map_err(|error| cx.broken(at, &format!("the XML can't be read: {error}")))? {
            Event::Start(start) => cx.start(at, &start)?,
            Event::Empty(start) => {
                cx.start(at, &start)?;
                cx.end();
            }
            Event::End(_) => cx.end(),
            Event::Text(text) => cx.text(&text.xml10_content()),
            Event::CData(text) => cx.text(&text.xml10_content()),
            Event::GeneralRef(reference) => {
                let known = resolve_predefined_entity(reference.as_ref());
                match reference.resolve_char_ref() {
                    Ok(Some(c)) => cx.text(c.encode_utf8(&mut [0; 4])),
                    Ok(None) if known.is_some() => cx.text(known.unwrap_or_default()),
                    _ => return Err(cx.broken(at, "entities of one's own are not read").into()),
                }
            }
            Event::DocType(_) => {
                let problem = cx.broken(at, "a document type is not read");
                return Err(problem.help("an ArchiMate file has none: remove it").into());
            }
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
            Event::Eof => break,
        }
    }
    let end = source.text().len();
    if let Some(open) = cx.open.last() {
        return Err(cx.broken(end, &format!("the file ends inside `{open}`")).into());
    }
    if !cx.has_root {
        return Err(cx.broken(0, "the XML holds no element").into());
    }
    Ok(cx.finish())
}

impl Cx<'_> {
    fn broken(&self, at: usize, message: &str) -> Diagnostic {
        Diagnostic::error(Code::WrongDocument, message, self.source, Span::new(at, at))
    }

    fn start(&mut self, at: usize, start: &BytesStart<'_>) -> Result<(), Diagnostics> {
        let name = start.local_name().as_ref().to_owned();
        if self.open.is_empty() {
            self.root(at, &name, start)?;
            self.has_root = true;
        }
        self.open.push(name.clone());
        let depth = self.open.len();
        if depth > DEEPEST {
            let message = format!("the XML nests more than {DEEPEST} levels deep");
            let problem =
                Diagnostic::error(Code::OverLimit, message, self.source, Span::new(at, at));
            return Err(problem.into());
        }
        if self.view.is_some() {
            self.file.properties += usize::from(name == "property");
            return Ok(());
        }
        let attributes = self.attributes(at, start)?;
        let get = |key: &str| attributes.get(key).cloned().unwrap_or_default();
        let inside = self.concept.as_ref().map(|(depth, _)| *depth);
        match (name.as_str(), inside) {
            ("view", None) => self.begin_view(depth),
            ("element" | "relationship", None) => {
                let kind = get("type");
                let kind = kind.rsplit(':').next().unwrap_or_default();
                if kind.ends_with("Model") {
                    self.begin_view(depth);
                } else if self.file.elements.len() + self.file.relations.len()
                    >= self.limits.elements
                {
                    let message = format!("more than {} elements", self.limits.elements);
                    let span = Span::new(at, at);
                    return Err(
                        Diagnostic::error(Code::OverLimit, message, self.source, span).into()
                    );
                } else {
                    self.concept = Some((depth, concept(kind, &attributes)));
                }
            }
            ("name", Some(outer)) if depth == outer + 1 => self.begin(depth, Field::Name),
            ("documentation", Some(outer)) if depth == outer + 1 => {
                self.begin(depth, Field::Documentation);
            }
            ("property", Some(_)) => {
                self.key = get("propertyDefinitionRef");
                if !attributes.contains_key("propertyDefinitionRef")
                    && let Some((_, concept)) = &mut self.concept
                {
                    concept.properties.push((get("key"), get("value")));
                }
            }
            ("property", None) => self.file.properties += 1,
            ("value", Some(_)) => self.begin(depth, Field::Value(self.key.clone())),
            ("propertyDefinition", None) => self.key = get("identifier"),
            ("name", None) if self.open.iter().any(|open| open == "propertyDefinition") => {
                self.begin(depth, Field::Definition(self.key.clone()));
            }
            ("name", None) if depth == 2 => self.begin(depth, Field::ModelName),
            ("profile", None) => {
                self.profiles.insert(get("id"), get("name"));
            }
            _ => {}
        }
        Ok(())
    }

    /// The root says which format it is.
    fn root(&mut self, at: usize, name: &str, start: &BytesStart<'_>) -> Result<(), Diagnostics> {
        let attributes = self.attributes(at, start)?;
        let is_archi = start.name().as_ref() == "archimate:model";
        let is_exchange =
            name == "model" && attributes.get("xmlns").is_some_and(|ns| ns == NAMESPACE);
        if is_archi {
            self.file.name = attributes.get("name").cloned().unwrap_or_default();
        }
        if is_archi || is_exchange {
            return Ok(());
        }
        let problem = self.broken(at, "the file is no ArchiMate model of version 3");
        Err(problem
            .help(format!(
                "it starts with `<archimate:model`, or with `<model xmlns=\"{NAMESPACE}\"`; export older models anew"
            ))
            .into())
    }

    /// Attributes by their names without a prefix; `xmlns` as it is.
    fn attributes(
        &self,
        at: usize,
        start: &BytesStart<'_>,
    ) -> Result<BTreeMap<String, String>, Diagnostics> {
        let mut attributes = BTreeMap::new();
        for attribute in start.attributes() {
            let attribute = attribute
                .map_err(|error| self.broken(at, &format!("the XML can't be read: {error}")))?;
            let value = attribute
                .normalized_value(XmlVersion::Implicit1_0)
                .map_err(|error| self.broken(at, &format!("the XML can't be read: {error}")))?;
            let key = attribute.key.local_name().as_ref().to_owned();
            // `xmlns:xsi` is not `xsi`, and an attribute without a prefix comes before one with it.
            let declares = attribute.key.as_ref().starts_with("xmlns:");
            if !declares {
                attributes.entry(key).or_insert_with(|| value.into_owned());
            }
        }
        Ok(attributes)
    }

    fn begin_view(&mut self, depth: usize) {
        self.file.views += 1;
        self.view = Some(depth);
    }

    fn begin(&mut self, depth: usize, field: Field) {
        self.field = Some((depth, field, String::new()));
    }

    fn text(&mut self, text: &str) {
        if let Some((_, _, collected)) = &mut self.field {
            collected.push_str(text);
        }
    }

    fn end(&mut self) {
        let depth = self.open.len();
        self.open.pop();
        if self.view == Some(depth) {
            self.view = None;
        }
        if let Some((_, field, text)) = self.field.take_if(|(at, _, _)| *at == depth) {
            self.store(field, text.trim().to_owned());
        }
        if let Some((_, concept)) = self.concept.take_if(|(at, _)| *at == depth) {
            if concept.source.is_empty() && concept.target.is_empty() {
                self.file.elements.push(concept);
            } else {
                self.file.relations.push(concept);
            }
        }
    }

    fn store(&mut self, field: Field, text: String) {
        let concept = self.concept.as_mut().map(|(_, concept)| concept);
        // Of several languages the first counts.
        let translations = &mut self.file.translations;
        let mut first = |place: &mut String| {
            if place.is_empty() {
                place.clone_from(&text);
            } else {
                *translations += 1;
            }
        };
        match (field, concept) {
            (Field::ModelName, _) => first(&mut self.file.name),
            (Field::Name, Some(concept)) => first(&mut concept.name),
            (Field::Documentation, Some(concept)) => first(&mut concept.documentation),
            (Field::Value(key), Some(concept)) => concept.properties.push((key, text)),
            (Field::Definition(id), _) => {
                self.definitions.entry(id).or_insert(text);
            }
            (Field::Name | Field::Documentation | Field::Value(_), None) => {}
        }
    }

    /// Names in place of references to what stands at the end of files.
    fn finish(mut self) -> File {
        for concept in self.file.elements.iter_mut().chain(&mut self.file.relations) {
            let profile = concept.specialization.take();
            concept.specialization = profile.and_then(|id| self.profiles.get(&id).cloned());
            let mut kept = Vec::new();
            for (key, value) in std::mem::take(&mut concept.properties) {
                if key == "specialization" {
                    concept.specialization = Some(value);
                } else {
                    kept.push((self.definitions.get(&key).cloned().unwrap_or(key), value));
                }
            }
            concept.properties = kept;
        }
        self.file
    }
}

fn concept(kind: &str, attributes: &BTreeMap<String, String>) -> Concept {
    let get = |key: &str| attributes.get(key).cloned().unwrap_or_default();
    let id = attributes.get("identifier").or_else(|| attributes.get("id"));
    Concept {
        id: id.cloned().unwrap_or_default(),
        kind: kind.strip_suffix("Relationship").unwrap_or(kind).to_owned(),
        name: get("name").trim().to_owned(),
        specialization: attributes.get("profiles").cloned(),
        source: get("source"),
        target: get("target"),
        access: get("accessType"),
        modifier: attributes
            .get("modifier")
            .or_else(|| attributes.get("strength"))
            .cloned()
            .unwrap_or_default(),
        directed: get("isDirected") == "true" || get("directed") == "true",
        ..Concept::default()
    }
}
