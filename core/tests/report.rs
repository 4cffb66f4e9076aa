//! What a report holds.

use std::collections::BTreeMap;
use std::error::Error;

use spelregel::report::{Count, Tally};
use spelregel::{Metamodel, Model, Options, Pack, Report, RuleSet, Settings, Source, Verdict};

const PACK: &str = "
spelregel: 1
pack: ours
version: 1.0.0
title: {en: Ours}
rules:
  - id: named
    title: {en: Programmes have names}
    each: Programme
    require: has(self.name)
    severity: error
    message: {en: No name.}
    tags: [names]
";

const MODEL: &str = "
programmes: [{id: p, name: P}, {id: q}]
deviations:
  - {rule: named, element: p, reason: not needed}
  - {rule: named, element: q, reason: over, until: 2026-05-31}
  - {rule: nmaed, element: q, reason: misspelt}
";

fn report(options: &Options) -> Result<Report, Box<dyn Error>> {
    let pack = Pack::load(Source::new("ours.yaml", PACK))?;
    let rules = RuleSet::compile(&Metamodel::standard(), [pack], &Settings::default())?;
    let model = Model::load(rules.metamodel(), [Source::new("m.yaml", MODEL)])?;
    Ok(rules.check(&model, options))
}

fn fails(counts: &[Count]) -> BTreeMap<&str, u64> {
    counts.iter().map(|count| (count.name.as_str(), failed(&count.verdicts))).collect()
}

fn failed(tally: &Tally) -> u64 {
    tally.fail
}

#[test]
fn every_finding_is_counted_those_about_deviations_too() -> Result<(), Box<dyn Error>> {
    let report = report(&Options::at("2026-06-01".parse()?))?;
    let found = report.findings.iter().filter(|f| f.verdict == Verdict::Fail).count();
    assert_eq!(found, 4);
    let counts = &report.counts;
    assert_eq!(failed(&counts.verdicts), 4);
    assert_eq!(
        fails(&counts.rules),
        BTreeMap::from([
            ("ours/named", 1),
            ("spelregel/deviation-covers-nothing", 1),
            ("spelregel/deviation-expired", 1),
            ("spelregel/deviation-names-no-rule", 1),
        ])
    );
    assert_eq!(fails(&counts.packs), BTreeMap::from([("ours", 1), ("spelregel", 3)]));
    assert_eq!(
        fails(&counts.severities),
        BTreeMap::from([("advice", 0), ("error", 1), ("warning", 3)])
    );
    assert_eq!(fails(&counts.programmes), BTreeMap::from([("p", 1), ("q", 3)]));
    Ok(())
}

#[test]
fn what_is_not_asked_for_is_not_counted() -> Result<(), Box<dyn Error>> {
    let report = report(&Options::at("2026-06-01".parse()?).tag("names"))?;
    assert_eq!(failed(&report.counts.verdicts), 1);
    assert_eq!(fails(&report.counts.packs), BTreeMap::from([("ours", 1)]));
    Ok(())
}
