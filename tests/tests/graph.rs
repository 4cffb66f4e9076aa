//! What rules find along paths is what petgraph's algorithms find on the same links.
#![expect(clippy::panic_in_result_fn, reason = "a test fails by panicking")]

use std::collections::BTreeSet;
use std::fmt::Write;

use anyhow::{Context, Result};
use petgraph::algo::{has_path_connecting, kosaraju_scc, toposort};
use petgraph::visit::IntoNeighbors;
use proptest::prelude::*;
use spelregel::{Metamodel, Model, Options, Pack, RuleSet, Settings, Source};

const RULES: &str = "
pack: circles
version: 1.0.0
title: {en: Circles}
paths:
  Project.needs: depends_on+
rules:
  - id: circle
    title: {en: No project needs itself}
    each: Project
    require: '!(self in self.needs)'
    severity: error
    message: {en: 'It needs itself.'}
  - id: late
    title: {en: Nothing that is needed is named last}
    each: Project
    require: '!self.needs.exists(p, p.name == \"last\")'
    severity: error
    message: {en: 'It needs the last.'}
";

/// Projects by number, each with those that it depends on; the last one has a name of its own.
fn model(metamodel: &Metamodel, projects: usize, links: &[(usize, usize)]) -> Result<Model> {
    let mut text = "spelregel: 1\nprojects:\n".to_owned();
    for project in 0..projects {
        let name = if project + 1 == projects { "last" } else { "other" };
        let needs: BTreeSet<usize> =
            links.iter().filter(|(from, _)| *from == project).map(|(_, to)| *to).collect();
        let needs: Vec<String> = needs.iter().map(|to| format!("p{to}")).collect();
        let needs = needs.join(", ");
        writeln!(text, "  - {{id: p{project}, name: {name}, depends_on: [{needs}]}}")?;
    }
    Ok(Model::load(metamodel, [Source::new("projects.yaml", text)])?)
}

fn agree(rules: &RuleSet, projects: usize, links: &[(usize, usize)]) -> Result<()> {
    let model = model(rules.metamodel(), projects, links)?;
    let options = Options::at("2026-01-01".parse()?);
    let verdicts = rules.judge(&model, &options);
    assert_eq!(verdicts.deferred(), 0);
    let failing = |rule: &str| -> BTreeSet<String> {
        let of_rule = verdicts.failing().filter(|one| one.rule == rule);
        of_rule.filter_map(|one| Some(one.element?.id().to_owned())).collect()
    };

    let graph = model.graph("depends_on").context("a relation of projects")?;
    let id = |node| graph.element(node).id().to_owned();
    let components = kosaraju_scc(graph);
    let circles = components.into_iter().filter(|nodes| {
        nodes.len() > 1 || nodes.iter().any(|node| graph.neighbors(*node).any(|n| n == *node))
    });
    let circles: BTreeSet<String> = circles.flatten().map(id).collect();
    assert_eq!(toposort(graph, None).is_ok(), circles.is_empty());
    assert_eq!(failing("circles/circle"), circles);

    let last = graph.node(&format!("p{}", projects - 1)).context("the last project")?;
    let leads = |project: &usize| -> Option<String> {
        let node = graph.node(&format!("p{project}"))?;
        let leads = graph.neighbors(node).any(|next| has_path_connecting(graph, next, last, None));
        leads.then(|| id(node))
    };
    assert_eq!(failing("circles/late"), (0..projects).filter_map(|p| leads(&p)).collect());
    Ok(())
}

#[test]
fn circles_and_what_can_be_reached_are_those_of_petgraph() -> Result<()> {
    let pack = Pack::load(Source::new("circles.yaml", RULES))?;
    let rules = RuleSet::compile(&Metamodel::standard(), [pack], &Settings::default())?;
    let links = prop::collection::vec((0..12_usize, 0..12_usize), 0..24);
    let sparse = prop::collection::vec((0..60_usize, 0..60_usize), 0..70);
    proptest!(|(links in links, sparse in sparse)| {
        agree(&rules, 12, &links).map_err(|broken| TestCaseError::fail(broken.to_string()))?;
        agree(&rules, 60, &sparse).map_err(|broken| TestCaseError::fail(broken.to_string()))?;
    });
    Ok(())
}
