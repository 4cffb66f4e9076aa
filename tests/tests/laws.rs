//! Laws, held against random metamodels, models and rules.

use std::fmt::Display;

use anyhow::{Result, anyhow};
use proptest::test_runner::TestCaseError;
use spelregel_tests::generate::law::hold;
use spelregel_tests::generate::{Asking, Draw, World};

fn broken(what: impl Display) -> TestCaseError {
    TestCaseError::fail(what.to_string())
}

#[test]
fn what_is_drawn_is_sound() -> Result<()> {
    hold(100, 3_000, |tape| {
        let world = World::draw(&mut Draw::new(tape), Asking::Allowed);
        let rules = world.compile().map_err(broken)?;
        world.load(rules.metamodel()).map_err(broken)?;
        Ok(())
    })
    .map_err(|broken| anyhow!(broken))
}
