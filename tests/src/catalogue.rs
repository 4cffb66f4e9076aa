//! Verdicts that were worked out apart from this implementation, and the models they are about.

use std::collections::BTreeMap;

use anyhow::{Context, Result, bail, ensure};
use serde::Deserialize;
use serde_json::Value as Json;
use spelregel::{Metamodel, Model, Options, RuleSet, Source};

use crate::files;

/// Rule, by its bare id, and element to verdict.
pub type Verdicts = BTreeMap<(String, String), String>;

/// A small model made for one rule.
#[derive(Debug, Deserialize)]
pub struct Example {
    /// The pack that the rule is in.
    pub pack: String,
    /// The rule's bare id.
    pub rule: String,
    /// What it shows.
    pub case: String,
    /// The date of the check.
    pub date: String,
    /// The gate that is asked for.
    pub gate: Option<String>,
    /// A model document.
    pub model: Json,
    /// Element to verdict.
    pub expect: BTreeMap<String, String>,
}

/// A whole programme.
#[derive(Debug, Deserialize)]
pub struct Programme {
    /// The date of the check.
    pub date: String,
    /// A model document.
    pub model: Json,
    /// Rule to element to verdict.
    pub expect: BTreeMap<String, BTreeMap<String, String>>,
}

/// A programme with a small change.
#[derive(Debug, Deserialize)]
pub struct Variant {
    /// The programme that is changed, by the name of its file.
    pub base: String,
    /// What is changed.
    pub edits: Vec<Edit>,
    /// The gate that is asked for.
    pub gate: Option<String>,
    /// Rule to element to the new verdict; `None` where the rule is not asked of it any more.
    pub changed: BTreeMap<String, BTreeMap<String, Option<String>>>,
}

/// A change of a model document.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Edit {
    /// All links of a relation between two elements are dropped.
    Unlink {
        /// The element that the document has them at.
        from: String,
        /// The relation.
        relation: String,
        /// The far end.
        to: String,
    },
    /// An element is removed, and its links with it.
    Remove(String),
}

impl Example {
    /// All examples.
    ///
    /// # Errors
    /// Where the data can't be read.
    pub fn all() -> Result<Vec<Self>> {
        lines("data/catalogue/rule-examples.jsonl")
    }
}

impl Programme {
    /// The programme of that name.
    ///
    /// # Errors
    /// Where the data can't be read.
    pub fn named(name: &str) -> Result<Self> {
        Ok(serde_json::from_str(&files::text(&format!("data/catalogue/{name}.json"))?)?)
    }

    /// What is expected, for the rules that are known.
    pub fn expected(&self, is_known: impl Fn(&str) -> bool) -> Verdicts {
        let mut verdicts = Verdicts::new();
        for (rule, elements) in self.expect.iter().filter(|(rule, _)| is_known(rule)) {
            for (element, verdict) in elements {
                verdicts.insert((rule.clone(), element.clone()), verdict.clone());
            }
        }
        verdicts
    }
}

impl Variant {
    /// All variants.
    ///
    /// # Errors
    /// Where the data can't be read.
    pub fn all() -> Result<Vec<Self>> {
        lines("data/catalogue/variants.jsonl")
    }

    /// The verdicts that become of those of the base.
    ///
    /// # Errors
    /// Where a change is none.
    pub fn expected(&self, base: &Verdicts, is_known: impl Fn(&str) -> bool) -> Result<Verdicts> {
        let mut verdicts = base.clone();
        for (rule, elements) in self.changed.iter().filter(|(rule, _)| is_known(rule)) {
            for (element, verdict) in elements {
                let key = (rule.clone(), element.clone());
                let before = match verdict {
                    Some(verdict) => verdicts.insert(key, verdict.clone()),
                    None => verdicts.remove(&key),
                };
                ensure!(before != *verdict, "{rule} {element} does not change");
            }
        }
        // An element that is no longer there is asked nothing, whether or not that is listed.
        for edit in &self.edits {
            if let Edit::Remove(id) = edit {
                verdicts.retain(|(_, element), _| element != id);
            }
        }
        Ok(verdicts)
    }

    /// What is changed, for people.
    pub fn title(&self) -> String {
        let edits: Vec<String> = self
            .edits
            .iter()
            .map(|edit| match edit {
                Edit::Unlink { from, relation, to } => format!("without {from} {relation} {to}"),
                Edit::Remove(id) => format!("without {id}"),
            })
            .collect();
        let gate = self.gate.iter().map(|gate| format!("at gate {gate}"));
        let parts: Vec<String> = edits.into_iter().chain(gate).collect();
        format!("{} {}", self.base, parts.join(", "))
    }
}

fn lines<T: for<'de> Deserialize<'de>>(file: &str) -> Result<Vec<T>> {
    let text = files::text(file)?;
    let lines = text.lines().enumerate();
    lines
        .map(|(number, line)| {
            serde_json::from_str(line).with_context(|| format!("{file}:{}", number + 1))
        })
        .collect()
}

/// Changes a model document.
///
/// # Errors
/// Where there is nothing to change.
pub fn apply(document: &mut Json, edit: &Edit) -> Result<()> {
    let mut hits = 0;
    let Json::Object(sections) = document else { bail!("a model document is an object") };
    for elements in sections.values_mut() {
        let Json::Array(elements) = elements else { continue };
        if let Edit::Remove(id) = edit {
            let before = elements.len();
            elements.retain(|element| element.get("id").and_then(Json::as_str) != Some(id));
            hits += before - elements.len();
        }
        for element in elements {
            let Json::Object(fields) = element else { continue };
            let own_id = fields.get("id").and_then(Json::as_str).map(str::to_owned);
            for (field, value) in fields {
                let Json::Array(targets) = value else { continue };
                let gone = match edit {
                    Edit::Remove(id) => id,
                    Edit::Unlink { from, relation, to }
                        if own_id.as_ref() == Some(from) && field == relation =>
                    {
                        to
                    }
                    Edit::Unlink { .. } => continue,
                };
                let before = targets.len();
                targets.retain(|target| {
                    target.as_str().or_else(|| target.get("to")?.as_str()) != Some(gone)
                });
                hits += before - targets.len();
            }
        }
    }
    ensure!(hits > 0, "{edit:?} changes nothing");
    Ok(())
}

/// Checks a model document and gives every verdict.
///
/// # Errors
/// Where the document is no model.
pub fn verdicts(
    rules: &RuleSet,
    metamodel: &Metamodel,
    document: &Json,
    date: &str,
    gate: Option<&str>,
) -> Result<Verdicts> {
    let model = Model::load(metamodel, [Source::new("model.json", document.to_string())])?;
    let mut options = Options::at(date.parse()?);
    options.gate = gate.map(str::to_owned);
    let answers = rules.answers(&model, &options).into_iter();
    Ok(answers
        .map(|answer| {
            let rule = answer.rule.rsplit('/').next().unwrap_or_default().to_owned();
            let element = answer.element.unwrap_or_else(|| "model".to_owned());
            ((rule, element), answer.verdict.as_str().to_owned())
        })
        .collect())
}

/// What differs, one line each.
pub fn differences(title: &str, expected: &Verdicts, found: &Verdicts) -> Vec<String> {
    let keys: std::collections::BTreeSet<_> = expected.keys().chain(found.keys()).collect();
    let of = |verdicts: &Verdicts, key| {
        verdicts.get(key).map_or_else(|| "no subject".to_owned(), Clone::clone)
    };
    keys.into_iter()
        .filter(|key| expected.get(*key) != found.get(*key))
        .map(|key| {
            let (rule, element) = key;
            let (wanted, got) = (of(expected, key), of(found, key));
            format!("{rule} of {element}: expected {wanted}, found {got} ({title})")
        })
        .collect()
}
