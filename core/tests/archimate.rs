//! Models from ArchiMate files, made to show each rule of the mapping, and hostile ones.

use proptest::prelude::*;
use spelregel::archimate::{self, Converted};
use spelregel::{Diagnostics, Language, Limits, Metamodel, Model};

fn convert(bytes: &[u8]) -> Result<Converted, Diagnostics> {
    archimate::convert(&Metamodel::standard(), "town", bytes, &Limits::default())
}

/// Elements and relationships of a file of Archi.
fn archi(inside: &str) -> String {
    format!(
        "<archimate:model xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" \
         xmlns:archimate=\"http://www.archimatetool.com/archimate\" name=\"Town\" id=\"m\">\
         <folder name=\"All\">{inside}</folder></archimate:model>"
    )
}

/// `Goal co2 Half the CO2` or `Realization r a b`, a line each.
fn short(lines: &str) -> String {
    let mut inside = String::new();
    for (number, line) in lines.lines().map(str::trim).filter(|line| !line.is_empty()).enumerate() {
        let words: Vec<&str> = line.splitn(3, ' ').collect();
        let element = match words.as_slice() {
            [kind, from, to] if kind.ends_with('>') => format!(
                "<element xsi:type=\"archimate:{}Relationship\" id=\"r{number}\" source=\"{from}\" target=\"{to}\"/>",
                kind.trim_end_matches('>')
            ),
            [kind, id, name] => {
                format!("<element xsi:type=\"archimate:{kind}\" id=\"{id}\" name=\"{name}\"/>")
            }
            other => format!("<!-- {other:?} -->"),
        };
        inside.push_str(&element);
    }
    archi(&inside)
}

fn shown(file: &str) -> String {
    match convert(file.as_bytes()) {
        Ok(converted) => {
            let notes = converted.notes.to_text(Language::En);
            let document = converted.document.text().to_owned();
            let loaded = Model::load(&Metamodel::standard(), [converted.document]);
            loaded
                .map_or_else(|problems| problems.to_string(), |_| format!("{document}---\n{notes}"))
        }
        Err(problems) => problems.to_string(),
    }
}

#[test]
fn kinds_and_relations_by_their_types() {
    insta::assert_snapshot!(shown(&short(
        "WorkPackage warm Warm homes
         WorkPackage grid Heat grid
         WorkPackage advice Advice
         Goal co2 Half the CO2
         Outcome label Homes to label B
         Capability skill Advice on heat
         Deliverable guide Guide
         BusinessRole lead Project leader
         BusinessRole clerk Clerk
         BusinessActor council Gemeenteraad
         BusinessActor works Public works
         Stakeholder owners Home owners
         Stakeholder neighbours The neighbours
         Plateau now As is
         Plateau first First district
         OrJunction either Either
         DataObject register Register
         Aggregation> warm grid
         Composition> warm advice
         Realization> grid co2
         Realization> warm co2
         Realization> advice guide
         Realization> guide skill
         Realization> skill label
         Realization> label co2
         Assignment> lead grid
         Assignment> works owners
         Association> owners warm
         Association> works label
         Triggering> advice either
         Triggering> either grid
         Serving> register grid
         Realization> grid r17
         Realization> grid nowhere",
    )));
}

#[test]
fn marks_decide() {
    let property = |key: &str, value: &str| format!("<property key=\"{key}\" value=\"{value}\"/>");
    let element = |kind: &str, id: &str, more: &str, inside: &str| {
        format!(
            "<element xsi:type=\"archimate:{kind}\" id=\"{id}\" name=\"{id}\" {more}>{inside}</element>"
        )
    };
    let file = archi(
        &[
            element("WorkPackage", "warm", "", &property("prgm:kind", "programme")),
            element("WorkPackage", "school", "profiles=\"p1\"", &property("end_on", "2026-12-31")),
            element("Assessment", "late", "profiles=\"p2\"", &property("prgm:likelihood", "much")),
            element("Assessment", "plain", "", ""),
            element(
                "Outcome",
                "noise",
                "profiles=\"p3\"",
                "<documentation>Is &lt;loud&gt;&#33;</documentation>",
            ),
            element("BusinessActor", "an id", "", &property("unit_type", "team")),
            element(
                "AssociationRelationship",
                "r1",
                "source=\"noise\" target=\"an id\"",
                &property("prgm:relation", "owned_by"),
            ),
            element("AssociationRelationship", "r2", "source=\"warm\" target=\"noise\"", ""),
        ]
        .concat(),
    );
    let profiles = "<profile id=\"p1\" name=\"Learning activity\"/><profile id=\"p2\" name=\"Risk\"/>\
                    <profile id=\"p3\" name=\"Disbenefit\"/></archimate:model>";
    insta::assert_snapshot!(shown(&file.replace("</archimate:model>", profiles)));
}

#[test]
fn files_that_are_none() {
    let deep = format!("{}{}", "<a>".repeat(300), "</a>".repeat(300));
    let bomb = "<!DOCTYPE m [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;\">]>";
    let entity = "<element xsi:type=\"archimate:Goal\" id=\"g\"><documentation>&b;</documentation></element>";
    let files = [
        String::new(),
        "goals: []".to_owned(),
        "<model/>".to_owned(),
        "<model xmlns=\"http://www.opengroup.org/xsd/archimate\"/>".to_owned(),
        archi("<element").replace("</folder>", ""),
        archi("</folder></folder>"),
        archi(&deep),
        format!("{bomb}{}", archi("")),
        archi(entity),
        "PK\u{3}\u{4} no archive".to_owned(),
    ];
    let shown: Vec<String> = files.iter().map(|file| shown(file)).collect();
    insta::assert_snapshot!(shown.join("\n"));
}

#[test]
fn limits_hold() {
    let mut limits = Limits::default();
    limits.elements = 2;
    let file = short("Goal a A\nGoal b B\nGoal c C");
    let metamodel = Metamodel::standard();
    let over = archimate::convert(&metamodel, "town", file.as_bytes(), &limits);
    assert!(over.unwrap_err().to_string().contains("more than 2 elements"));
    limits.source_bytes = 10;
    let over = archimate::convert(&metamodel, "town", file.as_bytes(), &limits);
    assert!(over.unwrap_err().to_string().contains("larger than 10 bytes"));
}

/// Many ways through junctions: as many as there are ways in times ways out.
#[test]
fn junctions_do_not_multiply_without_bound() {
    let many = |line: &dyn Fn(usize) -> String| (0..500).map(line).collect::<String>();
    let file = short(&format!(
        "OrJunction j J\n{}{}{}",
        many(&|i| format!("WorkPackage p{i} P\n")),
        many(&|i| format!("Triggering> p{i} j\n")),
        many(&|i| format!("Triggering> j p{i}\n")),
    ));
    let notes = convert(file.as_bytes()).unwrap().notes;
    assert!(notes.links["depends_on"] <= 100_000);
    assert!(
        notes.skipped_relations.iter().any(|skipped| skipped.reason == archimate::Reason::TooMany)
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_bytes_are_read_or_reported(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let _ = convert(&bytes);
        let _ = convert(&[b"PK\x03\x04", bytes.as_slice(), b"PK\x05\x06", bytes.as_slice()].concat());
    }

    /// What a name holds never breaks the document, nor what is read back of it.
    #[test]
    fn any_name_is_kept(name in "\\PC{1,20}") {
        let escaped = name.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;");
        let file = short(&format!("Goal g {escaped}"));
        let document = convert(file.as_bytes()).unwrap().document;
        let model = Model::load(&Metamodel::standard(), [document]);
        prop_assert!(model.is_ok(), "{model:?}");
    }
}
