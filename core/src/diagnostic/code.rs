//! The one table of diagnostic codes.

macro_rules! codes {
    ($($(#[$meta:meta])* $name:ident = $text:literal,)*) => {
        /// Which problem a [`Diagnostic`](crate::Diagnostic) tells of. Codes are stable: tools may rely on them.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Code {
            $($(#[$meta])* $name,)*
        }

        impl Code {
            /// Every code, in the order of the table.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// As reports print it: `unknown-field`.
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$name => $text,)*
                }
            }
        }
    };
}

codes! {
    // Any text.
    /// The text is not UTF-8.
    NotUtf8 = "not-utf8",
    /// The text is not valid YAML or JSON.
    InvalidYaml = "invalid-yaml",
    /// A mapping has the same key twice.
    DuplicateKey = "duplicate-key",
    /// A text, a value or a nesting is larger than the limits allow.
    OverLimit = "over-limit",
    /// More problems than are shown at once.
    TooManyProblems = "too-many-problems",
    /// The text is not the kind of document that was asked for, or of a version that isn't known.
    WrongDocument = "wrong-document",
    /// A field that the format doesn't know.
    UnknownField = "unknown-field",
    /// A field that must be there isn't.
    MissingField = "missing-field",
    /// A value is of the wrong type.
    WrongType = "wrong-type",
    // Metamodels.
    /// A name is declared twice.
    DuplicateName = "duplicate-name",
    /// A name is not one that can be declared.
    InvalidName = "invalid-name",
    // Models.
    /// An id is not one.
    InvalidId = "invalid-id",
    /// Two elements have the same id.
    DuplicateId = "duplicate-id",
    /// A link refers to an element that isn't there.
    DanglingReference = "dangling-reference",
    /// A link refers to an element of a kind that the relation doesn't allow.
    WrongKind = "wrong-kind",
    /// A value is not one of an enumeration.
    UnknownValue = "unknown-value",
    /// A date that isn't one.
    InvalidDate = "invalid-date",
    /// A number outside the range that the metamodel gives.
    OutOfRange = "out-of-range",
    /// A second target for a relation that allows one.
    SecondTarget = "second-target",
    /// A link written from both sides with properties that differ.
    LinkConflict = "link-conflict",
    /// A property that the metamodel requires is not filled in.
    MissingProperty = "missing-property",
    // Packs and expressions.
    /// The text of an expression or path can't be read.
    Syntax = "syntax",
    /// Part of CEL that this language leaves out.
    Unsupported = "unsupported",
    /// A name that nothing has.
    UnknownName = "unknown-name",
    /// A kind that the metamodel doesn't have.
    UnknownKind = "unknown-kind",
    /// A function or macro that doesn't exist.
    UnknownFunction = "unknown-function",
    /// A function with arguments that it doesn't take.
    WrongArguments = "wrong-arguments",
    /// An expression of a type that can't stand there.
    TypeMismatch = "type-mismatch",
    /// A state that no kind at hand has.
    ImpossibleState = "impossible-state",
    /// Definitions that use each other in a circle.
    DefinitionCircle = "definition-circle",
    /// A parameter's default or setting doesn't fit its type.
    InvalidParameter = "invalid-parameter",
    /// A pack, rule or definition that is named isn't there.
    UnknownReference = "unknown-reference",
    // Warnings of packs and expressions.
    /// A definition, path, parameter or `let` that nothing uses.
    UnusedDefinition = "unused-definition",
    /// A condition that is always the same.
    ConstantCondition = "constant-condition",
    /// Something compared with itself.
    SelfComparison = "self-comparison",
    /// A name that hides another.
    ShadowedName = "shadowed-name",
}
