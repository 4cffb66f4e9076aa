//! Random models: elements with properties that are there or not, live and dead; links of all dates; kinds
//! that aren't recorded completely.

use std::collections::BTreeMap;

use serde_json::{Map, Value as Json, json};
use spelregel::Source;

use super::draw::Draw;
use super::vocabulary::{Property, PropertyType, Relation, Vocabulary};

/// A model as data.
#[derive(Debug, Clone)]
pub struct ModelData {
    /// In any order.
    pub elements: Vec<ElementData>,
    /// In any order.
    pub links: Vec<LinkData>,
    /// Kinds that aren't recorded completely, by position.
    pub open_kinds: Vec<usize>,
}

/// An element.
#[derive(Debug, Clone)]
pub struct ElementData {
    /// Its kind, by position.
    pub kind: usize,
    /// Its id.
    pub id: String,
    /// What is recorded of it, its state included.
    pub fields: BTreeMap<String, Json>,
}

/// A link.
#[derive(Debug, Clone)]
pub struct LinkData {
    /// The relation, by position.
    pub relation: usize,
    /// Position of the source among the elements.
    pub source: usize,
    /// Position of the target among the elements.
    pub target: usize,
    /// What is recorded of it, its dates included.
    pub fields: BTreeMap<String, Json>,
    /// Written at its target.
    pub inverse: bool,
}

/// The day at which everything is looked at.
pub const TODAY: &str = "2026-06-01";

const TEXTS: [&str; 12] = [
    "a",
    "b",
    "",
    "Ab",
    "één",
    "  x ",
    "a,b",
    "10",
    "2026-01-31",
    "true",
    "\u{1f680}{}",
    "aab\"'\\",
];
const DATES: [&str; 6] =
    ["2026-06-01", "2026-05-31", "2026-06-02", "2025-01-01", "2024-02-29", "9999-12-31"];

impl ModelData {
    /// Draws one in the vocabulary.
    pub fn draw(draw: &mut Draw<'_>, vocabulary: &Vocabulary) -> Self {
        let mut elements = Vec::new();
        for kind in 0..vocabulary.kinds.len() {
            let count = draw.weighted(&[2, 4, 5, 4, 2]);
            for number in 0..count {
                let letters = vocabulary.section(kind).get(..3).unwrap_or("e");
                // Not in the order of the ids.
                let id = format!("{letters}{}", (number * 7 + 3) % 11);
                let fields = element_fields(draw, vocabulary, kind);
                elements.push(ElementData { kind, id, fields });
            }
        }
        let mut links = Vec::new();
        for (position, relation) in vocabulary.relations.iter().enumerate() {
            for source in 0..elements.len() {
                draw_links(draw, vocabulary, (position, relation), &elements, source, &mut links);
            }
        }
        let kinds: Vec<usize> = (0..vocabulary.kinds.len()).collect();
        let open_kinds = if draw.chance(50) { draw.some(&kinds, 35) } else { Vec::new() };
        Self { elements, links, open_kinds }
    }

    /// The whole model as one document.
    pub fn source(&self, vocabulary: &Vocabulary) -> Source {
        let all: Vec<usize> = (0..self.elements.len()).collect();
        Source::new("model.json", self.document(vocabulary, &all).to_string())
    }

    /// The model as several documents with its elements and links in another order.
    pub fn scattered(&self, vocabulary: &Vocabulary, draw: &mut Draw<'_>) -> Vec<Source> {
        let mut model = self.clone();
        draw.shuffle(&mut model.links);
        for link in &mut model.links {
            link.inverse = draw.chance(50);
        }
        let mut order: Vec<usize> = (0..self.elements.len()).collect();
        draw.shuffle(&mut order);
        let size = 1 + draw.below(order.len());
        let mut parts: Vec<&[usize]> = order.chunks(size).collect();
        if parts.is_empty() {
            parts.push(&[]);
        }
        // With a comment they are YAML, which is read another way than plain JSON.
        let (comment, ending) =
            if draw.chance(50) { ("# A part.\n", "yaml") } else { ("", "json") };
        let parts = parts.into_iter().enumerate();
        parts
            .map(|(at, part)| {
                let text = model.document(vocabulary, part);
                Source::new(format!("part-{at}.{ending}"), format!("{comment}{text}"))
            })
            .collect()
    }

    /// Records what isn't recorded of elements and links, where `wanted` says so of the fact, named as
    /// reports name it. What reads as something while it is absent is left out, and so are the dates of
    /// links: absent they say something too.
    pub fn fill(
        &mut self,
        draw: &mut Draw<'_>,
        vocabulary: &Vocabulary,
        mut wanted: impl FnMut(&mut Draw<'_>, &String) -> bool,
    ) {
        let ids: Vec<String> = self.elements.iter().map(|element| element.id.clone()).collect();
        for element in &mut self.elements {
            let Some(kind) = vocabulary.kinds.get(element.kind) else { continue };
            let id = element.id.clone();
            let properties = kind.properties.iter().filter(|property| property.absent.is_none());
            for property in properties {
                if !element.fields.contains_key(property.name)
                    && wanted(draw, &format!("{id}.{}", property.name))
                {
                    let value = value(draw, vocabulary, property);
                    element.fields.insert(property.name.to_owned(), value);
                }
            }
            let has_state = kind.states.is_empty() || element.fields.contains_key("state");
            if !has_state && wanted(draw, &format!("{id}.state")) {
                let state = json!(draw.one(&kind.states));
                element.fields.insert("state".to_owned(), state);
            }
        }
        for link in &mut self.links {
            let Some(relation) = vocabulary.relations.get(link.relation) else { continue };
            for property in &relation.properties {
                let end = |at: usize| ids.get(at).cloned().unwrap_or_default();
                let fact = format!(
                    "{}.{}[{}].{}",
                    end(link.source),
                    relation.name,
                    end(link.target),
                    property.name
                );
                if !link.fields.contains_key(property.name) && wanted(draw, &fact) {
                    let value = value(draw, vocabulary, property);
                    link.fields.insert(property.name.to_owned(), value);
                }
            }
        }
    }

    /// Adds elements of the kinds that aren't recorded completely, with links to and from what is there;
    /// and now and then says that all is recorded then.
    pub fn enlarge(&mut self, draw: &mut Draw<'_>, vocabulary: &Vocabulary) {
        let before = self.elements.len();
        for kind in self.open_kinds.clone() {
            for number in 0..draw.below(3) {
                let id = format!("{}new{number}", draw.one(&["a", "z"]));
                let id = format!("{id}-{}", vocabulary.section(kind));
                let fields = element_fields(draw, vocabulary, kind);
                self.elements.push(ElementData { kind, id, fields });
            }
        }
        for (position, relation) in vocabulary.relations.iter().enumerate() {
            for source in 0..self.elements.len() {
                let is_new = source >= before;
                let has_one = relation.to_one
                    && self.links.iter().any(|l| l.relation == position && l.source == source);
                if has_one {
                    continue;
                }
                let mut links = Vec::new();
                draw_links(
                    draw,
                    vocabulary,
                    (position, relation),
                    &self.elements,
                    source,
                    &mut links,
                );
                links.retain(|link| is_new || link.target >= before);
                self.links.extend(links);
            }
        }
        if draw.chance(50) {
            self.open_kinds.clear();
        }
    }

    /// A document with the elements at the positions, and the links that are written at them.
    fn document(&self, vocabulary: &Vocabulary, positions: &[usize]) -> Json {
        let mut sections: BTreeMap<&str, Vec<Json>> = BTreeMap::new();
        for position in positions {
            let Some(element) = self.elements.get(*position) else { continue };
            let mut object = Map::from_iter([("id".to_owned(), json!(element.id))]);
            object.extend(element.fields.clone());
            for (field, links) in self.links_at(vocabulary, *position) {
                object.insert(field.to_owned(), links);
            }
            sections.entry(vocabulary.section(element.kind)).or_default().push(object.into());
        }
        let mut document = Map::from_iter([("spelregel".to_owned(), json!(1))]);
        if !self.open_kinds.is_empty() {
            let names = self.open_kinds.iter().map(|kind| vocabulary.kind_name(*kind));
            document.insert("open_kinds".to_owned(), names.collect());
        }
        document.extend(
            sections.into_iter().map(|(name, elements)| (name.to_owned(), elements.into())),
        );
        document.into()
    }

    /// The relations written at an element, with what they lead to.
    fn links_at(&self, vocabulary: &Vocabulary, position: usize) -> Vec<(&'static str, Json)> {
        let mut fields: BTreeMap<&str, Vec<Json>> = BTreeMap::new();
        for link in &self.links {
            let (here, there) =
                if link.inverse { (link.target, link.source) } else { (link.source, link.target) };
            let (Some(relation), Some(there)) =
                (vocabulary.relations.get(link.relation), self.elements.get(there))
            else {
                continue;
            };
            if here != position {
                continue;
            }
            let name = if link.inverse { relation.inverse } else { relation.name };
            let written = if link.fields.is_empty() {
                json!(there.id)
            } else {
                let mut object = Map::from_iter([("to".to_owned(), json!(there.id))]);
                object.extend(link.fields.clone());
                object.into()
            };
            fields.entry(name).or_default().push(written);
        }
        fields.into_iter().map(|(name, links)| (name, links.into())).collect()
    }
}

fn element_fields(
    draw: &mut Draw<'_>,
    vocabulary: &Vocabulary,
    kind: usize,
) -> BTreeMap<String, Json> {
    let mut fields = BTreeMap::new();
    let Some(kind) = vocabulary.kinds.get(kind) else { return fields };
    for property in &kind.properties {
        if draw.chance(65) {
            fields.insert(property.name.to_owned(), value(draw, vocabulary, property));
        }
    }
    if !kind.states.is_empty() && draw.chance(60) {
        let states = if draw.chance(20) { &kind.dead_states } else { &kind.states };
        fields.extend(draw.pick(states).map(|state| ("state".to_owned(), json!(state))));
    }
    fields
}

/// Links of a relation from an element, no two to the same target.
fn draw_links(
    draw: &mut Draw<'_>,
    vocabulary: &Vocabulary,
    (position, relation): (usize, &Relation),
    elements: &[ElementData],
    source: usize,
    links: &mut Vec<LinkData>,
) {
    let Some(kind) = elements.get(source).map(|element| element.kind) else { return };
    let kinds = relation.targets(false, kind);
    let mut targets: Vec<usize> = (0..elements.len())
        .filter(|at| elements.get(*at).is_some_and(|element| kinds.contains(&element.kind)))
        .collect();
    let count = draw.weighted(&[4, 4, 2, 1]).min(if relation.to_one { 1 } else { 3 });
    for _ in 0..count.min(targets.len()) {
        let target = targets.remove(draw.below(targets.len()));
        let mut fields = BTreeMap::new();
        for property in &relation.properties {
            if draw.chance(60) {
                fields.insert(property.name.to_owned(), value(draw, vocabulary, property));
            }
        }
        if relation.has_validity {
            for (name, past) in [("valid_from", 70), ("valid_until", 30)] {
                if draw.chance(40) {
                    let is_past = draw.chance(past);
                    let date = if is_past { "2026-01-01" } else { "2026-12-31" };
                    fields.insert(name.to_owned(), json!(date));
                }
            }
            let date = |name: &str| fields.get(name).and_then(Json::as_str);
            if date("valid_until").is_some_and(|until| date("valid_from") > Some(until)) {
                fields.remove("valid_until");
            }
        }
        let inverse = draw.chance(30);
        links.push(LinkData { relation: position, source, target, fields, inverse });
    }
}

/// A value that the property may hold.
pub fn value(draw: &mut Draw<'_>, vocabulary: &Vocabulary, property: &Property) -> Json {
    match property.ty {
        PropertyType::Text => json!(draw.one(&TEXTS)),
        PropertyType::Bool => json!(draw.chance(50)),
        PropertyType::Int => {
            json!(draw.one(&[1, 0, 2, 3, 7, -1, 30, 100, i64::MAX, i64::MIN]))
        }
        PropertyType::Number => {
            json!(draw.one(&[
                1.0,
                0.0,
                0.1,
                0.2,
                0.3,
                2.5,
                -1.5,
                100.0,
                1e300,
                9_007_199_254_740_993.0
            ]))
        }
        PropertyType::Date => json!(draw.one(&DATES)),
        PropertyType::Texts => {
            let count = 1 + draw.below(3);
            (0..count).map(|_| json!(draw.one(&TEXTS))).collect()
        }
        PropertyType::Enum(enumeration) => json!(draw.one(vocabulary.values(enumeration))),
    }
}
