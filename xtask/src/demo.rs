//! The page that shows the npm package, and the package as users get it.

use std::path::Path;

use anyhow::Result;

use crate::steps::Outcome;
use crate::{wasm, workspace};

const FOLDER: &str = "bindings-wasm/demo";
/// Where Debian puts the browser; `CHROMIUM` names another.
const BROWSER: &str = "/usr/bin/chromium";

/// Builds the page and drives it in a browser.
pub(crate) fn check() -> Result<Outcome> {
    build()?;
    if std::env::var_os("CHROMIUM").is_none() && !Path::new(BROWSER).exists() {
        return Ok(Outcome::Skipped(format!("no {BROWSER}, and CHROMIUM names no other")));
    }
    let folder = workspace::path(FOLDER);
    wasm::npm("run --silent test").folder(&folder).show()?;
    Ok(Outcome::Passed)
}

/// Builds the page, on the package that was built last or is built now.
pub(crate) fn build() -> Result<()> {
    wasm::ensure_built()?;
    let folder = workspace::path(FOLDER);
    wasm::npm("ci --no-audit --no-fund").folder(&folder).show()?;
    for script in ["types", "build"] {
        wasm::npm("run --silent").arg(script).folder(&folder).show()?;
    }
    Ok(())
}
