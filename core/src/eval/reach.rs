//! Following paths: the elements that a path leads to, each once, in model order.

use std::collections::BTreeMap;

use rustc_hash::FxHashSet;

use super::comprehend::narrow_rest;
use super::lists::{join_doubt, join_rest};
use super::outcome::{Facts, Item, Outcome, Rest, Risk};
use super::reference::{Evaluator, lookup};
use crate::hir::{Route, Test};
use crate::metamodel::KindSet;
use crate::model::ElementIdx;
use crate::path::Repeat;
use crate::value::Value;

/// Elements that were reached: for each the facts that depends on, if any.
#[derive(Debug, Clone, Default)]
pub(crate) struct Reach {
    pub(crate) elements: BTreeMap<ElementIdx, Option<Facts>>,
    pub(crate) rest: Option<Rest>,
}

impl Reach {
    pub(crate) fn from(element: ElementIdx) -> Self {
        Self { elements: BTreeMap::from([(element, None)]), rest: None }
    }

    /// Adds an element. A certain way to it outweighs doubtful ones, and these add up. True if that
    /// changed what is known of it.
    pub(crate) fn add(&mut self, element: ElementIdx, doubt: Option<Facts>) -> bool {
        match (self.elements.get(&element), doubt) {
            (Some(None), _) => false,
            (Some(Some(before)), Some(doubt)) => {
                let after = before.and(&doubt);
                let grown = after != *before;
                self.elements.insert(element, Some(after));
                grown
            }
            (None | Some(Some(_)), doubt) => {
                self.elements.insert(element, doubt);
                true
            }
        }
    }

    /// Elements from a list's members; unknown members become part of the rest.
    pub(crate) fn collect(items: Vec<Item>, rest: Option<Rest>, kinds: Option<&KindSet>) -> Self {
        let mut reach = Self { elements: BTreeMap::new(), rest };
        for item in items {
            match item.value {
                Outcome::Value(Value::Element(element)) => {
                    reach.add(element, item.doubt);
                }
                Outcome::Unknown(unknown) => {
                    let facts =
                        item.doubt.map_or(unknown.facts.clone(), |doubt| doubt.and(&unknown.facts));
                    let more = Rest { facts, kinds: kinds.cloned(), outside_model: false };
                    reach.rest = join_rest(reach.rest.as_ref(), Some(&more));
                }
                _ => {}
            }
        }
        reach
    }

    pub(crate) fn into_list(self) -> Outcome {
        let items = self
            .elements
            .into_iter()
            .map(|(element, doubt)| Item { value: Outcome::Value(Value::Element(element)), doubt });
        Outcome::list(items.collect(), self.rest)
    }

    fn merge(&mut self, other: Self) {
        for (element, doubt) in other.elements {
            self.add(element, doubt);
        }
        self.rest = join_rest(self.rest.as_ref(), other.rest.as_ref());
    }
}

impl Evaluator<'_> {
    /// What a path leads to from the elements.
    pub(crate) fn follow(
        &self,
        route: &Route,
        from: &Reach,
        history: bool,
    ) -> Result<Reach, Outcome> {
        match route {
            Route::Step { relation, inverse } => {
                let vocabulary = &self.model.vocabulary().0;
                let mut reach = Reach::default();
                for (element, doubt) in &from.elements {
                    let next = self.neighbours(*element, *relation, *inverse, history);
                    for (target, _) in next.elements {
                        reach.add(target, doubt.clone());
                    }
                    reach.rest = join_rest(reach.rest.as_ref(), next.rest.as_ref());
                }
                // What is not recorded may lead on, to whatever the relation allows.
                if let Some(rest) = &from.rest {
                    let kinds = rest.kinds.as_ref().map(|kinds| {
                        kinds.iter().fold(KindSet::default(), |all, kind| {
                            all.union(&vocabulary.targets(*relation, *inverse, kind))
                        })
                    });
                    if kinds.as_ref().is_none_or(|kinds| !kinds.is_empty()) {
                        let more = Rest { facts: rest.facts.clone(), kinds, outside_model: false };
                        reach.rest = join_rest(reach.rest.as_ref(), Some(&more));
                    }
                }
                Ok(reach)
            }
            Route::Sequence(parts) => {
                let mut at = from.clone();
                for part in parts {
                    at = self.follow(part, &at, history)?;
                }
                Ok(at)
            }
            Route::Alternative(parts) => {
                let mut all = Reach::default();
                for part in parts {
                    all.merge(self.follow(part, from, history)?);
                }
                Ok(all)
            }
            Route::Repeat(inner, repeat) => {
                let once = self.follow(inner, from, history)?;
                match repeat {
                    Repeat::Optional => {
                        let mut all = from.clone();
                        all.merge(once);
                        Ok(all)
                    }
                    Repeat::Some => self.closure(inner, once, history),
                    Repeat::Any => {
                        let mut all = from.clone();
                        all.merge(once);
                        self.closure(inner, all, history)
                    }
                }
            }
            Route::OfKind(inner, kinds) => {
                let reach = self.follow(inner, from, history)?;
                let elements = reach.elements.into_iter();
                Ok(Reach {
                    elements: elements
                        .filter(|(e, _)| kinds.contains(self.model.kind_of(*e)))
                        .collect(),
                    rest: reach.rest.as_ref().and_then(|rest| narrow_rest(rest, kinds)),
                })
            }
            Route::Where(inner, test) => {
                let reach = self.follow(inner, from, history)?;
                self.keep_where(reach, test)
            }
        }
    }

    /// Everything that repeating a path from what was reached leads to. Rounds go on from what the last
    /// round added or learned more of; what is known of an element only grows, so they end, on cycles too.
    fn closure(&self, inner: &Route, start: Reach, history: bool) -> Result<Reach, Outcome> {
        let is_certain = start.rest.is_none() && start.elements.values().all(Option::is_none);
        if is_certain && !self.model.has_open_kinds() && is_plain(inner) {
            return Ok(self.plain_closure(inner, &start, history));
        }
        let mut all = start.clone();
        let mut frontier = start;
        while !frontier.elements.is_empty() || frontier.rest.is_some() {
            let next = self.follow(inner, &frontier, history)?;
            frontier = Reach::default();
            for (element, doubt) in next.elements {
                if all.add(element, doubt) {
                    let known = all.elements.get(&element).cloned().flatten();
                    frontier.elements.insert(element, known);
                }
            }
            let before = all.rest.as_ref().and_then(|rest| rest.kinds.clone());
            all.rest = join_rest(all.rest.as_ref(), next.rest.as_ref());
            // Unrecorded members lead on once for every kind they may be of.
            let after = all.rest.as_ref().and_then(|rest| rest.kinds.clone());
            if before != after {
                frontier.rest.clone_from(&all.rest);
            }
        }
        Ok(all)
    }

    /// The same where all is certain: each element is gone on from once.
    fn plain_closure(&self, inner: &Route, start: &Reach, history: bool) -> Reach {
        let mut waiting: Vec<ElementIdx> = start.elements.keys().copied().collect();
        let mut all: FxHashSet<ElementIdx> = waiting.iter().copied().collect();
        let mut next = Vec::new();
        while let Some(element) = waiting.pop() {
            self.plain_step(inner, element, history, &mut next);
            waiting.extend(next.drain(..).filter(|reached| all.insert(*reached)));
        }
        let mut sorted: Vec<ElementIdx> = all.into_iter().collect();
        sorted.sort_unstable();
        Reach { elements: sorted.into_iter().map(|element| (element, None)).collect(), rest: None }
    }

    fn plain_step(
        &self,
        route: &Route,
        from: ElementIdx,
        history: bool,
        into: &mut Vec<ElementIdx>,
    ) {
        match route {
            Route::Step { relation, inverse } => {
                let links = self.seen_links(from, *relation, *inverse, history);
                into.extend(links.map(|link| self.model.link_target(link)));
            }
            Route::Alternative(parts) => {
                for part in parts {
                    self.plain_step(part, from, history, into);
                }
            }
            Route::OfKind(inner, kinds) => {
                let before = into.len();
                self.plain_step(inner, from, history, into);
                let mut at = 0;
                into.retain(|element| {
                    at += 1;
                    at <= before || kinds.contains(self.model.kind_of(*element))
                });
            }
            Route::Sequence(_) | Route::Repeat(..) | Route::Where(..) => {}
        }
    }

    /// The elements that pass a path's filter; what it comes to as a whole where an error does, or may come of it.
    pub(crate) fn keep_where(&self, reach: Reach, test: &Test) -> Result<Reach, Outcome> {
        let mut kept = Reach::default();
        let (kinds, mut risk): (KindSet, Risk) = match test {
            Test::Property(field) => (field.iter().map(|(kind, _)| *kind).collect(), Risk::None),
            Test::Definition(field) => {
                let unseen = reach.rest.as_ref().map(|_| self.risk_of_definitions(field));
                (field.iter().map(|(kind, _)| *kind).collect(), unseen.unwrap_or_default())
            }
        };
        for (element, doubt) in reach.elements {
            let kind = self.model.kind_of(element);
            let of = Outcome::Value(Value::Element(element));
            let truth = match test {
                Test::Property(field) if lookup(field, kind).is_some() => self.property(&of, field),
                Test::Definition(field) => match lookup(field, kind) {
                    Some(definition) => {
                        self.defined(definition, element, std::slice::from_ref(&of))
                    }
                    None => continue,
                },
                Test::Property(_) => continue,
            };
            risk = risk.max(truth.risk());
            match truth {
                Outcome::Value(Value::Bool(true)) => {
                    kept.add(element, doubt);
                }
                Outcome::Unknown(unknown) => {
                    kept.add(element, join_doubt(doubt.as_ref(), Some(&unknown.facts)));
                }
                error @ Outcome::Error(_) if doubt.is_none() => return Err(error),
                Outcome::Error(_) => {
                    kept.add(element, doubt);
                }
                _ => {}
            }
        }
        kept.rest = reach.rest.as_ref().and_then(|rest| narrow_rest(rest, &kinds));
        if risk < Risk::Error {
            return Ok(kept);
        }
        let Reach { elements, rest } = kept;
        let doubts = elements.into_values().flatten().chain(rest.map(|rest| rest.facts));
        let facts = doubts.fold(Facts::none(), |all, facts| all.and(&facts));
        Err(Outcome::unknown(facts.risking(risk)))
    }
}

/// Whether a path is one step, in one of several ways.
fn is_plain(route: &Route) -> bool {
    match route {
        Route::Step { .. } => true,
        Route::Alternative(parts) => parts.iter().all(is_plain),
        Route::OfKind(inner, _) => is_plain(inner),
        Route::Sequence(_) | Route::Repeat(..) | Route::Where(..) => false,
    }
}
