//! A model that is edited while its findings are watched.
//!
//! A session holds no verdicts. An edit is looked up in what the rules read (`plan::footprint`), which gives the
//! verdicts that it can change; these are worked out before and after it, and what differs is the answer.

mod affected;
mod costs;
mod difference;
mod history;
mod sight;
#[cfg(test)]
pub(crate) mod tests;
mod waived;

use std::collections::BTreeSet;
use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use self::affected::{Affected, Touch, affected, rows_of, touched};
use self::costs::Costs;
use self::difference::difference;
use self::history::{Entry, History, Plan, Step};
use self::sight::{Sight, Told};
use self::waived::{NamedRow, covered, may_turn, turned};
use crate::limits::Limits;
use crate::model::edit::lower::lower;
use crate::model::{Edit, EditError, EditProblem, ElementIdx, Model};
use crate::options::Options;
use crate::plan::RuleSet;
use crate::report::assemble::findings;
use crate::report::{Finding, Report};
use crate::typing::Subject;

/// A model and a rule set that stay together while the model is edited: each edit yields the findings that
/// appeared, changed and went.
///
/// Only what an edit can have affected is judged again. What the session finds is always what
/// [`RuleSet::check`] finds on [`Session::model`]; elements put by an edit have no place in a source.
///
/// ```
/// use spelregel::{Edit, Metamodel, Model, Options, Pack, RuleSet, Session, Settings, Source};
///
/// let pack = Pack::shipped("slim-invoeren").ok_or("not shipped")??;
/// let rules = RuleSet::compile(&Metamodel::standard(), [pack], &Settings::default())?;
/// let text = "
/// programmes: [{id: klimaat, phase: design}]
/// persons: [{id: jansen, member_of: [mt]}]
/// bodies: [{id: mt, body_type: management_team}]
/// roles: [{id: opdrachtgever, role_type: commissioner, role_in: [klimaat], held_by: [jansen]}]
/// ";
/// let model = Model::load(rules.metamodel(), [Source::new("klimaat.yaml", text)])?;
/// let mut live = Session::new(rules, model, Options::at("2026-06-01".parse()?));
///
/// let delta = live.apply([Edit::unlink("opdrachtgever", "held_by", "jansen")])?;
/// assert!(delta.appeared.iter().any(|f| f.rule == "slim-invoeren/commissioner-from-mt"));
///
/// let delta = live.undo().ok_or("nothing to undo")?;
/// assert!(delta.went.iter().any(|f| f.rule == "slim-invoeren/commissioner-from-mt"));
///
/// let refused = live.apply([Edit::unlink("opdrachtgever", "held_by", "janssen")]);
/// let why = refused.err().ok_or("made sense")?;
/// assert_eq!(why.to_string(), "there is no element `janssen`: did you mean `jansen`?");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct Session {
    rules: RuleSet,
    model: Model,
    options: Options,
    limits: Limits,
    history: History,
    costs: Costs,
}

/// How edits changed the findings. Each list is in the order that reports have.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Delta {
    /// Findings that were not there before.
    pub appeared: Vec<Finding>,
    /// Findings that were there and say something else now; that only their place in a source is another
    /// doesn't count.
    pub changed: Vec<FindingChange>,
    /// Findings that are no longer there, as they were.
    pub went: Vec<Finding>,
    /// How many verdicts were worked out again: a measure of the work, and no part of the stable form.
    #[serde(skip)]
    pub rejudged: usize,
}

/// A finding that says something else than before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct FindingChange {
    /// What it said.
    pub before: Finding,
    /// What it says now.
    pub after: Finding,
}

impl fmt::Debug for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut debug = f.debug_struct("Session");
        debug.field("model", &self.model).field("options", &self.options).finish_non_exhaustive()
    }
}

impl Delta {
    /// Whether no finding changed.
    pub fn is_empty(&self) -> bool {
        self.appeared.is_empty() && self.changed.is_empty() && self.went.is_empty()
    }

    /// What became of findings: pairs are found by what they are about.
    fn between(before: Vec<Told>, after: Vec<Told>, rejudged: usize) -> Self {
        let mut delta = Self { rejudged, ..Self::default() };
        let mut before: Vec<Option<Finding>> =
            before.into_iter().map(|told| Some(told.finding)).collect();
        let mut by_print: Vec<(String, usize)> = before
            .iter()
            .enumerate()
            .filter_map(|(at, finding)| Some((finding.as_ref()?.fingerprint.clone(), at)))
            .collect();
        by_print.sort_unstable();
        for Told { finding: after, .. } in after {
            let first = by_print.partition_point(|(print, _)| *print < after.fingerprint);
            let same = by_print.get(first..).unwrap_or_default().iter();
            let mut same = same.take_while(|(print, _)| *print == after.fingerprint);
            let partner = same.find_map(|(_, at)| before.get_mut(*at)?.take());
            match partner {
                None => delta.appeared.push(after),
                Some(before) if says_the_same(&before, &after) => {}
                Some(before) => delta.changed.push(FindingChange { before, after }),
            }
        }
        delta.went = before.into_iter().flatten().collect();
        delta
    }
}

/// Whether two findings are equal but for their place in a source.
fn says_the_same(a: &Finding, b: &Finding) -> bool {
    if a.position == b.position {
        return a == b;
    }
    let b = Finding { position: a.position.clone(), ..b.clone() };
    *a == b
}

impl Session {
    /// A session on a model, which was loaded with the metamodel of the rules.
    pub fn new(rules: RuleSet, model: Model, options: Options) -> Self {
        Self::with_limits(rules, model, options, Limits::default())
    }

    /// The same with limits of one's own on how large edits may make the model.
    pub fn with_limits(rules: RuleSet, model: Model, options: Options, limits: Limits) -> Self {
        let costs = Costs::new(&rules, &model);
        Self { rules, model, options, limits, history: History::default(), costs }
    }

    /// The model as it is now.
    pub fn model(&self) -> &Model {
        &self.model
    }

    /// The rules.
    pub fn rules(&self) -> &RuleSet {
        &self.rules
    }

    /// What is asked, with the date as it is now.
    pub fn options(&self) -> &Options {
        &self.options
    }

    /// The findings as they are now, in the order of reports.
    pub fn findings(&self) -> Vec<Finding> {
        findings(&self.rules, &self.model, &self.options)
    }

    /// A whole report on the model as it is now.
    pub fn report(&self) -> Report {
        self.rules.check(&self.model, &self.options)
    }

    /// Makes edits, all of them or none.
    ///
    /// # Errors
    /// The first edit that makes no sense, after those before it: then nothing has changed.
    pub fn apply(&mut self, edits: impl IntoIterator<Item = Edit>) -> Result<Delta, EditError> {
        let plan = self.prepare(edits)?;
        Ok(self.carry_out(plan))
    }

    /// What edits would change, without making them.
    ///
    /// ```
    /// # use spelregel::{Edit, Metamodel, Model, Options, Pack, RuleSet, Session, Settings, Source};
    /// # let pack = Pack::shipped("slim-invoeren").ok_or("not shipped")??;
    /// # let rules = RuleSet::compile(&Metamodel::standard(), [pack], &Settings::default())?;
    /// # let source = Source::new("m.yaml", "projects: [{id: a, name: A, state: executing}]");
    /// # let model = Model::load(rules.metamodel(), [source])?;
    /// let mut live = Session::new(rules, model, Options::at("2026-06-01".parse()?));
    /// let before = live.model().to_json();
    /// let delta = live.what_if([Edit::remove("a")])?;
    /// assert_eq!(live.model().to_json(), before);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// As for [`Session::apply`].
    pub fn what_if(&mut self, edits: impl IntoIterator<Item = Edit>) -> Result<Delta, EditError> {
        let plan = self.prepare(edits)?;
        let costs = self.costs.clone();
        let (delta, back) = self.transition(&plan.steps, &plan.touches);
        self.make(&back);
        self.costs = costs;
        Ok(delta)
    }

    /// Takes the last edits back that were made together; `None` where there are none.
    pub fn undo(&mut self) -> Option<Delta> {
        let entry = self.history.done.pop()?;
        let (delta, forward) = self.transition(&entry.back, &entry.touches);
        self.history.undone.push(Entry { forward, ..entry });
        Some(delta)
    }

    /// Makes the edits again that were taken back last; `None` where there are none, or others were made since.
    pub fn redo(&mut self) -> Option<Delta> {
        let entry = self.history.undone.pop()?;
        let (delta, back) = self.transition(&entry.forward, &entry.touches);
        self.history.done.push(Entry { back, ..entry });
        Some(delta)
    }

    /// Goes on with another model, such as the text of an editor that was loaded again: what differs between
    /// the two is one edit, and findings have the places of the new model's sources.
    ///
    /// # Errors
    /// If the model was loaded with another metamodel.
    pub fn replace(&mut self, model: Model) -> Result<Delta, EditError> {
        if self.model.0.metamodel != model.0.metamodel {
            return Err(EditError { position: 0, problem: Box::new(EditProblem::OtherMetamodel) });
        }
        let touches = difference(&self.model, &model);
        Ok(self.carry_out(Plan { steps: vec![Step::Model(model)], touches }))
    }

    fn carry_out(&mut self, plan: Plan) -> Delta {
        let Plan { steps, touches } = plan;
        if steps.is_empty() {
            return Delta::default();
        }
        let (delta, back) = self.transition(&steps, &touches);
        self.history.done.push(Entry { forward: steps, back, touches });
        self.history.undone.clear();
        delta
    }

    /// What edits come to. They are looked at one after the other, each as those before it leave the model.
    fn prepare(&mut self, edits: impl IntoIterator<Item = Edit>) -> Result<Plan, EditError> {
        let mut edits = edits.into_iter().enumerate().peekable();
        let mut plan = Plan::default();
        let mut back = Vec::new();
        while let Some((position, edit)) = edits.next() {
            match self.plan(&edit) {
                Ok(next) => {
                    if edits.peek().is_some() {
                        // The later steps are taken back first.
                        let mut these = self.make(&next.steps);
                        these.append(&mut back);
                        back = these;
                    }
                    plan.steps.extend(next.steps);
                    plan.touches.extend(next.touches);
                }
                Err(problem) => {
                    self.make(&back);
                    return Err(EditError { position, problem: Box::new(problem) });
                }
            }
        }
        self.make(&back);
        Ok(plan)
    }

    fn plan(&self, edit: &Edit) -> Result<Plan, EditProblem> {
        if let Edit::Date { at } = edit {
            if *at == self.options.at {
                return Ok(Plan::default());
            }
            let touch = Touch::Date(self.options.at.timestamp(), at.timestamp());
            return Ok(Plan { steps: vec![Step::Date(*at)], touches: vec![touch] });
        }
        let changes = lower(&self.model.0, edit, &self.limits)?;
        let touches = changes.iter().filter_map(|change| touched(&self.model, change)).collect();
        Ok(Plan { steps: changes.into_iter().map(Step::Change).collect(), touches })
    }

    /// Makes the steps. Yields those that take them back.
    fn make(&mut self, steps: &[Step]) -> Vec<Step> {
        let mut back = Vec::with_capacity(steps.len());
        for step in steps {
            match step {
                Step::Change(change) => {
                    let undone = Arc::make_mut(&mut self.model.0).change(change);
                    back.extend(undone.map(Step::Change));
                }
                Step::Date(at) => {
                    back.push(Step::Date(std::mem::replace(&mut self.options.at, *at)));
                }
                Step::Model(model) => {
                    back.push(Step::Model(std::mem::replace(&mut self.model, model.clone())));
                }
            }
        }
        back.reverse();
        back
    }

    /// Makes the steps, and tells what they change.
    fn transition(&mut self, steps: &[Step], touches: &[Touch]) -> (Delta, Vec<Step>) {
        // What only shows afterwards to be affected: rules that cost too much, or no longer, as a whole; and
        // verdicts that other deviations cover. Then all is told anew with these.
        let mut dearer: BTreeSet<usize> = BTreeSet::new();
        let mut waived: BTreeSet<NamedRow> = BTreeSet::new();
        loop {
            let mut affected = affected(&self.rules, &self.model, touches);
            for rule in &dearer {
                affected.rows.extend(rows_of(&self.rules, &self.model, *rule));
            }
            for (rule, id) in &waived {
                match id.as_deref().map(|id| self.model.find(id)) {
                    None => _ = affected.rows.insert((*rule, None)),
                    Some(Some(element)) => _ = affected.rows.insert((*rule, Some(element))),
                    // One that the edit puts: all that is asked of it is affected.
                    Some(None) => {}
                }
            }
            let watches = may_turn(&self.model, touches);
            let sight = self.sight();
            let before = sight.tell(&affected, touches);
            let covered_before = covered(&sight.evaluator, watches);
            let named = Named::of(&self.model, &affected, touches, steps);
            let costs = self.costs.clone();
            let back = self.make(steps);
            let more_dear = self.costs.follow(&self.rules, &self.model, steps);
            let sight = self.sight();
            let covered_after = covered(&sight.evaluator, watches);
            let more_waived = turned(&covered_before, &covered_after);
            if more_dear.is_subset(&dearer) && more_waived.iter().all(|row| waived.contains(row)) {
                let (affected, rejudged) = named.found(&self.rules, &self.model, affected, touches);
                let after = sight.tell(&affected, touches);
                return (Delta::between(before, after, rejudged), back);
            }
            self.make(&back);
            self.costs = costs;
            dearer.extend(more_dear);
            waived.extend(more_waived);
        }
    }

    fn sight(&self) -> Sight<'_> {
        Sight::new(&self.rules, &self.model, &self.options, self.costs.excess())
    }
}

/// What is affected, by ids where a change moves positions.
enum Named {
    Stays,
    Moves { rows: Vec<(usize, Option<String>)>, noted: Vec<String> },
}

impl Named {
    fn of(model: &Model, affected: &Affected, touches: &[Touch], steps: &[Step]) -> Self {
        let is_new = steps.iter().any(|step| matches!(step, Step::Model(_)));
        if !is_new && !touches.iter().any(|touch| matches!(touch, Touch::Element(..))) {
            return Self::Stays;
        }
        let id = |element: ElementIdx| model.id_of(element).to_owned();
        let rows = affected.rows.iter().map(|(rule, element)| (*rule, element.map(id)));
        let noted = affected.noted.iter().map(|element| id(*element));
        Self::Moves { rows: rows.collect(), noted: noted.collect() }
    }

    /// The same on the model after the change, and how many verdicts are affected in all.
    fn found(
        self,
        rules: &RuleSet,
        model: &Model,
        before: Affected,
        touches: &[Touch],
    ) -> (Affected, usize) {
        let Self::Moves { rows, noted } = self else {
            let rejudged = before.rows.len();
            return (before, rejudged);
        };
        let mut after = Affected::default();
        let mut gone = 0;
        for (rule, id) in &rows {
            match id.as_deref().map(|id| model.find(id)) {
                None => _ = after.rows.insert((*rule, None)),
                Some(Some(element)) => _ = after.rows.insert((*rule, Some(element))),
                Some(None) => gone += 1,
            }
        }
        after.noted = noted.iter().filter_map(|id| model.find(id)).collect();
        for touch in touches {
            let Touch::Element(_, id) = touch else { continue };
            let Some(element) = model.find(id) else { continue };
            let kind = model.kind_of(element);
            for (position, rule) in rules.typed().rules.iter().enumerate() {
                if matches!(&rule.subject, Subject::Each(kinds) if kinds.contains(kind)) {
                    after.rows.insert((position, Some(element)));
                }
            }
            after.noted.insert(element);
        }
        let rejudged = after.rows.len() + gone;
        (after, rejudged)
    }
}
