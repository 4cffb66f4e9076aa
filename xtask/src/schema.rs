//! The published JSON Schemas.

use anyhow::Result;

use crate::command::Run;

/// Writes them anew: the test that holds them against the library does, where it is asked to.
pub(crate) fn write() -> Result<()> {
    let test = "test --package spelregel-tests --test schemas --locked published";
    Run::cargo().args(test).env("SPELREGEL_REFRESH", "1").show()
}
