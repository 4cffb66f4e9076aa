//! What libraries hand over besides whole documents.

use schemars::JsonSchema;
use serde::Serialize;

use crate::calendar::Calendar;
use crate::diagnostic::ProblemJson;
use crate::editor::{Completion, Hover};
use crate::explain::Outline;
use crate::model::Edit;
use crate::notes::{ElementNote, KindNote, PackNote, RuleNote};
use crate::session::Delta;

/// An object with one of each.
#[derive(Serialize, JsonSchema)]
pub(super) struct Exchange {
    /// An edit of a session's model.
    edit: Edit,
    /// What edits changed.
    delta: Delta,
    /// A problem in a text.
    diagnostic: ProblemJson<'static>,
    /// What could stand at a place.
    completion: Completion,
    /// What stands at a place.
    hover: Hover,
    /// What a rule asks.
    outline: Outline,
    /// What time alone will change.
    calendar: Calendar,
    /// A kind.
    kind: KindNote,
    /// An element.
    element: ElementNote,
    /// A pack.
    pack: PackNote,
    /// A rule.
    rule: RuleNote,
}
