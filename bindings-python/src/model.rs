//! Models.

use pyo3::types::PyList;
use pyo3::{Bound, PyResult, Python, pyclass, pymethods};
use serde::Serialize;
use serde_json::value::RawValue;
use spelregel::{Evaluated, Expression, archimate};
use spelregel_cli::workbook::Workbook;

use crate::error;
use crate::files::{File, limits, source};
use crate::metamodel::Metamodel;
use crate::table::Table;
use crate::tables::{self, Given};
use crate::work::{detached, json, language};

/// A programme, or several, as a graph.
#[pyclass(frozen, eq, module = "spelregel._native")]
#[derive(Clone, PartialEq)]
pub(crate) struct Model(pub(crate) spelregel::Model);

/// An element, as Python's half reads it.
#[derive(Serialize)]
struct Element<'a> {
    kind: &'a str,
    name: String,
    /// As documents write it.
    document: Option<Box<RawValue>>,
    position: Option<Position<'a>>,
}

#[derive(Serialize)]
struct Position<'a> {
    file: &'a str,
    line: u32,
    column: u32,
}

#[pymethods]
impl Model {
    /// The model that documents make together.
    #[staticmethod]
    fn load(
        py: Python<'_>,
        files: Vec<File>,
        metamodel: &Metamodel,
        limits_json: Option<&str>,
    ) -> PyResult<Self> {
        let limits = limits(limits_json)?;
        detached(py, || {
            let sources: Result<Vec<_>, _> = files.iter().map(source).collect();
            sources
                .and_then(|sources| spelregel::Model::load_with(&metamodel.0, sources, &limits))
                .map(Self)
                .map_err(|problems| error::load(&problems))
        })
    }

    /// What is sound in documents, and the problems as JSON.
    #[staticmethod]
    fn load_partial(
        py: Python<'_>,
        files: Vec<File>,
        metamodel: &Metamodel,
        limits_json: Option<&str>,
    ) -> PyResult<(Self, String)> {
        let limits = limits(limits_json)?;
        detached(py, || {
            let sources: Result<Vec<_>, _> = files.iter().map(source).collect();
            let sources = sources.map_err(|problems| error::load(&problems))?;
            let (model, problems) = spelregel::Model::load_partial(&metamodel.0, sources, &limits);
            Ok((Self(model), problems.map_or_else(|| "[]".to_owned(), |all| all.to_json())))
        })
    }

    /// An `ArchiMate` file as a model document, and what has no place in it, in words.
    #[staticmethod]
    fn convert(
        py: Python<'_>,
        file: File,
        metamodel: &Metamodel,
        limits_json: Option<&str>,
        lang: &str,
    ) -> PyResult<(String, String)> {
        let (limits, language) = (limits(limits_json)?, language(lang)?);
        detached(py, || {
            let (name, bytes) = &file;
            let converted = archimate::convert(&metamodel.0, name, bytes, &limits)
                .map_err(|problems| error::load(&problems))?;
            Ok((converted.document.text().to_owned(), converted.notes.to_text(language)))
        })
    }

    /// The model that tables make: of each its name, its file, the number of its first row, and what holds it.
    #[staticmethod]
    #[pyo3(signature = (tables: "list[tuple[str, str | None, int, object]]", metamodel, limits_json))]
    fn from_tables(
        py: Python<'_>,
        tables: &Bound<'_, PyList>,
        metamodel: &Metamodel,
        limits_json: Option<&str>,
    ) -> PyResult<Self> {
        let limits = limits(limits_json)?;
        let given = tables::take(py, tables)?;
        detached(py, || {
            let tables: Vec<_> = given.iter().map(Given::table).collect();
            spelregel::Model::from_tables(&metamodel.0, &tables, &limits)
                .map(Self)
                .map_err(|problems| error::load(&problems))
        })
    }

    /// The model that workbooks and files with comma-separated values make together.
    #[staticmethod]
    fn from_files(
        py: Python<'_>,
        files: Vec<File>,
        metamodel: &Metamodel,
        limits_json: Option<&str>,
    ) -> PyResult<Self> {
        let limits = limits(limits_json)?;
        detached(py, || {
            let books = files.iter().map(|(name, bytes)| Workbook::read(name, bytes, &limits));
            let books: Result<Vec<Workbook>, _> = books.collect();
            let books = books.map_err(|problems| error::load(&problems))?;
            let tables: Vec<_> = books.iter().flat_map(Workbook::tables).collect();
            spelregel::Model::from_tables(&metamodel.0, &tables, &limits)
                .map(Self)
                .map_err(|problems| error::load(&problems))
        })
    }

    /// The model as tables, by name: something that speaks Arrow each.
    fn to_tables(&self, py: Python<'_>) -> PyResult<Vec<(String, Table)>> {
        detached(py, || {
            let frames = self.0.to_frames().into_iter();
            frames.map(|frame| Ok((frame.name.clone(), Table::new(frame)))).collect()
        })
    }

    /// The model as a piece of HTML.
    fn to_html_fragment(&self, py: Python<'_>, lang: &str) -> PyResult<String> {
        let language = language(lang)?;
        detached(py, || Ok(self.0.to_html_fragment(language)))
    }

    #[getter]
    fn element_count(&self) -> usize {
        self.0.element_count()
    }

    #[getter]
    fn link_count(&self) -> usize {
        self.0.link_count()
    }

    /// The ids in model order.
    fn ids(&self) -> Vec<&str> {
        self.0.elements().map(|element| element.id()).collect()
    }

    fn has(&self, id: &str) -> bool {
        self.0.element(id).is_some()
    }

    /// An element as JSON; `None` where there is none of that id.
    fn element(&self, id: &str) -> Option<String> {
        self.0.element(id).map(|element| json(&of(element)))
    }

    /// All elements as JSON, in model order.
    fn elements(&self, py: Python<'_>) -> PyResult<String> {
        detached(py, || Ok(json(&self.0.elements().map(of).collect::<Vec<_>>())))
    }

    /// The ids of the elements to which a relation leads, in model order.
    fn related(&self, id: &str, relation: &str) -> Vec<&str> {
        self.0.element(id).map(|element| element.related(relation)).unwrap_or_default()
    }

    /// The warnings as they are printed.
    fn warnings_text(&self) -> String {
        self.0.warnings().map_or_else(String::new, ToString::to_string)
    }

    /// The warnings of loading, as JSON.
    fn warnings(&self) -> String {
        self.0.warnings().map_or_else(|| "[]".to_owned(), spelregel::Diagnostics::to_json)
    }

    /// The model as one document.
    fn to_json(&self, py: Python<'_>) -> PyResult<String> {
        detached(py, || Ok(self.0.to_json()))
    }

    /// What an expression comes to: its type and its value as JSON where it is certain, else `None`.
    fn evaluate(
        &self,
        py: Python<'_>,
        metamodel: &Metamodel,
        expression: &str,
        at: &str,
    ) -> PyResult<Option<(String, String)>> {
        let at = at.parse().map_err(|problem| error::options(&problem))?;
        detached(py, || {
            let expression = Expression::compile(&metamodel.0, expression, &[])
                .map_err(|problems| error::pack(&problems))?;
            match expression.evaluate(&self.0, at) {
                Evaluated::Value { kind, json } => Ok(Some((kind, json.to_string()))),
                Evaluated::Unknown => Ok(None),
                Evaluated::Error(problem) => Err(error::evaluation(&problem)),
            }
        })
    }
}

fn of(element: spelregel::Element<'_>) -> Element<'_> {
    let position = element.position().map(|(file, position)| Position {
        file,
        line: position.line,
        column: position.column,
    });
    Element {
        kind: element.kind().name(),
        name: element.name(),
        document: RawValue::from_string(element.to_json()).ok(),
        position,
    }
}
