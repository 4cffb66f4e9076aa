//! Running files of cases with a driver.

use std::fs;

use anyhow::{Context, Result};

use crate::case::{Case, Document, ExpectedKind};
use crate::driver::Driver;

/// What running cases came to.
#[derive(Debug, Default)]
pub struct Tally {
    /// How many were run.
    pub cases: usize,
    /// What is wrong, for people.
    pub failures: Vec<String>,
}

/// Whether what is found is to be written into the fences.
pub fn is_refreshing() -> bool {
    std::env::var_os("SPELREGEL_REFRESH").is_some_and(|value| value == "1")
}

/// Runs the cases of a document; when refreshing, what they come to is written into it.
///
/// # Errors
/// Where the document can't be written.
pub fn run_document(document: &Document, driver: &dyn Driver, tally: &mut Tally) -> Result<()> {
    let mut refreshed = Vec::new();
    for case in &document.cases {
        tally.cases += 1;
        let place = format!("{}:{} {}", document.path.display(), case.line, case.title);
        match run_case(case, driver) {
            Ok(differences) => {
                for difference in differences {
                    let Difference { position, length, found, text } = difference;
                    tally.failures.push(format!("{place} ({})\n{text}", driver.name()));
                    refreshed.push((position, length, found));
                }
            }
            Err(error) => tally.failures.push(format!("{place}\n    {error:#}\n")),
        }
    }
    if is_refreshing() && !refreshed.is_empty() {
        let mut lines = document.lines.clone();
        // From the end, so that positions before stay what they are.
        for (position, length, found) in refreshed.into_iter().rev() {
            lines.splice(position..position + length, found);
        }
        let text = lines.join("\n") + "\n";
        fs::write(&document.path, text).with_context(|| document.path.display().to_string())?;
    }
    Ok(())
}

/// A fence that isn't met.
struct Difference {
    position: usize,
    length: usize,
    found: Vec<String>,
    text: String,
}

fn run_case(case: &Case, driver: &dyn Driver) -> Result<Vec<Difference>> {
    let outcome = driver.run(&case.input)?;
    let mut differences = Vec::new();
    for expected in &case.expected {
        let found = expected.found(&case.input, &outcome);
        if !expected.is_met(&found) {
            differences.push(Difference {
                position: expected.start,
                length: expected.body.len(),
                text: expected.difference(&found),
                found,
            });
        }
    }
    let is_about_problems =
        case.expected.iter().any(|expected| expected.kind == ExpectedKind::Diagnostics);
    anyhow::ensure!(
        outcome.is_sound || is_about_problems,
        "the input has errors:\n{}",
        outcome.diagnostics
    );
    Ok(differences)
}
