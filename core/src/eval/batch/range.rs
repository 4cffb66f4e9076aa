//! Ranges: the members of a list, one after the other.

use super::graph::Follow;
use super::value::{Env, Member, Scalar, Truth, Whole};
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
                whole @ (Whole::Known | Whole::Rest) => {
                    whole.and(self.each(*second, env, exact, visit))
                }
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
        let (element, follow) = match self.start(at, of, env) {
            Ok(start) => start,
            Err(whole) => return whole,
        };
        for other in self.walker.row(&follow, element) {
            if visit(self, Member { value: Scalar::Element(*other), certain: true }) {
                return Whole::Stopped;
            }
        }
        self.recorded_of(&follow, element)
    }

    fn links(
        &mut self,
        at: PlanIdx,
        of: PlanIdx,
        env: &Env<'_, 'r>,
        visit: &mut Visit<'_, 'r>,
    ) -> Whole {
        let (element, follow) = match self.start(at, of, env) {
            Ok(start) => start,
            Err(whole) => return whole,
        };
        let seen = self.seen;
        for link in seen.links(element, follow.step()) {
            if visit(self, Member { value: Scalar::Link(link), certain: true }) {
                return Whole::Stopped;
            }
        }
        self.recorded_of(&follow, element)
    }

    /// The element that links are followed from, and how.
    fn start(
        &mut self,
        at: PlanIdx,
        of: PlanIdx,
        env: &Env<'_, 'r>,
    ) -> Result<(ElementIdx, Follow<'r>), Whole> {
        let element = match self.scalar(of, env) {
            Scalar::Element(element) => element,
            of => return Err(unread(of)),
        };
        match self.bound(at) {
            Bound::Follow(follow) => Ok((element, follow)),
            _ => Err(Whole::Defer),
        }
    }

    /// Whether what an element is recorded to be linked to is all.
    fn recorded_of(&self, follow: &Follow<'r>, element: ElementIdx) -> Whole {
        if self.walker.is_open(follow, element) { Whole::Rest } else { Whole::Known }
    }

    fn section(&mut self, kind: KindIdx, history: bool, visit: &mut Visit<'_, 'r>) -> Whole {
        let all = history || self.model.all_live(kind);
        for element in super::span_of(self.model, &KindSet::one(kind)).map(ElementIdx::from_usize) {
            if (all || self.model.is_live(element))
                && visit(self, Member { value: Scalar::Element(element), certain: true })
            {
                return Whole::Stopped;
            }
        }
        if self.model.is_open(kind) { Whole::Rest } else { Whole::Known }
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
        if defer { Whole::Defer } else { self.unseen(whole, body) }
    }

    /// A list of whose members something is computed: where it may go wrong for members that aren't known, or their
    /// kinds matter, the plain evaluator says what that means for the list.
    fn unseen(&self, whole: Whole, body: PlanIdx) -> Whole {
        let traits = &self.plan.traits[body];
        let matters = traits.fallible || traits.identifies;
        if whole == Whole::Rest && matters { Whole::Defer } else { whole }
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
        let whole = self.each(range, env, exact, &mut |run, member| match member.value {
            Scalar::Element(element) if !kinds.contains(run.model.kind_of(element)) => false,
            Scalar::Unknown => visit(run, Member { certain: false, ..member }),
            _ => visit(run, member),
        });
        // Of which kinds the rest may be isn't kept.
        if whole == Whole::Rest { Whole::Defer } else { whole }
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
        match self.unseen(whole, body) {
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
        if defer { Whole::Defer } else { self.unseen(whole, body) }
    }
}

/// What reading a list from no element comes to.
fn unread(of: Scalar<'_>) -> Whole {
    match of {
        Scalar::Unknown => Whole::Unknown,
        _ => Whole::Defer,
    }
}
