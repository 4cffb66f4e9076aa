//! Names that hide others.

use rustc_hash::FxHashMap;

use super::{Part, warning};
use crate::cel::ast::{Ast, ExprIdx, ExprKind};
use crate::diagnostic::{Code, Diagnostic};
use crate::metamodel::Vocabulary;
use crate::pack::Pack;
use crate::source::Span;
use crate::typing::functions::{MACROS, NAMESPACES};

/// Variables of macros, arguments of definitions and `let`s that hide another name.
pub(super) fn warn(
    vocabulary: &Vocabulary,
    packs: &[Pack],
    parts: &[Part<'_>],
    warnings: &mut Vec<Diagnostic>,
) {
    let owners: FxHashMap<&str, &Pack> = packs
        .iter()
        .flat_map(|pack| pack.0.parameters.iter().map(move |p| (p.name.value.as_str(), pack)))
        .collect();
    let names = Names { vocabulary, owners };
    for part in parts {
        names.variables(part, warnings);
    }
    for pack in packs {
        let arguments = pack.0.definitions.iter().flat_map(|d| d.arguments.iter().flatten());
        let arguments = arguments.map(|argument| &argument.name);
        let lets = pack.0.rules.iter().flat_map(|rule| &rule.lets).map(|(name, _)| name);
        for name in arguments.chain(lets) {
            if let Some(hidden) = names.hidden_by(&name.value, pack) {
                let message = format!("`{}` hides {hidden}", name.value);
                let warning = warning(pack, name.span, Code::ShadowedName, message);
                warnings.push(warning.help("choose another name"));
            }
        }
    }
}

/// What names mean where no variable has them.
struct Names<'n> {
    vocabulary: &'n Vocabulary,
    /// By parameter: the pack that has it.
    owners: FxHashMap<&'n str, &'n Pack>,
}

impl Names<'_> {
    fn variables(&self, part: &Part<'_>, warnings: &mut Vec<Diagnostic>) {
        let mut walk = Walk { ast: &part.expression.ast, variables: Vec::new(), found: Vec::new() };
        walk.expr(part.expression.ast.root);
        for (name, span, is_variable) in walk.found {
            let hidden = if is_variable {
                Some("the variable of that name around it".to_owned())
            } else if part.names.contains(&name) {
                Some(format!("the {} of that name", part.names_are))
            } else {
                self.hidden_by(name, part.pack)
            };
            if let Some(hidden) = hidden {
                warnings.push(
                    part.warning(span, Code::ShadowedName, format!("`{name}` hides {hidden}"))
                        .help("choose another name for the variable"),
                );
            }
        }
    }

    fn hidden_by(&self, name: &str, pack: &Pack) -> Option<String> {
        if let Some(owner) = self.owners.get(name)
            && let id = &owner.0.id.value
            && (*id == pack.0.id.value || pack.0.uses.iter().any(|used| used.value == *id))
        {
            return Some(format!("the parameter of that name in pack `{id}`"));
        }
        if self.vocabulary.enumerations_by_name.contains_key(name) {
            return Some("the enumeration of that name".to_owned());
        }
        if self.vocabulary.kinds_by_name.contains_key(name) {
            return Some("the kind of that name".to_owned());
        }
        NAMESPACES.contains(&name).then(|| format!("the functions `{name}.…`"))
    }
}

/// A walk through an expression that knows which variables there are.
struct Walk<'a> {
    ast: &'a Ast,
    variables: Vec<&'a str>,
    /// Every variable: its name, where it is introduced, and whether one around it has the name.
    found: Vec<(&'a str, Span, bool)>,
}

impl Walk<'_> {
    fn expr(&mut self, at: ExprIdx) {
        let ast = self.ast;
        let ExprKind::Call { receiver: Some(receiver), function, args, .. } = &ast.exprs[at].kind
        else {
            for child in ast.exprs[at].kind.children() {
                self.expr(child);
            }
            return;
        };
        let is_bind = matches!(&ast.exprs[*receiver].kind, ExprKind::Ident(name) if name == "cel");
        let variable = args.first().and_then(|first| match &ast.exprs[*first].kind {
            ExprKind::Ident(name) => Some((name.as_str(), ast.exprs[*first].span)),
            _ => None,
        });
        self.expr(*receiver);
        // `x.is(Person)` and `xs.of(Person)` name a kind there.
        let (Some((name, span)), Some((_, rest)), true) = (
            variable,
            args.split_first(),
            is_bind
                || MACROS.contains(&function.as_str()) && !matches!(function.as_str(), "is" | "of"),
        ) else {
            for arg in args {
                self.expr(*arg);
            }
            return;
        };
        self.found.push((name, span, self.variables.contains(&name)));
        // The value that `cel.bind` gives to its variable doesn't see it.
        let (before, inside) =
            if is_bind { rest.split_at(rest.len().min(1)) } else { (&[][..], rest) };
        for arg in before {
            self.expr(*arg);
        }
        self.variables.push(name);
        for arg in inside {
            self.expr(*arg);
        }
        self.variables.pop();
    }
}
