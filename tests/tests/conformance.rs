//! CEL's own conformance cases: those in the language pass, the others are listed with the reason.

use std::collections::BTreeMap;
use std::io::Write;

use anyhow::{Context, Result, ensure};
use spelregel::{Metamodel, Model};
use spelregel_tests::conformance::{Case, Ran, Reason};
use spelregel_tests::files;

const FOLDER: &str = "data/cel-conformance";
const LIST: &str = "data/cel-conformance/out-of-profile.tsv";

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

#[test]
fn cases_in_the_language_pass_and_the_others_are_listed() -> Result<()> {
    let metamodel = Metamodel::standard();
    let empty = Model::load(&metamodel, [])?;
    let at = "2026-06-01".parse()?;
    let mut listed = listed()?;
    let mut counts: BTreeMap<String, Count> = BTreeMap::new();
    let mut wrong = Vec::new();
    for path in files::all(&files::path(FOLDER), "jsonl")? {
        for case in Case::read_all(&std::fs::read_to_string(&path)?)? {
            let (file, section, name) = case.id();
            let reason = listed.remove(&(file.to_owned(), section.to_owned(), name.to_owned()));
            let count = counts.entry(file.to_owned()).or_default();
            count.cases += 1;
            let place = format!("{file}\t{section}\t{name}\t{}", case.expr);
            match (case.run(&metamodel, &empty, at)?, reason) {
                (Ran::Passed, None) => count.passed += 1,
                (Ran::Refused, None) => {
                    count.passed += 1;
                    count.refused += 1;
                }
                (Ran::Differs(how), Some(reason)) if reason.shows_in(&how) => count.out += 1,
                (Ran::Differs(how), Some(reason)) => {
                    wrong.push(format!("{place}\tlisted for {}, but {how}", reason.as_str()));
                }
                (Ran::Differs(how), None) => wrong.push(format!("{place}\t{how}")),
                (Ran::Passed | Ran::Refused, Some(_)) => {
                    wrong.push(format!("{place}\tpasses, and is listed"));
                }
            }
        }
    }
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
