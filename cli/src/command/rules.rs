//! `spelregel rules`: the rules there are, or one of them explained.

use anstream::ColorChoice;
use spelregel::report::Colour;

use super::{Outcome, language, rules};
use crate::args::{Format, Rules};
use crate::input::Reader;
use crate::output::{self, Trouble};

pub(crate) fn run(asked: &Rules, colour: ColorChoice) -> Result<Outcome, Trouble> {
    let mut reader = Reader::new();
    let rules = rules(&asked.sources, &mut reader)?;
    if let Some(folder) = &asked.html {
        for page in rules.reference() {
            output::write_inside(&folder.join(page.path), &page.html)?;
        }
        return Ok(Outcome::Fine);
    }
    let language = language(asked.lang, &rules);
    let rule = match &asked.rule {
        Some(id) => Some(rules.rule(id).map_err(|unknown| {
            Trouble::new(unknown.to_string()).help("`spelregel rules` lists them all")
        })?),
        None => None,
    };
    let text = |colour: Colour| match (&rule, asked.format) {
        (Some(rule), _) if asked.plan => rule.plan(),
        (Some(rule), Format::Text) => rule.to_text(language, colour),
        (Some(rule), Format::Json) => rule.to_json(),
        (None, Format::Text) => rules.to_text(language, colour),
        (None, Format::Json) => rules.to_json(),
    };
    output::print(text, colour)?;
    Ok(Outcome::Fine)
}
