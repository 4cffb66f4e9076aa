//! A report with everything in it, for the tests of all forms.

use std::sync::Arc;

use super::{
    Count, Counts, DeviationNote, ElementRef, FilePosition, Finding, Ingredient, Labels, Missing,
    MissingFact, ProgrammeNote, Readiness, Receipt, Report, Tally,
};
use crate::eval::Verdict;
use crate::pack::Severity;
use crate::text::Text;
use crate::value::Date;

pub(super) fn element(kind: &str, id: &str, name: &str) -> ElementRef {
    let name = (!name.is_empty()).then(|| name.to_owned());
    ElementRef { kind: kind.to_owned(), id: id.to_owned(), name }
}

fn date(text: &str) -> Date {
    text.parse().unwrap()
}

fn question(en: &str, nl: &str) -> MissingFact {
    MissingFact {
        element: None,
        field: "baseline".to_owned(),
        link: None,
        question: Text::both(en, nl),
    }
}

fn finding(rule: &str, severity: Severity, verdict: Verdict, element: ElementRef) -> Finding {
    Finding {
        fingerprint: "0000000000000000".to_owned(),
        rule: format!("slim-invoeren/{rule}"),
        title: Arc::default(),
        severity,
        verdict,
        element: Some(element),
        programmes: vec!["warm".to_owned()],
        message: Text::default(),
        why: Arc::default(),
        remedy: Arc::default(),
        source: Arc::default(),
        tags: Vec::new(),
        missing: Vec::new(),
        error: None,
        witnesses: Vec::new(),
        deviation: None,
        position: Some(FilePosition {
            file: "warm.yaml".to_owned(),
            table: None,
            line: 12,
            column: 5,
        }),
    }
}

fn sponsor() -> Finding {
    Finding {
        title: Arc::new(Text::both(
            "The sponsor sits in the management team",
            "De opdrachtgever zit in het managementteam",
        )),
        message: Text::both(
            "Warm homes in Linderveen has 2 sponsors, and Jansen, who was appointed last month, is no \
             member of the management team.",
            "Warm wonen in Linderveen heeft 2 opdrachtgevers, en Jansen, die vorige maand is benoemd, \
             is geen lid van het managementteam.",
        ),
        why: Arc::new(Text::both(
            "A programme cuts across departments. Only somebody from the management team can settle \
             what they disagree about and keep people and means available.",
            "Een programma loopt dwars door afdelingen heen. Alleen iemand uit het managementteam kan \
             knopen doorhakken en mensen en middelen vrijhouden.",
        )),
        remedy: Arc::new(Text::both(
            "Let the management team appoint one of its members, and record who it is.",
            "Laat het managementteam een van zijn leden aanwijzen en leg vast wie dat is.",
        )),
        source: Arc::new(Text::both("Slim invoeren, step 2", "Slim invoeren, stap 2")),
        witnesses: vec![
            element("Person", "jansen", "J. Jansen"),
            element("Role", "opdrachtgever", ""),
        ],
        ..finding(
            "sponsor-from-management-team",
            Severity::Error,
            Verdict::Fail,
            element("Programme", "warm", "Warm wonen in Linderveen"),
        )
    }
}

fn baseline(id: &str, name: &str, missing: Vec<MissingFact>) -> Finding {
    Finding {
        title: Arc::new(Text::both(
            "Every benefit has a baseline and a target",
            "Elke baat heeft een nulmeting en een streefwaarde",
        )),
        message: Text::both(
            format!("{name} rises from ? to ?."),
            format!("{name} stijgt van ? naar ?."),
        ),
        why: Arc::new(Text::both(
            "What isn't measured can't be shown.",
            "Wat niet is gemeten, is niet aan te tonen.",
        )),
        remedy: Arc::new(Text::both(
            "Measure before the work starts.",
            "Meet voordat het werk begint.",
        )),
        missing,
        ..finding(
            "benefit-measurable",
            Severity::Error,
            Verdict::Unknown,
            element("Benefit", id, name),
        )
    }
}

pub(super) fn sample() -> Report {
    let waived = Finding {
        title: Arc::new(Text::both(
            "There are means for embedding",
            "Er zijn middelen voor borging",
        )),
        message: Text::both("No means after 2028.", "Geen middelen na 2028."),
        deviation: Some(DeviationNote {
            rule: "resources-for-embedding".to_owned(),
            reason:
                "De dekking van beheer en nazorg komt met de begroting 2027. Het college laat de \
                     uitvoering alvast beginnen."
                    .to_owned(),
            decided_by: Some("afwijking-borging".to_owned()),
            until: Some(date("2026-11-30")),
        }),
        ..finding(
            "resources-for-embedding",
            Severity::Warning,
            Verdict::Waived,
            element("Programme", "warm", "Warm wonen in Linderveen"),
        )
    };
    let broken = Finding {
        title: Arc::new(Text::both(
            "Costs stay within budget",
            "De kosten blijven binnen het budget",
        )),
        message: Text::both("Costs are ! euros.", "De kosten zijn ! euro."),
        error: Some(Text::both("division by zero", "deling door nul")),
        programmes: vec!["warm".to_owned(), "zorg".to_owned()],
        ..finding("cost", Severity::Advice, Verdict::Error, element("Project", "p1", "Warmtenet"))
    };
    let stray = Finding {
        element: None,
        programmes: Vec::new(),
        rule: "spelregel/deviation-unknown-rule".to_owned(),
        title: Arc::new(Text::both("A deviation names a rule", "Een afwijking noemt een regel")),
        message: Text::both("There is no rule `gaol-owned`.", "Er is geen regel `gaol-owned`."),
        deviation: Some(DeviationNote {
            rule: "gaol-owned".to_owned(),
            reason: "Later".to_owned(),
            decided_by: None,
            until: None,
        }),
        ..finding("", Severity::Warning, Verdict::Fail, element("", "", ""))
    };
    let baseline_question = question(
        "What is the baseline of benefit “Woningen naar label B” (label-b)?",
        "Wat is de nulwaarde van baat “Woningen naar label B” (label-b)?",
    );
    let target_question = question(
        "What is the target of benefit “Woningen naar label B” (label-b)?",
        "Wat is de streefwaarde van baat “Woningen naar label B” (label-b)?",
    );
    let receiver_question = question(
        "Which teams belong here: capability “Nazorg” (nazorg) is received by …?",
        "Welke teams horen hier: vermogen “Nazorg” (nazorg) wordt ontvangen door …?",
    );
    let findings = vec![
        sponsor(),
        baseline(
            "label-b",
            "Woningen naar label B",
            vec![baseline_question.clone(), target_question.clone()],
        ),
        baseline("armoede", "Minder energiearmoede", vec![baseline_question.clone()]),
        waived,
        broken,
        stray,
    ];
    let tally = |fail, error, unknown| Tally { fail, unknown, error, ..Tally::default() };
    let count = |name: &str, verdicts| Count { name: name.to_owned(), verdicts };
    let handover = Finding {
        title: Arc::new(Text::both(
            "Every capability has a receiver",
            "Elk vermogen heeft een ontvanger",
        )),
        ..finding(
            "receiver",
            Severity::Error,
            Verdict::Fail,
            element("Capability", "c", "Warmteadvies"),
        )
    };
    let kinds = [
        ("Programme", "programme", "programma"),
        ("Benefit", "benefit", "baat"),
        ("Capability", "capability", "vermogen"),
        ("Person", "person", "persoon"),
        ("Project", "project", "inspanning"),
        ("Role", "role", "rol"),
    ];
    let labels = |list: &[(&str, &str, &str)]| {
        list.iter().map(|(name, en, nl)| ((*name).to_owned(), Text::both(*en, *nl))).collect()
    };
    Report {
        spelregel: 1,
        receipt: Receipt {
            version: "0.1.0".to_owned(),
            at: date("2026-06-01"),
            gate: Some("G3".to_owned()),
            programmes: Vec::new(),
            tags: vec!["roles".to_owned()],
            metamodel: Ingredient {
                id: "standard".to_owned(),
                version: "1.0.0".to_owned(),
                sha256: "0".repeat(64),
            },
            packs: ["base", "slim-invoeren"]
                .map(|id| Ingredient {
                    id: id.to_owned(),
                    version: "1.0.0".to_owned(),
                    sha256: "0".repeat(64),
                })
                .to_vec(),
            settings: None,
            model: "0".repeat(64),
        },
        counts: Counts {
            verdicts: Tally {
                pass: 210,
                fail: 2,
                unknown: 2,
                waived: 1,
                error: 1,
                not_applicable: 7,
            },
            packs: vec![count("slim-invoeren", Tally::default())],
            ..Counts::default()
        },
        programmes: vec![
            ProgrammeNote {
                element: element("Programme", "warm", "Warm wonen in Linderveen"),
                phase: Some("deliver".to_owned()),
                gates: vec![
                    Readiness {
                        gate: "GT".to_owned(),
                        severities: vec![
                            count("error", tally(0, 0, 0)),
                            count("advice", tally(0, 1, 0)),
                        ],
                        findings: Vec::new(),
                        in_the_way: Vec::new(),
                        missing: Vec::new(),
                    },
                    Readiness {
                        gate: "G4".to_owned(),
                        severities: vec![
                            count("error", tally(3, 0, 2)),
                            count("warning", tally(1, 0, 0)),
                        ],
                        findings: vec![handover.clone(), handover],
                        in_the_way: Vec::new(),
                        missing: vec![
                            Missing { fact: baseline_question.clone(), settles: 1, named: 1 },
                            Missing { fact: receiver_question, settles: 1, named: 2 },
                        ],
                    },
                ],
            },
            ProgrammeNote {
                element: element("Programme", "zorg", ""),
                phase: None,
                gates: Vec::new(),
            },
        ],
        findings,
        missing: vec![
            Missing { fact: baseline_question, settles: 1, named: 2 },
            Missing { fact: target_question.clone(), settles: 0, named: 1 },
            Missing { fact: target_question, settles: 4, named: 4 },
        ],
        labels: Labels {
            kinds: labels(&kinds),
            phases: labels(&[("deliver", "deliver", "uitvoeren")]),
            gates: labels(&[
                ("G3", "delivery decision", "uitvoeringsbesluit"),
                ("GT", "tranche decision", "tranchebesluit"),
                ("G4", "hand-over decision", "overdrachtsbesluit"),
            ]),
        },
        since: None,
    }
}

/// The same where a gate was asked for that lies ahead: one rule fails, and one asks for facts.
pub(super) fn sample_before_a_gate() -> Report {
    let mut report = sample();
    report.receipt.gate = Some("G4".to_owned());
    for (position, finding) in report.findings.iter_mut().enumerate() {
        finding.fingerprint = format!("000000000000000{position}");
    }
    let gate = &mut report.programmes[0].gates[1];
    gate.in_the_way = ["0", "1", "2"].map(|end| format!("000000000000000{end}")).to_vec();
    report
}
