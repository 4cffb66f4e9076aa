//! What pictures say, in the languages of reports.

use crate::eval::Verdict;
use crate::pack::Severity;
use crate::text::Language;

pub(super) struct Words {
    pub(super) network: &'static str,
    pub(super) element: [&'static str; 2],
    pub(super) link: [&'static str; 2],
    pub(super) with_findings: [&'static str; 2],
    pub(super) not_drawn: &'static str,
    pub(super) more_not_drawn: &'static str,
    pub(super) other_relations: &'static str,
    pub(super) nothing: &'static str,
    severities: [&'static str; 3],
    verdicts: [&'static str; 4],
}

impl Words {
    pub(super) fn of(language: Language) -> &'static Self {
        match language {
            Language::En => &ENGLISH,
            Language::Nl => &DUTCH,
        }
    }

    pub(super) fn severity(&self, severity: Severity) -> &'static str {
        let [error, warning, advice] = self.severities;
        match severity {
            Severity::Error => error,
            Severity::Warning => warning,
            Severity::Advice => advice,
        }
    }

    pub(super) fn verdict(&self, verdict: Verdict) -> &'static str {
        let [fail, unknown, waived, error] = self.verdicts;
        match verdict {
            Verdict::Fail | Verdict::Pass | Verdict::NotApplicable => fail,
            Verdict::Unknown => unknown,
            Verdict::Waived => waived,
            Verdict::Error => error,
        }
    }
}

/// `1 element`, `3 elements`
pub(super) fn count(number: usize, [one, many]: [&'static str; 2]) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

const ENGLISH: Words = Words {
    network: "Network",
    element: ["element", "elements"],
    link: ["link", "links"],
    with_findings: ["element with findings", "elements with findings"],
    not_drawn: "not drawn, to keep the picture readable",
    more_not_drawn: "there is more around these, not drawn to keep the picture readable",
    other_relations: "other relations",
    nothing: "There is nothing to draw.",
    severities: ["error", "warning", "advice"],
    verdicts: ["fails", "not known yet", "accepted deviation", "could not be evaluated"],
};

const DUTCH: Words = Words {
    network: "Netwerk",
    element: ["element", "elementen"],
    link: ["relatie", "relaties"],
    with_findings: ["element met bevindingen", "elementen met bevindingen"],
    not_drawn: "niet getekend, om het beeld leesbaar te houden",
    more_not_drawn: "hier omheen is er meer, niet getekend om het beeld leesbaar te houden",
    other_relations: "andere relaties",
    nothing: "Er is niets te tekenen.",
    severities: ["fout", "waarschuwing", "advies"],
    verdicts: [
        "voldoet niet",
        "nog niet bekend",
        "aanvaarde afwijking",
        "kon niet worden beoordeeld",
    ],
};
