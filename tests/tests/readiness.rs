//! Readiness says of a gate what a check says when that gate is asked for.

use std::collections::BTreeSet;

use anyhow::{Context, Result};
use spelregel::report::{Missing, Readiness};
use spelregel::{Report, Severity, Verdict};
use spelregel_tests::example;

const PROGRAMME: &str = "warm-wonen";

fn gates(report: &Report) -> Result<&[Readiness]> {
    let programme = report.programmes.iter().find(|programme| programme.element.id == PROGRAMME);
    Ok(&programme.context("the programme")?.gates)
}

/// The findings of severity error that are open and belong to the programme.
fn open_errors(report: &Report) -> BTreeSet<(&str, Verdict)> {
    let open = [Verdict::Fail, Verdict::Error, Verdict::Unknown];
    report
        .findings
        .iter()
        .filter(|f| f.severity == Severity::Error && open.contains(&f.verdict))
        .filter(|f| f.programmes.iter().any(|id| id == PROGRAMME))
        .map(|f| (f.fingerprint.as_str(), f.verdict))
        .collect()
}

fn compare(phase: &str) -> Result<usize> {
    let at_phase = |gate| example::checked_unfinished("2026-06-01", gate, phase);
    let now = at_phase(None)?;
    let mut seen = 0;
    for gate in gates(&now)? {
        let asked = at_phase(Some(&gate.gate))?;
        let in_the_way: BTreeSet<_> = now
            .in_the_way(gate)
            .map(|finding| (finding.fingerprint.as_str(), finding.verdict))
            .collect();
        assert_eq!(in_the_way, open_errors(&asked), "{phase} {}", gate.gate);
        assert_eq!(in_the_way.len(), gate.in_the_way.len());
        let same = gates(&asked)?.iter().find(|other| other.gate == gate.gate);
        let same = same.with_context(|| gate.gate.clone())?;
        assert_eq!(same.severities, gate.severities);
        assert_eq!(same.missing, gate.missing);
        assert!(same.findings.is_empty());
        seen += gate.missing.len();
    }
    Ok(seen)
}

#[test]
fn what_stands_in_the_way_is_what_a_check_for_the_gate_finds() {
    let mut facts = 0;
    for phase in ["explore", "mandate", "design", "deliver", "close"] {
        facts += compare(phase).unwrap();
    }
    assert!(facts > 0);
}

#[test]
fn facts_are_ranked_by_what_they_settle() {
    let report = example::checked_unfinished("2026-06-01", None, "design").unwrap();
    for gate in gates(&report).unwrap() {
        let use_of = |fact: &Missing| (fact.settles, fact.named);
        assert!(gate.missing.is_sorted_by(|a, b| use_of(a) >= use_of(b)));
    }
}
