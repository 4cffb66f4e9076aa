//! The crate `cel`: an evaluator of CEL that isn't ours.

use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::sync::Arc;

use anyhow::{Context as _, Result, anyhow};
use cel::objects::Key;
use cel::{Context, Env, ExecutionError, Value, extensions};
use serde_json::{Value as Json, json};
use spelregel_tests::generate::expression::Parameter;
use spelregel_tests::generate::types::Type;
use spelregel_tests::generate::{ModelData, Vocabulary};

/// What an expression comes to.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Outcome {
    Value(Json),
    Error(String),
    /// A key that a map doesn't have.
    NoKey,
    /// It can't say: something that it doesn't know occurs.
    Silent(String),
}

impl Outcome {
    /// As the list of differences writes it.
    pub(crate) fn in_short(&self) -> String {
        match self {
            Self::Error(_) => "error".to_owned(),
            other => other.to_string(),
        }
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Value(value) => write!(f, "{value}"),
            Self::Error(error) => write!(f, "error: {error}"),
            Self::NoKey => f.write_str("no such key"),
            Self::Silent(why) => write!(f, "silent: {why}"),
        }
    }
}

/// The evaluator with variables.
pub(crate) struct Theirs {
    env: Arc<Env>,
    context: Context<'static, 'static>,
}

impl Theirs {
    /// With parameters and the sections of a model.
    pub(crate) fn with(
        parameters: &[Parameter],
        vocabulary: &Vocabulary,
        model: &ModelData,
    ) -> Result<Self> {
        let mut theirs = Self::new()?;
        theirs.bind(parameters)?;
        theirs.bind_model(vocabulary, model)?;
        Ok(theirs)
    }

    fn new() -> Result<Self> {
        let mut env = Env::stdlib();
        env.add_extension(extensions::lists).map_err(|e| anyhow!("{e}"))?;
        env.add_extension(extensions::math).map_err(|e| anyhow!("{e}"))?;
        env.add_extension(extensions::strings).map_err(|e| anyhow!("{e}"))?;
        let env = Arc::new(env);
        Ok(Self { context: Context::with_env(Arc::clone(&env)), env })
    }

    pub(crate) fn evaluate(&self, text: &str) -> Outcome {
        let program = match self.env.compile(text) {
            Ok(program) => program,
            Err(error) => return Outcome::Silent(error.to_string()),
        };
        match program.execute(&self.context) {
            Ok(value) => json_of(&value).map_or_else(
                || Outcome::Silent(format!("a value of type {}", value.type_of())),
                Outcome::Value,
            ),
            Err(
                error
                @ (ExecutionError::NoSuchOverload(_) | ExecutionError::UndeclaredReference(_)),
            ) => Outcome::Silent(error.to_string()),
            Err(ExecutionError::NoSuchKey(_)) => Outcome::NoKey,
            Err(error) => Outcome::Error(error.to_string()),
        }
    }

    /// Parameters as variables.
    fn bind(&mut self, parameters: &[Parameter]) -> Result<()> {
        for parameter in parameters {
            let value = self.value(&parameter.ty, &parameter.value)?;
            self.context.add_variable_from_value(parameter.name.clone(), value);
        }
        Ok(())
    }

    /// The sections of a model as lists of maps, in model order.
    fn bind_model(&mut self, vocabulary: &Vocabulary, model: &ModelData) -> Result<()> {
        let mut sections: BTreeMap<&str, Vec<(&str, Value)>> = BTreeMap::new();
        for (position, kind) in vocabulary.kinds.iter().enumerate() {
            let elements = sections.entry(kind.section).or_default();
            for element in model.elements.iter().filter(|element| element.kind == position) {
                let mut fields: HashMap<Key, Value> =
                    HashMap::from([(Key::from("id"), Value::from(element.id.as_str()))]);
                for property in &kind.properties {
                    let ty = Type::of_property(property.ty);
                    if let (Some(value), false) =
                        (element.fields.get(property.name), matches!(ty, Type::Enum(_)))
                    {
                        fields.insert(Key::from(property.name), self.value(&ty, value)?);
                    }
                }
                elements.push((&element.id, Value::from(fields)));
            }
            elements.sort_by_key(|(id, _)| *id);
        }
        let sections: HashMap<Key, Value> = sections
            .into_iter()
            .map(|(name, elements)| {
                let elements: Vec<Value> = elements.into_iter().map(|(_, value)| value).collect();
                (Key::from(name), Value::from(elements))
            })
            .collect();
        self.context.add_variable_from_value("model", Value::from(sections));
        Ok(())
    }

    /// A value as documents write it.
    fn value(&self, ty: &Type, json: &Json) -> Result<Value> {
        let text = || json.as_str().with_context(|| format!("{json} is no text"));
        Ok(match ty {
            Type::Bool => Value::Bool(json.as_bool().context("a bool")?),
            Type::Int => Value::Int(json.as_i64().context("an int")?),
            Type::Double => Value::Float(json.as_f64().context("a number")?),
            Type::Text => Value::from(text()?),
            Type::Timestamp => self.made(&format!("timestamp('{}T00:00:00Z')", text()?))?,
            Type::Duration => self.made(&format!("duration('{}')", text()?))?,
            Type::List(of) => {
                let items = json.as_array().context("a list")?.iter();
                Value::from(items.map(|item| self.value(of, item)).collect::<Result<Vec<_>>>()?)
            }
            Type::Map(_, of) => {
                let entries = json.as_object().context("a map")?.iter();
                let entries = entries
                    .map(|(key, value)| Ok((Key::from(key.as_str()), self.value(of, value)?)));
                Value::from(entries.collect::<Result<HashMap<Key, Value>>>()?)
            }
            Type::Enum(_) | Type::Element(_) | Type::Link { .. } | Type::Optional(_) => {
                return Err(anyhow!("no value of CEL: {ty:?}"));
            }
        })
    }

    fn made(&self, text: &str) -> Result<Value> {
        let program = self.env.compile(text).map_err(|e| anyhow!("{text}: {e}"))?;
        program.execute(&self.context).map_err(|e| anyhow!("{text}: {e}"))
    }
}

/// As our own values are written.
fn json_of(value: &Value) -> Option<Json> {
    Some(match value {
        Value::Bool(b) => json!(b),
        Value::Int(i) => json!(i),
        Value::Float(d) if d.is_finite() => json!(d),
        Value::Float(d) if d.is_nan() => json!("NaN"),
        Value::Float(d) => json!(if *d > 0.0 { "Infinity" } else { "-Infinity" }),
        Value::String(text) => json!(text.as_str()),
        Value::List(items) => Json::from(items.iter().map(json_of).collect::<Option<Vec<_>>>()?),
        _ => return None,
    })
}
