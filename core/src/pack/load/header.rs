//! What stands before the colon of a definition or path: `Programme.seats(t: RoleType)`.

use super::Cx;
use crate::diagnostic::Code;
use crate::pack::{Argument, Spanned};
use crate::source::Span;
use crate::source::scalar::ScalarMap;
use crate::yaml::Node;

/// Names that always mean the same in expressions.
pub(super) const RESERVED: &[&str] =
    &["self", "today", "gate", "model", "true", "false", "in", "null"];

/// `Kind.name`, with arguments where it has them.
pub(super) struct Header {
    pub(super) kind: Spanned<String>,
    pub(super) name: Spanned<String>,
    pub(super) arguments: Option<Vec<Argument>>,
}

/// Letters, digits and `_`, starting with a letter or `_`.
pub(super) fn is_name(text: &str) -> bool {
    text.len() <= 128
        && text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}

impl Cx<'_> {
    pub(super) fn header(&mut self, key: &Node) -> Option<Header> {
        let scalar = self.reader.scalar(key, "a definition's name")?;
        let map = ScalarMap::of(self.reader.source, key.span, scalar);
        let header = parse(&scalar.text, &map);
        if header.is_none() {
            let message = format!("`{}` doesn't name a definition", scalar.text);
            let problem = self
                .reader
                .error(Code::Syntax, message, key.span)
                .help("write `Kind.name`, or `\"Kind.name(argument: type)\"`");
            self.reader.report(problem);
        }
        header
    }
}

fn parse(text: &str, map: &ScalarMap) -> Option<Header> {
    let (left, arguments) = match text.split_once('(') {
        Some((left, rest)) => (left, Some(rest.trim_end().strip_suffix(')')?)),
        None => (text, None),
    };
    let (kind, name) = left.split_once('.')?;
    let part = |part: &str| spanned(text, part, map);
    let (kind, name) = (part(kind)?, part(name)?);
    let arguments = match arguments {
        None => None,
        Some(arguments) => {
            let mut read = Vec::new();
            for argument in top_level_parts(arguments) {
                let (name, kind) = argument.split_once(':')?;
                let type_text = part_of(text, kind, map)?;
                read.push(Argument { name: part(name)?, type_text });
            }
            Some(read)
        }
    };
    Some(Header { kind, name, arguments })
}

/// Splits at commas that are not inside `<…>`; nothing gives no parts.
fn top_level_parts(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut depth, mut start) = (0_u32, 0);
    for (offset, c) in text.char_indices() {
        match c {
            '<' => depth += 1,
            '>' => depth = depth.saturating_sub(1),
            ',' if depth == 0 => {
                parts.extend(text.get(start..offset));
                start = offset + 1;
            }
            _ => {}
        }
    }
    parts.extend(text.get(start..).filter(|last| !last.trim().is_empty() || !parts.is_empty()));
    parts
}

/// A name within the whole text, without the blanks around it.
fn spanned(whole: &str, part: &str, map: &ScalarMap) -> Option<Spanned<String>> {
    part_of(whole, part, map).filter(|name| is_name(&name.value))
}

fn part_of(whole: &str, part: &str, map: &ScalarMap) -> Option<Spanned<String>> {
    let trimmed = part.trim();
    // `part` is a slice of `whole`: its place is the distance between their starts.
    let start = (trimmed.as_ptr().addr()).checked_sub(whole.as_ptr().addr())?;
    let span = map.span(Span::new(start, start + trimmed.len()));
    (!trimmed.is_empty()).then(|| Spanned { value: trimmed.to_owned(), span })
}
