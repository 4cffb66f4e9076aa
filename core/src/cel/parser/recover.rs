//! What people write by mistake: reporting it, and reading on after it.

use super::super::ast::{ExprIdx, ExprKind, Operator};
use super::super::lexer::{Token, TokenKind};
use super::{MOST_PROBLEMS, Parser, unsupported};
use crate::diagnostic::Code;
use crate::diagnostic::syntax::SyntaxProblem;

impl Parser<'_> {
    /// Reports a problem at the next token, unless one was reported there or right before it.
    pub(super) fn report(&mut self, problem: SyntaxProblem) {
        let after_bad =
            self.at.checked_sub(1).is_some_and(|at| self.token_at(at).kind == TokenKind::Bad);
        if self.reported == Some(self.at) || after_bad {
            return;
        }
        self.reported = Some(self.at);
        self.add(problem);
    }

    /// Adds a problem with something that was read whole.
    pub(super) fn add(&mut self, problem: SyntaxProblem) {
        if self.problems.len() < 2 * MOST_PROBLEMS {
            self.problems.push(problem);
        }
    }

    // Names for operators.

    /// The operator that comes next, also where it is spelt as a word.
    pub(super) fn operator(&self) -> Option<Operator> {
        Some(match self.peek() {
            TokenKind::Or => Operator::Or,
            TokenKind::And => Operator::And,
            TokenKind::Equal => Operator::Equal,
            TokenKind::NotEqual => Operator::NotEqual,
            TokenKind::Less => Operator::Less,
            TokenKind::LessOrEqual => Operator::LessOrEqual,
            TokenKind::Greater => Operator::Greater,
            TokenKind::GreaterOrEqual => Operator::GreaterOrEqual,
            TokenKind::In => Operator::In,
            TokenKind::Plus => Operator::Add,
            TokenKind::Minus => Operator::Subtract,
            TokenKind::Star => Operator::Multiply,
            TokenKind::Slash => Operator::Divide,
            TokenKind::Percent => Operator::Remainder,
            TokenKind::Ident => match self.token().text {
                "and" | "And" | "AND" | "en" | "EN" => Operator::And,
                "or" | "Or" | "OR" | "of" | "OF" => Operator::Or,
                "mod" | "MOD" => Operator::Remainder,
                _ => return None,
            },
            _ => return None,
        })
    }

    /// Passes over an operator, and reports it where it is spelt as a word.
    pub(super) fn bump_operator(&mut self) -> crate::source::Span {
        let token = self.token();
        if let (TokenKind::Ident, Some(operator)) = (token.kind, self.operator()) {
            self.report(not_an_operator(token, operator.symbol()));
        }
        self.bump();
        token.span
    }

    /// Whether `not` stands before an operand.
    pub(super) fn is_spelt_not(&self) -> bool {
        is_not(self.token())
            && (begins_operand(self.peek_after()) || self.peek_after() == TokenKind::Not)
    }

    pub(super) fn pass_spelt_not(&mut self) {
        let token = self.token();
        self.report(not_an_operator(token, "!"));
        self.bump();
    }

    /// Passes over the `!` of `a !in b` and the `not` of `a not in b`.
    pub(super) fn pass_negation_of_in(&mut self) -> bool {
        if !self.is_negation_of_in() {
            return false;
        }
        let span = self.token().span.to(self.token_at(self.at + 1).span);
        let text = self.token().text;
        let space = if text == "!" { "" } else { " " };
        self.report(
            SyntaxProblem::new(Code::Syntax, format!("`{text}{space}in` is not an operator"), span)
                .help("write `!(a in b)`"),
        );
        self.bump();
        true
    }

    fn is_negation_of_in(&self) -> bool {
        (self.peek() == TokenKind::Not || is_not(self.token()))
            && self.peek_after() == TokenKind::In
    }

    // Something else than the grammar has at this place.

    pub(super) fn expect_end(&mut self) {
        let token = self.token();
        let message = match token.kind {
            TokenKind::End => return,
            TokenKind::RightParen | TokenKind::RightBracket | TokenKind::RightBrace => {
                format!("`{}` closes nothing", token.text)
            }
            _ => format!("`{}` can't follow here", token.text),
        };
        self.report(SyntaxProblem::new(Code::Syntax, message, token.span));
    }

    /// Where an operand follows an operand, reports that the operator is missing and reads it.
    pub(super) fn pass_missing_operator(&mut self) -> bool {
        let token = self.token();
        if token.kind == TokenKind::Bad {
            self.bump();
            if begins_operand(self.peek()) {
                self.unary();
            }
            return true;
        }
        let begins = begins_operand(token.kind) && !self.is_negation_of_in() || self.at_not();
        if !begins || self.operator().is_some() {
            return false;
        }
        let message = format!("an operator is missing before `{}`", shown(token));
        let problem = SyntaxProblem::new(Code::Syntax, message, token.span);
        self.report(match token.text {
            "is" | "contains" | "startsWith" | "endsWith" | "matches" => {
                problem.help(format!("it is called: `x.{}(…)`", token.text))
            }
            _ => problem,
        });
        // One problem for a whole row of operands: `a is not b`.
        while begins_operand(self.peek()) && self.operator().is_none() || self.at_not() {
            let start = self.at;
            self.unary();
            if self.at == start {
                self.bump();
            }
            self.reported = Some(self.at);
        }
        true
    }

    /// Whether a `!` comes next that isn't that of `!in`.
    fn at_not(&self) -> bool {
        self.peek() == TokenKind::Not && !self.is_negation_of_in()
    }

    /// Reports that a value is missing before the next token.
    pub(super) fn report_missing_operand(&mut self) {
        let token = self.token();
        let before = self.at.checked_sub(1).map(|at| self.token_at(at));
        let problem = match before {
            Some(before) if token.kind == TokenKind::End => {
                let message = format!("nothing follows `{}`", shown(before));
                SyntaxProblem::new(Code::Syntax, message, before.span)
            }
            _ => {
                let message = format!("`{}` stands where a value is expected", shown(token));
                SyntaxProblem::new(Code::Syntax, message, token.span)
            }
        };
        self.report(problem);
    }

    /// Reports a reserved word, which comes next, and nothing about what follows it.
    pub(super) fn report_reserved(&mut self, token: Token<'_>) {
        let message = format!("`{}` is a reserved word", token.text);
        self.report(SyntaxProblem::new(Code::Syntax, message, token.span).help(match token.text {
            "if" | "else" => "`condition ? a : b` chooses between two values",
            "let" | "var" | "const" => "give names to values under `let` of the rule",
            "for" | "while" | "loop" => {
                "`all`, `exists`, `filter` and `map` go over a list: `xs.all(x, …)`"
            }
            "function" => "write functions under `define`",
            _ => "choose another name",
        }));
        self.reported = Some(self.at + 1);
    }

    /// Reads the name after a dot.
    pub(super) fn field_name(&mut self) -> Option<String> {
        let token = self.token();
        match token.kind {
            TokenKind::Ident | TokenKind::Reserved => {
                self.bump();
                Some(token.text.to_owned())
            }
            TokenKind::Quoted => {
                self.bump();
                Some(token.text.trim_matches('`').to_owned())
            }
            TokenKind::True | TokenKind::False | TokenKind::Null | TokenKind::In => {
                let message = format!("`{}` is a keyword and no field name", token.text);
                let quoted = format!("`{}`", token.text);
                let problem = SyntaxProblem::new(Code::Syntax, message, token.span);
                self.report(problem.help_replace(
                    "put it in backticks to read a field of that name",
                    token.span,
                    quoted,
                ));
                self.bump();
                Some(token.text.to_owned())
            }
            TokenKind::Bad => {
                self.bump();
                None
            }
            _ => {
                let dot = self.token_at(self.at.saturating_sub(1)).span;
                self.report(SyntaxProblem::new(
                    Code::Syntax,
                    "a field name is missing after the dot",
                    dot,
                ));
                None
            }
        }
    }

    /// Reads the `:` that belongs to the `?` at a position.
    pub(super) fn expect_colon(&mut self, question: usize) -> bool {
        if self.eat(TokenKind::Colon) {
            return true;
        }
        let span = self.token_at(question).span;
        let problem = SyntaxProblem::new(Code::Syntax, "`?` without its `:`", span);
        let after = self.token_at(question + 1);
        self.report(if after.kind == TokenKind::Dot && after.span.start == span.end {
            problem.write(span.to(after.span), ".?")
        } else if self.peek() == TokenKind::Question {
            problem.help("put the choice between `?` and `:` in brackets")
        } else {
            problem.help("`condition ? a : b` chooses between two values")
        });
        false
    }

    // Brackets.

    /// After an item of a list that `close` ends: whether another item follows.
    pub(super) fn comma(&mut self, close: TokenKind) -> bool {
        let token = self.token();
        if token.kind != TokenKind::Comma {
            if is_close(token.kind) || token.kind == TokenKind::End {
                return false;
            }
            self.report_unexpected("`,`", close);
            self.skip(true);
            if self.peek() != TokenKind::Comma {
                return false;
            }
        }
        let comma = self.bump();
        if self.peek() != close {
            return true;
        }
        if close == TokenKind::RightParen {
            let message = "an argument is missing after the comma";
            self.report(SyntaxProblem::new(Code::Syntax, message, comma.span));
        }
        false
    }

    /// Reads the bracket that closes `open`.
    pub(super) fn close(&mut self, open: Token<'_>, close: TokenKind) {
        if self.eat(close) {
            return;
        }
        if is_close(self.peek()) || self.peek() == TokenKind::End {
            let message = format!("`{}` is never closed", open.text);
            self.report(SyntaxProblem::new(Code::Syntax, message, open.span));
            return;
        }
        self.report_unexpected("", close);
        self.skip(false);
        self.eat(close);
    }

    fn report_unexpected(&mut self, separator: &str, close: TokenKind) {
        let token = self.token();
        let close = match close {
            TokenKind::RightParen => "`)`",
            TokenKind::RightBracket => "`]`",
            _ => "`}`",
        };
        let or = if separator.is_empty() { "" } else { " or " };
        let message = format!("`{}` stands where {separator}{or}{close} is expected", shown(token));
        self.report(SyntaxProblem::new(Code::Syntax, message, token.span));
    }

    /// Passes over tokens up to the bracket that closes what is open, or up to a comma.
    fn skip(&mut self, to_comma: bool) {
        let mut open = 0_usize;
        loop {
            match self.peek() {
                TokenKind::End => return,
                TokenKind::LeftParen | TokenKind::LeftBracket | TokenKind::LeftBrace => open += 1,
                kind if is_close(kind) => {
                    if open == 0 {
                        return;
                    }
                    open -= 1;
                }
                TokenKind::Comma if to_comma && open == 0 => return,
                _ => {}
            }
            self.bump();
        }
    }

    // What the language leaves out but CEL has; read whole, so that it gives one problem.

    /// `{key: value}`
    pub(super) fn map(&mut self) -> ExprIdx {
        let start = self.at;
        let known = self.problems.len();
        self.entries(|parser| {
            parser.expression();
        });
        let span = self.span_from(start);
        self.instead_of_those_within(known, unsupported::map(span));
        self.push(ExprKind::Invalid, span)
    }

    /// `Type{field: value}`, from the brace on; its name began at `start`.
    pub(super) fn message(&mut self, start: usize) -> ExprIdx {
        let name = self.span_from(start);
        let known = self.problems.len();
        self.entries(|parser| {
            parser.field_name();
        });
        self.instead_of_those_within(known, unsupported::message(name));
        let span = self.span_from(start);
        self.push(ExprKind::Invalid, span)
    }

    fn entries(&mut self, key: impl Fn(&mut Self)) {
        let open = self.bump();
        while self.peek() != TokenKind::RightBrace {
            self.eat(TokenKind::Question);
            key(self);
            if !self.eat(TokenKind::Colon) {
                break;
            }
            self.expression();
            if !self.comma(TokenKind::RightBrace) {
                break;
            }
        }
        self.close(open, TokenKind::RightBrace);
    }

    /// Whether an expression is a name, plain or with dots: what a message type is written as.
    pub(super) fn is_type_name(&self, expr: ExprIdx) -> bool {
        let mut expr = expr;
        loop {
            match &self.exprs[expr].kind {
                ExprKind::Ident(_) => return true,
                ExprKind::Select { operand, optional: false, .. } => expr = *operand,
                _ => return false,
            }
        }
    }

    /// Reports one problem in place of those of its kind that were found since there were `known`.
    fn instead_of_those_within(&mut self, known: usize, problem: SyntaxProblem) {
        let mut position = 0;
        self.problems.retain(|within| {
            position += 1;
            position <= known || within.code != Code::Unsupported
        });
        self.add(problem);
    }
}

fn not_an_operator(token: Token<'_>, meant: &str) -> SyntaxProblem {
    let message = format!("`{}` is not an operator", token.text);
    SyntaxProblem::new(Code::Syntax, message, token.span).write(token.span, meant)
}

fn is_not(token: Token<'_>) -> bool {
    token.kind == TokenKind::Ident && matches!(token.text, "not" | "Not" | "NOT" | "niet" | "NIET")
}

fn is_close(kind: TokenKind) -> bool {
    matches!(kind, TokenKind::RightParen | TokenKind::RightBracket | TokenKind::RightBrace)
}

fn begins_operand(kind: TokenKind) -> bool {
    matches!(
        kind,
        TokenKind::Int
            | TokenKind::Uint
            | TokenKind::Double
            | TokenKind::Text
            | TokenKind::Bytes
            | TokenKind::Ident
            | TokenKind::Quoted
            | TokenKind::True
            | TokenKind::False
            | TokenKind::Null
            | TokenKind::Reserved
            | TokenKind::LeftParen
            | TokenKind::LeftBrace
    )
}

/// A token as messages show it: a long string is cut.
fn shown(token: Token<'_>) -> String {
    const MOST: usize = 24;
    if token.text.chars().count() <= MOST {
        return token.text.to_owned();
    }
    token.text.chars().take(MOST - 1).chain(['…']).collect()
}
