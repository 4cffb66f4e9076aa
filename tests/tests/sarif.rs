//! SARIF that the program writes is what the standard's own schema allows.

use anyhow::{Context, Result};
use serde_json::Value;
use spelregel::report::Waived;
use spelregel::{Language, Report};
use spelregel_tests::{example, files};

fn schema() -> Result<jsonschema::Validator> {
    let schema = files::text("data/sarif/sarif-schema-2.1.0.json")?;
    // The pattern for languages has a stray bracket, which only the most lenient readers accept.
    let schema = schema.replace("[a-zA-Z]{2}]?$", "[a-zA-Z]{2}$");
    jsonschema::draft7::options()
        .should_validate_formats(true)
        .build(&serde_json::from_str(&schema)?)
        .map_err(|problem| anyhow::anyhow!("{problem}"))
}

fn problems(validator: &jsonschema::Validator, sarif: &Value) -> Vec<String> {
    let problems = validator.iter_errors(sarif);
    problems.map(|problem| format!("{}: {problem}", problem.instance_path())).collect()
}

fn results(sarif: &Value) -> Result<&Vec<Value>> {
    sarif.pointer("/runs/0/results").and_then(Value::as_array).context("results")
}

/// A whole programme with findings of every verdict.
fn report() -> Result<Report> {
    let report = example::checked("2026-06-01", Some("G4"))?;
    let mut report = report.to_json();
    // A report may come from anywhere, and files have any name.
    report = report.replace("programma.yaml", "mijn programma’s/{0} a:b.yaml");
    Ok(Report::from_json(&report)?)
}

#[test]
fn reports_are_valid() {
    let validator = schema().unwrap();
    let report = report().unwrap();
    for language in Language::ALL {
        for waived in [Waived::Suppressed, Waived::LeftOut] {
            let sarif = serde_json::from_str(&report.to_sarif(language, waived)).unwrap();
            assert_eq!(problems(&validator, &sarif), [""; 0]);
        }
    }
}

#[test]
fn every_finding_is_a_result_and_what_is_accepted_is_suppressed() {
    let report = report().unwrap();
    let all: Value =
        serde_json::from_str(&report.to_sarif(Language::Nl, Waived::Suppressed)).unwrap();
    assert_eq!(results(&all).unwrap().len(), report.findings.len());
    let is_waived = |result: &&Value| result["properties"]["verdict"] == "waived";
    let waived: Vec<&Value> = results(&all).unwrap().iter().filter(is_waived).collect();
    assert!(!waived.is_empty());
    assert!(waived.iter().all(|result| result["suppressions"][0]["status"] == "accepted"));
    let fewer: Value =
        serde_json::from_str(&report.to_sarif(Language::Nl, Waived::LeftOut)).unwrap();
    assert_eq!(results(&fewer).unwrap().len(), report.findings.len() - waived.len());
    // Only what fails has a level; what is open says so by its kind.
    for result in results(&all).unwrap() {
        assert_eq!(result["kind"] == "fail", result["level"] != "none", "{result}");
    }
}

/// The check itself must be able to fail.
#[test]
fn the_schema_refuses_what_is_not_sarif() {
    let validator = schema().unwrap();
    let sarif = report().unwrap().to_sarif(Language::En, Waived::Suppressed);
    for (from, to) in [("\"level\": \"error\"", "\"level\": \"bad\""), ("ruleId", "rule_id")] {
        let broken = serde_json::from_str(&sarif.replace(from, to)).unwrap();
        assert!(!problems(&validator, &broken).is_empty(), "{from}");
    }
}
