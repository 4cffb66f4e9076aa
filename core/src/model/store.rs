//! Where a model's elements and links live: columns, and adjacency both ways.

mod change;
mod column;
mod derived;
mod ids;
mod links;
mod origins;
#[cfg(test)]
mod tests;
mod texts;

use std::cmp::Ordering;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

pub(crate) use self::column::Column;
#[expect(unused_imports, reason = "for evaluators of whole columns")]
pub(crate) use self::column::{Cells, TextCells};
use self::derived::Derived;
pub(crate) use self::ids::IdTable;
pub(crate) use self::links::Links;
pub(crate) use self::origins::Origins;
pub(crate) use self::texts::Texts;
use crate::diagnostic::Diagnostics;
use crate::index::{BitSet, Index, IndexVec, narrow, wide};
use crate::metamodel::{KindIdx, KindSet, Metamodel, PropertyIdx, RelationIdx};
use crate::model::draft::Properties;
use crate::model::{Deviation, ElementIdx, LinkIdx, LinkRef, Origin};
use crate::sort::sort_by;
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
    /// Where ids are, for who asks for many.
    id_table: OnceLock<IdTable>,
    /// By element.
    origins: Origins,
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

/// Elements and links as a store keeps them: elements and columns in model order, for each relation its links.
#[derive(Debug)]
pub(crate) struct Parts {
    pub(crate) ids: Texts,
    pub(crate) origins: Origins,
    /// The first element of each kind, and at the end the number of elements.
    pub(crate) kind_starts: Vec<u32>,
    pub(crate) columns: IndexVec<PropertyIdx, Column>,
    pub(crate) links: IndexVec<RelationIdx, Links>,
}

impl Parts {
    pub(crate) fn new(metamodel: &Metamodel) -> Self {
        Self {
            ids: Texts::default(),
            origins: Origins::default(),
            kind_starts: Vec::new(),
            columns: columns(metamodel),
            links: metamodel.0.relations.iter().map(|_| Links::default()).collect(),
        }
    }

    /// Puts the links of a relation in order.
    pub(crate) fn set_links(
        &mut self,
        relation: RelationIdx,
        mut links: Vec<NewLink>,
        valid_from: Option<PropertyIdx>,
    ) {
        sort_by(&mut links, |a, b| compare_links(a, b, valid_from));
        let rows = links.len();
        self.links[relation] = Links::from_sorted(links.iter().map(|link| (link.from, link.to)));
        for (row, link) in links.into_iter().enumerate() {
            for (property, value) in link.properties {
                self.columns[property].set(row, rows, &value);
            }
        }
    }
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
        let mut parts = Parts::new(&metamodel);
        parts.kind_starts = kind_starts(&metamodel, &elements);
        for (position, element) in elements.into_iter().enumerate() {
            parts.ids.push(&element.id);
            parts.origins.push(element.origin);
            let start = |kind: usize| parts.kind_starts.get(kind).copied().map_or(0, wide);
            let kind = element.kind.to_usize();
            let (row, rows) = (position - start(kind), start(kind + 1) - start(kind));
            for (property, value) in element.properties {
                parts.columns[property].set(row, rows, &value);
            }
        }
        for (relation, declared) in metamodel.0.relations.enumerate() {
            let links = links.lookup_mut(relation).map(std::mem::take).unwrap_or_default();
            parts.set_links(relation, links, declared.valid_from);
        }
        Self::assemble(metamodel, parts, surroundings)
    }

    /// The store of parts that fit each other.
    pub(crate) fn assemble(
        metamodel: Metamodel,
        mut parts: Parts,
        surroundings: Surroundings,
    ) -> Self {
        parts.ids.shrink_to_fit();
        let Parts { ids, origins, kind_starts, columns, links } = parts;
        let Surroundings { sources, open_kinds, deviations, warnings } = surroundings;
        let mut store = Self {
            sources,
            open_kinds,
            deviations,
            warnings,
            live: BitSet::full(ids.len()),
            dead: metamodel.0.kinds.iter().map(|_| 0).collect(),
            derived: Derived::new(&metamodel.0),
            id_table: OnceLock::new(),
            ids,
            origins,
            kind_starts,
            columns,
            links,
            metamodel,
        };
        store.mark_dead();
        store
    }

    fn mark_dead(&mut self) {
        for (kind, declared) in self.metamodel.0.kinds.enumerate() {
            let state = declared.property_by_name.get("state").copied();
            let start = self.kind_starts.get(kind.to_usize()).copied().map_or(0, wide);
            let Some(state) = state.filter(|_| !declared.dead_states.is_empty()) else { continue };
            let column = &self.columns[state];
            for row in column.present().into_iter().flat_map(BitSet::iter) {
                let value = column.get(row);
                if value.is_some_and(|value| self.metamodel.0.is_dead_state(kind, state, &value)) {
                    self.live.remove(start + row);
                    self.dead[kind] += 1;
                }
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

    /// Makes ready to look many ids up.
    pub(crate) fn count_ids(&self) {
        if self.id_table.get().is_none()
            && let Some(table) = IdTable::new(&self.ids)
        {
            _ = self.id_table.set(table);
        }
    }

    pub(crate) fn find(&self, id: &str) -> Option<ElementIdx> {
        if let Some(table) = self.id_table.get() {
            return table.find(&self.ids, id).map(ElementIdx::from_usize);
        }
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
        let side = self.links[relation].side(inverse);
        self.derived.most_links(relation, inverse, || side.lengths())
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

    /// The ends of the links that are current on one of the dates and not on the other.
    pub(crate) fn turning(
        &self,
        relation: RelationIdx,
        a: Timestamp,
        b: Timestamp,
    ) -> Vec<(ElementIdx, ElementIdx)> {
        let declared = &self.metamodel.0.relations[relation];
        let (early, late) = (a.days().min(b.days()), a.days().max(b.days()));
        let mut turning = Vec::new();
        for (limit, last) in [(declared.valid_from, 0), (declared.valid_until, 1)] {
            let Some(dates) = limit.and_then(|limit| self.columns[limit].dates()) else { continue };
            for (slot, day) in dates.values().iter().enumerate() {
                // The first day on which the link is current, or on which it is no more.
                let day = i64::from(*day) + last;
                let link = LinkIdx::from_usize(slot);
                if early < day
                    && day <= late
                    && dates.present().contains(slot)
                    && self.is_current(relation, link, a) != self.is_current(relation, link, b)
                {
                    turning.extend(self.links[relation].ends(link));
                }
            }
        }
        turning
    }

    pub(crate) fn origin(&self, element: ElementIdx) -> Option<Origin> {
        self.origins.get(element)
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
