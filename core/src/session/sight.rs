//! A few verdicts on a model as it is at one moment, told.

use std::sync::Arc;

use super::affected::{Affected, Row, Touch};
use super::kept::Kept;
use super::waived::concerned;

use crate::eval::deviations::{Waivers, flaw_of};
use crate::eval::reference::Evaluator;
use crate::eval::{Judgement, ask, judge_rows, too_costly};
use crate::model::Model;
use crate::options::Options;
use crate::plan::RuleSet;
use crate::plan::cost::Price;
use crate::report::Finding;
use crate::report::finding::Narrator;
use crate::report::order::{self, Place};
use crate::sort::sort_by;
use crate::typing::Subject;

/// A finding and where it stands among others.
#[derive(Debug)]
pub(super) struct Told {
    place: Place,
    pub(super) finding: Finding,
}

pub(super) struct Sight<'a> {
    rules: &'a RuleSet,
    model: &'a Model,
    /// By rule, what it costs.
    prices: &'a [Price],
    evaluator: Evaluator<'a>,
    narrator: Narrator<'a>,
}

impl<'a> Sight<'a> {
    pub(super) fn new(
        rules: &'a RuleSet,
        model: &'a Model,
        options: &'a Options,
        prices: &'a [Price],
        waivers: Option<Arc<Waivers>>,
    ) -> Self {
        let gate = options.gate.as_deref();
        let gate = gate.and_then(|gate| rules.metamodel().gate_position(gate));
        let date = options.at.timestamp();
        Self {
            rules,
            model,
            prices,
            evaluator: Evaluator::new(model, rules.typed(), date, gate).knowing(waivers),
            narrator: Narrator::new(rules, model, options),
        }
    }

    pub(super) fn waivers(&self) -> &Arc<Waivers> {
        self.evaluator.waivers()
    }

    /// What reports find among what is affected, in their order, where it is known what is a finding.
    pub(super) fn before(&self, affected: &Affected, touches: &[Touch], kept: &Kept) -> Vec<Told> {
        let found = affected.rows.iter().filter(|row| kept.contains(**row));
        let judgements: Vec<Judgement> = found.filter_map(|row| self.ask(*row)).collect();
        debug_assert!(
            judgements.iter().all(|judgement| judgement.verdict.is_finding()),
            "what is kept is a finding"
        );
        self.told(&judgements, affected, touches)
    }

    /// The same where that has to be found out. It is kept.
    pub(super) fn after(
        &self,
        affected: &Affected,
        touches: &[Touch],
        kept: &mut Kept,
    ) -> Vec<Told> {
        let asked: Vec<Row> =
            affected.rows.iter().copied().filter(|row| self.is_asked(*row)).collect();
        let judgements = judge_rows(self.rules, &self.evaluator, self.prices, &asked);
        let mut judged = judgements.iter().peekable();
        for row in &affected.rows {
            let judgement = judged.next_if(|judgement| (judgement.rule, judgement.element) == *row);
            kept.set(*row, judgement.is_some_and(|judgement| judgement.verdict.is_finding()));
        }
        self.told(&judgements, affected, touches)
    }

    /// Tells verdicts, which are in the order of rules and elements, and the deviations that have to do with
    /// what is affected.
    fn told(&self, judgements: &[Judgement], affected: &Affected, touches: &[Touch]) -> Vec<Told> {
        let mut told = Vec::new();
        for judgement in judgements.iter().filter(|judgement| judgement.verdict.is_finding()) {
            if self.narrator.is_asked(judgement) {
                let place = self.narrator.place(judgement);
                let finding = self.narrator.finding(judgement);
                told.extend(place.zip(finding).map(|(place, finding)| Told { place, finding }));
            }
        }
        let answer = |rule, asked| {
            let known = judgements.binary_search_by_key(&(rule, asked), |j| (j.rule, j.element));
            let known = known.ok().and_then(|at| judgements.get(at));
            if let Some(known) = known {
                return Some((known.verdict, known.deviation));
            }
            let rows = [(rule, asked)];
            let rows = if self.is_asked((rule, asked)) { &rows[..] } else { &[] };
            let judged = judge_rows(self.rules, &self.evaluator, self.prices, rows);
            judged.first().map(|judgement| (judgement.verdict, judgement.deviation))
        };
        for position in concerned(&self.evaluator, affected, touches) {
            let flawed = flaw_of(self.rules, &self.evaluator, position, answer);
            let found = flawed.and_then(|flawed| self.narrator.flaw(flawed));
            told.extend(found.map(|(place, finding)| Told { place, finding }));
        }
        sort_by(&mut told, |a, b| order::compare(&a.place, &b.place));
        told
    }

    /// Whether a rule is asked of that at all.
    fn is_asked(&self, (position, element): Row) -> bool {
        let rule = self.rules.typed().rules.get(position);
        match (rule.map(|rule| &rule.subject), element) {
            (Some(Subject::Model), None) => true,
            (Some(Subject::Each(kinds)), Some(element)) => {
                kinds.contains(self.model.kind_of(element)) && self.model.is_live(element)
            }
            _ => false,
        }
    }

    fn ask(&self, (position, element): Row) -> Option<Judgement> {
        let rule = self.rules.typed().rules.get(position)?;
        match self.prices.get(position) {
            Some(Price { excess: Some(excess), .. }) => Some(too_costly(position, element, excess)),
            Some(Price { is_told_in_short: true, .. }) => {
                let rows = [(position, element)];
                judge_rows(self.rules, &self.evaluator, self.prices, &rows).pop()
            }
            _ => Some(ask(&self.evaluator, position, rule, element)),
        }
    }
}
