//! Paths as automata: states joined by single steps over relations, so that any path can be followed through
//! the graph one link at a time, and paths that end alike share what they lead through.

use std::collections::BTreeMap;

use super::node::PlanIdx;
use crate::index::{IndexVec, index_type};
use crate::metamodel::{KindSet, RelationIdx, Vocabulary};
use crate::path::Repeat;
use crate::sort::sort;

index_type! {
    /// A path of a plan.
    pub(crate) struct RouteIdx;
}
index_type! {
    /// What paths lead through after their first step.
    pub(crate) struct CoreIdx;
}

/// Steps of one path, and ways from one to the next, at most: a path with more is left to the plain evaluator.
const MOST_STEPS: usize = 64;
const MOST_WAYS: usize = 2048;

/// What is asked of an element on the way.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Test {
    OfKinds(KindSet),
    Holds(PlanIdx),
}

/// Tests that must all hold: sorted, without doubles.
pub(crate) type Guard = Box<[Test]>;

/// One step: to where a relation leads, where the guard holds of the element that it starts from.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Way {
    pub(crate) guard: Guard,
    pub(crate) relation: RelationIdx,
    pub(crate) inverse: bool,
    /// A state of the core.
    pub(crate) to: usize,
}

/// How far along a path one is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub(crate) struct State {
    /// An element reached in this state is what the path leads to, where one of the guards holds of it.
    pub(crate) accepts: Vec<Guard>,
    pub(crate) ways: Vec<Way>,
}

/// A path: its start, and what it leads through.
#[derive(Debug, Clone)]
pub(crate) struct Automaton {
    pub(crate) start: State,
    pub(crate) core: CoreIdx,
}

/// States that steps lead to, for all paths that have the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Core {
    pub(crate) states: Vec<State>,
    /// The kinds of the elements that steps lead to.
    pub(crate) kinds: KindSet,
}

/// A path as the lowering hands it over: tests are nodes of the plan.
#[derive(Debug)]
pub(super) enum Track {
    Step { relation: RelationIdx, inverse: bool },
    Sequence(Vec<Track>),
    Alternative(Vec<Track>),
    Repeat(Box<Track>, Repeat),
    Guarded(Box<Track>, Test),
}

/// A part of a path: whether it may be empty, and its first and last steps.
#[derive(Debug, Default)]
struct Part {
    empty: Vec<Guard>,
    first: Vec<(Guard, usize)>,
    last: Vec<(usize, Guard)>,
}

/// Steps in the order in which they are written, and which may follow which.
#[derive(Debug, Default)]
struct Builder {
    steps: Vec<(RelationIdx, bool)>,
    follow: Vec<Vec<(Guard, usize)>>,
    ways: usize,
}

/// The automaton of a path; `None` for one that is too large.
pub(super) fn automaton(
    route: &Track,
    vocabulary: &Vocabulary,
    cores: &mut IndexVec<CoreIdx, Core>,
) -> Option<Automaton> {
    let mut builder = Builder::default();
    let whole = builder.part(route)?;
    let mut accepts: Vec<Vec<Guard>> = vec![Vec::new(); builder.steps.len()];
    for (step, guard) in whole.last {
        accepts.get_mut(step)?.push(guard);
    }
    let classes = builder.classes(&mut accepts)?;
    // States are numbered in the order in which they are come by.
    let mut numbers: BTreeMap<usize, usize> = BTreeMap::new();
    let mut order: Vec<usize> = Vec::new();
    let start_ways = builder.ways(&whole.first, &classes)?;
    let mut states: Vec<State> = Vec::new();
    let mut queue: Vec<Way> = start_ways.clone();
    let mut next = 0;
    loop {
        for way in &queue {
            numbers.entry(way.to).or_insert_with(|| {
                order.push(way.to);
                order.len() - 1
            });
        }
        let Some(class) = order.get(next) else { break };
        next += 1;
        let step = classes.iter().position(|c| c == class)?;
        queue = builder.ways(builder.follow.get(step)?, &classes)?;
        states.push(State { accepts: accepts.get(step)?.clone(), ways: queue.clone() });
    }
    let renumber = |ways: Vec<Way>| -> Option<Vec<Way>> {
        ways.into_iter().map(|way| Some(Way { to: *numbers.get(&way.to)?, ..way })).collect()
    };
    let states: Option<Vec<State>> = states
        .into_iter()
        .map(|state| Some(State { ways: renumber(state.ways)?, ..state }))
        .collect();
    let start = State { accepts: tidy(whole.empty), ways: renumber(start_ways)? };
    let kinds = builder.steps.iter().flat_map(|(relation, inverse)| {
        let ends = vocabulary.relations[*relation].ends.iter();
        ends.flat_map(move |(from, to)| if *inverse { from.iter() } else { to.iter() })
    });
    let core = Core { states: states?, kinds: kinds.collect() };
    let known = cores.enumerate().find(|(_, other)| **other == core).map(|(index, _)| index);
    Some(Automaton { start, core: known.unwrap_or_else(|| cores.push(core)) })
}

impl Builder {
    fn part(&mut self, route: &Track) -> Option<Part> {
        match route {
            Track::Step { relation, inverse } => {
                let step = self.steps.len();
                self.steps.push((*relation, *inverse));
                self.follow.push(Vec::new());
                let none = || Guard::default();
                (step < MOST_STEPS).then(|| Part {
                    empty: Vec::new(),
                    first: vec![(none(), step)],
                    last: vec![(step, none())],
                })
            }
            Track::Sequence(parts) => {
                let mut all = Part { empty: vec![Guard::default()], ..Part::default() };
                for part in parts {
                    let part = self.part(part)?;
                    all = self.then(all, part)?;
                }
                Some(all)
            }
            Track::Alternative(parts) => {
                let mut all = Part::default();
                for part in parts {
                    let part = self.part(part)?;
                    all.empty.extend(part.empty);
                    all.first.extend(part.first);
                    all.last.extend(part.last);
                }
                all.empty = tidy(all.empty);
                self.checked(all)
            }
            Track::Repeat(inner, repeat) => {
                let mut part = self.part(inner)?;
                if *repeat != Repeat::Optional {
                    self.join(&part.last, &part.first)?;
                }
                if *repeat != Repeat::Some {
                    part.empty = vec![Guard::default()];
                }
                Some(part)
            }
            Track::Guarded(inner, test) => {
                let mut part = self.part(inner)?;
                let test: Guard = Box::from([test.clone()]);
                for guard in &mut part.empty {
                    *guard = both(guard, &test);
                }
                for (_, guard) in &mut part.last {
                    *guard = both(guard, &test);
                }
                Some(part)
            }
        }
    }

    fn then(&mut self, a: Part, b: Part) -> Option<Part> {
        self.join(&a.last, &b.first)?;
        let mut first = a.first;
        for empty in &a.empty {
            first.extend(b.first.iter().map(|(guard, step)| (both(empty, guard), *step)));
        }
        let mut last = b.last;
        for empty in &b.empty {
            last.extend(a.last.iter().map(|(step, guard)| (*step, both(guard, empty))));
        }
        let empty = a.empty.iter().flat_map(|x| b.empty.iter().map(move |y| both(x, y)));
        self.checked(Part { empty: tidy(empty.collect()), first, last })
    }

    /// Lets the first steps of one part follow the last ones of another.
    fn join(&mut self, last: &[(usize, Guard)], first: &[(Guard, usize)]) -> Option<()> {
        for (step, before) in last {
            let follow = self.follow.get_mut(*step)?;
            follow.extend(first.iter().map(|(guard, next)| (both(before, guard), *next)));
        }
        self.ways = self.ways.saturating_add(last.len().saturating_mul(first.len()));
        (self.ways <= MOST_WAYS).then_some(())
    }

    fn checked(&self, part: Part) -> Option<Part> {
        let size = part.empty.len().max(part.first.len()).max(part.last.len());
        (self.ways <= MOST_WAYS && size <= MOST_WAYS).then_some(part)
    }

    fn ways(&self, follow: &[(Guard, usize)], classes: &[usize]) -> Option<Vec<Way>> {
        let mut ways = Vec::with_capacity(follow.len());
        for (guard, step) in follow {
            let (relation, inverse) = *self.steps.get(*step)?;
            ways.push(Way { guard: guard.clone(), relation, inverse, to: *classes.get(*step)? });
        }
        sort(&mut ways);
        ways.dedup();
        Some(ways)
    }

    /// Steps after which everything goes on alike are one state: the class of each step.
    fn classes(&self, accepts: &mut [Vec<Guard>]) -> Option<Vec<usize>> {
        for guards in accepts.iter_mut() {
            *guards = tidy(std::mem::take(guards));
        }
        let mut classes = vec![0; self.steps.len()];
        let mut count = 0;
        loop {
            let mut keys = BTreeMap::new();
            let mut next = Vec::with_capacity(classes.len());
            for (step, accepts) in accepts.iter().enumerate() {
                let ways = self.ways(self.follow.get(step)?, &classes)?;
                let fresh = keys.len();
                next.push(*keys.entry((accepts, ways)).or_insert(fresh));
            }
            let found = keys.len();
            classes = next;
            if found == count {
                return Some(classes);
            }
            count = found;
        }
    }
}

fn both(a: &Guard, b: &Guard) -> Guard {
    let mut all: Vec<Test> = a.iter().chain(b.iter()).cloned().collect();
    sort(&mut all);
    all.dedup();
    all.into()
}

/// Alternatives without those that another makes needless.
fn tidy(mut guards: Vec<Guard>) -> Vec<Guard> {
    sort(&mut guards);
    guards.dedup();
    if guards.contains(&Guard::default()) { vec![Guard::default()] } else { guards }
}
