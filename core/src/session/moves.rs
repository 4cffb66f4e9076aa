//! Where elements go when others are put or removed.

use crate::index::Index;
use crate::model::{Change, ElementIdx, Model};

/// From positions in a model to those after a change.
#[derive(Debug, Clone, Default)]
pub(super) struct Moves(Vec<Move>);

#[derive(Debug, Clone)]
enum Move {
    /// An element came, and those from there on moved up.
    Came(ElementIdx),
    /// It went, and those after it moved down.
    Went(ElementIdx),
    /// Another model came, with each element at a place of its own.
    Anew(Vec<Option<ElementIdx>>),
}

impl Moves {
    /// Follows a change that was made, and can be taken back by the other.
    pub(super) fn made(&mut self, change: &Change, back: Option<&Change>) {
        match (change, back) {
            (Change::Insert { .. }, Some(Change::Remove { element })) => {
                self.0.push(Move::Came(*element));
            }
            (Change::Remove { element }, _) => self.0.push(Move::Went(*element)),
            _ => {}
        }
    }

    /// Follows another model that took the place of one.
    pub(super) fn replaced(&mut self, old: &Model, new: &Model) {
        let places = old.0.elements().map(|element| new.find(old.id_of(element)));
        self.0.push(Move::Anew(places.collect()));
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Where an element is afterwards, if it is still there.
    pub(super) fn of(&self, element: ElementIdx) -> Option<ElementIdx> {
        self.0.iter().try_fold(element, |element, step| match step {
            Move::Came(at) => Some(element.moved_up(*at)),
            Move::Went(at) if element == *at => None,
            Move::Went(at) => Some(element.moved_down(*at)),
            Move::Anew(places) => places.get(element.to_usize()).copied().flatten(),
        })
    }

    /// The same of whom a rule is asked, which may be the model as a whole.
    pub(super) fn of_asked(&self, asked: Option<ElementIdx>) -> Option<Option<ElementIdx>> {
        asked.map_or(Some(None), |element| self.of(element).map(Some))
    }
}
