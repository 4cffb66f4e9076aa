//! Models written as tables: what is made of them again is the same model.

use anyhow::{Result, anyhow, bail};
use proptest::test_runner::TestCaseError;
use serde_json::{Map, Value as Json};
use spelregel::tables::{Frame, Table};
use spelregel::{Limits, Metamodel, Model, Source};
use spelregel_tests::catalogue::Programme;
use spelregel_tests::files;
use spelregel_tests::generate::{Asking, Draw, World, law};

/// The model that the tables of a model make.
fn again(metamodel: &Metamodel, model: &Model) -> Result<Model> {
    let frames = model.to_frames();
    let tables: Vec<Table<'_>> = frames.iter().map(Frame::table).collect();
    Ok(Model::from_tables(metamodel, &tables, &Limits::default())?)
}

/// A town's whole programme, and those of the catalogue.
fn programmes(metamodel: &Metamodel) -> Result<Vec<Model>> {
    let sources = files::all(&files::path("../examples/linderveen"), "yaml")?;
    let sources = sources
        .iter()
        .map(|file| Ok(Source::new(file.display().to_string(), std::fs::read_to_string(file)?)));
    let mut models = vec![Model::load(metamodel, sources.collect::<Result<Vec<Source>>>()?)?];
    for name in ["programme-at-closure", "programme-in-delivery"] {
        let document = Programme::named(name)?.model.to_string();
        models.push(Model::load(metamodel, [Source::new(name, document)])?);
    }
    Ok(models)
}

#[test]
fn programmes_stay_the_same_by_way_of_tables() -> Result<()> {
    let metamodel = Metamodel::standard();
    for model in programmes(&metamodel)? {
        if again(&metamodel, &model)?.to_json() != model.to_json() {
            bail!("a model of {} elements changes by way of tables", model.element_count());
        }
    }
    Ok(())
}

/// A document without the texts in which nothing is written: an empty cell is not recorded.
fn without_blanks(json: Json) -> Json {
    match json {
        Json::Object(fields) => {
            let is_blank = |value: &Json| value.as_str().is_some_and(|text| text.trim().is_empty());
            let told = fields.into_iter().filter(|(_, value)| !is_blank(value));
            let told: Map<String, Json> =
                told.map(|(name, value)| (name, without_blanks(value))).collect();
            // A link that holds nothing is written as the id alone.
            match told.get("to") {
                Some(to) if told.len() == 1 => to.clone(),
                _ => Json::Object(told),
            }
        }
        Json::Array(items) => items.into_iter().map(without_blanks).collect(),
        other => other,
    }
}

#[test]
fn random_models_stay_the_same_by_way_of_tables() -> Result<()> {
    let held = law::hold(60, 3_000, |tape| {
        let world = World::draw(&mut Draw::new(tape), Asking::Allowed);
        let broken = |what: &dyn std::fmt::Display| TestCaseError::fail(what.to_string());
        let metamodel = world.metamodel().map_err(|problems| broken(&problems))?;
        let model = world.load(&metamodel).map_err(|problems| broken(&problems))?;
        let same = again(&metamodel, &model).map_err(|problems| broken(&problems))?;
        let told = without_blanks(serde_json::from_str(&model.to_json()).unwrap_or_default());
        let same: Json = serde_json::from_str(&same.to_json()).unwrap_or_default();
        if same == told {
            return Ok(0);
        }
        Err(TestCaseError::fail(format!("{told}\n{same}")))
    });
    held.map(|_| ()).map_err(|broken| anyhow!(broken))
}
