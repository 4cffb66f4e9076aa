//! What an organisation changes without touching packs.

use crate::diagnostic::{Code, Diagnostic};
use crate::pack::{Severity, Spanned};
use crate::source::Source;
use crate::suggest::nearest;
use crate::text::Language;
use crate::typing::TypedRule;
use crate::yaml::Node;

/// An organisation's own values for parameters and severities, and rules it switches off.
#[derive(Debug, Clone)]
pub struct Settings {
    pub(crate) source: Source,
    pub(crate) parameters: Vec<(Spanned<String>, Node)>,
    /// Rule to severity; `None`: off.
    pub(crate) severities: Vec<(Spanned<String>, Option<Severity>)>,
    pub(crate) languages: Vec<Language>,
    /// The `metamodel:` extension, as written.
    pub(crate) metamodel: Option<Node>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            source: Source::new("settings", ""),
            parameters: Vec::new(),
            severities: Vec::new(),
            languages: Vec::new(),
            metamodel: None,
        }
    }
}

/// Gives rules the organisation's severities, and drops those that are off.
pub(crate) fn apply_severities(
    rules: &mut Vec<TypedRule>,
    settings: &Settings,
    problems: &mut Vec<Diagnostic>,
) {
    let mut off = Vec::new();
    for (name, severity) in &settings.severities {
        let positions: Vec<usize> = rules
            .iter()
            .enumerate()
            .filter(|(_, rule)| rule.full_id == name.value || rule.id == name.value)
            .map(|(position, _)| position)
            .collect();
        match positions.as_slice() {
            [only] => match (severity, rules.get_mut(*only)) {
                (Some(severity), Some(rule)) => rule.severity = *severity,
                _ => off.push(*only),
            },
            [] => {
                let near = nearest(&name.value, rules.iter().map(|rule| rule.id.as_str()));
                problems.push(
                    Diagnostic::error(
                        Code::UnknownReference,
                        format!("there is no rule `{}`", name.value),
                        &settings.source,
                        name.span,
                    )
                    .suggest(near),
                );
            }
            _ => problems.push(
                Diagnostic::error(
                    Code::UnknownReference,
                    format!("several packs have a rule `{}`", name.value),
                    &settings.source,
                    name.span,
                )
                .help("write the full id, `pack/rule`"),
            ),
        }
    }
    let mut position = 0;
    rules.retain(|_| {
        position += 1;
        !off.contains(&(position - 1))
    });
}
