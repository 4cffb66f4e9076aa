//! Trees and their spans, from YAML and from any JSON.

use proptest::prelude::*;
use serde_json::Value as Json;

use super::{Node, NodeValue, Style, parse};
use crate::diagnostic::Code;
use crate::limits::Limits;
use crate::source::Source;

fn tree(text: &str) -> (Source, Node) {
    let source = Source::new("tree.yaml", text);
    let node = parse(&source, &Limits::default()).unwrap_or_else(|problems| panic!("{problems}"));
    (source, node)
}

/// The written text of the values under the keys of a mapping.
fn slices(text: &str) -> Vec<String> {
    let (source, node) = tree(text);
    let NodeValue::Mapping(entries) = node.value else { panic!("not a mapping") };
    entries.iter().map(|entry| source.slice(entry.value.span).to_owned()).collect()
}

#[test]
fn spans_cover_what_is_written() {
    let text = "é: [1, 2]\nb: {c: d}\ne:\n  - f\n  - g: h\ni: 'j''k'\nl: |\n  m\n  n\n\no: &x p\nq: *x\nr:\n";
    assert_eq!(
        slices(text),
        ["[1, 2]", "{c: d}", "- f\n  - g: h", "'j''k'", "m\n  n", "p", "p", ""]
    );
    let (source, node) = tree("\u{feff}a: 1\n# end\n");
    assert_eq!(source.slice(node.span), "a: 1");
}

#[test]
fn scalars_keep_how_they_are_written() {
    let (_, node) = tree("[a, 'true', \"b\", ~, , 1]\n".replace(", ,", ", null,").as_str());
    let NodeValue::List(items) = node.value else { panic!("not a list") };
    let styles: Vec<Style> = items.iter().map(|item| item.scalar().unwrap().style).collect();
    assert_eq!(styles[1], Style::SingleQuoted);
    assert_eq!(styles[2], Style::DoubleQuoted);
    let nulls: Vec<bool> = items.iter().map(Node::is_null).collect();
    assert_eq!(nulls, [false, false, false, true, true, false]);
}

#[test]
fn every_double_key_is_found() {
    let few = "a: 1\nb: 2\na: 3\nb: 4\n";
    let many: Vec<String> = (0..100).map(|i| format!("k{}: 1", i % 98)).collect();
    for text in [few.to_owned(), many.join("\n")] {
        let problems = parse(&Source::new("t.yaml", text), &Limits::default()).unwrap_err();
        let codes: Vec<Code> = problems.iter().map(|problem| problem.code).collect();
        assert_eq!(codes, [Code::DuplicateKey, Code::DuplicateKey]);
    }
}

#[test]
fn limits_hold() {
    let refused = |text: &str, limits: &Limits| {
        let problems = parse(&Source::new("t.yaml", text), limits).unwrap_err();
        problems.iter().map(|problem| problem.code).collect::<Vec<_>>() == [Code::OverLimit]
    };
    let limits = Limits {
        source_bytes: 200,
        text_bytes: 20,
        document_depth: 4,
        document_nodes: 20,
        document_aliases: 8,
        ..Limits::default()
    };
    let fits = |text: &str| parse(&Source::new("t.yaml", text), &limits).is_ok();
    assert!(refused(&" ".repeat(201), &limits));
    assert!(refused(&"x".repeat(21), &limits));
    assert!(fits("[[[[1]]]]") && refused("[[[[[1]]]]]", &limits));
    assert!(fits("[[[{a: 1}]]]") && refused("[[[[{a: 1}]]]]", &limits));
    assert!(fits("- - - - 1") && refused("- - - - - 1", &limits));
    assert!(fits("[1,1,1,1,1,1,1,1,1,1]") && refused(&format!("[{}]", "1,".repeat(25)), &limits));
    assert!(fits("[&a [1, 1], *a]") && refused("[&a [1, 1], *a, *a]", &limits));
    // What an alias copies counts where it stands.
    assert!(fits("[&a [1], *a]") && refused("[&a [[1]], [[*a]]]", &limits));
}

fn json() -> impl Strategy<Value = Json> {
    let characters = prop::collection::vec(any::<char>(), 0..12).prop_map(String::from_iter);
    let rare = "[\u{7f}-\u{a0}\u{2028}\u{2029}\u{feff}\u{fffd}-\u{ffff}a]{0,6}";
    let text = prop_oneof![characters, rare, "[a-z:#{}\\[\\],&*!|>'\"%@` \n\t\\\\-]{0,12}"];
    let leaf = prop_oneof![
        Just(Json::Null),
        any::<bool>().prop_map(Json::from),
        any::<i64>().prop_map(Json::from),
        any::<f64>().prop_filter("finite", |number| number.is_finite()).prop_map(Json::from),
        text.clone().prop_map(Json::from),
    ];
    leaf.prop_recursive(5, 60, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Json::from),
            prop::collection::btree_map(text.clone(), inner, 0..6)
                .prop_map(|map| Json::Object(map.into_iter().collect())),
        ]
    })
}

fn equal(node: &Node, json: &Json) -> bool {
    match (&node.value, json) {
        (NodeValue::Scalar(scalar), Json::String(text)) => {
            scalar.text == *text && scalar.style == Style::DoubleQuoted
        }
        (NodeValue::Scalar(scalar), other) => {
            let written = other.to_string();
            scalar.text == written && scalar.style == Style::Plain
        }
        (NodeValue::List(nodes), Json::Array(items)) => {
            nodes.len() == items.len() && nodes.iter().zip(items).all(|(n, i)| equal(n, i))
        }
        (NodeValue::Mapping(entries), Json::Object(map)) => {
            entries.len() == map.len()
                && entries.iter().zip(map).all(|(entry, (key, value))| {
                    entry.key_text() == key && equal(&entry.value, value)
                })
        }
        _ => false,
    }
}

/// JSON may hold characters as they are that YAML wants escaped; escaped they are JSON as well.
fn escaped(json: &str) -> String {
    let escape = |c: char| match c {
        '\u{7f}'..='\u{84}' | '\u{86}'..='\u{9f}' | '\u{fffe}' | '\u{ffff}' => {
            format!("\\u{:04x}", u32::from(c))
        }
        c => c.to_string(),
    };
    json.chars().map(escape).collect()
}

#[test]
fn what_json_may_hold_and_yaml_not_is_told() {
    let source = Source::new("any.json", "[\"\u{7f}\"]");
    let problems = parse(&source, &Limits::default()).unwrap_err();
    assert!(problems.to_string().contains("the character U+007F cannot stand"), "{problems}");
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..Default::default() })]

    #[test]
    fn json_is_yaml(json in json()) {
        for text in [json.to_string(), serde_json::to_string_pretty(&json).unwrap()] {
            let text = escaped(&text);
            let tabs = text.replace("\n  ", "\n\t");
            for text in [text, tabs] {
                let source = Source::new("any.json", text.as_str());
                match parse(&source, &Limits::default()) {
                    Ok(node) => prop_assert!(equal(&node, &json), "{text}\n{node:?}"),
                    Err(problems) => prop_assert!(false, "{problems}"),
                }
            }
        }
    }

    #[test]
    fn any_text_is_read_or_refused_with_places_inside_it(text in "[a-z0-9:#{}\\[\\],&*!|>'\"%@`?~é \n\t-]{0,60}") {
        let source = Source::new("any.yaml", text.as_str());
        if let Err(problems) = parse(&source, &Limits::default()) {
            for problem in &problems {
                for label in &problem.labels {
                    prop_assert!(text.get(label.span.range()).is_some(), "{text:?} {problem:?}");
                }
            }
            prop_assert!(!problems.to_string().is_empty());
        }
    }
}
