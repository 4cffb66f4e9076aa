use std::fmt::Write as _;

use proptest::prelude::*;

use super::{Path, PathKind, Repeat, parse};
use crate::diagnostic::Code;
use crate::limits::Limits;
use crate::source::{Source, Span};

fn dump(path: &Path) -> String {
    match &path.kind {
        PathKind::Step(name) => name.clone(),
        PathKind::Inverse(path) => format!("(^ {})", dump(path)),
        PathKind::Sequence(paths) => format!("(/{})", dump_list(paths)),
        PathKind::Alternative(paths) => format!("(|{})", dump_list(paths)),
        PathKind::Repeat(path, repeat) => format!("({} {})", repeat.symbol(), dump(path)),
        PathKind::Filter { path, name, .. } => format!("([{name}] {})", dump(path)),
    }
}

fn dump_list(paths: &[Path]) -> String {
    let parts: Vec<String> = paths.iter().map(dump).collect();
    format!(" {}", parts.join(" "))
}

fn tree(text: &str) -> String {
    match parse(text, &Limits::default()) {
        Ok(path) => dump(&path),
        Err(problems) => panic!("{text}: {problems:?}"),
    }
}

#[test]
fn operators_bind_as_in_sparql() {
    assert_eq!(tree("builds/enables/contributes_to+"), "(/ builds enables (+ contributes_to))");
    assert_eq!(tree("a/b|c/d*"), "(| (/ a b) (/ c (* d)))");
    assert_eq!(tree(" ( a | b )? / ^c "), "(/ (? (| a b)) (^ c))");
    assert_eq!(tree("^a+"), "(+ (^ a))");
    assert_eq!(tree("^(a/b)"), "(^ (/ a b))");
}

#[test]
fn filters_apply_where_they_stand() {
    assert_eq!(tree("depends_on[open]+"), "(+ ([open] depends_on))");
    assert_eq!(tree("part_of*[Programme]"), "([Programme] (* part_of))");
    assert_eq!(tree("^a[open][Project]*/b"), "(/ (* ([Project] ([open] (^ a)))) b)");
}

#[test]
fn spans_cover_what_was_written() {
    let path = parse("a/(b|c)[Open]+", &Limits::default()).unwrap();
    let PathKind::Sequence(parts) = &path.kind else { panic!() };
    let spans: Vec<_> = parts.iter().map(|part| (part.span.start, part.span.end)).collect();
    assert_eq!(spans, [(0, 1), (2, 14)]);
}

#[test]
fn unreadable() {
    let texts = [
        "",
        "  ",
        "a/",
        "a//b",
        "a|",
        "/a",
        "(a/b",
        "a)",
        "a b",
        "a.b.c",
        "contributes-to/b",
        "a+*",
        "a[",
        "a[]",
        "a[open",
        "a[b == 1]/c",
        "a{1,3}",
        "!a",
        "a/!(b|c)/d",
        "a, b",
        "a/$b",
        "[open]",
        "2a",
        "(a/b]",
        "()",
        "a/naïef",
        "a->b",
    ];
    let mut out = String::new();
    for text in texts {
        let source = Source::new("path", text);
        writeln!(out, "{text}").unwrap();
        for problem in parse(text, &Limits::default()).unwrap_err() {
            let marked = source.slice(problem.span);
            writeln!(out, "[{marked}] {}: {}", problem.code.as_str(), problem.message).unwrap();
            for help in problem.helps {
                writeln!(out, "  help: {}", help.text).unwrap();
            }
        }
        out += "\n";
    }
    insta::assert_snapshot!(out);
}

#[test]
fn depth_and_length_are_bounded() {
    let limits = Limits { expression_bytes: 1 << 20, ..Limits::default() };
    let n = 100_000;
    let deep = [
        "(".repeat(n),
        format!("{}a{}", "(".repeat(n), ")".repeat(n)),
        format!("{}a", "^".repeat(n)),
        format!("a{}", "[b]".repeat(n)),
        format!("a{}", "+[b]".repeat(n)),
    ];
    for text in deep {
        let problems = parse(&text, &limits).unwrap_err();
        assert_eq!(
            problems[0].code,
            Code::OverLimit,
            "{}",
            text.chars().take(8).collect::<String>()
        );
        assert_eq!(problems.len(), 1);
    }
    assert!(parse(&vec!["a"; n].join("/"), &limits).is_ok());
    assert!(parse(&"a/".repeat(n), &Limits::default()).is_err());
    assert!(parse(&"$".repeat(5000), &limits).unwrap_err().len() < 50);
}

fn path() -> impl Strategy<Value = Path> {
    let make = |kind| Path { kind, span: Span::default() };
    let step = "[a-z][a-z0-9_]{0,3}".prop_map(PathKind::Step).prop_map(make);
    step.prop_recursive(6, 24, 3, move |inner| {
        let part = inner.clone().prop_map(Box::new);
        let list = prop::collection::vec(inner, 2..4);
        let repeat = prop::sample::select(vec![Repeat::Optional, Repeat::Any, Repeat::Some]);
        prop_oneof![
            part.clone().prop_map(PathKind::Inverse),
            list.clone().prop_map(PathKind::Sequence),
            list.prop_map(PathKind::Alternative),
            (part.clone(), repeat).prop_map(|(path, repeat)| PathKind::Repeat(path, repeat)),
            (part, "[A-Z][a-z]{0,3}").prop_map(|(path, name)| PathKind::Filter {
                path,
                name,
                name_span: Span::default()
            }),
        ]
        .prop_map(make)
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_printed_reads_back(path in path()) {
        let text = path.to_string();
        let again = parse(&text, &Limits::default());
        prop_assert_eq!(again.as_ref().map(dump), Ok(dump(&path)), "{}", text);
        prop_assert_eq!(again.map(|path| path.to_string()), Ok(text));
    }

    #[test]
    fn every_text_is_read_or_reported(text in "([ab_/|^?*+()\\[\\].!{} -]|\\PC){0,30}") {
        if let Err(problems) = parse(&text, &Limits::default()) {
            prop_assert!(!problems.is_empty());
            for problem in problems {
                prop_assert!(problem.span.end <= Span::new(0, text.len()).end);
            }
        }
    }
}
