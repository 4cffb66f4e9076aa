//! What an organisation changes without touching packs.

pub(crate) mod form;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::limits::Limits;
use crate::metamodel::Metamodel;
use crate::pack::{Severity, Spanned};
use crate::source::Source;
use crate::suggest::nearest;
use crate::text::Language;
use crate::typing::TypedRule;
use crate::yaml::read::Reader;
use crate::yaml::{self, Node};

/// What switches a rule off, in place of a severity.
pub(crate) const OFF: &str = "off";

/// An organisation's own values for parameters and severities, and rules it switches off.
#[derive(Debug, Clone, PartialEq)]
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

impl Settings {
    /// Reads settings from YAML or JSON.
    ///
    /// ```
    /// use spelregel::{Settings, Source};
    /// let settings = Settings::load(Source::new("settings.yaml", "
    /// spelregel: 1
    /// settings:
    ///   parameters: {longest_silence: 90d}
    ///   severity: {commissioner-carries-the-flag: warning, fits-existing-policies: off}
    /// "))?;
    /// assert_ne!(settings, Settings::default());
    /// # Ok::<(), spelregel::Diagnostics>(())
    /// ```
    ///
    /// # Errors
    /// Every problem of the text. Whether the parameters and rules exist is checked with the packs, by
    /// [`RuleSet::compile`](crate::RuleSet::compile).
    pub fn load(source: Source) -> Result<Self, Diagnostics> {
        Self::load_with(source, &Limits::default())
    }

    /// The same under other limits.
    ///
    /// # Errors
    /// As for [`Settings::load`].
    pub fn load_with(source: Source, limits: &Limits) -> Result<Self, Diagnostics> {
        let tree = yaml::parse(&source, limits)?;
        let mut reader = Reader::new(&source);
        let header = reader.fields(&tree, "a settings file", &form::DOCUMENT.names());
        if let Some(version) = header.get("spelregel") {
            reader.version(version);
        }
        let mut settings = Self::default();
        if let Some(node) = reader.required(&header, "settings", "a settings file") {
            settings.read(&mut reader, node);
        }
        if let Some(problems) = reader.problems.finish(limits.diagnostics) {
            return Err(problems);
        }
        settings.source = source;
        Ok(settings)
    }

    fn read(&mut self, reader: &mut Reader<'_>, node: &Node) {
        let fields = reader.fields(node, "`settings`", &form::SETTINGS.names());
        for entry in fields.get("parameters").map_or(&[][..], |n| reader.mapping(n, "`parameters`"))
        {
            if let Some(name) = spanned(reader, &entry.key, "a parameter") {
                self.parameters.push((name, entry.value.clone()));
            }
        }
        for entry in fields.get("severity").map_or(&[][..], |n| reader.mapping(n, "`severity`")) {
            let rule = spanned(reader, &entry.key, "a rule");
            let severity = read_severity(reader, &entry.value);
            self.severities.extend(rule.zip(severity));
        }
        for node in fields.get("languages").map_or(&[][..], |n| reader.list(n, "`languages`")) {
            let Some(text) = reader.text(node, "a language") else { continue };
            match text.parse() {
                Ok(language) => self.languages.push(language),
                Err(_) => {
                    let problem = reader
                        .error(
                            Code::UnknownValue,
                            format!("`{text}` is not a language of reports"),
                            node.span,
                        )
                        .help(format!(
                            "the languages are {}",
                            Language::ALL.map(Language::code).join(", ")
                        ));
                    reader.report(problem);
                }
            }
        }
        self.metamodel = fields.get("metamodel").cloned();
    }

    /// The metamodel with the extension that the settings hold, if any.
    ///
    /// # Errors
    /// Every problem of the extension, with its place in the settings.
    pub fn extend(&self, metamodel: &Metamodel) -> Result<Metamodel, Diagnostics> {
        match &self.metamodel {
            Some(node) => metamodel.extend_from(&self.source, node, &Limits::default()),
            None => Ok(metamodel.clone()),
        }
    }

    /// The languages that the organisation reports in, the first one first; empty: any.
    pub fn languages(&self) -> &[Language] {
        &self.languages
    }
}

fn spanned(reader: &mut Reader<'_>, node: &Node, what: &str) -> Option<Spanned<String>> {
    let value = reader.text(node, what)?.to_owned();
    Some(Spanned { value, span: node.span })
}

/// A severity, or `None` for off.
fn read_severity(reader: &mut Reader<'_>, node: &Node) -> Option<Option<Severity>> {
    let text = reader.text(node, "a severity")?;
    if text == OFF {
        return Some(None);
    }
    if let Some(severity) = Severity::ALL.into_iter().find(|s| s.as_str() == text) {
        return Some(Some(severity));
    }
    let names: Vec<&str> = Severity::ALL.into_iter().map(Severity::as_str).chain([OFF]).collect();
    let problem = reader
        .error(Code::UnknownValue, format!("`{text}` is not a severity"), node.span)
        .suggest(nearest(text, names.iter().copied()))
        .help(format!("a severity is {}", names.join(", ")));
    reader.report(problem);
    None
}

/// Gives rules the organisation's severities. Yields the positions of those that are off.
pub(crate) fn apply_severities(
    rules: &mut [TypedRule],
    settings: &Settings,
    problems: &mut Vec<Diagnostic>,
) -> Vec<usize> {
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
    off
}
