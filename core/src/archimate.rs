//! Models from ArchiMate 3: the exchange format, and the files of the tool Archi, zipped ones too.
//!
//! What becomes what is data, in `rules/archimate.yaml`. Nothing is lost in silence: what has no place in a
//! model of change programmes is counted and listed in the [`Notes`].

mod join;
mod mapping;
mod notes;
mod order;
mod place;
mod read;
mod recognise;
mod unzip;
mod write;

pub use self::notes::{Notes, Reason, Skipped};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::limits::Limits;
use crate::metamodel::Metamodel;
use crate::source::Source;

/// An ArchiMate model, converted.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Converted {
    /// The model document, in YAML. Its name is that of the file, with `converted` after it.
    pub document: Source,
    /// What was read, what became what, and what has no place.
    pub notes: Notes,
}

/// Converts an ArchiMate file to a model document for the metamodel.
///
/// ```
/// use spelregel::{Limits, Metamodel, Model, archimate};
/// let file = r#"<model xmlns="http://www.opengroup.org/xsd/archimate/3.0/"
///       xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" identifier="m">
///     <name>Town</name>
///     <elements>
///       <element identifier="co2" xsi:type="Goal"><name>Half the CO2</name></element>
///       <element identifier="app" xsi:type="DataObject"><name>Register</name></element>
///     </elements>
///   </model>"#;
/// let metamodel = Metamodel::standard();
/// let converted = archimate::convert(&metamodel, "town.xml", file.as_bytes(), &Limits::default())?;
/// assert_eq!(converted.notes.elements, 2);
/// assert_eq!(converted.notes.skipped_elements.len(), 1);
/// let model = Model::load(&metamodel, [converted.document])?;
/// assert_eq!(model.element_count(), 1);
/// # Ok::<(), spelregel::Diagnostics>(())
/// ```
///
/// # Errors
/// If the file is no ArchiMate model of version 3, is broken, or goes over a limit.
pub fn convert(
    metamodel: &Metamodel,
    name: &str,
    bytes: &[u8],
    limits: &Limits,
) -> Result<Converted, Diagnostics> {
    let unzipped;
    let bytes = if unzip::is_zip(bytes) {
        unzipped = unzip::model(bytes, limits.source_bytes).map_err(|problem| {
            Diagnostic::placeless(Code::WrongDocument, format!("`{name}`: {problem}"))
        })?;
        unzipped.as_slice()
    } else {
        bytes
    };
    if bytes.len() > limits.source_bytes {
        let message = format!("`{name}` is larger than {} bytes", limits.source_bytes);
        return Err(Diagnostic::placeless(Code::OverLimit, message).into());
    }
    let source = Source::from_bytes(name, bytes)?;
    let file = read::read(&source, limits)?;
    let mapping = mapping::Mapping::standard(&metamodel.0)?;
    let mut notes = Notes::of(&file);
    let mut placed = place::place(&metamodel.0, &mapping, &file, &mut notes);
    let ordering = order::order(&metamodel.0, &mapping, &file, &mut placed);
    let links = join::join(&metamodel.0, &mapping, &file, &placed, &ordering, &mut notes);
    let document = write::document(&metamodel.0, &file, &placed, &links);
    Ok(Converted { document: Source::new(format!("{name} (converted)"), document), notes })
}
