//! How deep conditions nest quantifiers: one inside what another asks of each member.

use std::collections::BTreeMap;

use crate::tokens::{FORWARDS, Token, tokens, until};

/// Texts that names stand for. Where several kinds have a definition of a name, there are several.
pub type Named<'t> = BTreeMap<&'t str, Vec<&'t str>>;

/// The depth of `all`, `exists` and `exists_one` in an expression, and in what its names stand for.
pub fn depth(text: &str, named: &Named<'_>) -> usize {
    of(&tokens(text), named)
}

fn of(tokens: &[Token<'_>], named: &Named<'_>) -> usize {
    let mut deepest = 0;
    for (at, token) in tokens.iter().enumerate() {
        let after = tokens.get(at + 1..).unwrap_or(&[]);
        if let ("all" | "exists" | "exists_one", [open, body @ ..]) = (token.text, after)
            && open.text == "("
        {
            let body = until(body.iter(), FORWARDS, |_| false);
            deepest = deepest.max(1 + of(&body, named));
        }
        // What is defined builds on others and never on itself.
        for text in named.get(token.text).into_iter().flatten() {
            let rest: Named<'_> = named
                .iter()
                .filter(|(name, _)| **name != token.text)
                .map(|(n, t)| (*n, t.clone()))
                .collect();
            deepest = deepest.max(depth(text, &rest));
        }
    }
    deepest
}
