//! The examples of rules, run as tests of their pack.

mod coverage;

use std::cell::RefCell;

pub use self::coverage::{RuleCoverage, UntestedPart};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::eval::reference::{Coverage, Evaluator};
use crate::eval::{Judgement, Verdict, judge_with};
use crate::limits::Limits;
use crate::model::Model;
use crate::pack::{Example, Pack, Rule};
use crate::plan::RuleSet;
use crate::source::{Position, Source};
use crate::value::Date;

/// How one example of one rule came out.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct ExampleResult {
    /// The rule's full id, `pack/rule`.
    pub rule: String,
    /// The example's name, where it has one.
    pub name: Option<String>,
    /// Its number among the examples of the rule, from 1.
    pub number: usize,
    /// The pack that holds it, and the line on which it starts.
    pub source: Source,
    /// Where it starts.
    pub position: Position,
    /// The verdict of every element that the rule was asked of, and the one expected.
    pub verdicts: Vec<ExpectedVerdict>,
    /// Why it could not be run: its model, date or gate is not one, or it expects what can't be.
    pub problems: Option<Diagnostics>,
}

/// A verdict of an example, beside the one that it expects.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ExpectedVerdict {
    /// The element's id; `None` for a rule of the model as a whole.
    pub element: Option<String>,
    /// What the example says; an element that it doesn't name is expected to be not applicable.
    pub expected: Verdict,
    /// What the rule says.
    pub found: Verdict,
}

/// How the examples of a rule set came out, and what they leave untested.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct TestReport {
    /// Every example, in the order in which they are written.
    pub results: Vec<ExampleResult>,
    /// What the examples show of each rule, in the order of the rules.
    pub coverage: Vec<RuleCoverage>,
}

impl TestReport {
    /// Whether every example came out as expected. What no example shows is no failure.
    pub fn is_good(&self) -> bool {
        self.results.iter().all(ExampleResult::is_as_expected)
    }
}

impl ExampleResult {
    /// Whether it ran and every verdict is as expected.
    pub fn is_as_expected(&self) -> bool {
        self.problems.is_none() && self.verdicts.iter().all(|v| v.expected == v.found)
    }
}

impl RuleSet {
    /// Runs the examples of every rule of every pack, in the order in which they are written.
    ///
    /// Rules that the settings switch off are passed over.
    pub fn run_examples(&self) -> Vec<ExampleResult> {
        self.run_and_cover().0
    }

    /// Runs the examples, and tells what they leave untested.
    ///
    /// ```
    /// use spelregel::{Metamodel, Pack, RuleSet, Settings};
    /// let pack = Pack::shipped("slim-invoeren").ok_or("not shipped")??;
    /// let rules = RuleSet::compile(&Metamodel::standard(), [pack], &Settings::default())?;
    /// assert!(rules.test().is_good());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn test(&self) -> TestReport {
        let (results, coverage) = self.run_and_cover();
        TestReport { results, coverage }
    }

    fn run_and_cover(&self) -> (Vec<ExampleResult>, Vec<RuleCoverage>) {
        let mut results = Vec::new();
        let mut covered = Vec::new();
        for (position, typed) in self.typed().rules.iter().enumerate() {
            let Some(pack) = self.packs().get(typed.pack) else { continue };
            let Some(rule) = pack.0.rules.iter().find(|rule| rule.id.value == typed.id) else {
                continue;
            };
            let mut seen = Coverage::default();
            let mut found = Vec::new();
            for (number, example) in rule.examples.iter().enumerate() {
                let result = self.run_example(pack, rule, position, number + 1, example, &mut seen);
                found.extend(result.verdicts.iter().map(|verdict| verdict.found));
                results.push(result);
            }
            covered.push(coverage::of_rule(typed, rule, &pack.0.source, &found, &seen));
        }
        (results, covered)
    }

    fn run_example(
        &self,
        pack: &Pack,
        rule: &Rule,
        position: usize,
        number: usize,
        example: &Example,
        seen: &mut Coverage,
    ) -> ExampleResult {
        let source = &pack.0.source;
        let (verdicts, problems) = match self.judge_example(source, position, example, seen) {
            Ok(verdicts) => (verdicts, None),
            Err(problems) => (Vec::new(), Some(problems)),
        };
        ExampleResult {
            rule: format!("{}/{}", pack.id(), rule.id.value),
            name: example.name.clone(),
            number,
            source: source.clone(),
            position: source.position(example.span.start),
            verdicts,
            problems,
        }
    }

    fn judge_example(
        &self,
        source: &Source,
        position: usize,
        example: &Example,
        seen: &mut Coverage,
    ) -> Result<Vec<ExpectedVerdict>, Diagnostics> {
        let at: Date = example.at.value.parse().map_err(|_| {
            Diagnostic::error(
                Code::InvalidDate,
                format!("`{}` is not a date", example.at.value),
                source,
                example.at.span,
            )
            .help("write a date as `2026-01-31`")
        })?;
        let gate = match &example.gate {
            None => None,
            Some(gate) => Some(self.metamodel().gate_position(&gate.value).ok_or_else(|| {
                Diagnostic::error(
                    Code::UnknownValue,
                    format!("`{}` is not a gate", gate.value),
                    source,
                    gate.span,
                )
            })?),
        };
        let model = Model::from_tree(self.metamodel(), source, &example.model, &Limits::default())?;
        let mut expected = Vec::new();
        for (element, verdict) in &example.expect {
            let Some(known) = Verdict::ALL.into_iter().find(|v| v.as_str() == verdict.value) else {
                let names = Verdict::ALL.map(Verdict::as_str);
                let problem = Diagnostic::error(
                    Code::UnknownValue,
                    format!("`{}` is not a verdict", verdict.value),
                    source,
                    verdict.span,
                )
                .suggest(crate::suggest::nearest(&verdict.value, names))
                .help(format!("a verdict is {}", names.join(", ")));
                return Err(problem.into());
            };
            expected.push((element, known));
        }
        let mut evaluator = Evaluator::new(&model, self.typed(), at.timestamp(), gate);
        evaluator.coverage = Some(RefCell::new(std::mem::take(seen)));
        let judgements = judge_with(&evaluator, Some(position));
        *seen = evaluator.coverage.take().map(RefCell::into_inner).unwrap_or_default();
        let verdict_of = |judgement: &Judgement| {
            let element = judgement.element.map(|e| model.id_of(e).to_owned());
            let name = element.as_deref().unwrap_or("model");
            let named = expected.iter().find(|(id, _)| id.value == name);
            let expected = named.map_or(Verdict::NotApplicable, |(_, verdict)| *verdict);
            ExpectedVerdict { element, expected, found: judgement.verdict }
        };
        let verdicts: Vec<ExpectedVerdict> = judgements.iter().map(verdict_of).collect();
        // A name that is no subject of the rule would otherwise be as expected in silence.
        for (id, _) in &expected {
            if !verdicts.iter().any(|v| v.element.as_deref().unwrap_or("model") == id.value) {
                let message = format!("the rule is not asked of `{}`", id.value);
                return Err(Diagnostic::error(Code::UnknownReference, message, source, id.span)
                    .help("expect verdicts of live elements of the rule's kinds")
                    .into());
            }
        }
        Ok(verdicts)
    }
}
