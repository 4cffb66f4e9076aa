//! Every fixed word of a report, in each language.

use crate::eval::Verdict;
use crate::pack::Severity;
use crate::text::Language;

/// The words of one language.
#[derive(Debug)]
pub(crate) struct Words {
    /// Of a report.
    pub(crate) title: &'static str,
    /// Before the date of the check.
    pub(crate) checked_at: &'static str,
    /// Around the gate that was asked for.
    pub(crate) as_if_gate: (&'static str, &'static str),
    pub(crate) rules: &'static str,
    pub(crate) only_programmes: &'static str,
    pub(crate) only_tags: &'static str,
    pub(crate) phase: &'static str,
    /// Of a table.
    pub(crate) row: &'static str,
    pub(crate) outside_programmes: &'static str,
    pub(crate) no_findings_here: &'static str,
    pub(crate) no_new_findings_here: &'static str,
    pub(crate) whole_model: &'static str,
    pub(crate) deviation_from: &'static str,
    pub(crate) also_in: &'static str,
    pub(crate) source: &'static str,
    pub(crate) why: &'static str,
    pub(crate) remedy: &'static str,
    pub(crate) look_at: &'static str,
    pub(crate) ask: &'static str,
    pub(crate) problem: &'static str,
    pub(crate) deviation: &'static str,
    pub(crate) decided_by: &'static str,
    pub(crate) until: &'static str,
    pub(crate) no_end: &'static str,
    pub(crate) to_find_out: &'static str,
    pub(crate) facts: Noun,
    pub(crate) most_useful_first: &'static str,
    pub(crate) settles: &'static str,
    pub(crate) settles_of: (&'static str, &'static str, &'static str),
    pub(crate) needed_for: (&'static str, &'static str),
    pub(crate) verdicts: Noun,
    pub(crate) gates_ahead: &'static str,
    /// After a gate.
    pub(crate) not_ahead: &'static str,
    pub(crate) to_solve: &'static str,
    pub(crate) ready: &'static str,
    pub(crate) not_ready: &'static str,
    pub(crate) beside: &'static str,
    pub(crate) elements: Noun,
    pub(crate) findings: Noun,
    pub(crate) more: &'static str,
    pub(crate) no_findings: &'static str,
    pub(crate) nothing_applied: &'static str,
    pub(crate) failed: &'static str,
    pub(crate) unknown: &'static str,
    pub(crate) not_evaluated: &'static str,
    pub(crate) deviations: Noun,
    pub(crate) passed: &'static str,
    pub(crate) applies_to: &'static str,
    pub(crate) from_phase: &'static str,
    pub(crate) or_for_gate: (&'static str, &'static str),
    pub(crate) refuses_deviations: &'static str,
    pub(crate) tags: &'static str,
    pub(crate) condition: &'static str,
    pub(crate) in_which: &'static str,
    pub(crate) examples: &'static str,
    pub(crate) example: &'static str,
    pub(crate) out_of: &'static str,
    pub(crate) coverage: &'static str,
    pub(crate) expected: &'static str,
    pub(crate) found: &'static str,
    pub(crate) no_example_shows: &'static str,
    pub(crate) never_true: &'static str,
    pub(crate) never_false: &'static str,
    pub(crate) never_asked: &'static str,
    pub(crate) difference: &'static str,
    pub(crate) new: &'static str,
    pub(crate) changed: &'static str,
    pub(crate) gone: &'static str,
    pub(crate) still_there: &'static str,
    /// Before the number of new findings and the date of the baseline.
    pub(crate) new_since: &'static str,
    pub(crate) known: &'static str,
    /// Around the first and the last day of a calendar.
    pub(crate) calendar: (&'static str, &'static str, &'static str),
    pub(crate) nothing_turns: &'static str,
    /// Before the verdict up to a day, and before the one from then on.
    pub(crate) until_then: (&'static str, &'static str),
    does_not_apply: &'static str,
    errors: Noun,
    warnings: Noun,
    advice: Noun,
    is_unknown: &'static str,
    is_waived: &'static str,
    is_error: &'static str,
}

/// A word that goes with a number.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Noun {
    one: &'static str,
    many: &'static str,
}

impl Noun {
    /// `1 error`, `2 errors`
    pub(crate) fn count(self, number: u64) -> String {
        format!("{number} {}", if number == 1 { self.one } else { self.many })
    }

    /// `errors`
    #[cfg(feature = "html")]
    pub(crate) fn many(self) -> &'static str {
        self.many
    }
}

impl Words {
    pub(crate) fn of(language: Language) -> &'static Self {
        match language {
            Language::En => &ENGLISH,
            Language::Nl => &DUTCH,
        }
    }

    /// The severity by itself.
    pub(crate) fn severity(&self, severity: Severity) -> &'static str {
        self.severities(severity).one
    }

    /// The severity with a number.
    pub(crate) fn severities(&self, severity: Severity) -> Noun {
        match severity {
            Severity::Error => self.errors,
            Severity::Warning => self.warnings,
            Severity::Advice => self.advice,
        }
    }

    /// A verdict by itself.
    pub(crate) fn state(&self, verdict: Verdict) -> &'static str {
        match verdict {
            Verdict::Pass => self.passed,
            Verdict::Fail => self.failed,
            Verdict::Unknown => self.unknown,
            Verdict::Waived => self.deviations.one,
            Verdict::Error => self.not_evaluated,
            Verdict::NotApplicable => self.does_not_apply,
        }
    }

    /// What to say of a finding's verdict beside its severity; nothing of a plain failure.
    pub(crate) fn verdict(&self, verdict: Verdict) -> Option<&'static str> {
        match verdict {
            Verdict::Unknown => Some(self.is_unknown),
            Verdict::Waived => Some(self.is_waived),
            Verdict::Error => Some(self.is_error),
            Verdict::Fail | Verdict::Pass | Verdict::NotApplicable => None,
        }
    }
}

const ENGLISH: Words = Words {
    title: "Governance check",
    checked_at: "Checked at",
    as_if_gate: ("as if", "were asked for now"),
    rules: "Rules",
    only_programmes: "Programmes",
    only_tags: "Tags",
    phase: "phase",
    row: "row",
    outside_programmes: "Outside programmes",
    no_findings_here: "No findings.",
    no_new_findings_here: "No new findings.",
    whole_model: "the model as a whole",
    deviation_from: "deviation from",
    also_in: "also in",
    source: "source:",
    why: "Why:",
    remedy: "What to do:",
    look_at: "Look at:",
    ask: "To find out:",
    problem: "Problem:",
    deviation: "Deviation",
    decided_by: "decided by",
    until: "until",
    no_end: "no end date",
    to_find_out: "To find out",
    facts: Noun { one: "fact", many: "facts" },
    most_useful_first: "the most useful first",
    settles: "settles",
    settles_of: ("settles", "of the", "that ask for it"),
    needed_for: ("needed for", "together with other facts"),
    verdicts: Noun { one: "verdict", many: "verdicts" },
    gates_ahead: "Gates ahead",
    not_ahead: "does not lie ahead of this programme.",
    to_solve: "To solve first",
    ready: "ready",
    not_ready: "not ready yet",
    beside: "also",
    elements: Noun { one: "element", many: "elements" },
    findings: Noun { one: "finding", many: "findings" },
    more: "more",
    no_findings: "No findings",
    nothing_applied: "no rule applied",
    failed: "failed",
    unknown: "not known yet",
    not_evaluated: "could not be evaluated",
    deviations: Noun { one: "accepted deviation", many: "accepted deviations" },
    passed: "passed",
    applies_to: "Applies to:",
    from_phase: "from phase",
    or_for_gate: ("or earlier when", "is asked for"),
    refuses_deviations: "No deviation from this rule can be accepted.",
    tags: "Tags:",
    condition: "Condition",
    in_which: "In which",
    examples: "Examples as expected",
    example: "example",
    out_of: "of",
    coverage: "questions that examples make both true and false",
    expected: "expected",
    found: "found",
    no_example_shows: "No example shows:",
    never_true: "is never true",
    never_false: "is never false",
    never_asked: "is never asked",
    difference: "Findings",
    new: "New",
    changed: "Changed",
    gone: "Gone",
    still_there: "Still there",
    new_since: "new since",
    known: "known",
    calendar: ("What changes from", "up to", "if nothing else does"),
    nothing_turns: "No verdict changes.",
    until_then: ("until then", "then"),
    does_not_apply: "not applicable",
    errors: Noun { one: "error", many: "errors" },
    warnings: Noun { one: "warning", many: "warnings" },
    advice: Noun { one: "advice", many: "advice" },
    is_unknown: "not known yet",
    is_waived: "accepted deviation",
    is_error: "could not be evaluated",
};

const DUTCH: Words = Words {
    title: "Toets aan de spelregels",
    checked_at: "Getoetst op",
    as_if_gate: ("alsof", "nu wordt gevraagd"),
    rules: "Regels",
    only_programmes: "Programma's",
    only_tags: "Labels",
    phase: "fase",
    row: "rij",
    outside_programmes: "Buiten programma's",
    no_findings_here: "Geen bevindingen.",
    no_new_findings_here: "Geen nieuwe bevindingen.",
    whole_model: "het model als geheel",
    deviation_from: "afwijking van",
    also_in: "ook in",
    source: "bron:",
    why: "Waarom:",
    remedy: "Wat te doen:",
    look_at: "Kijk naar:",
    ask: "Uit te zoeken:",
    problem: "Probleem:",
    deviation: "Afwijking",
    decided_by: "besloten door",
    until: "tot en met",
    no_end: "zonder einddatum",
    to_find_out: "Uit te zoeken",
    facts: Noun { one: "feit", many: "feiten" },
    most_useful_first: "het nuttigste eerst",
    settles: "geeft uitsluitsel over",
    settles_of: ("geeft uitsluitsel over", "van de", "die ernaar vragen"),
    needed_for: ("nodig voor", "samen met andere feiten"),
    verdicts: Noun { one: "oordeel", many: "oordelen" },
    gates_ahead: "Komende beslispunten",
    not_ahead: "is voor dit programma geen komend beslispunt.",
    to_solve: "Eerst op te lossen",
    ready: "gereed",
    not_ready: "nog niet gereed",
    beside: "daarnaast",
    elements: Noun { one: "element", many: "elementen" },
    findings: Noun { one: "bevinding", many: "bevindingen" },
    more: "meer",
    no_findings: "Geen bevindingen",
    nothing_applied: "geen enkele regel was van toepassing",
    failed: "niet in orde",
    unknown: "nog niet te beoordelen",
    not_evaluated: "niet te berekenen",
    deviations: Noun { one: "geaccepteerde afwijking", many: "geaccepteerde afwijkingen" },
    passed: "in orde",
    applies_to: "Geldt voor:",
    from_phase: "vanaf fase",
    or_for_gate: ("of eerder als", "wordt gevraagd"),
    refuses_deviations: "Van deze regel kan niet worden afgeweken.",
    tags: "Labels:",
    condition: "Voorwaarde",
    in_which: "Waarin",
    examples: "Voorbeelden zoals verwacht",
    example: "voorbeeld",
    out_of: "van",
    coverage: "vragen die voorbeelden waar en onwaar maken",
    expected: "verwacht",
    found: "gevonden",
    no_example_shows: "Geen voorbeeld toont:",
    never_true: "is nooit waar",
    never_false: "is nooit onwaar",
    never_asked: "wordt nooit gesteld",
    difference: "Bevindingen",
    new: "Nieuw",
    changed: "Veranderd",
    gone: "Verdwenen",
    still_there: "Nog aanwezig",
    new_since: "nieuw sinds",
    known: "bekend",
    calendar: ("Wat verandert van", "tot en met", "als er verder niets verandert"),
    nothing_turns: "Geen enkel oordeel verandert.",
    until_then: ("tot dan", "daarna"),
    does_not_apply: "niet van toepassing",
    errors: Noun { one: "fout", many: "fouten" },
    warnings: Noun { one: "waarschuwing", many: "waarschuwingen" },
    advice: Noun { one: "advies", many: "adviezen" },
    is_unknown: "nog niet te beoordelen",
    is_waived: "geaccepteerde afwijking",
    is_error: "niet te berekenen",
};
