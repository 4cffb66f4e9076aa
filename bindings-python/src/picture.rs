//! Pictures of models.

use pyo3::{PyResult, Python, pyclass, pymethods};
use spelregel::{Look, Theme};

use crate::error;
use crate::model::Model;
use crate::report::Report;
use crate::work::{detached, language};

/// What a picture shows: focus, depth, kinds, most.
type Shown = (Vec<String>, usize, Vec<String>, usize);

/// A picture, drawn in all forms.
#[pyclass(frozen, module = "spelregel._native")]
pub(crate) struct Picture {
    #[pyo3(get)]
    svg: String,
    #[pyo3(get)]
    dot: String,
    #[pyo3(get)]
    mermaid: String,
}

#[pymethods]
impl Picture {
    /// Draws a model, with the findings of a report where one is given.
    #[staticmethod]
    fn draw(
        py: Python<'_>,
        model: &Model,
        findings: Option<&Report>,
        at: Option<&str>,
        shown: Shown,
        theme: &str,
        lang: &str,
    ) -> PyResult<Self> {
        let language = language(lang)?;
        let theme = match theme {
            "auto" => Theme::Auto,
            "light" => Theme::Light,
            "dark" => Theme::Dark,
            "neutral" => Theme::Neutral,
            other => {
                let problem = format!("`{other}` is not a theme: auto, light, dark or neutral");
                return Err(error::options(&problem));
            }
        };
        let at = at
            .map(str::parse)
            .transpose()
            .map_err(|problem: spelregel::InvalidDate| error::options(&problem))?;
        detached(py, || {
            let mut look = Look::new(language).theme(theme);
            look.findings = findings.map(|report| &report.0);
            look.at = at;
            (look.focus, look.depth, look.kinds, look.most) = shown;
            let picture = model.0.picture(&look).map_err(|problem| error::options(&problem))?;
            let (svg, dot) = (picture.to_svg(), picture.to_dot());
            Ok(Self { svg, dot, mermaid: picture.to_mermaid() })
        })
    }
}
