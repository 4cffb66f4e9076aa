//! Why a check could not be done, as JSON for the JavaScript package.

use std::fmt::Display;

use serde::Serialize;
use spelregel::Diagnostics;

/// What could not be used.
#[derive(Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Stage {
    /// The model.
    Load,
    /// The settings, the date, the gate, a programme or a tag.
    Options,
    /// A pack.
    Pack,
}

/// Why a check could not be done.
#[derive(Serialize)]
pub(crate) struct Problem {
    stage: Stage,
    /// The rendered text.
    message: String,
    /// The problems as data.
    diagnostics: Option<Diagnostics>,
}

impl Problem {
    /// Problems in texts.
    pub(crate) fn of(stage: Stage, problems: Diagnostics) -> Self {
        Self { stage, message: problems.to_string(), diagnostics: Some(problems) }
    }

    /// A problem that is in no text.
    pub(crate) fn saying(stage: Stage, message: &impl Display) -> Self {
        Self { stage, message: message.to_string(), diagnostics: None }
    }

    pub(crate) fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
}
