//! Sources from the bytes of a file.

use std::str;

use super::{Source, Span};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};

/// What some programs put before the text to say that it is UTF-8.
const BYTE_ORDER_MARK: &str = "\u{feff}";

impl Source {
    /// A source from the bytes of a file, which are to be UTF-8.
    ///
    /// ```
    /// use spelregel::Source;
    ///
    /// let source = Source::from_bytes("doelen.yaml", b"goals: []\n")?;
    /// assert_eq!(source.text(), "goals: []\n");
    ///
    /// let problems = Source::from_bytes("doelen.yaml", b"goals:\n  - {id: caf\xe9}\n").unwrap_err();
    /// assert!(problems.to_string().contains("not-utf8"));
    /// # Ok::<(), spelregel::Diagnostics>(())
    /// ```
    ///
    /// # Errors
    /// `not-utf8`, at the first byte that is not part of a character.
    pub fn from_bytes(name: impl Into<String>, bytes: &[u8]) -> Result<Self, Diagnostics> {
        match str::from_utf8(bytes) {
            Ok(text) => Ok(Self::new(name, text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(text))),
            Err(error) => {
                let sound = bytes.get(..error.valid_up_to()).unwrap_or_default();
                let source = Self::new(name, String::from_utf8_lossy(sound));
                let end = Span::new(sound.len(), sound.len());
                let message = "the text is not UTF-8: a byte here belongs to no character";
                Err(Diagnostic::error(Code::NotUtf8, message, &source, end)
                    .help("save the file with the encoding UTF-8")
                    .into())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bad_byte_has_a_place() {
        let Err(problems) = Source::from_bytes("a.yaml", b"goals:\n  - {id: caf\xe9}\n") else {
            panic!("bytes that are not UTF-8 were taken");
        };
        let places: Vec<_> = problems
            .iter()
            .flat_map(|problem| &problem.labels)
            .map(|label| label.source.position(label.span.start))
            .map(|position| (position.line, position.column))
            .collect();
        assert_eq!(places, [(2, 13)]);
    }

    #[test]
    fn a_byte_order_mark_is_no_text() {
        let source = Source::from_bytes("a.yaml", b"\xef\xbb\xbfgoals: []\n");
        assert_eq!(source, Ok(Source::new("a.yaml", "goals: []\n")));
    }
}
