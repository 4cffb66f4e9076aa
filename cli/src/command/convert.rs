//! `spelregel convert`: an ArchiMate file in, a model document out.

use anstream::ColorChoice;
use spelregel::{Limits, Metamodel, archimate};

use super::Outcome;
use crate::args::Convert;
use crate::input::{self, Reader};
use crate::output::{self, Trouble};

pub(crate) fn run(asked: &Convert, colour: ColorChoice) -> Result<Outcome, Trouble> {
    let mut reader = Reader::new();
    let bytes = reader.bytes(&asked.file);
    reader.finish()?;
    let bytes = bytes.unwrap_or_default();
    let metamodel = Metamodel::standard();
    let converted = archimate::convert(&metamodel, &asked.file, &bytes, &Limits::default())?;
    let language = asked.lang.unwrap_or_else(input::machine_language);
    if let Some(file) = &asked.notes {
        output::write(file, &converted.notes.to_text(language))?;
    }
    match &asked.output {
        Some(file) => output::write(file, converted.document.text())?,
        None => output::print(|_| converted.document.text().to_owned(), colour)?,
    }
    output::note(&converted.notes.summary(language), colour);
    Ok(Outcome::Fine)
}
