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
    /// `name`; with its dot where it was written `.name`, which no macro's variable can shadow.
    Ident(String),
    /// `operand.field`, or `operand.?field` with `optional`.
    Select {
        operand: ExprIdx,
        field: String,
        field_span: Span,
        optional: bool,
    },
    /// `function(args)`, or `receiver.function(args)`. A namespaced function such as `math.abs` has
    /// the receiver `Ident("math")`.
    Call {
        receiver: Option<ExprIdx>,
        function: String,
        function_span: Span,
        args: Vec<ExprIdx>,
    },
    /// `operand[index]`
    Index {
        operand: ExprIdx,
        index: ExprIdx,
    },
    /// `[a, b]`
    List(Vec<ExprIdx>),
    Not(ExprIdx),
    Negate(ExprIdx),
    Binary {
        operator: Operator,
        operator_span: Span,
        left: ExprIdx,
        right: ExprIdx,
    },
    Conditional {
        condition: ExprIdx,
        yes: ExprIdx,
        no: ExprIdx,
    },
    /// Stands where the parser reported a problem; typing passes over it in silence.
    Invalid,
}

impl ExprKind {
    /// The parts, in the order written.
    pub(crate) fn children(&self) -> Vec<ExprIdx> {
        match self {
            Self::Bool(_)
            | Self::Int(_)
            | Self::Double(_)
            | Self::Text(_)
            | Self::Ident(_)
            | Self::Invalid => Vec::new(),
            Self::Select { operand, .. } | Self::Not(operand) | Self::Negate(operand) => {
                vec![*operand]
            }
            Self::Call { receiver, args, .. } => receiver.iter().chain(args).copied().collect(),
            Self::Index { operand, index } => vec![*operand, *index],
            Self::List(items) => items.clone(),
            Self::Binary { left, right, .. } => vec![*left, *right],
            Self::Conditional { condition, yes, no } => vec![*condition, *yes, *no],
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
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

    /// How tightly it binds: a higher number binds its operands first.
    pub(crate) const fn precedence(self) -> u8 {
        match self {
            Self::Or => 1,
            Self::And => 2,
            Self::Equal
            | Self::NotEqual
            | Self::Less
            | Self::LessOrEqual
            | Self::Greater
            | Self::GreaterOrEqual
            | Self::In => 3,
            Self::Add | Self::Subtract => 4,
            Self::Multiply | Self::Divide | Self::Remainder => 5,
        }
    }
}
