//! Functions of texts. Positions count Unicode characters, as in CEL.

use super::functions::length;
use crate::eval::EvalError;
use crate::typing::functions::Function;
use crate::value::Value;

type Computed = Result<Value, EvalError>;

/// The call's result; `None` where the function is not one of texts.
pub(super) fn call(function: Function, args: &[Value]) -> Option<Computed> {
    let text = |t: String| Some(Ok(Value::Text(t.into())));
    match (function, args) {
        (Function::StartsWith, [Value::Text(t), Value::Text(p)]) => {
            Some(Ok(Value::Bool(t.starts_with(&**p))))
        }
        (Function::EndsWith, [Value::Text(t), Value::Text(p)]) => {
            Some(Ok(Value::Bool(t.ends_with(&**p))))
        }
        (Function::Contains, [Value::Text(t), Value::Text(p)]) => {
            Some(Ok(Value::Bool(t.contains(&**p))))
        }
        (Function::LowerAscii, [Value::Text(t)]) => text(t.to_ascii_lowercase()),
        (Function::UpperAscii, [Value::Text(t)]) => text(t.to_ascii_uppercase()),
        (Function::Trim, [Value::Text(t)]) => text(t.trim().to_owned()),
        (Function::ReverseText, [Value::Text(t)]) => text(t.chars().rev().collect()),
        (Function::Quote, [Value::Text(t)]) => text(quote(t)),
        (Function::CharAt, [Value::Text(t), Value::Int(at)]) => Some(char_at(t, *at)),
        (Function::IndexOf, [Value::Text(t), Value::Text(p)]) => Some(index_of(t, p, None)),
        (Function::IndexOf, [Value::Text(t), Value::Text(p), Value::Int(from)]) => {
            Some(index_of(t, p, Some(*from)))
        }
        (Function::LastIndexOf, [Value::Text(t), Value::Text(p)]) => {
            Some(last_index_of(t, p, None))
        }
        (Function::LastIndexOf, [Value::Text(t), Value::Text(p), Value::Int(to)]) => {
            Some(last_index_of(t, p, Some(*to)))
        }
        (Function::Replace, [Value::Text(t), Value::Text(from), Value::Text(to)]) => {
            Some(replace(t, from, to, -1))
        }
        (
            Function::Replace,
            [Value::Text(t), Value::Text(from), Value::Text(to), Value::Int(n)],
        ) => Some(replace(t, from, to, *n)),
        (Function::Split, [Value::Text(t), Value::Text(by)]) => Some(Ok(split(t, by, -1))),
        (Function::Split, [Value::Text(t), Value::Text(by), Value::Int(n)]) => {
            Some(Ok(split(t, by, *n)))
        }
        (Function::Join, [Value::List(items)]) => Some(join(items, "")),
        (Function::Join, [Value::List(items), Value::Text(by)]) => Some(join(items, by)),
        (Function::Substring, [Value::Text(t), Value::Int(from)]) => {
            Some(substring(t, *from, length(t.chars().count())))
        }
        (Function::Substring, [Value::Text(t), Value::Int(from), Value::Int(to)]) => {
            Some(substring(t, *from, *to))
        }
        _ => None,
    }
}

/// Texts grow by repetition only up to here.
const MAX_TEXT: usize = 10 << 20;

fn out_of_text<T>() -> Result<T, EvalError> {
    Err(EvalError::InvalidArgument("a position must lie within the text"))
}

/// The byte offset of a character position, the end included.
fn offset(text: &str, position: i64) -> Option<usize> {
    let position = usize::try_from(position).ok()?;
    text.char_indices().map(|(offset, _)| offset).chain([text.len()]).nth(position)
}

fn char_at(text: &str, at: i64) -> Computed {
    let Some(start) = offset(text, at) else { return out_of_text() };
    let found: String = text.get(start..).unwrap_or("").chars().take(1).collect();
    Ok(Value::Text(found.into()))
}

fn substring(text: &str, from: i64, to: i64) -> Computed {
    let range = offset(text, from).zip(offset(text, to));
    match range.and_then(|(from, to)| text.get(from..to)) {
        Some(part) => Ok(Value::text(part)),
        None => out_of_text(),
    }
}

/// The byte offset from which a pattern is looked for. As CEL has it, only nothing is found at the end and
/// beyond it.
fn place(text: &str, pattern: &str, position: i64) -> Option<usize> {
    if pattern.is_empty() && position >= 0 {
        return Some(offset(text, position).unwrap_or(text.len()));
    }
    offset(text, position).filter(|offset| *offset < text.len())
}

fn index_of(text: &str, pattern: &str, from: Option<i64>) -> Computed {
    let start = from.map_or(Some(0), |from| place(text, pattern, from));
    let Some(start) = start else { return out_of_text() };
    let (before, after) = text.split_at_checked(start).unwrap_or((text, ""));
    let found = after
        .find(pattern)
        .and_then(|found| after.get(..found))
        .map(|skipped| before.chars().count() + skipped.chars().count());
    Ok(Value::Int(found.map_or(-1, length)))
}

fn last_index_of(text: &str, pattern: &str, to: Option<i64>) -> Computed {
    let limit = match to {
        None => text.len(),
        Some(to) => match place(text, pattern, to) {
            Some(limit) => limit,
            None => return out_of_text(),
        },
    };
    // The match starts at the limit at the latest.
    let mut starts: Vec<usize> =
        text.char_indices().map(|(offset, _)| offset).chain([text.len()]).collect();
    starts.retain(|start| *start <= limit);
    let found = starts
        .iter()
        .rposition(|start| text.get(*start..).is_some_and(|rest| rest.starts_with(pattern)));
    Ok(Value::Int(found.map_or(-1, length)))
}

fn replace(text: &str, from: &str, to: &str, times: i64) -> Computed {
    let matches = text.matches(from).count();
    let times = usize::try_from(times).unwrap_or(matches).min(matches);
    if text.len().saturating_add(to.len().saturating_mul(times)) > MAX_TEXT {
        return Err(EvalError::Overflow);
    }
    Ok(Value::Text(text.replacen(from, to, times).into()))
}

fn split(text: &str, by: &str, parts: i64) -> Value {
    let texts: Vec<Value> = match (usize::try_from(parts), by.is_empty()) {
        (Ok(0), _) => Vec::new(),
        (Ok(1), _) => vec![Value::text(text)],
        (limit, true) => {
            let limit = limit.unwrap_or(usize::MAX);
            let mut chars = text.chars();
            let mut parts = Vec::new();
            while parts.len() + 1 < limit {
                let Some(c) = chars.next() else { break };
                parts.push(Value::text(c.encode_utf8(&mut [0; 4])));
            }
            if !chars.as_str().is_empty() {
                parts.push(Value::text(chars.as_str()));
            }
            parts
        }
        (Ok(limit), false) => text.splitn(limit, by).map(Value::text).collect(),
        (Err(_), false) => text.split(by).map(Value::text).collect(),
    };
    Value::list(texts)
}

fn join(items: &[Value], by: &str) -> Computed {
    let mut joined = String::new();
    for (position, item) in items.iter().enumerate() {
        if position > 0 {
            joined.push_str(by);
        }
        if let Value::Text(text) = item {
            joined.push_str(text);
        }
        if joined.len() > MAX_TEXT {
            return Err(EvalError::Overflow);
        }
    }
    Ok(Value::Text(joined.into()))
}

/// The text in double quotes, with what is special escaped.
fn quote(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '\u{7}' => quoted.push_str("\\a"),
            '\u{8}' => quoted.push_str("\\b"),
            '\u{c}' => quoted.push_str("\\f"),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            '\u{b}' => quoted.push_str("\\v"),
            '\\' => quoted.push_str("\\\\"),
            '"' => quoted.push_str("\\\""),
            other => quoted.push(other),
        }
    }
    quoted.push('"');
    quoted
}

/// A double as CEL's `string()` writes it: the shortest form, with an exponent only where that is long.
pub(crate) fn double_text(d: f64) -> String {
    if d.is_nan() {
        return "NaN".to_owned();
    }
    if d.is_infinite() {
        return if d > 0.0 { "+Inf".to_owned() } else { "-Inf".to_owned() };
    }
    let scientific = format!("{d:e}");
    let exponent: i32 = scientific.split_once('e').and_then(|(_, e)| e.parse().ok()).unwrap_or(0);
    if (-4..21).contains(&exponent) {
        return format!("{d}");
    }
    let mantissa = scientific.split_once('e').map_or("", |(m, _)| m);
    let sign = if exponent < 0 { '-' } else { '+' };
    format!("{mantissa}e{sign}{:02}", exponent.unsigned_abs())
}
