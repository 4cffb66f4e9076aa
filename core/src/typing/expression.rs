//! Typing one expression: operators, macros, calls and names.

use super::functions::{
    FUNCTIONS, Form, Function, LEFT_OUT, MACROS, NAMESPACES, Pattern, Signature,
};
use super::types::{comparable, join, orderable, type_name};
use super::{Cx, Progress};
use crate::cel::ast::{Ast, ExprIdx, ExprKind, Operator};
use crate::diagnostic::{Code, Diagnostic};
use crate::hir::{Body, HirIdx, Node, Op, Quantifier};
use crate::index::IndexVec;
use crate::metamodel::KindSet;
use crate::pack::Expression;
use crate::source::Span;
use crate::suggest::nearest;
use crate::value::{Duration, Timestamp, Type, Value};

/// A name in scope, in the slot of its position.
#[derive(Debug, Clone)]
pub(super) struct Variable {
    name: String,
    ty: Type,
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
    expression: &'t Expression,
    /// Names in scope, with the slots they live in.
    scope: Vec<(Variable, usize)>,
    lets: &'t [(String, Option<Type>)],
    pub(super) nodes: IndexVec<HirIdx, Node>,
    depths: IndexVec<HirIdx, usize>,
    slots: usize,
    /// What tests such as `x.is(Person)` say of the locals where they hold.
    narrowed: Vec<(usize, KindSet)>,
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
            let limit = self.cx.limits.evaluation_depth;
            let problem = self
                .problem(
                    self.span(self.expression.ast.root),
                    Code::OverLimit,
                    "this expression and the definitions it uses nest too deeply",
                )
                .help(format!("at most {limit} levels are evaluated inside each other"));
            self.cx.report(problem);
            return None;
        }
        Some(Body { nodes: self.nodes, root, slots: self.slots, depth })
    }

    pub(super) fn ast(&self) -> &'t Ast {
        &self.expression.ast
    }

    fn span(&self, expr: ExprIdx) -> Span {
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

    pub(super) fn expr(&mut self, expr: ExprIdx) -> Option<HirIdx> {
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
                    ty @ (Type::Int | Type::Double) => {
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
    fn expect(&mut self, expr: ExprIdx, ty: &Type, what: &str) -> Option<HirIdx> {
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
        let (variable, slot) = self.scope.iter().rev().find(|(v, _)| v.name == name)?;
        let ty = match (&variable.ty, self.narrowed.iter().rev().find(|(s, _)| s == slot)) {
            (Type::Element(_), Some((_, kinds))) => Type::Element(kinds.clone()),
            (ty, _) => ty.clone(),
        };
        Some((*slot, ty))
    }

    fn ident(&mut self, name: &str, span: Span) -> Option<HirIdx> {
        if let Some((slot, ty)) = self.lookup(name) {
            return Some(self.node(Op::Local(slot), ty, span, &[]));
        }
        if let Some(position) = self.lets.iter().position(|(n, _)| n == name) {
            let ty = self.lets.get(position).and_then(|(_, ty)| ty.clone())?;
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
        let problem = self.unknown_ident(name, span);
        self.fail(problem)
    }

    fn unknown_ident(&self, name: &str, span: Span) -> Diagnostic {
        let vocabulary = self.cx.vocabulary;
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

    fn selection(
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

    fn index(&mut self, operand: ExprIdx, index: ExprIdx, span: Span) -> Option<HirIdx> {
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
                format!("the index must be a {wanted}, not {found}"),
            );
            return self.fail(problem);
        }
        Some(self.node(Op::Index { of, index: at }, ty, span, &[of, at]))
    }

    fn list(&mut self, items: &[ExprIdx], span: Span) -> Option<HirIdx> {
        let nodes: Vec<Option<HirIdx>> = items.iter().map(|item| self.expr(*item)).collect();
        let nodes = nodes.into_iter().collect::<Option<Vec<_>>>()?;
        let mut ty = Type::Never;
        for (node, item) in nodes.iter().zip(items) {
            let Some(joined) = join(&ty, self.ty(*node)) else {
                let (before, found) = (self.name(&ty), self.name(self.ty(*node)));
                let problem = self
                    .problem(
                        self.span(*item),
                        Code::TypeMismatch,
                        format!("a list holds one type: {before} before this, {found} here"),
                    )
                    .help("mixed lists are left out of this language");
                return self.fail(problem);
            };
            ty = joined;
        }
        Some(self.node(Op::List(nodes.clone()), Type::list(ty), span, &nodes))
    }

    fn logical(
        &mut self,
        operator: Operator,
        left: ExprIdx,
        right: ExprIdx,
        span: Span,
    ) -> Option<HirIdx> {
        let what = if operator == Operator::And { "`&&`" } else { "`||`" };
        let left = self.expect(left, &Type::Bool, what);
        let right = self.narrowing(left, operator == Operator::And, |typer| {
            typer.expect(right, &Type::Bool, what)
        });
        let (left, right) = (left?, right?);
        let op = if operator == Operator::And { Op::And(left, right) } else { Op::Or(left, right) };
        Some(self.node(op, Type::Bool, span, &[left, right]))
    }

    /// Runs `inside` knowing that the condition is `truth`.
    fn narrowing<T>(
        &mut self,
        condition: Option<HirIdx>,
        truth: bool,
        inside: impl FnOnce(&mut Self) -> T,
    ) -> T {
        let before = self.narrowed.len();
        if let Some(condition) = condition {
            self.narrow(condition, truth);
        }
        let result = inside(self);
        self.narrowed.truncate(before);
        result
    }

    fn narrow(&mut self, condition: HirIdx, truth: bool) {
        match (self.nodes[condition].op.clone(), truth) {
            (Op::Is { of, kinds }, _) => {
                if let (Op::Local(slot), Type::Element(before)) =
                    (&self.nodes[of].op, &self.nodes[of].ty)
                {
                    let after = if truth {
                        before.intersection(&kinds)
                    } else {
                        before.iter().filter(|kind| !kinds.contains(*kind)).collect()
                    };
                    if !after.is_empty() {
                        self.narrowed.push((*slot, after));
                    }
                }
            }
            (Op::Not(of), _) => self.narrow(of, !truth),
            (Op::And(left, right), true) | (Op::Or(left, right), false) => {
                self.narrow(left, truth);
                self.narrow(right, truth);
            }
            _ => {}
        }
    }

    fn binary(
        &mut self,
        operator: Operator,
        operator_span: Span,
        left: HirIdx,
        right: HirIdx,
        span: Span,
    ) -> Option<HirIdx> {
        let (a, b) = (self.ty(left).clone(), self.ty(right).clone());
        let ty = match operator {
            Operator::Equal | Operator::NotEqual => comparable(&a, &b).then_some(Type::Bool),
            Operator::Less
            | Operator::LessOrEqual
            | Operator::Greater
            | Operator::GreaterOrEqual => {
                orderable(self.cx.vocabulary, &a, &b).then_some(Type::Bool)
            }
            Operator::In => match &b {
                Type::List(member) => comparable(&a, member).then_some(Type::Bool),
                Type::Map(key, _) => comparable(&a, key).then_some(Type::Bool),
                _ => None,
            },
            Operator::Add
            | Operator::Subtract
            | Operator::Multiply
            | Operator::Divide
            | Operator::Remainder => arithmetic(operator, &a, &b),
            // Logical operators don't come here.
            Operator::And | Operator::Or => None,
        };
        let Some(ty) = ty else {
            let problem =
                self.operator_problem(operator, operator_span, (left, &a), (right, &b), span);
            return self.fail(problem);
        };
        self.check_states(operator, left, right)?;
        Some(self.node(Op::Binary { operator, left, right }, ty, span, &[left, right]))
    }

    fn operator_problem(
        &self,
        operator: Operator,
        operator_span: Span,
        (left, a): (HirIdx, &Type),
        (right, b): (HirIdx, &Type),
        span: Span,
    ) -> Diagnostic {
        let (symbol, x, y) = (operator.symbol(), self.name(a), self.name(b));
        let numbers = matches!((a, b), (Type::Int, Type::Double) | (Type::Double, Type::Int));
        match operator {
            Operator::Equal | Operator::NotEqual | Operator::In => {
                let message =
                    if operator == Operator::In && !matches!(b, Type::List(_) | Type::Map(..)) {
                        format!("`in` looks in a list or a map, not in {y}")
                    } else if operator == Operator::In {
                        format!("{x} is never in {y}")
                    } else {
                        format!("{x} and {y} are never equal")
                    };
                let problem = self.problem(span, Code::TypeMismatch, message);
                match (a, b) {
                    (Type::Enum(e), Type::Text) => self.enum_help(problem, *e, right),
                    (Type::Text, Type::Enum(e)) => self.enum_help(problem, *e, left),
                    (Type::Enum(e), Type::Enum(_)) => {
                        let name = &self.cx.vocabulary.enumerations[*e].name;
                        problem.help(format!("compare with a value of `{name}`"))
                    }
                    (Type::Optional(_), _) | (_, Type::Optional(_)) => {
                        problem.help("an optional has its value under `.orValue(…)`")
                    }
                    (Type::List(_), Type::Element(_)) | (Type::Element(_), Type::List(_)) => {
                        problem.help("ask whether the element is `in` the list")
                    }
                    _ => problem,
                }
            }
            Operator::Less
            | Operator::LessOrEqual
            | Operator::Greater
            | Operator::GreaterOrEqual => {
                let problem = self.problem(
                    operator_span,
                    Code::TypeMismatch,
                    format!("`{symbol}` can't compare {x} with {y}"),
                );
                match (a, b) {
                    (Type::Enum(e), Type::Enum(f)) if e == f => {
                        problem.help(format!("the values of `{x}` have no order: use `==` or `in`"))
                    }
                    (Type::Duration, Type::Int) | (Type::Int, Type::Duration) => {
                        problem.help("make a duration of the number of days: `days(n)`")
                    }
                    (Type::List(_), Type::Int) => problem.help("count a list with `.size()`"),
                    _ => problem,
                }
            }
            _ => {
                let problem = self.problem(
                    operator_span,
                    Code::TypeMismatch,
                    format!("`{symbol}` can't be used on {x} and {y}"),
                );
                match (a, b) {
                    _ if numbers => problem
                        .help("write the number as `2.0`, or convert with `double(x)`: int and double don't mix"),
                    (Type::Timestamp | Type::Duration, Type::Int) => {
                        problem.help("make a duration of the number of days: `days(n)`")
                    }
                    (Type::Text, _) | (_, Type::Text) => problem.help("make text of a value with `string(x)`"),
                    _ => problem,
                }
            }
        }
    }

    fn enum_help(
        &self,
        problem: Diagnostic,
        enumeration: crate::metamodel::EnumIdx,
        text: HirIdx,
    ) -> Diagnostic {
        let name = &self.cx.vocabulary.enumerations[enumeration].name;
        if let Op::Constant(Value::Text(written)) = &self.nodes[text].op {
            let values = &self.cx.vocabulary.enumerations[enumeration].values;
            if let Some(near) = nearest(written, values.iter().map(|value| value.name.as_str())) {
                return problem.help(format!("write `{name}.{near}`"));
            }
        }
        problem.help(format!("write a value of the enumeration, `{name}.…`"))
    }

    /// Refuses a state that no kind at hand has.
    fn check_states(&mut self, operator: Operator, left: HirIdx, right: HirIdx) -> Option<()> {
        if !matches!(operator, Operator::Equal | Operator::NotEqual | Operator::In) {
            return Some(());
        }
        let Some(state) = self.cx.vocabulary.state else { return Some(()) };
        for (read, other) in [(left, right), (right, left)] {
            let Some(kinds) = self.state_of(read, state) else { continue };
            let candidates = match &self.nodes[other].op {
                Op::List(items) => items.clone(),
                _ => vec![other],
            };
            for candidate in candidates {
                let node = &self.nodes[candidate];
                let Op::Constant(Value::Enum(_, position)) = node.op else { continue };
                let span = node.span;
                let vocabulary = self.cx.vocabulary;
                if kinds.iter().any(|kind| vocabulary.kinds[kind].states.contains(&position)) {
                    continue;
                }
                let kind = self.name(&Type::Element(kinds.clone()));
                let names: Vec<&str> = kinds
                    .iter()
                    .flat_map(|kind| vocabulary.kinds[kind].states.iter())
                    .map(|position| vocabulary.enum_name(state, *position))
                    .collect();
                let value = vocabulary.enum_name(state, position);
                let problem = self
                    .problem(
                        span,
                        Code::ImpossibleState,
                        format!("a {kind} is never in state `{value}`"),
                    )
                    .help(format!("its states are {}", names.join(", ")));
                return self.fail(problem);
            }
        }
        Some(())
    }

    /// The kinds whose state a node reads.
    fn state_of(&self, node: HirIdx, state: crate::metamodel::EnumIdx) -> Option<KindSet> {
        let read = match &self.nodes[node].op {
            Op::Call { function: Function::OrValue, args } => *args.first()?,
            _ => node,
        };
        let read = match &self.nodes[read].op {
            Op::OptionalRead { read } => *read,
            _ => read,
        };
        match (&self.nodes[read].op, &self.nodes[read].ty) {
            (Op::Property { field, .. }, Type::Enum(e)) if *e == state => {
                Some(field.iter().map(|(kind, _)| *kind).collect())
            }
            _ => None,
        }
    }

    fn call(
        &mut self,
        receiver: Option<ExprIdx>,
        function: &str,
        function_span: Span,
        args: &[ExprIdx],
        span: Span,
    ) -> Option<HirIdx> {
        if let Some((_, message)) = LEFT_OUT.iter().find(|(name, _)| *name == function) {
            let problem = self.problem(function_span, Code::Unsupported, *message);
            return self.fail(problem);
        }
        let namespace = receiver.and_then(|receiver| match &self.ast().exprs[receiver].kind {
            ExprKind::Ident(name) if self.lookup(name).is_none() => {
                NAMESPACES.iter().copied().find(|space| space == name)
            }
            _ => None,
        });
        match (namespace, receiver) {
            (Some("cel"), _) => self.bind(function, function_span, args, span),
            (Some(space), _) => {
                let args = self.all(args)?;
                self.function(Form::Namespaced(space), function, function_span, args, span)
            }
            (None, None) if function == "has" => self.has(args, span),
            (None, None) if function == "with_history" => self.with_history(args, span),
            (None, None) => {
                let args = self.all(args)?;
                self.function(Form::Global, function, function_span, args, span)
            }
            (None, Some(receiver)) => {
                let of = self.expr(receiver);
                if MACROS.contains(&function) {
                    return self.macro_call(of?, function, function_span, args, span);
                }
                let args = self.all(args);
                let of = of?;
                if let Some(call) =
                    self.definition_call(of, function, function_span, args.as_deref(), span)
                {
                    return call;
                }
                let mut all = vec![of];
                all.extend(args?);
                self.function(Form::Method, function, function_span, all, span)
            }
        }
    }

    fn all(&mut self, args: &[ExprIdx]) -> Option<Vec<HirIdx>> {
        let nodes: Vec<Option<HirIdx>> = args.iter().map(|arg| self.expr(*arg)).collect();
        nodes.into_iter().collect()
    }

    /// A call of the function table.
    pub(super) fn function(
        &mut self,
        form: Form,
        name: &str,
        name_span: Span,
        args: Vec<HirIdx>,
        span: Span,
    ) -> Option<HirIdx> {
        let same_name = || FUNCTIONS.iter().filter(move |s| s.name == name && s.form == form);
        let types: Vec<Type> = args.iter().map(|arg| self.ty(*arg).clone()).collect();
        // `math.greatest(a, b, c)` is that of the first two with the third, and so on.
        if form == Form::Namespaced("math")
            && matches!(name, "greatest" | "least")
            && args.len() != 2
        {
            return self.greatest_or_least(name, name_span, &args, span);
        }
        for signature in same_name() {
            if let Some(result) = self.apply(signature, &types) {
                self.check_constants(signature.function, &args)?;
                let op = Op::Call { function: signature.function, args: args.clone() };
                return Some(self.node(op, result, span, &args));
            }
        }
        let problem = self.no_such_call(form, name, name_span, &types, same_name().collect());
        self.fail(problem)
    }

    fn greatest_or_least(
        &mut self,
        name: &str,
        name_span: Span,
        args: &[HirIdx],
        span: Span,
    ) -> Option<HirIdx> {
        let form = Form::Namespaced("math");
        match args {
            [] => {
                let problem = self.problem(
                    name_span,
                    Code::WrongArguments,
                    format!("`math.{name}` takes at least one argument"),
                );
                self.fail(problem)
            }
            [only] if matches!(self.ty(*only), Type::List(_)) => {
                let types = [self.ty(*only).clone()];
                let found = FUNCTIONS
                    .iter()
                    .find(|s| s.name == name && s.form == form && self.apply(s, &types).is_some());
                let Some(signature) = found else {
                    let problem = self.no_such_call(form, name, name_span, &types, Vec::new());
                    return self.fail(problem);
                };
                let result = self.apply(signature, &types)?;
                let op = Op::Call { function: signature.function, args: vec![*only] };
                Some(self.node(op, result, span, &[*only]))
            }
            [only] => self.function(form, name, name_span, vec![*only, *only], span),
            [first, rest @ ..] => {
                let mut folded = *first;
                for next in rest {
                    folded = self.function(form, name, name_span, vec![folded, *next], span)?;
                }
                Some(folded)
            }
        }
    }

    /// The result of a signature on arguments of the types; `None` where they don't fit.
    fn apply(&self, signature: &Signature, types: &[Type]) -> Option<Type> {
        if signature.args.len() != types.len() {
            return None;
        }
        let mut variable = Type::Never;
        for (pattern, ty) in signature.args.iter().zip(types) {
            if !self.fits(*pattern, ty, &mut variable) {
                return None;
            }
        }
        Some(instance(signature.result, &variable))
    }

    fn fits(&self, pattern: Pattern, ty: &Type, variable: &mut Type) -> bool {
        let mut bind = |ty: &Type| match join(variable, ty) {
            Some(joined) => {
                *variable = joined;
                true
            }
            None => false,
        };
        match (pattern, ty) {
            (Pattern::A, Type::Model) => false,
            (Pattern::A, ty) => bind(ty),
            (Pattern::Ordered, Type::Enum(e)) => {
                self.cx.vocabulary.enumerations[*e].ordered && bind(ty)
            }
            (Pattern::Ordered, ty) => super::functions::is_ordered(ty) && bind(ty),
            (Pattern::Number, Type::Int | Type::Double | Type::Never) => bind(ty),
            (Pattern::List(of), Type::List(member)) => self.fits(*of, member, variable),
            (Pattern::Optional(of), Type::Optional(value)) => self.fits(*of, value, variable),
            (Pattern::Bool, Type::Bool)
            | (Pattern::Int, Type::Int)
            | (Pattern::Double, Type::Double)
            | (Pattern::Text, Type::Text)
            | (Pattern::Timestamp, Type::Timestamp)
            | (Pattern::Duration, Type::Duration)
            | (Pattern::Enum, Type::Enum(_))
            | (Pattern::Map, Type::Map(..))
            | (_, Type::Never) => true,
            _ => false,
        }
    }

    fn no_such_call(
        &self,
        form: Form,
        name: &str,
        span: Span,
        types: &[Type],
        same_name: Vec<&Signature>,
    ) -> Diagnostic {
        let found: Vec<String> = types.iter().map(|ty| self.name(ty)).collect();
        if same_name.is_empty() {
            let problem = self.problem(
                span,
                Code::UnknownFunction,
                format!("there is no function `{name}` here"),
            );
            if let Some(other) = FUNCTIONS.iter().find(|s| s.name == name) {
                return problem.help(format!("it is written {}", shape(other)));
            }
            if MACROS.contains(&name) {
                return problem.help(format!("`{name}` is asked of a list: `xs.{name}(x, …)`"));
            }
            let names = FUNCTIONS.iter().filter(|s| s.form == form).map(|s| s.name);
            return problem.suggest(nearest(name, names.chain(MACROS.iter().copied())));
        }
        let what = if form == Form::Method {
            let (receiver, args) =
                found.split_first().map_or(("", &[][..]), |(r, a)| (r.as_str(), a));
            format!("`{name}` can't be asked of {receiver} with ({})", args.join(", "))
        } else {
            format!("`{name}` doesn't take ({})", found.join(", "))
        };
        let shapes: Vec<String> = same_name.iter().map(|s| shape(s)).collect();
        let problem = self
            .problem(span, Code::WrongArguments, what)
            .help(format!("it is written {}", shapes.join(" or ")));
        match types.first() {
            Some(Type::List(member))
                if form == Form::Method && !matches!(**member, Type::List(_)) =>
            {
                problem.help("methods don't spread over a list: use `.map(x, …)`")
            }
            _ => problem,
        }
    }

    /// Literal dates, durations and patterns are read when the pack loads, not when it runs.
    fn check_constants(&mut self, function: Function, args: &[HirIdx]) -> Option<()> {
        let (position, valid): (usize, fn(&str) -> bool) = match function {
            Function::Date => (0, |text| Timestamp::parse_date(text).is_some()),
            Function::ToTimestamp => (0, |text| Timestamp::parse_rfc3339(text).is_some()),
            Function::ToDuration => (0, |text| Duration::parse(text).is_some()),
            Function::Matches => (1, |text| regex_lite::Regex::new(text).is_ok()),
            _ => return Some(()),
        };
        let Some(arg) = args.get(position) else { return Some(()) };
        let node = &self.nodes[*arg];
        let Op::Constant(Value::Text(text)) = &node.op else { return Some(()) };
        if valid(text) {
            return Some(());
        }
        let (code, what, help) = match function {
            Function::Date => (Code::InvalidDate, "a date", "write a date as `2026-01-31`"),
            Function::ToTimestamp => (
                Code::InvalidDate,
                "a timestamp",
                "write a timestamp as `2026-01-31T12:00:00Z`, or use `date(…)`",
            ),
            Function::ToDuration => {
                (Code::InvalidDate, "a duration", "write a duration as `36h`, `90m` or `180d`")
            }
            _ => (
                Code::Syntax,
                "a regular expression",
                "patterns follow RE2: no look-around, no back-references",
            ),
        };
        let problem = self.problem(node.span, code, format!("`{text}` is not {what}")).help(help);
        self.fail(problem)
    }

    fn bind(
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

    fn variable_name(&mut self, expr: ExprIdx) -> Option<String> {
        if let ExprKind::Ident(name) = &self.ast().exprs[expr].kind {
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

    fn macro_call(
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
    fn kind_test(
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

    /// Whether a definition has been found faulty: uses of it are passed over in silence.
    pub(super) fn is_faulty(&self, definition: crate::hir::DefinitionIdx) -> bool {
        matches!(self.cx.definitions[definition].body, Progress::Failed)
    }
}

/// The type of an arithmetic operation; `None` where there is none.
fn arithmetic(operator: Operator, a: &Type, b: &Type) -> Option<Type> {
    match (operator, a, b) {
        (Operator::Remainder, Type::Int, Type::Int) => Some(Type::Int),
        (Operator::Remainder, ..) => None,
        (_, Type::Int, Type::Int) => Some(Type::Int),
        (_, Type::Double, Type::Double) => Some(Type::Double),
        (Operator::Add, Type::Text, Type::Text) => Some(Type::Text),
        (Operator::Add, Type::List(x), Type::List(y)) => join(x, y).map(Type::list),
        (Operator::Add, Type::Timestamp, Type::Duration)
        | (Operator::Add, Type::Duration, Type::Timestamp)
        | (Operator::Subtract, Type::Timestamp, Type::Duration) => Some(Type::Timestamp),
        (Operator::Add | Operator::Subtract, Type::Duration, Type::Duration)
        | (Operator::Subtract, Type::Timestamp, Type::Timestamp) => Some(Type::Duration),
        _ => None,
    }
}

fn instance(pattern: Pattern, variable: &Type) -> Type {
    match pattern {
        Pattern::Bool => Type::Bool,
        Pattern::Int => Type::Int,
        Pattern::Double => Type::Double,
        Pattern::Text => Type::Text,
        Pattern::Timestamp => Type::Timestamp,
        Pattern::Duration => Type::Duration,
        Pattern::A | Pattern::Ordered | Pattern::Number => variable.clone(),
        Pattern::List(of) => Type::list(instance(*of, variable)),
        Pattern::Optional(of) => Type::optional(instance(*of, variable)),
        // No function yields one.
        Pattern::Enum | Pattern::Map => Type::Never,
    }
}

/// How a function is called, for help: `text.startsWith(string)`.
fn shape(signature: &Signature) -> String {
    let args: Vec<String> = signature.args.iter().map(|p| pattern_name(*p)).collect();
    match signature.form {
        Form::Global => format!("`{}({})`", signature.name, args.join(", ")),
        Form::Namespaced(space) => format!("`{space}.{}({})`", signature.name, args.join(", ")),
        Form::Method => {
            let (receiver, rest) =
                args.split_first().map_or(("", &[][..]), |(r, a)| (r.as_str(), a));
            format!("`{receiver}.{}({})`", signature.name, rest.join(", "))
        }
    }
}

fn pattern_name(pattern: Pattern) -> String {
    match pattern {
        Pattern::Bool => "bool".into(),
        Pattern::Int => "int".into(),
        Pattern::Double => "double".into(),
        Pattern::Text => "string".into(),
        Pattern::Timestamp => "timestamp".into(),
        Pattern::Duration => "duration".into(),
        Pattern::A => "value".into(),
        Pattern::Ordered => "ordered value".into(),
        Pattern::Number => "number".into(),
        Pattern::Enum => "enumeration value".into(),
        Pattern::Map => "map".into(),
        Pattern::List(of) => format!("list<{}>", pattern_name(*of)),
        Pattern::Optional(of) => format!("optional<{}>", pattern_name(*of)),
    }
}
