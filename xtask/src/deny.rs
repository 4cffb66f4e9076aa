//! What dependencies may be: `deny.toml`, read by cargo-deny.

use std::path::PathBuf;

use anyhow::Result;

use crate::command::Run;
use crate::python;
use crate::steps::Outcome;

/// Checks licences, bans and sources, where cargo-deny is or can be had.
pub(crate) fn check() -> Result<Outcome> {
    let Some(program) = program()? else { return Ok(not_installed()) };
    Run::new(program).args("--locked --all-features check bans licenses sources").show()?;
    Ok(Outcome::Passed)
}

/// Checks advisories, where their database is on this machine.
pub(crate) fn advisories() -> Result<Outcome> {
    let Some(program) = program()? else { return Ok(not_installed()) };
    if !database().is_dir() {
        return Ok(Outcome::Skipped(
            "no advisory database on this machine; get it with `cargo deny fetch`".to_owned(),
        ));
    }
    Run::new(program).args("--locked --offline --all-features check advisories").show()?;
    Ok(Outcome::Passed)
}

/// Where cargo-deny is: beside the Python tools, which bring it where they can, or installed.
fn program() -> Result<Option<PathBuf>> {
    python::set_up()?;
    let candidates = [python::tool("cargo-deny"), PathBuf::from("cargo-deny")];
    Ok(candidates.into_iter().find(|path| Run::new(path).args("--version").succeeds()))
}

fn not_installed() -> Outcome {
    Outcome::Skipped("no cargo-deny; get it with `cargo install --locked cargo-deny`".to_owned())
}

fn database() -> PathBuf {
    let home = std::env::var_os("CARGO_HOME")
        .map(PathBuf::from)
        .or_else(|| std::env::home_dir().map(|home| home.join(".cargo")));
    home.unwrap_or_default().join("advisory-dbs")
}
