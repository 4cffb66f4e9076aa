//! Shipped packs taken apart, so that a part of one can be put back changed.

use anyhow::{Context, Result};
use serde_json::{Map, Value as Json};
use spelregel::{Metamodel, Pack, RuleSet, Settings};

/// A pack without its rules, and these.
#[derive(Debug, Clone)]
pub struct PackParts {
    head: Map<String, Json>,
    /// Its rules, in their order.
    pub rules: Vec<RuleParts>,
}

/// A rule without its `let`s, and these in their order.
#[derive(Debug, Clone)]
pub struct RuleParts {
    fields: Map<String, Json>,
    lets: Vec<(String, String)>,
}

/// Where an expression stands in a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// The name at that position.
    Let(usize),
    /// `when` or `require`.
    Field(&'static str),
}

impl PackParts {
    /// The shipped pack of that id.
    ///
    /// # Errors
    /// Where there is none.
    pub fn shipped(id: &str) -> Result<Self> {
        let mut head: Map<String, Json> = serde_json::from_str(&Pack::load_shipped(id)?.to_json())?;
        let written = head.remove("rules");
        let packs = [Pack::load_shipped(id)?];
        let compiled = RuleSet::compile(&Metamodel::standard(), packs, &Settings::default())?;
        let mut rules = Vec::new();
        for rule in written.iter().filter_map(Json::as_array).flatten() {
            let mut fields = rule.as_object().context("a rule")?.clone();
            fields.remove("let");
            let name = fields.get("id").and_then(Json::as_str).context("a rule has an id")?;
            // Objects don't keep the order of their fields here.
            let compiled = compiled.rule(&format!("{id}/{name}"))?;
            let lets = compiled.lets().map(|(name, text)| (name.to_owned(), text.to_owned()));
            let lets = lets.collect();
            rules.push(RuleParts { fields, lets });
        }
        Ok(Self { head, rules })
    }

    /// The ids of the packs that it uses.
    pub fn uses(&self) -> impl Iterator<Item = &str> {
        self.head
            .get("uses")
            .and_then(Json::as_array)
            .into_iter()
            .flatten()
            .filter_map(Json::as_str)
    }

    /// Its definitions: as they are called, with kind and arguments, and what they stand for.
    pub fn definitions(&self) -> impl Iterator<Item = (&str, &str)> {
        let defined = self.head.get("define").and_then(Json::as_object).into_iter().flatten();
        defined.filter_map(|(name, text)| Some((name.as_str(), text.as_str()?)))
    }

    /// The same with another text for a definition.
    #[must_use]
    pub fn with_definition(&self, name: &str, text: &str) -> Self {
        let mut parts = self.clone();
        if let Some(Json::Object(defined)) = parts.head.get_mut("define") {
            defined.insert(name.to_owned(), Json::from(text));
        }
        parts
    }

    /// The text of a pack with these rules.
    ///
    /// # Errors
    /// Where it can't be written.
    pub fn print(&self, rules: &[RuleParts]) -> Result<String> {
        let mut text = open(&self.head)?;
        let rules = rules.iter().map(RuleParts::print).collect::<Result<Vec<_>>>()?;
        if !rules.is_empty() {
            text.push_str(&format!(",\"rules\":[{}]", rules.join(",")));
        }
        text.push('}');
        Ok(text)
    }
}

impl RuleParts {
    /// Its bare id.
    pub fn id(&self) -> &str {
        self.fields.get("id").and_then(Json::as_str).unwrap_or("")
    }

    /// Its expressions: names first, then the conditions.
    pub fn expressions(&self) -> impl Iterator<Item = (Place, &str)> {
        let lets = self.lets.iter().enumerate();
        let lets = lets.map(|(at, (_, text))| (Place::Let(at), text.as_str()));
        let conditions = ["when", "require"].into_iter();
        lets.chain(conditions.filter_map(|name| {
            Some((Place::Field(name), self.fields.get(name).and_then(Json::as_str)?))
        }))
    }

    /// What its names stand for.
    pub fn lets(&self) -> impl Iterator<Item = (&str, &str)> {
        self.lets.iter().map(|(name, text)| (name.as_str(), text.as_str()))
    }

    /// The same with another expression.
    #[must_use]
    pub fn with(&self, place: Place, text: &str) -> Self {
        let mut rule = self.clone();
        match place {
            Place::Let(at) => {
                if let Some((_, written)) = rule.lets.get_mut(at) {
                    text.clone_into(written);
                }
            }
            Place::Field(name) => {
                rule.fields.insert(name.to_owned(), Json::from(text));
            }
        }
        rule
    }

    /// The same without the examples.
    #[must_use]
    pub fn without_examples(&self) -> Self {
        let mut rule = self.clone();
        rule.fields.remove("examples");
        rule
    }

    fn print(&self) -> Result<String> {
        let lets = self.lets();
        let lets = lets.map(|(name, text)| format!("{}:{}", Json::from(name), Json::from(text)));
        let lets = lets.collect::<Vec<_>>().join(",");
        Ok(format!("{},\"let\":{{{lets}}}}}", open(&self.fields)?))
    }
}

/// An object as text, without the bracket at its end.
fn open(fields: &Map<String, Json>) -> Result<String> {
    let text = Json::from(fields.clone()).to_string();
    text.strip_suffix('}').map(str::to_owned).context("an object")
}
