//! What following a path costs and yields.

use super::Walk;
use super::size::Size;
use crate::hir::{PathIdx, Route, Test};
use crate::metamodel::KindSet;
use crate::path::Repeat;

/// Whether the path leads on as often as there is a way.
pub(super) fn repeats(route: &Route) -> bool {
    match route {
        Route::Step { .. } => false,
        Route::Sequence(parts) | Route::Alternative(parts) => parts.iter().any(repeats),
        Route::Repeat(_, Repeat::Any | Repeat::Some) => true,
        Route::Repeat(inner, Repeat::Optional)
        | Route::OfKind(inner, _)
        | Route::Where(inner, _) => repeats(inner),
    }
}

impl<'c> Walk<'c> {
    /// What a path leads to that is followed for all elements together: every link is taken once, and whatever
    /// is asked of what it leads to is asked of each element once.
    pub(super) fn follow_once(&mut self, path: PathIdx, near: &KindSet) -> Size {
        let packs = self.packs;
        let route = &packs.paths[path].route;
        let (kinds, links) = self.reach(route, near);
        let reached = self.counts.elements(&kinds);
        if self.followed.insert(path) {
            self.spend(self.counts.elements(near).saturating_add(reached).saturating_add(links));
            self.tests(route);
        }
        Size { most: reached, total: reached, copies: 1, repeat: 1, weight: 1 }
    }

    /// The definitions that a path asks.
    fn tests(&mut self, route: &'c Route) {
        match route {
            Route::Step { .. } => {}
            Route::Sequence(parts) | Route::Alternative(parts) => {
                for part in parts {
                    self.tests(part);
                }
            }
            Route::Repeat(inner, _) | Route::OfKind(inner, _) => self.tests(inner),
            Route::Where(inner, test) => {
                self.tests(inner);
                self.test(test);
            }
        }
    }

    fn test(&mut self, test: &'c Test) {
        if let Test::Definition(definition) = test {
            for (kind, definition) in definition {
                self.defined(*definition, &KindSet::one(*kind));
            }
        }
    }

    /// What a path leads to that is followed so many `times` from elements of these kinds and of a size, and
    /// the kinds of that. The same element is reached at most `cap` times.
    pub(super) fn follow(
        &mut self,
        route: &'c Route,
        (from, near): (Size, &KindSet),
        times: u64,
        cap: u64,
    ) -> (Size, KindSet) {
        match route {
            Route::Step { relation, inverse } => {
                let size = self.counts.step((*relation, *inverse), near, from, cap);
                self.spend(from.total);
                (self.yields(size), self.counts.targets(*relation, *inverse, near))
            }
            Route::Sequence(parts) => {
                parts.iter().fold((from, near.clone()), |(at, near), part| {
                    self.follow(part, (at, &near), times, cap)
                })
            }
            Route::Alternative(parts) => {
                let (mut all, mut kinds) = (Size::default(), KindSet::default());
                for part in parts {
                    let (size, reached) = self.follow(part, (from, near), times, cap);
                    (all, kinds) = (all.and(size), kinds.union(&reached));
                }
                (Size { copies: 1, repeat: all.repeat.min(cap), ..all }, kinds)
            }
            Route::Repeat(inner, Repeat::Optional) => {
                let (size, kinds) = self.follow(inner, (from, near), times, cap);
                let all = from.and(size);
                (Size { copies: 1, repeat: all.repeat.min(cap), ..all }, kinds.union(near))
            }
            Route::Repeat(inner, Repeat::Any | Repeat::Some) => {
                // Every element that is reached is gone on from once, whatever the way to it.
                let (kinds, links) = self.repeated(inner, near);
                let reached = self.counts.elements(&kinds).min(links);
                let most = from.most.saturating_add(reached);
                let total = times.saturating_mul(most);
                let all = Size { most, total, copies: 1, repeat: times, weight: 1 };
                self.follow(inner, (all, &kinds), total, u64::MAX);
                (self.yields(all), kinds)
            }
            Route::OfKind(inner, kinds) => {
                let (size, reached) = self.follow(inner, (from, near), times, cap);
                let most = size.most.min(self.counts.elements(kinds));
                (self.yields(Size { most, ..size }), reached.intersection(kinds))
            }
            Route::Where(inner, test) => {
                let (size, reached) = self.follow(inner, (from, near), times, cap);
                self.test(test);
                (self.yields(size), reached)
            }
        }
    }

    /// The kinds at which a path is when it has been followed any number of times, those at its start among
    /// them, and the links that it follows from there.
    fn repeated(&self, route: &Route, start: &KindSet) -> (KindSet, u64) {
        let mut kinds = start.clone();
        loop {
            let (reached, links) = self.reach(route, &kinds);
            let all = kinds.union(&reached);
            if all == kinds {
                return (kinds, links);
            }
            kinds = all;
        }
    }

    /// The kinds that a path leads to, and the links of the relations that it follows.
    fn reach(&self, route: &Route, near: &KindSet) -> (KindSet, u64) {
        match route {
            Route::Step { relation, inverse } => (
                self.counts.targets(*relation, *inverse, near),
                self.counts.links(*relation, *inverse, near),
            ),
            Route::Sequence(parts) => parts.iter().fold((near.clone(), 0), |(at, sum), part| {
                let (reached, links) = self.reach(part, &at);
                (reached, sum.saturating_add(links))
            }),
            Route::Alternative(parts) => {
                parts.iter().fold((KindSet::default(), 0), |(all, sum), part| {
                    let (reached, links) = self.reach(part, near);
                    (all.union(&reached), sum.saturating_add(links))
                })
            }
            Route::Repeat(inner, Repeat::Optional) => {
                let (reached, links) = self.reach(inner, near);
                (reached.union(near), links)
            }
            Route::Repeat(inner, Repeat::Any | Repeat::Some) => self.repeated(inner, near),
            Route::OfKind(inner, kinds) => {
                let (reached, links) = self.reach(inner, near);
                (reached.intersection(kinds), links)
            }
            Route::Where(inner, _) => self.reach(inner, near),
        }
    }
}
