//! Comply or explain: which recorded deviation covers a rule's verdict on an element.
//!
//! One function decides, and everything that needs to know asks it.

mod flaw;

use std::collections::BTreeSet;

use rustc_hash::FxHashMap;

pub(crate) use self::flaw::Flaw;
use crate::diagnostic::Diagnostic;
use crate::eval::outcome::Outcome;
use crate::eval::reach::Reach;
use crate::eval::reference::Evaluator;
use crate::eval::{Judgement, Verdict, WHOLE_MODEL};
use crate::metamodel::{KindIdx, KindSet};
use crate::model::{Deviation, ElementIdx, Model};
use crate::plan::RuleSet;
use crate::plan::cost::{self, Counts};
use crate::typing::{Subject, TypedPacks, TypedRule, type_trail};
use crate::value::Timestamp;

/// Whom a rule is asked of; `None` is the model as a whole.
pub(crate) type Asked = Option<ElementIdx>;

/// What the recorded deviations of a model cover at a date.
#[derive(Debug, Default)]
pub(crate) struct Waivers {
    /// By the deviation's position.
    coverages: Vec<Coverage>,
    /// The deviations that cover it, in their order.
    by_element: FxHashMap<Asked, Vec<usize>>,
    /// The deviations that name it.
    naming: FxHashMap<ElementIdx, Vec<usize>>,
    /// Those that have a path.
    paths: Vec<usize>,
}

/// What a deviation covers.
#[derive(Debug)]
enum Coverage {
    /// Nothing: it is not in force, or there is no one rule from which it may depart.
    Nothing,
    /// What the rule, by its position, says of these.
    Of { rule: usize, elements: BTreeSet<Asked> },
    /// Nothing, as its path can't be followed.
    NoPath(Diagnostic),
}

impl Waivers {
    pub(crate) fn new(evaluator: &Evaluator<'_>) -> Self {
        let deviations = evaluator.model.deviations();
        if deviations.is_empty() {
            return Self::default();
        }
        let rules = waivable_rules(evaluator.packs);
        let mut trails = Trails::new(evaluator);
        let mut waivers =
            Self { coverages: Vec::with_capacity(deviations.len()), ..Self::default() };
        for (position, deviation) in deviations.iter().enumerate() {
            for element in deviation.elements.iter().filter_map(|id| evaluator.model.find(id)) {
                waivers.naming.entry(element).or_default().push(position);
            }
            if deviation.path.is_some() {
                waivers.paths.push(position);
            }
            let rule = rules.get(deviation.rule.as_str()).copied().flatten();
            let rule = rule.filter(|_| is_in_force(deviation, evaluator.date));
            if let (Some(_), Some(until)) = (rule, deviation.until) {
                evaluator.may_turn(until.days() + 1);
            }
            let coverage = rule.map_or(Coverage::Nothing, |(position, rule)| {
                match trails.elements(deviation, rule) {
                    Ok(elements) => Coverage::Of { rule: position, elements },
                    Err(problem) => Coverage::NoPath(problem),
                }
            });
            if let Coverage::Of { elements, .. } = &coverage {
                for element in elements {
                    waivers.by_element.entry(*element).or_default().push(position);
                }
            }
            waivers.coverages.push(coverage);
        }
        waivers
    }

    /// The rule, by its position, from which a deviation departs, and for whom: those of a deviation that
    /// is in force and has one rule.
    pub(crate) fn covered(&self, position: usize) -> Option<(usize, &BTreeSet<Asked>)> {
        match self.coverages.get(position)? {
            Coverage::Of { rule, elements } => Some((*rule, elements)),
            Coverage::Nothing | Coverage::NoPath(_) => None,
        }
    }

    /// Every verdict that a deviation covers, with the first one that does; in any order.
    pub(crate) fn all(&self) -> impl Iterator<Item = ((usize, Asked), usize)> + '_ {
        let each = (0..self.coverages.len()).filter_map(move |position| {
            let (rule, elements) = self.covered(position)?;
            let first = move |asked: &&Asked| self.covering(rule, **asked) == Some(position);
            Some(elements.iter().filter(first).map(move |asked| ((rule, *asked), position)))
        });
        each.flatten()
    }

    /// The deviations that may have to do with an element: that name it, or cover something about it.
    pub(crate) fn about(&self, element: ElementIdx) -> impl Iterator<Item = usize> + '_ {
        let covering = self.by_element.get(&Some(element)).into_iter();
        covering.chain(self.naming.get(&element)).flatten().copied()
    }

    /// The deviations that cover a rule's verdict on an element.
    pub(crate) fn of(&self, rule: usize, asked: Asked) -> impl Iterator<Item = usize> + '_ {
        let covering = self.by_element.get(&asked).into_iter().flatten().copied();
        covering.filter(move |position| self.covered(*position).is_some_and(|(of, _)| of == rule))
    }

    /// The deviations that have a path.
    pub(crate) fn paths(&self) -> &[usize] {
        &self.paths
    }

    /// The deviation that covers a rule's verdict on an element, by position; the first of several.
    pub(crate) fn covering(&self, rule: usize, element: Asked) -> Option<usize> {
        self.of(rule, element).next()
    }
}

/// The rules that allow deviations, by each id that names them and no other.
fn waivable_rules(packs: &TypedPacks) -> FxHashMap<&str, Option<(usize, &TypedRule)>> {
    let mut rules: FxHashMap<&str, Option<(usize, &TypedRule)>> = FxHashMap::default();
    for (position, rule) in packs.rules.iter().enumerate() {
        let named = rule.waivable.then_some((position, rule));
        rules.insert(&rule.full_id, named);
        rules.entry(&rule.id).and_modify(|known| *known = None).or_insert(named);
    }
    rules
}

/// Whether it still holds: its last day is today or later, or it has none.
fn is_in_force(deviation: &Deviation, date: Timestamp) -> bool {
    deviation.until.is_none_or(|until| until.days() >= date.days())
}

/// Finds the elements that deviations name or their paths lead to.
struct Trails<'e> {
    evaluator: &'e Evaluator<'e>,
    /// The steps that all paths together may still take.
    left: u64,
    counts: Option<Counts<'e>>,
}

impl<'e> Trails<'e> {
    fn new(evaluator: &'e Evaluator<'e>) -> Self {
        Self { evaluator, left: evaluator.packs.rule_cost, counts: None }
    }

    fn elements(
        &mut self,
        deviation: &Deviation,
        rule: &TypedRule,
    ) -> Result<BTreeSet<Asked>, Diagnostic> {
        let model = self.evaluator.model;
        let named = deviation.elements.iter();
        let Some(path) = &deviation.path else {
            return Ok(named.filter_map(|id| asked(model, rule, id)).collect());
        };
        let mut covered = BTreeSet::new();
        for element in named.filter_map(|id| model.find(id)) {
            covered.extend(self.follow(path, element)?.into_iter().map(Some));
        }
        Ok(covered)
    }

    /// What a path leads to for certain.
    fn follow(&mut self, path: &str, from: ElementIdx) -> Result<Vec<ElementIdx>, Diagnostic> {
        let Evaluator { model, packs, .. } = self.evaluator;
        let kind: KindIdx = model.kind_of(from);
        let route = type_trail(model.vocabulary(), path, kind)?;
        let counts = self.counts.get_or_insert_with(|| Counts::new(model));
        let steps = cost::steps_of_path(counts, packs, &route, &KindSet::one(kind));
        self.left = self.left.checked_sub(steps).ok_or_else(|| flaw::too_long(packs.rule_cost))?;
        let reach = self.evaluator.follow(&route, &Reach::from(from), false);
        let reach = match reach {
            Ok(reach) => reach,
            Err(Outcome::Error(error)) => return Err(flaw::not_followed(&error)),
            // Nothing that it leads to is certain.
            Err(_) => Reach::default(),
        };
        let certain = reach.elements.into_iter().filter(|(_, doubt)| doubt.is_none());
        Ok(certain.map(|(element, _)| element).collect())
    }
}

/// Whom an id in a deviation from the rule stands for, if anybody.
fn asked(model: &Model, rule: &TypedRule, id: &str) -> Option<Asked> {
    if rule.subject == Subject::Model && id == WHOLE_MODEL {
        return Some(None);
    }
    model.find(id).map(Some)
}

/// A deviation that is a finding itself.
#[derive(Debug, Clone)]
pub(crate) struct Flawed {
    /// Of the deviation among those of the model.
    pub(crate) position: usize,
    /// The first element that it names.
    pub(crate) element: Option<ElementIdx>,
    pub(crate) flaw: Flaw,
}

/// The deviations that are findings themselves. The judgements are in the order of rules and elements.
pub(crate) fn flaws(
    rules: &RuleSet,
    model: &Model,
    judgements: &[Judgement],
    date: Timestamp,
) -> Vec<Flawed> {
    if model.deviations().is_empty() {
        return Vec::new();
    }
    let evaluator = Evaluator::new(model, rules.typed(), date, None);
    let answer = |rule, element| {
        let found = judgements.binary_search_by_key(&(rule, element), |j| (j.rule, j.element));
        let judgement = judgements.get(found.ok()?)?;
        Some((judgement.verdict, judgement.deviation))
    };
    let positions = 0..model.deviations().len();
    positions.filter_map(|position| flaw_of(rules, &evaluator, position, answer)).collect()
}

/// The first thing that is wrong with a deviation, if anything. `answer` yields a rule's verdict on an
/// element, and the deviation that covers it; `None` where the rule isn't asked of it.
pub(crate) fn flaw_of(
    rules: &RuleSet,
    evaluator: &Evaluator<'_>,
    position: usize,
    answer: impl Fn(usize, Asked) -> Option<(Verdict, Option<usize>)>,
) -> Option<Flawed> {
    let model = evaluator.model;
    let deviation = model.deviations().get(position)?;
    let flaw = named_rule(rules, &deviation.rule).and_then(|rule| {
        unknown_elements(model, rule, deviation)?;
        if !is_in_force(deviation, evaluator.date) {
            return Err(Some(Flaw::Expired));
        }
        match evaluator.waivers().coverages.get(position) {
            Some(Coverage::NoPath(problem)) => Err(Some(Flaw::NoPath(problem.clone()))),
            Some(Coverage::Of { rule, elements }) => {
                let answers = elements.iter().map(|element| (*element, answer(*rule, *element)));
                is_needed(model, position, deviation, answers)
            }
            // The rule is switched off.
            Some(Coverage::Nothing) | None => Err(Some(Flaw::CoversNothing)),
        }
    });
    let element = deviation.elements.iter().find_map(|id| model.find(id));
    Some(Flawed { position, element, flaw: flaw.err().flatten()? })
}

/// That a deviation covers something, and no more than departs from its rule.
fn is_needed(
    model: &Model,
    position: usize,
    deviation: &Deviation,
    answers: impl Iterator<Item = (Asked, Option<(Verdict, Option<usize>)>)>,
) -> Result<(), Option<Flaw>> {
    let mut is_used = false;
    let mut needless = Vec::new();
    for (element, answer) in answers {
        let departs = match answer {
            Some((verdict, covering)) => {
                is_used |= covering == Some(position);
                !matches!(verdict, Verdict::Pass | Verdict::NotApplicable)
            }
            // A path may lead past what the rule isn't asked of; to name it is a mistake.
            None => deviation.path.is_some(),
        };
        if !departs {
            needless.extend(element.map(|element| model.id_of(element).to_owned()));
        }
    }
    match (is_used, needless.is_empty()) {
        (false, _) => Err(Some(Flaw::CoversNothing)),
        (true, true) => Ok(()),
        (true, false) => Err(Some(Flaw::TooBroad(needless))),
    }
}

/// The one rule that is named; `None` for one that is switched off.
///
/// # Errors
/// What is wrong with the name, but for a rule of a pack that isn't part of this check: that can't be judged.
fn named_rule<'r>(rules: &'r RuleSet, id: &str) -> Result<Option<&'r TypedRule>, Option<Flaw>> {
    let typed = rules.typed().rules.iter();
    let named: Vec<&TypedRule> = typed.filter(|rule| rule.full_id == id || rule.id == id).collect();
    match named.as_slice() {
        [rule] if rule.waivable => Ok(Some(rule)),
        [_] => Err(Some(Flaw::Refused)),
        [] if is_switched_off(rules, id) => Ok(None),
        [] => Err(is_of_these_packs(rules, id).then_some(Flaw::UnknownRule)),
        several => {
            let full_ids = several.iter().map(|rule| rule.full_id.clone());
            Err(Some(Flaw::SeveralRules(full_ids.collect())))
        }
    }
}

/// Whether a pack has the rule, which then is one that the settings switch off.
fn is_switched_off(rules: &RuleSet, id: &str) -> bool {
    rules.packs().iter().any(|pack| {
        let bare = id.strip_prefix(pack.id()).and_then(|rest| rest.strip_prefix('/')).unwrap_or(id);
        pack.0.rules.iter().any(|rule| rule.id.value == bare)
    })
}

fn is_of_these_packs(rules: &RuleSet, id: &str) -> bool {
    id.split_once('/').is_none_or(|(pack, _)| rules.packs().iter().any(|p| p.id() == pack))
}

fn unknown_elements(
    model: &Model,
    rule: Option<&TypedRule>,
    deviation: &Deviation,
) -> Result<(), Option<Flaw>> {
    let stands_for_something = |id: &str| match rule {
        Some(rule) => asked(model, rule, id).is_some(),
        None => id == WHOLE_MODEL || model.find(id).is_some(),
    };
    let unknown: Vec<String> =
        deviation.elements.iter().filter(|id| !stands_for_something(id)).cloned().collect();
    if unknown.is_empty() { Ok(()) } else { Err(Some(Flaw::UnknownElements(unknown))) }
}
