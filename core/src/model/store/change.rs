//! Changes in place, that keep a store as it would be had it been built so.
//!
//! They check nothing: who calls them knows that the change is sound. An element's position holds until
//! one is inserted or removed, a link's until its relation changes.

use std::cmp::Ordering;
use std::sync::OnceLock;

use super::{IdTable, Store, compare_held};
use crate::index::Index;
use crate::metamodel::{KindIdx, PropertyIdx, RelationIdx};
use crate::model::draft::Properties;
use crate::model::{ElementIdx, LinkIdx, Origin};
use crate::sort::sort_by_key;
use crate::value::Value;

impl Store {
    /// Records a value of one of the element's properties, or forgets it.
    pub(crate) fn set_property(
        &mut self,
        element: ElementIdx,
        property: PropertyIdx,
        value: Option<&Value>,
    ) {
        let kind = self.kind_of(element);
        let rows = self.elements_of(kind).len();
        let row = element.to_usize().saturating_sub(self.start_of(kind.to_usize()));
        let old = self.columns[property].get(row);
        let is_dead = |value: Option<&Value>| {
            value.is_some_and(|value| self.metamodel.0.is_dead_state(kind, property, value))
        };
        match (is_dead(old.as_ref()), is_dead(value)) {
            (false, true) => {
                self.live.remove(element.to_usize());
                self.dead[kind] += 1;
            }
            (true, false) => {
                self.live.insert(element.to_usize());
                self.dead[kind] = self.dead[kind].saturating_sub(1);
            }
            (false, false) | (true, true) => {}
        }
        self.derived.changed(property, old.as_ref(), value);
        match value {
            Some(value) => self.columns[property].set(row, rows, value),
            None => self.columns[property].clear(row),
        }
    }

    /// Says where an element is written.
    pub(crate) fn set_origin(&mut self, element: ElementIdx, origin: Option<Origin>) {
        self.origins.set(element, origin);
    }

    /// Adds an element with nothing recorded but its id, which no other has.
    pub(crate) fn insert_element(&mut self, kind: KindIdx, id: &str) -> ElementIdx {
        let (Ok(position) | Err(position)) = self.place_of(kind, id);
        let element = ElementIdx::from_usize(position);
        let row = position.saturating_sub(self.start_of(kind.to_usize()));
        for property in &self.metamodel.0.kinds[kind].properties {
            self.columns[*property].open(row);
        }
        for links in self.links.iter_mut() {
            links.insert_element(element);
        }
        self.ids.insert(position, id);
        if let Some(table) = self.id_table.get_mut()
            && !table.insert(&self.ids, position)
        {
            self.id_table = IdTable::new(&self.ids).map(OnceLock::from).unwrap_or_default();
        }
        self.origins.insert(element);
        self.live.open(position, true);
        for start in self.kind_starts.iter_mut().skip(kind.to_usize() + 1) {
            *start += 1;
        }
        element
    }

    /// Takes an element away, with its links.
    pub(crate) fn remove_element(&mut self, element: ElementIdx) {
        let metamodel = self.metamodel.clone();
        let kind = self.kind_of(element);
        for relation in metamodel.0.relations.indices() {
            for inverse in [false, true] {
                while let Some(link) = self.links[relation].at(element, inverse).last() {
                    self.remove_link(relation, link);
                }
            }
            self.links[relation].remove_element(element);
        }
        let row = element.to_usize().saturating_sub(self.start_of(kind.to_usize()));
        for property in &metamodel.0.kinds[kind].properties {
            self.set_property(element, *property, None);
            self.columns[*property].close(row);
        }
        if let Some(table) = self.id_table.get_mut() {
            table.remove(&self.ids, element.to_usize());
        }
        self.ids.remove(element.to_usize());
        self.origins.remove(element);
        self.live.close(element.to_usize());
        for start in self.kind_starts.iter_mut().skip(kind.to_usize() + 1) {
            *start = start.saturating_sub(1);
        }
    }

    /// Adds a link. Properties are sorted.
    pub(crate) fn insert_link(
        &mut self,
        relation: RelationIdx,
        (from, to): (ElementIdx, ElementIdx),
        properties: &Properties,
    ) -> LinkIdx {
        let valid_from = self.metamodel.0.relations[relation].valid_from;
        let twins = self.links[relation].between(from, to);
        let before = twins.map(LinkIdx::from_usize).take_while(|twin| {
            let twin = self.link_properties(relation, *twin);
            compare_held(&twin, properties, valid_from) != Ordering::Greater
        });
        let before = before.count();
        let slots = self.links[relation].insert((from, to), before);
        let links = self.links[relation].side(false).of(from).len();
        self.derived.linked(relation, false, links);
        let links_back = self.links[relation].side(true).of(to).len();
        self.derived.linked(relation, true, links_back);
        for property in &self.metamodel.0.relations[relation].properties {
            self.columns[*property].follow_insertion(slots);
        }
        let rows = self.links[relation].slot_count();
        for (property, value) in properties {
            self.derived.changed(*property, None, Some(value));
            self.columns[*property].set(slots.at, rows, value);
        }
        LinkIdx::from_usize(slots.at)
    }

    /// Takes a link away.
    pub(crate) fn remove_link(&mut self, relation: RelationIdx, link: LinkIdx) {
        let Some((from, to)) = self.links[relation].ends(link) else { return };
        for (inverse, element) in [(false, from), (true, to)] {
            let links = self.links[relation].side(inverse).of(element).len();
            self.derived.unlinked(relation, inverse, links);
        }
        let properties = self.link_properties(relation, link);
        let Some(moved) = self.links[relation].remove(link) else { return };
        for property in &self.metamodel.0.relations[relation].properties {
            self.columns[*property].follow_removal(moved.clone());
        }
        for (property, value) in &properties {
            self.derived.changed(*property, Some(value), None);
        }
        if let Some(kept) = self.links[relation].compact() {
            for property in &self.metamodel.0.relations[relation].properties {
                self.columns[*property].pick(&kept);
            }
        }
    }

    /// What a link holds, sorted by property.
    pub(crate) fn link_properties(&self, relation: RelationIdx, link: LinkIdx) -> Properties {
        let declared = self.metamodel.0.relations[relation].properties.iter();
        let mut properties: Properties = declared
            .filter_map(|property| Some((*property, self.link_property(link, *property)?)))
            .collect();
        sort_by_key(&mut properties, |(property, _)| *property);
        properties
    }
}
