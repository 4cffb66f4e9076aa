//! What recorded deviations cover, followed through edits.

use std::collections::BTreeMap;

use super::affected::{Affected, Touch};
use super::difference::is_same;
use crate::eval::deviations::Asked;
use crate::eval::reference::Evaluator;
use crate::model::{Deviation, Model};

/// A rule, by its position, and the id of whom it is asked of; `None` is the model as a whole.
pub(super) type NamedRow = (usize, Option<String>);

/// Whether the touches may change what deviations cover.
pub(super) fn may_turn(model: &Model, touches: &[Touch]) -> bool {
    let is_near = |touch: &Touch| match touch {
        Touch::Element(..) | Touch::Date(..) | Touch::Deviations | Touch::OpenKinds => true,
        Touch::Property(..) | Touch::Link(..) => false,
    };
    touches.iter().any(|touch| matches!(touch, Touch::Deviations))
        || model.deviations().iter().any(|deviation| deviation.path.is_some())
        || (!model.deviations().is_empty() && touches.iter().any(is_near))
}

/// The deviation that covers each verdict that one covers; nothing where nobody watches.
pub(super) fn covered(evaluator: &Evaluator<'_>, watches: bool) -> BTreeMap<NamedRow, Deviation> {
    let model = evaluator.model;
    let mut all = BTreeMap::new();
    if !watches {
        return all;
    }
    for (position, deviation) in model.deviations().iter().enumerate() {
        let Some((rule, asked)) = evaluator.waivers().covered(position) else { continue };
        for asked in asked {
            let id = asked.map(|element| model.id_of(element).to_owned());
            all.entry((rule, id)).or_insert_with(|| deviation.clone());
        }
    }
    all
}

/// The rows that are covered by another deviation than before, or no longer, or now.
pub(super) fn turned(
    before: &BTreeMap<NamedRow, Deviation>,
    after: &BTreeMap<NamedRow, Deviation>,
) -> Vec<NamedRow> {
    let rows = before.keys().chain(after.keys().filter(|row| !before.contains_key(*row)));
    let stays = |row: &&NamedRow| match (before.get(*row), after.get(*row)) {
        (Some(a), Some(b)) => is_same(a, b),
        _ => false,
    };
    rows.filter(|row| !stays(row)).cloned().collect()
}

/// The deviations, by position, that may be told otherwise than before.
pub(super) fn concerned(
    evaluator: &Evaluator<'_>,
    affected: &Affected,
    touches: &[Touch],
) -> Vec<usize> {
    let model = evaluator.model;
    let is_everywhere = touches
        .iter()
        .any(|touch| matches!(touch, Touch::Date(..) | Touch::Deviations | Touch::OpenKinds));
    let is_put = |id: &String| {
        touches.iter().any(|touch| matches!(touch, Touch::Element(_, put) if **put == **id))
    };
    let is_affected = |(rule, asked): (usize, &std::collections::BTreeSet<Asked>)| {
        asked.iter().any(|asked| affected.rows.contains(&(rule, *asked)))
    };
    let concerns = |position: &usize| {
        let Some(deviation) = model.deviations().get(*position) else { return false };
        is_everywhere
            || deviation.path.is_some()
            || deviation.elements.iter().any(is_put)
            || deviation
                .elements
                .iter()
                .any(|id| model.find(id).is_some_and(|element| affected.noted.contains(&element)))
            || evaluator.waivers().covered(*position).is_some_and(is_affected)
    };
    (0..model.deviations().len()).filter(concerns).collect()
}
