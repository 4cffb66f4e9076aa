//! Offsets inside the decoded text of a YAML scalar, back to offsets in the file.

#[cfg(test)]
mod tests;

use crate::source::{Source, Span};
use crate::yaml::{Scalar, Style};

/// Maps offsets in a scalar's decoded text to offsets in its source.
///
/// Pieces are in ascending order of the decoded offset; between two starts, offsets run in step.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct ScalarMap {
    /// (offset in the decoded text, offset in the source)
    pub(crate) pieces: Vec<(u32, u32)>,
    /// Where the scalar ends in the source.
    pub(crate) end: u32,
}

impl ScalarMap {
    /// The map of a scalar that stands at `span`, as its node says.
    pub(crate) fn of(source: &Source, span: Span, scalar: &Scalar) -> Self {
        let written = source.slice(span);
        let mut map = Self { pieces: Vec::new(), end: span.end };
        match scalar.style {
            Style::Plain => map.flow(written, span.start, &scalar.text, scalar.style),
            Style::SingleQuoted | Style::DoubleQuoted => {
                let inner = written.get(1..).unwrap_or("");
                map.end = span.end.saturating_sub(1).max(span.start);
                map.flow(inner, span.start.saturating_add(1), &scalar.text, scalar.style);
            }
            Style::Literal | Style::Folded => {
                let indent = source.position(span.start).column.saturating_sub(1);
                map.block(written, span.start, &scalar.text, indent);
            }
        }
        if map.pieces.is_empty() {
            map.pieces.push((0, span.start));
        }
        map
    }

    /// Plain and quoted scalars: walks what is written, one decoded character after the other.
    fn flow(&mut self, written: &str, base: u32, text: &str, style: Style) {
        let mut decoded = text.char_indices().map(|(offset, _)| offset);
        let mut at = 0;
        while let Some(rest) = written.get(at..).filter(|rest| !rest.is_empty()) {
            let unit = unit(rest, style);
            for place in unit.places {
                if let Some(offset) = decoded.next() {
                    self.piece(offset, base, at + place);
                }
            }
            at += unit.length;
        }
    }

    /// Block scalars: every line stands in the text as it is written, but for its indentation.
    fn block(&mut self, written: &str, base: u32, text: &str, indent: u32) {
        let mut decoded = 0;
        let mut at = 0;
        for (number, line) in written.split_inclusive(['\n', '\r']).enumerate() {
            let content = line.trim_end_matches(['\n', '\r']);
            let indented = content.chars().take_while(|c| *c == ' ').count();
            let allowed = usize::try_from(indent).unwrap_or(usize::MAX);
            let skipped = if number == 0 { 0 } else { indented.min(allowed) };
            let content = content.get(skipped..).unwrap_or("");
            if !content.is_empty() {
                let rest = text.get(decoded..).unwrap_or("");
                decoded += rest.len() - rest.trim_start_matches('\n').len();
                // A folded line break.
                let rest = text.get(decoded..).unwrap_or("");
                if number > 0 && rest.starts_with(' ') && !rest.starts_with(content) {
                    decoded += 1;
                }
                self.piece(decoded, base, at + skipped);
                decoded += content.len();
            }
            at += line.len();
        }
    }

    /// Lets a piece start at an offset, where the last one doesn't run on to there by itself.
    fn piece(&mut self, decoded: usize, base: u32, at: usize) {
        let here = Span::new(decoded, at);
        let (decoded, source) = (here.start, base.saturating_add(here.end));
        let in_step = self.pieces.last().is_some_and(|(first, place)| {
            Some(decoded.saturating_sub(*first)) == source.checked_sub(*place)
        });
        if !in_step {
            self.pieces.push((decoded, source));
        }
    }

    /// The source offset of a decoded offset.
    pub(crate) fn offset(&self, decoded: u32) -> u32 {
        let after = self.pieces.partition_point(|(start, _)| *start <= decoded);
        let next = self.pieces.get(after).map_or(self.end, |(_, source)| *source);
        match after.checked_sub(1).and_then(|i| self.pieces.get(i)) {
            Some((start, source)) => source.saturating_add(decoded - start).min(next),
            None => next,
        }
    }

    /// The source span of a decoded span.
    pub(crate) fn span(&self, decoded: Span) -> Span {
        let start = self.offset(decoded.start);
        // The end is that of the last byte, so that a span never runs over a folded line break.
        let end = if decoded.end > decoded.start {
            self.offset(decoded.end - 1).saturating_add(1)
        } else {
            start
        };
        Span { start, end: end.min(self.end).max(start) }
    }
}

/// Something written in a plain or quoted scalar that is decoded as a whole.
struct Unit {
    /// Bytes that are written.
    length: usize,
    /// Where each character that it is decoded to stands.
    places: Vec<usize>,
}

fn unit(rest: &str, style: Style) -> Unit {
    let one = |length| Unit { length, places: vec![0] };
    let joined = style == Style::DoubleQuoted && rest.starts_with(['\\']);
    let breaks = rest.get(usize::from(joined)..).unwrap_or("");
    if let Some((length, lines)) = line_breaks(breaks, joined) {
        let skipped = usize::from(joined);
        let lines = lines.into_iter().map(|line| line + skipped);
        // One break is a space, or nothing after a backslash; of several, all but the first stay.
        let places = match (lines.len(), joined) {
            (1, false) => lines.collect(),
            _ => lines.skip(1).collect(),
        };
        return Unit { length: length + skipped, places };
    }
    match rest.chars().next() {
        Some('\\') if style == Style::DoubleQuoted => one(escape_length(rest)),
        Some('\'') if style == Style::SingleQuoted => one(2),
        Some(c) => one(c.len_utf8()),
        None => Unit { length: 0, places: Vec::new() },
    }
}

/// The length of line breaks with the blanks around them, and where each break is.
///
/// After a backslash blanks before the first break are text: the backslash must stand right before it.
fn line_breaks(text: &str, joined: bool) -> Option<(usize, Vec<usize>)> {
    let mut lines = Vec::new();
    let mut at = 0;
    let mut end = 0;
    while let Some(rest) = text.get(at..) {
        let blanks = rest.len() - rest.trim_start_matches([' ', '\t']).len();
        if joined && lines.is_empty() && blanks > 0 {
            return None;
        }
        at += blanks;
        end = if lines.is_empty() { end } else { at };
        let rest = text.get(at..).unwrap_or("");
        let length = match rest.as_bytes() {
            [b'\r', b'\n', ..] => 2,
            [b'\r' | b'\n', ..] => 1,
            _ => break,
        };
        lines.push(at);
        at += length;
        end = at;
    }
    if lines.is_empty() { None } else { Some((end, lines)) }
}

/// Bytes of an escape in double quotes.
fn escape_length(text: &str) -> usize {
    match text.chars().nth(1) {
        Some('x') => 4,
        Some('u')
            if text
                .get(6..)
                .is_some_and(|next| next.starts_with("\\u") && is_high_surrogate(text)) =>
        {
            12
        }
        Some('u') => 6,
        Some('U') => 10,
        Some(c) => 1 + c.len_utf8(),
        None => 1,
    }
}

/// Whether the escape `\uXXXX` is the first half of a pair.
fn is_high_surrogate(text: &str) -> bool {
    let code = text.get(2..6).and_then(|hex| u32::from_str_radix(hex, 16).ok());
    code.is_some_and(|code| (0xD800..0xDC00).contains(&code))
}
