//! Where everything is in the picture, in pixels.

use super::rows::{Rows, SLOT, rows};
use super::select::Network;
use crate::metamodel::KindIdx;

pub(super) const BOX_WIDTH: i64 = 164;
pub(super) const BOX_HEIGHT: i64 = 46;
/// Between boxes beside each other.
const GAP: i64 = 18;
/// Between rows, for the lines.
pub(super) const ROW_GAP: i64 = 34;
/// Above the first and below the last row of a lane.
const LANE_PADDING: i64 = 16;
const LANE_GAP: i64 = 10;
/// For the names of lanes.
pub(super) const LABELS: i64 = 128;
pub(super) const MARGIN: i64 = 16;

/// A picture with places.
pub(super) struct Layout {
    pub(super) width: i64,
    /// Where the last lane ends.
    pub(super) bottom: i64,
    pub(super) lanes: Vec<Lane>,
    /// By node, the upper left corner of its box.
    pub(super) boxes: Vec<(i64, i64)>,
    /// By node.
    pub(super) row_of: Vec<usize>,
    pub(super) rows: Vec<Row>,
}

pub(super) struct Lane {
    pub(super) kind: KindIdx,
    pub(super) top: i64,
    pub(super) height: i64,
    pub(super) count: usize,
}

pub(super) struct Row {
    pub(super) top: i64,
    /// The left sides of its boxes, in order.
    pub(super) lefts: Vec<i64>,
}

/// Lays out everything below a heading.
pub(super) fn layout(network: &Network<'_>, top: i64) -> Layout {
    let Rows { order, lefts, lanes, columns } = rows(network);
    let left = MARGIN + LABELS;
    let width = left + columns * (BOX_WIDTH + GAP) + MARGIN;
    let mut layout = Layout {
        width,
        bottom: top,
        lanes: Vec::new(),
        boxes: vec![(0, 0); network.nodes.len()],
        row_of: vec![0; network.nodes.len()],
        rows: Vec::new(),
    };
    let mut y = top;
    for (kind, range) in lanes {
        let lane_top = y;
        let mut count = 0;
        y += LANE_PADDING;
        for row in order.get(range).unwrap_or(&[]) {
            let x = |node: &usize| {
                let slot = lefts.get(*node).copied().unwrap_or(0);
                left + GAP / 2 + slot * (BOX_WIDTH + GAP) / SLOT
            };
            for node in row {
                if let Some(place) = layout.boxes.get_mut(*node) {
                    *place = (x(node), y);
                }
                if let Some(place) = layout.row_of.get_mut(*node) {
                    *place = layout.rows.len();
                }
            }
            layout.rows.push(Row { top: y, lefts: row.iter().map(x).collect() });
            count += row.len();
            y += BOX_HEIGHT + ROW_GAP;
        }
        y += LANE_PADDING - ROW_GAP;
        layout.lanes.push(Lane { kind, top: lane_top, height: y - lane_top, count });
        y += LANE_GAP;
    }
    layout.bottom = y;
    layout
}
