//! `spelregel test`: the examples of packs, run.

use anstream::ColorChoice;

use super::{Outcome, language, rules};
use crate::args::{Format, Sources, Test};
use crate::input::Reader;
use crate::output::{self, Trouble};

pub(crate) fn run(asked: &Test, colour: ColorChoice) -> Result<Outcome, Trouble> {
    let sources = Sources {
        rules: asked.packs.clone(),
        settings: asked.settings.clone(),
        metamodel: asked.metamodel.clone(),
    };
    let rules = rules(&sources, &mut Reader::new())?;
    if let Some(warnings) = rules.warnings() {
        output::warn(warnings, colour);
    }
    let language = language(asked.lang, &rules);
    let report = rules.test();
    let text = |colour| match asked.format {
        Format::Text => report.to_text(language, colour),
        Format::Json => report.to_json(),
    };
    output::print(text, colour)?;
    Ok(if report.is_good() { Outcome::Fine } else { Outcome::Findings })
}
