//! A few verdicts on a model as it is at one moment, told.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use super::affected::{Affected, Touch};
use super::waived::concerned;

use crate::eval::deviations::flaw_of;
use crate::eval::reference::Evaluator;
use crate::eval::{Judgement, ask, in_short, judge_rows, too_costly};
use crate::model::{ElementIdx, Model};
use crate::options::Options;
use crate::plan::RuleSet;
use crate::plan::cost::{self, Counts, Excess};
use crate::report::Finding;
use crate::report::finding::{Narrator, is_finding};
use crate::report::order::{self, Place};
use crate::typing::Subject;

/// A finding and where it stands among others.
#[derive(Debug)]
pub(super) struct Told {
    place: Place,
    pub(super) finding: Finding,
}

/// A rule, and whom it is asked of.
type Row = (usize, Option<ElementIdx>);

pub(super) struct Sight<'a> {
    rules: &'a RuleSet,
    model: &'a Model,
    /// By rule, where one costs too much.
    excess: &'a [Option<Excess>],
    pub(super) evaluator: Evaluator<'a>,
    narrator: Narrator<'a>,
    judged: RefCell<BTreeMap<Row, Option<Rc<Judgement>>>>,
}

impl<'a> Sight<'a> {
    pub(super) fn new(
        rules: &'a RuleSet,
        model: &'a Model,
        options: &'a Options,
        excess: &'a [Option<Excess>],
    ) -> Self {
        let gate = options.gate.as_deref();
        let gate = gate.and_then(|gate| rules.metamodel().gate_position(gate));
        let date = options.at.timestamp();
        Self {
            rules,
            model,
            excess,
            evaluator: Evaluator::new(model, rules.typed(), date, gate),
            narrator: Narrator::new(rules, model, options),
            judged: RefCell::default(),
        }
    }

    /// What reports find among what is affected, in their order.
    pub(super) fn tell(&self, affected: &Affected, touches: &[Touch]) -> Vec<Told> {
        let mut told = Vec::new();
        for row in &affected.rows {
            let Some(judgement) = self.judge(*row) else { continue };
            if is_finding(judgement.verdict) && self.narrator.is_asked(&judgement) {
                let place = self.narrator.place(&judgement);
                let finding = self.narrator.finding(&judgement);
                told.extend(place.zip(finding).map(|(place, finding)| Told { place, finding }));
            }
        }
        let answer = |rule, asked| {
            let judgement = self.judge((rule, asked))?;
            Some((judgement.verdict, judgement.deviation))
        };
        for position in concerned(&self.evaluator, affected, touches) {
            let flawed = flaw_of(self.rules, &self.evaluator, position, answer);
            let found = flawed.and_then(|flawed| self.narrator.flaw(flawed));
            told.extend(found.map(|(place, finding)| Told { place, finding }));
        }
        told.sort_by(|a, b| order::compare(&a.place, &b.place));
        told
    }

    /// The verdict of a rule, if it is asked of that at all.
    fn judge(&self, row: Row) -> Option<Rc<Judgement>> {
        if let Some(known) = self.judged.borrow().get(&row) {
            return known.clone();
        }
        let judgement = self.work_out(row).map(Rc::new);
        self.judged.borrow_mut().insert(row, judgement.clone());
        judgement
    }

    fn work_out(&self, (position, element): Row) -> Option<Judgement> {
        let rule = self.rules.typed().rules.get(position)?;
        let is_asked = match (&rule.subject, element) {
            (Subject::Model, None) => true,
            (Subject::Each(kinds), Some(element)) => {
                kinds.contains(self.model.kind_of(element)) && self.model.is_live(element)
            }
            (Subject::Model, Some(_)) | (Subject::Each(_), None) => false,
        };
        if !is_asked {
            return None;
        }
        Some(match self.excess.get(position).and_then(Option::as_ref) {
            Some(excess) => too_costly(position, element, excess),
            None if cost::is_told_in_short(&Counts::new(self.model), self.rules.typed(), rule) => {
                let Evaluator { date, gate, .. } = self.evaluator;
                let rows = [(position, element)];
                let verdict = *judge_rows(self.rules, self.model, date, gate, &rows).first()?;
                in_short(&self.evaluator, position, rule, element, verdict)
            }
            None => ask(&self.evaluator, position, rule, element),
        })
    }
}
