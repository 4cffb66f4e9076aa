//! The program as users run it: what it says, where, and how it ends.

use std::fs;
use std::io::{self, Read, Write};
use std::path::Path;
use std::process::{Command, Stdio};

use tempfile::TempDir;

const PACK: &str = r#"
spelregel: 1
pack: ours
version: 1.2.0
title: {en: Our rules, nl: Onze regels}
parameters:
  most: {type: int, default: 1, label: {en: most goals, nl: hoogste aantal doelen}}
rules:
  - id: few-goals
    title: {en: A programme has few goals, nl: Een programma heeft weinig doelen}
    each: Programme
    require: self.pursues.size() <= most
    severity: warning
    message:
      en: "{self.name} has {self.pursues.size()} goals."
      nl: "{self.name} heeft {self.pursues.size()} doelen."
    why: {en: Focus., nl: Richting.}
    remedy: {en: Choose., nl: Kies.}
    tags: [focus]
  - id: goal-level
    title: {en: Goals are strategic, nl: Doelen zijn strategisch}
    each: Goal
    require: self.level == Level.strategic
    severity: error
    message: {en: "Level {self.level}.", nl: "Niveau {self.level}."}
    gate: G2
    from: deliver
    tags: [level]
"#;

const MODEL: &str = "\
spelregel: 1
programmes:
  - {id: klimaat, name: Klimaatneutrale stad, phase: deliver, pursues: [co2, warmte]}
goals:
  - {id: co2, name: CO2-uitstoot gehalveerd}
  - {id: warmte, name: Warm wonen, level: strategic}
";

/// A directory with files, in which the program runs.
struct Place(TempDir);

/// How a run ended, and what it said where.
struct Run {
    status: Option<i32>,
    out: String,
    err: String,
}

impl Place {
    fn new() -> io::Result<Self> {
        let place = Self(TempDir::new()?);
        place.with("ours.yaml", PACK)?.with("klimaat.yaml", MODEL)
    }

    fn with(self, name: &str, text: impl AsRef<[u8]>) -> io::Result<Self> {
        fs::write(self.path().join(name), text)?;
        Ok(self)
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    /// The program with arguments that are written with spaces between, in an environment that says
    /// nothing.
    fn program(&self, arguments: &str) -> Command {
        let mut program = Command::new(env!("CARGO_BIN_EXE_spelregel"));
        program.args(arguments.split_whitespace()).current_dir(self.path()).env_clear();
        program
    }

    fn run(&self, arguments: &str) -> io::Result<Run> {
        run(&mut self.program(arguments))
    }
}

fn run(program: &mut Command) -> io::Result<Run> {
    let output = program.stdin(Stdio::null()).output()?;
    Ok(Run {
        status: output.status.code(),
        out: String::from_utf8_lossy(&output.stdout).into_owned(),
        err: String::from_utf8_lossy(&output.stderr).into_owned(),
    })
}

impl Run {
    /// All of it as one text.
    fn shown(&self) -> String {
        format!("status {:?}\n--- out\n{}--- err\n{}", self.status, self.out, self.err)
    }
}

const CHECK: &str = "check klimaat.yaml --rules ours.yaml --at 2026-06-01";

#[test]
fn a_report() {
    let run = Place::new().unwrap().run(CHECK).unwrap();
    insta::assert_snapshot!(run.shown());
}

#[test]
fn a_report_in_dutch() {
    let run = Place::new().unwrap().run(&format!("{CHECK} --lang nl")).unwrap();
    insta::assert_snapshot!(run.shown());
}

#[test]
fn the_status_follows_what_was_asked() {
    let place = Place::new().unwrap();
    let status = |more: &str| place.run(&format!("{CHECK} {more}")).unwrap().status;
    // The warning fails; the error is not known yet.
    assert_eq!(status(""), Some(0));
    assert_eq!(status("--fail-on error"), Some(0));
    assert_eq!(status("--fail-on warning"), Some(1));
    assert_eq!(status("--fail-on advice"), Some(1));
    assert_eq!(status("--fail-on-unknown"), Some(1));
    assert_eq!(status("--fail-on-unknown --tag focus"), Some(0));
    assert_eq!(status("--tag focus --fail-on warning"), Some(1));
    assert_eq!(status("--tag level --fail-on warning"), Some(0));
}

#[test]
fn json_is_a_report_that_reads_back() {
    let place = Place::new().unwrap();
    let run = place.run(&format!("{CHECK} --format json --gate G3 --programme klimaat")).unwrap();
    assert_eq!((run.status, run.err.as_str()), (Some(0), ""));
    let report = spelregel::Report::from_json(&run.out).unwrap();
    assert_eq!(report.to_json(), run.out);
    assert_eq!(report.receipt.gate.as_deref(), Some("G3"));
    assert_eq!(report.receipt.programmes, ["klimaat"]);
    assert_eq!(report.findings.len(), 2);
}

#[test]
fn a_report_has_other_forms() {
    let place = Place::new().unwrap();
    let form = |arguments: &str| place.run(&format!("{CHECK} {arguments}")).unwrap();
    assert!(form("--format markdown").out.starts_with("# Governance check\n"));
    assert!(form("--format html --lang nl").out.starts_with("<!DOCTYPE html>\n<html lang=\"nl\">"));
    assert!(form("--format sarif").out.contains("\"startLine\": 5"));
    let run = form("--format sarif --omit-waived");
    assert_eq!((run.status, run.err.as_str()), (Some(0), ""));
    let run = form("--omit-waived");
    assert_eq!(run.status, Some(2));
    assert!(run.err.contains("`--omit-waived` goes with `--format sarif`"), "{}", run.err);
}

#[test]
fn what_time_will_change_is_listed() {
    let place = Place::new().unwrap();
    let dated = "\nmandates: [{id: m, granted_to: [r], valid_until: 2026-08-31}]\nroles: [{id: r, role_in: [p]}]\n\
                 programmes: [{id: p}]\n";
    let rules = "pack: dated\nversion: 1.0.0\ntitle: {en: D}\nrules:\n  - id: lasts\n    title: {en: Mandates last}\n    \
                 each: Mandate\n    require: self.valid_until >= today\n    severity: error\n    message: {en: Past}\n";
    let place = place.with("dated.yaml", dated).unwrap().with("lasts.yaml", rules).unwrap();
    let ahead = |more: &str| {
        place.run(&format!("check dated.yaml --rules lasts.yaml --at 2026-06-01 {more}")).unwrap()
    };
    insta::assert_snapshot!(ahead("--horizon 2026-12-31 --lang en").shown());
    let run = ahead("--horizon 2026-12-31 --format json");
    assert_eq!((run.status, run.out.matches("\"on\": \"2026-09-01\"").count()), (Some(0), 1));
    assert!(ahead("--horizon 2026-08-31 --lang en").out.contains("No verdict changes."));
    assert!(ahead("--horizon 2026-05-31").err.contains("lies before 2026-06-01"));
    assert!(ahead("--horizon 2026-12-31 --format html").err.contains("goes with"));
}

#[test]
fn a_picture_is_drawn() {
    let place = Place::new().unwrap();
    let draw =
        |more: &str| place.run(&format!("picture klimaat.yaml --at 2026-06-01 {more}")).unwrap();
    let svg = draw("--findings --rules ours.yaml --lang nl");
    assert_eq!(svg.status, Some(0), "{}", svg.err);
    assert!(svg.out.starts_with("<svg ") && svg.out.ends_with("</svg>\n"), "{}", svg.out);
    assert!(svg.out.contains("2 elementen met bevindingen"), "{}", svg.out);
    let around = draw("--focus co2 --depth 1 --format mermaid");
    assert!(around.out.starts_with("flowchart TB\n") && !around.out.contains("Warm wonen"));
    assert!(draw("--format dot --kind Goal").out.starts_with("digraph spelregel {\n"));
    let unknown = draw("--focus co3");
    assert_eq!(unknown.status, Some(2));
    assert!(unknown.err.contains("did you mean `co2`?"), "{}", unknown.err);
}

#[test]
fn what_stands_in_the_way_of_a_gate_comes_first() {
    let run = Place::new().unwrap().run(&format!("{CHECK} --gate G4 --lang nl")).unwrap();
    insta::assert_snapshot!(run.shown());
}

/// The model with one goal fewer and one more that fails.
fn changed_model() -> String {
    MODEL
        .replace("[co2, warmte]", "[co2]")
        .replace(
            "warmte, name: Warm wonen, level: strategic",
            "water, name: Water, level: programme",
        )
        .replace("pursues: [co2]", "pursues: [co2, water]")
        .replace("co2, name: CO2-uitstoot gehalveerd}", "co2, name: CO2, level: strategic}")
}

#[test]
fn only_what_is_new_since_a_baseline_counts() {
    let place = Place::new().unwrap();
    let run = place.run(&format!("{CHECK} --format json --output before.json")).unwrap();
    assert_eq!(run.status, Some(0));
    let same = place.run(&format!("{CHECK} --baseline before.json --fail-on warning")).unwrap();
    assert_eq!(same.status, Some(0), "{}", same.out);
    assert!(same.out.contains("No new findings."), "{}", same.out);
    let place = place.with("klimaat.yaml", changed_model()).unwrap();
    insta::assert_snapshot!(place.run(&format!("{CHECK} --baseline before.json")).unwrap().shown());
    // A report with a baseline can be one itself, and holds every finding.
    let json = format!("{CHECK} --baseline before.json --format json --output after.json");
    assert_eq!(place.run(&json).unwrap().status, Some(1));
    let again = place.run(&format!("{CHECK} --baseline after.json")).unwrap();
    assert_eq!(again.status, Some(0), "{}", again.out);
    let sarif = place.run(&format!("{CHECK} --baseline before.json --format sarif")).unwrap();
    assert!(sarif.out.contains("\"baselineState\": \"new\""), "{}", sarif.out);
    insta::assert_snapshot!(place.run("diff before.json after.json --lang nl").unwrap().shown());
    assert_eq!(place.run("diff after.json after.json").unwrap().status, Some(0));
    let json = place.run("diff before.json after.json --format json").unwrap();
    assert!(json.out.contains("\"still_there\": ["), "{}", json.out);
}

#[test]
fn a_baseline_that_is_no_report() {
    let place = Place::new().unwrap().with("other.json", "{\"spelregel\": 99}").unwrap();
    insta::assert_snapshot!(
        place.run(&format!("{CHECK} --baseline klimaat.yaml")).unwrap().shown()
    );
    insta::assert_snapshot!(place.run("diff other.json nowhere.json").unwrap().shown());
}

#[test]
fn a_report_in_a_file() {
    let place = Place::new().unwrap();
    let printed = place.run(CHECK).unwrap();
    let run = place.run(&format!("{CHECK} --output report.txt")).unwrap();
    assert_eq!((run.status, run.out.as_str(), run.err.as_str()), (Some(0), "", ""));
    assert_eq!(fs::read_to_string(place.path().join("report.txt")).unwrap(), printed.out);
    let run = place.run(&format!("{CHECK} --output nowhere/report.txt")).unwrap();
    assert_eq!(run.status, Some(2));
    assert!(run.err.contains("`nowhere/report.txt` can't be written"), "{}", run.err);
}

#[test]
fn models_and_rules_come_from_several_places() {
    let place = Place::new().unwrap();
    let place = place.with("more.yaml", "goals: [{id: schoon, level: programme}]").unwrap();
    let with = |arguments: &str| {
        place.run(&format!("check klimaat.yaml --at 2026-06-01 {arguments}")).unwrap().out
    };
    assert!(with("--rules ours.yaml").contains("Rules: ours 1.2.0\n"));
    assert!(with("--rules ours.yaml slim-invoeren").contains("Rules: slim-invoeren"));
    assert!(with("--rules ours.yaml --rules slim-invoeren").contains("ours 1.2.0"));
    assert!(with("--rules ours.yaml,all").contains("slim-invoeren 1"));
    assert!(with("").contains("Rules: slim-invoeren 1"));
    let both = place.run("check klimaat.yaml more.yaml --rules ours.yaml --at 2026-06-01").unwrap();
    assert_eq!(both.status, Some(0), "{}", both.err);
}

#[test]
fn a_model_from_standard_input() {
    let place = Place::new().unwrap();
    let mut program = place.program("check - --rules ours.yaml --at 2026-06-01");
    program.stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = program.spawn().unwrap();
    child.stdin.take().unwrap().write_all(MODEL.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    let out = String::from_utf8_lossy(&output.stdout);
    assert!(out.contains("standard input:3:"), "{out}");
    let run = place.run("check - - --rules ours.yaml").unwrap();
    assert_eq!(run.status, Some(2));
    assert!(run.err.contains("standard input can be read only once"), "{}", run.err);
}

#[test]
fn the_language_is_asked_for_or_the_organisations_or_the_machines() {
    let settings = "settings: {languages: [nl], parameters: {most: 2}}";
    let place = Place::new().unwrap().with("settings.yaml", settings).unwrap();
    let first_word = |more: &str, environment: &[(&str, &str)]| {
        let mut program = place.program(&format!("{CHECK} {more}"));
        let out = run(program.envs(environment.iter().copied())).unwrap().out;
        out.split_whitespace().next().unwrap_or_default().to_owned()
    };
    assert_eq!(first_word("", &[]), "Checked");
    assert_eq!(first_word("", &[("LANG", "nl_NL.UTF-8")]), "Getoetst");
    assert_eq!(first_word("", &[("LANG", "nl")]), "Getoetst");
    assert_eq!(first_word("", &[("LANG", "nl_NL.UTF-8"), ("LC_ALL", "C")]), "Checked");
    assert_eq!(first_word("", &[("LANG", "en_GB"), ("LC_ALL", "nl-BE")]), "Getoetst");
    assert_eq!(first_word("--settings settings.yaml", &[]), "Getoetst");
    assert_eq!(first_word("--settings settings.yaml --lang en", &[("LANG", "nl")]), "Checked");
}

#[test]
fn settings_and_a_metamodel_of_ones_own() {
    let place = Place::new()
        .unwrap()
        .with("settings.yaml", "settings: {parameters: {most: 2}, severity: {goal-level: off}}")
        .unwrap()
        .with("teams.yaml", "metamodel: teams\nversion: 1.0.0\nkinds: {Team: {section: teams}}")
        .unwrap()
        .with("m.yaml", "teams: [{id: a}, {id: b}]")
        .unwrap()
        .with(
            "few.yaml",
            "pack: few\nversion: 1.0.0\ntitle: {en: T}\nrules:\n  - id: few\n    title: {en: Few}\n    \
             each: Model\n    require: model.teams.size() < 2\n    severity: error\n    message: {en: M}\n",
        )
        .unwrap();
    let run = place.run(&format!("{CHECK} --settings settings.yaml")).unwrap();
    assert!(run.out.contains("No findings"), "{}{}", run.out, run.err);
    let run = place.run("check m.yaml --metamodel teams.yaml --rules few.yaml").unwrap();
    assert_eq!(run.status, Some(1), "{}", run.err);
}

#[test]
fn rules_are_listed_and_explained() {
    let place = Place::new().unwrap();
    insta::assert_snapshot!(place.run("rules --rules ours.yaml").unwrap().shown());
    let run = place.run("rules few-goals --rules ours.yaml --lang nl").unwrap();
    insta::assert_snapshot!(run.shown());
    let run = place.run("rules few-gaols --rules ours.yaml").unwrap();
    insta::assert_snapshot!(run.shown());
    let shipped = place.run("rules").unwrap();
    assert!(shipped.out.contains("commissioner-from-mt"), "{}", shipped.out);
    let json = place.run("rules commissioner-from-mt --format json").unwrap();
    assert!(json.out.contains("\"rule\": \"slim-invoeren/commissioner-from-mt\""), "{}", json.out);
}

#[test]
fn a_reference_of_ones_own_rules() {
    let place = Place::new().unwrap();
    let run = place.run("rules --rules ours.yaml --html site/rules").unwrap();
    assert_eq!((run.status, run.out.as_str(), run.err.as_str()), (Some(0), "", ""));
    let page = place.path().join("site/rules/nl/ours/few-goals.html");
    let page = fs::read_to_string(page).unwrap();
    assert!(page.contains("Een programma heeft weinig doelen"), "{page}");
    assert!(place.path().join("site/rules/index.html").is_file());
    assert_eq!(place.run("rules few-goals --html site").unwrap().status, Some(2));
}

#[test]
fn a_model_from_archimate() {
    let file = "<model xmlns=\"http://www.opengroup.org/xsd/archimate/3.0/\" \
                xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><name>Stad</name><elements>\
                <element identifier=\"g\" xsi:type=\"Goal\"><name>Warm wonen</name></element>\
                <element identifier=\"d\" xsi:type=\"DataObject\"><name>Register</name></element>\
                </elements></model>";
    let place = Place::new().unwrap().with("stad.xml", file).unwrap();
    let pack = PACK.replace("    gate: G2\n    from: deliver\n", "");
    let place = place.with("ours.yaml", pack).unwrap();
    let checked = place.run("check stad.xml --rules ours.yaml --at 2026-06-01").unwrap();
    insta::assert_snapshot!(checked.shown());
    let run = place.run("convert stad.xml --notes notes.txt --lang nl").unwrap();
    insta::assert_snapshot!(run.shown());
    let notes = fs::read_to_string(place.path().join("notes.txt")).unwrap();
    assert!(
        notes.contains("DataObject: geen zo'n soort in het model (1)\n  d Register\n"),
        "{notes}"
    );
    assert_eq!(place.run("convert klimaat.yaml").unwrap().status, Some(2));
}

#[test]
fn a_verdict_is_explained() {
    let place = Place::new().unwrap();
    let explain = |more: &str| {
        place
            .run(&format!("explain klimaat.yaml {more} --rules ours.yaml --at 2026-06-01"))
            .unwrap()
    };
    insta::assert_snapshot!(explain("goal-level co2 --lang nl").shown());
    insta::assert_snapshot!(explain("few-goals co2").shown());
    insta::assert_snapshot!(explain("few-gaols klimaat").shown());
    insta::assert_snapshot!(explain("goal-level co3").shown());
    let json = explain("few-goals klimaat --format json");
    assert!(json.out.contains("\"verdict\": \"fail\""), "{}", json.out);
    assert_eq!(place.run("explain klimaat.yaml few-goals").unwrap().status, Some(2));
}

#[test]
fn colours_come_when_asked_for() {
    let place = Place::new().unwrap();
    let colourful =
        |more: &str| place.run(&format!("{CHECK} {more}")).unwrap().out.contains('\u{1b}');
    assert!(!colourful(""));
    assert!(!colourful("--color never"));
    assert!(colourful("--color always"));
    let mut program = place.program(CHECK);
    assert!(run(program.env("CLICOLOR_FORCE", "1")).unwrap().out.contains('\u{1b}'));
    let run = place.run("check nowhere.yaml --color always").unwrap();
    assert!(run.err.starts_with("\u{1b}["), "{:?}", run.err);
}

/// `spelregel check … | head -1`
#[test]
fn a_reader_that_goes_away_is_no_trouble() {
    let place = Place::new().unwrap();
    let goals: Vec<String> =
        (0..3000).map(|i| format!("  - {{id: g{i}, level: programme}}\n")).collect();
    let place = place.with("many.yaml", format!("goals:\n{}", goals.concat())).unwrap();
    let pack = PACK.replace("    gate: G2\n    from: deliver\n", "");
    let place = place.with("ours.yaml", pack).unwrap();
    let mut program = place.program("check many.yaml --rules ours.yaml --at 2026-06-01");
    let mut child = program.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut some = [0; 10];
    child.stdout.take().unwrap().read_exact(&mut some).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}

#[test]
fn codes_are_listed_and_explained() {
    let place = Place::new().unwrap();
    insta::assert_snapshot!(place.run("codes").unwrap().shown());
    insta::assert_snapshot!(place.run("codes impossible-state").unwrap().shown());
    insta::assert_snapshot!(place.run("codes imposible-state").unwrap().shown());
}

#[test]
fn schemas_are_printed() {
    let own =
        "kinds: {Programme: {properties: {portfolio: {type: text}}}, Area: {section: areas}}\n";
    let settings = "settings: {metamodel: {enumerations: {RoleType: {values: {neighbour: }}}}}\n";
    let place = Place::new().unwrap().with("own.yaml", own).unwrap();
    let place = place.with("settings.yaml", settings).unwrap();
    for (document, mark) in [
        ("model", "\"held_by\""),
        ("pack", "\"require\""),
        ("settings", "\"severity\""),
        ("metamodel", "\"inverse\""),
        ("report", "\"findings\""),
        ("explanation", "\"meanings\""),
        ("difference", "\"gone\""),
    ] {
        let run = place.run(&format!("schema {document}")).unwrap();
        assert_eq!((run.status, &*run.err), (Some(0), ""), "{document}");
        assert!(run.out.contains(mark), "{document}");
        assert!(!run.out.contains("\"Area\""), "{document}");
    }
    let extended =
        place.run("schema model --metamodel own.yaml --settings settings.yaml").unwrap().out;
    for mark in ["\"portfolio\"", "\"areas\"", "\"neighbour\""] {
        assert!(extended.contains(mark), "{mark}");
    }
    assert_eq!(place.run("schema model --metamodel klimaat.yaml").unwrap().status, Some(2));
    assert_eq!(place.run("schema rules").unwrap().status, Some(2));
}
