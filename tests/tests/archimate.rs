//! ArchiMate models of others: everything in them is counted, and nothing is lost in silence.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::{env, fs};

use anyhow::{Context, Result};
use serde::Deserialize;
use spelregel::archimate::{self, Converted, Reason};
use spelregel::{Date, Limits, Metamodel, Model, Source};
use spelregel_tests::tally::{Counts, shipped, tally, total};
use spelregel_tests::{figures, files};

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

/// Another folder of models with what is expected of them, or ours.
fn folder() -> PathBuf {
    env::var_os("SPELREGEL_ARCHIMATE").map_or_else(|| files::path("data/archimate"), PathBuf::from)
}

fn expected() -> Result<Vec<Expected>> {
    let lines = fs::read_to_string(folder().join("expected-counts.jsonl"))?;
    lines.lines().map(|line| serde_json::from_str(line).context("a line")).collect()
}

fn converted(file: &str) -> Result<Converted> {
    let bytes = fs::read(folder().join(file))?;
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
        let accounted = notes.linked + notes.ordered + notes.skipped_relations.len();
        assert_eq!(accounted, notes.relations, "{file}");
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

/// The models that the page tells of, with what it calls them.
const TOLD: [(&str, &str); 5] = [
    ("WildRiver", "wildriver.archimate"),
    ("Sandbox", "esdc-sandbox-b.archimate"),
    ("Reaching Home", "esdc-reaching-home.archimate"),
    ("Mandate letters", "esdc-mandate-letters-2019.exchange.xml"),
    ("Archisurance", "archisurance.archimate"),
];

/// Kinds that models of architectures seldom hold, besides the model.
const NOT_RECORDED: &str =
    "spelregel: 1\nopen_kinds: [Person, Body, Decision, Mandate, Document, Risk, Finding]\n";

fn hold(name: &str, measured: &[String]) -> Result<()> {
    figures::hold(&files::path("../docs/real-data.md"), name, measured)
}

#[test]
fn the_page_tells_what_has_a_place() -> Result<()> {
    let mut table = vec![
        "| model | elements | placed | as programmes and projects | relationships | linked, ordered |"
            .to_owned(),
        "| --- | --- | --- | --- | --- | --- |".to_owned(),
    ];
    for (name, file) in TOLD {
        let notes = converted(file)?.notes;
        let of = |kind: &str| notes.placed_elements.get(kind).copied().unwrap_or_default();
        table.push(format!(
            "| {name} | {} | {} | {}, {} | {} | {}, {} |",
            notes.elements,
            notes.placed_elements.values().sum::<usize>(),
            of("Programme"),
            of("Project"),
            notes.relations,
            notes.linked,
            notes.ordered,
        ));
    }
    hold("archimate", &table)
}

#[test]
fn the_page_tells_what_shipped_rules_find_in_architectures() -> Result<()> {
    let rules = shipped()?;
    let at: Date = "2026-06-01".parse()?;
    let mut table = vec![
        "| model | as it is: fail | unknown | pass | governance not recorded: fail | unknown | pass |"
            .to_owned(),
        "| --- | --- | --- | --- | --- | --- | --- |".to_owned(),
    ];
    let mut by_rule: BTreeMap<String, BTreeMap<&str, Counts>> = BTreeMap::new();
    for (name, file) in TOLD {
        let document = converted(file)?.document;
        let open = Source::new("open.yaml", NOT_RECORDED);
        let as_it_is = Model::load(&Metamodel::standard(), [document.clone()])?;
        let not_recorded = Model::load(&Metamodel::standard(), [document, open])?;
        let found = tally(&rules, &as_it_is, at);
        let [fail, unknown, pass] = total(&found);
        let [fails, unknowns, passes] = total(&tally(&rules, &not_recorded, at));
        table.push(format!(
            "| {name} | {fail} | {unknown} | {pass} | {fails} | {unknowns} | {passes} |"
        ));
        for (rule, counts) in found {
            by_rule.entry(rule).or_default().insert(name, counts);
        }
    }
    hold("architectures", &table)?;
    let mut table = vec![
        format!("| rule: fail, unknown, pass | {} |", TOLD.map(|(name, _)| name).join(" | ")),
        format!("| --- |{}", " --- |".repeat(TOLD.len())),
    ];
    for (rule, models) in by_rule {
        let cell = |name| match models.get(name).copied().unwrap_or_default() {
            [0, 0, 0] => "–".to_owned(),
            [fail, unknown, pass] => format!("{fail}, {unknown}, {pass}"),
        };
        if models.values().any(|[fail, unknown, _]| fail + unknown > 0) {
            table.push(format!("| `{rule}` | {} |", TOLD.map(|(name, _)| cell(name)).join(" | ")));
        }
    }
    hold("architecture-rules", &table)
}
