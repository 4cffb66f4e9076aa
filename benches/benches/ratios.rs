//! How Spelregel compares with rules and loaders written by hand, in one run: `cargo bench --bench ratios`.
//!
//! Arguments are numbers of programmes, each of about a hundred elements: `-- 10 100`.
#![expect(clippy::print_stdout, reason = "the table is the result")]

use std::alloc::System;
use std::hint::black_box;

use anyhow::{Result, ensure};
use spelregel::RuleSet;
use spelregel_benches::by_hand::{self, Found, Room};
use spelregel_benches::columns::Columns;
use spelregel_benches::generate::Size;
use spelregel_benches::measure::measure;
use spelregel_benches::{Portfolio, engine, generate};
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

const SIZES: [usize; 4] = [10, 100, 1_000, 10_000];
/// Projects in a row, in a portfolio of a hundred programmes.
const DEEP: Size = Size { programmes: 100, chain: 2_000 };
const SEED: u64 = 42;
/// Larger portfolios are too much for an evaluator that takes one element after the other.
const MOST_ROW_BY_ROW: usize = 1_000;

fn main() -> Result<()> {
    let sizes: Vec<usize> = std::env::args().filter_map(|size| size.parse().ok()).collect();
    let sizes = if sizes.is_empty() { SIZES.to_vec() } else { sizes };
    let rules = engine::rules()?;
    for programmes in sizes {
        compare(&rules, Size::plain(programmes))?;
    }
    compare(&rules, DEEP)
}

fn compare(rules: &RuleSet, size: Size) -> Result<()> {
    let text = generate(size, SEED).to_json()?;
    let megabytes = to_f64(text.len()) / 1e6;
    println!("\n{} programmes, chain {}: {megabytes:.1} MB", size.programmes, size.chain);
    loading(rules, &text)?;
    judging(rules, &text, size)
}

fn loading(rules: &RuleSet, text: &str) -> Result<()> {
    let owned = measure(|| serde_json::from_str::<Portfolio<String>>(text));
    let borrowed = measure(|| serde_json::from_str::<Portfolio<&str>>(text));
    println!("  serde_json, structs of texts      {owned}");
    println!("  serde_json, texts in place        {borrowed}");
    let source = engine::source(text);
    let model = measure(|| engine::load(rules, &source));
    println!("  Spelregel, model                  {model}");
    println!(
        "    over serde_json {:.2}x, over serde_json in place {:.2}x",
        model.over(&owned),
        model.over(&borrowed)
    );
    let region = Region::new(ALLOCATOR);
    let model = engine::load(rules, &source)?;
    let change = region.change();
    let kept = change.bytes_allocated.saturating_sub(change.bytes_deallocated);
    println!(
        "  {} elements, {} links: {:.1} MB in memory without the text; {} allocations",
        model.element_count(),
        model.link_count(),
        to_f64(kept) / 1e6,
        change.allocations,
    );
    Ok(())
}

fn judging(rules: &RuleSet, text: &str, size: Size) -> Result<()> {
    let portfolio: Portfolio<&str> = serde_json::from_str(text)?;
    let columns = Columns::new(&portfolio);
    let (mut room, mut found) = (Room::default(), Found::default());
    by_hand::all(&columns, &mut room, &mut found);
    let expected = by_hand::named(&columns, &found);
    let model = engine::load(rules, &engine::source(text))?;
    let options = engine::options()?;
    let is_small = size.programmes <= MOST_ROW_BY_ROW;
    if is_small {
        ensure!(engine::named(rules, &model, &options)? == expected, "the answers differ");
    }
    println!("  {} findings", expected.len());
    for rule in 1..=10 {
        let mut rows = Vec::new();
        let times = measure(|| by_hand::one(rule, &columns, &mut room, black_box(&mut rows)));
        println!("  R{rule:<2} by hand  {times}");
        let one = engine::rule(rule)?;
        let mut failing = Vec::new();
        let engine = measure(|| engine::judge(&one, &model, &options, black_box(&mut failing)));
        println!("      Spelregel {engine}  {:.1}x", engine.over(&times));
    }
    let hand = measure(|| by_hand::all(&columns, &mut room, black_box(&mut found)));
    println!("  all by hand  {hand}");
    let mut failing = Vec::new();
    let engine = measure(|| engine::judge(rules, &model, &options, black_box(&mut failing)));
    println!(
        "  Spelregel    {engine}  {:.1}x, {} deferred",
        engine.over(&hand),
        rules.judge(&model, &options).deferred()
    );
    if is_small {
        let slow = measure(|| rules.judge_plainly(&model, &options));
        println!("  plainly      {slow}");
    }
    Ok(())
}

#[expect(clippy::cast_precision_loss, clippy::as_conversions, reason = "shown with one decimal")]
fn to_f64(number: usize) -> f64 {
    number as f64
}
