//! Edits of a model, as people and programs name them: by ids and names, with values as in documents.

pub(crate) mod change;
mod error;
pub(crate) mod lower;
mod value;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

pub use self::error::{EditError, EditProblem};
use crate::value::Date;

/// One edit of what a [`Session`](crate::Session) holds.
///
/// Its JSON form is an object that says in `edit` what is done; values are written as in model
/// documents:
///
/// ```json
/// {"edit": "put", "kind": "Role", "id": "sponsor", "fields": {"role_type": "commissioner"}}
/// {"edit": "remove", "id": "sponsor"}
/// {"edit": "set", "id": "klimaat", "field": "phase", "value": "deliver"}
/// {"edit": "clear", "id": "klimaat", "field": "phase"}
/// {"edit": "link", "from": "sponsor", "relation": "held_by", "to": "jansen", "properties": {"fte": 0.2}}
/// {"edit": "unlink", "from": "sponsor", "relation": "held_by", "to": "jansen", "valid_from": "2026-01-01"}
/// {"edit": "open", "kind": "LearningActivity"}
/// {"edit": "close", "kind": "LearningActivity"}
/// {"edit": "deviate", "rule": "goal-owned", "elements": ["co2"], "reason": "Shared for now", "until": "2026-12-31"}
/// {"edit": "withdraw", "rule": "goal-owned", "elements": ["co2"]}
/// {"edit": "date", "at": "2026-07-01"}
/// ```
///
/// ```
/// use spelregel::Edit;
/// let edit: Edit = serde_json::from_str(r#"{"edit": "remove", "id": "sponsor"}"#)?;
/// assert_eq!(edit, Edit::remove("sponsor"));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "edit", rename_all = "snake_case", deny_unknown_fields)]
#[non_exhaustive]
pub enum Edit {
    /// Adds an element, or replaces the own fields of the one with that id: what isn't given is
    /// forgotten, and its links stay.
    Put {
        /// The kind, as rules name it.
        kind: String,
        /// The id.
        id: String,
        /// Its properties by name.
        #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
        fields: BTreeMap<String, Json>,
    },
    /// Takes an element away, and its links with it.
    Remove {
        /// The id.
        id: String,
    },
    /// Records a property of an element.
    Set {
        /// The id.
        id: String,
        /// The property.
        field: String,
        /// Its value; `null` forgets what is recorded.
        value: Json,
    },
    /// Forgets a property of an element, whether or not anything is recorded.
    Clear {
        /// The id.
        id: String,
        /// The property.
        field: String,
    },
    /// Links two elements, as if a document said so once more: a link that is there already stays as it
    /// is, and one without properties says nothing that others between the same two don't.
    Link {
        /// The element at which the relation is read.
        from: String,
        /// The relation, or the inverse of one.
        relation: String,
        /// The element at the far end.
        to: String,
        /// Properties of the link by name.
        #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
        properties: BTreeMap<String, Json>,
    },
    /// Takes the links of a relation between two elements away: all of them, or those with the given
    /// `valid_from`.
    Unlink {
        /// The element at which the relation is read.
        from: String,
        /// The relation, or the inverse of one.
        relation: String,
        /// The element at the far end.
        to: String,
        /// Only links that hold from that day.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        valid_from: Option<Date>,
    },
    /// Says that the model does not record a kind completely.
    Open {
        /// The kind.
        kind: String,
    },
    /// Says that the model records a kind completely.
    Close {
        /// The kind.
        kind: String,
    },
    /// Records a deviation: comply or explain.
    Deviate {
        /// The rule's bare or full id.
        rule: String,
        /// The ids of the elements that it covers, or from which its path starts.
        elements: Vec<String>,
        /// Leads to the elements that it covers, where those are not named themselves.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        path: Option<String>,
        /// Why.
        reason: String,
        /// Who decided so.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        decided_by: Option<String>,
        /// The last day on which it holds.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        until: Option<Date>,
    },
    /// Takes the deviations from a rule away that name exactly these elements, and this path or none.
    Withdraw {
        /// The rule's id, as the deviation writes it.
        rule: String,
        /// The ids, in any order.
        elements: Vec<String>,
        /// The path, as the deviation writes it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        path: Option<String>,
    },
    /// Sets the date of the check.
    Date {
        /// The date.
        at: Date,
    },
}

impl Edit {
    /// Adds or replaces an element; [`with`](Self::with) gives it fields.
    ///
    /// ```
    /// use spelregel::Edit;
    /// let edit = Edit::put("Role", "sponsor").with("role_type", "commissioner");
    /// assert_eq!(
    ///     serde_json::to_string(&edit)?,
    ///     r#"{"edit":"put","kind":"Role","id":"sponsor","fields":{"role_type":"commissioner"}}"#
    /// );
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub fn put(kind: impl Into<String>, id: impl Into<String>) -> Self {
        Self::Put { kind: kind.into(), id: id.into(), fields: BTreeMap::new() }
    }

    /// The same with one more field of the element, or property of the link. Other edits have none.
    #[must_use]
    pub fn with(mut self, name: impl Into<String>, value: impl Into<Json>) -> Self {
        if let Self::Put { fields, .. } | Self::Link { properties: fields, .. } = &mut self {
            fields.insert(name.into(), value.into());
        }
        self
    }

    /// Takes an element away, and its links with it.
    pub fn remove(id: impl Into<String>) -> Self {
        Self::Remove { id: id.into() }
    }

    /// Records a property of an element.
    pub fn set(id: impl Into<String>, field: impl Into<String>, value: impl Into<Json>) -> Self {
        Self::Set { id: id.into(), field: field.into(), value: value.into() }
    }

    /// Forgets a property of an element.
    pub fn clear(id: impl Into<String>, field: impl Into<String>) -> Self {
        Self::Clear { id: id.into(), field: field.into() }
    }

    /// Links two elements; [`with`](Self::with) gives the link properties.
    pub fn link(
        from: impl Into<String>,
        relation: impl Into<String>,
        to: impl Into<String>,
    ) -> Self {
        Self::Link {
            from: from.into(),
            relation: relation.into(),
            to: to.into(),
            properties: BTreeMap::new(),
        }
    }

    /// Takes all links of a relation between two elements away.
    pub fn unlink(
        from: impl Into<String>,
        relation: impl Into<String>,
        to: impl Into<String>,
    ) -> Self {
        Self::Unlink {
            from: from.into(),
            relation: relation.into(),
            to: to.into(),
            valid_from: None,
        }
    }

    /// Says that the model does not record a kind completely.
    pub fn open(kind: impl Into<String>) -> Self {
        Self::Open { kind: kind.into() }
    }

    /// Says that the model records a kind completely.
    pub fn close(kind: impl Into<String>) -> Self {
        Self::Close { kind: kind.into() }
    }

    /// Sets the date of the check.
    pub fn date(at: Date) -> Self {
        Self::Date { at }
    }
}
