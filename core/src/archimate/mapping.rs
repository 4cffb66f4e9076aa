//! What becomes what, as `rules/archimate.yaml` says.

use std::collections::BTreeMap;

use super::read::Concept;
use super::recognise::property;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::limits::Limits;
use crate::metamodel::{KindIdx, PropertyType, RelationIdx, Vocabulary};
use crate::source::Source;
use crate::text::{Language, Text};
use crate::yaml::{self, Entry, Node, NodeValue};

/// Kinds and relations that the metamodel doesn't have are left out.
#[derive(Debug, Default)]
pub(super) struct Mapping {
    pub(super) kinds: Vec<Recogniser>,
    /// Kinds that the property with their type tells.
    pub(super) by_type_property: Vec<KindIdx>,
    /// Kinds that the name of one of their types tells, with further names of their types.
    pub(super) by_name: Vec<(KindIdx, Vec<Words>)>,
    /// Kinds of elements that hold others of their type, and that none holds.
    pub(super) outermost: Vec<(KindIdx, String)>,
    /// Kinds that need a link to an element that has a place.
    pub(super) linked: Vec<KindIdx>,
    /// Words in names that keep elements from being of a kind.
    pub(super) not_named: Vec<(KindIdx, Vec<String>)>,
    /// Kinds that words in names suggest, by type of element.
    pub(super) hints: Vec<(KindIdx, Words)>,
    /// The relation between what realizes a product and what the product realizes.
    pub(super) products: Option<RelationIdx>,
    pub(super) shortcuts: Vec<Shortcut>,
    /// Kinds between which something should stand.
    pub(super) skips: Vec<(Vec<KindIdx>, Vec<KindIdx>)>,
    /// Relationships that put elements of a kind in order, with the property that holds it.
    pub(super) order: Vec<(KindIdx, Pair)>,
    /// Property and value, by kind, of what has an influence in its favour.
    pub(super) by_influence: BTreeMap<String, Pair>,
    /// Property and value, by kind.
    pub(super) fallbacks: BTreeMap<String, Pair>,
    /// Property and value, by specialization.
    pub(super) by_specialization: BTreeMap<String, Pair>,
    /// Property and value, by type of element.
    pub(super) by_type: BTreeMap<String, Pair>,
    pub(super) relations: Vec<Row>,
}

/// `role_type: member`
pub(super) type Pair = (String, String);

/// `council: [raad]`
pub(super) type Words = (String, Vec<String>);

/// An element of this type is of this kind.
#[derive(Debug)]
pub(super) struct Recogniser {
    pub(super) kind: KindIdx,
    pub(super) element: String,
    /// With one of these specializations; empty: with any, or none.
    called: Vec<String>,
}

/// The word for elements without specialization.
const UNMARKED: &str = "unmarked";

impl Recogniser {
    /// Whether it names the specialization, in lower case.
    pub(super) fn names(&self, specialization: &str) -> bool {
        self.called.iter().any(|name| name == specialization)
    }

    /// Whether it takes elements for their type alone.
    pub(super) fn takes_any(&self, has_specialization: bool) -> bool {
        self.called.is_empty() || !has_specialization && self.names(UNMARKED)
    }
}

/// A relation that counts only where elements of these kinds don't have the other one.
#[derive(Debug)]
pub(super) struct Shortcut {
    pub(super) relation: RelationIdx,
    pub(super) from: Vec<KindIdx>,
    pub(super) proper: RelationIdx,
}

/// A relationship between these kinds is this relation.
#[derive(Debug)]
pub(super) struct Row {
    relation: RelationIdx,
    from: Vec<KindIdx>,
    to: Vec<KindIdx>,
    forms: Vec<Form>,
}

/// A relationship of ArchiMate, whether it runs the other way, and whether it has to name the relation.
#[derive(Debug)]
struct Form {
    kind: String,
    reversed: bool,
    named: bool,
}

impl Mapping {
    pub(super) fn standard(vocabulary: &Vocabulary) -> Result<Self, Diagnostics> {
        let source = Source::new("archimate.yaml", spelregel_rules::ARCHIMATE);
        let root = yaml::parse(&source, &Limits::default())?;
        let names = Names(vocabulary);
        let mut mapping = Self {
            by_influence: pairs(root.get("by_influence")),
            fallbacks: pairs(root.get("fallbacks")),
            by_specialization: pairs(root.get("by_specialization")),
            by_type: pairs(root.get("by_type")),
            products: root.get("products").and_then(|node| names.relation(node)),
            by_type_property: names.kinds(root.get("by_type_property")),
            linked: names.kinds(root.get("linked")),
            ..Self::default()
        };
        for (kind, node) in names.by_kind(root.get("kinds")) {
            mapping.kinds.extend(words(node).into_iter().map(|(element, called)| Recogniser {
                kind,
                element,
                called,
            }));
        }
        let by_kind = |key: &str| names.by_kind(root.get(key));
        mapping.by_name = by_kind("by_name").map(|(kind, node)| (kind, words(node))).collect();
        mapping.outermost =
            by_kind("outermost").map(|(kind, node)| (kind, text(node).to_owned())).collect();
        mapping.not_named =
            by_kind("not_named").map(|(kind, node)| (kind, texts(Some(node)))).collect();
        for (kind, node) in by_kind("hints") {
            mapping.hints.extend(words(node).into_iter().map(|hint| (kind, hint)));
        }
        for (kind, node) in by_kind("order") {
            mapping.order.extend(pair(node).map(|pair| (kind, pair)));
        }
        for row in items(root.get("shortcuts")) {
            let [relation, from, proper] = items(Some(row)) else {
                return Err(wrong(&source, row, "a relation, a list of kinds, and a relation"));
            };
            let (relation, proper) = (names.relation(relation), names.relation(proper));
            if let (Some(relation), Some(proper)) = (relation, proper) {
                let from = names.kinds(Some(from));
                mapping.shortcuts.push(Shortcut { relation, from, proper });
            }
        }
        for row in items(root.get("skips")) {
            let [from, to] = items(Some(row)) else {
                return Err(wrong(&source, row, "two lists of kinds"));
            };
            mapping.skips.push((names.kinds(Some(from)), names.kinds(Some(to))));
        }
        for row in items(root.get("relations")) {
            let [relation, from, to, forms] = items(Some(row)) else {
                return Err(wrong(&source, row, "a relation, two lists of kinds, and forms"));
            };
            let Some(relation) = names.relation(relation) else { continue };
            mapping.relations.push(Row {
                relation,
                from: names.kinds(Some(from)),
                to: names.kinds(Some(to)),
                forms: texts(Some(forms)).iter().map(|form| Form::new(form)).collect(),
            });
        }
        Ok(mapping)
    }

    /// The property that says of which type an element of the kind is.
    pub(super) fn type_property(&self, vocabulary: &Vocabulary, kind: KindIdx) -> Option<&str> {
        self.fallbacks.get(&vocabulary.kinds[kind].name).map(|(property, _)| property.as_str())
    }

    /// The type within the kind that goes by this name: in rules, by its labels, or by the mapping.
    pub(super) fn type_called<'a>(
        &'a self,
        vocabulary: &'a Vocabulary,
        kind: KindIdx,
        name: &str,
    ) -> Option<&'a str> {
        let name = name.trim().to_lowercase();
        let property = vocabulary.property_of(kind, self.type_property(vocabulary, kind)?)?;
        let PropertyType::Enum(enumeration) = vocabulary.properties[property].kind else {
            return None;
        };
        let further = self.by_name.iter().filter(|(one, _)| *one == kind).flat_map(|(_, all)| all);
        let further =
            further.filter(|(_, names)| names.contains(&name)).map(|(value, _)| value.as_str());
        let values = vocabulary.enumerations[enumeration].values.iter();
        let declared = values.filter(|value| {
            value.name == name.replace(' ', "_") || labels(&value.label).any(|label| label == name)
        });
        declared.map(|value| value.name.as_str()).chain(further).next()
    }

    /// The relations that a relationship between such elements can be, each with whether it runs the other way.
    pub(super) fn candidates(
        &self,
        vocabulary: &Vocabulary,
        relation: &Concept,
        source: KindIdx,
        target: KindIdx,
    ) -> Vec<(RelationIdx, bool)> {
        let kind = relation.form();
        let both_ways = kind == "Association" && !relation.directed;
        let mut found = Vec::new();
        for row in &self.relations {
            let fits = |from, to| row.from.contains(&from) && row.to.contains(&to);
            for Form { reversed, named, .. } in row.forms.iter().filter(|form| form.kind == kind) {
                if *named && !names(vocabulary, relation, row.relation) {
                    continue;
                }
                if fits(source, target) && (!reversed || both_ways) {
                    found.push((row.relation, false));
                } else if fits(target, source) && (*reversed || both_ways) {
                    found.push((row.relation, true));
                }
            }
        }
        found
    }

    /// Whether something should stand between such elements.
    pub(super) fn skips(&self, one: KindIdx, other: KindIdx) -> bool {
        let fits = |from, to| {
            self.skips.iter().any(|(all, ends)| all.contains(&from) && ends.contains(&to))
        };
        fits(one, other) || fits(other, one)
    }
}

/// Whether a relationship says itself that it is the relation.
pub(super) fn names(
    vocabulary: &Vocabulary,
    relationship: &Concept,
    relation: RelationIdx,
) -> bool {
    let marker = property(relationship, "relation").unwrap_or(&relationship.name);
    let marker = marker.trim().to_lowercase();
    let declared = &vocabulary.relations[relation];
    let mut names = [&declared.name, &declared.inverse].into_iter().map(|name| name.to_lowercase());
    let mut in_words = labels(&declared.label).chain(labels(&declared.inverse_label));
    !marker.is_empty() && (names.any(|name| name == marker) || in_words.any(|name| name == marker))
}

/// In either language, in lower case.
fn labels(label: &Text) -> impl Iterator<Item = String> {
    [Language::En, Language::Nl].into_iter().map(|language| label.get(language).to_lowercase())
}

impl Form {
    fn new(text: &str) -> Self {
        let (text, named) = text.strip_suffix('!').map_or((text, false), |text| (text, true));
        let (kind, reversed) = text.strip_prefix('^').map_or((text, false), |kind| (kind, true));
        Self { kind: kind.to_owned(), reversed, named }
    }
}

/// What names in the mapping stand for.
struct Names<'v>(&'v Vocabulary);

impl Names<'_> {
    fn relation(&self, node: &Node) -> Option<RelationIdx> {
        match self.0.relations_by_name.get(text(node)) {
            Some((relation, false)) => Some(*relation),
            _ => None,
        }
    }

    fn kinds(&self, node: Option<&Node>) -> Vec<KindIdx> {
        let kind = |name: &String| self.0.kinds_by_name.get(name.as_str()).copied();
        texts(node).iter().filter_map(kind).collect()
    }

    fn by_kind<'n>(&self, node: Option<&'n Node>) -> impl Iterator<Item = (KindIdx, &'n Node)> {
        entries(node).iter().filter_map(|entry| {
            Some((self.0.kinds_by_name.get(entry.key_text()).copied()?, &entry.value))
        })
    }
}

fn wrong(source: &Source, row: &Node, wanted: &str) -> Diagnostics {
    let message = format!("a row has {wanted}");
    Diagnostic::error(Code::WrongDocument, message, source, row.span).into()
}

fn text(node: &Node) -> &str {
    node.scalar().map_or("", |scalar| scalar.text.as_str())
}

fn items(node: Option<&Node>) -> &[Node] {
    match node.map(|node| &node.value) {
        Some(NodeValue::List(items)) => items,
        _ => &[],
    }
}

fn entries(node: Option<&Node>) -> &[Entry] {
    match node.map(|node| &node.value) {
        Some(NodeValue::Mapping(entries)) => entries,
        _ => &[],
    }
}

fn texts(node: Option<&Node>) -> Vec<String> {
    items(node).iter().map(|item| text(item).to_owned()).collect()
}

/// Lists of words, each under its key.
fn words(node: &Node) -> Vec<Words> {
    let entries = entries(Some(node)).iter();
    entries.map(|entry| (entry.key_text().to_owned(), texts(Some(&entry.value)))).collect()
}

/// `{role_type: member}`
fn pair(node: &Node) -> Option<Pair> {
    let entry = entries(Some(node)).first()?;
    Some((entry.key_text().to_owned(), text(&entry.value).to_owned()))
}

/// `Role: {role_type: member}`
fn pairs(node: Option<&Node>) -> BTreeMap<String, Pair> {
    let entries = entries(node).iter();
    entries.filter_map(|entry| Some((entry.key_text().to_owned(), pair(&entry.value)?))).collect()
}
