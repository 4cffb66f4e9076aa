//! Reports and verdicts as tables, for data frames.
//!
//! The columns are written once, here; whoever hands them on asks each column for its name and type.

use super::{ElementRef, Finding, Report};
use crate::eval::{Verdict, Verdicts};
use crate::index::{Index, narrow};
use crate::tables::frame::{Frame, FrameColumn as Column, Values, ints, lists, names, texts};
use crate::text::{Language, Text};

impl Report {
    /// The findings as a table, a row each, in their order. Texts are in the language, else in the other one.
    ///
    /// ```
    /// # use spelregel::{Language, Metamodel, Model, Options, Pack, RuleSet, Settings, Source};
    /// # let pack = Pack::shipped("slim-invoeren").ok_or("not shipped")??;
    /// # let rules = RuleSet::compile(&Metamodel::standard(), [pack], &Settings::default())?;
    /// # let model = Model::load(rules.metamodel(), [Source::new("m.yaml", "goals: [{id: g}]")])?;
    /// let report = rules.check(&model, &Options::at("2026-06-01".parse()?));
    /// let findings = report.findings_frame(Language::Nl);
    /// assert_eq!(findings.rows(), report.findings.len());
    /// assert_eq!(findings.columns[0].name, "rule");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn findings_frame(&self, language: Language) -> Frame {
        let all = self.findings.as_slice();
        let days = |finding: &Finding| {
            let until = finding.deviation.as_ref()?.until?;
            i32::try_from(until.timestamp().days()).ok()
        };
        let said = |of: fn(&Finding) -> &Text| {
            texts(all, move |one| Some(of(one).get(language)).filter(|text| !text.is_empty()))
        };
        let columns = vec![
            Column::always("rule", names(all, |one| Some(&one.rule))),
            Column::always("title", texts(all, |one| Some(one.title.get(language)))),
            Column::always("severity", names(all, |one| Some(one.severity.as_str()))),
            Column::always("verdict", names(all, |one| Some(one.verdict.as_str()))),
            Column::new("kind", names(all, move |one| Some(&one.element.as_ref()?.kind))),
            Column::new("element", texts(all, move |one| Some(&one.element.as_ref()?.id))),
            Column::new("name", texts(all, |one| one.element.as_ref()?.name.as_deref())),
            Column::always("programmes", lists(all, |one| one.programmes.clone())),
            Column::new("message", said(|one| &one.message)),
            Column::new("why", said(|one| &one.why)),
            Column::new("remedy", said(|one| &one.remedy)),
            Column::new("source", said(|one| &one.source)),
            Column::always("tags", lists(all, |one| one.tags.clone())),
            Column::always("missing_facts", ints(all, |one| u64::try_from(one.missing.len()).ok())),
            Column::new("error", texts(all, |one| one.error.as_ref().map(|e| e.get(language)))),
            Column::new("deviation", texts(all, |one| Some(&one.deviation.as_ref()?.reason))),
            Column::new("deviation_until", Values::Days(all.iter().map(days).collect())),
            Column::always(
                "is_new",
                Values::Bools(all.iter().map(|one| Some(self.is_new(one))).collect()),
            ),
            Column::new("file", names(all, |one| Some(&one.position.as_ref()?.file))),
            Column::new("table", names(all, |one| one.position.as_ref()?.table.as_deref())),
            Column::new("line", ints(all, |one| Some(u64::from(one.position.as_ref()?.line)))),
            Column::new("column", ints(all, |one| Some(u64::from(one.position.as_ref()?.column)))),
            Column::always("fingerprint", texts(all, |one| Some(&one.fingerprint))),
        ];
        Frame::new("findings", columns)
    }

    /// What to find out as a table, the most useful first.
    pub fn missing_frame(&self, language: Language) -> Frame {
        let all = self.missing.as_slice();
        let columns = vec![
            Column::always("question", texts(all, |one| Some(one.fact.question.get(language)))),
            Column::new("kind", names(all, |one| Some(&one.fact.element.as_ref()?.kind))),
            Column::new("element", texts(all, |one| Some(&one.fact.element.as_ref()?.id))),
            Column::new("name", texts(all, |one| one.fact.element.as_ref()?.name.as_deref())),
            Column::always("field", names(all, |one| Some(&one.fact.field))),
            Column::new("relation", names(all, |one| Some(&one.fact.link.as_ref()?.relation))),
            Column::new("to", texts(all, |one| Some(&one.fact.link.as_ref()?.to.id))),
            Column::always("settles", ints(all, |one| Some(one.settles))),
            Column::always("named", ints(all, |one| Some(one.named))),
        ];
        Frame::new("missing_facts", columns)
    }

    /// The elements that decided verdicts as a table, a row for each witness of each finding.
    pub fn witnesses_frame(&self) -> Frame {
        let all: Vec<(&Finding, &ElementRef)> = self
            .findings
            .iter()
            .flat_map(|finding| finding.witnesses.iter().map(move |witness| (finding, witness)))
            .collect();
        let columns = vec![
            Column::always("fingerprint", texts(&all, |(finding, _)| Some(&finding.fingerprint))),
            Column::always("rule", names(&all, |(finding, _)| Some(&finding.rule))),
            Column::new("element", texts(&all, |(one, _)| Some(&one.element.as_ref()?.id))),
            Column::always("witness_kind", names(&all, |(_, witness)| Some(&witness.kind))),
            Column::always("witness", texts(&all, |(_, witness)| Some(&witness.id))),
            Column::new("witness_name", texts(&all, |(_, witness)| witness.name.as_deref())),
        ];
        Frame::new("witnesses", columns)
    }
}

impl Verdicts {
    /// Every verdict as a table: each rule of each element that it was asked of, those that pass or don't apply
    /// too, in the order of rules and elements.
    ///
    /// ```
    /// # use spelregel::{Metamodel, Model, Options, Pack, RuleSet, Settings, Source};
    /// # let pack = Pack::shipped("slim-invoeren").ok_or("not shipped")??;
    /// # let rules = RuleSet::compile(&Metamodel::standard(), [pack], &Settings::default())?;
    /// # let model = Model::load(rules.metamodel(), [Source::new("m.yaml", "goals: [{id: g}]")])?;
    /// let verdicts = rules.judge(&model, &Options::at("2026-06-01".parse()?));
    /// let heads: Vec<String> = verdicts.to_frame().columns.into_iter().map(|c| c.name).collect();
    /// assert_eq!(heads, ["rule", "kind", "element", "verdict"]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn to_frame(&self) -> Frame {
        let (rules, model) = self.of();
        let v = &*model.vocabulary().0;
        let number =
            |verdict: Verdict| Verdict::ALL.iter().position(|one| *one == verdict).map(narrow);
        let mut positions: [Vec<Option<u32>>; 4] = Default::default();
        let [of_rule, of_kind, of_element, of_verdict] = &mut positions;
        for (rule, element, verdict) in self.iter() {
            of_rule.push(Some(narrow(rule)));
            of_kind.push(element.map(|element| narrow(model.kind_of(element).to_usize())));
            of_element.push(element.map(|element| narrow(element.to_usize())));
            of_verdict.push(number(verdict));
        }
        let [of_rule, of_kind, of_element, of_verdict] = positions;
        let rules = rules.rules().map(|rule| rule.full_id().to_owned()).collect();
        let kinds = v.kinds.iter().map(|kind| kind.name.clone()).collect();
        let ids = model.elements().map(|element| element.id().to_owned()).collect();
        let verdicts = Verdict::ALL.iter().map(|verdict| verdict.as_str().to_owned()).collect();
        let columns = vec![
            Column::always("rule", Values::Names(rules, of_rule)),
            Column::new("kind", Values::Names(kinds, of_kind)),
            Column::new("element", Values::Names(ids, of_element)),
            Column::always("verdict", Values::Names(verdicts, of_verdict)),
        ];
        Frame::new("verdicts", columns)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample::sample;

    #[test]
    fn tables_have_a_row_for_each_and_columns_of_one_length() {
        let report = sample();
        let frames = [
            report.findings_frame(Language::Nl),
            report.missing_frame(Language::En),
            report.witnesses_frame(),
        ];
        assert_eq!(frames[0].rows(), report.findings.len());
        assert_eq!(frames[1].rows(), report.missing.len());
        let mut told = Vec::new();
        for frame in &frames {
            let heads: Vec<String> = frame
                .columns
                .iter()
                .map(|column| {
                    assert_eq!(column.values.len(), frame.rows(), "{}", column.name);
                    let optional = if column.is_nullable { "?" } else { "" };
                    format!("{}: {}{optional}", column.name, column.values.kind())
                })
                .collect();
            told.push(format!("{}\n  {}", frame.name, heads.join("\n  ")));
        }
        insta::assert_snapshot!(told.join("\n"), @r#"
    findings
      rule: text
      title: text
      severity: text
      verdict: text
      kind: text?
      element: text?
      name: text?
      programmes: texts
      message: text?
      why: text?
      remedy: text?
      source: text?
      tags: texts
      missing_facts: int
      error: text?
      deviation: text?
      deviation_until: date?
      is_new: bool
      file: text?
      table: text?
      line: int?
      column: int?
      fingerprint: text
    missing_facts
      question: text
      kind: text?
      element: text?
      name: text?
      field: text
      relation: text?
      to: text?
      settles: int
      named: int
    witnesses
      fingerprint: text
      rule: text
      element: text?
      witness_kind: text
      witness: text
      witness_name: text?
    "#);
    }
}
