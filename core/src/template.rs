//! Message templates: text with expressions in braces, `{self.name} has no sponsor`.

use crate::diagnostic::Code;
use crate::diagnostic::syntax::SyntaxProblem;
use crate::limits::Limits;
use crate::pack::Expression;
use crate::source::Span;
use crate::source::scalar::ScalarMap;

/// A message in one language, in pieces.
#[derive(Debug, Clone)]
pub(crate) struct Template {
    /// The whole text as written.
    pub(crate) text: String,
    pub(crate) pieces: Vec<Piece>,
}

#[derive(Debug, Clone)]
pub(crate) enum Piece {
    /// Text as it stands; `{{` and `}}` have become single braces.
    Text(String),
    /// What stood between braces.
    Value(Expression),
}

/// Reads a template. `map` leads from offsets in the text to those in its source; the problems count
/// in the text.
pub(crate) fn parse(
    text: &str,
    map: &ScalarMap,
    limits: &Limits,
) -> (Template, Vec<SyntaxProblem>) {
    let mut pieces = Vec::new();
    let mut problems = Vec::new();
    let mut plain = String::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let at = text.len() - rest.len();
        let after = rest.get(c.len_utf8()..).unwrap_or("");
        match c {
            '{' | '}' if after.starts_with(c) => {
                plain.push(c);
                rest = after.get(1..).unwrap_or("");
            }
            '{' => {
                let Some(length) = closing(after) else {
                    let span = Span::new(at, text.len());
                    problems.push(
                        SyntaxProblem::new(Code::Syntax, "this `{` is never closed", span)
                            .help("close it with `}`, or write `{{` for a brace in the text"),
                    );
                    break;
                };
                let inner = after.get(..length).unwrap_or("");
                if !plain.is_empty() {
                    pieces.push(Piece::Text(std::mem::take(&mut plain)));
                }
                pieces.extend(value(inner, at + 1, map, limits, &mut problems));
                rest = after.get(length + 1..).unwrap_or("");
            }
            '}' => {
                problems.push(
                    SyntaxProblem::new(
                        Code::Syntax,
                        "this `}` closes nothing",
                        Span::new(at, at + 1),
                    )
                    .help("write `}}` for a brace in the text"),
                );
                rest = after;
            }
            other => {
                plain.push(other);
                rest = after;
            }
        }
    }
    if !plain.is_empty() {
        pieces.push(Piece::Text(plain));
    }
    (Template { text: text.to_owned(), pieces }, problems)
}

/// The expression between braces, which starts at `offset` in the whole text.
fn value(
    inner: &str,
    offset: usize,
    map: &ScalarMap,
    limits: &Limits,
    problems: &mut Vec<SyntaxProblem>,
) -> Option<Piece> {
    let (ast, found) = crate::cel::parse(inner, limits);
    if !found.is_empty() {
        problems.extend(found.into_iter().map(|problem| problem.shifted(offset)));
        return None;
    }
    let start = Span::new(offset, offset).start;
    Some(Piece::Value(Expression { text: inner.to_owned(), ast, map: map.from(start) }))
}

/// Bytes up to the brace that closes the expression: braces inside and texts are passed over.
fn closing(text: &str) -> Option<usize> {
    let mut depth = 0_u32;
    let mut quote = None;
    let mut chars = text.char_indices();
    while let Some((offset, c)) = chars.next() {
        match (quote, c) {
            (Some(_), '\\') => {
                chars.next();
            }
            (Some(open), c) if c == open => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') => quote = Some(c),
            (None, '{') => depth += 1,
            (None, '}') if depth == 0 => return Some(offset),
            (None, '}') => depth -= 1,
            (None, _) => {}
        }
    }
    None
}
