//! From packs as written to checked rules: every name resolved and every expression typed against
//! the metamodel, with all problems of all packs at once.

mod calls;
mod expression;
pub(crate) mod functions;
mod lints;
mod macros;
mod operators;
mod parameters;
mod paths;
mod select;
mod types;
pub(crate) mod used;

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use self::expression::{Typer, Variable};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::hir::{Body, DefinitionIdx, ParameterIdx, PathIdx, Route};
use crate::index::IndexVec;
use crate::limits::Limits;
use crate::metamodel::{KindIdx, KindSet, Metamodel, Vocabulary};
use crate::pack::{Expression, Pack, Severity};
use crate::settings::Settings;
use crate::source::{Source, Span};
use crate::suggest::nearest;
use crate::template::Piece;
use crate::text::{Language, Text};
use crate::value::{Type, Value};

pub use self::calls::function_signatures;
pub(crate) use self::paths::type_trail;
pub(crate) use self::types::type_name;

/// Checked rules, with all that their conditions name.
#[derive(Debug)]
pub(crate) struct TypedPacks {
    pub(crate) definitions: IndexVec<DefinitionIdx, TypedDefinition>,
    pub(crate) paths: IndexVec<PathIdx, TypedPath>,
    pub(crate) parameters: IndexVec<ParameterIdx, TypedParameter>,
    pub(crate) rules: Vec<TypedRule>,
    /// From an element of the kind to the programmes it belongs to; `None`: to none.
    pub(crate) programmes: IndexVec<KindIdx, Option<Route>>,
    /// What checks out and yet is hardly what somebody meant.
    pub(crate) warnings: Option<Diagnostics>,
    /// The steps that a rule may take on a model.
    pub(crate) rule_cost: u64,
}

#[derive(Debug)]
pub(crate) struct TypedDefinition {
    pub(crate) name: String,
    pub(crate) kind: KindIdx,
    /// `None` for one that failed its check: nothing that uses it gets here.
    pub(crate) body: Option<Body>,
}

#[derive(Debug)]
pub(crate) struct TypedPath {
    pub(crate) name: String,
    pub(crate) kind: KindIdx,
    pub(crate) route: Route,
    /// The paths that it uses.
    pub(crate) paths: Vec<PathIdx>,
}

#[derive(Debug)]
pub(crate) struct TypedParameter {
    pub(crate) name: String,
    pub(crate) label: Text,
    pub(crate) ty: Type,
    pub(crate) value: Value,
}

/// Whom a rule asks its question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Subject {
    /// Every live element of these kinds.
    Each(KindSet),
    /// The model as a whole, once.
    Model,
}

/// A rule, checked.
#[derive(Debug)]
pub(crate) struct TypedRule {
    /// Position of its pack in the rule set.
    pub(crate) pack: usize,
    pub(crate) id: String,
    /// `pack/rule`
    pub(crate) full_id: String,
    pub(crate) title: Arc<Text>,
    pub(crate) subject: Subject,
    /// The phase from which it applies, by position.
    pub(crate) from: Option<u32>,
    pub(crate) gate: Option<u32>,
    pub(crate) lets: Vec<(String, Body)>,
    pub(crate) when: Option<Body>,
    pub(crate) require: Body,
    pub(crate) severity: Severity,
    pub(crate) waivable: bool,
    pub(crate) message: Vec<(Language, Vec<MessagePiece>)>,
    pub(crate) why: Arc<Text>,
    pub(crate) remedy: Arc<Text>,
    pub(crate) source: Arc<Text>,
    pub(crate) tags: Vec<String>,
    /// The conditions as written, for people.
    pub(crate) when_text: Option<String>,
    pub(crate) require_text: String,
    /// Whether plans answer it for all elements together, as long as no kind is open; said once it has a plan.
    pub(crate) together: bool,
    /// Whether plans leave a part of it to the plain evaluator; said likewise.
    pub(crate) slow: bool,
}

impl TypedRule {
    /// What decides its verdict.
    pub(crate) fn conditions(&self) -> impl Iterator<Item = &Body> {
        self.lets.iter().map(|(_, body)| body).chain(&self.when).chain([&self.require])
    }

    /// The expressions in its messages.
    pub(crate) fn message_values(&self) -> impl Iterator<Item = &Body> {
        self.message.iter().flat_map(|(_, pieces)| pieces).filter_map(|piece| match piece {
            MessagePiece::Value(body) => Some(body),
            MessagePiece::Text(_) => None,
        })
    }
}

#[derive(Debug)]
pub(crate) enum MessagePiece {
    Text(String),
    Value(Body),
}

/// Checks packs together, under an organisation's settings.
///
/// # Errors
/// Every problem of every pack, and of the settings where they name what isn't there.
pub(crate) fn type_packs(
    metamodel: &Metamodel,
    packs: &[Pack],
    settings: &Settings,
    limits: &Limits,
) -> Result<TypedPacks, Diagnostics> {
    let mut cx = Cx::new(&metamodel.0, packs, limits);
    declare(&mut cx);
    parameters::type_parameters(&mut cx, settings);
    for definition in cx.definitions.indices().collect::<Vec<_>>() {
        cx.type_definition(definition);
    }
    for path in cx.paths.indices().collect::<Vec<_>>() {
        cx.type_path(path);
    }
    let programmes = paths::programme_routes(&mut cx);
    let mut rules = type_rules(&mut cx);
    let off = crate::settings::apply_severities(&mut rules, settings, &mut cx.problems);
    let Cx { problems, definitions, paths, parameters, .. } = cx;
    if let Some(problems) = Diagnostics::new(problems, limits.diagnostics) {
        return Err(problems);
    }
    let mut typed = TypedPacks {
        definitions: definitions.into_iter().map(DeclaredDefinition::finish).collect(),
        paths: paths.into_iter().filter_map(DeclaredPath::finish).collect(),
        parameters,
        rules,
        programmes,
        warnings: None,
        rule_cost: limits.rule_cost,
    };
    // Rules that are switched off use what they name all the same.
    let warnings = lints::warnings(&metamodel.0, packs, &typed);
    typed.warnings = Diagnostics::new(warnings, limits.diagnostics);
    let mut position = 0;
    typed.rules.retain(|_| {
        position += 1;
        !off.contains(&(position - 1))
    });
    Ok(typed)
}

/// What checking knows while it goes.
pub(crate) struct Cx<'a> {
    vocabulary: &'a Vocabulary,
    packs: &'a [Pack],
    limits: Limits,
    problems: Vec<Diagnostic>,
    definitions: IndexVec<DefinitionIdx, DeclaredDefinition>,
    definitions_by_name: FxHashMap<(KindIdx, String), DefinitionIdx>,
    paths: IndexVec<PathIdx, DeclaredPath>,
    paths_by_name: FxHashMap<(KindIdx, String), PathIdx>,
    parameters: IndexVec<ParameterIdx, TypedParameter>,
    parameters_by_name: FxHashMap<String, (ParameterIdx, usize)>,
    /// Parameters whose declaration has a problem: uses of them are passed over in silence.
    faulty_parameters: FxHashSet<String>,
    /// Levels of expressions that are being checked now, one inside the other, through definitions too.
    nesting: usize,
    /// Paths that are being checked now, one inside the other.
    open_paths: Vec<PathIdx>,
}

/// How far a definition or path has been checked.
#[derive(Debug)]
enum Progress<T> {
    Waiting,
    Underway,
    Done(T),
    /// Its problem has been reported.
    Failed,
}

#[derive(Debug)]
struct DeclaredDefinition {
    pack: usize,
    /// Position among the pack's definitions.
    position: usize,
    name: String,
    kind: KindIdx,
    /// Types of its arguments; `None` where it takes no list of them.
    arguments: Option<Vec<(String, Type)>>,
    body: Progress<Body>,
}

#[derive(Debug)]
struct DeclaredPath {
    pack: usize,
    position: usize,
    name: String,
    kind: KindIdx,
    route: Progress<(Route, KindSet)>,
    /// The paths that it uses.
    paths: Vec<PathIdx>,
    /// How many steps it has with those of the paths that it uses, at least.
    steps: usize,
}

impl DeclaredDefinition {
    fn finish(self) -> TypedDefinition {
        let body = if let Progress::Done(body) = self.body { Some(body) } else { None };
        TypedDefinition { name: self.name, kind: self.kind, body }
    }
}

impl DeclaredPath {
    fn finish(self) -> Option<TypedPath> {
        let Progress::Done((route, _)) = self.route else { return None };
        Some(TypedPath { name: self.name, kind: self.kind, route, paths: self.paths })
    }
}

impl<'a> Cx<'a> {
    fn new(vocabulary: &'a Vocabulary, packs: &'a [Pack], limits: &Limits) -> Self {
        Self {
            vocabulary,
            packs,
            limits: *limits,
            problems: Vec::new(),
            definitions: IndexVec::new(),
            definitions_by_name: FxHashMap::default(),
            paths: IndexVec::new(),
            paths_by_name: FxHashMap::default(),
            parameters: IndexVec::new(),
            parameters_by_name: FxHashMap::default(),
            faulty_parameters: FxHashSet::default(),
            nesting: 0,
            open_paths: Vec::new(),
        }
    }

    fn report(&mut self, problem: Diagnostic) {
        self.problems.push(problem);
    }

    fn source(&self, pack: usize) -> Option<&Source> {
        self.packs.get(pack).map(|pack| &pack.0.source)
    }

    /// An error at a span of a pack's source.
    fn error(&self, pack: usize, span: Span, code: Code, message: impl Into<String>) -> Diagnostic {
        match self.source(pack) {
            Some(source) => Diagnostic::error(code, message, source, span),
            None => Diagnostic::placeless(code, message),
        }
    }

    /// Whether what `owner` declares may be used by `user`: its own, or that of a pack it uses.
    fn is_visible(&self, user: usize, owner: usize) -> bool {
        user == owner
            || match (self.packs.get(user), self.packs.get(owner)) {
                (Some(user), Some(owner)) => {
                    user.0.uses.iter().any(|u| u.value == owner.0.id.value)
                }
                _ => false,
            }
    }

    fn kind(&mut self, pack: usize, name: &str, span: Span) -> Option<KindIdx> {
        if let Some(kind) = self.vocabulary.kinds_by_name.get(name) {
            return Some(*kind);
        }
        let near = nearest(name, self.vocabulary.kinds.iter().map(|kind| kind.name.as_str()));
        let problem = self
            .error(
                pack,
                span,
                Code::UnknownKind,
                format!("`{name}` is not a kind of the metamodel"),
            )
            .suggest(near);
        self.report(problem);
        None
    }

    /// The result type of a definition, checking it first where that hasn't happened yet. `None` where
    /// it has a problem of its own or uses itself.
    fn definition_type(&mut self, definition: DefinitionIdx) -> Option<(Type, usize)> {
        self.type_definition(definition);
        match &self.definitions[definition].body {
            Progress::Done(body) => Some((body.nodes[body.root].ty.clone(), body.depth)),
            Progress::Waiting | Progress::Underway | Progress::Failed => None,
        }
    }

    fn type_definition(&mut self, definition: DefinitionIdx) {
        let declared = &self.definitions[definition];
        let (pack, position) = (declared.pack, declared.position);
        let Some(written) = self.packs.get(pack).and_then(|p| p.0.definitions.get(position)) else {
            return;
        };
        match declared.body {
            Progress::Waiting => {}
            Progress::Done(_) | Progress::Failed => return,
            Progress::Underway => {
                let name = format!("{}.{}", written.kind.value, written.name.value);
                let problem = self
                    .error(
                        pack,
                        written.name.span,
                        Code::DefinitionCircle,
                        format!("`{name}` is defined by itself"),
                    )
                    .saying("this definition leads back to itself")
                    .help("recursion is for `paths:`, such as `depends_on+`");
                self.report(problem);
                self.definitions[definition].body = Progress::Failed;
                return;
            }
        }
        let kind = declared.kind;
        let variables = declared.arguments.clone().unwrap_or_default();
        self.definitions[definition].body = Progress::Underway;
        self.nesting += DEFINITION_LEVELS;
        let mut scope = vec![Variable::new("self", Type::Element(KindSet::one(kind)))];
        scope.extend(variables.into_iter().map(|(name, ty)| Variable::new(name, ty)));
        let body = Typer::new(self, pack, &written.body, scope, &[]).body();
        self.nesting -= DEFINITION_LEVELS;
        // A circle found inside has marked it as failed already.
        let slot = &mut self.definitions[definition].body;
        *slot = match (body, &*slot) {
            (Some(body), Progress::Underway) => Progress::Done(body),
            _ => Progress::Failed,
        };
    }
}

/// A definition used by another counts as so many levels: checking and evaluating it takes a few more
/// calls than an operator does.
pub(crate) const DEFINITION_LEVELS: usize = 3;

/// Enters every definition, path and parameter by name, so that they may be used in any order.
fn declare(cx: &mut Cx<'_>) {
    for (position, pack) in cx.packs.iter().enumerate() {
        declare_pack(cx, position, pack);
    }
}

/// The packs that come along by themselves when one is used.
fn along<'a>() -> impl Iterator<Item = &'a str> {
    #[cfg(feature = "standard")]
    let ids = Pack::shipped_ids();
    #[cfg(not(feature = "standard"))]
    let ids = std::iter::empty();
    ids.map(|id: &'static str| id)
}

fn declare_pack(cx: &mut Cx<'_>, pack: usize, written: &Pack) {
    for other in cx.packs.iter().take(pack) {
        if other.0.id.value == written.0.id.value {
            let problem = cx
                .error(
                    pack,
                    written.0.id.span,
                    Code::DuplicateName,
                    format!("a second pack is called `{}`", written.0.id.value),
                )
                .at(&other.0.source, other.0.id.span, "the first");
            cx.report(problem);
        }
    }
    for used in &written.0.uses {
        if !cx.packs.iter().any(|other| other.0.id.value == used.value) {
            let known = cx.packs.iter().map(|other| other.0.id.value.as_str());
            let known = known.filter(|id| *id != written.0.id.value).chain(along());
            let near = nearest(&used.value, known);
            let message = format!("there is no pack `{}`", used.value);
            let problem = cx.error(pack, used.span, Code::UnknownReference, message);
            cx.report(match near {
                Some(_) => problem.suggest(near),
                None => problem.help("load that pack together with this one"),
            });
        }
    }
    for (position, definition) in written.0.definitions.iter().enumerate() {
        let Some(kind) = cx.kind(pack, &definition.kind.value, definition.kind.span) else {
            continue;
        };
        let name = definition.name.value.clone();
        let arguments = definition.arguments.as_ref().map(|arguments| {
            arguments
                .iter()
                .filter_map(|argument| {
                    let ty = parameters::parse_type(cx, pack, &argument.type_text)?;
                    Some((argument.name.value.clone(), ty))
                })
                .collect()
        });
        if !is_new_name(cx, pack, kind, &name, definition.name.span) {
            continue;
        }
        let declared = DeclaredDefinition {
            pack,
            position,
            name: name.clone(),
            kind,
            arguments,
            body: Progress::Waiting,
        };
        let index = cx.definitions.push(declared);
        cx.definitions_by_name.insert((kind, name), index);
    }
    for (position, path) in written.0.paths.iter().enumerate() {
        let Some(kind) = cx.kind(pack, &path.kind.value, path.kind.span) else { continue };
        let name = path.name.value.clone();
        if !is_new_name(cx, pack, kind, &name, path.name.span) {
            continue;
        }
        let declared = DeclaredPath {
            pack,
            position,
            name: name.clone(),
            kind,
            route: Progress::Waiting,
            paths: Vec::new(),
            steps: path.text.len() / 2 + 1,
        };
        let index = cx.paths.push(declared);
        cx.paths_by_name.insert((kind, name), index);
    }
}

/// Reports a name that the kind has already: as a field, or from this or another pack.
fn is_new_name(cx: &mut Cx<'_>, pack: usize, kind: KindIdx, name: &str, span: Span) -> bool {
    let kind_name = cx.vocabulary.kinds[kind].name.clone();
    let key = (kind, name.to_owned());
    let links = name.strip_suffix("_links").unwrap_or(name);
    let is_relation =
        cx.vocabulary.relations_by_name.get(links).is_some_and(|(relation, inverse)| {
            !cx.vocabulary.targets(*relation, *inverse, kind).is_empty()
        });
    let taken_by = if name == "id" || is_relation || cx.vocabulary.property_of(kind, name).is_some()
    {
        Some("the metamodel has it already".to_owned())
    } else {
        let owner = cx
            .definitions_by_name
            .get(&key)
            .map(|d| cx.definitions[*d].pack)
            .or_else(|| cx.paths_by_name.get(&key).map(|p| cx.paths[*p].pack));
        owner
            .and_then(|owner| cx.packs.get(owner))
            .map(|owner| format!("pack `{}` defines it already", owner.0.id.value))
    };
    let Some(reason) = taken_by else { return true };
    let problem = cx
        .error(
            pack,
            span,
            Code::DuplicateName,
            format!("`{kind_name}.{name}` can't be defined: {reason}"),
        )
        .help("choose another name");
    cx.report(problem);
    false
}

fn type_rules(cx: &mut Cx<'_>) -> Vec<TypedRule> {
    let mut rules = Vec::new();
    let packs = cx.packs;
    for (position, pack) in packs.iter().enumerate() {
        for rule in &pack.0.rules {
            rules.extend(type_rule(cx, position, pack, rule));
        }
    }
    rules
}

fn type_rule(
    cx: &mut Cx<'_>,
    pack_position: usize,
    pack: &Pack,
    rule: &crate::pack::Rule,
) -> Option<TypedRule> {
    let subject = rule_subject(cx, pack_position, rule);
    let phase = rule
        .from
        .as_ref()
        .map(|from| enum_by_name(cx, pack_position, cx.vocabulary.phase, "phase", from));
    let gate = rule
        .gate
        .as_ref()
        .map(|gate| enum_by_name(cx, pack_position, cx.vocabulary.gate, "gate", gate));
    if let (Some(Subject::Model), Some(span)) =
        (&subject, rule.from.as_ref().or(rule.gate.as_ref()).map(|written| written.span))
    {
        let problem = cx
            .error(
                pack_position,
                span,
                Code::TypeMismatch,
                "a rule of the model as a whole has no phase",
            )
            .help("leave `from` and `gate` out, or ask the question of each `Programme`");
        cx.report(problem);
    }
    let self_type = match &subject {
        Some(Subject::Each(kinds)) => Type::Element(kinds.clone()),
        Some(Subject::Model) => Type::Model,
        None => return None,
    };
    let scope = || vec![Variable::new("self", self_type.clone())];
    let mut lets: Vec<(String, Body)> = Vec::new();
    let mut let_types: Vec<(String, Option<Type>)> = Vec::new();
    for (name, expression) in &rule.lets {
        let body = Typer::new(cx, pack_position, expression, scope(), &let_types).body();
        let_types.push((name.value.clone(), body.as_ref().map(|b| b.nodes[b.root].ty.clone())));
        lets.extend(body.map(|body| (name.value.clone(), body)));
    }
    let condition = |cx: &mut Cx<'_>, expression: &Expression, what: &str| {
        let body = Typer::new(cx, pack_position, expression, scope(), &let_types).body()?;
        let ty = &body.nodes[body.root].ty;
        if *ty == Type::Bool {
            return Some(body);
        }
        let span = expression.map.span(expression.ast.exprs[expression.ast.root].span);
        let found = type_name(cx.vocabulary, ty);
        let problem = cx
            .error(
                pack_position,
                span,
                Code::TypeMismatch,
                format!("`{what}` must be a bool, not {found}"),
            )
            .help("write a question that is true or false, such as a comparison");
        cx.report(problem);
        None
    };
    let when = rule.when.as_ref().map(|when| condition(cx, when, "when"));
    let require = condition(cx, &rule.require, "require");
    let mut message = Vec::new();
    for (language, template) in &rule.message {
        let mut pieces = Vec::new();
        for piece in &template.pieces {
            pieces.push(match piece {
                Piece::Text(text) => Some(MessagePiece::Text(text.clone())),
                Piece::Value(expression) => {
                    let body =
                        Typer::new(cx, pack_position, expression, scope(), &let_types).body();
                    body.map(MessagePiece::Value)
                }
            });
        }
        message.push((*language, pieces.into_iter().collect::<Option<Vec<_>>>()));
    }
    let message = message
        .into_iter()
        .map(|(language, pieces)| pieces.map(|pieces| (language, pieces)))
        .collect::<Option<Vec<_>>>()?;
    if lets.len() != rule.lets.len() {
        return None;
    }
    Some(TypedRule {
        pack: pack_position,
        id: rule.id.value.clone(),
        full_id: format!("{}/{}", pack.0.id.value, rule.id.value),
        title: Arc::new(rule.title.clone()),
        subject: subject?,
        from: phase.map_or(Some(None), |phase| phase.map(Some))?,
        gate: gate.map_or(Some(None), |gate| gate.map(Some))?,
        lets,
        when: when.map_or(Some(None), |when| when.map(Some))?,
        require: require?,
        severity: rule.severity,
        waivable: rule.waivable,
        message,
        why: Arc::new(rule.why.clone()),
        remedy: Arc::new(rule.remedy.clone()),
        source: Arc::new(rule.source.clone()),
        tags: rule.tags.clone(),
        when_text: rule.when.as_ref().map(|when| when.text.clone()),
        require_text: rule.require.text.clone(),
        together: false,
        slow: false,
    })
}

fn rule_subject(cx: &mut Cx<'_>, pack: usize, rule: &crate::pack::Rule) -> Option<Subject> {
    if let [only] = rule.each.as_slice()
        && only.value == "Model"
    {
        return Some(Subject::Model);
    }
    let kinds: Vec<Option<KindIdx>> =
        rule.each.iter().map(|kind| cx.kind(pack, &kind.value, kind.span)).collect();
    kinds.into_iter().collect::<Option<KindSet>>().map(Subject::Each)
}

fn enum_by_name(
    cx: &mut Cx<'_>,
    pack: usize,
    enumeration: Option<crate::metamodel::EnumIdx>,
    what: &str,
    written: &crate::pack::Spanned<String>,
) -> Option<u32> {
    let names: Vec<String> = enumeration.map_or_else(Vec::new, |e| {
        cx.vocabulary.enumerations[e].values.iter().map(|value| value.name.clone()).collect()
    });
    if let Some(position) = names.iter().position(|name| *name == written.value) {
        return u32::try_from(position).ok();
    }
    let near = nearest(&written.value, names.iter().map(String::as_str));
    let problem = cx
        .error(
            pack,
            written.span,
            Code::UnknownValue,
            format!("`{}` is not a {what}", written.value),
        )
        .suggest(near)
        .help(format!("the {what}s are {}", names.join(", ")));
    cx.report(problem);
    None
}

/// Checks one expression that stands on its own, with the parameters of a pack made for it.
///
/// # Errors
/// Every problem of the expression and the parameters.
pub(crate) fn type_expression(
    metamodel: &Metamodel,
    pack: Pack,
    expression: &Expression,
    limits: &Limits,
) -> Result<(TypedPacks, Body), Diagnostics> {
    let packs = [pack];
    let mut cx = Cx::new(&metamodel.0, &packs, limits);
    parameters::type_parameters(&mut cx, &Settings::default());
    let body = Typer::new(&mut cx, 0, expression, Vec::new(), &[]).body();
    let Cx { problems, parameters, .. } = cx;
    match (Diagnostics::new(problems, limits.diagnostics), body) {
        (None, Some(body)) => {
            let typed = TypedPacks {
                definitions: IndexVec::new(),
                paths: IndexVec::new(),
                parameters,
                rules: Vec::new(),
                programmes: metamodel.0.kinds.iter().map(|_| None).collect(),
                warnings: None,
                rule_cost: limits.rule_cost,
            };
            Ok((typed, body))
        }
        (Some(problems), _) => Err(problems),
        // The parser's own problems are reported before this.
        (None, None) => {
            Err(Diagnostic::placeless(Code::Syntax, "the expression can't be read").into())
        }
    }
}
