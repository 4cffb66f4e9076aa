//! What number and string literals stand for.

use crate::diagnostic::Code;
use crate::diagnostic::syntax::SyntaxProblem;
use crate::source::Span;

/// An integer literal, its sign apart so that the least integer can be written.
pub(crate) fn int(text: &str, negative: bool, span: Span) -> Result<i64, SyntaxProblem> {
    let magnitude = match text.strip_prefix("0x").or_else(|| text.strip_prefix("0X")) {
        Some(digits) => u64::from_str_radix(digits, 16),
        None => text.parse(),
    };
    let value = magnitude.ok().and_then(|magnitude| {
        if negative { 0_i64.checked_sub_unsigned(magnitude) } else { i64::try_from(magnitude).ok() }
    });
    value.ok_or_else(|| {
        let sign = if negative { "-" } else { "" };
        let message = format!("`{sign}{text}` is outside the range of integers");
        SyntaxProblem::new(Code::Syntax, message, span)
            .help("integers run from -9223372036854775808 to 9223372036854775807")
    })
}

/// A literal with a decimal point or an exponent.
pub(crate) fn double(text: &str, negative: bool, span: Span) -> Result<f64, SyntaxProblem> {
    match text.parse::<f64>() {
        Ok(value) if value.is_finite() => Ok(if negative { -value } else { value }),
        _ => Err(SyntaxProblem::new(
            Code::Syntax,
            format!("`{text}` is outside the range of doubles"),
            span,
        )),
    }
}

/// The text that a closed string literal stands for; `at` is where the literal starts.
pub(crate) fn string(literal: &str, at: usize) -> Result<String, SyntaxProblem> {
    let prefix = literal.find(['"', '\'']).unwrap_or(0);
    let (prefix, quoted) = literal.split_at_checked(prefix).unwrap_or(("", literal));
    let width = match quoted.get(..3) {
        Some("\"\"\"" | "'''") if quoted.len() >= 6 => 3,
        _ => 1,
    };
    let inner = quoted.get(width..quoted.len().saturating_sub(width)).unwrap_or("");
    if prefix.contains(['r', 'R']) {
        return Ok(inner.to_owned());
    }
    let at = at + prefix.len() + width;
    let mut out = String::with_capacity(inner.len());
    let mut rest = inner;
    while let Some(backslash) = rest.find('\\') {
        out.push_str(rest.get(..backslash).unwrap_or(""));
        rest = rest.get(backslash..).unwrap_or("");
        match escape(rest) {
            Ok((c, length)) => {
                out.push(c);
                rest = rest.get(length..).unwrap_or("");
            }
            Err(length) => {
                let start = at + inner.len() - rest.len();
                let written = rest.get(..length).unwrap_or(rest);
                return Err(bad_escape(written, Span::new(start, start + written.len())));
            }
        }
    }
    out.push_str(rest);
    Ok(out)
}

/// The character of the escape that a text starts with and the length of the escape; or the length
/// of what is wrong.
fn escape(text: &str) -> Result<(char, usize), usize> {
    let mut chars = text.chars().skip(1);
    let Some(kind) = chars.next() else { return Err(text.len()) };
    let simple = match kind {
        '\\' | '?' | '"' | '\'' | '`' => kind,
        'a' => '\u{7}',
        'b' => '\u{8}',
        'f' => '\u{c}',
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        'v' => '\u{b}',
        'x' | 'X' => return coded(text, 2, 2, 16),
        'u' => return coded(text, 2, 4, 16),
        'U' => return coded(text, 2, 8, 16),
        '0'..='3' => return coded(text, 1, 3, 8),
        _ => return Err(1 + kind.len_utf8()),
    };
    Ok((simple, 2))
}

/// An escape by number: `digits` digits from `start` on.
fn coded(text: &str, start: usize, digits: usize, radix: u32) -> Result<(char, usize), usize> {
    let length = start + digits;
    let code: String =
        text.chars().skip(start).take_while(|c| c.is_digit(radix)).take(digits).collect();
    let c = (code.len() == digits)
        .then(|| u32::from_str_radix(&code, radix).ok().and_then(char::from_u32))
        .flatten();
    c.map(|c| (c, length)).ok_or(start + code.len())
}

fn bad_escape(written: &str, span: Span) -> SyntaxProblem {
    let problem =
        SyntaxProblem::new(Code::Syntax, format!("`{written}` is not an escape in a string"), span);
    match written.chars().nth(1) {
        Some('x' | 'X') => problem.help("`\\x` takes two hexadecimal digits"),
        Some('u') => problem.help("`\\u` takes the four hexadecimal digits of a character"),
        Some('U') => problem.help("`\\U` takes the eight hexadecimal digits of a character"),
        Some('0'..='3') => problem.help("a backslash and digits take three octal digits"),
        _ => problem.help("write `\\\\` for a backslash, or put `r` before the opening quote"),
    }
}
