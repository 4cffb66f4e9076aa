//! The model inside a zipped file of Archi: one entry of a ZIP archive, within a bound.

use miniz_oxide::inflate::decompress_to_vec_with_limit;

/// The entry that holds the model.
const ENTRY: &[u8] = b"model.xml";
/// Bytes of an archive's closing record, without its comment, and of a comment at most.
const CLOSING: usize = 22;
const LONGEST_COMMENT: usize = 65_535;

pub(super) fn is_zip(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04")
}

/// The text of the model in the archive.
pub(super) fn model(archive: &[u8], most: usize) -> Result<Vec<u8>, &'static str> {
    const BROKEN: &str = "the ZIP archive is broken";
    let entry = entry(archive).ok_or("the ZIP archive holds no `model.xml`")?;
    if entry.size > most {
        return Err("the model in the ZIP archive is too large");
    }
    let name = usize::from(short(archive, entry.at + 26).ok_or(BROKEN)?);
    let extra = usize::from(short(archive, entry.at + 28).ok_or(BROKEN)?);
    let start = entry.at.saturating_add(30 + name + extra);
    let data = archive.get(start..start.saturating_add(entry.packed)).ok_or(BROKEN)?;
    match entry.method {
        0 => Ok(data.to_vec()),
        // What the archive says of the size may be wrong: the bound holds all the same.
        8 => decompress_to_vec_with_limit(data, entry.size.min(most)).map_err(|_| BROKEN),
        _ => Err("the ZIP archive is packed in a way that can't be read"),
    }
}

struct Entry {
    method: u16,
    packed: usize,
    size: usize,
    /// Where it starts.
    at: usize,
}

/// The entry of the model, by the directory at the end of the archive.
fn entry(archive: &[u8]) -> Option<Entry> {
    let earliest = archive.len().saturating_sub(CLOSING + LONGEST_COMMENT);
    let closing = (earliest..archive.len().checked_sub(CLOSING - 1)?)
        .rev()
        .find(|at| archive.get(*at..).is_some_and(|rest| rest.starts_with(b"PK\x05\x06")))?;
    let entries = short(archive, closing + 10)?;
    let mut at = long(archive, closing + 16)?;
    for _ in 0..entries {
        let name = usize::from(short(archive, at.checked_add(28)?)?);
        let start = at.checked_add(46)?;
        if archive.get(start..start.checked_add(name)?)? == ENTRY {
            return Some(Entry {
                method: short(archive, at + 10)?,
                packed: long(archive, at + 20)?,
                size: long(archive, at + 24)?,
                at: long(archive, at + 42)?,
            });
        }
        let extra = usize::from(short(archive, at + 30)?);
        let comment = usize::from(short(archive, at + 32)?);
        at = start.checked_add(name + extra + comment)?;
    }
    None
}

fn short(bytes: &[u8], at: usize) -> Option<u16> {
    let two = bytes.get(at..at.checked_add(2)?)?;
    Some(u16::from_le_bytes(two.try_into().ok()?))
}

fn long(bytes: &[u8], at: usize) -> Option<usize> {
    let four = bytes.get(at..at.checked_add(4)?)?;
    usize::try_from(u32::from_le_bytes(four.try_into().ok()?)).ok()
}
