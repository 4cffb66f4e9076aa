//! `spelregel schema`: what a sort of document may hold.

use anstream::ColorChoice;
use spelregel::{Settings, schema};

use super::Outcome;
use crate::args::{Document, Schema};
use crate::input::{self, Reader};
use crate::output::{self, Trouble};

pub(crate) fn run(asked: &Schema, colour: ColorChoice) -> Result<Outcome, Trouble> {
    let mut reader = Reader::new();
    let settings = asked.settings.as_deref().map(|file| reader.source(file));
    let metamodel = asked.metamodel.as_deref().map(|file| reader.source(file));
    reader.finish()?;
    let metamodel = input::metamodel(metamodel.flatten())?;
    let metamodel = match settings.flatten() {
        Some(source) => Settings::load(source)?.extend(&metamodel)?,
        None => metamodel,
    };
    let text = match asked.of {
        Document::Model => schema::model(&metamodel),
        Document::Pack => schema::pack(&metamodel),
        Document::Settings => schema::settings(),
        Document::Metamodel => schema::metamodel(),
        Document::Report => schema::report(),
        Document::Explanation => schema::explanation(),
        Document::Difference => schema::difference(),
    };
    output::print(|_| text, colour)?;
    Ok(Outcome::Fine)
}
