//! Plans say what the plain evaluator says, whatever the rules and the model.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::io::Write;

use anyhow::{Result, anyhow};
use proptest::test_runner::TestCaseError;
use spelregel::{Metamodel, Options, Pack, RuleSet, Settings};
use spelregel_tests::batch::compare;
use spelregel_tests::generate::law::hold;
use spelregel_tests::generate::{Asking, Draw, World};

#[test]
fn plans_and_the_plain_evaluator_agree() -> Result<()> {
    let (verdicts, deferred) = (Cell::new(0), Cell::new(0));
    let (rules_drawn, slow) = (Cell::new(0_usize), Cell::new(0_usize));
    let (without_texts, slow_without) = (Cell::new(0_usize), Cell::new(0_usize));
    let reasons: RefCell<BTreeMap<String, usize>> = RefCell::default();
    hold(150, 20_000, |tape| {
        let world = World::draw(&mut Draw::new(tape), Asking::Allowed);
        let broken = |what: &dyn std::fmt::Display| TestCaseError::fail(what.to_string());
        let rules = world.compile().map_err(|problems| broken(&problems))?;
        let model = world.load(rules.metamodel()).map_err(|problems| broken(&problems))?;
        let date = "2026-06-01".parse().map_err(|problem| broken(&problem))?;
        let compared = compare(&rules, &model, &Options::at(date))
            .map_err(|problem| broken(&format!("{world}{problem}")))?;
        verdicts.set(verdicts.get() + compared.verdicts);
        deferred.set(deferred.get() + compared.deferred);
        for rule in rules.rules() {
            rules_drawn.set(rules_drawn.get() + 1);
            let is_slow = !rule.slow_parts().is_empty();
            slow.set(slow.get() + usize::from(is_slow));
            if !rule.is_about_texts() {
                without_texts.set(without_texts.get() + 1);
                slow_without.set(slow_without.get() + usize::from(is_slow));
                for part in rule.slow_parts() {
                    let reason = part.split(':').next().unwrap_or(part).to_owned();
                    *reasons.borrow_mut().entry(reason).or_default() += 1;
                }
            }
        }
        Ok(world.rules.expressions())
    })
    .map_err(|broken| anyhow!(broken))?;
    writeln!(
        std::io::stdout(),
        "{} verdicts compared, {} of them left to the plain evaluator; of {} rules {} have slow parts, \
         of {} without texts {}: {:?}",
        verdicts.get(),
        deferred.get(),
        rules_drawn.get(),
        slow.get(),
        without_texts.get(),
        slow_without.get(),
        reasons.borrow()
    )?;
    // Of every hundred rules without texts about fourteen have one; the rest is what chance may add.
    let most = without_texts.get() * 14 / 100 + 2 * without_texts.get().isqrt();
    assert!(slow_without.get() <= most, "{} of {}", slow_without.get(), without_texts.get());
    Ok(())
}

#[test]
fn no_shipped_rule_has_a_slow_part() -> Result<()> {
    let packs = Pack::shipped_ids().filter_map(Pack::shipped).collect::<Result<Vec<_>, _>>()?;
    let rules = RuleSet::compile(&Metamodel::standard(), packs, &Settings::default())?;
    for rule in rules.rules() {
        assert!(rule.slow_parts().is_empty(), "{}: {:?}", rule.full_id(), rule.slow_parts());
    }
    Ok(())
}
