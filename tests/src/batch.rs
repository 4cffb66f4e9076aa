//! The library's plans, held against its plain evaluator: all rows at once, and one by one.

use anyhow::{Result, ensure};
use spelregel::{Model, Options, RuleSet};

use crate::driver::{Driver, Input, Outcome};
use crate::reference::{Reference, parts};

/// Runs cases with the library, and compares its ways of coming to a verdict.
#[derive(Debug, Clone, Copy)]
pub struct Batch;

impl Driver for Batch {
    fn name(&self) -> &'static str {
        "batch"
    }

    fn run(&self, input: &Input) -> Result<Outcome> {
        if let Some((rules, model)) = parts(input)? {
            let mut options = Options::at(input.options.at.parse()?);
            options.gate.clone_from(&input.options.gate);
            compare(&rules, &model, &options)?;
        }
        Reference.run(input)
    }
}

/// How much was compared.
#[derive(Debug, Clone, Copy, Default)]
pub struct Compared {
    /// Verdicts.
    pub verdicts: usize,
    /// Those that the plans left to the plain evaluator.
    pub deferred: usize,
}

/// Holds the verdicts of plans against those of the plain evaluator.
///
/// # Errors
/// If one differs.
pub fn compare(rules: &RuleSet, model: &Model, options: &Options) -> Result<Compared> {
    let plainly = rules.judge_plainly(model, options);
    let together = rules.judge(model, options);
    for (what, verdicts) in
        [("all at once", &together), ("one by one", &rules.judge_row_by_row(model, options))]
    {
        ensure!(
            *verdicts == plainly,
            "plans, {what}, say otherwise than the plain evaluator: {}",
            verdicts.differences(&plainly).join("; ")
        );
    }
    let all = spelregel::Verdict::ALL.map(|verdict| together.count(verdict));
    Ok(Compared { verdicts: all.iter().sum(), deferred: together.deferred() })
}
