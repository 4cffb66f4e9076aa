//! What an organisation changes without touching packs.

pub(crate) mod form;

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostic, Diagnostics, shown};
use crate::limits::Limits;
use crate::metamodel::Metamodel;
use crate::pack::{Severity, Spanned};
use crate::source::{Source, Span};
use crate::suggest::nearest;
use crate::text::Language;
use crate::typing::TypedRule;
use crate::yaml::read::{Reader, listed};
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
    let mut named: BTreeMap<usize, Span> = BTreeMap::new();
    for (name, severity) in &settings.severities {
        let position = match one_rule(rules, &name.value) {
            Ok(position) => position,
            Err(problem) => {
                problems.push(problem.at(&settings.source, name.span, ""));
                continue;
            }
        };
        if let Some(first) = named.insert(position, name.span) {
            problems.push(named_twice("rule", settings, first, name.span));
        }
        match (severity, rules.get_mut(position)) {
            (Some(severity), Some(rule)) => rule.severity = *severity,
            _ => off.push(position),
        }
    }
    off
}

/// The position of the rule that an id names; else what is wrong with the id, without its place.
fn one_rule(rules: &[TypedRule], id: &str) -> Result<usize, Diagnostic> {
    let is_named = |rule: &TypedRule| rule.full_id == id || rule.id == id;
    let positions: Vec<usize> =
        (0..).zip(rules).filter(|(_, rule)| is_named(rule)).map(|(position, _)| position).collect();
    match positions.as_slice() {
        [only] => Ok(*only),
        [] => {
            let bare = |id| nearest(id, rules.iter().map(|rule| rule.id.as_str()));
            let full = || nearest(id, rules.iter().map(|rule| rule.full_id.as_str()));
            let of_other_pack = || bare(id.split_once('/')?.1);
            let near = bare(id).or_else(full).or_else(of_other_pack);
            let message = format!("there is no rule `{}`", shown(id));
            Err(Diagnostic::placeless(Code::UnknownReference, message).suggest(near))
        }
        several => {
            let full_ids = several.iter().filter_map(|position| rules.get(*position));
            let full_ids: Vec<&str> = full_ids.map(|rule| rule.full_id.as_str()).collect();
            let message = format!("several packs have a rule `{}`", shown(id));
            Err(Diagnostic::placeless(Code::UnknownReference, message)
                .help(format!("write one of {}", listed(&full_ids))))
        }
    }
}

/// That one rule or parameter has two settings, under its bare and its full name.
pub(crate) fn named_twice(
    what: &str,
    settings: &Settings,
    first: Span,
    second: Span,
) -> Diagnostic {
    let message = format!("this {what} has a setting already");
    Diagnostic::error(Code::DuplicateName, message, &settings.source, second)
        .at(&settings.source, first, "the first")
        .help("keep one of them")
}
