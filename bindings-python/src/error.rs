//! What is raised: the classes of `spelregel.errors`.

use std::fmt::Display;

use pyo3::PyErr;
use spelregel::{Code, Diagnostics, EditError as Refused, Level};

pyo3::import_exception!(spelregel.errors, EditError);
pyo3::import_exception!(spelregel.errors, EvaluationError);
pyo3::import_exception!(spelregel.errors, LimitError);
pyo3::import_exception!(spelregel.errors, LoadError);
pyo3::import_exception!(spelregel.errors, OptionsError);
pyo3::import_exception!(spelregel.errors, PackError);
pyo3::import_exception!(spelregel.errors, SpelregelError);

/// For a model or a metamodel that can't be loaded.
pub(crate) fn load(problems: &Diagnostics) -> PyErr {
    limit(problems)
        .unwrap_or_else(|| LoadError::new_err((problems.to_string(), problems.to_json())))
}

/// For a pack that can't be used.
pub(crate) fn pack(problems: &Diagnostics) -> PyErr {
    limit(problems)
        .unwrap_or_else(|| PackError::new_err((problems.to_string(), problems.to_json())))
}

/// For settings that can't be used.
pub(crate) fn settings(problems: &Diagnostics) -> PyErr {
    limit(problems)
        .unwrap_or_else(|| OptionsError::new_err((problems.to_string(), problems.to_json())))
}

/// For edits that make no sense.
pub(crate) fn edit(refused: &Refused) -> PyErr {
    let problems = Diagnostics::from(refused.to_diagnostic());
    limit(&problems).unwrap_or_else(|| {
        EditError::new_err((refused.to_string(), problems.to_json(), refused.position))
    })
}

/// For what is no edit at all.
pub(crate) fn no_edit(problem: &impl Display) -> PyErr {
    EditError::new_err(problem.to_string())
}

/// For a date, gate, programme, tag, rule or element that isn't one.
pub(crate) fn options(problem: &impl Display) -> PyErr {
    OptionsError::new_err(problem.to_string())
}

/// For a text that is not a report.
pub(crate) fn report(problem: &impl Display) -> PyErr {
    LoadError::new_err(problem.to_string())
}

/// For an expression that runs into an error.
pub(crate) fn evaluation(problem: &impl Display) -> PyErr {
    EvaluationError::new_err(problem.to_string())
}

/// For a table that can't be handed out.
pub(crate) fn table(problem: &impl Display) -> PyErr {
    LimitError::new_err(problem.to_string())
}

/// For a fault of our own.
pub(crate) fn fault() -> PyErr {
    SpelregelError::new_err("a fault in Spelregel itself kept it from finishing: please report it")
}

/// For input that asks for more than the limits allow.
fn limit(problems: &Diagnostics) -> Option<PyErr> {
    let is_over =
        problems.iter().any(|one| one.level == Level::Error && one.code == Code::OverLimit);
    is_over.then(|| LimitError::new_err((problems.to_string(), problems.to_json())))
}
