//! A model that is edited while its findings are watched.
//!
//! A session knows which verdicts are findings, and nothing else of them. An edit is looked up in what the rules
//! read (`plan::footprint`), which gives the verdicts that it can change. The findings among these are told as
//! they are before it, all of them are judged after it, and what differs is the answer.

mod affected;
mod costs;
mod dates;
mod difference;
mod history;
mod kept;
mod moves;
mod sight;
#[cfg(test)]
pub(crate) mod tests;
mod waived;

use std::collections::BTreeSet;
use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use self::affected::{Affected, Row, Touch, affected, rows_of, touched};
use self::costs::Costs;
use self::difference::difference;
use self::history::{Entry, History, Plan, Step};
use self::kept::Kept;
use self::moves::Moves;
use self::sight::{Sight, Told};
use self::waived::{Covered, NamedRow, may_turn};
use crate::eval::deviations::Waivers;
use crate::limits::Limits;
use crate::model::edit::lower::lower;
use crate::model::{Edit, EditError, EditProblem, Model};
use crate::options::Options;
use crate::plan::RuleSet;
use crate::report::assemble::findings;
use crate::report::{Change, Finding, Report};
use crate::sort::sort;
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
    kept: Kept,
    /// What deviations cover, where that has been asked for.
    waivers: Option<Arc<Waivers>>,
}

/// How edits changed the findings. Each list is in the order that reports have.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Delta {
    /// Findings that were not there before.
    pub appeared: Vec<Finding>,
    /// Findings that were there and say something else now; that only their place in a source is another
    /// doesn't count.
    pub changed: Vec<Change>,
    /// Findings that are no longer there, as they were.
    pub went: Vec<Finding>,
    /// How many verdicts were worked out again: a measure of the work, and no part of the stable form.
    #[serde(skip)]
    pub rejudged: usize,
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
        sort(&mut by_print);
        for Told { finding: after, .. } in after {
            let first = by_print.partition_point(|(print, _)| *print < after.fingerprint);
            let same = by_print.get(first..).unwrap_or_default().iter();
            let mut same = same.take_while(|(print, _)| *print == after.fingerprint);
            let partner = same.find_map(|(_, at)| before.get_mut(*at)?.take());
            match partner {
                None => delta.appeared.push(after),
                Some(before) if says_the_same(&before, &after) => {}
                Some(before) => delta.changed.push(Change { before, after }),
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
        let kept = Kept::new(&rules, &model, &options);
        make_ready(&model);
        rules.footprint();
        let history = History::default();
        Self { rules, model, options, limits, history, costs, kept, waivers: None }
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
        let (costs, waivers) = (self.costs.clone(), self.waivers.clone());
        let (delta, back) = self.transition(&plan.steps, &plan.touches);
        self.revert(back);
        (self.costs, self.waivers) = (costs, waivers);
        Ok(delta)
    }

    /// Takes the last edits back that were made together; `None` where there are none.
    pub fn undo(&mut self) -> Option<Delta> {
        let entry = self.history.done.pop()?;
        let (delta, made) = self.transition(&entry.back, &entry.touches);
        self.history.undone.push(Entry { forward: made.back, ..entry });
        Some(delta)
    }

    /// Makes the edits again that were taken back last; `None` where there are none, or others were made since.
    pub fn redo(&mut self) -> Option<Delta> {
        let entry = self.history.undone.pop()?;
        let (delta, made) = self.transition(&entry.forward, &entry.touches);
        self.history.done.push(Entry { back: made.back, ..entry });
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
        let (delta, made) = self.transition(&steps, &touches);
        self.history.done.push(Entry { forward: steps, back: made.back, touches });
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
                        let mut these = self.make(&next.steps).0;
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

    /// Makes the steps. Yields those that take them back, and where elements went.
    fn make(&mut self, steps: &[Step]) -> (Vec<Step>, Moves) {
        let mut back = Vec::with_capacity(steps.len());
        let mut moves = Moves::default();
        for step in steps {
            match step {
                Step::Change(change) => {
                    let undone = Arc::make_mut(&mut self.model.0).change(change);
                    moves.made(change, undone.as_ref());
                    back.extend(undone.map(Step::Change));
                }
                Step::Date(at) => {
                    back.push(Step::Date(std::mem::replace(&mut self.options.at, *at)));
                }
                Step::Model(model) => {
                    make_ready(model);
                    moves.replaced(&self.model, model);
                    back.push(Step::Model(std::mem::replace(&mut self.model, model.clone())));
                }
            }
        }
        back.reverse();
        (back, moves)
    }

    /// Makes the steps, and tells what they change.
    fn transition(&mut self, steps: &[Step], touches: &[Touch]) -> (Delta, Made) {
        // What only shows afterwards to be affected: rules that cost too much, or no longer, as a whole; and
        // verdicts that other deviations cover. Then all is told anew with these.
        let mut dearer: BTreeSet<usize> = BTreeSet::new();
        let mut waived: BTreeSet<NamedRow> = BTreeSet::new();
        let known = self.waivers.take();
        loop {
            let affected = self.affected(touches, &dearer, &waived);
            let watches = may_turn(&self.model, touches);
            let sight = self.sight(known.clone());
            let before = sight.before(&affected, touches, &self.kept);
            let covered = watches.then(|| Covered::of(&self.model, sight.waivers(), touches));
            let stays = (!watches).then(|| Arc::clone(sight.waivers()));
            let costs = self.costs.clone();
            let (back, moves) = self.make(steps);
            let more_dear = self.costs.follow(&self.rules, &self.model, steps);
            let sight = self.sight(stays);
            let waivers = Arc::clone(sight.waivers());
            let turned = |covered: Covered| covered.turned(&moves, &self.model, &waivers);
            let more_waived = covered.map(turned).unwrap_or_default();
            if more_dear.is_subset(&dearer) && more_waived.iter().all(|row| waived.contains(row)) {
                let found = affected.rows.iter().filter(|row| self.kept.contains(**row));
                let found = found.copied().collect();
                let (after, gone) = self.moved(&affected, &moves, touches);
                let rejudged = after.rows.len() + gone;
                let mut kept = std::mem::take(&mut self.kept);
                kept.follow(&moves);
                let sight = self.sight(Some(Arc::clone(&waivers)));
                let told = sight.after(&after, touches, &mut kept);
                self.kept = kept;
                self.waivers = Some(waivers);
                let made = Made { back, affected: affected.rows, found };
                return (Delta::between(before, told, rejudged), made);
            }
            self.make(&back);
            self.costs = costs;
            dearer.extend(more_dear);
            waived.extend(more_waived);
        }
    }

    /// Takes back what was just made, without telling.
    fn revert(&mut self, made: Made) {
        let Made { back, affected, found } = made;
        let (_, moves) = self.make(&back);
        self.kept.follow(&moves);
        for row in affected {
            self.kept.set(row, found.binary_search(&row).is_ok());
        }
    }

    fn affected(
        &self,
        touches: &[Touch],
        dearer: &BTreeSet<usize>,
        waived: &BTreeSet<NamedRow>,
    ) -> Affected {
        let mut affected = affected(&self.rules, &self.model, &self.kept, touches);
        if dearer.is_empty() && waived.is_empty() {
            return affected;
        }
        for rule in dearer {
            affected.rows.extend(rows_of(&self.rules, &self.model, *rule));
        }
        for (rule, id) in waived {
            match id.as_deref().map(|id| self.model.find(id)) {
                None => affected.rows.push((*rule, None)),
                Some(Some(element)) => affected.rows.push((*rule, Some(element))),
                // One that the edit puts: all that is asked of it is affected.
                Some(None) => {}
            }
        }
        Affected::of(affected.rows, affected.noted)
    }

    /// What is affected, on the model after a change, and how many verdicts are no longer asked for.
    fn moved(&self, before: &Affected, moves: &Moves, touches: &[Touch]) -> (Affected, usize) {
        let mut gone = 0;
        let mut rows: Vec<Row> = Vec::with_capacity(before.rows.len());
        for (rule, asked) in &before.rows {
            match moves.of_asked(*asked) {
                Some(asked) => rows.push((*rule, asked)),
                None => gone += 1,
            }
        }
        let mut noted: Vec<_> = before.noted.iter().filter_map(|one| moves.of(*one)).collect();
        for touch in touches {
            let Touch::Element(_, id) = touch else { continue };
            let Some(element) = self.model.find(id) else { continue };
            let kind = self.model.kind_of(element);
            for (position, rule) in self.rules.typed().rules.iter().enumerate() {
                if matches!(&rule.subject, Subject::Each(kinds) if kinds.contains(kind)) {
                    rows.push((position, Some(element)));
                }
            }
            noted.push(element);
        }
        (Affected::of(rows, noted), gone)
    }

    fn sight(&self, waivers: Option<Arc<Waivers>>) -> Sight<'_> {
        Sight::new(&self.rules, &self.model, &self.options, self.costs.prices(), waivers)
    }
}

/// Steps that were made.
struct Made {
    /// Those that take them back.
    back: Vec<Step>,
    /// What they affected, as it was asked for before them, and the findings among it; both sorted.
    affected: Vec<Row>,
    found: Vec<Row>,
}

/// Counts what would else be counted when somebody waits for an edit.
fn make_ready(model: &Model) {
    model.0.count_ids();
    for source in model.sources() {
        source.count();
    }
}
