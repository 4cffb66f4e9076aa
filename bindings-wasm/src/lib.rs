//! The raw exports that the JavaScript package wraps: JSON text in, JSON text out.

mod check;
mod problem;

use wasm_bindgen::prelude::wasm_bindgen;

/// The version of Spelregel.
#[wasm_bindgen]
pub fn version() -> String {
    env!("CARGO_PKG_VERSION").to_owned()
}

/// The report on a model.
///
/// # Errors
/// A problem as JSON, thrown as text; the package makes an error of it.
#[wasm_bindgen]
pub fn check(request: &str) -> Result<String, String> {
    check::check(request).map_err(|problem| problem.to_json())
}
