//! Every case, with every driver.

use std::io::Write;

use anyhow::{Context, Result};
use spelregel::Limits;
use spelregel_tests::batch::Batch;
use spelregel_tests::case::Document;
use spelregel_tests::driver::Driver;
use spelregel_tests::files;
use spelregel_tests::live::Live;
use spelregel_tests::reference::Reference;
use spelregel_tests::run::{Tally, run_document};

#[test]
fn every_case_comes_out_as_written() -> Result<()> {
    let drivers: [&dyn Driver; 3] = [&Reference, &Batch, &Live];
    for driver in drivers {
        let mut tally = Tally::default();
        for path in files::all(&files::path("cases"), "md")? {
            run_document(&Document::read(&path)?, driver, &mut tally)?;
        }
        writeln!(std::io::stdout(), "{}: {} cases", driver.name(), tally.cases)?;
        assert!(tally.cases > 100, "only {} cases were found", tally.cases);
        let failures = &tally.failures;
        assert!(failures.is_empty(), "{} fail:\n\n{}", failures.len(), failures.join("\n"));
    }
    Ok(())
}

#[test]
fn every_limit_has_a_case() -> Result<()> {
    let limits = format!("{:?}", Limits::default());
    let names = limits.split(['{', ',', '}']).filter_map(|part| part.split_once(": "));
    let written = files::text("cases/limits.md")?;
    let mut count = 0;
    for (name, _) in names {
        let name = name.trim();
        let case = written.split("\n## ").find(|case| case.lines().next() == Some(name));
        let case = case.with_context(|| format!("no case for the limit `{name}`"))?;
        assert!(case.contains(&format!("\n{name}: ")), "the case `{name}` doesn't set it");
        count += 1;
    }
    assert!(count > 10, "only {count} limits");
    Ok(())
}
