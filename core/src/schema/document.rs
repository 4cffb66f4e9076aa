//! Schemas of documents, from the tables of their fields.

use crate::eval::Verdict;
use crate::form::{Field, Form, Holds};
use crate::json::{Fields, Json};
use crate::metamodel::{EnumIdx, Vocabulary};
use crate::pack::Severity;
use crate::settings::OFF;
use crate::text::Language;

/// The version of JSON Schema.
pub(super) const DIALECT: &str = "https://json-schema.org/draft/2020-12/schema";

/// A day, as documents write it.
const DATE: &str = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$";

/// A schema in the making, with the definitions that it refers to in the order of their first use.
pub(super) struct Definitions<'v> {
    pub(super) vocabulary: Option<&'v Vocabulary>,
    defined: Vec<(String, Json)>,
    model: Option<&'static Form>,
}

impl<'v> Definitions<'v> {
    pub(super) fn new(vocabulary: Option<&'v Vocabulary>) -> Self {
        Self { vocabulary, defined: Vec::new(), model: None }
    }

    /// The schema of documents of a form, in which models may stand.
    pub(super) fn document(mut self, form: &'static Form, model: &'static Form) -> String {
        self.model = Some(model);
        let root = self.part(form);
        self.finish(form, root)
    }

    /// The schema of model documents.
    pub(super) fn model(mut self, form: &'static Form) -> String {
        self.model = Some(form);
        let root = self.whole_model(form);
        self.finish(form, root)
    }

    fn finish(self, form: &Form, root: Fields) -> String {
        let mut fields = Fields::default();
        fields.add("$schema", Json::text(DIALECT));
        fields.add("$id", Json::text(&id_of(form.name)));
        fields.add("title", Json::text(&format!("Spelregel {}", form.name)));
        fields.extend(root);
        fields.object("$defs", self.defined.into_iter());
        let mut text = String::new();
        Json::from(fields).print(&mut text, 0);
        text.push('\n');
        text
    }

    fn part(&mut self, form: &'static Form) -> Fields {
        let mut schema = Fields::default();
        schema.add("description", Json::text(form.about));
        self.fields(form, Vec::new(), &mut schema);
        schema
    }

    /// A model: the fields that every one has, and those of the vocabulary.
    fn whole_model(&mut self, form: &'static Form) -> Fields {
        let mut schema = Fields::default();
        schema.add("description", Json::text(form.about));
        let sections = self.sections();
        self.fields(form, sections, &mut schema);
        schema
    }

    /// What an object of a form, and of more properties, holds.
    fn fields(&mut self, form: &'static Form, more: Vec<(String, Json)>, schema: &mut Fields) {
        schema.add("type", Json::text("object"));
        let own: Vec<(String, Json)> =
            form.fields.iter().map(|field| (field.name.to_owned(), self.field(field))).collect();
        schema.object("properties", own.into_iter().chain(more));
        let required = form.fields.iter().filter(|field| field.is_required);
        schema.list("required", required.map(|field| Json::text(field.name)));
        schema.list("anyOf", form.one_of.iter().map(|name| written(name)));
        schema.add("additionalProperties", Json::Literal("false".to_owned()));
    }

    fn field(&mut self, field: &Field) -> Json {
        let holds = match (field.holds, field.is_required) {
            (Holds::Anything, true) => something(),
            (holds, true) => self.holds(holds),
            (holds, false) => or_nothing(self.holds(holds)),
        };
        Fields::default().with("description", Json::text(field.about)).and(holds).into()
    }

    fn holds(&mut self, holds: Holds) -> Fields {
        match holds {
            Holds::Version => {
                Fields::default().with("enum", Json::List(vec![literal("1"), Json::text("1")]))
            }
            Holds::Text | Holds::Expression | Holds::Single => text(),
            Holds::Flag => typed("boolean"),
            Holds::Number => typed("number"),
            Holds::Date => date(),
            Holds::KebabId => {
                let pattern = Json::text("^[a-z0-9]+(-[a-z0-9]+)*$");
                or_unquoted(
                    typed("string").with("maxLength", literal("128")).with("pattern", pattern),
                )
            }
            Holds::Languages => self.refer("languages", |_| {
                let about = Json::text("A text in one language or both.");
                let mut schema = Fields::default().with("description", about).and(languages());
                schema.list("anyOf", Language::ALL.into_iter().map(|l| written(l.code())));
                schema
            }),
            Holds::TextOrLanguages => self.refer("label", |_| {
                let about = Json::text("A text for both languages, or one for each.");
                Fields::default().with("description", about).and(any_of([text(), languages()]))
            }),
            Holds::Severity => words(Severity::ALL.map(Severity::as_str)),
            Holds::SeverityOrOff => {
                words(Severity::ALL.map(Severity::as_str).into_iter().chain([OFF]))
            }
            Holds::Verdict => words(Verdict::ALL.map(Verdict::as_str)),
            Holds::Language => words(Language::ALL.map(Language::code)),
            Holds::Anything => Fields::default(),
            Holds::List(item) => list(self.holds(*item)),
            Holds::OneOrMore(item) => {
                let item = self.holds(*item);
                any_of([item.clone(), list(item).with("minItems", literal("1"))])
            }
            Holds::Map(value) => {
                let may_be_empty = match value {
                    Holds::Part(form) => form.fields.iter().all(|field| !field.is_required),
                    _ => false,
                };
                let value = self.holds(*value);
                let value = if may_be_empty { or_nothing(value) } else { value };
                typed("object").with("additionalProperties", value.into())
            }
            Holds::Defined(value) => {
                let value = self.holds(*value);
                typed("object")
                    .with("propertyNames", pattern("^\\s*[A-Za-z_][A-Za-z0-9_]*\\s*\\.").into())
                    .with("additionalProperties", value.into())
            }
            Holds::Part(form) => self.refer(form.name, |definitions| definitions.part(form)),
            Holds::Kind => words(self.kind_names()),
            Holds::KindOrModel => words(self.kind_names().into_iter().chain(["Model"])),
            Holds::Phase => self.value_of(|vocabulary| vocabulary.phase),
            Holds::Gate => self.value_of(|vocabulary| vocabulary.gate),
            Holds::Model => match self.model {
                Some(form) => self.refer(form.name, |definitions| definitions.whole_model(form)),
                None => typed("object"),
            },
        }
    }

    fn kind_names(&self) -> Vec<&'v str> {
        let kinds = self.vocabulary.iter().flat_map(|vocabulary| vocabulary.kinds.iter());
        kinds.map(|kind| kind.name.as_str()).collect()
    }

    fn value_of(&mut self, of: impl FnOnce(&Vocabulary) -> Option<EnumIdx>) -> Fields {
        match self.vocabulary.and_then(of) {
            Some(enumeration) => self.enumeration(enumeration),
            None => text(),
        }
    }

    /// A reference to a definition, which is made when it is first referred to.
    pub(super) fn refer(&mut self, name: &str, make: impl FnOnce(&mut Self) -> Fields) -> Fields {
        if self.defined.iter().all(|(known, _)| known != name) {
            let position = self.defined.len();
            // Known before it is made, so that it may refer to itself.
            self.defined.push((name.to_owned(), literal("true")));
            let definition = make(self);
            if let Some((_, place)) = self.defined.get_mut(position) {
                *place = definition.into();
            }
        }
        Fields::default().with("$ref", Json::text(&format!("#/$defs/{name}")))
    }
}

/// A text for each language.
fn languages() -> Fields {
    let texts = Language::ALL.map(|l| (l.code().to_owned(), Json::from(or_nothing(text()))));
    let mut schema = typed("object");
    schema.object("properties", texts.into_iter());
    schema.add("additionalProperties", literal("false"));
    schema
}

/// That an object has a field in which something is written.
fn written(name: &str) -> Json {
    let mut schema = Fields::default();
    schema.list("required", [Json::text(name)].into_iter());
    schema.object("properties", [(name.to_owned(), something().into())].into_iter());
    schema.into()
}

fn something() -> Fields {
    Fields::default().with("not", typed("null").into())
}

/// The same, or what is no text and counts as one: `007` or `true` without quotes.
pub(super) fn or_unquoted(text: Fields) -> Fields {
    let types = ["number", "boolean"].map(Json::text);
    any_of([text, Fields::default().with("type", Json::List(types.to_vec()))])
}

/// What identifies a schema.
pub(super) fn id_of(name: &str) -> String {
    format!("urn:spelregel:schema:1:{name}")
}

pub(super) fn literal(text: &str) -> Json {
    Json::Literal(text.to_owned())
}

pub(super) fn typed(name: &str) -> Fields {
    Fields::default().with("type", Json::text(name))
}

/// Any single value: loading takes it as text.
pub(super) fn text() -> Fields {
    let types = ["string", "number", "boolean"].map(Json::text);
    Fields::default().with("type", Json::List(types.to_vec()))
}

pub(super) fn pattern(pattern: &str) -> Fields {
    Fields::default().with("pattern", Json::text(pattern))
}

pub(super) fn date() -> Fields {
    typed("string").with("format", Json::text("date")).with("pattern", Json::text(DATE))
}

pub(super) fn list(item: Fields) -> Fields {
    typed("array").with("items", item.into())
}

pub(super) fn words<'w>(words: impl IntoIterator<Item = &'w str>) -> Fields {
    Fields::default().with("enum", Json::List(words.into_iter().map(Json::text).collect()))
}

pub(super) fn any_of<const N: usize>(schemas: [Fields; N]) -> Fields {
    Fields::default().with("anyOf", Json::List(schemas.map(Json::from).to_vec()))
}

/// The same, or nothing written: `phase:` with no value says what leaving it out says.
pub(super) fn or_nothing(mut schema: Fields) -> Fields {
    if schema.is_empty() {
        return schema;
    }
    if let Some(types) = schema.get_mut("type") {
        match types {
            Json::List(types) => types.push(Json::text("null")),
            only => *only = Json::List(vec![only.clone(), Json::text("null")]),
        }
    } else if let Some(Json::List(values)) = schema.get_mut("enum") {
        values.push(literal("null"));
    } else if let Some(Json::List(choices)) = schema.get_mut("anyOf") {
        choices.push(typed("null").into());
    } else {
        return any_of([schema, typed("null")]);
    }
    schema
}
