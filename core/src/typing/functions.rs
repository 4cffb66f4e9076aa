//! The one table of functions: names, arguments and results.

use crate::value::Type;

/// What stands for a type in a signature.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Pattern {
    Bool,
    Int,
    Double,
    Text,
    Timestamp,
    Duration,
    /// Any type, the same one throughout the signature.
    A,
    /// Any ordered type, the same one throughout the signature.
    Ordered,
    /// Int or double, the same one throughout the signature.
    Number,
    Enum,
    List(&'static Pattern),
    Optional(&'static Pattern),
    /// A map with keys and values of any type.
    Map,
}

/// How a function is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// `f(a, b)`
    Global,
    /// `a.f(b)`: the receiver is the first argument.
    Method,
    /// `space.f(a)`
    Namespaced(&'static str),
}

/// A function with one of its signatures.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Signature {
    pub(crate) name: &'static str,
    pub(crate) form: Form,
    pub(crate) args: &'static [Pattern],
    pub(crate) result: Pattern,
    pub(crate) function: Function,
}

macro_rules! functions {
    ($($name:ident { $($form:ident $(($space:literal))? $text:literal ($($arg:expr),*) -> $result:expr;)+ })*) => {
        /// What a call computes, whatever its arguments' types.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub(crate) enum Function { $($name,)* }

        /// Every function with every signature.
        pub(crate) const FUNCTIONS: &[Signature] = &[$($(Signature {
            name: $text,
            form: Form::$form $(($space))?,
            args: &[$($arg),*],
            result: $result,
            function: Function::$name,
        },)+)*];
    };
}

impl Function {
    /// Whether it has a value for all arguments that typing lets it have, and where it yields a member of one, one
    /// that is there. (Of `min` and `max` of nothing nothing is known.)
    pub(crate) fn is_total(self) -> bool {
        matches!(
            self,
            Self::Size
                | Self::Distinct
                | Self::Flatten
                | Self::Reverse
                | Self::First
                | Self::Last
                | Self::SetsContains
                | Self::SetsEquivalent
                | Self::SetsIntersects
                | Self::SetsUnion
                | Self::SetsIntersection
                | Self::SetsDifference
                | Self::OptionalOf
                | Self::OptionalOfNonZero
                | Self::OptionalNone
                | Self::HasValue
                | Self::OptionalValue
                | Self::OptionalOr
                | Self::OrValue
                | Self::StartsWith
                | Self::EndsWith
                | Self::Contains
                | Self::LowerAscii
                | Self::UpperAscii
                | Self::Trim
                | Self::ReverseText
                | Self::Quote
                | Self::Split
                | Self::ToText
                | Self::FullYear
                | Self::Month
                | Self::DayOfMonth
                | Self::DateOfMonth
                | Self::DayOfWeek
                | Self::DayOfYear
                | Self::Hours
                | Self::Minutes
                | Self::Seconds
                | Self::Milliseconds
                | Self::Sign
                | Self::Ceil
                | Self::Floor
                | Self::Round
                | Self::Trunc
                | Self::Sqrt
                | Self::IsNan
                | Self::IsInf
                | Self::IsFinite
        )
    }
}

use Pattern::{
    A, Bool, Double, Duration, Enum, Int, List, Map, Number, Optional, Ordered, Text, Timestamp,
};

functions! {
    Size {
        Global "size" (List(&A)) -> Int; Method "size" (List(&A)) -> Int;
        Global "size" (Text) -> Int; Method "size" (Text) -> Int;
        Global "size" (Map) -> Int; Method "size" (Map) -> Int; }
    // Dates.
    Date { Global "date" (Text) -> Timestamp; }
    Days { Global "days" (Int) -> Duration; }
    ToTimestamp {
        Global "timestamp" (Text) -> Timestamp; Global "timestamp" (Int) -> Timestamp;
        Global "timestamp" (Timestamp) -> Timestamp; }
    ToDuration { Global "duration" (Text) -> Duration; Global "duration" (Duration) -> Duration; }
    FullYear { Method "getFullYear" (Timestamp) -> Int; }
    Month { Method "getMonth" (Timestamp) -> Int; }
    DayOfMonth { Method "getDayOfMonth" (Timestamp) -> Int; }
    DateOfMonth { Method "getDate" (Timestamp) -> Int; }
    DayOfWeek { Method "getDayOfWeek" (Timestamp) -> Int; }
    DayOfYear { Method "getDayOfYear" (Timestamp) -> Int; }
    Hours { Method "getHours" (Timestamp) -> Int; Method "getHours" (Duration) -> Int; }
    Minutes { Method "getMinutes" (Timestamp) -> Int; Method "getMinutes" (Duration) -> Int; }
    Seconds { Method "getSeconds" (Timestamp) -> Int; Method "getSeconds" (Duration) -> Int; }
    Milliseconds { Method "getMilliseconds" (Timestamp) -> Int; Method "getMilliseconds" (Duration) -> Int; }
    // Conversions.
    ToInt {
        Global "int" (Int) -> Int; Global "int" (Double) -> Int; Global "int" (Text) -> Int;
        Global "int" (Timestamp) -> Int; }
    ToDouble { Global "double" (Double) -> Double; Global "double" (Int) -> Double; Global "double" (Text) -> Double; }
    ToBool { Global "bool" (Bool) -> Bool; Global "bool" (Text) -> Bool; }
    ToText {
        Global "string" (Text) -> Text; Global "string" (Int) -> Text; Global "string" (Double) -> Text;
        Global "string" (Bool) -> Text; Global "string" (Timestamp) -> Text; Global "string" (Duration) -> Text;
        Global "string" (Enum) -> Text; }
    // Strings.
    StartsWith { Method "startsWith" (Text, Text) -> Bool; }
    EndsWith { Method "endsWith" (Text, Text) -> Bool; }
    Contains { Method "contains" (Text, Text) -> Bool; }
    Matches { Method "matches" (Text, Text) -> Bool; Global "matches" (Text, Text) -> Bool; }
    LowerAscii { Method "lowerAscii" (Text) -> Text; }
    UpperAscii { Method "upperAscii" (Text) -> Text; }
    Trim { Method "trim" (Text) -> Text; }
    CharAt { Method "charAt" (Text, Int) -> Text; }
    IndexOf { Method "indexOf" (Text, Text) -> Int; Method "indexOf" (Text, Text, Int) -> Int; }
    LastIndexOf { Method "lastIndexOf" (Text, Text) -> Int; Method "lastIndexOf" (Text, Text, Int) -> Int; }
    Replace { Method "replace" (Text, Text, Text) -> Text; Method "replace" (Text, Text, Text, Int) -> Text; }
    Split { Method "split" (Text, Text) -> List(&Text); Method "split" (Text, Text, Int) -> List(&Text); }
    Join { Method "join" (List(&Text)) -> Text; Method "join" (List(&Text), Text) -> Text; }
    Substring { Method "substring" (Text, Int) -> Text; Method "substring" (Text, Int, Int) -> Text; }
    ReverseText { Method "reverse" (Text) -> Text; }
    Quote { Namespaced("strings") "quote" (Text) -> Text; }
    // Numbers. `greatest` and `least` also take any number of arguments, which typing folds.
    Greatest { Namespaced("math") "greatest" (Number, Number) -> Number; Namespaced("math") "greatest" (List(&Number)) -> Number; }
    Least { Namespaced("math") "least" (Number, Number) -> Number; Namespaced("math") "least" (List(&Number)) -> Number; }
    Abs { Namespaced("math") "abs" (Number) -> Number; }
    Sign { Namespaced("math") "sign" (Number) -> Number; }
    Ceil { Namespaced("math") "ceil" (Double) -> Double; }
    Floor { Namespaced("math") "floor" (Double) -> Double; }
    Round { Namespaced("math") "round" (Double) -> Double; }
    Trunc { Namespaced("math") "trunc" (Double) -> Double; }
    Sqrt { Namespaced("math") "sqrt" (Double) -> Double; Namespaced("math") "sqrt" (Int) -> Double; }
    IsNan { Namespaced("math") "isNaN" (Double) -> Bool; }
    IsInf { Namespaced("math") "isInf" (Double) -> Bool; }
    IsFinite { Namespaced("math") "isFinite" (Double) -> Bool; }
    // Lists.
    Sum { Method "sum" (List(&Number)) -> Number; Method "sum" (List(&Duration)) -> Duration; }
    Min { Method "min" (List(&Ordered)) -> Ordered; }
    Max { Method "max" (List(&Ordered)) -> Ordered; }
    Distinct { Method "distinct" (List(&A)) -> List(&A); }
    Flatten { Method "flatten" (List(&List(&A))) -> List(&A); }
    Sort { Method "sort" (List(&Ordered)) -> List(&Ordered); }
    Slice { Method "slice" (List(&A), Int, Int) -> List(&A); }
    First { Method "first" (List(&A)) -> Optional(&A); }
    Last { Method "last" (List(&A)) -> Optional(&A); }
    Reverse { Method "reverse" (List(&A)) -> List(&A); }
    SetsContains { Namespaced("sets") "contains" (List(&A), List(&A)) -> Bool; }
    SetsEquivalent { Namespaced("sets") "equivalent" (List(&A), List(&A)) -> Bool; }
    SetsIntersects { Namespaced("sets") "intersects" (List(&A), List(&A)) -> Bool; }
    SetsUnion { Namespaced("sets") "union" (List(&A), List(&A)) -> List(&A); }
    SetsIntersection { Namespaced("sets") "intersection" (List(&A), List(&A)) -> List(&A); }
    SetsDifference { Namespaced("sets") "difference" (List(&A), List(&A)) -> List(&A); }
    // Optionals.
    OptionalOf { Namespaced("optional") "of" (A) -> Optional(&A); }
    OptionalOfNonZero { Namespaced("optional") "ofNonZeroValue" (A) -> Optional(&A); }
    OptionalNone { Namespaced("optional") "none" () -> Optional(&A); }
    HasValue { Method "hasValue" (Optional(&A)) -> Bool; }
    OptionalValue { Method "value" (Optional(&A)) -> A; }
    OptionalOr { Method "or" (Optional(&A), Optional(&A)) -> Optional(&A); }
    OrValue { Method "orValue" (Optional(&A), A) -> A; }
}

/// The names that are macros: typing gives them their own rules.
pub(crate) const MACROS: &[&str] =
    &["has", "all", "exists", "exists_one", "filter", "map", "sortBy", "is", "of", "with_history"];

/// The namespaces that functions live in, `cel` for its macro `bind`.
pub(crate) const NAMESPACES: &[&str] = &["math", "sets", "optional", "strings", "cel"];

/// What other languages call a function or macro, and what it is called here.
pub(crate) const ELSEWHERE: &[(&str, &str)] = &[
    ("any", "exists"),
    ("count", "size"),
    ("every", "all"),
    ("len", "size"),
    ("length", "size"),
    ("lower", "lowerAscii"),
    ("select", "map"),
    ("some", "exists"),
    ("strip", "trim"),
    ("toLowerCase", "lowerAscii"),
    ("toUpperCase", "upperAscii"),
    ("upper", "upperAscii"),
    ("where", "filter"),
];

/// The types that CEL has as values too, by the names by which expressions can't mean anything else.
pub(crate) const TYPE_VALUES: &[&str] = &[
    "bool",
    "bytes",
    "double",
    "int",
    "list",
    "map",
    "null_type",
    "optional_type",
    "string",
    "type",
    "uint",
];

/// Parts of CEL that exist elsewhere and not here: name, and what to say.
pub(crate) const LEFT_OUT: &[(&str, &str)] = &[
    ("bytes", "bytes are not part of this language"),
    ("uint", "unsigned integers are not part of this language: use int"),
    ("dyn", "every expression has one type here: `dyn` is left out"),
    ("type", "types are checked when the pack loads: `type()` is left out"),
    ("format", "`format` is not supported yet: join texts with `+` and `string()`"),
    ("optMap", "`optMap` is not supported yet: use `.hasValue()` and `.value()`"),
    ("optFlatMap", "`optFlatMap` is not supported yet: use `.hasValue()` and `.value()`"),
    ("transformList", "comprehensions with two variables are not supported yet"),
    ("transformMap", "comprehensions with two variables are not supported yet"),
    ("transformMapEntry", "comprehensions with two variables are not supported yet"),
    ("existsOne", "write `exists_one`"),
    ("bitAnd", "bit operations are not supported yet"),
    ("bitOr", "bit operations are not supported yet"),
    ("bitXor", "bit operations are not supported yet"),
    ("bitNot", "bit operations are not supported yet"),
    ("bitShiftLeft", "bit operations are not supported yet"),
    ("bitShiftRight", "bit operations are not supported yet"),
    ("encode", "encoders are not supported yet"),
    ("decode", "encoders are not supported yet"),
    ("now", "rules have no clock: use `today`"),
];

/// Whether a type has an order that `<`, `sort`, `min` and `max` can use. Enumerations are asked apart.
pub(crate) fn is_ordered(ty: &Type) -> bool {
    matches!(
        ty,
        Type::Never
            | Type::Bool
            | Type::Int
            | Type::Double
            | Type::Text
            | Type::Timestamp
            | Type::Duration
    )
}
