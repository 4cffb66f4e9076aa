//! The Python package: its virtual environment, its module, its tests.

use std::fs;
use std::path::PathBuf;
use std::sync::OnceLock;

use anyhow::{Context, Result, bail};

use crate::command::Run;
use crate::workspace;

const PACKAGE: &str = "bindings-python";
const REQUIREMENTS: &str = "bindings-python/requirements-dev.txt";
const STUB: &str = "bindings-python/python/spelregel/_native.pyi";

/// Builds the module into the virtual environment, then checks style, types, stubs and tests.
pub(crate) fn check() -> Result<()> {
    build()?;
    let package = workspace::path(PACKAGE);
    let fresh = generate_stub()?;
    if fs::read_to_string(workspace::path(STUB))? != fresh {
        bail!("{STUB} differs from the built module; write it anew with `cargo xtask stubs`");
    }
    let run = |name: &str| Run::new(tool(name)).folder(&package);
    run("ruff").args("format --check .").show()?;
    run("ruff").args("check .").show()?;
    run("mypy").show()?;
    run("stubtest").args("spelregel._native").show()?;
    let outcomes = workspace::target().join("outcomes.json");
    Run::cargo()
        .args("run --quiet --locked --package spelregel-tests --bin outcomes --")
        .arg(&outcomes)
        .show()?;
    run("pytest").env("SPELREGEL_OUTCOMES", &outcomes).show()?;
    notebooks(&["--check"])
}

/// Runs the notebooks, and writes the pages in the documentation that are made of them.
pub(crate) fn write_notebooks() -> Result<()> {
    build()?;
    notebooks(&[])
}

fn notebooks(options: &[&str]) -> Result<()> {
    let script = workspace::path(PACKAGE).join("notebooks").join("pages.py");
    let run = Run::new(tool("python")).arg(script);
    options.iter().fold(run, Run::arg).show()
}

/// Writes the checked-in stub of the module.
pub(crate) fn write_stubs() -> Result<()> {
    build()?;
    fs::write(workspace::path(STUB), generate_stub()?)?;
    Ok(())
}

/// Makes the virtual environment and installs the pinned tools, once a run.
pub(crate) fn set_up() -> Result<()> {
    static DONE: OnceLock<()> = OnceLock::new();
    if DONE.get().is_none() {
        install()?;
        DONE.get_or_init(|| ());
    }
    Ok(())
}

/// The path of a program in the virtual environment.
pub(crate) fn tool(name: &str) -> PathBuf {
    let folder = if cfg!(windows) { "Scripts" } else { "bin" };
    environment().join(folder).join(format!("{name}{}", std::env::consts::EXE_SUFFIX))
}

fn install() -> Result<()> {
    if !tool("python").exists() {
        let system = if cfg!(windows) { "python" } else { "python3" };
        Run::new(system)
            .args("-m venv")
            .arg(environment())
            .show()
            .context("Python 3.11 or newer with its module venv is needed")?;
    }
    let pip = Run::new(tool("python")).args("-m pip --disable-pip-version-check install --quiet");
    pip.arg("--requirement").arg(workspace::path(REQUIREMENTS)).show()
}

fn build() -> Result<()> {
    set_up()?;
    Run::new(tool("maturin"))
        .args("develop --locked --quiet")
        .env("VIRTUAL_ENV", environment())
        .folder(workspace::path(PACKAGE))
        .show()
}

/// What the built module says about itself, formatted.
fn generate_stub() -> Result<String> {
    let folder = workspace::target().join("stubs");
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    Run::new(tool("maturin"))
        .args("generate-stubs --out")
        .arg(&folder)
        .env("VIRTUAL_ENV", environment())
        .folder(workspace::path(PACKAGE))
        .show()?;
    let stub = folder.join("spelregel").join("_native.pyi");
    let config = workspace::path(PACKAGE).join("pyproject.toml");
    Run::new(tool("ruff")).args("format --quiet --config").arg(config).arg(&stub).show()?;
    fs::read_to_string(&stub).with_context(|| format!("maturin wrote no {}", stub.display()))
}

fn environment() -> PathBuf {
    workspace::path(".venv")
}
