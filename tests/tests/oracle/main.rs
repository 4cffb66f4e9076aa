//! Random expressions of plain CEL come to what another evaluator says, but where a difference is listed with
//! its reason.

mod differences;
mod theirs;

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::io::Write;

use anyhow::{Result, anyhow, ensure};
use proptest::test_runner::TestCaseError;
use serde_json::json;
use spelregel::{Evaluated, Expression, Metamodel, Model};
use spelregel_tests::generate::expression::{Dialect, Parameter};
use spelregel_tests::generate::functions::{self, Function, Pattern};
use spelregel_tests::generate::law::{self, Held};
use spelregel_tests::generate::model::TODAY;
use spelregel_tests::generate::types::Type;
use spelregel_tests::generate::{Asking, Draw, Language, ModelData, Vocabulary, World, Writer};

use crate::differences::Difference;
use crate::theirs::{Outcome, Theirs};

/// Functions that the crate doesn't have: those of our own, and of extensions that it leaves out.
const UNKNOWN_TO_THEM: [&str; 7] = ["date", "days", "first", "last", "max", "min", "sum"];

/// How results compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Agreement {
    SameValue,
    BothError,
    /// It depends on what isn't recorded; CEL has no answer to that.
    Unknown,
    /// They don't know a function or a type in it.
    Silent,
    /// A difference that is listed.
    Listed,
}

fn parameters() -> Vec<Parameter> {
    let map = Type::Map(Box::new(Type::Text), Box::new(Type::Int));
    [
        ("most", Type::Int, json!(3)),
        ("least", Type::Int, json!(i64::MIN)),
        ("rate", Type::Double, json!(2.5)),
        ("mark", Type::Text, json!("a,b")),
        ("strict", Type::Bool, json!(true)),
        ("patience", Type::Duration, json!("36h")),
        ("deadline", Type::Timestamp, json!("2026-06-02")),
        ("marks", Type::Text.list(), json!(["a", "b", "één"])),
        ("numbers", Type::Int.list(), json!([3, 1, 2, 3])),
        ("rates", Type::Double.list(), json!([0.1, 2.5, 1.0])),
        ("limits", map, json!({"a": 1, "ab": 2})),
    ]
    .map(|(name, ty, value)| Parameter { name: name.to_owned(), ty, value })
    .to_vec()
}

/// Our own evaluator with the same names.
struct Ours {
    metamodel: Metamodel,
    model: Model,
    parameters: Vec<(String, String, String)>,
}

impl Ours {
    fn new(world: &World, parameters: &[Parameter]) -> Result<Self> {
        let metamodel = world.metamodel()?;
        let model = world.load(&metamodel)?;
        let parameters = parameters
            .iter()
            .map(|p| (p.name.clone(), p.ty.written(&world.vocabulary), p.value.to_string()))
            .collect();
        Ok(Self { metamodel, model, parameters })
    }

    fn evaluate(&self, text: &str) -> Result<Evaluated> {
        let parameters: Vec<(&str, &str, &str)> =
            self.parameters.iter().map(|(n, t, v)| (n.as_str(), t.as_str(), v.as_str())).collect();
        let expression = Expression::compile(&self.metamodel, text, &parameters)?;
        Ok(expression.evaluate(&self.model, TODAY.parse()?))
    }
}

/// A vocabulary and a model without what CEL doesn't have.
fn draw_world(draw: &mut Draw<'_>) -> World {
    let mut world = World::draw(draw, Asking::Allowed);
    for kind in &mut world.vocabulary.kinds {
        kind.states.clear();
        kind.dead_states.clear();
        kind.properties.iter_mut().for_each(|property| property.absent = None);
    }
    let World { vocabulary, model, .. } = &mut world;
    *model = ModelData { links: Vec::new(), open_kinds: Vec::new(), ..model.clone() };
    model.elements.iter_mut().for_each(|element| {
        element.fields.remove("state");
    });
    // With much unknown there is little to compare.
    model.fill(draw, vocabulary, |draw, _| draw.chance(75));
    world
}

fn compare(
    text: &str,
    ours: &Evaluated,
    theirs: &Outcome,
    differences: &[Difference],
) -> Result<Agreement> {
    Ok(match (ours, theirs) {
        (_, Outcome::Silent(_)) => Agreement::Silent,
        // What isn't recorded is no key there; we may know enough without it.
        (Evaluated::Unknown, _) | (_, Outcome::NoKey) => Agreement::Unknown,
        (Evaluated::Value { json, .. }, Outcome::Value(other)) if json == other => {
            Agreement::SameValue
        }
        (Evaluated::Error(_), Outcome::Error(_)) => Agreement::BothError,
        _ if differences.iter().any(|difference| difference.explains(text, theirs)) => {
            Agreement::Listed
        }
        _ => return Err(anyhow!("{text}\n  ours:   {ours}\n  theirs: {theirs}")),
    })
}

#[test]
fn random_expressions_come_to_the_same() -> Result<()> {
    let differences = differences::read()?;
    let parameters = parameters();
    let known: Vec<Function> = functions::all()
        .iter()
        .filter(|f| f.space != "sets." && !UNKNOWN_TO_THEM.contains(&f.name.as_str()))
        // How large doubles are written differs, as the list says, and that shows in too many ways.
        .filter(|f| f.name != "string" || f.arguments != [Pattern::Only(Type::Double)])
        .cloned()
        .collect();
    let tally: RefCell<BTreeMap<Agreement, usize>> = RefCell::default();
    let held = law::hold(100, 2_000, |tape| {
        let failed = |error: anyhow::Error| TestCaseError::fail(format!("{error:#}"));
        let (world, texts) = tape.split_at(tape.len() / 3);
        let world = draw_world(&mut Draw::new(world));
        let mut draw = Draw::new(texts);
        let mut language = Language::new(&world.vocabulary, Asking::Allowed);
        language.dialect = Dialect::Cel;
        language.functions = &known;
        language.parameters.clone_from(&parameters);
        let theirs = Theirs::with(&parameters, &world.vocabulary, &world.model).map_err(failed)?;
        let ours = Ours::new(&world, &parameters).map_err(failed)?;
        let mut expressions = 0;
        while !draw.is_spent() {
            // Dates, durations and optionals are inside: their text is their own on either side.
            let ty = match draw.below(6) {
                0 => Type::Int,
                1 => Type::Double,
                2 => Type::Text,
                3 => Type::Int.list(),
                _ => Type::Bool,
            };
            let written = Writer::new(&language, &mut draw, Vec::new()).write(&ty, 4);
            let text = written.term.to_string();
            let (ours, theirs) = (ours.evaluate(&text).map_err(failed)?, theirs.evaluate(&text));
            let agreement = compare(&text, &ours, &theirs, &differences).map_err(failed)?;
            *tally.borrow_mut().entry(agreement).or_default() += 1;
            expressions += 1;
        }
        Ok(expressions)
    });
    let Held { cases, expressions } = held.map_err(|broken| anyhow!(broken))?;
    let tally = tally.into_inner();
    let seed = law::seed();
    let mut out = std::io::stdout();
    writeln!(out, "oracle: {cases} cases, {expressions} expressions, seed {seed}: {tally:?}")?;
    let compared = tally.get(&Agreement::SameValue).copied().unwrap_or_default();
    ensure!(compared * 2 > expressions, "only {compared} of {expressions} came to values");
    Ok(())
}

#[test]
fn every_listed_difference_is_there() -> Result<()> {
    let world = World::draw(&mut Draw::new(&[]), Asking::Allowed);
    let parameters = parameters();
    let ours = Ours::new(&world, &parameters)?;
    let theirs = Theirs::with(&parameters, &Vocabulary::draw(&mut Draw::new(&[])), &world.model)?;
    for difference in differences::read()? {
        let Difference { name, example, reason, .. } = &difference;
        let ours = match ours.evaluate(example)? {
            Evaluated::Error(_) => "error".to_owned(),
            other => other.to_string(),
        };
        let outcome = theirs.evaluate(example);
        let found = (ours.as_str(), outcome.in_short());
        ensure!(found == (&difference.ours, difference.theirs.clone()), "{name}: {found:?}");
        ensure!(difference.ours != difference.theirs, "{name}: no difference");
        ensure!(difference.explains(example, &outcome), "{name}: its signs aren't in its example");
        ensure!(reason.len() > 40, "{name}: no reason");
    }
    Ok(())
}
