//! A rule set of the publisher, what its engine finds, and what ours does, in the same terms.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result, bail};
use serde::Deserialize;
use serde_json::Value as Json;
use spelregel::{Language, Model, Options, RuleSet, Verdict};

use crate::files;

/// A case of a rule set: the context, the sort of case, and which of them.
pub type Case = (String, String, usize);

/// Cases with the elements for which they fail: the activity, and which of the context's elements in it.
pub type Failures = BTreeSet<(Case, String, usize)>;

/// What an engine makes of a file.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// Verdicts of pass or fail.
    pub checked: usize,
    /// Where a condition says that a case doesn't apply, or a date that it compares isn't there.
    pub not_applicable: usize,
    /// Which fail.
    pub failures: Failures,
}

/// The cases of a rule set.
#[derive(Debug)]
pub struct Cases(BTreeMap<Case, Json>);

impl Cases {
    /// Reads a rule set.
    ///
    /// # Errors
    /// Where it can't be read.
    pub fn read(name: &str) -> Result<Self> {
        type Sorts = BTreeMap<String, BTreeMap<String, Vec<Json>>>;
        let text = files::text(&format!("data/iati/rules/{name}.json"))?;
        let contexts: BTreeMap<String, Sorts> = serde_json::from_str(&text)?;
        let mut cases = BTreeMap::new();
        for (context, sorts) in contexts {
            for (sort, lists) in sorts {
                for (position, case) in lists.into_values().flatten().enumerate() {
                    cases.insert((context.clone(), sort.clone(), position), case);
                }
            }
        }
        Ok(Self(cases))
    }

    /// All of them.
    pub fn all(&self) -> BTreeSet<Case> {
        self.0.keys().cloned().collect()
    }

    /// What the publisher's engine finds in a file.
    ///
    /// # Errors
    /// Where that can't be read.
    pub fn expected(&self, file: &str, name: &str) -> Result<Outcome> {
        let text = files::text(&format!("data/iati/expected/{file}.{name}.jsonl"))?;
        let mut outcome = Outcome::default();
        for line in text.lines() {
            match serde_json::from_str(line).with_context(|| line.to_owned())? {
                Line::Totals { checked, not_applicable } => {
                    outcome.checked = checked;
                    outcome.not_applicable = not_applicable;
                }
                Line::Failure { activity, context, element, rule, case: body } => {
                    let is_same = |(case, known): &(&Case, &Json)| {
                        case.0 == context && case.1 == rule && **known == body
                    };
                    let found = self.0.iter().find(is_same);
                    let (case, _) = found.with_context(|| format!("no such case: {line}"))?;
                    outcome.failures.insert((case.clone(), activity, element));
                }
            }
        }
        Ok(outcome)
    }

    /// What rules of ours find in a model.
    ///
    /// # Errors
    /// Where a rule names no case, or gives a verdict that the other engine doesn't have.
    pub fn found(&self, rules: &RuleSet, model: &Model, options: &Options) -> Result<Outcome> {
        let mut outcome = Outcome::default();
        for answer in rules.answers(model, options) {
            let element = answer.element.context("a rule of the model as a whole")?;
            let section = model.element(&element).context("the element")?.kind().section();
            let name = section.replace('_', "-");
            let cases = self.named_by(rules.rule(&answer.rule)?.source().get(Language::En))?;
            let case = cases.iter().find(|case| selected_by(&case.0) == name);
            let case = case.with_context(|| format!("{} has no case for {name}", answer.rule))?;
            if self.depends_on_clock(case) {
                continue;
            }
            match answer.verdict {
                Verdict::Pass => outcome.checked += 1,
                Verdict::Fail => {
                    outcome.checked += 1;
                    let (activity, position) = place(&element);
                    outcome.failures.insert((case.clone(), activity, position));
                }
                Verdict::NotApplicable => {
                    outcome.not_applicable += usize::from(self.has_condition(case));
                }
                other => bail!("{} of {element} is {}", answer.rule, other.as_str()),
            }
        }
        Ok(outcome)
    }

    /// The cases that a rule names as its source.
    ///
    /// # Errors
    /// Where there is no such case.
    pub fn named_by(&self, source: &str) -> Result<Vec<Case>> {
        let parts = source.split("; ");
        parts
            .map(|part| {
                // Contexts may have spaces in them.
                let mut words = part.rsplitn(3, ' ');
                let position = words.next().context("a position")?.parse()?;
                let sort = words.next().context("a sort of case")?.to_owned();
                let case = (words.next().context("a context")?.to_owned(), sort, position);
                if self.0.contains_key(&case) { Ok(case) } else { bail!("no such case: {part}") }
            })
            .collect()
    }

    /// Whether what it finds depends on the day on which it is asked; then it isn't among the expected.
    fn depends_on_clock(&self, case: &Case) -> bool {
        let names_today = |body: &Json| body.to_string().contains("\"TODAY\"");
        case.1 == "date_now" || self.0.get(case).is_some_and(names_today)
    }

    /// Whether what isn't applicable is so by the case itself. Otherwise the context doesn't select it.
    fn has_condition(&self, case: &Case) -> bool {
        let compares = ["date_order", "time_limit", "between_dates"].contains(&case.1.as_str());
        compares || self.0.get(case).is_some_and(|body| body.get("condition").is_some())
    }
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Line {
    Totals { checked: usize, not_applicable: usize },
    Failure { activity: String, context: String, element: usize, rule: String, case: Json },
}

/// The name of the elements that a context selects.
fn selected_by(context: &str) -> &str {
    let path = match context.strip_suffix("/..") {
        Some(child) => child.rsplit_once('/').map_or(child, |(parent, _)| parent),
        None => context,
    };
    let last = path.rsplit('/').next().unwrap_or(path);
    last.split('[').next().unwrap_or(last)
}

/// The activity of an element, and which of its kind it is there.
fn place(element: &str) -> (String, usize) {
    let mut parts = element.split(':');
    let activity = parts.next().unwrap_or_default().to_owned();
    let position = parts.nth(1).and_then(|position| position.parse().ok());
    (activity, position.unwrap_or(0))
}
