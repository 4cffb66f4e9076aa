//! Elements by id: a table of hashes and positions, a fraction of the size of one that holds the ids.

use std::hash::Hasher;

use rustc_hash::FxHasher;

use super::Texts;
use crate::index::{narrow, wide};

/// Of the ids of a store, which are handed to it and not held by it.
///
/// Slots hold the upper half of a hash and a position; the first free one ends a search.
#[derive(Debug, Clone)]
pub(crate) struct IdTable {
    slots: Vec<u64>,
    mask: usize,
    /// Slots that are not free.
    used: usize,
}

const FREE: u64 = u64::MAX;
/// A slot of an id that is gone: it holds a position that no element has.
const GONE: u64 = u64::MAX - 1;

impl IdTable {
    /// `None` where two of the ids are equal.
    pub(crate) fn new(ids: &Texts) -> Option<Self> {
        let size = (ids.len() * 2).next_power_of_two().max(8);
        let mut table = Self { slots: vec![FREE; size], mask: size - 1, used: ids.len() };
        for position in 0..ids.len() {
            let id = ids.get(position)?;
            let slot = table.search(ids, id).err()?;
            *table.slots.get_mut(slot)? = entry(id, position);
        }
        Some(table)
    }

    /// The position of the id.
    pub(crate) fn find(&self, ids: &Texts, id: &str) -> Option<usize> {
        let slot = self.search(ids, id).ok()?;
        self.slots.get(slot).map(|entry| position(*entry))
    }

    /// The slot of the id, else the one where it would be.
    fn search(&self, ids: &Texts, id: &str) -> Result<usize, usize> {
        let hash = hash(id);
        let mut slot = usize::try_from(hash & 0xffff_ffff).unwrap_or(0) & self.mask;
        // Invariant: a quarter of the slots at least is free, so that the search ends.
        while let Some(entry) = self.slots.get(slot).filter(|entry| **entry != FREE) {
            if tag(*entry) == tag(hash) && ids.get(position(*entry)) == Some(id) {
                return Ok(slot);
            }
            slot = (slot + 1) & self.mask;
        }
        Err(slot)
    }
}

/// Edits: each goes over all slots once.
impl IdTable {
    /// Follows an id that was inserted at a position. False where there is no room for it.
    pub(super) fn insert(&mut self, ids: &Texts, at: usize) -> bool {
        self.used += 1;
        if self.used > self.slots.len() / 4 * 3 {
            return false;
        }
        for entry in &mut self.slots {
            *entry += u64::from(position(*entry) >= at && *entry < GONE);
        }
        let Some(id) = ids.get(at) else { return false };
        let slot = self.search(ids, id).err().and_then(|slot| self.slots.get_mut(slot));
        slot.map(|slot| *slot = entry(id, at)).is_some()
    }

    /// Follows the id at a position that is about to be taken out.
    pub(super) fn remove(&mut self, ids: &Texts, at: usize) {
        let slot = ids.get(at).and_then(|id| self.search(ids, id).ok());
        if let Some(slot) = slot.and_then(|slot| self.slots.get_mut(slot)) {
            *slot = GONE;
        }
        for entry in &mut self.slots {
            *entry -= u64::from(position(*entry) > at && *entry < GONE);
        }
    }
}

fn entry(id: &str, position: usize) -> u64 {
    tag(hash(id)) | u64::from(narrow(position))
}

fn position(entry: u64) -> usize {
    wide(u32::try_from(entry & 0xffff_ffff).unwrap_or(u32::MAX))
}

fn tag(number: u64) -> u64 {
    number & !0xffff_ffff
}

/// Ids that differ in their last character alone lie side by side, since who names one of them is likely to
/// name the others.
fn hash(id: &str) -> u64 {
    let (last, before) = id.as_bytes().split_last().unwrap_or((&0, &[]));
    let mut hasher = FxHasher::default();
    hasher.write(before);
    let before = hasher.finish();
    let last = u64::from(*last);
    let upper = tag(before ^ (last.wrapping_mul(0x9e37_79b9) << 32));
    upper | (before << 4 & 0xffff_fff0) | (last & 0xf)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_found_and_no_others() {
        let mut ids = Texts::default();
        for number in 0..1000 {
            ids.push(&format!("P{number}"));
        }
        let table = IdTable::new(&ids).unwrap();
        for number in 0..1000 {
            assert_eq!(table.find(&ids, &format!("P{number}")), Some(number));
            assert_eq!(table.find(&ids, &format!("Q{number}")), None);
        }
        ids.push("P7");
        assert!(IdTable::new(&ids).is_none());
    }

    #[test]
    fn ids_that_come_and_go_are_followed() {
        let mut ids = Texts::default();
        for number in 0..100 {
            ids.push(&format!("P{number}"));
        }
        let mut table = IdTable::new(&ids).unwrap();
        let mut rebuilt = 0;
        for round in 0..200 {
            let at = (round * 37) % ids.len();
            let gone = ids.get(at).unwrap().to_owned();
            table.remove(&ids, at);
            ids.remove(at);
            assert_eq!(table.find(&ids, &gone), None);
            let at = (round * 53) % ids.len();
            ids.insert(at, &format!("N{round}"));
            if !table.insert(&ids, at) {
                table = IdTable::new(&ids).unwrap();
                rebuilt += 1;
            }
            for position in 0..ids.len() {
                assert_eq!(table.find(&ids, ids.get(position).unwrap()), Some(position));
            }
        }
        assert!(rebuilt > 0);
    }
}
