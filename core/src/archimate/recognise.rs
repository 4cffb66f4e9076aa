//! Which kind each element is.

use std::collections::{BTreeMap, BTreeSet};

use super::mapping::Mapping;
use super::notes::Reason;
use super::read::{Concept, File};
use crate::metamodel::{KindIdx, Vocabulary};

/// What the relationships of the file say of the elements at their ends.
pub(super) struct Surroundings<'f> {
    /// Stakeholders with the actor that is assigned to them.
    pub(super) actor_of: BTreeMap<&'f str, &'f str>,
    /// Elements that have an influence in favour of something.
    pub(super) in_favour: BTreeSet<&'f str>,
    /// Elements that hold others of their type, and elements that such ones hold.
    holders: BTreeSet<&'f str>,
    held: BTreeSet<&'f str>,
}

impl<'f> Surroundings<'f> {
    pub(super) fn of(file: &'f File) -> Self {
        let types: BTreeMap<&str, &str> =
            file.elements.iter().map(|c| (c.id.as_str(), c.kind.as_str())).collect();
        let mut around = Self {
            actor_of: BTreeMap::new(),
            in_favour: BTreeSet::new(),
            holders: BTreeSet::new(),
            held: BTreeSet::new(),
        };
        for relation in &file.relations {
            let (from, to) = (relation.source.as_str(), relation.target.as_str());
            let (Some(source), Some(target)) = (types.get(from), types.get(to)) else { continue };
            match (relation.kind.as_str(), *source, *target) {
                ("Assignment", "BusinessActor" | "BusinessCollaboration", "Stakeholder") => {
                    around.actor_of.entry(to).or_insert(from);
                }
                ("Aggregation" | "Composition", _, _) if source == target => {
                    around.holders.insert(from);
                    around.held.insert(to);
                }
                _ if relation.favours() => {
                    around.in_favour.insert(from);
                }
                _ => {}
            }
        }
        around
    }
}

/// The kind of an element, as far as it shows by itself.
pub(super) struct Recognised {
    pub(super) kind: KindIdx,
    /// It has a place only where it is linked to what has one.
    pub(super) if_linked: bool,
}

pub(super) fn kind_of(
    vocabulary: &Vocabulary,
    mapping: &Mapping,
    concept: &Concept,
    around: &Surroundings<'_>,
) -> Result<Recognised, Reason> {
    let certain = |kind| Ok(Recognised { kind, if_linked: false });
    if let Some(kind) = property(concept, "kind") {
        let wanted = kind.to_lowercase();
        let named = vocabulary.kinds.enumerate().find(|(_, one)| one.name.to_lowercase() == wanted);
        return named.map_or(Err(Reason::NoKind), |(kind, _)| certain(kind));
    }
    let of_type = || mapping.kinds.iter().filter(|one| one.element == concept.kind);
    let special = concept.specialization.as_ref().map(|text| text.trim().to_lowercase());
    if let Some(special) = &special
        && let Some(found) = of_type().find(|one| one.names(special))
    {
        return certain(found.kind);
    }
    let tells_type = |kind: KindIdx| {
        let of_type = mapping.type_property(vocabulary, kind);
        of_type.is_some_and(|name| property(concept, name).is_some())
    };
    let is_named = |kind: KindIdx| {
        mapping.by_name.iter().any(|(one, _)| *one == kind)
            && mapping.type_called(vocabulary, kind, &concept.name).is_some()
    };
    let by_property = |kind: KindIdx| mapping.by_type_property.contains(&kind) && tells_type(kind);
    if let Some(found) = of_type().find(|one| by_property(one.kind) || is_named(one.kind)) {
        return certain(found.kind);
    }
    let id = concept.id.as_str();
    let outermost = mapping.outermost.iter().find(|(_, element)| *element == concept.kind);
    if let Some((kind, _)) = outermost
        && special.is_none()
        && around.holders.contains(id)
        && !around.held.contains(id)
    {
        return certain(*kind);
    }
    let Some(any) = of_type().find(|one| one.takes_any(special.is_some())) else {
        let would_do = of_type().next().is_some();
        return Err(if would_do { Reason::Unmarked } else { Reason::NoKind });
    };
    let kind = any.kind;
    let name = words(&concept.name);
    let special = special.as_deref().map(words).unwrap_or_default();
    let not_so = mapping.not_named.iter().filter(|(one, _)| *one == kind);
    let mut not_so = not_so.flat_map(|(_, all)| all).map(|word| words(word));
    if not_so.any(|word| name.contains(&word) || special.contains(&word)) {
        return Err(Reason::Baseline);
    }
    Ok(Recognised { kind, if_linked: mapping.linked.contains(&kind) && !tells_type(kind) })
}

/// The words of a text in lower case, with a space around each, so that whole words can be looked for.
fn words(text: &str) -> String {
    let lower = text.to_lowercase();
    let words = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.fold(String::from(" "), |all, word| all + word + " ")
}

/// What the name suggests beside the kind that the element became.
pub(super) fn hint<'v>(
    vocabulary: &'v Vocabulary,
    mapping: &Mapping,
    concept: &Concept,
    kind: KindIdx,
) -> Option<&'v str> {
    let name = words(&concept.name);
    let suggested = mapping.hints.iter().find(|(suggested, (element, beginnings))| {
        let begins = |beginning: &String| name.contains(&format!(" {beginning}"));
        *suggested != kind && *element == concept.kind && beginnings.iter().any(begins)
    });
    suggested.map(|(suggested, _)| vocabulary.kinds[*suggested].name.as_str())
}

/// Of the elements that need a link to what has a place, those that have one, by way of each other too.
pub(super) fn linked(
    vocabulary: &Vocabulary,
    mapping: &Mapping,
    file: &File,
    by_id: &BTreeMap<String, usize>,
    placed: &BTreeMap<usize, KindIdx>,
    mut waiting: BTreeMap<usize, KindIdx>,
) -> Vec<(usize, KindIdx)> {
    // The relationships of each element that waits, with the element at their other end.
    let mut around: BTreeMap<usize, Vec<(usize, &Concept)>> = BTreeMap::new();
    let mut open = Vec::new();
    for relation in &file.relations {
        let (Some(from), Some(to)) = (by_id.get(&relation.source), by_id.get(&relation.target))
        else {
            continue;
        };
        for (end, other) in [(*from, *to), (*to, *from)] {
            if waiting.contains_key(&end) {
                around.entry(other).or_default().push((end, relation));
                open.extend(placed.get(&other).map(|kind| (other, *kind)));
            }
        }
    }
    let mut found = Vec::new();
    while let Some((at, kind)) = open.pop() {
        for (end, relation) in around.remove(&at).into_iter().flatten() {
            let Some(own) = waiting.get(&end).copied() else { continue };
            let from_here = by_id.get(&relation.source) == Some(&at);
            let (source, target) = if from_here { (kind, own) } else { (own, kind) };
            if !mapping.candidates(vocabulary, relation, source, target).is_empty() {
                waiting.remove(&end);
                found.push((end, own));
                open.push((end, own));
            }
        }
    }
    found
}

/// The name of a property of ours, without its prefix and in lower case, and whether it had one.
pub(super) fn own_name(key: &str) -> (String, bool) {
    let lower = key.trim().to_lowercase();
    match lower.strip_prefix("prgm:") {
        Some(name) => (name.to_owned(), true),
        None => (lower, false),
    }
}

/// The first value of a property, with or without the prefix that marks those of ours.
pub(super) fn property<'c>(concept: &'c Concept, name: &str) -> Option<&'c str> {
    // Without the prefix, these are words that anybody uses.
    let needs_prefix = matches!(name, "kind" | "relation");
    let is_it = |key: &str| {
        let (own, prefixed) = own_name(key);
        own == name && (prefixed || !needs_prefix)
    };
    let found = concept.properties.iter().find(|(key, _)| is_it(key));
    found.map(|(_, value)| value.as_str())
}
