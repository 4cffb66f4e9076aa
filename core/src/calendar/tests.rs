//! The law of calendars: day by day, what they say is what checks find.

use std::collections::BTreeMap;

use proptest::prelude::*;

use crate::session::tests::{drawn, rules};
use crate::{Date, Language, Metamodel, Model, Options, Pack, RuleSet, Settings, Source, Verdict};

/// Every verdict, and how often each built-in rule finds something about each element.
#[derive(Debug, PartialEq, Eq)]
struct State {
    verdicts: BTreeMap<(String, Option<String>), Verdict>,
    flaws: BTreeMap<(String, Option<String>), i32>,
}

fn state(model: &Model, options: &Options) -> State {
    let answers = rules().answers(model, options).into_iter();
    let verdicts = answers.map(|answer| ((answer.rule, answer.element), answer.verdict)).collect();
    let mut flaws = BTreeMap::new();
    for finding in rules().check(model, options).findings {
        if finding.rule.starts_with("spelregel/") {
            let element = finding.element.map(|element| element.id);
            *flaws.entry((finding.rule, element)).or_default() += 1;
        }
    }
    State { verdicts, flaws }
}

fn day_after(date: Date, days: i64) -> Date {
    Date::from_days(date.timestamp().days() + days).unwrap()
}

fn is_right(model: &Model, options: &Options, days: i64) -> usize {
    let calendar = rules().calendar(model, options, day_after(options.at, days));
    let on = |date| calendar.turns.iter().filter(move |turn| turn.on == date);
    let mut now = state(model, options);
    for day in 1..=days {
        let date = day_after(options.at, day);
        for turn in on(date) {
            let key = (turn.rule.clone(), turn.element.as_ref().map(|element| element.id.clone()));
            if turn.rule.starts_with("spelregel/") {
                let change = if turn.after == Verdict::Fail { 1 } else { -1 };
                let count = now.flaws.entry(key.clone()).or_default();
                *count += change;
                if *count == 0 {
                    now.flaws.remove(&key);
                }
            } else {
                assert_eq!(now.verdicts.insert(key, turn.after), Some(turn.before), "{turn:#?}");
            }
        }
        let mut then = options.clone();
        then.at = date;
        let found = state(model, &then);
        let wrong = |(key, verdict): (&(String, Option<String>), &Verdict)| {
            let told = now.verdicts.get(key);
            (told != Some(verdict)).then(|| format!("{key:?}: {verdict:?}, told {told:?}"))
        };
        let wrong: Vec<String> = found.verdicts.iter().filter_map(wrong).collect();
        assert!(wrong.is_empty(), "on {date}: {wrong:#?}");
        assert_eq!(now.flaws, found.flaws, "on {date}");
    }
    assert!(calendar.turns.iter().all(|turn| turn.on <= calendar.until));
    assert!(calendar.turns.is_sorted_by_key(|turn| turn.on));
    calendar.turns.len()
}

const STARTS: [&str; 5] = ["2025-12-20", "2026-05-25", "2026-06-28", "2026-12-20", "2027-05-20"];

fn turns_of(seed: u64) -> usize {
    let start = usize::try_from(seed % 5).unwrap();
    let options = Options::at(STARTS[start].parse().unwrap());
    is_right(&drawn(seed), &options, 20)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]
    #[test]
    fn a_calendar_says_what_checks_find_day_by_day(seed in any::<u64>()) {
        turns_of(seed);
    }
}

/// The same for many models, where somebody asks for it: `SPELREGEL_LONG=1`.
#[test]
fn calendars_hold_for_long() {
    if std::env::var_os("SPELREGEL_LONG").is_none_or(|value| value != "1") {
        return;
    }
    let turns: usize = (1..2_000).map(turns_of).sum();
    assert!(turns > 10_000, "only {turns} turns");
}

/// A pack with one rule of mandates.
fn one_rule(require: &str) -> RuleSet {
    let text = format!(
        "pack: p\nversion: 1.0.0\ntitle: {{en: P}}\nrules:\n  - id: r\n    title: {{en: Mandates last}}\n    \
         each: Mandate\n    require: >-\n      {require}\n    severity: error\n    message: {{en: M}}\n"
    );
    let pack = Pack::load(Source::new("p.yaml", text)).unwrap();
    RuleSet::compile(&Metamodel::standard(), [pack], &Settings::default()).unwrap()
}

/// The days on which the rule's verdict on one mandate turns, up to the end of 2027.
fn turns(require: &str, mandate: &str) -> Vec<String> {
    let rules = one_rule(require);
    let source = Source::new("m.yaml", format!("mandates: [{{id: m, {mandate}}}]"));
    let model = Model::load(rules.metamodel(), [source]).unwrap();
    let options = Options::at("2026-06-01".parse().unwrap());
    let calendar = rules.calendar(&model, &options, "2027-12-31".parse().unwrap());
    calendar.turns.iter().map(|turn| format!("{} {}", turn.on, turn.after.as_str())).collect()
}

#[test]
fn verdicts_turn_on_the_day_after_the_last() {
    let until = "valid_until: 2027-02-28";
    assert_eq!(turns("self.valid_until >= today", until), ["2027-03-01 fail"]);
    assert_eq!(turns("today < self.valid_until", until), ["2027-02-28 fail"]);
    assert_eq!(turns("today == self.valid_until", until), ["2027-02-28 pass", "2027-03-01 fail"]);
    assert_eq!(turns("today + days(10) <= self.valid_until", until), ["2027-02-19 fail"]);
    assert_eq!(turns("self.valid_until - today > days(10)", until), ["2027-02-18 fail"]);
    assert_eq!(turns("today - self.valid_until > days(1)", until), ["2027-03-02 pass"]);
    assert_eq!(turns("today.getFullYear() == 2026", until), ["2027-01-01 fail"]);
    assert_eq!(turns("today >= timestamp('2027-01-01T12:00:00Z')", until), ["2027-01-02 pass"]);
    assert_eq!(
        turns("self.limit_eur > 1.0 && today < self.valid_until", until),
        ["2027-02-28 fail"]
    );
    assert!(turns("has(self.valid_from)", until).is_empty());
}

#[test]
fn a_calendar_tells_people_what_comes() {
    let rules = one_rule("self.valid_until >= today");
    let text = "
mandates: [{id: m, name: Plan, valid_until: 2027-02-28}, {id: n, valid_until: 2026-08-31}, {id: o}]
deviations: [{rule: r, element: n, reason: Agreed, until: 2026-12-31}]
";
    let model = Model::load(rules.metamodel(), [Source::new("m.yaml", text)]).unwrap();
    let options = Options::at("2026-06-01".parse().unwrap());
    let calendar = rules.calendar(&model, &options, "2027-12-31".parse().unwrap());
    insta::assert_snapshot!(calendar.to_text(Language::En, crate::report::Colour::Never));
    insta::assert_snapshot!(calendar.to_text(Language::Nl, crate::report::Colour::Never));
    let again: crate::Calendar = serde_json::from_str(&calendar.to_json()).unwrap();
    assert_eq!(again, calendar);
}
