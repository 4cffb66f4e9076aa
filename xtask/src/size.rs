//! The size of the WASM file, which every page that embeds Spelregel loads.

use std::fs;
use std::io::Write;

use anyhow::{Context, Result};
use flate2::Compression;
use flate2::write::GzEncoder;

use crate::wasm;

/// Prints the size of the WASM file that was built last.
pub(crate) fn print() -> Result<()> {
    let path = wasm::built();
    let bytes = fs::read(&path)
        .with_context(|| format!("no {}; build it with `cargo xtask wasm`", path.display()))?;
    println!("spelregel_bg.wasm: {} bytes raw, {} gzip", bytes.len(), gzip_size(&bytes)?);
    Ok(())
}

fn gzip_size(bytes: &[u8]) -> Result<usize> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?.len())
}
