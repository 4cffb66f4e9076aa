//! What becomes what, as `rules/archimate.yaml` says.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::limits::Limits;
use crate::metamodel::{KindIdx, RelationIdx, Vocabulary};
use crate::source::Source;
use crate::yaml::{self, Entry, Node, NodeValue};

/// Kinds and relations that the metamodel doesn't have are left out.
#[derive(Debug, Default)]
pub(super) struct Mapping {
    pub(super) kinds: Vec<Recogniser>,
    /// The same by name instead of specialization.
    pub(super) named: Vec<Recogniser>,
    /// Kinds of elements that hold others of their type, and that none holds.
    pub(super) outermost: Vec<(KindIdx, String)>,
    /// Kinds that need a link to an element of a type.
    pub(super) linked: Vec<(KindIdx, String)>,
    /// Words in names that keep elements from being of a kind.
    pub(super) not_named: Vec<(KindIdx, Vec<String>)>,
    /// The relation between what realizes a product and what the product realizes.
    pub(super) products: Option<RelationIdx>,
    /// Relations that are no more than a shortcut where the element has the other one.
    pub(super) shortcuts: Vec<(RelationIdx, RelationIdx)>,
    /// Property and value, by kind.
    pub(super) fallbacks: BTreeMap<String, (String, String)>,
    /// Property and value, by type of element.
    pub(super) by_type: BTreeMap<String, (String, String)>,
    pub(super) relations: Vec<Row>,
}

/// An element of this type is of this kind.
#[derive(Debug)]
pub(super) struct Recogniser {
    pub(super) kind: KindIdx,
    pub(super) element: String,
    /// With one of these specializations; empty: with any, or none.
    pub(super) called: Vec<String>,
}

/// A relationship between these kinds is this relation.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) relation: RelationIdx,
    pub(super) from: Vec<KindIdx>,
    pub(super) to: Vec<KindIdx>,
    pub(super) forms: Vec<Form>,
}

/// A relationship of ArchiMate, and whether it runs the other way.
#[derive(Debug)]
pub(super) struct Form {
    pub(super) kind: String,
    pub(super) reversed: bool,
}

impl Mapping {
    pub(super) fn standard(vocabulary: &Vocabulary) -> Result<Self, Diagnostics> {
        let source = Source::new("archimate.yaml", spelregel_rules::ARCHIMATE);
        let root = yaml::parse(&source, &Limits::default())?;
        let kind = |name: &str| vocabulary.kinds_by_name.get(name).copied();
        let mut mapping = Self {
            fallbacks: pairs(root.get("fallbacks")),
            by_type: pairs(root.get("by_type")),
            ..Self::default()
        };
        let relation = |name: &str| match vocabulary.relations_by_name.get(name) {
            Some((relation, false)) => Some(*relation),
            _ => None,
        };
        let recognisers = |node| {
            let mut recognisers = Vec::new();
            for entry in entries(node) {
                let Some(kind) = kind(entry.key_text()) else { continue };
                for element in entries(Some(&entry.value)) {
                    let called = texts(Some(&element.value));
                    let element = element.key_text().to_owned();
                    recognisers.push(Recogniser { kind, element, called });
                }
            }
            recognisers
        };
        mapping.kinds = recognisers(root.get("kinds"));
        mapping.named = recognisers(root.get("named"));
        let by_kind = |node| {
            entries(node).iter().filter_map(|entry| Some((kind(entry.key_text())?, &entry.value)))
        };
        let text_of = |(kind, node)| (kind, text(node).to_owned());
        mapping.outermost = by_kind(root.get("outermost")).map(text_of).collect();
        mapping.linked = by_kind(root.get("linked")).map(text_of).collect();
        mapping.not_named = by_kind(root.get("not_named"))
            .map(|(kind, words)| (kind, texts(Some(words))))
            .collect();
        mapping.products = root.get("products").and_then(|node| relation(text(node)));
        mapping.shortcuts = entries(root.get("shortcuts"))
            .iter()
            .filter_map(|entry| Some((relation(entry.key_text())?, relation(text(&entry.value))?)))
            .collect();
        for row in items(root.get("relations")) {
            let [name, from, to, forms] = items(Some(row)) else {
                let message = "a row has a relation, two lists of kinds, and forms";
                return Err(
                    Diagnostic::error(Code::WrongDocument, message, &source, row.span).into()
                );
            };
            let Some(relation) = relation(text(name)) else { continue };
            let kinds = |node| texts(Some(node)).iter().filter_map(|name| kind(name)).collect();
            let form = |text: String| match text.strip_prefix('^') {
                Some(kind) => Form { kind: kind.to_owned(), reversed: true },
                None => Form { kind: text, reversed: false },
            };
            mapping.relations.push(Row {
                relation,
                from: kinds(from),
                to: kinds(to),
                forms: texts(Some(forms)).into_iter().map(form).collect(),
            });
        }
        Ok(mapping)
    }
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

/// `Role: {role_type: member}`
fn pairs(node: Option<&Node>) -> BTreeMap<String, (String, String)> {
    let pair = |entry: &Entry| {
        let inner = entries(Some(&entry.value)).first()?;
        let value = (inner.key_text().to_owned(), text(&inner.value).to_owned());
        Some((entry.key_text().to_owned(), value))
    };
    entries(node).iter().filter_map(pair).collect()
}
