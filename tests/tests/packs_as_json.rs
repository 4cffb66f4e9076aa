//! The JSON form of packs loses nothing: random and shipped packs say the same as text and as JSON, and give
//! the same verdicts.

use std::error::Error;
use std::fmt::Display;
use std::fs;

use anyhow::anyhow;
use proptest::test_runner::TestCaseError;
use serde_json::Value;
use spelregel::{Metamodel, Model, Options, Pack, Report, RuleSet, Settings, Source};
use spelregel_tests::files;
use spelregel_tests::generate::law::hold;
use spelregel_tests::generate::{Asking, Draw, World};

fn broken(what: impl Display) -> TestCaseError {
    TestCaseError::fail(what.to_string())
}

/// What a pack finds in a model.
fn findings(
    metamodel: &Metamodel,
    model: &Model,
    pack: &Pack,
    at: &Options,
) -> Result<Report, spelregel::Diagnostics> {
    let rules = RuleSet::compile(metamodel, [pack.clone()], &Settings::default())?;
    Ok(rules.check(model, at))
}

/// JSON as YAML, in a layout and in styles of scalars that are drawn.
fn yaml(value: &Value, indent: usize, draw: &mut Draw<'_>, out: &mut String) {
    let margin = "  ".repeat(indent);
    match value {
        Value::Object(fields) if !fields.is_empty() && draw.below(8) > 0 => {
            for (name, value) in fields {
                if draw.below(6) == 0 {
                    out.push_str(&format!("\n{margin}# a comment"));
                }
                out.push_str(&format!("\n{margin}{}:", Value::from(name.as_str())));
                yaml(value, indent + 1, draw, out);
            }
        }
        Value::Array(items) if !items.is_empty() && draw.below(8) > 0 => {
            for item in items {
                out.push_str(&format!("\n{margin}-"));
                yaml(item, indent + 1, draw, out);
            }
        }
        Value::String(text) => out.push_str(&scalar(text, &margin, draw)),
        // In JSON, which is YAML too.
        other => out.push_str(&format!(" {other}")),
    }
}

fn scalar(text: &str, margin: &str, draw: &mut Draw<'_>) -> String {
    let is_word = text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.chars().all(|c| c.is_ascii_alphanumeric() || "._()<>=+/".contains(c))
        && !["true", "false", "null"].contains(&text.to_lowercase().as_str());
    let is_line = !text.is_empty() && text.trim() == text && !text.contains(['\n', '\r', '\t']);
    match draw.below(4) {
        0 if is_word => format!(" {text}"),
        1 if is_line => format!(" '{}'", text.replace('\'', "''")),
        2 if is_line => format!(" |-\n{margin}{text}"),
        3 if is_line => format!(" >-\n{margin}{text}"),
        _ => format!(" {}", Value::from(text)),
    }
}

#[test]
fn random_packs_say_the_same_as_text_and_as_json() -> Result<(), Box<dyn Error>> {
    let at = Options::at("2026-06-01".parse()?);
    hold(60, 4_000, |tape| {
        let (styles, tape) = tape.split_at(tape.len() / 4);
        let world = World::draw(&mut Draw::new(tape), Asking::Allowed);
        let metamodel = world.metamodel().map_err(broken)?;
        let model = world.load(&metamodel).map_err(broken)?;
        let written = world.rules.to_json();
        let mut text = String::new();
        yaml(
            &serde_json::from_str(&written).map_err(broken)?,
            0,
            &mut Draw::new(styles),
            &mut text,
        );
        let load = |name: &str, text: &str| Pack::load(Source::new(name, text));
        let of_text = load("pack.yaml", &text).map_err(|p| broken(format!("{p}\n{text}")))?;
        let json = of_text.to_json();
        let of_json = load("pack.json", &json).map_err(broken)?;
        let of_written = load("written.json", &written).map_err(broken)?;
        if of_json.to_json() != json || of_written.to_json() != json {
            return Err(broken(format!("not the same JSON again:\n{json}\n{text}")));
        }
        let expected = findings(&metamodel, &model, &of_text, &at).map_err(broken)?;
        let found = findings(&metamodel, &model, &of_json, &at).map_err(broken)?;
        if expected != found {
            return Err(broken(format!("other findings:\n{json}\n{text}")));
        }
        Ok(world.rules.expressions())
    })
    .map(|_| ())
    .map_err(|broken| anyhow!(broken).into())
}

#[test]
fn shipped_packs_find_the_same_as_text_and_as_json() -> Result<(), Box<dyn Error>> {
    let metamodel = Metamodel::standard();
    let sources = files::all(&files::path("../examples/linderveen"), "yaml")?;
    let sources: std::io::Result<Vec<Source>> =
        sources.iter().map(|path| Ok(Source::new("m.yaml", fs::read_to_string(path)?))).collect();
    let model = Model::load(&metamodel, sources?)?;
    let at = Options::at("2026-06-01".parse()?);
    for id in Pack::shipped_ids() {
        let pack = Pack::load_shipped(id)?;
        let again = Pack::load(Source::new("pack.json", pack.to_json()))?;
        assert_eq!(again.to_json(), pack.to_json(), "{id}");
        let expected = findings(&metamodel, &model, &pack, &at)?;
        assert_eq!(expected, findings(&metamodel, &model, &again, &at)?, "{id}");
    }
    Ok(())
}
