//! CEL's own conformance cases: those in the language pass, the others are listed with the reason.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use spelregel::{Metamodel, Model};
use spelregel_tests::conformance::{Case, Ran, Reason};
use spelregel_tests::files;

const FOLDER: &str = "data/cel-conformance";
const LIST: &str = "data/cel-conformance/out-of-profile.tsv";

/// Names a folder of more cases in the same form, to be run with ours.
const OTHERS: &str = "SPELREGEL_CONFORMANCE";

/// File, section and name.
type Id = (String, String, String);

#[derive(Default)]
struct Count {
    cases: usize,
    passed: usize,
    /// Of the passed: an expected error that the checker finds before anything runs.
    refused: usize,
    out: usize,
}

fn listed() -> Result<BTreeMap<Id, Reason>> {
    let text = files::text(LIST)?;
    let mut listed = BTreeMap::new();
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let [file, section, name, reason] = line.split('\t').collect::<Vec<_>>()[..] else {
            anyhow::bail!("not four columns: {line}");
        };
        let reason = Reason::named(reason).with_context(|| format!("unknown reason: {line}"))?;
        let id = (file.to_owned(), section.to_owned(), name.to_owned());
        ensure!(listed.insert(id, reason).is_none(), "listed twice: {line}");
    }
    Ok(listed)
}

/// What running a folder of cases came to.
#[derive(Default)]
struct Tally {
    counts: BTreeMap<String, Count>,
    wrong: Vec<String>,
}

impl Tally {
    /// Runs the cases of a folder. `reason` says why a case lies outside of the language, given how it differs.
    fn run(
        &mut self,
        folder: &Path,
        mut reason: impl FnMut(&Case, Option<&str>) -> Option<Reason>,
    ) -> Result<()> {
        let metamodel = Metamodel::standard();
        let empty = Model::load(&metamodel, [])?;
        let at = "2026-06-01".parse()?;
        for path in files::all(folder, "jsonl")? {
            let text = std::fs::read_to_string(&path)?;
            for case in Case::read_all(&text).with_context(|| path.display().to_string())? {
                let (file, section, name) = case.id();
                let place = format!("{file}\t{section}\t{name}\t{}", case.expr);
                let ran = case.run(&metamodel, &empty, at)?;
                let how = if let Ran::Differs(how) = &ran { Some(how.as_str()) } else { None };
                let reason = reason(&case, how);
                let count = self.counts.entry(file.to_owned()).or_default();
                count.cases += 1;
                match (ran, reason) {
                    (Ran::Passed, None) => count.passed += 1,
                    (Ran::Refused, None) => {
                        count.passed += 1;
                        count.refused += 1;
                    }
                    (Ran::Differs(how), Some(reason)) if reason.shows_in(&how) => count.out += 1,
                    (Ran::Differs(how), Some(reason)) => {
                        let reason = reason.as_str();
                        self.wrong.push(format!("{place}\tlisted for {reason}, but {how}"));
                    }
                    (Ran::Differs(how), None) => self.wrong.push(format!("{place}\t{how}")),
                    (Ran::Passed | Ran::Refused, Some(_)) => {
                        self.wrong.push(format!("{place}\tpasses, and is listed"));
                    }
                }
            }
        }
        Ok(())
    }
}

#[test]
fn cases_in_the_language_pass_and_the_others_are_listed() -> Result<()> {
    let mut listed = listed()?;
    let mut tally = Tally::default();
    tally.run(&files::path(FOLDER), |case, _| {
        let (file, section, name) = case.id();
        listed.remove(&(file.to_owned(), section.to_owned(), name.to_owned()))
    })?;
    // Cases of another folder aren't listed: what the checker says must show the reason.
    if let Some(folder) = std::env::var_os(OTHERS) {
        tally.run(Path::new(&folder), |_, how| {
            Reason::ALL.iter().copied().find(|reason| how.is_some_and(|how| reason.shows_in(how)))
        })?;
    }
    let Tally { counts, mut wrong } = tally;
    wrong.extend(listed.into_keys().map(|id| format!("{id:?} is listed, and no case")));
    print(&counts)?;
    assert!(wrong.is_empty(), "{} differ:\n{}", wrong.len(), wrong.join("\n"));
    Ok(())
}

fn print(counts: &BTreeMap<String, Count>) -> Result<()> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{:<16} cases    run passed    out  (refused when checked)", "CEL conformance")?;
    let mut total = Count::default();
    let line = |name: &str, c: &Count| {
        let run = c.cases - c.out;
        format!("{name:<16} {:>5} {run:>6} {:>6} {:>6}  ({})", c.cases, c.passed, c.out, c.refused)
    };
    for (file, count) in counts {
        writeln!(out, "{}", line(file, count))?;
        total.cases += count.cases;
        total.passed += count.passed;
        total.refused += count.refused;
        total.out += count.out;
    }
    writeln!(out, "{}", line("total", &total))?;
    Ok(())
}
