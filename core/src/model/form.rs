//! The fields of model documents that no metamodel declares.

use crate::form::{Field, Form, Holds};

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
