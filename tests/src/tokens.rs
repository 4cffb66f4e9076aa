//! Texts of the rule language as tokens, for tests that change them mechanically.

/// A small part of a text of the rule language: where it is and what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token<'t> {
    /// Its place in the text, in bytes.
    pub start: usize,
    /// What is written there.
    pub text: &'t str,
}

impl Token<'_> {
    /// Where it ends, in bytes.
    pub fn end(self) -> usize {
        self.start + self.text.len()
    }

    /// Whether it names something.
    pub fn is_name(self) -> bool {
        self.text.starts_with(|c: char| c.is_alphabetic() || c == '_')
            && !matches!(self.text, "in" | "true" | "false")
    }

    /// Whether it compares what stands on both sides.
    pub fn is_comparison(self) -> bool {
        matches!(self.text, "==" | "!=" | "<" | "<=" | ">" | ">=" | "in")
    }
}

/// The tokens of a text, without the space between.
pub fn tokens(text: &str) -> Vec<Token<'_>> {
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

/// The tokens, forwards or backwards, up to one outside brackets at which something else begins.
pub fn until<'t, 'a>(
    tokens: impl Iterator<Item = &'a Token<'t>>,
    (opening, closing): (&str, &str),
    ends: impl Fn(Token<'t>) -> bool,
) -> Vec<Token<'t>>
where
    't: 'a,
{
    let mut depth = 0_usize;
    let mut taken = Vec::new();
    for token in tokens {
        if opening.contains(token.text) {
            depth += 1;
        } else if closing.contains(token.text) {
            if depth == 0 {
                break;
            }
            depth -= 1;
        } else if depth == 0 && ends(*token) {
            break;
        }
        taken.push(*token);
    }
    taken
}

/// The brackets in the order in which reading forwards meets them.
pub const FORWARDS: (&str, &str) = ("([{", ")]}");
/// The brackets in the order in which reading backwards meets them.
pub const BACKWARDS: (&str, &str) = (")]}", "([{");

/// The text with another one in place of a part of it.
pub fn replaced(text: &str, start: usize, end: usize, with: &str) -> Option<String> {
    Some(format!("{}{with}{}", text.get(..start)?, text.get(end..)?))
}
