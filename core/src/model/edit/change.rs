//! What edits come to: changes of single cells, each with the change that takes it back.

use std::sync::Arc;

use crate::metamodel::{KindIdx, KindSet, PropertyIdx, RelationIdx};
use crate::model::draft::Properties;
use crate::model::store::Store;
use crate::model::{Deviation, ElementIdx, LinkIdx, Origin};
use crate::value::Value;

/// A change of a store. Positions of elements are those of the moment at which it is made.
#[derive(Debug, Clone)]
pub(crate) enum Change {
    /// Adds an element that has no links.
    Insert {
        kind: KindIdx,
        id: Arc<str>,
        origin: Option<Origin>,
        properties: Properties,
    },
    /// Takes away an element that has no links.
    Remove {
        element: ElementIdx,
    },
    Set {
        element: ElementIdx,
        property: PropertyIdx,
        value: Option<Value>,
    },
    /// Says where the element is written.
    Place {
        element: ElementIdx,
        origin: Option<Origin>,
    },
    Link(LinkChange),
    Unlink(LinkChange),
    /// Says which kinds are not recorded completely.
    Open {
        kinds: KindSet,
    },
    /// Records a deviation at a place among the others.
    Deviate {
        at: usize,
        deviation: Deviation,
    },
    Withdraw {
        at: usize,
    },
}

/// A link that comes or goes. Properties are sorted.
#[derive(Debug, Clone)]
pub(crate) struct LinkChange {
    pub(crate) relation: RelationIdx,
    pub(crate) from: ElementIdx,
    pub(crate) to: ElementIdx,
    pub(crate) properties: Properties,
}

impl Store {
    /// Makes a change. Yields the change that takes it back, or nothing where there is nothing to change.
    pub(crate) fn change(&mut self, change: &Change) -> Option<Change> {
        match change {
            Change::Insert { kind, id, origin, properties } => {
                let element = self.insert_element(*kind, id);
                self.set_origin(element, *origin);
                for (property, value) in properties {
                    self.set_property(element, *property, Some(value));
                }
                Some(Change::Remove { element })
            }
            Change::Remove { element } => {
                let back = Change::Insert {
                    kind: self.kind_of(*element),
                    id: Arc::from(self.id_of(*element)),
                    origin: self.origin(*element),
                    properties: self.own_properties(*element),
                };
                self.remove_element(*element);
                Some(back)
            }
            Change::Set { element, property, value } => {
                let before = self.property(*element, *property);
                self.set_property(*element, *property, value.as_ref());
                Some(Change::Set { element: *element, property: *property, value: before })
            }
            Change::Place { element, origin } => {
                let before = self.origin(*element);
                self.set_origin(*element, *origin);
                Some(Change::Place { element: *element, origin: before })
            }
            Change::Link(link) => {
                self.insert_link(link.relation, (link.from, link.to), &link.properties);
                Some(Change::Unlink(link.clone()))
            }
            Change::Unlink(link) => {
                let mut between = self.links_between(link.relation, link.from, link.to).into_iter();
                let (found, _) = between.find(|(_, held)| *held == link.properties)?;
                self.remove_link(link.relation, found);
                Some(Change::Link(link.clone()))
            }
            Change::Open { kinds } => {
                let before = std::mem::replace(&mut self.open_kinds, kinds.clone());
                Some(Change::Open { kinds: before })
            }
            Change::Deviate { at, deviation } => {
                let at = (*at).min(self.deviations.len());
                self.deviations.insert(at, deviation.clone());
                Some(Change::Withdraw { at })
            }
            Change::Withdraw { at } => {
                let deviation =
                    (*at < self.deviations.len()).then(|| self.deviations.remove(*at))?;
                Some(Change::Deviate { at: *at, deviation })
            }
        }
    }

    /// What is recorded of an element, its id aside, in the order of the kind's properties.
    pub(crate) fn own_properties(&self, element: ElementIdx) -> Properties {
        let kind = &self.metamodel.0.kinds[self.kind_of(element)];
        let id = kind.property_by_name.get("id");
        let properties = kind.properties.iter().filter(|property| Some(*property) != id);
        properties
            .filter_map(|property| Some((*property, self.property(element, *property)?)))
            .collect()
    }

    /// The links of a relation from one element to another, with what they hold.
    pub(crate) fn links_between(
        &self,
        relation: RelationIdx,
        from: ElementIdx,
        to: ElementIdx,
    ) -> Vec<(LinkIdx, Properties)> {
        let links = self.links(from, relation, false).map(|link| link.link);
        links
            .filter(|link| self.link_ends(relation, *link).1 == to)
            .map(|link| (link, self.link_properties(relation, link)))
            .collect()
    }
}
