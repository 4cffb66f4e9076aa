//! Models from ArchiMate files, made to show each rule of the mapping, and hostile ones.
#![expect(clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

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
fn plateaus_come_in_the_order_of_what_triggers_them() {
    insta::assert_snapshot!(shown(&short(
        "Plateau now Current architecture
         Plateau first First
         Plateau second Second
         Plateau beside Beside the second
         Plateau third Third
         Plateau alone Alone
         Plateau egg Egg
         Plateau hen Hen
         Junction both Both
         Junction end End
         Triggering> now first
         Triggering> first second
         Triggering> first beside
         Triggering> second both
         Triggering> beside both
         Triggering> both third
         Triggering> third end
         Triggering> egg hen
         Triggering> hen egg",
    )));
}

#[test]
fn roles_have_a_place_where_they_are_linked_to_one() {
    insta::assert_snapshot!(shown(&short(
        "BusinessRole manager Programmamanager
         BusinessRole deputy Deputy
         BusinessRole clerk Clerk
         BusinessRole help Help of the clerk
         BusinessActor council Raad
         BusinessCollaboration board Stuurgroep
         Principle open Open source
         Assignment> council manager
         Flow> deputy manager
         Serving> clerk council
         Association> clerk open
         Flow> help clerk
         Aggregation> board deputy",
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
            element("WorkPackage", "task", "profiles=\"p4\"", ""),
            element("WorkPackage", "Heat pump training", "", ""),
            element("Grouping", "district", "profiles=\"p5\"", ""),
            element("Grouping", "pile", "", ""),
            element("AggregationRelationship", "r3", "source=\"district\" target=\"noise\"", ""),
            element("AggregationRelationship", "r4", "source=\"pile\" target=\"noise\"", ""),
            element("Principle", "rules", "profiles=\"p6\"", ""),
            element("Principle", "policy", "profiles=\"p7\"", ""),
            element("Plateau", "before", "profiles=\"p8\"", ""),
            element("BusinessObject", "plan", "", &property("Document_Type", "vision")),
            element(
                "BusinessObject",
                "twice",
                "",
                &[property("document_type", "vision"), property("document_type", "brief")].concat(),
            ),
            element(
                "Resource",
                "Budget",
                "",
                &[property("kind", "money"), property("ID", "B1")].concat(),
            ),
        ]
        .concat(),
    );
    let profiles = "<profile id=\"p1\" name=\"Learning activity\"/><profile id=\"p2\" name=\"Risk\"/>\
                    <profile id=\"p3\" name=\"Disbenefit\"/><profile id=\"p4\" name=\"Task\"/>\
                    <profile id=\"p5\" name=\"Program\"/><profile id=\"p6\" name=\"Ground rules\"/>\
                    <profile id=\"p7\" name=\"Business Policy\"/><profile id=\"p8\" name=\"Baseline\"/>\
                    </archimate:model>";
    insta::assert_snapshot!(shown(&file.replace("</archimate:model>", profiles)));
}

#[test]
fn influences_have_a_sign() {
    let risk = |id: &str| {
        format!(
            "<element xsi:type=\"archimate:Assessment\" id=\"{id}\" name=\"{id}\">\
             <property key=\"prgm:kind\" value=\"Risk\"/></element>"
        )
    };
    let influence = |id: &str, from: &str, to: &str, sign: &str| {
        format!(
            "<element xsi:type=\"archimate:InfluenceRelationship\" id=\"{id}\" source=\"{from}\" \
             target=\"{to}\" strength=\"{sign}\"/>"
        )
    };
    let elements = "<element xsi:type=\"archimate:Goal\" id=\"co2\" name=\"Half the CO2\"/>\
                    <element xsi:type=\"archimate:Outcome\" id=\"label\" name=\"Homes to label B\"/>\
                    <element xsi:type=\"archimate:Outcome\" id=\"noise\" name=\"More noise\"/>";
    insta::assert_snapshot!(shown(&archi(
        &[
            elements,
            &risk("price"),
            &risk("subsidy"),
            &influence("r1", "label", "co2", "++"),
            &influence("r2", "noise", "co2", "--"),
            &influence("r3", "price", "label", "-"),
            &influence("r4", "subsidy", "label", "0.5"),
        ]
        .concat()
    )));
}

/// A work package that leads straight to a benefit or goal, by way of a product or without.
#[test]
fn what_skips_a_step_is_told() {
    insta::assert_snapshot!(shown(&short(
        "WorkPackage warm Warm homes
         WorkPackage grid Heat grid
         WorkPackage loose Loose end
         Goal co2 Half the CO2
         Outcome label Homes to label B
         Deliverable pipes Pipes
         Aggregation> warm grid
         Realization> grid label
         Realization> grid pipes
         Realization> loose pipes
         Realization> pipes label
         Realization> pipes co2",
    )));
}

/// Every relationship that is read as a relation, between all kinds that it may join: kinds that it comes from,
/// kinds that it leads to, forms; `^` reverses one.
const RELATIONS: &str = "
    pursues | Programme, Project | Goal | Realization, Influence, Association
    refines | Goal | Goal | ^Aggregation, ^Composition, Influence, Specialization
    sets_out | Document | Goal | Association, Realization
    contributes_to | Benefit | Goal | Realization, Influence
    contributes_to | Benefit | Benefit | Influence, Association
    enables | Capability | Benefit | Realization, Influence
    builds | Project, LearningActivity | Capability | Realization, Association
    measured_by | Goal, Benefit | Indicator | Association, ^Influence
    measured_by | Programme | Indicator | Association
    realised_in | Benefit | OrgUnit | Association
    transfers_to | Capability | OrgUnit | Association, ^Realization
    part_of | Programme, Project, LearningActivity | Programme | ^Aggregation, ^Composition
    part_of | Benefit | Programme | ^Realization, Association
    part_of | Tranche, Body, Decision, Risk, Finding | Programme | Association
    part_of | OrgUnit | OrgUnit | ^Composition, ^Aggregation
    planned_in | Project, LearningActivity | Tranche | Realization
    planned_in | Capability, Benefit | Tranche | ^Aggregation, ^Composition, ^Realization
    depends_on | Project, LearningActivity, Programme | Project, LearningActivity, Programme | ^Triggering, ^Flow, Association
    depends_on | Project, LearningActivity, Programme | Decision | ^Triggering, Association
    depends_on | Capability | Project, LearningActivity, Decision, Programme | Association
    depends_on | Capability | Capability | Association, Aggregation, Composition
    depends_on | Project, LearningActivity, Programme | Capability | Association
    uses | Programme, Project, LearningActivity | Resource | Association
    role_in | Role | Programme, Project | Assignment
    role_in | Role | OrgUnit, Body | Association, ^Assignment
    role_in | Role | Body | ^Aggregation
    held_by | Role | Person | ^Assignment, Association
    accountable_to | Role | Role | Association, Flow
    member_of | Person | Body | ^Aggregation, Association
    works_in | Person | OrgUnit | ^Aggregation, ^Composition, Association
    owned_by | Goal, Benefit | Role, Body, OrgUnit | Association, ^Realization
    owned_by | Goal, Benefit | Person | Association
    owned_by | Capability, Project, Resource, Risk, Document, Indicator, Finding | Role, Person, Body, OrgUnit | Association
    decided_by | Decision | Body, Role | ^Assignment, Association
    concerns | Decision | Document | WriteAccess, ReadWriteAccess
    based_on | Decision | Document | ReadAccess
    concerns | Decision | Programme, Project, Tranche | Association, Triggering
    concerns | Decision | Goal, Benefit, Capability, Policy, Resource, Mandate, Risk | Association
    based_on | Decision | Finding, Mandate, Decision | Association
    granted_by | Mandate | Decision | Association
    granted_to | Mandate | Role | Association
    submandate_of | Mandate | Mandate | ^Aggregation, ^Composition, Association
    covers | Document | Programme, Project | Association, ^Realization
    covers | Document | Tranche | Association
    authored_by | Document | Role, Person, Body | Association
    sent_to | Document | Person, Body, OrgUnit | Association
    governed_by | Programme, Project, Document | Policy | Realization, Influence, Association
    trains | LearningActivity | Role | Association
    attended_by | LearningActivity | Person | Association
    threatens | Risk | Goal, Benefit | Influence, Association
    threatens | Risk | Programme, Project, Capability, Resource, Tranche | Association
    mitigated_by | Risk | Project, LearningActivity, Decision | Association
    addressed_by | Finding | Project, LearningActivity, Document, Decision, Policy | Association
    has_stake_in | Person, Body, OrgUnit | Programme | Association";

/// What is taken where several fit and nothing says which.
const DEFAULTS: &str = "
    realised_in | Benefit | OrgUnit | Association
    has_stake_in | Body | Programme | Association
    transfers_to | Capability | OrgUnit | Association
    based_on | Decision | Mandate | Association
    concerns | Decision | Programme | Association
    concerns | Decision | Programme | Triggering
    depends_on | Project | Decision | ^Triggering
    sent_to | Document | Body | Association
    sent_to | Document | OrgUnit | Association
    authored_by | Document | Person | Association
    authored_by | Document | Role | Association
    builds | LearningActivity | Capability | Association
    builds | Project | Capability | Association
    part_of | Risk | Programme | Association
    threatens | Risk | Project | Association";

/// Two marked elements and the relationship between them, in a file of the exchange format.
fn joined(kinds: [&str; 2], form: &str, name: &str) -> String {
    let (form, ends) = match form.strip_prefix('^') {
        Some(form) => (form, ["to", "from"]),
        None => (form, ["from", "to"]),
    };
    let (form, access) = match form.strip_suffix("Access") {
        Some(access) => ("Access", access),
        None => (form, ""),
    };
    let element = |id: &str, kind: &str| {
        format!(
            "<element identifier=\"{id}\" xsi:type=\"Grouping\"><properties>\
             <property propertyDefinitionRef=\"k\"><value>{kind}</value></property></properties></element>"
        )
    };
    format!(
        "<model xmlns=\"http://www.opengroup.org/xsd/archimate/3.0/\" \
         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><name>Town</name><elements>{}{}</elements>\
         <relationships><relationship identifier=\"r\" xsi:type=\"{form}\" source=\"{}\" target=\"{}\" \
         accessType=\"{access}\" isDirected=\"true\"><name>{name}</name></relationship></relationships>\
         <propertyDefinitions><propertyDefinition identifier=\"k\" type=\"string\"><name>prgm:kind</name>\
         </propertyDefinition></propertyDefinitions></model>",
        element("from", kinds[0]),
        element("to", kinds[1]),
        ends[0],
        ends[1],
    )
}

fn rows(table: &str) -> impl Iterator<Item = [&str; 4]> {
    let cells = |line| str::split(line, '|').map(str::trim).collect::<Vec<_>>();
    table
        .lines()
        .filter(|line| !line.trim().is_empty())
        .map(move |line| cells(line).try_into().unwrap_or_else(|_| panic!("no row: {line}")))
}

/// Each row, with the name of the relation on the relationship or without.
fn assert_rows(table: &str, with_name: bool) {
    for [relation, from, to, forms] in rows(table) {
        for (from, to) in from.split(", ").flat_map(|from| to.split(", ").map(move |to| (from, to)))
        {
            for form in forms.split(", ") {
                let file = joined([from, to], form, if with_name { relation } else { "" });
                let Converted { document, notes, .. } = convert(file.as_bytes()).unwrap();
                let links: Vec<(&String, &usize)> = notes.links.iter().collect();
                assert_eq!(links, [(&relation.to_owned(), &1)], "{from} {form} {to}");
                let own =
                    document.text().lines().find(|line| line.contains("id: \"from\"")).unwrap();
                assert!(
                    own.contains(&format!("{relation}: [\"to\"]")),
                    "{from} {form} {to}: {own}"
                );
                Model::load(&Metamodel::standard(), [document]).unwrap();
            }
        }
    }
}

#[test]
fn every_relation_is_read_from_every_form_of_it() {
    assert_rows(RELATIONS, true);
}

#[test]
fn of_several_relations_one_is_taken() {
    assert_rows(DEFAULTS, false);
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
