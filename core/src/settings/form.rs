//! The fields of settings.

use crate::form::{Field, Form, Holds, VERSION};
use crate::metamodel;

pub(crate) static DOCUMENT: Form = Form {
    name: "settings",
    about: "What an organisation changes without touching packs.",
    fields: &[VERSION, Field::required("settings", Holds::Part(&SETTINGS), "The settings.")],
    one_of: &[],
};

pub(crate) static SETTINGS: Form = Form {
    name: "settings_fields",
    about: "An organisation's own parameters, severities, languages and additions to the metamodel.",
    fields: &[
        Field::optional(
            "parameters",
            Holds::Map(&Holds::Anything),
            "Values of parameters of packs, by name.",
        ),
        Field::optional(
            "severity",
            Holds::Map(&Holds::SeverityOrOff),
            "Severities by rule; `off` switches a rule off.",
        ),
        Field::optional(
            "languages",
            Holds::List(&Holds::Language),
            "The languages of reports, the first one first.",
        ),
        Field::optional(
            "metamodel",
            Holds::Part(&metamodel::form::DOCUMENT),
            "Kinds, properties, relations and values to add to the metamodel.",
        ),
    ],
    one_of: &[],
};
