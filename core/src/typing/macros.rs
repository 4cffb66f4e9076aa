//! Typing macros: quantifiers and comprehensions, `cel.bind`, and tests of kinds.

use super::expression::{Typer, Variable};
use super::types::orderable;
use crate::cel::ast::{ExprIdx, ExprKind};
use crate::diagnostic::Code;
use crate::hir::{HirIdx, Op, Quantifier};
use crate::metamodel::KindSet;
use crate::source::Span;
use crate::suggest::nearest;
use crate::value::Type;

impl Typer<'_, '_> {
    pub(super) fn bind(
        &mut self,
        function: &str,
        function_span: Span,
        args: &[ExprIdx],
        span: Span,
    ) -> Option<HirIdx> {
        let [variable, value, body] = args else {
            let problem = self
                .problem(
                    function_span,
                    Code::WrongArguments,
                    "`cel.bind` takes a name, its value and an expression",
                )
                .help("write `cel.bind(x, value, expression)`");
            return self.fail(problem);
        };
        if function != "bind" {
            let problem = self
                .problem(
                    function_span,
                    Code::UnknownFunction,
                    format!("there is no function `cel.{function}`"),
                )
                .suggest(nearest(function, ["bind"]));
            return self.fail(problem);
        }
        let value = self.expr(*value);
        let name = self.variable_name(*variable)?;
        let value = value?;
        let slot = self.new_slot();
        let body =
            self.with_variable(name, self.ty(value).clone(), slot, |typer| typer.expr(*body))?;
        let ty = self.ty(body).clone();
        Some(self.node(Op::Bind { slot, value, body }, ty, span, &[value, body]))
    }

    pub(super) fn variable_name(&mut self, expr: ExprIdx) -> Option<String> {
        if let ExprKind::Ident(name) = &self.ast().exprs[expr].kind
            && !name.starts_with('.')
        {
            if matches!(name.as_str(), "self" | "today" | "gate" | "model") {
                let problem = self
                    .problem(
                        self.span(expr),
                        Code::DuplicateName,
                        format!("`{name}` always means the same"),
                    )
                    .help("choose another name for the variable");
                return self.fail(problem);
            }
            return Some(name.clone());
        }
        let problem = self
            .problem(
                self.span(expr),
                Code::WrongArguments,
                "the first argument must be the name of a variable",
            )
            .help("write `xs.all(x, condition on x)`");
        self.fail(problem)
    }

    pub(super) fn with_variable<T>(
        &mut self,
        name: String,
        ty: Type,
        slot: usize,
        inside: impl FnOnce(&mut Self) -> T,
    ) -> T {
        self.scope.push((Variable::new(name, ty), slot));
        let result = inside(self);
        self.scope.pop();
        result
    }

    pub(super) fn macro_call(
        &mut self,
        of: HirIdx,
        name: &str,
        name_span: Span,
        args: &[ExprIdx],
        span: Span,
    ) -> Option<HirIdx> {
        if matches!(name, "is" | "of") {
            return self.kind_test(of, name, name_span, args, span);
        }
        let Type::List(member) = self.ty(of).clone() else {
            let found = self.name(self.ty(of));
            let problem = self.problem(
                name_span,
                Code::WrongArguments,
                format!("`{name}` is asked of a list, not of {found}"),
            );
            return self.fail(problem);
        };
        let (variable, filter, body) = match args {
            [variable, body] => (*variable, None, *body),
            [variable, filter, body] if name == "map" => (*variable, Some(*filter), *body),
            [_, _, _] if name != "sortBy" => {
                let problem = self.problem(
                    name_span,
                    Code::Unsupported,
                    "comprehensions with two variables are not supported yet",
                );
                return self.fail(problem);
            }
            _ => {
                let problem = self
                    .problem(
                        name_span,
                        Code::WrongArguments,
                        format!("`{name}` takes a variable and an expression"),
                    )
                    .help(format!("write `xs.{name}(x, …)`"));
                return self.fail(problem);
            }
        };
        let variable = self.variable_name(variable)?;
        let slot = self.new_slot();
        let wants_bool = matches!(name, "all" | "exists" | "exists_one" | "filter");
        let (filter, body) = self.with_variable(variable, (*member).clone(), slot, |typer| {
            let filter =
                filter.map(|filter| typer.expect(filter, &Type::Bool, "the filter of `map`"));
            let body = if wants_bool {
                typer.expect(body, &Type::Bool, &format!("`{name}`"))
            } else {
                typer.expr(body)
            };
            (filter, body)
        });
        let body = body?;
        let filter = match filter {
            Some(filter) => Some(filter?),
            None => None,
        };
        let quantify = |quantifier| Op::Quantify { quantifier, range: of, slot, body };
        let (op, ty) = match name {
            "all" => (quantify(Quantifier::All), Type::Bool),
            "exists" => (quantify(Quantifier::Exists), Type::Bool),
            "exists_one" => (quantify(Quantifier::ExistsOne), Type::Bool),
            "filter" => (Op::Filter { range: of, slot, body }, self.ty(of).clone()),
            "map" => (Op::Map { range: of, slot, filter, body }, Type::list(self.ty(body).clone())),
            _ => {
                let key = self.ty(body).clone();
                if !orderable(self.cx.vocabulary, &key, &key) {
                    let found = self.name(&key);
                    let problem = self.problem(
                        name_span,
                        Code::TypeMismatch,
                        format!("{found} has no order to sort by"),
                    );
                    return self.fail(problem);
                }
                (Op::SortBy { range: of, slot, key: body }, self.ty(of).clone())
            }
        };
        let mut operands = vec![of, body];
        operands.extend(filter);
        Some(self.node(op, ty, span, &operands))
    }

    /// `x.is(Kind)` and `xs.of(Kind)`.
    pub(super) fn kind_test(
        &mut self,
        of: HirIdx,
        name: &str,
        name_span: Span,
        args: &[ExprIdx],
        span: Span,
    ) -> Option<HirIdx> {
        let kinds: Vec<Option<_>> = args
            .iter()
            .map(|arg| match &self.ast().exprs[*arg].kind {
                ExprKind::Ident(kind) => {
                    let span = self.expression.map.span(self.span(*arg));
                    self.cx.kind(self.pack, kind, span)
                }
                _ => {
                    let problem = self
                        .problem(
                            self.span(*arg),
                            Code::WrongArguments,
                            format!("`{name}` takes the name of a kind"),
                        )
                        .help(format!("write `{name}(Person)`"));
                    self.fail(problem)
                }
            })
            .collect();
        let kinds: KindSet = kinds.into_iter().collect::<Option<KindSet>>()?;
        let before = match (self.ty(of), name) {
            (Type::Element(before), "is") => before.clone(),
            (Type::List(member), "of") if matches!(**member, Type::Element(_)) => {
                let Type::Element(before) = &**member else { return None };
                before.clone()
            }
            (other, _) => {
                let (wanted, found) = (
                    if name == "is" { "an element" } else { "a list of elements" },
                    self.name(other),
                );
                let problem = self
                    .problem(
                        name_span,
                        Code::WrongArguments,
                        format!("`{name}` is asked of {wanted}, not of {found}"),
                    )
                    .help("`x.is(Kind)` tests one element, `xs.of(Kind)` filters a list");
                return self.fail(problem);
            }
        };
        let after = before.intersection(&kinds);
        if after.is_empty() || kinds.is_empty() {
            let (wanted, found) =
                (self.name(&Type::Element(kinds)), self.name(&Type::Element(before)));
            let problem =
                self.problem(span, Code::TypeMismatch, format!("{found} is never {wanted}"));
            return self.fail(problem);
        }
        Some(if name == "is" {
            self.node(Op::Is { of, kinds: after }, Type::Bool, span, &[of])
        } else {
            let ty = Type::list(Type::Element(after.clone()));
            self.node(Op::Of { of, kinds: after }, ty, span, &[of])
        })
    }
}
