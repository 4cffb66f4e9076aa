//! Where a model's elements and links live: columns, and adjacency both ways.

mod column;

use std::cmp::Ordering;
use std::ops::Range;
use std::sync::Arc;

pub(crate) use self::column::Column;
use crate::diagnostic::Diagnostics;
use crate::index::{BitSet, Csr, Index, IndexVec};
use crate::metamodel::{KindIdx, KindSet, Metamodel, PropertyIdx, RelationIdx};
use crate::model::draft::Properties;
use crate::model::{Deviation, ElementIdx, LinkIdx, LinkRef, Origin};
use crate::source::Source;
use crate::value::{Timestamp, Value};

#[derive(Debug)]
pub(crate) struct Store {
    pub(crate) metamodel: Metamodel,
    pub(crate) sources: Vec<Source>,
    pub(crate) open_kinds: KindSet,
    pub(crate) deviations: Vec<Deviation>,
    pub(crate) warnings: Option<Diagnostics>,
    /// In model order: by kind, then by code point.
    ids: IndexVec<ElementIdx, Arc<str>>,
    origins: IndexVec<ElementIdx, Option<Origin>>,
    /// The first element of each kind, and at the end the number of elements.
    kind_starts: Vec<u32>,
    live: BitSet,
    /// Rows of a kind's property are the kind's elements, of a link property the relation's links.
    columns: IndexVec<PropertyIdx, Column>,
    links: IndexVec<RelationIdx, Links>,
}

/// The links of one relation, in model order.
#[derive(Debug, Default)]
struct Links {
    ends: IndexVec<LinkIdx, (ElementIdx, ElementIdx)>,
    outgoing: Csr<ElementIdx, LinkIdx>,
    /// In order of the source end.
    incoming: Csr<ElementIdx, LinkIdx>,
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
            metamodel,
            sources,
            open_kinds,
            deviations,
            warnings,
            ids: elements.iter().map(|element| element.id.clone()).collect(),
            origins: elements.iter().map(|element| element.origin).collect(),
            live: BitSet::new(elements.len()),
            kind_starts,
            links: IndexVec::new(),
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
            let kind = &vocabulary.kinds[element.kind];
            let start = self.start_of(element.kind.to_usize());
            let rows = self.start_of(element.kind.to_usize() + 1).saturating_sub(start);
            let row = position.saturating_sub(start);
            let mut live = true;
            for (property, value) in element.properties {
                if let Value::Enum(enumeration, state) = &value {
                    let is_state = Some(*enumeration) == vocabulary.state
                        && kind.property_by_name.get("state") == Some(&property);
                    live &= !(is_state && kind.dead_states.contains(state));
                }
                self.columns[property].set(row, rows, value);
            }
            if live {
                self.live.insert(position);
            }
        }
    }

    fn fill_links(&mut self, relation: RelationIdx, mut links: Vec<NewLink>) {
        let valid_from = self.metamodel.0.relations[relation].valid_from;
        links.sort_by(|a, b| compare_links(a, b, valid_from));
        let rows = links.len();
        let ends = links.iter().map(|link| (link.from, link.to)).collect::<IndexVec<LinkIdx, _>>();
        let outgoing = ends.enumerate().map(|(link, (from, _))| (*from, link)).collect();
        let mut incoming: Vec<(ElementIdx, LinkIdx)> =
            ends.enumerate().map(|(link, (_, to))| (*to, link)).collect();
        incoming.sort_unstable();
        for (row, link) in links.into_iter().enumerate() {
            for (property, value) in link.properties {
                self.columns[property].set(row, rows, value);
            }
        }
        self.links.push(Links {
            ends,
            outgoing: Csr::from_sorted(outgoing),
            incoming: Csr::from_sorted(incoming),
        });
    }

    fn start_of(&self, kind: usize) -> usize {
        self.kind_starts.get(kind).and_then(|start| usize::try_from(*start).ok()).unwrap_or(0)
    }

    pub(crate) fn element_count(&self) -> usize {
        self.ids.len()
    }

    pub(crate) fn link_count(&self) -> usize {
        self.links.iter().map(|links| links.ends.len()).sum()
    }

    pub(crate) fn elements_of(&self, kind: KindIdx) -> Range<u32> {
        let bound = |kind: usize| self.kind_starts.get(kind).copied().unwrap_or(0);
        bound(kind.to_usize())..bound(kind.to_usize() + 1)
    }

    pub(crate) fn elements(&self) -> impl DoubleEndedIterator<Item = ElementIdx> + use<> {
        self.ids.indices()
    }

    pub(crate) fn kind_of(&self, element: ElementIdx) -> KindIdx {
        let after = self.kind_starts.partition_point(|start| {
            usize::try_from(*start).is_ok_and(|s| s <= element.to_usize())
        });
        KindIdx::from_usize(after.saturating_sub(1))
    }

    pub(crate) fn id_of(&self, element: ElementIdx) -> &str {
        &self.ids[element]
    }

    pub(crate) fn find(&self, id: &str) -> Option<ElementIdx> {
        self.metamodel.0.kinds.indices().find_map(|kind| {
            let Range { start, end } = self.elements_of(kind);
            let (mut low, mut high) = (usize::try_from(start).ok()?, usize::try_from(end).ok()?);
            while low < high {
                let middle = low.midpoint(high);
                let element = ElementIdx::from_usize(middle);
                match self.ids[element].as_ref().cmp(id) {
                    Ordering::Less => low = middle + 1,
                    Ordering::Equal => return Some(element),
                    Ordering::Greater => high = middle,
                }
            }
            None
        })
    }

    pub(crate) fn property(&self, element: ElementIdx, property: PropertyIdx) -> Option<Value> {
        let kind = self.kind_of(element);
        let row = element.to_usize().checked_sub(self.start_of(kind.to_usize()))?;
        match self.columns.lookup(property)? {
            Column::Id => Some(Value::Text(self.ids[element].clone())),
            column => column.get(row),
        }
    }

    pub(crate) fn is_live(&self, element: ElementIdx) -> bool {
        self.live.contains(element.to_usize())
    }

    pub(crate) fn links(
        &self,
        element: ElementIdx,
        relation: RelationIdx,
        inverse: bool,
    ) -> impl Iterator<Item = LinkRef> + '_ {
        let links = &self.links[relation];
        let row = if inverse { links.incoming.of(element) } else { links.outgoing.of(element) };
        row.iter().map(move |link| LinkRef { relation, link: *link, inverse })
    }

    pub(crate) fn links_of(&self, relation: RelationIdx) -> usize {
        self.links[relation].ends.len()
    }

    pub(crate) fn most_links(&self, relation: RelationIdx, inverse: bool) -> usize {
        let links = &self.links[relation];
        if inverse { links.incoming.longest() } else { links.outgoing.longest() }
    }

    pub(crate) fn tally(&self, property: PropertyIdx) -> Vec<usize> {
        self.columns.lookup(property).map_or_else(Vec::new, Column::tally)
    }

    pub(crate) fn extent(&self, property: PropertyIdx) -> (usize, usize) {
        self.columns.lookup(property).map_or((1, 1), Column::extent)
    }

    pub(crate) fn link_ends(
        &self,
        relation: RelationIdx,
        link: LinkIdx,
    ) -> (ElementIdx, ElementIdx) {
        self.links[relation].ends[link]
    }

    pub(crate) fn link_property(
        &self,
        _relation: RelationIdx,
        link: LinkIdx,
        property: PropertyIdx,
    ) -> Option<Value> {
        self.columns.lookup(property)?.get(link.to_usize())
    }

    pub(crate) fn is_current(&self, relation: RelationIdx, link: LinkIdx, date: Timestamp) -> bool {
        let relation = &self.metamodel.0.relations[relation];
        let limit = |property: Option<PropertyIdx>| {
            let column = self.columns.lookup(property?)?;
            column.date(link.to_usize()).map(Timestamp::days)
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
        u32::try_from(elements.partition_point(|element| element.kind < kind)).unwrap_or(u32::MAX)
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

/// The order of a relation's links: ends, `valid_from`, then the other properties as declared; what
/// is not recorded comes first.
fn compare_links(a: &NewLink, b: &NewLink, valid_from: Option<PropertyIdx>) -> Ordering {
    let from =
        |link: &NewLink| valid_from.and_then(|property| property_of(&link.properties, property));
    (a.from, a.to)
        .cmp(&(b.from, b.to))
        .then_with(|| compare_options(from(a).as_ref(), from(b).as_ref()))
        .then_with(|| compare_properties(&a.properties, &b.properties))
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
