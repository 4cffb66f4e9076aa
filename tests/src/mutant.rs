//! Expressions with one mistake each, made mechanically from a sound one.

use std::collections::BTreeSet;

use crate::tokens::{BACKWARDS, FORWARDS, Token, replaced, tokens, until};

/// How an expression was changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Change {
    /// A letter too many in a name.
    Misspelt,
    /// A value of one enumeration in place of one of another.
    OtherEnumeration,
    /// A call with an argument less.
    ArgumentDropped,
    /// A comparison with a literal of another type.
    WrongType,
    /// A comparison with both sides alike.
    ComparedWithItself,
    /// `true` in place of an operand of `&&` or `||`.
    AlwaysTrue,
}

/// Functions that take one argument more or less: without it the rule is another one, and no mistake.
const VARYING: &[&str] = &["of", "is", "join", "greatest", "least", "map"];

/// Every text with one mistake in it. Those of a comparison with the wrong type come in groups, of which one
/// may be of the right type.
pub fn mutants(text: &str, values: &[(String, String)]) -> Vec<(Change, Vec<String>)> {
    let tokens = tokens(text);
    let mut mutants = Vec::new();
    let mut add = |change, texts: Vec<Option<String>>| {
        mutants.push((change, texts.into_iter().flatten().collect::<Vec<_>>()));
    };
    for (at, token) in tokens.iter().enumerate() {
        let after = tokens.get(at + 1..).unwrap_or(&[]);
        let before = tokens.get(..at).unwrap_or(&[]);
        if token.is_name() {
            let middle = token.text.len() / 2 + 1;
            let at = token.start + middle.min(token.text.len());
            add(Change::Misspelt, vec![replaced(text, at, at, "q")]);
        }
        if let [dot, value, ..] = after
            && dot.text == "."
            && values.iter().any(|(e, v)| e == token.text && v == value.text)
        {
            for (other, name) in values.iter().filter(|(other, _)| other != token.text) {
                let with = format!("{other}.{name}");
                add(
                    Change::OtherEnumeration,
                    vec![replaced(text, token.start, value.end(), &with)],
                );
            }
        }
        if token.text == "(" && before.last().is_some_and(|name| name.is_name()) {
            let name = before.last().map_or("", |name| name.text);
            let mut start = at + 1;
            loop {
                let rest = tokens.get(start..).unwrap_or(&[]);
                let argument = argument(rest);
                let (Some(first), Some(next)) = (argument.first(), rest.get(argument.len())) else {
                    break;
                };
                let last = next.text != ",";
                let begin = match tokens.get(start - 1) {
                    Some(comma) if last && comma.text == "," => comma.start,
                    _ => first.start,
                };
                let end = if last { next.start } else { next.end() };
                if !VARYING.contains(&name) {
                    add(Change::ArgumentDropped, vec![replaced(text, begin, end, "")]);
                }
                if last {
                    break;
                }
                start += argument.len() + 1;
            }
        }
        if token.is_comparison() {
            let right = until(after.iter(), FORWARDS, ends_operand);
            let mut left = until(before.iter().rev(), BACKWARDS, ends_operand);
            left.reverse();
            let (Some(l), Some(r), Some(end)) = (left.first(), right.first(), right.last()) else {
                continue;
            };
            let literals = ["'a'", "1", "true", "today", "days(1)", "[['a']]"];
            let wrong = literals.iter().map(|literal| {
                let literal =
                    if token.text == "in" { format!("[{literal}]") } else { (*literal).to_owned() };
                replaced(text, r.start, end.end(), &literal)
            });
            add(Change::WrongType, wrong.collect());
            let itself = left.last().and_then(|last| text.get(l.start..last.end()));
            if let (Some(itself), false) = (itself, token.text == "in") {
                add(Change::ComparedWithItself, vec![replaced(text, r.start, end.end(), itself)]);
            }
        }
        if matches!(token.text, "&&" | "||")
            && let Some(next) = after.first()
        {
            // Comparisons bind more: the operand ends where they don't go on.
            let mut end = next.end();
            let mut rest = after;
            loop {
                let part = until(rest.iter(), FORWARDS, ends_operand);
                end = part.last().map_or(end, |last| last.end());
                match rest.get(part.len()) {
                    Some(more) if more.is_comparison() => {
                        rest = rest.get(part.len() + 1..).unwrap_or(&[]);
                    }
                    _ => break,
                }
            }
            add(Change::AlwaysTrue, vec![replaced(text, next.start, end, "true")]);
        }
    }
    mutants
}

/// Whether something begins that binds less than an operand of a comparison.
fn ends_operand(token: Token<'_>) -> bool {
    token.is_comparison() || matches!(token.text, "&&" | "||" | "?" | ":" | ",")
}

/// The tokens of an argument at the start of these.
fn argument<'t>(tokens: &[Token<'t>]) -> Vec<Token<'t>> {
    until(tokens.iter(), FORWARDS, |token| token.text == ",")
}

/// The values of enumerations that expressions name: enumeration and value, each once.
pub fn enumeration_values<'t>(texts: impl IntoIterator<Item = &'t str>) -> Vec<(String, String)> {
    let mut values = BTreeSet::new();
    for text in texts {
        for part in tokens(text).windows(3) {
            if let [name, dot, value] = part
                && dot.text == "."
                && value.is_name()
                && name.text.starts_with(char::is_uppercase)
            {
                values.insert((name.text.to_owned(), value.text.to_owned()));
            }
        }
    }
    values.into_iter().collect()
}
