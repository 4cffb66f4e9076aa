//! How Spelregel compares with rules and loaders written by hand, in one run: `cargo bench --bench ratios`.
//!
//! Arguments are numbers of programmes, each of about a hundred elements, and `judging` to leave loading out:
//! `-- judging 10 100`. Two things that are compared take turns, and answers are compared before that.
#![expect(clippy::print_stdout, reason = "the table is the result")]

use std::alloc::System;
use std::hint::black_box;

use anyhow::{Result, ensure};
use spelregel::{Model, Options, RuleSet};
use spelregel_benches::by_hand::{self, Found, Room};
use spelregel_benches::columns::Columns;
use spelregel_benches::generate::Size;
use spelregel_benches::measure::{Times, measure, measure_both};
use spelregel_benches::{Portfolio, engine, generate};
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

const SIZES: [usize; 4] = [10, 100, 1_000, 10_000];
/// Projects in a row, in a portfolio of a hundred programmes; and the same without.
const DEEP: Size = Size { programmes: 100, chain: 2_000 };
const PLAIN: Size = Size { programmes: 100, chain: 0 };
const SEED: u64 = 42;
/// Larger portfolios are too much for an evaluator that takes one element after the other.
const MOST_ROW_BY_ROW: usize = 1_000;

fn main() -> Result<()> {
    let sizes: Vec<usize> = std::env::args().filter_map(|size| size.parse().ok()).collect();
    let sizes = if sizes.is_empty() { SIZES.to_vec() } else { sizes };
    let without_loading = std::env::args().any(|argument| argument == "judging");
    let rules = engine::rules()?;
    let mut growth = Vec::new();
    for size in sizes.into_iter().map(Size::plain) {
        let text = told(size)?;
        if !without_loading {
            loading(&rules, &text);
        }
        growth.push(judging(&rules, &text, size)?);
    }
    println!("\nAll ten rules, an element:");
    for (elements, times) in growth {
        let nanoseconds = times.median().as_secs_f64() * 1e9 / to_f64(elements);
        println!("  {elements} elements  {nanoseconds:.1} ns");
    }
    judging(&rules, &told(DEEP)?, DEEP)?;
    deep(&rules)
}

fn told(size: Size) -> Result<String> {
    let text = generate(size, SEED).to_json()?;
    let megabytes = to_f64(text.len()) / 1e6;
    println!("\n{} programmes, chain {}: {megabytes:.1} MB", size.programmes, size.chain);
    Ok(text)
}

fn loading(rules: &RuleSet, text: &str) {
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
}

/// What is still allocated of what is made.
fn kept<T>(make: impl FnOnce() -> T) -> (T, f64, usize) {
    let region = Region::new(ALLOCATOR);
    let result = make();
    let change = region.change();
    let bytes = change.bytes_allocated.saturating_sub(change.bytes_deallocated);
    (result, to_f64(bytes) / 1e6, change.allocations)
}

fn judging(rules: &RuleSet, text: &str, size: Size) -> Result<(usize, Times)> {
    let portfolio: Portfolio<&str> = serde_json::from_str(text)?;
    let columns = Columns::new(&portfolio);
    let (mut room, mut found) = (Room::default(), Found::default());
    by_hand::all(&columns, &mut room, &mut found);
    let expected = by_hand::named(&columns, &found);
    let options = engine::options()?;
    let source = engine::source(text);
    let (model, model_size, allocations) = kept(|| engine::load(rules, &source));
    let model = model?;
    println!(
        "  {} elements, {} links: {model_size:.1} MB without the text; {allocations} allocations",
        model.element_count(),
        model.link_count(),
    );
    let (verdicts, verdicts_size, allocations) = kept(|| rules.judge(&model, &options));
    println!("  verdicts: {verdicts_size:.2} MB; {allocations} allocations to judge");
    drop(verdicts);
    let is_small = size.programmes <= MOST_ROW_BY_ROW;
    ensure!(engine::judged(rules, &model, &options)? == expected, "the answers differ");
    if is_small {
        ensure!(engine::named(rules, &model, &options)? == expected, "the plain answers differ");
    }
    println!("  {} findings", expected.len());
    for rule in 1..=10 {
        let one = engine::rule(rule)?;
        let of_it: Vec<_> = expected.iter().filter(|(number, _)| *number == rule).collect();
        let judged = engine::judged(&one, &model, &options)?;
        ensure!(judged.iter().eq(of_it), "the answers of rule {rule} differ");
        let (mut rows, mut failing) = (Vec::new(), Vec::new());
        let (engine, times) = measure_both(
            || engine::judge(&one, &model, &options, black_box(&mut failing)),
            || by_hand::one(rule, &columns, &mut room, black_box(&mut rows)),
        );
        println!("  R{rule:<2} by hand  {times}");
        println!("      Spelregel {engine}  {:.1}x", engine.over(&times));
    }
    let mut failing = Vec::new();
    let (engine, hand) = measure_both(
        || engine::judge(rules, &model, &options, black_box(&mut failing)),
        || by_hand::all(&columns, &mut room, black_box(&mut found)),
    );
    println!("  all by hand  {hand}");
    println!("  Spelregel    {engine}  {:.1}x", engine.over(&hand));
    telling(rules, &model, &options)?;
    if is_small {
        let slow = measure(|| rules.judge_plainly(&model, &options));
        println!("  plainly      {slow}");
    }
    Ok((model.element_count(), engine))
}

/// What it costs that findings can be told: the same rules with nothing to tell.
fn telling(rules: &RuleSet, model: &Model, options: &Options) -> Result<()> {
    let silent = engine::silent_rules()?;
    let (mut failing, mut others) = (Vec::new(), Vec::new());
    let (told, untold) = measure_both(
        || engine::judge(rules, model, options, black_box(&mut failing)),
        || engine::judge(&silent, model, options, black_box(&mut others)),
    );
    println!("  over rules that have nothing to tell {:.2}x", told.over(&untold));
    Ok(())
}

/// The deep portfolio beside a plain one of the same size.
fn deep(rules: &RuleSet) -> Result<()> {
    let options = engine::options()?;
    let [deep, plain] = [DEEP, PLAIN].map(|size| -> Result<Model> {
        engine::load(rules, &engine::source(&generate(size, SEED).to_json()?))
    });
    let (deep, plain) = (deep?, plain?);
    let (mut failing, mut others) = (Vec::new(), Vec::new());
    let (deep, plain) = measure_both(
        || engine::judge(rules, &deep, &options, black_box(&mut failing)),
        || engine::judge(rules, &plain, &options, black_box(&mut others)),
    );
    println!("\nDeep {deep}\nPlain {plain}\n  {:.2}x", deep.over(&plain));
    Ok(())
}

#[expect(clippy::cast_precision_loss, clippy::as_conversions, reason = "shown with one decimal")]
fn to_f64(number: usize) -> f64 {
    number as f64
}
