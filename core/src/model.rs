//! The model: elements with their properties, and links between them, as evaluators see them.

#[expect(dead_code, reason = "for evaluators of whole columns")]
mod columns;
pub(crate) mod document;
pub(crate) mod draft;
pub(crate) mod edit;
pub(crate) mod form;
#[cfg(feature = "petgraph")]
pub mod graph;
mod load;
mod merge;
pub(crate) mod plain;
pub(crate) mod resolve;
pub(crate) mod store;
mod view;

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

pub(crate) use self::edit::change::Change;
pub use self::edit::{Edit, EditError, EditProblem};
pub(crate) use self::load::sound;
pub use self::view::Element;
use crate::diagnostic::Diagnostics;
use crate::index::{Index, wide};
use crate::metamodel::{KindIdx, Metamodel, PropertyIdx, RelationIdx};
pub(crate) use crate::place::{ElementIdx, LinkIdx, LinkRef};
use crate::source::{Source, Span};
use crate::value::{Timestamp, Value};

/// A programme, or several, as a graph. Immutable and cheap to clone.
#[derive(Clone)]
pub struct Model(pub(crate) Arc<store::Store>);

impl fmt::Debug for Model {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut debug = f.debug_struct("Model");
        debug.field("elements", &self.element_count()).field("links", &self.link_count());
        debug.finish_non_exhaustive()
    }
}

/// A recorded deviation: comply or explain.
#[derive(Debug, Clone)]
pub(crate) struct Deviation {
    /// The rule's bare or full id, as written.
    pub(crate) rule: String,
    /// The ids of the elements that it covers, or from which its path starts, as written.
    pub(crate) elements: Vec<String>,
    /// Leads to the elements that it covers, where those are not named themselves.
    pub(crate) path: Option<String>,
    pub(crate) reason: String,
    pub(crate) decided_by: Option<String>,
    /// The last day on which it holds.
    pub(crate) until: Option<Timestamp>,
    /// `None` for one recorded by an edit.
    pub(crate) origin: Option<Origin>,
}

/// Where something was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Origin {
    /// Position in the model's sources.
    pub(crate) source: u32,
    pub(crate) span: Span,
}

/// What evaluators ask of a model. No names are looked up here: typing has resolved them.
impl Model {
    pub(crate) fn vocabulary(&self) -> &Metamodel {
        &self.0.metamodel
    }

    /// The same model with what loading found remarkable.
    fn with_warnings(mut self, warnings: Option<Diagnostics>) -> Self {
        // Invariant: loading calls this before it hands the model out, so there is one owner.
        if let Some(store) = Arc::get_mut(&mut self.0) {
            store.warnings = warnings;
        }
        self
    }

    /// The elements of a kind, in model order.
    pub(crate) fn elements_of(&self, kind: KindIdx) -> Range<u32> {
        self.0.elements_of(kind)
    }

    /// The same, one by one.
    pub(crate) fn members(
        &self,
        kind: KindIdx,
    ) -> impl DoubleEndedIterator<Item = ElementIdx> + use<> {
        let Range { start, end } = self.elements_of(kind);
        (wide(start)..wide(end)).map(ElementIdx::from_usize)
    }

    pub(crate) fn kind_of(&self, element: ElementIdx) -> KindIdx {
        self.0.kind_of(element)
    }

    pub(crate) fn id_of(&self, element: ElementIdx) -> &str {
        self.0.id_of(element)
    }

    /// What people call the element: its name, or its id where no name is recorded.
    pub(crate) fn display_name(&self, element: ElementIdx) -> String {
        let property = self.vocabulary().0.property_of(self.kind_of(element), "name");
        match property.and_then(|property| self.property(element, property)) {
            Some(Value::Text(name)) if !name.trim().is_empty() => name.to_string(),
            _ => self.id_of(element).to_owned(),
        }
    }

    pub(crate) fn find(&self, id: &str) -> Option<ElementIdx> {
        self.0.find(id)
    }

    /// What is recorded; `None` where nothing is. The property must be one of the element's kind.
    pub(crate) fn property(&self, element: ElementIdx, property: PropertyIdx) -> Option<Value> {
        self.0.property(element, property)
    }

    /// Not in a dead state; no state counts as live.
    pub(crate) fn is_live(&self, element: ElementIdx) -> bool {
        self.0.is_live(element)
    }

    /// All links of the relation at the element, past and future ones too, in model order.
    pub(crate) fn links(
        &self,
        element: ElementIdx,
        relation: RelationIdx,
        inverse: bool,
    ) -> impl Iterator<Item = LinkRef> + '_ {
        self.0.links(element, relation, inverse)
    }

    /// How many links of the relation there are.
    pub(crate) fn links_of(&self, relation: RelationIdx) -> usize {
        self.0.links_of(relation)
    }

    /// How many links of the relation the element has that has most.
    pub(crate) fn most_links(&self, relation: RelationIdx, inverse: bool) -> usize {
        self.0.most_links(relation, inverse)
    }

    /// Of a property that is a value of an enumeration: how often each is recorded, by position.
    pub(crate) fn tally(&self, property: PropertyIdx) -> &[usize] {
        self.0.tally(property)
    }

    /// Of a property that holds texts: the most texts that are recorded in one place, and the bytes of the
    /// longest text.
    pub(crate) fn extent(&self, property: PropertyIdx) -> (usize, usize) {
        self.0.extent(property)
    }

    /// The element at the far end of the link, seen from the end it was read from.
    pub(crate) fn link_target(&self, link: LinkRef) -> ElementIdx {
        let (from, to) = self.0.link_ends(link.relation, link.link);
        if link.inverse { from } else { to }
    }

    /// The element that the link was read from.
    pub(crate) fn link_source(&self, link: LinkRef) -> ElementIdx {
        let (from, to) = self.0.link_ends(link.relation, link.link);
        if link.inverse { to } else { from }
    }

    pub(crate) fn link_property(&self, link: LinkRef, property: PropertyIdx) -> Option<Value> {
        self.0.link_property(link.link, property)
    }

    /// Whether `valid_from` and `valid_until`, as far as recorded, include the date.
    pub(crate) fn is_current(&self, link: LinkRef, date: Timestamp) -> bool {
        self.0.is_current(link.relation, link.link, date)
    }

    /// Whether the model says that it does not record the kind completely.
    pub(crate) fn is_open(&self, kind: KindIdx) -> bool {
        self.0.open_kinds.contains(kind)
    }

    /// Whether there is a kind that the model does not record completely.
    pub(crate) fn has_open_kinds(&self) -> bool {
        !self.0.open_kinds.is_empty()
    }

    /// The ends of the relation's links that are current on one of the dates and not on the other.
    pub(crate) fn turning(
        &self,
        relation: RelationIdx,
        a: Timestamp,
        b: Timestamp,
    ) -> Vec<(ElementIdx, ElementIdx)> {
        self.0.turning(relation, a, b)
    }

    pub(crate) fn deviations(&self) -> &[Deviation] {
        &self.0.deviations
    }

    pub(crate) fn sources(&self) -> &[Source] {
        &self.0.sources
    }

    /// Where the element was written; `None` for one made by an edit.
    pub(crate) fn origin(&self, element: ElementIdx) -> Option<Origin> {
        self.0.origin(element)
    }
}
