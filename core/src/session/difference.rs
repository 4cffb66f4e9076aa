//! What differs between two models of one metamodel.

use std::sync::Arc;

use rustc_hash::FxHashSet;

use super::affected::Touch;
use crate::metamodel::RelationIdx;
use crate::model::draft::Properties;
use crate::model::{Deviation, ElementIdx, Model};

/// What going from one model to the other touches.
pub(super) fn difference(old: &Model, new: &Model) -> Vec<Touch> {
    let mut touches = Vec::new();
    elements(old, new, &mut touches);
    for relation in old.vocabulary().0.relations.indices().collect::<Vec<_>>() {
        links(old, new, relation, &mut touches);
    }
    if old.0.open_kinds != new.0.open_kinds {
        touches.push(Touch::OpenKinds);
    }
    let same = old.deviations().len() == new.deviations().len()
        && old.deviations().iter().zip(new.deviations()).all(|(a, b)| is_same(a, b));
    if !same {
        touches.push(Touch::Deviations);
    }
    touches
}

/// Whether two deviations are equal, wherever they are written.
pub(super) fn is_same(a: &Deviation, b: &Deviation) -> bool {
    (&a.rule, &a.elements, &a.path, &a.reason, &a.decided_by, a.until)
        == (&b.rule, &b.elements, &b.path, &b.reason, &b.decided_by, b.until)
}

fn elements(old: &Model, new: &Model, touches: &mut Vec<Touch>) {
    let v = &old.vocabulary().0;
    let whole = |model: &Model, element: ElementIdx| {
        Touch::Element(model.kind_of(element), Arc::from(model.id_of(element)))
    };
    for element in old.0.elements() {
        let kind = old.kind_of(element);
        let other = new.find(old.id_of(element)).filter(|other| new.kind_of(*other) == kind);
        let Some(other) = other else {
            touches.push(whole(old, element));
            continue;
        };
        if old.is_live(element) != new.is_live(other) {
            touches.push(whole(old, element));
        }
        for property in &v.kinds[kind].properties {
            if old.property(element, *property) != new.property(other, *property) {
                touches.push(Touch::Property(Arc::from(old.id_of(element)), *property));
            }
        }
    }
    for element in new.0.elements() {
        let other = old.find(new.id_of(element));
        if other.is_none_or(|other| old.kind_of(other) != new.kind_of(element)) {
            touches.push(whole(new, element));
        }
    }
}

fn links(old: &Model, new: &Model, relation: RelationIdx, touches: &mut Vec<Touch>) {
    let mut seen: FxHashSet<(Arc<str>, Arc<str>)> = FxHashSet::default();
    for (model, other) in [(old, new), (new, old)] {
        for element in model.0.elements() {
            for link in model.links(element, relation, false) {
                let to = model.link_target(link);
                let properties = model.0.link_properties(relation, link.link);
                let ends = (model.id_of(element), model.id_of(to));
                if !has_link(other, relation, ends, &properties) {
                    let ends = (Arc::from(ends.0), Arc::from(ends.1));
                    if seen.insert(ends.clone()) {
                        touches.push(Touch::Link(relation, ends.0, ends.1));
                    }
                }
            }
        }
    }
}

fn has_link(
    model: &Model,
    relation: RelationIdx,
    (from, to): (&str, &str),
    properties: &Properties,
) -> bool {
    let Some((from, to)) = model.find(from).zip(model.find(to)) else { return false };
    let between = model.0.links_between(relation, from, to);
    between.iter().any(|(_, held)| held == properties)
}
