//! What was done, so that it can be undone.

use super::affected::Touch;
use crate::model::{Change, Model};
use crate::value::Date;

/// One step of an edit.
#[derive(Debug, Clone)]
pub(super) enum Step {
    Change(Change),
    /// Sets the date of the check.
    Date(Date),
    /// Goes on with another model.
    Model(Model),
}

/// Steps to be made, and all that they touch.
#[derive(Debug, Default)]
pub(super) struct Plan {
    pub(super) steps: Vec<Step>,
    pub(super) touches: Vec<Touch>,
}

/// Steps that were made together.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    pub(super) forward: Vec<Step>,
    /// Those that take them back, in the order in which they are to be made.
    pub(super) back: Vec<Step>,
    pub(super) touches: Vec<Touch>,
}

/// Invariant: the last entry of `done` leads to the model as it is, the last of `undone` from it.
#[derive(Debug, Clone, Default)]
pub(super) struct History {
    pub(super) done: Vec<Entry>,
    pub(super) undone: Vec<Entry>,
}
