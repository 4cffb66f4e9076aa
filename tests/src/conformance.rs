//! The conformance cases of CEL: read from JSON lines, run as expressions of the rule language.

use anyhow::{Context, Result, bail};
use serde::Deserialize;
use serde_json::Value as Json;
use spelregel::{Code, Date, Evaluated, Expression, Metamodel, Model};

/// One case, as the files have it.
#[derive(Debug, Deserialize)]
pub struct Case {
    /// The file that it comes from, without ending.
    pub file: String,
    /// The section of the file.
    pub section: String,
    /// Its name, unique within the section.
    pub name: String,
    /// The expression.
    pub expr: String,
    /// Where names are looked up first.
    #[serde(default)]
    pub container: Option<String>,
    /// Declared variables and functions, by name.
    #[serde(default)]
    pub type_env: serde_json::Map<String, Json>,
    /// The values of variables.
    pub bindings: serde_json::Map<String, Json>,
    /// It runs without having been checked.
    #[serde(default)]
    pub disable_check: bool,
    /// Only the type counts.
    #[serde(default)]
    pub check_only: bool,
    /// The value, or that there is an error.
    pub expect: Expect,
    /// The type that a checker must find.
    #[serde(default)]
    pub expect_type: Option<String>,
}

/// What a case expects.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub struct Expect {
    /// A value.
    #[serde(default)]
    pub value: Option<Typed>,
    /// An error. Its text is that of the engine which the cases come from.
    #[serde(default)]
    pub error: Option<Json>,
    /// One of several errors.
    #[serde(default)]
    pub any_error: Option<Json>,
}

/// A value with its type.
#[derive(Debug, Deserialize)]
pub struct Typed {
    /// `int`, `list`, …
    #[serde(rename = "type")]
    pub kind: String,
    /// In a form that depends on the type.
    #[serde(default)]
    pub value: Json,
}

/// How a case came out.
#[derive(Debug, PartialEq, Eq)]
pub enum Ran {
    /// As expected.
    Passed,
    /// An error was expected, and the checker found it before anything ran.
    Refused,
    /// Not as expected: in which way.
    Differs(String),
}

impl Case {
    /// Reads the cases of a file of JSON lines.
    ///
    /// # Errors
    /// A line that is not a case.
    pub fn read_all(text: &str) -> Result<Vec<Self>> {
        let lines = text.lines().enumerate();
        lines
            .map(|(number, line)| {
                serde_json::from_str(line).with_context(|| format!("line {}", number + 1))
            })
            .collect()
    }

    /// File, section and name.
    pub fn id(&self) -> (&str, &str, &str) {
        (&self.file, &self.section, &self.name)
    }

    /// Checks and evaluates the expression, and compares type and value.
    ///
    /// # Errors
    /// Where the case itself makes no sense.
    pub fn run(&self, metamodel: &Metamodel, empty: &Model, at: Date) -> Result<Ran> {
        let parameters = match self.parameters()? {
            Ok(parameters) => parameters,
            Err(reason) => return Ok(Ran::Differs(reason)),
        };
        let parameters: Vec<(&str, &str, &str)> =
            parameters.iter().map(|(n, t, v)| (n.as_str(), t.as_str(), v.as_str())).collect();
        let wants_error = self.expect.error.is_some() || self.expect.any_error.is_some();
        let expression = match Expression::compile(metamodel, &self.expr, &parameters) {
            Ok(expression) => expression,
            Err(problems) => {
                let finds_it = problems.iter().all(|p| is_the_error(p.code));
                if wants_error && finds_it {
                    return Ok(Ran::Refused);
                }
                let texts: Vec<String> = problems.iter().map(|p| p.message.clone()).collect();
                let how = if self.disable_check {
                    "refused before it runs"
                } else if self.type_env.values().any(Json::is_array) {
                    "refused, and declares a function"
                } else {
                    "refused"
                };
                return Ok(Ran::Differs(format!("{how}: {}", texts.join("; "))));
            }
        };
        if let Some(wanted) = &self.expect_type {
            let found = as_cel_type(&expression.type_name());
            if found != *wanted {
                return Ok(Ran::Differs(format!("type {found}, not {wanted}")));
            }
        }
        if self.check_only {
            return Ok(Ran::Passed);
        }
        Ok(match (expression.evaluate(empty, at), &self.expect.value) {
            (Evaluated::Error(text), _) if text.starts_with("internal") => Ran::Differs(text),
            (Evaluated::Error(_), None) if wants_error => Ran::Passed,
            (Evaluated::Value { kind, json }, Some(wanted)) => {
                if matches(&kind, &json, wanted) {
                    Ran::Passed
                } else {
                    Ran::Differs(format!("{kind} {json}"))
                }
            }
            (other, _) => Ran::Differs(other.to_string()),
        })
    }

    /// The variables as parameters: name, type and value as packs write them; else why they can't be.
    #[expect(clippy::type_complexity, reason = "one caller; a name would say less")]
    fn parameters(&self) -> Result<Result<Vec<(String, String, String)>, String>> {
        let mut parameters: Vec<(String, String, String)> = Vec::new();
        for (name, declared) in &self.type_env {
            // A function: the checker says that there is none.
            let Some(declared) = declared.as_str() else { continue };
            if !self.bindings.contains_key(name) {
                let Some(value) = some_value(declared) else {
                    return Ok(Err(format!("a variable of type {declared}")));
                };
                parameters.push((name.clone(), as_written(declared), value.to_owned()));
            }
        }
        for (name, binding) in &self.bindings {
            let Some(value) = binding.get("value") else {
                bail!("{name} is bound to no value: {binding}");
            };
            let value: Typed = serde_json::from_value(value.clone())?;
            let declared = self.type_env.get(name).and_then(Json::as_str);
            let kind = declared.map(str::to_owned).or_else(|| type_of(&value));
            let Some((kind, text)) = kind.zip(as_yaml(&value)) else {
                return Ok(Err(format!("a value of type {} is bound", value.kind)));
            };
            parameters.push((name.clone(), as_written(&kind), text));
        }
        // Where two come to one name, the one in the container is meant: its own name is the longer one.
        let length = |local: &str| {
            let names = self.type_env.keys().chain(self.bindings.keys());
            names.filter(|name| self.local(name) == local).map(String::len).max()
        };
        Ok(Ok(parameters
            .into_iter()
            .filter(|(own, ..)| length(&self.local(own)) == Some(own.len()))
            .map(|(own, kind, value)| (self.local(&own), kind, value))
            .collect()))
    }

    /// A name as it is written where the container is looked into first.
    fn local(&self, name: &str) -> String {
        let inside = self.container.as_deref().and_then(|container| name.strip_prefix(container));
        inside.and_then(|rest| rest.strip_prefix('.')).unwrap_or(name).to_owned()
    }
}

/// A type in CEL's notation as packs write it.
fn as_written(kind: &str) -> String {
    let kind = kind.replace("google.protobuf.Duration", "duration");
    let kind = kind.replace("google.protobuf.Timestamp", "timestamp");
    kind.replace('(', "<").replace(')', ">")
}

/// Some value of a type, for a variable that is declared and never read.
fn some_value(kind: &str) -> Option<&'static str> {
    Some(match kind.split('(').next()? {
        "bool" => "false",
        "int" | "double" => "0",
        "string" => "''",
        "timestamp" => "1970-01-01",
        "duration" => "0s",
        "list" => "[]",
        "map" => "{}",
        _ => return None,
    })
}

/// The type of a value, in CEL's notation.
fn type_of(value: &Typed) -> Option<String> {
    match (value.kind.as_str(), &value.value) {
        ("list", Json::Array(items)) => {
            let of = typed(items)?.first().map_or(Some("int".to_owned()), type_of)?;
            Some(format!("list({of})"))
        }
        ("map", Json::Array(entries)) => {
            let entry = entries.first().and_then(Json::as_array).and_then(|pair| typed(pair));
            let (key, value) = match entry.as_deref() {
                Some([key, value]) => (type_of(key)?, type_of(value)?),
                _ => ("string".to_owned(), "int".to_owned()),
            };
            Some(format!("map({key}, {value})"))
        }
        (kind, _) => Some(kind.to_owned()),
    }
}

/// A value as packs write it; `None` for one that they can't hold.
fn as_yaml(value: &Typed) -> Option<String> {
    match (value.kind.as_str(), &value.value) {
        ("string" | "timestamp" | "duration", Json::String(text)) => {
            serde_json::to_string(text).ok()
        }
        ("int" | "double", Json::String(text)) => Some(text.clone()),
        ("bool", Json::Bool(b)) => Some(b.to_string()),
        ("list", Json::Array(items)) => {
            let items: Option<Vec<String>> = typed(items)?.iter().map(as_yaml).collect();
            Some(format!("[{}]", items?.join(", ")))
        }
        ("map", Json::Array(entries)) => {
            let entry = |entry: &Json| match typed(entry.as_array()?)?.as_slice() {
                [key, value] => Some(format!("{}: {}", as_yaml(key)?, as_yaml(value)?)),
                _ => None,
            };
            let entries: Option<Vec<String>> = entries.iter().map(entry).collect();
            Some(format!("{{{}}}", entries?.join(", ")))
        }
        _ => None,
    }
}

/// Whether a refusal with this code tells of what CEL has an error for at run time, rather than of
/// a part of CEL that the language leaves out.
fn is_the_error(code: Code) -> bool {
    matches!(
        code,
        Code::TypeMismatch
            | Code::WrongArguments
            | Code::UnknownName
            | Code::UnknownFunction
            | Code::InvalidDate
            | Code::Syntax
    )
}

/// A type name in CEL's notation. What could be of any type is `dyn` there.
fn as_cel_type(name: &str) -> String {
    let name = name.replace("optional<", "optional_type<").replace("nothing", "dyn");
    name.replace('<', "(").replace('>', ")")
}

/// Whether a value of the type is the wanted one, its type included.
fn matches(kind: &str, found: &Json, wanted: &Typed) -> bool {
    let inner = |outer: &str| {
        kind.strip_prefix(outer).and_then(|k| k.strip_prefix('<')).and_then(|k| k.strip_suffix('>'))
    };
    match (wanted.kind.as_str(), &wanted.value) {
        ("list", Json::Array(items)) => {
            let (Some(member), Some(found)) = (inner("list"), found.as_array()) else {
                return false;
            };
            let Some(items) = typed(items) else { return false };
            found.len() == items.len()
                && found.iter().zip(&items).all(|(found, item)| matches(member, found, item))
        }
        (wanted, _) if wanted != kind => false,
        ("int", Json::String(text)) => found.as_i64() == text.parse().ok(),
        ("double", Json::String(text)) => same_double(text, found),
        _ => wanted.value == *found,
    }
}

fn typed(items: &[Json]) -> Option<Vec<Typed>> {
    items.iter().map(|item| serde_json::from_value(item.clone()).ok()).collect()
}

fn same_double(wanted: &str, found: &Json) -> bool {
    let found = match found {
        Json::String(text) => text.parse::<f64>(),
        other => other.to_string().parse(),
    };
    match (wanted.parse::<f64>(), found) {
        (Ok(a), Ok(b)) => a.to_bits() == b.to_bits() || (a.is_nan() && b.is_nan()),
        _ => false,
    }
}

macro_rules! reasons {
    ($($name:ident = $text:literal, shown by [$($sign:literal),+],)*) => {
        /// Why a case lies outside of the language. There are no other reasons.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        #[expect(missing_docs, reason = "each is named after what is left out")]
        pub enum Reason { $($name,)* }

        impl Reason {
            /// Every reason.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// As the list has it.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$name => $text,)* }
            }

            /// What the checker says, or what the case itself needs, where this is the reason.
            fn signs(self) -> &'static [&'static str] {
                match self { $(Self::$name => &[$($sign),+],)* }
            }
        }
    };
}

reasons! {
    Bytes = "bytes", shown by ["byte strings", "bytes are", "`bytes`", "of type bytes"],
    Uint = "uint", shown by ["unsigned integers", "`uint`", "of type uint"],
    Null = "null", shown by ["`null`", "of type null"],
    Map = "map literal", shown by ["map literals"],
    MixedList = "mixed list", shown by ["a list holds one type"],
    Dyn = "dyn", shown by ["`dyn`"],
    Type = "type()", shown by ["`type()`"],
    Message = "message", shown by ["messages made with", "of type cel.expr.conformance", "type message"],
    Format = "format", shown by ["`format`"],
    TwoVariables = "two-variable comprehension", shown by ["two variables", "`exists_one`"],
    OptMap = "optMap", shown by ["`optMap`", "`optFlatMap`"],
    OptionalIndex = "[?]", shown by ["`[?…]`"],
    BitOperation = "bit operation", shown by ["bit operations"],
    Encoder = "encoder", shown by ["encoders"],
    TimeZone = "time zone argument", shown by ["time zone arguments"],
    Unchecked = "runs unchecked", shown by ["refused before it runs"],
    DeclaredFunction = "declared function", shown by ["declares a function"],
}

impl Reason {
    /// The reason of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|reason| reason.as_str() == name)
    }

    /// Whether how the case differs bears the reason out.
    pub fn shows_in(self, difference: &str) -> bool {
        self.signs().iter().any(|sign| difference.contains(sign))
    }
}
