//! What goes into a case and what comes out, whatever runs it: plain data, so that it can be a program in
//! another language too.

use anyhow::{Result, bail};
use serde::{Deserialize, Serialize};

/// Runs cases.
pub trait Driver {
    /// What it is called in failures.
    fn name(&self) -> &'static str;

    /// Runs one.
    ///
    /// # Errors
    /// Where the case can't be run at all. What is wrong with its input is an outcome.
    fn run(&self, input: &Input) -> Result<Outcome>;
}

/// What goes in.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Input {
    /// Documents that make one model.
    pub models: Vec<File>,
    /// Packs; none: the shipped ones.
    pub packs: Vec<File>,
    /// An organisation's settings.
    pub settings: Option<File>,
    /// An extension of the standard metamodel.
    pub metamodel: Option<File>,
    /// What is asked.
    pub options: Asked,
    /// Expressions to evaluate on the model.
    pub expressions: Vec<String>,
}

/// A file of a case.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct File {
    /// The name under which it is shown.
    pub name: String,
    /// What it holds.
    pub text: String,
    /// The text is bytes in hexadecimal digits.
    #[serde(default)]
    pub is_hex: bool,
}

/// The options of a case.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Asked {
    /// The date of the check.
    pub at: String,
    /// The gate that is asked for.
    pub gate: Option<String>,
    /// The language of messages and of the report.
    pub lang: String,
    /// Only what belongs to this programme.
    pub programme: Option<String>,
    /// Only rules with this tag.
    pub tag: Option<String>,
    /// Limits by name.
    pub limits: Vec<(String, usize)>,
}

impl Default for Asked {
    fn default() -> Self {
        Self {
            at: "2026-06-01".to_owned(),
            gate: None,
            lang: "en".to_owned(),
            programme: None,
            tag: None,
            limits: Vec::new(),
        }
    }
}

impl Asked {
    /// Sets an option by its name in cases.
    ///
    /// # Errors
    /// Where there is no such option.
    pub fn set(&mut self, key: &str, value: &str) -> Result<()> {
        match key {
            "at" => value.clone_into(&mut self.at),
            "gate" => self.gate = Some(value.to_owned()),
            "lang" => value.clone_into(&mut self.lang),
            "programme" => self.programme = Some(value.to_owned()),
            "tag" => self.tag = Some(value.to_owned()),
            limit => match value.parse() {
                Ok(number) => self.limits.push((limit.to_owned(), number)),
                Err(_) => bail!("no option `{key}: {value}`"),
            },
        }
        Ok(())
    }
}

/// What comes out.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Outcome {
    /// Every problem, as it is printed.
    pub diagnostics: String,
    /// Whether the model, the packs, the settings and the metamodel are sound.
    pub is_sound: bool,
    /// Every verdict, in the order of rules and elements.
    pub verdicts: Vec<Answer>,
    /// What findings say.
    pub messages: Vec<Message>,
    /// The report as text.
    pub report: String,
    /// The report as JSON.
    pub json: String,
    /// What the expressions come to, in their order.
    pub values: Vec<String>,
}

/// The answer of a rule for an element.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// The rule's full id.
    pub rule: String,
    /// The element's id; `model` for the model as a whole.
    pub element: String,
    /// The verdict.
    pub verdict: String,
    /// Of an unknown verdict: the missing facts.
    pub missing: Vec<String>,
}

/// What a finding says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    /// The rule's full id.
    pub rule: String,
    /// The element's id; `model` for the model as a whole.
    pub element: String,
    /// The text.
    pub text: String,
}
