//! What is wrong with a text, where, and what to do: diagnostics as data.

pub(crate) mod code;
mod json;
pub(crate) mod render;
pub(crate) mod syntax;

use std::fmt;

pub use self::code::{Code, UnknownCode};
#[cfg(feature = "schema")]
pub(crate) use self::json::ProblemJson;
pub use self::render::Colour;
use crate::sort::{sort_by, sort_by_key};
use crate::source::{Position, Source, Span};

/// One problem in a source text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// Which problem; stable, documented, one page each.
    pub code: Code,
    /// Whether the text can be used in spite of it.
    pub level: Level,
    /// What is wrong: lower case, no full stop, what the person wrote in backticks.
    pub message: String,
    /// Where; the first label is the primary one. Empty for a problem with no place in a text.
    pub labels: Vec<Label>,
    /// What to do about it.
    pub helps: Vec<Help>,
}

/// Whether a text with the problem can be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// The text is refused.
    Error,
    /// The text is accepted.
    Warning,
}

/// A marked place in a source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// The text that is marked.
    pub source: Source,
    /// The marked part.
    pub span: Span,
    /// What to say beside the mark; may be empty.
    pub text: String,
}

impl Label {
    /// The name of the file: of a table, the file that it is in, else its own name.
    pub fn file(&self) -> &str {
        let file = self.source.grid().and_then(|grid| grid.file.as_deref());
        file.unwrap_or(self.source.name())
    }

    /// Where the mark starts. Of a cell in a table: its row as `line`, as the table counts rows, and the
    /// number of its column; 0 for the heads of the columns, and for a row as a whole.
    pub fn position(&self) -> Position {
        self.source.ends(self.span).0
    }

    /// The name of the table and, where one cell is meant, the head of its column; `None` in a text.
    pub fn table(&self) -> Option<(&str, Option<&str>)> {
        let grid = self.source.grid()?;
        Some((self.source.name(), grid.column(self.span)))
    }
}

/// A piece of advice, where possible with the change that carries it out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Help {
    /// The advice.
    pub text: String,
    /// Text to put in place of a span of the primary source.
    pub replacement: Option<(Span, String)>,
}

impl Diagnostic {
    /// An error with its primary place.
    pub fn error(code: Code, message: impl Into<String>, source: &Source, span: Span) -> Self {
        Self::placeless(code, message).at(source, span, "")
    }

    /// An error that has no place in a text.
    pub fn placeless(code: Code, message: impl Into<String>) -> Self {
        Self {
            code,
            level: Level::Error,
            message: message.into(),
            labels: Vec::new(),
            helps: Vec::new(),
        }
    }

    /// The same as a warning.
    #[must_use]
    pub fn warning(mut self) -> Self {
        self.level = Level::Warning;
        self
    }

    /// The same with one more marked place.
    #[must_use]
    pub fn at(mut self, source: &Source, span: Span, text: impl Into<String>) -> Self {
        self.labels.push(Label { source: source.clone(), span, text: text.into() });
        self
    }

    /// The same with the primary mark saying `text`.
    #[must_use]
    pub fn saying(mut self, text: impl Into<String>) -> Self {
        if let Some(label) = self.labels.first_mut() {
            label.text = text.into();
        }
        self
    }

    /// The same with advice.
    #[must_use]
    pub fn help(mut self, text: impl Into<String>) -> Self {
        self.helps.push(Help { text: text.into(), replacement: None });
        self
    }

    /// The same with advice that is carried out by writing `text` in place of the primary span.
    #[must_use]
    pub fn help_replacing(mut self, advice: impl Into<String>, text: impl Into<String>) -> Self {
        let replacement = self.labels.first().map(|label| (label.span, text.into()));
        self.helps.push(Help { text: advice.into(), replacement });
        self
    }

    /// The same with `did you mean` advice that replaces the primary span, where there is a name to suggest.
    #[must_use]
    pub fn suggest(mut self, nearest: Option<&str>) -> Self {
        if let Some(name) = nearest {
            let replacement = self.labels.first().map(|label| (label.span, name.to_owned()));
            self.helps.push(Help { text: format!("did you mean `{name}`?"), replacement });
        }
        self
    }
}

/// The problems of one or more texts: never empty, in a fixed order, capped in number.
///
/// Prints as the rendered text with excerpts, and is an [`std::error::Error`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostics(Vec<Diagnostic>);

impl Diagnostics {
    /// Sorts and caps problems; `None` where there are none.
    ///
    /// Where there are too many, warnings go first.
    pub(crate) fn new(problems: Vec<Diagnostic>, limit: usize) -> Option<Self> {
        Self::capped(problems, limit, 0)
    }

    fn capped(mut problems: Vec<Diagnostic>, limit: usize, unheld: usize) -> Option<Self> {
        sort(&mut problems);
        problems.dedup();
        let more = problems.len().saturating_sub(limit) + unheld;
        if more > 0 {
            sort_by_key(&mut problems, |problem| problem.level);
            problems.truncate(limit);
            sort(&mut problems);
            problems.push(
                Diagnostic::placeless(
                    Code::TooManyProblems,
                    format!("{more} more problems are not shown"),
                )
                .help("repair the ones above first"),
            );
        }
        if problems.is_empty() { None } else { Some(Self(problems)) }
    }

    /// The problems in order of place.
    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.0.iter()
    }

    /// How many there are; at least one.
    #[expect(clippy::len_without_is_empty, reason = "never empty")]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// The problems themselves.
    pub fn into_vec(self) -> Vec<Diagnostic> {
        self.0
    }
}

impl From<Diagnostic> for Diagnostics {
    fn from(problem: Diagnostic) -> Self {
        Self(vec![problem])
    }
}

impl<'a> IntoIterator for &'a Diagnostics {
    type Item = &'a Diagnostic;
    type IntoIter = std::slice::Iter<'a, Diagnostic>;
    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl fmt::Display for Diagnostics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&render::render(&self.0, render::Colour::Never))
    }
}

impl std::error::Error for Diagnostics {}

/// Problems while they are being found. Holds a bounded number, as input decides how many there are.
#[derive(Debug, Default)]
pub(crate) struct Problems {
    held: Vec<Diagnostic>,
    unheld: usize,
    errors: usize,
}

impl Problems {
    const HELD: usize = 10_000;

    pub(crate) fn push(&mut self, problem: Diagnostic) {
        if problem.level == Level::Error {
            self.errors += 1;
        }
        if self.held.len() < Self::HELD {
            self.held.push(problem);
        } else {
            self.unheld += 1;
        }
    }

    /// Adds those that were found elsewhere.
    pub(crate) fn append(&mut self, other: Self) {
        self.unheld += other.unheld;
        self.errors += other.errors;
        for problem in other.held {
            if self.held.len() < Self::HELD {
                self.held.push(problem);
            } else {
                self.unheld += 1;
            }
        }
    }

    /// How many have been found so far.
    pub(crate) fn len(&self) -> usize {
        self.held.len() + self.unheld
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.len() == 0
    }

    pub(crate) fn has_errors(&self) -> bool {
        self.errors > 0
    }

    pub(crate) fn finish(self, limit: usize) -> Option<Diagnostics> {
        Diagnostics::capped(self.held, limit, self.unheld)
    }
}

/// What a person wrote, fit for a message: on one line, and not too long.
pub(crate) fn shown(text: &str) -> String {
    const LONGEST: usize = 60;
    let mut shown: String =
        text.chars().take(LONGEST).map(|c| if c.is_control() { ' ' } else { c }).collect();
    if text.chars().nth(LONGEST).is_some() {
        shown.push('…');
    }
    shown
}

/// Sorts by source, place, code and message: the one order in which problems are shown.
pub(crate) fn sort(problems: &mut [Diagnostic]) {
    sort_by(problems, |a, b| key(a).cmp(&key(b)));
}

fn key(problem: &Diagnostic) -> (&str, &str, Span, &str, &str) {
    let label = problem.labels.first();
    let (file, name) = label.map_or(("", ""), |label| (label.file(), label.source.name()));
    let span = label.map_or(Span::default(), |label| label.span);
    (file, name, span, problem.code.as_str(), &problem.message)
}
