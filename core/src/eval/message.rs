//! Values in messages: as people read them, in one language.

use super::outcome::{Item, Outcome, PartialList};
use super::text::double_text;
use crate::model::Model;
use crate::text::Language;
use crate::value::Value;

/// At most so many members of a list are written out.
const MEMBERS: usize = 10;

/// An outcome in a message: `?` where it is unknown, `!` where it is an error.
pub(crate) fn format(model: &Model, outcome: &Outcome, language: Language) -> String {
    match outcome {
        Outcome::Value(value) => format_value(model, value, language),
        Outcome::List(list) => format_list(model, list, language),
        Outcome::Optional(Some(inner)) => format(model, inner, language),
        Outcome::Optional(None) => nothing(language),
        Outcome::Unknown(_) => "?".to_owned(),
        Outcome::Error(_) => "!".to_owned(),
    }
}

fn format_list(model: &Model, list: &PartialList, language: Language) -> String {
    let certain: Vec<&Item> = list.items.iter().filter(|item| item.doubt.is_none()).collect();
    let mut parts: Vec<String> =
        certain.iter().take(MEMBERS).map(|item| format(model, &item.value, language)).collect();
    let more = certain.len().saturating_sub(MEMBERS);
    if more > 0 {
        parts.push(format!("+{more}"));
    }
    if list.doubt().is_some() {
        parts.push("?".to_owned());
    }
    if parts.is_empty() {
        return nothing(language);
    }
    parts.join(", ")
}

/// What stands for a list without members.
fn nothing(language: Language) -> String {
    match language {
        Language::En => "none",
        Language::Nl => "geen",
    }
    .to_owned()
}

fn format_value(model: &Model, value: &Value, language: Language) -> String {
    match value {
        Value::Bool(b) => match (b, language) {
            (true, Language::En) => "yes",
            (false, Language::En) => "no",
            (true, Language::Nl) => "ja",
            (false, Language::Nl) => "nee",
        }
        .to_owned(),
        Value::Int(i) => i.to_string(),
        Value::Double(d) => double_text(*d),
        Value::Text(text) => text.to_string(),
        Value::Timestamp(t) => t.to_string(),
        Value::Duration(d) => {
            let text = d.to_string();
            match (text.strip_suffix('d'), language) {
                (Some("1"), Language::En) => "1 day".to_owned(),
                (Some("1"), Language::Nl) => "1 dag".to_owned(),
                (Some(days), Language::En) => format!("{days} days"),
                (Some(days), Language::Nl) => format!("{days} dagen"),
                (None, _) => text,
            }
        }
        Value::Enum(enumeration, position) => model
            .vocabulary()
            .0
            .enum_label(*enumeration, *position)
            .map_or_else(String::new, |label| label.get(language).to_owned()),
        Value::Element(element) => model.display_name(*element),
        Value::Link(link) => model.display_name(model.link_target(*link)),
        Value::Optional(inner) => {
            inner.as_ref().map_or_else(|| nothing(language), |v| format_value(model, v, language))
        }
        Value::List(_) | Value::Map(_) => format(model, &Outcome::of(value.clone()), language),
    }
}
