//! What rules read: a graph of places, walked backwards from what an edit touches.
//!
//! A *place* stands for the elements that one part of a condition may hold: the subject of a rule, what a
//! relation leads to from another place, the members of a section. It knows where its elements come from, and
//! tables say at which places each property is read and each relation followed. Whose verdict an edit can have
//! changed follows by walking from the element that was touched, at each place where that is read, back over
//! the model's links to subjects.
//!
//! Invariant: whatever a verdict or what is told of it depends on is read at a place in here. More may be in
//! here than is read: that costs time and changes nothing. Which links are current and which elements live plays
//! no part, so that places hold for every date.

mod build;
mod turns;

use rustc_hash::FxHashMap;

pub(crate) use self::turns::{Dates, Shift, Sign, Turn};

use crate::hir::PerKind;
use crate::index::{IndexVec, index_type};
use crate::metamodel::{KindIdx, KindSet, PropertyIdx, RelationIdx, Vocabulary};
use crate::model::{ElementIdx, Model};
use crate::typing::TypedPacks;
use crate::value::Value;

index_type! {
    /// A place in a footprint.
    pub(crate) struct PlaceIdx;
}

/// What the rules of a rule set read.
#[derive(Debug, Default)]
pub(crate) struct Footprint {
    pub(crate) places: IndexVec<PlaceIdx, Place>,
    /// Where each property is read, or named by its element's name.
    properties: FxHashMap<PropertyIdx, Vec<PlaceIdx>>,
    /// Where each relation is followed from; the flag says inverse.
    steps: FxHashMap<(RelationIdx, bool), Vec<PlaceIdx>>,
    /// Where elements of each kind may be.
    kinds: IndexVec<KindIdx, Vec<PlaceIdx>>,
    /// Which conditions go through all elements of a kind.
    sections: FxHashMap<KindIdx, Vec<PlaceIdx>>,
    /// Which conditions ask for the date, besides comparing it.
    today: Vec<PlaceIdx>,
    /// Where dates are compared with the date.
    turns: Vec<Turn>,
}

/// Elements that a part of a condition may hold.
#[derive(Debug)]
pub(crate) struct Place {
    pub(crate) role: Role,
    /// The kinds they may be of.
    pub(crate) kinds: KindSet,
    /// Where they come from.
    pub(crate) origins: Vec<Origin>,
    /// What those have in common that come from there, where that is less than all.
    pub(crate) passing: Option<Passing>,
}

/// Elements with one of some values of an enumeration, or that don't say which they have.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Passing {
    pub(crate) field: PerKind<PropertyIdx>,
    /// By position.
    pub(crate) values: Vec<u32>,
}

impl Passing {
    /// Whether an element is one of them. What is between it and the subject of a rule is read only then.
    pub(crate) fn holds(&self, model: &Model, element: ElementIdx) -> bool {
        let kind = model.kind_of(element);
        let property = self.field.iter().find(|(of, _)| *of == kind);
        match property.and_then(|(_, property)| model.property(element, *property)) {
            Some(Value::Enum(_, position)) => self.values.contains(&position),
            _ => true,
        }
    }
}

/// What being at a place means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// The subjects of a rule, by position.
    Subject(usize),
    /// A rule as a whole: all its subjects.
    Rule(usize),
    /// What a rule tells: all subjects of which it has something to say.
    Told(usize),
    /// The elements of which deviations are told.
    Deviation,
    /// What is on the way to one of those.
    Part,
}

/// Where the elements of a place come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Origin {
    /// The same elements at another place.
    Same(PlaceIdx),
    /// Those that a relation leads to from another place.
    Step { from: PlaceIdx, relation: RelationIdx, inverse: bool },
    /// All there are of a kind, for whoever uses the condition.
    Section(PlaceIdx),
}

impl Footprint {
    /// What the rules read.
    pub(crate) fn of(vocabulary: &Vocabulary, packs: &TypedPacks) -> Self {
        build::build(vocabulary, packs)
    }

    /// Where the property of an element is read.
    pub(crate) fn reads(&self, property: PropertyIdx) -> &[PlaceIdx] {
        self.properties.get(&property).map_or(&[], Vec::as_slice)
    }

    /// Where a relation is followed from.
    pub(crate) fn follows(&self, relation: RelationIdx, inverse: bool) -> &[PlaceIdx] {
        self.steps.get(&(relation, inverse)).map_or(&[], Vec::as_slice)
    }

    /// Where elements of a kind may be.
    pub(crate) fn holds(&self, kind: KindIdx) -> &[PlaceIdx] {
        self.kinds.lookup(kind).map_or(&[], Vec::as_slice)
    }

    /// The conditions that go through all elements of the kind.
    pub(crate) fn lists(&self, kind: KindIdx) -> &[PlaceIdx] {
        self.sections.get(&kind).map_or(&[], Vec::as_slice)
    }

    /// The conditions that ask for the date, besides comparing it.
    pub(crate) fn today(&self) -> &[PlaceIdx] {
        &self.today
    }

    /// Where dates are compared with the date.
    pub(crate) fn turns(&self) -> &[Turn] {
        &self.turns
    }
}
