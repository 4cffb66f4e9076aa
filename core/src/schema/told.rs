//! Schemas of what is written, from the types that are written.

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde_json::Value;

use super::document::id_of;
use crate::json::Json;
use crate::value::Date;

/// The schema of a type, as JSON of it is written.
pub(super) fn schema<T: JsonSchema>(name: &str) -> String {
    let generator = SchemaSettings::draft2020_12().for_serialize().into_generator();
    let mut root = generator.into_root_schema_for::<T>().to_value();
    without_null(&mut root);
    if let Value::Object(fields) = &mut root {
        fields.insert("$id".to_owned(), id_of(name).into());
        fields.insert("title".to_owned(), format!("Spelregel {name}").into());
    }
    let mut text = String::new();
    ordered(&root).print(&mut text, 0);
    text.push('\n');
    text
}

/// What a value may lack is left out where it is lacking, never written as nothing.
fn without_null(schema: &mut Value) {
    match schema {
        Value::Object(fields) => {
            if let Some(Value::Array(types)) = fields.get_mut("type") {
                types.retain(|name| name != "null");
                if let [only] = types.as_slice() {
                    let only = only.clone();
                    fields.insert("type".to_owned(), only);
                }
            }
            if let Some(Value::Array(choices)) = fields.get_mut("anyOf") {
                choices.retain(|choice| choice.get("type").is_none_or(|name| name != "null"));
                if let [Value::Object(only)] = choices.as_slice() {
                    let only = only.clone();
                    fields.remove("anyOf");
                    fields.extend(only);
                }
            }
            fields.values_mut().for_each(without_null);
        }
        Value::Array(items) => items.iter_mut().for_each(without_null),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// What stands first in a schema, for people.
const FIRST: [&str; 7] = ["$schema", "$id", "title", "description", "type", "const", "$ref"];
/// What stands last.
const LAST: &str = "$defs";
/// What holds schemas by names of any sort.
const NAMED: [&str; 2] = ["properties", LAST];

fn ordered(schema: &Value) -> Json {
    match schema {
        Value::String(text) => Json::text(text),
        Value::Array(items) => Json::List(items.iter().map(ordered).collect()),
        Value::Object(fields) => {
            let rank = |name: &str| match FIRST.iter().position(|first| *first == name) {
                Some(position) => position,
                None if name == LAST => usize::MAX,
                None => FIRST.len(),
            };
            let mut entries: Vec<(&String, &Value)> = fields.iter().collect();
            entries.sort_by_key(|(name, _)| (rank(name), name.as_str()));
            let entries = entries.into_iter().map(|(name, value)| match value {
                Value::Object(named) if NAMED.contains(&name.as_str()) => {
                    let named = named.iter().map(|(name, schema)| (name.clone(), ordered(schema)));
                    (name.clone(), Json::Object(named.collect()))
                }
                value => (name.clone(), ordered(value)),
            });
            Json::Object(entries.collect())
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => Json::Literal(schema.to_string()),
    }
}

impl JsonSchema for Date {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Date".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "description": "A calendar date, such as 2026-06-01.",
            "type": "string",
            "format": "date",
        })
    }
}
