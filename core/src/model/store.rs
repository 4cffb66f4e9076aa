//! Where a model's elements and links live.

use std::ops::Range;

use crate::metamodel::{KindIdx, KindSet, Metamodel, PropertyIdx, RelationIdx};
use crate::model::{Deviation, ElementIdx, LinkIdx, LinkRef, Origin};
use crate::source::Source;
use crate::value::{Timestamp, Value};

#[derive(Debug)]
pub(crate) struct Store {
    pub(crate) metamodel: Metamodel,
    pub(crate) sources: Vec<Source>,
    pub(crate) open_kinds: KindSet,
    pub(crate) deviations: Vec<Deviation>,
}

impl Store {
    pub(crate) fn element_count(&self) -> usize {
        0
    }
    pub(crate) fn elements_of(&self, _kind: KindIdx) -> Range<u32> {
        0..0
    }
    pub(crate) fn kind_of(&self, _element: ElementIdx) -> KindIdx {
        <KindIdx as crate::index::Index>::from_usize(0)
    }
    pub(crate) fn id_of(&self, _element: ElementIdx) -> &str {
        ""
    }
    pub(crate) fn find(&self, _id: &str) -> Option<ElementIdx> {
        None
    }
    pub(crate) fn property(&self, _e: ElementIdx, _p: PropertyIdx) -> Option<Value> {
        None
    }
    pub(crate) fn is_live(&self, _element: ElementIdx) -> bool {
        true
    }
    pub(crate) fn links(
        &self,
        _element: ElementIdx,
        _relation: RelationIdx,
        _inverse: bool,
    ) -> impl Iterator<Item = LinkRef> + '_ {
        std::iter::empty()
    }
    pub(crate) fn link_ends(&self, _r: RelationIdx, _l: LinkIdx) -> (ElementIdx, ElementIdx) {
        let zero = <ElementIdx as crate::index::Index>::from_usize(0);
        (zero, zero)
    }
    pub(crate) fn link_property(
        &self,
        _r: RelationIdx,
        _l: LinkIdx,
        _p: PropertyIdx,
    ) -> Option<Value> {
        None
    }
    pub(crate) fn is_current(&self, _r: RelationIdx, _l: LinkIdx, _d: Timestamp) -> bool {
        true
    }
    pub(crate) fn origin(&self, _element: ElementIdx) -> Option<Origin> {
        None
    }
}
