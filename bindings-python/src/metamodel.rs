//! The vocabulary.

use pyo3::{PyResult, Python, pyclass, pymethods};
use serde::Serialize;
use spelregel::{Text, schema};

use crate::error;
use crate::files::{File, limits, source};
use crate::work::{detached, json};

/// A vocabulary of kinds, properties, relations and enumerations.
#[pyclass(frozen, eq, module = "spelregel._native")]
#[derive(Clone, PartialEq)]
pub(crate) struct Metamodel(pub(crate) spelregel::Metamodel);

/// A kind, as Python's half reads it.
#[derive(Serialize)]
struct Kind<'a> {
    name: &'a str,
    section: &'a str,
    label: &'a Text,
}

#[pymethods]
impl Metamodel {
    /// The shipped one.
    #[staticmethod]
    fn standard(py: Python<'_>) -> PyResult<Self> {
        detached(py, || Ok(Self(spelregel::Metamodel::standard())))
    }

    /// One of somebody's own: a whole one, or an addition to the shipped one.
    #[staticmethod]
    fn own(py: Python<'_>, file: File, limits_json: Option<&str>) -> PyResult<Self> {
        let limits = limits(limits_json)?;
        detached(py, || {
            source(&file)
                .and_then(|source| spelregel::Metamodel::own(&source, &limits))
                .map(Self)
                .map_err(|problems| error::load(&problems))
        })
    }

    /// The same with the additions of a file.
    fn extend(&self, py: Python<'_>, file: File, limits_json: Option<&str>) -> PyResult<Self> {
        let limits = limits(limits_json)?;
        detached(py, || {
            source(&file)
                .and_then(|source| self.0.extend(&source, &limits))
                .map(Self)
                .map_err(|problems| error::load(&problems))
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

    /// Whether a relation, or the inverse of one, has the name.
    fn is_relation(&self, name: &str) -> bool {
        self.0.is_relation(name)
    }

    /// The kinds in model order, as JSON.
    fn kinds(&self) -> String {
        let kinds = self.0.kinds().map(|kind| Kind {
            name: kind.name(),
            section: kind.section(),
            label: kind.label(),
        });
        json(&kinds.collect::<Vec<_>>())
    }

    /// The JSON Schema of model documents.
    fn model_schema(&self, py: Python<'_>) -> PyResult<String> {
        detached(py, || Ok(schema::model(&self.0)))
    }

    /// The JSON Schema of packs.
    fn pack_schema(&self, py: Python<'_>) -> PyResult<String> {
        detached(py, || Ok(schema::pack(&self.0)))
    }
}
