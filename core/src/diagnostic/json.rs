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
    /// assert!(json.contains(r#""start":{"offset":13,"line":2,"column":1,"column_utf16":1}"#));
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

#[derive(Serialize)]
struct ProblemJson<'a> {
    code: &'a str,
    level: &'a str,
    message: &'a str,
    labels: Vec<LabelJson<'a>>,
    helps: Vec<HelpJson<'a>>,
}

#[derive(Serialize)]
struct LabelJson<'a> {
    file: &'a str,
    /// The name of the table, where the place is in one: lines are then its rows.
    #[serde(skip_serializing_if = "Option::is_none")]
    table: Option<&'a str>,
    /// The head of the table's column.
    #[serde(skip_serializing_if = "Option::is_none")]
    field: Option<&'a str>,
    start: Position,
    end: Position,
    text: &'a str,
}

#[derive(Serialize)]
struct HelpJson<'a> {
    text: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    replacement: Option<ReplacementJson<'a>>,
}

#[derive(Serialize)]
struct ReplacementJson<'a> {
    start: Position,
    end: Position,
    text: &'a str,
}

impl<'a> ProblemJson<'a> {
    fn new(problem: &'a Diagnostic) -> Self {
        let source = problem.labels.first().map(|label| &label.source);
        Self {
            code: problem.code.as_str(),
            level: match problem.level {
                Level::Error => "error",
                Level::Warning => "warning",
            },
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
