//! Aid activities as the International Aid Transparency Initiative has them published, as models.

pub mod programmes;
pub mod ruleset;

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use serde_json::{Map, Value as Json, json};
use spelregel::{Date, Limits, Metamodel, Model, Pack, RuleSet, Settings, Source};

use crate::files;
use crate::xml::Node;

/// Attributes that are numbers, and that are dates; the others are texts.
const NUMBERS: [&str; 2] = ["percentage", "number"];
const DATES: [&str; 3] = ["iso-date", "value-date", "last-updated-datetime"];

/// The vocabulary of IATI's elements.
///
/// # Errors
/// Where it can't be read.
pub fn metamodel() -> Result<Metamodel> {
    let text = files::text("data/iati/metamodel.yaml")?;
    Ok(Metamodel::load(&Source::new("metamodel.yaml", text), &Limits::default())?)
}

/// A pack of rules about IATI's elements, with settings.
///
/// # Errors
/// Where it can't be read or has mistakes, warnings included.
pub fn rules(pack: &str, settings: &Settings) -> Result<RuleSet> {
    let text = files::text(&format!("data/iati/{pack}.yaml"))?;
    let pack = Pack::load(Source::new(format!("{pack}.yaml"), text))?;
    let rules = RuleSet::compile(&metamodel()?, [pack], settings)?;
    match rules.warnings() {
        Some(warnings) => Err(warnings.clone().into()),
        None => Ok(rules),
    }
}

/// A file as a model document: every element of a kind in the vocabulary, its attributes, and what it is part of.
#[derive(Debug)]
pub struct Converted {
    /// The document.
    pub model: Json,
    /// What has no kind in the vocabulary, by the names of elements.
    pub left_out: BTreeMap<String, usize>,
}

impl Converted {
    /// Takes a file with activities or organisations.
    ///
    /// # Errors
    /// Where it is no such file.
    pub fn new(xml: &str, metamodel: &Metamodel) -> Result<Self> {
        let root = Node::parse(xml)?;
        let mut cx =
            Cx { sections: sections(metamodel), elements: Map::new(), left_out: BTreeMap::new() };
        for (position, child) in root.children.iter().enumerate() {
            let identifier = child.text_of("iati-identifier");
            let id = identifier.map_or_else(|| format!("{}:{position}", child.name), str::to_owned);
            let mut scope = Scope { owner: id.clone(), counts: BTreeMap::new() };
            cx.take(child, &id, None, &mut scope)?;
        }
        Ok(Self { model: Json::Object(cx.elements), left_out: cx.left_out })
    }

    /// The model itself.
    ///
    /// # Errors
    /// Where it doesn't fit the vocabulary.
    pub fn load(&self, metamodel: &Metamodel) -> Result<Model> {
        Ok(Model::load(metamodel, [Source::new("activities.json", self.model.to_string())])?)
    }
}

/// The section of each kind, by the name of the element in XML.
fn sections(metamodel: &Metamodel) -> BTreeMap<String, String> {
    let kinds = metamodel.kinds();
    kinds.map(|kind| (kind.section().replace('_', "-"), kind.section().to_owned())).collect()
}

struct Cx {
    sections: BTreeMap<String, String>,
    elements: Map<String, Json>,
    left_out: BTreeMap<String, usize>,
}

/// The activity, and how many elements of each name it has had so far.
struct Scope {
    owner: String,
    counts: BTreeMap<String, usize>,
}

impl Cx {
    fn take(
        &mut self,
        node: &Node,
        id: &str,
        parent: Option<&str>,
        scope: &mut Scope,
    ) -> Result<()> {
        let Some(section) = self.sections.get(&node.name).cloned() else {
            self.leave_out(node);
            return Ok(());
        };
        let mut element = Map::new();
        element.insert("id".to_owned(), json!(id));
        for (name, value) in &node.attributes {
            element.insert(name.replace('-', "_"), property(name, value)?);
        }
        if !node.text.is_empty() {
            element.insert("text".to_owned(), json!(node.text));
            if let Some(date) = date(&node.text) {
                element.insert("text_date".to_owned(), json!(date.to_string()));
            }
        }
        if let Some(parent) = parent {
            element.insert("part_of".to_owned(), json!([parent]));
        }
        let all = self.elements.entry(section).or_insert_with(|| json!([]));
        all.as_array_mut().context("a section is a list")?.push(Json::Object(element));
        for child in &node.children {
            let count = scope.counts.entry(child.name.clone()).or_default();
            let child_id = format!("{}:{}:{count}", scope.owner, child.name);
            *count += 1;
            self.take(child, &child_id, Some(id), scope)?;
        }
        Ok(())
    }

    fn leave_out(&mut self, node: &Node) {
        *self.left_out.entry(node.name.clone()).or_default() += 1;
        for child in &node.children {
            self.leave_out(child);
        }
    }
}

fn property(name: &str, value: &str) -> Result<Json> {
    let context = || format!("{name}={value:?}");
    if NUMBERS.contains(&name) {
        return Ok(json!(value.trim().parse::<f64>().with_context(context)?));
    }
    if DATES.contains(&name) {
        return Ok(json!(date(value).with_context(context)?.to_string()));
    }
    Ok(json!(value))
}

/// The day that a text starts with, where that is all of it but for a time zone or a time.
pub(crate) fn date(text: &str) -> Option<Date> {
    let (day, rest) = text.split_at_checked(10)?;
    let ends = rest.is_empty() || rest == "Z" || rest.starts_with('T');
    day.parse().ok().filter(|_| ends)
}
