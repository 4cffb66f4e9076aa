//! What recorded deviations cover, followed through edits.

use rustc_hash::FxHashSet;

use super::affected::{Affected, Row, Touch};
use super::difference::is_same;
use super::moves::Moves;
use crate::eval::deviations::Waivers;
use crate::eval::reference::Evaluator;
use crate::model::{Deviation, Model};

/// A rule, by its position, and the id of whom it is asked of; `None` is the model as a whole.
pub(super) type NamedRow = (usize, Option<String>);

/// Whether the touches may change what deviations cover.
pub(super) fn may_turn(model: &Model, touches: &[Touch]) -> bool {
    let is_near = |touch: &Touch| match touch {
        Touch::Element(..) | Touch::Date(..) | Touch::OpenKinds => true,
        Touch::Property(..) | Touch::Link(..) | Touch::Deviations | Touch::Deviation(_) => false,
    };
    touches.iter().any(changes_deviations)
        || (!model.deviations().is_empty() && touches.iter().any(is_near))
        || model.deviations().iter().any(|deviation| deviation.path.is_some())
}

fn changes_deviations(touch: &Touch) -> bool {
    matches!(touch, Touch::Deviations | Touch::Deviation(_))
}

/// What deviations cover at one moment.
pub(super) struct Covered {
    rows: Vec<(Row, usize)>,
    /// The deviations, where others come or go.
    deviations: Option<Vec<Deviation>>,
}

impl Covered {
    pub(super) fn of(model: &Model, waivers: &Waivers, touches: &[Touch]) -> Self {
        let changes = touches.iter().any(changes_deviations);
        Self {
            rows: waivers.all().collect(),
            deviations: changes.then(|| model.deviations().to_vec()),
        }
    }

    /// The rows that are covered by another deviation than before, or no longer, or now. Those of elements that
    /// are gone aren't among them.
    pub(super) fn turned(&self, moves: &Moves, model: &Model, waivers: &Waivers) -> Vec<NamedRow> {
        let mut turned: Vec<Row> = Vec::new();
        let mut known: FxHashSet<Row> = FxHashSet::default();
        for ((rule, asked), position) in &self.rows {
            let Some(asked) = moves.of_asked(*asked) else { continue };
            known.insert((*rule, asked));
            let after = waivers.covering(*rule, asked);
            if !after.is_some_and(|after| self.is_same(*position, model, after)) {
                turned.push((*rule, asked));
            }
        }
        turned.extend(waivers.all().map(|(row, _)| row).filter(|row| !known.contains(row)));
        let name =
            |(rule, asked): Row| (rule, asked.map(|element| model.id_of(element).to_owned()));
        turned.into_iter().map(name).collect()
    }

    fn is_same(&self, before: usize, model: &Model, after: usize) -> bool {
        match &self.deviations {
            None => before == after,
            Some(deviations) => {
                let pair = deviations.get(before).zip(model.deviations().get(after));
                pair.is_some_and(|(before, after)| is_same(before, after))
            }
        }
    }
}

/// The deviations, by position, that may be told otherwise than before.
pub(super) fn concerned(
    evaluator: &Evaluator<'_>,
    affected: &Affected,
    touches: &[Touch],
) -> Vec<usize> {
    let deviations = evaluator.model.deviations();
    if deviations.is_empty() {
        return Vec::new();
    }
    let waivers = evaluator.waivers();
    let mut concerned: Vec<usize> = waivers.paths().to_vec();
    for (rule, asked) in &affected.rows {
        concerned.extend(waivers.of(*rule, *asked));
    }
    for element in &affected.noted {
        concerned.extend(waivers.about(*element));
    }
    for touch in touches {
        match touch {
            Touch::Deviations | Touch::OpenKinds => concerned.extend(0..deviations.len()),
            Touch::Deviation(named) => {
                concerned.extend(positions(deviations, |deviation| named.names(deviation)));
            }
            Touch::Date(a, b) => {
                let (early, late) = (a.days().min(b.days()), a.days().max(b.days()));
                let ends = |deviation: &Deviation| {
                    deviation.until.is_some_and(|until| (early..late).contains(&until.days()))
                };
                concerned.extend(positions(deviations, ends));
            }
            Touch::Element(_, put) => {
                let names =
                    |deviation: &Deviation| deviation.elements.iter().any(|id| **id == **put);
                concerned.extend(positions(deviations, names));
            }
            Touch::Property(..) | Touch::Link(..) => {}
        }
    }
    concerned.sort_unstable();
    concerned.dedup();
    concerned
}

fn positions(
    deviations: &[Deviation],
    are_meant: impl Fn(&Deviation) -> bool,
) -> impl Iterator<Item = usize> {
    deviations.iter().enumerate().filter(move |(_, one)| are_meant(one)).map(|(at, _)| at)
}
