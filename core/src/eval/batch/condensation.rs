//! The strongly connected components of a graph, each behind those that it leads to, so that what holds of all
//! that a node leads to is worked out in one pass over the nodes.
//!
//! Tarjan's algorithm with one number for each node and a stack of its own: a chain of a million is no deeper
//! than any other.

use std::ops::Range;
use std::slice::Iter;

use crate::index::{Csr, Index, narrow, wide};
use crate::model::ElementIdx;

/// Elements of a span, and what each leads to. Whatever it leads to lies in the span.
#[derive(Debug, Clone, Copy)]
pub(super) struct Graph<'r> {
    pub(super) links: &'r Csr<ElementIdx, ElementIdx>,
    /// The first element of the span, and how many there are.
    pub(super) first: usize,
    pub(super) width: usize,
}

/// The nodes in an order in which what they lead to comes first, but for those of a circle.
#[derive(Debug)]
pub(super) struct Condensation {
    order: Vec<u32>,
    /// Where components of more than one node lie in the order.
    knots: Vec<Range<usize>>,
    /// By node: whether it leads back to itself, as the code of a truth.
    is_cyclic: Vec<u8>,
}

/// A node that is being looked at.
struct Frame<'r> {
    node: usize,
    /// When it was come by.
    number: u32,
    rest: Iter<'r, ElementIdx>,
}

/// The number of a node whose component is complete.
const DONE: u32 = u32::MAX;

impl<'r> Graph<'r> {
    /// The elements that are its nodes.
    pub(super) fn span(&self) -> Range<usize> {
        self.first..self.first.wrapping_add(self.width)
    }

    #[inline]
    fn node(&self, element: ElementIdx) -> usize {
        element.to_usize().wrapping_sub(self.first)
    }

    #[inline]
    fn row(&self, node: usize) -> &'r [ElementIdx] {
        self.links.of(ElementIdx::from_usize(self.first.wrapping_add(node)))
    }
}

impl Condensation {
    pub(super) fn of(graph: &Graph<'_>) -> Self {
        // By node: 0 until it is come by, then the least number that it is known to lead to.
        let mut lowest = vec![0_u32; graph.width];
        let mut this = Self {
            order: Vec::with_capacity(graph.width),
            knots: Vec::new(),
            is_cyclic: vec![0; graph.width],
        };
        let mut frames: Vec<Frame<'_>> = Vec::new();
        // Nodes that are done, and of whose component an earlier node isn't.
        let mut open: Vec<u32> = Vec::new();
        let mut count = 0_u32;
        for root in 0..graph.width {
            if lowest.get(root) != Some(&0) {
                continue;
            }
            let mut next = Some(root);
            loop {
                if let Some(node) = next.take() {
                    let row = graph.row(node);
                    let Some(low) = lowest.get_mut(node) else { break };
                    if row.is_empty() {
                        *low = DONE;
                        this.order.push(narrow(node));
                    } else {
                        count += 1;
                        *low = count;
                        frames.push(Frame { node, number: count, rest: row.iter() });
                    }
                }
                let Some(frame) = frames.last_mut() else { break };
                let Some(low) = lowest.get(frame.node).copied() else { break };
                let mut least = low;
                for element in frame.rest.by_ref() {
                    let node = graph.node(*element);
                    match lowest.get(node) {
                        Some(0) => {
                            next = Some(node);
                            break;
                        }
                        Some(low) => least = least.min(*low),
                        None => {}
                    }
                    if node == frame.node
                        && let Some(code) = this.is_cyclic.get_mut(node)
                    {
                        *code = 1;
                    }
                }
                if least < low
                    && let Some(low) = lowest.get_mut(frame.node)
                {
                    *low = least;
                }
                if next.is_some() {
                    continue;
                }
                let (node, number) = (frame.node, frame.number);
                frames.pop();
                if least < number {
                    open.push(narrow(node));
                    if let Some(low) = frames.last().and_then(|frame| lowest.get_mut(frame.node)) {
                        *low = least.min(*low);
                    }
                    continue;
                }
                this.complete(node, number, &mut open, &mut lowest);
            }
        }
        this
    }

    /// The component of a node that leads to no earlier one.
    #[inline]
    fn complete(&mut self, root: usize, number: u32, open: &mut Vec<u32>, lowest: &mut [u32]) {
        let start = self.order.len();
        while let Some(node) = open.last().map(|node| wide(*node))
            && let Some(low) = lowest.get_mut(node).filter(|low| **low >= number)
        {
            *low = DONE;
            self.order.push(narrow(node));
            open.pop();
        }
        if let Some(low) = lowest.get_mut(root) {
            *low = DONE;
        }
        self.order.push(narrow(root));
        let end = self.order.len();
        if end - start > 1 {
            for node in self.order.get(start..end).unwrap_or_default() {
                if let Some(code) = self.is_cyclic.get_mut(wide(*node)) {
                    *code = 1;
                }
            }
            self.knots.push(start..end);
        }
    }

    /// By node: whether it leads back to itself, as the code of a truth.
    pub(super) fn is_cyclic(&self) -> &[u8] {
        &self.is_cyclic
    }

    /// Of values by node the greatest among its own and those of all that it leads to.
    pub(super) fn greatest<T: Copy + Ord>(&self, graph: &Graph<'_>, mut values: Vec<T>) -> Vec<T> {
        let mut from = 0;
        let end = self.order.len();
        for knot in self.knots.iter().cloned().chain(std::iter::once(end..end)) {
            for node in self.order.get(from..knot.start).unwrap_or_default() {
                let node = wide(*node);
                let Some(own) = values.get(node).copied() else { continue };
                let row = graph.row(node);
                if row.is_empty() {
                    continue;
                }
                let greatest = among(graph, row, &values, own);
                if let Some(value) = values.get_mut(node) {
                    *value = greatest;
                }
            }
            let nodes = self.order.get(knot.clone()).unwrap_or_default();
            let of = |values: &[T], node: &u32| {
                let own = values.get(wide(*node)).copied()?;
                Some(among(graph, graph.row(wide(*node)), values, own))
            };
            let greatest = nodes.iter().filter_map(|node| of(&values, node)).max();
            for node in nodes {
                if let (Some(value), Some(greatest)) = (values.get_mut(wide(*node)), greatest) {
                    *value = greatest;
                }
            }
            from = knot.end;
        }
        values
    }
}

#[inline]
fn among<T: Copy + Ord>(graph: &Graph<'_>, row: &[ElementIdx], values: &[T], own: T) -> T {
    row.iter().fold(own, |greatest, element| match values.get(graph.node(*element)) {
        Some(value) => greatest.max(*value),
        None => greatest,
    })
}
