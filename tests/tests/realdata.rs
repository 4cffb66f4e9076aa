//! Programmes that nobody here wrote: what rules find in them, held against others' findings where there are any.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Result;
use spelregel::{Language, Metamodel, Model, Options, Pack, RuleSet, Settings, Source, Verdict};
use spelregel_tests::iati::ruleset::{Cases, Outcome};
use spelregel_tests::iati::{self, Converted};
use spelregel_tests::outside::Taken;
use spelregel_tests::tally::{shipped, tally, total};
use spelregel_tests::{figures, files, gmpp};

const FILES: [&str; 2] = ["dfid-ZW-2011", "dfid-KO-2011"];
/// Rule sets of the publisher, each with our pack of the same, and the parameter of that which has it ask the cases that
/// the publisher's engine never applies.
const RULE_SETS: [(&str, &str, &str); 2] =
    [("dfid", "dfid", "ask_of_days_between_tags"), ("standard_py", "standard", "ask_about_now")];

fn options() -> Result<Options> {
    Ok(Options::at("2011-06-02".parse()?))
}

fn activities(file: &str) -> Result<Converted> {
    Converted::new(&files::text(&format!("data/iati/activities/{file}.xml"))?, &iati::metamodel()?)
}

fn differences(found: &Outcome, expected: &Outcome) -> Vec<String> {
    let more = found.failures.difference(&expected.failures).map(|f| format!("only ours: {f:?}"));
    let less = expected.failures.difference(&found.failures).map(|f| format!("only theirs: {f:?}"));
    more.chain(less).collect()
}

#[test]
fn every_case_of_a_rule_set_has_one_rule() -> Result<()> {
    for (name, pack, _) in RULE_SETS {
        let cases = Cases::read(name)?;
        let rules = iati::rules(pack, &Settings::default())?;
        let mut named = BTreeSet::new();
        for rule in rules.rules() {
            for case in cases.named_by(rule.source().get(Language::En))? {
                assert!(named.insert(case.clone()), "{case:?} is named twice");
            }
        }
        assert_eq!(named, cases.all());
    }
    Ok(())
}

#[test]
fn rules_of_iati_find_what_the_publishers_engine_finds() -> Result<()> {
    let metamodel = iati::metamodel()?;
    for file in FILES {
        let model = activities(file)?.load(&metamodel)?;
        for (name, pack, _) in RULE_SETS {
            let cases = Cases::read(name)?;
            let found =
                cases.found(&iati::rules(pack, &Settings::default())?, &model, &options()?)?;
            let expected = cases.expected(file, name)?;
            let differ = differences(&found, &expected);
            assert!(differ.is_empty(), "{file} {name}:\n{}", differ.join("\n"));
            assert_eq!(found, expected, "{file} {name}");
        }
    }
    Ok(())
}

#[derive(serde::Deserialize)]
struct MetaTest {
    rules: String,
    xml: String,
    pass: bool,
}

#[test]
fn the_publishers_tests_of_its_engine_come_out_the_same() -> Result<()> {
    let metamodel = iati::metamodel()?;
    let rules: RuleSet = iati::rules("meta_tests", &Settings::default())?;
    let mut used = BTreeSet::new();
    for line in files::text("data/iati/meta_tests/cases.jsonl")?.lines() {
        let test: MetaTest = serde_json::from_str(line)?;
        let xml = files::text(&format!("data/iati/meta_tests/{}", test.xml))?;
        let model = Converted::new(&xml, &metamodel)?.load(&metamodel)?;
        let judged = rules.judge(&model, &options()?);
        let fails = judged.failing().filter_map(|one| rules.rule(one.rule).ok());
        let fails = fails.filter(|rule| rule.source().get(Language::En) == test.rules).count();
        assert_eq!(fails == 0, test.pass, "{line}");
        used.insert(test.rules);
    }
    let ours: BTreeSet<_> = rules.rules().map(|rule| rule.source().get(Language::En)).collect();
    used.remove("empty.json");
    assert_eq!(used.iter().map(String::as_str).collect::<BTreeSet<_>>(), ours);
    Ok(())
}

#[test]
fn both_ways_of_judging_agree_on_them() -> Result<()> {
    let same = |rules: &RuleSet, model: &Model, options: &Options| {
        let differ = rules.judge(model, options).differences(&rules.judge_plainly(model, options));
        assert!(differ.is_empty(), "{}", differ.join("\n"));
    };
    let shipped = shipped()?;
    for (_, taken) in sources()? {
        same(&shipped, &taken.load(false)?, &Options::at(taken.at));
    }
    for file in FILES {
        let model = activities(file)?.load(&iati::metamodel()?)?;
        for (_, pack, parameter) in RULE_SETS {
            same(&iati::rules(pack, &asking(parameter)?)?, &model, &options()?);
        }
    }
    Ok(())
}

fn delivery() -> Result<RuleSet> {
    let pack = Pack::load(Source::new("delivery.yaml", files::text("data/gmpp/delivery.yaml")?))?;
    Ok(RuleSet::compile(&Metamodel::standard(), [pack], &Settings::default())?)
}

fn sources() -> Result<Vec<(&'static str, Taken)>> {
    let programmes = |file| {
        iati::programmes::convert(&files::text(&format!("data/iati/activities/{file}.xml"))?)
    };
    Ok(vec![
        ("GMPP 2021", gmpp::year(2021)?),
        ("GMPP 2022", gmpp::year(2022)?),
        ("DFID in Zimbabwe", programmes("dfid-ZW-2011")?),
        ("DFID in Kosovo", programmes("dfid-KO-2011")?),
    ])
}

fn hold(name: &str, measured: &[String]) -> Result<()> {
    figures::hold(&files::path("../docs/real-data.md"), name, measured)
}

/// Settings that have a pack ask as well what the other engine never does.
fn asking(parameter: &str) -> Result<Settings> {
    let text = format!("settings: {{parameters: {{{parameter}: true}}}}");
    Ok(Settings::load(Source::new("settings.yaml", text))?)
}

#[test]
fn the_page_tells_what_is_taken() -> Result<()> {
    let mut table = vec![
        "| source | programmes | projects | elements | links | withheld | no place |".to_owned(),
        "| --- | --- | --- | --- | --- | --- | --- |".to_owned(),
    ];
    for (name, taken) in sources()? {
        let model = taken.load(false)?;
        let of = |kind: &str| model.elements().filter(|e| e.kind().name() == kind).count();
        table.push(format!(
            "| {name} | {} | {} | {} | {} | {} | {} |",
            of("Programme"),
            of("Project"),
            model.element_count(),
            model.link_count(),
            taken.withheld.values().sum::<usize>(),
            taken.left_out.values().sum::<usize>(),
        ));
    }
    hold("sources", &table)
}

#[test]
fn the_page_tells_what_shipped_rules_find() -> Result<()> {
    let rules = shipped()?;
    let mut table = vec![
        "| source | taken for complete: fail | unknown | pass | as it is: fail | unknown | pass |"
            .to_owned(),
        "| --- | --- | --- | --- | --- | --- | --- |".to_owned(),
    ];
    let mut settled = BTreeMap::<String, Vec<[usize; 2]>>::new();
    for (name, taken) in sources()? {
        let [fail, unknown, pass] = total(&tally(&rules, &taken.load(true)?, taken.at));
        let as_it_is = tally(&rules, &taken.load(false)?, taken.at);
        for (rule, [fail, _, pass]) in &as_it_is {
            settled.entry(rule.clone()).or_default().push([*fail, *pass]);
        }
        let [fails, unknowns, passes] = total(&as_it_is);
        table.push(format!(
            "| {name} | {fail} | {unknown} | {pass} | {fails} | {unknowns} | {passes} |"
        ));
    }
    hold("shipped", &table)?;
    settled.retain(|_, verdicts| verdicts.iter().any(|both| *both != [0, 0]));
    let mut table = vec![
        "| rule: fail, pass | GMPP 2021 | GMPP 2022 | Zimbabwe | Kosovo |".to_owned(),
        "| --- | --- | --- | --- | --- |".to_owned(),
    ];
    for (rule, verdicts) in settled {
        let cells = verdicts.iter().map(|[fail, pass]| format!("{fail}, {pass}"));
        table.push(format!("| `{rule}` | {} |", cells.collect::<Vec<_>>().join(" | ")));
    }
    hold("settled", &table)
}

#[test]
fn the_page_tells_what_rules_of_delivery_find() -> Result<()> {
    let rules = delivery()?;
    let mut table = vec![
        "| rule | GMPP 2021 | GMPP 2022 | Zimbabwe | Kosovo |".to_owned(),
        "| --- | --- | --- | --- | --- |".to_owned(),
    ];
    let sources = sources()?;
    let (mut tallies, mut reports) = (Vec::new(), Vec::new());
    for (_, taken) in &sources {
        let model = taken.load(false)?;
        tallies.push(tally(&rules, &model, taken.at));
        reports.push(rules.check(&model, &Options::at(taken.at)));
    }
    for rule in rules.rules() {
        let cells = tallies.iter().map(|tally| match tally.get(rule.full_id()) {
            Some([fail, unknown, pass]) if fail + unknown + pass > 0 => {
                format!("{fail} of {}, {unknown} unknown", fail + unknown + pass)
            }
            _ => "–".to_owned(),
        });
        table.push(format!("| `{}` | {} |", rule.id(), cells.collect::<Vec<_>>().join(" | ")));
    }
    hold("delivery", &table)?;
    let mut late =
        vec!["| data of | what | its end |".to_owned(), "| --- | --- | --- |".to_owned()];
    for ((name, taken), report) in sources.iter().zip(&reports).take(2) {
        let model = taken.load(false)?;
        let findings = report.of_rule("under-way-until-its-end");
        for finding in findings.filter(|finding| finding.verdict == Verdict::Fail) {
            let id = finding.element.as_ref().map_or("", |element| &element.id);
            let Some(element) = model.element(id) else { continue };
            let end = element.property("end_on").unwrap_or_default();
            let end = end.as_str().unwrap_or_default();
            late.push(format!("| {name} | {} | {end} |", element.name()));
        }
    }
    hold("late", &late)?;
    let [earlier, later, ..] = reports.as_slice() else { anyhow::bail!("two years") };
    let difference = later.diff(earlier);
    let table = [
        "| findings | |".to_owned(),
        "| --- | --- |".to_owned(),
        format!("| new in 2022 | {} |", difference.new.len()),
        format!("| changed | {} |", difference.changed.len()),
        format!("| gone since 2021 | {} |", difference.gone.len()),
        format!("| still there | {} |", difference.still_there.len()),
    ];
    hold("years", &table)
}

#[test]
fn the_page_tells_how_far_the_engines_agree() -> Result<()> {
    let metamodel = iati::metamodel()?;
    let mut table = vec![
        "| file | rule set | checked: theirs, ours | failed: theirs, ours | not applicable: theirs, ours |".to_owned(),
        "| --- | --- | --- | --- | --- |".to_owned(),
    ];
    let mut more = vec![
        "| file | rule set | checked besides | failed besides |".to_owned(),
        "| --- | --- | --- | --- |".to_owned(),
    ];
    for file in FILES {
        let model = activities(file)?.load(&metamodel)?;
        for (name, pack, parameter) in RULE_SETS {
            let cases = Cases::read(name)?;
            let rules = iati::rules(pack, &Settings::default())?;
            let theirs = cases.expected(file, name)?;
            let ours = cases.found(&rules, &model, &options()?)?;
            table.push(format!(
                "| {file} | {name} | {}, {} | {}, {} | {}, {} |",
                theirs.checked,
                ours.checked,
                theirs.failures.len(),
                ours.failures.len(),
                theirs.not_applicable,
                ours.not_applicable,
            ));
            let [fail, _, pass] = total(&tally(&rules, &model, options()?.at));
            let asked = iati::rules(pack, &asking(parameter)?)?;
            let [fails, _, passes] = total(&tally(&asked, &model, options()?.at));
            more.push(format!(
                "| {file} | {name} | {} | {} |",
                fails + passes - fail - pass,
                fails - fail
            ));
        }
    }
    let standard = iati::rules("standard", &Settings::default())?;
    let mut blamed = vec![
        "| file | blamed | of these with a recipient country of their own |".to_owned(),
        "| --- | --- | --- |".to_owned(),
    ];
    for file in FILES {
        let model = activities(file)?.load(&metamodel)?;
        let judged = standard.judge(&model, &options()?);
        let fails = judged.failing().filter(|one| one.rule.ends_with("/recipients-in-one-place"));
        let elements: Vec<_> = fails.filter_map(|one| one.element).collect();
        let is_country = |id: &&str| id.contains(":recipient-country:");
        let with_one = elements.iter().filter(|e| e.related("parts").iter().any(is_country));
        blamed.push(format!("| {file} | {} | {} |", elements.len(), with_one.count()));
    }
    hold("recipients", &blamed)?;
    hold("agreement", &table)?;
    hold("dates", &more)?;
    let rules = iati::rules("relations", &Settings::default())?;
    let mut table = vec![
        "| file | relations | said from one side only |".to_owned(),
        "| --- | --- | --- |".to_owned(),
    ];
    for file in FILES {
        let model = activities(file)?.load(&metamodel)?;
        let [fail, _, pass] = total(&tally(&rules, &model, options()?.at));
        table.push(format!("| {file} | {} | {fail} |", fail + pass));
    }
    hold("relations", &table)
}
