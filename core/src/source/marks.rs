//! Where lines begin, and how many characters lie before a place: counted once, in pieces.
//!
//! After that only the pieces at both ends are looked at, however long a text or a line is: JSON that a program
//! wrote is one line.

/// Bytes of a piece.
const PIECE: usize = 1024;

/// What lies before each piece of a text.
#[derive(Debug)]
pub(super) struct Marks(Vec<Mark>);

/// How much a part of a text holds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Mark {
    /// Ends of lines.
    pub(super) lines: u32,
    pub(super) characters: u32,
    /// Those of four bytes, which are two units of UTF-16.
    pub(super) long: u32,
}

impl Mark {
    /// Of a part of UTF-8. A character counts where it begins.
    fn of(bytes: &[u8]) -> Self {
        let mut all = Self::default();
        // Small enough that a byte can count them, which compilers turn into a few wide steps.
        for part in bytes.chunks(128) {
            let (mut lines, mut characters, mut long) = (0_u8, 0_u8, 0_u8);
            for byte in part {
                lines = lines.wrapping_add(u8::from(*byte == b'\n'));
                characters = characters.wrapping_add(u8::from(byte & 0xC0 != 0x80));
                long = long.wrapping_add(u8::from(*byte >= 0xF0));
            }
            all = all.and(Self {
                lines: lines.into(),
                characters: characters.into(),
                long: long.into(),
            });
        }
        all
    }

    fn and(self, other: Self) -> Self {
        Self {
            lines: self.lines.saturating_add(other.lines),
            characters: self.characters.saturating_add(other.characters),
            long: self.long.saturating_add(other.long),
        }
    }

    /// What comes after the other, which is a beginning of this.
    pub(super) fn after(self, other: Self) -> Self {
        Self {
            lines: self.lines.saturating_sub(other.lines),
            characters: self.characters.saturating_sub(other.characters),
            long: self.long.saturating_sub(other.long),
        }
    }
}

impl Marks {
    pub(super) fn of(text: &str) -> Self {
        let pieces = text.as_bytes().chunks(PIECE).scan(Mark::default(), |before, piece| {
            Some(std::mem::replace(before, before.and(Mark::of(piece))))
        });
        Self(pieces.collect())
    }

    /// What lies before an offset.
    pub(super) fn before(&self, text: &str, offset: usize) -> Mark {
        // The end of the text may be where another piece would begin.
        let piece = (offset / PIECE).min(self.0.len().saturating_sub(1));
        let rest = text.as_bytes().get(piece * PIECE..offset).map(Mark::of);
        self.0.get(piece).copied().unwrap_or_default().and(rest.unwrap_or_default())
    }

    /// Where a line begins; lines count from 1.
    pub(super) fn start_of(&self, text: &str, line: u32) -> Option<usize> {
        let ends = line.checked_sub(1)?;
        if ends == 0 {
            return Some(0);
        }
        // The end of the line before is in the last piece before which there are fewer.
        let piece = self.0.partition_point(|mark| mark.lines < ends).checked_sub(1)?;
        let mut missing = ends - self.0.get(piece)?.lines;
        let bytes = text.as_bytes().get(piece * PIECE..)?;
        let end = bytes.iter().take(PIECE).position(|byte| {
            missing -= u32::from(*byte == b'\n');
            missing == 0
        });
        Some(piece * PIECE + end? + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Held against counting from the beginning, over lines and characters that cross the ends of pieces.
    #[test]
    fn places_are_those_that_counting_from_the_beginning_gives() {
        let long = "é😀x".repeat(700);
        for text in ["", "a", "\n", "a\n\nb\r\n", &long, &format!("{long}\n{long}\n\n{long}\n")] {
            let marks = Marks::of(text);
            let offsets = text.char_indices().map(|(offset, _)| offset).chain([text.len()]);
            for offset in offsets {
                assert_eq!(marks.before(text, offset), Mark::of(&text.as_bytes()[..offset]));
            }
            let ends = text.match_indices('\n').map(|(end, _)| end + 1);
            let starts: Vec<usize> = [0].into_iter().chain(ends).collect();
            for (line, start) in (1..).zip(&starts) {
                assert_eq!(marks.start_of(text, line), Some(*start));
            }
            let lines = u32::try_from(starts.len()).unwrap();
            assert_eq!(marks.start_of(text, lines + 1), None);
            assert_eq!(marks.start_of(text, 0), None);
        }
    }
}
