//! The shipped packs prove themselves: every example comes out as written, and every rule has one that
//! passes and one that fails.

use std::error::Error;

use spelregel::{Metamodel, Pack, RuleSet, Settings, Verdict};

fn shipped() -> Result<RuleSet, Box<dyn Error>> {
    let packs: Vec<Pack> =
        Pack::shipped_ids().filter_map(Pack::shipped).collect::<Result<_, _>>()?;
    Ok(RuleSet::compile(&Metamodel::standard(), packs, &Settings::default())?)
}

#[test]
fn every_example_comes_out_as_written() -> Result<(), Box<dyn Error>> {
    let results = shipped()?.run_examples();
    let wrong: Vec<String> = results
        .iter()
        .filter(|result| !result.is_as_expected())
        .map(|result| format!("{} {}: {:?}", result.rule, result.number, result.verdicts))
        .collect();
    assert_eq!(wrong, Vec::<String>::new(), "of {} examples", results.len());
    assert!(results.len() > 1_200, "{} examples", results.len());
    Ok(())
}

#[test]
fn every_pack_stands_alone() -> Result<(), Box<dyn Error>> {
    for id in Pack::shipped_ids() {
        let pack = Pack::load_shipped(id)?;
        let rules = RuleSet::compile(&Metamodel::standard(), [pack], &Settings::default())?;
        assert!(rules.warnings().is_none(), "{id}: {:?}", rules.warnings());
        assert!(rules.test().is_good(), "{id}");
        assert!(rules.rules().all(|rule| rule.pack().id() == id), "{id} brings rules of others");
    }
    Ok(())
}

#[test]
fn examples_show_every_verdict_that_a_rule_can_give() -> Result<(), Box<dyn Error>> {
    for rule in shipped()?.test().coverage {
        assert_eq!(rule.missing, Vec::<Verdict>::new(), "{}", rule.rule);
    }
    Ok(())
}
