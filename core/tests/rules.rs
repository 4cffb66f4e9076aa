//! Rules told to people.

use spelregel::report::Colour;
use spelregel::{Diagnostics, Language, Metamodel, Pack, RuleSet, Settings, Source};

const PACK: &str = r#"
spelregel: 1
pack: ours
version: 1.2.0
title: {en: Ours, nl: Van ons}
parameters:
  most: {type: int, default: 3, label: {en: most goals, nl: hoogste aantal doelen}}
  unused: {type: int, default: 3, label: {en: unused, nl: ongebruikt}}
  kinds_of_role: {type: list<RoleType>, default: [commissioner], label: {en: roles, nl: rollen}}
define:
  "Programme.seats(t: RoleType)": self.has_role.filter(r, r.role_type == t && t in kinds_of_role)
  Programme.sponsors: self.seats(RoleType.commissioner)
  Goal.is_named: has(self.name)
  Goal.unused: has(self.name)
paths:
  Programme.goals: pursues[is_named]/refines*
  Programme.other: pursues
rules:
  - id: few-goals
    title: {en: Few goals, nl: Weinig doelen}
    each: Programme
    from: design
    gate: G2
    let: {people: self.sponsors.held_by}
    when: people.size() >= 1
    require: >-
      self.goals.size() <= most
        && today > date('2020-01-01')
    severity: error
    deviations: false
    message: {en: Too many., nl: Te veel.}
    why: {en: Focus., nl: Richting.}
    remedy: {en: Choose., nl: Kies.}
    source: Council decision 12
    tags: [goals, focus]
  - id: any
    title: {en: Anything goes}
    each: Model
    require: model.goals.size() >= 0
    severity: advice
    message: {en: "No."}
"#;

fn rules() -> Result<RuleSet, Diagnostics> {
    let pack = Pack::load(Source::new("ours.yaml", PACK))?;
    RuleSet::compile(&Metamodel::standard(), [pack], &Settings::default())
}

#[test]
fn a_rule_explained() {
    let rules = rules().unwrap();
    let rule = rules.rule("few-goals").unwrap();
    insta::assert_snapshot!("explained_en", rule.to_text(Language::En, Colour::Never));
    insta::assert_snapshot!("explained_nl", rule.to_text(Language::Nl, Colour::Never));
    insta::assert_snapshot!("explained_json", rule.to_json());
}

#[test]
fn a_rule_of_the_model_in_a_language_that_the_pack_lacks() {
    let rules = rules().unwrap();
    insta::assert_snapshot!(rules.rule("ours/any").unwrap().to_text(Language::Nl, Colour::Never));
}

#[test]
fn a_list_of_rules() {
    insta::assert_snapshot!(rules().unwrap().to_text(Language::Nl, Colour::Never));
}

#[test]
fn only_what_a_condition_uses_is_explained() {
    let rules = rules().unwrap();
    let names: Vec<String> =
        rules.rule("few-goals").unwrap().meanings().into_iter().map(|m| m.name).collect();
    let expected = [
        "Programme.seats(t: RoleType)",
        "Programme.sponsors",
        "Goal.is_named",
        "Programme.goals",
        "most",
        "kinds_of_role",
    ];
    assert_eq!(names, expected);
}

#[test]
fn a_rule_is_found_by_either_id_or_not_at_all() {
    let rules = rules().unwrap();
    assert_eq!(rules.rule("ours/any").unwrap().id(), "any");
    assert_eq!(
        rules.rule("few-gaols").unwrap_err().to_string(),
        "there is no rule `few-gaols`: did you mean `few-goals`?"
    );
    assert_eq!(rules.rule("zzz").unwrap_err().to_string(), "there is no rule `zzz`");
}

#[test]
fn a_bare_id_of_several_packs_is_no_answer() {
    let pack = |id: &str| {
        let text = format!(
            "spelregel: 1\npack: {id}\nversion: 1.0.0\ntitle: {{en: T, nl: T}}\nrules:\n  - id: same\n    \
             title: {{en: T, nl: T}}\n    each: Goal\n    require: has(self.name)\n    severity: error\n    \
             message: {{en: M, nl: M}}\n"
        );
        Pack::load(Source::new(id, text))
    };
    let packs = [pack("one").unwrap(), pack("two").unwrap()];
    let rules = RuleSet::compile(&Metamodel::standard(), packs, &Settings::default()).unwrap();
    assert_eq!(
        rules.rule("same").unwrap_err().to_string(),
        "several packs have a rule `same`: write one/same or two/same"
    );
}
