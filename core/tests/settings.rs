//! What an organisation's settings change.

use std::error::Error;

use spelregel::{
    Code, Diagnostics, Metamodel, Model, Options, Pack, RuleSet, Settings, Severity, Source,
    Verdict,
};

const PACK: &str = "
spelregel: 1
pack: ours
version: 1.0.0
title: {en: Ours, nl: Van ons}
parameters:
  most: {type: int, default: 1, label: {en: most, nl: hoogste aantal}}
rules:
  - id: few-goals
    title: {en: Few goals, nl: Weinig doelen}
    each: Programme
    require: self.pursues.size() <= most
    severity: error
    message: {en: Too many., nl: Te veel.}
  - id: goal-named
    title: {en: Goals have names, nl: Doelen hebben namen}
    each: Goal
    require: has(self.name)
    severity: advice
    message: {en: No name., nl: Geen naam.}
";
const MODEL: &str = "
programmes: [{id: p, pursues: [a, b]}]
goals: [{id: a, name: A}, {id: b}]
";

fn compile(settings: &str) -> Result<RuleSet, Diagnostics> {
    let settings = Settings::load(Source::new("settings.yaml", settings))?;
    let pack = Pack::load(Source::new("ours.yaml", PACK))?;
    RuleSet::compile(&Metamodel::standard(), [pack], &settings)
}

type Found = (String, Severity, Verdict);

fn findings(settings: &str) -> Result<Vec<Found>, Box<dyn Error>> {
    let rules = compile(settings)?;
    let model = Model::load(rules.metamodel(), [Source::new("model.yaml", MODEL)])?;
    let report = rules.check(&model, &Options::at("2026-06-01".parse()?));
    Ok(report.findings.into_iter().map(|f| (f.rule, f.severity, f.verdict)).collect())
}

fn codes(settings: &str) -> Vec<Code> {
    let problems = compile(settings).map_or_else(Diagnostics::into_vec, |_| Vec::new());
    problems.into_iter().map(|problem| problem.code).collect()
}

#[test]
fn without_changes_the_packs_stand() {
    let expected = [
        ("ours/few-goals".to_owned(), Severity::Error, Verdict::Fail),
        ("ours/goal-named".to_owned(), Severity::Advice, Verdict::Fail),
    ];
    assert_eq!(findings("settings: {}").unwrap(), expected);
}

#[test]
fn parameters_and_severities_are_the_organisations() {
    assert_eq!(
        findings("settings: {parameters: {most: 2}, severity: {goal-named: warning}}").unwrap(),
        [("ours/goal-named".to_owned(), Severity::Warning, Verdict::Fail)]
    );
}

#[test]
fn a_rule_can_be_off() {
    assert_eq!(
        findings("settings: {severity: {ours/few-goals: off}}").unwrap(),
        [("ours/goal-named".to_owned(), Severity::Advice, Verdict::Fail)]
    );
}

#[test]
fn the_metamodel_can_be_extended() {
    let settings = "settings: {metamodel: {kinds: {Goal: {properties: {colour: {type: text}}}}}}";
    let rules = compile(settings).unwrap();
    let model = Source::new("model.yaml", "goals: [{id: a, colour: green}]");
    assert!(Model::load(rules.metamodel(), [model.clone()]).is_ok());
    assert!(Model::load(&Metamodel::standard(), [model]).is_err());
}

#[test]
fn what_is_wrong_is_said() {
    assert_eq!(codes(""), [Code::MissingField]);
    assert_eq!(codes("spelregel: 2\nsettings: {}"), [Code::WrongDocument]);
    assert_eq!(codes("settings: {severities: {}}"), [Code::UnknownField]);
    assert_eq!(codes("settings: {severity: {few-goals: fatal}}"), [Code::UnknownValue]);
    assert_eq!(codes("settings: {severity: [few-goals]}"), [Code::WrongType]);
    assert_eq!(codes("settings: {languages: [nl, de]}"), [Code::UnknownValue]);
    assert_eq!(codes("settings: {severity: {few-gaols: off}}"), [Code::UnknownReference]);
    assert_eq!(codes("settings: {parameters: {mots: 2}}"), [Code::UnknownReference]);
    assert_eq!(codes("settings: {parameters: {most: green}}"), [Code::InvalidParameter]);
    assert_eq!(
        codes("settings: {metamodel: {kinds: {goal: {section: gaols}}}}"),
        [Code::InvalidName]
    );
}
