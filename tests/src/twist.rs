//! Expressions that are sound and mean something else, made mechanically from one.

use std::collections::BTreeSet;

use crate::tokens::{BACKWARDS, FORWARDS, Token, replaced, tokens, until};

/// How an expression was changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Twist {
    /// A question turned round: the whole, an operand of `&&` or `||`, what is asked of each member.
    Negated,
    /// An operand of `&&` or `||`, or what a `filter` asks, left out.
    Dropped,
    /// `all` in place of `exists`, or the other way round.
    OtherQuantifier,
    /// A whole number one higher or lower, or a comparison with or without the limit itself.
    OffByOne,
}

/// Every text that is the expression with one change, each once. Some are not of the right type.
pub fn twists(text: &str) -> Vec<(Twist, String)> {
    let tokens = tokens(text);
    let mut seen = BTreeSet::from([text.to_owned()]);
    let mut twists = Vec::new();
    let mut add = |twist, changed: Option<String>| {
        if let Some(changed) = changed
            && seen.insert(changed.clone())
        {
            twists.push((twist, changed));
        }
    };
    let span = |part: &[Token<'_>]| Some((part.first()?.start, part.last()?.end()));
    let negated = |part: &[Token<'_>]| {
        let (start, end) = span(part)?;
        replaced(text, start, end, &format!("!({})", text.get(start..end)?))
    };
    add(Twist::Negated, negated(&tokens));
    for (at, token) in tokens.iter().enumerate() {
        let after = tokens.get(at + 1..).unwrap_or(&[]);
        let before = tokens.get(..at).unwrap_or(&[]);
        let swapped = |with: &str| replaced(text, token.start, token.end(), with);
        match token.text {
            "&&" | "||" => {
                let nothing = if token.text == "&&" { "true" } else { "false" };
                let mut left = until(before.iter().rev(), BACKWARDS, ends_operand);
                left.reverse();
                for part in [left, until(after.iter(), FORWARDS, ends_operand)] {
                    let dropped =
                        span(&part).and_then(|(start, end)| replaced(text, start, end, nothing));
                    add(Twist::Dropped, dropped);
                    add(Twist::Negated, negated(&part));
                }
            }
            "all" | "exists" | "exists_one" | "filter" => {
                let [open, variable, comma, body @ ..] = after else { continue };
                if open.text != "(" || !variable.is_name() || comma.text != "," {
                    continue;
                }
                match token.text {
                    "all" => add(Twist::OtherQuantifier, swapped("exists")),
                    "exists" => add(Twist::OtherQuantifier, swapped("all")),
                    _ => {}
                }
                let body = until(body.iter(), FORWARDS, |token| token.text == ",");
                add(Twist::Negated, negated(&body));
                if token.text == "filter" {
                    let dropped =
                        span(&body).and_then(|(start, end)| replaced(text, start, end, "true"));
                    add(Twist::Dropped, dropped);
                }
            }
            "==" => add(Twist::Negated, swapped("!=")),
            "!=" => add(Twist::Negated, swapped("==")),
            "<" => add(Twist::OffByOne, swapped("<=")),
            "<=" => add(Twist::OffByOne, swapped("<")),
            ">" => add(Twist::OffByOne, swapped(">=")),
            ">=" => add(Twist::OffByOne, swapped(">")),
            number => {
                let is_part = |near: Option<&Token<'_>>| near.is_some_and(|t| t.text == ".");
                let Ok(number) = number.parse::<i64>() else { continue };
                if !is_part(before.last()) && !is_part(after.first()) {
                    for other in [number - 1, number + 1] {
                        add(Twist::OffByOne, swapped(&other.to_string()));
                    }
                }
            }
        }
    }
    twists
}

fn ends_operand(token: Token<'_>) -> bool {
    matches!(token.text, "&&" | "||" | "?" | ":" | ",")
}
