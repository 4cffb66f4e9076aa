//! Judging allocates for rules, and nothing for elements.
#![expect(clippy::panic_in_result_fn, reason = "a test fails by panicking")]

use std::alloc::System;
use std::hint::black_box;
use std::sync::Mutex;

use anyhow::Result;
use spelregel::RuleSet;
use spelregel_benches::generate::Size;
use spelregel_benches::{engine, generate};
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

/// One test at a time: the counter is the process's.
static ALONE: Mutex<()> = Mutex::new(());

/// What judging allocated, and then growing what was allocated.
fn allocations(rules: &RuleSet, size: Size) -> Result<usize> {
    let model = engine::load(rules, &engine::source(&generate(size, 42).to_json()?))?;
    let options = engine::options()?;
    // What is counted once for a model is kept with it.
    black_box(rules.judge(&model, &options));
    let region = Region::new(ALLOCATOR);
    let verdicts = rules.judge(&model, &options);
    let change = region.change();
    drop(black_box(verdicts));
    Ok(change.allocations + change.reallocations)
}

#[test]
fn more_elements_take_no_more_allocations() -> Result<()> {
    let alone = ALONE.lock();
    let rules = engine::rules()?;
    let small = allocations(&rules, Size::plain(10))?;
    for size in [Size::plain(100), Size::plain(300), Size { programmes: 100, chain: 2_000 }] {
        let large = allocations(&rules, size)?;
        // A vector that grows does so once in a while.
        assert!(large <= small + small / 4, "{large} allocations, {small} for few elements");
    }
    drop(alone);
    Ok(())
}

#[test]
fn each_rule_takes_as_many_allocations_as_are_written_down() -> Result<()> {
    let alone = ALONE.lock();
    let written = [430, 40, 72, 44, 60, 20, 48, 39, 38, 56, 74];
    let mut counted = [0; 11];
    counted[0] = allocations(&engine::rules()?, Size::plain(100))?;
    for (rule, count) in counted.iter_mut().enumerate().skip(1) {
        *count = allocations(&engine::rule(rule)?, Size::plain(100))?;
    }
    let is_near =
        |(written, counted): (&usize, &usize)| written.abs_diff(*counted) * 10 <= *written;
    assert!(written.iter().zip(&counted).all(is_near), "{counted:?}, written down: {written:?}");
    drop(alone);
    Ok(())
}

/// What a rule may cost is worked out with its messages: once for a rule, however many elements there are.
#[test]
fn what_could_be_told_of_findings_takes_nothing_of_each() -> Result<()> {
    let alone = ALONE.lock();
    let (told, silent) = (engine::rules()?, engine::silent_rules()?);
    let more =
        |size| Ok::<_, anyhow::Error>(allocations(&told, size)? - allocations(&silent, size)?);
    assert_eq!(more(Size::plain(10))?, more(Size::plain(100))?);
    drop(alone);
    Ok(())
}
