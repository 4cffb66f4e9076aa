//! Where what tables say goes to: columns of a model while all is sound, else a draft that tells what isn't.

use crate::diagnostic::Diagnostic;
use crate::metamodel::{KindIdx, PropertyIdx, RelationIdx};
use crate::model::draft::Properties;
use crate::model::{Deviation, Origin};
use crate::value::Value;

/// An element that a table holds.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    pub(super) kind: KindIdx,
    /// Its number among all elements, in the order read.
    pub(super) number: usize,
    /// Its number among those of its kind.
    pub(super) row: usize,
}

/// A link as read at one of its ends.
pub(super) struct Link<'t> {
    pub(super) relation: RelationIdx,
    /// Read at the target's end.
    pub(super) inverse: bool,
    pub(super) at: Place,
    /// The id of the other end.
    pub(super) to: &'t str,
    pub(super) origin: Origin,
    /// Sorted.
    pub(super) properties: Properties,
}

pub(super) trait Sink {
    fn element(&mut self, kind: KindIdx, id: &str, origin: Origin) -> Place;
    fn value(&mut self, at: Place, property: PropertyIdx, value: Value);
    fn link(&mut self, link: Link<'_>);
    fn open_kind(&mut self, kind: KindIdx);
    fn deviation(&mut self, deviation: Deviation);
    /// Reports what is wrong; `refused` is the property that therefore has no value.
    fn problem(&mut self, problem: Diagnostic, refused: Option<(Place, PropertyIdx)>);
    /// What was written as an id and could not be made an element.
    fn unsound(&mut self, id: &str);
    /// Whether reading on is of no use.
    fn is_done(&self) -> bool;
}
