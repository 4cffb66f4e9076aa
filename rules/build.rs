//! Makes the packs that are embedded where nobody asks for the examples of their rules.

use std::path::{Path, PathBuf};
use std::{env, fs, io};

#[path = "src/compact.rs"]
#[expect(unreachable_pub, reason = "the library shows it to others")]
mod compact;

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=packs");
    println!("cargo::rerun-if-changed=src/compact.rs");
    let out = env::var_os("OUT_DIR").map(PathBuf::from);
    let out = out.ok_or_else(|| io::Error::other("cargo says no folder to write to"))?;
    for entry in fs::read_dir(Path::new("packs"))? {
        let path = entry?.path();
        let Some(name) = path.file_name() else { continue };
        fs::write(out.join(name), compact::compact(&fs::read_to_string(&path)?))?;
    }
    Ok(())
}
