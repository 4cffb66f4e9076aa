//! The example that the repository ships, checked with the shipped packs.

use std::fs;

use anyhow::Result;
use spelregel::{Metamodel, Model, Options, Pack, Report, RuleSet, Settings, Source};

use crate::files;

/// The shipped packs, compiled.
///
/// # Errors
/// Where one of them doesn't load.
pub fn shipped_rules() -> Result<RuleSet> {
    let mut packs = Vec::new();
    for id in Pack::shipped_ids() {
        packs.extend(Pack::shipped(id).transpose()?);
    }
    Ok(RuleSet::compile(&Metamodel::standard(), packs, &Settings::default())?)
}

/// The example programme checked at a date, as if a gate were asked for.
///
/// # Errors
/// Where a file can't be read or the date is none.
pub fn checked(at: &str, gate: Option<&str>) -> Result<Report> {
    checked_as(at, gate, [], |text| text)
}

/// The same, as if the programme were in this phase, and not all decisions and roles were recorded yet.
///
/// # Errors
/// Where a file can't be read or the date is none.
pub fn checked_unfinished(at: &str, gate: Option<&str>, phase: &str) -> Result<Report> {
    let unfinished = Source::new("open.yaml", "open_kinds: [Decision, Role]");
    checked_as(at, gate, [unfinished], |text| {
        text.replace("\n    phase: deliver\n", &format!("\n    phase: {phase}\n"))
    })
}

fn checked_as(
    at: &str,
    gate: Option<&str>,
    more: impl IntoIterator<Item = Source>,
    change: impl Fn(String) -> String,
) -> Result<Report> {
    let rules = shipped_rules()?;
    let folder = files::path("../examples/linderveen");
    let mut sources: Vec<Source> = more.into_iter().collect();
    for file in files::all(&folder, "yaml")? {
        let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        sources.push(Source::new(name, change(fs::read_to_string(&file)?)));
    }
    let model = Model::load(rules.metamodel(), sources)?;
    let options = Options::at(at.parse()?);
    let options = match gate {
        Some(gate) => options.gate(gate),
        None => options,
    };
    Ok(rules.check(&model, &options))
}
