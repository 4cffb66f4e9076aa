use std::fmt::Write as _;

use super::Pack;
use crate::cel::dump::dump;
use crate::diagnostic::Diagnostics;
use crate::limits::Limits;
use crate::source::{Source, Span};

const HEAD: &str =
    "spelregel: 1\npack: ours\nversion: 1.0.0\ntitle: {en: Our rules, nl: Onze regels}\n";

const RULE: &str = "rules:
  - id: goal-has-name
    title: {en: Goals have names, nl: Doelen hebben namen}
    each: Goal
    require: has(self.name)
    severity: advice
    message: {en: 'goal {self.id} has no name'}
";

fn load(text: &str) -> Result<Pack, Diagnostics> {
    Pack::load(Source::new("ours.yaml", text))
}

fn marked(source: &Source, span: Span) -> String {
    let place = source.position(span.start);
    format!("{}:{} [{}]", place.line, place.column, source.slice(span))
}

/// Each problem with its places and helps.
fn problems(text: &str) -> String {
    let Err(problems) = load(text) else { return "no problem\n".to_owned() };
    let mut out = String::new();
    for problem in &problems {
        writeln!(out, "{}: {}", problem.code.as_str(), problem.message).unwrap();
        for label in &problem.labels {
            writeln!(out, "  {} {}", marked(&label.source, label.span), label.text).unwrap();
        }
        for help in &problem.helps {
            writeln!(out, "  help: {}", help.text).unwrap();
        }
    }
    out
}

#[test]
fn everything_that_a_pack_can_hold() {
    let pack = load(&format!(
        "{HEAD}source: the handbook
uses: [base]
parameters:
  longest_silence: {{type: duration, default: 180d, label: {{en: silence, nl: stilte}}}}
define:
  Programme.sponsors: self.seats(RoleType.commissioner)
  \"Programme.seats(t: RoleType, ks: list<map<Gate, Kind>>)\": self.has_role
  \"Programme.none()\": '[]'
paths:
  Project.feeds: builds/enables[open]+
rules:
  - id: r-1
    title: {{nl: Titel}}
    each: [Programme, Project]
    from: design
    gate: G2
    let:
      b: self.name
      a: b + b
    when: a != b
    require: |
      true // always
        && true
    severity: error
    deviations: false
    message: {{en: \"{{a}} and {{{{b}}}}\", nl: x}}
    why: {{en: because}}
    remedy: {{en: do}}
    source: step 2
    tags: [roles, start]
    examples:
      - {{name: first, at: 2026-06-01, gate: G2, model: {{programmes: []}}, expect: {{p: pass}}}}
"
    ))
    .unwrap_or_else(|problems| panic!("{problems}"));
    assert_eq!((pack.id(), pack.version(), pack.rule_count()), ("ours", "1.0.0", 1));
    let text = &pack.0;
    assert_eq!(text.uses[0].value, "base");
    assert_eq!(text.parameters[0].type_text.value, "duration");
    let headers: Vec<_> = text
        .definitions
        .iter()
        .map(|d| {
            let arguments = d.arguments.as_ref().map(|arguments| {
                let pairs = arguments.iter();
                pairs
                    .map(|a| (a.name.value.as_str(), a.type_text.value.as_str()))
                    .collect::<Vec<_>>()
            });
            (d.kind.value.as_str(), d.name.value.as_str(), arguments)
        })
        .collect();
    assert_eq!(
        headers,
        [
            ("Programme", "sponsors", None),
            ("Programme", "seats", Some(vec![("t", "RoleType"), ("ks", "list<map<Gate, Kind>>")])),
            ("Programme", "none", Some(vec![])),
        ]
    );
    let argument = &text.definitions[1].arguments.as_ref().unwrap()[1];
    assert_eq!(marked(&text.source, argument.type_text.span), "11:37 [list<map<Gate, Kind>>]");
    assert_eq!(text.paths[0].path.to_string(), "builds/enables[open]+");
    let rule = &text.rules[0];
    let kinds: Vec<_> = rule.each.iter().map(|kind| kind.value.as_str()).collect();
    assert_eq!(kinds, ["Programme", "Project"]);
    let lets: Vec<_> = rule.lets.iter().map(|(name, _)| name.value.as_str()).collect();
    assert_eq!(lets, ["b", "a"]);
    assert_eq!(dump(&rule.require.ast), "(&& true true)");
    assert!(!rule.waivable);
    assert_eq!(rule.message.len(), 2);
    assert_eq!(rule.examples[0].expect[0].1.value, "pass");
}

#[test]
fn all_problems_of_a_pack_at_once() {
    insta::assert_snapshot!(problems(
        "spelregel: 2
pack: Our Rules
title: Our rules
usse: [base]
parameters:
  today: {type: duration, default: 1d}
  max-fte: {type: double, default: 1.0}
  silence: {type: duration}
define:
  Programme.sponsors: self.x &&
  Programme.sponsors(t): true
  Programme.sponsors : true
  \"Programme.seats(t: A, t: B)\": true
  \"Programme.chairs(t: A\": true
  \"Programme.chairs(self: A)\": true
  \"Programme.chairs(t:)\": true
  sponsors: true
  a b c: true
  Programme.in: true
paths:
  Project.feeds: builds//enables
  Project.eats(): builds
  Programme.sponsors: has_role
rules:
  - id: first
    title: {en: First, fr: Premier}
    each: []
    require: >-
      self.a == 1 &&
      self.b = 2
    severity: fatal
    message: {en: \"{self.a\"}
  - id: first
    title: {en: Again}
    each: Goal
    let: {for: '1', x: 1u}
    when: self.a and self.b
    require: 'self.name == ''it\\s'''
    severity: warnign
    deviations: no
    message: Plain
    exmaples: []
    examples: [{at: 2026-01-01, model: {}}]
  - {}
  - plain
"
    ));
}

#[test]
fn other_documents() {
    let mut out = String::new();
    for text in [
        "",
        "- a",
        "goals: []",
        "metamodel: x\nversion: 1",
        "pack: a\nsettings: {}",
        "pack: a",
        "pack: [a]\nversion: 1\ntitle: {}\nsource: {}\nrules: {a: b}",
    ] {
        writeln!(out, "{text}\n{}", problems(text)).unwrap();
    }
    insta::assert_snapshot!(out);
}

#[test]
fn comments_do_not_swallow_what_yaml_folds_into_their_line() {
    let with =
        |require: &str| problems(&format!("{HEAD}{}", RULE.replace("has(self.name)", require)));
    assert_eq!(with("|\n      a // one\n      && b // two"), "no problem\n");
    assert_eq!(with(">-\n      a\n      && b // two"), "no problem\n");
    assert_eq!(with("a == 'http://x' && b"), "no problem\n");
    insta::assert_snapshot!(with(">-\n      a // one\n      && b"), @r"
    syntax: a comment that takes in the lines below it
      10:9 [//] 
      help: write the expression as a block with `|`, which keeps its lines
    ");
    assert_eq!(with("'a // one\n      && b'").lines().count(), 3);
}

#[test]
fn json_is_read_as_well() {
    let pack = load(
        r#"{"spelregel": 1, "pack": "ours", "version": "1.0.0", "title": {"en": "Ours"},
            "define": {"Goal.label(x: int)": "'\u00e9' + \"\\n\""}}"#,
    )
    .unwrap_or_else(|problems| panic!("{problems}"));
    assert_eq!(dump(&pack.0.definitions[0].body.ast), r#"(+ "é" "\n")"#);
}

#[test]
fn limits_hold_within_a_pack() {
    let limits = Limits { expression_depth: 3, ..Limits::default() };
    let text = format!("{HEAD}define: {{G.a: '((((1))))'}}\npaths: {{G.b: '((((b))))'}}\n");
    let problems = Pack::load_with(Source::new("ours.yaml", text), &limits).unwrap_err();
    let codes: Vec<_> = problems.iter().map(|problem| problem.code.as_str()).collect();
    assert_eq!(codes, ["over-limit", "over-limit"]);
}

#[cfg(feature = "standard")]
#[test]
fn shipped_packs_load() {
    for id in Pack::shipped_ids() {
        let pack = Pack::shipped(id).unwrap();
        assert!(pack.is_ok(), "{}", pack.unwrap_err());
    }
}
