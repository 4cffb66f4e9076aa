//! ArchiMate models of others: everything in them is counted, and nothing is lost in silence.

use std::collections::BTreeMap;
use std::fs;

use anyhow::{Context, Result};
use serde::Deserialize;
use spelregel::archimate::{self, Converted, Reason};
use spelregel::{Limits, Metamodel, Model};
use spelregel_tests::files;

/// What a counter that shares nothing with ours says of a file.
#[derive(Deserialize)]
struct Expected {
    file: String,
    name: String,
    elements: usize,
    relations: usize,
    views: usize,
    properties: usize,
    documented: usize,
    dangling: usize,
    to_relation: usize,
    element_types: BTreeMap<String, usize>,
    relation_types: BTreeMap<String, usize>,
}

fn expected() -> Result<Vec<Expected>> {
    let lines = files::text("data/archimate/expected-counts.jsonl")?;
    lines.lines().map(|line| serde_json::from_str(line).context("a line")).collect()
}

fn converted(file: &str) -> Result<Converted> {
    let bytes = fs::read(files::path(&format!("data/archimate/{file}")))?;
    Ok(archimate::convert(&Metamodel::standard(), file, &bytes, &Limits::default())?)
}

#[test]
fn everything_in_a_file_is_counted() {
    let all = expected().unwrap();
    assert!(all.len() >= 9);
    for expected in all {
        let notes = converted(&expected.file).unwrap().notes;
        let file = &expected.file;
        assert_eq!(notes.name, expected.name, "{file}");
        assert_eq!(
            (notes.elements, notes.relations),
            (expected.elements, expected.relations),
            "{file}"
        );
        assert_eq!(notes.views, expected.views, "{file}");
        assert_eq!(
            (notes.properties, notes.documented),
            (expected.properties, expected.documented),
            "{file}"
        );
        assert_eq!(notes.element_types, expected.element_types, "{file}");
        assert_eq!(notes.relation_types, expected.relation_types, "{file}");
        let because =
            |reason| notes.skipped_relations.iter().filter(|s| s.reason == reason).count();
        assert_eq!(because(Reason::Dangling), expected.dangling, "{file}");
        assert_eq!(because(Reason::AtRelation), expected.to_relation, "{file}");
    }
}

#[test]
fn what_is_counted_has_a_place_or_is_listed() {
    for expected in expected().unwrap() {
        let Converted { document, notes, .. } = converted(&expected.file).unwrap();
        let file = &expected.file;
        let placed: usize = notes.placed_elements.values().sum();
        let accounted = placed + notes.merged + notes.junctions + notes.skipped_elements.len();
        assert_eq!(accounted, notes.elements, "{file}");
        assert_eq!(notes.linked + notes.skipped_relations.len(), notes.relations, "{file}");
        let model = Model::load(&Metamodel::standard(), [document]).unwrap();
        assert_eq!(model.element_count(), placed, "{file}");
        assert!(model.link_count() <= notes.links.values().sum(), "{file}");
    }
}

#[test]
fn two_forms_of_a_model_give_one_graph() {
    let lines = |file: &str| {
        let document = converted(file).unwrap().document;
        // The exchange format wants a letter before ids.
        let plain = document.text().replace("\"id-", "\"");
        let mut lines: Vec<String> = plain.lines().map(str::to_owned).collect();
        lines.sort();
        lines
    };
    assert_eq!(lines("wildriver.archimate"), lines("wildriver.exchange.xml"));
}
