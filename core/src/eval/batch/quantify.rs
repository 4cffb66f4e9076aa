//! Conditions on lists: quantifiers, counts, membership.

use super::truth::holds;
use super::value::{Env, Member, Scalar, Truth, Whole, equals};
use super::{Bound, Run};
use crate::cel::ast::Operator;
use crate::hir::Quantifier;
use crate::model::ElementIdx;
use crate::plan::node::{Node, PlanIdx, Traits};

/// A quantifier on its way through a list.
struct Fold {
    /// The truth that decides.
    deciding: Truth,
    decided: bool,
    unknown: bool,
    defer: bool,
}

impl Fold {
    fn new(quantifier: Quantifier) -> Self {
        let deciding = Truth::of(quantifier != Quantifier::All);
        Self { deciding, decided: false, unknown: false, defer: false }
    }

    #[inline]
    fn add(&mut self, truth: Truth, certain: bool) {
        if truth == self.deciding {
            self.decided |= certain;
            // Whether or not it is there, more can't be said.
            self.unknown |= !certain;
        } else if truth == Truth::Unknown {
            self.unknown = true;
        } else if truth == Truth::Defer {
            self.defer = true;
        }
    }

    fn finish(&self, whole: Whole) -> Truth {
        match whole {
            Whole::Unknown => Truth::Unknown,
            Whole::Defer => Truth::Defer,
            _ if self.decided => self.deciding,
            _ if self.defer => Truth::Defer,
            Whole::Rest => Truth::Unknown,
            _ if self.unknown => Truth::Unknown,
            _ => self.deciding.not(),
        }
    }
}

impl<'r> Run<'r> {
    pub(super) fn quantify(
        &mut self,
        quantifier: Quantifier,
        range: PlanIdx,
        body: PlanIdx,
        env: &Env<'_, 'r>,
    ) -> Truth {
        if quantifier == Quantifier::ExistsOne {
            return self.exactly_one(range, body, env);
        }
        let mut fold = Fold::new(quantifier);
        if let Some(row) = self.row_of_neighbours(range, env) {
            return match row {
                Ok(row) => self.fold_row(fold, row, body, env),
                Err(truth) => truth,
            };
        }
        // Where what comes later may spoil the list as a whole, all of it has to be seen.
        let settled = self.plan.traits[range].settled;
        let whole = self.each(range, env, false, &mut |run, member| {
            fold.add(run.truth(body, &env.with(member.value)), member.certain);
            fold.decided && settled
        });
        // What holds of what isn't recorded may depend on its kind.
        let is_by_kind = whole == Whole::Rest && self.plan.traits[body].identifies;
        match fold.finish(whole) {
            Truth::Unknown if is_by_kind => Truth::Defer,
            truth => truth,
        }
    }

    /// The elements that a variable is linked to, where that is the whole range.
    #[inline]
    fn row_of_neighbours(
        &mut self,
        range: PlanIdx,
        env: &Env<'_, 'r>,
    ) -> Option<Result<&'r [ElementIdx], Truth>> {
        let Node::Neighbours { of, .. } = &self.plan.nodes[range] else { return None };
        let element = match self.scalar(*of, env) {
            Scalar::Element(element) => element,
            of => return Some(Err(super::truth::unread(of))),
        };
        let Bound::Follow(follow) = self.bound(range) else { return None };
        if self.walker.is_open(&follow, element) {
            return None;
        }
        Some(Ok(self.walker.row(&follow, element)))
    }

    fn fold_row(
        &mut self,
        mut fold: Fold,
        row: &'r [ElementIdx],
        body: PlanIdx,
        env: &Env<'_, 'r>,
    ) -> Truth {
        if let Some(truth) = self.plan.as_truth(body) {
            return if row.is_empty() || Truth::of(truth) != fold.deciding {
                fold.deciding.not()
            } else {
                fold.deciding
            };
        }
        for other in row {
            let truth = self.truth(body, &env.with(Scalar::Element(*other)));
            if truth == fold.deciding {
                return truth;
            }
            fold.add(truth, true);
        }
        fold.finish(Whole::Known)
    }

    fn exactly_one(&mut self, range: PlanIdx, body: PlanIdx, env: &Env<'_, 'r>) -> Truth {
        let (mut certain, mut unsure, mut defer) = (0_usize, false, false);
        let &Traits { fallible, identifies, .. } = &self.plan.traits[body];
        let whole = self.each(range, env, true, &mut |run, member| {
            match (run.truth(body, &env.with(member.value)), member.certain) {
                (Truth::False, _) => {}
                (Truth::True, true) => certain += 1,
                (Truth::Unknown, _) if fallible => defer = true,
                (Truth::True | Truth::Unknown, _) => unsure = true,
                (Truth::Defer, _) => defer = true,
            }
            defer
        });
        match whole {
            Whole::Unknown => Truth::Unknown,
            Whole::Defer => Truth::Defer,
            _ if defer => Truth::Defer,
            Whole::Rest if fallible || identifies => Truth::Defer,
            _ if certain > 1 => Truth::False,
            Whole::Rest => Truth::Unknown,
            _ if unsure => Truth::Unknown,
            _ => Truth::of(certain == 1),
        }
    }

    /// The number of members against a constant: bounds decide where they can.
    pub(super) fn count(
        &mut self,
        range: PlanIdx,
        operator: Operator,
        number: i64,
        env: &Env<'_, 'r>,
    ) -> Truth {
        let (mut least, mut most) = (0_i64, 0_i64);
        let settled = self.plan.traits[range].settled;
        let whole = match self.row_of_neighbours(range, env) {
            Some(Err(truth)) => return truth,
            Some(Ok(row)) => {
                least = i64::try_from(row.len()).unwrap_or(i64::MAX);
                most = least;
                Whole::Known
            }
            None => self.each(range, env, true, &mut |_, member| {
                least = least.saturating_add(i64::from(member.certain));
                most = most.saturating_add(1);
                // More members change nothing once there are certainly too many.
                settled && least > number
            }),
        };
        let most = match whole {
            Whole::Known => most,
            Whole::Rest | Whole::Stopped => i64::MAX,
            Whole::Unknown => return Truth::Unknown,
            Whole::Defer => return Truth::Defer,
        };
        if operator == Operator::Equal {
            return match (least, most) {
                (least, most) if least > number || most < number => Truth::False,
                (least, most) if least == most => Truth::True,
                _ => Truth::Unknown,
            };
        }
        let at_least = holds(operator, Some(least.cmp(&number)));
        let at_most = holds(operator, Some(most.cmp(&number)));
        if at_least == at_most { Truth::of(at_least) } else { Truth::Unknown }
    }

    /// Whether there is a first member; unknown where it isn't certain what is there.
    pub(super) fn has_members(&mut self, range: PlanIdx, env: &Env<'_, 'r>) -> Truth {
        let (mut count, mut doubtful) = (0_usize, false);
        let whole = self.each(range, env, true, &mut |_, member| {
            count += 1;
            doubtful |= !member.certain;
            false
        });
        match whole {
            Whole::Defer | Whole::Stopped => Truth::Defer,
            Whole::Known if !doubtful => Truth::of(count > 0),
            _ => Truth::Unknown,
        }
    }

    /// Whether every member of one list is in another.
    pub(super) fn subset(&mut self, inner: PlanIdx, outer: PlanIdx, env: &Env<'_, 'r>) -> Truth {
        self.with_both(inner, outer, env, |(inner, rest), (outer, may_be_more)| {
            let mut fold = Fold::new(Quantifier::All);
            for member in inner {
                fold.add(is_among(outer, may_be_more, member.value), member.certain);
            }
            fold.finish(if rest { Whole::Rest } else { Whole::Known })
        })
    }

    /// Whether two lists have a member in common.
    pub(super) fn overlap(&mut self, a: PlanIdx, b: PlanIdx, env: &Env<'_, 'r>) -> Truth {
        self.with_both(a, b, env, |(a, rest), (b, may_be_more)| {
            // What more may be in the first may be in the second, if there can be anything.
            let rest = rest && (may_be_more || !b.is_empty());
            let mut fold = Fold::new(Quantifier::Exists);
            for member in a {
                fold.add(is_among(b, may_be_more, member.value), member.certain);
            }
            fold.finish(if rest { Whole::Rest } else { Whole::Known })
        })
    }

    /// Two lists that are known as a whole, each with whether there may be more.
    fn with_both(
        &mut self,
        a: PlanIdx,
        b: PlanIdx,
        env: &Env<'_, 'r>,
        ask: impl FnOnce((&[Member<'r>], bool), (&[Member<'r>], bool)) -> Truth,
    ) -> Truth {
        let (first, whole) = self.written(a, env, true);
        let (second, other) = self.written(b, env, true);
        let truth = match (whole, other) {
            (Whole::Defer | Whole::Stopped, _) | (_, Whole::Defer | Whole::Stopped) => Truth::Defer,
            (Whole::Unknown, _) | (_, Whole::Unknown) => Truth::Unknown,
            _ => match ask((&first, whole == Whole::Rest), (&second, other == Whole::Rest)) {
                // What may be in the rest depends on kinds, which aren't kept.
                Truth::Unknown if whole == Whole::Rest || other == Whole::Rest => Truth::Defer,
                truth => truth,
            },
        };
        self.give_back(first);
        self.give_back(second);
        truth
    }

    /// `==` of lists.
    pub(super) fn same_lists(&mut self, a: PlanIdx, b: PlanIdx, env: &Env<'_, 'r>) -> Truth {
        self.with_both(a, b, env, |(a, a_more), (b, b_more)| {
            let is_certain = |members: &[Member<'r>]| members.iter().all(|member| member.certain);
            if !a_more && !b_more && is_certain(a) && is_certain(b) {
                if a.len() != b.len() {
                    return Truth::False;
                }
                let mut fold = Fold::new(Quantifier::All);
                for (a, b) in a.iter().zip(b) {
                    fold.add(equals(a.value, b.value), true);
                }
                return fold.finish(Whole::Known);
            }
            let bounds = |members: &[Member<'r>], more: bool| {
                let least = members.iter().filter(|member| member.certain).count();
                (least, if more { usize::MAX } else { members.len() })
            };
            let ((least, most), (least2, most2)) = (bounds(a, a_more), bounds(b, b_more));
            let disjoint = most < least2 || most2 < least;
            if disjoint { Truth::False } else { Truth::Unknown }
        })
    }
}

/// `value in list`
fn is_among<'r>(list: &[Member<'r>], may_be_more: bool, value: Scalar<'r>) -> Truth {
    if matches!(value, Scalar::Defer) {
        return Truth::Defer;
    }
    let mut fold = Fold::new(Quantifier::Exists);
    for member in list {
        fold.add(equals(member.value, value), member.certain);
        if fold.decided {
            break;
        }
    }
    fold.finish(if may_be_more { Whole::Rest } else { Whole::Known })
}
