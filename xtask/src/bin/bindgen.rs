//! The step that makes JavaScript and types for a WASM file: `bindgen IN.wasm OUT-FOLDER NAME`.
//!
//! It calls wasm-bindgen as a library of exactly the version that the file was built with, so
//! that no tool has to be installed.

use anyhow::{Context, Result};
use wasm_bindgen_cli_support::Bindgen;

fn main() -> Result<()> {
    let mut args = std::env::args_os().skip(1);
    let input = args.next().context("the WASM file is missing: bindgen IN.wasm OUT-FOLDER NAME")?;
    let output = args.next().context("the folder is missing: bindgen IN.wasm OUT-FOLDER NAME")?;
    let name = args.next().context("the name is missing: bindgen IN.wasm OUT-FOLDER NAME")?;
    Bindgen::new()
        .input_path(input)
        .web(true)?
        .typescript(true)
        .out_name(&name.to_string_lossy())
        .remove_name_section(true)
        .remove_producers_section(true)
        .generate(output)
}
