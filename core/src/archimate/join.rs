//! Which relation each relationship becomes.

use std::collections::{BTreeMap, BTreeSet};

use super::mapping::{Mapping, names};
use super::notes::{Notes, Reason, Skipped};
use super::place::{JUNCTIONS, Placed, readable};
use super::read::{Concept, File};
use super::recognise::own_name;
use crate::metamodel::{PropertyIdx, RelationIdx, Vocabulary};

/// Links that ways through junctions and products may add.
const MOST_WAYS: usize = 100_000;

/// A link between placed elements, by their positions in the file.
#[derive(Debug)]
pub(super) struct Link {
    pub(super) relation: RelationIdx,
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) properties: Vec<(PropertyIdx, String)>,
    /// The relationships that it comes from, by position.
    origins: Vec<usize>,
}

struct Cx<'a> {
    vocabulary: &'a Vocabulary,
    mapping: &'a Mapping,
    file: &'a File,
    placed: &'a Placed,
    /// The ids of relationships.
    relations: BTreeSet<&'a str>,
    /// Relationships by the position of the element that they start at.
    leaving: BTreeMap<usize, Vec<usize>>,
    /// Ways that may still be added.
    ways: usize,
}

pub(super) fn join(
    vocabulary: &Vocabulary,
    mapping: &Mapping,
    file: &File,
    placed: &Placed,
    ordering: &BTreeSet<usize>,
    notes: &mut Notes,
) -> Vec<Link> {
    let mut leaving: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (position, relation) in file.relations.iter().enumerate() {
        if let Some(from) = placed.by_id.get(&relation.source) {
            leaving.entry(*from).or_default().push(position);
        }
    }
    let relations = file.relations.iter().map(|relation| relation.id.as_str()).collect();
    let mut cx = Cx { vocabulary, mapping, file, placed, relations, leaving, ways: MOST_WAYS };
    let mut links = Vec::new();
    let mut reasons: BTreeMap<usize, Reason> = BTreeMap::new();
    for (position, relation) in file.relations.iter().enumerate() {
        let found = cx.links(position, relation, notes);
        match found {
            Ok(found) => links.extend(found),
            Err(reason) => {
                reasons.insert(position, reason);
            }
        }
    }
    cx.drop_shortcuts(&mut links, &mut reasons);
    let used: BTreeSet<usize> =
        links.iter().flat_map(|link| link.origins.iter().copied()).collect();
    for (position, relation) in file.relations.iter().enumerate() {
        if used.contains(&position) {
            notes.linked += 1;
            cx.note_rest(relation, notes);
        } else if ordering.contains(&position) {
            notes.ordered += 1;
        } else {
            let reason = reasons.get(&position).copied().unwrap_or(Reason::NoRelation);
            notes.skipped_relations.push(Skipped::new(relation, cx.ends(relation), reason));
        }
    }
    for link in &links {
        let name = &vocabulary.relations[link.relation].name;
        *notes.links.entry(name.clone()).or_default() += 1;
    }
    links
}

impl Cx<'_> {
    /// What the relationship becomes: one link, or several by way of junctions and products.
    fn links(
        &mut self,
        position: usize,
        relation: &Concept,
        notes: &mut Notes,
    ) -> Result<Vec<Link>, Reason> {
        let from = self.end(&relation.source)?;
        let to = self.end(&relation.target)?;
        if from == to && relation.source != relation.target {
            return Err(Reason::SameElement);
        }
        let starts_between = self.is_junction(from) || self.is_product(from);
        if starts_between {
            // The relationships that lead here take it along.
            return Err(Reason::UnplacedEnd);
        }
        let product = self.is_product(to) && relation.kind == "Realization";
        if !(product || self.is_junction(to)) {
            return self.link(relation, from, to, vec![position], notes).map(|link| vec![link]);
        }
        let mut links = Vec::new();
        let mut reason = if product { Reason::UnplacedEnd } else { Reason::NoRelation };
        for (origins, end) in self.ways(position, to, &relation.kind)? {
            match self.link(relation, from, end, origins, notes) {
                Ok(link) if !product || self.leads_through_products(link.relation) => {
                    links.push(link);
                }
                Err(Reason::Shortcut) => reason = Reason::Shortcut,
                _ => {}
            }
        }
        if links.is_empty() { Err(reason) } else { Ok(links) }
    }

    /// Whether what stands between may be a product.
    fn leads_through_products(&self, relation: RelationIdx) -> bool {
        Some(relation) == self.mapping.products
            || self.mapping.shortcuts.iter().any(|shortcut| shortcut.relation == relation)
    }

    /// The element at an end of a relationship.
    fn end(&self, id: &str) -> Result<usize, Reason> {
        if let Some(position) = self.placed.by_id.get(id) {
            return Ok(*position);
        }
        Err(if self.relations.contains(id) { Reason::AtRelation } else { Reason::Dangling })
    }

    fn is_junction(&self, position: usize) -> bool {
        let concept = self.file.elements.get(position);
        concept.is_some_and(|concept| JUNCTIONS.contains(&concept.kind.as_str()))
    }

    /// A deliverable that is no document.
    fn is_product(&self, position: usize) -> bool {
        let concept = self.file.elements.get(position);
        concept.is_some_and(|concept| concept.kind == "Deliverable")
            && !self.placed.elements.contains_key(&position)
    }

    /// The elements that are reached through what has no place of its own, each with the relationships on
    /// the way.
    fn ways(
        &mut self,
        first: usize,
        between: usize,
        kind: &str,
    ) -> Result<Vec<(Vec<usize>, usize)>, Reason> {
        let mut seen = BTreeSet::from([between]);
        let mut open = vec![(vec![first], between)];
        let mut ways = Vec::new();
        while let Some((origins, at)) = open.pop() {
            for next in self.leaving.get(&at).into_iter().flatten() {
                let Some(relation) = self.file.relations.get(*next) else { continue };
                let Ok(to) = self.end(&relation.target) else { continue };
                if relation.kind != kind {
                    continue;
                }
                self.ways = self.ways.checked_sub(1).ok_or(Reason::TooMany)?;
                let mut origins = origins.clone();
                origins.push(*next);
                if !self.is_junction(to) {
                    ways.push((origins, to));
                } else if seen.insert(to) {
                    open.push((origins, to));
                }
            }
        }
        Ok(ways)
    }

    fn link(
        &self,
        relation: &Concept,
        source: usize,
        target: usize,
        origins: Vec<usize>,
        notes: &mut Notes,
    ) -> Result<Link, Reason> {
        let kind =
            |position: usize| self.placed.elements.get(&position).map(|element| element.kind);
        let (Some(source_kind), Some(target_kind)) = (kind(source), kind(target)) else {
            return Err(Reason::UnplacedEnd);
        };
        let found = self.mapping.candidates(self.vocabulary, relation, source_kind, target_kind);
        let is_named =
            |(candidate, _): &&(RelationIdx, bool)| names(self.vocabulary, relation, *candidate);
        let chosen = found.iter().find(is_named);
        let (relation_idx, reversed) = match (chosen, found.first()) {
            (Some(chosen), _) => *chosen,
            (None, Some(first)) => {
                if found.iter().any(|(other, _)| *other != first.0) {
                    let name = &self.vocabulary.relations[first.0].name;
                    notes
                        .chosen
                        .push((format!("{} {}", relation.id, self.ends(relation)), name.clone()));
                }
                *first
            }
            (None, None) if self.mapping.skips(source_kind, target_kind) => {
                return Err(Reason::Shortcut);
            }
            (None, None) => return Err(Reason::NoRelation),
        };
        let (from, to) = if reversed { (target, source) } else { (source, target) };
        let mut properties: Vec<(PropertyIdx, String)> = Vec::new();
        for (key, value) in &relation.properties {
            let (name, prefixed) = own_name(key);
            let known = self.vocabulary.link_property_of(relation_idx, &name);
            let read = known.and_then(|p| Some((p, readable(self.vocabulary, p, value)?)));
            match read {
                Some(read) if properties.iter().all(|(other, _)| *other != read.0) => {
                    properties.push(read);
                }
                None if name == "relation" && prefixed => {}
                _ => *notes.unread.entry(key.clone()).or_default() += 1,
            }
        }
        Ok(Link { relation: relation_idx, from, to, properties, origins })
    }

    /// What of a relationship has no place in links.
    fn note_rest(&self, relation: &Concept, notes: &mut Notes) {
        if !relation.modifier.is_empty() {
            let what = format!("{} {}", relation.id, self.ends(relation));
            notes.strengths.push((what, relation.modifier.clone()));
        }
        let mut relations = self.vocabulary.relations.enumerate().map(|(candidate, _)| candidate);
        let has_name = !relation.name.is_empty()
            && !relations.any(|candidate| names(self.vocabulary, relation, candidate));
        notes.texts += usize::from(has_name) + usize::from(!relation.documentation.is_empty());
    }

    /// Leaves out what skips something where the element is linked as it should be.
    fn drop_shortcuts(&self, links: &mut Vec<Link>, reasons: &mut BTreeMap<usize, Reason>) {
        for shortcut in &self.mapping.shortcuts {
            let proper = links.iter().filter(|link| link.relation == shortcut.proper);
            let linked: BTreeSet<usize> = proper.map(|link| link.from).collect();
            let is_kind = |position: usize| {
                let element = self.placed.elements.get(&position);
                element.is_some_and(|element| shortcut.from.contains(&element.kind))
            };
            let skips = |link: &Link| {
                link.relation == shortcut.relation
                    && is_kind(link.from)
                    && linked.contains(&link.from)
            };
            let dropped = links.extract_if(.., |link| skips(link));
            for origin in dropped.flat_map(|link| link.origins) {
                reasons.insert(origin, Reason::Shortcut);
            }
        }
    }

    /// `WorkPackage “A” → Goal “B”`
    fn ends(&self, relation: &Concept) -> String {
        let end = |id: &str| {
            let position = self.placed.by_id.get(id);
            match position.and_then(|position| self.file.elements.get(*position)) {
                Some(concept) => format!("{} “{}”", concept.kind, concept.name),
                None => id.to_owned(),
            }
        };
        format!("{} → {}", end(&relation.source), end(&relation.target))
    }
}
