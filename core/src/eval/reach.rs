//! Following paths: the elements that a path leads to, each once, in model order.

use std::collections::BTreeMap;

use super::comprehend::narrow_rest;
use super::lists::{join_doubt, join_rest};
use super::outcome::{Facts, Item, Outcome, Rest};
use super::reference::{Evaluator, lookup};
use crate::eval::EvalError;
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
    ) -> Result<Reach, EvalError> {
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
    fn closure(&self, inner: &Route, start: Reach, history: bool) -> Result<Reach, EvalError> {
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

    pub(crate) fn keep_where(&self, reach: Reach, test: &Test) -> Result<Reach, EvalError> {
        let mut kept = Reach::default();
        let mut kinds = KindSet::default();
        match test {
            Test::Property(field) => kinds = field.iter().map(|(kind, _)| *kind).collect(),
            Test::Definition(field) => {
                kinds = kinds.union(&field.iter().map(|(kind, _)| *kind).collect());
            }
        }
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
            match truth {
                Outcome::Value(Value::Bool(true)) => {
                    kept.add(element, doubt);
                }
                Outcome::Unknown(unknown) => {
                    kept.add(element, join_doubt(doubt.as_ref(), Some(&unknown.facts)));
                }
                Outcome::Error(error) => return Err(error),
                _ => {}
            }
        }
        kept.rest = reach.rest.as_ref().and_then(|rest| narrow_rest(rest, &kinds));
        Ok(kept)
    }
}
