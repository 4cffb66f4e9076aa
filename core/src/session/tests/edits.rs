//! Random edits of a model, most of which make sense.

use serde_json::{Value as Json, json};

use crate::metamodel::{KindIdx, PropertyIdx, PropertyType, RelationIdx};
use crate::model::{Edit, Model};

/// Numbers that follow from a seed alone (xorshift64*).
pub(super) struct Dice(u64);

impl Dice {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    pub(super) fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 1
    }

    pub(super) fn below(&mut self, limit: u64) -> u64 {
        self.next() % limit.max(1)
    }

    fn chance(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }

    fn pick<'a, T>(&mut self, items: &'a [T]) -> Option<&'a T> {
        let at = usize::try_from(self.below(u64::try_from(items.len()).unwrap())).unwrap();
        items.get(at)
    }
}

/// Elements of a kind at most.
const IDS: u64 = 3;
const DAYS: [&str; 9] = [
    "2025-06-01",
    "2025-12-31",
    "2026-05-31",
    "2026-06-01",
    "2026-06-02",
    "2026-07-15",
    "2026-12-31",
    "2027-06-01",
    "2030-01-01",
];
const TEXTS: [&str; 5] = ["a", "b", "Ada", "a longer name", ""];

pub(super) fn edit(model: &Model, dice: &mut Dice) -> Edit {
    match dice.below(100) {
        0..15 => put(model, dice),
        15..21 => Edit::remove(some_id(model, dice)),
        21..48 => set(model, dice),
        48..54 => {
            let Some((id, field)) = some_field(model, dice) else { return put(model, dice) };
            Edit::clear(id, model.vocabulary().0.properties[field].name.clone())
        }
        54..78 => link(model, dice),
        78..88 => unlink(model, dice),
        88..91 => {
            let kind = kind_name(model, some_kind(model, dice));
            if dice.chance(30) { Edit::open(kind) } else { Edit::close(kind) }
        }
        91..95 => deviate(model, dice),
        95..96 => match dice.pick(model.deviations()) {
            Some(one) => Edit::Withdraw {
                rule: one.rule.clone(),
                elements: one.elements.clone(),
                path: one.path.clone(),
            },
            None => deviate(model, dice),
        },
        _ => Edit::date(dice.pick(&DAYS).unwrap().parse().unwrap()),
    }
}

/// Kinds that rules ask much about come by more often.
fn some_kind(model: &Model, dice: &mut Dice) -> KindIdx {
    let v = &model.vocabulary().0;
    let known: Vec<KindIdx> = ["Programme", "Project", "Role", "Person", "Benefit", "Body", "Goal"]
        .iter()
        .filter_map(|name| v.kinds_by_name.get(*name).copied())
        .collect();
    let all: Vec<KindIdx> = v.kinds.indices().collect();
    let some = if dice.chance(60) { known } else { all };
    *dice.pick(&some).unwrap()
}

fn kind_name(model: &Model, kind: KindIdx) -> String {
    model.vocabulary().0.kinds[kind].name.clone()
}

fn id_of(model: &Model, kind: KindIdx, dice: &mut Dice) -> String {
    let section = &model.vocabulary().0.kinds[kind].section;
    format!("{section}-{}", dice.below(IDS))
}

fn present(model: &Model) -> Vec<String> {
    model.elements().map(|element| element.id().to_owned()).collect()
}

fn some_id(model: &Model, dice: &mut Dice) -> String {
    let all = present(model);
    match dice.pick(&all) {
        Some(id) if !dice.chance(2) => id.clone(),
        _ => "nobody".to_owned(),
    }
}

fn put(model: &Model, dice: &mut Dice) -> Edit {
    let kind = some_kind(model, dice);
    let mut edit = Edit::put(kind_name(model, kind), id_of(model, kind, dice));
    for property in &model.vocabulary().0.kinds[kind].properties {
        let declared = &model.vocabulary().0.properties[*property];
        if declared.name != "id" && dice.chance(60) {
            edit = edit.with(declared.name.clone(), value(model, Some(kind), *property, dice));
        }
    }
    edit
}

fn some_field(model: &Model, dice: &mut Dice) -> Option<(String, PropertyIdx)> {
    let id = some_id(model, dice);
    let kind = model.kind_of(model.find(&id)?);
    let properties: Vec<PropertyIdx> = model.vocabulary().0.kinds[kind]
        .properties
        .iter()
        .copied()
        .filter(|property| model.vocabulary().0.properties[*property].name != "id")
        .collect();
    // Names are told in findings, and states decide what is live.
    let common = ["name", "state", "phase"];
    let known: Vec<PropertyIdx> =
        common.iter().filter_map(|name| model.vocabulary().0.property_of(kind, name)).collect();
    let some = if dice.chance(35) { dice.pick(&known) } else { dice.pick(&properties) };
    Some((id, *some?))
}

fn set(model: &Model, dice: &mut Dice) -> Edit {
    let Some((id, property)) = some_field(model, dice) else { return put(model, dice) };
    let kind = model.find(&id).map(|element| model.kind_of(element));
    let name = model.vocabulary().0.properties[property].name.clone();
    Edit::set(id, name, value(model, kind, property, dice))
}

fn value(model: &Model, kind: Option<KindIdx>, property: PropertyIdx, dice: &mut Dice) -> Json {
    let v = &model.vocabulary().0;
    if dice.chance(1) {
        return json!("no such value");
    }
    match v.properties[property].kind {
        PropertyType::Text => json!(dice.pick(&TEXTS)),
        PropertyType::Bool => json!(dice.chance(50)),
        PropertyType::Int => json!(dice.pick(&[0, 1, 2, 30, 90, 365])),
        PropertyType::Number => json!(dice.pick(&[0.0, 0.2, 0.5, 1.0, 250_000.0])),
        PropertyType::Date => json!(dice.pick(&DAYS)),
        PropertyType::Texts => json!([dice.pick(&TEXTS), dice.pick(&TEXTS)]),
        PropertyType::Enum(enumeration) => {
            let values = &v.enumerations[enumeration].values;
            let is_state = Some(enumeration) == v.state;
            let states = kind.filter(|_| is_state).map(|kind| &v.kinds[kind].states);
            let positions: Vec<u32> = match states {
                Some(states) => states.clone(),
                None => (0..u32::try_from(values.len()).unwrap()).collect(),
            };
            let position = dice.pick(&positions).copied().unwrap_or(0);
            json!(v.enum_name(enumeration, position))
        }
    }
}

fn link(model: &Model, dice: &mut Dice) -> Edit {
    let Some((from, relation, inverse, to)) = some_ends(model, dice) else {
        return put(model, dice);
    };
    let declared = &model.vocabulary().0.relations[relation];
    let name = if inverse { &declared.inverse } else { &declared.name };
    let mut edit = Edit::link(from, name.clone(), to);
    for property in &declared.properties {
        if dice.chance(35) {
            let name = model.vocabulary().0.properties[*property].name.clone();
            edit = edit.with(name, value(model, None, *property, dice));
        }
    }
    edit
}

/// Two elements that are there, and a relation between their kinds.
fn some_ends(model: &Model, dice: &mut Dice) -> Option<(String, RelationIdx, bool, String)> {
    let v = &model.vocabulary().0;
    let from = model.find(&some_id(model, dice))?;
    let kind = model.kind_of(from);
    let mut all = Vec::new();
    for relation in v.relations.indices() {
        for inverse in [false, true] {
            for target in v.targets(relation, inverse, kind).iter() {
                for to in model.elements_of(target) {
                    all.push((relation, inverse, crate::eval::reference::element_at(to)));
                }
            }
        }
    }
    let (relation, inverse, to) = dice.pick(&all)?;
    Some((model.id_of(from).to_owned(), *relation, *inverse, model.id_of(*to).to_owned()))
}

fn unlink(model: &Model, dice: &mut Dice) -> Edit {
    let v = &model.vocabulary().0;
    let Some(from) = model.find(&some_id(model, dice)) else { return put(model, dice) };
    let mut all = Vec::new();
    for relation in v.relations.indices() {
        for inverse in [false, true] {
            all.extend(model.links(from, relation, inverse));
        }
    }
    let Some(link) = dice.pick(&all) else { return set(model, dice) };
    let declared = &v.relations[link.relation];
    let name = if link.inverse { &declared.inverse } else { &declared.name };
    let from = model.id_of(from).to_owned();
    let to = model.id_of(model.link_target(*link)).to_owned();
    let start = declared.valid_from.and_then(|from| model.link_property(*link, from));
    match start {
        Some(crate::value::Value::Timestamp(start)) if dice.chance(50) => Edit::Unlink {
            from,
            relation: name.clone(),
            to,
            valid_from: crate::value::Date::from_timestamp(start),
        },
        _ => Edit::unlink(from, name.clone(), to),
    }
}

fn deviate(model: &Model, dice: &mut Dice) -> Edit {
    let rules = super::rules().typed();
    let rule = dice.pick(&rules.rules).unwrap();
    let rule = if dice.chance(4) { "no-such-rule" } else { &rule.id };
    let path = dice.chance(25).then(|| {
        let paths =
            ["includes", "includes+[Project]", "has_role/held_by", "depends_on*", "no path"];
        (*dice.pick(&paths).unwrap()).to_owned()
    });
    let mut elements = vec![some_id(model, dice)];
    if dice.chance(30) {
        elements.push(some_id(model, dice));
    }
    Edit::Deviate {
        rule: rule.to_owned(),
        elements,
        path,
        reason: "because".to_owned(),
        decided_by: None,
        until: dice.chance(60).then(|| dice.pick(&DAYS).unwrap().parse().unwrap()),
    }
}
