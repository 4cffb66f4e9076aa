//! Lists that are written down: because they are used again, or have another order or fewer members than what
//! they are made of.

use std::cmp::Ordering;

use super::range::Visit;
use super::value::{Env, Member, Scalar, Truth, Whole, equals, order};
use super::{Bound, Run};
use crate::index::Index;
use crate::plan::node::{Node, PlanIdx};

impl<'r> Run<'r> {
    /// Elements once each, in model order. One that is there for certain is, whatever doubtful ways lead to
    /// it too.
    pub(super) fn once_each(
        &mut self,
        visit: &mut Visit<'_, 'r>,
        all: impl FnOnce(&mut Self, &mut Visit<'_, 'r>) -> Whole,
    ) -> Whole {
        let mut members = self.spare.pop().unwrap_or_default();
        let mut foreign = false;
        let whole = all(self, &mut |_, member| {
            foreign |= !matches!(member.value, Scalar::Element(_));
            members.push(member);
            foreign
        });
        let whole = if foreign { Whole::Defer } else { whole };
        let key = |member: &Member<'r>| match member.value {
            Scalar::Element(element) => (element.to_usize(), !member.certain),
            _ => (usize::MAX, true),
        };
        members.sort_unstable_by_key(key);
        members.dedup_by_key(|member| key(member).0);
        let whole = match whole {
            Whole::Known | Whole::Rest => self.visit_all(&members, whole, visit),
            whole => whole,
        };
        self.give_back(members);
        whole
    }

    fn visit_all(
        &mut self,
        members: &[Member<'r>],
        whole: Whole,
        visit: &mut Visit<'_, 'r>,
    ) -> Whole {
        for member in members {
            if visit(self, *member) {
                return Whole::Stopped;
            }
        }
        whole
    }

    pub(super) fn give_back(&mut self, mut members: Vec<Member<'r>>) {
        members.clear();
        self.spare.push(members);
    }

    /// Writes a list down, to be given back.
    pub(super) fn written(
        &mut self,
        range: PlanIdx,
        env: &Env<'_, 'r>,
        exact: bool,
    ) -> (Vec<Member<'r>>, Whole) {
        let mut members = self.spare.pop().unwrap_or_default();
        let whole = self.each(range, env, exact, &mut |_, member| {
            members.push(member);
            false
        });
        (members, whole)
    }

    /// A list that is written down at most once per element.
    pub(super) fn list_once(
        &mut self,
        at: PlanIdx,
        body: PlanIdx,
        env: &Env<'_, 'r>,
        visit: &mut Visit<'_, 'r>,
    ) -> Whole {
        let element = match env.item {
            Scalar::Element(element) => Some(element),
            Scalar::Bool(_) => None,
            _ => return self.each(body, env, true, visit),
        };
        let Bound::Kept(place) = self.bound(at) else { return Whole::Defer };
        let Some(position) = self.kept.position(place, element) else {
            return self.each(body, env, true, visit);
        };
        if self.kept.list(place, position).is_none() {
            let (members, whole) = self.written(body, env, true);
            self.kept.keep_list(place, position, &members, whole);
            self.give_back(members);
        }
        let Some((stored, whole)) = self.kept.list(place, position) else { return Whole::Defer };
        if !matches!(whole, Whole::Known | Whole::Rest) {
            return whole;
        }
        for number in 0..stored.length() {
            let Some(member) = self.kept.member(stored, number) else { return Whole::Defer };
            if visit(self, member) {
                return Whole::Stopped;
            }
        }
        whole
    }

    /// Something that sees a list as its variable 0; `None` where the list isn't known.
    pub(super) fn with_list<T>(
        &mut self,
        of: PlanIdx,
        env: &Env<'_, 'r>,
        inside: impl FnOnce(&mut Self, &Env<'_, 'r>) -> T,
    ) -> Option<T> {
        let (members, whole) = self.written(of, env, true);
        if whole != Whole::Known {
            self.give_back(members);
            return None;
        }
        let number = self.lists.len();
        self.lists.push(members);
        let result = inside(self, &env.with(Scalar::List(number)));
        if let Some(members) = self.lists.pop() {
            self.give_back(members);
        }
        Some(result)
    }

    pub(super) fn members_of(&mut self, list: usize, visit: &mut Visit<'_, 'r>) -> Whole {
        let mut number = 0;
        while let Some(member) = self.lists.get(list).and_then(|list| list.get(number)).copied() {
            if visit(self, member) {
                return Whole::Stopped;
            }
            number += 1;
        }
        Whole::Known
    }

    /// Members once each, the first of equals.
    pub(super) fn distinct(
        &mut self,
        range: PlanIdx,
        env: &Env<'_, 'r>,
        exact: bool,
        visit: &mut Visit<'_, 'r>,
    ) -> Whole {
        if !exact {
            // Twice the same changes nothing, as long as no member is unknown.
            let mut defer = false;
            let whole = self.each(range, env, false, &mut |run, member| {
                defer = matches!(member.value, Scalar::Unknown | Scalar::Defer);
                defer || visit(run, member)
            });
            return if defer { Whole::Defer } else { whole };
        }
        let (members, whole) = self.written(range, env, true);
        let mut kept = self.spare.pop().unwrap_or_default();
        let mut defer = false;
        for member in &members {
            defer |= matches!(member.value, Scalar::Unknown | Scalar::Defer);
            let twin = kept
                .iter_mut()
                .find(|other: &&mut Member<'r>| equals(other.value, member.value) == Truth::True);
            match twin {
                Some(twin) => twin.certain |= member.certain,
                None => kept.push(*member),
            }
            if defer {
                break;
            }
        }
        let whole = match whole {
            _ if defer => Whole::Defer,
            Whole::Known | Whole::Rest => self.visit_all(&kept, whole, visit),
            whole => whole,
        };
        self.give_back(members);
        self.give_back(kept);
        whole
    }

    /// The members in another order, or a part of them: of lists that are certain altogether.
    pub(super) fn rearranged(
        &mut self,
        at: PlanIdx,
        env: &Env<'_, 'r>,
        visit: &mut Visit<'_, 'r>,
    ) -> Whole {
        let plan = self.plan;
        let (Node::Sorted { range, .. } | Node::Reversed(range) | Node::Slice { range, .. }) =
            &plan.nodes[at]
        else {
            return Whole::Defer;
        };
        let (mut members, mut whole) = self.written(*range, env, true);
        if whole == Whole::Rest || members.iter().any(|member| !member.certain) {
            whole = Whole::Unknown;
        }
        if whole == Whole::Known {
            whole = match &plan.nodes[at] {
                Node::Sorted { key, .. } => self.sort(&mut members, *key, env),
                Node::Slice { from, to, .. } => {
                    let ends = (self.scalar(*from, env), self.scalar(*to, env));
                    slice(&mut members, ends)
                }
                _ => {
                    members.reverse();
                    Whole::Known
                }
            };
        } else if self.plan.traits[at].fallible {
            // A key that goes wrong would beat what isn't known.
            whole = Whole::Defer;
        }
        if whole == Whole::Known {
            whole = self.visit_all(&members, whole, visit);
        }
        self.give_back(members);
        whole
    }

    fn sort(
        &mut self,
        members: &mut [Member<'r>],
        key: Option<PlanIdx>,
        env: &Env<'_, 'r>,
    ) -> Whole {
        let mut keyed: Vec<(Scalar<'r>, Member<'r>)> = Vec::with_capacity(members.len());
        let mut unknown = false;
        for member in members.iter() {
            let key = match key {
                Some(key) => self.scalar(key, &env.with(member.value)),
                None => member.value,
            };
            match key {
                Scalar::Defer => return Whole::Defer,
                Scalar::Unknown => unknown = true,
                _ => {}
            }
            keyed.push((key, *member));
        }
        if unknown {
            return Whole::Unknown;
        }
        if keyed.len() > 1 && keyed.iter().any(|(key, _)| key.is_no_number()) {
            return Whole::Defer;
        }
        keyed.sort_by(|(a, _), (b, _)| order(*a, *b).unwrap_or(Ordering::Equal));
        for (place, (_, member)) in members.iter_mut().zip(keyed) {
            *place = member;
        }
        Whole::Known
    }
}

/// The members from one place up to another.
fn slice<'r>(members: &mut Vec<Member<'r>>, ends: (Scalar<'r>, Scalar<'r>)) -> Whole {
    match ends {
        (Scalar::Int(from), Scalar::Int(to)) => {
            let ends = usize::try_from(from).ok().zip(usize::try_from(to).ok());
            match ends.filter(|(from, to)| from <= to && *to <= members.len()) {
                Some((from, to)) => {
                    members.truncate(to);
                    members.drain(..from);
                    Whole::Known
                }
                None => Whole::Defer,
            }
        }
        _ => Whole::Defer,
    }
}
