//! Typing what is read from elements and links: properties, relations, paths and definitions.

use super::expression::Typer;
use crate::cel::ast::{ExprIdx, ExprKind};
use crate::diagnostic::{Code, Diagnostic};
use crate::hir::{DefinitionIdx, HirIdx, Op, PathIdx, PerKind};
use crate::metamodel::{KindIdx, KindSet, PropertyIdx, PropertyType, RelationIdx};
use crate::sort::sort;
use crate::source::Span;
use crate::suggest::nearest;
use crate::value::Type;

/// What a name means for an element of one kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Field {
    Id,
    Property(PropertyIdx),
    Relation(RelationIdx, bool),
    Links(RelationIdx, bool),
    Definition(DefinitionIdx),
    Path(PathIdx),
}

impl Typer<'_, '_> {
    pub(super) fn field_of(&self, kind: KindIdx, name: &str) -> Option<Field> {
        let vocabulary = self.cx.vocabulary;
        if name == "id" {
            return Some(Field::Id);
        }
        if let Some(property) = vocabulary.property_of(kind, name) {
            return Some(Field::Property(property));
        }
        let relation = |name: &str| {
            let (relation, inverse) = *vocabulary.relations_by_name.get(name)?;
            (!vocabulary.targets(relation, inverse, kind).is_empty()).then_some((relation, inverse))
        };
        if let Some((relation, inverse)) = relation(name) {
            return Some(Field::Relation(relation, inverse));
        }
        if let Some((relation, inverse)) = name.strip_suffix("_links").and_then(relation) {
            return Some(Field::Links(relation, inverse));
        }
        let key = (kind, name.to_owned());
        if let Some(definition) = self.cx.definitions_by_name.get(&key) {
            return Some(Field::Definition(*definition));
        }
        self.cx.paths_by_name.get(&key).map(|path| Field::Path(*path))
    }

    /// Every name that an element of the kind answers to.
    fn names_of(&self, kind: KindIdx) -> Vec<String> {
        let vocabulary = self.cx.vocabulary;
        let mut names: Vec<String> = vocabulary.kinds[kind]
            .properties
            .iter()
            .map(|property| vocabulary.properties[*property].name.clone())
            .collect();
        for (index, relation) in vocabulary.relations.enumerate() {
            if !vocabulary.targets(index, false, kind).is_empty() {
                names.push(relation.name.clone());
            }
            if !vocabulary.targets(index, true, kind).is_empty() {
                names.push(relation.inverse.clone());
            }
        }
        names.extend(self.cx.definitions.iter().filter(|d| d.kind == kind).map(|d| d.name.clone()));
        names.extend(self.cx.paths.iter().filter(|p| p.kind == kind).map(|p| p.name.clone()));
        names
    }

    /// `of.name`
    pub(super) fn select(
        &mut self,
        of: HirIdx,
        name: &str,
        name_span: Span,
        span: Span,
    ) -> Option<HirIdx> {
        match self.ty(of).clone() {
            Type::Element(kinds) => self.element_field(of, &kinds, name, name_span, span),
            Type::Link { relation, inverse, source, target } => {
                self.link_field(of, relation, inverse, (source, target), name, name_span, span)
            }
            Type::List(member) if matches!(*member, Type::Element(_) | Type::Link { .. }) => {
                let slot = self.new_slot();
                let local = self.node(Op::Local(slot), (*member).clone(), span, &[]);
                let body = self.select(local, name, name_span, span)?;
                Some(self.spread(of, slot, body, span))
            }
            Type::Optional(inner) if matches!(*inner, Type::Element(_) | Type::Link { .. }) => {
                let slot = self.new_slot();
                let local = self.node(Op::Local(slot), (*inner).clone(), span, &[]);
                let body = self.select(local, name, name_span, span)?;
                // On an optional every read asks whether it is recorded, as in CEL.
                if is_read(&self.nodes[body].op) {
                    let ty = Type::optional(self.ty(body).clone());
                    let body =
                        self.node(Op::OptionalRead { read: body }, ty.clone(), span, &[body]);
                    return Some(self.node(
                        Op::OptionalMap { of, slot, body },
                        ty,
                        span,
                        &[of, body],
                    ));
                }
                let ty = Type::optional(self.ty(body).clone());
                Some(self.node(Op::OptionalMap { of, slot, body }, ty, span, &[of, body]))
            }
            Type::Model => self.section(name, name_span, span),
            // Of what is never there, such as a member of `[]`, a field isn't either.
            Type::Never => Some(of),
            Type::Optional(inner) if *inner == Type::Never => Some(of),
            other => {
                let found = self.name(&other);
                let problem = self.problem(
                    name_span,
                    Code::TypeMismatch,
                    format!(
                        "`{name}` can't be read from {found}: only elements and links have fields"
                    ),
                );
                self.fail(problem)
            }
        }
    }

    /// What `body` yields for every member: lists become one flat list, elements once each.
    fn spread(&mut self, list: HirIdx, slot: usize, body: HirIdx, span: Span) -> HirIdx {
        let to_one = matches!(self.nodes[body].op, Op::NavigateOne { .. });
        let (flat, member) = match self.ty(body) {
            Type::List(member) => (true, (**member).clone()),
            other => (false, other.clone()),
        };
        let distinct = (flat || to_one) && matches!(member, Type::Element(_));
        let op = Op::Spread { list, slot, body, flat, distinct };
        self.node(op, Type::list(member), span, &[list, body])
    }

    fn element_field(
        &mut self,
        of: HirIdx,
        kinds: &KindSet,
        name: &str,
        name_span: Span,
        span: Span,
    ) -> Option<HirIdx> {
        let fields: Vec<(KindIdx, Option<Field>)> =
            kinds.iter().map(|kind| (kind, self.field_of(kind, name))).collect();
        let known: Vec<(KindIdx, Field)> =
            fields.iter().filter_map(|(kind, field)| Some((*kind, (*field)?))).collect();
        if known.len() < fields.len() || known.is_empty() {
            let problem = self.unknown_field(kinds, &known, name, name_span);
            return self.fail(problem);
        }
        let first = known.first().map(|(_, field)| *field)?;
        match first {
            Field::Id => Some(self.node(Op::Id { of }, Type::Text, span, &[of])),
            Field::Property(_) => {
                let field =
                    per_kind(
                        &known,
                        |field| if let Field::Property(p) = field { Some(p) } else { None },
                    );
                let Some(field) = field else { return self.differs(name, name_span) };
                let types: Vec<Type> = field.iter().map(|(_, p)| self.property_type(*p)).collect();
                let ty = types.first()?.clone();
                if types.iter().any(|other| *other != ty) {
                    return self.differs(name, name_span);
                }
                Some(self.node(Op::Property { of, field }, ty, span, &[of]))
            }
            Field::Relation(relation, inverse) => {
                if known.iter().any(|(_, field)| *field != first) {
                    return self.differs(name, name_span);
                }
                let targets = self.targets(relation, inverse, kinds);
                if !inverse && self.cx.vocabulary.relations[relation].to_one {
                    let op = Op::NavigateOne { of, relation, history: false };
                    return Some(self.node(op, Type::Element(targets), span, &[of]));
                }
                let op = Op::Navigate { of, relation, inverse, history: false };
                Some(self.node(op, Type::list(Type::Element(targets)), span, &[of]))
            }
            Field::Links(relation, inverse) => {
                if known.iter().any(|(_, field)| *field != first) {
                    return self.differs(name, name_span);
                }
                let target = self.targets(relation, inverse, kinds);
                let link = Type::Link { relation, inverse, source: kinds.clone(), target };
                let op = Op::Links { of, relation, inverse, history: false };
                Some(self.node(op, Type::list(link), span, &[of]))
            }
            Field::Definition(_) => {
                let definition =
                    per_kind(
                        &known,
                        |field| if let Field::Definition(d) = field { Some(d) } else { None },
                    );
                let Some(definition) = definition else { return self.differs(name, name_span) };
                if let Some(arguments) = definition.first().and_then(|(_, d)| self.arguments_of(*d))
                {
                    let problem = self
                        .problem(
                            name_span,
                            Code::WrongArguments,
                            format!("`{name}` takes arguments"),
                        )
                        .help(format!("write `{name}({})`", arguments.join(", ")));
                    return self.fail(problem);
                }
                self.define(of, definition, Vec::new(), name, name_span, span)
            }
            Field::Path(_) => {
                let path =
                    per_kind(
                        &known,
                        |field| if let Field::Path(p) = field { Some(p) } else { None },
                    );
                let Some(path) = path else { return self.differs(name, name_span) };
                let mut targets = KindSet::default();
                for (_, path) in &path {
                    self.use_of(self.cx.paths[*path].pack, name, name_span)?;
                    targets = targets.union(&self.cx.path_targets(*path)?);
                }
                let op = Op::Path { of, path, history: false };
                Some(self.node(op, Type::list(Type::Element(targets)), span, &[of]))
            }
        }
    }

    fn targets(&self, relation: RelationIdx, inverse: bool, kinds: &KindSet) -> KindSet {
        let vocabulary = self.cx.vocabulary;
        kinds.iter().fold(KindSet::default(), |all, kind| {
            all.union(&vocabulary.targets(relation, inverse, kind))
        })
    }

    fn property_type(&self, property: PropertyIdx) -> Type {
        match self.cx.vocabulary.properties[property].kind {
            PropertyType::Text => Type::Text,
            PropertyType::Bool => Type::Bool,
            PropertyType::Int => Type::Int,
            PropertyType::Number => Type::Double,
            PropertyType::Date => Type::Timestamp,
            PropertyType::Texts => Type::list(Type::Text),
            PropertyType::Enum(enumeration) => Type::Enum(enumeration),
        }
    }

    fn differs<T>(&mut self, name: &str, span: Span) -> Option<T> {
        let problem = self
            .problem(
                span,
                Code::TypeMismatch,
                format!("`{name}` means different things for the kinds at hand"),
            )
            .help("narrow first: `x.is(Kind) && …`, or `xs.of(Kind)`");
        self.fail(problem)
    }

    fn unknown_field(
        &self,
        kinds: &KindSet,
        known: &[(KindIdx, Field)],
        name: &str,
        span: Span,
    ) -> Diagnostic {
        if !known.is_empty() {
            let having: KindSet = known.iter().map(|(kind, _)| *kind).collect();
            let having = self.name(&Type::Element(having));
            return self
                .problem(
                    span,
                    Code::UnknownName,
                    format!("`{name}` is there for {having} only, not for every kind at hand"),
                )
                .help("narrow first: `x.is(Kind) && …`, or `xs.of(Kind)`");
        }
        let mut names: Vec<String> = Vec::new();
        for kind in kinds.iter() {
            names.extend(self.names_of(kind));
        }
        sort(&mut names);
        names.dedup();
        let near = nearest(name, names.iter().map(String::as_str));
        let all = self.name(&Type::Element(kinds.clone()));
        let problem = self.problem(span, Code::UnknownName, format!("{all} has no `{name}`"));
        if near.is_none() && name.ends_with("_links") {
            return problem
                .help("links are read as `x.relation_links`, for a relation of the kind");
        }
        problem.suggest(near)
    }

    /// Refuses what belongs to a pack that this one doesn't use.
    fn use_of(&mut self, owner: usize, name: &str, span: Span) -> Option<()> {
        if self.cx.is_visible(self.pack, owner) {
            return Some(());
        }
        let owner = self.cx.packs.get(owner).map_or("", |pack| pack.0.id.value.as_str()).to_owned();
        let problem = self
            .problem(span, Code::UnknownName, format!("`{name}` is defined by pack `{owner}`"))
            .help(format!("add `{owner}` to `uses`"));
        self.fail(problem)
    }

    fn arguments_of(&self, definition: DefinitionIdx) -> Option<Vec<String>> {
        let arguments = self.cx.definitions[definition].arguments.as_ref()?;
        Some(arguments.iter().map(|(name, ty)| format!("{name}: {}", self.name(ty))).collect())
    }

    fn define(
        &mut self,
        of: HirIdx,
        definition: PerKind<DefinitionIdx>,
        args: Vec<HirIdx>,
        name: &str,
        name_span: Span,
        span: Span,
    ) -> Option<HirIdx> {
        let mut ty = Type::Never;
        let mut inner_depth = 0;
        for (_, index) in &definition {
            self.use_of(self.cx.definitions[*index].pack, name, name_span)?;
            let typed = self.cx.definition_type(*index);
            if typed.is_none() && self.is_faulty(*index) {
                return None;
            }
            let (result, depth) = typed?;
            inner_depth = inner_depth.max(depth);
            let Some(joined) = super::types::join(&ty, &result) else {
                return self.differs(name, name_span);
            };
            ty = joined;
        }
        let outer = args.iter().chain([&of]).map(|node| self.depth(*node)).max().unwrap_or(0);
        let depth = outer.max(inner_depth) + super::DEFINITION_LEVELS;
        Some(self.node_at_depth(Op::Define { of, definition, args }, ty, span, depth))
    }

    /// `of.name(args)` where `name` is a definition; `None` where it is none.
    pub(super) fn definition_call(
        &mut self,
        of: HirIdx,
        name: &str,
        name_span: Span,
        args: Option<&[HirIdx]>,
        span: Span,
    ) -> Option<Option<HirIdx>> {
        let (kinds, list) = match self.ty(of).clone() {
            Type::Element(kinds) => (kinds, false),
            Type::List(member) => match &*member {
                Type::Element(kinds) => (kinds.clone(), true),
                _ => return None,
            },
            _ => return None,
        };
        let known: Vec<(KindIdx, Field)> =
            kinds.iter().filter_map(|kind| Some((kind, self.field_of(kind, name)?))).collect();
        if known.is_empty() {
            // Methods of lists have names of their own; an element has no methods.
            return (!list).then(|| {
                let problem = self.unknown_field(&kinds, &known, name, name_span);
                self.fail(problem)
            });
        }
        if known.len() < kinds.len() {
            let problem = self.unknown_field(&kinds, &known, name, name_span);
            return Some(self.fail(problem));
        }
        let definition =
            per_kind(&known, |field| if let Field::Definition(d) = field { Some(d) } else { None });
        let arguments = definition
            .as_ref()
            .and_then(|definition| definition.first())
            .and_then(|(_, d)| self.cx.definitions[*d].arguments.clone());
        let (Some(definition), Some(arguments)) = (definition, arguments) else {
            let problem = self
                .problem(name_span, Code::WrongArguments, format!("`{name}` takes no arguments"))
                .help(format!("write `.{name}` without parentheses"));
            return Some(self.fail(problem));
        };
        Some(self.checked_call(
            of,
            list.then_some(kinds),
            definition,
            &arguments,
            args?,
            name,
            name_span,
            span,
        ))
    }

    #[expect(clippy::too_many_arguments, reason = "one call site; the parts of a call")]
    fn checked_call(
        &mut self,
        of: HirIdx,
        list: Option<KindSet>,
        definition: PerKind<DefinitionIdx>,
        arguments: &[(String, Type)],
        args: &[HirIdx],
        name: &str,
        name_span: Span,
        span: Span,
    ) -> Option<HirIdx> {
        let fits = arguments.len() == args.len()
            && arguments.iter().zip(args).all(|((_, wanted), arg)| {
                super::types::join(wanted, self.ty(*arg)).is_some_and(|joined| {
                    match (wanted, &joined) {
                        (Type::Element(wanted), Type::Element(joined)) => wanted == joined,
                        (Type::List(_), _) => true,
                        _ => joined == *wanted,
                    }
                })
            });
        if !fits {
            let wanted: Vec<String> =
                arguments.iter().map(|(name, ty)| format!("{name}: {}", self.name(ty))).collect();
            let found: Vec<String> = args.iter().map(|arg| self.name(self.ty(*arg))).collect();
            let problem = self
                .problem(
                    name_span,
                    Code::WrongArguments,
                    format!("`{name}` doesn't take ({})", found.join(", ")),
                )
                .help(format!("write `{name}({})`", wanted.join(", ")));
            return self.fail(problem);
        }
        let Some(kinds) = list else {
            return self.define(of, definition, args.to_vec(), name, name_span, span);
        };
        let slot = self.new_slot();
        let local = self.node(Op::Local(slot), Type::Element(kinds), span, &[]);
        let body = self.define(local, definition, args.to_vec(), name, name_span, span)?;
        Some(self.spread(of, slot, body, span))
    }

    #[expect(clippy::too_many_arguments, reason = "the parts of a link's type, once")]
    fn link_field(
        &mut self,
        of: HirIdx,
        relation: RelationIdx,
        inverse: bool,
        (source, target): (KindSet, KindSet),
        name: &str,
        name_span: Span,
        span: Span,
    ) -> Option<HirIdx> {
        match name {
            "target" => {
                return Some(self.node(
                    Op::LinkEnd { of, target: true },
                    Type::Element(target),
                    span,
                    &[of],
                ));
            }
            "source" => {
                return Some(self.node(
                    Op::LinkEnd { of, target: false },
                    Type::Element(source),
                    span,
                    &[of],
                ));
            }
            _ => {}
        }
        let vocabulary = self.cx.vocabulary;
        if let Some(property) = vocabulary.link_property_of(relation, name) {
            let ty = self.property_type(property);
            return Some(self.node(Op::LinkProperty { of, property }, ty, span, &[of]));
        }
        let link = self.name(&Type::Link { relation, inverse, source, target: target.clone() });
        let names = vocabulary.relations[relation]
            .properties
            .iter()
            .map(|property| vocabulary.properties[*property].name.as_str())
            .chain(["target", "source"]);
        let near = nearest(name, names);
        let mut problem = self
            .problem(name_span, Code::UnknownName, format!("a {link} has no `{name}`"))
            .suggest(near);
        if near.is_none() && target.iter().any(|kind| self.field_of(kind, name).is_some()) {
            problem = problem.help(format!("the element at the far end has it: `.target.{name}`"));
        }
        self.fail(problem)
    }

    fn section(&mut self, name: &str, name_span: Span, span: Span) -> Option<HirIdx> {
        let vocabulary = self.cx.vocabulary;
        if let Some(kind) = vocabulary.kinds_by_section.get(name) {
            let ty = Type::list(Type::Element(KindSet::one(*kind)));
            return Some(self.node(Op::Section { kind: *kind, history: false }, ty, span, &[]));
        }
        let near = nearest(name, vocabulary.kinds.iter().map(|kind| kind.section.as_str()));
        let problem = self
            .problem(name_span, Code::UnknownName, format!("a model has no section `{name}`"))
            .suggest(near);
        self.fail(problem)
    }

    /// `of.?name`
    pub(super) fn optional_read(
        &mut self,
        of: HirIdx,
        name: &str,
        name_span: Span,
        span: Span,
    ) -> Option<HirIdx> {
        if let Type::Optional(inner) = self.ty(of).clone()
            && matches!(*inner, Type::Element(_) | Type::Link { .. })
        {
            let slot = self.new_slot();
            let local = self.node(Op::Local(slot), (*inner).clone(), span, &[]);
            let body = self.optional_read(local, name, name_span, span)?;
            let ty = self.ty(body).clone();
            return Some(self.node(Op::OptionalMap { of, slot, body }, ty, span, &[of, body]));
        }
        let read = self.select(of, name, name_span, span)?;
        if *self.ty(read) == Type::optional(Type::Never) {
            return Some(read);
        }
        if !is_read(&self.nodes[read].op) {
            let problem = self
                .problem(
                    name_span,
                    Code::WrongArguments,
                    format!("`.?{name}` asks for a property that may not be recorded"),
                )
                .help("a list is always there: ask `.size()` or `.first()` of it");
            return self.fail(problem);
        }
        let ty = Type::optional(self.ty(read).clone());
        Some(self.node(Op::OptionalRead { read }, ty, span, &[read]))
    }

    /// `has(x.f)`
    pub(super) fn has(&mut self, args: &[ExprIdx], span: Span) -> Option<HirIdx> {
        let selected = match args {
            [only] => match &self.ast().exprs[*only].kind {
                ExprKind::Select { optional: false, .. } => Some(*only),
                _ => None,
            },
            _ => None,
        };
        let Some(selected) = selected else {
            let problem = self
                .problem(span, Code::WrongArguments, "`has` asks whether a field is recorded")
                .help("write `has(x.field)`");
            return self.fail(problem);
        };
        let read = self.expr(selected)?;
        match &self.nodes[read].op {
            Op::Property { .. }
            | Op::LinkProperty { .. }
            | Op::NavigateOne { .. }
            | Op::Id { .. } => {}
            Op::Navigate { .. } | Op::Links { .. } | Op::Path { .. } | Op::Section { .. } => {}
            Op::Define { .. } if matches!(self.ty(read), Type::List(_)) => {}
            Op::Spread { .. } => {
                let problem = self
                    .problem(span, Code::WrongArguments, "`has` doesn't spread over a list")
                    .help("ask it of each member: `xs.all(x, has(x.field))`");
                return self.fail(problem);
            }
            _ => {
                let problem = self
                    .problem(
                        span,
                        Code::WrongArguments,
                        "`has` asks whether something is recorded, and this is computed",
                    )
                    .help("write `has(x.property)` or `has(x.relation)`");
                return self.fail(problem);
            }
        }
        Some(self.node(Op::Recorded { read }, Type::Bool, span, &[read]))
    }

    /// `with_history(x.relation)`: the last step alone sees past and dead ones too.
    pub(super) fn with_history(&mut self, args: &[ExprIdx], span: Span) -> Option<HirIdx> {
        let [only] = args else {
            let problem = self
                .problem(
                    span,
                    Code::WrongArguments,
                    "`with_history` takes one step to other elements",
                )
                .help("write `with_history(x.relation)`");
            return self.fail(problem);
        };
        let node = self.expr(*only)?;
        let inner = if let Op::Spread { body, .. } = &self.nodes[node].op { *body } else { node };
        match &mut self.nodes[inner].op {
            Op::Navigate { history, .. }
            | Op::NavigateOne { history, .. }
            | Op::Links { history, .. }
            | Op::Path { history, .. }
            | Op::Section { history, .. } => {
                *history = true;
                Some(node)
            }
            _ => {
                let problem = self
                    .problem(span, Code::WrongArguments, "`with_history` looks at a step to other elements")
                    .help("write `with_history(x.relation)`, `with_history(x.relation_links)` or `with_history(model.section)`");
                self.fail(problem)
            }
        }
    }
}

/// Whether an operation reads one field that may not be recorded.
fn is_read(op: &Op) -> bool {
    matches!(
        op,
        Op::Property { .. } | Op::LinkProperty { .. } | Op::NavigateOne { .. } | Op::Id { .. }
    )
}

fn per_kind<T>(known: &[(KindIdx, Field)], of: impl Fn(Field) -> Option<T>) -> Option<PerKind<T>> {
    known.iter().map(|(kind, field)| Some((*kind, of(*field)?))).collect()
}
