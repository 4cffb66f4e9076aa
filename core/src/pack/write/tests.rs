use std::fmt::Write as _;

use super::number;
use crate::cel::dump::dump;
use crate::pack::Pack;
use crate::source::Source;
use crate::template::Piece;
use crate::yaml::{Node, NodeValue};

fn load(name: &str, text: &str) -> Pack {
    Pack::load(Source::new(name, text)).unwrap_or_else(|problems| panic!("{problems}"))
}

/// What a pack says, without where it says it.
fn meaning(pack: &Pack) -> String {
    let text = &pack.0;
    let mut out = format!(
        "{} {} {:?} {:?} {:?}\n",
        text.id.value,
        text.version,
        text.title,
        text.origin,
        text.uses.iter().map(|used| &used.value).collect::<Vec<_>>()
    );
    for p in &text.parameters {
        let default = shape(&p.default);
        writeln!(out, "{} {} {default} {:?}", p.name.value, p.type_text.value, p.label).unwrap();
    }
    for d in &text.definitions {
        let arguments = d.arguments.as_ref().map(|arguments| {
            let pairs = arguments.iter();
            pairs.map(|a| (&a.name.value, &a.type_text.value)).collect::<Vec<_>>()
        });
        writeln!(out, "{}.{} {arguments:?} {}", d.kind.value, d.name.value, dump(&d.body.ast))
            .unwrap();
    }
    for p in &text.paths {
        writeln!(out, "{}.{} {}", p.kind.value, p.name.value, p.path).unwrap();
    }
    for r in &text.rules {
        writeln!(
            out,
            "{} {:?} {:?} {:?} {:?} {:?} {} {:?} {:?} {:?} {:?}",
            r.id.value,
            r.title,
            r.each.iter().map(|kind| &kind.value).collect::<Vec<_>>(),
            r.from.as_ref().map(|from| &from.value),
            r.gate.as_ref().map(|gate| &gate.value),
            r.severity,
            r.waivable,
            r.why,
            r.remedy,
            r.source,
            r.tags
        )
        .unwrap();
        for (name, body) in &r.lets {
            writeln!(out, "  let {} {}", name.value, dump(&body.ast)).unwrap();
        }
        let when = r.when.as_ref().map(|when| dump(&when.ast));
        writeln!(out, "  when {when:?} require {}", dump(&r.require.ast)).unwrap();
        for (language, template) in &r.message {
            write!(out, "  {language:?}").unwrap();
            for piece in &template.pieces {
                match piece {
                    Piece::Text(text) => write!(out, " {text:?}").unwrap(),
                    Piece::Value(value) => write!(out, " {}", dump(&value.ast)).unwrap(),
                }
            }
            out += "\n";
        }
        for e in &r.examples {
            let gate = e.gate.as_ref().map(|gate| &gate.value);
            write!(out, "  {:?} {} {gate:?} {}", e.name, e.at.value, shape(&e.model)).unwrap();
            for (element, verdict) in &e.expect {
                write!(out, " {}: {}", element.value, verdict.value).unwrap();
            }
            out += "\n";
        }
    }
    out
}

/// A tree without its places: whether a scalar may be more than text is kept.
fn shape(node: &Node) -> String {
    match &node.value {
        NodeValue::Scalar(scalar) if scalar.is_null() => "nothing".to_owned(),
        NodeValue::Scalar(scalar) => {
            let text = scalar.text.trim_end_matches('\n');
            let is_number = scalar.is_plain() && number(text).is_some();
            let is_truth = scalar.is_plain() && matches!(text, "true" | "false");
            if is_number || is_truth { format!("literal {text}") } else { format!("{text:?}") }
        }
        NodeValue::List(items) => format!("{:?}", items.iter().map(shape).collect::<Vec<_>>()),
        NodeValue::Mapping(entries) => {
            let pairs = entries.iter().map(|e| format!("{}: {}", e.key_text(), shape(&e.value)));
            format!("{{{}}}", pairs.collect::<Vec<_>>().join(", "))
        }
    }
}

#[test]
fn every_field_is_written() {
    let yaml = "
spelregel: 1
pack: ours
version: 1.10
title: {en: Our rules, nl: Onze regels}
source: 'the \"handbook\"'
uses: [base]
parameters:
  silence: {type: duration, default: 180d, label: {en: silence}}
  bodies: {type: 'map<Gate, list<BodyType>>', default: {G1: [team], G2: []}}
  most: {type: double, default: .5}
define:
  \"Programme.seats(t: RoleType,u:int)\": self.has_role
  Programme.none(): '[]'
paths:
  Project.feeds: builds / enables
rules:
  - id: one
    title: {nl: Eén}
    each: [Programme, Project]
    from: design
    gate: G2
    let: {b: '1', a: b + 1}
    when: a > b
    require: |
      true // always
        && self.name != \"\\t\"
    severity: error
    deviations: false
    message: {en: '{a} and {{b}}', nl: \"regel\\neen\"}
    why: {en: because}
    remedy: {en: do}
    source: {en: step 2, nl: stap 2}
    tags: [roles]
    examples:
      - name: first
        at: 2026-06-01
        gate: G2
        model: {programmes: [{id: p, code: 007, fte: .5, on: true, off: ~, name: 'true', n: 1.50}]}
        expect: {p: pass}
  - id: two
    title: {en: Two}
    each: Model
    require: 'true'
    severity: advice
    message: {en: x}
    examples: [{at: 2026-06-01, model: {}, expect: {}}]
";
    let pack = load("ours.yaml", yaml);
    let json = pack.to_json();
    insta::assert_snapshot!(json);
    assert_eq!(load("ours.json", &json).to_json(), json);
}

#[cfg(feature = "standard")]
#[test]
fn shipped_packs_say_the_same_in_json() {
    for id in Pack::shipped_ids() {
        let pack = Pack::shipped(id).unwrap().unwrap();
        let again = load("pack.json", &pack.to_json());
        assert_eq!(meaning(&again), meaning(&pack), "{id}");
        let json: serde_json::Value = serde_json::from_str(&pack.to_json()).unwrap();
        assert_eq!(json["pack"], id);
    }
}

#[test]
fn keys_of_maps_mean_the_same_in_json() {
    let yaml = "pack: ours
version: 1
title: {en: Ours}
parameters: {names: {type: 'map<int, string>', default: {1: one, -2: two}}}
rules:
  - {id: a, title: {en: A}, each: Model, require: \"names[1] == 'one'\", severity: advice, message: {en: x}}
";
    let json = load("ours.yaml", yaml).to_json();
    for (name, text) in [("ours.yaml", yaml), ("ours.json", &json)] {
        let packs = [load(name, text)];
        let rules = crate::RuleSet::compile(
            &crate::Metamodel::standard(),
            packs,
            &crate::Settings::default(),
        );
        assert!(rules.is_ok(), "{name}: {}", rules.unwrap_err());
    }
}

#[test]
fn plain_numbers_stay_numbers() {
    for (text, written) in [
        ("1", "1"),
        ("-1.50", "-1.50"),
        ("+5", "5"),
        (".5", "0.5"),
        ("5.", "5"),
        ("0", "0"),
        ("0.0", "0.0"),
        ("1e5", "1e5"),
        ("1.5E-3", "1.5E-3"),
        ("123456789012345678901234567890", "123456789012345678901234567890"),
    ] {
        assert_eq!(number(text).as_deref(), Some(written));
        assert!(serde_json::from_str::<serde_json::Value>(written).is_ok());
    }
    for text in
        ["", "-", ".", "007", "1.2.3", "1e", "e5", "2026-01-01", "180d", "0x1F", "inf", "1 0"]
    {
        assert_eq!(number(text), None, "{text}");
    }
}
