//! In which row of its lane each element stands, and where in the row.
//!
//! What leads to another element of the kind stands below it. Within rows elements stand as near as can be to
//! what they are linked to. All in whole numbers, so that it comes out the same everywhere.

use std::collections::VecDeque;
use std::ops::Range;

use super::select::Network;
use crate::metamodel::KindIdx;

/// The width of one place in a row.
pub(super) const SLOT: i64 = 1_000;
/// How often rows are put in order.
const SWEEPS: usize = 8;

/// Elements in rows.
pub(super) struct Rows {
    /// From the top, the elements of each from left to right.
    pub(super) order: Vec<Vec<usize>>,
    /// The left side of each element, in thousandths of a place.
    pub(super) lefts: Vec<i64>,
    pub(super) lanes: Vec<(KindIdx, Range<usize>)>,
    /// Places in a row.
    pub(super) columns: i64,
}

pub(super) fn rows(network: &Network<'_>) -> Rows {
    let columns = columns(network.nodes.len());
    let mut layers: Vec<(KindIdx, Vec<usize>)> = Vec::new();
    for lane in lanes(network) {
        for level in levels(network, lane.clone()) {
            let kind = network.nodes.get(lane.start).map(|node| node.kind);
            layers.extend(kind.map(|kind| (kind, level)));
        }
    }
    let neighbours = neighbours(network);
    let mut order = Order::new(&layers, network.nodes.len(), columns);
    for sweep in 0..SWEEPS {
        order.sweep(&neighbours, sweep % 2 == 1);
    }
    let mut rows: Vec<Vec<usize>> = Vec::new();
    let mut lanes: Vec<(KindIdx, Range<usize>)> = Vec::new();
    for (kind, layer) in layers.iter().map(|(kind, _)| *kind).zip(order.layers) {
        let first = rows.len();
        rows.extend(wrapped(layer, columns));
        match lanes.last_mut().filter(|(last, _)| *last == kind) {
            Some((_, range)) => range.end = rows.len(),
            None => lanes.push((kind, first..rows.len())),
        }
    }
    let mut lefts: Vec<i64> = order.centres.iter().map(|centre| centre - SLOT / 2).collect();
    for _ in 0..3 {
        for row in &rows {
            place(row, &neighbours, columns, &mut lefts);
        }
    }
    Rows { order: rows, lefts, lanes, columns }
}

/// Fewer rows for larger pictures; a page still holds them.
fn columns(nodes: usize) -> i64 {
    match nodes {
        0..=8 => 4,
        9..=40 => 6,
        41..=120 => 8,
        121..=400 => 11,
        _ => 16,
    }
}

/// The nodes of each kind; nodes are in model order.
fn lanes(network: &Network<'_>) -> Vec<Range<usize>> {
    let mut lanes: Vec<Range<usize>> = Vec::new();
    for (position, node) in network.nodes.iter().enumerate() {
        let kind = |at: usize| network.nodes.get(at).map(|node| node.kind);
        match lanes.last_mut().filter(|lane| kind(lane.start) == Some(node.kind)) {
            Some(lane) => lane.end = position + 1,
            None => lanes.push(position..position + 1),
        }
    }
    lanes
}

/// The elements of a lane from the top: those that lead to no other, then those that lead to these alone, and so
/// on. Of a circle, the first in model order begins.
fn levels(network: &Network<'_>, lane: Range<usize>) -> Vec<Vec<usize>> {
    let size = lane.len();
    let inside = |at: usize| lane.contains(&at).then(|| at - lane.start);
    let mut below: Vec<Vec<usize>> = vec![Vec::new(); size];
    let mut waits: Vec<usize> = vec![0; size];
    for edge in &network.edges {
        if let (Some(from), Some(to)) = (inside(edge.from), inside(edge.to))
            && from != to
            && let (Some(below), Some(waits)) = (below.get_mut(to), waits.get_mut(from))
        {
            below.push(from);
            *waits += 1;
        }
    }
    let mut level: Vec<Option<usize>> = vec![None; size];
    let mut reached: Vec<usize> = vec![0; size];
    let mut ready: VecDeque<usize> =
        waits.iter().enumerate().filter(|(_, waits)| **waits == 0).map(|(at, _)| at).collect();
    let mut next = 0;
    loop {
        let Some(at) = ready.pop_front() else {
            // What is left goes round in circles.
            match level.iter().skip(next).position(Option::is_none) {
                Some(found) => {
                    next += found;
                    ready.push_back(next);
                    continue;
                }
                None => break,
            }
        };
        let depth = reached.get(at).copied().unwrap_or(0);
        match level.get_mut(at) {
            Some(level @ None) => *level = Some(depth),
            _ => continue,
        }
        for lower in below.get(at).into_iter().flatten() {
            if let Some(reached) = reached.get_mut(*lower) {
                *reached = (*reached).max(depth + 1);
            }
            if let Some(waits) = waits.get_mut(*lower) {
                *waits = waits.saturating_sub(1);
                if *waits == 0 {
                    ready.push_back(*lower);
                }
            }
        }
    }
    let deepest = level.iter().flatten().max().copied().unwrap_or(0);
    let mut levels: Vec<Vec<usize>> = vec![Vec::new(); deepest + 1];
    for (at, depth) in level.iter().enumerate() {
        if let Some(level) = depth.and_then(|depth| levels.get_mut(depth)) {
            level.push(lane.start + at);
        }
    }
    levels.retain(|level| !level.is_empty());
    levels
}

fn neighbours(network: &Network<'_>) -> Vec<Vec<usize>> {
    let mut neighbours: Vec<Vec<usize>> = vec![Vec::new(); network.nodes.len()];
    for edge in &network.edges {
        for (at, other) in [(edge.from, edge.to), (edge.to, edge.from)] {
            if let Some(list) = neighbours.get_mut(at) {
                list.push(other);
            }
        }
    }
    neighbours
}

/// Layers whose elements are being put in order.
struct Order {
    layers: Vec<Vec<usize>>,
    /// The layer of each element.
    layer_of: Vec<usize>,
    /// Where the middle of each element is, before anything stands in the way.
    centres: Vec<i64>,
    width: i64,
}

impl Order {
    fn new(layers: &[(KindIdx, Vec<usize>)], nodes: usize, columns: i64) -> Self {
        let layers: Vec<Vec<usize>> = layers.iter().map(|(_, layer)| layer.clone()).collect();
        let mut layer_of = vec![0; nodes];
        for (number, layer) in layers.iter().enumerate() {
            for node in layer {
                if let Some(place) = layer_of.get_mut(*node) {
                    *place = number;
                }
            }
        }
        let width = columns * SLOT;
        let mut order = Self { layers, layer_of, centres: vec![0; nodes], width };
        for number in 0..order.layers.len() {
            order.spread(number);
        }
        order
    }

    /// Puts each layer in the order of what its elements are linked to in the layers before it, or after it.
    fn sweep(&mut self, neighbours: &[Vec<usize>], upward: bool) {
        let count = self.layers.len();
        for step in 0..count {
            let number = if upward { count - 1 - step } else { step };
            let Some(layer) = self.layers.get(number).cloned() else { continue };
            let mut keyed: Vec<(i64, usize)> = layer
                .into_iter()
                .map(|node| {
                    let linked = neighbours.get(node).into_iter().flatten().filter(|other| {
                        let layer = self.layer_of.get(**other).copied().unwrap_or(number);
                        if upward { layer > number } else { layer < number }
                    });
                    let own = self.centres.get(node).copied().unwrap_or(0);
                    let of = |other: &usize| self.centres.get(*other).copied().unwrap_or(0);
                    (mean(linked.map(of)).unwrap_or(own), node)
                })
                .collect();
            keyed.sort_unstable();
            if let Some(layer) = self.layers.get_mut(number) {
                *layer = keyed.into_iter().map(|(_, node)| node).collect();
            }
            self.spread(number);
        }
    }

    /// Spreads the elements of a layer over the width, in their order.
    fn spread(&mut self, number: usize) {
        let Some(layer) = self.layers.get(number) else { return };
        let count = signed(layer.len());
        for (position, node) in (0_i64..).zip(layer) {
            if let Some(centre) = self.centres.get_mut(*node) {
                *centre = (2 * position + 1) * self.width / (2 * count.max(1));
            }
        }
    }
}

/// The elements of a layer in rows of at most so many, each row over the whole width.
fn wrapped(layer: Vec<usize>, columns: i64) -> Vec<Vec<usize>> {
    let columns = usize::try_from(columns).unwrap_or(1).max(1);
    let count = layer.len().div_ceil(columns).max(1);
    let mut rows: Vec<Vec<usize>> = vec![Vec::new(); count];
    for (position, node) in layer.into_iter().enumerate() {
        if let Some(row) = rows.get_mut(position % count) {
            row.push(node);
        }
    }
    rows
}

/// Places the elements of a row as near as can be to the middle of what they are linked to, in their order and
/// without overlap: the least squares of the way that each has to move.
fn place(row: &[usize], neighbours: &[Vec<usize>], columns: i64, lefts: &mut [i64]) {
    // A row with room to spare keeps its elements apart.
    let count = signed(row.len()).max(1);
    let apart = (columns * SLOT / count).clamp(SLOT, SLOT * 8 / 5);
    // Blocks of elements that touch: the sum of where they would begin, and how many there are.
    let mut blocks: Vec<(i64, i64)> = Vec::new();
    for (position, node) in (0_i64..).zip(row) {
        let own = lefts.get(*node).copied().unwrap_or(0);
        let linked = neighbours.get(*node).into_iter().flatten();
        let wanted = mean(linked.filter_map(|other| lefts.get(*other).copied())).unwrap_or(own);
        let mut block = (wanted - position * apart, 1);
        while let Some((sum, count)) = blocks.last().copied()
            && sum * block.1 >= block.0 * count
        {
            blocks.pop();
            block = (block.0 + sum, block.1 + count);
        }
        blocks.push(block);
    }
    let room = (columns * SLOT - (count - 1) * apart - SLOT).max(0);
    let starts = blocks.iter().flat_map(|(sum, count)| {
        let start = (sum / count).clamp(0, room);
        (0..*count).map(move |_| start)
    });
    for ((position, node), start) in (0_i64..).zip(row).zip(starts) {
        if let Some(left) = lefts.get_mut(*node) {
            *left = start + position * apart;
        }
    }
}

fn mean(numbers: impl Iterator<Item = i64>) -> Option<i64> {
    let (sum, count) = numbers.fold((0, 0), |(sum, count), number| (sum + number, count + 1));
    (count > 0).then(|| sum / count)
}

fn signed(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
