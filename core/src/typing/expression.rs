//! Typing one expression: operators, macros, calls and names.

use super::functions::TYPE_VALUES;
use super::types::{comparable, join, type_name};
use super::{Cx, Progress};
use crate::cel::ast::{Ast, ExprIdx, ExprKind, Operator};
use crate::diagnostic::{Code, Diagnostic};
use crate::hir::{Body, HirIdx, Node, Op};
use crate::index::IndexVec;
use crate::metamodel::KindSet;
use crate::pack::Expression;
use crate::source::Span;
use crate::suggest::nearest;
use crate::value::{Type, Value};

/// A name in scope, in the slot of its position.
#[derive(Debug, Clone)]
pub(super) struct Variable {
    pub(super) name: String,
    pub(super) ty: Type,
}

impl Variable {
    pub(super) fn new(name: impl Into<String>, ty: Type) -> Self {
        Self { name: name.into(), ty }
    }
}

/// Types one expression. Methods return `None` where a problem has been reported.
pub(super) struct Typer<'t, 'a> {
    pub(super) cx: &'t mut Cx<'a>,
    pub(super) pack: usize,
    pub(super) expression: &'t Expression,
    /// Names in scope, with the slots they live in.
    pub(super) scope: Vec<(Variable, usize)>,
    /// How many of them were there before any macro: what `.name` can mean.
    given: usize,
    lets: &'t [(String, Option<Type>)],
    pub(super) nodes: IndexVec<HirIdx, Node>,
    depths: IndexVec<HirIdx, usize>,
    slots: usize,
    /// What tests such as `x.is(Person)` say of what is named, where they hold.
    pub(super) narrowed: Vec<(Named, KindSet)>,
}

/// What has a name and always means the same within its scope.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Named {
    /// By slot.
    Local(usize),
    /// By position.
    Let(usize),
}

impl<'t, 'a> Typer<'t, 'a> {
    pub(super) fn new(
        cx: &'t mut Cx<'a>,
        pack: usize,
        expression: &'t Expression,
        scope: Vec<Variable>,
        lets: &'t [(String, Option<Type>)],
    ) -> Self {
        let slots = scope.len();
        let scope =
            scope.into_iter().enumerate().map(|(slot, variable)| (variable, slot)).collect();
        Self {
            cx,
            pack,
            expression,
            scope,
            given: slots,
            lets,
            nodes: IndexVec::new(),
            depths: IndexVec::new(),
            slots,
            narrowed: Vec::new(),
        }
    }

    /// The whole expression.
    pub(super) fn body(mut self) -> Option<Body> {
        let root = self.expr(self.expression.ast.root)?;
        let depth = self.depths[root];
        if depth > self.cx.limits.evaluation_depth {
            let problem = self.too_deep(self.span(self.expression.ast.root));
            return self.fail(problem);
        }
        let text = self.expression.text.as_str().into();
        Some(Body { text, nodes: self.nodes, root, slots: self.slots, depth })
    }

    fn too_deep(&self, span: Span) -> Diagnostic {
        let limit = self.cx.limits.evaluation_depth;
        self.problem(
            span,
            Code::OverLimit,
            "this expression and the definitions it uses nest too deeply",
        )
        .help(format!("at most {limit} levels are evaluated inside each other"))
    }

    pub(super) fn ast(&self) -> &'t Ast {
        &self.expression.ast
    }

    pub(super) fn span(&self, expr: ExprIdx) -> Span {
        self.ast().exprs[expr].span
    }

    /// A problem at a span of the expression's own text.
    pub(super) fn problem(&self, span: Span, code: Code, message: impl Into<String>) -> Diagnostic {
        self.cx.error(self.pack, self.expression.map.span(span), code, message)
    }

    pub(super) fn fail<T>(&mut self, problem: Diagnostic) -> Option<T> {
        self.cx.report(problem);
        None
    }

    pub(super) fn name(&self, ty: &Type) -> String {
        type_name(self.cx.vocabulary, ty)
    }

    pub(super) fn ty(&self, node: HirIdx) -> &Type {
        &self.nodes[node].ty
    }

    /// Adds a node over its operands.
    pub(super) fn node(&mut self, op: Op, ty: Type, span: Span, operands: &[HirIdx]) -> HirIdx {
        let depth = operands.iter().map(|o| self.depths[*o]).max().unwrap_or(0) + 1;
        self.node_at_depth(op, ty, span, depth)
    }

    pub(super) fn node_at_depth(&mut self, op: Op, ty: Type, span: Span, depth: usize) -> HirIdx {
        self.depths.push(depth);
        self.nodes.push(Node { op, ty, span })
    }

    pub(super) fn depth(&self, node: HirIdx) -> usize {
        self.depths[node]
    }

    pub(super) fn new_slot(&mut self) -> usize {
        let slot = self.slots;
        self.slots += 1;
        slot
    }

    /// One expression, within the bound on all that is being typed inside each other.
    pub(super) fn expr(&mut self, expr: ExprIdx) -> Option<HirIdx> {
        if self.cx.nesting >= self.cx.limits.evaluation_depth {
            let problem = self.too_deep(self.span(expr));
            return self.fail(problem);
        }
        self.cx.nesting += 1;
        let node = self.expr_unbounded(expr);
        self.cx.nesting -= 1;
        node
    }

    fn expr_unbounded(&mut self, expr: ExprIdx) -> Option<HirIdx> {
        let ast = self.ast();
        let written = &ast.exprs[expr];
        let span = written.span;
        match &written.kind {
            ExprKind::Invalid => None,
            ExprKind::Bool(b) => Some(self.constant(Value::Bool(*b), Type::Bool, span)),
            ExprKind::Int(i) => Some(self.constant(Value::Int(*i), Type::Int, span)),
            ExprKind::Double(d) => Some(self.constant(Value::Double(*d), Type::Double, span)),
            ExprKind::Text(t) => Some(self.constant(Value::text(t), Type::Text, span)),
            ExprKind::Ident(name) => self.ident(name, span),
            ExprKind::Select { operand, field, field_span, optional } => {
                self.selection(*operand, field, *field_span, *optional, span)
            }
            ExprKind::Call { receiver, function, function_span, args } => {
                self.call(*receiver, function, *function_span, args, span)
            }
            ExprKind::Index { operand, index } => self.index(*operand, *index, span),
            ExprKind::List(items) => self.list(items, span),
            ExprKind::Not(of) => {
                let of = self.expect(*of, &Type::Bool, "`!`")?;
                Some(self.node(Op::Not(of), Type::Bool, span, &[of]))
            }
            ExprKind::Negate(of) => {
                let operand = self.expr(*of)?;
                match self.ty(operand).clone() {
                    ty @ (Type::Int | Type::Double | Type::Never) => {
                        Some(self.node(Op::Negate(operand), ty, span, &[operand]))
                    }
                    other => {
                        let found = self.name(&other);
                        let problem = self.problem(
                            self.span(*of),
                            Code::TypeMismatch,
                            format!("`-` takes an int or a double, not {found}"),
                        );
                        self.fail(problem)
                    }
                }
            }
            ExprKind::Binary {
                operator: operator @ (Operator::And | Operator::Or),
                left,
                right,
                ..
            } => self.logical(*operator, *left, *right, span),
            ExprKind::Binary { operator, operator_span, left, right } => {
                let left = self.expr(*left);
                let right = self.expr(*right);
                self.binary(*operator, *operator_span, left?, right?, span)
            }
            ExprKind::Conditional { condition, yes, no } => {
                let condition = self.expect(*condition, &Type::Bool, "the condition before `?`");
                let yes_node = self.narrowing(condition, true, |typer| typer.expr(*yes));
                let no_node = self.narrowing(condition, false, |typer| typer.expr(*no));
                let (condition, yes, no) = (condition?, yes_node?, no_node?);
                let Some(ty) = join(self.ty(yes), self.ty(no)) else {
                    let (a, b) = (self.name(self.ty(yes)), self.name(self.ty(no)));
                    let problem = self
                        .problem(
                            span,
                            Code::TypeMismatch,
                            format!("the branches differ: {a} and {b}"),
                        )
                        .help("give both branches the same type");
                    return self.fail(problem);
                };
                Some(self.node(
                    Op::Conditional { condition, yes, no },
                    ty,
                    span,
                    &[condition, yes, no],
                ))
            }
        }
    }

    pub(super) fn constant(&mut self, value: Value, ty: Type, span: Span) -> HirIdx {
        self.node(Op::Constant(value), ty, span, &[])
    }

    /// An expression that must be of the type.
    pub(super) fn expect(&mut self, expr: ExprIdx, ty: &Type, what: &str) -> Option<HirIdx> {
        let node = self.expr(expr)?;
        if self.ty(node) == ty || *self.ty(node) == Type::Never {
            return Some(node);
        }
        let (wanted, found) = (self.name(ty), self.name(self.ty(node)));
        let mut problem = self.problem(
            self.span(expr),
            Code::TypeMismatch,
            format!("{what} takes a {wanted}, not {found}"),
        );
        if matches!(self.ty(node), Type::List(_)) && *ty == Type::Bool {
            problem = problem.help("ask `.exists(x, …)`, `.all(x, …)` or `.size()` of a list");
        }
        self.fail(problem)
    }

    pub(super) fn lookup(&self, name: &str) -> Option<(usize, Type)> {
        let (name, scope) = match name.strip_prefix('.') {
            Some(bare) => (bare, self.scope.get(..self.given)?),
            None => (name, self.scope.as_slice()),
        };
        let (variable, slot) = scope.iter().rev().find(|(v, _)| v.name == name)?;
        Some((*slot, self.narrowed_type(Named::Local(*slot), &variable.ty)))
    }

    /// The type of what is named, with what is known of it here.
    fn narrowed_type(&self, named: Named, declared: &Type) -> Type {
        match (declared, self.narrowed.iter().rev().find(|(other, _)| *other == named)) {
            (Type::Element(_), Some((_, kinds))) => Type::Element(kinds.clone()),
            (ty, _) => ty.clone(),
        }
    }

    fn ident(&mut self, name: &str, span: Span) -> Option<HirIdx> {
        if let Some((slot, ty)) = self.lookup(name) {
            return Some(self.node(Op::Local(slot), ty, span, &[]));
        }
        let name = bare(name);
        if let Some(position) = self.lets.iter().position(|(n, _)| n == name) {
            let declared = self.lets.get(position).and_then(|(_, ty)| ty.clone())?;
            let ty = self.narrowed_type(Named::Let(position), &declared);
            return Some(self.node(Op::Let(position), ty, span, &[]));
        }
        match name {
            "today" => return Some(self.node(Op::Today, Type::Timestamp, span, &[])),
            "gate" => {
                if let Some(gate) = self.cx.vocabulary.gate {
                    return Some(self.node(Op::Gate, Type::optional(Type::Enum(gate)), span, &[]));
                }
            }
            "model" => return Some(self.constant(Value::Bool(true), Type::Model, span)),
            _ => {}
        }
        if let Some((parameter, owner)) = self.cx.parameters_by_name.get(name).copied() {
            if self.cx.is_visible(self.pack, owner) {
                let ty = self.cx.parameters[parameter].ty.clone();
                return Some(self.node(Op::Parameter(parameter), ty, span, &[]));
            }
            let owner = self.cx.packs.get(owner).map_or("", |p| p.0.id.value.as_str()).to_owned();
            let problem = self
                .problem(
                    span,
                    Code::UnknownName,
                    format!("`{name}` is a parameter of pack `{owner}`"),
                )
                .help(format!("add `{owner}` to `uses`"));
            return self.fail(problem);
        }
        // Its declaration has a problem, which has been reported.
        if self.cx.faulty_parameters.contains(name) {
            return None;
        }
        let problem = self.unknown_ident(name, span);
        self.fail(problem)
    }

    fn unknown_ident(&self, name: &str, span: Span) -> Diagnostic {
        let vocabulary = self.cx.vocabulary;
        if TYPE_VALUES.contains(&name) {
            let message =
                format!("`{name}` names a type, and types are not values: `type()` is left out");
            return self.problem(span, Code::Unsupported, message);
        }
        let problem = self.problem(span, Code::UnknownName, format!("there is no `{name}` here"));
        if vocabulary.enumerations_by_name.contains_key(name) {
            return problem
                .help(format!("`{name}` is an enumeration: name one of its values, `{name}.…`"));
        }
        if vocabulary.kinds_by_name.contains_key(name) {
            return problem.help(format!("`{name}` is a kind: test it with `x.is({name})`"));
        }
        if let Some(value) = self.value_named(name) {
            return problem.help(format!("did you mean `{value}`?"));
        }
        if self.self_has(name) {
            return problem.help(format!("did you mean `self.{name}`?"));
        }
        let names = self.scope.iter().map(|(v, _)| v.name.as_str());
        let names = names.chain(self.lets.iter().map(|(n, _)| n.as_str()));
        let names = names.chain(["today", "gate", "model"]);
        let parameters = self.cx.parameters.iter().map(|p| p.name.as_str());
        let enumerations = vocabulary.enumerations.iter().map(|e| e.name.as_str());
        problem.suggest(nearest(name, names.chain(parameters).chain(enumerations)))
    }

    /// `Phase.design` for `design`.
    fn value_named(&self, name: &str) -> Option<String> {
        let enumeration = self
            .cx
            .vocabulary
            .enumerations
            .iter()
            .find(|e| e.values.iter().any(|value| value.name == name))?;
        Some(format!("{}.{name}", enumeration.name))
    }

    fn self_has(&self, name: &str) -> bool {
        let Some((_, Type::Element(kinds))) = self.lookup("self") else { return false };
        kinds.iter().any(|kind| self.field_of(kind, name).is_some())
    }

    pub(super) fn selection(
        &mut self,
        operand: ExprIdx,
        field: &str,
        field_span: Span,
        optional: bool,
        span: Span,
    ) -> Option<HirIdx> {
        // `Phase.design`: a name in scope wins over an enumeration of that name.
        if let ExprKind::Ident(name) = &self.ast().exprs[operand].kind
            && self.lookup(name).is_none()
            && let name = bare(name)
            && !self.lets.iter().any(|(n, _)| n == name)
            && let Some(enumeration) = self.cx.vocabulary.enumerations_by_name.get(name).copied()
        {
            if let Some(position) = self.cx.vocabulary.enum_value(enumeration, field) {
                let value = Value::Enum(enumeration, position);
                return Some(self.constant(value, Type::Enum(enumeration), span));
            }
            let values = &self.cx.vocabulary.enumerations[enumeration].values;
            let near = nearest(field, values.iter().map(|value| value.name.as_str()));
            let names: Vec<&str> = values.iter().map(|value| value.name.as_str()).collect();
            let problem = self
                .problem(field_span, Code::UnknownValue, format!("`{name}` has no value `{field}`"))
                .suggest(near)
                .help(format!("its values are {}", names.join(", ")));
            return self.fail(problem);
        }
        let of = self.expr(operand)?;
        if optional {
            return self.optional_read(of, field, field_span, span);
        }
        self.select(of, field, field_span, span)
    }

    pub(super) fn index(&mut self, operand: ExprIdx, index: ExprIdx, span: Span) -> Option<HirIdx> {
        let of = self.expr(operand);
        let at = self.expr(index);
        let (of, at) = (of?, at?);
        let (wanted, ty) = match self.ty(of).clone() {
            Type::List(member) => (Type::Int, (*member).clone()),
            Type::Map(key, value) => ((*key).clone(), (*value).clone()),
            other => {
                let found = self.name(&other);
                let problem = self.problem(
                    self.span(operand),
                    Code::TypeMismatch,
                    format!("only lists and maps have an index, not {found}"),
                );
                return self.fail(problem);
            }
        };
        // CEL takes a double that is a whole number for an index.
        if !comparable(&wanted, self.ty(at)) {
            let (wanted, found) = (self.name(&wanted), self.name(self.ty(at)));
            let problem = self.problem(
                self.span(index),
                Code::TypeMismatch,
                format!("the index must be of type {wanted}, not {found}"),
            );
            return self.fail(problem);
        }
        Some(self.node(Op::Index { of, index: at }, ty, span, &[of, at]))
    }

    pub(super) fn list(&mut self, items: &[ExprIdx], span: Span) -> Option<HirIdx> {
        let nodes: Vec<Option<HirIdx>> = items.iter().map(|item| self.expr(*item)).collect();
        let nodes = nodes.into_iter().collect::<Option<Vec<_>>>()?;
        let mut ty = Type::Never;
        for (node, item) in nodes.iter().zip(items) {
            let Some(joined) = join(&ty, self.ty(*node)) else {
                let (before, found) = (self.name(&ty), self.name(self.ty(*node)));
                let problem = self
                    .problem(
                        self.span(*item),
                        Code::Unsupported,
                        format!("a list holds one type: {before} before this, {found} here"),
                    )
                    .help("mixed lists are left out of this language");
                return self.fail(problem);
            };
            ty = joined;
        }
        Some(self.node(Op::List(nodes.clone()), Type::list(ty), span, &nodes))
    }

    /// Whether a definition has been found faulty: uses of it are passed over in silence.
    pub(super) fn is_faulty(&self, definition: crate::hir::DefinitionIdx) -> bool {
        matches!(self.cx.definitions[definition].body, Progress::Failed)
    }
}

/// A name without the dot that says that no macro's variable is meant.
fn bare(name: &str) -> &str {
    name.strip_prefix('.').unwrap_or(name)
}
