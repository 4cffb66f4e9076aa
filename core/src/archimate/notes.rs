//! What an import read, what became what, and what has no place: counted and listed.

use std::collections::BTreeMap;
use std::fmt;

use super::read::{Concept, File};
use crate::text::{Language, Text};

/// What was read of an ArchiMate file, and what became of it.
///
/// Every element is placed, merged with another, a junction, or listed as skipped; every relationship is
/// linked, puts elements in order, or is listed as skipped.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Notes {
    /// The name of the model.
    pub name: String,
    /// How many elements the file has, junctions included.
    pub elements: usize,
    /// How many relationships.
    pub relations: usize,
    /// How many views; they are passed over.
    pub views: usize,
    /// How many values of properties the model, its elements, relationships and views have.
    pub properties: usize,
    /// How many elements have documentation.
    pub documented: usize,
    /// Elements by type.
    pub element_types: BTreeMap<String, usize>,
    /// Relationships by type.
    pub relation_types: BTreeMap<String, usize>,
    /// Elements that have a place, by kind.
    pub placed_elements: BTreeMap<String, usize>,
    /// Stakeholders that are one with the actor assigned to them.
    pub merged: usize,
    /// Junctions: what comes in is linked to what goes out.
    pub junctions: usize,
    /// How many relationships became links, by way of junctions and products too.
    pub linked: usize,
    /// How many relationships became an order of elements instead.
    pub ordered: usize,
    /// Links by relation.
    pub links: BTreeMap<String, usize>,
    /// Elements without a place.
    pub skipped_elements: Vec<Skipped>,
    /// Relationships without a place.
    pub skipped_relations: Vec<Skipped>,
    /// Relationships that can mean several things, with the one that was taken.
    pub chosen: Vec<(String, String)>,
    /// Elements of which a type had to be filled in, with property and value.
    pub filled_in: Vec<(String, String)>,
    /// Values of properties that the kind doesn't have or can't take, by property.
    pub unread: BTreeMap<String, usize>,
    /// Elements whose names suggest another kind, with that kind.
    pub hints: Vec<(String, String)>,
    /// Influences that became links, with the sign or strength, which links don't hold.
    pub strengths: Vec<(String, String)>,
    /// Names and documentation of relationships that became links, and texts in further languages: not read.
    pub texts: usize,
    /// How many ids had to be rewritten; the elements keep the original as their source.
    pub renamed: usize,
}

/// An element or relationship without a place.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Skipped {
    /// Its id in the file.
    pub id: String,
    /// Its type in ArchiMate.
    pub kind: String,
    /// Its name; of a relationship what it joins.
    pub name: String,
    /// Why it has no place.
    pub reason: Reason,
}

/// Why something has no place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Reason {
    /// The model has no kind for such elements.
    NoKind,
    /// Elements of its type have a place only with a specialization, or a property, that tells what they are.
    Unmarked,
    /// It is a role, and linked to nothing that has a place.
    NotLinked,
    /// It is the situation as it is.
    Baseline,
    /// An element before it has the same id.
    SameId,
    /// It starts or ends at nothing.
    Dangling,
    /// It starts or ends at a relationship.
    AtRelation,
    /// It joins a stakeholder with the actor that is one with it.
    SameElement,
    /// An element at one end has no place.
    UnplacedEnd,
    /// The model has no such relation between such elements.
    NoRelation,
    /// It skips the capability or benefit between its ends.
    Shortcut,
    /// There are too many ways through junctions.
    TooMany,
}

impl Reason {
    /// In words.
    pub fn text(self) -> Text {
        match self {
            Self::NoKind => Text::both("no such kind in the model", "geen zo'n soort in het model"),
            Self::Unmarked => Text::both(
                "needs a specialization that tells what it is",
                "heeft een specialisatie nodig die zegt wat het is",
            ),
            Self::NotLinked => Text::both(
                "a role that is linked to nothing with a place",
                "een rol die aan niets met een plaats is gekoppeld",
            ),
            Self::Baseline => Text::both("the situation as it is", "de huidige situatie"),
            Self::SameId => Text::both(
                "an element before it has the same id",
                "een eerder element heeft dezelfde id",
            ),
            Self::Dangling => Text::both("an end is missing", "een uiteinde ontbreekt"),
            Self::AtRelation => {
                Text::both("an end is a relationship", "een uiteinde is een relatie")
            }
            Self::SameElement => Text::both(
                "both ends are one element here",
                "beide uiteinden zijn hier één element",
            ),
            Self::UnplacedEnd => {
                Text::both("an end has no place", "een uiteinde heeft geen plaats")
            }
            Self::NoRelation => Text::both(
                "no such relation between such elements",
                "geen zo'n relatie tussen zulke elementen",
            ),
            Self::Shortcut => Text::both(
                "skips the capability or benefit between",
                "slaat het vermogen of de baat ertussen over",
            ),
            Self::TooMany => {
                Text::both("too many ways through junctions", "te veel wegen door knooppunten")
            }
        }
    }
}

impl Skipped {
    pub(super) fn new(concept: &Concept, name: String, reason: Reason) -> Self {
        Self { id: concept.id.clone(), kind: concept.kind.clone(), name, reason }
    }
}

impl Notes {
    pub(super) fn of(file: &File) -> Self {
        let by_type = |concepts: &[Concept]| {
            let mut types = BTreeMap::new();
            for concept in concepts {
                *types.entry(concept.kind.clone()).or_default() += 1;
            }
            types
        };
        let all = file.elements.iter().chain(&file.relations);
        Self {
            name: file.name.clone(),
            elements: file.elements.len(),
            relations: file.relations.len(),
            views: file.views,
            properties: file.properties + all.map(|c| c.properties.len()).sum::<usize>(),
            documented: file.elements.iter().filter(|c| !c.documentation.is_empty()).count(),
            element_types: by_type(&file.elements),
            relation_types: by_type(&file.relations),
            texts: file.translations,
            ..Self::default()
        }
    }

    /// The counts in a few lines.
    pub fn summary(&self, language: Language) -> String {
        let pick = |en: &'static str, nl: &'static str| match language {
            Language::En => en,
            Language::Nl => nl,
        };
        let counts = |counts: &BTreeMap<String, usize>| {
            let counts = counts.iter().map(|(name, count)| format!("{name} {count}"));
            let counts = counts.collect::<Vec<_>>().join(", ");
            if counts.is_empty() { counts } else { format!(": {counts}") }
        };
        let placed: usize = self.placed_elements.values().sum();
        let mut lines = vec![
            format!(
                "{}: {} {}, {} {}, {} {}",
                self.name,
                self.elements,
                pick("elements", "elementen"),
                self.relations,
                pick("relationships", "relaties"),
                self.views,
                pick("views (not read)", "views (niet gelezen)"),
            ),
            format!("{} {placed}{}", pick("placed", "geplaatst"), counts(&self.placed_elements)),
            format!("{} {}{}", pick("linked", "gekoppeld"), self.linked, counts(&self.links)),
        ];
        let rest = [
            (
                self.skipped_elements.len(),
                pick("elements without a place", "elementen zonder plaats"),
            ),
            (
                self.skipped_relations.len(),
                pick("relationships without a place", "relaties zonder plaats"),
            ),
            (
                self.merged,
                pick(
                    "stakeholders merged with their actor",
                    "belanghebbenden samengevoegd met hun actor",
                ),
            ),
            (
                self.ordered,
                pick(
                    "relationships that put tranches in order",
                    "relaties die tranches in volgorde zetten",
                ),
            ),
            (
                self.chosen.len(),
                pick(
                    "relationships that can mean several things",
                    "relaties die meer kunnen betekenen",
                ),
            ),
            (self.filled_in.len(), pick("types filled in", "soorten ingevuld")),
            (
                self.unread.values().sum(),
                pick("values of properties not read", "waarden van eigenschappen niet gelezen"),
            ),
            (
                self.texts,
                pick(
                    "texts of relationships or in a further language not read",
                    "teksten van relaties of in een andere taal niet gelezen",
                ),
            ),
            (
                self.strengths.len(),
                pick("strengths of influences not read", "sterktes van invloeden niet gelezen"),
            ),
            (
                self.hints.len(),
                pick(
                    "names that suggest another kind",
                    "namen die een andere soort doen vermoeden",
                ),
            ),
            (self.renamed, pick("ids rewritten", "id's herschreven")),
        ];
        let rest = rest.iter().filter(|(count, _)| *count > 0);
        lines.extend(rest.map(|(count, what)| format!("{count} {what}")));
        lines.join("\n") + "\n"
    }

    /// The counts, and everything that has no place or was chosen, one a line.
    pub fn to_text(&self, language: Language) -> String {
        let mut text = self.summary(language);
        for list in [&self.skipped_elements, &self.skipped_relations] {
            let mut sorted: Vec<&Skipped> = list.iter().collect();
            // Stable: of equal ones the order of the file stays.
            sorted.sort_by_key(|skipped| (skipped.reason, &skipped.kind));
            for group in sorted.chunk_by(|a, b| (a.reason, &a.kind) == (b.reason, &b.kind)) {
                let Some(first) = group.first() else { continue };
                let reason = first.reason.text();
                let line =
                    format!("\n{}: {} ({})\n", first.kind, reason.get(language), group.len());
                text.push_str(&line);
                text.extend(group.iter().map(|skipped| format!("  {skipped}\n")));
            }
        }
        let unread: Vec<(String, String)> =
            self.unread.iter().map(|(key, count)| (key.clone(), count.to_string())).collect();
        for list in [&self.chosen, &self.filled_in, &self.hints, &self.strengths, &unread] {
            if !list.is_empty() {
                text.push('\n');
            }
            text.extend(list.iter().map(|(what, value)| format!("{what}: {value}\n")));
        }
        text
    }
}

impl fmt::Display for Skipped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name: String =
            self.name.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        write!(f, "{} {name}", self.id)
    }
}
