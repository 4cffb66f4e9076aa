//! What time alone will change: verdicts that turn on later days, if nothing else does.

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::eval::deviations::{Flawed, flaw_of};
use crate::eval::reference::{Evaluator, Lets, element_at};
use crate::eval::{Judgement, Verdict, ask, decide, waive};
use crate::metamodel::KindIdx;
use crate::model::{ElementIdx, Model};
use crate::options::Options;
use crate::pack::Severity;
use crate::plan::RuleSet;
use crate::plan::cost::{self, Counts};
use crate::report::finding::Narrator;
use crate::report::order::{self, Place};
use crate::report::question::element_ref;
use crate::report::{ElementRef, Finding};
use crate::sort::sort_by;
use crate::text::Text;
use crate::typing::Subject;
use crate::value::{Date, Timestamp};

/// The verdicts that will be others on later days if nothing but the date changes, the earliest first.
///
/// ```
/// use spelregel::{Metamodel, Model, Options, Pack, RuleSet, Settings, Source, Verdict};
///
/// let pack = Pack::load(Source::new("ours.yaml", "
/// pack: ours
/// version: 1.0.0
/// title: {en: Our rules}
/// rules:
///   - id: mandate-lasts
///     title: {en: Mandates last}
///     each: Mandate
///     require: self.valid_until >= today
///     severity: error
///     message: {en: \"It ended on {self.valid_until}.\"}
/// "))?;
/// let rules = RuleSet::compile(&Metamodel::standard(), [pack], &Settings::default())?;
/// let source = Source::new("m.yaml", "mandates: [{id: m, valid_until: 2027-02-28}]");
/// let model = Model::load(rules.metamodel(), [source])?;
/// let options = Options::at("2026-06-01".parse()?);
///
/// let calendar = rules.calendar(&model, &options, "2027-12-31".parse()?);
/// let [turn] = calendar.turns.as_slice() else { return Err("one verdict turns".into()) };
/// assert_eq!((turn.before, turn.after), (Verdict::Pass, Verdict::Fail));
/// assert_eq!(turn.on.to_string(), "2027-03-01");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Calendar {
    /// The version of this form; 1.
    pub spelregel: u32,
    /// The date from which it looks ahead.
    pub at: Date,
    /// The last day that it looks at.
    pub until: Date,
    /// What changes, the earliest first; on one day in the order of reports.
    pub turns: Vec<Turn>,
}

/// A verdict that becomes another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Turn {
    /// The first day of the new verdict.
    pub on: Date,
    /// The rule's full id, `pack/rule`.
    pub rule: String,
    /// What the rule wants.
    pub title: Text,
    /// How bad it is when it fails.
    pub severity: Severity,
    /// Whom the rule asks; `None` for the model as a whole.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub element: Option<ElementRef>,
    /// What people call the element's kind.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<Text>,
    /// The verdict up to that day. A deviation with which nothing is wrong passes.
    pub before: Verdict,
    /// The verdict from that day on.
    pub after: Verdict,
    /// What a check on that day finds, where the new verdict is a finding.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub finding: Option<Finding>,
}

/// The version of the form that calendars have.
const FORMAT: u32 = 1;

impl RuleSet {
    /// When verdicts will be others, up to a day, if nothing but the date changes.
    ///
    /// A verdict's next change is its first one in the list. Programmes and tags of the options limit what is
    /// listed, as in reports.
    pub fn calendar(&self, model: &Model, options: &Options, until: Date) -> Calendar {
        let mut turns = Vec::new();
        let mut walk = Walk::new(self, model, options, until);
        while let Some((day, due)) = walk.waiting.pop_first() {
            let Some(date) = Date::from_days(day) else { break };
            turns.extend(walk.visit(date, due));
        }
        Calendar { spelregel: FORMAT, at: options.at, until, turns }
    }
}

/// What is asked again on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Due {
    /// A rule of a subject.
    Row(usize, Option<ElementIdx>),
    /// What deviations cover.
    Deviations,
}

/// On the way through the days on which anything may turn.
struct Walk<'a> {
    rules: &'a RuleSet,
    model: &'a Model,
    options: Options,
    until: i64,
    /// By day, counted from 1970.
    waiting: BTreeMap<i64, BTreeSet<Due>>,
    /// What each said last. What isn't in here passes or doesn't apply and never turns.
    verdicts: BTreeMap<(usize, Option<ElementIdx>), Verdict>,
    /// The deviations that were findings, each with the built-in rule that it breaks.
    flaws: BTreeMap<usize, Flawed>,
}

impl<'a> Walk<'a> {
    fn new(rules: &'a RuleSet, model: &'a Model, options: &Options, until: Date) -> Self {
        let mut rows = BTreeSet::from([Due::Deviations]);
        let counts = Counts::new(model);
        let typed = rules.typed();
        for (position, rule) in typed.rules.iter().enumerate() {
            // Whether a rule costs too much has nothing to do with dates. The days on which verdicts turn come
            // of the plain evaluator, one row after the other.
            if cost::excess(&counts, typed, rule).is_some()
                || cost::is_told_in_short(&counts, typed, rule)
            {
                continue;
            }
            match &rule.subject {
                Subject::Model => _ = rows.insert(Due::Row(position, None)),
                Subject::Each(kinds) => {
                    let elements = kinds.iter().flat_map(|kind: KindIdx| model.elements_of(kind));
                    let live = elements.map(element_at).filter(|element| model.is_live(*element));
                    rows.extend(live.map(|element| Due::Row(position, Some(element))));
                }
            }
        }
        let today = options.at.timestamp().days();
        Self {
            rules,
            model,
            options: options.clone(),
            until: until.timestamp().days(),
            waiting: BTreeMap::from([(today, rows)]),
            verdicts: BTreeMap::new(),
            flaws: BTreeMap::new(),
        }
    }

    /// Asks again what is due on a day. On the first there is nothing yet to differ from.
    fn visit(&mut self, date: Date, due: BTreeSet<Due>) -> Vec<Turn> {
        let is_first = self.options.at == date && self.verdicts.is_empty();
        let mut options = self.options.clone();
        options.at = date;
        let gate = options.gate.as_deref();
        let gate = gate.and_then(|gate| self.rules.metamodel().gate_position(gate));
        let moment: Timestamp = date.timestamp();
        let evaluator = Evaluator::watching(self.model, self.rules.typed(), moment, gate);
        let teller = Teller {
            rules: self.rules,
            model: self.model,
            narrator: Narrator::new(self.rules, self.model, &options),
            evaluator: Evaluator::new(self.model, self.rules.typed(), moment, gate),
            date,
        };
        let ((), covered_until) = evaluator.until_turn(|| _ = evaluator.waivers());
        let mut turns = Vec::new();
        for due in due {
            let Due::Row(rule, element) = due else { continue };
            let (judgement, turn) = evaluator.until_turn(|| judge(&evaluator, rule, element));
            let Some(mut judgement) = judgement else { continue };
            let could_be_waived = matches!(judgement.verdict, Verdict::Fail | Verdict::Unknown);
            waive(&evaluator, &mut judgement);
            let turn = if could_be_waived { earlier(turn, covered_until) } else { turn };
            let before = self.verdicts.get(&(rule, element)).copied();
            if let Some(before) = before.filter(|before| *before != judgement.verdict) {
                turns.extend(teller.turn(&judgement, before));
            }
            if let Some(day) = self.wait(turn, due) {
                self.verdicts.insert((rule, element), judgement.verdict);
                debug_assert!(day > date.timestamp().days(), "time goes on");
            } else {
                self.verdicts.remove(&(rule, element));
            }
        }
        if !self.model.deviations().is_empty() {
            self.wait(covered_until, Due::Deviations);
            let flaws = self.flaws_on(&teller.evaluator);
            if !is_first {
                turns.extend(self.flaw_turns(&teller, &flaws));
            }
            self.flaws = flaws;
        }
        sort_by(&mut turns, |(a, _), (b, _)| order::compare(a, b));
        turns.into_iter().map(|(_, turn)| turn).collect()
    }

    /// Asks again on that day, if it is one that anybody wants to know of.
    fn wait(&mut self, day: Option<i64>, due: Due) -> Option<i64> {
        let day = day.filter(|day| *day <= self.until)?;
        self.waiting.entry(day).or_default().insert(due);
        Some(day)
    }

    fn flaws_on(&self, evaluator: &Evaluator<'_>) -> BTreeMap<usize, Flawed> {
        let answer = |rule: usize, element| {
            let mut judgement = judge(evaluator, rule, element)?;
            waive(evaluator, &mut judgement);
            Some((judgement.verdict, judgement.deviation))
        };
        let positions = 0..self.model.deviations().len();
        let flaws = positions.filter_map(|position| {
            Some((position, flaw_of(self.rules, evaluator, position, answer)?))
        });
        flaws.collect()
    }

    /// Deviations that begin or cease to be findings of a built-in rule.
    fn flaw_turns(&self, teller: &Teller<'_>, now: &BTreeMap<usize, Flawed>) -> Vec<(Place, Turn)> {
        let mut turns = Vec::new();
        for position in 0..self.model.deviations().len() {
            let (before, after) = (self.flaws.get(&position), now.get(&position));
            let number = |flawed: Option<&Flawed>| flawed.map(|flawed| flawed.flaw.number());
            if number(before) == number(after) {
                continue;
            }
            let ends = before.map(|flawed| (flawed, false));
            let begins = after.map(|flawed| (flawed, true));
            for (flawed, begins) in ends.into_iter().chain(begins) {
                turns.extend(teller.flaw_turn(flawed, begins));
            }
        }
        turns
    }
}

/// The verdict of a rule on one of its subjects, whether or not a deviation covers it.
fn judge(
    evaluator: &Evaluator<'_>,
    position: usize,
    element: Option<ElementIdx>,
) -> Option<Judgement> {
    let rule = evaluator.packs.rules.get(position)?;
    let is_asked = match (&rule.subject, element) {
        (Subject::Model, None) => true,
        (Subject::Each(kinds), Some(element)) => {
            kinds.contains(evaluator.model.kind_of(element)) && evaluator.model.is_live(element)
        }
        (Subject::Model, Some(_)) | (Subject::Each(_), None) => false,
    };
    is_asked.then(|| decide(evaluator, position, rule, element, &Lets::new(&rule.lets)))
}

fn earlier(a: Option<i64>, b: Option<i64>) -> Option<i64> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    }
}

/// Tells the turns of a day.
struct Teller<'a> {
    rules: &'a RuleSet,
    model: &'a Model,
    narrator: Narrator<'a>,
    evaluator: Evaluator<'a>,
    date: Date,
}

impl Teller<'_> {
    /// The turn of a verdict, as far as the options ask for it.
    fn turn(&self, judgement: &Judgement, before: Verdict) -> Option<(Place, Turn)> {
        if !self.narrator.is_asked(judgement) {
            return None;
        }
        let rule = self.rules.typed().rules.get(judgement.rule)?;
        let finding = judgement.verdict.is_finding().then(|| {
            let told = ask(&self.evaluator, judgement.rule, rule, judgement.element);
            self.narrator.finding(&told)
        });
        let turn = Turn {
            on: self.date,
            rule: rule.full_id.clone(),
            title: (*rule.title).clone(),
            severity: rule.severity,
            element: judgement.element.map(|element| element_ref(self.model, element)),
            kind: judgement.element.map(|element| self.kind(element)),
            before,
            after: judgement.verdict,
            finding: finding.flatten(),
        };
        Some((self.narrator.place(judgement)?, turn))
    }

    fn flaw_turn(&self, flawed: &Flawed, begins: bool) -> Option<(Place, Turn)> {
        let (place, finding) = self.narrator.flaw(flawed.clone())?;
        let (before, after) =
            if begins { (Verdict::Pass, Verdict::Fail) } else { (Verdict::Fail, Verdict::Pass) };
        let turn = Turn {
            on: self.date,
            rule: finding.rule.clone(),
            title: (*finding.title).clone(),
            severity: finding.severity,
            element: finding.element.clone(),
            kind: flawed.element.map(|element| self.kind(element)),
            before,
            after,
            finding: begins.then_some(finding),
        };
        Some((place, turn))
    }

    fn kind(&self, element: ElementIdx) -> Text {
        self.model.vocabulary().0.kinds[self.model.kind_of(element)].label.clone()
    }
}
