//! The fields of packs.

use crate::form::{Field, Form, Holds, VERSION};

pub(crate) static PACK: Form = Form {
    name: "pack",
    about: "A pack of rules, with the definitions, paths and parameters that they share.",
    fields: &[
        VERSION,
        Field::required(
            "pack",
            Holds::KebabId,
            "The id, with which the full ids of its rules start.",
        ),
        Field::required("version", Holds::Text, "The pack's own version."),
        Field::required("title", Holds::Languages, "What it is called."),
        Field::optional("source", Holds::TextOrLanguages, "Where its rules come from."),
        Field::optional(
            "uses",
            Holds::List(&Holds::Text),
            "Packs whose definitions, paths and parameters it uses.",
        ),
        Field::optional(
            "parameters",
            Holds::Map(&Holds::Part(&PARAMETER)),
            "Values that an organisation may override, by name.",
        ),
        Field::optional(
            "define",
            Holds::Defined(&Holds::Expression),
            "Named parts of conditions: `Kind.name` or `Kind.name(argument: type)`, and an expression.",
        ),
        Field::optional(
            "paths",
            Holds::Defined(&Holds::Expression),
            "Derived relations: `Kind.name`, and a path.",
        ),
        Field::optional(
            "rules",
            Holds::List(&Holds::Part(&RULE)),
            "The rules, in the order in which they are asked.",
        ),
    ],
    one_of: &[],
};

pub(crate) static PARAMETER: Form = Form {
    name: "parameter",
    about: "A value that an organisation may override.",
    fields: &[
        Field::required("type", Holds::Text, "Its type, such as `duration` or `list<RoleType>`."),
        Field::required("default", Holds::Anything, "Its value where nobody sets another."),
        Field::optional("label", Holds::TextOrLanguages, "What people call it."),
    ],
    one_of: &[],
};

pub(crate) static RULE: Form = Form {
    name: "rule",
    about: "A question asked of every element of some kinds.",
    fields: &[
        Field::required("id", Holds::KebabId, "The id, unique in the pack."),
        Field::required("title", Holds::Languages, "What it wants, in a sentence."),
        Field::required(
            "each",
            Holds::OneOrMore(&Holds::KindOrModel),
            "The kinds of which it is asked, or `Model` to ask it once.",
        ),
        Field::optional("from", Holds::Phase, "The phase from which it applies."),
        Field::optional(
            "gate",
            Holds::Gate,
            "The gate for which it applies already when that is asked for.",
        ),
        Field::optional(
            "let",
            Holds::Map(&Holds::Expression),
            "Names for parts of its conditions and messages.",
        ),
        Field::optional("when", Holds::Expression, "A further condition under which it applies."),
        Field::required("require", Holds::Expression, "The condition that must hold."),
        Field::required("severity", Holds::Severity, "How bad it is when it fails."),
        Field::optional(
            "deviations",
            Holds::Flag,
            "`false` refuses deviations, as for rules that rest on law.",
        ),
        Field::required(
            "message",
            Holds::Languages,
            "What is the matter; `{…}` holds expressions.",
        ),
        Field::optional("why", Holds::Languages, "Why it is there."),
        Field::optional("remedy", Holds::Languages, "What to do when it fails."),
        Field::optional("source", Holds::TextOrLanguages, "Where it comes from."),
        Field::optional("tags", Holds::List(&Holds::Text), "Words by which to choose rules."),
        Field::optional(
            "examples",
            Holds::List(&Holds::Part(&EXAMPLE)),
            "Tests: small models with the verdicts expected.",
        ),
    ],
    one_of: &[],
};

pub(crate) static EXAMPLE: Form = Form {
    name: "example",
    about: "A test of a rule: a small model, and the verdicts expected on it.",
    fields: &[
        Field::optional("name", Holds::Text, "What it shows."),
        Field::required("at", Holds::Date, "The date of the check."),
        Field::optional("gate", Holds::Gate, "The gate that is asked for."),
        Field::required("model", Holds::Model, "The model."),
        Field::required(
            "expect",
            Holds::Map(&Holds::Verdict),
            "Verdicts by element; elements not named are expected to be not applicable.",
        ),
    ],
    one_of: &[],
};
