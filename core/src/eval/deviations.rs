//! Comply or explain: which recorded deviation covers a rule's verdict on an element.
//!
//! One function decides, and everything that needs to know asks it.

use crate::model::{Deviation, ElementIdx, Model};
use crate::typing::TypedRule;
use crate::value::Timestamp;

/// The deviation that covers the rule for the element at the date, by position; the first of several.
pub(crate) fn covering(
    model: &Model,
    rule: &TypedRule,
    element: Option<ElementIdx>,
    date: Timestamp,
) -> Option<usize> {
    if !rule.waivable {
        return None;
    }
    let id = model.id_of(element?);
    model.deviations().iter().position(|deviation| {
        names_rule(deviation, rule)
            && is_in_force(deviation, date)
            && deviation.elements.iter().any(|e| e == id)
    })
}

/// Whether the deviation is about the rule, by its bare or full id.
pub(crate) fn names_rule(deviation: &Deviation, rule: &TypedRule) -> bool {
    deviation.rule == rule.id || deviation.rule == rule.full_id
}

/// Whether it still holds: its last day is today or later, or it has none.
pub(crate) fn is_in_force(deviation: &Deviation, date: Timestamp) -> bool {
    deviation.until.is_none_or(|until| until.days() >= date.days())
}
