//! Schemas of elements and links, from a vocabulary.

use super::document::{
    Definitions, any_of, date, list, literal, or_nothing, or_unquoted, text, typed, words,
};
use crate::json::{Fields, Json};
use crate::metamodel::{
    EnumIdx, Kind, KindIdx, Property, PropertyIdx, PropertyType, RelationIdx, Vocabulary,
};
use crate::model::draft::ID_LENGTH;
use crate::text::{Language, Text};

/// Letters, digits and `. _ - :`, starting with a letter or digit. Of letters beyond ASCII it leaves open
/// which are: not every dialect of patterns can say.
const ID: &str =
    r"^[^\x00-\x2f\x3a-\x40\x5b-\x60\x7b-\x7f][^\x00-\x2c\x2f\x3b-\x40\x5b-\x5e\x60\x7b-\x7f]*$";

impl Definitions<'_> {
    /// A section for each kind.
    pub(super) fn sections(&mut self) -> Vec<(String, Json)> {
        let Some(v) = self.vocabulary else { return Vec::new() };
        let mut sections = Vec::new();
        for (index, kind) in v.kinds.enumerate() {
            let element = self.refer(&kind.name, |definitions| definitions.element(v, index, kind));
            let mut schema = Fields::default();
            schema.add("description", Json::text(&both(&kind.plural)));
            schema.extend(or_nothing(list(element)));
            sections.push((kind.section.clone(), schema.into()));
        }
        sections
    }

    fn element(&mut self, v: &Vocabulary, index: KindIdx, kind: &Kind) -> Fields {
        let mut fields: Vec<(String, Json)> = Vec::new();
        for property in &kind.properties {
            let declared = &v.properties[*property];
            let schema = if declared.name == "id" {
                self.id()
            } else {
                self.property(v, *property, Some(kind))
            };
            fields.push((declared.name.clone(), schema.into()));
        }
        for (relation, declared) in v.relations.enumerate() {
            for (inverse, name) in [(false, &declared.name), (true, &declared.inverse)] {
                if !v.targets(relation, inverse, index).is_empty() {
                    let schema = self.relation(v, relation, inverse, index);
                    fields.push((name.clone(), schema.into()));
                }
            }
        }
        let mut schema = Fields::default();
        schema.add("title", Json::text(&both(&kind.label)));
        schema.add("description", Json::text(kind.description.get(Language::En)));
        schema.extend(typed("object"));
        schema.object("properties", fields.into_iter());
        schema.list("required", [Json::text("id")].into_iter());
        schema.add("additionalProperties", literal("false"));
        schema
    }

    fn id(&mut self) -> Fields {
        self.refer("id", |_| {
            let length = literal(&ID_LENGTH.to_string());
            let id = typed("string").with("maxLength", length).with("pattern", Json::text(ID));
            let about = "1 to 128 letters, digits and . _ - :, starting with a letter or digit.";
            Fields::default().with("description", Json::text(about)).and(or_unquoted(id))
        })
    }

    /// A property of elements, of a kind, or of links.
    fn property(&mut self, v: &Vocabulary, property: PropertyIdx, kind: Option<&Kind>) -> Fields {
        let declared = &v.properties[property];
        let value = match declared.kind {
            PropertyType::Text => text(),
            PropertyType::Bool => typed("boolean"),
            PropertyType::Int => within(typed("integer"), declared),
            PropertyType::Number => within(typed("number"), declared),
            PropertyType::Date => date(),
            PropertyType::Texts => list(text()),
            PropertyType::Enum(enumeration) => match kind {
                Some(kind) if Some(enumeration) == v.state => {
                    words(kind.states.iter().map(|state| v.enum_name(enumeration, *state)))
                }
                _ => self.enumeration(enumeration),
            },
        };
        Fields::default()
            .with("description", Json::text(&about_property(v, declared)))
            .and(or_nothing(value))
    }

    /// A value of an enumeration.
    pub(super) fn enumeration(&mut self, enumeration: EnumIdx) -> Fields {
        let Some(v) = self.vocabulary else { return text() };
        let declared = &v.enumerations[enumeration];
        self.refer(&declared.name, |_| {
            let meanings = declared.values.iter().map(|value| {
                let about = value.description.get(Language::En);
                let colon = if about.is_empty() { "" } else { ": " };
                format!("{}: {}{colon}{about}", value.name, both(&value.label))
            });
            let lines = std::iter::once(both(&declared.label)).chain(meanings);
            let about = lines.collect::<Vec<_>>().join("\n");
            let values = words(declared.values.iter().map(|value| value.name.as_str()));
            Fields::default().with("description", Json::text(&about)).and(values)
        })
    }

    /// Links of a relation from elements of a kind: one or several, each an id or more.
    fn relation(
        &mut self,
        v: &Vocabulary,
        relation: RelationIdx,
        inverse: bool,
        from: KindIdx,
    ) -> Fields {
        let declared = &v.relations[relation];
        let name = match declared.properties.as_slice() {
            [] => "link".to_owned(),
            _ => format!("link_{}", declared.name),
        };
        let link = self.refer(&name, |definitions| definitions.link(v, relation));
        let label = if inverse { &declared.inverse_label } else { &declared.label };
        let targets = v.targets(relation, inverse, from);
        let kinds: Vec<&str> = targets.iter().map(|kind| v.kinds[kind].name.as_str()).collect();
        let about = declared.description.get(Language::En);
        let about = format!("{}: {}. {about}", both(label), kinds.join(", "));
        Fields::default()
            .with("description", Json::text(about.trim_end()))
            .and(or_nothing(any_of([link.clone(), list(link)])))
    }

    fn link(&mut self, v: &Vocabulary, relation: RelationIdx) -> Fields {
        let declared = &v.relations[relation];
        let mut fields = vec![("to".to_owned(), Json::from(self.id()))];
        for property in &declared.properties {
            let name = v.properties[*property].name.clone();
            fields.push((name, self.property(v, *property, None).into()));
        }
        let mut object = typed("object");
        object.object("properties", fields.into_iter());
        object.list("required", [Json::text("to")].into_iter());
        object.add("additionalProperties", literal("false"));
        any_of([self.id(), object])
    }
}

fn within(schema: Fields, property: &Property) -> Fields {
    let mut schema = schema;
    let bound = |bound: Option<f64>| bound.map(|bound| literal(&bound.to_string()));
    schema.optional("minimum", bound(property.min));
    schema.optional("maximum", bound(property.max));
    schema
}

/// A label in both languages.
fn both(label: &Text) -> String {
    match (label.get(Language::En), label.get(Language::Nl)) {
        (english, dutch) if english == dutch => english.to_owned(),
        (english, dutch) => format!("{english} ({dutch})"),
    }
}

fn about_property(v: &Vocabulary, property: &Property) -> String {
    let mut text = format!("{}.", both(&property.label));
    let description = property.description.get(Language::En);
    if !description.is_empty() {
        text = format!("{text} {description}");
    }
    if let Some(unit) = &property.unit {
        text = format!("{text} Unit: {unit}.");
    }
    if let Some(absent) = &property.absent {
        let absent = crate::metamodel::plain(v, absent);
        let absent = absent.as_str().map_or_else(|| absent.to_string(), str::to_owned);
        text = format!("{text} Where it is not filled in: {absent}.");
    }
    text
}
