//! Edits that make no sense, as data.

use crate::diagnostic::{Code, Diagnostic, shown};
use crate::value::Date;

/// Why edits were refused: nothing has changed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}{problem}", place(*position))]
#[non_exhaustive]
pub struct EditError {
    /// Which of the edits can't be made, counted from 0.
    pub position: usize,
    /// What is wrong with it.
    pub problem: Box<EditProblem>,
}

impl EditError {
    /// The refusal as a diagnostic, which has no place in a text.
    ///
    /// ```
    /// use spelregel::{Code, Edit, Metamodel, Model, Options, RuleSet, Session, Settings};
    /// let rules = RuleSet::compile(&Metamodel::standard(), [], &Settings::default())?;
    /// let model = Model::load(rules.metamodel(), [])?;
    /// let mut live = Session::new(rules, model, Options::at("2026-06-01".parse()?));
    /// let refused = live.apply([Edit::remove("sponsor")]).err().ok_or("made sense")?;
    /// assert_eq!(refused.to_diagnostic().code, Code::UnknownReference);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn to_diagnostic(&self) -> Diagnostic {
        Diagnostic::placeless(self.problem.code(), self.to_string())
    }
}

impl EditProblem {
    /// What loading calls a problem of the same sort.
    fn code(&self) -> Code {
        match self {
            Self::NoElement { .. } | Self::NoLink { .. } | Self::NoDeviation { .. } => {
                Code::UnknownReference
            }
            Self::NoKind { .. } => Code::UnknownKind,
            Self::NoField { .. }
            | Self::IsRelation { .. }
            | Self::NoRelation { .. }
            | Self::NoLinkField { .. } => Code::UnknownField,
            Self::InvalidId { .. } | Self::FixedId { .. } => Code::InvalidId,
            Self::OtherKind { .. } | Self::WrongKind { .. } => Code::WrongKind,
            Self::WrongValue { .. } => Code::UnknownValue,
            Self::SecondTarget { .. } => Code::SecondTarget,
            Self::OverLimit { .. } => Code::OverLimit,
            Self::OtherMetamodel => Code::WrongDocument,
        }
    }
}

/// The first of several edits, and the only one, need no number.
fn place(position: usize) -> String {
    if position == 0 { String::new() } else { format!("edit {}: ", position + 1) }
}

/// What is wrong with an edit.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum EditProblem {
    /// No element has the id.
    #[error("there is no element `{}`{}", shown(.id), did_you_mean(.near.as_ref()))]
    #[non_exhaustive]
    NoElement {
        /// As given.
        id: String,
        /// The nearest id.
        near: Option<String>,
    },
    /// The metamodel has no such kind.
    #[error("there is no kind `{}`{}", shown(.kind), did_you_mean(.near.as_ref()))]
    #[non_exhaustive]
    NoKind {
        /// As given.
        kind: String,
        /// The nearest kind.
        near: Option<String>,
    },
    /// The kind has no such property.
    #[error("the kind `{kind}` has no property `{}`{}", shown(.field), did_you_mean(.near.as_ref()))]
    #[non_exhaustive]
    NoField {
        /// The kind.
        kind: String,
        /// As given.
        field: String,
        /// The nearest property.
        near: Option<String>,
    },
    /// A relation was given where a property is wanted.
    #[error("`{relation}` is a relation: link and unlink its elements")]
    #[non_exhaustive]
    IsRelation {
        /// The relation.
        relation: String,
    },
    /// The kind has no such relation.
    #[error("the kind `{kind}` has no relation `{}`{}", shown(.relation), did_you_mean(.near.as_ref()))]
    #[non_exhaustive]
    NoRelation {
        /// The kind of the element at which it is read.
        kind: String,
        /// As given.
        relation: String,
        /// The nearest relation.
        near: Option<String>,
    },
    /// Links of the relation have no such property.
    #[error("a link of `{relation}` has no property `{}`{}", shown(.field), did_you_mean(.near.as_ref()))]
    #[non_exhaustive]
    NoLinkField {
        /// The relation.
        relation: String,
        /// As given.
        field: String,
        /// The nearest property.
        near: Option<String>,
    },
    /// The text can't be an id.
    #[error("`{}` can't be an id{}", shown(.id), did_you_mean(.near.as_ref()))]
    #[non_exhaustive]
    InvalidId {
        /// As given.
        id: String,
        /// The nearest id.
        near: Option<String>,
    },
    /// An element's id and kind stay what they are.
    #[error("the id of `{id}` can't be changed: put another element and remove this one")]
    #[non_exhaustive]
    FixedId {
        /// The element.
        id: String,
    },
    /// The element with that id is of another kind.
    #[error("`{id}` is of the kind `{found}`, not `{kind}`: remove it first")]
    #[non_exhaustive]
    OtherKind {
        /// The element.
        id: String,
        /// The kind given.
        kind: String,
        /// The kind that it is of.
        found: String,
    },
    /// The relation doesn't lead to elements of that kind.
    #[error(
        "`{relation}` of the kind `{kind}` leads to {}, and `{to}` is of the kind `{found}`",
        .targets.join(" or ")
    )]
    #[non_exhaustive]
    WrongKind {
        /// The relation, as it is read.
        relation: String,
        /// The kind of the element at which it is read.
        kind: String,
        /// The element at the far end.
        to: String,
        /// Its kind.
        found: String,
        /// The kinds to which the relation leads.
        targets: Vec<String>,
    },
    /// The property can't have that value.
    #[error("{problem}{}", did_you_mean(.near.as_ref()))]
    #[non_exhaustive]
    WrongValue {
        /// The property.
        field: String,
        /// What is wrong.
        problem: String,
        /// The nearest value.
        near: Option<String>,
    },
    /// No link of the relation joins the two.
    #[error(
        "`{from}` is not linked to `{to}` by `{relation}`{}",
        .valid_from.map_or_else(String::new, |from| format!(" from {from}"))
    )]
    #[non_exhaustive]
    NoLink {
        /// The element at which the relation is read.
        from: String,
        /// The relation.
        relation: String,
        /// The element at the far end.
        to: String,
        /// The first day that was asked for.
        valid_from: Option<Date>,
    },
    /// The relation leads to one element at a time.
    #[error("`{from}` has a `{relation}` already, `{to}`, and can have one at a time")]
    #[non_exhaustive]
    SecondTarget {
        /// The element that the relation is declared for.
        from: String,
        /// The relation.
        relation: String,
        /// The element to which it leads now.
        to: String,
    },
    /// No deviation from the rule names exactly these elements and has that path.
    #[error("no such deviation from `{rule}` names {}", .elements.join(", "))]
    #[non_exhaustive]
    NoDeviation {
        /// The rule, as given.
        rule: String,
        /// The elements, as given.
        elements: Vec<String>,
    },
    /// There would be more than a model may hold.
    #[error("more than {limit} {what}")]
    #[non_exhaustive]
    OverLimit {
        /// Of what: `elements`, `bytes in a text` and so on.
        what: &'static str,
        /// How many there may be.
        limit: usize,
    },
    /// The model was loaded with another metamodel than the one at hand.
    #[error("the model was loaded with another metamodel than that of the rules")]
    OtherMetamodel,
}

fn did_you_mean(near: Option<&String>) -> String {
    near.map_or_else(String::new, |near| format!(": did you mean `{near}`?"))
}
