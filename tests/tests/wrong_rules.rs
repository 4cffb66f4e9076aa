//! Rules with mistakes: those made by hand are told with the message, the place and the advice that is written
//! down, and those made mechanically from the shipped rules are all found.

use std::collections::BTreeMap;
use std::io::Write;

use anyhow::{Context, Result};
use serde_json::Value as Json;
use spelregel::{Diagnostics, Metamodel, Pack, RuleSet, Settings, Source};
use spelregel_tests::case::Document;
use spelregel_tests::driver::Driver;
use spelregel_tests::files;
use spelregel_tests::mutant::{Change, enumeration_values, mutants};
use spelregel_tests::parts::{PackParts, RuleParts};
use spelregel_tests::reference::Reference;
use spelregel_tests::run::{Tally, run_document};

#[test]
fn mistakes_made_by_hand_are_told_as_written_down() -> Result<()> {
    let mut tally = Tally::default();
    let (mut placed, mut advised) = (0, 0);
    for path in files::all(&files::path("data/wrong-rules"), "md")? {
        let document = Document::read(&path)?;
        run_document(&document, &Reference, &mut tally)?;
        for case in &document.cases {
            let told = Reference.run(&case.input)?;
            assert!(!told.is_sound, "{}: {}", path.display(), case.title);
            placed += usize::from(told.diagnostics.contains('^'));
            advised += usize::from(told.diagnostics.contains("= help:"));
        }
    }
    let cases = tally.cases;
    writeln!(
        std::io::stdout(),
        "wrong rules by hand: {cases} seeded, {} told as written, {placed} with the place, {advised} with advice",
        cases - tally.failures.len()
    )?;
    assert!(cases >= 60, "only {cases} cases");
    assert_eq!(placed, cases);
    assert!(tally.failures.is_empty(), "{}", tally.failures.join("\n"));
    Ok(())
}

/// An expression of a pack, and the text of the pack around it; other rules are left out.
struct Site {
    text: String,
    before: String,
    after: String,
}

/// Stands for an expression in the text of a pack.
const MARK: &str = "an expression";

/// Where expressions stand in a shipped pack.
fn sites(id: &str) -> Result<Vec<Site>> {
    let pack = PackParts::shipped(id)?;
    let mut sites = Vec::new();
    let mut site = |text: &str, pack: &PackParts, rules: &[RuleParts]| -> Result<()> {
        let whole = pack.print(rules)?;
        let mark = Json::from(MARK).to_string();
        let (before, after) = whole.split_once(&mark).context("no place for the expression")?;
        let [text, before, after] = [text, before, after].map(str::to_owned);
        sites.push(Site { text, before, after });
        Ok(())
    };
    for (name, text) in pack.definitions() {
        site(text, &pack.with_definition(name, MARK), &[])?;
    }
    for rule in &pack.rules {
        // Reading the examples over and over takes long.
        let rule = rule.without_examples();
        for (place, text) in rule.expressions() {
            site(text, &pack, &[rule.with(place, MARK)])?;
        }
    }
    Ok(sites)
}

/// What is told of a pack: errors, or else warnings.
fn told(text: String, used: &[Pack]) -> Result<Vec<String>, Vec<String>> {
    let told = |problems: &Diagnostics| {
        let texts = problems.iter().map(|problem| {
            let helps = problem.helps.iter().map(|help| help.text.as_str());
            let parts = std::iter::once(problem.message.as_str()).chain(helps);
            parts.collect::<Vec<_>>().join("; ")
        });
        texts.collect::<Vec<_>>()
    };
    let compiled = Pack::load(Source::new("mutant.json", text)).and_then(|pack| {
        let packs = used.iter().cloned().chain([pack]);
        RuleSet::compile(&Metamodel::standard(), packs, &Settings::default())
    });
    match compiled {
        Ok(rules) => Ok(rules.warnings().map(told).unwrap_or_default()),
        Err(problems) => Err(told(&problems)),
    }
}

#[derive(Default)]
struct Caught {
    seeded: usize,
    found: usize,
    suggested: usize,
}

impl Site {
    /// Seeds every mistake, and adds those that aren't found to `missed`.
    fn seed(
        &self,
        used: &[Pack],
        values: &[(String, String)],
        tally: &mut BTreeMap<Change, Caught>,
        missed: &mut Vec<String>,
    ) -> Result<()> {
        let pack = |text: &str| format!("{}{}{}", self.before, Json::from(text), self.after);
        let sound = told(pack(&self.text), used)
            .map_err(|errors| anyhow::anyhow!("{}: {errors:?}", self.text))?;
        for (change, texts) in mutants(&self.text, values) {
            let caught = tally.entry(change).or_default();
            let seeded = texts.len();
            let mut through = Vec::new();
            for mutant in texts {
                let problems = told(pack(&mutant), used).unwrap_or_else(|errors| errors);
                if problems.iter().all(|problem| sound.contains(problem)) {
                    through.push(mutant);
                } else if problems.iter().any(|problem| problem.contains("did you mean")) {
                    caught.suggested += 1;
                }
            }
            // Of a group of literals one is of the right type.
            let right = usize::from(change == Change::WrongType).min(through.len());
            caught.seeded += seeded - right;
            caught.found += seeded - through.len();
            if through.len() > right {
                missed.push(format!("{change:?}: {}", through.join("\n    ")));
            }
        }
        Ok(())
    }
}

#[test]
fn mistakes_made_from_shipped_rules_are_all_found() -> Result<()> {
    let mut tally = BTreeMap::new();
    let mut missed = Vec::new();
    for id in Pack::shipped_ids() {
        // The packs that it uses would come along by themselves, but be read anew each time.
        let pack: Json = serde_json::from_str(&Pack::load_shipped(id)?.to_json())?;
        let used = pack.get("uses").and_then(Json::as_array).into_iter().flatten();
        let used = used.filter_map(Json::as_str).map(Pack::load_shipped);
        let used: Vec<Pack> = used.collect::<Result<_, _>>()?;
        let sites = sites(id)?;
        let values = enumeration_values(sites.iter().map(|site| site.text.as_str()));
        for site in &sites {
            site.seed(&used, &values, &mut tally, &mut missed)?;
        }
    }
    let mut out = std::io::stdout().lock();
    for (change, Caught { seeded, found, suggested }) in &tally {
        writeln!(
            out,
            "{change:?}: {seeded} seeded, {found} found, {suggested} with a name suggested"
        )?;
    }
    assert!(missed.is_empty(), "{} not found:\n{}", missed.len(), missed.join("\n"));
    assert!(tally.values().map(|caught| caught.seeded).sum::<usize>() > 4_000);
    Ok(())
}
