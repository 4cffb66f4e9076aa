//! Where things are in this repository.

use std::path::{Path, PathBuf};

/// The folder of the repository.
pub(crate) fn root() -> &'static Path {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here)
}

/// A path in the repository, from one written with `/`.
pub(crate) fn path(inside: &str) -> PathBuf {
    inside.split('/').fold(root().to_owned(), |path, part| path.join(part))
}

/// The folder that cargo builds into.
pub(crate) fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| path("target"), PathBuf::from)
}
