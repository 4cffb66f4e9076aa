//! Trees as text for tests: names and shape, no places.

use super::ast::{Ast, ExprIdx, ExprKind};

pub(crate) fn dump(ast: &Ast) -> String {
    part(ast, ast.root)
}

fn part(ast: &Ast, expr: ExprIdx) -> String {
    let kind = &ast.exprs[expr].kind;
    let head = match kind {
        ExprKind::Bool(value) => return value.to_string(),
        ExprKind::Int(value) => return value.to_string(),
        ExprKind::Double(value) => return format!("{value:?}"),
        ExprKind::Text(value) => return format!("{value:?}"),
        ExprKind::Ident(name) => return name.clone(),
        ExprKind::Invalid => return "<invalid>".to_owned(),
        ExprKind::Select { field, optional, .. } => {
            format!("{} {field}", if *optional { ".?" } else { "." })
        }
        ExprKind::Call { receiver: Some(_), function, .. } => format!("method {function}"),
        ExprKind::Call { function, .. } => format!("call {function}"),
        ExprKind::Index { .. } => "index".to_owned(),
        ExprKind::List(_) => "list".to_owned(),
        ExprKind::Not(_) => "!".to_owned(),
        ExprKind::Negate(_) => "neg".to_owned(),
        ExprKind::Binary { operator, .. } => operator.symbol().to_owned(),
        ExprKind::Conditional { .. } => "?:".to_owned(),
    };
    let parts: Vec<String> = std::iter::once(head)
        .chain(kind.children().into_iter().map(|child| part(ast, child)))
        .collect();
    format!("({})", parts.join(" "))
}
