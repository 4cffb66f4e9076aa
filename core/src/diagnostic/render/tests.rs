//! Excerpts of awkward sources.

use insta::assert_snapshot;

use super::{Colour, render};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{Source, Span};

fn problem(source: &Source, part: &str) -> Diagnostic {
    let start = source.text().find(part).unwrap();
    let span = Span::new(start, start + part.len());
    Diagnostic::error(Code::WrongType, "something is wrong", source, span)
}

fn plain(problem: Diagnostic) -> String {
    render(&[problem], Colour::Never)
}

fn place(source: &Source, part: &str) -> Span {
    let start = source.text().find(part).unwrap();
    Span::new(start, start + part.len())
}

#[test]
fn marks_that_are_near_share_an_excerpt() {
    let source = Source::new("plan.yaml", "a: 1\nb: 2\nc: 3\nd: 4\ne: 5\n");
    let problem = problem(&source, "d: 4").saying("the second time");
    assert_snapshot!(plain(problem.at(&source, place(&source, "a: 1"), "the first time")));
}

#[test]
fn marks_that_are_far_apart_or_in_other_files_do_not() {
    let text = format!("a: 1\n{}d: 4\n", "# nothing\n".repeat(40));
    let (source, other) = (Source::new("plan.yaml", text), Source::new("meer.yaml", "x: 1\n"));
    let problem = problem(&source, "d: 4")
        .saying("here")
        .at(&source, place(&source, "a: 1"), "there")
        .at(&other, place(&other, "1"), "and there")
        .help("do something");
    assert_snapshot!(plain(problem));
}

#[test]
fn a_long_line_is_cut_around_the_mark() {
    let text = format!("{}é{{bad}}é{}\n", "voor ".repeat(100), " na".repeat(100));
    assert_snapshot!(plain(problem(&Source::new("plan.json", text), "{bad}")));
    let text = format!("a: \"{}\"", "é".repeat(100_000));
    let source = Source::new("plan.yaml", text);
    let whole = Span::new(3, source.text().len());
    assert_snapshot!(plain(Diagnostic::error(Code::OverLimit, "too long", &source, whole)));
}

#[test]
fn marks_at_the_very_end_and_over_lines() {
    let source = Source::new("plan.yaml", "a: 1\n");
    let end = Span::new(5, 5);
    assert_snapshot!(plain(Diagnostic::error(Code::InvalidYaml, "ends too soon", &source, end)));
    let source = Source::new("leeg.yaml", "");
    let none = Span::new(0, 0);
    assert_snapshot!(plain(Diagnostic::error(Code::WrongDocument, "is empty", &source, none)));
    let source = Source::new("crlf.yaml", "a: 1\r\nb: >-\r\n  x\r\n  y\r\n");
    assert_snapshot!(plain(problem(&source, "x\r\n  y")));
    let outside = Span::new(500, 600);
    let text = plain(Diagnostic::error(Code::InvalidYaml, "lies outside", &source, outside));
    assert!(text.contains("crlf.yaml:5:1"), "{text}");
}

#[test]
fn advice_says_what_to_write() {
    let source = Source::new("plan.yaml", "share: 0,5\n");
    let problem = problem(&source, "0,5").warning();
    let problem =
        problem.help_replacing("write `0.5`", "0.5").help_replacing("add brackets", "[0]");
    assert_snapshot!(plain(problem));
}

#[test]
fn colours_and_control_characters() {
    let source = Source::new("plan.yaml", "name: \u{1b}[31mred\n");
    let problem = problem(&source, "red");
    assert!(!plain(problem.clone()).contains('\u{1b}'));
    let coloured = render(&[problem], Colour::Always);
    assert!(coloured.starts_with("\u{1b}["), "{coloured}");
}
