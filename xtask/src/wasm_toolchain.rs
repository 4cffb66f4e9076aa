//! A compiler for WASM: rustup's target, or else Debian's compiler with its own sources.

use std::path::{Path, PathBuf};

use anyhow::{Result, bail};

use crate::command::Run;
use crate::workspace;

const TARGET: &str = "wasm32-unknown-unknown";
const DEBIAN_COMPILER: &str = "/usr/bin/rustc";
const DEBIAN_SOURCES: &str = "/usr/lib/rustlib/src/rust/library";
const DEBIAN_LINKER: &str = "/usr/bin/wasm-ld";
/// Nobody reads where a panic was, or values as a debugger prints them: this leaves the texts out, and with them
/// the paths of the machine that builds.
const SMALL: &str = "-Zlocation-detail=none -Zfmt-debug=shallow";

/// Which toolchain to look for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Choice {
    /// The installed one if it can have the target, else the distribution's.
    Any,
    /// The distribution's, even where the installed one would do.
    Distribution,
}

/// A way to build for WASM.
#[derive(Debug)]
pub(crate) enum Toolchain {
    /// The compiler in use has the target.
    Installed,
    /// The distribution's compiler builds the standard library too.
    Distribution { linker: PathBuf },
}

/// Finds a toolchain, and installs what it lacks.
pub(crate) fn find(choice: Choice) -> Result<Toolchain> {
    if choice == Choice::Any {
        let added = Run::new("rustup").args("target add").arg(TARGET).show();
        let Err(error) = added else { return Ok(Toolchain::Installed) };
        println!("rustup cannot add {TARGET} ({error:#}); trying the distribution's compiler");
    }
    let mut missing = Vec::new();
    if !Path::new(DEBIAN_COMPILER).exists() {
        missing.push("rustc-web");
    }
    if !Path::new(DEBIAN_SOURCES).exists() {
        missing.push("rust-web-src");
    }
    let linker = own_linker()?.unwrap_or_else(|| PathBuf::from(DEBIAN_LINKER));
    if !linker.exists() {
        missing.push("lld");
    }
    if !missing.is_empty() {
        install(&missing.join(" "))?;
    }
    Ok(Toolchain::Distribution { linker })
}

impl Toolchain {
    /// Builds a package and returns the path of its WASM file.
    pub(crate) fn build(&self, package: &str, library: &str) -> Result<PathBuf> {
        let cargo = Run::cargo()
            .args("build --locked --profile wasm --target")
            .arg(TARGET)
            .args("--package")
            .arg(package)
            .env("RUSTFLAGS", SMALL)
            // The flags are ones that compilers take on trust alone.
            .env("RUSTC_BOOTSTRAP", "1");
        let folder = match self {
            Self::Installed => {
                cargo.show()?;
                workspace::target()
            }
            Self::Distribution { linker } => {
                // A folder of its own: two standard libraries in one do not go together.
                let folder = workspace::target().join("wasm-distribution");
                cargo
                    .args("-Z build-std=std,panic_abort --target-dir")
                    .arg(&folder)
                    .env("RUSTC", DEBIAN_COMPILER)
                    .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", linker)
                    .show()?;
                folder
            }
        };
        Ok(folder.join(TARGET).join("wasm").join(format!("{library}.wasm")))
    }
}

fn install(packages: &str) -> Result<()> {
    let root = Run::new("id").args("-u").read().is_ok_and(|id| id == "0");
    if !root || !Path::new("/usr/bin/apt-get").exists() {
        bail!(
            "no compiler for {TARGET}: run `rustup target add {TARGET}`, or on Debian, as root, \
             `apt-get install {packages}`"
        );
    }
    let apt = || Run::new("apt-get").env("DEBIAN_FRONTEND", "noninteractive");
    apt().args("update --quiet").show()?;
    apt().args("install --yes --quiet --no-install-recommends").args(packages).show()
}

/// The linker for WASM that comes with rustup's compiler; the distribution's has none.
fn own_linker() -> Result<Option<PathBuf>> {
    let root = PathBuf::from(Run::new("rustc").args("--print sysroot").read()?);
    let host = Run::new("rustc").args("--print host-tuple").read()?;
    let linker = root.join("lib").join("rustlib").join(host).join("bin").join("rust-lld");
    Ok(linker.exists().then_some(linker))
}
