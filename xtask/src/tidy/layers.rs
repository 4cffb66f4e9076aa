//! The layers of the core crate, as its `lib.rs` lists them.
//!
//! A module uses modules of its own layer and of those above it in the list, never one further
//! down. Tests are free to use anything.

use std::collections::BTreeMap;

use anyhow::{Context, Result};

use super::sources::File;

const SOURCES: &str = "core/src/";
const ROOT: &str = "core/src/lib.rs";

/// The uses that go against the layers.
pub(crate) fn check(files: &[File]) -> Result<Vec<String>> {
    let root = files.iter().find(|file| file.path == ROOT).context("core has no lib.rs")?;
    let layers = layers(&root.text);
    let mut breaches = Vec::new();
    for file in files.iter().filter(|file| file.path != ROOT) {
        let Some(inside) = file.path.strip_prefix(SOURCES) else { continue };
        if inside.ends_with("/tests.rs") {
            continue;
        }
        let module = inside.split(['/', '.']).next().unwrap_or_default();
        let Some(own) = layers.get(module) else {
            breaches.push(format!("{}: `{module}` stands in no layer of {ROOT}", file.path));
            continue;
        };
        for (line, used) in uses(without_tests(&file.text)) {
            let place = format!("{}:{line}", file.path);
            match layers.get(used) {
                Some(layer) if layer > own => breaches.push(format!(
                    "{place}: `{module}` (layer {own}) uses `{used}` (layer {layer})"
                )),
                None if used.starts_with(char::is_uppercase) => breaches
                    .push(format!("{place}: `crate::{used}` does not say which module it is of")),
                _ => {}
            }
        }
    }
    Ok(breaches)
}

/// The layer of each module: one starts at each comment `// Layer …`.
fn layers(root: &str) -> BTreeMap<&str, usize> {
    let mut layer = 0;
    let mut layers = BTreeMap::new();
    for line in root.lines() {
        if line.starts_with("// Layer ") {
            layer += 1;
        }
        let line = line.strip_prefix("pub ").unwrap_or(line);
        if let Some(module) = line.strip_prefix("mod ").and_then(|rest| rest.strip_suffix(';')) {
            layers.insert(module, layer);
        }
    }
    layers
}

/// The text before the tests at the end of the file.
fn without_tests(text: &str) -> &str {
    text.find("#[cfg(test)]\nmod tests").and_then(|at| text.get(..at)).unwrap_or(text)
}

/// The names right after `crate::` in code, with their lines.
fn uses(text: &str) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    for (at, mark) in text.match_indices("crate::") {
        let (before, after) = (text.get(..at), text.get(at + mark.len()..));
        let (Some(before), Some(after)) = (before, after) else { continue };
        let line = before.lines().last().filter(|_| !before.ends_with('\n')).unwrap_or_default();
        let inside_a_word = line.ends_with(|c: char| c.is_alphanumeric() || c == '_');
        if inside_a_word || line.trim_start().starts_with("//") {
            continue;
        }
        let number = before.matches('\n').count() + 1;
        match after.strip_prefix('{') {
            Some(group) => found.extend(names_of_group(group).map(|name| (number, name))),
            None => found.push((number, first_name(after))),
        }
    }
    found
}

/// The names in `{a, b::{c, d}}`, after the opening brace: `a` and `b`.
fn names_of_group(group: &str) -> impl Iterator<Item = &str> {
    let mut depth = 0;
    let mut starts = vec![0];
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => starts.push(at + 1),
            _ => {}
        }
    }
    let names = starts.into_iter().filter_map(|at| Some(first_name(group.get(at..)?.trim_start())));
    names.filter(|name| !name.is_empty())
}

fn first_name(text: &str) -> &str {
    let end = text.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(text.len());
    text.get(..end).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIB: &str =
        "// Layer 1: words.\nmod text;\nmod value;\n\n// Layer 2: rules.\nmod pack;\n";

    fn checked(path: &str, text: &str) -> Vec<String> {
        let file = |path: &str, text: &str| File { path: path.to_owned(), text: text.to_owned() };
        check(&[file(ROOT, LIB), file(path, text)]).unwrap_or_default()
    }

    #[test]
    fn upwards_and_beside_is_fine() {
        assert!(checked("core/src/pack.rs", "use crate::text::Text;\n").is_empty());
        assert!(checked("core/src/text/de.rs", "use crate::value::Value;\n").is_empty());
        assert!(checked("core/src/pack/load.rs", "use crate::pack::Pack;\n").is_empty());
    }

    #[test]
    fn downwards_is_a_breach() {
        let expected = "core/src/text/de.rs:2: `text` (layer 1) uses `pack` (layer 2)";
        assert_eq!(checked("core/src/text/de.rs", "\nuse crate::pack::Pack;\n"), [expected]);
        assert_eq!(checked("core/src/text/de.rs", "\nfn f(_: crate::pack::Pack) {}\n"), [expected]);
        let group = "\nuse crate::{\n    value::{A, B},\n    pack::Pack,\n};\n";
        assert_eq!(checked("core/src/text/de.rs", group), [expected]);
    }

    #[test]
    fn comments_and_tests_do_not_count() {
        assert!(checked("core/src/text.rs", "/// See [`crate::pack`].\n").is_empty());
        let tests = "fn f() {}\n\n#[cfg(test)]\nmod tests {\n    use crate::pack::Pack;\n}\n";
        assert!(checked("core/src/text.rs", tests).is_empty());
        assert!(checked("core/src/text/tests.rs", "use crate::pack::Pack;\n").is_empty());
    }

    #[test]
    fn a_name_from_the_root_hides_its_layer() {
        let expected = "core/src/text.rs:1: `crate::Pack` does not say which module it is of";
        assert_eq!(checked("core/src/text.rs", "use crate::Pack;\n"), [expected]);
    }

    #[test]
    fn a_module_belongs_to_a_layer() {
        let expected = "core/src/extra.rs: `extra` stands in no layer of core/src/lib.rs";
        assert_eq!(checked("core/src/extra.rs", ""), [expected]);
    }
}
