//! Writes what every shared case comes to, for drivers in other languages: a JSON list of inputs and outcomes.

use std::fs;

use anyhow::{Context, Result};
use serde::Serialize;
use spelregel_tests::case::Document;
use spelregel_tests::driver::{Driver, Input, Outcome};
use spelregel_tests::files;
use spelregel_tests::reference::Reference;

/// A case that was run.
#[derive(Serialize)]
struct Ran {
    /// Where it stands, and the headings that lead to it.
    place: String,
    input: Input,
    outcome: Outcome,
}

fn main() -> Result<()> {
    let target = std::env::args_os().nth(1).context("name the file to write")?;
    let folder = files::path("cases");
    let mut ran = Vec::new();
    for path in files::all(&folder, "md")? {
        for case in Document::read(&path)?.cases {
            let outcome = Reference.run(&case.input)?;
            let name = path.strip_prefix(&folder).unwrap_or(&path).display();
            let place = format!("{name}:{} {}", case.line, case.title);
            ran.push(Ran { place, input: case.input, outcome });
        }
    }
    fs::write(&target, serde_json::to_string(&ran)?)?;
    Ok(())
}
