//! What rules find in a model, in numbers.

use std::collections::BTreeMap;

use anyhow::Result;
use spelregel::{Date, Metamodel, Model, Options, Pack, RuleSet, Settings, Verdict};

/// How many verdicts of a rule fail, are unknown and pass.
pub type Counts = [usize; 3];

/// Verdicts of a rule set, by rule.
pub fn tally(rules: &RuleSet, model: &Model, at: Date) -> BTreeMap<String, Counts> {
    let mut tally: BTreeMap<String, Counts> = BTreeMap::new();
    for answer in rules.answers(model, &Options::at(at)) {
        let counts = tally.entry(answer.rule).or_default();
        match answer.verdict {
            Verdict::Fail => counts[0] += 1,
            Verdict::Unknown => counts[1] += 1,
            Verdict::Pass => counts[2] += 1,
            _ => {}
        }
    }
    tally
}

/// The same of all rules together.
pub fn total(tally: &BTreeMap<String, Counts>) -> Counts {
    let add = |sum: Counts, one: &Counts| [sum[0] + one[0], sum[1] + one[1], sum[2] + one[2]];
    tally.values().fold([0; 3], add)
}

/// All shipped rules.
///
/// # Errors
/// Where they don't check out.
pub fn shipped() -> Result<RuleSet> {
    let packs = Pack::shipped_ids().filter_map(Pack::shipped).collect::<Result<Vec<_>, _>>()?;
    Ok(RuleSet::compile(&Metamodel::standard(), packs, &Settings::default())?)
}
