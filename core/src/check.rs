//! The door that most users take: a model and rules in, a report out.

use crate::eval::{Verdict, Verdicts, judge};
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

    /// Judges a model without telling why: every verdict as bits, and which rule fails for which element. The
    /// fastest way to an answer; [`RuleSet::check`] tells the rest. Programmes and tags of the options play no
    /// part.
    ///
    /// ```
    /// # use spelregel::{Model, Options, Pack, RuleSet, Metamodel, Settings, Source, Verdict};
    /// # let pack = Pack::shipped("slim-invoeren").ok_or("not shipped")??;
    /// # let rules = RuleSet::compile(&Metamodel::standard(), [pack], &Settings::default())?;
    /// # let model = Model::load(rules.metamodel(), [Source::new("m.yaml", "programmes: [{id: p, phase: design}]")])?;
    /// let verdicts = rules.judge(&model, &Options::at("2026-06-01".parse()?));
    /// let failing: Vec<_> = verdicts.failing().map(|one| (one.rule, one.element.map(|e| e.id()))).collect();
    /// assert!(failing.contains(&("slim-invoeren/commissioner-from-mt", Some("p"))));
    /// assert_eq!(verdicts.count(Verdict::Fail), failing.len());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn judge(&self, model: &Model, options: &Options) -> Verdicts {
        let gate = options.gate.as_deref().and_then(|gate| self.metamodel().gate_position(gate));
        Verdicts::new(self, model, options.at.timestamp(), gate, None)
    }

    /// The same verdicts by the plain evaluator, which gives the language its meaning: slow, and for holding
    /// the plans against it.
    pub fn judge_plainly(&self, model: &Model, options: &Options) -> Verdicts {
        let gate = options.gate.as_deref().and_then(|gate| self.metamodel().gate_position(gate));
        Verdicts::plainly(self, model, options.at.timestamp(), gate)
    }

    /// The same verdicts, each asked for by itself as after an edit: rows as a session asks for them.
    pub fn judge_row_by_row(&self, model: &Model, options: &Options) -> Verdicts {
        let gate = options.gate.as_deref().and_then(|gate| self.metamodel().gate_position(gate));
        Verdicts::row_by_row(self, model, options.at.timestamp(), gate)
    }

    /// Every verdict, passes and not applicable ones too, in the order of rules and elements. Programmes
    /// and tags of the options play no part.
    pub fn answers(&self, model: &Model, options: &Options) -> Vec<Answer> {
        let gate = options.gate.as_deref().and_then(|gate| self.metamodel().gate_position(gate));
        let judgements = judge(self, model, options.at.timestamp(), gate, None);
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
