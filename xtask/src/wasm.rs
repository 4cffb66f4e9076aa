//! The npm package: the WASM file, the JavaScript around it, its types and tests.

use std::fs;
use std::path::PathBuf;

use anyhow::Result;

use crate::command::Run;
use crate::wasm_toolchain::{self, Choice};
use crate::{size, workspace};

const PACKAGE: &str = "bindings-wasm/js";

/// Builds the package, then checks the types that it ships and runs its tests.
pub(crate) fn check() -> Result<()> {
    build(Choice::Any)?;
    let package = workspace::path(PACKAGE);
    npm("run --silent types").folder(&package).show()?;
    npm("run --silent test").folder(&package).show()
}

/// Builds the package with the chosen toolchain.
pub(crate) fn build(choice: Choice) -> Result<()> {
    set_up()?;
    let wasm = wasm_toolchain::find(choice)?.build("spelregel-wasm", "spelregel_wasm")?;
    let dist = workspace::path(PACKAGE).join("dist");
    if dist.exists() {
        fs::remove_dir_all(&dist)?;
    }
    Run::cargo()
        .args("run --locked --quiet --package xtask --features bindgen --bin bindgen --")
        .arg(wasm)
        .arg(dist.join("raw"))
        .show()?;
    npm("run --silent build").folder(workspace::path(PACKAGE)).show()?;
    size::print()
}

/// Installs the npm packages that the lock file pins.
pub(crate) fn set_up() -> Result<()> {
    npm("ci --no-audit --no-fund").folder(workspace::path(PACKAGE)).show()
}

/// The WASM file as it is in the package.
pub(crate) fn built() -> PathBuf {
    workspace::path(PACKAGE).join("dist").join("raw").join("spelregel_bg.wasm")
}

fn npm(args: &str) -> Run {
    Run::new(if cfg!(windows) { "npm.cmd" } else { "npm" }).args(args)
}
