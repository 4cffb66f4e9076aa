//! Values of properties in edits, read as a document in JSON would have them read.

use serde_json::Value as Json;

use super::EditProblem;
use crate::limits::Limits;
use crate::metamodel::{Help, Misread, PropertyIdx, PropertyType, Vocabulary};
use crate::value::Value;
use crate::yaml::{Scalar, Style};

/// Reads a value; `None` is nothing. `states` are those that the kind at hand has.
pub(super) fn read(
    v: &Vocabulary,
    property: PropertyIdx,
    states: Option<&[u32]>,
    json: &Json,
    limits: &Limits,
) -> Result<Option<Value>, EditProblem> {
    let declared = &v.properties[property];
    let states = states.filter(|_| match declared.kind {
        PropertyType::Enum(enumeration) => Some(enumeration) == v.state,
        _ => false,
    });
    let wrong = |problem: String| EditProblem::WrongValue {
        field: declared.name.clone(),
        problem,
        near: None,
    };
    let misread = |misread: Misread| EditProblem::WrongValue {
        field: declared.name.clone(),
        problem: misread.message,
        near: match misread.help {
            // What is written that way already is only of the wrong type.
            Help::Nearest(near) | Help::Replace(_, near) if json != near.as_str() => Some(near),
            Help::None | Help::Advice(_) | Help::Nearest(_) | Help::Replace(..) => None,
        },
    };
    let text = |json: &Json| match scalar(json) {
        Some(scalar) if scalar.text.len() <= limits.text_bytes => Ok(scalar),
        Some(_) => {
            Err(EditProblem::OverLimit { what: "bytes in a text", limit: limits.text_bytes })
        }
        None => Err(wrong(format!("`{}` takes no {} there", declared.name, what(json)))),
    };
    match (json, declared.kind) {
        (Json::Null, _) => Ok(None),
        (Json::Array(items), PropertyType::Texts) => {
            let texts = items.iter().map(|item| Ok(Value::text(&text(item)?.text)));
            Ok(Some(Value::list(texts.collect::<Result<Vec<_>, EditProblem>>()?)))
        }
        (_, PropertyType::Texts) => {
            Err(wrong(format!("`{}` takes a list of texts, not {}", declared.name, what(json))))
        }
        _ => v.read(declared, states, &text(json)?).map(Some).map_err(misread),
    }
}

/// What the YAML reader makes of a value that is neither a list, a mapping nor nothing.
fn scalar(json: &Json) -> Option<Scalar> {
    let (text, style) = match json {
        Json::String(text) => (text.clone(), Style::DoubleQuoted),
        Json::Number(number) => (number.to_string(), Style::Plain),
        Json::Bool(truth) => (truth.to_string(), Style::Plain),
        Json::Null | Json::Array(_) | Json::Object(_) => return None,
    };
    Some(Scalar { text, style })
}

fn what(json: &Json) -> &'static str {
    match json {
        Json::Null => "nothing",
        Json::Array(_) => "a list",
        Json::Object(_) => "a mapping",
        Json::Bool(_) | Json::Number(_) | Json::String(_) => "a single value",
    }
}
