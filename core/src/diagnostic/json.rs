//! Diagnostics as JSON, for programs that show them in their own way.

use serde::{Serialize, Serializer};

use super::{Diagnostic, Diagnostics, Help, Label, Level};
use crate::source::{Position, Source};

impl Diagnostics {
    /// The problems as a JSON list, in order, with places as people and editors count them.
    ///
    /// ```
    /// use spelregel::{Code, Diagnostic, Diagnostics, Source, Span};
    ///
    /// let source = Source::new("a.yaml", "spelregel: 1\ngoal: []\n");
    /// let span = Span::new(13, 17);
    /// let problem = Diagnostic::error(Code::UnknownField, "unknown section `goal`", &source, span);
    /// let json = Diagnostics::from(problem.suggest(Some("goals"))).to_json();
    /// assert!(json.contains(r#""start":{"offset":13,"offset_utf16":13,"line":2,"column":1,"column_utf16":1}"#));
    /// assert!(json.contains(r#""helps":[{"text":"did you mean `goals`?","replacement":{"#));
    /// ```
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
}

/// A list of problems, as [`Diagnostics::to_json`] writes it.
impl Serialize for Diagnostics {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter().map(ProblemJson::new))
    }
}

/// One problem in a model, a pack or another text.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Diagnostic"))]
pub(crate) struct ProblemJson<'a> {
    /// Which problem; stable.
    code: &'a str,
    /// Whether the text can be used in spite of it.
    level: Level,
    /// What is wrong.
    message: &'a str,
    /// Where; the first label is the primary one.
    labels: Vec<LabelJson<'a>>,
    /// What to do about it.
    helps: Vec<HelpJson<'a>>,
}

/// A marked part of a text.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Label"))]
pub(crate) struct LabelJson<'a> {
    /// The name of the text.
    file: &'a str,
    /// The name of the table, where the place is in one: lines are then its rows.
    #[serde(skip_serializing_if = "Option::is_none")]
    table: Option<&'a str>,
    /// The head of the table's column.
    #[serde(skip_serializing_if = "Option::is_none")]
    field: Option<&'a str>,
    /// Where it starts.
    start: Position,
    /// Where it ends.
    end: Position,
    /// What to say beside the mark; may be empty.
    text: &'a str,
}

/// What to do about a problem.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Help"))]
pub(crate) struct HelpJson<'a> {
    /// The advice.
    text: &'a str,
    /// The change that carries it out.
    #[serde(skip_serializing_if = "Option::is_none")]
    replacement: Option<ReplacementJson<'a>>,
}

/// A change in the text that the first label is in.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Replacement"))]
pub(crate) struct ReplacementJson<'a> {
    /// Where it starts.
    start: Position,
    /// Where it ends.
    end: Position,
    /// What to put there.
    text: &'a str,
}

impl<'a> ProblemJson<'a> {
    fn new(problem: &'a Diagnostic) -> Self {
        let source = problem.labels.first().map(|label| &label.source);
        Self {
            code: problem.code.as_str(),
            level: problem.level,
            message: &problem.message,
            labels: problem.labels.iter().map(LabelJson::new).collect(),
            helps: problem.helps.iter().map(|help| HelpJson::new(help, source)).collect(),
        }
    }
}

impl<'a> LabelJson<'a> {
    fn new(label: &'a Label) -> Self {
        let (start, end) = label.source.ends(label.span);
        let grid = label.source.grid();
        Self {
            file: label.file(),
            table: grid.map(|_| label.source.name()),
            field: grid.and_then(|grid| grid.column(label.span)),
            start,
            end,
            text: &label.text,
        }
    }
}

impl<'a> HelpJson<'a> {
    /// A replacement is in the primary source, so without one there is none.
    fn new(help: &'a Help, source: Option<&Source>) -> Self {
        let replacement = help.replacement.as_ref().zip(source).map(|((span, text), source)| {
            let (start, end) = source.ends(*span);
            ReplacementJson { start, end, text }
        });
        Self { text: &help.text, replacement }
    }
}
