//! Expressions as written, in an arena. Macros are calls here; typing gives them their meaning.

use crate::index::{IndexVec, index_type};
use crate::source::Span;

index_type! {
    /// An expression in its tree.
    pub(crate) struct ExprIdx;
}

/// One expression text as a tree.
#[derive(Debug, Clone)]
pub(crate) struct Ast {
    pub(crate) exprs: IndexVec<ExprIdx, Expr>,
    pub(crate) root: ExprIdx,
}

/// A node. Spans count bytes of the expression's own text.
#[derive(Debug, Clone)]
pub(crate) struct Expr {
    pub(crate) kind: ExprKind,
    pub(crate) span: Span,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum ExprKind {
    Bool(bool),
    Int(i64),
    Double(f64),
    Text(String),
    /// `name`
    Ident(String),
    /// `operand.field`, or `operand.?field` with `optional`.
    Select { operand: ExprIdx, field: String, field_span: Span, optional: bool },
    /// `function(args)`, or `receiver.function(args)`. A namespaced function such as `math.abs` has
    /// the receiver `Ident("math")`.
    Call { receiver: Option<ExprIdx>, function: String, function_span: Span, args: Vec<ExprIdx> },
    /// `operand[index]`
    Index { operand: ExprIdx, index: ExprIdx },
    /// `[a, b]`
    List(Vec<ExprIdx>),
    Not(ExprIdx),
    Negate(ExprIdx),
    Binary { operator: Operator, operator_span: Span, left: ExprIdx, right: ExprIdx },
    Conditional { condition: ExprIdx, yes: ExprIdx, no: ExprIdx },
    /// Stands where the parser reported a problem; typing passes over it in silence.
    Invalid,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Operator {
    Or,
    And,
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    In,
    Add,
    Subtract,
    Multiply,
    Divide,
    Remainder,
}

impl Operator {
    /// As written.
    pub(crate) fn symbol(self) -> &'static str {
        match self {
            Self::Or => "||",
            Self::And => "&&",
            Self::Equal => "==",
            Self::NotEqual => "!=",
            Self::Less => "<",
            Self::LessOrEqual => "<=",
            Self::Greater => ">",
            Self::GreaterOrEqual => ">=",
            Self::In => "in",
            Self::Add => "+",
            Self::Subtract => "-",
            Self::Multiply => "*",
            Self::Divide => "/",
            Self::Remainder => "%",
        }
    }
}
