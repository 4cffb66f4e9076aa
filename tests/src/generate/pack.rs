//! Random packs: parameters, definitions, paths and rules.

use std::collections::BTreeMap;

use serde_json::{Map, Value as Json, json};

use super::draw::Draw;
use super::expression::{Asking, Definition, Language, NamedPath, Parameter, Writer};
use super::path::draw_path;
use super::term::Term;
use super::types::{Kinds, Type};
use super::vocabulary::{GATE, PHASE, Vocabulary};

/// A pack as data.
#[derive(Debug, Clone)]
pub struct Rules {
    /// Parameters with types and values as packs write them.
    pub parameters: Vec<(String, String, Json)>,
    /// What is before the colon of a definition, and its body.
    pub definitions: Vec<(String, Term)>,
    /// What is before the colon of a path, and the path.
    pub paths: Vec<(String, String)>,
    /// Rules.
    pub rules: Vec<RuleData>,
}

/// A rule.
#[derive(Debug, Clone)]
pub struct RuleData {
    /// Its id within the pack.
    pub id: String,
    /// Names of kinds, or `Model`.
    pub each: Vec<String>,
    /// From which phase.
    pub from: Option<&'static str>,
    /// Or at which gate.
    pub gate: Option<&'static str>,
    /// Names with their values; the order is that of the names.
    pub lets: Vec<(String, Term)>,
    /// A further condition.
    pub when: Option<Term>,
    /// The question.
    pub require: Term,
    /// `error`, `warning` or `advice`.
    pub severity: &'static str,
    /// What to say, with an expression in braces.
    pub message: Term,
}

/// How many rules a pack has at most.
const MOST_RULES: usize = 60;

/// The depth of the expressions of rules.
const DEPTH: usize = 4;

impl Rules {
    /// Draws a pack in the vocabulary.
    pub fn draw(draw: &mut Draw<'_>, vocabulary: &Vocabulary, asking: Asking) -> Self {
        let mut language = Language::new(vocabulary, asking);
        language.parameters = parameters(draw, vocabulary);
        let mut rules = Self {
            parameters: language
                .parameters
                .iter()
                .map(|p| (p.name.clone(), p.ty.written(vocabulary), p.value.clone()))
                .collect(),
            definitions: Vec::new(),
            paths: Vec::new(),
            rules: Vec::new(),
        };
        for number in 0..draw.below(6) {
            if draw.chance(40) {
                rules.path(draw, &mut language, number);
            } else {
                rules.definition(draw, &mut language, number);
            }
        }
        // What is around them takes longer to make: as many as there is tape for.
        for number in 0..MOST_RULES {
            rules.rules.push(rule(draw, &language, number));
            if draw.is_spent() {
                break;
            }
        }
        rules
    }

    fn path(&mut self, draw: &mut Draw<'_>, language: &mut Language<'_>, number: usize) {
        let kind = draw.below(language.vocabulary.kinds.len());
        let Some((text, targets)) = draw_path(draw, language, kind) else { return };
        let name = format!("path_{number}");
        let kind_name = language.vocabulary.kind_name(kind);
        self.paths.push((format!("{kind_name}.{name}"), text));
        language.paths.push(NamedPath { name, kind, targets });
    }

    fn definition(&mut self, draw: &mut Draw<'_>, language: &mut Language<'_>, number: usize) {
        let vocabulary = language.vocabulary;
        let all: Vec<usize> = (0..vocabulary.kinds.len()).collect();
        let mut kinds = Kinds::from([draw.one(&all)]);
        if draw.chance(30) {
            kinds.insert(draw.one(&all));
        }
        let mut types = Writer::new(language, draw, Vec::new());
        let ty = types.any_type();
        let (first, second) = (types.plain_type(), types.plain_type().list());
        let arguments = draw.chance(35).then(|| match draw.below(3) {
            0 => vec![("a".to_owned(), first)],
            1 => vec![("a".to_owned(), first), ("b".to_owned(), second)],
            _ => vec![("e".to_owned(), Type::element(0))],
        });
        let name = format!("def_{number}");
        let written = arguments.as_ref().map_or_else(String::new, |arguments| {
            let arguments =
                arguments.iter().map(|(name, ty)| format!("{name}: {}", ty.written(vocabulary)));
            format!("({})", arguments.collect::<Vec<_>>().join(", "))
        });
        let mut results = BTreeMap::new();
        for kind in kinds {
            let mut scope = vec![("self".to_owned(), Type::element(kind))];
            scope.extend(arguments.iter().flatten().cloned());
            let body = Writer::new(language, draw, scope).write(&ty, DEPTH - 1);
            let head = format!("{}.{name}{written}", vocabulary.kind_name(kind));
            self.definitions.push((head, body.term));
            results.insert(kind, body.ty);
        }
        language.definitions.push(Definition { name, arguments, results });
    }

    /// How many expressions it has, messages apart.
    pub fn expressions(&self) -> usize {
        let of_rule = |rule: &RuleData| 1 + rule.lets.len() + usize::from(rule.when.is_some());
        self.definitions.len() + self.rules.iter().map(of_rule).sum::<usize>()
    }

    /// The pack in its JSON form.
    pub fn to_json(&self) -> String {
        self.json(&Term::to_string).to_string()
    }

    /// The same with the operands of every `&&` and `||` swapped.
    pub fn to_swapped_json(&self) -> String {
        self.json(&Term::swapped).to_string()
    }

    fn json(&self, text: &dyn Fn(&Term) -> String) -> Json {
        let parameters: Map<String, Json> = self
            .parameters
            .iter()
            .map(|(name, ty, value)| (name.clone(), json!({"type": ty, "default": value})))
            .collect();
        let definitions: Map<String, Json> =
            self.definitions.iter().map(|(head, body)| (head.clone(), json!(text(body)))).collect();
        let paths: Map<String, Json> =
            self.paths.iter().map(|(head, path)| (head.clone(), json!(path))).collect();
        let rules: Vec<Json> = self.rules.iter().map(|rule| rule.json(text)).collect();
        json!({
            "spelregel": 1,
            "pack": "drawn",
            "version": "1.0.0",
            "title": {"en": "Drawn", "nl": "Getrokken"},
            "parameters": parameters,
            "define": definitions,
            "paths": paths,
            "rules": rules,
        })
    }
}

impl RuleData {
    fn json(&self, text: &dyn Fn(&Term) -> String) -> Json {
        let lets: Map<String, Json> =
            self.lets.iter().map(|(name, value)| (name.clone(), json!(text(value)))).collect();
        let message = format!("x {{{}}} y", text(&self.message));
        let mut rule = json!({
            "id": self.id,
            "title": {"en": self.id, "nl": self.id},
            "each": self.each,
            "let": lets,
            "require": text(&self.require),
            "severity": self.severity,
            "message": {"en": message, "nl": message},
        });
        if let Some(rule) = rule.as_object_mut() {
            rule.extend(self.from.map(|from| ("from".to_owned(), json!(from))));
            rule.extend(self.gate.map(|gate| ("gate".to_owned(), json!(gate))));
            rule.extend(self.when.as_ref().map(|when| ("when".to_owned(), json!(text(when)))));
        }
        rule
    }
}

fn rule(draw: &mut Draw<'_>, language: &Language<'_>, number: usize) -> RuleData {
    let vocabulary = language.vocabulary;
    let all: Vec<usize> = (0..vocabulary.kinds.len()).collect();
    let is_of_model = draw.chance(10);
    let mut kinds = Kinds::from([draw.one(&all)]);
    if draw.chance(30) {
        kinds.insert(draw.one(&all));
    }
    let mut scope = Vec::new();
    if !is_of_model {
        scope.push(("self".to_owned(), Type::Element(kinds.clone())));
    }
    let mut lets = Vec::new();
    for number in 0..draw.weighted(&[5, 3, 1]) {
        let mut writer = Writer::new(language, draw, scope.clone());
        let ty = writer.any_type();
        let value = writer.write(&ty, DEPTH - 1);
        let name = format!("let_{number}");
        lets.push((name.clone(), value.term));
        scope.push((name, value.ty));
    }
    let when = draw
        .chance(25)
        .then(|| Writer::new(language, draw, scope.clone()).write(&Type::Bool, DEPTH - 1).term);
    let require = Writer::new(language, draw, scope.clone()).write(&Type::Bool, DEPTH).term;
    let mut writer = Writer::new(language, draw, scope);
    let ty = writer.any_type();
    let message = writer.write(&ty, 2).term;
    let name = |kind: &usize| vocabulary.kind_name(*kind).to_owned();
    let from = (!is_of_model && draw.chance(25)).then(|| draw.one(vocabulary.values(PHASE)));
    let gate = (!is_of_model && draw.chance(15)).then(|| draw.one(vocabulary.values(GATE)));
    RuleData {
        id: format!("r{number}"),
        each: if is_of_model { vec!["Model".to_owned()] } else { kinds.iter().map(name).collect() },
        from,
        gate,
        lets,
        when,
        require,
        severity: draw.one(&["error", "warning", "advice"]),
        message,
    }
}

fn parameters(draw: &mut Draw<'_>, vocabulary: &Vocabulary) -> Vec<Parameter> {
    let colours = vocabulary.values(3);
    let (green, red) = (json!(colours.first()), json!(colours.last()));
    let list = json!([green, red]);
    let map = |key: Type, value: Type| Type::Map(Box::new(key), Box::new(value));
    let all = [
        ("most", Type::Int, json!(3)),
        ("rate", Type::Double, json!(2.5)),
        ("mark", Type::Text, json!("a")),
        ("strict", Type::Bool, json!(true)),
        ("patience", Type::Duration, json!("36h")),
        ("deadline", Type::Timestamp, json!("2026-06-02")),
        ("worst", Type::Enum(3), red),
        ("usual", Type::Enum(3).list(), list.clone()),
        ("marks", Type::Text.list(), json!(["a", "b"])),
        ("none", Type::Int.list(), json!([])),
        ("limits", map(Type::Text, Type::Int), json!({"a": 1, "ab": 2})),
        ("wanted", map(Type::Enum(GATE), Type::Enum(3).list()), json!({"G1": [green], "G3": list})),
    ];
    draw.some(&all, 35)
        .into_iter()
        .map(|(name, ty, value)| Parameter { name: name.to_owned(), ty, value })
        .collect()
}
