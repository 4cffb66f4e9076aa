//! `spelregel codes`: what can be wrong with a text, or one such problem explained.

use anstream::ColorChoice;
use spelregel::{Code, UnknownCode};

use super::Outcome;
use crate::args::Codes;
use crate::output::{self, Trouble};

pub(crate) fn run(asked: &Codes, colour: ColorChoice) -> Result<Outcome, Trouble> {
    let text = match &asked.code {
        Some(name) => {
            let code: Code = name.parse().map_err(|unknown: UnknownCode| {
                Trouble::new(unknown.to_string()).help("`spelregel codes` lists them all")
            })?;
            code.page().to_owned()
        }
        None => list(),
    };
    output::print(|_| text, colour)?;
    Ok(Outcome::Fine)
}

/// Every code with its meaning, in columns.
fn list() -> String {
    let width = Code::ALL.iter().map(|code| code.as_str().len()).max().unwrap_or_default();
    let line = |code: &Code| format!("{:width$}  {}\n", code.as_str(), code.meaning());
    Code::ALL.iter().map(line).collect()
}
