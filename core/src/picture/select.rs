//! Which elements and links are drawn.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::Look;
use super::marks::{Mark, marks};
use crate::metamodel::{KindIdx, RelationIdx};
use crate::model::{ElementIdx, LinkRef, Model};
use crate::text::Language;
use crate::value::Timestamp;

/// Elements in one picture, whatever is asked for.
const MOST: usize = 2_000;
/// Links in one picture.
const MOST_LINKS: usize = 4_000;

/// What is drawn.
#[derive(Debug)]
pub(super) struct Network<'m> {
    pub(super) model: &'m Model,
    pub(super) language: Language,
    /// In model order.
    pub(super) nodes: Vec<Node>,
    /// By ends, then relation; each once.
    pub(super) edges: Vec<Edge>,
    pub(super) left_out: LeftOut,
    /// Whether findings are marked at all.
    pub(super) has_report: bool,
}

#[derive(Debug)]
pub(super) struct Node {
    pub(super) element: ElementIdx,
    pub(super) kind: KindIdx,
    pub(super) is_focus: bool,
    pub(super) mark: Option<Mark>,
}

/// A link between nodes, by their positions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Edge {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) relation: RelationIdx,
}

/// What would belong in the picture and isn't drawn.
#[derive(Debug, Default)]
pub(super) struct LeftOut {
    /// Elements that are live, over what is drawn at most.
    pub(super) elements: usize,
    /// The number is only a part: nobody counted on.
    pub(super) at_least: bool,
    pub(super) links: usize,
}

/// What may be seen.
struct Sight<'m> {
    model: &'m Model,
    kinds: Vec<KindIdx>,
    date: Option<Timestamp>,
}

pub(super) fn select<'m>(model: &'m Model, look: &Look<'_>) -> Network<'m> {
    let v = &*model.vocabulary().0;
    let is_asked = |kind: &KindIdx| {
        look.kinds.is_empty() || look.kinds.iter().any(|name| *name == v.kinds[*kind].name)
    };
    let date = look.at.or(look.findings.map(|report| report.receipt.at));
    let sight = Sight {
        model,
        kinds: v.kinds.indices().filter(is_asked).collect(),
        date: date.map(crate::value::Date::timestamp),
    };
    let focus: BTreeSet<ElementIdx> = look.focus.iter().filter_map(|id| model.find(id)).collect();
    let mut marks = look.findings.map(|report| marks(report, look.language)).unwrap_or_default();
    let most = look.most.clamp(1, MOST);
    let mut left_out = LeftOut::default();
    let chosen = if focus.is_empty() {
        sight.all(most, &marks, &mut left_out)
    } else {
        sight.around(&focus, look.depth, most, &mut left_out)
    };
    let nodes: Vec<Node> = chosen
        .iter()
        .map(|element| Node {
            element: *element,
            kind: model.kind_of(*element),
            is_focus: focus.contains(element),
            mark: marks.remove(model.id_of(*element)),
        })
        .collect();
    let edges = sight.edges(&chosen, &mut left_out);
    let has_report = look.findings.is_some();
    Network { model, language: look.language, nodes, edges, left_out, has_report }
}

impl Sight<'_> {
    fn sees(&self, element: ElementIdx) -> bool {
        self.model.is_live(element) && self.kinds.contains(&self.model.kind_of(element))
    }

    /// The live elements; of too many, those with findings first, then the first of each kind in turn.
    fn all(
        &self,
        most: usize,
        marks: &BTreeMap<String, Mark>,
        left_out: &mut LeftOut,
    ) -> Vec<ElementIdx> {
        let live = |kind: &KindIdx| {
            self.model.members(*kind).filter(|element| self.model.is_live(*element))
        };
        let count: usize = self.kinds.iter().map(|kind| live(kind).count()).sum();
        if count <= most {
            return self.kinds.iter().flat_map(live).collect();
        }
        left_out.elements = count - most;
        let mut marked: Vec<(&Mark, ElementIdx)> = marks
            .iter()
            .filter_map(|(id, mark)| Some((mark, self.model.find(id)?)))
            .filter(|(_, element)| self.sees(*element))
            .collect();
        marked.sort_by_key(|(mark, element)| (mark.rank(), *element));
        let mut chosen: BTreeSet<ElementIdx> =
            marked.into_iter().map(|(_, element)| element).take(most).collect();
        let mut rest: Vec<_> = self.kinds.iter().map(live).collect();
        while chosen.len() < most {
            let before = chosen.len();
            for elements in &mut rest {
                if chosen.len() < most
                    && let Some(next) = elements.find(|element| !chosen.contains(element))
                {
                    chosen.insert(next);
                }
            }
            if chosen.len() == before {
                break;
            }
        }
        chosen.into_iter().collect()
    }

    /// What lies around the middle, nearest first where it is too much.
    fn around(
        &self,
        focus: &BTreeSet<ElementIdx>,
        depth: usize,
        most: usize,
        left_out: &mut LeftOut,
    ) -> Vec<ElementIdx> {
        let mut seen = focus.clone();
        let mut open: VecDeque<(ElementIdx, usize)> = focus.iter().map(|one| (*one, 0)).collect();
        while let Some((element, distance)) = open.pop_front() {
            if distance >= depth {
                continue;
            }
            for link in self.links(element) {
                let other = self.model.link_target(link);
                if !self.sees(other) || seen.contains(&other) {
                    continue;
                }
                if seen.len() >= most {
                    *left_out = LeftOut { elements: 1, at_least: true, ..LeftOut::default() };
                    return seen.into_iter().collect();
                }
                seen.insert(other);
                open.push_back((other, distance + 1));
            }
        }
        seen.into_iter().collect()
    }

    /// The links at an element that can be seen, read from it.
    fn links(&self, element: ElementIdx) -> impl Iterator<Item = LinkRef> + '_ {
        let relations = self.model.vocabulary().0.relations.indices();
        relations
            .flat_map(move |relation| [(relation, false), (relation, true)])
            .flat_map(move |(relation, inverse)| self.model.links(element, relation, inverse))
            .filter(|link| self.date.is_none_or(|date| self.model.is_current(*link, date)))
    }

    fn edges(&self, chosen: &[ElementIdx], left_out: &mut LeftOut) -> Vec<Edge> {
        let mut edges = BTreeSet::new();
        for (from, element) in chosen.iter().enumerate() {
            for link in self.links(*element).filter(|link| !link.inverse) {
                let Ok(to) = chosen.binary_search(&self.model.link_target(link)) else { continue };
                let edge = Edge { from, to, relation: link.relation };
                if edges.len() < MOST_LINKS {
                    edges.insert(edge);
                } else if !edges.contains(&edge) {
                    left_out.links += 1;
                }
            }
        }
        edges.into_iter().collect()
    }
}
