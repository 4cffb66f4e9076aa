//! Where the test data lies.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// A file or folder of this crate.
pub fn path(relative: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(relative)
}

/// The text of a file of this crate.
///
/// # Errors
/// Where it can't be read.
pub fn text(relative: &str) -> Result<String> {
    let path = path(relative);
    fs::read_to_string(&path).with_context(|| path.display().to_string())
}

/// The files of a folder with the ending, in the order of their names, those of its folders included.
///
/// # Errors
/// Where it can't be read.
pub fn all(folder: &Path, ending: &str) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let entries = fs::read_dir(folder).with_context(|| folder.display().to_string())?;
    for entry in entries {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(all(&path, ending)?);
        } else if path.extension().is_some_and(|extension| extension == ending) {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}
