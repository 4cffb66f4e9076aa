//! Rules made to cost much: each has verdicts, or errors that name what makes it cost so much; and the rest of
//! the report still comes.
//!
//! With `SPELREGEL_LONG=1` they run on a large model within the default limits, and the time and the most
//! memory of each are printed (build with `--release`).

use std::collections::BTreeMap;
use std::io::Write;

use anyhow::{Context, Result, ensure};
use spelregel::{Limits, Metamodel, Model, Options, Pack, RuleSet, Settings, Source, Verdict};
use spelregel_tests::files;
use spelregel_tests::generate::law;
use spelregel_tests::generate::model::TODAY;

/// A model of so many projects, each tied to several others in circles, with as many persons, roles and goals.
fn model(metamodel: &Metamodel, projects: usize, bytes: usize) -> Result<Model> {
    let mut text = String::from("programmes:\n- {id: p, name: P, phase: deliver}\nprojects:\n");
    let long = "lorem ipsum ".repeat(bytes / 12);
    for at in 0..projects {
        let next = |step: usize| (at * 7 + step * 31 + 1) % projects;
        let needs: Vec<String> = (0..6).map(|step| format!("x{}", next(step))).collect();
        let description =
            if at < 50 { format!(", description: \"{long}\"") } else { String::new() };
        text.push_str(&format!(
            "- {{id: x{at}, name: Project {}, part_of: [p], cost_eur: {}, depends_on: [{}]{description}}}\n",
            at % 1000,
            (at * 7919) % 100_003,
            needs.join(", ")
        ));
    }
    text.push_str("persons:\n");
    for at in 0..projects {
        let competences: Vec<String> =
            (0..10).map(|c| format!("c{}", (at * 13 + c * 17) % 997)).collect();
        text.push_str(&format!(
            "- {{id: j{at}, name: J, competences: [{}]}}\n",
            competences.join(", ")
        ));
    }
    text.push_str("roles:\n");
    for at in 0..projects {
        text.push_str(&format!(
            "- {{id: r{at}, role_type: member, role_in: [p], held_by: [j{at}]}}\n"
        ));
    }
    text.push_str("goals:\n");
    for at in 0..projects {
        text.push_str(&format!("- {{id: g{at}, name: G, refines: [g{}]}}\n", (at + 1) % projects));
    }
    Ok(Model::load(metamodel, [Source::new("model.yaml", text)])?)
}

fn rules(limits: &Limits) -> Result<RuleSet> {
    let text = files::text("data/hostile-rules.yaml")?;
    let pack = Pack::load_with(Source::new("hostile-rules.yaml", text), limits)?;
    Ok(RuleSet::compile_with(&Metamodel::standard(), [pack], &Settings::default(), limits)?)
}

/// Of every rule: its verdicts, and an error where it has one.
type Verdicts = BTreeMap<String, (BTreeMap<Verdict, usize>, Option<String>)>;

fn judged(rules: &RuleSet, model: &Model) -> Result<Verdicts> {
    let options = options()?;
    let mut verdicts = Verdicts::new();
    for answer in rules.answers(model, &options) {
        *verdicts.entry(answer.rule).or_default().0.entry(answer.verdict).or_default() += 1;
    }
    for finding in rules.check(model, &options).findings {
        if let (Some(error), Some((_, place))) = (&finding.error, verdicts.get_mut(&finding.rule)) {
            place.get_or_insert_with(|| error.get(spelregel::Language::En).to_owned());
        }
    }
    Ok(verdicts)
}

#[test]
fn rules_that_cost_too_much_say_which_part() -> Result<()> {
    let mut limits = Limits::default();
    limits.rule_cost = 20_000;
    let rules = rules(&limits)?;
    let verdicts = judged(&rules, &model(rules.metamodel(), 200, 4_000)?)?;
    for (rule, (counts, error)) in &verdicts {
        if rule == "hostile/plain" {
            ensure!(counts.keys().eq(&[Verdict::Pass]), "{rule}: {counts:?}");
            continue;
        }
        // Their paths are followed for all elements together.
        if matches!(rule.as_str(), "hostile/cycle" | "hostile/chain") {
            ensure!(!counts.contains_key(&Verdict::Error), "{rule}: {counts:?}");
            continue;
        }
        ensure!(counts.keys().eq(&[Verdict::Error]), "{rule} isn't hostile: {counts:?}");
        let error = error.as_deref().context("no error")?;
        let part = error.split('`').nth(1).context("no part is named")?;
        let condition = rules.rule(rule)?;
        let texts = condition.lets().map(|(_, text)| text).chain([condition.require()]);
        let written = texts.collect::<Vec<_>>().join(" ").split_whitespace().collect::<String>();
        let part = part.trim_end_matches('…').split_whitespace().collect::<String>();
        ensure!(written.contains(&part), "{rule}: `{part}` isn't part of {written}");
    }
    ensure!(verdicts.len() > 20, "only {} rules", verdicts.len());
    Ok(())
}

#[test]
fn rules_that_cost_much_have_verdicts() -> Result<()> {
    let rules = rules(&Limits::default())?;
    let verdicts = judged(&rules, &model(rules.metamodel(), 12, 600)?)?;
    for (rule, (_, error)) in &verdicts {
        let error = error.as_deref().unwrap_or("");
        ensure!(!error.contains("steps"), "{rule}: {error}");
        ensure!(!error.contains("internal"), "{rule}: {error}");
    }
    Ok(())
}

#[test]
fn costly_rules_on_a_large_model() -> Result<()> {
    if !law::is_long() {
        return Ok(());
    }
    let mut out = std::io::stdout();
    let metamodel = Metamodel::standard();
    for (projects, bytes) in [(1_000, 60_000), (10_000, 60_000), (50_000, 100_000)] {
        let model = model(&metamodel, projects, bytes)?;
        writeln!(out, "{} elements, {} links", model.element_count(), model.link_count())?;
        writeln!(
            out,
            "   judged       told  memory so far         steps  rule, findings by verdict"
        )?;
        let all = rules(&Limits::default())?;
        for rule in all.rules() {
            let one = only(rule.id(), &Limits::default())?;
            let ((), judged) = timed(|| {
                one.judge(&model, &options()?);
                Ok(())
            })?;
            let (verdicts, told) = timed(|| judged_once(&one, &model))?;
            writeln!(
                out,
                "{judged:7.2} s {told:8.2} s {:>14} {:>13}  {}: {verdicts}",
                memory(),
                steps(rule.id(), &model)?,
                rule.id()
            )?;
        }
    }
    Ok(())
}

fn options() -> Result<Options> {
    Ok(Options::at(TODAY.parse()?))
}

/// What something takes of the processor's time, in seconds.
fn timed<T>(run: impl FnOnce() -> Result<T>) -> Result<(T, f64)> {
    let start = processor_time();
    let found = run()?;
    Ok((found, processor_time() - start))
}

/// Seconds that this process has computed, where the system tells.
fn processor_time() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let ticks = stat.rsplit(')').next().and_then(|rest| rest.split_whitespace().nth(11));
    ticks.and_then(|ticks| ticks.parse::<f64>().ok()).unwrap_or_default() / 100.0
}

/// The steps that a rule takes, as the error says that it has where it may take none.
fn steps(id: &str, model: &Model) -> Result<String> {
    let mut limits = Limits::default();
    limits.rule_cost = 0;
    let report = only(id, &limits)?.check(model, &options()?);
    let error = report.findings.iter().find_map(|finding| finding.error.as_ref());
    let error = error.context("no error")?.get(spelregel::Language::En);
    let steps = error.split("about ").nth(1).and_then(|rest| rest.split(' ').next());
    Ok(steps.context("no steps")?.to_owned())
}

#[test]
fn paths_of_any_length_have_an_end() -> Result<()> {
    let metamodel = Metamodel::standard();
    let (chain, dense) = if law::is_long() { (1_000_000, 100_000) } else { (2_000, 200) };
    for (elements, links, what) in [(chain, 1, "a chain"), (dense, 12, "a dense graph")] {
        let mut text = String::from("{\"goals\": [");
        for at in 0..elements {
            // A chain leads from each to the next and has an end; the other leads round and round.
            let next: Vec<String> = (0..links)
                .map(|step| at * (step + 1) + step + 1)
                .filter(|next| links > 1 || *next < elements)
                .map(|next| format!("\"g{}\"", next % elements))
                .collect();
            let comma = if at > 0 { "," } else { "" };
            let next = next.join(",");
            text.push_str(&format!(
                "{comma}{{\"id\":\"g{at}\",\"name\":\"G\",\"refines\":[{next}]}}"
            ));
        }
        text.push_str("]}");
        let model = Model::load(&metamodel, [Source::new("goals.json", text)])?;
        let (is_round, reached) = (links > 1, if links > 1 { elements } else { elements - 1 });
        let pack = format!(
            "pack: p\nversion: 1.0.0\ntitle: {{en: P}}\npaths: {{Goal.above: refines+}}\nrules:\n\
             - {{id: round, title: {{en: R}}, each: Goal, severity: error, message: {{en: M}},\n   \
                require: '(self in self.above) == {is_round}'}}\n\
             - {{id: size, title: {{en: S}}, each: Goal, severity: error, message: {{en: M}},\n   \
                when: self.id == \"g0\", require: self.above.size() == {reached}}}\n"
        );
        let mut limits = Limits::default();
        limits.rule_cost = u64::MAX;
        let pack = Pack::load(Source::new("p.yaml", pack))?;
        let rules = RuleSet::compile_with(&metamodel, [pack], &Settings::default(), &limits)?;
        let (verdicts, seconds) = timed(|| Ok(rules.judge(&model, &options()?)))?;
        writeln!(std::io::stdout(), "{what} of {elements}: {seconds:.2} s, {}", memory())?;
        let counts = [Verdict::Pass, Verdict::NotApplicable].map(|verdict| verdicts.count(verdict));
        ensure!(counts == [elements + 1, elements - 1], "{what}: {verdicts:?}");
    }
    Ok(())
}

/// The rule alone.
fn only(id: &str, limits: &Limits) -> Result<RuleSet> {
    let text = files::text("data/hostile-rules.yaml")?;
    let (head, rules) = text.split_once("rules:\n").context("no rules")?;
    let rule = rules.split("  - id: ").find(|rule| rule.starts_with(&format!("{id}\n")));
    let text = format!("{head}rules:\n  - id: {}", rule.context("no such rule")?);
    let pack = Pack::load(Source::new("hostile-rules.yaml", text))?;
    Ok(RuleSet::compile_with(&Metamodel::standard(), [pack], &Settings::default(), limits)?)
}

fn judged_once(rules: &RuleSet, model: &Model) -> Result<String> {
    let options = options()?;
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let report = rules.check(model, &options);
    for finding in &report.findings {
        *counts.entry(finding.verdict.as_str()).or_default() += 1;
    }
    let error = report.findings.iter().find_map(|finding| finding.error.as_ref());
    let error = error.map_or("", |error| error.get(spelregel::Language::En));
    Ok(format!("{counts:?} {}", error.chars().take(90).collect::<String>()))
}

/// The most memory that this process has had, where the system tells.
fn memory() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.map_or("", str::trim).to_owned()
}
