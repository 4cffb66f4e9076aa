//! What comes first where relationships put elements in order, as triggering does with plateaus.

use std::collections::{BTreeMap, BTreeSet};

use super::mapping::Mapping;
use super::place::{JUNCTIONS, Placed};
use super::read::File;
use crate::metamodel::{KindIdx, PropertyIdx, Vocabulary};

/// Numbers the elements that are in an order; the relationships that say so, by position.
pub(super) fn order(
    vocabulary: &Vocabulary,
    mapping: &Mapping,
    file: &File,
    placed: &mut Placed,
) -> BTreeSet<usize> {
    let mut used = BTreeSet::new();
    for (kind, (relationship, name)) in &mapping.order {
        if let Some(property) = vocabulary.property_of(*kind, name) {
            let order = Order::of(*kind, relationship, file, placed);
            let numbers = order.numbers();
            used.extend(order.used(&numbers));
            order.record(property, &numbers, placed);
        }
    }
    used
}

/// Elements of a kind, and junctions between them, by position.
struct Order {
    /// Whether each is an element, and counts.
    counts: BTreeMap<usize, bool>,
    /// Relationships between them: its own position, and those of its ends.
    edges: Vec<(usize, usize, usize)>,
}

/// How many elements stand before each, and how many after it, itself counted.
type Numbers = BTreeMap<usize, (u32, u32)>;

impl Order {
    fn of(kind: KindIdx, relationship: &str, file: &File, placed: &Placed) -> Self {
        let counts = file.elements.iter().enumerate().filter_map(|(position, concept)| {
            let is_element = placed.elements.get(&position).is_some_and(|e| e.kind == kind);
            let is_junction = JUNCTIONS.contains(&concept.kind.as_str());
            (is_element || is_junction).then_some((position, is_element))
        });
        let counts: BTreeMap<usize, bool> = counts.collect();
        let edges = file.relations.iter().enumerate().filter_map(|(position, relation)| {
            let end = |id: &str| placed.by_id.get(id).filter(|end| counts.contains_key(end));
            let (from, to) = (end(&relation.source)?, end(&relation.target)?);
            (relation.kind == relationship).then_some((position, *from, *to))
        });
        let edges = edges.collect();
        Self { counts, edges }
    }

    /// The numbers of those that stand in no circle, nor after one.
    fn numbers(&self) -> Numbers {
        let forwards = self.depths(|(_, from, to)| (*from, *to));
        let backwards = self.depths(|(_, from, to)| (*to, *from));
        let both = forwards.iter().filter_map(|(position, before)| {
            Some((*position, (*before, *backwards.get(position)?)))
        });
        both.collect()
    }

    /// The most elements on a way that ends at each, by taking those first to which none leads that is left.
    fn depths(
        &self,
        ends: impl Fn(&(usize, usize, usize)) -> (usize, usize),
    ) -> BTreeMap<usize, u32> {
        let mut leaving: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        let mut entering: BTreeMap<usize, usize> = BTreeMap::new();
        for edge in &self.edges {
            let (from, to) = ends(edge);
            leaving.entry(from).or_default().push(to);
            *entering.entry(to).or_default() += 1;
        }
        let own = |position: &usize| u32::from(self.counts.get(position) == Some(&true));
        let first = self.counts.keys().filter(|position| !entering.contains_key(position));
        let mut open: Vec<usize> = first.copied().collect();
        let mut best: BTreeMap<usize, u32> = BTreeMap::new();
        let mut done = BTreeMap::new();
        while let Some(at) = open.pop() {
            let depth = best.get(&at).copied().unwrap_or(0) + own(&at);
            done.insert(at, depth);
            for next in leaving.get(&at).into_iter().flatten() {
                let before = best.entry(*next).or_default();
                *before = depth.max(*before);
                if let Some(left) = entering.get_mut(next) {
                    *left -= 1;
                    if *left == 0 {
                        open.push(*next);
                    }
                }
            }
        }
        done
    }

    /// The relationships on a way from one element to another.
    fn used(&self, numbers: &Numbers) -> Vec<usize> {
        let between = |(_, from, to): &&(usize, usize, usize)| {
            let before = numbers.get(from).is_some_and(|(before, _)| *before > 0);
            before && numbers.get(to).is_some_and(|(_, after)| *after > 0)
        };
        self.edges.iter().filter(between).map(|(position, _, _)| *position).collect()
    }

    /// Puts the number down where none is recorded and the element doesn't stand alone.
    fn record(&self, property: PropertyIdx, numbers: &Numbers, placed: &mut Placed) {
        for (position, (before, after)) in numbers {
            let stands_alone = *before <= 1 && *after <= 1;
            if self.counts.get(position) == Some(&true)
                && !stands_alone
                && let Some(element) = placed.elements.get_mut(position)
                && element.properties.iter().all(|(other, _)| *other != property)
            {
                element.properties.push((property, before.to_string()));
            }
        }
    }
}
