//! JSON Schemas (2020-12) of what Spelregel reads and writes.
//!
//! Those of documents come from the tables by which loading knows their fields, and from a metamodel: every
//! document that loads is valid. Those of reports and explanations come from the types that are written.

mod document;
mod elements;
mod exchange;
mod told;

use self::document::Definitions;
use crate::explain::Explanation;
use crate::metamodel::{self, Metamodel};
use crate::model::form::MODEL;
use crate::report::{Difference, Report};
use crate::{pack, settings};

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

/// The schema of everything else that libraries hand over: edits and what they change, problems in texts, what
/// editors are told, outlines of rules, the calendar, and lists of what there is. Each is a field of one object.
///
/// ```
/// assert!(spelregel::schema::exchange().contains(r#""Edit": {"#));
/// ```
pub fn exchange() -> String {
    told::schema::<exchange::Exchange>("exchange")
}

/// The schema of what differs between two reports, which [`Difference::to_json`] writes.
pub fn difference() -> String {
    told::schema::<Difference>("difference")
}
