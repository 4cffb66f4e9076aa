//! The vocabulary: kinds, properties, relations and enumerations, as data.
//!
//! Everything that needs to know what a programme consists of derives from a [`Metamodel`]: loading,
//! typing, reports, schemas. Nothing about kinds is written in Rust.

mod build;
mod canonical;
mod declare;
pub(crate) mod form;
pub(crate) mod load;
mod reading;
#[cfg(test)]
mod tests;

use std::fmt;
use std::sync::Arc;

use rustc_hash::FxHashMap;

pub(crate) use self::canonical::plain;
pub(crate) use self::reading::{Help, Misread, date as read_date};
use crate::index::IndexVec;
pub(crate) use crate::place::{EnumIdx, KindIdx, KindSet, PropertyIdx, RelationIdx};
use crate::text::Text;
use crate::value::Value;

/// A vocabulary of kinds, properties, relations and enumerations. Cheap to clone.
///
/// ```
/// let metamodel = spelregel::Metamodel::standard();
/// assert!(metamodel.kinds().any(|kind| kind.name() == "Programme"));
/// ```
#[derive(Clone)]
pub struct Metamodel(pub(crate) Arc<Vocabulary>);

/// Two metamodels are equal when they say the same, however their files are laid out.
impl PartialEq for Metamodel {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0) || self.0.canonical == other.0.canonical
    }
}

impl Eq for Metamodel {}

impl fmt::Debug for Metamodel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut debug = f.debug_struct("Metamodel");
        debug.field("id", &self.0.id).field("version", &self.0.version).finish_non_exhaustive()
    }
}

/// What a metamodel holds. Built by `load` alone, complete and consistent.
#[derive(Debug, Default)]
pub(crate) struct Vocabulary {
    pub(crate) id: String,
    pub(crate) version: String,
    pub(crate) title: Text,
    pub(crate) kinds: IndexVec<KindIdx, Kind>,
    pub(crate) properties: IndexVec<PropertyIdx, Property>,
    pub(crate) relations: IndexVec<RelationIdx, Relation>,
    pub(crate) enumerations: IndexVec<EnumIdx, Enumeration>,
    pub(crate) kinds_by_name: FxHashMap<String, KindIdx>,
    pub(crate) kinds_by_section: FxHashMap<String, KindIdx>,
    /// By name and by inverse name; the flag says inverse.
    pub(crate) relations_by_name: FxHashMap<String, (RelationIdx, bool)>,
    pub(crate) enumerations_by_name: FxHashMap<String, EnumIdx>,
    /// The enumeration of states, of phases and of gates, where there is one.
    pub(crate) state: Option<EnumIdx>,
    pub(crate) phase: Option<EnumIdx>,
    pub(crate) gate: Option<EnumIdx>,
    /// The same for the same vocabulary, however its file is laid out: what fingerprints are made of.
    pub(crate) canonical: String,
    /// What the files said, for extensions to add to.
    declarations: declare::Declarations,
}

/// A kind of element, such as `Programme`.
#[derive(Debug)]
pub struct Kind {
    pub(crate) name: String,
    pub(crate) section: String,
    pub(crate) label: Text,
    pub(crate) plural: Text,
    /// One that has been named before: `the programme`, `het programma`; may be empty.
    pub(crate) definite: Text,
    pub(crate) description: Text,
    /// Positions in the enumeration of states, in the usual order.
    pub(crate) states: Vec<u32>,
    /// The states in which an element is no longer live.
    pub(crate) dead_states: Vec<u32>,
    /// The path from an element to the programmes it belongs to, as written.
    pub(crate) programmes: Option<String>,
    /// The kind's own properties and those of every kind, `state` included where it has states.
    pub(crate) properties: Vec<PropertyIdx>,
    pub(crate) property_by_name: FxHashMap<String, PropertyIdx>,
}

/// What a property or link property holds.
#[derive(Debug)]
pub(crate) struct Property {
    pub(crate) name: String,
    pub(crate) label: Text,
    pub(crate) description: Text,
    pub(crate) kind: PropertyType,
    pub(crate) unit: Option<String>,
    pub(crate) required: bool,
    /// What a read yields when nothing is recorded; `None`: unknown.
    pub(crate) absent: Option<Value>,
    pub(crate) min: Option<f64>,
    pub(crate) max: Option<f64>,
}

/// The type of a property, as a metamodel writes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PropertyType {
    Text,
    Bool,
    Int,
    Number,
    Date,
    Texts,
    Enum(EnumIdx),
}

/// A relation between kinds, read from either end.
#[derive(Debug)]
pub(crate) struct Relation {
    pub(crate) name: String,
    pub(crate) inverse: String,
    pub(crate) label: Text,
    pub(crate) inverse_label: Text,
    /// What targets are to their source, with the word that leads to it: `holders of`; may be empty.
    pub(crate) targets: Text,
    /// What sources are to their target, likewise: `decisions about`.
    pub(crate) sources: Text,
    pub(crate) description: Text,
    /// Which kinds may be linked: one set of sources with one set of targets each.
    pub(crate) ends: Vec<(KindSet, KindSet)>,
    /// At most one target per source.
    pub(crate) to_one: bool,
    pub(crate) properties: Vec<PropertyIdx>,
    pub(crate) property_by_name: FxHashMap<String, PropertyIdx>,
    pub(crate) valid_from: Option<PropertyIdx>,
    pub(crate) valid_until: Option<PropertyIdx>,
}

/// A closed list of named values.
#[derive(Debug)]
pub(crate) struct Enumeration {
    pub(crate) name: String,
    pub(crate) label: Text,
    pub(crate) description: Text,
    pub(crate) ordered: bool,
    pub(crate) values: Vec<EnumValue>,
}

/// One value of an enumeration.
#[derive(Debug)]
pub(crate) struct EnumValue {
    pub(crate) name: String,
    pub(crate) label: Text,
    pub(crate) description: Text,
    /// Of a gate: the phase that it opens, by position.
    pub(crate) opens: Option<u32>,
}

impl Metamodel {
    /// Whether a relation, or the inverse of one, has the name.
    ///
    /// ```
    /// let metamodel = spelregel::Metamodel::standard();
    /// assert!(metamodel.is_relation("held_by") && metamodel.is_relation("holds"));
    /// assert!(!metamodel.is_relation("phase"));
    /// ```
    pub fn is_relation(&self, name: &str) -> bool {
        self.0.relations_by_name.contains_key(name)
    }

    /// What it is called.
    pub fn id(&self) -> &str {
        &self.0.id
    }

    /// Its own version.
    pub fn version(&self) -> &str {
        &self.0.version
    }

    /// The kinds in model order.
    pub fn kinds(&self) -> impl Iterator<Item = &Kind> {
        self.0.kinds.iter()
    }
}

impl Metamodel {
    /// The position of a gate by its name.
    pub(crate) fn gate_position(&self, name: &str) -> Option<u32> {
        self.0.enum_value(self.0.gate?, name)
    }
}

impl Kind {
    /// The name that rules use: `LearningActivity`.
    pub fn name(&self) -> &str {
        &self.name
    }
    /// The key in model documents: `learning_activities`.
    pub fn section(&self) -> &str {
        &self.section
    }
    /// What people call one element of the kind.
    pub fn label(&self) -> &Text {
        &self.label
    }
}

impl Vocabulary {
    pub(crate) fn property_of(&self, kind: KindIdx, name: &str) -> Option<PropertyIdx> {
        self.kinds[kind].property_by_name.get(name).copied()
    }

    pub(crate) fn link_property_of(
        &self,
        relation: RelationIdx,
        name: &str,
    ) -> Option<PropertyIdx> {
        self.relations[relation].property_by_name.get(name).copied()
    }

    /// The kinds that following the relation from a kind may reach; empty where it isn't defined.
    pub(crate) fn targets(&self, relation: RelationIdx, inverse: bool, from: KindIdx) -> KindSet {
        let ends = self.relations[relation].ends.iter();
        if inverse {
            ends.filter(|(_, to)| to.contains(from)).flat_map(|(from, _)| from.iter()).collect()
        } else {
            ends.filter(|(sources, _)| sources.contains(from))
                .flat_map(|(_, to)| to.iter())
                .collect()
        }
    }

    /// Whether the value is of the kind's property `state`, and one in which an element is no longer live.
    pub(crate) fn is_dead_state(
        &self,
        kind: KindIdx,
        property: PropertyIdx,
        value: &Value,
    ) -> bool {
        let kind = &self.kinds[kind];
        match value {
            Value::Enum(enumeration, state) => {
                Some(*enumeration) == self.state
                    && kind.property_by_name.get("state") == Some(&property)
                    && kind.dead_states.contains(state)
            }
            _ => false,
        }
    }

    /// Position of an enumeration's value.
    pub(crate) fn enum_value(&self, enumeration: EnumIdx, name: &str) -> Option<u32> {
        let position = self.enumerations[enumeration].values.iter().position(|v| v.name == name)?;
        u32::try_from(position).ok()
    }

    /// The name of an enumeration's value.
    pub(crate) fn enum_name(&self, enumeration: EnumIdx, position: u32) -> &str {
        usize::try_from(position)
            .ok()
            .and_then(|p| self.enumerations[enumeration].values.get(p))
            .map_or("", |value| value.name.as_str())
    }

    pub(crate) fn enum_label(&self, enumeration: EnumIdx, position: u32) -> Option<&Text> {
        let position = usize::try_from(position).ok()?;
        self.enumerations[enumeration].values.get(position).map(|value| &value.label)
    }
}
