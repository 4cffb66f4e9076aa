//! Where a model's elements and links live: columns, and adjacency both ways.

#[cfg_attr(not(test), expect(dead_code, reason = "for edits in place"))]
mod change;
mod column;
mod derived;
mod links;
#[cfg(test)]
mod tests;
mod texts;

use std::cmp::Ordering;
use std::ops::Range;
use std::sync::Arc;

pub(crate) use self::column::Column;
#[expect(unused_imports, reason = "for evaluators of whole columns")]
pub(crate) use self::column::{Cells, TextCells};
use self::derived::Derived;
pub(crate) use self::links::Links;
use self::texts::Texts;
use crate::diagnostic::Diagnostics;
use crate::index::{BitSet, Index, IndexVec, narrow, wide};
use crate::metamodel::{KindIdx, KindSet, Metamodel, PropertyIdx, RelationIdx};
use crate::model::draft::Properties;
use crate::model::{Deviation, ElementIdx, LinkIdx, LinkRef, Origin};
use crate::source::Source;
use crate::value::{Timestamp, Value};

/// What a model holds.
///
/// Invariant: elements lie in model order (kind, then id by code point), and links of a relation in
/// theirs, whatever was edited: a position compares as what lies there does.
#[derive(Debug, Clone)]
pub(crate) struct Store {
    pub(crate) metamodel: Metamodel,
    pub(crate) sources: Vec<Source>,
    pub(crate) open_kinds: KindSet,
    pub(crate) deviations: Vec<Deviation>,
    pub(crate) warnings: Option<Diagnostics>,
    /// By element.
    ids: Texts,
    /// By element; without entries where the places are found only when asked for.
    origins: IndexVec<ElementIdx, Option<Origin>>,
    /// The first element of each kind, and at the end the number of elements.
    kind_starts: Vec<u32>,
    live: BitSet,
    /// Elements of each kind that are not live.
    dead: IndexVec<KindIdx, usize>,
    /// Rows of a kind's property are the kind's elements, of a link property the relation's links.
    columns: IndexVec<PropertyIdx, Column>,
    links: IndexVec<RelationIdx, Links>,
    derived: Derived,
}

/// An element that is sound, on its way into a store.
#[derive(Debug)]
pub(crate) struct NewElement {
    pub(crate) kind: KindIdx,
    pub(crate) id: Arc<str>,
    pub(crate) origin: Option<Origin>,
    pub(crate) properties: Properties,
}

/// A link that is sound, on its way into a store. Properties are sorted.
#[derive(Debug)]
pub(crate) struct NewLink {
    pub(crate) from: ElementIdx,
    pub(crate) to: ElementIdx,
    pub(crate) properties: Properties,
}

/// What a store has besides elements and links.
#[derive(Debug, Default)]
pub(crate) struct Surroundings {
    pub(crate) sources: Vec<Source>,
    pub(crate) open_kinds: KindSet,
    pub(crate) deviations: Vec<Deviation>,
    pub(crate) warnings: Option<Diagnostics>,
}

impl Store {
    /// Builds the columns. Elements come in model order with different ids; links in any order.
    pub(crate) fn build(
        metamodel: Metamodel,
        elements: Vec<NewElement>,
        mut links: IndexVec<RelationIdx, Vec<NewLink>>,
        surroundings: Surroundings,
    ) -> Self {
        let Surroundings { sources, open_kinds, deviations, warnings } = surroundings;
        let kind_starts = kind_starts(&metamodel, &elements);
        let mut store = Self {
            columns: columns(&metamodel),
            sources,
            open_kinds,
            deviations,
            warnings,
            ids: Texts::default(),
            origins: elements.iter().map(|element| element.origin).collect(),
            live: BitSet::full(elements.len()),
            dead: metamodel.0.kinds.iter().map(|_| 0).collect(),
            derived: Derived::new(&metamodel.0),
            kind_starts,
            links: IndexVec::new(),
            metamodel,
        };
        store.fill_elements(elements);
        for relation in store.metamodel.0.relations.indices() {
            let links = links.lookup_mut(relation).map(std::mem::take).unwrap_or_default();
            store.fill_links(relation, links);
        }
        store
    }

    fn fill_elements(&mut self, elements: Vec<NewElement>) {
        let vocabulary = self.metamodel.0.clone();
        for (position, element) in elements.into_iter().enumerate() {
            self.ids.push(&element.id);
            let start = self.start_of(element.kind.to_usize());
            let rows = self.start_of(element.kind.to_usize() + 1).saturating_sub(start);
            let row = position.saturating_sub(start);
            let mut live = true;
            for (property, value) in element.properties {
                live &= !vocabulary.is_dead_state(element.kind, property, &value);
                self.columns[property].set(row, rows, &value);
            }
            if !live {
                self.live.remove(position);
                self.dead[element.kind] += 1;
            }
        }
        self.ids.shrink_to_fit();
    }

    fn fill_links(&mut self, relation: RelationIdx, mut links: Vec<NewLink>) {
        let valid_from = self.metamodel.0.relations[relation].valid_from;
        links.sort_by(|a, b| compare_links(a, b, valid_from));
        let rows = links.len();
        let ends = links.iter().map(|link| (link.from, link.to));
        self.links.push(Links::from_sorted(ends));
        for (row, link) in links.into_iter().enumerate() {
            for (property, value) in link.properties {
                self.columns[property].set(row, rows, &value);
            }
        }
    }

    fn start_of(&self, kind: usize) -> usize {
        self.kind_starts.get(kind).copied().map_or(0, wide)
    }

    pub(crate) fn element_count(&self) -> usize {
        self.ids.len()
    }

    pub(crate) fn link_count(&self) -> usize {
        self.links.iter().map(Links::count).sum()
    }

    pub(crate) fn elements_of(&self, kind: KindIdx) -> Range<u32> {
        let bound = |kind: usize| self.kind_starts.get(kind).copied().unwrap_or(0);
        bound(kind.to_usize())..bound(kind.to_usize() + 1)
    }

    pub(crate) fn elements(&self) -> impl DoubleEndedIterator<Item = ElementIdx> + use<> {
        (0..self.ids.len()).map(ElementIdx::from_usize)
    }

    pub(crate) fn kind_of(&self, element: ElementIdx) -> KindIdx {
        let after = self.kind_starts.partition_point(|start| wide(*start) <= element.to_usize());
        KindIdx::from_usize(after.saturating_sub(1))
    }

    pub(crate) fn id_of(&self, element: ElementIdx) -> &str {
        self.ids.get(element.to_usize()).unwrap_or("")
    }

    pub(crate) fn find(&self, id: &str) -> Option<ElementIdx> {
        self.metamodel.0.kinds.indices().find_map(|kind| {
            let place = self.place_of(kind, id);
            place.ok().map(ElementIdx::from_usize)
        })
    }

    /// Where the element of a kind with an id is, else where it would be.
    fn place_of(&self, kind: KindIdx, id: &str) -> Result<usize, usize> {
        let Range { start, end } = self.elements_of(kind);
        let (mut low, mut high) = (wide(start), wide(end));
        while low < high {
            let middle = low.midpoint(high);
            match self.id_of(ElementIdx::from_usize(middle)).cmp(id) {
                Ordering::Less => low = middle + 1,
                Ordering::Equal => return Ok(middle),
                Ordering::Greater => high = middle,
            }
        }
        Err(low)
    }

    pub(crate) fn property(&self, element: ElementIdx, property: PropertyIdx) -> Option<Value> {
        let kind = self.kind_of(element);
        let row = element.to_usize().checked_sub(self.start_of(kind.to_usize()))?;
        match self.columns.lookup(property)? {
            Column::Id => Some(Value::text(self.id_of(element))),
            column => column.get(row),
        }
    }

    pub(crate) fn is_live(&self, element: ElementIdx) -> bool {
        self.live.contains(element.to_usize())
    }

    pub(crate) fn live(&self) -> &BitSet {
        &self.live
    }

    pub(crate) fn all_live(&self, kind: KindIdx) -> bool {
        self.dead[kind] == 0
    }

    pub(crate) fn column(&self, property: PropertyIdx) -> &Column {
        &self.columns[property]
    }

    /// The links of a relation.
    pub(crate) fn relation(&self, relation: RelationIdx) -> &Links {
        &self.links[relation]
    }

    pub(crate) fn links(
        &self,
        element: ElementIdx,
        relation: RelationIdx,
        inverse: bool,
    ) -> impl Iterator<Item = LinkRef> + '_ {
        let links = self.links[relation].at(element, inverse);
        links.map(move |link| LinkRef { relation, link, inverse })
    }

    pub(crate) fn links_of(&self, relation: RelationIdx) -> usize {
        self.links[relation].count()
    }

    pub(crate) fn most_links(&self, relation: RelationIdx, inverse: bool) -> usize {
        self.derived.most_links(relation, inverse, || self.links[relation].longest(inverse))
    }

    pub(crate) fn tally(&self, property: PropertyIdx) -> &[usize] {
        self.derived.tally(property, || self.columns[property].tally())
    }

    pub(crate) fn extent(&self, property: PropertyIdx) -> (usize, usize) {
        self.derived.extent(property, || self.columns[property].extent())
    }

    pub(crate) fn link_ends(
        &self,
        relation: RelationIdx,
        link: LinkIdx,
    ) -> (ElementIdx, ElementIdx) {
        // Invariant: a link is one of its relation.
        let nowhere = ElementIdx::from_usize(self.ids.len());
        self.links[relation].ends(link).unwrap_or((nowhere, nowhere))
    }

    pub(crate) fn link_property(&self, link: LinkIdx, property: PropertyIdx) -> Option<Value> {
        self.columns.lookup(property)?.get(link.to_usize())
    }

    pub(crate) fn is_current(&self, relation: RelationIdx, link: LinkIdx, date: Timestamp) -> bool {
        let relation = &self.metamodel.0.relations[relation];
        let limit = |property: Option<PropertyIdx>| {
            let column = self.columns.lookup(property?)?;
            column.date(link.to_usize()).map(i64::from)
        };
        limit(relation.valid_from).is_none_or(|from| from <= date.days())
            && limit(relation.valid_until).is_none_or(|until| date.days() <= until)
    }

    pub(crate) fn origin(&self, element: ElementIdx) -> Option<Origin> {
        self.origins.lookup(element).copied().flatten()
    }
}

fn kind_starts(metamodel: &Metamodel, elements: &[NewElement]) -> Vec<u32> {
    let kinds = metamodel.0.kinds.len();
    let starts = (0..=kinds).map(|kind| {
        let kind = KindIdx::from_usize(kind);
        narrow(elements.partition_point(|element| element.kind < kind))
    });
    starts.collect()
}

fn columns(metamodel: &Metamodel) -> IndexVec<PropertyIdx, Column> {
    let mut columns: IndexVec<PropertyIdx, Column> =
        metamodel.0.properties.iter().map(|property| Column::new(property.kind)).collect();
    for kind in metamodel.0.kinds.iter() {
        if let Some(id) = kind.property_by_name.get("id") {
            columns[*id] = Column::Id;
        }
    }
    columns
}

/// The order of a relation's links: ends, then what they hold.
fn compare_links(a: &NewLink, b: &NewLink, valid_from: Option<PropertyIdx>) -> Ordering {
    let ends = (a.from, a.to).cmp(&(b.from, b.to));
    ends.then_with(|| compare_held(&a.properties, &b.properties, valid_from))
}

/// The order of links with the same two ends: `valid_from`, then the other properties as declared; what
/// is not recorded comes first.
fn compare_held(a: &Properties, b: &Properties, valid_from: Option<PropertyIdx>) -> Ordering {
    let from = |properties| valid_from.and_then(|property| property_of(properties, property));
    compare_options(from(a).as_ref(), from(b).as_ref()).then_with(|| compare_properties(a, b))
}

pub(crate) fn property_of(properties: &Properties, property: PropertyIdx) -> Option<Value> {
    properties.iter().find(|(p, _)| *p == property).map(|(_, value)| value.clone())
}

/// A total order of sorted properties.
pub(crate) fn compare_properties(a: &Properties, b: &Properties) -> Ordering {
    let (mut a, mut b) = (a.iter().peekable(), b.iter().peekable());
    loop {
        match (a.peek(), b.peek()) {
            (None, None) => return Ordering::Equal,
            (None, Some(_)) => return Ordering::Less,
            (Some(_), None) => return Ordering::Greater,
            (Some((p, left)), Some((q, right))) => {
                // The one with an earlier property has recorded what the other has not.
                let order = q.cmp(p).then_with(|| compare_values(left, right));
                if order != Ordering::Equal {
                    return order;
                }
                a.next();
                b.next();
            }
        }
    }
}

fn compare_options(a: Option<&Value>, b: Option<&Value>) -> Ordering {
    match (a, b) {
        (Some(a), Some(b)) => compare_values(a, b),
        (a, b) => a.is_some().cmp(&b.is_some()),
    }
}

/// A total order of values of one property.
pub(crate) fn compare_values(a: &Value, b: &Value) -> Ordering {
    match (a, b) {
        (Value::Bool(a), Value::Bool(b)) => a.cmp(b),
        (Value::Int(a), Value::Int(b)) => a.cmp(b),
        (Value::Double(a), Value::Double(b)) => a.total_cmp(b),
        (Value::Text(a), Value::Text(b)) => a.cmp(b),
        (Value::Timestamp(a), Value::Timestamp(b)) => a.cmp(b),
        (Value::Enum(_, a), Value::Enum(_, b)) => a.cmp(b),
        (Value::List(a), Value::List(b)) => {
            let pairs = a.iter().zip(b.iter()).map(|(a, b)| compare_values(a, b));
            pairs.fold(Ordering::Equal, Ordering::then).then(a.len().cmp(&b.len()))
        }
        // One property holds values of one type.
        _ => Ordering::Equal,
    }
}
