//! What stands before the colon of a definition or path: `Programme.seats(t: RoleType)`.

use super::{Cx, LONGEST_NAME};
use crate::cel::lexer::{Lexer, Token, TokenKind};
use crate::diagnostic::Code;
use crate::diagnostic::shown;
use crate::diagnostic::syntax::SyntaxProblem;
use crate::pack::{Argument, Spanned};
use crate::source::Span;
use crate::source::scalar::ScalarMap;
use crate::yaml::Node;

/// `Kind.name`, with arguments where it has them.
pub(super) struct Header {
    pub(super) kind: Spanned<String>,
    pub(super) name: Spanned<String>,
    pub(super) arguments: Option<Vec<Argument>>,
}

/// What a header names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Headed {
    Definition,
    Path,
}

impl Headed {
    fn word(self) -> &'static str {
        match self {
            Self::Definition => "definition",
            Self::Path => "path",
        }
    }
}

impl Cx<'_> {
    pub(super) fn header(&mut self, key: &Node, of: Headed) -> Option<Header> {
        let scalar = self.reader.scalar(key, &format!("a {}'s name", of.word()))?;
        let map = ScalarMap::of(self.reader.source, key.span, scalar);
        match parse(&scalar.text, of) {
            Ok(header) => {
                let header = header.placed(&map);
                let mut taken = false;
                for argument in header.arguments.iter().flatten() {
                    taken |= self.refuse_taken(&argument.name);
                }
                (!taken).then_some(header)
            }
            Err(problem) => {
                let problem = problem.into_diagnostic(self.reader.source, &map);
                self.reader.report(problem);
                None
            }
        }
    }
}

impl Header {
    /// The same with its places in the source.
    fn placed(self, map: &ScalarMap) -> Self {
        let place = |name: Spanned<String>| Spanned { span: map.span(name.span), ..name };
        let argument = |argument: Argument| Argument {
            name: place(argument.name),
            type_text: place(argument.type_text),
        };
        Self {
            kind: place(self.kind),
            name: place(self.name),
            arguments: self.arguments.map(|list| list.into_iter().map(argument).collect()),
        }
    }
}

/// Reads a header; places count in its text.
fn parse(text: &str, of: Headed) -> Result<Header, SyntaxProblem> {
    let mut lexer = Lexer::new(text, 0);
    let kind = lexer.token();
    let dot = lexer.token();
    if kind.kind == TokenKind::Ident && matches!(dot.kind, TokenKind::End | TokenKind::LeftParen) {
        let (name, of) = (shown(kind.text), of.word());
        let message = format!("`{name}` does not say of which kind it is a {of}");
        let problem = SyntaxProblem::new(Code::Syntax, message, kind.span);
        return Err(problem.help(format!("write `Kind.{}`", shown(kind.text))));
    }
    let name = lexer.token();
    let is_name = matches!(name.kind, TokenKind::Ident | TokenKind::Reserved)
        && name.text.len() <= LONGEST_NAME;
    if kind.kind != TokenKind::Ident || dot.kind != TokenKind::Dot || !is_name {
        return Err(no_header(text, of));
    }
    let open = lexer.token();
    let arguments = match open.kind {
        TokenKind::End => None,
        TokenKind::LeftParen => Some(parse_arguments(text, of, &mut lexer, open)?),
        _ => return Err(no_header(text, of)),
    };
    Ok(Header { kind: spanned(kind), name: spanned(name), arguments })
}

/// `t: RoleType, days: int)`, up to the end of the text.
fn parse_arguments<'t>(
    text: &'t str,
    of: Headed,
    lexer: &mut Lexer<'t>,
    open: Token<'_>,
) -> Result<Vec<Argument>, SyntaxProblem> {
    let mut arguments: Vec<Argument> = Vec::new();
    let mut name = lexer.token();
    while name.kind != TokenKind::RightParen {
        if name.kind == TokenKind::End {
            return Err(never_closed(open));
        }
        if name.kind != TokenKind::Ident {
            return Err(no_header(text, of));
        }
        if let Some(first) = arguments.iter().find(|argument| argument.name.value == name.text) {
            let message = format!("there are two arguments `{}`", shown(name.text));
            let problem = SyntaxProblem::new(Code::DuplicateName, message, name.span);
            return Err(problem.at(first.name.span, "the first"));
        }
        let colon = lexer.token();
        if colon.kind != TokenKind::Colon {
            let message = format!("argument `{}` has no type", shown(name.text));
            let problem = SyntaxProblem::new(Code::Syntax, message, name.span);
            return Err(problem.help(format!("write `{}: type`", shown(name.text))));
        }
        let (type_text, end) = parse_type(text, lexer, colon, open)?;
        arguments.push(Argument { name: spanned(name), type_text });
        name = if end.kind == TokenKind::Comma { lexer.token() } else { end };
    }
    match lexer.token().kind {
        TokenKind::End => Ok(arguments),
        _ => Err(no_header(text, of)),
    }
}

/// The text of a type after its colon, and what ends it: a comma or the closing bracket.
fn parse_type<'t>(
    text: &'t str,
    lexer: &mut Lexer<'t>,
    colon: Token<'_>,
    open: Token<'_>,
) -> Result<(Spanned<String>, Token<'t>), SyntaxProblem> {
    let mut span: Option<Span> = None;
    let mut angles = 0_usize;
    loop {
        let token = lexer.token();
        match token.kind {
            TokenKind::End => return Err(never_closed(open)),
            TokenKind::Comma | TokenKind::RightParen if angles == 0 => {
                let Some(span) = span else {
                    let message = "a type is missing after the colon";
                    return Err(SyntaxProblem::new(Code::Syntax, message, colon.span));
                };
                let (start, end) = (usize::try_from(span.start), usize::try_from(span.end));
                let value = start.ok().zip(end.ok()).and_then(|(start, end)| text.get(start..end));
                return Ok((Spanned { value: value.unwrap_or("").to_owned(), span }, token));
            }
            TokenKind::Less => angles += 1,
            TokenKind::Greater => angles = angles.saturating_sub(1),
            _ => {}
        }
        span = Some(span.map_or(token.span, |span| span.to(token.span)));
    }
}

fn spanned(token: Token<'_>) -> Spanned<String> {
    Spanned { value: token.text.to_owned(), span: token.span }
}

fn no_header(text: &str, of: Headed) -> SyntaxProblem {
    let message = format!("`{}` does not name a {}", shown(text), of.word());
    let problem = SyntaxProblem::new(Code::Syntax, message, Span::new(0, text.len()));
    problem.help(match of {
        Headed::Definition => "write `Kind.name`, or `\"Kind.name(argument: type)\"`",
        Headed::Path => "write `Kind.name`",
    })
}

fn never_closed(open: Token<'_>) -> SyntaxProblem {
    SyntaxProblem::new(Code::Syntax, "`(` is never closed", open.span)
}
