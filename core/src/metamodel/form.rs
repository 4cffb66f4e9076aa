//! The fields of metamodels.

use crate::form::{Field, Form, Holds, VERSION};

const PROPERTIES: Holds = Holds::Map(&Holds::Part(&PROPERTY));
const ENUMERATION_MAP: Holds = Holds::Map(&Holds::Part(&ENUMERATION));
const KIND_MAP: Holds = Holds::Map(&Holds::Part(&KIND));
const RELATION_MAP: Holds = Holds::Map(&Holds::Part(&RELATION));

const LABEL: Field = Field::optional("label", Holds::TextOrLanguages, "What people call it.");
const DESCRIPTION: Field =
    Field::optional("description", Holds::TextOrLanguages, "What it is, in a sentence.");

const COMMON: Field =
    Field::optional("properties", PROPERTIES, "Properties that every kind has, by name.");
const ENUMERATIONS: Field =
    Field::optional("enumerations", ENUMERATION_MAP, "Closed lists of values, by name.");
const KINDS: Field =
    Field::optional("kinds", KIND_MAP, "Kinds of elements by name, in model order.");
const RELATIONS: Field = Field::optional("relations", RELATION_MAP, "Relations by name.");

pub(crate) static DOCUMENT: Form = Form {
    name: "metamodel",
    about: "A vocabulary: kinds of elements, their properties, and the relations between them.",
    fields: &[
        VERSION,
        Field::optional(
            "metamodel",
            Holds::Text,
            "Its id; without one, the document adds to the metamodel that there is.",
        ),
        Field::optional("version", Holds::Text, "Its own version."),
        Field::optional("title", Holds::TextOrLanguages, "What it is called."),
        COMMON,
        ENUMERATIONS,
        KINDS,
        RELATIONS,
    ],
    one_of: &[],
};

pub(crate) static PROPERTY: Form = Form {
    name: "property",
    about: "What elements of a kind, or links of a relation, have.",
    fields: &[
        Field::required(
            "type",
            Holds::Text,
            "`text`, `bool`, `int`, `number`, `date`, `list<text>` or an enumeration.",
        ),
        Field::optional("unit", Holds::Text, "Of a number: in what it is counted."),
        Field::optional(
            "required",
            Holds::Flag,
            "Whether it is remarkable that it is not filled in.",
        ),
        Field::optional("absent", Holds::Single, "What it counts as where it is not filled in."),
        Field::optional("min", Holds::Number, "The least that it can be."),
        Field::optional("max", Holds::Number, "The most that it can be."),
        LABEL,
        DESCRIPTION,
    ],
    one_of: &[],
};

pub(crate) static ENUMERATION: Form = Form {
    name: "enumeration",
    about: "A closed list of values.",
    fields: &[
        Field::optional("ordered", Holds::Flag, "Whether the order of the values means something."),
        LABEL,
        DESCRIPTION,
        Field::optional(
            "values",
            Holds::Map(&Holds::Part(&VALUE)),
            "The values by name, in their order.",
        ),
    ],
    one_of: &[],
};

pub(crate) static VALUE: Form = Form {
    name: "value",
    about: "A value of an enumeration.",
    fields: &[
        LABEL,
        DESCRIPTION,
        Field::optional("opens", Holds::Text, "Of a gate: the phase that it opens."),
    ],
    one_of: &[],
};

pub(crate) static KIND: Form = Form {
    name: "kind",
    about: "A kind of element.",
    fields: &[
        Field::optional(
            "section",
            Holds::Text,
            "The key of its section in model documents. A new kind needs one.",
        ),
        LABEL,
        Field::optional("plural", Holds::TextOrLanguages, "What people call several."),
        Field::optional(
            "definite",
            Holds::TextOrLanguages,
            "What people call one that has been named before.",
        ),
        DESCRIPTION,
        Field::optional(
            "programmes",
            Holds::Expression,
            "The path from an element to the programmes it belongs to.",
        ),
        Field::optional(
            "states",
            Holds::List(&Holds::Text),
            "The states that its elements go through.",
        ),
        Field::optional(
            "dead_states",
            Holds::List(&Holds::Text),
            "Those in which an element is no longer live.",
        ),
        Field::optional("properties", PROPERTIES, "Its properties by name."),
    ],
    one_of: &[],
};

pub(crate) static RELATION: Form = Form {
    name: "relation",
    about: "A relation between kinds, read from either end.",
    fields: &[
        LABEL,
        Field::optional(
            "inverse",
            Holds::Text,
            "Its name when read from the other end. A new relation needs one.",
        ),
        Field::optional(
            "inverse_label",
            Holds::TextOrLanguages,
            "What people call it when read from the other end.",
        ),
        Field::optional(
            "targets",
            Holds::TextOrLanguages,
            "What targets are to their source: `holders of`.",
        ),
        Field::optional(
            "sources",
            Holds::TextOrLanguages,
            "What sources are to their target: `decisions about`.",
        ),
        DESCRIPTION,
        Field::optional("one", Holds::Flag, "Whether a source has one target at most."),
        Field::optional("ends", Holds::List(&Holds::Part(&ENDS)), "Which kinds may be linked."),
        Field::optional("properties", PROPERTIES, "The properties of its links by name."),
    ],
    one_of: &[],
};

pub(crate) static ENDS: Form = Form {
    name: "ends",
    about: "Kinds that may be linked: any of the sources with any of the targets.",
    fields: &[
        Field::required("from", Holds::List(&Holds::Text), "Kinds of sources."),
        Field::required("to", Holds::List(&Holds::Text), "Kinds of targets."),
    ],
    one_of: &[],
};
