//! JSON Schemas (2020-12) of what Spelregel reads and writes.
//!
//! Those of documents come from the tables by which loading knows their fields, and from a metamodel: every
//! document that loads is valid. Those of reports and explanations come from the types that are written.

mod document;
mod elements;
mod told;

use self::document::Definitions;
use crate::explain::Explanation;
use crate::form::{Field, Form, Holds, VERSION};
use crate::metamodel::{self, Metamodel};
use crate::report::{Difference, Report};
use crate::{pack, settings};

/// Beside these, a model has a section for each kind.
static MODEL: Form = Form {
    name: "model",
    about: "A change programme as a graph of elements and links. Several files make one model.",
    fields: &[
        VERSION,
        Field::optional(
            "open_kinds",
            Holds::List(&Holds::Kind),
            "Kinds that the model does not record completely: what isn't there is unknown rather than absent.",
        ),
        Field::optional(
            "deviations",
            Holds::List(&Holds::Part(&crate::model::form::DEVIATION)),
            "Comply or explain: departures from rules that somebody decided.",
        ),
    ],
    one_of: &[],
};

/// The schema of model documents: kinds, properties, relations from both ends, enumerations.
///
/// ```
/// let schema = spelregel::schema::model(&spelregel::Metamodel::standard());
/// assert!(schema.contains(r#""Programme": {"#));
/// ```
pub fn model(metamodel: &Metamodel) -> String {
    Definitions::new(Some(&metamodel.0)).model(&MODEL)
}

/// The schema of rule packs on a metamodel.
///
/// ```
/// let schema = spelregel::schema::pack(&spelregel::Metamodel::standard());
/// assert!(schema.contains(r#""require": {"#));
/// ```
pub fn pack(metamodel: &Metamodel) -> String {
    Definitions::new(Some(&metamodel.0)).document(&pack::form::PACK, &MODEL)
}

/// The schema of an organisation's settings.
pub fn settings() -> String {
    Definitions::new(None).document(&settings::form::DOCUMENT, &MODEL)
}

/// The schema of whole metamodels.
pub fn metamodel() -> String {
    Definitions::new(None).document(&metamodel::form::DOCUMENT, &MODEL)
}

/// The schema of reports, which [`Report::to_json`] writes.
///
/// ```
/// assert!(spelregel::schema::report().contains(r#""findings""#));
/// ```
pub fn report() -> String {
    told::schema::<Report>("report")
}

/// The schema of explanations, which [`Explanation::to_json`] writes.
pub fn explanation() -> String {
    told::schema::<Explanation>("explanation")
}

/// The schema of what differs between two reports, which [`Difference::to_json`] writes.
pub fn difference() -> String {
    told::schema::<Difference>("difference")
}
