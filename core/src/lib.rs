//! Governance rules for change programmes, evaluated on a typed dependency graph.

// Layer 1: words for everything else.
mod diagnostic;
mod digest;
mod form;
mod index;
mod json;
mod limits;
mod place;
mod sort;
mod source;
mod suggest;
mod text;
mod value;
mod yaml;

// Layer 2: vocabulary.
mod metamodel;

// Layer 3: the model.
#[cfg(feature = "archimate")]
pub mod archimate;
mod model;
pub mod tables;

// Layer 4: rules as written.
mod cel;
mod pack;
mod path;
mod template;

// Layer 5: rules checked.
mod hir;
mod settings;
mod typing;

// Layer 6: rules compiled.
mod plan;

// Layer 7: judging.
mod eval;
mod examples;
mod options;

// Layer 8: telling.
mod calendar;
mod explain;
#[cfg(feature = "picture")]
mod picture;
pub mod report;

// Layer 9: the doors.
mod check;
mod editor;
mod expression;
mod notes;
#[cfg(feature = "schema")]
pub mod schema;
mod session;

pub use crate::calendar::{Calendar, Turn};
pub use crate::check::Answer;
pub use crate::diagnostic::{
    Code, Colour, Diagnostic, Diagnostics, Help, Label, Level, UnknownCode,
};
pub use crate::editor::{Completion, CompletionKind, Editor, Hover};
pub use crate::eval::{Judged, Verdict, Verdicts};
pub use crate::examples::{ExampleResult, ExpectedVerdict, RuleCoverage, TestReport, UntestedPart};
pub use crate::explain::{ExplainError, Explanation, Outline, Part, PartKind, PartValue};
pub use crate::expression::{Evaluated, Expression};
pub use crate::limits::Limits;
pub use crate::metamodel::{Kind, Metamodel};
#[cfg(feature = "petgraph")]
pub use crate::model::graph;
pub use crate::model::{Edit, EditError, EditProblem, Element, Model};
pub use crate::notes::{ElementNote, KindNote, PackNote, RuleNote};
pub use crate::options::{InvalidOptions, Options};
pub use crate::pack::{Pack, Severity};
#[cfg(feature = "picture")]
pub use crate::picture::{Look, Picture, PictureError, Theme};
pub use crate::plan::{Meaning, Rule, RuleSet, UnknownRule};
pub use crate::report::Report;
pub use crate::session::{Delta, Session};
pub use crate::settings::Settings;
pub use crate::source::{Position, Source, Span};
pub use crate::text::{Language, Text, UnknownLanguage};
pub use crate::value::{Date, InvalidDate};

#[doc(hidden)]
pub use crate::typing::function_signatures;
