//! The fields of model documents that no metamodel declares.

use crate::form::{Field, Form, Holds, VERSION};

/// Beside these, a model has a section for each kind.
pub(crate) static MODEL: Form = Form {
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
            Holds::List(&Holds::Part(&DEVIATION)),
            "Comply or explain: departures from rules that somebody decided.",
        ),
    ],
    one_of: &[],
};

pub(crate) static DEVIATION: Form = Form {
    name: "deviation",
    about: "A departure from a rule that somebody decided: it waives what the rule finds.",
    fields: &[
        Field::required(
            "rule",
            Holds::Text,
            "The rule's id; `pack/rule` where several packs have one of that id.",
        ),
        Field::optional(
            "element",
            Holds::OneOrMore(&Holds::Text),
            "The id of what departs from it; `model` for the model as a whole.",
        ),
        Field::optional("elements", Holds::OneOrMore(&Holds::Text), "The ids of several."),
        Field::optional(
            "path",
            Holds::Expression,
            "Leads from the elements to those that are covered: `includes+[Project]`.",
        ),
        Field::required("reason", Holds::Text, "Why."),
        Field::optional("decided_by", Holds::Text, "Who decided so."),
        Field::optional("until", Holds::Date, "The last day on which it holds."),
    ],
    one_of: &["element", "elements"],
};
