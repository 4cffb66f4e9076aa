//! Tree to text: one line, brackets only where the grammar asks for them.

use std::fmt::Write as _;

use super::ast::{Ast, ExprIdx, ExprKind, Operator};
use super::lexer::{TokenKind, is_word, word_kind};
use super::parser::chain_middle;

/// An expression as text that reads back as the same tree.
pub(crate) fn print(ast: &Ast) -> String {
    let mut out = String::new();
    Printer { ast, out: &mut out }.expr(ast.root, CONDITIONAL);
    out
}

// How tightly parts bind; between the first two lie the operators' own precedences, 1 to 5.
const CONDITIONAL: u8 = 0;
const UNARY: u8 = 6;
const MEMBER: u8 = 7;

struct Printer<'a> {
    ast: &'a Ast,
    out: &'a mut String,
}

impl Printer<'_> {
    /// Prints an expression, in brackets where it binds more loosely than its place allows.
    fn expr(&mut self, expr: ExprIdx, place: u8) {
        if precedence(&self.ast.exprs[expr].kind) < place {
            self.out.push('(');
            self.plain(expr);
            self.out.push(')');
        } else {
            self.plain(expr);
        }
    }

    fn plain(&mut self, expr: ExprIdx) {
        let ast = self.ast;
        match &ast.exprs[expr].kind {
            ExprKind::Bool(value) => self.out.push_str(if *value { "true" } else { "false" }),
            ExprKind::Int(value) => self.out.push_str(&value.to_string()),
            ExprKind::Double(value) => self.formatted(format_args!("{value:?}")),
            ExprKind::Text(value) => self.string(value),
            ExprKind::Ident(name) => self.out.push_str(name),
            ExprKind::Select { operand, field, optional, .. } => {
                self.expr(*operand, MEMBER);
                self.out.push_str(if *optional { ".?" } else { "." });
                self.field(field);
            }
            ExprKind::Call { receiver, function, args, .. } => {
                if let Some(receiver) = receiver {
                    self.expr(*receiver, MEMBER);
                    self.out.push('.');
                }
                self.out.push_str(function);
                self.list('(', args, ')');
            }
            ExprKind::Index { operand, index } => {
                self.expr(*operand, MEMBER);
                self.list('[', &[*index], ']');
            }
            ExprKind::List(items) => self.list('[', items, ']'),
            ExprKind::Not(operand) => {
                self.out.push('!');
                self.expr(*operand, UNARY);
            }
            ExprKind::Negate(operand) => self.negate(*operand),
            ExprKind::Binary { operator: operator @ (Operator::And | Operator::Or), .. } => {
                self.chain(expr, *operator);
            }
            ExprKind::Binary { operator, left, right, .. } => {
                self.expr(*left, operator.precedence());
                self.operator(*operator);
                self.expr(*right, operator.precedence() + 1);
            }
            ExprKind::Conditional { condition, yes, no } => {
                self.expr(*condition, CONDITIONAL + 1);
                self.out.push_str(" ? ");
                self.expr(*yes, CONDITIONAL + 1);
                self.out.push_str(" : ");
                self.expr(*no, CONDITIONAL);
            }
            ExprKind::Invalid => self.out.push('…'),
        }
    }

    fn formatted(&mut self, text: std::fmt::Arguments<'_>) {
        // Writing to a string doesn't fail.
        let _ = self.out.write_fmt(text);
    }

    fn operator(&mut self, operator: Operator) {
        self.out.push(' ');
        self.out.push_str(operator.symbol());
        self.out.push(' ');
    }

    fn list(&mut self, open: char, items: &[ExprIdx], close: char) {
        self.out.push(open);
        for (position, item) in items.iter().enumerate() {
            if position > 0 {
                self.out.push_str(", ");
            }
            self.expr(*item, CONDITIONAL);
        }
        self.out.push(close);
    }

    /// A minus sign that doesn't become part of a number.
    fn negate(&mut self, operand: ExprIdx) {
        self.out.push('-');
        let start = self.out.len();
        self.expr(operand, UNARY);
        if self.out.get(start..).is_some_and(|text| text.starts_with(|c: char| c.is_ascii_digit()))
        {
            self.out.insert(start, '(');
            self.out.push(')');
        }
    }

    /// `a && b && c`: without brackets where that reads back as the same tree.
    fn chain(&mut self, expr: ExprIdx, operator: Operator) {
        let mut operands = Vec::new();
        self.operands(expr, operator, &mut operands);
        let operands = if self.is_balanced(expr, operator) == Some(operands.len()) {
            operands
        } else {
            self.ast.exprs[expr].kind.children()
        };
        for (position, operand) in operands.into_iter().enumerate() {
            if position > 0 {
                self.operator(operator);
            }
            self.expr(operand, operator.precedence() + 1);
        }
    }

    fn operands(&self, expr: ExprIdx, operator: Operator, out: &mut Vec<ExprIdx>) {
        match &self.ast.exprs[expr].kind {
            ExprKind::Binary { operator: own, left, right, .. } if *own == operator => {
                self.operands(*left, operator, out);
                self.operands(*right, operator, out);
            }
            _ => out.push(expr),
        }
    }

    /// The number of operands of a chain that has the shape that the parser gives it.
    fn is_balanced(&self, expr: ExprIdx, operator: Operator) -> Option<usize> {
        let ExprKind::Binary { operator: own, left, right, .. } = &self.ast.exprs[expr].kind else {
            return Some(1);
        };
        if *own != operator {
            return Some(1);
        }
        let left = self.is_balanced(*left, operator)?;
        let right = self.is_balanced(*right, operator)?;
        (left == chain_middle(left + right)).then_some(left + right)
    }

    fn field(&mut self, name: &str) {
        let is_plain =
            is_word(name) && matches!(word_kind(name), TokenKind::Ident | TokenKind::Reserved);
        if is_plain {
            self.out.push_str(name);
        } else {
            self.out.push('`');
            self.out.push_str(name);
            self.out.push('`');
        }
    }

    /// In double quotes, or in single ones where that saves escapes.
    fn string(&mut self, text: &str) {
        let quote = if text.contains('"') && !text.contains('\'') { '\'' } else { '"' };
        self.out.push(quote);
        for c in text.chars() {
            match c {
                '\\' => self.out.push_str("\\\\"),
                '\n' => self.out.push_str("\\n"),
                '\r' => self.out.push_str("\\r"),
                '\t' => self.out.push_str("\\t"),
                _ if c == quote => {
                    self.out.push('\\');
                    self.out.push(c);
                }
                _ if c.is_control() => self.formatted(format_args!("\\u{:04x}", u32::from(c))),
                _ => self.out.push(c),
            }
        }
        self.out.push(quote);
    }
}

fn precedence(kind: &ExprKind) -> u8 {
    match kind {
        ExprKind::Conditional { .. } => CONDITIONAL,
        ExprKind::Binary { operator, .. } => operator.precedence(),
        ExprKind::Not(_) | ExprKind::Negate(_) => UNARY,
        // A negative number is a literal, but `-1.f` in brackets is easier to read.
        ExprKind::Int(value) if *value < 0 => UNARY,
        ExprKind::Double(value) if value.is_sign_negative() => UNARY,
        _ => MEMBER,
    }
}

#[cfg(test)]
mod tests;
