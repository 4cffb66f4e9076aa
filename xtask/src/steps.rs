//! All checks, in order, with a summary at the end.

use std::time::{Duration, Instant};

use anyhow::{Result, bail};

use crate::command::Run;
use crate::{counts, demo, deny, python, tidy, wasm};

/// What came of a step that ran without an error.
#[derive(Debug)]
pub(crate) enum Outcome {
    Passed,
    /// Could not be done here, for this reason.
    Skipped(String),
}

struct Step {
    name: &'static str,
    about: &'static str,
    run: fn() -> Result<Outcome>,
}

const STEPS: &[Step] = &[
    Step { name: "tidy", about: "house rules", run: || passed(tidy::check()) },
    Step { name: "fmt", about: "formatting of Rust", run: fmt },
    Step { name: "clippy", about: "lints of Rust", run: clippy },
    Step { name: "doc", about: "documentation of Rust", run: doc },
    Step { name: "rust", about: "tests in Rust, those of the rule packs among them", run: rust },
    Step { name: "release", about: "verdicts in an optimised build", run: release },
    Step { name: "counts", about: "instructions of fixed runs", run: counts::check },
    Step { name: "python", about: "the Python package", run: || passed(python::check()) },
    Step { name: "wasm", about: "the npm package", run: || passed(wasm::check()) },
    Step { name: "demo", about: "the page that shows the npm package", run: demo::check },
    Step { name: "deny", about: "licences, bans and sources of dependencies", run: deny::check },
    Step { name: "advisories", about: "known holes in dependencies", run: deny::advisories },
];

/// The steps by name, one a line.
pub(crate) fn list() -> String {
    let lines: Vec<_> =
        STEPS.iter().map(|step| format!("  {:<22} {}", step.name, step.about)).collect();
    lines.join("\n")
}

/// Runs the named steps, or all, and fails if one does; the others run all the same.
pub(crate) fn test(names: &[&str]) -> Result<()> {
    if let Some(unknown) = names.iter().find(|name| STEPS.iter().all(|step| step.name != **name)) {
        bail!("no step `{unknown}`; see `cargo xtask help`");
    }
    let chosen: Vec<&Step> =
        STEPS.iter().filter(|step| names.is_empty() || names.contains(&step.name)).collect();
    let mut results = Vec::new();
    for (at, step) in chosen.iter().enumerate() {
        println!("\n=== {}/{} {}: {}\n", at + 1, chosen.len(), step.name, step.about);
        let start = Instant::now();
        let result = (step.run)();
        if let Err(error) = &result {
            println!("\nerror: {error:#}");
        }
        results.push((step.name, start.elapsed(), result));
    }
    summarise(&results)
}

fn summarise(results: &[(&str, Duration, Result<Outcome>)]) -> Result<()> {
    println!("\n=== summary\n");
    let (mut passed, mut failed, mut skipped) = (0, 0, 0);
    for (name, time, result) in results {
        let (word, reason) = match result {
            Ok(Outcome::Passed) => {
                passed += 1;
                ("passed", String::new())
            }
            Ok(Outcome::Skipped(reason)) => {
                skipped += 1;
                ("SKIPPED", format!("  {reason}"))
            }
            Err(error) => {
                failed += 1;
                ("FAILED", format!("  {error}"))
            }
        };
        println!("{name:<12} {word:<8} {:>4} s{reason}", time.as_secs());
    }
    println!("\nsteps: {passed} passed, {failed} failed, {skipped} skipped");
    if failed > 0 {
        bail!("not everything passed");
    }
    Ok(())
}

fn passed(result: Result<()>) -> Result<Outcome> {
    result.map(|()| Outcome::Passed)
}

fn fmt() -> Result<Outcome> {
    passed(Run::cargo().args("fmt --all --check").show())
}

fn clippy() -> Result<Outcome> {
    Run::cargo().args("clippy --workspace --all-targets --locked -- -D warnings").show()?;
    // Without the embedded rules, as somebody with a metamodel of their own would build it.
    Run::cargo()
        .args("clippy --package spelregel --no-default-features --locked -- -D warnings")
        .show()?;
    Run::cargo()
        .args("clippy --package xtask --features bindgen --bin bindgen --locked -- -D warnings")
        .show()?;
    Ok(Outcome::Passed)
}

fn doc() -> Result<Outcome> {
    let doc = Run::cargo().args("doc --workspace --no-deps --locked");
    passed(doc.env("RUSTDOCFLAGS", "-D warnings").show())
}

fn rust() -> Result<Outcome> {
    passed(Run::cargo().args("test --workspace --locked").show())
}

/// The optimiser once made of sound code a program that crashed: verdicts are held in its builds too.
fn release() -> Result<Outcome> {
    Run::cargo()
        .args("test --release --locked --package spelregel-tests --package spelregel-benches")
        .args("--test cases --test fixtures --test plans --test answers")
        .show()?;
    Ok(Outcome::Passed)
}
