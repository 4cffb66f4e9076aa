//! Conditions that are always the same, and what is compared with itself.

use super::Part;
use crate::cel::ast::{Ast, ExprIdx, ExprKind, Operator};
use crate::diagnostic::{Code, Diagnostic};
use crate::hir::{Body, HirIdx, Op};
use crate::source::Span;
use crate::value::{Type, Value};

pub(super) fn warn(part: &Part<'_>, warnings: &mut Vec<Diagnostic>) {
    constant_conditions(part, warnings);
    self_comparisons(part, warnings);
}

fn constant_conditions(part: &Part<'_>, warnings: &mut Vec<Diagnostic>) {
    let body = part.body;
    let mut conditions = Vec::new();
    if part.is_condition {
        conditions.push(body.root);
    }
    // Operands stand before what they are operands of: from the end, the larger part comes first.
    for (_, node) in body.nodes.enumerate().rev() {
        match &node.op {
            Op::And(left, right) | Op::Or(left, right) => conditions.extend([*left, *right]),
            Op::Conditional { condition, .. } => conditions.push(*condition),
            _ => {}
        }
    }
    let constant = constants(body);
    let mut told: Vec<Span> = Vec::new();
    for condition in conditions {
        let node = &body.nodes[condition];
        let span = node.span;
        let is_constant = constant.get(crate::index::Index::to_usize(condition)) == Some(&true);
        if !is_constant || told.iter().any(|t| t.start <= span.start && span.end <= t.end) {
            continue;
        }
        told.push(span);
        let message = match &node.op {
            Op::Constant(Value::Bool(truth)) => format!("this condition is always {truth}"),
            _ => "this condition reads nothing, so it is always the same".to_owned(),
        };
        warnings.push(
            part.warning(span, Code::ConstantCondition, message)
                .help("leave it out, or make it a parameter if organisations are to choose"),
        );
    }
}

/// For every node whether it reads nothing: no element, no parameter, no date.
fn constants(body: &Body) -> Vec<bool> {
    // Where the values of a local come from; those that are given from outside come from nowhere.
    let mut origins = vec![None; body.slots];
    for (slot, of) in body.nodes.iter().filter_map(|node| node.op.binds()) {
        if let Some(origin) = origins.get_mut(slot) {
            *origin = Some(of);
        }
    }
    let mut constant: Vec<bool> = Vec::with_capacity(body.nodes.len());
    for node in body.nodes.iter() {
        let known = |at: HirIdx| constant.get(crate::index::Index::to_usize(at)) == Some(&true);
        let is_constant = match &node.op {
            Op::Constant(_) => node.ty != Type::Model,
            Op::Local(slot) => origins.get(*slot).copied().flatten().is_some_and(known),
            Op::Let(_) | Op::Parameter(_) | Op::Today | Op::Gate | Op::Section { .. } => false,
            op => op.operands().into_iter().all(known),
        };
        constant.push(is_constant);
    }
    constant
}

fn self_comparisons(part: &Part<'_>, warnings: &mut Vec<Diagnostic>) {
    let ast = &part.expression.ast;
    for expr in ast.exprs.iter() {
        let ExprKind::Binary { operator, left, right, .. } = expr.kind else { continue };
        let always = match operator {
            Operator::Equal | Operator::LessOrEqual | Operator::GreaterOrEqual => true,
            Operator::NotEqual | Operator::Less | Operator::Greater => false,
            _ => continue,
        };
        // Of two literals the condition is constant, which is told already.
        let reads = !ast.exprs[left].kind.children().is_empty()
            || matches!(ast.exprs[left].kind, ExprKind::Ident(_));
        if reads && is_same(ast, left, right) {
            let message = format!("both sides are the same: this is {always} whenever it is known");
            warnings.push(
                part.warning(expr.span, Code::SelfComparison, message)
                    .help("compare with something else, or leave the comparison out"),
            );
        }
    }
}

/// Whether two parts of an expression are written alike, but for blanks and brackets.
fn is_same(ast: &Ast, a: ExprIdx, b: ExprIdx) -> bool {
    use ExprKind::{
        Binary, Bool, Call, Conditional, Double, Ident, Index, Int, Invalid, List, Negate, Not,
        Select, Text,
    };
    let (a, b) = (&ast.exprs[a].kind, &ast.exprs[b].kind);
    let alike = match (a, b) {
        (Bool(x), Bool(y)) => x == y,
        (Int(x), Int(y)) => x == y,
        (Double(x), Double(y)) => x.to_bits() == y.to_bits(),
        (Text(x), Text(y)) | (Ident(x), Ident(y)) => x == y,
        (Select { field: x, optional: o, .. }, Select { field: y, optional: p, .. }) => {
            x == y && o == p
        }
        (Call { function: x, receiver: r, .. }, Call { function: y, receiver: s, .. }) => {
            x == y && r.is_some() == s.is_some()
        }
        (Binary { operator: x, .. }, Binary { operator: y, .. }) => x == y,
        (Not(_), Not(_))
        | (Negate(_), Negate(_))
        | (List(_), List(_))
        | (Index { .. }, Index { .. })
        | (Conditional { .. }, Conditional { .. }) => true,
        (Invalid, _) | (_, Invalid) | (_, _) => false,
    };
    let (a, b) = (a.children(), b.children());
    alike && a.len() == b.len() && a.iter().zip(&b).all(|(a, b)| is_same(ast, *a, *b))
}
