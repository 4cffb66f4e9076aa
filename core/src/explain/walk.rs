//! The way that a path walked to an element.

use std::collections::BTreeMap;

use crate::eval::outcome::Outcome;
use crate::eval::reach::Reach;
use crate::eval::reference::{Evaluator, Frame, Lets, lookup};
use crate::hir::{HirIdx, Op, Route};
use crate::model::ElementIdx;
use crate::path::Repeat;
use crate::value::Value;

/// The elements from the start of the path in the node to `target`, both included; `None` where no path
/// was walked or none leads there.
pub(super) fn trail(
    evaluator: &Evaluator<'_>,
    frame: &mut Frame<'_>,
    lets: &Lets<'_>,
    bodies: Bodies<'_>,
    at: HirIdx,
    target: ElementIdx,
) -> Option<Vec<ElementIdx>> {
    let body = bodies.body;
    let inner = |frame: &mut Frame<'_>, at| trail(evaluator, frame, lets, bodies, at, target);
    match &body.nodes[at].op {
        Op::Path { of, path, history } => {
            let from = element(&evaluator.node(frame, *of))?;
            let path = lookup(path, evaluator.model.kind_of(from))?;
            let route = &evaluator.packs.paths[path].route;
            Walk::new(evaluator, *history).find(route, from, target)
        }
        Op::Filter { range, .. } => inner(frame, *range),
        Op::Of { of, .. } => inner(frame, *of),
        Op::Let(position) => {
            let (_, body) = bodies.lets.get(*position)?;
            let mut outer = Frame::new(body, &[frame.local(0)], lets);
            trail(evaluator, &mut outer, lets, Bodies { body, ..bodies }, body.root, target)
        }
        Op::Define { of, definition, args } => {
            let of = evaluator.node(frame, *of);
            let definition = lookup(definition, evaluator.model.kind_of(element(&of)?))?;
            let body = evaluator.packs.definitions[definition].body.as_ref()?;
            let mut arguments = vec![of];
            arguments.extend(args.iter().map(|arg| evaluator.node(frame, *arg)));
            let none = Lets::new(&[]);
            let mut inside = Frame::new(body, &arguments, &none);
            trail(evaluator, &mut inside, &none, Bodies { body, lets: &[] }, body.root, target)
        }
        Op::Spread { list, slot, body: each, .. } => {
            let Outcome::List(members) = evaluator.node(frame, *list) else { return None };
            for member in &members.items {
                frame.set(*slot, member.value.clone());
                let reached = evaluator.node(frame, *each);
                if let Some(via) = element(&member.value)
                    && holds(&reached, target)
                    && let Some(mut way) = trail(evaluator, frame, lets, bodies, *list, via)
                {
                    way.push(target);
                    return Some(way);
                }
            }
            None
        }
        _ => None,
    }
}

/// Where a node is: its body, and the `let`s that it may name.
#[derive(Clone, Copy)]
pub(super) struct Bodies<'b> {
    pub(super) body: &'b crate::hir::Body,
    pub(super) lets: &'b [(String, crate::hir::Body)],
}

pub(super) fn element(outcome: &Outcome) -> Option<ElementIdx> {
    match outcome {
        Outcome::Value(Value::Element(element)) => Some(*element),
        _ => None,
    }
}

fn holds(outcome: &Outcome, target: ElementIdx) -> bool {
    match outcome {
        Outcome::List(list) => list.items.iter().any(|item| element(&item.value) == Some(target)),
        other => element(other) == Some(target),
    }
}

/// Steps taken so far: each is an element and the step before it.
struct Walk<'w, 'm> {
    evaluator: &'w Evaluator<'m>,
    history: bool,
    steps: Vec<(ElementIdx, Option<usize>)>,
}

/// Elements reached, with the last step of the shortest way to each.
type Reached = BTreeMap<ElementIdx, usize>;

impl<'w, 'm> Walk<'w, 'm> {
    fn new(evaluator: &'w Evaluator<'m>, history: bool) -> Self {
        Self { evaluator, history, steps: Vec::new() }
    }

    fn find(
        mut self,
        route: &Route,
        from: ElementIdx,
        target: ElementIdx,
    ) -> Option<Vec<ElementIdx>> {
        self.steps.push((from, None));
        let reached = self.follow(route, &Reached::from([(from, 0)]));
        let mut at = reached.get(&target).copied();
        let mut way = Vec::new();
        while let Some((element, before)) = at.and_then(|at| self.steps.get(at)) {
            way.push(*element);
            at = *before;
        }
        way.reverse();
        (!way.is_empty()).then_some(way)
    }

    fn follow(&mut self, route: &Route, from: &Reached) -> Reached {
        match route {
            Route::Step { relation, inverse } => {
                let mut reached = Reached::new();
                for (element, step) in from {
                    let next =
                        self.evaluator.neighbours(*element, *relation, *inverse, self.history);
                    for target in next.elements.keys() {
                        let steps = &mut self.steps;
                        reached.entry(*target).or_insert_with(|| {
                            steps.push((*target, Some(*step)));
                            steps.len().saturating_sub(1)
                        });
                    }
                }
                reached
            }
            Route::Sequence(parts) => {
                parts.iter().fold(from.clone(), |at, part| self.follow(part, &at))
            }
            Route::Alternative(parts) => {
                let mut all = Reached::new();
                for part in parts {
                    merge(&mut all, self.follow(part, from));
                }
                all
            }
            Route::Repeat(inner, repeat) => {
                let mut all = if *repeat == Repeat::Some { Reached::new() } else { from.clone() };
                let mut frontier = from.clone();
                while !frontier.is_empty() {
                    let next = self.follow(inner, &frontier);
                    frontier = merge(&mut all, next);
                    if *repeat == Repeat::Optional {
                        break;
                    }
                }
                all
            }
            Route::OfKind(inner, kinds) => {
                let mut reached = self.follow(inner, from);
                reached.retain(|element, _| kinds.contains(self.evaluator.model.kind_of(*element)));
                reached
            }
            Route::Where(inner, test) => {
                let mut reached = self.follow(inner, from);
                reached.retain(|element, _| {
                    self.evaluator
                        .keep_where(Reach::from(*element), test)
                        .is_ok_and(|kept| !kept.elements.is_empty())
                });
                reached
            }
        }
    }
}

/// Adds what is new, and gives that back.
fn merge(all: &mut Reached, more: Reached) -> Reached {
    let mut new = Reached::new();
    for (element, step) in more {
        if let std::collections::btree_map::Entry::Vacant(place) = all.entry(element) {
            place.insert(step);
            new.insert(element, step);
        }
    }
    new
}
