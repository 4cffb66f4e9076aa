//! What a picture shows, whatever the model.

use insta::assert_snapshot;

use super::{Look, PictureError, Theme};
use crate::metamodel::Metamodel;
use crate::model::Model;
use crate::report::Report;
use crate::source::Source;
use crate::text::Language;
use crate::{Options, Pack, RuleSet, Settings};

const SMALL: &str = "\
programmes: [{id: warm, name: Warm wonen, phase: design, pursues: [g]}]
goals: [{id: g, name: 'Minder <gas> & \"meer\" warmte'}, {id: h, name: Ambitie, state: cancelled}]
roles: [{id: r, role_type: commissioner, role_in: [warm], held_by: [{to: p, valid_until: 2025-12-31}]}]
persons: [{id: p, name: Jansen}]
";

fn model(text: &str) -> Model {
    Model::load(&Metamodel::standard(), [Source::new("m.yaml", text)]).unwrap()
}

/// Two errors of each programme, and a warning of each goal that isn't known yet.
const PACK: &str = "\
pack: ours
version: 1.0.0
title: {en: Ours}
rules:
  - id: goals
    title: {nl: Een programma heeft meer dan drie doelen}
    each: Programme
    require: self.pursues.size() > 3
    severity: error
    message: {nl: Te weinig.}
  - id: more-goals
    title: {nl: Een programma heeft meer dan vier doelen}
    each: Programme
    require: self.pursues.size() > 4
    severity: error
    message: {nl: Te weinig.}
  - id: level
    title: {nl: Een doel is strategisch}
    each: Goal
    require: self.level == Level.strategic
    severity: warning
    message: {nl: Niet strategisch.}
";

fn report(model: &Model) -> Report {
    let pack = Pack::load(Source::new("ours.yaml", PACK)).unwrap();
    let rules = RuleSet::compile(&Metamodel::standard(), [pack], &Settings::default()).unwrap();
    rules.check(model, &Options::at("2026-06-01".parse().unwrap()))
}

#[test]
fn findings_are_marked_by_sign_line_and_colour() {
    let model = model(SMALL);
    let report = report(&model);
    let look = Look::new(Language::Nl).findings(&report);
    let picture = model.picture(&look).unwrap();
    assert_snapshot!(picture.to_dot(), @r##"
    digraph spelregel {
      rankdir=BT
      node [shape=box style=rounded]
      subgraph cluster_0 {
        label="programma's"
        n0 [label="✗ Warm wonen" color="#c62f2f" penwidth=3 style="rounded,solid"]
      }
      subgraph cluster_1 {
        label="doelen"
        n1 [label="? Minder <gas> & \"meer\" warmte" color="#a86200" penwidth=2 style="rounded,dashed"]
      }
      subgraph cluster_2 {
        label="rollen"
        n2 [label="r"]
      }
      subgraph cluster_3 {
        label="personen"
        n3 [label="Jansen"]
      }
      n0 -> n1 [label="streeft na"]
      n2 -> n0 [label="is rol in"]
    }
    "##);
    assert_snapshot!(picture.to_mermaid(), @r#"
    flowchart TB
      subgraph k0["programma's"]
        n0["✗ Warm wonen"]
      end
      subgraph k1["doelen"]
        n1["? Minder #60;gas#62; #38; #34;meer#34; warmte"]
      end
      subgraph k2["rollen"]
        n2["r"]
      end
      subgraph k3["personen"]
        n3["Jansen"]
      end
      n0 -->|"streeft na"| n1
      n2 -->|"is rol in"| n0
      style n0 stroke:#c62f2f,stroke-width:3px
      style n1 stroke:#a86200,stroke-width:2px,stroke-dasharray:8 4
    "#);
    let svg = picture.to_svg();
    assert!(svg.contains("stroke=\"#c62f2f\"") && svg.contains("stroke-width=\"3\""), "{svg}");
    // The name in full, and a line for each finding, for pointers and for readers of screens.
    assert!(svg.contains("<title>doel “Minder &lt;gas&gt; &amp; &quot;meer&quot; warmte” (g)\n? Een doel is strategisch</title>"));
    assert!(svg.contains("aria-label=\"programma “Warm wonen” (warm); ✗ "), "{svg}");
    assert!(svg.contains(">✗ 2</text>") && svg.contains(">?</text>"), "{svg}");
    assert!(svg.contains(">fout</text>") && svg.contains(">waarschuwing</text>"), "{svg}");
}

#[test]
fn pictures_are_well_formed_whatever_names_hold() {
    let nasty = "</title><script>alert(1)</script>\u{202e}\u{ffff}\" onload='x'";
    let name = serde_json::to_string(nasty).unwrap().replace('\u{ffff}', "\\uffff");
    let text = format!("goals: [{{id: g, name: {name}}}]");
    let model = model(&text);
    for theme in [Theme::Auto, Theme::Light, Theme::Dark, Theme::Neutral] {
        let svg = model.picture(&Look::new(Language::En).theme(theme)).unwrap().to_svg();
        assert!(!svg.contains("<script") && !svg.contains(['\u{202e}', '\u{ffff}']), "{svg}");
        let mut reader = quick_xml::Reader::from_str(&svg);
        loop {
            match reader.read_event().unwrap() {
                quick_xml::events::Event::Eof => break,
                quick_xml::events::Event::Start(start) => {
                    assert!(start.attributes().all(|attribute| attribute.is_ok()), "{svg}");
                }
                _ => {}
            }
        }
    }
    let mermaid = model.picture(&Look::new(Language::En)).unwrap().to_mermaid();
    assert!(!mermaid.contains("<script"), "{mermaid}");
}

#[test]
fn a_focus_shows_what_lies_around_it() {
    let model = model(SMALL);
    let seen = |look: Look<'_>| model.picture(&look).unwrap().to_mermaid();
    let near = seen(Look::new(Language::En).focus("g").depth(1));
    assert!(near.contains("Warm wonen") && !near.contains("Jansen"), "{near}");
    let then = seen(Look::new(Language::En).focus("r").at("2025-06-01".parse().unwrap()));
    assert!(then.contains("Jansen"), "{then}");
    let now = seen(Look::new(Language::En).focus("r").at("2026-06-01".parse().unwrap()));
    assert!(!now.contains("Jansen"), "{now}");
    let goals = seen(Look::new(Language::En).kind("Goal"));
    assert!(goals.contains("gas") && !goals.contains("Warm wonen"), "{goals}");
    // What is no longer live isn't drawn.
    assert!(!goals.contains("Ambitie"), "{goals}");
}

#[test]
fn what_is_not_there_is_said_with_the_nearest() {
    let model = model(SMALL);
    let problem = model.picture(&Look::new(Language::En).focus("warn")).unwrap_err();
    assert_eq!(problem.to_string(), "there is no element `warn`: did you mean `warm`?");
    let problem = model.picture(&Look::new(Language::En).kind("Goals")).unwrap_err();
    assert!(
        matches!(problem, PictureError::UnknownKind { near: Some(near), .. } if near == "Goal")
    );
}

#[test]
fn large_models_give_small_pictures_that_say_so() {
    let mut text = String::from("goals:\n");
    for number in 0..5_000 {
        text.push_str(&format!("  - {{id: g{number}, refines: [g{}]}}\n", (number + 1) % 5_000));
    }
    let model = model(&text);
    let picture = model.picture(&Look::new(Language::En)).unwrap();
    let svg = picture.to_svg();
    assert!(svg.len() < 1_000_000, "{}", svg.len());
    assert!(svg.contains("4700 elements not drawn"));
    assert_eq!(svg, model.picture(&Look::new(Language::En)).unwrap().to_svg());
    let around = model.picture(&Look::new(Language::Nl).focus("g7").depth(900).most(50)).unwrap();
    assert!(around.to_svg().contains("hier omheen is er meer"));
    // A chain and a circle of the most that is ever drawn.
    model.picture(&Look::new(Language::En).most(usize::MAX)).unwrap().to_svg();
}

#[test]
fn nothing_is_a_picture_too() {
    let svg = model("goals: []").picture(&Look::new(Language::Nl)).unwrap().to_svg();
    assert!(svg.contains("Er is niets te tekenen."), "{svg}");
}
