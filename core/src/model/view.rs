//! The model as those who use the library see it.

use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};
use serde_json::Value as Json;

use crate::diagnostic::Diagnostics;
use crate::index::Index;
use crate::metamodel::{Kind, KindIdx, PropertyIdx, plain};
use crate::model::{Deviation, ElementIdx, LinkRef, Model};
use crate::sort::sort_by_key;
use crate::source::Position;
use crate::value::Value;

impl Model {
    /// How many elements there are.
    pub fn element_count(&self) -> usize {
        self.0.element_count()
    }

    /// How many links there are, at all times together.
    pub fn link_count(&self) -> usize {
        self.0.link_count()
    }

    /// The elements in model order: by kind, then by id.
    pub fn elements(&self) -> impl Iterator<Item = Element<'_>> {
        self.0.elements().map(|index| Element { model: self, index })
    }

    /// The element with an id.
    pub fn element(&self, id: &str) -> Option<Element<'_>> {
        self.0.find(id).map(|index| Element { model: self, index })
    }

    /// The element at a place.
    pub(crate) fn element_at(&self, index: ElementIdx) -> Element<'_> {
        Element { model: self, index }
    }

    /// What is remarkable about the documents but does not make the model unusable.
    pub fn warnings(&self) -> Option<&Diagnostics> {
        self.0.warnings.as_ref()
    }

    /// The model as one document in JSON, in model order, that loads to the same model.
    ///
    /// ```
    /// # use spelregel::{Metamodel, Model, Source};
    /// let source = Source::new("doelen.yaml", "goals:\n  - id: co2\n    name: Minder uitstoot\n");
    /// let model = Model::load(&Metamodel::standard(), [source])?;
    /// assert_eq!(
    ///     model.to_json(),
    ///     r#"{"spelregel":1,"goals":[{"id":"co2","name":"Minder uitstoot"}]}"#
    /// );
    /// # Ok::<(), spelregel::Diagnostics>(())
    /// ```
    pub fn to_json(&self) -> String {
        // Writing to a string fails for maps with keys that aren't text alone: there are none.
        serde_json::to_string(self).unwrap_or_default()
    }

    /// The text that fingerprints of the model are made of: equal for equal models, however their
    /// documents are laid out.
    pub(crate) fn canonical(&self) -> String {
        self.to_json()
    }
}

/// Two models are equal when their documents in JSON are: files, order and comments play no part.
impl PartialEq for Model {
    fn eq(&self, other: &Self) -> bool {
        std::sync::Arc::ptr_eq(&self.0, &other.0)
            || (self.0.metamodel == other.0.metamodel && self.canonical() == other.canonical())
    }
}

impl Eq for Model {}

/// One element of a model.
#[derive(Debug, Clone, Copy)]
pub struct Element<'m> {
    model: &'m Model,
    index: ElementIdx,
}

impl<'m> Element<'m> {
    /// The id, unique in the model.
    pub fn id(&self) -> &'m str {
        self.model.0.id_of(self.index)
    }

    /// The kind.
    pub fn kind(&self) -> &'m Kind {
        &self.model.0.metamodel.0.kinds[self.model.0.kind_of(self.index)]
    }

    /// The recorded name, else the id.
    pub fn name(&self) -> String {
        self.model.display_name(self.index)
    }

    /// What is recorded of a property, as model documents write it; `None` where nothing is, or
    /// where the kind has no such property.
    pub fn property(&self, name: &str) -> Option<Json> {
        self.recorded(name).map(|value| plain(&self.model.0.metamodel.0, &value))
    }

    /// The ids of the elements to which a relation or inverse leads, in model order, over all
    /// links that the model records.
    pub fn related(&self, relation: &str) -> Vec<&'m str> {
        let v = &self.model.0.metamodel.0;
        let Some((relation, inverse)) = v.relations_by_name.get(relation).copied() else {
            return Vec::new();
        };
        let links = self.model.0.links(self.index, relation, inverse);
        let mut targets: Vec<ElementIdx> = links.map(|link| self.model.link_target(link)).collect();
        targets.sort_unstable();
        targets.dedup();
        targets.into_iter().map(|target| self.model.0.id_of(target)).collect()
    }

    /// The element as model documents write it, in JSON: its id, what is recorded of it, and its links at
    /// their source ends.
    ///
    /// ```
    /// # use spelregel::{Metamodel, Model, Source};
    /// let source = Source::new("m.yaml", "programmes: [{id: p, pursues: [g]}]\ngoals: [{id: g}]\n");
    /// let model = Model::load(&Metamodel::standard(), [source])?;
    /// let element = model.element("p").ok_or("no such element")?;
    /// assert_eq!(element.to_json(), r#"{"id":"p","pursues":["g"]}"#);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn to_json(&self) -> String {
        let kind = self.model.0.kind_of(self.index);
        let written = Written { model: self.model, kind, index: self.index };
        // Invariant: as for models.
        serde_json::to_string(&written).unwrap_or_default()
    }

    /// The name of the source it is written in, and where. In a table, the row is the line.
    pub fn position(&self) -> Option<(&'m str, Position)> {
        let origin = self.model.0.origin(self.index)?;
        let source = self.model.0.sources.get(usize::try_from(origin.source).ok()?)?;
        Some((source.name(), source.ends(origin.span).0))
    }

    fn recorded(&self, name: &str) -> Option<Value> {
        let kind = self.model.0.kind_of(self.index);
        let property = self.model.0.metamodel.0.property_of(kind, name)?;
        self.model.0.property(self.index, property)
    }
}

/// A model document.
impl Serialize for Model {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let v = &self.0.metamodel.0;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("spelregel", &1)?;
        if !self.0.open_kinds.is_empty() {
            let names: Vec<&str> =
                self.0.open_kinds.iter().map(|kind| v.kinds[kind].name.as_str()).collect();
            map.serialize_entry("open_kinds", &names)?;
        }
        for kind in v.kinds.indices() {
            if !self.0.elements_of(kind).is_empty() {
                map.serialize_entry(&v.kinds[kind].section, &Section { model: self, kind })?;
            }
        }
        if !self.0.deviations.is_empty() {
            map.serialize_entry("deviations", &Deviations(self))?;
        }
        map.end()
    }
}

struct Section<'m> {
    model: &'m Model,
    kind: KindIdx,
}

impl Serialize for Section<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut elements = serializer.serialize_seq(None)?;
        for position in self.model.0.elements_of(self.kind) {
            let index = usize::try_from(position).map(ElementIdx::from_usize);
            if let Ok(index) = index {
                elements.serialize_element(&Written {
                    model: self.model,
                    kind: self.kind,
                    index,
                })?;
            }
        }
        elements.end()
    }
}

/// An element as documents write it; its links at their source ends.
struct Written<'m> {
    model: &'m Model,
    kind: KindIdx,
    index: ElementIdx,
}

impl Serialize for Written<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let v = &self.model.0.metamodel.0;
        let mut map = serializer.serialize_map(None)?;
        for property in &v.kinds[self.kind].properties {
            if let Some(value) = self.model.0.property(self.index, *property) {
                map.serialize_entry(&v.properties[*property].name, &plain(v, &value))?;
            }
        }
        for (relation, declared) in v.relations.enumerate() {
            let links: Vec<WrittenLink<'_>> = self
                .model
                .0
                .links(self.index, relation, false)
                .map(|link| WrittenLink { model: self.model, link })
                .collect();
            if !links.is_empty() {
                map.serialize_entry(&declared.name, &links)?;
            }
        }
        map.end()
    }
}

struct WrittenLink<'m> {
    model: &'m Model,
    link: LinkRef,
}

impl WrittenLink<'_> {
    fn properties(&self) -> impl Iterator<Item = (PropertyIdx, Value)> + '_ {
        let declared = &self.model.0.metamodel.0.relations[self.link.relation].properties;
        declared.iter().filter_map(|property| {
            Some((*property, self.model.link_property(self.link, *property)?))
        })
    }
}

impl Serialize for WrittenLink<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let v = &self.model.0.metamodel.0;
        let to = self.model.0.id_of(self.model.link_target(self.link));
        if self.properties().next().is_none() {
            return serializer.serialize_str(to);
        }
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("to", to)?;
        for (property, value) in self.properties() {
            map.serialize_entry(&v.properties[property].name, &plain(v, &value))?;
        }
        map.end()
    }
}

struct Deviations<'m>(&'m Model);

impl Serialize for Deviations<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut deviations: Vec<&Deviation> = self.0.0.deviations.iter().collect();
        sort_by_key(&mut deviations, |deviation| {
            let Deviation { rule, elements, path, reason, decided_by, until, .. } = deviation;
            (rule, elements, path, until, reason, decided_by)
        });
        let mut list = serializer.serialize_seq(Some(deviations.len()))?;
        for deviation in deviations {
            list.serialize_element(&WrittenDeviation(deviation))?;
        }
        list.end()
    }
}

struct WrittenDeviation<'m>(&'m Deviation);

impl Serialize for WrittenDeviation<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let deviation = self.0;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("rule", &deviation.rule)?;
        map.serialize_entry("elements", &deviation.elements)?;
        if let Some(path) = &deviation.path {
            map.serialize_entry("path", path)?;
        }
        map.serialize_entry("reason", &deviation.reason)?;
        if let Some(decided_by) = &deviation.decided_by {
            map.serialize_entry("decided_by", decided_by)?;
        }
        if let Some(until) = deviation.until {
            map.serialize_entry("until", &until.to_string())?;
        }
        map.end()
    }
}
