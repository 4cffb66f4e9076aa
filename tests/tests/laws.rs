//! Laws, held against random metamodels, models and rules.

use anyhow::{Result, anyhow};
use proptest::test_runner::TestCaseError;
use spelregel_tests::generate::law::hold;
use spelregel_tests::generate::{Asking, Draw, World};

fn broken(text: impl std::fmt::Display) -> TestCaseError {
    TestCaseError::fail(text.to_string())
}

#[test]
fn what_is_drawn_is_sound() -> Result<()> {
    hold(200, 600, |tape| {
        let world = World::draw(&mut Draw::new(tape), Asking::Allowed);
        let metamodel = world
            .metamodel()
            .map_err(|e| broken(format!("{e}\n{}", world.vocabulary.to_yaml())))?;
        world.load(&metamodel).map_err(broken)?;
        world.compile().map_err(|e| broken(format!("{e}\n{}", world.vocabulary.to_yaml())))?;
        Ok(())
    })
    .map_err(|e| anyhow!(e))
}
