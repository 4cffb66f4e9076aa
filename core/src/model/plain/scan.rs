//! Plain JSON, token by token.

use std::borrow::Cow;
use std::ops::Range;

use crate::index::wide;

/// Reads forward through a text. Everything that isn't plain JSON yields `None`.
pub(super) struct Scanner<'t> {
    text: &'t str,
    at: usize,
    /// Values and keys passed so far.
    pub(super) nodes: usize,
}

/// A text in quotes.
#[derive(Debug, Clone)]
pub(super) struct Quoted<'t> {
    /// Between the quotes, as written.
    pub(super) raw: &'t str,
    /// The first byte, after the quote.
    pub(super) start: usize,
    is_escaped: bool,
}

impl<'t> Scanner<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self { text, at: 0, nodes: 0 }
    }

    /// The next byte that is not white space; it stays.
    pub(super) fn peek(&mut self) -> Option<u8> {
        let rest = self.text.as_bytes().get(self.at..)?;
        // A tab isn't plain: YAML does not take it everywhere.
        let blank = rest.iter().position(|byte| !matches!(byte, b' ' | b'\n' | b'\r'))?;
        self.at += blank;
        rest.get(blank).copied()
    }

    /// Passes a byte, if it is the next.
    pub(super) fn take(&mut self, byte: u8) -> bool {
        let is_next = self.peek() == Some(byte);
        self.at += usize::from(is_next);
        is_next
    }

    pub(super) fn expect(&mut self, byte: u8) -> Option<()> {
        self.take(byte).then_some(())
    }

    /// Passes the beginning of a list or mapping.
    pub(super) fn open(&mut self, byte: u8) -> Option<()> {
        self.nodes += 1;
        self.expect(byte)
    }

    /// After an item: whether there is another before the end.
    pub(super) fn more(&mut self, end: u8) -> Option<bool> {
        if self.take(b',') {
            return Some(true);
        }
        self.expect(end).map(|()| false)
    }

    /// Passes a mapping: each key, which may stand there once, with its value by `read`.
    pub(super) fn mapping(
        &mut self,
        mut read: impl FnMut(&mut Self, &'t str) -> Option<()>,
    ) -> Option<()> {
        let mut seen: Vec<&str> = Vec::new();
        self.open(b'{')?;
        let mut more = !self.take(b'}');
        while more {
            let key = self.key()?;
            if seen.contains(&key) {
                return None;
            }
            seen.push(key);
            read(self, key)?;
            more = self.more(b'}')?;
        }
        Some(())
    }

    /// Passes a list, each item by `read`.
    pub(super) fn list(&mut self, mut read: impl FnMut(&mut Self) -> Option<()>) -> Option<()> {
        self.open(b'[')?;
        let mut more = !self.take(b']');
        while more {
            read(self)?;
            more = self.more(b']')?;
        }
        Some(())
    }

    /// Whether nothing more follows.
    pub(super) fn is_at_end(&mut self) -> bool {
        self.peek().is_none()
    }

    /// A text in quotes.
    pub(super) fn quoted(&mut self) -> Option<Quoted<'t>> {
        self.expect(b'"')?;
        self.nodes += 1;
        let start = self.at;
        let (mut is_escaped, mut is_ascii) = (false, true);
        loop {
            let rest = self.text.as_bytes().get(self.at..)?;
            let found = first_special(rest)?;
            self.at += found + 1;
            match rest.get(found) {
                Some(b'"') => break,
                Some(b'\\') => {
                    is_escaped = true;
                    self.at += 1;
                }
                Some(0x80..) => is_ascii = false,
                _ => return None,
            }
        }
        let raw = self.text.get(start..self.at.checked_sub(1)?)?;
        (is_ascii || raw.chars().all(is_plain)).then_some(Quoted { raw, start, is_escaped })
    }

    /// A key, and the colon after it.
    pub(super) fn key(&mut self) -> Option<&'t str> {
        let key = self.quoted()?;
        self.expect(b':')?;
        key.plain()
    }

    /// A number, `true`, `false` or `null`, as written.
    pub(super) fn bare(&mut self) -> Option<&'t str> {
        self.peek()?;
        self.nodes += 1;
        let rest = self.text.get(self.at..)?;
        let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.');
        let length = rest.find(|c| !is_part(c)).unwrap_or(rest.len());
        let word = rest.get(..length)?;
        self.at += length;
        (matches!(word, "true" | "false" | "null") || is_number(word)).then_some(word)
    }

    /// Passes a value of any kind. Yields where it is.
    pub(super) fn skip(&mut self, depth: usize) -> Option<Range<usize>> {
        let first = self.peek()?;
        let start = self.at;
        let depth = depth.checked_sub(1)?;
        match first {
            b'"' => {
                self.quoted()?;
            }
            b'[' => self.list(|scanner| scanner.skip(depth).map(|_| ()))?,
            b'{' => {
                self.open(b'{')?;
                let mut more = !self.take(b'}');
                while more {
                    self.key()?;
                    self.skip(depth)?;
                    more = self.more(b'}')?;
                }
            }
            _ => {
                self.bare()?;
            }
        }
        Some(start..self.at)
    }
}

impl<'t> Quoted<'t> {
    /// The text, where it is written without escapes.
    pub(super) fn plain(&self) -> Option<&'t str> {
        (!self.is_escaped).then_some(self.raw)
    }

    /// The text that is meant.
    pub(super) fn text(&self) -> Option<Cow<'t, str>> {
        if !self.is_escaped {
            return Some(Cow::Borrowed(self.raw));
        }
        let mut text = String::with_capacity(self.raw.len());
        let mut rest = self.raw;
        while let Some((before, after)) = rest.split_once('\\') {
            text.push_str(before);
            let mut characters = after.chars();
            let meant = match characters.next()? {
                quote @ ('"' | '\\' | '/') => quote,
                'n' => '\n',
                't' => '\t',
                'r' => '\r',
                'u' => {
                    let digits = characters.as_str().get(..4)?;
                    let is_hex = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
                    let code = u32::from_str_radix(digits, 16).ok().filter(|_| is_hex)?;
                    characters = characters.as_str().get(4..)?.chars();
                    // Half of a pair is none: pairs are left to the other way.
                    char::from_u32(code).filter(|c| *c >= ' ' && is_plain(*c))?
                }
                _ => return None,
            };
            text.push(meant);
            rest = characters.as_str();
        }
        text.push_str(rest);
        Some(Cow::Owned(text))
    }
}

/// Where the first byte is that isn't simply part of a text: the end of it, the beginning of an escape, or one
/// outside of printable ASCII.
fn first_special(bytes: &[u8]) -> Option<usize> {
    let mut passed = 0;
    let (eights, _) = bytes.as_chunks::<8>();
    for eight in eights {
        let special = special_of(u64::from_le_bytes(*eight));
        if special != 0 {
            return Some(passed + wide(special.trailing_zeros() / 8));
        }
        passed += 8;
    }
    let is_special = |byte: &u8| matches!(byte, b'"' | b'\\' | ..0x20 | 0x7f..);
    let rest = bytes.get(passed..)?;
    rest.iter().position(is_special).map(|found| passed + found)
}

/// Of eight bytes: the highest bit of the first that is special. Bits of later ones say nothing.
fn special_of(bytes: u64) -> u64 {
    const LOW: u64 = 0x0101_0101_0101_0101;
    const HIGH: u64 = 0x8080_8080_8080_8080;
    let is_below = |bytes: u64, limit: u8| bytes.wrapping_sub(LOW * u64::from(limit)) & !bytes;
    let is = |byte: u8| is_below(bytes ^ (LOW * u64::from(byte)), 1);
    (bytes | is_below(bytes, 0x20) | is(b'"') | is(b'\\') | is(0x7f)) & HIGH
}

/// Whether every reader of YAML takes the character as it is.
fn is_plain(c: char) -> bool {
    let is_noncharacter = matches!(u32::from(c) & 0xffff, 0xfffe | 0xffff);
    let is_control = matches!(c, '\u{7f}'..='\u{9f}' | '\u{2028}' | '\u{2029}' | '\u{feff}');
    !is_control && !is_noncharacter
}

/// A number as JSON has it.
fn is_number(word: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let word = word.strip_prefix('-').unwrap_or(word);
    let (word, exponent) = match word.split_once(['e', 'E']) {
        Some((word, exponent)) => (word, Some(exponent)),
        None => (word, None),
    };
    let (whole, fraction) = match word.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (word, None),
    };
    digits(whole)
        && (whole == "0" || !whole.starts_with('0'))
        && fraction.is_none_or(digits)
        && exponent
            .is_none_or(|exponent| digits(exponent.strip_prefix(['+', '-']).unwrap_or(exponent)))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::Value;

    use super::*;

    #[test]
    fn what_is_not_json_is_refused() {
        let refused = [
            "",
            "{",
            "[1,]",
            "[1 2]",
            "{\"a\":1,}",
            "{a:1}",
            "[01]",
            "[+1]",
            "[.5]",
            "[1.]",
            "[1e]",
            "[nul]",
            "[\"\t\"]",
            "\"",
            "[-]",
            "[1]]",
            "[1,\t2]",
        ];
        for text in refused {
            let mut scanner = Scanner::new(text);
            let value = scanner.skip(9).filter(|_| scanner.is_at_end());
            assert_eq!(value, None, "{text}");
        }
        for text in [r#""\x""#, r#""\u12g4""#, r#""\u+123""#, r#""\ud83d\ude00""#] {
            assert_eq!(Scanner::new(text).quoted().unwrap().text(), None, "{text}");
        }
        assert_eq!(Scanner::new(&"[".repeat(100)).skip(9), None);
    }

    proptest! {
        #[test]
        fn the_first_special_byte_is_found(bytes in prop::collection::vec(any::<u8>(), 0..30)) {
            let is_special = |byte: &u8| matches!(byte, b'"' | b'\\' | ..0x20 | 0x7f..);
            prop_assert_eq!(first_special(&bytes), bytes.iter().position(is_special));
            let letters: Vec<u8> = bytes.iter().map(|byte| 0x20 + byte % 0x60).collect();
            prop_assert_eq!(first_special(&letters), letters.iter().position(is_special));
        }

        #[test]
        fn texts_are_those_of_json(text in "\\PC*|[\"\\\\/\n\té]*") {
            let json = serde_json::to_string(&text).unwrap();
            if let Some(read) = Scanner::new(&json).quoted().and_then(|quoted| quoted.text()) {
                prop_assert_eq!(read, text);
            }
        }

        #[test]
        fn whole_values_are_passed(numbers in prop::collection::vec(any::<f64>(), 0..5)) {
            let numbers: Vec<Value> = numbers.into_iter().map(Value::from).collect();
            let json = serde_json::json!({"a": numbers, "b": [true, null, {}, []]}).to_string();
            let mut scanner = Scanner::new(&json);
            prop_assert_eq!(scanner.skip(9), Some(0..json.len()));
        }
    }
}
