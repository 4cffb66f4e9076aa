//! Offsets inside the decoded text of a YAML scalar, back to offsets in the file.

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
    /// The map of a scalar that stands at `span`.
    ///
    /// Walks both texts side by side: what is equal runs in step; quotes, escapes, indentation and folded
    /// line breaks are where they drift apart, and a piece starts.
    pub(crate) fn of(source: &Source, span: Span, scalar: &Scalar) -> Self {
        let written = source.slice(span);
        let mut walk = Walk {
            written,
            at: header_length(written, scalar.style),
            pieces: Vec::new(),
            base: span.start,
        };
        for (offset, c) in scalar.text.char_indices() {
            walk.step(offset, c, scalar.style);
        }
        if walk.pieces.is_empty() {
            walk.piece(0);
        }
        let end = match scalar.style {
            Style::SingleQuoted | Style::DoubleQuoted => span.end.saturating_sub(1),
            Style::Plain | Style::Literal | Style::Folded => span.end,
        };
        Self { pieces: walk.pieces, end: end.max(span.start) }
    }

    /// The source offset of a decoded offset.
    pub(crate) fn offset(&self, decoded: u32) -> u32 {
        let after = self.pieces.partition_point(|(start, _)| *start <= decoded);
        let Some((start, source)) = after.checked_sub(1).and_then(|i| self.pieces.get(i)) else {
            return self.end;
        };
        source.saturating_add(decoded - start).min(self.end)
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

    /// The map of a part of the decoded text that starts at `offset`.
    pub(crate) fn from(&self, offset: u32) -> Self {
        let mut pieces = vec![(0, self.offset(offset))];
        pieces.extend(
            self.pieces.iter().filter(|(start, _)| *start > offset).map(|(s, f)| (s - offset, *f)),
        );
        Self { pieces, end: self.end }
    }
}

/// The quote, or the line with the block's marker.
fn header_length(written: &str, style: Style) -> usize {
    match style {
        Style::Plain => 0,
        Style::SingleQuoted | Style::DoubleQuoted => 1,
        Style::Literal | Style::Folded => written.find('\n').map_or(written.len(), |end| end + 1),
    }
}

struct Walk<'t> {
    written: &'t str,
    /// Bytes of the written text that have been passed.
    at: usize,
    pieces: Vec<(u32, u32)>,
    /// Where the written text starts in the source.
    base: u32,
}

impl Walk<'_> {
    fn rest(&self) -> &str {
        self.written.get(self.at..).unwrap_or("")
    }

    /// Lets a piece start here, where the last one doesn't run on to here by itself.
    fn piece(&mut self, decoded: usize) {
        let here = Span::new(decoded, self.at);
        let (decoded, source) = (here.start, self.base.saturating_add(here.end));
        let runs_on =
            self.pieces.last().is_some_and(|(d, s)| decoded - d == source.saturating_sub(*s));
        if !runs_on {
            self.pieces.push((decoded, source));
        }
    }

    /// Passes what was written for one decoded character.
    fn step(&mut self, decoded: usize, c: char, style: Style) {
        if style == Style::DoubleQuoted {
            self.skip_joined_lines();
            if self.rest().starts_with('\\') {
                self.piece(decoded);
                self.at += escape_length(self.rest());
                return;
            }
        }
        if !self.rest().starts_with(c) {
            if (c == ' ' || c == '\n')
                && self.rest().trim_start_matches([' ', '\t', '\r']).starts_with('\n')
            {
                // A folded line break, or one after blanks that don't count.
                self.pass_blanks();
                self.piece(decoded);
                self.at += 1;
                return;
            }
            // Indentation, further line breaks of a fold.
            let skipped = self.rest().len() - self.rest().trim_start().len();
            if self.rest().trim_start().starts_with(c) {
                self.at += skipped;
            }
        }
        self.piece(decoded);
        if self.rest().starts_with(c) {
            self.at += c.len_utf8();
            // In single quotes a quote is written twice.
            if style == Style::SingleQuoted && c == '\'' {
                self.at += 1;
            }
        }
    }

    fn pass_blanks(&mut self) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start_matches([' ', '\t', '\r']).len();
    }

    /// Passes a backslash at the end of a line, which joins it to the next without its indentation.
    fn skip_joined_lines(&mut self) {
        while let Some(rest) =
            self.rest().strip_prefix("\\\n").or_else(|| self.rest().strip_prefix("\\\r\n"))
        {
            let left = rest.trim_start_matches([' ', '\t']).len();
            self.at = self.written.len() - left;
        }
    }
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
