//! One check, from the bytes of files to a report as JSON.

use pyo3::pybacked::PyBackedBytes;
use pyo3::{FromPyObject, PyResult, Python, pyfunction};
use spelregel::{Diagnostics, Metamodel, Model, Options, Pack, RuleSet, Settings, Source};

use crate::error;

/// A file: the name to show, and the bytes.
type File = (String, PyBackedBytes);

/// A pack, as it is handed over.
#[derive(FromPyObject)]
pub(crate) enum GivenPack {
    /// The id of a shipped one.
    #[pyo3(transparent)]
    Shipped(String),
    /// One of somebody's own.
    #[pyo3(transparent)]
    File(File),
}

/// The ids of the shipped packs.
#[pyfunction]
pub(crate) fn shipped_packs() -> Vec<&'static str> {
    Pack::shipped_ids().collect()
}

/// The report on a model, as JSON.
#[pyfunction]
#[expect(clippy::too_many_arguments, reason = "Python names them")]
pub(crate) fn check(
    py: Python<'_>,
    files: Vec<File>,
    packs: Vec<GivenPack>,
    settings: Option<File>,
    at: &str,
    gate: Option<String>,
    programmes: Vec<String>,
    tags: Vec<String>,
) -> PyResult<String> {
    let mut options = Options::at(at.parse().map_err(|problem| error::options(&problem))?);
    options.gate = gate;
    options.programmes = programmes;
    options.tags = tags;
    py.detach(|| {
        let (settings, metamodel) =
            read_settings(settings).map_err(|problems| error::settings(&problems))?;
        let rules =
            compile(packs, &settings, &metamodel).map_err(|problems| error::pack(&problems))?;
        let model = load(files, rules.metamodel()).map_err(|problems| error::load(&problems))?;
        options.validate(&rules, &model).map_err(|problem| error::options(&problem))?;
        Ok(rules.check(&model, &options).to_json())
    })
}

/// The settings, and the metamodel as they extend it.
fn read_settings(given: Option<File>) -> Result<(Settings, Metamodel), Diagnostics> {
    let settings = match given {
        Some((name, bytes)) => Settings::load(Source::from_bytes(name, &bytes)?)?,
        None => Settings::default(),
    };
    let metamodel = settings.extend(&Metamodel::standard())?;
    Ok((settings, metamodel))
}

fn compile(
    given: Vec<GivenPack>,
    settings: &Settings,
    metamodel: &Metamodel,
) -> Result<RuleSet, Diagnostics> {
    let packs: Result<Vec<Pack>, _> = given.into_iter().map(pack).collect();
    RuleSet::compile(metamodel, packs?, settings)
}

fn pack(given: GivenPack) -> Result<Pack, Diagnostics> {
    match given {
        GivenPack::Shipped(id) => Pack::load_shipped(&id),
        GivenPack::File((name, bytes)) => Source::from_bytes(name, &bytes).and_then(Pack::load),
    }
}

fn load(files: Vec<File>, metamodel: &Metamodel) -> Result<Model, Diagnostics> {
    let sources: Result<Vec<_>, _> =
        files.into_iter().map(|(name, bytes)| Source::from_bytes(name, &bytes)).collect();
    Model::load(metamodel, sources?)
}
