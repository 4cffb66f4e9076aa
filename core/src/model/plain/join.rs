//! Loose parts to a store: elements in model order, ids looked up, links from both ends.

use super::read::{Loose, LooseLink, Relation, Section};
use crate::index::{Csr, Index, IndexVec, narrow, wide};
use crate::metamodel::{KindIdx, Metamodel, RelationIdx, Vocabulary};
use crate::model::merge::{Mention, merge};
use crate::model::store::{IdTable, Links, NewLink, Parts, Store, Surroundings, Texts};
use crate::model::{ElementIdx, Origin};
use crate::source::{Source, Span};

/// `None` where the parts don't fit: an id twice, a link to nowhere, something required that is missing.
///
/// `texts` are those in which links name the other end.
pub(crate) fn join(
    metamodel: &Metamodel,
    texts: &[&str],
    sources: Vec<Source>,
    loose: Loose,
) -> Option<Store> {
    let v = &*metamodel.0;
    let Loose { sections, columns, relations, elements, open_kinds, deviations } = loose;
    let mut parts = Parts { columns, ..Parts::new(metamodel) };
    let mut ranks = vec![ElementIdx::from_usize(0); wide(elements)];
    parts.kind_starts.push(0);
    for (kind, section) in v.kinds.indices().zip(sections) {
        place_section(v, kind, &section, &mut parts, &mut ranks)?;
    }
    let table = IdTable::new(&parts.ids)?;
    let cx = Cx { v, texts, ids: &parts.ids, table, ranks, kind_starts: parts.kind_starts.clone() };
    let mut links = IndexVec::new();
    let mut telling = Vec::new();
    for (relation, loose) in v.relations.indices().zip(relations) {
        if loose.held.len() > 1 {
            telling.push((relation, cx.telling_links(relation, &loose)?));
            links.push(Links::default());
        } else {
            links.push(cx.bare_links(relation, &loose)?);
        }
    }
    parts.links = links;
    for (relation, links) in telling {
        parts.set_links(relation, links, v.relations[relation].valid_from);
    }
    let surroundings = Surroundings {
        sources,
        open_kinds: open_kinds.into_iter().collect(),
        deviations,
        warnings: None,
    };
    Some(Store::assemble(metamodel.clone(), parts, surroundings))
}

/// Puts the elements of a kind in order.
fn place_section(
    v: &Vocabulary,
    kind: KindIdx,
    section: &Section,
    parts: &mut Parts,
    ranks: &mut [ElementIdx],
) -> Option<()> {
    let rows = section.numbers.len();
    let start = parts.ids.len();
    let order = order_of(&section.ids);
    for (rank, row) in order.iter().enumerate() {
        let row = wide(*row);
        parts.ids.push(section.ids.get(row)?);
        parts.origins.push(section.origins.get(row).copied());
        let number = wide(*section.numbers.get(row)?);
        *ranks.get_mut(number)? = ElementIdx::from_usize(start + rank);
    }
    parts.kind_starts.push(narrow(parts.ids.len()));
    let is_ordered = order.is_sorted();
    for property in &v.kinds[kind].properties {
        let column = &mut parts.columns[*property];
        let Some(present) = column.present() else { continue };
        if v.properties[*property].required && present.count() < rows {
            return None;
        }
        if present.length() > 0 && !(is_ordered && present.length() == rows) {
            column.pick(&order);
        }
    }
    Some(())
}

/// The rows in the order of their ids: by their first bytes as a number, and only where these are equal by
/// the whole.
fn order_of(ids: &Texts) -> Vec<u32> {
    let mut keys: Vec<(u128, u32)> =
        (0..ids.len()).map(|row| (first_bytes(ids.get(row).unwrap_or("")), narrow(row))).collect();
    if !keys.is_sorted_by(|(a, _), (b, _)| a < b) {
        keys.sort_unstable_by(|(a, row), (b, other)| {
            a.cmp(b).then_with(|| ids.get(wide(*row)).cmp(&ids.get(wide(*other))))
        });
    }
    keys.into_iter().map(|(_, row)| row).collect()
}

fn first_bytes(text: &str) -> u128 {
    let mut bytes = [0; 16];
    for (place, byte) in bytes.iter_mut().zip(text.bytes()) {
        *place = byte;
    }
    u128::from_be_bytes(bytes)
}

struct Cx<'a> {
    v: &'a Vocabulary,
    texts: &'a [&'a str],
    ids: &'a Texts,
    table: IdTable,
    /// Where the elements went, by their numbers.
    ranks: Vec<ElementIdx>,
    kind_starts: Vec<u32>,
}

impl Cx<'_> {
    fn kind_of(&self, element: ElementIdx) -> KindIdx {
        let after = self.kind_starts.partition_point(|start| wide(*start) <= element.to_usize());
        KindIdx::from_usize(after.saturating_sub(1))
    }

    /// Links that hold nothing: mentions of the same two ends are one.
    fn bare_links(&self, relation: RelationIdx, loose: &Relation) -> Option<Links> {
        let mentions = loose.mentions.iter().map(Vec::len).sum();
        let mut pairs: Vec<(ElementIdx, ElementIdx)> = Vec::with_capacity(mentions);
        for (mentions, inverse) in loose.mentions.iter().zip([false, true]) {
            let mut ends = Ends::new(self, relation, inverse);
            for mention in mentions {
                pairs.push(ends.of(mention)?);
            }
        }
        let outgoing = Csr::from_pairs(&pairs);
        let is_sound =
            !self.v.relations[relation].to_one || outgoing.lengths().all(|links| links <= 1);
        is_sound.then(|| Links::from_outgoing(outgoing))
    }

    fn telling_links(&self, relation: RelationIdx, loose: &Relation) -> Option<Vec<NewLink>> {
        let mut mentions = Vec::new();
        for (of_side, inverse) in loose.mentions.iter().zip([false, true]) {
            let mut ends = Ends::new(self, relation, inverse);
            for link in of_side {
                let (from, to) = ends.of(link)?;
                let span = Span { start: link.start, end: link.start };
                let origin = Origin { source: u32::from(link.source), span };
                let properties = loose.held.get(wide(link.held)).cloned().unwrap_or_default();
                mentions.push(Mention { from, to, inverse, origin, properties });
            }
        }
        let declared = &self.v.relations[relation];
        let mut conflicts = Vec::new();
        let merged = merge(mentions, declared.valid_from, &mut conflicts);
        // Which of two links for one hold at a time is for the other way to say.
        let is_to_one = declared.to_one && !merged.is_sorted_by(|a, b| a.from < b.from);
        if !conflicts.is_empty() || is_to_one {
            return None;
        }
        let new = |m: Mention| NewLink { from: m.from, to: m.to, properties: m.properties };
        Some(merged.into_iter().map(new).collect())
    }
}

/// Finds the ends of the mentions of one relation at one side. Most have ends of the same kinds as the one
/// before.
struct Ends<'a> {
    cx: &'a Cx<'a>,
    relation: RelationIdx,
    inverse: bool,
    /// Elements of kinds that may be linked.
    sound: Option<(std::ops::Range<usize>, std::ops::Range<usize>)>,
}

impl<'a> Ends<'a> {
    fn new(cx: &'a Cx<'a>, relation: RelationIdx, inverse: bool) -> Self {
        Self { cx, relation, inverse, sound: None }
    }

    fn of(&mut self, link: &LooseLink) -> Option<(ElementIdx, ElementIdx)> {
        let text = self.cx.texts.get(usize::from(link.source))?;
        let start = wide(link.start);
        let id = text.get(start..start + usize::from(link.length))?;
        let at = *self.cx.ranks.get(wide(link.at))?;
        let other = ElementIdx::from_usize(self.cx.table.find(self.cx.ids, id)?);
        let (from, to) = if self.inverse { (other, at) } else { (at, other) };
        let is_known = self.sound.as_ref().is_some_and(|(sources, targets)| {
            sources.contains(&from.to_usize()) && targets.contains(&to.to_usize())
        });
        if !is_known {
            self.check(from, to)?;
        }
        Some((from, to))
    }

    fn check(&mut self, from: ElementIdx, to: ElementIdx) -> Option<()> {
        let (source, target) = (self.cx.kind_of(from), self.cx.kind_of(to));
        let mut ends = self.cx.v.relations[self.relation].ends.iter();
        if !ends.any(|(sources, targets)| sources.contains(source) && targets.contains(target)) {
            return None;
        }
        let of = |kind: KindIdx| {
            let bound = |kind: usize| self.cx.kind_starts.get(kind).copied().map_or(0, wide);
            bound(kind.to_usize())..bound(kind.to_usize() + 1)
        };
        self.sound = Some((of(source), of(target)));
        Some(())
    }
}
