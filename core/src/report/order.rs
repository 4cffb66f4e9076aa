//! The order of findings.

use std::cmp::{Ordering, Reverse};

use crate::eval::Verdict;
use crate::model::ElementIdx;
use crate::pack::Severity;

/// What decides where a finding stands in a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Place {
    /// The first programme of the element, in model order; `None`: it belongs to none.
    pub(crate) programme: Option<ElementIdx>,
    pub(crate) severity: Severity,
    pub(crate) verdict: Verdict,
    /// Position of the rule among all rules, the built-in ones last.
    pub(crate) rule: usize,
    pub(crate) element: Option<ElementIdx>,
    /// Position of the deviation that the finding is about.
    pub(crate) deviation: Option<usize>,
}

/// By programme, those of none last; then the worst first; then as rules and elements stand.
///
/// Total: a rule has one verdict on an element, and a deviation one finding of a rule.
pub(crate) fn compare(a: &Place, b: &Place) -> Ordering {
    key(a).cmp(&key(b))
}

fn key(place: &Place) -> impl Ord + use<> {
    (
        (place.programme.is_none(), place.programme),
        Reverse(place.severity),
        badness(place.verdict),
        place.rule,
        place.element,
        place.deviation,
    )
}

/// From the worst.
pub(crate) fn badness(verdict: Verdict) -> u8 {
    match verdict {
        Verdict::Fail => 0,
        Verdict::Error => 1,
        Verdict::Unknown => 2,
        Verdict::Waived => 3,
        Verdict::NotApplicable => 4,
        Verdict::Pass => 5,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::Index;

    fn element(position: usize) -> ElementIdx {
        ElementIdx::from_usize(position)
    }

    /// Each differs from the one before in what it is named after, for the worse place.
    #[test]
    fn each_criterion_outranks_those_after_it() {
        let first = Place {
            programme: Some(element(0)),
            severity: Severity::Error,
            verdict: Verdict::Fail,
            rule: 0,
            element: None,
            deviation: None,
        };
        let ascending = [
            first,
            Place { deviation: Some(3), ..first },
            Place { element: Some(element(2)), ..first },
            Place { element: Some(element(3)), ..first },
            Place { rule: 1, element: Some(element(1)), ..first },
            Place { verdict: Verdict::Error, ..first },
            Place { verdict: Verdict::Unknown, ..first },
            Place { verdict: Verdict::Waived, ..first },
            Place { severity: Severity::Warning, ..first },
            Place { severity: Severity::Advice, ..first },
            Place { programme: Some(element(1)), ..first },
            Place { programme: None, ..first },
        ];
        let mut shuffled: Vec<Place> = ascending.iter().rev().copied().collect();
        shuffled.sort_by(compare);
        assert_eq!(shuffled, ascending);
    }
}
