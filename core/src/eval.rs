//! Judging: every rule asked of every element it is for.

mod batch;
mod comprehend;
pub(crate) mod deviations;
mod functions;
mod lists;
pub(crate) mod message;
pub(crate) mod outcome;
pub(crate) mod reach;
mod read;
pub(crate) mod reference;
pub(crate) mod risk;
mod sum;
pub(crate) mod text;
mod turn;
mod verdicts;
mod witness;

pub(crate) use self::verdicts::judge_rows;
pub use self::verdicts::{Judged, Verdicts};

use rustc_hash::FxHashMap;

use self::outcome::{Logic, Outcome};
use self::reach::Reach;
use self::reference::{Evaluator, Lets, element_at};
use crate::diagnostic::shown;
use crate::metamodel::{KindIdx, PropertyIdx, RelationIdx};
use crate::model::{ElementIdx, LinkRef, Model};
use crate::plan::RuleSet;
use crate::plan::cost::{self, Counts, Excess};
use crate::text::Language;
use crate::typing::{MessagePiece, Subject, TypedRule};
use crate::value::{Timestamp, Value};

/// The answer of a rule for an element.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// The rule doesn't apply: no programme of the element has reached the phase, or `when` is false.
    NotApplicable,
    /// `require` is true.
    Pass,
    /// `require` is false.
    Fail,
    /// The answer depends on facts that the model doesn't hold.
    Unknown,
    /// Would fail or be unknown, and a deviation that is in force covers it.
    Waived,
    /// Evaluation ran into an error, or the rule costs too much.
    Error,
}

impl Verdict {
    /// Every verdict.
    pub const ALL: [Self; 6] =
        [Self::NotApplicable, Self::Pass, Self::Fail, Self::Unknown, Self::Waived, Self::Error];

    /// Whether somebody should look at it.
    pub(crate) fn is_finding(self) -> bool {
        !matches!(self, Self::Pass | Self::NotApplicable)
    }

    /// As reports write it: `not_applicable`, `pass`, `fail`, `unknown`, `waived`, `error`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NotApplicable => "not_applicable",
            Self::Pass => "pass",
            Self::Fail => "fail",
            Self::Unknown => "unknown",
            Self::Waived => "waived",
            Self::Error => "error",
        }
    }
}

/// In place of an element's id, for a rule that is asked of the model as a whole.
pub(crate) const WHOLE_MODEL: &str = "model";

/// Something that the model doesn't hold and a verdict depends on. Order is model order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Fact {
    /// A property of an element that isn't filled in.
    Property(ElementIdx, PropertyIdx),
    /// A relation of an element into which unrecorded elements may come.
    Relation(ElementIdx, RelationIdx, bool),
    /// A property of a link that isn't filled in.
    LinkProperty(ElementIdx, LinkRef, PropertyIdx),
    /// A whole section that isn't recorded completely.
    Section(KindIdx),
}

/// One rule's answer for one element, with all that the report tells of it.
#[derive(Debug, Clone)]
pub(crate) struct Judgement {
    /// Position in the rule set.
    pub(crate) rule: usize,
    /// `None` for a rule asked of the model as a whole.
    pub(crate) element: Option<ElementIdx>,
    pub(crate) verdict: Verdict,
    /// Of an unknown verdict (waived or not): sorted, without doubles.
    pub(crate) facts: Vec<Fact>,
    /// Of an error: what went wrong.
    pub(crate) error: Option<EvalError>,
    /// The elements that decided it, sorted in model order.
    pub(crate) witnesses: Vec<ElementIdx>,
    /// Of a waived one: position in the model's deviations.
    pub(crate) deviation: Option<usize>,
    /// What is wrong, in every language that the rule has; empty where nothing is.
    pub(crate) messages: Vec<(Language, String)>,
}

impl Judgement {
    /// That a rule doesn't apply.
    fn new(rule: usize, element: Option<ElementIdx>) -> Self {
        Self {
            rule,
            element,
            verdict: Verdict::NotApplicable,
            facts: Vec::new(),
            error: None,
            witnesses: Vec::new(),
            deviation: None,
            messages: Vec::new(),
        }
    }
}

/// Asks every rule, or only the one at a position, of every element that it is for: in the order of rules
/// and model order. The plans say what holds, and the plain evaluator what is to be told of it.
pub(crate) fn judge(
    rules: &RuleSet,
    model: &Model,
    date: Timestamp,
    gate: Option<u32>,
    only: Option<usize>,
) -> Vec<Judgement> {
    let verdicts = Verdicts::new(rules, model, date, gate, only);
    let evaluator = Evaluator::new(model, rules.typed(), date, gate);
    let counts = Counts::new(model);
    let mut costly: FxHashMap<usize, (Option<Excess>, bool)> = FxHashMap::default();
    let judged = verdicts.iter().filter_map(|(position, element, verdict)| {
        if !verdict.is_finding() {
            return Some(Judgement { verdict, ..Judgement::new(position, element) });
        }
        let rule = rules.typed().rules.get(position)?;
        let (excess, is_told_in_short) = costly.entry(position).or_insert_with(|| {
            let excess = cost::excess(&counts, rules.typed(), rule);
            (excess, cost::is_told_in_short(&counts, rules.typed(), rule))
        });
        let judgement = match excess {
            Some(excess) => too_costly(position, element, excess),
            None if *is_told_in_short => in_short(&evaluator, position, rule, element, verdict),
            None => ask(&evaluator, position, rule, element),
        };
        debug_assert_eq!(judgement.verdict, verdict, "a plan of {} is wrong", rule.full_id);
        Some(judgement)
    });
    judged.collect()
}

/// The same by the plain evaluator alone.
pub(crate) fn judge_with(evaluator: &Evaluator<'_>, only: Option<usize>) -> Vec<Judgement> {
    let (model, packs) = (evaluator.model, evaluator.packs);
    let counts = Counts::new(model);
    let mut judgements = Vec::new();
    for (position, rule) in packs.rules.iter().enumerate() {
        if only.is_some_and(|only| only != position) {
            continue;
        }
        let excess = cost::excess(&counts, packs, rule);
        let judge = |element| match &excess {
            Some(excess) => too_costly(position, element, excess),
            None => ask(evaluator, position, rule, element),
        };
        match &rule.subject {
            Subject::Model => judgements.push(judge(None)),
            Subject::Each(kinds) => {
                for kind in kinds.iter() {
                    for element in model.elements_of(kind).map(element_at) {
                        if model.is_live(element) {
                            judgements.push(judge(Some(element)));
                        }
                    }
                }
            }
        }
    }
    judgements
}

/// The verdict of a rule that costs too much: it is asked of nobody.
pub(crate) fn too_costly(rule: usize, element: Option<ElementIdx>, excess: &Excess) -> Judgement {
    Judgement {
        verdict: Verdict::Error,
        error: Some(EvalError::TooCostly(Box::new(excess.clone()))),
        ..Judgement::new(rule, element)
    }
}

/// Asks one rule of one element.
pub(crate) fn judge_one(
    evaluator: &Evaluator<'_>,
    position: usize,
    rule: &TypedRule,
    element: Option<ElementIdx>,
) -> Judgement {
    match cost::excess(&Counts::new(evaluator.model), evaluator.packs, rule) {
        Some(excess) => too_costly(position, element, &excess),
        None => ask(evaluator, position, rule, element),
    }
}

/// What a rule says of an element, and nothing more.
fn verdict(
    evaluator: &Evaluator<'_>,
    position: usize,
    rule: &TypedRule,
    element: Option<ElementIdx>,
) -> Verdict {
    let lets = Lets::new(&rule.lets);
    let found = match answer(evaluator, rule, element, &subject_of(element), &lets) {
        None => return Verdict::NotApplicable,
        Some(Outcome::Value(Value::Bool(true))) => return Verdict::Pass,
        Some(Outcome::Value(Value::Bool(false))) => Verdict::Fail,
        Some(Outcome::Unknown(_)) => Verdict::Unknown,
        Some(_) => return Verdict::Error,
    };
    match evaluator.waivers().covering(position, element) {
        Some(_) => Verdict::Waived,
        None => found,
    }
}

/// A rule of the model as a whole reads sections of it, never its subject.
fn subject_of(element: Option<ElementIdx>) -> Outcome {
    Outcome::Value(element.map_or(Value::Bool(true), Value::Element))
}

/// What the rule's condition comes to; `None` where it doesn't apply.
fn answer(
    evaluator: &Evaluator<'_>,
    rule: &TypedRule,
    element: Option<ElementIdx>,
    subject: &Outcome,
    lets: &Lets<'_>,
) -> Option<Outcome> {
    let mut applies = Logic::all();
    let decided = element.is_some_and(|element| applies.add(evaluator.is_due(rule, element)));
    if let (false, Some(when)) = (decided, &rule.when) {
        applies.add(evaluator.eval(when, subject, lets));
    }
    match applies.finish() {
        Outcome::Value(Value::Bool(false)) => None,
        Outcome::Value(Value::Bool(true)) => Some(evaluator.eval(&rule.require, subject, lets)),
        other => Some(other),
    }
}

/// Asks one rule, which doesn't cost too much, of one element.
pub(crate) fn ask(
    evaluator: &Evaluator<'_>,
    position: usize,
    rule: &TypedRule,
    element: Option<ElementIdx>,
) -> Judgement {
    let lets = Lets::new(&rule.lets);
    let mut judgement = decide(evaluator, position, rule, element, &lets);
    if matches!(judgement.verdict, Verdict::NotApplicable | Verdict::Pass) {
        return judgement;
    }
    let subject = subject_of(element);
    if judgement.verdict == Verdict::Fail {
        judgement.witnesses = evaluator.witnesses(&rule.require, &subject, &lets);
    }
    waive(evaluator, &mut judgement);
    judgement.messages = evaluator.messages(rule, &subject, &lets);
    judgement
}

/// A verdict that plans came to of a rule that costs too much to be gone through once more for each element:
/// told without the elements that decided it and the facts that it depends on. An error is told in full.
pub(crate) fn in_short(
    evaluator: &Evaluator<'_>,
    position: usize,
    rule: &TypedRule,
    element: Option<ElementIdx>,
    verdict: Verdict,
) -> Judgement {
    if verdict == Verdict::Error {
        return ask(evaluator, position, rule, element);
    }
    let deviation = (verdict == Verdict::Waived)
        .then(|| evaluator.waivers().covering(position, element))
        .flatten();
    let messages = evaluator.messages(rule, &subject_of(element), &Lets::new(&rule.lets));
    Judgement { verdict, deviation, messages, ..Judgement::new(position, element) }
}

/// The verdict of one rule on one element with what it depends on, whether or not a deviation covers it.
pub(crate) fn decide(
    evaluator: &Evaluator<'_>,
    position: usize,
    rule: &TypedRule,
    element: Option<ElementIdx>,
    lets: &Lets<'_>,
) -> Judgement {
    let subject = subject_of(element);
    let mut judgement = Judgement::new(position, element);
    let Some(answer) = answer(evaluator, rule, element, &subject, lets) else { return judgement };
    judgement.verdict = match answer {
        Outcome::Value(Value::Bool(true)) => Verdict::Pass,
        Outcome::Value(Value::Bool(false)) => Verdict::Fail,
        Outcome::Unknown(unknown) => {
            judgement.facts = unknown.facts.to_vec();
            Verdict::Unknown
        }
        Outcome::Error(error) => {
            judgement.error = Some(error);
            Verdict::Error
        }
        Outcome::Value(_) | Outcome::List(_) | Outcome::Optional(_) => {
            judgement.error = Some(EvalError::Internal("a condition that is no bool"));
            Verdict::Error
        }
    };
    judgement
}

/// Waives a verdict that a deviation covers.
pub(crate) fn waive(evaluator: &Evaluator<'_>, judgement: &mut Judgement) {
    if matches!(judgement.verdict, Verdict::Fail | Verdict::Unknown)
        && let Some(deviation) = evaluator.waivers().covering(judgement.rule, judgement.element)
    {
        judgement.verdict = Verdict::Waived;
        judgement.deviation = Some(deviation);
    }
}

impl Evaluator<'_> {
    /// Whether a programme of the element has reached the rule's phase, or its gate is asked for.
    pub(crate) fn is_due(&self, rule: &TypedRule, element: ElementIdx) -> Outcome {
        let vocabulary = &self.model.vocabulary().0;
        let opened = |gate: u32| {
            let values = &vocabulary.enumerations[vocabulary.gate?].values;
            values.get(usize::try_from(gate).ok()?)?.opens
        };
        let from = rule.from.or_else(|| rule.gate.and_then(opened));
        if from.is_none() && rule.gate.is_none() {
            return Outcome::bool(true);
        }
        let asked = rule.gate.is_some() && rule.gate == self.gate;
        let programmes = match self.programmes(element) {
            Outcome::List(list) => list,
            other => return other,
        };
        let mut due = Logic::any();
        for item in &programmes.items {
            let reached =
                if asked { Outcome::bool(true) } else { self.has_reached(&item.value, from) };
            match &item.doubt {
                None => {
                    if due.add(reached) {
                        break;
                    }
                }
                Some(_) if reached.truth() == Some(false) => {}
                Some(doubt) => due.add_facts(doubt),
            }
        }
        if let Some(rest) = &programmes.rest {
            due.add_facts(&rest.facts);
        }
        due.finish()
    }

    /// The programmes that the element belongs to, by the metamodel's path from its kind.
    pub(crate) fn programmes(&self, element: ElementIdx) -> Outcome {
        let Some(route) = &self.packs.programmes[self.model.kind_of(element)] else {
            return Outcome::list(Vec::new(), None);
        };
        match self.follow(route, &Reach::from(element), false) {
            Ok(reach) => reach.into_list(),
            Err(outcome) => outcome,
        }
    }

    fn has_reached(&self, programme: &Outcome, from: Option<u32>) -> Outcome {
        let Outcome::Value(Value::Element(element)) = programme else { return programme.clone() };
        let kind = self.model.kind_of(*element);
        let Some(property) = self.model.vocabulary().0.property_of(kind, "phase") else {
            return Outcome::bool(false);
        };
        match self.property(programme, &Box::from([(kind, property)])) {
            Outcome::Value(Value::Enum(_, phase)) => {
                Outcome::bool(from.is_none_or(|from| phase >= from))
            }
            other => other,
        }
    }

    /// What a rule says, in every language that it has.
    fn messages(
        &self,
        rule: &TypedRule,
        subject: &Outcome,
        lets: &Lets<'_>,
    ) -> Vec<(Language, String)> {
        let messages = rule.message.iter();
        messages
            .map(|(language, pieces)| (*language, self.message(pieces, subject, lets, *language)))
            .collect()
    }

    fn message(
        &self,
        pieces: &[MessagePiece],
        subject: &Outcome,
        lets: &Lets<'_>,
        language: Language,
    ) -> String {
        pieces
            .iter()
            .map(|piece| match piece {
                MessagePiece::Text(text) => text.clone(),
                MessagePiece::Value(body) => {
                    message::format(self.model, &self.eval(body, subject, lets), language)
                }
            })
            .collect()
    }
}

/// Why an expression has no value.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum EvalError {
    #[error("division by zero")]
    DivisionByZero,
    #[error("a number or date out of range")]
    Overflow,
    #[error("index {0} lies outside the list")]
    IndexOutOfRange(i64),
    #[error("no such key")]
    NoSuchKey,
    #[error("`{0}` can't be converted to {1}")]
    InvalidConversion(String, &'static str),
    #[error("an optional without a value was read")]
    EmptyOptional,
    #[error("an argument is outside what the function takes: {0}")]
    InvalidArgument(&'static str),
    #[error(
        "the rule would take about {} steps on this model, and at most {} are allowed: `{}` makes it so costly",
        steps(.0.steps), steps(.0.limit), shown(&.0.part)
    )]
    TooCostly(Box<Excess>),
    #[error("internal error: {0}")]
    Internal(&'static str),
}

/// A number of steps for people: of a large one only how many digits it has says something.
pub(crate) fn steps(steps: u64) -> String {
    if steps < 1_000_000_000_000 { steps.to_string() } else { format!("10^{}", steps.ilog10()) }
}
