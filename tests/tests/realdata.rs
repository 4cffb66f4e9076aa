//! Programmes that nobody here wrote: what rules find in them, held against others' findings where there are any.

use std::collections::BTreeSet;

use anyhow::Result;
use spelregel::{Options, RuleSet, Settings};
use spelregel_tests::files;
use spelregel_tests::iati::{self, Converted, ruleset::{Cases, Outcome}};

const FILES: [&str; 2] = ["dfid-ZW-2011", "dfid-KO-2011"];
/// Rule sets of the publisher, each with our pack of the same.
const RULE_SETS: [(&str, &str); 2] = [("dfid", "dfid"), ("standard_py", "standard")];

fn options() -> Result<Options> {
    Ok(Options::at("2011-06-02".parse()?))
}

fn activities(file: &str) -> Result<Converted> {
    Converted::new(&files::text(&format!("data/iati/activities/{file}.xml"))?, &iati::metamodel()?)
}

fn differences(found: &Outcome, expected: &Outcome) -> Vec<String> {
    let more = found.failures.difference(&expected.failures).map(|f| format!("only ours: {f:?}"));
    let less = expected.failures.difference(&found.failures).map(|f| format!("only theirs: {f:?}"));
    more.chain(less).collect()
}

#[test]
fn every_case_of_a_rule_set_has_one_rule() -> Result<()> {
    for (name, pack) in RULE_SETS {
        let cases = Cases::read(name)?;
        let rules = iati::rules(pack, &Settings::default())?;
        let mut named = BTreeSet::new();
        for rule in rules.rules() {
            for case in cases.named_by(rule.source())? {
                assert!(named.insert(case.clone()), "{case:?} is named twice");
            }
        }
        assert_eq!(named, cases.all());
    }
    Ok(())
}

#[test]
fn rules_of_iati_find_what_the_publishers_engine_finds() -> Result<()> {
    let metamodel = iati::metamodel()?;
    for file in FILES {
        let model = activities(file)?.load(&metamodel)?;
        for (name, pack) in RULE_SETS {
            let cases = Cases::read(name)?;
            let found = cases.found(&iati::rules(pack, &Settings::default())?, &model, &options()?)?;
            let expected = cases.expected(file, name)?;
            let differ = differences(&found, &expected);
            assert!(differ.is_empty(), "{file} {name}:\n{}", differ.join("\n"));
            assert_eq!(found, expected, "{file} {name}");
        }
    }
    Ok(())
}

#[derive(serde::Deserialize)]
struct MetaTest {
    rules: String,
    xml: String,
    pass: bool,
}

#[test]
fn the_publishers_tests_of_its_engine_come_out_the_same() -> Result<()> {
    let metamodel = iati::metamodel()?;
    let rules: RuleSet = iati::rules("meta_tests", &Settings::default())?;
    let mut used = BTreeSet::new();
    for line in files::text("data/iati/meta_tests/cases.jsonl")?.lines() {
        let test: MetaTest = serde_json::from_str(line)?;
        let xml = files::text(&format!("data/iati/meta_tests/{}", test.xml))?;
        let model = Converted::new(&xml, &metamodel)?.load(&metamodel)?;
        let judged = rules.judge(&model, &options()?);
        let fails = judged.failing().filter_map(|one| rules.rule(one.rule).ok());
        let fails = fails.filter(|rule| rule.source() == Some(&test.rules)).count();
        assert_eq!(fails == 0, test.pass, "{line}");
        used.insert(test.rules);
    }
    let ours: BTreeSet<_> = rules.rules().filter_map(|rule| rule.source()).collect();
    used.remove("empty.json");
    assert_eq!(used.iter().map(String::as_str).collect::<BTreeSet<_>>(), ours);
    Ok(())
}
