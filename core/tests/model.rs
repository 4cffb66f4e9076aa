//! Loading of models through the public interface.

use spelregel::{Limits, Metamodel, Model, Source};

fn load(text: &str) -> Model {
    let source = Source::new("plan.yaml", text);
    Model::load(&Metamodel::standard(), [source]).unwrap_or_else(|problems| panic!("{problems}"))
}

fn refuse(text: &str) -> String {
    let source = Source::new("plan.yaml", text);
    Model::load(&Metamodel::standard(), [source]).unwrap_err().to_string()
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
}
