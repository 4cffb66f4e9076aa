use proptest::prelude::*;

use super::{Piece, Template, parse};
use crate::cel::dump::dump;
use crate::limits::Limits;
use crate::source::scalar::ScalarMap;
use crate::source::{Source, Span};

/// The map of a text that stands 100 bytes into its source.
fn shifted_map(text: &str) -> ScalarMap {
    ScalarMap { pieces: vec![(0, 100)], end: Span::new(0, 100 + text.len()).end }
}

fn read(text: &str) -> (Template, Vec<String>) {
    let (template, problems) = parse(text, &shifted_map(text), &Limits::default());
    let source = Source::new("message", text);
    let shown = |problem: crate::diagnostic::syntax::SyntaxProblem| {
        let marked = source.slice(problem.span);
        format!("[{marked}] {}", problem.message)
    };
    (template, problems.into_iter().map(shown).collect())
}

fn pieces(text: &str) -> Vec<String> {
    let (template, problems) = read(text);
    assert!(problems.is_empty(), "{text}: {problems:?}");
    template
        .pieces
        .iter()
        .map(|piece| match piece {
            Piece::Text(text) => format!("text {text:?}"),
            Piece::Value(value) => format!("value {}", dump(&value.ast)),
        })
        .collect()
}

#[test]
fn text_and_values_alternate() {
    assert_eq!(pieces(""), [""; 0]);
    assert_eq!(pieces("no sponsor"), ["text \"no sponsor\""]);
    assert_eq!(
        pieces("{self.name} has {n} sponsors"),
        ["value (. name self)", "text \" has \"", "value n", "text \" sponsors\""]
    );
    assert_eq!(pieces("{a}{b}"), ["value a", "value b"]);
}

#[test]
fn doubled_braces_are_text() {
    assert_eq!(pieces("a {{b}} {{{c}}}"), ["text \"a {b} {\"", "value c", "text \"}\""]);
}

#[test]
fn braces_in_strings_close_nothing() {
    assert_eq!(pieces("{'}'}"), ["value \"}\""]);
    assert_eq!(pieces(r#"{"\"}" + '{'}!"#), [r#"value (+ "\"}" "{")"#, "text \"!\""]);
    assert_eq!(pieces(r"{r'\' + '''}'''}"), [r#"value (+ "\\" "}")"#]);
}

#[test]
fn problems_have_their_places() {
    let problems = |text: &str| read(text).1;
    assert_eq!(problems("a {b"), ["[{] this `{` is never closed"]);
    assert_eq!(problems("a } b"), ["[}] this `}` closes nothing"]);
    assert_eq!(problems("{}"), ["[] an expression is missing"]);
    assert_eq!(
        problems("x {a &&} and {b c}"),
        ["[&&] nothing follows `&&`", "[c] an operator is missing before `c`"]
    );
    assert_eq!(problems("{name's} x"), ["['] a string that isn't closed"]);
    assert_eq!(problems("{a // b}"), ["[{] this `{` is never closed"]);
    assert_eq!(
        problems("{ {'a': 1} } b"),
        ["[{'a': 1}] map literals `{…}` are not part of the language"]
    );
    assert!(problems(&"} {$} ".repeat(5000)).len() < 50);
}

#[test]
fn values_point_into_the_source() {
    // As in `"a\t{b + c}\n{d}"`, where each escape takes a byte more than what it stands for.
    let text = "a\t{b + c}\n{d}";
    let map = ScalarMap { pieces: vec![(0, 10), (2, 13), (10, 22)], end: 25 };
    let (template, _) = parse(text, &map, &Limits::default());
    let places: Vec<_> = template
        .pieces
        .iter()
        .filter_map(|piece| match piece {
            Piece::Value(value) => {
                let root = value.map.span(value.ast.exprs[value.ast.root].span);
                Some((root.start, root.end, value.map.pieces.len()))
            }
            Piece::Text(_) => None,
        })
        .collect();
    assert_eq!(places, [(14, 19, 1), (23, 24, 1)]);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_can_be_written(text in any::<String>()) {
        let escaped = text.replace('{', "{{").replace('}', "}}");
        let (template, problems) = read(&escaped);
        prop_assert!(problems.is_empty());
        let texts: String = template.pieces.iter().map(|piece| match piece {
            Piece::Text(text) => text.as_str(),
            Piece::Value(_) => "<value>",
        }).collect();
        prop_assert_eq!(texts, text);
    }

    #[test]
    fn any_text_is_read_or_reported(text in "([ab{}'\"/ r]|\\PC){0,30}") {
        read(&text);
    }
}
