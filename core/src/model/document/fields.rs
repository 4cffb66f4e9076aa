//! Which fields the elements of each kind have.

use rustc_hash::FxHashMap;

use crate::index::IndexVec;
use crate::metamodel::{KindIdx, PropertyIdx, RelationIdx, Vocabulary};
use crate::text::Text;

/// What a field of an element is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Field {
    Id,
    Property(PropertyIdx),
    /// The flag says inverse.
    Relation(RelationIdx, bool),
}

/// The fields of every kind by name.
pub(crate) struct FieldTable<'a> {
    kinds: IndexVec<KindIdx, Fields<'a>>,
}

struct Fields<'a> {
    by_name: FxHashMap<&'a str, Field>,
    /// In the order of the metamodel, with their labels.
    labelled: Vec<(&'a str, &'a Text)>,
}

impl<'a> FieldTable<'a> {
    pub(crate) fn new(vocabulary: &'a Vocabulary) -> Self {
        let kinds = vocabulary.kinds.indices().map(|kind| fields(vocabulary, kind)).collect();
        Self { kinds }
    }

    pub(crate) fn get(&self, kind: KindIdx, name: &str) -> Option<Field> {
        self.kinds[kind].by_name.get(name).copied()
    }

    pub(crate) fn labelled(
        &self,
        kind: KindIdx,
    ) -> impl Iterator<Item = (&'a str, &'a Text)> + Clone + '_ {
        self.kinds[kind].labelled.iter().copied()
    }
}

fn fields(v: &Vocabulary, kind: KindIdx) -> Fields<'_> {
    let mut fields = Fields { by_name: FxHashMap::default(), labelled: Vec::new() };
    let mut add = |name, label, field| {
        fields.by_name.insert(name, field);
        fields.labelled.push((name, label));
    };
    for property in &v.kinds[kind].properties {
        let declared = &v.properties[*property];
        let field = if declared.name == "id" { Field::Id } else { Field::Property(*property) };
        add(declared.name.as_str(), &declared.label, field);
    }
    for (index, relation) in v.relations.enumerate() {
        if !v.targets(index, false, kind).is_empty() {
            add(relation.name.as_str(), &relation.label, Field::Relation(index, false));
        }
        if !v.targets(index, true, kind).is_empty() {
            add(relation.inverse.as_str(), &relation.inverse_label, Field::Relation(index, true));
        }
    }
    fields
}
