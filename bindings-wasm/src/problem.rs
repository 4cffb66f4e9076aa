//! Why something could not be done, as JSON for the JavaScript package.

use std::fmt::Display;

use serde::Serialize;
use spelregel::{Code, Diagnostics, Level};

/// What could not be used: the code of the error.
#[derive(Debug, Clone, Copy, Serialize)]
pub(crate) struct Stage(pub(crate) &'static str);

impl Stage {
    /// A model or a metamodel.
    pub(crate) const LOAD: Self = Self("load");
    /// Settings, a date, a gate, a programme, a tag, a rule or an element.
    pub(crate) const OPTIONS: Self = Self("options");
    /// A pack.
    pub(crate) const PACK: Self = Self("pack");
    /// More is asked for than the limits allow.
    pub(crate) const LIMIT: Self = Self("limit");
}

/// Why something could not be done.
#[derive(Serialize)]
pub(crate) struct Problem {
    pub(crate) code: Stage,
    /// The rendered text.
    pub(crate) message: String,
    /// The problems as data.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) diagnostics: Option<Diagnostics>,
    /// Which of several edits it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) position: Option<usize>,
}

impl Problem {
    /// Problems in texts.
    pub(crate) fn of(stage: Stage, problems: Diagnostics) -> Self {
        let is_over =
            problems.iter().any(|one| one.level == Level::Error && one.code == Code::OverLimit);
        let code = if is_over { Stage::LIMIT } else { stage };
        Self { code, message: problems.to_string(), diagnostics: Some(problems), position: None }
    }

    /// A problem that is in no text.
    pub(crate) fn saying(code: Stage, message: &impl Display) -> Self {
        Self { code, message: message.to_string(), diagnostics: None, position: None }
    }
}

impl From<Problem> for String {
    fn from(problem: Problem) -> Self {
        crate::json(&problem)
    }
}
