//! Packs from YAML or JSON: every field known, every expression parsed, all problems at once.

mod header;
mod rule;

use super::{Definition, Expression, NamedPath, Pack, PackText, Parameter, Spanned};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::limits::Limits;
use crate::source::Source;
use crate::source::scalar::ScalarMap;
use crate::text::Text;
use crate::yaml::read::{Fields, Reader};
use crate::yaml::{self, Node};

/// The fields of a pack, in the order in which they are usually written.
const FIELDS: &[&str] = &[
    "spelregel",
    "pack",
    "version",
    "title",
    "source",
    "uses",
    "parameters",
    "define",
    "paths",
    "rules",
];

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
    ///     message: {en: goal {self.id} has no name, nl: doel {self.id} heeft geen naam}
    /// ".replace("en: goal {self.id} has no name, nl: doel {self.id} heeft geen naam",
    ///     "en: 'goal {self.id} has no name', nl: 'doel {self.id} heeft geen naam'")))?;
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
    pub fn load_with(source: Source, limits: &Limits) -> Result<Self, Diagnostics> {
        let tree = yaml::parse(&source, limits)?;
        let mut cx = Cx { reader: Reader::new(&source), limits: *limits };
        let text = cx.pack(&tree);
        let problems = cx.reader.problems;
        match (Diagnostics::new(problems, limits.diagnostics), text) {
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

    /// How many rules it has.
    pub fn rule_count(&self) -> usize {
        self.0.rules.len()
    }
}

/// Reading one pack.
struct Cx<'s> {
    reader: Reader<'s>,
    limits: Limits,
}

impl Cx<'_> {
    fn pack(&mut self, tree: &Node) -> Option<PackText> {
        let fields = self.reader.fields(tree, "a pack", FIELDS);
        if let Some(version) = fields.get("spelregel") {
            self.reader.version(version);
        }
        let id = self.identifier(&fields, "pack", "a pack");
        let version = self.required_text(&fields, "version", "a pack");
        let title = self.texts(&fields, "title", "a pack");
        let origin =
            fields.get("source").and_then(|n| self.reader.text(n, "`source`")).map(str::to_owned);
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
        })
    }

    fn parameters(&mut self, node: &Node) -> Vec<Parameter> {
        let mut parameters: Vec<Parameter> = Vec::new();
        for entry in self.reader.mapping(node, "`parameters`") {
            let Some(name) = self.name(&entry.key, "a parameter") else { continue };
            let fields =
                self.reader.fields(&entry.value, "a parameter", &["type", "default", "label"]);
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
            let header = self.header(&entry.key);
            let body = self.expression(&entry.value, "a definition");
            if let (Some(header), Some(body)) = (header, body) {
                self.refuse_double(
                    definitions.iter().map(|d| (&d.kind, &d.name)),
                    (&header.kind, &header.name),
                );
                let header::Header { kind, name, arguments } = header;
                definitions.push(Definition { kind, name, arguments, body });
            }
        }
        definitions
    }

    fn paths(&mut self, node: &Node) -> Vec<NamedPath> {
        let mut paths: Vec<NamedPath> = Vec::new();
        for entry in self.reader.mapping(node, "`paths`") {
            let header = self.header(&entry.key);
            let Some(scalar) = self.reader.scalar(&entry.value, "a path").cloned() else {
                continue;
            };
            let map = ScalarMap::of(self.reader.source, entry.value.span, &scalar);
            let path = match crate::path::parse(&scalar.text, &self.limits) {
                Ok(path) => path,
                Err(problems) => {
                    for problem in problems {
                        let problem = problem.into_diagnostic(self.reader.source, &map);
                        self.reader.report(problem);
                    }
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
            self.refuse_double(
                paths.iter().map(|p| (&p.kind, &p.name)),
                (&header.kind, &header.name),
            );
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

    fn refuse_double<'a>(
        &mut self,
        mut others: impl Iterator<Item = (&'a Spanned<String>, &'a Spanned<String>)>,
        (kind, name): (&Spanned<String>, &Spanned<String>),
    ) {
        if let Some((_, first)) =
            others.find(|(k, n)| k.value == kind.value && n.value == name.value)
        {
            let message = format!("`{}.{}` is defined twice", kind.value, name.value);
            let problem = self.reader.error(Code::DuplicateName, message, name.span).at(
                self.reader.source,
                first.span,
                "the first",
            );
            self.reader.report(problem);
        }
    }

    // Single values.

    /// An expression, parsed; its problems are reported with their places in the file.
    fn expression(&mut self, node: &Node, what: &str) -> Option<Expression> {
        let scalar = self.reader.scalar(node, what)?;
        let map = ScalarMap::of(self.reader.source, node.span, scalar);
        let (ast, problems) = crate::cel::parse(&scalar.text, &self.limits);
        let failed = !problems.is_empty();
        for problem in problems {
            let problem = problem.into_diagnostic(self.reader.source, &map);
            self.reader.report(problem);
        }
        (!failed).then(|| Expression { text: scalar.text.clone(), ast, map })
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
        self.reader.languages(node, what)
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
        let is_kebab = id.value.len() <= 128
            && !id.value.is_empty()
            && id.value.split('-').all(|part| {
                !part.is_empty()
                    && part.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit())
            });
        if !is_kebab {
            let problem = self
                .reader
                .error(Code::InvalidName, format!("`{}` is not an id for {what}", id.value), id.span)
                .help("use lower case letters and digits, with hyphens between words: `mandate-in-force`");
            self.reader.report(problem);
            return None;
        }
        Some(id)
    }

    /// A name that expressions can use.
    fn name(&mut self, node: &Node, what: &str) -> Option<Spanned<String>> {
        let name = self.spanned(node, what)?;
        if !header::is_name(&name.value) {
            let problem = self
                .reader
                .error(
                    Code::InvalidName,
                    format!("`{}` is not a name for {what}", name.value),
                    name.span,
                )
                .help("use letters, digits and `_`, starting with a letter");
            self.reader.report(problem);
            return None;
        }
        if header::RESERVED.contains(&name.value.as_str()) {
            let problem = self
                .reader
                .error(
                    Code::InvalidName,
                    format!("`{}` has a meaning of its own in expressions", name.value),
                    name.span,
                )
                .help("choose another name");
            self.reader.report(problem);
            return None;
        }
        Some(name)
    }
}
