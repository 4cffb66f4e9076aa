//! Tables in which all is sound, straight into columns.

use super::sink::{Link, Place, Sink};
use super::{Table, read};
use crate::diagnostic::Diagnostic;
use crate::index::{narrow, wide};
use crate::limits::Limits;
use crate::metamodel::{KindIdx, Metamodel, PropertyIdx};
use crate::model::draft::Properties;
use crate::model::plain::{Loose, LooseLink, join};
use crate::model::store::Store;
use crate::model::{Deviation, Origin};
use crate::source::Source;
use crate::value::Value;

/// The model that the tables make; `None` where something is wrong with them.
pub(super) fn load(
    metamodel: &Metamodel,
    tables: &[Table<'_>],
    sources: &[Source],
    limits: &Limits,
) -> Option<Store> {
    let mut columns = Columns { loose: Loose::new(metamodel), ids: String::new(), failed: false };
    read::read(&metamodel.0, tables, sources, limits, &mut columns);
    let Columns { loose, ids, failed } = columns;
    // Places in the texts of ids are kept in four bytes.
    if failed || u32::try_from(ids.len()).is_err() {
        return None;
    }
    join(metamodel, &[&ids], sources.to_vec(), loose)
}

struct Columns {
    loose: Loose,
    /// The ids that links name, end to end.
    ids: String,
    failed: bool,
}

impl Sink for Columns {
    fn element(&mut self, kind: KindIdx, id: &str, origin: Origin) -> Place {
        let number = self.loose.elements;
        let section = &mut self.loose.sections[kind];
        let row = section.numbers.len();
        section.ids.push(id);
        section.origins.push(origin);
        section.numbers.push(number);
        self.loose.elements += 1;
        Place { kind, number: wide(number), row }
    }

    fn value(&mut self, at: Place, property: PropertyIdx, value: Value) {
        self.failed |= !self.loose.columns[property].record(at.row, &value);
    }

    fn link(&mut self, link: Link<'_>) {
        let Link { relation, inverse, at, to, origin: _, properties } = link;
        let start = narrow(self.ids.len());
        self.ids.push_str(to);
        let Ok(length) = u16::try_from(to.len()) else {
            self.failed = true;
            return;
        };
        let loose = &mut self.loose.relations[relation];
        let held = if properties == Properties::new() {
            0
        } else {
            loose.held.push(properties);
            narrow(loose.held.len() - 1)
        };
        let [forward, backward] = &mut loose.mentions;
        let mentions = if inverse { backward } else { forward };
        mentions.push(LooseLink { at: narrow(at.number), start, length, source: 0, held });
    }

    fn open_kind(&mut self, kind: KindIdx) {
        self.loose.open_kinds.push(kind);
    }

    fn deviation(&mut self, deviation: Deviation) {
        self.loose.deviations.push(deviation);
    }

    fn problem(&mut self, _: Diagnostic, _: Option<(Place, PropertyIdx)>) {
        self.failed = true;
    }

    fn unsound(&mut self, _: &str) {
        self.failed = true;
    }

    fn is_done(&self) -> bool {
        self.failed
    }
}
