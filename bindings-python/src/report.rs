//! Reports.

use pyo3::{PyResult, Python, pyclass, pymethods};
use spelregel::report::Waived;
use spelregel::{Colour, Severity, Verdict};

use crate::error;
use crate::rules::{Told, no_html, told};
use crate::table::Table;
use crate::work::{detached, json, language};

/// What a check found.
#[pyclass(frozen, eq, module = "spelregel._native")]
#[derive(Clone, PartialEq)]
pub(crate) struct Report(pub(crate) spelregel::Report);

#[pymethods]
impl Report {
    #[staticmethod]
    fn from_json(py: Python<'_>, text: &str) -> PyResult<Self> {
        detached(py, || {
            spelregel::Report::from_json(text).map(Self).map_err(|problem| error::report(&problem))
        })
    }

    fn to_json(&self, py: Python<'_>) -> PyResult<String> {
        detached(py, || Ok(self.0.to_json()))
    }

    fn to_text(&self, py: Python<'_>, lang: &str, colour: bool) -> PyResult<String> {
        let colour = if colour { Colour::Always } else { Colour::Never };
        let language = language(lang)?;
        detached(py, || Ok(self.0.to_text(language, colour)))
    }

    fn to_markdown(&self, py: Python<'_>, lang: &str) -> PyResult<String> {
        let language = language(lang)?;
        detached(py, || Ok(self.0.to_markdown(language)))
    }

    fn to_html(&self, py: Python<'_>, lang: &str) -> PyResult<String> {
        let language = language(lang)?;
        detached(py, || Ok(self.0.to_html(language)))
    }

    fn to_html_fragment(&self, py: Python<'_>, lang: &str) -> PyResult<String> {
        let language = language(lang)?;
        detached(py, || Ok(self.0.to_html_fragment(language)))
    }

    fn to_sarif(&self, py: Python<'_>, lang: &str, omit_waived: bool) -> PyResult<String> {
        let waived = if omit_waived { Waived::LeftOut } else { Waived::Suppressed };
        let language = language(lang)?;
        detached(py, || Ok(self.0.to_sarif(language, waived)))
    }

    /// A table: `findings`, `missing_facts` or `witnesses`.
    fn table(&self, py: Python<'_>, name: &str, lang: &str) -> PyResult<Table> {
        let language = language(lang)?;
        let frame = detached(py, || {
            Ok(match name {
                "findings" => Some(self.0.findings_frame(language)),
                "missing_facts" => Some(self.0.missing_frame(language)),
                "witnesses" => Some(self.0.witnesses_frame()),
                _ => None,
            })
        })?;
        frame.map(Table::new).ok_or_else(|| error::options(&format!("no table `{name}`")))
    }

    /// A finding as a piece of HTML.
    fn finding_to_html(&self, position: usize, lang: &str) -> PyResult<Option<String>> {
        let language = language(lang)?;
        let finding = self.0.findings.get(position);
        Ok(finding.map(|finding| self.0.finding_to_html(finding, language)))
    }

    #[getter]
    fn finding_count(&self) -> usize {
        self.0.findings.len()
    }

    /// A finding as JSON.
    fn finding(&self, position: usize) -> Option<String> {
        self.0.findings.get(position).map(json)
    }

    /// All findings as JSON.
    fn findings(&self, py: Python<'_>) -> PyResult<String> {
        detached(py, || Ok(json(&self.0.findings)))
    }

    /// The positions of the findings of a rule, under its full or its bare id.
    fn positions_of(&self, rule: &str) -> Vec<usize> {
        let is_asked =
            |full: &str| full == rule || full.split_once('/').is_some_and(|(_, bare)| bare == rule);
        let findings = self.0.findings.iter().enumerate();
        findings.filter(|(_, f)| is_asked(&f.rule)).map(|(position, _)| position).collect()
    }

    /// Whether counts or findings name the rule.
    fn knows(&self, rule: &str) -> bool {
        let is_asked =
            |full: &str| full == rule || full.split_once('/').is_some_and(|(_, bare)| bare == rule);
        self.0.counts.rules.iter().any(|count| is_asked(&count.name))
            || self.0.findings.iter().any(|finding| is_asked(&finding.rule))
    }

    /// The report without what grows with the model, as JSON: what it takes to show a finding by itself.
    fn skeleton(&self) -> String {
        let mut skeleton = self.0.clone();
        skeleton.findings.clear();
        skeleton.missing.clear();
        skeleton.programmes.clear();
        json(&skeleton)
    }

    fn receipt(&self) -> String {
        json(&self.0.receipt)
    }

    fn counts(&self) -> String {
        json(&self.0.counts)
    }

    fn programmes(&self, py: Python<'_>) -> PyResult<String> {
        detached(py, || Ok(json(&self.0.programmes)))
    }

    fn missing(&self, py: Python<'_>) -> PyResult<String> {
        detached(py, || Ok(json(&self.0.missing)))
    }

    fn since_json(&self) -> String {
        json(&self.0.since)
    }

    /// The report, knowing what is new since a baseline.
    fn since(&self, py: Python<'_>, baseline: &Self) -> PyResult<Self> {
        detached(py, || Ok(Self(self.0.clone().since(&baseline.0))))
    }

    /// What is different from an earlier report.
    fn diff(&self, py: Python<'_>, earlier: &Self) -> PyResult<Told> {
        detached(py, || {
            let difference = self.0.diff(&earlier.0);
            let reports = (&earlier.0, &self.0);
            let text = |language| difference.to_text(reports, language, Colour::Never);
            Ok(told(json(&difference), text, no_html))
        })
    }

    /// Whether a finding of the severity or worse has one of the verdicts.
    fn has(&self, at_least: &str, verdicts: Vec<String>) -> PyResult<bool> {
        let severity = Severity::ALL.into_iter().find(|severity| severity.as_str() == at_least);
        let severity =
            severity.ok_or_else(|| error::options(&format!("`{at_least}` is not a severity")))?;
        let verdict = |name: &String| {
            let found = Verdict::ALL.into_iter().find(|verdict| verdict.as_str() == name.as_str());
            found.ok_or_else(|| error::options(&format!("`{name}` is not a verdict")))
        };
        let verdicts: Vec<Verdict> = verdicts.iter().map(verdict).collect::<PyResult<_>>()?;
        Ok(self.0.has(severity, &verdicts))
    }
}
