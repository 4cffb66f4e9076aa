//! A portfolio for others to check: `portfolio PROGRAMMES FOLDER` writes its document, what the ten rules find in
//! it, and what finding that takes by hand and by Spelregel.

use std::collections::BTreeMap;
use std::hint::black_box;
use std::path::PathBuf;

use anyhow::{Context, Result, ensure};
use serde_json::json;
use spelregel_benches::by_hand::{self, Found, Room};
use spelregel_benches::columns::Columns;
use spelregel_benches::generate::Size;
use spelregel_benches::measure::measure;
use spelregel_benches::{Portfolio, engine, generate};

const SEED: u64 = 42;

fn main() -> Result<()> {
    let mut arguments = std::env::args().skip(1);
    let mut next = || arguments.next().context("portfolio PROGRAMMES FOLDER");
    let (programmes, folder) = (next()?.parse()?, PathBuf::from(next()?));
    let text = generate(Size::plain(programmes), SEED).to_json()?;
    let portfolio: Portfolio<&str> = serde_json::from_str(&text)?;
    let columns = Columns::new(&portfolio);
    let (mut room, mut found) = (Room::default(), Found::default());
    by_hand::all(&columns, &mut room, &mut found);
    let expected = by_hand::named(&columns, &found);

    let rules = engine::rules()?;
    let model = engine::load(&rules, &engine::source(&text))?;
    let options = engine::options()?;
    ensure!(engine::named(&rules, &model, &options)? == expected, "the answers differ");
    let mut failing = Vec::new();
    let engine = measure(|| engine::judge(&rules, &model, &options, black_box(&mut failing)));
    let by_rule = (1..=10).map(|rule| {
        let mut rows = Vec::new();
        let times = measure(|| by_hand::one(rule, &columns, &mut room, black_box(&mut rows)));
        (rule.to_string(), times.median().as_secs_f64())
    });
    let by_rule: BTreeMap<String, f64> = by_rule.collect();
    let all = measure(|| by_hand::all(&columns, &mut room, black_box(&mut found)));

    std::fs::create_dir_all(&folder)?;
    std::fs::write(folder.join("portfolio.json"), &text)?;
    std::fs::write(folder.join("expected.json"), serde_json::to_string(&expected)?)?;
    let times = json!({
        "elements": model.element_count(),
        "by_hand": all.median().as_secs_f64(),
        "by_hand_rules": by_rule,
        "spelregel": engine.median().as_secs_f64(),
    });
    std::fs::write(folder.join("times.json"), times.to_string())?;
    Ok(())
}
