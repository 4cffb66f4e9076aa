//! The fingerprints by which findings are recognised.

use crate::digest::sha256;

/// Digits of a fingerprint: enough for millions of findings, short enough to read out.
const DIGITS: usize = 16;

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
