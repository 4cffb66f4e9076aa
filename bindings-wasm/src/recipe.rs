//! What rules are made of, and what is asked of a check, as they come from JavaScript.

use serde::Deserialize;
use spelregel::{Diagnostics, Limits, Metamodel, Model, Options, Pack, RuleSet, Settings};

use crate::problem::{Problem, Stage};
use crate::texts::{GivenPack, NamedText, read};

/// What a rule set is made of.
#[derive(Deserialize)]
struct Recipe {
    #[serde(default)]
    metamodel: Vocabulary,
    /// All shipped ones if left out.
    packs: Option<Vec<GivenPack>>,
    settings: Option<NamedText>,
}

/// What a metamodel is made of.
#[derive(Deserialize, Default)]
pub(crate) struct Vocabulary {
    /// The shipped one if left out.
    own: Option<NamedText>,
    #[serde(default)]
    extensions: Vec<NamedText>,
}

/// What is asked of a check.
#[derive(Deserialize)]
struct Asked {
    at: String,
    gate: Option<String>,
    #[serde(default)]
    programmes: Vec<String>,
    #[serde(default)]
    tags: Vec<String>,
}

impl Vocabulary {
    pub(crate) fn load(self) -> Result<Metamodel, Problem> {
        let limits = Limits::default();
        let start = match self.own {
            Some(text) => Metamodel::own(&text.source(), &limits),
            None => Ok(Metamodel::standard()),
        };
        let mut extensions = self.extensions.into_iter();
        start
            .and_then(|start| {
                extensions.try_fold(start, |m, text| m.extend(&text.source(), &limits))
            })
            .map_err(|problems| Problem::of(Stage::LOAD, problems))
    }
}

/// Makes rules of what they are made of.
pub(crate) fn compile(recipe: &str) -> Result<RuleSet, Problem> {
    let recipe: Recipe = read(recipe)?;
    let metamodel = recipe.metamodel.load()?;
    let settings_problem = |problems| Problem::of(Stage::OPTIONS, problems);
    let settings = match recipe.settings {
        Some(text) => Settings::load(text.source()).map_err(settings_problem)?,
        None => Settings::default(),
    };
    // Compiling does so too; here its problems are told as those of the settings.
    settings.extend(&metamodel).map_err(settings_problem)?;
    let packs: Result<Vec<Pack>, Diagnostics> = match recipe.packs {
        Some(given) => given.into_iter().map(GivenPack::load).collect(),
        None => Pack::shipped_ids().map(Pack::load_shipped).collect(),
    };
    packs
        .and_then(|packs| RuleSet::compile(&metamodel, packs, &settings))
        .map_err(|problems| Problem::of(Stage::PACK, problems))
}

/// Options that ask for what is there.
pub(crate) fn options(asked: &str, rules: &RuleSet, model: &Model) -> Result<Options, Problem> {
    let asked: Asked = read(asked)?;
    let at = asked.at.parse().map_err(|error| Problem::saying(Stage::OPTIONS, &error))?;
    let mut options = Options::at(at);
    options.gate = asked.gate;
    options.programmes = asked.programmes;
    options.tags = asked.tags;
    let valid = options.validate(rules, model);
    valid.map_err(|error| Problem::saying(Stage::OPTIONS, &error))?;
    Ok(options)
}
