//! Warnings: what checks out and yet is hardly what somebody meant.

mod constant;
mod shadowed;
mod unused;

use std::rc::Rc;

use rustc_hash::FxHashMap;

use super::{TypedPacks, TypedRule};
use crate::diagnostic::{Code, Diagnostic};
use crate::hir::Body;
use crate::metamodel::{KindIdx, Vocabulary};
use crate::pack::{Expression, Pack, Rule};
use crate::source::Span;
use crate::template::Piece;

/// Everything remarkable about packs that check out, in no order.
pub(super) fn warnings(
    vocabulary: &Vocabulary,
    packs: &[Pack],
    typed: &TypedPacks,
) -> Vec<Diagnostic> {
    let mut warnings = unused::warnings(vocabulary, packs, typed);
    let parts = parts(vocabulary, packs, typed);
    for part in &parts {
        constant::warn(part, &mut warnings);
    }
    shadowed::warn(vocabulary, packs, &parts, &mut warnings);
    warnings
}

/// An expression of a pack, as written and as checked.
struct Part<'p> {
    pack: &'p Pack,
    expression: &'p Expression,
    body: &'p Body,
    /// Whether as a whole it is a condition.
    is_condition: bool,
    /// Names that it may use besides those of its packs: a definition's arguments, or a rule's `let`s.
    names: Rc<[&'p str]>,
    /// What these names are.
    names_are: &'static str,
}

impl Part<'_> {
    fn warning(&self, span: Span, code: Code, message: impl Into<String>) -> Diagnostic {
        warning(self.pack, self.expression.map.span(span), code, message)
    }
}

fn warning(pack: &Pack, span: Span, code: Code, message: impl Into<String>) -> Diagnostic {
    Diagnostic::error(code, message, &pack.0.source, span).warning()
}

/// Every expression of every pack.
fn parts<'p>(vocabulary: &Vocabulary, packs: &'p [Pack], typed: &'p TypedPacks) -> Vec<Part<'p>> {
    let mut parts = Vec::new();
    let defined: FxHashMap<(KindIdx, &str), &Body> = typed
        .definitions
        .iter()
        .filter_map(|d| Some(((d.kind, d.name.as_str()), d.body.as_ref()?)))
        .collect();
    for pack in packs {
        for written in &pack.0.definitions {
            let kind = vocabulary.kinds_by_name.get(&written.kind.value).copied();
            let body = kind.and_then(|kind| defined.get(&(kind, written.name.value.as_str())));
            let arguments = written.arguments.iter().flatten();
            parts.extend(body.map(|body| Part {
                pack,
                expression: &written.body,
                body,
                is_condition: false,
                names: arguments.map(|argument| argument.name.value.as_str()).collect(),
                names_are: "argument",
            }));
        }
    }
    for (pack, written, rule) in rules(packs, typed) {
        let names: Rc<[&str]> = written.lets.iter().map(|(name, _)| name.value.as_str()).collect();
        let part = |expression, body, is_condition| Part {
            pack,
            expression,
            body,
            is_condition,
            names: Rc::clone(&names),
            names_are: "`let`",
        };
        for ((_, expression), (_, body)) in written.lets.iter().zip(&rule.lets) {
            parts.push(part(expression, body, false));
        }
        parts
            .extend(written.when.iter().zip(&rule.when).map(|(when, body)| part(when, body, true)));
        parts.push(part(&written.require, &rule.require, true));
        let pieces = written.message.iter().flat_map(|(_, template)| &template.pieces);
        let values = pieces.filter_map(|piece| match piece {
            Piece::Value(expression) => Some(expression),
            Piece::Text(_) => None,
        });
        parts.extend(values.zip(rule.message_values()).map(|(e, body)| part(e, body, false)));
    }
    parts
}

/// Every rule, as written and as checked. Both are in the order of packs and rules.
fn rules<'p>(
    packs: &'p [Pack],
    typed: &'p TypedPacks,
) -> impl Iterator<Item = (&'p Pack, &'p Rule, &'p TypedRule)> {
    let written = packs.iter().flat_map(|pack| pack.0.rules.iter().map(move |rule| (pack, rule)));
    written.zip(&typed.rules).map(|((pack, written), rule)| (pack, written, rule))
}
