//! How the examples of packs came out, as text and JSON.

use serde::Serialize;

use super::text::Colour;
use super::text::page::{Page, Paint};
use super::words::Words;
use crate::eval::Verdict;
use crate::examples::{ExampleResult, RuleCoverage, TestReport};
use crate::text::Language;

impl TestReport {
    /// The report for a terminal: examples that came out otherwise, what no example shows, and a
    /// closing line with the counts.
    pub fn to_text(&self, language: Language, colour: Colour) -> String {
        let words = Words::of(language);
        let mut page = Page::new(colour);
        for result in self.results.iter().filter(|result| !result.is_as_expected()) {
            example(&mut page, words, result, colour);
        }
        for coverage in &self.coverage {
            rule(&mut page, words, coverage);
        }
        page.rule();
        let good = self.results.iter().filter(|result| result.is_as_expected()).count();
        let questions: usize = self.coverage.iter().map(|rule| rule.questions).sum();
        let untested: usize = self.coverage.iter().map(|rule| rule.untested.len()).sum();
        let (paint, line) = (
            if self.is_good() { Paint::Good } else { Paint::Error },
            format!(
                "{}: {good} {} {}; {}: {} {} {questions}",
                words.examples,
                words.out_of,
                self.results.len(),
                words.coverage,
                questions - untested,
                words.out_of,
            ),
        );
        page.lead(0, &line, "", paint);
        page.finish()
    }

    /// The report as JSON.
    pub fn to_json(&self) -> String {
        #[derive(Serialize)]
        struct Json<'r> {
            examples: Vec<ExampleJson<'r>>,
            rules: Vec<CoverageJson<'r>>,
        }
        let json = Json {
            examples: self.results.iter().map(ExampleJson::of).collect(),
            rules: self.coverage.iter().map(CoverageJson::of).collect(),
        };
        let mut text = serde_json::to_string_pretty(&json).unwrap_or_default();
        text.push('\n');
        text
    }
}

fn example(page: &mut Page, words: &Words, result: &ExampleResult, colour: Colour) {
    let name = result.name.as_deref().unwrap_or("");
    page.lead(
        0,
        &format!("✗ {}", result.rule),
        &format!("{} {}: {name}", words.example, result.number),
        Paint::Error,
    );
    let place =
        format!("{}:{}:{}", result.source.name(), result.position.line, result.position.column);
    page.paragraph(2, "", &place, Paint::Faint);
    for verdict in result.verdicts.iter().filter(|verdict| verdict.expected != verdict.found) {
        let line = format!(
            "{}: {} {}, {} {}",
            verdict.element.as_deref().unwrap_or(words.whole_model),
            words.expected,
            verdict.expected.as_str(),
            words.found,
            verdict.found.as_str()
        );
        page.paragraph(2, "", &line, Paint::Plain);
    }
    if let Some(problems) = &result.problems {
        page.code(2, "", &problems.render(colour));
    }
    page.blank();
}

fn rule(page: &mut Page, words: &Words, coverage: &RuleCoverage) {
    if coverage.missing.is_empty() && coverage.untested.is_empty() {
        return;
    }
    page.lead(0, &format!("? {}", coverage.rule), "", Paint::Warning);
    if !coverage.missing.is_empty() {
        let names: Vec<&str> = coverage.missing.iter().map(|verdict| verdict.as_str()).collect();
        page.paragraph(2, words.no_example_shows, &names.join(", "), Paint::Plain);
    }
    for part in &coverage.untested {
        let truth = match (part.was_true, part.was_false) {
            (true, _) => words.never_false,
            (false, true) => words.never_true,
            (false, false) => words.never_asked,
        };
        let text: Vec<&str> = part.text.split_whitespace().collect();
        let line =
            format!("{}:{}: `{}` {truth}", part.source.name(), part.position.line, text.join(" "));
        page.paragraph(2, "", &line, Paint::Plain);
    }
    page.blank();
}

#[derive(Serialize)]
struct ExampleJson<'r> {
    rule: &'r str,
    number: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'r str>,
    file: &'r str,
    line: u32,
    as_expected: bool,
    verdicts: Vec<VerdictJson<'r>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    problems: Option<&'r crate::diagnostic::Diagnostics>,
}

#[derive(Serialize)]
struct VerdictJson<'r> {
    element: Option<&'r str>,
    expected: Verdict,
    found: Verdict,
}

impl<'r> ExampleJson<'r> {
    fn of(result: &'r ExampleResult) -> Self {
        let verdict = |verdict: &'r crate::examples::ExpectedVerdict| VerdictJson {
            element: verdict.element.as_deref(),
            expected: verdict.expected,
            found: verdict.found,
        };
        Self {
            rule: &result.rule,
            number: result.number,
            name: result.name.as_deref(),
            file: result.source.name(),
            line: result.position.line,
            as_expected: result.is_as_expected(),
            verdicts: result.verdicts.iter().map(verdict).collect(),
            problems: result.problems.as_ref(),
        }
    }
}

#[derive(Serialize)]
struct CoverageJson<'r> {
    rule: &'r str,
    shown: &'r [Verdict],
    missing: &'r [Verdict],
    questions: usize,
    untested: Vec<PartJson<'r>>,
}

#[derive(Serialize)]
struct PartJson<'r> {
    text: &'r str,
    line: u32,
    was_true: bool,
    was_false: bool,
}

impl<'r> CoverageJson<'r> {
    fn of(coverage: &'r RuleCoverage) -> Self {
        let untested = coverage.untested.iter().map(|part| PartJson {
            text: &part.text,
            line: part.position.line,
            was_true: part.was_true,
            was_false: part.was_false,
        });
        Self {
            rule: &coverage.rule,
            shown: &coverage.shown,
            missing: &coverage.missing,
            questions: coverage.questions,
            untested: untested.collect(),
        }
    }
}
