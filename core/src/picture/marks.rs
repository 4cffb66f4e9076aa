//! What findings say of each element.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::eval::Verdict;
use crate::pack::Severity;
use crate::report::{Report, badness, sign};
use crate::text::Language;

/// The findings of one element.
#[derive(Debug, Clone)]
pub(super) struct Mark {
    /// Of the worst of them.
    pub(super) severity: Severity,
    pub(super) verdict: Verdict,
    /// What each says, the worst first: `✗ The goal has an owner`.
    pub(super) lines: Vec<String>,
}

impl Mark {
    /// From the worst.
    pub(super) fn rank(&self) -> impl Ord + use<> {
        rank(self.severity, self.verdict)
    }

    pub(super) fn sign(&self) -> &'static str {
        sign(self.verdict)
    }
}

/// What is accepted comes after everything that is to be solved.
fn rank(severity: Severity, verdict: Verdict) -> impl Ord + use<> {
    (verdict == Verdict::Waived, Reverse(severity), badness(verdict))
}

/// The findings by element, of a report with a baseline those that are new.
pub(super) fn marks(report: &Report, language: Language) -> BTreeMap<String, Mark> {
    let mut findings: Vec<_> = report.findings.iter().filter(|one| report.is_new(one)).collect();
    findings.sort_by_key(|finding| rank(finding.severity, finding.verdict));
    let mut marks: BTreeMap<String, Mark> = BTreeMap::new();
    for finding in findings {
        let Some(element) = &finding.element else { continue };
        let line = format!("{} {}", sign(finding.verdict), finding.title.get(language));
        let mark = marks.entry(element.id.clone()).or_insert_with(|| Mark {
            severity: finding.severity,
            verdict: finding.verdict,
            lines: Vec::new(),
        });
        if !mark.lines.contains(&line) {
            mark.lines.push(line);
        }
    }
    marks
}
