//! Text to path, by recursive descent.

use super::{Path, PathKind, Repeat};
use crate::diagnostic::Code;
use crate::diagnostic::syntax::SyntaxProblem;
use crate::limits::Limits;
use crate::source::Span;

/// How many problems of one path are reported.
const MOST_PROBLEMS: usize = 20;

/// Reads a path, or says everything that is wrong with its text.
pub(crate) fn parse(text: &str, limits: &Limits) -> Result<Path, Vec<SyntaxProblem>> {
    if text.len() > limits.expression_bytes {
        let message = format!("a path of more than {} bytes is too long", limits.expression_bytes);
        return Err(vec![SyntaxProblem::new(Code::OverLimit, message, Span::new(0, 0))]);
    }
    let mut parser =
        Parser { text, at: 0, nesting: 0, limit: limits.expression_depth, problems: Vec::new() };
    let parsed = parser.whole();
    match parsed {
        Some(parsed) if parser.problems.is_empty() => Ok(parsed.path),
        _ => Err(parser.problems),
    }
}

/// A path and how deep it is.
struct Parsed {
    path: Path,
    depth: usize,
}

struct Parser<'t> {
    text: &'t str,
    at: usize,
    /// How deep the parser is in brackets.
    nesting: usize,
    limit: usize,
    problems: Vec<SyntaxProblem>,
}

impl<'t> Parser<'t> {
    /// Invariant: yields a path, or has reported why not.
    fn whole(&mut self) -> Option<Parsed> {
        let parsed = self.alternative();
        if let Some(c) = self.peek().filter(|_| parsed.is_some()) {
            let start = self.at;
            self.at += c.len_utf8();
            let message = if c == ')' || c == ']' {
                format!("`{c}` closes nothing")
            } else {
                format!("`{c}` can't follow here")
            };
            let problem = SyntaxProblem::new(Code::Syntax, message, self.span(start));
            self.report(if c.is_alphabetic() {
                problem.help("steps are joined by `/`, as in `builds/enables`")
            } else {
                problem
            });
        }
        parsed
    }

    // Characters.

    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or("")
    }

    fn peek(&mut self) -> Option<char> {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start().len();
        self.rest().chars().next()
    }

    fn eat(&mut self, expected: char) -> bool {
        let found = self.peek() == Some(expected);
        if found {
            self.at += expected.len_utf8();
        }
        found
    }

    fn eat_while(&mut self, accept: impl Fn(char) -> bool) -> &'t str {
        let rest = self.rest();
        let length = rest.find(|c| !accept(c)).unwrap_or(rest.len());
        self.at += length;
        rest.get(..length).unwrap_or("")
    }

    fn span(&self, start: usize) -> Span {
        Span::new(start, self.at)
    }

    fn report(&mut self, problem: SyntaxProblem) {
        // What follows a problem that has no place of its own is not another problem.
        let known = self.problems.iter().any(|known| known.span == problem.span);
        if !known && self.problems.len() < MOST_PROBLEMS {
            self.problems.push(problem);
        }
    }

    fn problem(&mut self, message: impl Into<String>, start: usize) {
        let problem = SyntaxProblem::new(Code::Syntax, message, self.span(start));
        self.report(problem);
    }

    // Paths.

    fn wrap(&mut self, kind: PathKind, start: usize, below: usize) -> Option<Parsed> {
        if below >= self.limit {
            return self.too_deep(start);
        }
        Some(Parsed { path: Path { kind, span: self.span(start) }, depth: below + 1 })
    }

    /// Reports that the path is too deep and passes over the rest of it.
    fn too_deep(&mut self, start: usize) -> Option<Parsed> {
        let message = format!("a path nests more than {} levels deep", self.limit);
        let place = Span::new(start, start);
        self.report(
            SyntaxProblem::new(Code::OverLimit, message, place).help("split it into named paths"),
        );
        self.at = self.text.len();
        None
    }

    fn alternative(&mut self) -> Option<Parsed> {
        self.joined('|', PathKind::Alternative, Self::sequence)
    }

    fn sequence(&mut self) -> Option<Parsed> {
        self.joined('/', PathKind::Sequence, Self::element)
    }

    /// Parts with a separator between them; a single part as it is.
    fn joined(
        &mut self,
        separator: char,
        join: fn(Vec<Path>) -> PathKind,
        part: fn(&mut Self) -> Option<Parsed>,
    ) -> Option<Parsed> {
        self.peek();
        let start = self.at;
        let first = part(self);
        if !self.separator(separator) {
            return first;
        }
        let mut parts = vec![first];
        loop {
            parts.push(part(self));
            if !self.separator(separator) {
                break;
            }
        }
        let parts: Vec<Parsed> = parts.into_iter().collect::<Option<_>>()?;
        let depth = parts.iter().map(|part| part.depth).max().unwrap_or(0);
        self.wrap(join(parts.into_iter().map(|part| part.path).collect()), start, depth)
    }

    fn separator(&mut self, separator: char) -> bool {
        if self.eat(separator) {
            return true;
        }
        let mistaken = [".", "->", ">"].into_iter().find(|sign| self.rest().starts_with(sign));
        let Some(sign) = mistaken.filter(|_| separator == '/') else { return false };
        let start = self.at;
        self.at += sign.len();
        let span = self.span(start);
        let message = format!("steps of a path are not joined by `{sign}`");
        self.report(SyntaxProblem::new(Code::Syntax, message, span).write(span, "/"));
        true
    }

    /// A primary with its `^` before it and its filters and repetitions after it.
    fn element(&mut self) -> Option<Parsed> {
        self.peek();
        let start = self.at;
        let mut inversions = 0_usize;
        while self.eat('^') {
            inversions += 1;
        }
        let mut path = self.primary();
        for _ in 0..inversions {
            let Some(Parsed { path: inner, depth }) = path else { break };
            path = self.wrap(PathKind::Inverse(Box::new(inner)), start, depth);
        }
        let mut repeated = None;
        loop {
            let repeat = match self.peek() {
                Some('[') => {
                    repeated = None;
                    path = self.filter(path, start);
                    continue;
                }
                Some('?') => Repeat::Optional,
                Some('*') => Repeat::Any,
                Some('+') => Repeat::Some,
                Some('{') => {
                    self.counted();
                    continue;
                }
                _ => return path,
            };
            let sign = self.at;
            self.at += 1;
            if let Some(first) = repeated {
                let span = Span::new(first, self.at);
                self.report(
                    SyntaxProblem::new(Code::Syntax, "two signs of repetition in a row", span)
                        .help("`?` is none or one, `+` one or more, `*` any number"),
                );
                continue;
            }
            repeated = Some(sign);
            path = path.and_then(|Parsed { path, depth }| {
                self.wrap(PathKind::Repeat(Box::new(path), repeat), start, depth)
            });
        }
    }

    /// `[name]`
    fn filter(&mut self, path: Option<Parsed>, start: usize) -> Option<Parsed> {
        let open = self.at;
        self.at += 1;
        self.peek();
        let name_start = self.at;
        let name = self.eat_while(is_name_part).to_owned();
        let name_span = self.span(name_start);
        if name.is_empty() || self.peek() != Some(']') {
            self.eat_while(|c| c != ']');
            let message = if self.eat(']') {
                "a filter names one thing that is true or false"
            } else {
                "`[` is never closed"
            };
            let problem = SyntaxProblem::new(Code::Syntax, message, self.span(open));
            self.report(problem.help(
                "write a boolean property, a definition or a kind, as in `depends_on[open]`",
            ));
            return None;
        }
        self.eat(']');
        let Parsed { path, depth } = path?;
        let kind = PathKind::Filter { path: Box::new(path), name, name_span };
        self.wrap(kind, start, depth)
    }

    /// `{1,3}`
    fn counted(&mut self) {
        let start = self.at;
        self.eat_while(|c| c != '}');
        self.eat('}');
        let span = self.span(start);
        self.report(
            SyntaxProblem::new(
                Code::Unsupported,
                "counted repetition `{…}` is not supported",
                span,
            )
            .help("write the steps out, as in `a/a?`"),
        );
    }

    fn primary(&mut self) -> Option<Parsed> {
        let Some(c) = self.peek() else {
            let empty = self.text.trim().is_empty();
            let last = self.text.trim_end().len();
            let start = self.text.trim_end().char_indices().next_back().map_or(0, |(at, _)| at);
            let message = if empty { "a path is missing" } else { "a step is missing at the end" };
            self.report(SyntaxProblem::new(Code::Syntax, message, Span::new(start, last)));
            return None;
        };
        let start = self.at;
        match c {
            '(' => self.brackets(),
            _ if is_name_part(c) => self.step(),
            '!' => {
                self.at += 1;
                self.eat_while(|c| c == '(' || c == ')' || c == '|' || is_name_part(c));
                let span = self.span(start);
                self.report(
                    SyntaxProblem::new(Code::Unsupported, "`!` in a path is not supported", span)
                        .help("name the relations to follow, as in `a|b`"),
                );
                None
            }
            '/' | '|' | ')' | '?' | '*' | '+' | '[' | '.' => {
                let place = Span::new(start, start + 1);
                let message = format!("a step is missing before `{c}`");
                self.report(SyntaxProblem::new(Code::Syntax, message, place));
                None
            }
            _ => {
                self.at += c.len_utf8();
                self.problem(format!("`{c}` has no meaning in a path"), start);
                None
            }
        }
    }

    fn hyphen_in_name(&self) -> bool {
        self.rest().strip_prefix('-').is_some_and(|rest| rest.starts_with(is_name_part))
    }

    fn brackets(&mut self) -> Option<Parsed> {
        let start = self.at;
        if self.nesting >= self.limit {
            return self.too_deep(start);
        }
        self.at += 1;
        self.nesting += 1;
        let inner = self.alternative();
        self.nesting -= 1;
        if self.eat(')') {
            return inner;
        }
        if self.problems.is_empty() {
            let place = Span::new(start, start + 1);
            self.report(SyntaxProblem::new(Code::Syntax, "`(` is never closed", place));
        }
        None
    }

    fn step(&mut self) -> Option<Parsed> {
        let start = self.at;
        let mut name = self.eat_while(is_name_part);
        while self.hyphen_in_name() {
            self.at += 1;
            self.eat_while(is_name_part);
            name = self.text.get(start..self.at).unwrap_or("");
        }
        if name.starts_with(|c: char| c.is_ascii_digit()) || !name.is_ascii() || name.contains('-')
        {
            let span = self.span(start);
            let problem = SyntaxProblem::new(
                Code::Syntax,
                format!("`{name}` is not a relation's name"),
                span,
            );
            self.report(if name.contains('-') {
                problem.write(span, &name.replace('-', "_"))
            } else {
                problem
            });
            return None;
        }
        self.wrap(PathKind::Step(name.to_owned()), start, 0)
    }
}

fn is_name_part(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}
