//! Builds and checks Spelregel: `cargo xtask COMMAND`.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a build tool talks to a terminal")]

mod command;
mod counts;
mod demo;
mod deny;
mod python;
mod schema;
mod steps;
mod tidy;
mod types;
mod wasm;
mod wasm_toolchain;
mod workspace;

use std::process::ExitCode;

use anyhow::{Result, bail};

use crate::wasm_toolchain::Choice;

const HELP: &str = "\
Usage: cargo xtask COMMAND

  test [STEP…]           all checks, or only these steps, and what they need
  setup                  what the checks need: Python and npm packages, the WASM target
  wasm [--distribution]  build the npm package; with the distribution's compiler if asked
  size                   the sizes of the WASM files, held to what is allowed
  stubs                  write the Python stubs anew from the built module
  notebooks              run the notebooks, and write their pages in `docs/notebooks` anew
  schema                 write the JSON Schemas in `docs/schema` anew, and the types
  demo                   build the demo page into `bindings-wasm/demo/dist`
  types                  write the TypeScript types anew from the schemas
  tidy                   the house rules that a machine can check

Steps of `test`, in order:
";

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    match run(&args) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(args: &[&str]) -> Result<()> {
    match args {
        ["test", names @ ..] => steps::test(names),
        ["setup"] => setup(),
        ["wasm"] => wasm::build(Choice::Any),
        ["wasm", "--distribution"] => wasm::build(Choice::Distribution),
        ["size"] => wasm::size(),
        ["stubs"] => python::write_stubs(),
        ["notebooks"] => python::write_notebooks(),
        ["schema"] => schema::write().and_then(|()| types::write()),
        ["demo"] => demo::build(),
        ["types"] => types::write(),
        ["tidy"] => tidy::check(),
        [] | ["help" | "--help" | "-h"] => {
            println!("{HELP}{}", steps::list());
            Ok(())
        }
        [unknown, ..] => bail!("no command `{unknown}`; see `cargo xtask help`"),
    }
}

fn setup() -> Result<()> {
    python::set_up()?;
    wasm::set_up()?;
    wasm_toolchain::find(Choice::Any)?;
    Ok(())
}
