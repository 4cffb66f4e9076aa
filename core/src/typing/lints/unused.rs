//! What packs define and nothing uses.

use rustc_hash::FxHashSet;

use super::{rules, warning};
use crate::diagnostic::{Code, Diagnostic};
use crate::hir::{Body, Op};
use crate::metamodel::Vocabulary;
use crate::pack::{Pack, Rule};
use crate::typing::used::Used;
use crate::typing::{TypedPacks, TypedRule};

pub(super) fn warnings(
    vocabulary: &Vocabulary,
    packs: &[Pack],
    typed: &TypedPacks,
) -> Vec<Diagnostic> {
    let mut used = Used::default();
    for rule in &typed.rules {
        used.add(typed, rule.conditions().chain(rule.message_values()));
    }
    let parameters: FxHashSet<&str> =
        used.parameters.iter().map(|position| typed.parameters[*position].name.as_str()).collect();
    let taken: FxHashSet<&str> =
        packs.iter().flat_map(|pack| &pack.0.uses).map(|used| used.value.as_str()).collect();
    let mut warnings = Vec::new();
    // What a library defines may be used by packs that aren't at hand.
    let is_library =
        |pack: &Pack| pack.0.rules.is_empty() || taken.contains(pack.0.id.value.as_str());
    for pack in packs.iter().filter(|pack| !is_library(pack)) {
        let mut warn = |what: &str, name: String, span| {
            let message = format!("{what} `{name}` is used by no rule");
            let warning = warning(pack, span, Code::UnusedDefinition, message);
            warnings.push(warning.help("use it or leave it out"));
        };
        for definition in &pack.0.definitions {
            let (kind, name) = (&definition.kind.value, &definition.name);
            if !used.has(vocabulary, kind, &name.value) {
                warn("definition", format!("{kind}.{}", name.value), name.span);
            }
        }
        for path in &pack.0.paths {
            let (kind, name) = (&path.kind.value, &path.name);
            if !used.has(vocabulary, kind, &name.value) {
                warn("path", format!("{kind}.{}", name.value), name.span);
            }
        }
        for parameter in &pack.0.parameters {
            let name = &parameter.name;
            if !parameters.contains(name.value.as_str()) {
                warn("parameter", name.value.clone(), name.span);
            }
        }
    }
    for (pack, written, rule) in rules(packs, typed) {
        lets(pack, written, rule, &mut warnings);
    }
    warnings
}

fn lets(pack: &Pack, written: &Rule, rule: &TypedRule, warnings: &mut Vec<Diagnostic>) {
    let mut used = vec![false; rule.lets.len()];
    let mut waiting: Vec<&Body> =
        rule.when.iter().chain([&rule.require]).chain(rule.message_values()).collect();
    while let Some(body) = waiting.pop() {
        for node in body.nodes.iter() {
            if let Op::Let(position) = node.op
                && let Some(used) = used.get_mut(position)
                && !*used
            {
                *used = true;
                waiting.extend(rule.lets.get(position).map(|(_, body)| body));
            }
        }
    }
    for ((name, _), used) in written.lets.iter().zip(used) {
        if !used {
            let message = format!("`{}` is used by nothing in this rule", name.value);
            let warning = warning(pack, name.span, Code::UnusedDefinition, message);
            warnings.push(warning.help("use it or leave it out"));
        }
    }
}
