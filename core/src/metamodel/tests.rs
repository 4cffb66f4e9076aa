//! Loading of vocabularies, from the inside.

use super::{Metamodel, PropertyType};
use crate::limits::Limits;
use crate::source::Source;
use crate::value::Value;

pub(crate) const SMALL: &str = "\
spelregel: 1
metamodel: small
version: 0.1.0
properties:
  name: {type: text, label: {en: name, nl: naam}}
enumerations:
  Phase:
    ordered: true
    values: {explore: , design: {label: {en: design, nl: ontwerpen}}}
  Gate:
    ordered: true
    values: {G1: {opens: design}}
  State: {values: {active: , closed: }}
  RoleType: {values: {commissioner: , other: }}
kinds:
  Programme:
    section: programmes
    programmes: part_of*
    states: [active, closed]
    dead_states: [closed]
    properties:
      phase: {type: Phase, absent: explore}
      cost_eur: {type: number, unit: EUR, min: 0}
      level: {type: int, min: 1, max: 5}
      tags: {type: list<text>}
      starts_on: {type: date}
      pilot: {type: bool}
  Role:
    section: roles
    properties:
      role_type: {type: RoleType, required: true}
  Person: {section: persons}
relations:
  part_of:
    inverse: includes
    ends: [{from: [Programme], to: [Programme]}]
  role_in:
    inverse: has_role
    one: true
    ends: [{from: [Role], to: [Programme]}]
  held_by:
    inverse: holds
    ends: [{from: [Role], to: [Person]}]
    properties:
      fte: {type: number, unit: fte, min: 0, max: 1}
      valid_from: {type: date}
      valid_until: {type: date}
";

pub(crate) fn small() -> Metamodel {
    load(SMALL)
}

fn load(text: &str) -> Metamodel {
    Metamodel::load(&Source::new("small.yaml", text), &Limits::default())
        .unwrap_or_else(|problems| panic!("{problems}"))
}

fn refuse(text: &str) -> String {
    Metamodel::load(&Source::new("small.yaml", text), &Limits::default()).unwrap_err().to_string()
}

#[test]
fn a_vocabulary_is_what_its_file_says() {
    let small = small();
    let v = &small.0;
    let programme = v.kinds_by_name["Programme"];
    let names: Vec<&str> =
        v.kinds[programme].properties.iter().map(|p| v.properties[*p].name.as_str()).collect();
    assert_eq!(
        names,
        ["id", "name", "phase", "cost_eur", "level", "tags", "starts_on", "pilot", "state"]
    );
    let phase = &v.properties[v.property_of(programme, "phase").unwrap()];
    assert_eq!(phase.kind, PropertyType::Enum(v.phase.unwrap()));
    assert_eq!(phase.absent, Some(Value::Enum(v.phase.unwrap(), 0)));
    assert_eq!(v.kinds[programme].states, [0, 1]);
    assert_eq!(v.kinds[programme].dead_states, [1]);
    let role = v.kinds_by_name["Role"];
    assert_eq!(v.property_of(role, "state"), None);
    let (has_role, inverse) = v.relations_by_name["has_role"];
    assert!(inverse);
    assert!(v.relations[has_role].to_one);
    assert!(v.targets(has_role, inverse, programme).contains(role));
    assert!(v.targets(has_role, inverse, role).is_empty());
    assert_eq!(v.enumerations[v.gate.unwrap()].values[0].opens, Some(1));
}

#[test]
fn an_extension_adds_and_changes_nothing() {
    let own = Source::new(
        "own.yaml",
        "\
enumerations: {RoleType: {values: {neighbour: }}, Colour: {values: {red: , green: }}}
kinds:
  Programme: {properties: {colour: {type: Colour}}}
  Area: {section: areas}
relations:
  part_of: {ends: [{from: [Area], to: [Programme]}]}
",
    );
    let extended = small().extend(&own, &Limits::default()).unwrap();
    let v = &extended.0;
    assert_eq!(v.id, "small");
    let area = v.kinds_by_name["Area"];
    assert!(v.property_of(v.kinds_by_name["Programme"], "colour").is_some());
    assert!(v.property_of(area, "name").is_some());
    assert_eq!(v.targets(v.relations_by_name["part_of"].0, false, area).len(), 1);
    assert_ne!(v.canonical, small().0.canonical);

    let change = Source::new("own.yaml", "kinds: {Programme: {section: plans}}\n");
    let refused = small().extend(&change, &Limits::default()).unwrap_err();
    assert!(refused.to_string().contains("its `section` cannot be changed"), "{refused}");
}

#[test]
fn the_layout_of_the_file_is_not_part_of_the_meaning() {
    let json = SMALL.replace("{type: int, min: 1, max: 5}", "{max: 5, min: 1, type: int}");
    assert_eq!(load(&json).0.canonical, small().0.canonical);
}

#[test]
fn everything_wrong_is_reported_at_once() {
    let text = SMALL
        .replace("{type: number, unit: EUR, min: 0}", "{type: numbr}")
        .replace("absent: explore", "absent: exlore")
        .replace("opens: design", "opens: desing")
        .replace("to: [Person]", "to: [Persons]")
        .replace("dead_states: [closed]", "dead_states: [gone]")
        .replace("inverse: includes", "inverse: has_role")
        .replace("section: persons", "sectoin: persons")
        .replace("tags: {type", "Tags: {type");
    insta::assert_snapshot!(refuse(&text));
}

#[cfg(feature = "standard")]
#[test]
fn the_standard_metamodel_loads() {
    let source = Source::new("metamodel.yaml", spelregel_rules::METAMODEL);
    let loaded = Metamodel::load(&source, &Limits::default());
    assert!(loaded.is_ok(), "{}", loaded.unwrap_err());
}
