//! Parameters: types as packs write them, and values read by their type.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Cx, TypedParameter, type_name};
use crate::diagnostic::{Code, Diagnostic, shown};
use crate::hir::ParameterIdx;
use crate::metamodel::{KindSet, Vocabulary};
use crate::pack::Spanned;
use crate::settings::{Settings, named_twice};
use crate::source::{Source, Span};
use crate::suggest::{meant, nearest};
use crate::value::{Duration, Timestamp, Type, Value};
use crate::yaml::{Node, NodeValue, Style};

/// Enters every pack's parameters, with an organisation's values in place of the defaults.
pub(super) fn type_parameters(cx: &mut Cx<'_>, settings: &Settings) {
    let packs = cx.packs;
    for (pack, written) in packs.iter().enumerate() {
        for parameter in &written.0.parameters {
            let name = &parameter.name;
            if let Some((_, owner)) = cx.parameters_by_name.get(&name.value).copied() {
                let owner = packs.get(owner).map_or("", |p| p.0.id.value.as_str()).to_owned();
                let problem = cx
                    .error(
                        pack,
                        name.span,
                        Code::DuplicateName,
                        format!("pack `{owner}` has a parameter `{}` already", name.value),
                    )
                    .help("choose another name");
                cx.report(problem);
                continue;
            }
            let Some(ty) = parse_type(cx, pack, &parameter.type_text) else {
                cx.faulty_parameters.insert(name.value.clone());
                continue;
            };
            let default = read(cx.vocabulary, &ty, &parameter.default);
            let value = match default {
                Ok(value) => value,
                Err(misfit) => {
                    cx.report(misfit.told(&written.0.source));
                    cx.faulty_parameters.insert(name.value.clone());
                    continue;
                }
            };
            let typed = TypedParameter {
                name: name.value.clone(),
                label: parameter.label.clone(),
                ty,
                value,
            };
            let index = cx.parameters.push(typed);
            cx.parameters_by_name.insert(name.value.clone(), (index, pack));
        }
    }
    let mut named: BTreeMap<ParameterIdx, Span> = BTreeMap::new();
    for (name, node) in &settings.parameters {
        let Some(index) = override_parameter(cx, &settings.source, name, node) else { continue };
        if let Some(first) = named.insert(index, name.span) {
            cx.report(named_twice("parameter", settings, first, name.span));
        }
    }
}

fn override_parameter(
    cx: &mut Cx<'_>,
    source: &Source,
    name: &Spanned<String>,
    node: &Node,
) -> Option<ParameterIdx> {
    // A parameter is named as it is, or with its pack: `slim-invoeren/longest_silence`.
    let (pack, bare) = match name.value.split_once('/') {
        Some((pack, bare)) => (Some(pack), bare),
        None => (None, name.value.as_str()),
    };
    let found = cx.parameters_by_name.get(bare).copied().filter(|(_, owner)| {
        pack.is_none_or(|pack| cx.packs.get(*owner).is_some_and(|p| p.0.id.value == pack))
    });
    let Some((index, _)) = found else {
        let near = nearest(bare, cx.parameters.iter().map(|p| p.name.as_str()));
        let problem = Diagnostic::error(
            Code::UnknownReference,
            format!("no pack has a parameter `{}`", name.value),
            source,
            name.span,
        )
        .suggest(near);
        cx.report(problem);
        return None;
    };
    match read(cx.vocabulary, &cx.parameters[index].ty.clone(), node) {
        Ok(value) => cx.parameters[index].value = value,
        Err(misfit) => cx.report(misfit.told(source)),
    }
    Some(index)
}

/// A type as packs write it: `duration`, `Phase`, `list<BodyType>`, `map<Gate, list<BodyType>>`.
pub(super) fn parse_type(cx: &mut Cx<'_>, pack: usize, written: &Spanned<String>) -> Option<Type> {
    let mut rest = written.value.trim();
    let ty = type_prefix(cx.vocabulary, &mut rest, 0);
    if let (Some(ty), "") = (ty, rest) {
        return Some(ty);
    }
    let vocabulary = cx.vocabulary;
    let names = ["bool", "int", "double", "string", "timestamp", "duration"].into_iter();
    let names = names
        .chain(vocabulary.enumerations.iter().map(|e| e.name.as_str()))
        .chain(vocabulary.kinds.iter().map(|k| k.name.as_str()));
    let problem = cx
        .error(pack, written.span, Code::UnknownName, format!("`{}` is not a type", written.value))
        .suggest(nearest(written.value.trim(), names))
        .help("types are bool, int, double, string, timestamp, duration, an enumeration, a kind, `list<…>` and `map<…, …>`");
    cx.report(problem);
    None
}

/// Takes a type off the front of the text. Depth is bounded: types this deep serve nobody.
fn type_prefix(vocabulary: &Vocabulary, rest: &mut &str, depth: usize) -> Option<Type> {
    let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
    let (name, after) = rest.split_at_checked(end)?;
    *rest = after.trim_start();
    let open = |rest: &mut &str, symbol: char| {
        *rest = rest.strip_prefix(symbol)?.trim_start();
        Some(())
    };
    if depth > 4 {
        return None;
    }
    match name {
        "bool" => Some(Type::Bool),
        "int" => Some(Type::Int),
        "double" => Some(Type::Double),
        "string" => Some(Type::Text),
        "timestamp" => Some(Type::Timestamp),
        "duration" => Some(Type::Duration),
        "list" => {
            open(rest, '<')?;
            let of = type_prefix(vocabulary, rest, depth + 1)?;
            open(rest, '>')?;
            Some(Type::list(of))
        }
        "map" => {
            open(rest, '<')?;
            let key = type_prefix(vocabulary, rest, depth + 1)?;
            open(rest, ',')?;
            let value = type_prefix(vocabulary, rest, depth + 1)?;
            open(rest, '>')?;
            Some(Type::Map(Arc::new(key), Arc::new(value)))
        }
        _ => vocabulary.enumerations_by_name.get(name).map(|e| Type::Enum(*e)).or_else(|| {
            vocabulary.kinds_by_name.get(name).map(|k| Type::Element(KindSet::one(*k)))
        }),
    }
}

/// A value that is not of the type that is wanted.
struct Misfit {
    span: Span,
    message: String,
    near: Option<String>,
    help: Option<String>,
}

impl Misfit {
    fn new(vocabulary: &Vocabulary, ty: &Type, node: &Node) -> Self {
        let wanted = type_name(vocabulary, ty);
        let (what, near, help) = match &node.value {
            NodeValue::Scalar(scalar) => {
                let text = shown(&scalar.text);
                let (near, help) = advice(vocabulary, ty, &scalar.text);
                if scalar.style == Style::Plain {
                    (format!("`{text}`"), near, help)
                } else {
                    (format!("the text `{text}`"), near.filter(|near| *near != scalar.text), help)
                }
            }
            NodeValue::List(_) => ("a list".to_owned(), None, None),
            NodeValue::Mapping(_) => ("a mapping".to_owned(), None, None),
        };
        let message = format!("{what} is not a value of type {wanted}");
        Self { span: node.span, message, near, help }
    }

    fn told(self, source: &Source) -> Diagnostic {
        let problem = Diagnostic::error(Code::InvalidParameter, self.message, source, self.span);
        let problem = problem.suggest(self.near.as_deref());
        match self.help {
            Some(help) => problem.help(help),
            None => problem,
        }
    }
}

/// The value that may be meant, and how values of the type are written.
fn advice(vocabulary: &Vocabulary, ty: &Type, text: &str) -> (Option<String>, Option<String>) {
    match ty {
        Type::Enum(enumeration) => {
            let values = &vocabulary.enumerations[*enumeration].values;
            let near = meant(text, values.iter().map(|v| (v.name.as_str(), &v.label)));
            let names: Vec<&str> = values.iter().map(|value| value.name.as_str()).collect();
            (near.map(str::to_owned), Some(format!("its values are {}", names.join(", "))))
        }
        Type::Bool => {
            let near = nearest(text, ["true", "false"]);
            (near.map(str::to_owned), Some("write `true` or `false`, without quotes".to_owned()))
        }
        Type::Int => (None, Some("write a whole number, without quotes".to_owned())),
        Type::Double => (None, Some("write a number, without quotes".to_owned())),
        Type::Timestamp => (None, Some("write a date as `2026-01-31`".to_owned())),
        Type::Duration => (None, Some("write a duration as `180d` or `36h`".to_owned())),
        Type::List(_) => (None, Some("write a list: `[…]`".to_owned())),
        Type::Map(..) => (None, Some("write a mapping: `{…: …}`".to_owned())),
        _ => (None, None),
    }
}

/// A value of the type from a document; else where and why not.
fn read(vocabulary: &Vocabulary, ty: &Type, node: &Node) -> Result<Value, Misfit> {
    let misfit = || Misfit::new(vocabulary, ty, node);
    match (ty, &node.value) {
        (Type::List(of), NodeValue::List(items)) => {
            let items: Result<Vec<Value>, _> =
                items.iter().map(|item| read(vocabulary, of, item)).collect();
            items.map(Value::list)
        }
        (Type::Map(key, value), NodeValue::Mapping(entries)) => {
            let entries: Result<Vec<(Value, Value)>, _> = entries
                .iter()
                .map(|entry| {
                    let name = plain(&entry.key);
                    Ok((read(vocabulary, key, &name)?, read(vocabulary, value, &entry.value)?))
                })
                .collect();
            entries.map(|entries| Value::Map(entries.into()))
        }
        (_, NodeValue::Scalar(scalar)) => {
            let text = scalar.text.trim();
            let plain = scalar.style == Style::Plain;
            let value = match ty {
                Type::Bool if plain => text.parse().ok().map(Value::Bool),
                Type::Int if plain => text.parse().ok().map(Value::Int),
                Type::Double if plain => {
                    text.parse().ok().filter(|number: &f64| number.is_finite()).map(Value::Double)
                }
                Type::Text => Some(Value::text(&scalar.text)),
                Type::Timestamp => Timestamp::parse_date(text)
                    .or_else(|| Timestamp::parse_rfc3339(text))
                    .map(Value::Timestamp),
                Type::Duration => Duration::parse(text).map(Value::Duration),
                Type::Enum(enumeration) => {
                    let bare = text
                        .strip_prefix(&format!("{}.", vocabulary.enumerations[*enumeration].name))
                        .unwrap_or(text);
                    vocabulary.enum_value(*enumeration, bare).map(|v| Value::Enum(*enumeration, v))
                }
                _ => None,
            };
            value.ok_or_else(misfit)
        }
        _ => Err(misfit()),
    }
}

/// A key as if it were written without quotes: JSON has no other keys.
fn plain(key: &Node) -> Node {
    let mut key = key.clone();
    if let NodeValue::Scalar(scalar) = &mut key.value {
        scalar.style = Style::Plain;
    }
    key
}
