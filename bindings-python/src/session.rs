//! Sessions.

use std::sync::{Mutex, MutexGuard, PoisonError};

use pyo3::{PyResult, Python, pyclass, pymethods};
use spelregel::Edit;

use crate::error;
use crate::files::limits;
use crate::model::Model;
use crate::report::Report;
use crate::rules::{Asked, RuleSet, options};
use crate::work::{detached, json};

/// A model that is edited while its findings are watched.
#[pyclass(frozen, module = "spelregel._native")]
pub(crate) struct Session(Mutex<spelregel::Session>);

/// What edits changed, as JSON, and how many verdicts were worked out again.
type Changed = (String, usize);

#[pymethods]
impl Session {
    #[new]
    fn new(
        py: Python<'_>,
        rules: &RuleSet,
        model: &Model,
        asked: Asked,
        limits_json: Option<&str>,
    ) -> PyResult<Self> {
        let limits = limits(limits_json)?;
        detached(py, || {
            let options = options(asked)?;
            rules.validate(model, &options)?;
            let (rules, model) = (rules.0.clone(), model.0.clone());
            let session = spelregel::Session::with_limits(rules, model, options, limits);
            Ok(Self(Mutex::new(session)))
        })
    }

    /// Makes edits, which are a list in JSON.
    fn apply(&self, py: Python<'_>, edits: &str) -> PyResult<Changed> {
        detached(py, || {
            let edits = read(edits)?;
            self.lock().apply(edits).map(|delta| changed(&delta)).map_err(|why| error::edit(&why))
        })
    }

    fn what_if(&self, py: Python<'_>, edits: &str) -> PyResult<Changed> {
        detached(py, || {
            let edits = read(edits)?;
            self.lock().what_if(edits).map(|delta| changed(&delta)).map_err(|why| error::edit(&why))
        })
    }

    fn undo(&self, py: Python<'_>) -> PyResult<Option<Changed>> {
        detached(py, || Ok(self.lock().undo().as_ref().map(changed)))
    }

    fn redo(&self, py: Python<'_>) -> PyResult<Option<Changed>> {
        detached(py, || Ok(self.lock().redo().as_ref().map(changed)))
    }

    fn replace(&self, py: Python<'_>, model: &Model) -> PyResult<Changed> {
        detached(py, || {
            let model = model.0.clone();
            self.lock().replace(model).map(|delta| changed(&delta)).map_err(|why| error::edit(&why))
        })
    }

    fn model(&self, py: Python<'_>) -> PyResult<Model> {
        detached(py, || Ok(Model(self.lock().model().clone())))
    }

    /// The findings as they are now, as JSON.
    fn findings(&self, py: Python<'_>) -> PyResult<String> {
        detached(py, || Ok(json(&self.lock().findings())))
    }

    fn report(&self, py: Python<'_>) -> PyResult<Report> {
        detached(py, || Ok(Report(self.lock().report())))
    }

    /// The date of the check as it is now.
    fn at(&self, py: Python<'_>) -> PyResult<String> {
        detached(py, || Ok(self.lock().options().at.to_string()))
    }
}

impl Session {
    /// The session for one thread. Edits are made whole or not at all, so what a thread left is sound.
    fn lock(&self) -> MutexGuard<'_, spelregel::Session> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn read(edits: &str) -> PyResult<Vec<Edit>> {
    serde_json::from_str(edits).map_err(|problem| error::no_edit(&problem))
}

fn changed(delta: &spelregel::Delta) -> Changed {
    (json(delta), delta.rejudged)
}
