use super::*;
use crate::report::sample::{element, sample};
use crate::report::{FilePosition, LinkNote, MissingFact};
use crate::text::Text;

#[test]
fn a_report_in_english() {
    insta::assert_snapshot!(sample().to_text(Language::En, Colour::Never));
}

#[test]
fn a_report_in_dutch() {
    insta::assert_snapshot!(sample().to_text(Language::Nl, Colour::Never));
}

#[test]
fn a_report_without_findings() {
    let mut report = sample();
    report.findings.clear();
    report.missing.clear();
    report.receipt.gate = None;
    report.programmes.truncate(1);
    report.programmes[0].gates.clear();
    insta::assert_snapshot!(report.to_text(Language::Nl, Colour::Never));
}

#[test]
fn long_lists_are_cut_and_say_so() {
    let mut report = sample();
    let fact = report.findings[1].missing[0].clone();
    report.findings[1].missing = vec![fact.clone(); 7];
    report.findings[0].witnesses = vec![element("Person", "p", ""); 13];
    report.missing = vec![Missing { fact, settles: 1, named: 1 }; 14];
    let text = report.to_text(Language::En, Colour::Never);
    assert!(text.contains("person p, +3 more"), "{text}");
    assert!(text.contains("- +2 more"), "{text}");
    assert!(text.contains("    +4 more"), "{text}");
}

/// Messages hold what models hold, and models may come from anybody.
#[test]
fn no_escape_of_a_model_reaches_the_terminal() {
    let mut report = sample();
    let nasty = "evil\u{1b}[2J\u{7}\u{9b}31m \u{202e}right to left\r\nnext".to_owned();
    report.findings[0].message = Text::both(nasty.clone(), nasty.clone());
    report.findings[0].element = Some(element("Person", &nasty, &nasty));
    report.findings[0].position =
        Some(FilePosition { file: nasty.clone(), table: None, line: 1, column: 1 });
    report.programmes[0].element.name = Some(nasty.clone());
    report.missing[0].fact.question = Text::both(nasty.clone(), nasty);
    let text = report.to_text(Language::En, Colour::Never);
    let steers = |c: char| (c.is_control() && c != '\n') || c == '\u{202e}';
    assert!(!text.contains(steers), "{text:?}");
    assert!(text.contains("evil\u{fffd}[2J"));
}

#[test]
fn no_line_is_wider_than_a_hundred_columns() {
    let mut report = sample();
    report.findings[0].position = Some(FilePosition {
        file: "een/lang/pad/naar/het/programma.yaml".repeat(2),
        table: None,
        line: 1,
        column: 1,
    });
    report.findings[0].message = Text::both("woord ".repeat(60), "漢字漢字 ".repeat(30));
    for language in Language::ALL {
        for line in report.to_text(language, Colour::Never).lines() {
            assert!(unicode_width::UnicodeWidthStr::width(line) <= 100, "{line}");
        }
    }
}

#[test]
fn colour_changes_nothing_but_colour() {
    let report = sample();
    let coloured = report.to_text(Language::En, Colour::Always);
    let mut plain = String::new();
    let mut rest = coloured.as_str();
    while let Some((before, after)) = rest.split_once('\u{1b}') {
        plain.push_str(before);
        rest = after.split_once('m').unwrap().1;
    }
    plain.push_str(rest);
    assert_ne!(plain, coloured);
    assert_eq!(plain, report.to_text(Language::En, Colour::Never));
}

#[test]
fn json_reads_back_as_it_was() {
    let mut report = sample();
    report.findings[0].missing.push(MissingFact {
        element: Some(element("Role", "opdrachtgever", "")),
        field: "fte".to_owned(),
        link: Some(LinkNote {
            relation: "held_by".to_owned(),
            to: element("Person", "jansen", ""),
        }),
        question: Text { en: None, nl: Some("Hoeveel?".to_owned()) },
    });
    let json = report.to_json();
    let back = Report::from_json(&json).unwrap();
    assert_eq!(back, report);
    assert_eq!(back.to_json(), json);
}
