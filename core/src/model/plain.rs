//! Model documents in plain JSON, straight into columns.
//!
//! For texts in which all is sound: no tree is built, and nothing is said about problems. Whatever is wrong, or
//! merely written in an unusual way, ends the reading, and the documents are read again the way that reports
//! everything with its place. Both ways give the same model.

mod join;
mod read;
mod scan;

pub(crate) use self::join::join;
use self::read::Reader;
pub(crate) use self::read::{Loose, LooseLink};
use crate::limits::Limits;
use crate::metamodel::Metamodel;
use crate::model::store::Store;
use crate::source::Source;

/// Levels of nesting in a model document, with some to spare.
const DEPTH: usize = 8;

/// The model that the documents make; `None` where they aren't plain, or something is wrong with them.
pub(super) fn load(metamodel: &Metamodel, sources: &[Source], limits: &Limits) -> Option<Store> {
    let is_plain = |source: &Source| {
        source.text().starts_with('{') && source.text().len() <= limits.source_bytes
    };
    if sources.is_empty() || !sources.iter().all(is_plain) || limits.document_depth < DEPTH {
        return None;
    }
    let mut reader = Reader::new(metamodel, limits);
    for (number, source) in sources.iter().enumerate() {
        reader.read(u16::try_from(number).ok()?, source)?;
    }
    let texts: Vec<&str> = sources.iter().map(Source::text).collect();
    join(metamodel, &texts, sources.to_vec(), reader.finish())
}

#[cfg(test)]
mod tests;
