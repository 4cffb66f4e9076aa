//! Hashes: of what a report rests on, and the fingerprints by which findings are recognised.

use sha2::{Digest, Sha256};

/// Digits of a fingerprint: enough for millions of findings, short enough to read out.
const DIGITS: usize = 16;

/// SHA-256 in hexadecimal.
pub(crate) fn sha256(text: &str) -> String {
    let mut hex = String::with_capacity(64);
    for byte in Sha256::digest(text.as_bytes()) {
        hex.extend(
            [byte >> 4, byte & 15].map(|digit| char::from_digit(digit.into(), 16).unwrap_or('0')),
        );
    }
    hex
}

/// The fingerprint of a rule's finding about an element, or about the model where there is none.
///
/// `about` tells findings of one built-in rule about one element apart; empty otherwise.
pub(crate) fn fingerprint(rule: &str, element: Option<&str>, about: &str) -> String {
    // None of the parts can hold a line break, so different parts never give one text.
    let text = format!("{rule}\n{}\n{}", element.unwrap_or(""), about.replace('\n', " "));
    sha256(&text).chars().take(DIGITS).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_are_those_of_sha_256() {
        assert_eq!(sha256(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        assert_eq!(
            sha256("abc"),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
    }

    /// Baselines of users hold these: a change here makes every finding look new.
    #[test]
    fn fingerprints_never_change() {
        assert_eq!(fingerprint("slim-invoeren/goal-owned", Some("co2"), ""), "297530f46b1f4e32");
        assert_eq!(
            fingerprint("spelregel/deviation-expired", None, "goal-owned"),
            "4cd815674d4f7113"
        );
    }

    #[test]
    fn every_part_counts() {
        let one = fingerprint("a/b", Some("c"), "");
        assert_eq!(one, fingerprint("a/b", Some("c"), ""));
        assert_ne!(one, fingerprint("a/b", None, "c"));
        assert_ne!(one, fingerprint("a/bc", None, ""));
        assert_ne!(one, fingerprint("a/b", Some("d"), ""));
    }
}
