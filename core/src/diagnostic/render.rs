//! Diagnostics as text: with excerpts, or in short where those are left out.

#[cfg(feature = "excerpts")]
mod excerpt;
#[cfg(feature = "excerpts")]
mod graphic;
#[cfg(not(feature = "excerpts"))]
mod short;
#[cfg(test)]
mod tests;

#[cfg(feature = "excerpts")]
pub(super) use self::graphic::render;
#[cfg(not(feature = "excerpts"))]
pub(super) use self::short::render;
use super::{Diagnostics, Help};

/// Replacements longer than this are not spelled out.
const LONGEST_REPLACEMENT: usize = 80;

/// Whether rendered text carries terminal colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Colour {
    /// Plain text.
    #[default]
    Never,
    /// ANSI escapes.
    Always,
}

impl Diagnostics {
    /// The problems as text for people, each with its place, an excerpt and what to do. Without the
    /// feature `excerpts` there are none, and no colours.
    ///
    /// ```
    /// use spelregel::{Colour, Metamodel, Model, Source};
    ///
    /// let source = Source::new("plan.yaml", "goals:\n  - {id: co2, naem: CO2}\n");
    /// let problems = Model::load(&Metamodel::standard(), [source]).unwrap_err();
    /// assert_eq!(
    ///     problems.render(Colour::Never),
    ///     "\
    /// error[unknown-field]: the kind `Goal` has no field `naem`
    ///  --> plan.yaml:2:15
    ///   |
    /// 2 |   - {id: co2, naem: CO2}
    ///   |               ^^^^
    ///   |
    ///   = help: did you mean `name`?
    /// "
    /// );
    /// ```
    pub fn render(&self, colour: Colour) -> String {
        render(&self.0, colour)
    }
}

/// The advice, with what to write where it doesn't say so itself.
fn advice(help: &Help) -> String {
    match &help.replacement {
        Some((_, text))
            if !help.text.contains(text.as_str())
                && !text.contains('\n')
                && text.len() <= LONGEST_REPLACEMENT =>
        {
            format!("{}: `{text}`", help.text)
        }
        _ => help.text.clone(),
    }
}
