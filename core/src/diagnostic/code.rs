//! The one table of diagnostic codes. What each means is on its page, in the folder `codes` of this crate.

use std::str::FromStr;

use crate::suggest::nearest;

macro_rules! codes {
    ($($name:ident = $text:literal,)*) => {
        /// Which problem a [`Diagnostic`](crate::Diagnostic) tells of. Codes are stable: tools may rely on them.
        ///
        /// Each has a page that says what it means, why it matters and what to do, with an input that gives it
        /// and one that doesn't.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Code {
            $(
                #[doc = include_str!(concat!("../../codes/", $text, ".md"))]
                $name,
            )*
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

            /// The page about it, in Markdown.
            ///
            /// ```
            /// let page = spelregel::Code::UnknownField.page();
            /// assert!(page.starts_with("# unknown-field\n"));
            /// assert!(page.contains("What to do: "));
            /// ```
            pub fn page(self) -> &'static str {
                match self {
                    $(Self::$name => include_str!(concat!("../../codes/", $text, ".md")),)*
                }
            }
        }
    };
}

impl Code {
    /// What it means, in a sentence: the first paragraph of its page.
    ///
    /// ```
    /// assert_eq!(spelregel::Code::NotUtf8.meaning(), "The text is not UTF-8.");
    /// ```
    pub fn meaning(self) -> &'static str {
        self.page().split("\n\n").nth(1).unwrap_or_default()
    }
}

/// ```
/// use spelregel::Code;
///
/// assert_eq!("unknown-field".parse(), Ok(Code::UnknownField));
/// let unknown = "unknown-feild".parse::<Code>().unwrap_err();
/// assert_eq!(
///     unknown.to_string(),
///     "no problem has the code `unknown-feild`: did you mean `unknown-field`?"
/// );
/// ```
impl FromStr for Code {
    type Err = UnknownCode;

    fn from_str(name: &str) -> Result<Self, UnknownCode> {
        Self::ALL.iter().copied().find(|code| code.as_str() == name).ok_or_else(|| UnknownCode {
            name: name.to_owned(),
            near: nearest(name, Self::ALL.iter().map(|code| code.as_str())),
        })
    }
}

/// No problem has the code.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no problem has the code `{name}`{}", .near.map_or_else(String::new, |near| format!(": did you mean `{near}`?")))]
#[non_exhaustive]
pub struct UnknownCode {
    /// As asked for.
    pub name: String,
    /// The nearest code.
    pub near: Option<&'static str>,
}

codes! {
    // Any text.
    NotUtf8 = "not-utf8",
    InvalidYaml = "invalid-yaml",
    DuplicateKey = "duplicate-key",
    OverLimit = "over-limit",
    TooManyProblems = "too-many-problems",
    WrongDocument = "wrong-document",
    UnknownField = "unknown-field",
    MissingField = "missing-field",
    WrongType = "wrong-type",
    // Metamodels.
    DuplicateName = "duplicate-name",
    InvalidName = "invalid-name",
    // Models.
    InvalidId = "invalid-id",
    DuplicateId = "duplicate-id",
    DanglingReference = "dangling-reference",
    WrongKind = "wrong-kind",
    UnknownValue = "unknown-value",
    InvalidDate = "invalid-date",
    OutOfRange = "out-of-range",
    SecondTarget = "second-target",
    LinkConflict = "link-conflict",
    MissingProperty = "missing-property",
    // Packs and expressions.
    Syntax = "syntax",
    Unsupported = "unsupported",
    UnknownName = "unknown-name",
    UnknownKind = "unknown-kind",
    UnknownFunction = "unknown-function",
    WrongArguments = "wrong-arguments",
    TypeMismatch = "type-mismatch",
    ImpossibleState = "impossible-state",
    DefinitionCircle = "definition-circle",
    InvalidParameter = "invalid-parameter",
    UnknownReference = "unknown-reference",
    // Warnings of packs and expressions.
    UnusedDefinition = "unused-definition",
    ConstantCondition = "constant-condition",
    SelfComparison = "self-comparison",
    ShadowedName = "shadowed-name",
}
