//! Packs from YAML or JSON: every field known, every expression parsed, all problems at once.

mod header;
mod rule;
#[cfg(test)]
mod tests;

use std::sync::OnceLock;

use rustc_hash::FxHashMap;

use self::header::Headed;
use super::{Definition, Expression, NamedPath, Pack, PackText, Parameter, Spanned, form};
use crate::cel::lexer::{Lexer, TokenKind, is_word, word_kind};
use crate::diagnostic::syntax::SyntaxProblem;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, shown};
use crate::limits::Limits;
use crate::source::scalar::ScalarMap;
use crate::source::{Source, Span};
#[cfg(feature = "standard")]
use crate::suggest::nearest;
use crate::text::Text;
use crate::yaml::read::{Fields, Reader, start_of};
use crate::yaml::{self, Node, NodeValue};

/// Bytes of an id or a name.
const LONGEST_NAME: usize = 128;

/// Names that always mean the same in expressions.
const TAKEN: &[&str] = &["self", "today", "gate", "model"];

impl Pack {
    /// Reads a pack from YAML or JSON.
    ///
    /// Its expressions are parsed but not typed yet: that takes a metamodel, and the packs that it uses.
    ///
    /// ```
    /// use spelregel::{Pack, Source};
    /// let pack = Pack::load(Source::new("ours.yaml", "
    /// spelregel: 1
    /// pack: ours
    /// version: 1.0.0
    /// title: {en: Our rules, nl: Onze regels}
    /// rules:
    ///   - id: goal-has-name
    ///     title: {en: Every goal has a name, nl: Elk doel heeft een naam}
    ///     each: Goal
    ///     require: has(self.name)
    ///     severity: advice
    ///     message:
    ///       en: \"Goal {self.id} has no name\"
    ///       nl: \"Doel {self.id} heeft geen naam\"
    /// "))?;
    /// assert_eq!(pack.id(), "ours");
    /// # Ok::<(), spelregel::Diagnostics>(())
    /// ```
    ///
    /// # Errors
    /// Every problem of the text, each with its place.
    pub fn load(source: Source) -> Result<Self, Diagnostics> {
        Self::load_with(source, &Limits::default())
    }

    /// The same under other limits.
    ///
    /// # Errors
    /// As for [`Pack::load`].
    #[expect(
        clippy::needless_pass_by_value,
        reason = "a source is a handle, and the pack keeps it"
    )]
    pub fn load_with(source: Source, limits: &Limits) -> Result<Self, Diagnostics> {
        let yaml::Parsed { root, problems } = yaml::parse_partial(&source, limits);
        let Some(tree) = root else {
            let none = Diagnostic::placeless(Code::WrongDocument, "the document is empty");
            return Err(problems.finish(limits.diagnostics).unwrap_or(none.into()));
        };
        let mut cx =
            Cx { reader: Reader::new(&source), limits: *limits, defined: FxHashMap::default() };
        cx.reader.problems = problems;
        let text = cx.pack(&tree);
        let problems = cx.reader.problems;
        match (problems.finish(limits.diagnostics), text) {
            (None, Some(text)) => Ok(Self::from_text(text)),
            (Some(problems), _) => Err(problems),
            (None, None) => {
                let problem = Diagnostic::placeless(Code::WrongDocument, "this is not a pack");
                Err(problem.into())
            }
        }
    }

    /// The shipped pack of that id.
    #[cfg(feature = "standard")]
    pub fn shipped(id: &str) -> Option<Result<Self, Diagnostics>> {
        let file = format!("{id}.yaml");
        let (name, text) = spelregel_rules::PACKS.iter().find(|(name, _)| *name == file)?;
        Some(Self::load(Source::new(*name, *text)))
    }

    /// The shipped pack that somebody asks for by id.
    ///
    /// ```
    /// let pack = spelregel::Pack::load_shipped("slim-invoeren")?;
    /// assert_eq!(pack.id(), "slim-invoeren");
    ///
    /// let problems = spelregel::Pack::load_shipped("slim-invoren").unwrap_err();
    /// assert!(problems.to_string().contains("did you mean `slim-invoeren`?"));
    /// # Ok::<(), spelregel::Diagnostics>(())
    /// ```
    ///
    /// # Errors
    /// `unknown-reference` where none has that id.
    #[cfg(feature = "standard")]
    pub fn load_shipped(id: &str) -> Result<Self, Diagnostics> {
        Self::shipped(id).unwrap_or_else(|| {
            let ids: Vec<_> = Self::shipped_ids().collect();
            let message = format!("no pack `{}` is shipped", shown(id));
            Err(Diagnostic::placeless(Code::UnknownReference, message)
                .suggest(nearest(id, ids.iter().copied()))
                .help(format!("the shipped packs are `{}`", ids.join("`, `")))
                .into())
        })
    }

    /// The ids of the shipped packs, in the order in which they are listed to users.
    #[cfg(feature = "standard")]
    pub fn shipped_ids() -> impl Iterator<Item = &'static str> {
        spelregel_rules::PACKS.iter().filter_map(|(name, _)| name.strip_suffix(".yaml"))
    }

    pub(crate) fn from_text(text: PackText) -> Self {
        Self(std::sync::Arc::new(text))
    }

    /// The id that full rule ids start with.
    pub fn id(&self) -> &str {
        &self.0.id.value
    }

    /// Its own version.
    pub fn version(&self) -> &str {
        &self.0.version
    }

    /// What it is called.
    pub fn title(&self) -> &Text {
        &self.0.title
    }

    /// Where its rules come from.
    pub fn source(&self) -> &Text {
        &self.0.origin
    }

    /// How many rules it has.
    pub fn rule_count(&self) -> usize {
        self.0.rules.len()
    }
}

/// Reading one pack.
struct Cx<'s> {
    reader: Reader<'s>,
    limits: Limits,
    /// Where definitions and paths are, by kind and name.
    defined: FxHashMap<(String, String), Span>,
}

impl Cx<'_> {
    fn pack(&mut self, tree: &Node) -> Option<PackText> {
        if !self.is_pack(tree) {
            return None;
        }
        let fields = self.reader.fields(tree, "a pack", &form::PACK.names());
        if let Some(version) = fields.get("spelregel") {
            self.reader.version(version);
        }
        let id = self.identifier(&fields, "pack", "a pack");
        let version = self.required_text(&fields, "version", "a pack");
        let title = self.texts(&fields, "title", "a pack");
        let origin = self.source(&fields);
        let uses = fields.get("uses").map(|node| {
            self.reader
                .list(node, "`uses`")
                .iter()
                .filter_map(|item| self.spanned(item, "`uses`"))
                .collect()
        });
        let parameters = fields.get("parameters").map(|node| self.parameters(node));
        let definitions = fields.get("define").map(|node| self.definitions(node));
        let paths = fields.get("paths").map(|node| self.paths(node));
        let rules = fields.get("rules").map(|node| self.rules(node));
        Some(PackText {
            source: self.reader.source.clone(),
            id: id?,
            version: version?,
            title,
            origin,
            uses: uses.unwrap_or_default(),
            parameters: parameters.unwrap_or_default(),
            definitions: definitions.unwrap_or_default(),
            paths: paths.unwrap_or_default(),
            rules: rules.unwrap_or_default(),
            digest: OnceLock::new(),
        })
    }

    /// Whether a document is a pack at all; else says what it is.
    fn is_pack(&mut self, tree: &Node) -> bool {
        let entries = match &tree.value {
            NodeValue::Mapping(entries) => entries,
            _ => &Vec::new(),
        };
        let has = |key: &str| entries.iter().find(|entry| entry.key_text() == key);
        if has("pack").is_some() || form::PACK.names().iter().skip(2).any(|key| has(key).is_some())
        {
            let other = [("metamodel", "a metamodel"), ("settings", "settings")];
            let other = other.into_iter().find_map(|(key, what)| Some((has(key)?, what)));
            let Some((entry, what)) = other else { return true };
            let message = format!("this document is {what}, not a pack of rules");
            let problem = self.reader.error(Code::WrongDocument, message, entry.key.span);
            self.reader.report(problem);
            return false;
        }
        let message = if tree.is_null() {
            "the document is empty"
        } else {
            "this document is not a pack of rules"
        };
        let span = start_of(self.reader.source, tree.span);
        let problem = self.reader.error(Code::WrongDocument, message, span);
        self.reader
            .report(problem.help("a pack starts with `pack: its-id`, `version:` and `title:`"));
        false
    }

    fn parameters(&mut self, node: &Node) -> Vec<Parameter> {
        let mut parameters: Vec<Parameter> = Vec::new();
        for entry in self.reader.mapping(node, "`parameters`") {
            let Some(name) = self.name(&entry.key, "a parameter") else { continue };
            let known = form::PARAMETER.names();
            let Some(fields) = self.fields(&entry.value, "a parameter", &known) else { continue };
            let type_text = self.reader.required(&fields, "type", "a parameter");
            let type_text = type_text.and_then(|node| self.spanned(node, "`type`"));
            let default = self.reader.required(&fields, "default", "a parameter").cloned();
            let label = fields.get("label").map(|node| self.reader.languages(node, "`label`"));
            if let (Some(type_text), Some(default)) = (type_text, default) {
                let label = label.unwrap_or_default();
                parameters.push(Parameter { name, type_text, default, label });
            }
        }
        parameters
    }

    fn definitions(&mut self, node: &Node) -> Vec<Definition> {
        let mut definitions: Vec<Definition> = Vec::new();
        for entry in self.reader.mapping(node, "`define`") {
            let header = self.header(&entry.key, Headed::Definition);
            let body = self.expression(&entry.value, "a definition");
            if let Some(header) = &header {
                self.refuse_double(&header.kind, &header.name);
            }
            if let (Some(header), Some(body)) = (header, body) {
                let header::Header { kind, name, arguments } = header;
                definitions.push(Definition { kind, name, arguments, body });
            }
        }
        definitions
    }

    fn paths(&mut self, node: &Node) -> Vec<NamedPath> {
        let mut paths: Vec<NamedPath> = Vec::new();
        for entry in self.reader.mapping(node, "`paths`") {
            let header = self.header(&entry.key, Headed::Path);
            let Some(scalar) = self.reader.scalar(&entry.value, "a path").cloned() else {
                continue;
            };
            let map = ScalarMap::of(self.reader.source, entry.value.span, &scalar);
            let path = match crate::path::parse(&scalar.text, &self.limits) {
                Ok(path) => path,
                Err(problems) => {
                    self.report_within(problems, &map);
                    continue;
                }
            };
            let Some(header) = header else { continue };
            if header.arguments.is_some() {
                let problem = self
                    .reader
                    .error(Code::Syntax, "a path takes no arguments", entry.key.span)
                    .help("write `Kind.name: path`");
                self.reader.report(problem);
                continue;
            }
            self.refuse_double(&header.kind, &header.name);
            paths.push(NamedPath {
                kind: header.kind,
                name: header.name,
                text: scalar.text,
                path,
                map,
            });
        }
        paths
    }

    /// Reports a second definition or path of the same kind and name.
    fn refuse_double(&mut self, kind: &Spanned<String>, name: &Spanned<String>) {
        let key = (kind.value.clone(), name.value.clone());
        let Some(first) = self.defined.get(&key).copied() else {
            self.defined.insert(key, name.span);
            return;
        };
        let message = format!("`{}.{}` is defined twice", shown(&kind.value), shown(&name.value));
        let problem = self.reader.error(Code::DuplicateName, message, name.span);
        self.reader.report(problem.at(self.reader.source, first, "the first"));
    }

    /// Reports problems of a text that stands in the source by the map.
    fn report_within(&mut self, problems: Vec<SyntaxProblem>, map: &ScalarMap) {
        for problem in problems {
            let problem = problem.into_diagnostic(self.reader.source, map);
            self.reader.report(problem);
        }
    }

    /// The fields of something that must be a mapping.
    fn fields<'n>(&mut self, node: &'n Node, what: &str, known: &[&str]) -> Option<Fields<'n>> {
        let is_mapping = node.is_null() || matches!(node.value, NodeValue::Mapping(_));
        let fields = self.reader.fields(node, what, known);
        is_mapping.then_some(fields)
    }

    // Single values.

    /// An expression, parsed; its problems are reported with their places in the file.
    fn expression(&mut self, node: &Node, what: &str) -> Option<Expression> {
        let scalar = self.reader.scalar(node, what)?;
        let map = ScalarMap::of(self.reader.source, node.span, scalar);
        let (ast, mut problems) = crate::cel::parse(&scalar.text, &self.limits);
        if scalar.text.contains("//") {
            problems.extend(self.runaway_comments(&scalar.text, &map));
        }
        let failed = !problems.is_empty();
        self.report_within(problems, &map);
        (!failed).then(|| Expression { text: scalar.text.clone(), ast, map })
    }

    /// Comments that run over the end of the line on which they stand, because YAML has joined it
    /// with the next: what follows would silently not count.
    fn runaway_comments(&self, text: &str, map: &ScalarMap) -> Vec<SyntaxProblem> {
        let mut lexer = Lexer::new(text, 0);
        while lexer.token().kind != TokenKind::End {}
        let source = self.reader.source;
        let runs_on = |comment: &Span| source.slice(map.span(*comment)).contains(['\n', '\r']);
        lexer
            .comments
            .into_iter()
            .filter(runs_on)
            .map(|comment| {
                let start = Span { end: comment.start.saturating_add(2), ..comment };
                let message = "a comment that takes in the lines below it";
                SyntaxProblem::new(Code::Syntax, message, start)
                    .help("write the expression as a block with `|`, which keeps its lines")
            })
            .collect()
    }

    fn spanned(&mut self, node: &Node, what: &str) -> Option<Spanned<String>> {
        let value = self.reader.text(node, what)?.to_owned();
        Some(Spanned { value, span: node.span })
    }

    fn required_text(&mut self, fields: &Fields<'_>, name: &str, what: &str) -> Option<String> {
        let node = self.reader.required(fields, name, what)?;
        self.reader.text(node, &format!("`{name}`")).map(str::to_owned)
    }

    /// A text in both languages, of a field that must be there.
    fn texts(&mut self, fields: &Fields<'_>, name: &str, what: &str) -> Text {
        let Some(node) = self.reader.required(fields, name, what) else { return Text::default() };
        self.both(node, &format!("`{name}`"))
    }

    fn both(&mut self, node: &Node, what: &str) -> Text {
        if node.scalar().is_some() {
            let problem = self
                .reader
                .error(Code::WrongType, format!("{what} must say its language"), node.span)
                .help("write `{en: …, nl: …}`, or one of the two");
            self.reader.report(problem);
            return Text::default();
        }
        self.either(node, what)
    }

    /// Where something comes from: often the same in every language.
    fn source(&mut self, fields: &Fields<'_>) -> Text {
        fields.get("source").map_or_else(Text::default, |node| self.either(node, "`source`"))
    }

    /// A text for all languages, or one for each.
    fn either(&mut self, node: &Node, what: &str) -> Text {
        let known = self.reader.problems.len();
        let text = self.reader.languages(node, what);
        if text.is_empty() && self.reader.problems.len() == known {
            self.report_no_language(node, what);
        }
        text
    }

    fn report_no_language(&mut self, node: &Node, what: &str) {
        let span = start_of(self.reader.source, node.span);
        let problem = self
            .reader
            .error(Code::MissingField, format!("{what} is in no language"), span)
            .help("write `{en: …, nl: …}`, or one of the two");
        self.reader.report(problem);
    }

    /// A kebab-case id of a field that must be there.
    fn identifier(
        &mut self,
        fields: &Fields<'_>,
        name: &str,
        what: &str,
    ) -> Option<Spanned<String>> {
        let node = self.reader.required(fields, name, what)?;
        let id = self.spanned(node, &format!("`{name}`"))?;
        let is_kebab = id.value.len() <= LONGEST_NAME
            && !id.value.is_empty()
            && id.value.split('-').all(|part| {
                !part.is_empty()
                    && part.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit())
            });
        if !is_kebab {
            let problem = self
                .reader
                .error(Code::InvalidName, format!("`{}` is not an id for {what}", shown(&id.value)), id.span)
                .help("use lower case letters and digits, with hyphens between words: `mandate-in-force`");
            self.reader.report(problem);
            return None;
        }
        Some(id)
    }

    /// A name that expressions can use.
    fn name(&mut self, node: &Node, what: &str) -> Option<Spanned<String>> {
        let name = self.spanned(node, what)?;
        if !is_word(&name.value) || name.value.len() > LONGEST_NAME {
            let message = format!("`{}` is not a name for {what}", shown(&name.value));
            let problem = self
                .reader
                .error(Code::InvalidName, message, name.span)
                .help("use the letters a to z and A to Z, digits and `_`, starting with a letter");
            self.reader.report(problem);
            return None;
        }
        (!self.refuse_taken(&name)).then_some(name)
    }

    /// Reports a name that means something else in expressions.
    fn refuse_taken(&mut self, name: &Spanned<String>) -> bool {
        let is_taken =
            TAKEN.contains(&name.value.as_str()) || word_kind(&name.value) != TokenKind::Ident;
        if is_taken {
            let message =
                format!("`{}` has a meaning of its own in expressions", shown(&name.value));
            let problem = self.reader.error(Code::InvalidName, message, name.span);
            self.reader.report(problem.help("choose another name"));
        }
        is_taken
    }
}
