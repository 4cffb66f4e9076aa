//! Rule sets, and what is asked of them.

use pyo3::{PyRef, PyResult, Python, pyclass, pymethods};
use serde::Serialize;
use spelregel::{Colour, Date, Language, Options, Rule, Text};

use crate::error;
use crate::files::limits;
use crate::metamodel::Metamodel;
use crate::model::Model;
use crate::pack::{Pack, Settings};
use crate::report::Report;
use crate::table::Table;
use crate::work::{detached, json};

/// What is asked of a check: the date, the gate, programmes, tags.
pub(crate) type Asked = (String, Option<String>, Vec<String>, Vec<String>);

/// Something told: as JSON; as text in English and Dutch; likewise as HTML, where it has such a form.
pub(crate) type Told = (String, (String, String), (String, String));

/// Rules that have been checked and can be run.
#[pyclass(frozen, module = "spelregel._native")]
#[derive(Clone)]
pub(crate) struct RuleSet(pub(crate) spelregel::RuleSet);

/// A rule, as Python's half reads it.
#[derive(Serialize)]
struct RuleForm<'a> {
    id: &'a str,
    full_id: &'a str,
    pack: &'a str,
    title: &'a Text,
    severity: &'a str,
    kinds: Vec<&'a str>,
    from_phase: Option<&'a str>,
    gate: Option<&'a str>,
    when: Option<&'a str>,
    require: &'a str,
    why: &'a Text,
    remedy: &'a Text,
    source: Option<&'a Text>,
    tags: &'a [String],
    allows_deviations: bool,
}

/// An example of a rule that was run, as Python's half reads it.
#[derive(Serialize)]
struct ExampleForm<'a> {
    rule: &'a str,
    name: Option<&'a str>,
    number: usize,
    line: u32,
    is_as_expected: bool,
    problems: Option<String>,
    verdicts: Vec<(Option<&'a str>, &'a str, &'a str)>,
}

#[pymethods]
impl RuleSet {
    #[staticmethod]
    fn compile(
        py: Python<'_>,
        metamodel: &Metamodel,
        packs: Vec<PyRef<'_, Pack>>,
        settings: &Settings,
        limits_json: Option<&str>,
    ) -> PyResult<Self> {
        let limits = limits(limits_json)?;
        let packs: Vec<spelregel::Pack> = packs.iter().map(|pack| pack.0.clone()).collect();
        detached(py, || {
            spelregel::RuleSet::compile_with(&metamodel.0, packs, &settings.0, &limits)
                .map(Self)
                .map_err(|problems| error::pack(&problems))
        })
    }

    /// The metamodel with what the settings add.
    #[getter]
    fn metamodel(&self) -> Metamodel {
        Metamodel(self.0.metamodel().clone())
    }

    /// The rules in the order in which they are asked, as JSON.
    fn rules(&self) -> String {
        json(&self.0.rules().map(|rule| form(&rule)).collect::<Vec<_>>())
    }

    /// A rule as JSON, and as text in both languages.
    fn rule(&self, py: Python<'_>, id: &str) -> PyResult<Told> {
        detached(py, || {
            let rule = self.0.rule(id).map_err(|problem| error::options(&problem))?;
            let text = |language| rule.to_text(language, Colour::Never);
            Ok(told(json(&form(&rule)), text, no_html))
        })
    }

    /// What a rule asks, part by part.
    fn outline(&self, py: Python<'_>, id: &str) -> PyResult<Told> {
        detached(py, || {
            self.0.rule(id).map_err(|problem| error::options(&problem))?;
            let outline = self.0.outline(id);
            let outline = outline.ok_or_else(|| error::options(&format!("no rule `{id}`")))?;
            let text = |language| outline.to_text(language, Colour::Never);
            Ok(told(json(&outline), text, |language| outline.to_html_fragment(language)))
        })
    }

    /// The warnings as they are printed.
    fn warnings_text(&self) -> String {
        self.0.warnings().map_or_else(String::new, ToString::to_string)
    }

    /// The warnings of compiling, as JSON.
    fn warnings(&self) -> String {
        self.0.warnings().map_or_else(|| "[]".to_owned(), spelregel::Diagnostics::to_json)
    }

    /// The rules as text.
    fn to_text(&self, lang: &str) -> PyResult<String> {
        let language = crate::work::language(lang)?;
        Ok(self.0.to_text(language, Colour::Never))
    }

    fn check(&self, py: Python<'_>, model: &Model, asked: Asked) -> PyResult<Report> {
        detached(py, || {
            let options = options(asked)?;
            self.validate(model, &options)?;
            Ok(Report(self.0.check(&model.0, &options)))
        })
    }

    /// Every verdict, as JSON.
    fn answers(&self, py: Python<'_>, model: &Model, asked: Asked) -> PyResult<String> {
        detached(py, || {
            let options = options(asked)?;
            self.validate(model, &options)?;
            Ok(json(&self.0.answers(&model.0, &options)))
        })
    }

    /// Every verdict, as a table.
    fn verdicts(&self, py: Python<'_>, model: &Model, asked: Asked) -> PyResult<Table> {
        detached(py, || {
            let options = options(asked)?;
            self.validate(model, &options)?;
            Ok(Table::new(self.0.judge(&model.0, &options).to_frame()))
        })
    }

    /// The rules as a piece of HTML.
    fn to_html_fragment(&self, py: Python<'_>, lang: &str) -> PyResult<String> {
        let language = crate::work::language(lang)?;
        detached(py, || Ok(self.0.to_html_fragment(language)))
    }

    /// When verdicts will be others.
    fn calendar(&self, py: Python<'_>, model: &Model, asked: Asked, until: &str) -> PyResult<Told> {
        let until: Date = until.parse().map_err(|problem| error::options(&problem))?;
        detached(py, || {
            let options = options(asked)?;
            self.validate(model, &options)?;
            let calendar = self.0.calendar(&model.0, &options, until);
            let text = |language| calendar.to_text(language, Colour::Never);
            Ok(told(json(&calendar), text, no_html))
        })
    }

    /// Why a rule gives its verdict for an element.
    fn explain(
        &self,
        py: Python<'_>,
        model: &Model,
        asked: Asked,
        rule: &str,
        element: &str,
    ) -> PyResult<Told> {
        detached(py, || {
            let options = options(asked)?;
            self.validate(model, &options)?;
            let explanation = self
                .0
                .explain(&model.0, &options, rule, element)
                .map_err(|problem| error::options(&problem))?;
            let text = |language| explanation.to_text(language, Colour::Never);
            let html = |language| explanation.to_html_fragment(language);
            Ok(told(json(&explanation), text, html))
        })
    }

    /// The rules' own examples, run, as JSON.
    fn run_examples(&self, py: Python<'_>) -> PyResult<String> {
        detached(py, || {
            let results = self.0.run_examples();
            let forms = results.iter().map(|result| ExampleForm {
                rule: &result.rule,
                name: result.name.as_deref(),
                number: result.number,
                line: result.position.line,
                is_as_expected: result.is_as_expected(),
                problems: result.problems.as_ref().map(ToString::to_string),
                verdicts: result
                    .verdicts
                    .iter()
                    .map(|v| (v.element.as_deref(), v.expected.as_str(), v.found.as_str()))
                    .collect(),
            });
            Ok(json(&forms.collect::<Vec<_>>()))
        })
    }
}

impl RuleSet {
    pub(crate) fn validate(&self, model: &Model, options: &Options) -> PyResult<()> {
        options.validate(&self.0, &model.0).map_err(|problem| error::options(&problem))
    }
}

/// What is asked, as the library has it.
pub(crate) fn options((at, gate, programmes, tags): Asked) -> PyResult<Options> {
    let mut options = Options::at(at.parse().map_err(|problem| error::options(&problem))?);
    options.gate = gate;
    options.programmes = programmes;
    options.tags = tags;
    Ok(options)
}

pub(crate) fn told(
    json: String,
    text: impl Fn(Language) -> String,
    html: impl Fn(Language) -> String,
) -> Told {
    let both = |of: &dyn Fn(Language) -> String| (of(Language::En), of(Language::Nl));
    (json, both(&text), both(&html))
}

/// For what has no form in HTML.
pub(crate) fn no_html(_: Language) -> String {
    String::new()
}

fn form<'a>(rule: &Rule<'a>) -> RuleForm<'a> {
    RuleForm {
        id: rule.id(),
        full_id: rule.full_id(),
        pack: rule.pack().id(),
        title: rule.title(),
        severity: rule.severity().as_str(),
        kinds: rule.kinds(),
        from_phase: rule.from(),
        gate: rule.gate(),
        when: rule.when(),
        require: rule.require(),
        why: rule.why(),
        remedy: rule.remedy(),
        source: Some(rule.source()).filter(|source| !source.is_empty()),
        tags: rule.tags(),
        allows_deviations: rule.allows_deviations(),
    }
}
