//! Which kind each element becomes, with which properties.

use std::collections::{BTreeMap, BTreeSet};

use super::mapping::Mapping;
use super::notes::{Notes, Reason, Skipped};
use super::read::{Concept, File};
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
    let mut placed = Placed::default();
    let mut ids = Ids::default();
    let surroundings = Surroundings::of(file);
    for (position, concept) in file.elements.iter().enumerate() {
        if placed.by_id.contains_key(&concept.id) {
            let name = concept.name.clone();
            notes.skipped_elements.push(Skipped::new(concept, name, Reason::SameId));
            continue;
        }
        placed.by_id.insert(concept.id.clone(), position);
        if JUNCTIONS.contains(&concept.kind.as_str()) {
            notes.junctions += 1;
            continue;
        }
        if surroundings.actor_of.contains_key(concept.id.as_str()) {
            notes.merged += 1;
            continue;
        }
        match kind_of(vocabulary, mapping, concept, &surroundings) {
            Err(reason) => {
                let name = concept.name.clone();
                notes.skipped_elements.push(Skipped::new(concept, name, reason));
            }
            Ok(kind) => {
                let name = &vocabulary.kinds[kind].name;
                *notes.placed_elements.entry(name.clone()).or_default() += 1;
                let element = element(vocabulary, mapping, concept, kind, &mut ids, notes);
                placed.elements.insert(position, element);
            }
        }
    }
    for (stakeholder, actor) in surroundings.actor_of {
        if let Some(position) = placed.by_id.get(actor).copied() {
            placed.by_id.insert(stakeholder.to_owned(), position);
        }
    }
    placed
}

/// What the relationships of the file say of the elements at their ends.
struct Surroundings<'f> {
    /// Stakeholders with the actor that is assigned to them.
    actor_of: BTreeMap<&'f str, &'f str>,
    /// Elements that hold others of their type, and elements that such ones hold.
    holders: BTreeSet<&'f str>,
    held: BTreeSet<&'f str>,
    /// The types of the elements that each is linked to.
    linked: BTreeMap<&'f str, BTreeSet<&'f str>>,
}

impl<'f> Surroundings<'f> {
    fn of(file: &'f File) -> Self {
        let types: BTreeMap<&str, &str> =
            file.elements.iter().map(|c| (c.id.as_str(), c.kind.as_str())).collect();
        let mut around = Self {
            actor_of: BTreeMap::new(),
            holders: BTreeSet::new(),
            held: BTreeSet::new(),
            linked: BTreeMap::new(),
        };
        for relation in &file.relations {
            let (from, to) = (relation.source.as_str(), relation.target.as_str());
            let (Some(source), Some(target)) = (types.get(from), types.get(to)) else { continue };
            around.linked.entry(from).or_default().insert(target);
            around.linked.entry(to).or_default().insert(source);
            match relation.kind.as_str() {
                "Assignment" if (*source, *target) == ("BusinessActor", "Stakeholder") => {
                    around.actor_of.entry(to).or_insert(from);
                }
                "Aggregation" | "Composition" if source == target => {
                    around.holders.insert(from);
                    around.held.insert(to);
                }
                _ => {}
            }
        }
        around
    }
}

fn kind_of(
    vocabulary: &Vocabulary,
    mapping: &Mapping,
    concept: &Concept,
    around: &Surroundings<'_>,
) -> Result<KindIdx, Reason> {
    if let Some(kind) = property(concept, "kind") {
        let wanted = kind.to_lowercase();
        let named = vocabulary.kinds.enumerate().find(|(_, one)| one.name.to_lowercase() == wanted);
        return named.map(|(kind, _)| kind).ok_or(Reason::NoKind);
    }
    let of_type = |one: &&super::mapping::Recogniser| one.element == concept.kind;
    let is_called = |called: &[String], text: &str| {
        let text = text.trim().to_lowercase();
        called.contains(&text)
    };
    if let Some(specialization) = &concept.specialization {
        let special = mapping.kinds.iter().filter(of_type);
        if let Some(found) = special.into_iter().find(|one| is_called(&one.called, specialization))
        {
            return Ok(found.kind);
        }
    }
    let id = concept.id.as_str();
    let mut named = mapping.named.iter().filter(of_type);
    if let Some(found) = named.find(|one| is_called(&one.called, &concept.name)) {
        return Ok(found.kind);
    }
    let outermost = mapping.outermost.iter().find(|(_, element)| *element == concept.kind);
    if let Some((kind, _)) = outermost
        && concept.specialization.is_none()
        && around.holders.contains(id)
        && !around.held.contains(id)
    {
        return Ok(*kind);
    }
    let any = mapping.kinds.iter().filter(of_type).find(|one| one.called.is_empty());
    let kind = any.ok_or(Reason::NoKind)?.kind;
    let needed = mapping.linked.iter().find(|(one, _)| *one == kind).map(|(_, element)| element);
    if let Some(needed) = needed
        && !around.linked.get(id).is_some_and(|linked| linked.contains(needed.as_str()))
        && type_property(vocabulary, mapping, kind).is_none_or(|p| property(concept, p).is_none())
    {
        return Err(Reason::NoWork);
    }
    let name = concept.name.to_lowercase();
    let words =
        mapping.not_named.iter().filter(|(one, _)| *one == kind).flat_map(|(_, words)| words);
    if words.into_iter().any(|word| name.contains(word.as_str())) {
        return Err(Reason::Baseline);
    }
    Ok(kind)
}

/// The property that says of which type an element of the kind is.
fn type_property<'m>(
    vocabulary: &Vocabulary,
    mapping: &'m Mapping,
    kind: KindIdx,
) -> Option<&'m str> {
    mapping.fallbacks.get(&vocabulary.kinds[kind].name).map(|(property, _)| property.as_str())
}

/// The first value of a property, with or without the prefix that marks those of ours.
pub(super) fn property<'c>(concept: &'c Concept, name: &str) -> Option<&'c str> {
    let is_it = |key: &str| key.strip_prefix("prgm:").unwrap_or(key).eq_ignore_ascii_case(name);
    // Without the prefix, `kind` and `relation` are words that anybody uses.
    let needs_prefix = matches!(name, "kind" | "relation");
    let found = concept
        .properties
        .iter()
        .find(|(key, _)| is_it(key) && (!needs_prefix || key.starts_with("prgm:")));
    found.map(|(_, value)| value.as_str())
}

fn element(
    vocabulary: &Vocabulary,
    mapping: &Mapping,
    concept: &Concept,
    kind: KindIdx,
    ids: &mut Ids,
    notes: &mut Notes,
) -> PlacedElement {
    let mut properties: Vec<(PropertyIdx, String)> = Vec::new();
    let mut set = |name: &str, value: &str| {
        let Some(property) = vocabulary.property_of(kind, name) else { return false };
        let Some(value) = readable(vocabulary, property, value) else { return false };
        if properties.iter().all(|(other, _)| *other != property) {
            properties.push((property, value));
        }
        true
    };
    for (name, text) in [("name", &concept.name), ("description", &concept.documentation)] {
        if !text.is_empty() {
            set(name, text);
        }
    }
    for (key, value) in &concept.properties {
        let name = key.strip_prefix("prgm:").unwrap_or(key);
        if name != "kind" && !set(name, value) {
            *notes.unread.entry(key.clone()).or_default() += 1;
        }
    }
    let special =
        concept.specialization.as_deref().map(|text| text.trim().to_lowercase().replace(' ', "_"));
    if let Some(special) = &special
        && let Some(property) = vocabulary.property_of(kind, special)
        && vocabulary.properties[property].kind == PropertyType::Bool
    {
        set(special, "true");
    }
    if let Some((name, fallback)) = mapping.fallbacks.get(&vocabulary.kinds[kind].name) {
        let recorded = property(concept, name).is_some_and(|value| set(name, value));
        let by_special = !recorded && special.as_deref().is_some_and(|special| set(name, special));
        if !recorded && !by_special {
            let by_type = mapping.by_type.get(&concept.kind).filter(|(one, _)| one == name);
            let value = by_type.map_or(fallback, |(_, value)| value);
            if set(name, value) && by_type.is_none() {
                notes.filled_in.push((concept.id.clone(), format!("{name} {value}")));
            }
        }
    }
    let id = ids.give(&concept.id);
    if id != concept.id {
        notes.renamed += 1;
        set("source", &concept.id);
    }
    PlacedElement { kind, id, properties }
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
        PropertyType::Date => value.parse::<Date>().ok().map(|date| date.to_string()),
        PropertyType::Enum(enumeration) => {
            let name = value.to_lowercase().replace([' ', '-'], "_");
            let exact = [value, name.as_str()];
            let found =
                exact.into_iter().find(|name| vocabulary.enum_value(enumeration, name).is_some());
            found.map(str::to_owned)
        }
    }
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
