//! Tables as a draft, which tells what is wrong with them.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::sink::{Link, Place, Sink};
use super::{Table, read};
use crate::diagnostic::Diagnostic;
use crate::limits::Limits;
use crate::metamodel::{KindIdx, Metamodel, PropertyIdx};
use crate::model::draft::{Draft, DraftElement, DraftLink};
use crate::model::{Deviation, Origin};
use crate::source::Source;
use crate::value::Value;

/// Everything that the tables say, and what is wrong with each cell of them.
pub(super) fn draft(
    metamodel: &Metamodel,
    tables: &[Table<'_>],
    sources: Vec<Source>,
    limits: &Limits,
) -> Draft {
    let mut drafting = Drafting { draft: Draft::default(), rows: FxHashMap::default() };
    read::read(&metamodel.0, tables, &sources, limits, &mut drafting);
    Draft { sources, ..drafting.draft }
}

struct Drafting {
    draft: Draft,
    /// How many elements of a kind there are.
    rows: FxHashMap<KindIdx, usize>,
}

impl Sink for Drafting {
    fn element(&mut self, kind: KindIdx, id: &str, origin: Origin) -> Place {
        let number = self.draft.elements.len();
        let (properties, refused) = (Vec::new(), Vec::new());
        self.draft.elements.push(DraftElement {
            kind,
            id: Arc::from(id),
            origin,
            properties,
            refused,
        });
        let row = self.rows.entry(kind).or_default();
        let place = Place { kind, number, row: *row };
        *row += 1;
        place
    }

    fn value(&mut self, at: Place, property: PropertyIdx, value: Value) {
        if let Some(element) = self.draft.elements.get_mut(at.number) {
            element.properties.push((property, value));
        }
    }

    fn link(&mut self, link: Link<'_>) {
        let Link { relation, inverse, at, to, origin, properties } = link;
        let (at, to) = (at.number, Arc::from(to));
        self.draft.links.push(DraftLink { relation, inverse, at, to, origin, properties });
    }

    fn open_kind(&mut self, kind: KindIdx) {
        self.draft.open_kinds.push(kind);
    }

    fn deviation(&mut self, deviation: Deviation) {
        self.draft.deviations.push(deviation);
    }

    fn problem(&mut self, problem: Diagnostic, refused: Option<(Place, PropertyIdx)>) {
        self.draft.problems.push(problem);
        if let Some((at, property)) = refused
            && let Some(element) = self.draft.elements.get_mut(at.number)
        {
            element.refused.push(property);
        }
    }

    fn unsound(&mut self, id: &str) {
        self.draft.unsound.insert(id.to_owned());
    }

    fn is_done(&self) -> bool {
        false
    }
}
