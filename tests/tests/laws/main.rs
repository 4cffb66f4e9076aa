//! Laws, held against random metamodels, models and rules.

mod formulas;
mod texts;

use std::collections::BTreeMap;
use std::fmt::{Debug, Display};
use std::io::Write;

use anyhow::{Result, anyhow};
use proptest::test_runner::TestCaseError;
use serde_json::Value as Json;
use spelregel::{
    Answer, Language, Model, Options, Pack, Report, RuleSet, Settings, Source, Verdict,
};
use spelregel_tests::generate::law::{self, Held};
use spelregel_tests::generate::model::TODAY;
use spelregel_tests::generate::{Asking, Draw, ModelData, World};

fn broken(what: impl Display) -> TestCaseError {
    TestCaseError::fail(what.to_string())
}

/// Holds a law against drawn cases.
fn test(
    name: &str,
    asking: Asking,
    law: impl Fn(&Case, &mut Draw<'_>) -> Result<(), TestCaseError>,
) -> Result<()> {
    let held = law::hold(60, 3_000, |tape| {
        // Rules take all the tape that there is; what happens to the case has its own.
        let (rest, own) = tape.split_at(tape.len() - tape.len() / 4);
        let case = Case::draw(&mut Draw::new(rest), asking)?;
        law(&case, &mut Draw::new(own)).map_err(|what| broken(format!("{case}{what}")))?;
        Ok(case.world.rules.expressions())
    });
    tell(name, held)
}

/// Says what a law was held against, or how it is broken.
fn tell(name: &str, held: Result<Held, String>) -> Result<()> {
    let Held { cases, expressions } = held.map_err(|broken| anyhow!(broken))?;
    let seed = law::seed();
    writeln!(std::io::stdout(), "{name}: {cases} cases, {expressions} expressions, seed {seed}")?;
    Ok(())
}

/// Drawn rules and a drawn model, compiled.
struct Case {
    world: World,
    rules: RuleSet,
    model: Model,
    options: Options,
}

impl Display for Case {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        writeln!(f, "{}gate {:?}", self.world, self.options.gate)
    }
}

impl Case {
    fn draw(draw: &mut Draw<'_>, asking: Asking) -> Result<Self, TestCaseError> {
        let mut options = Options::at(TODAY.parse().map_err(broken)?);
        options.gate = draw
            .pick(&["G1", "G2", "G3"])
            .filter(|_| draw.chance(50))
            .map(|gate| (*gate).to_owned());
        let world = World::draw(draw, asking);
        let rules = world.compile().map_err(broken)?;
        let model = world.load(rules.metamodel()).map_err(broken)?;
        Ok(Self { world, rules, model, options })
    }

    fn answers(&self) -> Vec<Answer> {
        self.rules.answers(&self.model, &self.options)
    }

    /// What the rules say of another model.
    fn answers_of(&self, model: &ModelData) -> Result<Vec<Answer>, TestCaseError> {
        let source = model.source(&self.world.vocabulary);
        let model = Model::load(self.rules.metamodel(), [source]).map_err(broken)?;
        Ok(self.rules.answers(&model, &self.options))
    }
}

fn same<T: PartialEq + Debug>(before: &T, after: &T) -> Result<(), TestCaseError> {
    if before == after { Ok(()) } else { Err(broken(format!("{before:#?}\nand then\n{after:#?}"))) }
}

/// By rule and element.
fn by_subject(answers: Vec<Answer>) -> BTreeMap<(String, Option<String>), Answer> {
    answers
        .into_iter()
        .map(|answer| ((answer.rule.clone(), answer.element.clone()), answer))
        .collect()
}

#[test]
fn what_is_drawn_is_sound() -> Result<()> {
    test("what is drawn is sound", Asking::Allowed, |_, _| Ok(()))
}

#[test]
fn evaluation_meets_no_type_error() -> Result<()> {
    test("evaluation meets no type error", Asking::Allowed, |case, _| {
        let report = case.rules.check(&case.model, &case.options);
        for finding in &report.findings {
            let error = finding.error.as_ref().map_or("", |error| error.get(Language::En));
            if error.contains("internal") {
                return Err(broken(format!("{} {:?}: {error}", finding.rule, finding.element)));
            }
        }
        Ok(())
    })
}

#[test]
fn and_and_or_commute() -> Result<()> {
    test("and and or commute", Asking::Allowed, |case, _| {
        let pack = Pack::load(Source::new("pack.json", case.world.rules.to_swapped_json()));
        let swapped =
            RuleSet::compile(case.rules.metamodel(), [pack.map_err(broken)?], &Settings::default());
        let swapped = swapped.map_err(broken)?.answers(&case.model, &case.options);
        same(&case.answers(), &swapped)?;
        Ok(())
    })
}

#[test]
fn filling_in_changes_unknown_verdicts_only() -> Result<()> {
    test("filling in changes unknown verdicts only", Asking::Never, |case, draw| {
        let mut model = case.world.model.clone();
        let percent = draw.one(&[100, 50, 20]);
        model.fill(draw, &case.world.vocabulary, |draw, _| draw.chance(percent));
        for (before, after) in case.answers().iter().zip(&case.answers_of(&model)?) {
            if before.verdict != Verdict::Unknown {
                same(before, after)?;
            }
        }
        Ok(())
    })
}

#[test]
fn filling_in_what_isnt_missing_leaves_a_verdict_unknown() -> Result<()> {
    test("filling in what isnt missing leaves a verdict unknown", Asking::Never, |case, draw| {
        let answers = case.answers();
        let unknown: Vec<&Answer> =
            answers.iter().filter(|a| a.verdict == Verdict::Unknown).collect();
        let Some(before) = draw.pick(&unknown).copied() else { return Ok(()) };
        let mut model = case.world.model.clone();
        model.fill(draw, &case.world.vocabulary, |_, fact| !before.missing.contains(fact));
        let after = by_subject(case.answers_of(&model)?);
        let after = after.get(&(before.rule.clone(), before.element.clone()));
        same(&Some(before), &after)?;
        Ok(())
    })
}

#[test]
fn what_holds_of_open_kinds_holds_whatever_comes() -> Result<()> {
    test("what holds of open kinds holds whatever comes", Asking::Never, |case, draw| {
        let mut model = case.world.model.clone();
        model.enlarge(draw, &case.world.vocabulary);
        let after = by_subject(case.answers_of(&model)?);
        for (subject, before) in by_subject(case.answers()) {
            if before.verdict != Verdict::Unknown {
                same(&Some(&before), &after.get(&subject))?;
            }
        }
        Ok(())
    })
}

/// A report without where things were written.
fn placeless(report: &Report) -> Result<Json, TestCaseError> {
    fn strip(json: &mut Json) {
        match json {
            Json::Object(fields) => {
                fields.retain(|name, _| {
                    !matches!(name.as_str(), "position" | "source" | "line" | "column")
                });
                fields.values_mut().for_each(strip);
            }
            Json::Array(items) => items.iter_mut().for_each(strip),
            _ => {}
        }
    }
    let mut json = serde_json::from_str(&report.to_json()).map_err(broken)?;
    strip(&mut json);
    Ok(json)
}

#[test]
fn the_order_of_files_and_elements_changes_nothing() -> Result<()> {
    test("the order of files and elements changes nothing", Asking::Allowed, |case, draw| {
        let sources = case.world.model.scattered(&case.world.vocabulary, draw);
        let model = Model::load(case.rules.metamodel(), sources).map_err(broken)?;
        same(&case.model.to_json(), &model.to_json())?;
        let [before, after] =
            [&case.model, &model].map(|model| case.rules.check(model, &case.options));
        same(&placeless(&before)?, &placeless(&after)?)?;
        Ok(())
    })
}

#[test]
fn packs_come_back_from_their_json_form() -> Result<()> {
    test("packs come back from their json form", Asking::Allowed, |case, _| {
        let pack =
            Pack::load(Source::new("pack.json", case.world.rules.to_json())).map_err(broken)?;
        let json = pack.to_json();
        let again = Pack::load(Source::new("pack.json", json.clone())).map_err(broken)?;
        same(&json, &again.to_json())?;
        let rules = RuleSet::compile(case.rules.metamodel(), [again], &Settings::default());
        let rules = rules.map_err(broken)?;
        let [before, after] =
            [&case.rules, &rules].map(|rules| rules.check(&case.model, &case.options));
        same(
            &before.to_text(Language::Nl, spelregel::Colour::Never),
            &after.to_text(Language::Nl, spelregel::Colour::Never),
        )?;
        Ok(())
    })
}
