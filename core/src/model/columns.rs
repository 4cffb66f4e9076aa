//! The model as evaluators read it that take whole columns at a time.

use crate::index::{BitSet, Csr};
use crate::metamodel::{KindIdx, PropertyIdx, RelationIdx};
use crate::model::store::Column;
use crate::model::{ElementIdx, Model};

impl Model {
    /// What is recorded of a property. Rows are the kind's elements in model order, or for a link's
    /// property the slots of its relation's outgoing adjacency.
    pub(crate) fn column(&self, property: PropertyIdx) -> &Column {
        self.0.column(property)
    }

    /// What each element is linked to at any time: its targets, or read the other way its sources, in
    /// model order. Twice, where there are two links.
    pub(crate) fn adjacency(
        &self,
        relation: RelationIdx,
        inverse: bool,
    ) -> &Csr<ElementIdx, ElementIdx> {
        self.0.relation(relation).side(inverse)
    }

    /// Whether two links of the relation have the same two ends.
    pub(crate) fn has_parallels(&self, relation: RelationIdx) -> bool {
        self.0.relation(relation).has_parallels()
    }

    /// Whether a link of the relation says from when or until when it holds.
    pub(crate) fn has_validity(&self, relation: RelationIdx) -> bool {
        let declared = &self.vocabulary().0.relations[relation];
        let limits = [declared.valid_from, declared.valid_until];
        limits.into_iter().flatten().any(|property| {
            self.column(property).present().is_some_and(|present| present.iter().next().is_some())
        })
    }

    /// The elements that are live.
    pub(crate) fn live(&self) -> &BitSet {
        self.0.live()
    }

    /// Whether all elements of the kind are live.
    pub(crate) fn all_live(&self, kind: KindIdx) -> bool {
        self.0.all_live(kind)
    }
}
