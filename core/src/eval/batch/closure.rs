//! Paths: conditions on what they lead to, without listing it where that can be helped, and the elements
//! themselves where it can't.

use std::rc::Rc;

use super::components::{Components, Found, NOTHING, Way};
use super::truth::{holds, unread};
use super::value::{Env, Member, Scalar, Truth, Whole};
use super::{Bound, Run};
use crate::cel::ast::Operator;
use crate::index::Index;
use crate::model::ElementIdx;
use crate::plan::automaton::{Core, Guard, RouteIdx, Test};
use crate::plan::node::{Node, PlanIdx};

/// What has been found out about paths. Several of a kind where one question is asked inside another.
pub(super) struct Closures<'r> {
    #[expect(
        clippy::vec_box,
        reason = "taken out for each question: a pointer moves, not the whole"
    )]
    components: Vec<Vec<Box<Components<'r>>>>,
    marks: Vec<Marks>,
    /// By path, its first steps.
    starts: Vec<Option<Rc<[Way<'r>]>>>,
}

/// A path, ready to be followed.
pub(super) struct Path<'r> {
    /// Where the element that it starts from is one that it leads to.
    pub(super) accepts: &'r [Guard],
    /// Its first steps as they are planned, and ready to be taken.
    pub(super) start: &'r [crate::plan::automaton::Way],
    pub(super) ways: Rc<[Way<'r>]>,
    pub(super) through: &'r Core,
    /// The number of what it leads through.
    pub(super) core: usize,
    pub(super) history: bool,
}

/// Which nodes a search has come by.
#[derive(Default)]
struct Marks {
    /// By node, in which search it was come by: an even number for certain, the odd one after it perhaps.
    by_node: Vec<u32>,
    now: u32,
    queue: Vec<u32>,
}

impl Closures<'_> {
    pub(super) fn new() -> Self {
        Self { components: Vec::new(), marks: Vec::new(), starts: Vec::new() }
    }
}

impl<'r> Run<'r> {
    /// The three conditions on what a path leads to.
    pub(super) fn reached(&mut self, at: PlanIdx, env: &Env<'_, 'r>) -> Truth {
        let plan = self.plan;
        let (of, route, history) = match &plan.nodes[at] {
            Node::SomeReached { of, route, history, .. }
            | Node::ReachesItself { of, route, history }
            | Node::FurthestReached { of, route, history, .. } => (*of, *route, *history),
            _ => return Truth::Defer,
        };
        let element = match self.scalar(of, env) {
            Scalar::Element(element) => element,
            of => return unread(of),
        };
        let path = self.path(route, history);
        let mut all = self.components(&path);
        let truth = match &plan.nodes[at] {
            Node::ReachesItself { .. } => self.reaches_itself(&mut all, &path, element),
            Node::SomeReached { body, .. } => {
                let found = self.found_from(&mut all, at, &path, element, &mut |run, element| {
                    own(run.truth(*body, &Env::of(Scalar::Element(element))))
                });
                found.truth()
            }
            Node::FurthestReached { body, value, operator, outer, .. } => {
                let outer = self.scalar(*outer, env);
                let up = matches!(operator, Operator::Less | Operator::LessOrEqual);
                let cells = match self.bound(*value) {
                    Bound::Cells(cells) if matches!(plan.nodes[*value], Node::Property { .. }) => {
                        Some(cells)
                    }
                    _ => None,
                };
                let found = self.found_from(&mut all, at, &path, element, &mut |run, element| {
                    let env = Env::of(Scalar::Element(element));
                    let truth = run.truth(*body, &env);
                    if truth == Truth::False {
                        return Found::NONE;
                    }
                    let value = match cells {
                        Some(cells) => cells.get(element),
                        None => run.scalar(*value, &env),
                    };
                    valued(truth, value, up)
                });
                against(found, *operator, outer, up)
            }
            _ => Truth::Defer,
        };
        self.put_back(&path, all);
        truth
    }

    pub(super) fn path(&mut self, route: RouteIdx, history: bool) -> Path<'r> {
        let automaton = &self.plan.routes[route];
        let number = 2 * route.to_usize() + usize::from(history);
        if self.closures.starts.len() <= number {
            self.closures.starts.resize(number + 1, None);
        }
        let known = self.closures.starts.get(number).cloned().flatten();
        let ways = known.unwrap_or_else(|| {
            let ways: Rc<[Way<'r>]> = self.ways(&automaton.start, history).into();
            if let Some(place) = self.closures.starts.get_mut(number) {
                *place = Some(Rc::clone(&ways));
            }
            ways
        });
        Path {
            accepts: &automaton.start.accepts,
            start: &automaton.start.ways,
            ways,
            through: &self.plan.cores[automaton.core],
            core: 2 * automaton.core.to_usize() + usize::from(history),
            history,
        }
    }

    /// Components to work with; to be put back.
    fn components(&mut self, path: &Path<'r>) -> Box<Components<'r>> {
        let known = self.closures.components.get_mut(path.core).and_then(Vec::pop);
        known.unwrap_or_else(|| Box::new(Components::new(self, path)))
    }

    fn put_back(&mut self, path: &Path<'r>, all: Box<Components<'r>>) {
        let number = path.core;
        if self.closures.components.len() <= number {
            self.closures.components.resize_with(number + 1, Vec::new);
        }
        if let Some(place) = self.closures.components.get_mut(number) {
            place.push(all);
        }
    }

    /// What is there to be found from an element on.
    fn found_from(
        &mut self,
        all: &mut Components<'r>,
        at: PlanIdx,
        path: &Path<'r>,
        element: ElementIdx,
        own: &mut dyn FnMut(&mut Self, ElementIdx) -> Found,
    ) -> Found {
        if self.may_be_open(path) {
            return Found { defer: true, ..Found::NONE };
        }
        let mut found = match self.is_accepted(path.accepts, element) {
            Truth::False => Found::NONE,
            Truth::True => own(self, element),
            Truth::Unknown | Truth::Defer => return self.found_by_search(all, path, element, own),
        };
        if found.some && found.furthest == NOTHING {
            return found;
        }
        for way in &*path.ways {
            match self.guard(way.guard, element) {
                Truth::True => {}
                Truth::False => continue,
                Truth::Unknown | Truth::Defer => {
                    return self.found_by_search(all, path, element, own);
                }
            }
            for other in self.walker.row(&way.follow, element) {
                let node = all.node(way.to, *other);
                self.explore(all, node);
                if all.is_doubtful {
                    return self.found_by_search(all, path, element, own);
                }
                found = found.or(self.found(all, at, node, own));
            }
        }
        found
    }

    fn found_by_search(
        &mut self,
        all: &mut Components<'r>,
        path: &Path<'r>,
        element: ElementIdx,
        own: &mut dyn FnMut(&mut Self, ElementIdx) -> Found,
    ) -> Found {
        let mut found = Found::NONE;
        let whole = self.search(all, path, element, &mut |run, element, certain| {
            let mut one = own(run, element);
            if !certain && (one.some || one.unknown) {
                // Furthest values are kept of certain ones alone.
                let defer = one.defer || one.furthest != NOTHING;
                one = Found { unknown: true, defer, ..Found::NONE };
            }
            found = found.or(one);
            found.some && found.furthest == NOTHING
        });
        match whole {
            Whole::Known | Whole::Stopped => found,
            _ => Found { defer: true, ..found },
        }
    }

    fn reaches_itself(
        &mut self,
        all: &mut Components<'r>,
        path: &Path<'r>,
        element: ElementIdx,
    ) -> Truth {
        if self.may_be_open(path) {
            return Truth::Defer;
        }
        let is_plain = |accepts: &[Guard]| accepts.iter().any(|guard| guard.is_empty());
        if is_plain(path.accepts) {
            return Truth::True;
        }
        // Where going on is the same as starting anew, it is a question of cycles.
        if let [state] = all.core.states.as_slice()
            && state.ways == *path.start
            && is_plain(&state.accepts)
            && path.accepts.is_empty()
            && all.is_within(element)
        {
            let node = all.node(0, element);
            self.explore(all, node);
            if !all.is_doubtful {
                return Truth::of(all.is_cyclic(node));
            }
        }
        let mut found = Truth::False;
        let whole = self.search(all, path, element, &mut |_, other, certain| {
            if other == element {
                found = if certain { Truth::True } else { Truth::Unknown };
            }
            found == Truth::True
        });
        match whole {
            Whole::Known | Whole::Stopped => found,
            _ => Truth::Defer,
        }
    }

    /// Whether elements that aren't recorded may lie on the way.
    pub(super) fn may_be_open(&self, path: &Path<'r>) -> bool {
        self.seen.is_one_open(&path.through.kinds)
    }

    /// The elements that a path leads to.
    pub(super) fn each_reached(
        &mut self,
        at: PlanIdx,
        env: &Env<'_, 'r>,
        exact: bool,
        visit: &mut super::range::Visit<'_, 'r>,
    ) -> Whole {
        let Node::Reached { of, route, history } = &self.plan.nodes[at] else {
            return Whole::Defer;
        };
        let element = match self.scalar(*of, env) {
            Scalar::Element(element) => element,
            Scalar::Unknown => return Whole::Unknown,
            _ => return Whole::Defer,
        };
        if exact {
            return self.once_each(visit, |run, visit| {
                run.every_reached(*route, *history, element, visit)
            });
        }
        self.every_reached(*route, *history, element, visit)
    }

    fn every_reached(
        &mut self,
        route: RouteIdx,
        history: bool,
        element: ElementIdx,
        visit: &mut super::range::Visit<'_, 'r>,
    ) -> Whole {
        let path = self.path(route, history);
        if self.may_be_open(&path) {
            return Whole::Defer;
        }
        let mut all = self.components(&path);
        let whole = self.search(&mut all, &path, element, &mut |run, element, certain| {
            visit(run, Member { value: Scalar::Element(element), certain })
        });
        self.put_back(&path, all);
        whole
    }

    /// Follows a path from an element, nearest first: what it leads to for certain, then what it may lead to.
    fn search(
        &mut self,
        all: &mut Components<'r>,
        path: &Path<'r>,
        element: ElementIdx,
        visit: &mut dyn FnMut(&mut Self, ElementIdx, bool) -> bool,
    ) -> Whole {
        let mut marks = self.closures.marks.pop().unwrap_or_default();
        marks.begin(all.size());
        let whole = self.search_with(&mut marks, all, path, element, visit);
        self.closures.marks.push(marks);
        whole
    }

    fn search_with(
        &mut self,
        marks: &mut Marks,
        all: &Components<'r>,
        path: &Path<'r>,
        element: ElementIdx,
        visit: &mut dyn FnMut(&mut Self, ElementIdx, bool) -> bool,
    ) -> Whole {
        match self.is_accepted(path.accepts, element) {
            Truth::False => {}
            Truth::Defer => return Whole::Defer,
            accepted => {
                if visit(self, element, accepted == Truth::True) {
                    return Whole::Stopped;
                }
            }
        }
        let mut later: Vec<usize> = Vec::new();
        for way in &*path.ways {
            match self.guard(way.guard, element) {
                Truth::False => {}
                Truth::Defer => return Whole::Defer,
                held => {
                    for other in self.walker.row(&way.follow, element) {
                        let node = all.node(way.to, *other);
                        if held == Truth::True { marks.reach(node, true) } else { later.push(node) }
                    }
                }
            }
        }
        for certain in [true, false] {
            if !certain {
                later.drain(..).for_each(|node| marks.reach(node, false));
            }
            let mut next = 0;
            while let Some(node) = marks.queue.get(next).copied() {
                next += 1;
                let (state, element) = all.state_and_element(crate::index::wide(node));
                let Some(accepts) = all.core.states.get(state).map(|state| &state.accepts) else {
                    return Whole::Defer;
                };
                match self.is_accepted(accepts, element) {
                    Truth::False => {}
                    Truth::Defer => return Whole::Defer,
                    accepted => {
                        if visit(self, element, certain && accepted == Truth::True) {
                            return Whole::Stopped;
                        }
                    }
                }
                for way in all.ways(state) {
                    let held = self.guard(way.guard, element);
                    match held {
                        Truth::False => continue,
                        Truth::Defer => return Whole::Defer,
                        Truth::True | Truth::Unknown => {}
                    }
                    for other in self.walker.row(&way.follow, element) {
                        let node = all.node(way.to, *other);
                        if held == Truth::True || !certain {
                            marks.reach(node, certain);
                        } else {
                            later.push(node);
                        }
                    }
                }
            }
            marks.queue.clear();
        }
        Whole::Known
    }

    pub(super) fn all_hold(&mut self, guard: &'r Guard, element: ElementIdx) -> Truth {
        let mut all = Truth::True;
        for test in guard {
            let holds = match test {
                Test::OfKinds(kinds) => Truth::of(kinds.contains(self.model.kind_of(element))),
                Test::Holds(test) => self.truth(*test, &Env::of(Scalar::Element(element))),
            };
            match holds {
                Truth::False => return Truth::False,
                Truth::True => {}
                Truth::Defer => all = Truth::Defer,
                Truth::Unknown if all == Truth::True => all = Truth::Unknown,
                Truth::Unknown => {}
            }
        }
        all
    }
}

impl Marks {
    fn begin(&mut self, size: usize) {
        if self.by_node.len() < size {
            self.by_node = vec![0; size];
            self.now = 0;
        }
        match self.now.checked_add(2).filter(|next| *next < u32::MAX) {
            Some(next) => self.now = next,
            None => {
                self.by_node.fill(0);
                self.now = 2;
            }
        }
        self.queue.clear();
    }

    /// Comes by a node, unless it was come by before in this search.
    #[inline]
    fn reach(&mut self, node: usize, certain: bool) {
        if let Some(mark) = self.by_node.get_mut(node)
            && *mark < self.now
        {
            *mark = self.now + u32::from(!certain);
            self.queue.push(crate::index::narrow(node));
        }
    }
}

/// What an element has to be found, by whether the condition holds of it.
fn own(truth: Truth) -> Found {
    Found {
        furthest: NOTHING,
        some: truth == Truth::True,
        unknown: truth == Truth::Unknown,
        defer: truth == Truth::Defer,
    }
}

/// The same with a value: as a number that is greater the further it lies.
fn valued(truth: Truth, value: Scalar<'_>, up: bool) -> Found {
    let defer = Found { defer: true, ..Found::NONE };
    match (truth, value, value.rank()) {
        (Truth::Defer, ..) | (_, Scalar::Defer, _) => defer,
        (_, Scalar::Unknown, _) => Found { unknown: true, ..Found::NONE },
        (Truth::True, _, Some(rank)) => {
            let furthest = if up { rank } else { !rank };
            if furthest == NOTHING { defer } else { Found { furthest, some: true, ..Found::NONE } }
        }
        _ => defer,
    }
}

/// Whether `outer` stands in the relation to what was found furthest.
fn against(found: Found, operator: Operator, outer: Scalar<'_>, up: bool) -> Truth {
    match outer {
        Scalar::Defer => return Truth::Defer,
        Scalar::Unknown => {
            return match found {
                Found { defer: true, .. } => Truth::Defer,
                Found { some: false, unknown: false, .. } => Truth::False,
                _ => Truth::Unknown,
            };
        }
        _ => {}
    }
    let Some(outer) = outer.rank() else { return Truth::Defer };
    if found.some {
        let furthest = if up { found.furthest } else { !found.furthest };
        if holds(operator, Some(outer.cmp(&furthest))) {
            return Truth::True;
        }
    }
    match found {
        Found { defer: true, .. } => Truth::Defer,
        Found { unknown: true, .. } => Truth::Unknown,
        _ => Truth::False,
    }
}
