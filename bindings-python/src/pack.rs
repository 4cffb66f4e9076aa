//! Packs and settings.

use pyo3::{PyResult, Python, pyclass, pymethods};
use spelregel::Language;

use crate::error;
use crate::files::{File, limits, source};
use crate::metamodel::Metamodel;
use crate::work::{detached, json};

/// A pack of rules, parsed.
#[pyclass(frozen, module = "spelregel._native")]
#[derive(Clone)]
pub(crate) struct Pack(pub(crate) spelregel::Pack);

#[pymethods]
impl Pack {
    #[staticmethod]
    fn load(py: Python<'_>, file: File, limits_json: Option<&str>) -> PyResult<Self> {
        let limits = limits(limits_json)?;
        detached(py, || {
            source(&file)
                .and_then(|source| spelregel::Pack::load_with(source, &limits))
                .map(Self)
                .map_err(|problems| error::pack(&problems))
        })
    }

    #[staticmethod]
    fn shipped(py: Python<'_>, id: &str) -> PyResult<Self> {
        detached(py, || {
            spelregel::Pack::load_shipped(id).map(Self).map_err(|problems| error::pack(&problems))
        })
    }

    #[getter]
    fn id(&self) -> &str {
        self.0.id()
    }

    #[getter]
    fn version(&self) -> &str {
        self.0.version()
    }

    #[getter]
    fn rule_count(&self) -> usize {
        self.0.rule_count()
    }

    /// What it is called, as JSON.
    fn title(&self) -> String {
        json(self.0.title())
    }

    fn to_json(&self, py: Python<'_>) -> PyResult<String> {
        detached(py, || Ok(self.0.to_json()))
    }
}

/// What an organisation changes without touching packs.
#[pyclass(frozen, eq, module = "spelregel._native")]
#[derive(Clone, PartialEq)]
pub(crate) struct Settings(pub(crate) spelregel::Settings);

#[pymethods]
impl Settings {
    #[staticmethod]
    fn none() -> Self {
        Self(spelregel::Settings::default())
    }

    #[staticmethod]
    fn load(py: Python<'_>, file: File, limits_json: Option<&str>) -> PyResult<Self> {
        let limits = limits(limits_json)?;
        detached(py, || {
            source(&file)
                .and_then(|source| spelregel::Settings::load_with(source, &limits))
                .map(Self)
                .map_err(|problems| error::settings(&problems))
        })
    }

    #[getter]
    fn languages(&self) -> Vec<&'static str> {
        self.0.languages().iter().copied().map(Language::code).collect()
    }

    /// The metamodel with the extension that the settings hold.
    fn extend(&self, py: Python<'_>, metamodel: &Metamodel) -> PyResult<Metamodel> {
        detached(py, || {
            self.0
                .extend(&metamodel.0)
                .map(Metamodel)
                .map_err(|problems| error::settings(&problems))
        })
    }
}
