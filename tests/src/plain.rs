//! YAML as programs other than Spelregel read it: plain JSON, by the core schema of YAML 1.2.

use std::collections::BTreeMap;

use anyhow::{Context, Result, bail};
use granit_parser::{Event, Parser, ScalarStyle};
use serde_json::{Map, Number, Value};

/// The document as JSON.
///
/// # Errors
/// Where it can't be read, or has no place in JSON.
pub fn json(text: &str) -> Result<Value> {
    let mut open: Vec<(Open, usize)> = Vec::new();
    let mut anchors: BTreeMap<usize, Value> = BTreeMap::new();
    let mut root = None;
    for event in Parser::new_from_str(text) {
        let (value, anchor) = match event?.0 {
            Event::Scalar(text, style, anchor, _) => (scalar(&text, style), anchor),
            Event::Alias(anchor) => (anchors.get(&anchor).cloned().context("an anchor")?, 0),
            Event::SequenceStart(_, anchor, _) => {
                open.push((Open::List(Vec::new()), anchor));
                continue;
            }
            Event::MappingStart(_, anchor, _) => {
                open.push((Open::Mapping(Map::new(), None), anchor));
                continue;
            }
            Event::SequenceEnd | Event::MappingEnd => match open.pop().context("a start")? {
                (Open::List(items), anchor) => (Value::Array(items), anchor),
                (Open::Mapping(entries, _), anchor) => (Value::Object(entries), anchor),
            },
            _ => continue,
        };
        if anchor > 0 {
            anchors.insert(anchor, value.clone());
        }
        match open.last_mut() {
            None => root = Some(value),
            Some((Open::List(items), _)) => items.push(value),
            Some((Open::Mapping(entries, key), _)) => match key.take() {
                Some(key) => {
                    entries.insert(key, value);
                }
                None => *key = Some(as_key(&value)?),
            },
        }
    }
    root.context("an empty document")
}

enum Open {
    List(Vec<Value>),
    Mapping(Map<String, Value>, Option<String>),
}

fn as_key(value: &Value) -> Result<String> {
    match value {
        Value::String(text) => Ok(text.clone()),
        Value::Null | Value::Bool(_) | Value::Number(_) => Ok(value.to_string()),
        Value::Array(_) | Value::Object(_) => bail!("a key that is no scalar"),
    }
}

fn scalar(text: &str, style: ScalarStyle) -> Value {
    if style != ScalarStyle::Plain {
        return Value::from(text);
    }
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return Value::Null,
        "true" | "True" | "TRUE" => return Value::Bool(true),
        "false" | "False" | "FALSE" => return Value::Bool(false),
        _ => {}
    }
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    let is_number = unsigned.starts_with(|c: char| c.is_ascii_digit() || c == '.')
        && unsigned
            .bytes()
            .all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'e' | b'E' | b'+' | b'-'));
    let whole = is_number.then(|| text.parse::<i64>().ok()).flatten().map(Value::from);
    let number = || {
        let number = text.parse::<f64>().ok().filter(|_| is_number)?;
        Number::from_f64(number).map(Value::Number)
    };
    whole.or_else(number).unwrap_or_else(|| Value::from(text))
}
