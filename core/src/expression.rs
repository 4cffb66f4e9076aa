//! One expression on its own: for editors, for trying things out, and for tests of the language.

use std::sync::OnceLock;

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::eval::EvalError;
use crate::eval::outcome::Outcome;
use crate::eval::reference::{Evaluator, Lets};
use crate::hir::Body;
use crate::limits::Limits;
use crate::metamodel::Metamodel;
use crate::model::Model;
use crate::pack::{Expression as Written, Pack, PackText, Parameter, Spanned};
use crate::plan::cost::{self, Counts};
use crate::source::scalar::ScalarMap;
use crate::source::{Source, Span};
use crate::text::Text;
use crate::typing::{TypedPacks, type_expression, type_name};
use crate::value::{Date, Value};
use crate::yaml;

/// An expression of the rule language, checked.
///
/// ```
/// use spelregel::{Expression, Metamodel, Model, Source};
/// let metamodel = Metamodel::standard();
/// let count = Expression::compile(&metamodel, "model.goals.size() + extra", &[("extra", "int", "40")])?;
/// let model = Model::load(&metamodel, [Source::new("m.yaml", "spelregel: 1\ngoals: [{id: a}, {id: b}]")])?;
/// assert_eq!(count.evaluate(&model, "2026-06-01".parse()?).to_string(), "42");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Expression {
    metamodel: Metamodel,
    typed: TypedPacks,
    body: Body,
    printed: String,
}

/// On one line, laid out in one way however it was written, with brackets only where they must be.
///
/// ```
/// use spelregel::{Expression, Metamodel};
/// let sum = Expression::compile(&Metamodel::standard(), "( 1+2 )*3 // six?", &[])?;
/// assert_eq!(sum.to_string(), "(1 + 2) * 3");
/// # Ok::<(), spelregel::Diagnostics>(())
/// ```
impl std::fmt::Display for Expression {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.printed)
    }
}

/// What an expression comes to.
#[derive(Debug, Clone, PartialEq)]
pub enum Evaluated {
    /// A certain value, as JSON; `kind` is its type as rules write it.
    Value {
        /// The type, such as `int` or `list<Goal>`.
        kind: String,
        /// The value. Elements are their ids, dates and durations text, 64-bit numbers exact.
        json: serde_json::Value,
    },
    /// It depends on facts that the model doesn't hold.
    Unknown,
    /// Evaluation ran into an error.
    Error(String),
}

impl std::fmt::Display for Evaluated {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Value { json, .. } => write!(f, "{json}"),
            Self::Unknown => f.write_str("unknown"),
            Self::Error(error) => write!(f, "error: {error}"),
        }
    }
}

impl Expression {
    /// Reads and checks an expression. `parameters` are names that it may use: name, type and value, the
    /// latter two as packs write them.
    ///
    /// # Errors
    /// Every problem of the expression's text and of the parameters, with their places.
    pub fn compile(
        metamodel: &Metamodel,
        text: &str,
        parameters: &[(&str, &str, &str)],
    ) -> Result<Self, Diagnostics> {
        let limits = Limits::default();
        let source = Source::new("expression", text);
        let whole = Span::new(0, text.len());
        let map = ScalarMap { pieces: vec![(0, 0)], end: whole.end };
        let (ast, problems) = crate::cel::parse(text, &limits);
        let problems: Vec<Diagnostic> =
            problems.into_iter().map(|problem| problem.into_diagnostic(&source, &map)).collect();
        if let Some(problems) = Diagnostics::new(problems, limits.diagnostics) {
            return Err(problems);
        }
        let name = |text: &str| Spanned { value: text.to_owned(), span: whole };
        let parameters = parameters
            .iter()
            .map(|(parameter, kind, value)| {
                let default = yaml::parse(&Source::new("parameter", *value), &limits)?;
                Ok(Parameter {
                    name: name(parameter),
                    type_text: name(kind),
                    default,
                    label: Text::default(),
                })
            })
            .collect::<Result<Vec<_>, Diagnostics>>()?;
        let pack = Pack::from_text(PackText {
            source,
            id: name("expression"),
            version: String::new(),
            title: Text::default(),
            origin: Text::default(),
            uses: Vec::new(),
            parameters,
            definitions: Vec::new(),
            paths: Vec::new(),
            rules: Vec::new(),
            digest: OnceLock::new(),
        });
        let written = Written { text: text.to_owned(), ast, map };
        let (typed, body) = type_expression(metamodel, pack, &written, &limits)?;
        let printed = crate::cel::print(&written.ast);
        Ok(Self { metamodel: metamodel.clone(), typed, body, printed })
    }

    /// The type of what it yields, as rules write it: `int`, `list<Person>`.
    pub fn type_name(&self) -> String {
        type_name(&self.metamodel.0, &self.body.nodes[self.body.root].ty)
    }

    /// Evaluates it on a model at a date.
    pub fn evaluate(&self, model: &Model, at: Date) -> Evaluated {
        if let Some(excess) = cost::excess_of(&Counts::new(model), &self.typed, &self.body) {
            return Evaluated::Error(EvalError::TooCostly(Box::new(excess)).to_string());
        }
        let evaluator = Evaluator::new(model, &self.typed, at.timestamp(), None);
        let outcome =
            evaluator.eval(&self.body, &Outcome::Value(Value::Bool(true)), &Lets::new(&[]));
        match outcome.certainty() {
            Ok(value) => Evaluated::Value { kind: self.type_name(), json: to_json(model, &value) },
            Err(Outcome::Error(error)) => Evaluated::Error(error.to_string()),
            Err(_) => Evaluated::Unknown,
        }
    }
}

/// A value as JSON. A double that JSON can't hold is its name as text.
fn to_json(model: &Model, value: &Value) -> serde_json::Value {
    use serde_json::Value as Json;
    match value {
        Value::Bool(b) => Json::from(*b),
        Value::Int(i) => Json::from(*i),
        Value::Double(d) if d.is_finite() => Json::from(*d),
        Value::Double(d) if d.is_nan() => Json::from("NaN"),
        Value::Double(d) => Json::from(if *d > 0.0 { "Infinity" } else { "-Infinity" }),
        Value::Text(text) => Json::from(&**text),
        Value::Timestamp(t) => Json::from(t.to_string()),
        Value::Duration(d) => Json::from(d.to_cel()),
        Value::Enum(enumeration, position) => {
            Json::from(model.vocabulary().0.enum_name(*enumeration, *position))
        }
        Value::Element(element) => Json::from(model.id_of(*element)),
        Value::Link(link) => Json::from(vec![
            model.id_of(model.link_source(*link)),
            model.id_of(model.link_target(*link)),
        ]),
        Value::List(items) => items.iter().map(|item| to_json(model, item)).collect(),
        Value::Optional(inner) => inner.as_ref().map_or(Json::Null, |v| to_json(model, v)),
        Value::Map(entries) => entries
            .iter()
            .map(|(key, value)| {
                let key = match to_json(model, key) {
                    Json::String(text) => text,
                    other => other.to_string(),
                };
                (key, to_json(model, value))
            })
            .collect(),
    }
}
