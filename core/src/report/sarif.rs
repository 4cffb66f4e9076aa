//! Reports as SARIF 2.1.0, for the pages and editors that show findings beside files.
//!
//! How the words map: a verdict `fail` is a result of kind `fail`; `unknown` is `open` (the rule was asked,
//! and too little is known); `error` is `review`, with a notification of the tool; `waived` is `fail` with
//! an accepted suppression. Fields stand in the order of the specification.

mod form;

use std::collections::BTreeMap;

use self::form::{
    Artifact, ArtifactLocation, Configuration, Descriptor, Driver, ElementName, GateNote,
    Invocation, Location, Log, LogicalLocation, Message, Notification, PhysicalLocation, Region,
    ResultProperties, Run, RunProperties, SarifResult, Suppression, Tool, Translation,
};
use super::telling::{Telling, clean};
use super::{ElementRef, Finding, Report};
use crate::eval::Verdict;
use crate::pack::Severity;
use crate::text::{Language, Text};

/// What SARIF says of accepted deviations.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Waived {
    /// They are results that are suppressed, with the reason.
    Suppressed,
    /// They are left out.
    LeftOut,
}

impl Report {
    /// The report as SARIF 2.1.0 in a language; the texts of rules are in the other one too, as a
    /// translation.
    ///
    /// ```
    /// use spelregel::report::Waived;
    /// use spelregel::{Language, Metamodel, Model, Options, Pack, RuleSet, Settings, Source};
    /// let pack = Pack::shipped("slim-invoeren").ok_or("not shipped")??;
    /// let rules = RuleSet::compile(&Metamodel::standard(), [pack], &Settings::default())?;
    /// let model = Model::load(rules.metamodel(), [Source::new("m.yaml", "programmes: [{id: p}]")])?;
    /// let report = rules.check(&model, &Options::at("2026-06-01".parse()?));
    /// let sarif = report.to_sarif(Language::En, Waived::Suppressed);
    /// assert!(sarif.contains("\"version\": \"2.1.0\""));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn to_sarif(&self, language: Language, waived: Waived) -> String {
        let findings = self
            .findings
            .iter()
            .filter(|finding| waived == Waived::Suppressed || finding.verdict != Verdict::Waived);
        let findings: Vec<&Finding> = findings.collect();
        let run = Writer::new(self, language, &findings).run(&findings);
        let log = Log { schema: form::SCHEMA, version: "2.1.0", runs: [run] };
        let mut json = serde_json::to_string_pretty(&log).unwrap_or_default();
        json.push('\n');
        json
    }
}

struct Writer<'a> {
    telling: Telling<'a>,
    /// A finding of each rule, in the order of the findings.
    rules: Vec<&'a Finding>,
    rule_index: BTreeMap<&'a str, usize>,
}

impl<'a> Writer<'a> {
    fn new(report: &'a Report, language: Language, findings: &[&'a Finding]) -> Self {
        let mut rules: Vec<&Finding> = Vec::new();
        let mut rule_index = BTreeMap::new();
        for finding in findings {
            rule_index.entry(finding.rule.as_str()).or_insert_with(|| {
                rules.push(finding);
                rules.len() - 1
            });
        }
        Self { telling: Telling::new(report, language), rules, rule_index }
    }

    fn run(&self, findings: &[&'a Finding]) -> Run<'a> {
        let (report, language) = (self.telling.report, self.telling.language);
        let others = Language::ALL.into_iter().filter(|other| *other != language);
        let mut files: Vec<&str> =
            findings.iter().filter_map(|f| Some(f.position.as_ref()?.file.as_str())).collect();
        files.sort_unstable();
        files.dedup();
        Run {
            tool: Tool {
                driver: Driver {
                    name: "spelregel",
                    semantic_version: &report.receipt.version,
                    language: language.code(),
                    rules: self.rules.iter().map(|rule| descriptor(rule, language)).collect(),
                },
            },
            invocations: [Invocation {
                execution_successful: true,
                tool_execution_notifications: findings
                    .iter()
                    .filter_map(|finding| self.notification(finding))
                    .collect(),
            }],
            language: language.code(),
            artifacts: files.into_iter().map(|file| Artifact { location: at(file) }).collect(),
            results: findings.iter().map(|finding| self.result(finding)).collect(),
            translations: others.filter_map(|other| self.translation(other)).collect(),
            column_kind: "unicodeCodePoints",
            properties: RunProperties {
                receipt: &report.receipt,
                gates_ahead: self.gates_ahead(),
                missing: &report.missing,
            },
        }
    }

    /// The texts of the rules in another language, where one of them has a text in it.
    fn translation(&self, language: Language) -> Option<Translation<'a>> {
        let has = |text: &Text| text.exact(language).is_some();
        if !self.rules.iter().any(|rule| has(&rule.title)) {
            return None;
        }
        Some(Translation {
            name: "spelregel",
            language: language.code(),
            contents: ["localizedData"],
            rules: self.rules.iter().map(|rule| descriptor(rule, language)).collect(),
        })
    }

    fn result(&self, finding: &'a Finding) -> SarifResult<'a> {
        let (kind, level) = match finding.verdict {
            Verdict::Fail | Verdict::Waived => ("fail", level(finding.severity)),
            Verdict::Unknown => ("open", "none"),
            Verdict::Error => ("review", "none"),
            Verdict::Pass => ("pass", "none"),
            Verdict::NotApplicable => ("notApplicable", "none"),
        };
        let suppression = (finding.verdict == Verdict::Waived).then(|| Suppression {
            kind: "external",
            status: "accepted",
            justification: self.justification(finding),
        });
        SarifResult {
            rule_id: &finding.rule,
            rule_index: self.rule_index.get(finding.rule.as_str()).copied(),
            kind,
            level,
            baseline_state: self
                .telling
                .report
                .since
                .as_ref()
                .map(|_| if self.telling.report.is_new(finding) { "new" } else { "unchanged" }),
            message: Message { text: self.message(finding) },
            locations: location(finding).into_iter().collect(),
            partial_fingerprints: BTreeMap::from([("spelregel/v1", finding.fingerprint.as_str())]),
            related_locations: finding
                .witnesses
                .iter()
                .map(|witness| Location {
                    physical_location: None,
                    logical_locations: vec![logical(witness)],
                })
                .collect(),
            suppressions: suppression.into_iter().collect(),
            properties: ResultProperties {
                verdict: finding.verdict,
                severity: finding.severity,
                programmes: &finding.programmes,
                missing: &finding.missing,
            },
        }
    }

    /// The message, and what it takes to answer what is open.
    fn message(&self, finding: &Finding) -> String {
        let (telling, words) = (self.telling, self.telling.words);
        let mut parts = vec![telling.whom(finding) + ":"];
        let own = telling.pick(&finding.message);
        parts.push(if own.is_empty() { telling.pick(&finding.title) } else { own }.to_owned());
        if let Some(error) = &finding.error {
            parts.push(format!("{} {}", words.problem, telling.pick(error)));
        }
        if !finding.missing.is_empty() {
            let questions = telling.questions(finding, usize::MAX);
            parts.push(format!("{} {}", words.ask, questions.join(" ")));
        }
        plain(&parts.join(" "))
    }

    fn justification(&self, finding: &Finding) -> String {
        finding.deviation.as_ref().map_or_else(String::new, |deviation| {
            clean(&format!("{}: {}", self.telling.deviation(deviation), deviation.reason))
        })
    }

    fn notification(&self, finding: &Finding) -> Option<Notification> {
        let error = finding.error.as_ref()?;
        let text = format!(
            "{}: {}: {}",
            finding.rule,
            self.telling.whom(finding),
            self.telling.pick(error)
        );
        Some(Notification {
            level: "error",
            message: Message { text: plain(&text) },
            associated_rule: form::Reference {
                index: self.rule_index.get(finding.rule.as_str()).copied(),
            },
        })
    }

    fn gates_ahead(&self) -> Vec<GateNote<'a>> {
        let programmes = self.telling.report.programmes.iter();
        programmes
            .flat_map(|programme| {
                programme.gates.iter().map(|readiness| GateNote {
                    programme: &programme.element.id,
                    readiness,
                    state: clean(&self.telling.readiness(readiness)),
                })
            })
            .collect()
    }
}

/// Where a finding is: in a file, and in the model.
fn location(finding: &Finding) -> Option<Location<'_>> {
    let physical_location = finding.position.as_ref().map(|position| PhysicalLocation {
        artifact_location: at(&position.file),
        // A table has no lines.
        region: position
            .table
            .is_none()
            .then_some(Region { start_line: position.line, start_column: position.column }),
    });
    let logical_locations: Vec<_> = finding.element.iter().map(logical).collect();
    let is_somewhere = physical_location.is_some() || !logical_locations.is_empty();
    is_somewhere.then_some(Location { physical_location, logical_locations })
}

fn logical(element: &ElementRef) -> LogicalLocation<'_> {
    LogicalLocation {
        name: clean(element.name.as_ref().unwrap_or(&element.id)),
        fully_qualified_name: ElementName { kind: &element.kind, id: &element.id },
        kind: &element.kind,
    }
}

/// A rule as SARIF describes it, with its texts in a language.
fn descriptor(rule: &Finding, language: Language) -> Descriptor<'_> {
    let text = |text| told(text, language).map(|text| Message { text: plain(text) });
    Descriptor {
        id: &rule.rule,
        short_description: text(&rule.title),
        full_description: text(&rule.why),
        help: text(&rule.remedy),
        default_configuration: Configuration { level: level(rule.severity) },
        properties: form::RuleProperties { tags: &rule.tags, source: told(&rule.source, language) },
    }
}

/// The text in the language, if there is one.
fn told(text: &Text, language: Language) -> Option<&str> {
    Some(text.get(language)).filter(|text| !text.is_empty())
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Advice => "note",
    }
}

/// Text in which no placeholder and no link is read: braces are doubled, and brackets and parentheses
/// that would make a link are kept apart.
fn plain(text: &str) -> String {
    clean(text).replace('{', "{{").replace('}', "}}").replace("](", "] (")
}

/// A file as a reference by URI. What isn't allowed in one is written by its bytes.
fn at(file: &str) -> ArtifactLocation {
    const FREE: &[u8] = b"-._~/";
    let mut uri = String::from(if file.starts_with('/') { "file://" } else { "" });
    for byte in file.replace('\\', "/").bytes() {
        if byte.is_ascii_alphanumeric() || FREE.contains(&byte) {
            uri.push(char::from(byte));
        } else {
            uri.push_str(&format!("%{byte:02X}"));
        }
    }
    ArtifactLocation { uri }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample::{sample, sample_before_a_gate};

    #[test]
    fn a_report_in_english() {
        insta::assert_snapshot!(sample_before_a_gate().to_sarif(Language::En, Waived::Suppressed));
    }

    #[test]
    fn a_report_in_dutch_without_what_is_accepted() {
        let sarif = sample().to_sarif(Language::Nl, Waived::LeftOut);
        assert!(!sarif.contains("suppressions"), "{sarif}");
        assert!(!sarif.contains("resources-for-embedding"), "{sarif}");
        assert!(sarif.contains("De opdrachtgever zit in het managementteam"), "{sarif}");
    }

    #[test]
    fn files_are_references() {
        assert_eq!(at("plan/mijn plan.yaml").uri, "plan/mijn%20plan.yaml");
        assert_eq!(at("a:b\\é.yaml").uri, "a%3Ab/%C3%A9.yaml");
        assert_eq!(at("/etc/m.yaml").uri, "file:///etc/m.yaml");
    }

    #[test]
    fn messages_hold_no_links_and_no_placeholders() {
        assert_eq!(plain("{0} [a](http://b)\u{7}"), "{{0}} [a] (http://b)\u{fffd}");
    }
}
