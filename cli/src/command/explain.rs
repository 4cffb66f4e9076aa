//! `spelregel explain`: why a rule gives the verdict that it gives for an element.

use anstream::ColorChoice;
use spelregel::{ExplainError, Options};

use super::{Outcome, language, model, rules};
use crate::args::{Explain, Format};
use crate::input::{self, Reader};
use crate::output::{self, Trouble};

pub(crate) fn run(asked: &Explain, colour: ColorChoice) -> Result<Outcome, Trouble> {
    let [files @ .., rule, element] = asked.asked.as_slice() else {
        return Err(Trouble::new("a model, a rule and an element must be named"));
    };
    let mut reader = Reader::new();
    let sources: Vec<_> = files.iter().filter_map(|file| reader.model(file)).collect();
    let rules = rules(&asked.sources, &mut reader)?;
    let language = language(asked.lang, &rules);
    let model = model(sources, &rules, language, colour)?;
    if let Some(warnings) = model.warnings() {
        output::warn(warnings, colour);
    }
    let at = match asked.at {
        Some(date) => date,
        None => input::today()?,
    };
    let mut options = Options::at(at);
    if let Some(gate) = &asked.gate {
        options = options.gate(gate);
    }
    options.validate(&rules, &model).map_err(|problem| Trouble::new(problem.to_string()))?;
    let explanation = rules.explain(&model, &options, rule, element).map_err(|problem| {
        let trouble = Trouble::new(problem.to_string());
        match problem {
            ExplainError::Rule(_) => trouble.help("`spelregel rules` lists them all"),
            _ => trouble,
        }
    })?;
    let text = |colour| match asked.format {
        Format::Text => explanation.to_text(language, colour),
        Format::Json => explanation.to_json(),
    };
    output::print(text, colour)?;
    Ok(Outcome::Fine)
}
