//! What paths lead through as a graph of its own: its nodes are elements in a state of the path. Nodes that
//! lead to each other form a component, and what holds of all that a node leads to holds of its component:
//! it is worked out once for each, from those that come last.
//!
//! The components come from Tarjan's algorithm with a stack of its own, as far as rows ask, so that a chain of
//! a million is no deeper than any other.

use std::slice::Iter;

use super::closure::Path;
use super::graph::Follow;
use super::value::Truth;
use super::{Run, span_of};
use crate::index::Index;
use crate::model::ElementIdx;
use crate::plan::automaton::{Core, Guard, State};
use crate::plan::node::{PlanIdx, Step};

/// The nodes that were come by, and their components.
pub(super) struct Components<'r> {
    pub(super) core: &'r Core,
    /// The first element that can be reached, and how many there are from it to the last.
    first: usize,
    width: usize,
    /// By state, its ways.
    ways: Vec<Vec<Way<'r>>>,
    /// By node.
    marks: Vec<Mark>,
    /// The nodes of the components, one component after the other, those that lead nowhere else first.
    members: Vec<u32>,
    /// By component.
    parts: Vec<Part>,
    open: Vec<u32>,
    frames: Vec<Frame<'r>>,
    visited: u32,
    /// A test on the way has no certain answer: components say nothing then.
    pub(super) is_doubtful: bool,
    pub(super) lattices: Vec<Lattice>,
}

#[derive(Clone)]
pub(super) struct Way<'r> {
    pub(super) guard: &'r Guard,
    pub(super) follow: Follow<'r>,
    pub(super) to: usize,
}

#[derive(Debug, Clone, Copy, Default)]
struct Mark {
    /// When it was come by, from 1; 0: not yet.
    order: u32,
    /// Its component, from 1; 0: none yet.
    component: u32,
}

/// A component.
#[derive(Debug, Clone, Copy)]
struct Part {
    /// Where its nodes end.
    end: u32,
    /// Whether its nodes lead back to themselves.
    is_cyclic: bool,
}

/// A node that is being looked at.
struct Frame<'r> {
    node: u32,
    order: u32,
    low: u32,
    /// The ways that have been begun.
    begun: u32,
    loops: bool,
    /// Where the nodes of the state start that the way leads to.
    to: usize,
    rest: Iter<'r, ElementIdx>,
}

/// What was worked out for components, for one operator.
pub(super) struct Lattice {
    at: PlanIdx,
    values: Vec<Found>,
}

/// What is there to be found from a node on.
#[derive(Debug, Clone, Copy)]
pub(super) struct Found {
    /// The furthest value of an element for which the condition holds; [`NOTHING`] where there is none.
    pub(super) furthest: i64,
    /// Whether there is an element for which the condition holds.
    pub(super) some: bool,
    /// One of which it isn't known.
    pub(super) unknown: bool,
    pub(super) defer: bool,
}

pub(super) const NOTHING: i64 = i64::MIN;

impl Found {
    pub(super) const NONE: Self =
        Self { furthest: NOTHING, some: false, unknown: false, defer: false };

    pub(super) fn truth(self) -> Truth {
        match self {
            Self { some: true, .. } => Truth::True,
            Self { defer: true, .. } => Truth::Defer,
            Self { unknown: true, .. } => Truth::Unknown,
            _ => Truth::False,
        }
    }

    #[must_use]
    pub(super) fn or(self, other: Self) -> Self {
        Self {
            furthest: self.furthest.max(other.furthest),
            some: self.some | other.some,
            unknown: self.unknown | other.unknown,
            defer: self.defer | other.defer,
        }
    }
}

impl<'r> Components<'r> {
    pub(super) fn new(run: &Run<'r>, path: &Path<'r>) -> Self {
        let core = path.through;
        let span = span_of(run.model, &core.kinds);
        let ways = core.states.iter().map(|state| run.ways(state, path.history)).collect();
        Self {
            core,
            first: span.start,
            width: span.len(),
            ways,
            marks: Vec::new(),
            members: Vec::new(),
            parts: Vec::new(),
            open: Vec::new(),
            frames: Vec::new(),
            visited: 0,
            is_doubtful: false,
            lattices: Vec::new(),
        }
    }

    pub(super) fn ways(&self, state: usize) -> &[Way<'r>] {
        self.ways.get(state).map_or(&[], Vec::as_slice)
    }

    /// How many nodes there may be.
    pub(super) fn size(&self) -> usize {
        self.width.saturating_mul(self.core.states.len())
    }

    #[inline]
    pub(super) fn node(&self, state: usize, element: ElementIdx) -> usize {
        self.base(state).wrapping_add(element.to_usize().wrapping_sub(self.first))
    }

    /// Whether the element can be reached at all.
    pub(super) fn is_within(&self, element: ElementIdx) -> bool {
        element.to_usize().checked_sub(self.first).is_some_and(|place| place < self.width)
    }

    #[inline]
    fn base(&self, state: usize) -> usize {
        state.wrapping_mul(self.width)
    }

    #[inline]
    pub(super) fn state_and_element(&self, node: usize) -> (usize, ElementIdx) {
        if self.core.states.len() == 1 {
            return (0, ElementIdx::from_usize(self.first.wrapping_add(node)));
        }
        let (state, place) = (node.checked_div(self.width), node.checked_rem(self.width));
        let element = self.first.wrapping_add(place.unwrap_or_default());
        (state.unwrap_or_default(), ElementIdx::from_usize(element))
    }

    #[inline]
    fn mark(&self, node: usize) -> Mark {
        self.marks.get(node).copied().unwrap_or_default()
    }

    /// Whether a node that was come by leads back to itself.
    pub(super) fn is_cyclic(&self, node: usize) -> bool {
        let component = self.mark(node).component.checked_sub(1).map(crate::index::wide);
        component.and_then(|c| self.parts.get(c)).is_some_and(|part| part.is_cyclic)
    }

    /// Begins with a node.
    #[inline]
    fn enter(&mut self, node: usize) {
        self.visited += 1;
        if let Some(mark) = self.marks.get_mut(node) {
            mark.order = self.visited;
        }
        let node = crate::index::narrow(node);
        self.open.push(node);
        let order = self.visited;
        self.frames.push(Frame {
            node,
            order,
            low: order,
            begun: 0,
            loops: false,
            to: 0,
            rest: [].iter(),
        });
    }

    /// Done with a node: where it is the first of its component, that is complete.
    #[inline]
    fn leave(&mut self) {
        let Some(done) = self.frames.pop() else { return };
        if let Some(before) = self.frames.last_mut() {
            before.low = before.low.min(done.low);
        }
        if done.low != done.order {
            return;
        }
        let component = crate::index::narrow(self.parts.len() + 1);
        let mut size = 0;
        while let Some(node) = self.open.pop() {
            size += 1;
            self.members.push(node);
            if let Some(mark) = self.marks.get_mut(crate::index::wide(node)) {
                mark.component = component;
            }
            if node == done.node {
                break;
            }
        }
        let end = crate::index::narrow(self.members.len());
        self.parts.push(Part { end, is_cyclic: size > 1 || done.loops });
    }
}

impl<'r> Run<'r> {
    pub(super) fn ways(&self, state: &'r State, history: bool) -> Vec<Way<'r>> {
        let ways = state.ways.iter().map(|way| {
            let step = Step { relation: way.relation, inverse: way.inverse, history };
            Way { guard: &way.guard, follow: self.walker.follow(step), to: way.to }
        });
        ways.collect()
    }

    /// Finds the components of a node and of all that it leads to.
    pub(super) fn explore(&mut self, all: &mut Components<'r>, root: usize) {
        if all.marks.is_empty() {
            all.marks = vec![Mark::default(); all.size()];
        }
        if all.is_doubtful || all.mark(root).order != 0 {
            return;
        }
        all.enter(root);
        while let Some(frame) = all.frames.last_mut() {
            if let Some(element) = frame.rest.next() {
                let node = frame.to.wrapping_add(element.to_usize().wrapping_sub(all.first));
                let mark = all.marks.get(node).copied().unwrap_or_default();
                if mark.order == 0 {
                    all.enter(node);
                } else if mark.component == 0 {
                    frame.low = frame.low.min(mark.order);
                    frame.loops |= mark.order == frame.order;
                }
                continue;
            }
            let (node, way) = (crate::index::wide(frame.node), crate::index::wide(frame.begun));
            frame.begun += 1;
            let (state, element) = all.state_and_element(node);
            let Some(Way { guard, follow, to }) = all.ways(state).get(way).cloned() else {
                all.leave();
                continue;
            };
            let rest = match self.guard(guard, element) {
                Truth::True => self.walker.row(&follow, element).iter(),
                Truth::False => continue,
                Truth::Unknown | Truth::Defer => {
                    all.is_doubtful = true;
                    all.frames.clear();
                    return;
                }
            };
            let to = all.base(to);
            if let Some(frame) = all.frames.last_mut() {
                (frame.to, frame.rest) = (to, rest);
            }
        }
    }

    /// What is there to be found from a node on, which was explored. `own` says what there is at an element
    /// that a path leads to.
    pub(super) fn found(
        &mut self,
        all: &mut Components<'r>,
        at: PlanIdx,
        node: usize,
        own: &mut dyn FnMut(&mut Self, ElementIdx) -> Found,
    ) -> Found {
        let number = match all.lattices.iter().position(|lattice| lattice.at == at) {
            Some(number) => number,
            None => {
                all.lattices.push(Lattice { at, values: Vec::new() });
                all.lattices.len() - 1
            }
        };
        let component = all.mark(node).component.checked_sub(1).map(crate::index::wide);
        let Some(component) = component else { return Found { defer: true, ..Found::NONE } };
        if let Some(value) = all.lattices.get(number).and_then(|l| l.values.get(component)) {
            return *value;
        }
        let mut values =
            all.lattices.get_mut(number).map(|l| std::mem::take(&mut l.values)).unwrap_or_default();
        self.fill(all, &mut values, own);
        let found = values.get(component).copied();
        if let Some(lattice) = all.lattices.get_mut(number) {
            lattice.values = values;
        }
        found.unwrap_or(Found { defer: true, ..Found::NONE })
    }

    fn fill(
        &mut self,
        all: &Components<'r>,
        values: &mut Vec<Found>,
        own: &mut dyn FnMut(&mut Self, ElementIdx) -> Found,
    ) {
        let before = values.len().checked_sub(1).and_then(|last| all.parts.get(last));
        let mut start = before.map_or(0, |part| crate::index::wide(part.end));
        values.reserve(all.parts.len().saturating_sub(values.len()));
        for part in all.parts.get(values.len()..).unwrap_or_default() {
            let end = crate::index::wide(part.end);
            let mut value = Found::NONE;
            for node in all.members.get(start..end).unwrap_or_default() {
                let (state, element) = all.state_and_element(crate::index::wide(*node));
                if let Some(state) = all.core.states.get(state)
                    && self.is_accepted(&state.accepts, element) == Truth::True
                {
                    value = value.or(own(self, element));
                }
                for way in all.ways(state) {
                    if self.guard(way.guard, element) != Truth::True {
                        continue;
                    }
                    for other in self.walker.row(&way.follow, element) {
                        let component = all.mark(all.node(way.to, *other)).component;
                        let known = component.checked_sub(1).map(crate::index::wide);
                        // What is of the same component has no value yet, and adds none.
                        if let Some(other) = known.and_then(|c| values.get(c)) {
                            value = value.or(*other);
                        }
                    }
                }
            }
            values.push(value);
            start = end;
        }
    }

    /// Whether all tests hold of an element.
    #[inline]
    pub(super) fn guard(&mut self, guard: &'r Guard, element: ElementIdx) -> Truth {
        if guard.is_empty() {
            return Truth::True;
        }
        self.all_hold(guard, element)
    }

    /// Whether an element is one that the path leads to.
    #[inline]
    pub(super) fn is_accepted(&mut self, accepts: &'r [Guard], element: ElementIdx) -> Truth {
        let mut all = Truth::False;
        for guard in accepts {
            match self.guard(guard, element) {
                Truth::True => return Truth::True,
                Truth::False => {}
                unsure => all = unsure,
            }
        }
        all
    }
}
