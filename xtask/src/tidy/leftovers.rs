//! What was left for later, or switched off.

use super::sources::File;

/// In two pieces each, so that this file does not hold them.
const MARKS: &[(&str, &str)] = &[
    ("TO", "DO"),
    ("FIX", "ME"),
    ("todo", "!("),
    ("unimplemented", "!("),
    ("#[ign", "ore"),
    ("#[should", "_panic"),
    ("mark.", "skip"),
    ("mark.", "xfail"),
    ("test.", "skip("),
    ("test.", "todo("),
    ("it.", "skip("),
    ("it.", "todo("),
];

/// The places where a mark stands.
pub(crate) fn find(files: &[File]) -> Vec<String> {
    let marks: Vec<String> = MARKS.iter().map(|(a, b)| format!("{a}{b}")).collect();
    let in_line = |file: &File, number: usize, line: &str| {
        let mark = marks.iter().find(|mark| line.contains(mark.as_str()))?;
        Some(format!("{}:{}: `{mark}` is left", file.path, number + 1))
    };
    files
        .iter()
        .flat_map(|file| {
            file.text.lines().enumerate().filter_map(|(number, line)| in_line(file, number, line))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<String> {
        find(&[File { path: "a.rs".to_owned(), text: text.to_owned() }])
    }

    #[test]
    fn names_the_line_of_a_mark() {
        let text = format!("fn a() {{}}\n// {}{}: b\n", "TO", "DO");
        assert_eq!(found(&text), [format!("a.rs:2: `{}{}` is left", "TO", "DO")]);
    }

    #[test]
    fn lets_other_lines_be() {
        assert!(found("fn today() {}\n").is_empty());
    }
}
