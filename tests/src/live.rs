//! The library with a session: the model of a case is edited into being, and what the session tells on the way is
//! held against a check from nothing.

use std::collections::BTreeSet;

use anyhow::{Context, Result, ensure};
use serde_json::{Map, Value as Json};
use spelregel::report::Finding;
use spelregel::{Delta, Edit, Limits, Metamodel, Model, Options, RuleSet, Session, Source};

use crate::driver::{Driver, Input, Outcome};
use crate::reference::{self, Parts};

/// Runs cases with a session.
#[derive(Debug, Clone, Copy)]
pub struct Live;

impl Driver for Live {
    fn name(&self) -> &'static str {
        "session"
    }

    fn run(&self, input: &Input) -> Result<Outcome> {
        reference::run(input, |parts, limits| {
            let options = reference::options(&input.options)?;
            // Options that mean nothing are told where everything is judged.
            if options.validate(&parts.rules, &parts.model).is_err() {
                return Ok(parts);
            }
            let model = edited(&parts, options, limits)?;
            Ok(Parts { model, ..parts })
        })
    }
}

/// A session, and the findings as its answers leave them.
#[derive(Debug)]
pub struct Watched {
    /// The session.
    pub session: Session,
    findings: Vec<Finding>,
}

impl Watched {
    /// Starts with what a check finds.
    pub fn new(rules: RuleSet, model: Model, options: Options, limits: Limits) -> Self {
        let session = Session::with_limits(rules, model, options, limits);
        let findings = session.findings();
        Self { session, findings }
    }

    /// Makes edits, and follows what the session tells.
    ///
    /// # Errors
    /// Where they are refused, or the session tells of findings that weren't there.
    pub fn apply(&mut self, edits: impl IntoIterator<Item = Edit>) -> Result<()> {
        let delta = self.session.apply(edits)?;
        self.follow(&delta)
    }

    fn follow(&mut self, delta: &Delta) -> Result<()> {
        let gone = delta.went.iter().chain(delta.changed.iter().map(|change| &change.before));
        for finding in gone {
            let text = placeless(finding);
            let at = self.findings.iter().position(|kept| placeless(kept) == text);
            self.findings.swap_remove(at.with_context(|| format!("was never told: {text}"))?);
        }
        self.findings.extend(delta.appeared.iter().cloned());
        self.findings.extend(delta.changed.iter().map(|change| change.after.clone()));
        Ok(())
    }

    /// Holds the findings against those of a check from nothing.
    ///
    /// # Errors
    /// Where they differ.
    pub fn check(&self) -> Result<()> {
        let mut told: Vec<String> = self.findings.iter().map(placeless).collect();
        let mut found: Vec<String> = self.session.findings().iter().map(placeless).collect();
        told.sort_unstable();
        found.sort_unstable();
        let stale: Vec<&String> = told.iter().filter(|text| !found.contains(text)).collect();
        let missed: Vec<&String> = found.iter().filter(|text| !told.contains(text)).collect();
        ensure!(told == found, "stale: {stale:#?}\nnot told: {missed:#?}");
        Ok(())
    }
}

/// A finding as JSON, wherever it is written.
fn placeless(finding: &Finding) -> String {
    let mut finding = finding.clone();
    finding.position = None;
    serde_json::to_string(&finding).unwrap_or_default()
}

/// The model, after half of its elements were there from the start and edits added the rest.
fn edited(parts: &Parts, options: Options, limits: &Limits) -> Result<Model> {
    let text = parts.model.to_json();
    let whole: Map<String, Json> = serde_json::from_str(&text)?;
    let metamodel = parts.rules.metamodel();
    let half = Json::Object(half(metamodel, &whole)).to_string();
    let start = Model::load_with(metamodel, [Source::new("half.json", half)], limits)?;
    let mut watched = Watched::new(parts.rules.clone(), start, options, *limits);
    for edit in additions(metamodel, &whole)? {
        watched.apply([edit])?;
        watched.check()?;
    }
    ensure!(watched.session.model().to_json() == text, "edits lead to another model");
    // The same model with its places in sources.
    let delta = watched.session.replace(parts.model.clone())?;
    watched.follow(&delta)?;
    watched.check()?;
    Ok(watched.session.model().clone())
}

/// Every second element, with the links between these.
fn half(metamodel: &Metamodel, whole: &Map<String, Json>) -> Map<String, Json> {
    let mut half = Map::new();
    let mut kept = BTreeSet::new();
    for (section, elements) in whole {
        if let (Json::Array(elements), false) = (elements, is_no_section(section)) {
            let some: Vec<Json> = elements.iter().step_by(2).cloned().collect();
            kept.extend(some.iter().filter_map(|element| id(element).map(str::to_owned)));
            half.insert(section.clone(), Json::Array(some));
        }
    }
    let elements = half.values_mut().filter_map(Json::as_array_mut).flatten();
    for element in elements.filter_map(Json::as_object_mut) {
        let relations = element.iter_mut().filter(|(name, _)| metamodel.is_relation(name));
        for links in relations.filter_map(|(_, links)| links.as_array_mut()) {
            links.retain(|link| target(link).is_some_and(|to| kept.contains(to)));
        }
    }
    half
}

fn is_no_section(key: &str) -> bool {
    matches!(key, "open_kinds" | "deviations")
}

fn id(element: &Json) -> Option<&str> {
    element.get("id")?.as_str()
}

/// Where a link leads.
fn target(link: &Json) -> Option<&str> {
    link.as_str().or_else(|| link.get("to")?.as_str())
}

/// Edits that put every element, link them and record the rest. Lists whose name is a relation's are links.
fn additions(metamodel: &Metamodel, whole: &Map<String, Json>) -> Result<Vec<Edit>> {
    let (mut puts, mut links, mut others) = (Vec::new(), Vec::new(), Vec::new());
    for kind in metamodel.kinds() {
        let elements = whole.get(kind.section()).and_then(Json::as_array).into_iter().flatten();
        for (position, element) in elements.enumerate() {
            let Some(fields) = element.as_object() else { continue };
            let from = id(element).context("an element has an id")?;
            let mut put = Edit::put(kind.name(), from);
            for (name, value) in fields.iter().filter(|(name, _)| *name != "id") {
                match value.as_array() {
                    Some(ends) if metamodel.is_relation(name) => {
                        for end in ends {
                            let to = target(end).context("a link leads somewhere")?;
                            let mut link = Edit::link(from, name, to);
                            let properties = end.as_object().into_iter().flatten();
                            for (name, value) in properties.filter(|(name, _)| *name != "to") {
                                link = link.with(name, value.clone());
                            }
                            links.push(link);
                        }
                    }
                    _ => put = put.with(name, value.clone()),
                }
            }
            if position % 2 == 1 {
                puts.push(put);
            }
        }
    }
    for kind in whole.get("open_kinds").and_then(Json::as_array).into_iter().flatten() {
        others.push(Edit::open(kind.as_str().context("a kind is text")?));
    }
    for deviation in whole.get("deviations").and_then(Json::as_array).into_iter().flatten() {
        let mut edit = deviation.clone();
        edit.as_object_mut().context("an object")?.insert("edit".to_owned(), "deviate".into());
        others.push(serde_json::from_value(edit)?);
    }
    Ok(puts.into_iter().chain(links).chain(others).collect())
}
