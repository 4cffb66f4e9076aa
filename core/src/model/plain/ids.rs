//! Elements by id: a table of hashes and positions, a fraction of the size of one that holds the ids.

use std::hash::Hasher;

use rustc_hash::FxHasher;

use crate::index::{narrow, wide};
use crate::model::store::Texts;

/// Slots hold the upper half of a hash and a position; the first free one ends a search.
pub(super) struct IdTable<'a> {
    ids: &'a Texts,
    slots: Vec<u64>,
    mask: usize,
}

const FREE: u64 = u64::MAX;

impl<'a> IdTable<'a> {
    /// `None` where two of the ids are equal.
    pub(super) fn new(ids: &'a Texts) -> Option<Self> {
        let size = (ids.len() * 2).next_power_of_two().max(8);
        let mut table = Self { ids, slots: vec![FREE; size], mask: size - 1 };
        for position in 0..ids.len() {
            let id = ids.get(position)?;
            let slot = table.search(id).err()?;
            let entry = tag(hash(id)) | u64::from(narrow(position));
            *table.slots.get_mut(slot)? = entry;
        }
        Some(table)
    }

    /// The position of the id.
    pub(super) fn find(&self, id: &str) -> Option<usize> {
        self.search(id).ok()
    }

    /// The position of the id, else the slot where it would be.
    fn search(&self, id: &str) -> Result<usize, usize> {
        let hash = hash(id);
        let mut slot = usize::try_from(hash & 0xffff_ffff).unwrap_or(0) & self.mask;
        // Invariant: at least half of the slots are free, so that the search ends.
        while let Some(entry) = self.slots.get(slot).filter(|entry| **entry != FREE) {
            let position = wide(u32::try_from(entry & 0xffff_ffff).unwrap_or(u32::MAX));
            if tag(*entry) == tag(hash) && self.ids.get(position) == Some(id) {
                return Ok(position);
            }
            slot = (slot + 1) & self.mask;
        }
        Err(slot)
    }
}

fn tag(number: u64) -> u64 {
    number & !0xffff_ffff
}

fn hash(id: &str) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write(id.as_bytes());
    hasher.finish()
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
            assert_eq!(table.find(&format!("P{number}")), Some(number));
            assert_eq!(table.find(&format!("Q{number}")), None);
        }
        ids.push("P7");
        assert!(IdTable::new(&ids).is_none());
    }
}
