//! The npm package: the WASM files, the JavaScript around them, its types and tests.

use std::fs;
use std::path::Path;

use anyhow::Result;

use crate::command::Run;
use crate::wasm_toolchain::{self, Choice, Toolchain};
use crate::{types, workspace};

const PACKAGE: &str = "bindings-wasm/js";

/// Builds the package, then checks its types and its size, and runs its tests.
pub(crate) fn check() -> Result<()> {
    types::check()?;
    build(Choice::Any)?;
    let package = workspace::path(PACKAGE);
    for script in ["types", "lint", "test"] {
        npm("run --silent").arg(script).folder(&package).show()?;
    }
    Ok(())
}

/// Builds the package with the chosen toolchain.
pub(crate) fn build(choice: Choice) -> Result<()> {
    set_up()?;
    let dist = workspace::path(PACKAGE).join("dist");
    if dist.exists() {
        fs::remove_dir_all(&dist)?;
    }
    let toolchain = wasm_toolchain::find(choice)?;
    file(&toolchain, "spelregel-wasm", "spelregel", &dist)?;
    file(&toolchain, "spelregel-wasm-extra", "extra", &dist)?;
    npm("run --silent build").folder(workspace::path(PACKAGE)).show()?;
    size()
}

/// Builds the package where it has not been built.
pub(crate) fn ensure_built() -> Result<()> {
    let built = workspace::path(PACKAGE).join("dist").join("index.js").exists();
    if built { Ok(()) } else { build(Choice::Any) }
}

/// Builds a WASM file, with the JavaScript by which it is called.
fn file(toolchain: &Toolchain, package: &str, name: &str, dist: &Path) -> Result<()> {
    let wasm = toolchain.build(package, &package.replace('-', "_"))?;
    Run::cargo()
        .args("run --locked --quiet --package xtask --features bindgen --bin bindgen --")
        .arg(wasm)
        .arg(dist.join("raw"))
        .arg(name)
        .show()
}

/// Holds the sizes of the files that were built last against what is allowed.
pub(crate) fn size() -> Result<()> {
    npm("run --silent size").folder(workspace::path(PACKAGE)).show()
}

/// Installs the npm packages that the lock file pins.
pub(crate) fn set_up() -> Result<()> {
    npm("ci --no-audit --no-fund").folder(workspace::path(PACKAGE)).show()
}

/// A run of npm.
pub(crate) fn npm(args: &str) -> Run {
    Run::new(if cfg!(windows) { "npm.cmd" } else { "npm" }).args(args)
}
