//! Links that are written more than once: from either side, or twice.

use std::cmp::Ordering;

use crate::metamodel::PropertyIdx;
use crate::model::draft::Properties;
use crate::model::store::{compare_properties, property_of};
use crate::model::{ElementIdx, Origin};
use crate::value::Value;

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

/// Two mentions of a link that can't both be right.
#[derive(Debug)]
pub(crate) struct Conflict {
    pub(crate) first: Origin,
    pub(crate) second: Origin,
    /// On which they differ; `None` where it can't be told which links are the same.
    pub(crate) property: Option<PropertyIdx>,
}

/// Joins the mentions of one relation into its links.
///
/// Mentions with equal ends and equal properties are one link. A link written from both ends is one
/// where the properties that both give are equal; at different `valid_from` they are two. A side
/// that says no more than that there is a link agrees with whatever the other side says.
pub(crate) fn merge(
    mut mentions: Vec<Mention>,
    valid_from: Option<PropertyIdx>,
    conflicts: &mut Vec<Conflict>,
) -> Vec<Mention> {
    let place = |origin: Origin| (origin.source, origin.span);
    mentions.sort_by(|a, b| {
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
    let mut forward = one_side(forward, valid_from, conflicts);
    let mut inverse = one_side(inverse, valid_from, conflicts);
    let bare = |side: &[Dated]| matches!(side, [only] if only.mention.properties.is_empty());
    if !forward.is_empty() && bare(&inverse) {
        inverse.clear();
    } else if !inverse.is_empty() && bare(&forward) {
        forward.clear();
    }
    let (mut left, mut right) = (Vec::new(), Vec::new());
    let (mut forward, mut inverse) =
        (forward.into_iter().peekable(), inverse.into_iter().peekable());
    // Both sides are in order of `valid_from`, each value once.
    while let (Some(f), Some(i)) = (forward.peek(), inverse.peek()) {
        match f.from.cmp(&i.from) {
            Ordering::Less => left.extend(forward.next()),
            Ordering::Greater => right.extend(inverse.next()),
            Ordering::Equal => {
                if let (Some(f), Some(i)) = (forward.next(), inverse.next()) {
                    match difference(&f.mention, &i.mention) {
                        None => merged.push(union(f.mention, i.mention)),
                        property => {
                            conflicts.push(conflict(&f.mention, &i.mention, property));
                            merged.push(f.mention);
                        }
                    }
                }
            }
        }
    }
    left.extend(forward);
    right.extend(inverse);
    match_undated(&mut left, &mut right, conflicts, merged);
    match_undated(&mut right, &mut left, conflicts, merged);
    merged.extend(left.into_iter().chain(right).map(|dated| dated.mention));
}

/// A mention with its `valid_from`; not recorded comes first.
#[derive(Debug)]
struct Dated {
    from: Option<i64>,
    mention: Mention,
}

/// The mentions of one side, in order of `valid_from`, of which each value may occur once.
fn one_side(
    mentions: Vec<Mention>,
    valid_from: Option<PropertyIdx>,
    conflicts: &mut Vec<Conflict>,
) -> Vec<Dated> {
    let dated = mentions.into_iter().map(|mention| {
        let from = valid_from.and_then(|property| property_of(&mention.properties, property));
        let from = match from {
            Some(Value::Timestamp(from)) => Some(from.seconds()),
            _ => None,
        };
        Dated { from, mention }
    });
    let mut dated: Vec<Dated> = dated.collect();
    // Stable: of equal ones the first in the sources stays.
    dated.sort_by_key(|dated| dated.from);
    dated.dedup_by(|second, first| {
        if second.from != first.from {
            return false;
        }
        if compare_properties(&second.mention.properties, &first.mention.properties).is_ne() {
            let property = difference(&first.mention, &second.mention);
            conflicts.push(conflict(&first.mention, &second.mention, property));
        }
        true
    });
    dated
}

/// Joins the one mention without `valid_from` with the one on the other side that it fits.
fn match_undated(
    side: &mut Vec<Dated>,
    other: &mut Vec<Dated>,
    conflicts: &mut Vec<Conflict>,
    merged: &mut Vec<Mention>,
) {
    let Some(undated) = side.first().filter(|dated| dated.from.is_none()) else { return };
    let differences: Vec<Option<PropertyIdx>> =
        other.iter().map(|dated| difference(&undated.mention, &dated.mention)).collect();
    let mut fitting = differences.iter().enumerate().filter(|(_, differs)| differs.is_none());
    let position = match (fitting.next(), fitting.next()) {
        (Some((position, _)), None) => position,
        (None, _) if other.is_empty() => return,
        (first, _) => {
            let property =
                if first.is_none() { differences.first().copied().flatten() } else { None };
            if let Some(dated) = other.first() {
                conflicts.push(conflict(&undated.mention, &dated.mention, property));
            }
            return;
        }
    };
    let partner = other.remove(position);
    merged.push(union(side.remove(0).mention, partner.mention));
}

fn conflict(a: &Mention, b: &Mention, property: Option<PropertyIdx>) -> Conflict {
    let place = |origin: Origin| (origin.source, origin.span);
    let (first, second) = if place(a.origin) <= place(b.origin) {
        (a.origin, b.origin)
    } else {
        (b.origin, a.origin)
    };
    Conflict { first, second, property }
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
    a.properties.sort_by_key(|(property, _)| *property);
    a
}
