//! Edits of every kind, drawn from what a document holds.

use anyhow::{Context, Result};
use serde_json::{Map, Value as Json};
use spelregel::{Date, Edit, Metamodel};

use crate::random::Random;

/// What an edit does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are those of edits")]
pub enum Does {
    Put,
    Remove,
    Set,
    Clear,
    Link,
    Unlink,
    Deviate,
    Date,
}

impl Does {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::Put,
        Self::Remove,
        Self::Set,
        Self::Clear,
        Self::Link,
        Self::Unlink,
        Self::Deviate,
        Self::Date,
    ];
}

/// What edits are drawn from.
#[derive(Debug)]
pub struct Draw {
    random: Random,
    sections: Vec<Section>,
    rules: Vec<String>,
}

#[derive(Debug)]
struct Section {
    kind: String,
    elements: Vec<Element>,
}

#[derive(Debug)]
struct Element {
    id: String,
    fields: Vec<(String, Json)>,
    links: Vec<(String, Json)>,
}

impl Draw {
    /// Edits of the model that a document describes, and deviations from some rules.
    ///
    /// # Errors
    ///
    /// Where the document is none of the metamodel.
    pub fn new(
        metamodel: &Metamodel,
        document: &Map<String, Json>,
        rules: impl IntoIterator<Item = String>,
        seed: u64,
    ) -> Result<Self> {
        let mut sections = Vec::new();
        for kind in metamodel.kinds() {
            let written = document.get(kind.section()).and_then(Json::as_array);
            let elements = written.into_iter().flatten().map(|one| Element::read(metamodel, one));
            let elements: Vec<Element> = elements.collect::<Result<_>>()?;
            if !elements.is_empty() {
                sections.push(Section { kind: kind.name().to_owned(), elements });
            }
        }
        Ok(Self { random: Random::new(seed), sections, rules: rules.into_iter().collect() })
    }

    /// A sensible edit: values and ends of links are ones that others of the kind have.
    ///
    /// # Errors
    ///
    /// Where there is nothing that could be edited so.
    pub fn edit(&mut self, does: Does) -> Result<Edit> {
        for _ in 0..10_000 {
            if let Some(edit) = self.drawn(does)? {
                return Ok(edit);
            }
        }
        anyhow::bail!("nothing to {does:?}")
    }

    fn drawn(&mut self, does: Does) -> Result<Option<Edit>> {
        let random = &mut self.random;
        // An element, whichever kind it is of; and a neighbour of its kind, most likely of another programme.
        let count = self.sections.iter().map(|section| section.elements.len()).sum();
        let mut at = random.below(count);
        let mut sections = self.sections.iter();
        let section = sections.find(|section| {
            let is_here = at < section.elements.len();
            at -= if is_here { 0 } else { section.elements.len() };
            is_here
        });
        let section = section.context("an element")?;
        let one = section.elements.get(at).context("an element")?;
        let other = random.below(section.elements.len());
        let other = section.elements.get(other).context("an element")?;
        Ok(Some(match does {
            Does::Put => {
                let mut edit = Edit::put(&section.kind, format!("new-{}", random.below(1_000_000)));
                for (name, value) in &one.fields {
                    edit = edit.with(name, value.clone());
                }
                edit
            }
            Does::Remove => Edit::remove(&one.id),
            Does::Set => {
                let Some((name, value)) = pick(random, &other.fields) else { return Ok(None) };
                Edit::set(&one.id, name, value.clone())
            }
            Does::Clear => {
                let Some((name, _)) = pick(random, &one.fields) else { return Ok(None) };
                Edit::clear(&one.id, name)
            }
            Does::Link => {
                let Some((relation, end)) = pick(random, &other.links) else { return Ok(None) };
                link(&one.id, relation, end)
            }
            Does::Unlink => {
                let Some((relation, end)) = pick(random, &one.links) else { return Ok(None) };
                Edit::unlink(&one.id, relation, target(end).unwrap_or_default())
            }
            Does::Deviate => Edit::Deviate {
                rule: pick(random, &self.rules).context("a rule")?.clone(),
                elements: vec![one.id.clone()],
                path: None,
                reason: "agreed upon".to_owned(),
                decided_by: None,
                until: None,
            },
            Does::Date => {
                // A day up to a week from the first of June.
                let days = ["2026-05-25", "2026-05-31", "2026-06-02", "2026-06-03", "2026-06-08"];
                let day: Date = random.choose(&days).context("a day")?.parse()?;
                Edit::date(day)
            }
        }))
    }
}

impl Element {
    /// Lists under the name of a relation are links.
    fn read(metamodel: &Metamodel, written: &Json) -> Result<Self> {
        let id = written.get("id").and_then(Json::as_str).context("an id")?.to_owned();
        let (mut fields, mut links) = (Vec::new(), Vec::new());
        for (name, value) in written.as_object().context("an object")? {
            match value.as_array() {
                Some(ends) if metamodel.is_relation(name) => {
                    links.extend(ends.iter().map(|end| (name.clone(), end.clone())));
                }
                _ if name != "id" => fields.push((name.clone(), value.clone())),
                _ => {}
            }
        }
        Ok(Self { id, fields, links })
    }
}

fn pick<'a, T>(random: &mut Random, items: &'a [T]) -> Option<&'a T> {
    items.get(random.below(items.len().max(1)))
}

/// Where a link leads.
fn target(end: &Json) -> Option<&str> {
    end.as_str().or_else(|| end.get("to")?.as_str())
}

fn link(from: &str, relation: &str, end: &Json) -> Edit {
    let mut edit = Edit::link(from, relation, target(end).unwrap_or_default());
    for (name, value) in end.as_object().into_iter().flatten().filter(|(name, _)| *name != "to") {
        edit = edit.with(name, value.clone());
    }
    edit
}
