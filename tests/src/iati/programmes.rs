//! The same activities as programmes and projects, in the standard vocabulary.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use serde_json::{Map, Value as Json, json};

use super::date;
use crate::outside::{Taken, count};
use crate::xml::Node;

/// A status by its code: the state of a programme, its phase, and the state of a project.
const STATUSES: [(&str, &str, &str, &str); 5] = [
    ("1", "proposed", "explore", "proposed"),
    ("2", "active", "deliver", "executing"),
    ("3", "active", "embed", "delivered"),
    ("4", "closed", "close", "closed"),
    ("5", "cancelled", "explore", "cancelled"),
];

/// Takes a file with activities: those of the first level are programmes, those below are projects, which are part
/// of what they are related to as a child to its parent.
///
/// # Errors
/// Where it is no such file.
pub fn convert(xml: &str) -> Result<Taken> {
    let root = Node::parse(xml)?;
    let mut left_out = BTreeMap::new();
    let (mut programmes, mut projects) = (Vec::new(), Vec::new());
    let mut partners = BTreeMap::new();
    for activity in root.all("iati-activity") {
        let is_programme = activity.attribute("hierarchy") == Some("1");
        let mut element = basics(activity, is_programme)?;
        let (mut parents, mut children) = (Vec::new(), Vec::new());
        for child in &activity.children {
            match (child.name.as_str(), child.attribute("ref"), child.attribute("type")) {
                ("related-activity", Some(id), Some("1")) => parents.push(id),
                ("related-activity", Some(id), Some("2")) => children.push(id),
                ("participating-org", Some(id), _) if is_programme => {
                    let id = format!("org:{}", id.trim());
                    let stakes =
                        partners.entry(id).or_insert_with(|| (child.text.as_str(), Vec::new()));
                    stakes.1.push(element.get("id").cloned().unwrap_or_default());
                }
                (name, _, _) if TAKEN.contains(&name) => {}
                (name, _, _) => count(&mut left_out, name),
            }
        }
        if !parents.is_empty() {
            element.insert("part_of".to_owned(), json!(parents));
        }
        if !children.is_empty() {
            element.insert("includes".to_owned(), json!(children));
        }
        let all = if is_programme { &mut programmes } else { &mut projects };
        all.push(Json::Object(element));
    }
    let partners: Vec<Json> = partners
        .into_iter()
        .map(|(id, (name, programmes))| {
            json!({"id": id, "name": name, "unit_type": "external_party", "has_stake_in": programmes})
        })
        .collect();
    let model = json!({"programmes": programmes, "projects": projects, "org_units": partners});
    let at = root.attribute("generated-datetime").and_then(date).context("a date")?;
    Taken { at, model, withheld: BTreeMap::new(), left_out }
        .with_complete(&["Programme", "Project"])
}

/// What [`basics`] takes.
const TAKEN: [&str; 5] =
    ["iati-identifier", "title", "description", "activity-date", "activity-status"];

fn basics(activity: &Node, is_programme: bool) -> Result<Map<String, Json>> {
    let mut element = Map::new();
    let id = activity.text_of("iati-identifier").context("an identifier")?;
    element.insert("id".to_owned(), json!(id));
    for (field, name) in [("name", "title"), ("description", "description")] {
        if let Some(text) = activity.text_of(name) {
            element.insert(field.to_owned(), json!(text));
        }
    }
    for (field, event) in [("start_on", "start"), ("end_on", "end")] {
        if let Some(day) = day(activity, event) {
            element.insert(field.to_owned(), json!(day));
        }
    }
    let code = activity.all("activity-status").find_map(|status| status.attribute("code"));
    let known = STATUSES.iter().find(|(known, ..)| Some(*known) == code);
    let (_, of_programme, phase, of_project) = known.with_context(|| format!("{id}: {code:?}"))?;
    if is_programme {
        element.insert("phase".to_owned(), json!(phase));
        element.insert("state".to_owned(), json!(of_programme));
    } else {
        element.insert("state".to_owned(), json!(of_project));
    }
    Ok(element)
}

/// The actual day of an event, or else the planned one.
fn day(activity: &Node, event: &str) -> Option<String> {
    let of = |sort: &str| {
        let kind = format!("{event}-{sort}");
        let mut dates = activity.all("activity-date");
        let found = dates.find(|date| date.attribute("type") == Some(&kind))?;
        date(&found.text)
    };
    of("actual").or_else(|| of("planned")).map(|day| day.to_string())
}
