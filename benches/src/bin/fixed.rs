//! A run that is the same every time, to count its instructions:
//! `fixed PROGRAMMES CHAIN TIMES [RULE|hand|petgraph]` judges a portfolio so many times, by all ten rules, by
//! one of them, or by hand; or lets petgraph find the circles that rule 6 is about.

use std::hint::black_box;

use anyhow::{Context, Result};
use spelregel_benches::by_hand::{self, Found, Room};
use spelregel_benches::columns::Columns;
use spelregel_benches::generate::Size;
use spelregel_benches::{engine, generate};

const SEED: u64 = 42;

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [programmes, chain, times, rest @ ..] = arguments.as_slice() else {
        anyhow::bail!("arguments: programmes, chain, times, and a rule or `hand`");
    };
    let size = Size { programmes: programmes.parse()?, chain: chain.parse()? };
    let times: usize = times.parse()?;
    let portfolio = generate(size, SEED);
    if rest.first().is_some_and(|what| what == "hand") {
        let columns = Columns::new(&portfolio);
        let (mut room, mut found) = (Room::default(), Found::default());
        for _ in 0..times {
            by_hand::all(&columns, &mut room, black_box(&mut found));
        }
        return Ok(());
    }
    if rest.first().is_some_and(|what| what == "petgraph") {
        let rules = engine::rules()?;
        let model = engine::load(&rules, &engine::source(&portfolio.to_json()?))?;
        for _ in 0..times {
            engine::components(&model)?;
        }
        return Ok(());
    }
    let rules = match rest.first() {
        Some(rule) => engine::rule(rule.parse().context("a rule by its number")?)?,
        None => engine::rules()?,
    };
    let model = engine::load(&rules, &engine::source(&portfolio.to_json()?))?;
    let (options, mut failing) = (engine::options()?, Vec::new());
    for _ in 0..times {
        engine::judge(&rules, &model, &options, black_box(&mut failing));
    }
    Ok(())
}
