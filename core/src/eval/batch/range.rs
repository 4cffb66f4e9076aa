//! Ranges: the members of a list, one after the other.

use std::cmp::Ordering;

use super::value::{Env, Member, Scalar, Truth, Whole, equals, order};
use super::{Bound, Run, row_of};
use crate::hir::PerKind;
use crate::index::Index;
use crate::metamodel::{KindIdx, KindSet, PropertyIdx};
use crate::model::ElementIdx;
use crate::model::store::Column;
use crate::plan::node::{Node, PlanIdx};
use crate::value::Value;

/// What is done with each member; true once enough has been seen.
pub(super) type Visit<'v, 'r> = dyn FnMut(&mut Run<'r>, Member<'r>) -> bool + 'v;

impl<'r> Run<'r> {
    /// Visits the members of a range. With `exact` in the order of the list, each as often as it is there;
    /// without, in any order, and elements that a list has once may come again.
    pub(super) fn each(
        &mut self,
        range: PlanIdx,
        env: &Env<'_, 'r>,
        exact: bool,
        visit: &mut Visit<'_, 'r>,
    ) -> Whole {
        // Optimised builds of rustc 1.95 take it that this recursion never returns `Known`, and then jump
        // to nowhere where it does. What passes here is not reasoned about.
        std::hint::black_box(self.each_member(range, env, exact, visit))
    }

    fn each_member(
        &mut self,
        range: PlanIdx,
        env: &Env<'_, 'r>,
        exact: bool,
        visit: &mut Visit<'_, 'r>,
    ) -> Whole {
        let plan = self.plan;
        match &plan.nodes[range] {
            Node::Neighbours { of, .. } => self.neighbours(range, *of, env, visit),
            Node::Filter { range, body } => self.filter(*range, *body, env, exact, visit),
            Node::Links { of, .. } => self.links(range, *of, env, visit),
            Node::Flat { range, body, distinct } => {
                if *distinct && exact {
                    return self.once_each(visit, |run, visit| {
                        run.flat(*range, *body, true, env, false, visit)
                    });
                }
                self.flat(*range, *body, *distinct, env, exact, visit)
            }
            Node::Each { range, body, distinct } => {
                if *distinct && exact {
                    return self.once_each(visit, |run, visit| {
                        run.values(*range, *body, true, env, false, visit)
                    });
                }
                self.values(*range, *body, *distinct, env, exact, visit)
            }
            Node::OfKinds { range, kinds } => self.of_kinds(*range, kinds, env, exact, visit),
            Node::Out { by, body } => match env.out(*by) {
                Some(env) => self.each(*body, env, exact, visit),
                None => Whole::Defer,
            },
            Node::Once { body, .. } => self.list_once(range, *body, env, visit),
            Node::Shared(body) => {
                self.list_once(range, *body, &env.with(Scalar::Bool(true)), visit)
            }
            Node::Constant(constant) => match &plan.constants[*constant] {
                Value::List(items) => self.constants(items, visit),
                _ => Whole::Defer,
            },
            Node::Section { kind, history } => self.section(*kind, *history, visit),
            Node::Texts { of, field } => {
                let of = self.scalar(*of, env);
                self.texts(of, field, visit)
            }
            Node::Reached { .. } => self.each_reached(range, env, exact, visit),
            Node::Concat(first, second) => match self.each(*first, env, exact, visit) {
                Whole::Known => self.each(*second, env, exact, visit),
                Whole::Rest => Whole::Rest.and(self.each(*second, env, exact, visit)),
                whole => whole,
            },
            Node::ByKind(cases) => match self.case(cases, env) {
                Some(case) => self.each(case, env, exact, visit),
                None => Whole::Defer,
            },
            Node::If { condition, yes, no } => match self.truth(*condition, env) {
                Truth::True => self.each(*yes, env, exact, visit),
                Truth::False => self.each(*no, env, exact, visit),
                Truth::Unknown => Whole::Unknown,
                Truth::Defer => Whole::Defer,
            },
            Node::With { of, body } => match self.named(*of, env) {
                Scalar::Defer => Whole::Defer,
                of => self.each(*body, &env.with(of), exact, visit),
            },
            Node::WithList { of, body } => self
                .with_list(*of, env, |run, env| run.each(*body, env, exact, visit))
                .unwrap_or(Whole::Defer),
            Node::Variable { out, .. } => match env.variable(*out) {
                Scalar::List(list) => self.members_of(list, visit),
                _ => Whole::Defer,
            },
            Node::Items(items) => self.items(items, env, visit),
            Node::Distinct(inner) => self.distinct(*inner, env, exact, visit),
            Node::Sorted { .. } | Node::Reversed(_) | Node::Slice { .. } => {
                self.rearranged(range, env, visit)
            }
            Node::Entry { constant, key } => {
                let key = self.scalar(*key, env);
                match self.entry(*constant, key) {
                    Ok(Value::List(items)) => self.constants(items, visit),
                    Err(Scalar::Unknown) => Whole::Unknown,
                    _ => Whole::Defer,
                }
            }
            _ => Whole::Defer,
        }
    }

    fn neighbours(
        &mut self,
        at: PlanIdx,
        of: PlanIdx,
        env: &Env<'_, 'r>,
        visit: &mut Visit<'_, 'r>,
    ) -> Whole {
        let element = match self.scalar(of, env) {
            Scalar::Element(element) => element,
            of => return unread(of),
        };
        let Bound::Follow(follow) = self.bound(at) else { return Whole::Defer };
        if self.walker.is_open(&follow, element) {
            return Whole::Defer;
        }
        for other in self.walker.row(&follow, element) {
            if visit(self, Member { value: Scalar::Element(*other), certain: true }) {
                return Whole::Stopped;
            }
        }
        Whole::Known
    }

    fn links(
        &mut self,
        at: PlanIdx,
        of: PlanIdx,
        env: &Env<'_, 'r>,
        visit: &mut Visit<'_, 'r>,
    ) -> Whole {
        let element = match self.scalar(of, env) {
            Scalar::Element(element) => element,
            of => return unread(of),
        };
        let (Bound::Follow(follow), Node::Links { step, .. }) =
            (self.bound(at), &self.plan.nodes[at])
        else {
            return Whole::Defer;
        };
        if self.walker.is_open(&follow, element) {
            return Whole::Defer;
        }
        let seen = self.seen;
        for link in seen.links(element, *step) {
            if visit(self, Member { value: Scalar::Link(link), certain: true }) {
                return Whole::Stopped;
            }
        }
        Whole::Known
    }

    fn section(&mut self, kind: KindIdx, history: bool, visit: &mut Visit<'_, 'r>) -> Whole {
        if self.model.is_open(kind) {
            return Whole::Defer;
        }
        let all = history || self.model.all_live(kind);
        for element in super::span_of(self.model, &KindSet::one(kind)).map(ElementIdx::from_usize) {
            if (all || self.model.is_live(element))
                && visit(self, Member { value: Scalar::Element(element), certain: true })
            {
                return Whole::Stopped;
            }
        }
        Whole::Known
    }

    fn texts(
        &mut self,
        of: Scalar<'r>,
        field: &PerKind<PropertyIdx>,
        visit: &mut Visit<'_, 'r>,
    ) -> Whole {
        let Scalar::Element(element) = of else { return unread(of) };
        let model = self.model;
        let kind = model.kind_of(element);
        let Some(property) = super::truth::of_kind(field, kind) else { return Whole::Defer };
        let Column::Texts(cells) = model.column(property) else { return Whole::Defer };
        match cells.get(row_of(model, kind, element)) {
            Some(items) => self.constants(items, visit),
            None => match &self.vocabulary.properties[property].absent {
                Some(Value::List(items)) => self.constants(items, visit),
                _ => Whole::Unknown,
            },
        }
    }

    fn constants(&mut self, items: &'r [Value], visit: &mut Visit<'_, 'r>) -> Whole {
        for item in items {
            if visit(self, Member { value: Scalar::of(item), certain: true }) {
                return Whole::Stopped;
            }
        }
        Whole::Known
    }

    fn items(&mut self, items: &[PlanIdx], env: &Env<'_, 'r>, visit: &mut Visit<'_, 'r>) -> Whole {
        for item in items {
            let value = self.scalar(*item, env);
            if matches!(value, Scalar::Defer) || self.may_fail(value, *item) {
                return Whole::Defer;
            }
            if visit(self, Member { value, certain: true }) {
                return Whole::Stopped;
            }
        }
        Whole::Known
    }

    fn filter(
        &mut self,
        range: PlanIdx,
        body: PlanIdx,
        env: &Env<'_, 'r>,
        exact: bool,
        visit: &mut Visit<'_, 'r>,
    ) -> Whole {
        let mut defer = false;
        let fallible = self.plan.traits[body].fallible;
        let whole = self.each(range, env, exact, &mut |run, member| match run
            .truth(body, &env.with(member.value))
        {
            Truth::True => visit(run, member),
            Truth::False => false,
            Truth::Unknown if !fallible => visit(run, Member { certain: false, ..member }),
            Truth::Unknown | Truth::Defer => {
                defer = true;
                true
            }
        });
        if defer { Whole::Defer } else { unseen(whole, fallible) }
    }

    /// Whether a list that this is a member of may be an error yet: then it is unknown as a whole, or not, which
    /// only the plain evaluator knows.
    fn may_fail(&self, value: Scalar<'r>, computed_by: PlanIdx) -> bool {
        matches!(value, Scalar::Unknown) && self.plan.traits[computed_by].fallible
    }

    fn of_kinds(
        &mut self,
        range: PlanIdx,
        kinds: &KindSet,
        env: &Env<'_, 'r>,
        exact: bool,
        visit: &mut Visit<'_, 'r>,
    ) -> Whole {
        self.each(range, env, exact, &mut |run, member| match member.value {
            Scalar::Element(element) if !kinds.contains(run.model.kind_of(element)) => false,
            Scalar::Unknown => visit(run, Member { certain: false, ..member }),
            _ => visit(run, member),
        })
    }

    /// The members of `body` for each member.
    fn flat(
        &mut self,
        range: PlanIdx,
        body: PlanIdx,
        distinct: bool,
        env: &Env<'_, 'r>,
        exact: bool,
        visit: &mut Visit<'_, 'r>,
    ) -> Whole {
        let (mut defer, mut rest) = (false, false);
        let fallible = self.plan.traits[body].fallible;
        let whole = self.each(range, env, exact, &mut |run, outer| {
            let inner = run.each(body, &env.with(outer.value), exact, &mut |run, member| {
                let certain = outer.certain && member.certain;
                // An unknown element is one more that may be there.
                if distinct && matches!(member.value, Scalar::Unknown) {
                    defer = true;
                    return true;
                }
                visit(run, Member { certain, ..member })
            });
            match inner {
                Whole::Known => false,
                Whole::Rest => {
                    rest = true;
                    false
                }
                Whole::Unknown => {
                    // Of elements, which kinds they may be of would have to be known.
                    if run.yields_texts(body) && !fallible {
                        rest = true;
                        return false;
                    }
                    defer = true;
                    true
                }
                Whole::Defer => {
                    defer = true;
                    true
                }
                Whole::Stopped => true,
            }
        });
        match unseen(whole, fallible) {
            _ if defer => Whole::Defer,
            Whole::Known if rest => Whole::Rest,
            whole => whole,
        }
    }

    fn yields_texts(&self, range: PlanIdx) -> bool {
        match &self.plan.nodes[range] {
            Node::Texts { .. } => true,
            Node::If { yes, no, .. } => self.yields_texts(*yes) && self.yields_texts(*no),
            Node::Constant(_) => true,
            _ => false,
        }
    }

    /// A value for each member.
    fn values(
        &mut self,
        range: PlanIdx,
        body: PlanIdx,
        distinct: bool,
        env: &Env<'_, 'r>,
        exact: bool,
        visit: &mut Visit<'_, 'r>,
    ) -> Whole {
        let mut defer = false;
        let fallible = self.plan.traits[body].fallible;
        let whole = self.each(range, env, exact, &mut |run, member| match run
            .scalar(body, &env.with(member.value))
        {
            Scalar::Defer => {
                defer = true;
                true
            }
            Scalar::Unknown if distinct || fallible => {
                defer = true;
                true
            }
            value => visit(run, Member { value, certain: member.certain }),
        });
        if defer { Whole::Defer } else { unseen(whole, fallible) }
    }

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
    fn list_once(
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

    fn members_of(&mut self, list: usize, visit: &mut Visit<'_, 'r>) -> Whole {
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
    fn distinct(
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
    fn rearranged(&mut self, at: PlanIdx, env: &Env<'_, 'r>, visit: &mut Visit<'_, 'r>) -> Whole {
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

/// A list of whose members something is computed: where it may go wrong for members that aren't known, the plain
/// evaluator says what that means for the list.
fn unseen(whole: Whole, fallible: bool) -> Whole {
    if whole == Whole::Rest && fallible { Whole::Defer } else { whole }
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

/// What reading a list from no element comes to.
fn unread(of: Scalar<'_>) -> Whole {
    match of {
        Scalar::Unknown => Whole::Unknown,
        _ => Whole::Defer,
    }
}
