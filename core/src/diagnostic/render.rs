//! Diagnostics as text with excerpts.

use super::Diagnostic;

/// Whether rendered text carries terminal colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Colour {
    /// Plain text.
    Never,
    /// ANSI escapes.
    Always,
}

/// Renders problems with excerpts of their sources.
pub(crate) fn render(problems: &[Diagnostic], _colour: Colour) -> String {
    problems.iter().map(|p| format!("{}: {}\n", p.code.as_str(), p.message)).collect()
}
