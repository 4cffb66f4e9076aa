//! Text to tree, by recursive descent. Every problem that can be told apart is reported at once.

use super::ast::{Ast, Expr, ExprIdx, ExprKind, Operator};
use super::lexer::{Lexer, Token, TokenKind};
use super::literal;
use crate::diagnostic::Code;
use crate::diagnostic::syntax::SyntaxProblem;
use crate::index::IndexVec;
use crate::limits::Limits;
use crate::sort::sort_by_key;
use crate::source::Span;

mod recover;
mod unsupported;

/// The precedence of comparison and `in`, below which there are only chains.
const COMPARISON: u8 = Operator::In.precedence();

/// How many problems of one expression are reported.
pub(crate) const MOST_PROBLEMS: usize = 20;

/// Reads an expression. Where something is unreadable, the tree holds `Invalid` and a problem says why.
///
/// Trees are at most `limits.expression_depth` deep, so that walking them by recursion is safe.
/// Chains of `&&` and of `||` become balanced trees, in the order written: a rule may join hundreds
/// of conditions without being deep.
pub(crate) fn parse(text: &str, limits: &Limits) -> (Ast, Vec<SyntaxProblem>) {
    if text.len() > limits.expression_bytes {
        let message =
            format!("an expression of more than {} bytes is too long", limits.expression_bytes);
        let problem = SyntaxProblem::new(Code::OverLimit, message, Span::new(0, 0))
            .help("split it into definitions");
        return (invalid(text), vec![problem]);
    }
    let mut parser = Parser::new(text, limits.expression_depth);
    let root = parser.whole();
    let Parser { exprs, mut problems, .. } = parser;
    sort_by_key(&mut problems, |problem| problem.span);
    problems.truncate(MOST_PROBLEMS);
    (Ast { exprs, root }, problems)
}

fn invalid(text: &str) -> Ast {
    let mut exprs = IndexVec::new();
    let root = exprs.push(Expr { kind: ExprKind::Invalid, span: Span::new(0, text.len()) });
    Ast { exprs, root }
}

struct Parser<'t> {
    tokens: Vec<Token<'t>>,
    /// Position of the next token.
    at: usize,
    exprs: IndexVec<ExprIdx, Expr>,
    /// How deep the tree below each expression is, itself included.
    depths: IndexVec<ExprIdx, usize>,
    /// How deep the parser is in brackets.
    nesting: usize,
    limit: usize,
    problems: Vec<SyntaxProblem>,
    /// The token at which the last problem was reported: one mistake gives one problem.
    reported: Option<usize>,
}

impl<'t> Parser<'t> {
    fn new(text: &'t str, limit: usize) -> Self {
        let mut lexer = Lexer::new(text, 0);
        let mut tokens = Vec::new();
        loop {
            let token = lexer.token();
            tokens.push(token);
            if token.kind == TokenKind::End {
                break;
            }
        }
        Self {
            tokens,
            at: 0,
            exprs: IndexVec::new(),
            depths: IndexVec::new(),
            nesting: 0,
            limit,
            problems: lexer.problems,
            reported: None,
        }
    }

    fn whole(&mut self) -> ExprIdx {
        if self.peek() == TokenKind::End && self.problems.is_empty() {
            self.report(SyntaxProblem::new(
                Code::Syntax,
                "an expression is missing",
                self.token().span,
            ));
            return self.push(ExprKind::Invalid, self.token().span);
        }
        let root = self.expression();
        self.expect_end();
        root
    }

    // Tokens.

    fn token(&self) -> Token<'t> {
        self.token_at(self.at)
    }

    /// A token by position; past the end, `End`.
    fn token_at(&self, at: usize) -> Token<'t> {
        let end = Token { kind: TokenKind::End, text: "", span: Span::default() };
        self.tokens.get(at).or(self.tokens.last()).copied().unwrap_or(end)
    }

    fn peek(&self) -> TokenKind {
        self.token().kind
    }

    fn peek_after(&self) -> TokenKind {
        self.token_at(self.at + 1).kind
    }

    fn bump(&mut self) -> Token<'t> {
        let token = self.token();
        if token.kind != TokenKind::End {
            self.at += 1;
        }
        token
    }

    fn eat(&mut self, kind: TokenKind) -> bool {
        let found = self.peek() == kind;
        if found {
            self.bump();
        }
        found
    }

    /// From the token at `start` to the last one read.
    fn span_from(&self, start: usize) -> Span {
        let first = self.token_at(start).span;
        let last = self.token_at(self.at.saturating_sub(1).max(start)).span;
        first.to(last)
    }

    // Nodes.

    fn push(&mut self, kind: ExprKind, span: Span) -> ExprIdx {
        let below = kind.children().into_iter().map(|child| self.depths[child]).max().unwrap_or(0);
        let (kind, depth) = if below >= self.limit {
            self.too_deep(span);
            (ExprKind::Invalid, 1)
        } else {
            (kind, below + 1)
        };
        self.depths.push(depth);
        self.exprs.push(Expr { kind, span })
    }

    /// Reports that the expression is too deep and passes over the rest of it.
    fn too_deep(&mut self, span: Span) {
        let start = Span { start: span.start, end: span.start };
        let message = format!("an expression nests more than {} levels deep", self.limit);
        self.report(
            SyntaxProblem::new(Code::OverLimit, message, start).help("split it into definitions"),
        );
        self.at = self.tokens.len().saturating_sub(1);
        self.reported = Some(self.at);
    }

    // Grammar, from the loosest to the tightest.

    fn expression(&mut self) -> ExprIdx {
        if self.nesting >= self.limit {
            let span = self.token().span;
            self.too_deep(span);
            return self.push(ExprKind::Invalid, span);
        }
        self.nesting += 1;
        let expr = self.conditional();
        self.nesting -= 1;
        expr
    }

    /// `a ? b : c ? d : e`, collected in a loop and built from the right.
    fn conditional(&mut self) -> ExprIdx {
        let mut branches = Vec::new();
        let mut last;
        loop {
            let start = self.at;
            last = self.chain(Operator::Or);
            if self.peek() != TokenKind::Question {
                break;
            }
            let question = self.at;
            self.bump();
            let yes = self.chain(Operator::Or);
            if !self.expect_colon(question) {
                last = self.push(ExprKind::Invalid, self.span_from(start));
                break;
            }
            branches.push((start, last, yes));
        }
        while let Some((start, condition, yes)) = branches.pop() {
            let span = self.span_from(start);
            last = self.push(ExprKind::Conditional { condition, yes, no: last }, span);
        }
        last
    }

    /// A chain of `||`, or of `&&`, as a balanced tree.
    fn chain(&mut self, operator: Operator) -> ExprIdx {
        let mut operands = Vec::new();
        let mut operators = Vec::new();
        loop {
            let start = self.at;
            let operand = if operator == Operator::Or {
                self.chain(Operator::And)
            } else {
                self.binary(COMPARISON)
            };
            operands.push((operand, self.span_from(start)));
            if self.operator() != Some(operator) {
                return self.balanced(operator, &operands, &operators).0;
            }
            operators.push(self.bump_operator());
        }
    }

    fn balanced(
        &mut self,
        operator: Operator,
        operands: &[(ExprIdx, Span)],
        operators: &[Span],
    ) -> (ExprIdx, Span) {
        let middle = chain_middle(operands.len());
        if let [operand] = operands {
            return *operand;
        }
        let parts = operands.split_at_checked(middle).zip(operators.get(middle - 1));
        let Some(((first, second), operator_span)) = parts else {
            let span = self.token().span;
            return (self.push(ExprKind::Invalid, span), span);
        };
        let (left, left_span) = self.balanced(operator, first, operators);
        let (right, right_span) =
            self.balanced(operator, second, operators.get(middle..).unwrap_or(&[]));
        let span = left_span.to(right_span);
        let operator_span = *operator_span;
        (self.push(ExprKind::Binary { operator, operator_span, left, right }, span), span)
    }

    /// Comparison and arithmetic of at least the precedence, from the left.
    fn binary(&mut self, precedence: u8) -> ExprIdx {
        let start = self.at;
        let mut left = self.unary();
        loop {
            let negated = precedence <= COMPARISON && self.pass_negation_of_in();
            let Some(operator) = self.operator().filter(|o| o.precedence() >= precedence) else {
                if self.pass_missing_operator() {
                    left = self.push(ExprKind::Invalid, self.span_from(start));
                    continue;
                }
                return left;
            };
            let operator_span = self.bump_operator();
            let right = self.binary(operator.precedence() + 1);
            let span = self.span_from(start);
            left = self.push(ExprKind::Binary { operator, operator_span, left, right }, span);
            if negated {
                left = self.push(ExprKind::Not(left), span);
            }
        }
    }

    /// `!a`, `-a`. Signs are collected in a loop: the depth of the tree is counted when it is built.
    fn unary(&mut self) -> ExprIdx {
        let mut signs = Vec::new();
        loop {
            match self.peek() {
                // `-1` is one literal, so that `-9223372036854775808` is one.
                TokenKind::Minus
                    if matches!(self.peek_after(), TokenKind::Int | TokenKind::Double) =>
                {
                    break;
                }
                TokenKind::Not | TokenKind::Minus => signs.push((self.bump().kind, self.at - 1)),
                TokenKind::Ident if self.is_spelt_not() => {
                    signs.push((TokenKind::Not, self.at));
                    self.pass_spelt_not();
                }
                _ => break,
            }
        }
        let mut expr = self.member();
        while let Some((sign, at)) = signs.pop() {
            let span = self.span_from(at);
            let kind =
                if sign == TokenKind::Not { ExprKind::Not(expr) } else { ExprKind::Negate(expr) };
            expr = self.push(kind, span);
        }
        expr
    }

    /// A primary with the selections, calls and indices after it.
    fn member(&mut self) -> ExprIdx {
        let start = self.at;
        let mut expr = self.primary();
        loop {
            expr = match self.peek() {
                TokenKind::Dot => self.selection(start, expr),
                TokenKind::LeftBracket => self.index(start, expr),
                TokenKind::LeftBrace if self.is_type_name(expr) => self.message(start),
                _ => return expr,
            };
        }
    }

    /// `.field`, `.?field` or `.function(…)`.
    fn selection(&mut self, start: usize, operand: ExprIdx) -> ExprIdx {
        self.bump();
        let question = self.token();
        let optional = self.eat(TokenKind::Question);
        let name = self.token();
        let Some(field) = self.field_name() else {
            return self.push(ExprKind::Invalid, self.span_from(start));
        };
        if self.peek() != TokenKind::LeftParen {
            let kind = ExprKind::Select { operand, field, field_span: name.span, optional };
            return self.push(kind, self.span_from(start));
        }
        if optional {
            self.report(
                SyntaxProblem::new(
                    Code::Syntax,
                    format!("`.?` reads a field, and `{field}(…)` is a call"),
                    question.span.to(name.span),
                )
                .help("call it with a plain dot"),
            );
        }
        if name.kind == TokenKind::Quoted {
            self.report(
                SyntaxProblem::new(Code::Syntax, "a function's name in backticks", name.span)
                    .help("only fields may stand in backticks"),
            );
        }
        let args = self.arguments();
        let kind = ExprKind::Call {
            receiver: Some(operand),
            function: field,
            function_span: name.span,
            args,
        };
        self.push(kind, self.span_from(start))
    }

    /// `[index]`
    fn index(&mut self, start: usize, operand: ExprIdx) -> ExprIdx {
        let open = self.bump();
        let optional = self.token();
        let is_optional = self.eat(TokenKind::Question);
        let index = self.expression();
        self.close(open, TokenKind::RightBracket);
        let span = self.span_from(start);
        if is_optional {
            self.add(unsupported::optional_index(open.span.to(optional.span)));
            return self.push(ExprKind::Invalid, span);
        }
        self.push(ExprKind::Index { operand, index }, span)
    }

    /// `(a, b)` after a function's name.
    fn arguments(&mut self) -> Vec<ExprIdx> {
        let open = self.bump();
        let mut args = Vec::new();
        if self.peek() != TokenKind::RightParen {
            loop {
                args.push(self.expression());
                if !self.comma(TokenKind::RightParen) {
                    break;
                }
            }
        }
        self.close(open, TokenKind::RightParen);
        args
    }

    fn primary(&mut self) -> ExprIdx {
        let start = self.at;
        let token = self.token();
        let kind = match token.kind {
            TokenKind::Int | TokenKind::Double | TokenKind::Minus => return self.number(),
            TokenKind::Text => {
                self.bump();
                let at = usize::try_from(token.span.start).unwrap_or(usize::MAX);
                literal::string(token.text, at).map(ExprKind::Text)
            }
            TokenKind::True | TokenKind::False => {
                self.bump();
                Ok(ExprKind::Bool(token.kind == TokenKind::True))
            }
            TokenKind::Uint | TokenKind::Bytes | TokenKind::Null => {
                self.bump();
                self.add(unsupported::literal(token));
                Ok(ExprKind::Invalid)
            }
            TokenKind::Ident | TokenKind::Reserved | TokenKind::Dot => return self.name(),
            TokenKind::LeftParen => {
                self.bump();
                let inner = self.expression();
                self.close(token, TokenKind::RightParen);
                return inner;
            }
            TokenKind::LeftBracket => return self.list(),
            TokenKind::LeftBrace => return self.map(),
            TokenKind::Bad => {
                self.bump();
                Ok(ExprKind::Invalid)
            }
            _ => {
                self.report_missing_operand();
                Ok(ExprKind::Invalid)
            }
        };
        let kind = kind.unwrap_or_else(|problem| {
            self.add(problem);
            ExprKind::Invalid
        });
        let span = if self.at == start {
            Span { end: token.span.start, ..token.span }
        } else {
            token.span
        };
        self.push(kind, span)
    }

    /// A number with its sign.
    fn number(&mut self) -> ExprIdx {
        let start = self.at;
        let negative = self.eat(TokenKind::Minus);
        let token = self.bump();
        let span = self.span_from(start);
        let kind = if token.kind == TokenKind::Int {
            literal::int(token.text, negative, span).map(ExprKind::Int)
        } else {
            literal::double(token.text, negative, span).map(ExprKind::Double)
        };
        let kind = kind.unwrap_or_else(|problem| {
            self.add(problem);
            ExprKind::Invalid
        });
        self.push(kind, span)
    }

    /// `name`, `.name` or `function(…)`.
    fn name(&mut self) -> ExprIdx {
        let start = self.at;
        let root = self.eat(TokenKind::Dot);
        let token = self.token();
        if !matches!(token.kind, TokenKind::Ident | TokenKind::Reserved) {
            self.report(
                SyntaxProblem::new(
                    Code::Syntax,
                    "a dot with nothing before it",
                    self.span_from(start),
                )
                .help("a field is read of something, such as `self.name`"),
            );
            return self.push(ExprKind::Invalid, self.span_from(start));
        }
        let is_reserved = token.kind == TokenKind::Reserved;
        if is_reserved {
            self.report_reserved(token);
        }
        self.bump();
        let kind = if self.peek() == TokenKind::LeftParen {
            let args = self.arguments();
            let function = token.text.to_owned();
            ExprKind::Call { receiver: None, function, function_span: token.span, args }
        } else {
            ExprKind::Ident(format!("{}{}", if root { "." } else { "" }, token.text))
        };
        let kind = if is_reserved { ExprKind::Invalid } else { kind };
        self.push(kind, self.span_from(start))
    }

    /// `[a, b]`
    fn list(&mut self) -> ExprIdx {
        let start = self.at;
        let open = self.bump();
        let mut items = Vec::new();
        let mut is_optional = false;
        while self.peek() != TokenKind::RightBracket {
            if self.peek() == TokenKind::Question {
                let question = self.bump();
                self.add(unsupported::optional_item(question.span));
                is_optional = true;
            }
            items.push(self.expression());
            if !self.comma(TokenKind::RightBracket) {
                break;
            }
        }
        self.close(open, TokenKind::RightBracket);
        let span = self.span_from(start);
        let kind = if is_optional { ExprKind::Invalid } else { ExprKind::List(items) };
        self.push(kind, span)
    }
}

/// How many of the operands of a chain go to the left half of its tree.
pub(crate) fn chain_middle(operands: usize) -> usize {
    operands.div_ceil(2)
}

#[cfg(test)]
mod tests;
