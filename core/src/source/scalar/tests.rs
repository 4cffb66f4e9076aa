//! Decoded offsets lead back to what was written.

use proptest::prelude::*;

use super::ScalarMap;
use crate::limits::Limits;
use crate::source::{Source, Span};
use crate::yaml;

/// The only value of a document, with its map.
fn map(text: &str) -> Option<(Source, String, ScalarMap)> {
    let source = Source::new("scalar.yaml", text);
    let root = yaml::parse(&source, &Limits::default()).ok()?;
    let node = root.get("a")?;
    let scalar = node.scalar()?;
    let map = ScalarMap::of(&source, node.span, scalar);
    Some((source.clone(), scalar.text.clone(), map))
}

/// What the map makes of the part of the decoded text that reads `part`.
fn written(text: &str, part: &str) -> String {
    let (source, decoded, map) = map(text).unwrap();
    let start = decoded.find(part).unwrap();
    source.slice(map.span(Span::new(start, start + part.len()))).to_owned()
}

#[test]
fn spans_in_every_style() {
    assert_eq!(written("a: b == c\n", "== c"), "== c");
    assert_eq!(written("a: b\n   == c\n", "b == c"), "b\n   == c");
    assert_eq!(written("a: 'it''s x'\n", "s x"), "s x");
    assert_eq!(written("a: \"x \\\"y\\\" z\"\n", "y"), "y");
    assert_eq!(written("a: \"\\u00e9 z\"\n", "z"), "z");
    assert_eq!(written("a: \"\\ud83d\\ude00 z\"\n", "z"), "z");
    assert_eq!(written("a: \"x\n\n   \\\"y\\\"\"\n", "y"), "y");
    assert_eq!(written("a: \"x\\\n   y\"\n", "y"), "y");
    assert_eq!(written("a: |\n  b\n    c\n  d\n", "d"), "d");
    assert_eq!(written("a: >-\n  b &&\n  c\n\n  d\n", "d"), "d");
    assert_eq!(written("a: >-\n  b &&\n    c\n  d\n", "c\nd"), "c\n  d");
    assert_eq!(written("a: >2\n\n     b\n  c\n", "c"), "c");
    assert_eq!(written("a: |+\r\n  b\r\n  c\r\n\r\n", "c"), "c");
}

/// Lines of a scalar, with what makes offsets drift apart.
fn lines() -> impl Strategy<Value = Vec<String>> {
    let piece = prop_oneof![
        5 => "[a-z(){}=&|. ]{1,4}",
        1 => Just("é".to_owned()),
        1 => Just("😀".to_owned()),
        1 => Just("''".to_owned()),
        1 => Just("\\\"".to_owned()),
        1 => Just("\\u00e9".to_owned()),
        1 => Just("\\n".to_owned()),
        1 => Just("\\".to_owned()),
        1 => Just("\t".to_owned()),
    ];
    let line = prop::collection::vec(piece, 0..4).prop_map(|pieces| pieces.concat());
    prop::collection::vec(line, 1..5)
}

fn styles() -> impl Strategy<Value = (&'static str, &'static str)> {
    prop::sample::select(vec![
        ("", ""),
        ("'", "'"),
        ("\"", "\""),
        ("|\n  ", "\n"),
        ("|+\n\n  ", "\n\n"),
        ("|2-\n  ", "\n"),
        (">-\n  ", "\n"),
        (">\n\n  ", "\n"),
        (">1+\n  ", "\n \n"),
    ])
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..Default::default() })]

    #[test]
    fn every_character_stands_where_the_map_says(
        (open, close) in styles(),
        lines in lines(),
        break_ in prop::sample::select(vec!["\n", "\r\n"]),
    ) {
        let text = format!("a: {open}{}{close}", lines.join("\n  ")).replace('\n', break_);
        let Some((source, decoded, map)) = map(&text) else { return Ok(()) };
        let mut last = 0;
        for (offset, c) in decoded.char_indices() {
            let place = map.offset(u32::try_from(offset).unwrap());
            prop_assert!(place >= last, "{text:?}: {offset} goes back");
            last = place;
            let there = source.text().get(usize::try_from(place).unwrap()..).unwrap();
            let escape = open == "\"" && there.starts_with('\\');
            prop_assert!(
                there.starts_with(c) || escape || c == ' ' || c == '\n' || (place == map.end && c.is_whitespace()),
                "{text:?}: {c:?} at {offset} of {decoded:?} leads to {there:?}"
            );
            if c == ' ' && place < map.end && !there.starts_with(' ') && !escape {
                prop_assert!(there.starts_with(['\n', '\r', '\t']), "{text:?}: {there:?}");
            }
        }
    }
}
