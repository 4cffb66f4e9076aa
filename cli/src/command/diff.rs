//! `spelregel diff`: what is different between two reports.

use anstream::ColorChoice;
use spelregel::Verdict;

use super::{Outcome, report};
use crate::args::{Diff, DiffFormat};
use crate::input::{self, Reader};
use crate::output::{self, Trouble};

pub(crate) fn run(asked: &Diff, colour: ColorChoice) -> Result<Outcome, Trouble> {
    let mut reader = Reader::new();
    let earlier = report(&asked.earlier, &mut reader)?;
    let later = report(&asked.later, &mut reader)?;
    let difference = later.diff(&earlier);
    let language = asked.lang.unwrap_or_else(input::machine_language);
    let text = |colour| match asked.format {
        DiffFormat::Text => difference.to_text((&earlier, &later), language, colour),
        DiffFormat::Json => difference.to_json(),
        DiffFormat::Markdown => difference.to_markdown((&earlier, &later), language),
    };
    output::print(text, colour)?;
    let fails = later.since(&earlier).has(asked.fail_on(), &[Verdict::Fail, Verdict::Error]);
    Ok(if fails { Outcome::Findings } else { Outcome::Fine })
}
