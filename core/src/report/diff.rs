//! What is different between two reports, and what is new since a baseline.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::markdown::escape;
use super::telling::{Telling, number};
use super::text::Colour;
use super::text::page::{Page, Paint};
use super::{Finding, Receipt, Report};
use crate::eval::Verdict;
use crate::text::Language;
use crate::value::Date;

/// What is different between two reports.
///
/// Findings are recognised by their fingerprints. Every finding of either report is in one of the lists;
/// each list has the order of its report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Difference {
    /// What the earlier report rests on.
    pub from: Receipt,
    /// What the later report rests on.
    pub to: Receipt,
    /// Findings that the earlier report doesn't have.
    pub new: Vec<Finding>,
    /// Findings that say something else than before. That only their place in a file is another doesn't
    /// count.
    pub changed: Vec<Change>,
    /// Findings that the later report doesn't have, as they were.
    pub gone: Vec<Finding>,
    /// Findings that are still there, as they are in the later report.
    pub still_there: Vec<Finding>,
}

/// A finding that says something else than before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Change {
    /// What it said.
    pub before: Finding,
    /// What it says.
    pub after: Finding,
}

impl Report {
    /// What is different in this report from an earlier one.
    ///
    /// ```
    /// use spelregel::{Metamodel, Model, Options, Pack, RuleSet, Settings, Source};
    /// let pack = Pack::shipped("slim-invoeren").ok_or("not shipped")??;
    /// let rules = RuleSet::compile(&Metamodel::standard(), [pack], &Settings::default())?;
    /// let check = |text: &str| {
    ///     let model = Model::load(rules.metamodel(), [Source::new("m.yaml", text)])?;
    ///     Ok::<_, Box<dyn std::error::Error>>(rules.check(&model, &Options::at("2026-06-01".parse()?)))
    /// };
    /// let before = check("programmes: [{id: p, phase: design}]")?;
    /// let after = check("programmes: [{id: p, phase: design}, {id: q, phase: design}]")?;
    /// let difference = after.diff(&before);
    /// assert!(difference.new.iter().all(|finding| finding.programmes == ["q"]));
    /// assert!(difference.gone.is_empty());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn diff(&self, earlier: &Report) -> Difference {
        let was = by_fingerprint(&earlier.findings);
        let is = by_fingerprint(&self.findings);
        let mut difference = Difference {
            from: earlier.receipt.clone(),
            to: self.receipt.clone(),
            new: Vec::new(),
            changed: Vec::new(),
            gone: Vec::new(),
            still_there: Vec::new(),
        };
        for after in &self.findings {
            match was.get(after.fingerprint.as_str()) {
                None => difference.new.push(after.clone()),
                Some(before) if says_the_same(before, after) => {
                    difference.still_there.push(after.clone());
                }
                Some(before) => {
                    let (before, after) = ((*before).clone(), after.clone());
                    difference.changed.push(Change { before, after });
                }
            }
        }
        let gone = earlier.findings.iter().filter(|f| !is.contains_key(f.fingerprint.as_str()));
        difference.gone.extend(gone.cloned());
        difference
    }

    /// The report, knowing what of it is new since a baseline: findings that the baseline doesn't have, and
    /// those whose verdict has gone to fail or error since.
    ///
    /// It keeps all findings, so that it can be a baseline itself; forms for people show what is new, and
    /// [`Report::has`] judges that alone.
    #[must_use]
    pub fn since(mut self, baseline: &Report) -> Self {
        let was = by_fingerprint(&baseline.findings);
        let is_new = |finding: &&Finding| {
            let failing = matches!(finding.verdict, Verdict::Fail | Verdict::Error);
            let before = was.get(finding.fingerprint.as_str());
            before.is_none_or(|before| failing && before.verdict != finding.verdict)
        };
        let new = self.findings.iter().filter(is_new).map(|f| f.fingerprint.clone()).collect();
        let is = by_fingerprint(&self.findings);
        let gone = was.keys().filter(|fingerprint| !is.contains_key(*fingerprint)).count();
        self.since = Some(Since { at: baseline.receipt.at, new, gone: number(gone) });
        self
    }
}

/// What has become of a report since a baseline.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, serde::Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Since {
    /// The date of the baseline.
    pub at: Date,
    /// The fingerprints of the findings that are new.
    pub new: BTreeSet<String>,
    /// How many findings of the baseline are gone.
    pub gone: u64,
}

fn by_fingerprint(findings: &[Finding]) -> BTreeMap<&str, &Finding> {
    findings.iter().map(|finding| (finding.fingerprint.as_str(), finding)).collect()
}

fn says_the_same(before: &Finding, after: &Finding) -> bool {
    let moved = Finding { position: after.position.clone(), ..before.clone() };
    moved == *after
}

impl Difference {
    /// The difference as JSON.
    pub fn to_json(&self) -> String {
        let mut json = serde_json::to_string_pretty(self).unwrap_or_default();
        json.push('\n');
        json
    }

    /// The difference as text for a terminal. It names things as the two reports that it was made of do.
    pub fn to_text(
        &self,
        (earlier, later): (&Report, &Report),
        language: Language,
        colour: Colour,
    ) -> String {
        let told = Told::new(self, earlier, later, language);
        let mut page = Page::new(colour);
        page.paragraph(0, "", &told.title(), Paint::Plain);
        for (sign, scope) in told.scopes() {
            page.paragraph(0, sign, &scope, Paint::Faint);
        }
        for (heading, lines) in told.sections() {
            page.heading(&heading);
            for Line { mark, telling, finding } in lines {
                let paint = Paint::of(finding.severity);
                page.lead(0, &format!("{mark}:"), telling.pick(&finding.title), paint);
                let place = finding.position.as_ref().map(|place| telling.place(place));
                page.subject(2, &telling.whom(finding), &place.unwrap_or_default());
                page.paragraph(4, "", telling.pick(&finding.message), Paint::Plain);
            }
        }
        page.rule();
        page.lead(0, &told.numbers(), "", Paint::Strong);
        page.finish()
    }

    /// The same as Markdown, in which what models and packs hold stays text.
    pub fn to_markdown(&self, (earlier, later): (&Report, &Report), language: Language) -> String {
        let told = Told::new(self, earlier, later, language);
        let mut blocks =
            vec![format!("# {}", escape(&told.title())), format!("**{}**", told.numbers())];
        let scopes = told.scopes().into_iter();
        blocks.extend(scopes.map(|(sign, scope)| format!("\\{sign} {}", escape(&scope))));
        for (heading, lines) in told.sections() {
            blocks.push(format!("## {heading}"));
            blocks.extend(lines.into_iter().map(|Line { mark, telling, finding }| {
                let title = escape(telling.pick(&finding.title));
                let whom = escape(&telling.whom(finding));
                let place = match &finding.position {
                    Some(place) => format!(" ({})", escape(&telling.place(place))),
                    None => String::new(),
                };
                let message = escape(telling.pick(&finding.message));
                format!("- {mark}: {title}\n\n  **{whom}**{place}\n\n  {message}")
            }));
        }
        blocks.join("\n\n") + "\n"
    }
}

/// What every form says of a difference.
struct Told<'a> {
    difference: &'a Difference,
    before: Telling<'a>,
    after: Telling<'a>,
}

/// A finding in short, and the report in whose words.
struct Line<'a> {
    mark: String,
    telling: Telling<'a>,
    finding: &'a Finding,
}

impl<'a> Told<'a> {
    fn new(
        difference: &'a Difference,
        earlier: &'a Report,
        later: &'a Report,
        language: Language,
    ) -> Self {
        let (before, after) = (Telling::new(earlier, language), Telling::new(later, language));
        Self { difference, before, after }
    }

    fn title(&self) -> String {
        let Difference { from, to, .. } = self.difference;
        format!("{} {} → {}", self.after.words.difference, from.at, to.at)
    }

    /// What each report was about, where that is not the same.
    fn scopes(&self) -> Vec<(&'static str, String)> {
        let scopes = [("-", self.before.scope()), ("+", self.after.scope())];
        let [(_, old), (_, new)] = &scopes;
        if old == new {
            return Vec::new();
        }
        let told = scopes.into_iter().map(|(sign, scope)| {
            let lists = scope.iter().map(|(label, list)| format!("{label}: {}", list.join(", ")));
            (sign, lists.collect::<Vec<_>>().join("; "))
        });
        told.collect()
    }

    /// `New: 2 findings` with these, and so on; nothing where there are none.
    fn sections(&self) -> Vec<(String, Vec<Line<'a>>)> {
        let (difference, words) = (self.difference, self.after.words);
        let line =
            |telling: Telling<'a>, finding| Line { mark: telling.mark(finding), telling, finding };
        let new = difference.new.iter().map(|finding| line(self.after, finding));
        let gone = difference.gone.iter().map(|finding| line(self.before, finding));
        let changed = difference.changed.iter().map(|Change { before, after }| {
            let line = line(self.after, after);
            if (before.verdict, before.severity) == (after.verdict, after.severity) {
                return line;
            }
            Line { mark: format!("{} → {}", self.before.mark(before), line.mark), ..line }
        });
        let sections: [(&str, Vec<Line<'a>>); 3] = [
            (words.new, new.collect()),
            (words.changed, changed.collect()),
            (words.gone, gone.collect()),
        ];
        let there = sections.into_iter().filter(|(_, lines)| !lines.is_empty());
        there
            .map(|(title, lines)| {
                (format!("{title}: {}", words.findings.count(number(lines.len()))), lines)
            })
            .collect()
    }

    /// `2 new, 1 changed, 0 gone, 4 still there`
    fn numbers(&self) -> String {
        let (difference, words) = (self.difference, self.after.words);
        let numbers = [
            (difference.new.len(), words.new),
            (difference.changed.len(), words.changed),
            (difference.gone.len(), words.gone),
            (difference.still_there.len(), words.still_there),
        ];
        numbers.map(|(number, word)| format!("{number} {}", word.to_lowercase())).join(", ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample::sample_before_a_gate as sample;
    use crate::text::Text;

    fn fingerprints(findings: &[Finding]) -> Vec<&str> {
        findings.iter().map(|finding| finding.fingerprint.as_str()).collect()
    }

    #[test]
    fn a_report_is_not_different_from_itself() {
        let report = sample();
        let difference = report.diff(&report);
        assert_eq!(difference.still_there, report.findings);
        assert!(difference.new.is_empty() && difference.changed.is_empty());
        assert!(difference.gone.is_empty());
    }

    #[test]
    fn each_finding_is_in_one_list() {
        let (before, mut after) = (sample(), sample());
        after.findings[0].fingerprint = "new".to_owned();
        after.findings[1].verdict = Verdict::Fail;
        after.findings[2].message = Text::both("Other.", "Anders.");
        after.findings[3].position = None;
        after.findings.pop();
        after.receipt.packs[1].version = "1.1.0".to_owned();
        let difference = after.diff(&before);
        assert_eq!(fingerprints(&difference.new), ["new"]);
        let changed = difference.changed.iter().map(|change| change.after.fingerprint.as_str());
        assert_eq!(changed.collect::<Vec<_>>(), ["0000000000000001", "0000000000000002"]);
        assert_eq!(fingerprints(&difference.gone), ["0000000000000000", "0000000000000005"]);
        assert_eq!(fingerprints(&difference.still_there), ["0000000000000003", "0000000000000004"]);
        for language in Language::ALL {
            let text = difference.to_text((&before, &after), language, Colour::Never);
            insta::assert_snapshot!(format!("difference_{}", language.code()), text);
            let markdown = difference.to_markdown((&before, &after), language);
            insta::assert_snapshot!(format!("difference_{}_markdown", language.code()), markdown);
        }
    }

    #[test]
    fn new_is_what_was_not_there_or_has_gone_to_fail_or_error() {
        let (mut before, mut after) = (sample(), sample());
        before.findings[0].verdict = Verdict::Unknown;
        before.findings[1].verdict = Verdict::Fail;
        after.findings[2].fingerprint = "new".to_owned();
        before.findings[4].verdict = Verdict::Waived;
        before.findings[5].message = Text::default();
        let after = after.since(&before);
        let since = after.since.clone().unwrap();
        assert_eq!(
            since.new,
            ["0000000000000000", "0000000000000004", "new"].map(str::to_owned).into()
        );
        assert_eq!(since.gone, 1);
        insta::assert_snapshot!(after.to_text(Language::En, Colour::Never));
        let again = after.clone().since(&after);
        assert!(again.since.unwrap().new.is_empty());
    }
}
