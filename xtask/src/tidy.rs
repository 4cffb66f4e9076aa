//! House rules that a machine can check.

mod exceptions;
mod layers;
mod leftovers;
mod sources;
mod versions;

use anyhow::{Result, bail};

/// Checks all of them and reports every breach.
pub(crate) fn check() -> Result<()> {
    let files = sources::read()?;
    let mut breaches = sources::too_long(&files);
    breaches.extend(leftovers::find(&files));
    breaches.extend(layers::check(&files)?);
    breaches.extend(versions::check()?);
    breaches.extend(exceptions::check()?);
    for breach in &breaches {
        println!("{breach}");
    }
    if !breaches.is_empty() {
        bail!("{} house rules broken", breaches.len());
    }
    println!("{} source files are in order", files.len());
    Ok(())
}
