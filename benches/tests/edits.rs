//! An edit costs what it can have affected, however large the model is.
#![expect(clippy::panic_in_result_fn, reason = "a test fails by panicking")]

use anyhow::{Context, Result};
use spelregel::Session;
use spelregel_benches::edit::Sponsor;
use spelregel_benches::generate::Size;
use spelregel_benches::{engine, generate};

#[test]
fn a_sponsor_who_leaves_concerns_the_programme_the_role_and_its_benefits() -> Result<()> {
    let rules = engine::rules()?;
    let of = |kind: &str| rules.rules().filter(|rule| rule.kinds().contains(&kind)).count();
    for programmes in [10, 100] {
        let portfolio = generate(Size::plain(programmes), 42);
        let model = engine::load(&rules, &engine::source(&portfolio.to_json()?))?;
        let sponsor = Sponsor::find(&model).context("a sponsor")?;
        let most = sponsor.programmes * of("Programme")
            + of("Role")
            + sponsor.benefits * of("Benefit")
            // Who held the role is asked whether he holds roles that don't go together.
            + of("Person");
        let mut live = Session::new(rules.clone(), model, engine::options()?);
        let delta = live.apply([sponsor.edit])?;
        assert!((1..=most).contains(&delta.rejudged), "{} of {most}", delta.rejudged);
        assert!(sponsor.programmes > 0 && !delta.appeared.is_empty());
    }
    Ok(())
}
