//! The source files of the repository, as people write them.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use crate::workspace;

/// More lines than this, and a file has more than one subject.
const MOST_LINES: usize = 700;
const EXTENSIONS: &[&str] = &["js", "mjs", "py", "pyi", "rs", "ts"];
/// Folders that hold what others wrote or what a build made.
const SKIPPED: &[&str] = &["__pycache__", "data", "dist", "node_modules", "snapshots", "target"];

/// A source file.
#[derive(Debug)]
pub(crate) struct File {
    /// From the root of the repository, with `/`.
    pub(crate) path: String,
    pub(crate) text: String,
}

/// Reads all source files, sorted by path.
pub(crate) fn read() -> Result<Vec<File>> {
    let mut files = Vec::new();
    collect(workspace::root(), "", &mut files)?;
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(files)
}

/// The files that have grown too long; those that a program writes may.
pub(crate) fn too_long(files: &[File]) -> Vec<String> {
    let long = |file: &File| {
        let lines = file.text.lines().count();
        (lines > MOST_LINES).then(|| format!("{}: {lines} lines, at most {MOST_LINES}", file.path))
    };
    files.iter().filter(|file| !file.path.contains(".generated.")).filter_map(long).collect()
}

fn collect(folder: &Path, prefix: &str, files: &mut Vec<File>) -> Result<()> {
    let entries = fs::read_dir(folder).with_context(|| folder.display().to_string())?;
    for entry in entries {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = format!("{prefix}{name}");
        if entry.file_type()?.is_dir() {
            if !name.starts_with('.') && !SKIPPED.contains(&name.as_str()) {
                collect(&entry.path(), &format!("{path}/"), files)?;
            }
        } else if Path::new(&name)
            .extension()
            .is_some_and(|extension| EXTENSIONS.iter().any(|known| extension == *known))
        {
            let text = fs::read_to_string(entry.path()).with_context(|| path.clone())?;
            files.push(File { path, text });
        }
    }
    Ok(())
}
