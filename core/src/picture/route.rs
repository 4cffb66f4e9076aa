//! The way of each line: from box to box, and between the boxes of the rows that it passes.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::layout::{BOX_HEIGHT, BOX_WIDTH, Layout, ROW_GAP};
use super::select::Edge;

/// How far lines keep from boxes.
const CLEAR: i64 = 7;
/// The height of an arrow's head.
const HEAD: i64 = 7;

/// A line, as the data of an SVG path, and its head.
pub(super) struct Route {
    pub(super) line: String,
    pub(super) head: String,
}

/// The routes of edges, in their order.
pub(super) fn routes(layout: &Layout, edges: &[Edge]) -> Vec<Route> {
    let ports = ports(layout, edges);
    let route = |(number, edge): (usize, &Edge)| {
        let port = |is_source: bool| ports.get(&(number, is_source)).copied().unwrap_or((0, 0));
        line(layout, *edge, number, port(true), port(false))
    };
    edges.iter().enumerate().map(route).collect()
}

/// An end of a line at a side of a box: where the far end is, the edge, and whether this is its source.
type End = (i64, usize, bool);

/// On which side of a box, and where on it, each line begins and ends: spread in the order of the far ends, so
/// that lines of one box don't cross each other.
fn ports(layout: &Layout, edges: &[Edge]) -> BTreeMap<(usize, bool), (i64, i64)> {
    let mut sides: BTreeMap<(usize, bool), Vec<End>> = BTreeMap::new();
    for (number, edge) in edges.iter().enumerate() {
        let row = |node: usize| layout.row_of.get(node).copied().unwrap_or(0);
        let (from, to) = (row(edge.from), row(edge.to));
        for (node, far, is_source) in [(edge.from, edge.to, true), (edge.to, edge.from, false)] {
            // At one height both ends go over the top.
            let at_top = from == to || (if is_source { to < from } else { from < to });
            let far = layout.boxes.get(far).map_or(0, |place| place.0);
            sides.entry((node, at_top)).or_default().push((far, number, is_source));
        }
    }
    let mut ports = BTreeMap::new();
    for ((node, at_top), mut ends) in sides {
        ends.sort_unstable();
        let (left, top) = layout.boxes.get(node).copied().unwrap_or((0, 0));
        let count = i64::try_from(ends.len()).unwrap_or(1);
        let y = if at_top { top } else { top + BOX_HEIGHT };
        for (position, (_, number, is_source)) in (1_i64..).zip(ends) {
            let x = left + 12 + (BOX_WIDTH - 24) * position / (count + 1);
            ports.insert((number, is_source), (x, y));
        }
    }
    ports
}

fn line(
    layout: &Layout,
    edge: Edge,
    number: usize,
    (x1, y1): (i64, i64),
    (x2, y2): (i64, i64),
) -> Route {
    let row = |node: usize| layout.row_of.get(node).copied().unwrap_or(0);
    let (first, last) = (row(edge.from), row(edge.to));
    let mut line = format!("M{x1} {y1}");
    if first == last {
        let lift = ROW_GAP * 2 / 3;
        let (up, end) = (y1 - lift, y2 - HEAD);
        let _ = write!(line, "C{x1} {up} {x2} {} {x2} {end}", end - lift + HEAD);
        return Route { line, head: head(x2, y2, 1) };
    }
    let down = last > first;
    let step = if down { 1 } else { -1 };
    let (mut x, mut y) = (x1, y1);
    let between = if down { first + 1..last } else { last + 1..first };
    let mut between: Vec<usize> = between.collect();
    if !down {
        between.reverse();
    }
    // Lines through one gap lie beside each other.
    let shift = i64::try_from(number % 5).unwrap_or(0) - 2;
    let total = i64::try_from(between.len()).unwrap_or(0) + 1;
    for (passed, row) in (1_i64..).zip(between) {
        let Some(row) = layout.rows.get(row) else { continue };
        let straight = x1 + (x2 - x1) * passed / total;
        let free = gap(&row.lefts, straight, x) + shift;
        let (enter, leave) = if down {
            (row.top - CLEAR, row.top + BOX_HEIGHT + CLEAR)
        } else {
            (row.top + BOX_HEIGHT + CLEAR, row.top - CLEAR)
        };
        curve(&mut line, (x, y), (free, enter));
        let _ = write!(line, "V{leave}");
        (x, y) = (free, leave);
    }
    curve(&mut line, (x, y), (x2, y2 - step * HEAD));
    Route { line, head: head(x2, y2, step) }
}

/// A curve that leaves and arrives upright.
fn curve(line: &mut String, (x1, y1): (i64, i64), (x2, y2): (i64, i64)) {
    let middle = y1.midpoint(y2);
    let _ = write!(line, "C{x1} {middle} {x2} {middle} {x2} {y2}");
}

/// Where a line can pass a row, nearest to where it would.
fn gap(lefts: &[i64], wanted: i64, coming: i64) -> i64 {
    let is_free =
        |x: i64| lefts.iter().all(|left| x < left - CLEAR || x > left + BOX_WIDTH + CLEAR);
    if is_free(wanted) {
        return wanted;
    }
    let sides = lefts.iter().flat_map(|left| [left - CLEAR - 2, left + BOX_WIDTH + CLEAR + 2]);
    let free = sides.filter(|x| is_free(*x));
    free.min_by_key(|x| ((x - wanted).abs() + (x - coming).abs() / 4, *x)).unwrap_or(wanted)
}

/// A triangle that points at the end of a line.
fn head(x: i64, y: i64, step: i64) -> String {
    let back = y - step * HEAD;
    format!("M{x} {y}L{} {back}L{} {back}Z", x - 4, x + 4)
}
