//! Typing paths: every step a relation of the kinds at hand, inverses pushed down to the steps.

use super::{Cx, Progress};
use crate::diagnostic::{Code, Diagnostic};
use crate::hir::{PathIdx, PerKind, Route, Test};
use crate::index::IndexVec;
use crate::limits::Limits;
use crate::metamodel::{KindIdx, KindSet, Metamodel, PropertyType};
use crate::path::{Path, PathKind, Repeat};
use crate::source::Span;
use crate::source::scalar::ScalarMap;
use crate::suggest::nearest;
use crate::value::Type;

/// Steps of a path with those of the paths that it uses: these stand in it as often as they are named, so
/// that a few lines could ask for more steps than there is memory.
const MOST_STEPS: usize = 10_000;

impl Cx<'_> {
    /// The kinds that a path reaches, checking it first where that hasn't happened yet.
    pub(super) fn path_targets(&mut self, path: PathIdx) -> Option<KindSet> {
        self.type_path(path);
        match &self.paths[path].route {
            Progress::Done((_, targets)) => Some(targets.clone()),
            Progress::Waiting | Progress::Underway | Progress::Failed => None,
        }
    }

    pub(super) fn type_path(&mut self, path: PathIdx) {
        let declared = &self.paths[path];
        let (pack, position, kind) = (declared.pack, declared.position, declared.kind);
        let packs = self.packs;
        let Some(written) = packs.get(pack).and_then(|p| p.0.paths.get(position)) else { return };
        match declared.route {
            Progress::Waiting => {}
            Progress::Done(_) | Progress::Failed => return,
            Progress::Underway => {
                let name = format!("{}.{}", written.kind.value, written.name.value);
                let problem = self
                    .error(
                        pack,
                        written.name.span,
                        Code::DefinitionCircle,
                        format!("path `{name}` uses itself"),
                    )
                    .help("repeat a step with `+` or `*` instead");
                self.report(problem);
                self.paths[path].route = Progress::Failed;
                return;
            }
        }
        self.paths[path].route = Progress::Underway;
        let place = Place { pack: Some(pack), lead: "", map: &written.map };
        self.open_paths.push(path);
        let typed = route(self, &place, &written.path, &KindSet::one(kind), false);
        self.open_paths.pop();
        let slot = &mut self.paths[path].route;
        *slot = match (typed, &*slot) {
            (Some(typed), Progress::Underway) => Progress::Done(typed),
            _ => Progress::Failed,
        };
    }
}

/// The metamodel's own paths, from each kind to the programmes its elements belong to.
pub(super) fn programme_routes(cx: &mut Cx<'_>) -> IndexVec<KindIdx, Option<Route>> {
    let map = ScalarMap::default();
    let place = Place { pack: None, lead: "metamodel, `programmes`: ", map: &map };
    let limits = cx.limits;
    let vocabulary = cx.vocabulary;
    vocabulary
        .kinds
        .enumerate()
        .map(|(kind, declared)| {
            let text = declared.programmes.as_ref()?;
            let parsed = crate::path::parse(text, &limits);
            let (path, problems) = match parsed {
                Ok(path) => (Some(path), Vec::new()),
                Err(problems) => (None, problems),
            };
            for problem in problems {
                cx.report(Diagnostic::placeless(
                    problem.code,
                    format!("metamodel, {}: {}", declared.name, problem.message),
                ));
            }
            route(cx, &place, &path?, &KindSet::one(kind), false).map(|(route, _)| route)
        })
        .collect()
}

/// A path in the words of the metamodel alone, from elements of a kind; for people, why it is none.
pub(crate) fn type_trail(
    metamodel: &Metamodel,
    text: &str,
    from: KindIdx,
) -> Result<Route, Diagnostic> {
    let limits = Limits::default();
    let path = crate::path::parse(text, &limits).map_err(|problems| {
        let first = problems.into_iter().next();
        first.map_or_else(
            || Diagnostic::placeless(Code::Syntax, "it is no path"),
            |first| Diagnostic {
                helps: first.helps,
                ..Diagnostic::placeless(first.code, first.message)
            },
        )
    })?;
    let mut cx = Cx::new(&metamodel.0, &[], &limits);
    let place = Place { pack: None, lead: "", map: &ScalarMap::default() };
    let typed = route(&mut cx, &place, &path, &KindSet::one(from), false);
    match (typed, cx.problems.into_iter().next()) {
        (_, Some(problem)) => Err(problem),
        (Some((route, _)), None) => Ok(route),
        (None, None) => Err(Diagnostic::placeless(Code::Syntax, "it is no path")),
    }
}

/// Where a path is written: in a pack, or outside of packs with something to say before its problems.
struct Place<'p> {
    pack: Option<usize>,
    lead: &'p str,
    map: &'p ScalarMap,
}

fn problem(cx: &Cx<'_>, place: &Place<'_>, span: Span, code: Code, message: String) -> Diagnostic {
    match place.pack {
        Some(pack) => cx.error(pack, place.map.span(span), code, message),
        None => Diagnostic::placeless(code, format!("{}{message}", place.lead)),
    }
}

/// A path from elements of the kinds, and the kinds that it reaches. `inverted` under an odd number
/// of `^`: steps turn round and sequences run backwards.
fn route(
    cx: &mut Cx<'_>,
    place: &Place<'_>,
    path: &Path,
    from: &KindSet,
    inverted: bool,
) -> Option<(Route, KindSet)> {
    match &path.kind {
        PathKind::Step(name) => step(cx, place, name, path.span, from, inverted),
        PathKind::Inverse(of) => route(cx, place, of, from, !inverted),
        PathKind::Sequence(parts) => {
            let mut routes = Vec::new();
            let mut at = from.clone();
            let order: Vec<&Path> =
                if inverted { parts.iter().rev().collect() } else { parts.iter().collect() };
            for part in order {
                let (part, targets) = route(cx, place, part, &at, inverted)?;
                routes.push(part);
                at = targets;
            }
            Some((Route::Sequence(routes), at))
        }
        PathKind::Alternative(parts) => {
            let mut routes = Vec::new();
            let mut all = KindSet::default();
            let typed: Vec<_> =
                parts.iter().map(|part| route(cx, place, part, from, inverted)).collect();
            for part in typed {
                let (part, targets) = part?;
                routes.push(part);
                all = all.union(&targets);
            }
            Some((Route::Alternative(routes), all))
        }
        PathKind::Repeat(of, repeat) => {
            let (inner, mut all) = route(cx, place, of, from, inverted)?;
            if *repeat != Repeat::Optional {
                all = all_rounds(cx, place, of, all, inverted);
            }
            if *repeat != Repeat::Some {
                all = all.union(from);
            }
            Some((Route::Repeat(Box::new(inner), *repeat), all))
        }
        PathKind::Filter { path: of, name, name_span } => {
            if inverted {
                let problem = problem(
                    cx,
                    place,
                    path.span,
                    Code::Unsupported,
                    "a filter under `^` has no clear end".into(),
                )
                .help("put the filter outside of `^(…)`");
                cx.report(problem);
                return None;
            }
            let (inner, targets) = route(cx, place, of, from, inverted)?;
            filter(cx, place, inner, &targets, name, *name_span)
        }
    }
}

/// The kinds that repeating the path reaches: they grow until another round adds none, at most as often
/// as there are kinds.
fn all_rounds(
    cx: &mut Cx<'_>,
    place: &Place<'_>,
    of: &Path,
    first: KindSet,
    inverted: bool,
) -> KindSet {
    let mut all = first;
    loop {
        let before = cx.problems.len();
        let next = route(cx, place, of, &all, inverted);
        // A step that isn't defined for what was reached ends there.
        cx.problems.truncate(before);
        let grown = next.map_or_else(|| all.clone(), |(_, targets)| all.union(&targets));
        if grown == all {
            return all;
        }
        all = grown;
    }
}

fn step(
    cx: &mut Cx<'_>,
    place: &Place<'_>,
    name: &str,
    span: Span,
    from: &KindSet,
    inverted: bool,
) -> Option<(Route, KindSet)> {
    if let Some((relation, inverse)) = cx.vocabulary.relations_by_name.get(name).copied() {
        let inverse = inverse != inverted;
        let targets = from.iter().fold(KindSet::default(), |all, kind| {
            all.union(&cx.vocabulary.targets(relation, inverse, kind))
        });
        if targets.is_empty() {
            let kinds = super::type_name(cx.vocabulary, &Type::Element(from.clone()));
            let names = relation_names(cx, from);
            let problem = problem(
                cx,
                place,
                span,
                Code::UnknownName,
                format!("{kinds} has no relation `{name}`"),
            )
            .suggest(nearest(name, names.iter().map(String::as_str)));
            cx.report(problem);
            return None;
        }
        return Some((Route::Step { relation, inverse }, targets));
    }
    // A path of the kind at hand, written before or after this one.
    let known: Vec<PathIdx> = from
        .iter()
        .filter_map(|kind| cx.paths_by_name.get(&(kind, name.to_owned())).copied())
        .collect();
    if let [only] = known.as_slice()
        && !inverted
    {
        let only = *only;
        let targets = cx.path_targets(only)?;
        let Progress::Done((route, _)) = &cx.paths[only].route else { return None };
        let route = route.clone();
        if let Some(user) = cx.open_paths.last().copied() {
            let steps = cx.paths[only].steps;
            let user = &mut cx.paths[user];
            user.paths.push(only);
            user.steps = user.steps.saturating_add(steps);
            if user.steps > MOST_STEPS {
                let message = "this path and the paths that it uses have too many steps";
                let problem = problem(cx, place, span, Code::OverLimit, message.into())
                    .help(format!("at most {MOST_STEPS} steps make a path"));
                cx.report(problem);
                return None;
            }
        }
        return Some((route, targets));
    }
    let kinds = super::type_name(cx.vocabulary, &Type::Element(from.clone()));
    let names = relation_names(cx, from);
    let problem =
        problem(cx, place, span, Code::UnknownName, format!("{kinds} has no relation `{name}`"))
            .suggest(nearest(name, names.iter().map(String::as_str)));
    cx.report(problem);
    None
}

fn relation_names(cx: &Cx<'_>, from: &KindSet) -> Vec<String> {
    let mut names = Vec::new();
    for (index, relation) in cx.vocabulary.relations.enumerate() {
        for (inverse, name) in [(false, &relation.name), (true, &relation.inverse)] {
            if from.iter().any(|kind| !cx.vocabulary.targets(index, inverse, kind).is_empty()) {
                names.push(name.clone());
            }
        }
    }
    names
}

fn filter(
    cx: &mut Cx<'_>,
    place: &Place<'_>,
    inner: Route,
    targets: &KindSet,
    name: &str,
    span: Span,
) -> Option<(Route, KindSet)> {
    if let Some(kind) = cx.vocabulary.kinds_by_name.get(name).copied() {
        if !targets.contains(kind) {
            let found = super::type_name(cx.vocabulary, &Type::Element(targets.clone()));
            let problem = problem(
                cx,
                place,
                span,
                Code::WrongKind,
                format!("the path never reaches a {name} here, only {found}"),
            );
            cx.report(problem);
            return None;
        }
        let kinds = KindSet::one(kind);
        return Some((Route::OfKind(Box::new(inner), kinds.clone()), kinds));
    }
    let property: PerKind<_> = targets
        .iter()
        .filter_map(|kind| {
            let property = cx.vocabulary.property_of(kind, name)?;
            (cx.vocabulary.properties[property].kind == PropertyType::Bool)
                .then_some((kind, property))
        })
        .collect();
    if !property.is_empty() {
        let kinds: KindSet = property.iter().map(|(kind, _)| *kind).collect();
        return Some((Route::Where(Box::new(inner), Test::Property(property)), kinds));
    }
    let mut definition = Vec::new();
    for kind in targets.iter() {
        let Some(index) = cx.definitions_by_name.get(&(kind, name.to_owned())).copied() else {
            continue;
        };
        let (ty, _) = cx.definition_type(index)?;
        if ty == Type::Bool && cx.definitions[index].arguments.is_none() {
            definition.push((kind, index));
        }
    }
    if !definition.is_empty() {
        let kinds: KindSet = definition.iter().map(|(kind, _)| *kind).collect();
        let test = Test::Definition(definition.into_boxed_slice());
        return Some((Route::Where(Box::new(inner), test), kinds));
    }
    let found = super::type_name(cx.vocabulary, &Type::Element(targets.clone()));
    let names = cx.vocabulary.kinds.iter().map(|kind| kind.name.as_str());
    let names = names.chain(cx.definitions.iter().map(|d| d.name.as_str()));
    let problem = problem(
        cx,
        place,
        span,
        Code::UnknownName,
        format!("`[{name}]` is neither a kind nor a question that {found} answers"),
    )
    .suggest(nearest(name, names))
    .help("a filter names a kind, or a property or definition that is true or false");
    cx.report(problem);
    None
}
