//! Packs as JSON, for programs that edit rules.

use super::{Definition, Example, Expression, Pack, PackText, Parameter, Rule, Spanned};
use crate::digest::sha256;
use crate::json::{Fields, Json};
use crate::template::Template;
use crate::text::{Language, Text};
use crate::yaml::read::truth_value;
use crate::yaml::{Node, NodeValue, Scalar};

impl Pack {
    /// The pack as JSON, with the keys that it has in YAML. Loading it gives the same pack; what goes
    /// are comments and layout.
    ///
    /// ```
    /// use spelregel::{Pack, Source};
    /// let yaml = "pack: ours\nversion: 1.0.0\ntitle: {en: Our rules}\ndefine: {Goal.is_named: has(self.name)}\n";
    /// let json = Pack::load(Source::new("ours.yaml", yaml))?.to_json();
    /// assert!(json.contains(r#""Goal.is_named": "has(self.name)""#));
    /// assert_eq!(Pack::load(Source::new("ours.json", &*json))?.to_json(), json);
    /// # Ok::<(), spelregel::Diagnostics>(())
    /// ```
    pub fn to_json(&self) -> String {
        let mut out = String::new();
        pack(&self.0, rule).print(&mut out, 0);
        out.push('\n');
        out
    }

    /// SHA-256 of what can change a verdict or what is told of it: layout, comments and examples can't.
    pub(crate) fn digest(&self) -> &str {
        self.0.digest.get_or_init(|| {
            let mut out = String::new();
            pack(&self.0, |rule| rule_fields(rule).into()).print(&mut out, 0);
            sha256(&out)
        })
    }
}

fn pack(pack: &PackText, rule: impl Fn(&Rule) -> Json) -> Json {
    let mut fields = Fields::default();
    fields.add("spelregel", Json::Literal("1".to_owned()));
    fields.add("pack", Json::text(&pack.id.value));
    fields.add("version", Json::text(&pack.version));
    fields.text("title", &pack.title);
    source(&mut fields, &pack.origin);
    fields.list("uses", pack.uses.iter().map(spanned));
    fields.object("parameters", pack.parameters.iter().map(parameter));
    fields.object("define", pack.definitions.iter().map(definition));
    fields.object(
        "paths",
        pack.paths.iter().map(|path| {
            (format!("{}.{}", path.kind.value, path.name.value), Json::text(&path.text))
        }),
    );
    fields.list("rules", pack.rules.iter().map(rule));
    fields.into()
}

fn parameter(parameter: &Parameter) -> (String, Json) {
    let mut fields = Fields::default();
    fields.add("type", spanned(&parameter.type_text));
    fields.add("default", node(&parameter.default));
    fields.text("label", &parameter.label);
    (parameter.name.value.clone(), fields.into())
}

fn definition(definition: &Definition) -> (String, Json) {
    let arguments = definition.arguments.as_ref().map_or_else(String::new, |arguments| {
        let pairs: Vec<String> = arguments
            .iter()
            .map(|argument| format!("{}: {}", argument.name.value, argument.type_text.value))
            .collect();
        format!("({})", pairs.join(", "))
    });
    let header = format!("{}.{}{arguments}", definition.kind.value, definition.name.value);
    (header, expression(&definition.body))
}

fn rule(rule: &Rule) -> Json {
    let mut fields = rule_fields(rule);
    fields.list("examples", rule.examples.iter().map(example));
    fields.into()
}

/// All of a rule but its examples.
fn rule_fields(rule: &Rule) -> Fields {
    let mut fields = Fields::default();
    fields.add("id", spanned(&rule.id));
    fields.text("title", &rule.title);
    match rule.each.as_slice() {
        [kind] => fields.add("each", spanned(kind)),
        kinds => fields.list("each", kinds.iter().map(spanned)),
    }
    fields.optional("from", rule.from.as_ref().map(spanned));
    fields.optional("gate", rule.gate.as_ref().map(spanned));
    let lets = rule.lets.iter();
    fields.object("let", lets.map(|(name, body)| (name.value.clone(), expression(body))));
    fields.optional("when", rule.when.as_ref().map(expression));
    fields.add("require", expression(&rule.require));
    fields.add("severity", Json::text(rule.severity.as_str()));
    if !rule.waivable {
        fields.add("deviations", Json::Literal("false".to_owned()));
    }
    fields.object("message", rule.message.iter().map(message));
    fields.text("why", &rule.why);
    fields.text("remedy", &rule.remedy);
    source(&mut fields, &rule.source);
    fields.list("tags", rule.tags.iter().map(|tag| Json::text(tag)));
    fields
}

fn message((language, template): &(Language, Template)) -> (String, Json) {
    (language.code().to_owned(), Json::text(&template.text))
}

fn example(example: &Example) -> Json {
    let mut fields = Fields::default();
    fields.optional("name", example.name.as_deref().map(Json::text));
    fields.add("at", spanned(&example.at));
    fields.optional("gate", example.gate.as_ref().map(spanned));
    fields.add("model", node(&example.model));
    let expect = example.expect.iter();
    let expect = expect.map(|(element, verdict)| (element.value.clone(), spanned(verdict)));
    fields.add("expect", Json::Object(expect.collect()));
    fields.into()
}

/// Once where it is the same in all languages.
fn source(fields: &mut Fields, source: &Text) {
    match (&source.en, &source.nl) {
        (Some(en), Some(nl)) if en == nl => fields.add("source", Json::text(en)),
        _ => fields.text("source", source),
    }
}

fn expression(expression: &Expression) -> Json {
    Json::text(&expression.text)
}

fn spanned(text: &Spanned<String>) -> Json {
    Json::text(&text.value)
}

/// A part of the document as it was written.
fn node(node: &Node) -> Json {
    match &node.value {
        NodeValue::Scalar(value) => scalar(value),
        NodeValue::List(items) => Json::List(items.iter().map(self::node).collect()),
        NodeValue::Mapping(entries) => {
            let entries = entries.iter();
            let entries = entries.map(|e| (e.key_text().to_owned(), self::node(&e.value)));
            Json::Object(entries.collect())
        }
    }
}

/// What is written without quotes may be a number, a truth value or nothing: it stays one.
fn scalar(scalar: &Scalar) -> Json {
    if scalar.is_null() {
        return Json::Literal("null".to_owned());
    }
    if let Some(value) = truth_value(scalar) {
        return Json::Literal(value.to_string());
    }
    match number(&scalar.text).filter(|_| scalar.is_plain()) {
        Some(number) => Json::Literal(number),
        None => Json::text(&scalar.text),
    }
}

/// A number as JSON writes it, digit for digit: `+5` is `5`, `.5` is `0.5`. With zeros in front it is
/// no number but a code.
fn number(text: &str) -> Option<String> {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    let sign = if text.starts_with('-') { "-" } else { "" };
    let (mantissa, exponent) = match unsigned.find(['e', 'E']) {
        Some(at) => unsigned.split_at_checked(at)?,
        None => (unsigned, ""),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let power = exponent.get(1..).unwrap_or("");
    let power = power.strip_prefix(['-', '+']).unwrap_or(power);
    let is_number = digits(whole)
        && digits(fraction)
        && digits(power)
        && !(whole.is_empty() && fraction.is_empty())
        && exponent.is_empty() == power.is_empty()
        && (whole.len() < 2 || !whole.starts_with('0'));
    let whole = if whole.is_empty() { "0" } else { whole };
    let point = if fraction.is_empty() { "" } else { "." };
    is_number.then(|| format!("{sign}{whole}{point}{fraction}{exponent}"))
}

#[cfg(test)]
mod tests;
