//! Every case, with every driver.

use std::io::Write;

use anyhow::Result;
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
