//! What an edit costs until its findings are out, texts included: `cargo bench --bench session`.
//!
//! Arguments are numbers of programmes: of the portfolio, in which a sponsor loses the holder, and of the
//! towns, which are edited at random under all shipped rules: `-- 10000 750`. Times are those that the thread works.
#![expect(clippy::print_stdout, reason = "the table is the result")]

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use cpu_time::ThreadTime;
use spelregel::{Date, Metamodel, Model, Options, Pack, Rule, RuleSet, Session, Settings, Source};
use spelregel_benches::any_edit::{Does, Draw};
use spelregel_benches::edit::Sponsor;
use spelregel_benches::generate::Size;
use spelregel_benches::measure::Times;
use spelregel_benches::{engine, generate, town};

/// A million elements.
const PORTFOLIO: usize = 10_000;
/// A hundred thousand.
const TOWNS: usize = 750;
const SEED: u64 = 42;
const SPONSOR_RUNS: usize = 200;
const EDITS_OF_A_KIND: usize = 300;

fn main() -> Result<()> {
    let mut sizes = std::env::args().filter_map(|size| size.parse().ok());
    let portfolio = sizes.next().unwrap_or(PORTFOLIO);
    let towns = sizes.next().unwrap_or(TOWNS);
    if portfolio > 0 {
        sponsor(portfolio)?;
    }
    if towns > 0 {
        random_edits(towns)?;
    }
    Ok(())
}

/// A sponsor loses the holder, and gets him back, time and again.
fn sponsor(programmes: usize) -> Result<()> {
    let rules = engine::rules()?;
    let text = generate(Size::plain(programmes), SEED).to_json()?;
    let model = engine::load(&rules, &engine::source(&text))?;
    println!("{} elements, {} links, ten rules", model.element_count(), model.link_count());
    let edit = Sponsor::find(&model).context("a sponsor")?.edit;
    let options = engine::options()?;
    let (mut live, began) = timed(|| Session::new(rules.clone(), model, options));
    println!("  beginning a session   {began:.3?}");
    let (mut there, mut back) = (Vec::new(), Vec::new());
    let mut rejudged = 0;
    for _ in 0..=SPONSOR_RUNS {
        let (delta, took) = timed(|| live.apply([edit.clone()]));
        let delta = delta?;
        ensure!(!delta.appeared.is_empty(), "a role without a holder is found");
        rejudged = delta.rejudged;
        there.push(took);
        let (delta, took) = timed(|| live.undo());
        ensure!(delta.is_some_and(|delta| !delta.went.is_empty()), "what was found goes");
        back.push(took);
    }
    println!("  the first edit        {:.3?}", there.remove(0));
    println!("  a sponsor who leaves  {}, {rejudged} verdicts", Times::of(there));
    println!("  taken back            {}", Times::of(back));
    Ok(())
}

fn random_edits(programmes: usize) -> Result<()> {
    let packs: Vec<Pack> =
        Pack::shipped_ids().filter_map(Pack::shipped).collect::<Result<_, _>>()?;
    let metamodel = Metamodel::standard();
    let rules = RuleSet::compile(&metamodel, packs, &Settings::default())?;
    let document = town::document(programmes)?;
    let text = serde_json::to_string(&document)?;
    let model = Model::load(&metamodel, [Source::new("towns.json", text)])?;
    let at: Date = "2026-06-01".parse()?;
    let count = rules.rules().count();
    println!(
        "{} elements, {} links, {count} shipped rules",
        model.element_count(),
        model.link_count()
    );
    let ids = rules.rules().filter(Rule::allows_deviations);
    let ids = ids.map(|rule| rule.full_id().to_owned());
    let mut draw = Draw::new(&metamodel, &document, ids, SEED)?;
    let (mut live, began) = timed(|| Session::new(rules.clone(), model, Options::at(at)));
    println!("  beginning a session   {began:.3?}");
    let (found, took) = timed(|| live.findings().len());
    println!("  all findings          {took:.3?}, {found}");
    let mut all = Vec::new();
    let mut worst = (Duration::ZERO, Does::Put);
    for does in Does::ALL {
        let mut times = Vec::new();
        let (mut refused, mut rejudged) = (0, 0);
        while times.len() < EDITS_OF_A_KIND {
            let edit = draw.edit(does)?;
            let (delta, took) = timed(|| live.apply([edit]));
            match delta {
                Ok(delta) => {
                    rejudged += delta.rejudged;
                    times.push(took);
                    live.undo();
                }
                Err(_) => refused += 1,
            }
        }
        all.extend(times.iter().copied());
        let times = Times::of(times);
        if times.of_hundred(99) > worst.0 {
            worst = (times.of_hundred(99), does);
        }
        println!(
            "  {:<8} {times}, p99 {:.3?}; {} verdicts an edit, {refused} refused",
            format!("{does:?}"),
            times.of_hundred(99),
            rejudged / EDITS_OF_A_KIND,
        );
    }
    let all = Times::of(all);
    println!("  all      {all}, p99 {:.3?}; the worst kind is {:?}", all.of_hundred(99), worst.1);
    Ok(())
}

fn timed<T>(run: impl FnOnce() -> T) -> (T, Duration) {
    let start = ThreadTime::now();
    let done = run();
    (done, start.elapsed())
}
