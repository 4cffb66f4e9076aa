//! The ten rules as Spelregel judges them.

use anyhow::{Context, Result, ensure};
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
    compiled(RULES, &Settings::default())
}

/// One of the ten rules, compiled.
///
/// # Errors
///
/// What is wrong with the metamodel or the pack beside this crate.
pub fn rule(number: usize) -> Result<RuleSet> {
    let off = (1..=10).filter(|other| *other != number).map(|other| format!("r{other}: off"));
    let settings = format!("settings: {{severity: {{{}}}}}", off.collect::<Vec<_>>().join(", "));
    compiled(RULES, &Settings::load(Source::new("settings.yaml", settings))?)
}

/// The ten rules, with nothing to tell about what they find.
///
/// # Errors
///
/// What is wrong with the metamodel or the pack beside this crate.
pub fn silent_rules() -> Result<RuleSet> {
    let told = |line: &str| {
        let indent = line.len() - line.trim_start().len();
        let is_message = line.trim_start().starts_with("message:");
        if is_message { format!("{:indent$}message: {{en: Found}}", "") } else { line.to_owned() }
    };
    let lines: Vec<String> = RULES.lines().map(told).collect();
    compiled(lines.join("\n"), &Settings::default())
}

fn compiled(rules: impl Into<String>, settings: &Settings) -> Result<RuleSet> {
    // The largest portfolios hold more than what rules may cost that nobody has looked at.
    let mut limits = Limits::default();
    limits.rule_cost = u64::MAX;
    let metamodel = Source::new("portfolio/metamodel.yaml", METAMODEL);
    let metamodel = Metamodel::load(&metamodel, &limits)?;
    let pack = Pack::load(Source::new("portfolio/rules.yaml", rules.into()))?;
    Ok(RuleSet::compile_with(&metamodel, [pack], settings, &limits)?)
}

/// Every verdict as bits, and how many (rule, element) fail, each of them seen.
#[inline(never)]
pub fn judge(rules: &RuleSet, model: &Model, options: &Options, failing: &mut Vec<usize>) {
    failing.clear();
    let verdicts = rules.judge(model, options);
    failing.extend(verdicts.failing().map(|one| std::hint::black_box(one).rule.len()));
}

/// How many components petgraph finds along `depends_on`.
///
/// # Errors
///
/// Where the vocabulary has no such relation.
#[inline(never)]
pub fn components(model: &Model) -> Result<usize> {
    let graph = model.graph("depends_on").context("no such relation")?;
    Ok(petgraph::algo::kosaraju_scc(graph).len())
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

/// What the rules find by their plans, as rule and id, sorted.
///
/// # Errors
///
/// Where a verdict is neither pass nor fail, or the plans didn't decide it.
pub fn judged(rules: &RuleSet, model: &Model, options: &Options) -> Result<Vec<(usize, String)>> {
    let verdicts = rules.judge(model, options);
    for verdict in [Verdict::Unknown, Verdict::Error, Verdict::Waived] {
        ensure!(verdicts.count(verdict) == 0, "verdicts that are {}", verdict.as_str());
    }
    ensure!(
        verdicts.deferred() == 0,
        "{} rows are left to the plain evaluator",
        verdicts.deferred()
    );
    let mut named = Vec::new();
    for one in verdicts.failing() {
        let number = one.rule.strip_prefix("portfolio/r").context("another pack")?;
        let element = one.element.map_or("", |element| element.id());
        named.push((number.parse()?, element.to_owned()));
    }
    named.sort_unstable();
    Ok(named)
}

/// What the rules find by the plain evaluator, as rule and id, sorted.
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
