//! Conditions on what paths lead to, for all elements of a span: of paths that follow one relation over and
//! over, which is what most do.

use std::ops::Range;
use std::rc::Rc;

use super::super::closure::Path;
use super::super::components::NOTHING;
use super::super::condensation::{Condensation, Graph};
use super::super::truth::holds;
use super::super::{Run, span_of};
use super::cells::Ranks;
use super::{DEFER, FALSE};
use crate::cel::ast::Operator;
use crate::index::Index;
use crate::model::ElementIdx;
use crate::plan::automaton::{Guard, RouteIdx};
use crate::plan::node::{Node, PlanIdx};

/// Looking at an element on a path takes about as long as so many in a loop.
const VISIT: usize = 10;

/// A path that follows one relation over and over, from elements of a span.
struct Repeated<'r> {
    path: Path<'r>,
    graph: Graph<'r>,
    /// Whether it starts as it goes on, from an element that it can lead to.
    starts_within: bool,
}

impl<'r> Run<'r> {
    pub(super) fn reached_in_loops(
        &mut self,
        at: PlanIdx,
        span: &Range<usize>,
        needed: usize,
    ) -> Option<Vec<u8>> {
        let plan = self.plan;
        match &plan.nodes[at] {
            Node::ReachesItself { of, route, history } => {
                let all = self.repeated(*of, *route, *history, span, needed)?;
                if !all.path.accepts.is_empty() || !all.starts_within {
                    return None;
                }
                let codes = self.condensed(&all);
                let from = span.start.wrapping_sub(all.graph.first);
                Some(codes.is_cyclic().get(from..from.wrapping_add(span.len()))?.to_vec())
            }
            Node::SomeReached { of, route, history, body } => {
                let all = self.repeated(*of, *route, *history, span, needed)?;
                let members = all.graph.span();
                let tests = self.in_loops(*body, &members, members.len())?;
                if !tests.certain {
                    return None;
                }
                let codes = tests.codes.clone();
                self.greatest_reached(&all, codes, FALSE, span)
            }
            Node::FurthestReached { of, route, history, body, value, operator, outer } => {
                let all = self.repeated(*of, *route, *history, span, needed)?;
                let outer = self.ranks(*outer, span)?;
                let up = matches!(operator, Operator::Less | Operator::LessOrEqual);
                let values = self.furthest(*body, *value, up, &all.graph.span())?;
                let furthest = self.greatest_reached(&all, values, NOTHING, span)?;
                Some(against(&furthest, &outer, *operator, up))
            }
            _ => None,
        }
    }

    /// The path as one that can be followed in loops.
    fn repeated(
        &mut self,
        of: PlanIdx,
        route: RouteIdx,
        history: bool,
        span: &Range<usize>,
        needed: usize,
    ) -> Option<Repeated<'r>> {
        if self.plan.nodes[of] != (Node::Variable { out: 0, known: true }) {
            return None;
        }
        let path = self.path(route, history);
        if self.may_be_open(&path) {
            return None;
        }
        let is_plain = |accepts: &[Guard]| accepts.iter().any(|guard| guard.is_empty());
        let [state] = path.through.states.as_slice() else { return None };
        let [way] = state.ways.as_slice() else { return None };
        let is_known =
            path.ways.iter().all(|way| way.guard.is_empty() && way.follow.whole().is_some())
                && (path.accepts.is_empty() || is_plain(path.accepts));
        if !way.guard.is_empty() || !is_plain(&state.accepts) || !is_known {
            return None;
        }
        let members = span_of(self.model, &path.through.kinds);
        let starts_within =
            *path.start == *state.ways && members.start <= span.start && span.end <= members.end;
        let is_worthwhile = members.len() <= needed.saturating_mul(VISIT);
        if !is_worthwhile || !(starts_within || path.accepts.is_empty()) {
            return None;
        }
        let links = self.ways(state, history).first()?.follow.whole()?;
        let graph = Graph { links, first: members.start, width: members.len() };
        Some(Repeated { path, graph, starts_within })
    }

    fn condensed(&mut self, all: &Repeated<'r>) -> Rc<Condensation> {
        let known = self.columns.condensed.entry(all.path.core);
        Rc::clone(known.or_insert_with(|| Rc::new(Condensation::of(&all.graph))))
    }

    /// The greatest value of all that is reached from each element of a span.
    fn greatest_reached<T: Copy + Ord>(
        &mut self,
        all: &Repeated<'r>,
        values: Vec<T>,
        nothing: T,
        span: &Range<usize>,
    ) -> Option<Vec<T>> {
        let Repeated { path, graph, starts_within } = all;
        let condensed = self.condensed(all);
        let values = condensed.greatest(graph, values);
        let first = graph.first;
        let value = |other: &ElementIdx| values.get(other.to_usize().wrapping_sub(first)).copied();
        if !path.accepts.is_empty() {
            if !starts_within {
                return None;
            }
            let from = span.start.wrapping_sub(first);
            return Some(values.get(from..from.wrapping_add(span.len()))?.to_vec());
        }
        let mut found: Option<Vec<T>> = None;
        for way in &*path.ways {
            let row = |row: &[ElementIdx]| row.iter().filter_map(value).fold(nothing, T::max);
            let greatest = self.each_row(&way.follow, span, row);
            found = Some(match found {
                None => greatest,
                Some(found) => found.into_iter().zip(greatest).map(|(a, b)| a.max(b)).collect(),
            });
        }
        Some(found.unwrap_or_else(|| vec![nothing; span.len()]))
    }

    /// By element: how far its value lies, where a condition holds of it. `None` where some of it isn't
    /// certain.
    fn furthest(
        &mut self,
        body: PlanIdx,
        value: PlanIdx,
        up: bool,
        members: &Range<usize>,
    ) -> Option<Vec<i64>> {
        let tests = self.in_loops(body, members, members.len())?;
        let ranks = self.ranks(value, members)?;
        if !tests.certain {
            return None;
        }
        let mut values = Vec::with_capacity(members.len());
        for (row, test) in tests.codes.iter().enumerate() {
            values.push(if *test == FALSE {
                NOTHING
            } else {
                let rank = ranks.get(row).ok()?;
                let far = if up { rank } else { !rank };
                if far == NOTHING {
                    return None;
                }
                far
            });
        }
        Some(values)
    }
}

/// Whether each value stands in the relation to what was found furthest from its element.
fn against(furthest: &[i64], outer: &Ranks, operator: Operator, up: bool) -> Vec<u8> {
    let codes = furthest.iter().enumerate().map(|(row, furthest)| {
        if *furthest == NOTHING {
            return match outer.get(row) {
                Err(DEFER) => DEFER,
                _ => FALSE,
            };
        }
        let furthest = if up { *furthest } else { !*furthest };
        match outer.get(row) {
            Ok(outer) => u8::from(holds(operator, Some(outer.cmp(&furthest)))),
            Err(code) => code,
        }
    });
    codes.collect()
}
