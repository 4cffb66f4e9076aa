//! Which elements have a place, with which id and properties.

use std::collections::{BTreeMap, BTreeSet};

use super::mapping::{Mapping, Pair};
use super::notes::{Notes, Reason, Skipped};
use super::read::{Concept, File};
use super::recognise::{Recognised, Surroundings, hint, kind_of, linked, own_name};
use crate::metamodel::{KindIdx, PropertyIdx, PropertyType, Vocabulary};
use crate::model::draft::{check_id, repaired_id};
use crate::value::Date;

/// The elements of the file that have a place.
#[derive(Debug, Default)]
pub(super) struct Placed {
    /// By position in the file.
    pub(super) elements: BTreeMap<usize, PlacedElement>,
    /// Position in the file by the id there; a stakeholder leads to its actor.
    pub(super) by_id: BTreeMap<String, usize>,
}

#[derive(Debug)]
pub(super) struct PlacedElement {
    pub(super) kind: KindIdx,
    pub(super) id: String,
    pub(super) properties: Vec<(PropertyIdx, String)>,
}

pub(super) const JUNCTIONS: &[&str] = &["Junction", "AndJunction", "OrJunction"];

pub(super) fn place(
    vocabulary: &Vocabulary,
    mapping: &Mapping,
    file: &File,
    notes: &mut Notes,
) -> Placed {
    let around = Surroundings::of(file);
    let mut placed = Placed::default();
    let mut kinds = BTreeMap::new();
    let mut waiting = BTreeMap::new();
    let mut reasons = BTreeMap::new();
    for (position, concept) in file.elements.iter().enumerate() {
        if placed.by_id.contains_key(&concept.id) {
            reasons.insert(position, Reason::SameId);
            continue;
        }
        placed.by_id.insert(concept.id.clone(), position);
        if JUNCTIONS.contains(&concept.kind.as_str()) {
            notes.junctions += 1;
        } else if around.actor_of.contains_key(concept.id.as_str()) {
            notes.merged += 1;
        } else {
            match kind_of(vocabulary, mapping, concept, &around) {
                Err(reason) => {
                    reasons.insert(position, reason);
                }
                Ok(Recognised { kind, if_linked: true }) => {
                    reasons.insert(position, Reason::NotLinked);
                    waiting.insert(position, kind);
                }
                Ok(Recognised { kind, if_linked: false }) => {
                    kinds.insert(position, kind);
                }
            }
        }
    }
    for (stakeholder, actor) in &around.actor_of {
        if let Some(position) = placed.by_id.get(*actor).copied() {
            placed.by_id.insert((*stakeholder).to_owned(), position);
        }
    }
    let linked = linked(vocabulary, mapping, file, &placed.by_id, &kinds, waiting);
    kinds.extend(linked);
    let mut ids = Ids::default();
    for (position, concept) in file.elements.iter().enumerate() {
        if let Some(kind) = kinds.get(&position).copied() {
            let name = &vocabulary.kinds[kind].name;
            *notes.placed_elements.entry(name.clone()).or_default() += 1;
            if let Some(suggested) = hint(vocabulary, mapping, concept, kind) {
                let what = format!("{} {}", concept.id, concept.name);
                notes.hints.push((what, suggested.to_owned()));
            }
            let in_favour = around.in_favour.contains(concept.id.as_str());
            let id = ids.give(&concept.id);
            let mut properties = Properties { vocabulary, kind, list: Vec::new() };
            if id != concept.id {
                notes.renamed += 1;
                properties.set("source", &concept.id);
            }
            properties.read(concept, notes);
            properties.type_of(mapping, concept, in_favour, notes);
            placed
                .elements
                .insert(position, PlacedElement { kind, id, properties: properties.list });
        } else if let Some(reason) = reasons.get(&position).copied() {
            notes.skipped_elements.push(Skipped::new(concept, concept.name.clone(), reason));
        }
    }
    placed
}

/// What is recorded of an element, in the order in which it was found.
struct Properties<'v> {
    vocabulary: &'v Vocabulary,
    kind: KindIdx,
    list: Vec<(PropertyIdx, String)>,
}

impl Properties<'_> {
    /// Whether the kind has the property, the value fits, and it is the first one.
    fn set(&mut self, name: &str, value: &str) -> bool {
        // The id of an element is that of the concept, whatever its properties call an id.
        if name == "id" {
            return false;
        }
        let read = || {
            let property = self.vocabulary.property_of(self.kind, name)?;
            Some((property, readable(self.vocabulary, property, value)?))
        };
        match read() {
            Some(read) if self.list.iter().all(|(other, _)| *other != read.0) => {
                self.list.push(read);
                true
            }
            _ => false,
        }
    }

    fn has(&self, name: &str) -> bool {
        let property = self.vocabulary.property_of(self.kind, name);
        self.list.iter().any(|(other, _)| Some(*other) == property)
    }

    /// What the element itself says.
    fn read(&mut self, concept: &Concept, notes: &mut Notes) {
        for (name, text) in [("name", &concept.name), ("description", &concept.documentation)] {
            self.set(name, text);
        }
        for (key, value) in &concept.properties {
            let (name, prefixed) = own_name(key);
            let is_mark = name == "kind" && prefixed;
            if !is_mark && !self.set(&name, value) {
                *notes.unread.entry(key.clone()).or_default() += 1;
            }
        }
        let special = concept.specialization.as_ref().map(|text| text.trim().to_lowercase());
        if let Some(special) = special.map(|text| text.replace(' ', "_"))
            && let Some(property) = self.vocabulary.property_of(self.kind, &special)
            && self.vocabulary.properties[property].kind == PropertyType::Bool
        {
            self.set(&special, "true");
        }
    }

    /// Of which type it is within its kind, where it doesn't say so: by specialization or type of element, else
    /// filled in by name, by what it influences, or as the mapping has it.
    fn type_of(
        &mut self,
        mapping: &Mapping,
        concept: &Concept,
        in_favour: bool,
        notes: &mut Notes,
    ) {
        let (vocabulary, kind) = (self.vocabulary, self.kind);
        let kind_name = &vocabulary.kinds[kind].name;
        let Some((name, fallback)) = mapping.fallbacks.get(kind_name) else { return };
        if self.has(name) {
            return;
        }
        let value = |pair: Option<&Pair>| match pair {
            Some((one, value)) if one == name => Some(value.clone()),
            _ => None,
        };
        let called = |text: &str| mapping.type_called(vocabulary, kind, text).map(str::to_owned);
        let by_special = concept.specialization.as_deref().and_then(|special| {
            let listed = mapping.by_specialization.get(&special.trim().to_lowercase());
            value(listed).or_else(|| called(special))
        });
        if let Some(told) = by_special.or_else(|| value(mapping.by_type.get(&concept.kind))) {
            self.set(name, &told);
            return;
        }
        let by_influence = || value(mapping.by_influence.get(kind_name).filter(|_| in_favour));
        let filled_in = called(&concept.name).or_else(by_influence);
        let filled_in = filled_in.unwrap_or_else(|| fallback.clone());
        if self.set(name, &filled_in) {
            notes.filled_in.push((concept.id.clone(), format!("{name} {filled_in}")));
        }
    }
}

/// The ids that are given out, and the numbers that follow those made up.
#[derive(Default)]
struct Ids {
    taken: BTreeSet<String>,
    numbers: BTreeMap<String, u32>,
}

impl Ids {
    /// The id of the file where it is one, else one made of it that is free.
    fn give(&mut self, original: &str) -> String {
        let mut id = match check_id(original) {
            Ok(()) => original.to_owned(),
            Err(_) => repaired_id(original).unwrap_or_else(|| "element".to_owned()),
        };
        let stem: String = id.chars().take(100).collect();
        while self.taken.contains(&id) {
            let number = self.numbers.entry(stem.clone()).or_insert(1);
            *number += 1;
            id = format!("{stem}-{number}");
        }
        self.taken.insert(id.clone());
        id
    }
}

/// The value as model documents write it, where the property can take it.
pub(super) fn readable(
    vocabulary: &Vocabulary,
    property: PropertyIdx,
    value: &str,
) -> Option<String> {
    let property = &vocabulary.properties[property];
    let value = value.trim();
    let in_bounds = |number: f64| {
        property.min.is_none_or(|min| number >= min) && property.max.is_none_or(|max| number <= max)
    };
    let number =
        || value.parse::<f64>().ok().filter(|number| number.is_finite() && in_bounds(*number));
    match property.kind {
        _ if value.is_empty() => None,
        PropertyType::Text => Some(quoted(value)),
        PropertyType::Texts => {
            let parts = value.split(';').map(str::trim).filter(|part| !part.is_empty());
            Some(format!("[{}]", parts.map(quoted).collect::<Vec<_>>().join(", ")))
        }
        PropertyType::Bool => {
            let lower = value.to_lowercase();
            matches!(lower.as_str(), "true" | "false").then_some(lower)
        }
        PropertyType::Int => {
            let whole = value.parse::<i64>().ok()?;
            number().map(|_| whole.to_string())
        }
        PropertyType::Number => number().map(|number| number.to_string()),
        PropertyType::Date => day(value).parse::<Date>().ok().map(|date| date.to_string()),
        PropertyType::Enum(enumeration) => {
            let name = value.to_lowercase().replace([' ', '-'], "_");
            let exact = [value, name.as_str()];
            let found =
                exact.into_iter().find(|name| vocabulary.enum_value(enumeration, name).is_some());
            found.map(str::to_owned)
        }
    }
}

/// The day of a point in time, as the exchange format may write it.
fn day(value: &str) -> &str {
    value.split_once('T').map_or(value, |(day, _)| day)
}

/// A text in double quotes, as YAML and JSON have it.
pub(super) fn quoted(text: &str) -> String {
    let clean: String = text
        .chars()
        .map(|c| match c {
            '\n' | '\t' => c,
            '\u{feff}' | '\u{fffe}' | '\u{ffff}' => ' ',
            c if c.is_control() => ' ',
            c => c,
        })
        .collect();
    serde_json::to_string(&clean).unwrap_or_default()
}
