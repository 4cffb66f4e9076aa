//! The raw exports that the JavaScript package wraps. What has a size of its own (models, rules, sessions) stays
//! here behind a handle; everything else goes in and out as JSON text. Nothing is decided here.
//!
//! An export throws a problem as JSON text; the package makes an error of it.

pub mod editor;
pub mod model;
mod problem;
mod recipe;
pub mod rules;
pub mod session;
mod texts;

use serde::Serialize;
use wasm_bindgen::prelude::wasm_bindgen;

/// The version of Spelregel.
#[wasm_bindgen]
pub fn version() -> String {
    env!("CARGO_PKG_VERSION").to_owned()
}

/// As JSON. One way of writing it for all types, as each takes code of its own.
fn json(value: &impl Serialize) -> String {
    serde_json::to_string_pretty(value).unwrap_or_default()
}
