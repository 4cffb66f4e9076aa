//! The words of documents: keys and values with what they are for.

use super::meaning::{self, Meaning};
use super::offer::{Offer, Offers};
use super::sketch::Sketch;
use super::{Asked, CompletionKind, Editor};
use crate::eval::Verdict;
use crate::form::Holds;
use crate::metamodel::{EnumIdx, KindIdx, KindSet, PropertyIdx, PropertyType, Vocabulary};
use crate::pack::Severity;
use crate::settings::OFF;
use crate::text::Language;

impl Asked {
    /// The keys that the mapping at the cursor may have and has not.
    pub(super) fn keys(&self, v: &Vocabulary, language: Language, offers: &mut Offers) {
        let place = self.entry().place;
        if let Some(within) = meaning::of_place(v, self.root, &self.sketch, place) {
            add_keys(v, within, language, offers);
            // An item of a list may begin with a key of what it is.
            let may_begin = self.entry().key.is_none() && !self.sketch.is_flow(place);
            if let Some(item) = self.value.filter(|_| may_begin) {
                add_keys(v, item, language, offers);
            }
        }
        let entries = self.sketch.within(place).enumerate();
        let others = entries.filter(|(_, entry)| !std::ptr::eq(*entry, self.entry()));
        let keys: Vec<&str> =
            others.filter_map(|(_, entry)| Some(entry.key.as_ref()?.text.as_str())).collect();
        offers.without(keys.into_iter());
    }

    /// What the value at the cursor may be.
    pub(super) fn values(&self, editor: &Editor, offers: &mut Offers) {
        let v = editor.vocabulary();
        let Some(value) = self.value else { return };
        match value {
            Meaning::Property(property, kind) => {
                add_values(v, property, kind, editor.language, offers);
            }
            Meaning::Links(relation, inverse, kind) | Meaning::Target(relation, inverse, kind) => {
                self.add_elements(editor, &v.targets(relation, inverse, kind), offers);
            }
            Meaning::Holds(holds) => self.add_held(editor, holds, offers),
            Meaning::Model | Meaning::Part(_) | Meaning::Section(_) | Meaning::Element(_) => {}
        }
    }

    /// Whatever could be at the cursor, what is there among it.
    pub(super) fn everything(&self, editor: &Editor, offers: &mut Offers) {
        let v = editor.vocabulary();
        if self.cursor.part == super::Part::Key {
            if let Some(within) = meaning::of_place(v, self.root, &self.sketch, self.entry().place)
            {
                add_keys(v, within, editor.language, offers);
            }
        } else {
            self.values(editor, offers);
        }
    }

    fn add_held(&self, editor: &Editor, holds: Holds, offers: &mut Offers) {
        let v = editor.vocabulary();
        let mut word = |name: &str| offers.add(Offer::new(CompletionKind::Value, name, "", ""));
        match holds {
            Holds::Version => word("1"),
            Holds::Flag => ["true", "false"].into_iter().for_each(word),
            Holds::Severity => Severity::ALL.map(Severity::as_str).into_iter().for_each(word),
            Holds::SeverityOrOff => {
                Severity::ALL.map(Severity::as_str).into_iter().chain([OFF]).for_each(word);
            }
            Holds::Verdict => Verdict::ALL.map(Verdict::as_str).into_iter().for_each(word),
            Holds::Language => Language::ALL.map(Language::code).into_iter().for_each(word),
            Holds::OneOrMore(item) | Holds::List(item) => self.add_held(editor, *item, offers),
            Holds::Kind | Holds::KindOrModel => {
                add_kinds(v, editor.language, offers);
                if matches!(holds, Holds::KindOrModel) {
                    offers.add(Offer::new(CompletionKind::Kind, "Model", "", ""));
                }
            }
            Holds::Phase => add_enumeration(v, v.phase, editor.language, offers),
            Holds::Gate => add_enumeration(v, v.gate, editor.language, offers),
            Holds::Text => self.add_named(editor, offers),
            _ => {}
        }
    }

    /// Fields that hold the name of something: a rule, an element, a pack.
    fn add_named(&self, editor: &Editor, offers: &mut Offers) {
        let path = self.sketch.path(self.entry().place);
        let own = self.entry().key.as_ref().map(|key| super::sketch::Step::Key(&key.text));
        let mut names = path.iter().copied().chain(own).filter_map(|step| match step {
            super::sketch::Step::Key(key) => Some(key),
            super::sketch::Step::Item => None,
        });
        let (first, last) = (names.next(), names.next_back());
        match (first, last) {
            (Some("deviations"), Some("rule")) => {
                for rule in editor.rules.rules() {
                    let title = rule.title().get(editor.language);
                    let about = rule.why().get(editor.language);
                    offers.add(Offer::new(CompletionKind::Name, rule.id(), title, about));
                }
            }
            (Some("deviations"), Some("element" | "elements" | "decided_by")) => {
                let all: KindSet = editor.vocabulary().kinds.indices().collect();
                self.add_elements(editor, &all, offers);
            }
            (Some("uses"), None) => {
                for pack in editor.rules.packs() {
                    let title = pack.title().get(editor.language);
                    offers.add(Offer::new(CompletionKind::Name, pack.id(), title, ""));
                }
            }
            _ => {}
        }
    }

    /// Ids of elements of some kinds, in this text and those beside it.
    fn add_elements(&self, editor: &Editor, kinds: &KindSet, offers: &mut Offers) {
        let v = editor.vocabulary();
        for source in &editor.beside {
            let sketch = Sketch::of(source.text(), None);
            add_ids(v, &sketch, kinds, editor.language, offers);
        }
        add_ids(v, &self.sketch, kinds, editor.language, offers);
    }
}

/// The ids that a text gives to elements of some kinds.
fn add_ids(
    v: &Vocabulary,
    sketch: &Sketch,
    kinds: &KindSet,
    language: Language,
    offers: &mut Offers,
) {
    for entry in &sketch.entries {
        let (Some(key), Some(id)) = (&entry.key, &entry.value) else { continue };
        if key.text != "id" {
            continue;
        }
        let path = sketch.path(entry.place);
        let [.., super::sketch::Step::Key(section), super::sketch::Step::Item] = path.as_slice()
        else {
            continue;
        };
        let Some(kind) = v.kinds_by_section.get(*section).filter(|kind| kinds.contains(**kind))
        else {
            continue;
        };
        let name = sketch.values(entry.place, "name");
        let name = name.first().map_or("", |name| name.text.as_str());
        let label = v.kinds[*kind].label.get(language);
        offers.add(Offer::new(CompletionKind::Element, &id.text, name, label));
    }
}

fn add_keys(v: &Vocabulary, within: Meaning, language: Language, offers: &mut Offers) {
    if let Some(form) = meaning::form(within) {
        for field in form.fields {
            let offer = Offer::new(CompletionKind::Field, field.name, "", field.about);
            offers.add(offer.then(": "));
        }
    }
    match within {
        Meaning::Model | Meaning::Holds(Holds::Model) => {
            for kind in v.kinds.iter() {
                let (plural, about) = (kind.plural.get(language), kind.description.get(language));
                let offer = Offer::new(CompletionKind::Section, &kind.section, plural, about);
                offers.add(offer.then(":\n  - id: "));
            }
        }
        Meaning::Element(kind) => add_fields(v, kind, language, offers),
        Meaning::Links(relation, ..) => {
            offers.add(Offer::new(CompletionKind::Field, "to", "", "").then(": "));
            for property in &v.relations[relation].properties {
                add_property(v, *property, language, offers);
            }
        }
        Meaning::Holds(Holds::Languages | Holds::TextOrLanguages) => {
            for language in Language::ALL {
                let offer = Offer::new(CompletionKind::Field, language.code(), "", "");
                offers.add(offer.then(": "));
            }
        }
        _ => {}
    }
}

/// The properties and relations of a kind.
fn add_fields(v: &Vocabulary, kind: KindIdx, language: Language, offers: &mut Offers) {
    for property in &v.kinds[kind].properties {
        add_property(v, *property, language, offers);
    }
    for (index, relation) in v.relations.enumerate() {
        for (inverse, name, label) in [
            (false, &relation.name, &relation.label),
            (true, &relation.inverse, &relation.inverse_label),
        ] {
            let targets = v.targets(index, inverse, kind);
            if !targets.is_empty() {
                let kinds: Vec<&str> =
                    targets.iter().map(|kind| v.kinds[kind].label.get(language)).collect();
                let detail = format!("{} → {}", label.get(language), kinds.join(", "));
                let about = relation.description.get(language);
                offers.add(Offer::new(CompletionKind::Relation, name, &detail, about).then(": "));
            }
        }
    }
}

pub(super) fn add_property(
    v: &Vocabulary,
    property: PropertyIdx,
    language: Language,
    offers: &mut Offers,
) {
    let declared = &v.properties[property];
    let (label, about) = (declared.label.get(language), declared.description.get(language));
    offers.add(Offer::new(CompletionKind::Property, &declared.name, label, about).then(": "));
}

/// The values that a property may have, where they are few.
fn add_values(
    v: &Vocabulary,
    property: PropertyIdx,
    kind: Option<KindIdx>,
    language: Language,
    offers: &mut Offers,
) {
    match v.properties[property].kind {
        PropertyType::Bool => {
            for value in ["true", "false"] {
                offers.add(Offer::new(CompletionKind::Value, value, "", ""));
            }
        }
        PropertyType::Enum(enumeration) => {
            let states = kind.filter(|_| Some(enumeration) == v.state);
            let states = states.map(|kind| &v.kinds[kind].states);
            for (position, value) in v.enumerations[enumeration].values.iter().enumerate() {
                let is_state = |states: &Vec<u32>| {
                    states.iter().any(|state| usize::try_from(*state) == Ok(position))
                };
                if states.is_none_or(is_state) {
                    let (label, about) =
                        (value.label.get(language), value.description.get(language));
                    offers.add(Offer::new(CompletionKind::Value, &value.name, label, about));
                }
            }
        }
        PropertyType::Text
        | PropertyType::Int
        | PropertyType::Number
        | PropertyType::Date
        | PropertyType::Texts => {}
    }
}

pub(super) fn add_enumeration(
    v: &Vocabulary,
    enumeration: Option<EnumIdx>,
    language: Language,
    offers: &mut Offers,
) {
    for value in enumeration.iter().flat_map(|index| &v.enumerations[*index].values) {
        let (label, about) = (value.label.get(language), value.description.get(language));
        offers.add(Offer::new(CompletionKind::Value, &value.name, label, about));
    }
}

pub(super) fn add_kinds(v: &Vocabulary, language: Language, offers: &mut Offers) {
    for kind in v.kinds.iter() {
        let (label, about) = (kind.label.get(language), kind.description.get(language));
        offers.add(Offer::new(CompletionKind::Kind, &kind.name, label, about));
    }
}
