//! The raw exports that the JavaScript package wraps.

use wasm_bindgen::prelude::wasm_bindgen;

/// The version of Spelregel.
#[wasm_bindgen]
pub fn version() -> String {
    env!("CARGO_PKG_VERSION").to_owned()
}
