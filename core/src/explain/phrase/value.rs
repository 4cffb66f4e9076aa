//! Values that are written in a rule or its settings.

use super::{Phraser, Scope};
use crate::eval::text::double_text;
use crate::value::Value;

impl Phraser<'_> {
    pub(super) fn value(&self, scope: &Scope<'_>, value: &Value) -> String {
        match value {
            Value::Bool(true) => scope.pick("yes", "ja").to_owned(),
            Value::Bool(false) => scope.pick("no", "nee").to_owned(),
            Value::Int(int) => int.to_string(),
            Value::Double(double) => double_text(*double),
            Value::Text(text) => format!("“{text}”"),
            Value::Timestamp(timestamp) => timestamp.to_string(),
            Value::Duration(duration) => {
                let text = duration.to_string();
                match text.strip_suffix('d') {
                    Some(days) => format!("{days} {}", scope.pick("days", "dagen")),
                    None => text,
                }
            }
            Value::Enum(enumeration, position) => self
                .vocabulary
                .enum_label(*enumeration, *position)
                .map_or_else(String::new, |label| label.get(scope.language).to_owned()),
            Value::List(items) => {
                let items: Vec<String> = items.iter().map(|item| self.value(scope, item)).collect();
                scope.and(&items)
            }
            Value::Optional(Some(inner)) => self.value(scope, inner),
            Value::Map(entries) => {
                let entries: Vec<String> = entries
                    .iter()
                    .map(|(key, value)| {
                        format!("{}: {}", self.value(scope, key), self.value(scope, value))
                    })
                    .collect();
                entries.join("; ")
            }
            // Rules hold no elements.
            Value::Optional(None) | Value::Element(_) | Value::Link(_) => {
                scope.pick("nothing", "niets").to_owned()
            }
        }
    }
}
