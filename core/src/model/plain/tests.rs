//! Both ways to read a document give the same model, wherever this one gives any.

use proptest::prelude::*;
use serde_json::{Map, Value as Json, json};

use crate::limits::Limits;
use crate::metamodel::Metamodel;
use crate::model::{Model, load, plain};
use crate::source::Source;
use crate::value::Timestamp;

fn sources(texts: &[&str]) -> Vec<Source> {
    texts.iter().map(|text| Source::new("m.json", *text)).collect()
}

/// The model by this way, once it has been held against the other.
fn read(texts: &[&str]) -> Option<Model> {
    let (metamodel, limits) = (Metamodel::standard(), Limits::default());
    let sources = sources(texts);
    let plain = Model(plain::load(&metamodel, &sources, &limits)?.into());
    let other = load::from_documents(&metamodel, sources, &limits).unwrap();
    assert_eq!(plain.to_json(), other.to_json());
    assert!(other.warnings().is_none());
    for (one, other) in plain.elements().zip(other.elements()) {
        assert_eq!(one.position(), other.position());
    }
    assert_eq!(format!("{:?}", plain.deviations()), format!("{:?}", other.deviations()));
    Some(plain)
}

#[test]
fn plain_documents_are_read() {
    let model = read(&[
        r#"{"spelregel": 1, "open_kinds": ["Person"],
  "programmes": [
    {"id": "p2", "name": "Tweede \"programma\" \u00e9\n", "phase": "design", "pursues": "g",
     "risk_appetite": 2.50, "board_interval_days": 42, "start_on": "2024-02-29", "state": "cancelled"},
    {"id": "p1", "name": 12, "vision": null, "pursues": ["g", "g"], "has_role": []}],
  "deviations": [{"rule": "x", "reason": "y", "element": "p1", "until": "2026-12-31"}],
  "goals": [{"id": "g", "pursued_by": ["p1"]}]}"#,
        r#"{"roles": [{"id": "r", "key_role": true, "role_type": "commissioner", "role_in": ["p1"],
  "required_competences": ["a", "b"],
  "held_by": [{"to": "h", "fte": 0.2, "valid_from": "2026-01-01"}, {"to": "h", "valid_from": "2025-01-01"}]}],
  "persons": [{"id": "h", "holds": {"to": "r", "fte": 0.2, "valid_from": "2026-01-01"}}]}"#,
    ])
    .unwrap();
    assert_eq!((model.element_count(), model.link_count()), (5, 5));
}

#[test]
fn the_rest_is_left_to_the_other_way() {
    let refused = [
        "",
        "programmes: []",
        "{programmes: []}",
        r#"{"programmes": [{"id": "a"}, {"id": "a"}]}"#,
        r#"{"programmes": [{"id": "a"}], "goals": [{"id": "a"}]}"#,
        r#"{"programmes": [{"id": "a", "id": "b"}]}"#,
        r#"{"programmes": [{"id": "a b"}]}"#,
        r#"{"programmes": [{"name": "a"}]}"#,
        r#"{"programmes": [{"id": "a", "nam": "a"}]}"#,
        r#"{"programmes": [{"id": "a", "phase": "later"}]}"#,
        r#"{"programmes": [{"id": "a", "state": "draft"}]}"#,
        r#"{"programmes": [{"id": "a", "start_on": "2025-02-29"}]}"#,
        r#"{"programmes": [{"id": "a", "board_interval_days": 1.5}]}"#,
        r#"{"programmes": [{"id": "a", "pursues": ["nowhere"]}]}"#,
        r#"{"programmes": [{"id": "a", "pursues": ["a"]}]}"#,
        r#"{"programmes": [{"id": "a"}], "programmes": []}"#,
        r#"{"programmes": [{"id": "a"}]} {}"#,
        r#"{"pack": "x"}"#,
        r#"{"spelregel": 2, "programmes": []}"#,
        r#"{"open_kinds": ["Nobody"]}"#,
        r#"{"deviations": [{"rule": "x"}]}"#,
        r#"{"roles": [{"id": "r", "held_by": {"to": "h", "fte": 7}}], "persons": [{"id": "h"}]}"#,
        r#"{"roles": [{"id": "r", "held_by": {"to": "h", "fte": 1}}],
            "persons": [{"id": "h", "holds": {"to": "r", "fte": 0}}]}"#,
    ];
    for text in refused {
        assert!(read(&[text]).is_none(), "{text}");
    }
    let few = Limits { elements: 1, ..Limits::default() };
    let two = sources(&[r#"{"goals": [{"id": "a"}, {"id": "b"}]}"#]);
    assert!(plain::load(&Metamodel::standard(), &two, &few).is_none());
    let short = Limits { document_nodes: 5, ..Limits::default() };
    assert!(plain::load(&Metamodel::standard(), &two, &short).is_none());
}

/// Something that fits a field, and now and then something that does not.
fn value(name: &'static str) -> BoxedStrategy<Json> {
    let odd = prop_oneof![
        Just(json!(null)),
        any::<i64>().prop_map(Json::from),
        any::<f64>().prop_map(Json::from),
        Just(json!(true)),
        Just(json!(["x"])),
        "\\PC{0,4}".prop_map(Json::from),
    ];
    let fits: BoxedStrategy<Json> = match name {
        "name" => "[a-zé\"\\\\/\n ]{0,8}".prop_map(Json::from).boxed(),
        "start_on" | "end_on" => (2023..2025, 1..13, 1..32)
            .prop_map(|(y, m, d)| json!(format!("{y}-{m:02}-{d:02}")))
            .boxed(),
        "phase" => prop::sample::select(vec!["design", "embed"]).prop_map(Json::from).boxed(),
        "state" => prop::sample::select(vec!["active", "cancelled"]).prop_map(Json::from).boxed(),
        "risk_appetite" => (0..100).prop_map(|n| json!(f64::from(n) / 8.0)).boxed(),
        "board_interval_days" => (0..100).prop_map(Json::from).boxed(),
        _ => prop::collection::vec("[gp][0-4]".prop_map(Json::from), 0..3)
            .prop_map(Json::from)
            .boxed(),
    };
    prop_oneof![60 => fits, 1 => odd].boxed()
}

fn element(prefix: &'static str, names: &'static [&'static str]) -> BoxedStrategy<Json> {
    let fields: Vec<_> = names.iter().map(|name| prop::option::of(value(name))).collect();
    let made = (0..30_u8, fields).prop_map(move |(number, values)| {
        let mut fields = Map::new();
        for (name, value) in names.iter().zip(values) {
            fields.extend(value.map(|value| ((*name).to_owned(), value)));
        }
        fields.insert("id".to_owned(), json!(format!("{prefix}{number}")));
        Json::Object(fields)
    });
    made.boxed()
}

const PROGRAMME: [&str; 7] =
    ["name", "phase", "state", "start_on", "risk_appetite", "board_interval_days", "pursues"];
const GOAL: [&str; 3] = ["name", "refines", "pursued_by"];

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn both_ways_agree(
        programmes in prop::collection::vec(element("p", &PROGRAMME), 0..5),
        goals in prop::collection::vec(element("g", &GOAL), 0..5),
        base in prop::bool::ANY,
        pretty in prop::bool::ANY,
    ) {
        let mut sections = json!({ "programmes": programmes, "goals": goals });
        if base {
            // So that most links lead somewhere.
            let all = |prefix: char| -> Vec<Json> {
                (0..5).map(|number| json!({ "id": format!("{prefix}{number}") })).collect()
            };
            let base = json!({ "programmes": all('p'), "goals": all('g') }).to_string();
            let renamed = sections.to_string().replace("\"id\":\"", "\"id\":\"x");
            read(&[&base, &renamed]);
            sections["spelregel"] = json!(1);
        }
        let text = if pretty {
            serde_json::to_string_pretty(&sections).unwrap()
        } else {
            sections.to_string()
        };
        read(&[&text]);
    }

    #[test]
    fn days_are_those_of_the_calendar(text in "[0-9]{4}-[01][0-9]-[0-3][0-9]|\\PC{0,11}") {
        let known = Timestamp::parse_date(&text).map(Timestamp::days);
        prop_assert_eq!(Timestamp::days_of_date(&text).map(i64::from), known);
    }
}

#[test]
fn most_of_what_is_drawn_is_read() {
    use proptest::strategy::ValueTree;
    use proptest::test_runner::TestRunner;
    let mut runner = TestRunner::deterministic();
    let drawn = prop::collection::vec(element("p", &PROGRAMME[..6]), 1..3);
    let read_ones = (0..200).filter(|_| {
        let programmes = drawn.new_tree(&mut runner).unwrap().current();
        read(&[&json!({ "programmes": programmes }).to_string()]).is_some()
    });
    assert!(read_ones.count() > 100);
}
