//! Source texts, spans in them, and the positions that people and editors use.

mod bytes;
mod grid;
mod marks;
pub(crate) mod scalar;

use std::fmt;
use std::sync::{Arc, OnceLock};

pub(crate) use self::grid::{Cell, Grid};
use self::marks::{Mark, Marks};

/// A named text: a model document, a pack, a metamodel or settings.
///
/// Cheap to clone. The name is only shown to people; nothing is read from it.
///
/// ```
/// let source = spelregel::Source::new("klimaat.yaml", "spelregel: 1\ngoals: []\n");
/// assert_eq!(source.position(13).line, 2);
/// ```
#[derive(Clone)]
pub struct Source(Arc<Inner>);

struct Inner {
    name: String,
    text: String,
    /// Counted when a place is first asked for.
    marks: OnceLock<Marks>,
    /// Of a table: how its rows and columns are counted and called. Its text is empty.
    grid: Option<Grid>,
}

impl Source {
    /// A source with the given name and text.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        let (name, text, marks) = (name.into(), text.into(), OnceLock::new());
        Self(Arc::new(Inner { name, text, marks, grid: None }))
    }

    /// A table as a source of problems: spans in it are cells.
    pub(crate) fn of_table(name: impl Into<String>, grid: Grid) -> Self {
        let (name, text, marks) = (name.into(), String::new(), OnceLock::new());
        Self(Arc::new(Inner { name, text, marks, grid: Some(grid) }))
    }

    /// How rows and columns are counted, where it is a table.
    pub(crate) fn grid(&self) -> Option<&Grid> {
        self.0.grid.as_ref()
    }

    /// Where a span starts and ends.
    pub(crate) fn ends(&self, span: Span) -> (Position, Position) {
        match self.grid() {
            Some(grid) => (grid.position(span), grid.position(span)),
            None => (self.position(span.start), self.position(span.end)),
        }
    }

    /// The name under which it is shown.
    pub fn name(&self) -> &str {
        &self.0.name
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        &self.0.text
    }

    /// The text that a span covers; empty where the span lies outside.
    pub fn slice(&self, span: Span) -> &str {
        self.0.text.get(span.range()).unwrap_or("")
    }

    /// Line and column of a byte offset; an offset past the end is that of the end.
    pub fn position(&self, offset: u32) -> Position {
        let text = self.text();
        let offset = usize::try_from(offset).unwrap_or(usize::MAX).min(text.len());
        let before = self.marks().before(text, offset);
        let line = before.lines.saturating_add(1);
        let start = self.marks().start_of(text, line).unwrap_or(0);
        let Mark { characters, long, .. } = before.after(self.marks().before(text, start));
        let column = characters.saturating_add(1);
        let units = before.characters.saturating_add(before.long);
        Position {
            offset: u32::try_from(offset).unwrap_or(u32::MAX),
            offset_utf16: units,
            line,
            column,
            column_utf16: column.saturating_add(long),
        }
    }

    /// The byte offset before which so many units of UTF-16 stand; in the middle of a character, that of the
    /// character, and past the end, that of the end.
    ///
    /// ```
    /// let source = spelregel::Source::new("a.yaml", "é: 🌱\nb: 1\n");
    /// assert_eq!(source.text().find("b:"), Some(9));
    /// assert_eq!(source.position(9).offset_utf16, 6);
    /// assert_eq!(source.byte_offset(6), 9);
    /// ```
    pub fn byte_offset(&self, utf16: u32) -> u32 {
        let mut left = utf16;
        let mut offset = 0_usize;
        for c in self.text().chars() {
            let units = if c.len_utf8() == 4 { 2 } else { 1 };
            if left < units {
                break;
            }
            left -= units;
            offset += c.len_utf8();
        }
        u32::try_from(offset).unwrap_or(u32::MAX)
    }

    /// What places are found by: counted once for a text.
    pub(crate) fn count(&self) {
        self.marks();
    }

    fn marks(&self) -> &Marks {
        self.0.marks.get_or_init(|| Marks::of(&self.0.text))
    }

    /// The line of a byte offset, from 1.
    #[cfg(feature = "excerpts")]
    pub(crate) fn line_of(&self, offset: u32) -> u32 {
        let offset = usize::try_from(offset).unwrap_or(usize::MAX).min(self.0.text.len());
        self.marks().before(&self.0.text, offset).lines.saturating_add(1)
    }

    /// Where a line stands, without its end.
    #[cfg(feature = "excerpts")]
    pub(crate) fn line_span(&self, line: u32) -> Option<Span> {
        let start_of = |line| self.marks().start_of(&self.0.text, line);
        let start = start_of(line)?;
        let end = start_of(line.saturating_add(1)).unwrap_or(self.0.text.len());
        let line = self.0.text.get(start..end)?.trim_end_matches(['\n', '\r']);
        Some(Span::new(start, start + line.len()))
    }
}

impl fmt::Debug for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Source").field("name", &self.0.name).finish_non_exhaustive()
    }
}

/// Two sources are equal when their names and texts are.
impl PartialEq for Source {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
            || (self.0.name == other.0.name
                && self.0.text == other.0.text
                && self.0.grid == other.0.grid)
    }
}

impl Eq for Source {}

/// A place in a source, in the units that people and editors count in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Position {
    /// Bytes of UTF-8 from the start of the text, from 0.
    pub offset: u32,
    /// Units of UTF-16 from the start of the text, from 0: what JavaScript counts.
    pub offset_utf16: u32,
    /// Line, from 1.
    pub line: u32,
    /// Column in Unicode characters, from 1.
    pub column: u32,
    /// Column in UTF-16 code units, from 1: what JavaScript editors count.
    pub column_utf16: u32,
}

/// A range of bytes in a source, half open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The span from `start` to `end`, offsets in bytes.
    pub fn new(start: usize, end: usize) -> Self {
        Self {
            start: u32::try_from(start).unwrap_or(u32::MAX),
            end: u32::try_from(end).unwrap_or(u32::MAX),
        }
    }

    /// The offsets as a range, to take a part of a text with.
    pub(crate) fn range(self) -> std::ops::Range<usize> {
        let offset = |offset: u32| usize::try_from(offset).unwrap_or(usize::MAX);
        offset(self.start)..offset(self.end)
    }

    /// The smallest span that covers both.
    #[must_use]
    pub fn to(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }
}
