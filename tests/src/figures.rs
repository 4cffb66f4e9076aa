//! Tables in pages of the documentation that hold what a test measures.

use std::fs;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use anyhow::{Context, Result, ensure};

use crate::run::is_refreshing;

/// One test at a time writes pages.
static WRITING: Mutex<()> = Mutex::new(());

/// Holds the lines after `<!-- figures: NAME -->` in a page, up to an empty one, against what was measured; when
/// refreshing, writes them.
///
/// # Errors
/// Where they differ, or the page has no such place.
pub fn hold(page: &Path, name: &str, measured: &[String]) -> Result<()> {
    let _guard = WRITING.lock().unwrap_or_else(PoisonError::into_inner);
    let text = fs::read_to_string(page).with_context(|| page.display().to_string())?;
    let lines: Vec<&str> = text.lines().collect();
    let marker = format!("<!-- figures: {name} -->");
    let start = lines.iter().position(|line| *line == marker);
    let start = start.with_context(|| format!("no {marker}"))? + 1;
    let (before, rest) = lines.split_at(start);
    let end = rest.iter().position(|line| line.is_empty()).unwrap_or(rest.len());
    let (written, after) = rest.split_at(end);
    if is_refreshing() {
        let measured = measured.iter().map(String::as_str);
        let all: Vec<&str> =
            before.iter().copied().chain(measured).chain(after.iter().copied()).collect();
        fs::write(page, all.join("\n") + "\n")?;
        return Ok(());
    }
    ensure!(
        written == measured,
        "{marker} holds\n{}\nand measured is\n{}",
        written.join("\n"),
        measured.join("\n")
    );
    Ok(())
}
