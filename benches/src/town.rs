//! Programmes in the standard vocabulary: the example's programme, many times over.
//!
//! Ten of them make a town. They share its bodies, units and policies; everything else each has of its own.

use anyhow::{Context, Result};
use rustc_hash::FxHashSet;
use serde_json::{Map, Value as Json};
use spelregel::{Metamodel, Model, Source};

use crate::dates;

const EXAMPLE: [(&str, &str); 3] = [
    ("programma.yaml", include_str!("../../examples/linderveen/programma.yaml")),
    ("mensen.yaml", include_str!("../../examples/linderveen/mensen.yaml")),
    ("documenten.yaml", include_str!("../../examples/linderveen/documenten.yaml")),
];
/// Programmes of one town.
const IN_A_TOWN: usize = 10;
/// The kinds whose elements the programmes of a town share.
const SHARED: [&str; 3] = ["Body", "OrgUnit", "Policy"];

/// The document of so many programmes.
///
/// # Errors
///
/// Where the example is no model of the standard metamodel.
pub fn document(programmes: usize) -> Result<Map<String, Json>> {
    let metamodel = Metamodel::standard();
    let sources = EXAMPLE.map(|(name, text)| Source::new(name, text));
    let example = Model::load(&metamodel, sources)?;
    let shared = example.elements().filter(|element| SHARED.contains(&element.kind().name()));
    let shared: FxHashSet<&str> = shared.map(|element| element.id()).collect();
    let ids: FxHashSet<&str> = example.elements().map(|element| element.id()).collect();
    let example_document: Map<String, Json> = serde_json::from_str(&example.to_json())?;
    let mut document = Map::new();
    document.insert("spelregel".to_owned(), 1.into());
    let sections = example_document.iter().filter_map(|(name, one)| Some((name, one.as_array()?)));
    for (section, elements) in sections {
        let mut all = Vec::new();
        for number in 0..programmes {
            for element in elements {
                let id = element.get("id").and_then(Json::as_str);
                if id.is_some_and(|id| shared.contains(id)) && number % IN_A_TOWN != 0 {
                    continue;
                }
                let mut copy = element.clone();
                let name = |id: &str| {
                    let is_shared = shared.contains(id);
                    let of = if is_shared { number / IN_A_TOWN * IN_A_TOWN } else { number };
                    format!("{id}-{of}")
                };
                for (field, value) in copy.as_object_mut().context("an object")? {
                    if field == "id" || field == "elements" || metamodel.is_relation(field) {
                        rename(value, &ids, &name);
                    }
                    // Not all of them are in the same week of their lives.
                    shift(value, i32::try_from(number * 37 % 360)? - 180);
                }
                all.push(copy);
            }
        }
        document.insert(section.clone(), Json::Array(all));
    }
    document.get("programmes").context("programmes")?;
    Ok(document)
}

/// Gives everything that is an id, or names an element by it, another.
fn rename(value: &mut Json, ids: &FxHashSet<&str>, name: &dyn Fn(&str) -> String) {
    match value {
        Json::String(text) if ids.contains(text.as_str()) => *text = name(text),
        Json::Array(items) => items.iter_mut().for_each(|item| rename(item, ids, name)),
        Json::Object(fields) => fields.values_mut().for_each(|field| rename(field, ids, name)),
        _ => {}
    }
}

/// Moves every date by so many days.
fn shift(value: &mut Json, days: i32) {
    match value {
        Json::String(text) => {
            if let Some(day) = dates::day(text) {
                *text = dates::text(day + days);
            }
        }
        Json::Array(items) => items.iter_mut().for_each(|item| shift(item, days)),
        Json::Object(fields) => fields.values_mut().for_each(|field| shift(field, days)),
        _ => {}
    }
}
