//! What following a path costs and yields.

use super::Walk;
use super::size::Size;
use crate::hir::{Route, Test};
use crate::metamodel::KindSet;
use crate::path::Repeat;

impl<'c> Walk<'c> {
    /// What a path leads to that is followed so many `times` from elements of a size. The same element is
    /// reached at most `cap` times.
    pub(super) fn follow(&mut self, route: &'c Route, from: Size, times: u64, cap: u64) -> Size {
        match route {
            Route::Step { relation, inverse } => {
                let size = self.counts.step(*relation, *inverse, from, cap);
                self.spend(from.total);
                self.yields(size)
            }
            Route::Sequence(parts) => {
                parts.iter().fold(from, |at, part| self.follow(part, at, times, cap))
            }
            Route::Alternative(parts) => {
                let mut all = Size::default();
                for part in parts {
                    all = all.and(self.follow(part, from, times, cap));
                }
                Size { copies: 1, repeat: all.repeat.min(cap), ..all }
            }
            Route::Repeat(inner, Repeat::Optional) => {
                let all = from.and(self.follow(inner, from, times, cap));
                Size { copies: 1, repeat: all.repeat.min(cap), ..all }
            }
            Route::Repeat(inner, Repeat::Any | Repeat::Some) => {
                // Every element that is reached is gone on from once, whatever the way to it.
                let most = from.most.saturating_add(self.links(inner));
                let total = times.saturating_mul(most);
                let all = Size { most, total, copies: 1, repeat: times, weight: 1 };
                self.follow(inner, all, total, u64::MAX);
                self.yields(all)
            }
            Route::OfKind(inner, kinds) => {
                let size = self.follow(inner, from, times, cap);
                let most = size.most.min(self.counts.elements(kinds));
                self.yields(Size { most, ..size })
            }
            Route::Where(inner, test) => {
                let size = self.follow(inner, from, times, cap);
                if let Test::Definition(definition) = test {
                    for (kind, definition) in definition {
                        self.defined(*definition, &KindSet::one(*kind));
                    }
                }
                self.yields(size)
            }
        }
    }

    /// The links of the relations that a path follows.
    fn links(&self, route: &Route) -> u64 {
        match route {
            Route::Step { relation, .. } => self.counts.links(*relation),
            Route::Sequence(parts) | Route::Alternative(parts) => {
                parts.iter().fold(0, |sum, part| sum.saturating_add(self.links(part)))
            }
            Route::Repeat(inner, _) | Route::OfKind(inner, _) | Route::Where(inner, _) => {
                self.links(inner)
            }
        }
    }
}
