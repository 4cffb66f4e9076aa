//! From a draft to a model: ids looked up, links joined, everything checked that needs the whole.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::diagnostic::{Code, Diagnostic, Problems, shown};
use crate::index::{Index, IndexVec};
use crate::metamodel::{KindSet, Metamodel, PropertyIdx, RelationIdx, Vocabulary};
use crate::model::draft::{Draft, DraftElement, DraftLink};
use crate::model::merge::{Conflict, MOST_LINKS, Mention, merge};
use crate::model::store::{NewElement, NewLink, Store, Surroundings, property_of};
use crate::model::{ElementIdx, Origin};
use crate::sort::{sort_by, sort_by_key};
use crate::source::Source;
use crate::suggest::nearest;
use crate::value::Value;

/// Comparisons of ids that looking for the nearest ones may cost in all.
const SUGGESTIONS: usize = 300_000;

/// The sound part of a draft as a store, and everything that is wrong with the draft.
pub(crate) fn resolve(metamodel: &Metamodel, draft: Draft) -> (Store, Problems) {
    let Draft { sources, elements, links, open_kinds, deviations, unsound, mut problems } = draft;
    let (elements, positions) = order(&sources, elements, &mut problems);
    let ids = elements.iter().enumerate();
    let mut cx = Cx {
        v: &metamodel.0,
        sources: &sources,
        by_id: ids.map(|(i, e)| (e.id.clone(), ElementIdx::from_usize(i))).collect(),
        elements: &elements,
        suggestions: SUGGESTIONS,
        problems: &mut problems,
    };
    let mut mentions: IndexVec<RelationIdx, Vec<Mention>> =
        cx.v.relations.iter().map(|_| Vec::new()).collect();
    for link in links {
        // The element may be the second with its id: that is reported, and its links go with it.
        let Some(at) = positions.get(link.at).copied().flatten() else { continue };
        match cx.by_id.get(&link.to).copied() {
            Some(to) => {
                if cx.check_kinds(&link, at, to) {
                    mentions[link.relation].push(mention(link, at, to));
                }
            }
            None if unsound.contains(&*link.to) => {}
            None => cx.dangling(&link, at),
        }
    }
    let mut links: IndexVec<RelationIdx, Vec<NewLink>> = IndexVec::new();
    for (relation, declared) in metamodel.0.relations.enumerate() {
        let mut conflicts = Vec::new();
        let mentions = std::mem::take(&mut mentions[relation]);
        let mut merged = merge(mentions, declared.valid_from, &mut conflicts);
        for conflict in conflicts {
            cx.conflict(relation, &conflict);
        }
        if declared.to_one {
            merged = cx.one_target(relation, merged);
        }
        let new = |m: Mention| NewLink { from: m.from, to: m.to, properties: m.properties };
        links.push(merged.into_iter().map(new).collect());
    }
    cx.missing_properties();
    let new = |element: DraftElement| NewElement {
        kind: element.kind,
        id: element.id,
        origin: Some(element.origin),
        properties: element.properties,
    };
    let elements = elements.into_iter().map(new).collect();
    let surroundings = Surroundings {
        sources,
        open_kinds: open_kinds.into_iter().collect(),
        deviations,
        warnings: None,
    };
    (Store::build(metamodel.clone(), elements, links, surroundings), problems)
}

/// Puts elements in model order and takes out those whose id another has. The second vector says
/// where each element of the draft went.
fn order(
    sources: &[Source],
    elements: Vec<DraftElement>,
    problems: &mut Problems,
) -> (Vec<DraftElement>, Vec<Option<ElementIdx>>) {
    let mut first: FxHashMap<Arc<str>, Origin> = FxHashMap::default();
    let mut positions = vec![None; elements.len()];
    let mut kept: Vec<(usize, DraftElement)> = Vec::with_capacity(elements.len());
    for (position, element) in elements.into_iter().enumerate() {
        if let Some(first) = first.get(&element.id) {
            let message = format!("the id `{}` occurs twice", shown(&element.id));
            let problem = Diagnostic::placeless(Code::DuplicateId, message)
                .help("give one of them another id: an id is unique among elements of all kinds");
            let problem = mark(problem, sources, element.origin, "the second time");
            problems.push(mark(problem, sources, *first, "the first time"));
        } else {
            first.insert(element.id.clone(), element.origin);
            kept.push((position, element));
        }
    }
    sort_by(&mut kept, |(_, a), (_, b)| (a.kind, &a.id).cmp(&(b.kind, &b.id)));
    for (index, (position, _)) in kept.iter().enumerate() {
        if let Some(place) = positions.get_mut(*position) {
            *place = Some(ElementIdx::from_usize(index));
        }
    }
    (kept.into_iter().map(|(_, element)| element).collect(), positions)
}

/// The problem with one more marked place, in one of the sources.
fn mark(problem: Diagnostic, sources: &[Source], origin: Origin, text: &str) -> Diagnostic {
    let source = usize::try_from(origin.source).ok().and_then(|index| sources.get(index));
    match source {
        Some(source) => problem.at(source, origin.span, text),
        None => problem,
    }
}

fn mention(link: DraftLink, at: ElementIdx, other: ElementIdx) -> Mention {
    let (from, to) = if link.inverse { (other, at) } else { (at, other) };
    let DraftLink { inverse, origin, properties, .. } = link;
    Mention { from, to, inverse, origin, properties }
}

struct Cx<'a> {
    v: &'a Vocabulary,
    sources: &'a [Source],
    /// In model order.
    elements: &'a [DraftElement],
    by_id: FxHashMap<Arc<str>, ElementIdx>,
    /// Comparisons of ids that may still be made.
    suggestions: usize,
    problems: &'a mut Problems,
}

impl Cx<'_> {
    fn element(&self, element: ElementIdx) -> Option<&DraftElement> {
        self.elements.get(element.to_usize())
    }

    fn id(&self, element: ElementIdx) -> &str {
        self.element(element).map_or("", |element| &element.id)
    }

    /// The kinds to which a link may lead from where it is written.
    fn targets(&self, link: &DraftLink, at: ElementIdx) -> KindSet {
        let kind = self.element(at).map(|element| element.kind);
        kind.map(|kind| self.v.targets(link.relation, link.inverse, kind)).unwrap_or_default()
    }

    /// The name by which a link is written at the end where it is.
    fn name(&self, link: &DraftLink) -> &str {
        let relation = &self.v.relations[link.relation];
        if link.inverse { &relation.inverse } else { &relation.name }
    }

    fn check_kinds(&mut self, link: &DraftLink, at: ElementIdx, to: ElementIdx) -> bool {
        let Some(target) = self.element(to) else { return false };
        let relation = &self.v.relations[link.relation];
        let Some(source) = self.element(at) else { return false };
        let (from, to) =
            if link.inverse { (target.kind, source.kind) } else { (source.kind, target.kind) };
        if relation.ends.iter().any(|(f, t)| f.contains(from) && t.contains(to)) {
            return true;
        }
        let name = self.name(link);
        let kinds = &self.v.kinds;
        let message = format!(
            "`{name}` of the kind `{}` leads to {}, and `{}` is of the kind `{}`",
            kinds[source.kind].name,
            self.kind_names(&self.targets(link, at)),
            shown(&target.id),
            kinds[target.kind].name,
        );
        let problem = Diagnostic::placeless(Code::WrongKind, message);
        let problem = mark(problem, self.sources, link.origin, "");
        let text = format!("`{}` is defined here", shown(&target.id));
        let problem = mark(problem, self.sources, target.origin, &text);
        self.problems.push(problem);
        false
    }

    fn kind_names(&self, kinds: &KindSet) -> String {
        let names = kinds.iter().map(|kind| format!("`{}`", self.v.kinds[kind].name));
        names.collect::<Vec<_>>().join(" or ")
    }

    fn dangling(&mut self, link: &DraftLink, at: ElementIdx) {
        let targets = self.targets(link, at);
        let candidates = self.elements.iter().filter(|element| targets.contains(element.kind));
        let near = if self.suggestions >= self.elements.len() {
            self.suggestions -= self.elements.len();
            nearest(&link.to, candidates.map(|element| &*element.id))
        } else {
            None
        };
        let message = format!("there is no element `{}`", shown(&link.to));
        let problem = Diagnostic::placeless(Code::DanglingReference, message);
        let problem = mark(problem, self.sources, link.origin, "");
        let sections: Vec<String> =
            targets.iter().map(|kind| format!("`{}`", self.v.kinds[kind].section)).collect();
        self.problems.push(match near {
            Some(_) => problem.suggest(near),
            None => problem.help(format!("add it to {}", sections.join(" or "))),
        });
    }

    fn conflict(&mut self, relation: RelationIdx, conflict: &Conflict) {
        let name = &self.v.relations[relation].name;
        let problem = match conflict {
            Conflict::Differ { first, second, property } => {
                let what = &self.v.properties[*property].name;
                let message = format!("two mentions of one link of `{name}` differ in `{what}`");
                let problem = Diagnostic::placeless(Code::LinkConflict, message)
                    .help("make them equal, or leave the properties out at one side");
                let problem = mark(problem, self.sources, *second, "the second mention");
                mark(problem, self.sources, *first, "the first mention")
            }
            Conflict::TooMany(origin) => {
                let message =
                    format!("more than {MOST_LINKS} links of `{name}` join the same two elements");
                let problem = Diagnostic::placeless(Code::OverLimit, message);
                mark(problem, self.sources, *origin, "")
            }
        };
        self.problems.push(problem);
    }

    /// Reports sources with two targets at one time, and keeps the first.
    fn one_target(&mut self, relation: RelationIdx, links: Vec<Mention>) -> Vec<Mention> {
        let declared = &self.v.relations[relation];
        let day = |link: &Mention, property: Option<PropertyIdx>| match property
            .and_then(|property| property_of(&link.properties, property))
        {
            Some(Value::Timestamp(day)) => Some(day.days()),
            _ => None,
        };
        let mut periods: Vec<(ElementIdx, i64, i64, Mention)> = links
            .into_iter()
            .map(|link| {
                let from = day(&link, declared.valid_from).unwrap_or(i64::MIN);
                let until = day(&link, declared.valid_until).unwrap_or(i64::MAX);
                (link.from, from, until, link)
            })
            .collect();
        sort_by_key(&mut periods, |(source, from, until, link)| {
            (*source, *from, *until, link.origin.source, link.origin.span)
        });
        let mut kept: Vec<Mention> = Vec::with_capacity(periods.len());
        let mut last: Option<(ElementIdx, i64)> = None;
        for (source, from, until, link) in periods {
            let overlaps = last.is_some_and(|(s, end)| s == source && from <= end);
            if overlaps && let Some(first) = kept.last() {
                let message = format!(
                    "`{}` has a second `{}`, and can have one",
                    shown(self.id(source)),
                    declared.name
                );
                let problem = Diagnostic::placeless(Code::SecondTarget, message);
                let problem = mark(problem, self.sources, link.origin, "the second");
                let problem = mark(problem, self.sources, first.origin, "the first");
                let help = match declared.valid_until {
                    Some(_) => "remove one of them, or give them periods that don't overlap",
                    None => "remove one of them",
                };
                self.problems.push(problem.help(help));
                continue;
            }
            last = Some((source, until));
            kept.push(link);
        }
        kept
    }

    fn missing_properties(&mut self) {
        for element in self.elements {
            let kind = &self.v.kinds[element.kind];
            for property in &kind.properties {
                let declared = &self.v.properties[*property];
                let written = element.properties.iter().any(|(p, _)| p == property)
                    || element.refused.contains(property);
                if !declared.required || written || declared.name == "id" {
                    continue;
                }
                let message = format!(
                    "`{}` has no `{}`, which the kind `{}` requires",
                    shown(&element.id),
                    declared.name,
                    kind.name
                );
                let problem = Diagnostic::placeless(Code::MissingProperty, message)
                    .warning()
                    .help(format!("add `{}: …`", declared.name));
                self.problems.push(mark(problem, self.sources, element.origin, ""));
            }
        }
    }
}
