//! One check, from a request as JSON to a report as JSON.

use serde::Deserialize;
use spelregel::{Diagnostics, Metamodel, Model, Options, Pack, RuleSet, Settings, Source};

use crate::problem::{Problem, Stage};

/// What the JavaScript package asks for.
#[derive(Deserialize)]
struct Request {
    model: Vec<NamedText>,
    /// All shipped packs if left out.
    rules: Option<Vec<GivenPack>>,
    settings: Option<NamedText>,
    at: String,
    gate: Option<String>,
    #[serde(default)]
    programmes: Vec<String>,
    #[serde(default)]
    tags: Vec<String>,
}

/// A text and the name to show for it.
#[derive(Deserialize)]
struct NamedText {
    name: String,
    text: String,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum GivenPack {
    /// The id of a shipped one.
    Shipped(String),
    /// One of somebody's own.
    Own(NamedText),
}

pub(crate) fn check(request: &str) -> Result<String, Problem> {
    let request: Request =
        serde_json::from_str(request).map_err(|error| Problem::saying(Stage::Options, &error))?;
    let at = request.at.parse().map_err(|error| Problem::saying(Stage::Options, &error))?;
    let mut options = Options::at(at);
    options.gate = request.gate;
    options.programmes = request.programmes;
    options.tags = request.tags;

    let (settings, metamodel) = read_settings(request.settings)
        .map_err(|problems| Problem::of(Stage::Options, problems))?;
    let rules = compile(request.rules, &settings, &metamodel)
        .map_err(|problems| Problem::of(Stage::Pack, problems))?;
    let sources = request.model.into_iter().map(source);
    let model = Model::load(rules.metamodel(), sources)
        .map_err(|problems| Problem::of(Stage::Load, problems))?;
    options.validate(&rules, &model).map_err(|error| Problem::saying(Stage::Options, &error))?;
    Ok(rules.check(&model, &options).to_json())
}

/// The settings, and the metamodel as they extend it.
fn read_settings(given: Option<NamedText>) -> Result<(Settings, Metamodel), Diagnostics> {
    let settings = match given {
        Some(text) => Settings::load(source(text))?,
        None => Settings::default(),
    };
    let metamodel = settings.extend(&Metamodel::standard())?;
    Ok((settings, metamodel))
}

fn compile(
    given: Option<Vec<GivenPack>>,
    settings: &Settings,
    metamodel: &Metamodel,
) -> Result<RuleSet, Diagnostics> {
    let packs: Result<Vec<Pack>, _> = match given {
        Some(given) => given.into_iter().map(pack).collect(),
        None => Pack::shipped_ids().map(Pack::load_shipped).collect(),
    };
    RuleSet::compile(metamodel, packs?, settings)
}

fn pack(given: GivenPack) -> Result<Pack, Diagnostics> {
    match given {
        GivenPack::Shipped(id) => Pack::load_shipped(&id),
        GivenPack::Own(text) => Pack::load(source(text)),
    }
}

fn source(given: NamedText) -> Source {
    Source::new(given.name, given.text)
}
