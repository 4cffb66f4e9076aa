//! Instructions of runs that are the same every time, against those that are written down: a machine that is
//! busy counts as many as one that isn't.

use std::fs;

use anyhow::{Context, Result, bail, ensure};

use crate::command::Run;
use crate::steps::Outcome;
use crate::workspace;

/// The runs, each with the instructions that it took when it was written down.
const WRITTEN: &str = "benches/counts.txt";

/// How far a count may be off, in hundredths: compilers differ.
const TOLERANCE: u64 = 10;

/// Runs the program of the benches under callgrind, once for each line of the list.
pub(crate) fn check() -> Result<Outcome> {
    if !Run::new("valgrind").args("--version").succeeds() {
        return Ok(Outcome::Skipped("no valgrind: install it to have instructions counted".into()));
    }
    Run::cargo().args("build --release --locked --package spelregel-benches --bin fixed").show()?;
    let path = workspace::path(WRITTEN);
    let written = fs::read_to_string(&path).with_context(|| format!("no {}", path.display()))?;
    let lines = written.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    let mut wrong = Vec::new();
    for line in lines {
        let (run, written) = line.split_once('=').context("a line is `arguments = count`")?;
        let (run, written) = (run.trim(), written.trim().replace(' ', "").parse::<u64>()?);
        let counted = counted(run)?;
        println!("fixed {run}: {counted} instructions, written down are {written}");
        if counted.abs_diff(written) * 100 > written * TOLERANCE {
            wrong.push(format!("`{run}` takes {counted} instructions and not {written}"));
        }
    }
    if !wrong.is_empty() {
        bail!("{}: change {WRITTEN} if that is meant", wrong.join("; "));
    }
    Ok(Outcome::Passed)
}

fn counted(run: &str) -> Result<u64> {
    let out = workspace::target().join("callgrind.out");
    Run::new("valgrind")
        .args("--quiet --tool=callgrind --toggle-collect=*engine::judge*")
        .arg(format!("--callgrind-out-file={}", out.display()))
        .arg(workspace::target().join("release").join("fixed"))
        .args(run)
        .show()?;
    let profile = fs::read_to_string(&out)?;
    let totals = profile.lines().find_map(|line| line.strip_prefix("totals: "));
    let counted = totals.context("callgrind wrote no totals")?.trim().parse()?;
    ensure!(counted > 0, "callgrind saw nothing of `fixed {run}`");
    Ok(counted)
}
