//! From edits by ids and names to changes of a store. Everything that can be wrong is found here.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::Value as Json;

use super::change::{Change, LinkChange};
use super::{Edit, EditProblem, value};
use crate::limits::Limits;
use crate::metamodel::{KindIdx, KindSet, PropertyIdx, RelationIdx, Vocabulary};
use crate::model::draft::{Properties, check_id, repaired_id};
use crate::model::merge::MOST_LINKS;
use crate::model::store::{Store, property_of};
use crate::model::{Deviation, ElementIdx};
use crate::sort::{sort, sort_by_key};
use crate::suggest::{meant, nearest};
use crate::value::{Date, Value};

/// Elements among which the nearest id is looked for, at most.
const SUGGESTIONS: usize = 300_000;

/// The changes that an edit comes to, all of them as the store is now: none of them looks at what another does.
pub(crate) fn lower(
    store: &Store,
    edit: &Edit,
    limits: &Limits,
) -> Result<Vec<Change>, EditProblem> {
    let cx = Cx { store, v: &store.metamodel.0, limits };
    match edit {
        Edit::Put { kind, id, fields } => cx.put(kind, id, fields),
        Edit::Remove { id } => Ok(cx.remove(cx.element(id)?)),
        Edit::Set { id, field, value } => cx.set(id, field, value),
        Edit::Clear { id, field } => cx.set(id, field, &Json::Null),
        Edit::Link { from, relation, to, properties } => cx.link(from, relation, to, properties),
        Edit::Unlink { from, relation, to, valid_from } => {
            cx.unlink(from, relation, to, *valid_from)
        }
        Edit::Open { kind } => cx.open(kind, true),
        Edit::Close { kind } => cx.open(kind, false),
        Edit::Deviate { rule, elements, path, reason, decided_by, until } => {
            let deviation = Deviation {
                rule: cx.text(rule)?,
                elements: elements.iter().map(|id| cx.text(id)).collect::<Result<_, _>>()?,
                path: path.as_ref().map(|text| cx.text(text)).transpose()?,
                reason: cx.text(reason)?,
                decided_by: decided_by.as_ref().map(|text| cx.text(text)).transpose()?,
                until: until.map(Date::timestamp),
                origin: None,
            };
            Ok(vec![Change::Deviate { at: store.deviations.len(), deviation }])
        }
        Edit::Withdraw { rule, elements, path } => cx.withdraw(rule, elements, path.as_deref()),
        // Not the model's: whoever holds the options sets it.
        Edit::Date { .. } => Ok(Vec::new()),
    }
}

struct Cx<'a> {
    store: &'a Store,
    v: &'a Vocabulary,
    limits: &'a Limits,
}

/// The two ends of a link in the order in which the relation is declared.
struct Ends {
    relation: RelationIdx,
    from: ElementIdx,
    to: ElementIdx,
}

impl Cx<'_> {
    fn element(&self, id: &str) -> Result<ElementIdx, EditProblem> {
        self.store.find(id).ok_or_else(|| {
            let ids = self.store.elements().map(|element| self.store.id_of(element));
            let few = self.store.element_count() <= SUGGESTIONS;
            let near = if few { nearest(id, ids).map(str::to_owned) } else { None };
            EditProblem::NoElement { id: id.to_owned(), near }
        })
    }

    fn kind(&self, name: &str) -> Result<KindIdx, EditProblem> {
        self.v.kinds_by_name.get(name).copied().ok_or_else(|| {
            let kinds = self.v.kinds.iter();
            let near = meant(name, kinds.map(|kind| (kind.name.as_str(), &kind.label)));
            EditProblem::NoKind { kind: name.to_owned(), near: near.map(str::to_owned) }
        })
    }

    fn text(&self, text: &str) -> Result<String, EditProblem> {
        let limit = self.limits.text_bytes;
        if text.len() > limit {
            return Err(EditProblem::OverLimit { what: "bytes in a text", limit });
        }
        Ok(text.to_owned())
    }

    fn property(&self, kind: KindIdx, field: &str) -> Result<PropertyIdx, EditProblem> {
        if let Some(property) = self.v.property_of(kind, field) {
            return Ok(property);
        }
        if let Some((relation, inverse)) = self.v.relations_by_name.get(field)
            && !self.v.targets(*relation, *inverse, kind).is_empty()
        {
            return Err(EditProblem::IsRelation { relation: field.to_owned() });
        }
        let declared = self.v.kinds[kind].properties.iter();
        let declared = declared.map(|property| &self.v.properties[*property]);
        let near = meant(field, declared.map(|one| (one.name.as_str(), &one.label)));
        Err(EditProblem::NoField {
            kind: self.v.kinds[kind].name.clone(),
            field: field.to_owned(),
            near: near.map(str::to_owned),
        })
    }

    fn put(
        &self,
        kind_name: &str,
        id: &str,
        fields: &BTreeMap<String, Json>,
    ) -> Result<Vec<Change>, EditProblem> {
        let kind = self.kind(kind_name)?;
        check_id(id)
            .map_err(|_| EditProblem::InvalidId { id: id.to_owned(), near: repaired_id(id) })?;
        let mut properties = Vec::new();
        for (name, json) in fields {
            let property = self.property(kind, name)?;
            if self.is_id(kind, property) {
                return Err(EditProblem::FixedId { id: id.to_owned() });
            }
            let states = Some(self.v.kinds[kind].states.as_slice());
            if let Some(value) = value::read(self.v, property, states, json, self.limits)? {
                properties.push((property, value));
            }
        }
        let Some(element) = self.store.find(id) else {
            let limit = self.limits.elements;
            if self.store.element_count() >= limit {
                return Err(EditProblem::OverLimit { what: "elements", limit });
            }
            return Ok(vec![Change::Insert { kind, id: Arc::from(id), origin: None, properties }]);
        };
        let found = self.store.kind_of(element);
        if found != kind {
            return Err(EditProblem::OtherKind {
                id: id.to_owned(),
                kind: kind_name.to_owned(),
                found: self.v.kinds[found].name.clone(),
            });
        }
        let mut changes = vec![Change::Place { element, origin: None }];
        for property in &self.v.kinds[kind].properties {
            if self.is_id(kind, *property) {
                continue;
            }
            let value = property_of(&properties, *property);
            if value != self.store.property(element, *property) {
                changes.push(Change::Set { element, property: *property, value });
            }
        }
        Ok(changes)
    }

    fn is_id(&self, kind: KindIdx, property: PropertyIdx) -> bool {
        self.v.property_of(kind, "id") == Some(property)
    }

    fn remove(&self, element: ElementIdx) -> Vec<Change> {
        let mut changes = Vec::new();
        for relation in self.v.relations.indices() {
            for inverse in [false, true] {
                for link in self.store.links(element, relation, inverse) {
                    let (from, to) = self.store.link_ends(relation, link.link);
                    // One of an element with itself was listed from its other end.
                    if inverse && from == to {
                        continue;
                    }
                    let properties = self.store.link_properties(relation, link.link);
                    changes.push(Change::Unlink(LinkChange { relation, from, to, properties }));
                }
            }
        }
        changes.push(Change::Remove { element });
        changes
    }

    fn set(&self, id: &str, field: &str, json: &Json) -> Result<Vec<Change>, EditProblem> {
        let element = self.element(id)?;
        let kind = self.store.kind_of(element);
        let property = self.property(kind, field)?;
        if self.is_id(kind, property) {
            return Err(EditProblem::FixedId { id: id.to_owned() });
        }
        let states = Some(self.v.kinds[kind].states.as_slice());
        let value = value::read(self.v, property, states, json, self.limits)?;
        if value == self.store.property(element, property) {
            return Ok(Vec::new());
        }
        Ok(vec![Change::Set { element, property, value }])
    }

    fn ends(&self, from: &str, relation: &str, to: &str) -> Result<Ends, EditProblem> {
        let (at, far) = (self.element(from)?, self.element(to)?);
        let kind = self.store.kind_of(at);
        let named = self.v.relations_by_name.get(relation).copied();
        let targets = |(relation, inverse)| self.v.targets(relation, inverse, kind);
        let found = named.map(|named| (named, targets(named))).filter(|(_, to)| !to.is_empty());
        let Some(((index, inverse), targets)) = found else {
            return Err(EditProblem::NoRelation {
                kind: self.v.kinds[kind].name.clone(),
                relation: relation.to_owned(),
                near: self.nearest_relation(kind, relation),
            });
        };
        let found = self.store.kind_of(far);
        if !targets.contains(found) {
            return Err(EditProblem::WrongKind {
                relation: relation.to_owned(),
                kind: self.v.kinds[kind].name.clone(),
                to: to.to_owned(),
                found: self.v.kinds[found].name.clone(),
                targets: targets.iter().map(|kind| self.v.kinds[kind].name.clone()).collect(),
            });
        }
        let (from, to) = if inverse { (far, at) } else { (at, far) };
        Ok(Ends { relation: index, from, to })
    }

    fn nearest_relation(&self, kind: KindIdx, name: &str) -> Option<String> {
        let mut names = Vec::new();
        for (index, relation) in self.v.relations.enumerate() {
            if !self.v.targets(index, false, kind).is_empty() {
                names.push((relation.name.as_str(), &relation.label));
            }
            if !self.v.targets(index, true, kind).is_empty() {
                names.push((relation.inverse.as_str(), &relation.inverse_label));
            }
        }
        meant(name, names.into_iter()).map(str::to_owned)
    }

    fn link(
        &self,
        from: &str,
        name: &str,
        to: &str,
        properties: &BTreeMap<String, Json>,
    ) -> Result<Vec<Change>, EditProblem> {
        let ends = self.ends(from, name, to)?;
        let properties = self.link_properties(ends.relation, name, properties)?;
        let change = |properties| LinkChange {
            relation: ends.relation,
            from: ends.from,
            to: ends.to,
            properties,
        };
        let between = self.store.links_between(ends.relation, ends.from, ends.to);
        let mut changes = Vec::new();
        // The same links as if one more mention stood in a document, at the end where the others are.
        match between.as_slice() {
            [] => {}
            _ if properties.is_empty() => return Ok(changes),
            [(_, held)] if held.is_empty() => changes.push(Change::Unlink(change(Vec::new()))),
            several if several.iter().any(|(_, held)| *held == properties) => return Ok(changes),
            several if several.len() >= MOST_LINKS => {
                let what = "links between the same two elements";
                return Err(EditProblem::OverLimit { what, limit: MOST_LINKS });
            }
            _ => {}
        }
        if self.v.relations[ends.relation].to_one {
            let stays = |held: &Properties| changes.is_empty() || !held.is_empty();
            self.one_target(&ends, &properties, stays)?;
        }
        changes.push(Change::Link(change(properties)));
        Ok(changes)
    }

    /// Refuses a second target at the same time. `stays` says which links between the two ends stay.
    fn one_target(
        &self,
        ends: &Ends,
        properties: &Properties,
        stays: impl Fn(&Properties) -> bool,
    ) -> Result<(), EditProblem> {
        let declared = &self.v.relations[ends.relation];
        let period = |properties: &Properties| {
            let day = |property: Option<PropertyIdx>| match property_of(properties, property?) {
                Some(Value::Timestamp(day)) => Some(day.days()),
                _ => None,
            };
            (
                day(declared.valid_from).unwrap_or(i64::MIN),
                day(declared.valid_until).unwrap_or(i64::MAX),
            )
        };
        let new = period(properties);
        for link in self.store.links(ends.from, ends.relation, false) {
            let held = self.store.link_properties(ends.relation, link.link);
            let (_, to) = self.store.link_ends(ends.relation, link.link);
            if to == ends.to && !stays(&held) {
                continue;
            }
            let old = period(&held);
            let (first, second) = if old <= new { (old, new) } else { (new, old) };
            if second.0 <= first.1 {
                return Err(EditProblem::SecondTarget {
                    from: self.store.id_of(ends.from).to_owned(),
                    relation: declared.name.clone(),
                    to: self.store.id_of(to).to_owned(),
                });
            }
        }
        Ok(())
    }

    fn link_properties(
        &self,
        relation: RelationIdx,
        name: &str,
        written: &BTreeMap<String, Json>,
    ) -> Result<Properties, EditProblem> {
        let mut properties = Vec::new();
        for (field, json) in written {
            let Some(property) = self.v.link_property_of(relation, field) else {
                let declared = self.v.relations[relation].properties.iter();
                let declared = declared.map(|property| &self.v.properties[*property]);
                let near = meant(field, declared.map(|one| (one.name.as_str(), &one.label)));
                return Err(EditProblem::NoLinkField {
                    relation: name.to_owned(),
                    field: field.to_owned(),
                    near: near.map(str::to_owned),
                });
            };
            if let Some(value) = value::read(self.v, property, None, json, self.limits)? {
                properties.push((property, value));
            }
        }
        sort_by_key(&mut properties, |(property, _)| *property);
        Ok(properties)
    }

    fn unlink(
        &self,
        from: &str,
        name: &str,
        to: &str,
        valid_from: Option<Date>,
    ) -> Result<Vec<Change>, EditProblem> {
        let ends = self.ends(from, name, to)?;
        let Ends { relation, from: source, to: target, .. } = ends;
        let starts = self.v.relations[relation].valid_from;
        let is_meant = |held: &Properties| match valid_from {
            None => true,
            Some(day) => {
                let start = starts.and_then(|property| property_of(held, property));
                start == Some(Value::Timestamp(day.timestamp()))
            }
        };
        let between = self.store.links_between(relation, source, target).into_iter();
        let changes: Vec<Change> = between
            .filter(|(_, held)| is_meant(held))
            .map(|(_, properties)| {
                Change::Unlink(LinkChange { relation, from: source, to: target, properties })
            })
            .collect();
        if changes.is_empty() {
            return Err(EditProblem::NoLink {
                from: from.to_owned(),
                relation: name.to_owned(),
                to: to.to_owned(),
                valid_from,
            });
        }
        Ok(changes)
    }

    fn open(&self, kind: &str, open: bool) -> Result<Vec<Change>, EditProblem> {
        let kind = self.kind(kind)?;
        let before = &self.store.open_kinds;
        if before.contains(kind) == open {
            return Ok(Vec::new());
        }
        let others = before.iter().filter(|other| *other != kind);
        let kinds: KindSet = others.chain(open.then_some(kind)).collect();
        Ok(vec![Change::Open { kinds }])
    }

    fn withdraw(
        &self,
        rule: &str,
        elements: &[String],
        path: Option<&str>,
    ) -> Result<Vec<Change>, EditProblem> {
        let sorted = |elements: &[String]| {
            let mut sorted: Vec<String> = elements.to_vec();
            sort(&mut sorted);
            sorted.dedup();
            sorted
        };
        let asked = sorted(elements);
        let deviations = self.store.deviations.iter().enumerate();
        // From the last, so that the positions of the others hold.
        let changes: Vec<Change> = deviations
            .rev()
            .filter(|(_, one)| one.rule == rule && one.path.as_deref() == path)
            .filter(|(_, one)| sorted(&one.elements) == asked)
            .map(|(at, _)| Change::Withdraw { at })
            .collect();
        if changes.is_empty() {
            let (rule, elements) = (rule.to_owned(), elements.to_vec());
            return Err(EditProblem::NoDeviation { rule, elements });
        }
        Ok(changes)
    }
}
