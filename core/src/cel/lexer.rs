//! Text to tokens, one at a time.

use super::parser::MOST_PROBLEMS;
use crate::diagnostic::Code;
use crate::diagnostic::syntax::SyntaxProblem;
use crate::source::Span;

/// A token and the text it stands for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Token<'t> {
    pub(crate) kind: TokenKind,
    pub(crate) text: &'t str,
    pub(crate) span: Span,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TokenKind {
    Int,
    Uint,
    Double,
    /// A string literal, quotes and prefix included.
    Text,
    Bytes,
    Ident,
    /// A field name in backticks.
    Quoted,
    True,
    False,
    Null,
    In,
    /// A word that CEL keeps for languages around it.
    Reserved,
    LeftParen,
    RightParen,
    LeftBracket,
    RightBracket,
    LeftBrace,
    RightBrace,
    Dot,
    Comma,
    Question,
    Colon,
    Not,
    Minus,
    Plus,
    Star,
    Slash,
    Percent,
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    And,
    Or,
    /// Something unreadable that has been reported; stands for an operand or an operator.
    Bad,
    /// The end of the text.
    End,
}

/// The words that can't be names of variables or functions.
const RESERVED: [&str; 17] = [
    "as",
    "break",
    "const",
    "continue",
    "else",
    "for",
    "function",
    "if",
    "import",
    "let",
    "loop",
    "namespace",
    "package",
    "return",
    "var",
    "void",
    "while",
];

/// What a word is: a keyword, a reserved word or a name.
pub(crate) fn word_kind(word: &str) -> TokenKind {
    match word {
        "true" => TokenKind::True,
        "false" => TokenKind::False,
        "null" => TokenKind::Null,
        "in" => TokenKind::In,
        _ if RESERVED.contains(&word) => TokenKind::Reserved,
        _ => TokenKind::Ident,
    }
}

/// Whether a text is letters of ASCII, digits and `_`, not starting with a digit.
pub(crate) fn is_word(text: &str) -> bool {
    text.chars().next().is_some_and(is_word_start) && text.chars().all(is_word_part)
}

fn is_word_start(c: char) -> bool {
    c.is_ascii_alphabetic() || c == '_'
}

fn is_word_part(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}

/// Symbols as written, longest first, and what they are.
const SYMBOLS: [(&str, TokenKind); 24] = [
    ("==", TokenKind::Equal),
    ("!=", TokenKind::NotEqual),
    ("<=", TokenKind::LessOrEqual),
    (">=", TokenKind::GreaterOrEqual),
    ("&&", TokenKind::And),
    ("||", TokenKind::Or),
    ("<", TokenKind::Less),
    (">", TokenKind::Greater),
    ("(", TokenKind::LeftParen),
    (")", TokenKind::RightParen),
    ("[", TokenKind::LeftBracket),
    ("]", TokenKind::RightBracket),
    ("{", TokenKind::LeftBrace),
    ("}", TokenKind::RightBrace),
    (".", TokenKind::Dot),
    (",", TokenKind::Comma),
    ("?", TokenKind::Question),
    (":", TokenKind::Colon),
    ("!", TokenKind::Not),
    ("-", TokenKind::Minus),
    ("+", TokenKind::Plus),
    ("*", TokenKind::Star),
    ("/", TokenKind::Slash),
    ("%", TokenKind::Percent),
];

/// What people write out of habit, longest first: the symbol, what it is taken for, what to write.
const HABITS: [(&str, TokenKind, Option<&str>); 16] = [
    ("===", TokenKind::Equal, Some("==")),
    ("!==", TokenKind::NotEqual, Some("!=")),
    ("<>", TokenKind::NotEqual, Some("!=")),
    ("=<", TokenKind::LessOrEqual, Some("<=")),
    ("=>", TokenKind::Bad, Some(">=")),
    ("**", TokenKind::Bad, None),
    ("??", TokenKind::Bad, None),
    ("=", TokenKind::Equal, Some("==")),
    ("&", TokenKind::And, Some("&&")),
    ("|", TokenKind::Or, Some("||")),
    ("≠", TokenKind::NotEqual, Some("!=")),
    ("≤", TokenKind::LessOrEqual, Some("<=")),
    ("≥", TokenKind::GreaterOrEqual, Some(">=")),
    ("×", TokenKind::Star, Some("*")),
    ("÷", TokenKind::Slash, Some("/")),
    ("−", TokenKind::Minus, Some("-")),
];

/// Reads tokens off a text.
#[derive(Debug)]
pub(crate) struct Lexer<'t> {
    text: &'t str,
    at: usize,
    /// What couldn't be read so far.
    pub(crate) problems: Vec<SyntaxProblem>,
    /// The comments passed over so far.
    pub(crate) comments: Vec<Span>,
}

impl<'t> Lexer<'t> {
    /// A lexer that starts at an offset of the text; spans count from the text's own start.
    pub(crate) fn new(text: &'t str, at: usize) -> Self {
        Self { text, at, problems: Vec::new(), comments: Vec::new() }
    }

    /// The next token; at the end of the text, `End` again and again.
    pub(crate) fn token(&mut self) -> Token<'t> {
        self.pass_blank();
        let start = self.at;
        let kind = self.kind();
        let text = self.text.get(start..self.at).unwrap_or("");
        Token { kind, text, span: self.span(start) }
    }

    fn report(&mut self, problem: SyntaxProblem) {
        if self.problems.len() < MOST_PROBLEMS {
            self.problems.push(problem);
        }
    }

    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or("")
    }

    fn span(&self, start: usize) -> Span {
        Span::new(start, self.at)
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn eat(&mut self, text: &str) -> bool {
        let found = self.rest().starts_with(text);
        if found {
            self.at += text.len();
        }
        found
    }

    fn eat_while(&mut self, accept: impl Fn(char) -> bool) {
        let rest = self.rest();
        self.at += rest.find(|c| !accept(c)).unwrap_or(rest.len());
    }

    fn pass_blank(&mut self) {
        loop {
            self.eat_while(|c| matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{c}'));
            let start = self.at;
            if self.rest().starts_with("//") {
                self.eat_while(|c| c != '\n');
                self.comments.push(self.span(start));
            } else if let Some(c) = self.peek().filter(|c| is_invisible(*c)) {
                self.eat_while(|other| other == c);
                let message = format!("an invisible character U+{:04X}", u32::from(c));
                let problem = SyntaxProblem::new(Code::Syntax, message, self.span(start));
                self.report(problem.help("put an ordinary space in its place"));
            } else {
                return;
            }
        }
    }

    fn kind(&mut self) -> TokenKind {
        let Some(c) = self.peek() else { return TokenKind::End };
        let second = self.rest().chars().nth(1);
        if c.is_ascii_digit() || (c == '.' && second.is_some_and(|c| c.is_ascii_digit())) {
            return self.number();
        }
        if matches!(c, '"' | '\'') {
            return self.string(TokenKind::Text, false);
        }
        if c.is_alphabetic() || c == '_' {
            return self.word();
        }
        match c {
            '`' => self.quoted(),
            '“' | '”' | '„' | '‘' | '’' => self.curly_string(),
            _ => self.symbol(c),
        }
    }

    fn word(&mut self) -> TokenKind {
        let quote = |at: usize| {
            self.rest().as_bytes().get(at).is_some_and(|byte| matches!(byte, b'"' | b'\''))
        };
        let length = if quote(1) {
            1
        } else if quote(2) {
            2
        } else {
            0
        };
        let prefix = self.rest().get(..length).unwrap_or("");
        let (kind, raw) = match prefix.to_ascii_lowercase().as_str() {
            "r" => (TokenKind::Text, true),
            "b" => (TokenKind::Bytes, false),
            "rb" | "br" => (TokenKind::Bytes, true),
            _ => return self.plain_word(),
        };
        self.at += length;
        self.string(kind, raw)
    }

    fn plain_word(&mut self) -> TokenKind {
        let start = self.at;
        self.eat_while(|c| c.is_alphanumeric() || c == '_');
        let word = self.text.get(start..self.at).unwrap_or("");
        if word.is_ascii() {
            return word_kind(word);
        }
        let message = format!("`{word}` can't be a name here");
        self.report(
            SyntaxProblem::new(Code::Syntax, message, self.span(start))
                .help("names consist of the letters a to z and A to Z, digits and `_`"),
        );
        TokenKind::Bad
    }

    fn number(&mut self) -> TokenKind {
        let start = self.at;
        let mut kind = TokenKind::Int;
        if self.rest().starts_with("0x") || self.rest().starts_with("0X") {
            self.at += 2;
            self.eat_while(|c| c.is_ascii_hexdigit());
        } else {
            self.eat_while(|c| c.is_ascii_digit());
            let mut after = self.rest().chars();
            if after.next() == Some('.') && after.next().is_some_and(|c| c.is_ascii_digit()) {
                kind = TokenKind::Double;
                self.at += 1;
                self.eat_while(|c| c.is_ascii_digit());
            }
            if let Some(length) = exponent(self.rest()) {
                kind = TokenKind::Double;
                self.at += length;
            }
        }
        if kind == TokenKind::Int && (self.eat("u") || self.eat("U")) {
            kind = TokenKind::Uint;
        }
        let digits = self.text.get(start..self.at).unwrap_or("");
        let suffix = self.at;
        self.eat_while(|c| c.is_alphanumeric() || c == '_');
        let suffix = self.text.get(suffix..self.at).unwrap_or("");
        if suffix.is_empty() && !digits.ends_with(['x', 'X']) {
            return kind;
        }
        let message = format!("`{digits}{suffix}` is not a number");
        let problem = SyntaxProblem::new(Code::Syntax, message, self.span(start));
        self.report(match suffix {
            "d" => problem.write(self.span(start), &format!("days({digits})")),
            "h" | "m" | "s" | "ms" => {
                problem.write(self.span(start), &format!("duration('{digits}{suffix}')"))
            }
            _ => problem,
        });
        TokenKind::Bad
    }

    /// A string from its opening quote on.
    fn string(&mut self, kind: TokenKind, raw: bool) -> TokenKind {
        let start = self.at;
        let quote = if self.eat("'") { '\'' } else { '"' };
        if quote == '"' {
            self.at += 1;
        }
        let triple = if quote == '"' { "\"\"\"" } else { "'''" };
        let is_triple = self.text.get(start..).is_some_and(|text| text.starts_with(triple));
        if is_triple {
            self.at = start + 3;
        }
        while let Some(c) = self.peek() {
            if is_triple && self.eat(triple) {
                return kind;
            }
            if !is_triple && matches!(c, '\n' | '\r') {
                break;
            }
            self.at += c.len_utf8();
            if c == quote && !is_triple {
                return kind;
            }
            if c == '\\' && !raw {
                self.at += self.peek().map_or(0, char::len_utf8);
            }
        }
        let mark = if is_triple { triple.to_owned() } else { quote.to_string() };
        let opening = Span::new(start, start + mark.len());
        let problem = SyntaxProblem::new(Code::Syntax, "a string that isn't closed", opening)
            .saying("opens here");
        self.report(if is_triple || self.peek().is_none() {
            problem.help(format!("close it with `{mark}`"))
        } else {
            problem.help(format!(
                "close it with `{mark}` on the same line, or write `{triple}` at both ends"
            ))
        });
        TokenKind::Bad
    }

    /// A string between typographic quotes.
    fn curly_string(&mut self) -> TokenKind {
        let start = self.at;
        self.at += self.peek().map_or(0, char::len_utf8);
        self.eat_while(|c| !matches!(c, '“' | '”' | '‘' | '’' | '"' | '\n' | '\r'));
        let inner = self.text.get(start..self.at).unwrap_or("");
        let inner = inner.trim_start_matches(['“', '”', '„', '‘', '’']);
        self.at += self.peek().filter(|c| !c.is_ascii_control()).map_or(0, char::len_utf8);
        let problem =
            SyntaxProblem::new(Code::Syntax, "a string in curly quotes", self.span(start));
        self.report(if inner.contains(['\'', '\\']) {
            problem.help("write straight quotes around it")
        } else {
            problem.write(self.span(start), &format!("'{inner}'"))
        });
        TokenKind::Bad
    }

    /// A field name in backticks.
    fn quoted(&mut self) -> TokenKind {
        let start = self.at;
        self.at += 1;
        self.eat_while(|c| !matches!(c, '`' | '\n' | '\r'));
        let empty = self.at == start + 1;
        if self.eat("`") && !empty {
            return TokenKind::Quoted;
        }
        let message = if empty { "an empty field name" } else { "a field name that isn't closed" };
        self.report(
            SyntaxProblem::new(Code::Syntax, message, self.span(start))
                .help("put one backtick on either side of the name"),
        );
        TokenKind::Bad
    }

    fn symbol(&mut self, c: char) -> TokenKind {
        let start = self.at;
        let habit = HABITS.iter().find(|(text, ..)| self.rest().starts_with(text));
        let symbol = SYMBOLS.iter().find(|(text, _)| self.rest().starts_with(text));
        let longer = |habit: &str| symbol.is_none_or(|(text, _)| text.len() < habit.len());
        if let Some((text, kind, meant)) = habit.filter(|(text, ..)| longer(text)) {
            self.at += text.len();
            let message = format!("`{text}` is not an operator");
            let problem = SyntaxProblem::new(Code::Syntax, message, self.span(start));
            self.report(match meant {
                Some(meant) => problem.write(self.span(start), meant),
                None if *text == "??" => problem
                    .help("a field that may be absent has its default in `x.?field.orValue(…)`"),
                None => problem.help("there is no power operator: multiply"),
            });
            return *kind;
        }
        if let Some((text, kind)) = symbol {
            self.at += text.len();
            return *kind;
        }
        self.at += c.len_utf8();
        let shown: String = if c.is_control() { c.escape_default().collect() } else { c.into() };
        let message = format!("`{shown}` has no meaning in an expression");
        let problem = SyntaxProblem::new(Code::Syntax, message, self.span(start));
        self.report(match c {
            '#' => problem.help("a comment starts with `//`"),
            ';' => problem.help("a condition is one expression: join its parts with `&&` or `||`"),
            '$' => problem.help("names are written plainly, such as `self.name`"),
            _ => problem,
        });
        TokenKind::Bad
    }
}

/// The length of `e10`, `E-3` at the start of a text.
fn exponent(text: &str) -> Option<usize> {
    let rest = text.strip_prefix(['e', 'E'])?;
    let digits = rest.strip_prefix(['+', '-']).unwrap_or(rest);
    let count = digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len());
    (count > 0).then(|| text.len() - digits.len() + count)
}

/// Spaces that aren't CEL's, and characters that show nothing.
fn is_invisible(c: char) -> bool {
    (c.is_whitespace() && !c.is_ascii())
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}')
}
