//! What expressions use of what packs define, through other definitions and paths too.

use std::collections::BTreeSet;

use super::TypedPacks;
use crate::hir::{Body, DefinitionIdx, Op, ParameterIdx, PathIdx, Route, Test};
use crate::metamodel::{KindIdx, Vocabulary};
use crate::value::Type;

/// Definitions and paths by kind and name, and parameters.
#[derive(Debug, Default)]
pub(crate) struct Used<'r> {
    names: BTreeSet<(KindIdx, &'r str)>,
    pub(crate) parameters: BTreeSet<ParameterIdx>,
    /// Whether a part of them is a text, or holds some.
    pub(crate) texts: bool,
    /// Bodies that haven't been looked through.
    waiting: Vec<&'r Body>,
}

impl<'r> Used<'r> {
    /// Adds what the bodies use.
    pub(crate) fn add(
        &mut self,
        typed: &'r TypedPacks,
        bodies: impl IntoIterator<Item = &'r Body>,
    ) {
        self.waiting.extend(bodies);
        while let Some(body) = self.waiting.pop() {
            for node in body.nodes.iter() {
                self.texts |= holds_texts(&node.ty);
                match &node.op {
                    Op::Define { definition, .. } => self.define(typed, definition),
                    Op::Path { path, .. } => {
                        for (_, path) in path {
                            self.path(typed, *path);
                        }
                    }
                    Op::Parameter(parameter) => {
                        self.parameters.insert(*parameter);
                    }
                    _ => {}
                }
            }
        }
    }

    fn define(&mut self, typed: &'r TypedPacks, definition: &[(KindIdx, DefinitionIdx)]) {
        for (_, definition) in definition {
            let defined = &typed.definitions[*definition];
            if self.names.insert((defined.kind, &defined.name)) {
                self.waiting.extend(&defined.body);
            }
        }
    }

    fn path(&mut self, typed: &'r TypedPacks, path: PathIdx) {
        let mut waiting = vec![path];
        while let Some(path) = waiting.pop() {
            let defined = &typed.paths[path];
            if self.names.insert((defined.kind, &defined.name)) {
                self.route(typed, &defined.route);
                waiting.extend(&defined.paths);
            }
        }
    }

    fn route(&mut self, typed: &'r TypedPacks, route: &Route) {
        match route {
            Route::Step { .. } => {}
            Route::Sequence(parts) | Route::Alternative(parts) => {
                for part in parts {
                    self.route(typed, part);
                }
            }
            Route::Repeat(part, _) | Route::OfKind(part, _) => self.route(typed, part),
            Route::Where(part, test) => {
                self.route(typed, part);
                if let Test::Definition(definition) = test {
                    self.define(typed, definition);
                }
            }
        }
    }

    pub(crate) fn has(&self, vocabulary: &Vocabulary, kind: &str, name: &str) -> bool {
        vocabulary.kinds_by_name.get(kind).is_some_and(|kind| self.names.contains(&(*kind, name)))
    }
}

fn holds_texts(ty: &Type) -> bool {
    match ty {
        Type::Text => true,
        Type::List(inner) | Type::Optional(inner) => holds_texts(inner),
        Type::Map(key, value) => holds_texts(key) || holds_texts(value),
        _ => false,
    }
}
