//! A store that was changed is the store that loading the changed document makes.

use std::collections::BTreeMap;

use proptest::prelude::*;
use serde_json::{Map, Value as Json, json};

use super::Store;
use crate::metamodel::{Metamodel, RelationIdx};
use crate::model::draft::Properties;
use crate::model::{ElementIdx, Model};
use crate::source::Source;
use crate::value::{Timestamp, Value};

const KINDS: [(&str, &str); 4] =
    [("Programme", "programmes"), ("Goal", "goals"), ("Role", "roles"), ("Person", "persons")];
const RELATIONS: [(&str, usize, usize); 4] =
    [("pursues", 0, 1), ("refines", 1, 1), ("role_in", 2, 0), ("held_by", 2, 3)];
const STATES: [&str; 2] = ["active", "stopped"];

/// A model as written: elements by kind and id, links by relation, ends and what they hold.
#[derive(Debug, Default)]
struct Written {
    elements: BTreeMap<(usize, String), Map<String, Json>>,
    links: BTreeMap<(usize, String, String, String), Map<String, Json>>,
}

#[derive(Debug, Clone)]
enum Change {
    Put(usize, u8),
    Drop(usize, u8),
    Set(usize, u8, u8, u8),
    Link(usize, u8, u8, u8),
    Unlink(usize, usize),
}

fn change() -> impl Strategy<Value = Change> {
    let kind = 0..KINDS.len();
    prop_oneof![
        3 => (kind.clone(), 0..4_u8).prop_map(|(kind, id)| Change::Put(kind, id)),
        1 => (kind.clone(), 0..4_u8).prop_map(|(kind, id)| Change::Drop(kind, id)),
        4 => (kind, 0..4_u8, 0..4_u8, 0..4_u8).prop_map(|(k, id, p, v)| Change::Set(k, id, p, v)),
        6 => (0..RELATIONS.len(), 0..4_u8, 0..4_u8, 0..5_u8)
            .prop_map(|(r, from, to, held)| Change::Link(r, from, to, held)),
        3 => (0..RELATIONS.len(), 0..20_usize).prop_map(|(r, place)| Change::Unlink(r, place)),
    ]
}

fn id(kind: usize, number: u8) -> String {
    format!("{}{number}", ["p", "g", "r", "ü"][kind])
}

struct Both {
    store: Store,
    written: Written,
}

impl Both {
    fn relation(&self, number: usize) -> RelationIdx {
        self.store.metamodel.0.relations_by_name[RELATIONS[number].0].0
    }

    fn apply(&mut self, change: &Change) {
        match *change {
            Change::Put(kind, number) => self.put(kind, &id(kind, number)),
            Change::Drop(kind, number) => self.remove(&id(kind, number)),
            Change::Set(kind, number, property, value) => {
                self.set(kind, &id(kind, number), property, value);
            }
            Change::Link(relation, from, to, held) => {
                let (_, from_kind, to_kind) = RELATIONS[relation];
                self.link(relation, &id(from_kind, from), &id(to_kind, to), held);
            }
            Change::Unlink(relation, place) => self.unlink(relation, place),
        }
    }

    fn put(&mut self, kind: usize, id: &str) {
        if self.store.find(id).is_none() {
            let index = self.store.metamodel.0.kinds_by_name[KINDS[kind].0];
            let element = self.store.insert_element(index, id);
            assert_eq!(self.store.find(id), Some(element));
            self.written.elements.insert((kind, id.to_owned()), Map::new());
        }
    }

    fn remove(&mut self, id: &str) {
        if let Some(element) = self.store.find(id) {
            self.store.remove_element(element);
            self.written.elements.retain(|(_, other), _| other != id);
            self.written.links.retain(|(_, from, to, _), _| from != id && to != id);
        }
    }

    fn set(&mut self, kind: usize, id: &str, property: u8, value: u8) {
        let Some(element) = self.store.find(id) else { return };
        let v = self.store.metamodel.clone();
        let name = ["name", "description", "state", "state"][usize::from(property)];
        let index = v.0.property_of(self.store.kind_of(element), name);
        let state = STATES[usize::from(value % 2)];
        let (value, json) = match name {
            _ if value == 3 => (None, None),
            "state" => {
                let e = v.0.state.unwrap();
                let Some(position) = v.0.enum_value(e, state) else { return };
                let states = &v.0.kinds[self.store.kind_of(element)].states;
                if !states.contains(&position) {
                    return;
                }
                (Some(Value::Enum(e, position)), Some(json!(state)))
            }
            _ => {
                let text = "é".repeat(usize::from(value) * 9);
                (Some(Value::text(&text)), Some(json!(text)))
            }
        };
        let Some(index) = index else { return };
        self.store.set_property(element, index, value.as_ref());
        let fields = self.written.elements.get_mut(&(kind, id.to_owned())).unwrap();
        match json {
            Some(json) => fields.insert(name.to_owned(), json),
            None => fields.remove(name),
        };
    }

    fn link(&mut self, relation: usize, from: &str, to: &str, held: u8) {
        let (Some(source), Some(target)) = (self.store.find(from), self.store.find(to)) else {
            return;
        };
        let index = self.relation(relation);
        let declared = &self.store.metamodel.0.relations[index];
        let mut properties: Properties = Vec::new();
        let mut fields = Map::new();
        // Of several links between the same two elements each tells something.
        if let Some(property) = declared.valid_from {
            let date = format!("2026-01-0{}", held + 1);
            properties.push((property, Value::Timestamp(Timestamp::parse_date(&date).unwrap())));
            fields.insert("valid_from".to_owned(), json!(date));
        }
        let key = (relation, from.to_owned(), to.to_owned(), json!(fields).to_string());
        if self.written.links.insert(key, fields).is_none() {
            let link = self.store.insert_link(index, (source, target), &properties);
            assert_eq!(self.store.link_ends(index, link), (source, target));
            assert_eq!(self.store.link_properties(index, link), properties);
        }
    }

    fn unlink(&mut self, relation: usize, place: usize) {
        let index = self.relation(relation);
        let mine = self.written.links.keys().filter(|(r, ..)| *r == relation);
        let mine: Vec<_> = mine.cloned().collect();
        let Some(key) = mine.get(place % mine.len().max(1)) else { return };
        let (from, to) = (self.store.find(&key.1).unwrap(), self.store.find(&key.2).unwrap());
        let link = self.store.links(from, index, false).find(|link| {
            let held = self.store.link_properties(index, link.link);
            let from_date = held.first().map(|(_, value)| match value {
                Value::Timestamp(day) => day.to_string(),
                _ => String::new(),
            });
            let wanted = self.written.links[key].get("valid_from").and_then(Json::as_str);
            self.store.link_ends(index, link.link).1 == to && from_date.as_deref() == wanted
        });
        self.store.remove_link(index, link.unwrap().link);
        self.written.links.remove(key);
    }

    fn document(&self) -> String {
        let mut sections: Map<String, Json> = Map::new();
        sections.insert("spelregel".to_owned(), json!(1));
        for ((kind, id), fields) in &self.written.elements {
            let mut element = fields.clone();
            element.insert("id".to_owned(), json!(id));
            for ((relation, from, to, _), held) in &self.written.links {
                if from == id {
                    let mut link = held.clone();
                    link.insert("to".to_owned(), json!(to));
                    let list = element.entry(RELATIONS[*relation].0).or_insert_with(|| json!([]));
                    list.as_array_mut().unwrap().push(Json::Object(link));
                }
            }
            let section = sections.entry(KINDS[*kind].1).or_insert_with(|| json!([]));
            section.as_array_mut().unwrap().push(Json::Object(element));
        }
        Json::Object(sections).to_string()
    }
}

fn load(text: &str) -> Model {
    Model::load(&Metamodel::standard(), [Source::new("m.json", text)]).unwrap()
}

/// What evaluators and typing read of the two is equal.
fn assert_equal(changed: &Store, loaded: &Store) {
    let v = &changed.metamodel.0;
    assert_eq!(changed.kind_starts, loaded.kind_starts);
    assert_eq!(changed.live, loaded.live);
    for kind in v.kinds.indices() {
        assert_eq!(changed.all_live(kind), loaded.all_live(kind));
    }
    for relation in v.relations.indices() {
        let (a, b) = (changed.relation(relation), loaded.relation(relation));
        assert_eq!((a.side(false), a.side(true)), (b.side(false), b.side(true)));
        assert_eq!(a.has_parallels(), b.has_parallels());
        for inverse in [false, true] {
            assert_eq!(changed.most_links(relation, inverse), loaded.most_links(relation, inverse));
            for element in changed.elements() {
                let ends = |store: &Store| -> Vec<(ElementIdx, ElementIdx, Properties)> {
                    let links = store.links(element, relation, inverse);
                    let told = links.map(|link| {
                        let (from, to) = store.link_ends(relation, link.link);
                        (from, to, store.link_properties(relation, link.link))
                    });
                    told.collect()
                };
                assert_eq!(ends(changed), ends(loaded));
            }
        }
    }
    for property in v.properties.indices() {
        let tally = |store: &Store| {
            let counts = store.tally(property).to_vec();
            let used = counts.iter().rposition(|count| *count > 0).map_or(0, |last| last + 1);
            counts.into_iter().take(used).collect::<Vec<_>>()
        };
        assert_eq!(tally(changed), tally(loaded));
        assert_eq!(changed.extent(property), loaded.extent(property));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]
    #[test]
    fn changes_in_place_give_what_loading_gives(
        changes in prop::collection::vec(change(), 1..80)
    ) {
        let mut both = Both { store: (*load("{spelregel: 1}").0).clone(), written: Written::default() };
        for change in &changes {
            both.apply(change);
            // What is counted is kept up to date, or counted anew.
            let most = both.relation(3);
            both.store.most_links(most, true);
            for property in both.store.metamodel.0.properties.indices() {
                both.store.tally(property);
                both.store.extent(property);
            }
        }
        let loaded = load(&both.document());
        assert_equal(&both.store, &loaded.0);
        let changed = Model(both.store.into());
        prop_assert_eq!(changed.to_json(), loaded.to_json());
    }
}

#[test]
fn links_that_come_and_go_take_no_space_for_long() {
    let mut both = Both { store: (*load("{spelregel: 1}").0).clone(), written: Written::default() };
    for number in 0..9 {
        both.put(2, &id(2, number));
        both.put(3, &id(3, number));
    }
    let held_by = both.relation(3);
    for round in 0..20_000_u16 {
        let [low, high] = (round % 81).to_le_bytes();
        let number = low + high;
        both.link(3, &id(2, number % 9), &id(3, number / 9 % 9), 0);
        if round % 2 == 0 {
            both.unlink(3, usize::from(number) % 5);
        }
    }
    assert_eq!(both.store.relation(held_by).count(), both.written.links.len());
    assert!(both.store.relation(held_by).slot_count() < 2_000);
}
