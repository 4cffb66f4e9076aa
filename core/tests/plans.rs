//! Plans as text: what a change in how rules are evaluated changes.

use std::fmt::Write;

use spelregel::{Diagnostics, Metamodel, Pack, RuleSet, Settings, Source};

fn plans(rules: &RuleSet) -> String {
    let mut text = String::new();
    for rule in rules.rules() {
        let _ = writeln!(text, "# {}\n{}", rule.full_id(), rule.plan());
    }
    text
}

#[test]
fn of_a_shipped_pack() -> Result<(), Box<dyn std::error::Error>> {
    let pack = Pack::shipped("slim-invoeren").ok_or("not shipped")??;
    let rules = RuleSet::compile(&Metamodel::standard(), [pack], &Settings::default())?;
    insta::assert_snapshot!(plans(&rules));
    Ok(())
}

#[test]
fn of_what_rules_can_ask() -> Result<(), Diagnostics> {
    let pack = Source::new(
        "ours.yaml",
        "
pack: ours
version: 1.0.0
title: {en: Ours}
paths:
  Project.before: depends_on[Project]+
  Project.around: (depends_on|^depends_on)*[late]
define:
  Project.late: has(self.end_on) && self.end_on < today
rules:
  - id: cycle
    title: {en: No cycle}
    each: Project
    require: '!(self in self.before)'
    severity: error
    message: {en: A cycle}
  - id: furthest
    title: {en: Ends after all before it}
    each: Project
    require: 'self.before.all(p, !has(p.end_on) || p.end_on <= self.end_on)'
    severity: error
    message: {en: Too early}
  - id: filtered-path
    title: {en: Nothing late around it}
    each: Project
    require: 'self.around.size() == 0'
    severity: error
    message: {en: Late}
  - id: shared
    title: {en: Uses a part twice}
    each: Programme
    let: {projects: 'self.includes.of(Project).filter(p, p.depends_on.of(Project).exists(q, q.late))'}
    require: 'projects.size() <= 2 && projects.all(p, p.late)'
    severity: error
    message: {en: Late}
  - id: slow
    title: {en: Has a part without an operator}
    each: Project
    require: 'has(self.name) && self.name + \"!\" != self.id'
    severity: error
    message: {en: Slow}
",
    );
    let rules =
        RuleSet::compile(&Metamodel::standard(), [Pack::load(pack)?], &Settings::default())?;
    let slow = rules.rules().filter(|rule| !rule.slow_parts().is_empty());
    let slow: Vec<_> =
        slow.map(|rule| (rule.id().to_owned(), rule.slow_parts().join("; "))).collect();
    insta::assert_snapshot!(plans(&rules));
    assert_eq!(slow, [("slow".to_owned(), "texts put together: self.name + \"!\"".to_owned())]);
    Ok(())
}
