//! The shipped packs prove themselves: every example comes out as written, and every rule has one that
//! passes and one that fails.

use std::error::Error;

use spelregel::{
    Metamodel, Model, Options, Pack, Report, RuleCoverage, RuleSet, Settings, Source, Verdict,
};

fn shipped() -> Result<RuleSet, Box<dyn Error>> {
    let packs: Vec<Pack> =
        Pack::shipped_ids().filter_map(Pack::shipped).collect::<Result<_, _>>()?;
    Ok(RuleSet::compile(&Metamodel::standard(), packs, &Settings::default())?)
}

#[test]
fn every_example_comes_out_as_written() -> Result<(), Box<dyn Error>> {
    let results = shipped()?.run_examples();
    let wrong: Vec<String> = results
        .iter()
        .filter(|result| !result.is_as_expected())
        .map(|result| format!("{} {}: {:?}", result.rule, result.number, result.verdicts))
        .collect();
    assert_eq!(wrong, Vec::<String>::new(), "of {} examples", results.len());
    assert!(results.len() > 1_200, "{} examples", results.len());
    Ok(())
}

#[test]
fn every_pack_stands_alone() -> Result<(), Box<dyn Error>> {
    for id in Pack::shipped_ids() {
        let pack = Pack::load_shipped(id)?;
        let rules = RuleSet::compile(&Metamodel::standard(), [pack], &Settings::default())?;
        assert!(rules.warnings().is_none(), "{id}: {:?}", rules.warnings());
        assert!(rules.test().is_good(), "{id}");
        assert!(rules.rules().all(|rule| rule.pack().id() == id), "{id} brings rules of others");
    }
    Ok(())
}

/// What the browser gets is the same pack: only the examples and the comments are gone.
#[test]
fn a_compact_pack_says_the_same_at_the_same_places() -> Result<(), Box<dyn Error>> {
    let checked = |pack: Pack| -> Result<Report, Box<dyn Error>> {
        let rules = RuleSet::compile(&Metamodel::standard(), [pack], &Settings::default())?;
        let model =
            Model::load(rules.metamodel(), [Source::new("m.yaml", "programmes: [{id: p}]")])?;
        Ok(rules.check(&model, &Options::at("2026-06-01".parse()?)))
    };
    for (name, text) in spelregel_rules::PACKS {
        let compact = spelregel_rules::compact(text);
        for (number, (left, was)) in compact.lines().zip(text.lines()).enumerate() {
            assert!(left.is_empty() || left == was, "{name}:{}", number + 1);
        }
        assert_eq!(compact.lines().count(), text.lines().count(), "{name}");
        let pack = Pack::load(Source::new(*name, compact))?;
        assert!(!pack.to_json().contains("\"examples\""), "{name}");
        // The receipts, and with them the hashes of the packs, are parts of the reports.
        assert_eq!(checked(pack)?, checked(Pack::load(Source::new(*name, *text))?)?, "{name}");
    }
    Ok(())
}

#[test]
fn examples_show_every_verdict_that_a_rule_can_give() -> Result<(), Box<dyn Error>> {
    for rule in shipped()?.test().coverage {
        assert_eq!(rule.missing, Vec::<Verdict>::new(), "{}", rule.rule);
    }
    Ok(())
}

/// What the examples show of the packs: of each how many rules show every verdict that they can give, and how
/// many questions were both true and false; then the questions that weren't.
#[test]
fn what_examples_leave_untested_is_known() -> Result<(), Box<dyn Error>> {
    let report = shipped()?.test();
    let (mut figures, mut untested) = (String::new(), String::new());
    for id in Pack::shipped_ids() {
        let is_of_pack = |rule: &&RuleCoverage| rule.rule.split('/').next() == Some(id);
        let rules: Vec<&RuleCoverage> = report.coverage.iter().filter(is_of_pack).collect();
        if rules.is_empty() {
            continue;
        }
        let full = rules.iter().filter(|rule| rule.missing.is_empty()).count();
        let questions: usize = rules.iter().map(|rule| rule.questions).sum();
        let open: usize = rules.iter().map(|rule| rule.untested.len()).sum();
        figures.push_str(&format!(
            "{id}: every verdict {full} of {} rules, questions {} of {questions}\n",
            rules.len(),
            questions - open
        ));
        for (rule, part) in
            rules.iter().flat_map(|rule| rule.untested.iter().map(move |p| (rule, p)))
        {
            let never = match (part.was_true, part.was_false) {
                (false, false) => "never asked",
                (false, true) => "never true",
                (true, _) => "never false",
            };
            let text: Vec<&str> = part.text.split_whitespace().collect();
            untested.push_str(&format!("{}: {never}: {}\n", rule.rule, text.join(" ")));
        }
    }
    insta::assert_snapshot!(format!("{figures}\n{untested}"));
    Ok(())
}
