//! The stable form of reports, out and in.

use super::{FORMAT, Report};

impl Report {
    /// The report as JSON: keys in a fixed order, texts in every language there is.
    pub fn to_json(&self) -> String {
        let mut json = serde_json::to_string_pretty(self).unwrap_or_default();
        json.push('\n');
        json
    }

    /// Reads a report that [`to_json`](Self::to_json) wrote. Fields that it doesn't know are passed
    /// over.
    ///
    /// # Errors
    /// If the text is no such report, or one of a later form.
    pub fn from_json(json: &str) -> Result<Self, InvalidReport> {
        /// What stays the same in every form.
        #[derive(serde::Deserialize)]
        struct Header {
            spelregel: u32,
        }
        let malformed = |error: serde_json::Error| InvalidReport::Malformed {
            line: error.line(),
            column: error.column(),
            problem: error.to_string(),
        };
        let header: Header = serde_json::from_str(json).map_err(malformed)?;
        if header.spelregel != FORMAT {
            return Err(InvalidReport::OtherForm { found: header.spelregel });
        }
        serde_json::from_str(json).map_err(malformed)
    }
}

/// A text is not a report that can be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum InvalidReport {
    /// It is not JSON, or not a report.
    #[error("not a report: {problem}")]
    #[non_exhaustive]
    Malformed {
        /// Line, from 1.
        line: usize,
        /// Column in bytes, from 1.
        column: usize,
        /// What is wrong there.
        problem: String,
    },
    /// It has a form of another version.
    #[error("a report of form {found} can't be read: this version reads form {FORMAT}")]
    #[non_exhaustive]
    OtherForm {
        /// The form that it says it has.
        found: u32,
    },
}
