//! Loading of models through the public interface.
#![expect(clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

use spelregel::{Code, Diagnostics, Limits, Metamodel, Model, Source};

fn load(text: &str) -> Model {
    let source = Source::new("plan.yaml", text);
    Model::load(&Metamodel::standard(), [source]).unwrap_or_else(|problems| panic!("{problems}"))
}

fn refuse(text: &str) -> Diagnostics {
    let source = Source::new("plan.yaml", text);
    Model::load(&Metamodel::standard(), [source]).unwrap_err()
}

const PLAN: &str = "\
spelregel: 1
open_kinds: [LearningActivity]
programmes:
  - id: klimaat
    name: Klimaatneutrale stad 2035
    phase: design
    state: active
    risk_appetite: 2
    board_interval_days: 42
    pursues: [co2]
goals:
  - {id: co2, name: CO2-uitstoot gehalveerd, horizon: 2035-12-31}
roles:
  - id: opdrachtgever
    role_type: commissioner
    key_role: true
    required_competences: [sturen, 2030]
    role_in: [klimaat]
    held_by: [{to: jansen, fte: 0.2, valid_from: 2026-01-01, valid_until: 2026-12-31}]
persons:
  - {id: jansen}
deviations:
  - {rule: sponsor, element: klimaat, reason: in overleg, until: 2026-12-31}
  - {rule: sponsor, element: klimaat, path: includes+, reason: in overleg, decided_by: raad}
";

#[test]
fn a_model_is_what_its_document_says() {
    let model = load(PLAN);
    assert_eq!((model.element_count(), model.link_count()), (4, 3));
    assert!(model.warnings().is_none());
    let ids: Vec<&str> = model.elements().map(|element| element.id()).collect();
    assert_eq!(ids, ["klimaat", "co2", "opdrachtgever", "jansen"]);
    let klimaat = model.element("klimaat").unwrap();
    assert_eq!(klimaat.kind().name(), "Programme");
    assert_eq!(klimaat.name(), "Klimaatneutrale stad 2035");
    assert_eq!(klimaat.property("phase").unwrap(), "design");
    assert_eq!(klimaat.property("risk_appetite").unwrap(), 2.0);
    assert_eq!(klimaat.property("board_interval_days").unwrap(), 42);
    assert_eq!(klimaat.property("cost_eur"), None);
    assert_eq!(klimaat.related("has_role"), ["opdrachtgever"]);
    let (file, position) = klimaat.position().unwrap();
    assert_eq!((file, position.line, position.column), ("plan.yaml", 4, 9));
    insta::assert_snapshot!(model.to_json());
}

#[test]
fn json_is_read_as_well_and_loads_to_the_same_model() {
    let model = load(PLAN);
    assert_eq!(load(&model.to_json()).to_json(), model.to_json());
    let json =
        "{\r\n\t\"goals\":[{\"id\":\"co2\",\t\"name\":\"a\\/b \\ud83d\\ude00\\n\"\r\n}]\r\n}";
    let model = load(json);
    assert_eq!(model.element("co2").unwrap().name(), "a/b 😀\n");
}

#[test]
fn several_documents_make_one_model_in_any_order() {
    let first = Source::new("a.yaml", "goals: [{id: co2}]\npersons: [{id: b}]\n");
    let second = Source::new("b.yaml", "persons: [{id: a}]\nprogrammes: [{id: p, pursues: co2}]\n");
    let metamodel = Metamodel::standard();
    let one = Model::load(&metamodel, [first.clone(), second.clone()]).unwrap();
    let other = Model::load(&metamodel, [second, first]).unwrap();
    assert_eq!(one.to_json(), other.to_json());
    let ids: Vec<&str> = one.elements().map(|element| element.id()).collect();
    assert_eq!(ids, ["p", "co2", "a", "b"]);
}

#[test]
fn what_is_not_written_is_not_recorded() {
    let model =
        load("goals:\npersons: ~\nprogrammes: [{id: p, name: , phase: ~, pursues: null}]\n");
    assert_eq!(model.to_json(), r#"{"spelregel":1,"programmes":[{"id":"p"}]}"#);
    let quoted = load("programmes: [{id: '1', name: '', description: 2030}, {id: 2}]\n");
    assert_eq!(quoted.element("1").unwrap().property("name").unwrap(), "");
    assert_eq!(quoted.element("1").unwrap().property("description").unwrap(), "2030");
    assert_eq!(quoted.element("2").unwrap().property("name"), None);
}

/// The links of `held_by` between one role and one person, written at both ends.
fn held_by(role: &str, person: &str) -> Result<usize, Diagnostics> {
    let text = format!(
        "roles: [{{id: r, role_type: member, held_by: [{role}]}}]\npersons: [{{id: p, holds: [{person}]}}]\n"
    );
    let source = Source::new("plan.yaml", text);
    Model::load(&Metamodel::standard(), [source]).map(|model| model.link_count())
}

#[test]
fn a_link_may_be_written_at_either_end_or_both() {
    let links = |role, person| held_by(role, person).unwrap();
    assert_eq!(links("p", ""), 1);
    assert_eq!(links("", "r"), 1);
    assert_eq!(links("p, p", "r"), 1);
    assert_eq!(links("{to: p, fte: 0.5}", "r"), 1);
    assert_eq!(links("p", "{to: r, fte: 0.5}"), 1);
    assert_eq!(links("{to: p, fte: 0.5}", "{to: r, fte: 0.50}"), 1);
    assert_eq!(links("{to: p, fte: 0.5}", "{to: r, accepted: true}"), 1);
    assert_eq!(links("{to: p, valid_from: 2025-01-01}, {to: p, valid_from: 2026-01-01}", "r"), 2);
    assert_eq!(links("{to: p, valid_from: 2025-01-01}", "{to: r, valid_from: 2026-01-01}"), 2);
    let conflict = held_by("{to: p, fte: 0.5}", "{to: r, fte: 0.6}").unwrap_err();
    insta::assert_snapshot!(conflict);
}

#[test]
fn the_order_of_mentions_is_not_part_of_the_meaning() {
    let links = [
        "{to: p, fte: 0.1, valid_from: 2025-01-01}",
        "{to: p, fte: 0.1, valid_from: 2026-01-01}",
        "{to: p, as_deputy: true}",
    ];
    let json = |order: [usize; 3]| {
        let links = order.map(|i| links[i]).join(", ");
        let text = format!(
            "persons: [{{id: p, holds: [{{to: r, fte: 0.1}}]}}]\nroles: [{{id: r, held_by: [{links}]}}]"
        );
        load(&text).to_json()
    };
    assert_eq!(json([0, 1, 2]), json([2, 1, 0]));
    assert_eq!(json([0, 1, 2]), json([1, 2, 0]));
}

#[test]
fn every_problem_is_told_at_once() {
    insta::assert_snapshot!(refuse(
        "\
programmes:
  - id: klimaat
    fase: design
    phase: desing
    risk_appetite: 0,5
    board_interval_days: zes weken
    effect_on_organisation: major
    state: dead
    pursues: [c02, opdrachtgever, co2]
  - name: zonder id
  - id: klimaat
goals:
  - {id: co2, horizon: 31-12-2035}
  - {id: co 2}
  - doel
roles:
  - {id: opdrachtgever, role_type: Ambtelijk opdrachtgever, key_role: ja, held_by: [{fte: 2, to: jansen}]}
persons:
  - {id: jansen, available_fte: '1.0', competences: sturen, pursues: [co2], holds: [{fte: 1}]}
capabilities:
  - {id: v, current_level: 6, target_level: 2.5}
doelen: [{id: nieuw}]
deviations:
  - {rules: sponsor, until: morgen}
open_kinds: [Role, Capabilty]
"
    ));
}

#[test]
fn values_of_the_wrong_shape() {
    insta::assert_snapshot!(refuse(
        "\
programmes:
  - {id: [p], name: {en: x}, phase: [design], pursues: [[co2], {too: co2}, ~]}
  - {id: q, name: [a, b], cost_note: 1}
goals: {co2: {name: x}}
roles: none
persons:
  - [a]
  - {id: 'p', competences: {a: b}, available_fte: 1e999}
"
    ));
}

#[test]
fn ids_that_are_none() {
    let long = "x".repeat(129);
    insta::assert_snapshot!(refuse(&format!(
        "goals: [{{id: 'met spatie'}}, {{id: 😀}}, {{id: -a}}, {{id: ''}}, {{id: {long}}}, {{id: \"a\\nb\"}}]\n\
         programmes: [{{id: p, pursues: [met spatie]}}]\n"
    )));
    assert_eq!(load("goals: [{id: é.1_a-b:c}, {id: 2035}, {id: ١٢}]\n").element_count(), 3);
}

#[test]
fn an_id_belongs_to_one_element_in_all_files() {
    let metamodel = Metamodel::standard();
    let sources = [
        Source::new("a.yaml", "goals: [{id: co2}]\n"),
        Source::new("b.yaml", "persons: [{id: jansen}, {id: co2}]\n"),
    ];
    insta::assert_snapshot!(Model::load(&metamodel, sources).unwrap_err());
}

#[test]
fn a_required_property_may_be_missing() {
    let model = load("roles: [{id: r}]\n");
    insta::assert_snapshot!(model.warnings().unwrap());
}

#[test]
fn what_is_sound_can_be_had_without_the_rest() {
    let text = "\
programmes:
  - {id: p, phase: desing, name: Plan, pursues: [a, b, c]}
goals: [{id: a}, {id: b b}, {id: a}]
";
    let source = Source::new("plan.yaml", text);
    let limits = Limits::default();
    let (model, problems) = Model::load_partial(&Metamodel::standard(), [source], &limits);
    assert_eq!(
        model.to_json(),
        r#"{"spelregel":1,"programmes":[{"id":"p","name":"Plan","pursues":["a"]}],"goals":[{"id":"a"}]}"#
    );
    let codes: Vec<&str> = problems.iter().flatten().map(|p| p.code.as_str()).collect();
    assert_eq!(
        codes,
        ["unknown-value", "dangling-reference", "dangling-reference", "invalid-id", "duplicate-id"]
    );
}

#[test]
fn documents_that_are_no_models() {
    let texts = [
        "",
        "# niets\n",
        "- a\n",
        "spelregel: 2\n",
        "pack: slim\nrules: []\n",
        "goals: [{id: a}]\n---\ngoals: []\n",
    ];
    let messages = texts.map(|text| refuse(text).to_string());
    insta::assert_snapshot!(messages.join("\n"));
}

#[test]
fn yaml_that_is_none() {
    let texts = [
        "goals: [{id: a}\n",
        "goals:\n  - id: a\n    name: b: c\n",
        "goals:\n\t- id: a\n",
        "goals: [{id: a, id: b}]\n",
        "goals: [{id: a, name: \"x}]\n",
        "goals: [{id: a, name: *x}]\n",
        "goals: [{id: a, name: !!str x}]\n",
        "goals: [&x {id: a}, {<<: *x, id: b}]\n",
        "goals: [&x {id: a, name: *x}]\n",
        "? [goals]\n: []\n",
        "goals: [{id: a, name: @x}]\n",
        "goals:\n  - id: a\n   name: b\n",
    ];
    let messages = texts.map(|text| refuse(text).to_string());
    insta::assert_snapshot!(messages.join("\n"));
}

#[test]
fn anchors_are_copied() {
    let model = load("goals: [{id: a, name: &n Naam}, {id: b, name: *n}]\n");
    assert_eq!(model.element("b").unwrap().name(), "Naam");
}

/// Input made to cost much gets an answer that costs little.
#[test]
fn bombs_are_refused() {
    let mut aliases = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for i in 1..20 {
        let before = format!("*a{}", i - 1);
        aliases += &format!("a{i}: &a{i} [{}]\n", [before.as_str(); 10].join(", "));
    }
    let bombs = [
        ("flow", "[".repeat(100_000)),
        ("mappings", "{a: ".repeat(100_000)),
        ("blocks", "- ".repeat(100_000)),
        ("keys", "? ".repeat(100_000)),
        ("json", format!("{}{}", "{\"a\":[".repeat(100_000), "]}".repeat(100_000))),
        ("aliases", aliases),
        ("text", format!("goals: [{{id: a, name: \"{}\"}}]\n", "x".repeat(10 << 20))),
    ];
    for (name, text) in bombs {
        let problems = refuse(&text);
        let codes: Vec<Code> = problems.iter().map(|problem| problem.code).collect();
        assert_eq!(codes, [Code::OverLimit], "{name}: {problems}");
        assert!(problems.to_string().len() < 1_000, "{name}: {problems}");
    }
}

#[test]
fn there_may_be_more_problems_than_are_shown() {
    let goals: Vec<String> = (0..50_000).map(|i| format!("  - {{id: g{i}, naam: x}}")).collect();
    let problems = refuse(&format!("goals:\n{}\n", goals.join("\n")));
    assert_eq!(problems.len(), Limits::default().diagnostics + 1);
    let last = problems.iter().find(|problem| problem.code == Code::TooManyProblems).unwrap();
    assert_eq!(last.message, "49800 more problems are not shown");
}

#[test]
fn a_relation_to_one_has_one_target_at_a_time() {
    let metamodel = "\
metamodel: own
kinds: {Task: {section: tasks}, Person: {section: persons}}
relations:
  led_by:
    inverse: leads
    one: true
    ends: [{from: [Task], to: [Person]}]
    properties: {valid_from: {type: date}, valid_until: {type: date}}
";
    let source = Source::new("own.yaml", metamodel);
    let metamodel = Metamodel::load(&source, &Limits::default()).unwrap();
    let load = |first: &str, second: &str| {
        let text = format!(
            "tasks: [{{id: t, led_by: [{{to: a{first}}}, {{to: b{second}}}]}}]\npersons: [{{id: a}}, {{id: b}}]\n"
        );
        Model::load(&metamodel, [Source::new("plan.yaml", text)])
    };
    let handed_over = load(", valid_until: 2025-12-31", ", valid_from: 2026-01-01");
    assert_eq!(handed_over.unwrap().link_count(), 2);
    insta::assert_snapshot!(load("", ", valid_from: 2026-01-01").unwrap_err());
}
