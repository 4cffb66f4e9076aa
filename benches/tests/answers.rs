//! The rules written by hand and those of the pack find the same.
#![expect(clippy::panic_in_result_fn, reason = "a test fails by panicking")]

use anyhow::Result;
use spelregel_benches::by_hand::{self, Found, Room};
use spelregel_benches::columns::Columns;
use spelregel_benches::generate::Size;
use spelregel_benches::{engine, generate};

#[test]
fn the_pack_finds_what_the_rules_by_hand_find() -> Result<()> {
    let (rules, options) = (engine::rules()?, engine::options()?);
    let chained = Size { programmes: 4, chain: 60 };
    for (size, seed) in [(Size::plain(1), 1), (Size::plain(12), 2), (chained, 3)] {
        let portfolio = generate(size, seed);
        let columns = Columns::new(&portfolio);
        let mut found = Found::default();
        by_hand::all(&columns, &mut Room::default(), &mut found);
        let model = engine::load(&rules, &engine::source(&portfolio.to_json()?))?;
        let named = by_hand::named(&columns, &found);
        assert_eq!(engine::named(&rules, &model, &options)?, named);
    }
    Ok(())
}

#[test]
fn each_rule_finds_something() {
    let portfolio = generate(Size::plain(100), 42);
    let columns = Columns::new(&portfolio);
    let mut found = Found::default();
    by_hand::all(&columns, &mut Room::default(), &mut found);
    for (rule, rows) in (1..).zip(&found) {
        assert!(!rows.is_empty(), "rule {rule}");
        let mut alone = Vec::new();
        let mut room = Room::default();
        by_hand::one(rule, &columns, &mut room, &mut alone);
        assert_eq!(&alone, rows, "rule {rule}");
    }
}
