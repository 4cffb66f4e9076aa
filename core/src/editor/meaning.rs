//! What a place in a document is for: worked out step by step from its root, by the fields of documents and the
//! vocabulary.

use super::sketch::{Entry, Place, Sketch, Step};
use crate::form::{Form, Holds};
use crate::metamodel::{KindIdx, PropertyIdx, RelationIdx, Vocabulary};
use crate::model::form::MODEL;

/// What may stand at a place.
#[derive(Debug, Clone, Copy)]
pub(super) enum Meaning {
    /// A document that may be a model, with a section for each kind.
    Model,
    /// An object of a form.
    Part(&'static Form),
    Holds(Holds),
    /// Elements of a kind.
    Section(KindIdx),
    Element(KindIdx),
    /// Of elements of a kind, or of links where there is none.
    Property(PropertyIdx, Option<KindIdx>),
    /// Links from elements of a kind: one, or a list of them.
    Links(RelationIdx, bool, KindIdx),
    /// The far end of such a link.
    Target(RelationIdx, bool, KindIdx),
}

/// What a key in a mapping means.
pub(super) fn of_key(v: &Vocabulary, within: Meaning, key: &str) -> Option<Meaning> {
    match within {
        Meaning::Model => match v.kinds_by_section.get(key) {
            Some(kind) => Some(Meaning::Section(*kind)),
            None => field(&MODEL, key),
        },
        Meaning::Part(form) => field(form, key),
        Meaning::Holds(holds) => match holds {
            Holds::Part(form) => field(form, key),
            Holds::Model => of_key(v, Meaning::Model, key),
            Holds::Map(value) | Holds::Defined(value) => Some(Meaning::Holds(*value)),
            Holds::Languages | Holds::TextOrLanguages => Some(Meaning::Holds(Holds::Text)),
            _ => None,
        },
        Meaning::Element(kind) => {
            if let Some(property) = v.property_of(kind, key) {
                return Some(Meaning::Property(property, Some(kind)));
            }
            let (relation, inverse) = *v.relations_by_name.get(key)?;
            (!v.targets(relation, inverse, kind).is_empty())
                .then_some(Meaning::Links(relation, inverse, kind))
        }
        Meaning::Links(relation, inverse, kind) if key == "to" => {
            Some(Meaning::Target(relation, inverse, kind))
        }
        Meaning::Links(relation, ..) => {
            v.link_property_of(relation, key).map(|property| Meaning::Property(property, None))
        }
        Meaning::Section(_) | Meaning::Property(..) | Meaning::Target(..) => None,
    }
}

/// What an item of a list means.
fn of_item(v: &Vocabulary, within: Meaning) -> Option<Meaning> {
    match within {
        Meaning::Section(kind) => Some(Meaning::Element(kind)),
        Meaning::Links(..) => Some(within),
        Meaning::Property(property, _) => {
            let is_list = v.properties[property].kind == crate::metamodel::PropertyType::Texts;
            is_list.then_some(within)
        }
        Meaning::Holds(Holds::List(item) | Holds::OneOrMore(item)) => Some(Meaning::Holds(*item)),
        Meaning::Model
        | Meaning::Part(_)
        | Meaning::Holds(_)
        | Meaning::Element(_)
        | Meaning::Target(..) => None,
    }
}

/// What a container means.
pub(super) fn of_place(
    v: &Vocabulary,
    root: Meaning,
    sketch: &Sketch,
    place: Place,
) -> Option<Meaning> {
    sketch.path(place).into_iter().try_fold(root, |within, step| match step {
        Step::Key(key) => of_key(v, within, key),
        Step::Item => of_item(v, within),
    })
}

/// What the value of an entry means.
pub(super) fn of_value(
    v: &Vocabulary,
    root: Meaning,
    sketch: &Sketch,
    entry: &Entry,
) -> Option<Meaning> {
    let within = of_place(v, root, sketch, entry.place)?;
    match &entry.key {
        Some(key) => of_key(v, within, &key.text),
        None => of_item(v, within),
    }
}

/// The form that a mapping with this meaning has, where it has one.
pub(super) fn form(meaning: Meaning) -> Option<&'static Form> {
    match meaning {
        Meaning::Model | Meaning::Holds(Holds::Model) => Some(&MODEL),
        Meaning::Part(form) | Meaning::Holds(Holds::Part(form)) => Some(form),
        _ => None,
    }
}

fn field(form: &'static Form, key: &str) -> Option<Meaning> {
    let field = form.fields.iter().find(|field| field.name == key)?;
    Some(Meaning::Holds(field.holds))
}
