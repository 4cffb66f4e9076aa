//! Links that are written more than once: from either side, or twice.

use crate::metamodel::PropertyIdx;
use crate::model::draft::Properties;
use crate::model::store::{compare_properties, property_of};
use crate::model::{ElementIdx, Origin};
use crate::sort::{sort_by, sort_by_key};

/// A link as written at one of its ends, with both ends known. Properties are sorted.
#[derive(Debug, Clone)]
pub(crate) struct Mention {
    pub(crate) from: ElementIdx,
    pub(crate) to: ElementIdx,
    /// Written at the target's end.
    pub(crate) inverse: bool,
    pub(crate) origin: Origin,
    pub(crate) properties: Properties,
}

/// Links between the same two elements at most: to find which mentions are one link, each is held
/// against all the others.
pub(crate) const MOST_LINKS: usize = 1_000;

/// Mentions that can't be joined.
#[derive(Debug)]
pub(crate) enum Conflict {
    /// Two of one link, which can't both be right.
    Differ {
        first: Origin,
        second: Origin,
        /// The property in which they differ.
        property: PropertyIdx,
    },
    /// More links between two elements than the limit.
    TooMany(Origin),
}

/// Joins the mentions of one relation into its links.
///
/// Mentions with equal ends and equal properties are one link; mentions at one side that differ are
/// links of their own, such as one budget used for two purposes. A link written from both sides is one,
/// where the properties that both give are equal; at different `valid_from` they are two. A side that
/// says no more than that there is a link agrees with whatever the other side says.
pub(crate) fn merge(
    mut mentions: Vec<Mention>,
    valid_from: Option<PropertyIdx>,
    conflicts: &mut Vec<Conflict>,
) -> Vec<Mention> {
    let place = |origin: Origin| (origin.source, origin.span);
    sort_by(&mut mentions, |a, b| {
        (a.from, a.to).cmp(&(b.from, b.to)).then(place(a.origin).cmp(&place(b.origin)))
    });
    let mut merged = Vec::with_capacity(mentions.len());
    let mut mentions = mentions.into_iter().peekable();
    while let Some(first) = mentions.next() {
        let ends = (first.from, first.to);
        let same = |mention: &Mention| (mention.from, mention.to) == ends;
        let Some(second) = mentions.next_if(same) else {
            merged.push(first);
            continue;
        };
        let mut group = vec![first, second];
        while let Some(next) = mentions.next_if(same) {
            group.push(next);
        }
        merge_group(group, valid_from, conflicts, &mut merged);
    }
    merged
}

/// Joins mentions that all have the same ends.
fn merge_group(
    group: Vec<Mention>,
    valid_from: Option<PropertyIdx>,
    conflicts: &mut Vec<Conflict>,
    merged: &mut Vec<Mention>,
) {
    let (inverse, forward): (Vec<_>, Vec<_>) = group.into_iter().partition(|m| m.inverse);
    let (inverse, mut open) = (distinct(inverse), distinct(forward));
    for side in [&inverse, &open] {
        if let Some(excess) = side.get(MOST_LINKS) {
            conflicts.push(Conflict::TooMany(excess.origin));
            return;
        }
    }
    // Only alone does a mention without properties get here: any link at the other side is its link.
    let written_forward = !open.is_empty();
    let (bare, telling): (Vec<_>, Vec<_>) =
        inverse.into_iter().partition(|m| m.properties.is_empty());
    for mention in telling {
        if let Some(partner) = open.iter().position(|other| difference(other, &mention).is_none()) {
            merged.push(union(open.remove(partner), mention));
            continue;
        }
        let start = |m: &Mention| valid_from.and_then(|p| property_of(&m.properties, p));
        let mut rivals = open.iter().filter(|other| start(other) == start(&mention));
        match rivals.find_map(|rival| Some((rival, difference(rival, &mention)?))) {
            Some((rival, property)) => conflicts.push(conflict(rival, &mention, property)),
            None => merged.push(mention),
        }
    }
    merged.append(&mut open);
    if !written_forward {
        merged.extend(bare);
    }
}

/// The mentions that differ from one another, in order of their properties; of equal ones the first
/// in the sources stays.
fn distinct(mut mentions: Vec<Mention>) -> Vec<Mention> {
    sort_by(&mut mentions, |a, b| compare_properties(&a.properties, &b.properties));
    mentions.dedup_by(|b, a| compare_properties(&a.properties, &b.properties).is_eq());
    // One that says nothing more is any of the others.
    if mentions.len() > 1 {
        mentions.retain(|mention| !mention.properties.is_empty());
    }
    mentions
}

fn conflict(a: &Mention, b: &Mention, property: PropertyIdx) -> Conflict {
    let place = |origin: Origin| (origin.source, origin.span);
    let (first, second) = if place(a.origin) <= place(b.origin) {
        (a.origin, b.origin)
    } else {
        (b.origin, a.origin)
    };
    Conflict::Differ { first, second, property }
}

/// The first property that both record and that differs.
fn difference(a: &Mention, b: &Mention) -> Option<PropertyIdx> {
    let differing = a.properties.iter().find(|(property, value)| {
        property_of(&b.properties, *property).is_some_and(|other| other != *value)
    });
    differing.map(|(property, _)| *property)
}

/// One mention with the properties of both.
fn union(mut a: Mention, b: Mention) -> Mention {
    for (property, value) in b.properties {
        if !a.properties.iter().any(|(p, _)| *p == property) {
            a.properties.push((property, value));
        }
    }
    sort_by_key(&mut a.properties, |(property, _)| *property);
    a
}
