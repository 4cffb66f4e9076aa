//! The texts of packs without what no check needs.

/// A pack without comments and without the examples of its rules: two thirds of its text. Lines stay where
/// they are, so that problems are told with the places that the file has.
///
/// Made for the layout that the shipped packs have: one key a line, comments on lines of their own.
///
/// ```
/// let text = "rules:\n  - id: a # the first\n    # Why.\n    examples:\n      - {at: 2026-06-01}\n    tags: []\n";
/// assert_eq!(spelregel_rules::compact(text), "rules:\n  - id: a # the first\n\n\n\n    tags: []\n");
/// ```
#[must_use]
pub fn compact(text: &str) -> String {
    let mut out = String::with_capacity(text.len() / 2);
    // How far the key is indented whose value is left out.
    let mut dropped: Option<usize> = None;
    for line in text.lines() {
        let words = line.trim_start();
        let indent = line.len() - words.len();
        if let Some(key) = dropped
            && !words.is_empty()
            && indent <= key
        {
            dropped = None;
        }
        if words == "examples:" {
            dropped = Some(indent);
        }
        if dropped.is_none() && !words.starts_with('#') {
            out.push_str(line);
        }
        out.push('\n');
    }
    out
}
