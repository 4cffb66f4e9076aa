//! The parts of CEL's syntax that the language leaves out, each with what to write in its place.

use super::super::lexer::{Token, TokenKind};
use crate::diagnostic::Code;
use crate::diagnostic::syntax::SyntaxProblem;
use crate::source::Span;

/// `1u`, `b'…'` and `null`.
pub(super) fn literal(token: Token<'_>) -> SyntaxProblem {
    match token.kind {
        TokenKind::Uint => {
            let int = token.text.trim_end_matches(['u', 'U']);
            left_out(&format!("unsigned integers such as `{}`", token.text), token.span)
                .write(token.span, int)
        }
        TokenKind::Bytes => left_out("byte strings such as `b'…'`", token.span)
            .help("write a string, without the `b`"),
        _ => SyntaxProblem::new(Code::Unsupported, "`null` is not part of the language", token.span)
            .help("ask whether a field is recorded with `has(x.field)`, or give a default with `x.?field.orValue(…)`"),
    }
}

/// `{key: value}`
pub(super) fn map(span: Span) -> SyntaxProblem {
    left_out("map literals `{…}`", span)
        .help("a map can be a parameter: declare it under `parameters` of the pack")
}

/// `Type{field: value}`
pub(super) fn message(name: Span) -> SyntaxProblem {
    left_out("messages made with `Type{…}`", name)
        .help("elements and links come from the model; a rule can't make them")
}

/// `list[?index]`
pub(super) fn optional_index(span: Span) -> SyntaxProblem {
    not_yet("optional indices `[?…]`", span).help("test `size()` before the index")
}

/// `[?item]`
pub(super) fn optional_item(span: Span) -> SyntaxProblem {
    not_yet("optional items `[?…]`", span)
        .help("choose between two lists: `x.hasValue() ? [x.value()] : []`")
}

fn left_out(what: &str, span: Span) -> SyntaxProblem {
    SyntaxProblem::new(Code::Unsupported, format!("{what} are not part of the language"), span)
}

fn not_yet(what: &str, span: Span) -> SyntaxProblem {
    SyntaxProblem::new(Code::Unsupported, format!("{what} are not supported yet"), span)
}
