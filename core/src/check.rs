//! The door that most users take: a model and rules in, a report out.

use crate::eval::{Verdict, judge};
use crate::model::Model;
use crate::options::Options;
use crate::plan::RuleSet;
use crate::report::{self, Report};

/// The answer of one rule for one element.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
#[non_exhaustive]
pub struct Answer {
    /// The rule's full id, `pack/rule`.
    pub rule: String,
    /// The element's id; `None` for a rule of the model as a whole.
    pub element: Option<String>,
    /// The verdict.
    pub verdict: Verdict,
    /// Of an unknown verdict: the missing facts in model order, as `element.field`.
    pub missing: Vec<String>,
}

impl RuleSet {
    /// Checks a model: every rule asked of every element that it is for, told as a report.
    ///
    /// The model must have been loaded with the metamodel of the rules.
    ///
    /// ```
    /// use spelregel::{Model, Options, Pack, RuleSet, Metamodel, Settings, Source};
    /// let metamodel = Metamodel::standard();
    /// let pack = Pack::shipped("slim-invoeren").ok_or("not shipped")??;
    /// let rules = RuleSet::compile(&metamodel, [pack], &Settings::default())?;
    /// let model = Model::load(rules.metamodel(), [Source::new("m.yaml", "programmes: [{id: p, phase: design}]")])?;
    /// let report = rules.check(&model, &Options::at("2026-06-01".parse()?));
    /// assert!(report.findings.iter().any(|f| f.rule == "slim-invoeren/commissioner-from-mt"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn check(&self, model: &Model, options: &Options) -> Report {
        report::assemble::report(self, model, options)
    }

    /// Every verdict, passes and not applicable ones too, in the order of rules and elements. Programmes
    /// and tags of the options play no part.
    pub fn answers(&self, model: &Model, options: &Options) -> Vec<Answer> {
        let gate = options.gate.as_deref().and_then(|gate| self.metamodel().gate_position(gate));
        let judgements = judge(model, self.typed(), options.at.timestamp(), gate, None);
        let answer = |judgement: crate::eval::Judgement| {
            let rule = self.typed().rules.get(judgement.rule)?;
            Some(Answer {
                rule: rule.full_id.clone(),
                element: judgement.element.map(|element| model.id_of(element).to_owned()),
                verdict: judgement.verdict,
                missing: judgement
                    .facts
                    .iter()
                    .map(|fact| report::question::fact_name(model, *fact))
                    .collect(),
            })
        };
        judgements.into_iter().filter_map(answer).collect()
    }
}
