//! Message templates: text with expressions in braces, `{self.name} has no sponsor`.

use crate::cel::lexer::{Lexer, TokenKind};
use crate::diagnostic::Code;
use crate::diagnostic::syntax::SyntaxProblem;
use crate::limits::Limits;
use crate::pack::Expression;
use crate::source::Span;
use crate::source::scalar::ScalarMap;

/// How many problems of one template are reported, give or take those of one expression.
const MOST_PROBLEMS: usize = 20;

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
    let mut at = 0;
    while let Some((before, brace)) = up_to_brace(text, at) {
        plain.push_str(before);
        at += before.len();
        let after = at + 1;
        if text.get(after..).is_some_and(|rest| rest.starts_with(brace)) {
            plain.push(brace);
            at = after + 1;
        } else if brace == '}' {
            let span = Span::new(at, after);
            problems.push(
                SyntaxProblem::new(Code::Syntax, "this `}` closes nothing", span)
                    .help("write `}}` for a brace in the text"),
            );
            at = after;
        } else if let Some(end) = closing_brace(text, after) {
            if !plain.is_empty() {
                pieces.push(Piece::Text(std::mem::take(&mut plain)));
            }
            let span = Span::new(after, end);
            pieces.extend(value(text, span, map, limits, &mut problems));
            at = end + 1;
        } else {
            unclosed(text, after, limits, &mut problems);
            at = text.len();
        }
        if problems.len() >= MOST_PROBLEMS {
            break;
        }
    }
    plain.push_str(text.get(at..).unwrap_or(""));
    if !plain.is_empty() {
        pieces.push(Piece::Text(plain));
    }
    (Template { text: text.to_owned(), pieces }, problems)
}

/// The text from an offset up to the next brace, and that brace.
fn up_to_brace(text: &str, at: usize) -> Option<(&str, char)> {
    let rest = text.get(at..)?;
    let length = rest.find(['{', '}'])?;
    let brace = if rest.get(length..)?.starts_with('{') { '{' } else { '}' };
    Some((rest.get(..length)?, brace))
}

/// Where the brace stands that closes the expression starting at an offset. Braces within the
/// expression, in strings too, are part of it.
fn closing_brace(text: &str, start: usize) -> Option<usize> {
    let mut lexer = Lexer::new(text, start);
    let mut open = 0_usize;
    loop {
        let token = lexer.token();
        match token.kind {
            TokenKind::End => return None,
            TokenKind::LeftBrace => open += 1,
            TokenKind::RightBrace if open == 0 => return usize::try_from(token.span.start).ok(),
            TokenKind::RightBrace => open -= 1,
            _ => {}
        }
    }
}

/// Reports why the expression starting at an offset has no closing brace: because of a string in it
/// that isn't closed, or because there is none.
fn unclosed(text: &str, start: usize, limits: &Limits, problems: &mut Vec<SyntaxProblem>) {
    let rest = text.get(start..).unwrap_or("");
    let inner = rest.find('}').and_then(|end| rest.get(..end));
    let within = inner.map_or_else(Vec::new, |inner| crate::cel::parse(inner, limits).1);
    if within.is_empty() {
        let span = Span::new(start.saturating_sub(1), start);
        problems.push(
            SyntaxProblem::new(Code::Syntax, "this `{` is never closed", span)
                .help("close it with `}`, or write `{{` for a brace in the text"),
        );
    }
    problems.extend(within.into_iter().map(|problem| problem.shifted(start)));
}

/// The expression at a span of the text.
fn value(
    text: &str,
    span: Span,
    map: &ScalarMap,
    limits: &Limits,
    problems: &mut Vec<SyntaxProblem>,
) -> Option<Piece> {
    let (start, end) = (usize::try_from(span.start).ok()?, usize::try_from(span.end).ok()?);
    let inner = text.get(start..end)?;
    let (ast, found) = crate::cel::parse(inner, limits);
    if !found.is_empty() {
        problems.extend(found.into_iter().map(|problem| problem.shifted(start)));
        return None;
    }
    Some(Piece::Value(Expression { text: inner.to_owned(), ast, map: part(map, span) }))
}

/// The map of a part of the text. It holds no more than the part needs: the maps of all parts
/// together are no larger than that of the whole.
fn part(map: &ScalarMap, span: Span) -> ScalarMap {
    let within = map.pieces.partition_point(|(start, _)| *start <= span.start);
    let beyond = map.pieces.partition_point(|(start, _)| *start < span.end);
    let mut pieces = vec![(0, map.offset(span.start))];
    let inner = map.pieces.get(within..beyond).unwrap_or(&[]);
    pieces.extend(inner.iter().map(|(start, place)| (start - span.start, *place)));
    ScalarMap { pieces, end: map.span(span).end }
}

#[cfg(test)]
mod tests;
