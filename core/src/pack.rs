//! Rule packs as written: definitions, paths, parameters and rules, with their places.

pub(crate) mod form;
pub(crate) mod load;
mod write;

use std::sync::{Arc, OnceLock};

use crate::cel::ast::Ast;
use crate::path::Path;
use crate::source::scalar::ScalarMap;
use crate::source::{Source, Span};
use crate::template::Template;
use crate::text::{Language, Text};
use crate::yaml::Node;

/// A pack of rules, as written and parsed but not yet typed. Cheap to clone.
///
/// Made by [`Pack::load`]; typed and compiled by [`RuleSet::compile`](crate::RuleSet::compile).
#[derive(Debug, Clone)]
pub struct Pack(pub(crate) Arc<PackText>);

/// The contents of a pack.
#[derive(Debug)]
pub(crate) struct PackText {
    pub(crate) source: Source,
    pub(crate) id: Spanned<String>,
    pub(crate) version: String,
    pub(crate) title: Text,
    /// Where the pack's rules come from.
    pub(crate) origin: Text,
    pub(crate) uses: Vec<Spanned<String>>,
    pub(crate) parameters: Vec<Parameter>,
    pub(crate) definitions: Vec<Definition>,
    pub(crate) paths: Vec<NamedPath>,
    pub(crate) rules: Vec<Rule>,
    /// Made when it is asked for.
    pub(crate) digest: OnceLock<String>,
}

/// Something written, and where in the pack's source.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Spanned<T> {
    pub(crate) value: T,
    pub(crate) span: Span,
}

/// An expression with what it takes to point into it.
#[derive(Debug, Clone)]
pub(crate) struct Expression {
    /// The decoded text that the tree's spans count in.
    pub(crate) text: String,
    pub(crate) ast: Ast,
    /// From offsets in `text` to offsets in the pack's source.
    pub(crate) map: ScalarMap,
}

/// A value that an organisation may override: `longest_silence: {type: duration, default: 180d}`.
#[derive(Debug)]
pub(crate) struct Parameter {
    pub(crate) name: Spanned<String>,
    pub(crate) type_text: Spanned<String>,
    /// As written; typing reads it by the type.
    pub(crate) default: Node,
    pub(crate) label: Text,
}

/// `Programme.seats(t: RoleType): self.has_role…`
#[derive(Debug)]
pub(crate) struct Definition {
    pub(crate) kind: Spanned<String>,
    pub(crate) name: Spanned<String>,
    /// `None` where it takes no list of arguments at all.
    pub(crate) arguments: Option<Vec<Argument>>,
    pub(crate) body: Expression,
}

/// `t: RoleType`
#[derive(Debug)]
pub(crate) struct Argument {
    pub(crate) name: Spanned<String>,
    pub(crate) type_text: Spanned<String>,
}

/// `Project.feeds: builds/enables`
#[derive(Debug)]
pub(crate) struct NamedPath {
    pub(crate) kind: Spanned<String>,
    pub(crate) name: Spanned<String>,
    pub(crate) text: String,
    pub(crate) path: Path,
    pub(crate) map: ScalarMap,
}

/// How bad it is when a rule fails.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Good practice.
    Advice,
    /// Solve or explain.
    Warning,
    /// Do not take the next gate before it is solved.
    Error,
}

impl Severity {
    /// From the worst.
    pub const ALL: [Self; 3] = [Self::Error, Self::Warning, Self::Advice];

    /// As documents write it: `error`, `warning`, `advice`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Advice => "advice",
        }
    }
}

/// A rule as written.
#[derive(Debug)]
pub(crate) struct Rule {
    pub(crate) id: Spanned<String>,
    pub(crate) title: Text,
    /// Kinds, or `Model`.
    pub(crate) each: Vec<Spanned<String>>,
    pub(crate) from: Option<Spanned<String>>,
    pub(crate) gate: Option<Spanned<String>>,
    pub(crate) lets: Vec<(Spanned<String>, Expression)>,
    pub(crate) when: Option<Expression>,
    pub(crate) require: Expression,
    pub(crate) severity: Severity,
    /// Whether deviations may waive it.
    pub(crate) waivable: bool,
    pub(crate) message: Vec<(Language, Template)>,
    pub(crate) why: Text,
    pub(crate) remedy: Text,
    pub(crate) source: Text,
    pub(crate) tags: Vec<String>,
    pub(crate) examples: Vec<Example>,
}

/// A test of a rule: a small model and the verdicts expected on it.
#[derive(Debug)]
pub(crate) struct Example {
    pub(crate) name: Option<String>,
    pub(crate) at: Spanned<String>,
    pub(crate) gate: Option<Spanned<String>>,
    /// A model document, as a tree of the pack's own text.
    pub(crate) model: Node,
    /// Element id to verdict; elements not named are expected to be not applicable.
    pub(crate) expect: Vec<(Spanned<String>, Spanned<String>)>,
    pub(crate) span: Span,
}
