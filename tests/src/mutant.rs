//! Expressions with one mistake each, made mechanically from a sound one.

use std::collections::BTreeSet;

/// A small part of a text of the rule language: where it is and what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Token<'t> {
    start: usize,
    text: &'t str,
}

impl Token<'_> {
    fn end(self) -> usize {
        self.start + self.text.len()
    }

    fn is_name(self) -> bool {
        self.text.starts_with(|c: char| c.is_alphabetic() || c == '_')
            && !matches!(self.text, "in" | "true" | "false")
    }

    fn is_comparison(self) -> bool {
        matches!(self.text, "==" | "!=" | "<" | "<=" | ">" | ">=" | "in")
    }
}

fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let is_word = |c: char| c.is_alphanumeric() || c == '_';
        let length = if first == '"' || first == '\'' {
            rest.chars()
                .skip(1)
                .position(|c| c == first)
                .map_or(rest.len(), |end| rest.chars().take(end + 2).map(char::len_utf8).sum())
        } else if is_word(first) {
            rest.find(|c: char| !is_word(c)).unwrap_or(rest.len())
        } else if ["==", "!=", "<=", ">=", "&&", "||", ".?"].iter().any(|o| rest.starts_with(o)) {
            2
        } else {
            first.len_utf8()
        };
        let (token, after) = rest.split_at(length);
        if !first.is_whitespace() {
            tokens.push(Token { start: text.len() - rest.len(), text: token });
        }
        rest = after;
    }
    tokens
}

/// The part of an expression that goes on from a token, forwards or backwards, to where something that binds
/// less begins; without the token.
fn operand<'t, 'a>(
    tokens: impl Iterator<Item = &'a Token<'t>>,
    opening: &str,
    closing: &str,
) -> Vec<Token<'t>>
where
    't: 'a,
{
    let mut depth = 0_usize;
    let mut operand = Vec::new();
    for token in tokens {
        if opening.contains(token.text) {
            depth += 1;
        } else if closing.contains(token.text) {
            if depth == 0 {
                break;
            }
            depth -= 1;
        } else if depth == 0
            && (token.is_comparison() || matches!(token.text, "&&" | "||" | "?" | ":" | ","))
        {
            break;
        }
        operand.push(*token);
    }
    operand
}

fn replaced(text: &str, start: usize, end: usize, with: &str) -> Option<String> {
    Some(format!("{}{with}{}", text.get(..start)?, text.get(end..)?))
}

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
            let right = operand(after.iter(), "([{", ")]}");
            let mut left = operand(before.iter().rev(), ")]}", "([{");
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
                let part = operand(rest.iter(), "([{", ")]}");
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

/// The tokens of an argument at the start of these.
fn argument<'a, 't>(tokens: &'a [Token<'t>]) -> &'a [Token<'t>] {
    let mut depth = 0_usize;
    for (at, token) in tokens.iter().enumerate() {
        match token.text {
            "(" | "[" | "{" => depth += 1,
            ")" | "]" | "}" if depth == 0 => return tokens.get(..at).unwrap_or(&[]),
            ")" | "]" | "}" => depth -= 1,
            "," if depth == 0 => return tokens.get(..at).unwrap_or(&[]),
            _ => {}
        }
    }
    &[]
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
