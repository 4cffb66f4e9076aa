//! What can be wrong with YAML itself, in words.

use granit_parser::{ErrorKind, ScanError};

use super::Node;
use crate::diagnostic::{Code, Diagnostic, shown};
use crate::limits::Limits;
use crate::source::{Source, Span};

pub(super) fn syntax(source: &Source, error: &ScanError, limits: &Limits) -> Diagnostic {
    let text = source.text();
    let start = error.marker().byte_offset().unwrap_or(text.len()).min(text.len());
    let at = text.get(start..).and_then(|rest| rest.chars().next());
    let length = at.map_or(0, char::len_utf8);
    let span = Span::new(start, start + length);
    if matches!(error.kind(), ErrorKind::RecursionLimitExceeded) {
        return too_deep(source, span, limits);
    }
    let (message, help) = wording(error.kind(), at);
    let problem = Diagnostic::error(Code::InvalidYaml, message, source, span);
    match help {
        Some(help) => problem.help(help),
        None => problem,
    }
}

/// Plain words for the mistakes that people make; the parser's own for the others.
fn wording(kind: &ErrorKind, at: Option<char>) -> (String, Option<&'static str>) {
    let (message, help) = match kind {
        ErrorKind::MappingValueNotAllowed => (
            "a `:` cannot stand here",
            "put quotes around a text that holds `: `, and check the indentation of the line",
        ),
        ErrorKind::UnclosedQuotedScalar if at == Some('"') => {
            ("a quoted text is not closed", "add the closing quote; write `\\\"` for a `\"` inside")
        }
        ErrorKind::UnclosedQuotedScalar => {
            ("a quoted text is not closed", "add the closing quote; write `''` for a `'` inside")
        }
        ErrorKind::UnclosedFlowCollection { open: '[' }
        | ErrorKind::UnexpectedEofFlowSequence
        | ErrorKind::ExpectedFlowSequenceSeparator => {
            ("a list in brackets is not closed", "add the missing `,` or `]`")
        }
        ErrorKind::UnclosedFlowCollection { .. }
        | ErrorKind::UnexpectedEofFlowMapping
        | ErrorKind::UnexpectedEofImplicitFlowMapping
        | ErrorKind::ExpectedFlowMappingSeparator => {
            ("a mapping in braces is not closed", "add the missing `,` or `}`")
        }
        ErrorKind::MisplacedFlowCollectionEnd => {
            ("a bracket closes nothing", "remove it, or add the opening one")
        }
        ErrorKind::TabInBlockIndentation
        | ErrorKind::TabInIndentation
        | ErrorKind::TabNotAllowed
        | ErrorKind::TabAtBlockScalarStart => ("a tab cannot indent a line", "indent with spaces"),
        ErrorKind::InvalidIndentation
        | ErrorKind::InvalidFlowScalarIndent
        | ErrorKind::InvalidQuotedScalarIndent
        | ErrorKind::InvalidBlockScalarIndent
        | ErrorKind::ExpectedBlockSequenceEntry => (
            "the indentation does not fit the lines above",
            "start the line in the same column as the others of its list or mapping",
        ),
        ErrorKind::ExpectedBlockMappingKey => (
            "a field is expected here, as `name: value`",
            "start the line in the same column as the fields above",
        ),
        ErrorKind::BlockSequenceEntryNotAllowed => (
            "a list entry does not fit here",
            "start every `-` of a list in the same column, on a line of its own",
        ),
        ErrorKind::SimpleKeyExpected | ErrorKind::InvalidSimpleKey => (
            "a field needs a `:` after its name",
            "write `name: value`, or indent the line to continue the text above",
        ),
        ErrorKind::UnknownQuotedScalarEscape => {
            ("no such escape in a double-quoted text", "write `\\\\` for a backslash")
        }
        ErrorKind::InvalidTrailingSingleQuotedScalar
        | ErrorKind::InvalidTrailingDoubleQuotedScalar => (
            "something follows the closing quote",
            "put quotes around the whole text; inside, write `''` for a `'` and `\\\"` for a `\"`",
        ),
        ErrorKind::UnexpectedCharacter { character: character @ ('@' | '`' | '%') } => {
            return (
                format!("a text cannot start with `{character}`"),
                Some("put quotes around it"),
            );
        }
        ErrorKind::UnexpectedCharacter { character } if !is_printable(*character) => {
            let code = u32::from(*character);
            return (
                format!("the character U+{code:04X} cannot stand in a text as it is"),
                Some("leave it out, or write it as `\\u` and four digits in double quotes"),
            );
        }
        ErrorKind::UnexpectedCharacter { character } => {
            return (
                format!("the character `{}` cannot stand here", character.escape_debug()),
                None,
            );
        }
        other => {
            let message = other.to_string().replace('\'', "`");
            return (message.trim_end_matches('.').to_lowercase(), None);
        }
    };
    (message.to_owned(), Some(help))
}

/// Whether YAML lets a character stand in a text unescaped.
fn is_printable(character: char) -> bool {
    !matches!(character,
        '\0'..='\u{8}' | '\u{b}'..='\u{c}' | '\u{e}'..='\u{1f}' | '\u{7f}'..='\u{84}'
        | '\u{86}'..='\u{9f}' | '\u{fffe}' | '\u{ffff}')
}

pub(super) fn second_document(source: &Source, span: Span) -> Diagnostic {
    Diagnostic::error(Code::InvalidYaml, "a second document starts here", source, span)
        .help("give each document a file of its own")
}

pub(super) fn tag(source: &Source, span: Span, tag: &str) -> Diagnostic {
    let message = format!("the tag `{}` is not supported", shown(tag));
    Diagnostic::error(Code::InvalidYaml, message, source, span)
        .help("leave it out; put quotes around what should be text")
}

pub(super) fn unknown_anchor(source: &Source, span: Span, name: &str) -> Diagnostic {
    let message = format!("no `&{0}` before `*{0}`", shown(name));
    Diagnostic::error(Code::InvalidYaml, message, source, span)
        .help("put quotes around a text that starts with `*`")
}

pub(super) fn alias_of_itself(source: &Source, span: Span) -> Diagnostic {
    let message = format!("`{}` stands inside what it refers to", shown(source.slice(span)));
    Diagnostic::error(Code::InvalidYaml, message, source, span)
}

pub(super) fn merge_key(source: &Source, span: Span) -> Diagnostic {
    Diagnostic::error(Code::InvalidYaml, "the merge key `<<` is not supported", source, span)
        .help("write the fields out")
}

pub(super) fn key_not_text(source: &Source, key: &Node) -> Diagnostic {
    let message = format!("the name of a field is {}", key.what());
    Diagnostic::error(Code::InvalidYaml, message, source, key.span)
        .help("put quotes around a name that starts with `[` or `{`")
}

pub(super) fn duplicate_key(source: &Source, key: &str, second: Span, first: Span) -> Diagnostic {
    let message = format!("the key `{}` occurs twice", shown(key));
    Diagnostic::error(Code::DuplicateKey, message, source, second)
        .saying("the second time")
        .at(source, first, "the first time")
        .help("remove one of them, or join what they hold")
}

pub(super) fn too_deep(source: &Source, span: Span, limits: &Limits) -> Diagnostic {
    let message = format!("nested deeper than the limit of {} levels", limits.document_depth);
    Diagnostic::error(Code::OverLimit, message, source, span)
}

pub(super) fn too_many_aliases(source: &Source, span: Span, limits: &Limits) -> Diagnostic {
    let limit = limits.document_aliases;
    let message = format!("anchors and aliases make the document larger than the limit of {limit}");
    Diagnostic::error(Code::OverLimit, message, source, span).help("write the values out")
}

pub(super) fn too_many_nodes(source: &Source, span: Span, limits: &Limits) -> Diagnostic {
    let message =
        format!("the document holds more values than the limit of {}", limits.document_nodes);
    Diagnostic::error(Code::OverLimit, message, source, span).help("split it into several files")
}
