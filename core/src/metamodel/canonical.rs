//! A vocabulary as one text that says everything it means.

use serde_json::{Value as Json, json};

use super::{EnumValue, PropertyIdx, PropertyType, Vocabulary};
use crate::value::Value;

/// Compact JSON: lists all the way down, so that no order is left to chance.
pub(super) fn canonical(vocabulary: &Vocabulary) -> String {
    let v = vocabulary;
    let enumerations = v.enumerations.iter().map(|e| {
        let values: Vec<Json> = e.values.iter().map(|value| enum_value(v, value)).collect();
        json!([e.name, e.label, e.description, e.ordered, values])
    });
    let states = |positions: &[u32]| -> Vec<Json> {
        let name = |position: &u32| v.state.map_or("", |state| v.enum_name(state, *position));
        positions.iter().map(|position| json!(name(position))).collect()
    };
    let kinds = v.kinds.iter().map(|kind| {
        json!([
            [kind.name, kind.section],
            [kind.label, kind.plural, kind.definite, kind.description],
            kind.programmes,
            states(&kind.states),
            states(&kind.dead_states),
            properties(v, &kind.properties),
        ])
    });
    let relations = v.relations.iter().map(|relation| {
        let ends = relation.ends.iter().map(|(from, to)| {
            let names = |kinds: &super::KindSet| -> Vec<Json> {
                kinds.iter().map(|kind| json!(v.kinds[kind].name)).collect()
            };
            json!([names(from), names(to)])
        });
        json!([
            [relation.name, relation.inverse],
            [relation.label, relation.inverse_label, relation.description],
            [relation.targets, relation.sources],
            ends.collect::<Vec<_>>(),
            relation.to_one,
            properties(v, &relation.properties),
        ])
    });
    json!([
        [v.id, v.version],
        v.title,
        enumerations.collect::<Vec<_>>(),
        kinds.collect::<Vec<_>>(),
        relations.collect::<Vec<_>>(),
    ])
    .to_string()
}

fn enum_value(v: &Vocabulary, value: &EnumValue) -> Json {
    let opens = value.opens.and_then(|phase| v.phase.map(|e| v.enum_name(e, phase)));
    json!([value.name, value.label, value.description, opens])
}

fn properties(v: &Vocabulary, properties: &[PropertyIdx]) -> Vec<Json> {
    let property = |property: &PropertyIdx| {
        let p = &v.properties[*property];
        json!([
            [p.name, type_name(v, p.kind)],
            [p.label, p.description],
            [p.unit, p.absent.as_ref().map(|value| plain(v, value))],
            p.required,
            [p.min, p.max],
        ])
    };
    properties.iter().map(property).collect()
}

/// A type as metamodels write it.
pub(crate) fn type_name(v: &Vocabulary, kind: PropertyType) -> &str {
    match kind {
        PropertyType::Text => "text",
        PropertyType::Bool => "bool",
        PropertyType::Int => "int",
        PropertyType::Number => "number",
        PropertyType::Date => "date",
        PropertyType::Texts => "list<text>",
        PropertyType::Enum(enumeration) => &v.enumerations[enumeration].name,
    }
}

/// A property's value as JSON, as model documents write it.
pub(crate) fn plain(v: &Vocabulary, value: &Value) -> Json {
    match value {
        Value::Bool(value) => json!(value),
        Value::Int(value) => json!(value),
        Value::Double(value) => json!(value),
        Value::Text(text) => json!(&**text),
        Value::Timestamp(timestamp) => json!(timestamp.to_string()),
        Value::Enum(enumeration, position) => json!(v.enum_name(*enumeration, *position)),
        Value::List(items) => items.iter().map(|item| plain(v, item)).collect(),
        // Properties hold none of these.
        Value::Duration(_)
        | Value::Element(_)
        | Value::Link(_)
        | Value::Optional(_)
        | Value::Map(_) => Json::Null,
    }
}
