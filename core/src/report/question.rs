//! What to ask somebody who may know: questions about missing facts, from the metamodel's labels.

use super::{ElementRef, LinkNote, MissingFact};
use crate::eval::Fact;
use crate::metamodel::{KindSet, PropertyIdx, PropertyType, RelationIdx};
use crate::model::{ElementIdx, LinkRef, Model};
use crate::text::{Language, Text};

/// A missing fact with its question in every language.
pub(crate) fn missing_fact(model: &Model, fact: Fact) -> MissingFact {
    let vocabulary = &model.vocabulary().0;
    match fact {
        Fact::Property(element, property) => MissingFact {
            element: Some(element_ref(model, element)),
            field: vocabulary.properties[property].name.clone(),
            link: None,
            question: both(|language| property_question(model, element, property, language)),
        },
        Fact::Relation(element, relation, inverse) => MissingFact {
            element: Some(element_ref(model, element)),
            field: relation_name(model, relation, inverse).to_owned(),
            link: None,
            question: both(|language| {
                relation_question(model, element, relation, inverse, language)
            }),
        },
        Fact::LinkProperty(element, link, property) => {
            let far = if model.link_source(link) == element {
                model.link_target(link)
            } else {
                model.link_source(link)
            };
            MissingFact {
                element: Some(element_ref(model, element)),
                field: vocabulary.properties[property].name.clone(),
                link: Some(LinkNote {
                    relation: vocabulary.relations[link.relation].name.clone(),
                    to: element_ref(model, far),
                }),
                question: both(|language| {
                    link_question(model, (element, far), link, property, language)
                }),
            }
        }
        Fact::Section(kind) => {
            let kind = &vocabulary.kinds[kind];
            MissingFact {
                element: None,
                field: kind.section.clone(),
                link: None,
                question: both(|language| {
                    let many = kind.plural.get(language);
                    match language {
                        Language::En => format!("Which {many} are there besides those recorded?"),
                        Language::Nl => format!("Welke {many} zijn er naast de vastgelegde?"),
                    }
                }),
            }
        }
    }
}

/// An element by kind, id and name.
pub(crate) fn element_ref(model: &Model, element: ElementIdx) -> ElementRef {
    let id = model.id_of(element).to_owned();
    let name = Some(model.display_name(element)).filter(|name| *name != id);
    ElementRef { kind: model.vocabulary().0.kinds[model.kind_of(element)].name.clone(), id, name }
}

fn both(question: impl Fn(Language) -> String) -> Text {
    Text::both(question(Language::En), question(Language::Nl))
}

/// `the role “Sponsor” (opdrachtgever)`, as the languages say it.
fn the(model: &Model, element: ElementIdx, language: Language) -> String {
    let kind = &model.vocabulary().0.kinds[model.kind_of(element)].label;
    element_ref(model, element).describe(Some(kind), language)
}

fn relation_name(model: &Model, relation: RelationIdx, inverse: bool) -> &str {
    let relation = &model.vocabulary().0.relations[relation];
    if inverse { &relation.inverse } else { &relation.name }
}

fn property_question(
    model: &Model,
    element: ElementIdx,
    property: PropertyIdx,
    language: Language,
) -> String {
    let property = &model.vocabulary().0.properties[property];
    let what = property.label.get(language);
    let of = the(model, element, language);
    match (property.kind, language) {
        (PropertyType::Bool, Language::En) => format!("Does “{what}” hold for {of}, yes or no?"),
        (PropertyType::Bool, Language::Nl) => format!("Geldt “{what}” voor {of}, ja of nee?"),
        (PropertyType::Date, Language::En) => format!("Which date is “{what}” for {of}?"),
        (PropertyType::Date, Language::Nl) => format!("Welke datum is “{what}” bij {of}?"),
        (PropertyType::Texts, Language::En) => format!("Which {what} does {of} have?"),
        (PropertyType::Texts, Language::Nl) => format!("Welke {what} heeft {of}?"),
        (PropertyType::Int | PropertyType::Number, Language::En) => {
            format!("How much is the {what} of {of}?")
        }
        (PropertyType::Int | PropertyType::Number, Language::Nl) => {
            format!("Hoe groot is “{what}” van {of}?")
        }
        (PropertyType::Text | PropertyType::Enum(_), Language::En) => {
            format!("What is “{what}” of {of}?")
        }
        (PropertyType::Text | PropertyType::Enum(_), Language::Nl) => {
            format!("Wat is “{what}” van {of}?")
        }
    }
}

fn relation_question(
    model: &Model,
    element: ElementIdx,
    relation: RelationIdx,
    inverse: bool,
    language: Language,
) -> String {
    let vocabulary = &model.vocabulary().0;
    let targets = vocabulary.targets(relation, inverse, model.kind_of(element));
    let open: KindSet = targets.iter().filter(|kind| model.is_open(*kind)).collect();
    let asked = if open.is_empty() { &targets } else { &open };
    let or = match language {
        Language::En => " or ",
        Language::Nl => " of ",
    };
    let kinds: Vec<&str> =
        asked.iter().map(|kind| vocabulary.kinds[kind].plural.get(language)).collect();
    let kinds = kinds.join(or);
    let declared = &vocabulary.relations[relation];
    let label = if inverse { &declared.inverse_label } else { &declared.label };
    let (of, verb) = (the(model, element, language), label.get(language));
    match language {
        Language::En => format!("Which {kinds} belong here: {of} {verb} …?"),
        Language::Nl => format!("Welke {kinds} horen hier: {of} {verb} …?"),
    }
}

fn link_question(
    model: &Model,
    (element, far): (ElementIdx, ElementIdx),
    link: LinkRef,
    property: PropertyIdx,
    language: Language,
) -> String {
    let vocabulary = &model.vocabulary().0;
    let what = vocabulary.properties[property].label.get(language);
    let verb = vocabulary.relations[link.relation].label.get(language);
    let (of, far) = (the(model, element, language), the(model, far, language));
    match language {
        Language::En => format!("What is “{what}” where {of} {verb} {far}?"),
        Language::Nl => format!("Wat is “{what}” waar {of} {verb} {far}?"),
    }
}

/// A fact in short, for tests and tables: `element.field`, `element.relation[far end].property`, or a section.
pub(crate) fn fact_name(model: &Model, fact: Fact) -> String {
    let fact = missing_fact(model, fact);
    match (fact.element, fact.link) {
        (Some(element), Some(link)) => {
            format!("{}.{}[{}].{}", element.id, link.relation, link.to.id, fact.field)
        }
        (Some(element), None) => format!("{}.{}", element.id, fact.field),
        (None, _) => fact.field,
    }
}
