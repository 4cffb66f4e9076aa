//! One version for all packages.

use std::fs;

use anyhow::{Context, Result};
use serde_json::Value;

use crate::command::Run;
use crate::workspace;

const PYTHON: &str = "bindings-python/pyproject.toml";
const NPM: &[&str] = &["bindings-wasm/js/package.json", "bindings-wasm/js/package-lock.json"];

/// The packages, and what they say they need of each other, that have another version.
pub(crate) fn check() -> Result<Vec<String>> {
    let metadata = Run::cargo().args("metadata --no-deps --format-version 1").read()?;
    let metadata: Value = serde_json::from_str(&metadata)?;
    let version = env!("CARGO_PKG_VERSION");
    let mut breaches = cargo_versions(&metadata, version);
    for path in NPM {
        let text = fs::read_to_string(workspace::path(path)).context(*path)?;
        let manifest: Value = serde_json::from_str(&text).context(*path)?;
        for found in [manifest.get("version"), manifest.pointer("/packages//version")] {
            if let Some(found) = found.filter(|found| *found != version) {
                breaches.push(format!("{path}: version {found}, others have {version}"));
            }
        }
    }
    let python = fs::read_to_string(workspace::path(PYTHON)).context(PYTHON)?;
    if !python.lines().any(|line| line == "dynamic = [\"version\"]") {
        breaches.push(format!("{PYTHON}: the version is to come from Cargo.toml"));
    }
    Ok(breaches)
}

fn cargo_versions(metadata: &Value, version: &str) -> Vec<String> {
    let mut breaches = Vec::new();
    for package in list(metadata, "packages") {
        let name = text(package, "name");
        let own = text(package, "version");
        if own != version {
            breaches.push(format!("{name}: version {own}, others have {version}"));
        }
        for dependency in list(package, "dependencies") {
            let needed = text(dependency, "req");
            // A package that is never published may do without a version.
            let in_workspace = dependency.get("path").is_some();
            if in_workspace && needed != "*" && needed != format!("^{version}") {
                let other = text(dependency, "name");
                breaches.push(format!("{name}: needs {other} {needed}, it has {version}"));
            }
        }
    }
    breaches
}

fn list<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value.get(key).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value.get(key).and_then(Value::as_str).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn one_version_everywhere() {
        let metadata = |version: &str, needed: &str| {
            json!({"packages": [{
                "name": "a",
                "version": version,
                "dependencies": [
                    {"name": "b", "req": needed, "path": "/b"},
                    {"name": "far", "req": "^9"},
                ],
            }]})
        };
        assert!(cargo_versions(&metadata("1.2.3", "^1.2.3"), "1.2.3").is_empty());
        assert_eq!(
            cargo_versions(&metadata("1.2.2", "^1.2.2"), "1.2.3"),
            ["a: version 1.2.2, others have 1.2.3", "a: needs b ^1.2.2, it has 1.2.3"],
        );
    }
}
