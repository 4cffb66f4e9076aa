//! The ten rules as Spelregel judges them.

use anyhow::{Context, Result};
use spelregel::{
    Date, Limits, Metamodel, Model, Options, Pack, RuleSet, Settings, Source, Verdict,
};

use crate::{METAMODEL, RULES};

/// The ten rules, compiled.
///
/// # Errors
///
/// What is wrong with the metamodel or the pack beside this crate.
pub fn rules() -> Result<RuleSet> {
    let metamodel = Source::new("portfolio/metamodel.yaml", METAMODEL);
    let metamodel = Metamodel::load(&metamodel, &Limits::default())?;
    let pack = Pack::load(Source::new("portfolio/rules.yaml", RULES))?;
    Ok(RuleSet::compile(&metamodel, [pack], &Settings::default())?)
}

/// One of the ten rules, compiled.
///
/// # Errors
///
/// What is wrong with the metamodel or the pack beside this crate.
pub fn rule(number: usize) -> Result<RuleSet> {
    let metamodel = Source::new("portfolio/metamodel.yaml", METAMODEL);
    let metamodel = Metamodel::load(&metamodel, &Limits::default())?;
    let pack = Pack::load(Source::new("portfolio/rules.yaml", RULES))?;
    let off = (1..=10).filter(|other| *other != number).map(|other| format!("r{other}: off"));
    let settings = format!("settings: {{severity: {{{}}}}}", off.collect::<Vec<_>>().join(", "));
    let settings = Settings::load(Source::new("settings.yaml", settings))?;
    Ok(RuleSet::compile(&metamodel, [pack], &settings)?)
}

/// Every verdict as bits, and how many (rule, element) fail, each of them seen.
pub fn judge(rules: &RuleSet, model: &Model, options: &Options, failing: &mut Vec<usize>) {
    failing.clear();
    let verdicts = rules.judge(model, options);
    failing.extend(verdicts.failing().map(|one| std::hint::black_box(one).rule.len()));
}

/// A portfolio, loaded from its document.
///
/// # Errors
///
/// What is wrong with the document.
pub fn load(rules: &RuleSet, source: &Source) -> Result<Model> {
    Ok(Model::load(rules.metamodel(), [source.clone()])?)
}

/// The document of a portfolio.
pub fn source(text: &str) -> Source {
    Source::new("portfolio.json", text)
}

/// The options of a check; none of the ten rules asks for the date.
///
/// # Errors
///
/// None: the date is one.
pub fn options() -> Result<Options> {
    let date: Date = "2026-01-01".parse()?;
    Ok(Options::at(date))
}

/// What the rules find, as rule and id, sorted.
///
/// # Errors
///
/// Where a verdict is neither pass nor fail, or a rule has another name than expected.
pub fn named(rules: &RuleSet, model: &Model, options: &Options) -> Result<Vec<(usize, String)>> {
    let mut named = Vec::new();
    for answer in rules.answers(model, options) {
        match answer.verdict {
            Verdict::Pass | Verdict::NotApplicable => {}
            Verdict::Fail => {
                let number = answer.rule.strip_prefix("portfolio/r").context("another pack")?;
                named.push((number.parse()?, answer.element.unwrap_or_default()));
            }
            other => anyhow::bail!("{} of {:?} is {other:?}", answer.rule, answer.element),
        }
    }
    named.sort_unstable();
    Ok(named)
}
