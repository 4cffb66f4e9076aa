//! The model's links as they are seen at a date: live elements over current links, each once.

use std::cell::OnceCell;

use crate::index::{Csr, Index};
use crate::metamodel::{KindIdx, KindSet, RelationIdx};
use crate::model::{ElementIdx, LinkRef, Model};
use crate::plan::node::Step;
use crate::value::Timestamp;

/// What is made of a model to be read at a date. Where a relation has neither dates nor anything else to
/// leave out, it is read as it is.
#[derive(Debug)]
pub(in crate::eval) struct Seen<'m> {
    pub(super) model: &'m Model,
    pub(super) date: Timestamp,
    /// For few questions: rows are looked at one by one rather than all together.
    pub(super) few: bool,
    /// Whether some kind isn't recorded completely.
    is_any_open: bool,
    /// By relation and direction.
    sides: Vec<OnceCell<Side>>,
    rows: Rows,
}

/// A relation in one direction, without history.
#[derive(Debug)]
enum Side {
    /// All there is can be seen.
    Whole,
    /// What can be seen.
    Part(Csr<ElementIdx, ElementIdx>),
    /// What can be seen is looked for where it is asked for.
    Rows,
}

/// Rows that were made on demand, in a chain: what is in it stays where it is.
#[derive(Debug, Default)]
struct Rows(OnceCell<Box<Row>>);

#[derive(Debug)]
struct Row {
    items: Vec<ElementIdx>,
    next: Rows,
}

impl Drop for Rows {
    /// One after the other: a long chain must not be dropped by recursion.
    fn drop(&mut self) {
        let mut next = self.0.take();
        while let Some(mut row) = next {
            next = row.next.0.take();
        }
    }
}

/// A relation in one direction, ready to be followed.
#[derive(Debug, Clone, Copy)]
pub(super) struct Follow<'r> {
    whole: Option<&'r Csr<ElementIdx, ElementIdx>>,
    step: Step,
    /// Whether unrecorded elements may come into it, from some kinds.
    is_open: bool,
}

/// What rows that are made on demand are added to.
#[derive(Debug)]
pub(super) struct Walker<'r> {
    seen: &'r Seen<'r>,
    end: &'r OnceCell<Box<Row>>,
}

impl<'m> Seen<'m> {
    pub(in crate::eval) fn new(model: &'m Model, date: Timestamp, few: bool) -> Self {
        let relations = model.vocabulary().0.relations.len();
        let sides = (0..2 * relations).map(|_| OnceCell::new()).collect();
        let mut kinds = model.vocabulary().0.kinds.indices();
        let is_any_open = kinds.any(|kind| model.is_open(kind));
        Self { model, date, few, is_any_open, sides, rows: Rows::default() }
    }

    fn side(&self, relation: RelationIdx, inverse: bool) -> &Side {
        static WHOLE: Side = Side::Whole;
        let number = 2 * relation.to_usize() + usize::from(inverse);
        let Some(side) = self.sides.get(number) else { return &WHOLE };
        side.get_or_init(|| {
            if self.is_whole(relation, inverse) {
                return Side::Whole;
            }
            if self.few {
                return Side::Rows;
            }
            let mut pairs: Vec<(ElementIdx, ElementIdx)> = Vec::new();
            for (row, _) in self.model.adjacency(relation, inverse).rows() {
                let first = pairs.len();
                for target in self.targets(row, relation, inverse) {
                    if pairs.get(first..).and_then(<[_]>::last) != Some(&(row, target)) {
                        pairs.push((row, target));
                    }
                }
            }
            Side::Part(Csr::from_sorted(pairs))
        })
    }

    /// Whether all links of a relation can be seen in a direction, each once.
    fn is_whole(&self, relation: RelationIdx, inverse: bool) -> bool {
        let model = self.model;
        let ends = model.vocabulary().0.relations[relation].ends.iter();
        let mut targets = ends.flat_map(|(from, to)| if inverse { from } else { to }.iter());
        !model.has_parallels(relation)
            && !model.has_validity(relation)
            && targets.all(|kind| model.all_live(kind))
    }

    /// All links that a step follows, where they can be read as they are.
    pub(super) fn whole(&self, step: Step) -> Option<&'m Csr<ElementIdx, ElementIdx>> {
        let Step { relation, inverse, history } = step;
        let is_whole = if history {
            !self.model.has_parallels(relation)
        } else {
            self.is_whole(relation, inverse)
        };
        is_whole.then(|| self.model.adjacency(relation, inverse))
    }

    /// The far ends of what can be seen of a row, in model order, parallel links as often as they are.
    fn targets(
        &self,
        row: ElementIdx,
        relation: RelationIdx,
        inverse: bool,
    ) -> impl Iterator<Item = ElementIdx> + '_ {
        self.links(row, Step { relation, inverse, history: false })
            .map(|link| self.model.link_target(link))
    }

    /// The links of a row, with history or as they can be seen.
    pub(super) fn links(
        &self,
        row: ElementIdx,
        step: Step,
    ) -> impl Iterator<Item = LinkRef> + use<'_, 'm> {
        let model = self.model;
        let has_validity = !step.history && model.has_validity(step.relation);
        model.links(row, step.relation, step.inverse).filter(move |link| {
            step.history
                || ((!has_validity || model.is_current(*link, self.date))
                    && model.is_live(model.link_target(*link)))
        })
    }

    /// Whether one of the kinds isn't recorded completely.
    pub(super) fn is_one_open(&self, kinds: &KindSet) -> bool {
        self.is_any_open && kinds.iter().any(|kind| self.model.is_open(kind))
    }

    /// The kinds from which unrecorded elements may be reached.
    fn is_open(&self, step: Step) -> bool {
        let is_open = |kind: KindIdx| self.model.is_open(kind);
        self.is_any_open
            && self.model.vocabulary().0.relations[step.relation].ends.iter().any(|(from, to)| {
                let targets: &KindSet = if step.inverse { from } else { to };
                targets.iter().any(is_open)
            })
    }
}

impl<'r> Follow<'r> {
    /// All rows with what they are linked to, where these have been worked out.
    pub(super) fn whole(&self) -> Option<&'r Csr<ElementIdx, ElementIdx>> {
        self.whole
    }

    pub(super) fn step(&self) -> Step {
        self.step
    }

    /// Whether unrecorded elements may come into it from anywhere.
    pub(super) fn may_be_open(&self) -> bool {
        self.is_open
    }
}

impl<'r> Walker<'r> {
    pub(super) fn new(seen: &'r Seen<'r>) -> Self {
        Self { seen, end: &seen.rows.0 }
    }

    /// Makes a step ready to be followed.
    pub(super) fn follow(&self, step: Step) -> Follow<'r> {
        let seen = self.seen;
        let all = || seen.model.adjacency(step.relation, step.inverse);
        let whole = if step.history {
            (!seen.model.has_parallels(step.relation)).then(all)
        } else {
            match seen.side(step.relation, step.inverse) {
                Side::Whole => Some(all()),
                Side::Part(part) => Some(part),
                Side::Rows => None,
            }
        };
        Follow { whole, step, is_open: seen.is_open(step) }
    }

    /// Whether unrecorded elements may come into what the element is linked to.
    #[inline]
    pub(super) fn is_open(&self, follow: &Follow<'r>, element: ElementIdx) -> bool {
        follow.is_open && {
            let model = self.seen.model;
            let kind = model.kind_of(element);
            let Step { relation, inverse, .. } = follow.step;
            let targets = model.vocabulary().0.targets(relation, inverse, kind);
            targets.iter().any(|kind| model.is_open(kind))
        }
    }

    /// What an element is linked to, each once, in model order.
    #[inline]
    pub(super) fn row(&mut self, follow: &Follow<'r>, element: ElementIdx) -> &'r [ElementIdx] {
        match follow.whole {
            Some(whole) => whole.of(element),
            None => self.made(follow.step, element),
        }
    }

    fn made(&mut self, step: Step, element: ElementIdx) -> &'r [ElementIdx] {
        let seen = self.seen;
        let all = seen.model.adjacency(step.relation, step.inverse).of(element);
        let mut items: Vec<ElementIdx> = Vec::new();
        for link in seen.links(element, step) {
            let target = seen.model.link_target(link);
            if items.last() != Some(&target) {
                items.push(target);
            }
        }
        if items.len() == all.len() {
            return all;
        }
        let row = self.end.get_or_init(|| Box::new(Row { items, next: Rows::default() }));
        self.end = &row.next.0;
        &row.items
    }
}
