//! Offsets inside the decoded text of a YAML scalar, back to offsets in the file.

use crate::source::Span;

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
