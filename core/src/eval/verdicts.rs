//! Every verdict on a model as bits: what a report tells in words, before anyone has written these.

use std::fmt;
use std::ops::Range;

use super::batch::{Answer, Run, Seen};
use super::reference::{Evaluator, element_at};
use super::{Judgement, Verdict, ask, in_short, too_costly, verdict};
use crate::index::Index;
use crate::model::{Element, ElementIdx, Model};
use crate::plan::RuleSet;
use crate::plan::cost::{self, Counts, Price};
use crate::typing::{Subject, TypedRule};
use crate::value::Timestamp;

/// Every verdict of a rule set on a model, without messages, witnesses and missing facts: see
/// [`RuleSet::judge`].
#[derive(Clone)]
pub struct Verdicts {
    rules: RuleSet,
    model: Model,
    by_rule: Vec<OfRule>,
    /// Rows that the plans left to the plain evaluator.
    deferred: usize,
}

/// The verdicts of one rule, a row for each element that it may be asked of.
#[derive(Clone)]
struct OfRule {
    /// Position in the rule set.
    rule: usize,
    /// The elements of its kinds, one row each; `None` for a rule asked of the model as a whole, in one row.
    elements: Option<Vec<Range<u32>>>,
    /// Three bits per row: the number of the verdict.
    bits: [Vec<u64>; 3],
}

/// One verdict: whose it is, and of which rule.
#[derive(Debug, Clone, Copy)]
pub struct Judged<'v> {
    /// The rule's full id, `pack/rule`.
    pub rule: &'v str,
    /// The element; `None` for a rule asked of the model as a whole.
    pub element: Option<Element<'v>>,
}

/// The number of a row that isn't asked: its element is not live.
const NOT_ASKED: u8 = 7;

impl Verdicts {
    /// Asks every rule, or only the one at a position.
    pub(crate) fn new(
        rules: &RuleSet,
        model: &Model,
        date: Timestamp,
        gate: Option<u32>,
        only: Option<usize>,
    ) -> Self {
        let seen = Seen::new(model, date, false);
        let mut run = Run::new(&seen, rules.plan(), gate);
        let evaluator = Evaluator::new(model, rules.typed(), date, gate);
        let counts = Counts::new(model);
        let asked = rules.typed().rules.iter().enumerate();
        let asked = asked.filter(|(position, _)| only.is_none_or(|only| only == *position));
        let (mut deferred, mut numbers) = (0, Vec::new());
        let by_rule = asked.map(|(position, rule)| {
            if cost::excess(&counts, rules.typed(), rule).is_some() {
                return OfRule::new(model, position, rule, &mut |_| Verdict::Error);
            }
            let mut settle = |answer: Answer, element| {
                deferred += usize::from(answer == Answer::Defer);
                settled(answer, &evaluator, position, rule, element)
            };
            let Subject::Each(kinds) = &rule.subject else {
                let verdict = settle(run.judge(position, None), None);
                return OfRule::new(model, position, rule, &mut |_| verdict);
            };
            numbers.clear();
            let ranges: Vec<Range<u32>> =
                kinds.iter().map(|kind| model.elements_of(kind)).collect();
            for range in &ranges {
                let span = element_at(range.start).to_usize()..element_at(range.end).to_usize();
                run.judge_all(position, &span, &mut numbers);
            }
            let all_live = kinds.iter().all(|kind| model.all_live(kind));
            let plain = all_live && !may_be_waived(rule, model);
            if !plain || numbers.contains(&Answer::Defer.code()) {
                let elements = ranges.iter().cloned().flatten().map(element_at);
                for (number, element) in numbers.iter_mut().zip(elements) {
                    *number = if all_live || model.is_live(element) {
                        settle(Answer::from_code(*number), Some(element)).number()
                    } else {
                        NOT_ASKED
                    };
                }
            }
            OfRule::written(position, Some(ranges), &numbers)
        });
        let by_rule = by_rule.collect();
        Self { by_rule, rules: rules.clone(), model: model.clone(), deferred }
    }

    /// The same by the plain evaluator alone.
    pub(crate) fn plainly(
        rules: &RuleSet,
        model: &Model,
        date: Timestamp,
        gate: Option<u32>,
    ) -> Self {
        let evaluator = Evaluator::new(model, rules.typed(), date, gate);
        let counts = Counts::new(model);
        let by_rule = rules.typed().rules.iter().enumerate().map(|(position, rule)| {
            let is_costly = cost::excess(&counts, rules.typed(), rule).is_some();
            OfRule::new(model, position, rule, &mut |element| {
                if is_costly {
                    return Verdict::Error;
                }
                verdict(&evaluator, position, rule, element)
            })
        });
        Self { by_rule: by_rule.collect(), rules: rules.clone(), model: model.clone(), deferred: 0 }
    }

    /// The same from plans that are run for one row at a time.
    pub(crate) fn row_by_row(
        rules: &RuleSet,
        model: &Model,
        date: Timestamp,
        gate: Option<u32>,
    ) -> Self {
        let evaluator = Evaluator::new(model, rules.typed(), date, gate);
        let counts = Counts::new(model);
        let prices = rules.typed().rules.iter();
        let prices: Vec<Price> =
            prices.map(|rule| Price::of(&counts, rules.typed(), rule)).collect();
        let by_rule = rules.typed().rules.iter().enumerate().map(|(position, rule)| {
            OfRule::new(model, position, rule, &mut |element| {
                let rows = judge_rows(rules, &evaluator, &prices, &[(position, element)]);
                rows.first().map_or(Verdict::Error, |judgement| judgement.verdict)
            })
        });
        Self { by_rule: by_rule.collect(), rules: rules.clone(), model: model.clone(), deferred: 0 }
    }

    /// What fails: which rule, and for which element. In the order of rules, and of elements in the model.
    pub fn failing(&self) -> impl Iterator<Item = Judged<'_>> {
        self.with(Verdict::Fail)
    }

    /// Whose verdict is this one, likewise.
    pub fn with(&self, verdict: Verdict) -> impl Iterator<Item = Judged<'_>> {
        self.by_rule.iter().flat_map(move |of| {
            let rule = self.rules.typed().rules.get(of.rule).map_or("", |rule| &rule.full_id);
            of.rows_with(verdict).map(move |element| Judged {
                rule,
                element: element.map(|index| self.model.element_at(index)),
            })
        })
    }

    /// What somebody should look at: which rule, by its position, and whom it was asked of; in any order.
    pub(crate) fn findings(&self) -> impl Iterator<Item = (usize, Option<ElementIdx>)> + '_ {
        self.by_rule.iter().flat_map(|of| {
            let found = Verdict::ALL.into_iter().filter(|verdict| verdict.is_finding());
            found.flat_map(|verdict| of.rows_with(verdict)).map(|asked| (of.rule, asked))
        })
    }

    /// How many verdicts are this one.
    pub fn count(&self, verdict: Verdict) -> usize {
        self.by_rule.iter().map(|of| of.count(verdict)).sum()
    }

    /// Where two sets of verdicts of the same rules on the same model differ, in words.
    pub fn differences(&self, other: &Self) -> Vec<String> {
        let pairs = self.iter().zip(other.iter()).filter(|(one, other)| one != other);
        let told = pairs.map(|((rule, element, verdict), (.., other))| {
            let rule = self.rules.typed().rules.get(rule).map_or("", |rule| &rule.full_id);
            let element = element.map_or("the model", |element| self.model.id_of(element));
            format!("{rule} of {element}: {} and {}", verdict.as_str(), other.as_str())
        });
        told.collect()
    }

    /// The rules, and the model.
    pub(crate) fn of(&self) -> (&RuleSet, &Model) {
        (&self.rules, &self.model)
    }

    /// How many rows the plans left to the plain evaluator.
    pub fn deferred(&self) -> usize {
        self.deferred
    }

    /// Every verdict, in the order of rules and elements: the rule's position, whom it was asked of, and what
    /// it says.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (usize, Option<ElementIdx>, Verdict)> + '_ {
        self.by_rule.iter().flat_map(|of| {
            let rows = of.rows().enumerate();
            rows.filter_map(|(row, element)| Some((of.rule, element, of.verdict(row)?)))
        })
    }
}

/// Equal where all verdicts are.
impl PartialEq for Verdicts {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}

impl fmt::Debug for Verdicts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut debug = f.debug_struct("Verdicts");
        for verdict in Verdict::ALL {
            debug.field(verdict.as_str(), &self.count(verdict));
        }
        debug.finish_non_exhaustive()
    }
}

impl OfRule {
    fn new(
        model: &Model,
        position: usize,
        rule: &TypedRule,
        one: &mut dyn FnMut(Option<ElementIdx>) -> Verdict,
    ) -> Self {
        let Subject::Each(kinds) = &rule.subject else {
            return Self::written(position, None, &[one(None).number()]);
        };
        let ranges: Vec<Range<u32>> = kinds.iter().map(|kind| model.elements_of(kind)).collect();
        let all_live = kinds.iter().all(|kind| model.all_live(kind));
        let elements = ranges.iter().cloned().flatten().map(element_at);
        let numbers = elements.map(|element| {
            if all_live || model.is_live(element) { one(Some(element)).number() } else { NOT_ASKED }
        });
        let numbers: Vec<u8> = numbers.collect();
        Self::written(position, Some(ranges), &numbers)
    }

    /// Of the numbers of all rows.
    fn written(rule: usize, elements: Option<Vec<Range<u32>>>, numbers: &[u8]) -> Self {
        let plane = |plane: u32| numbers.chunks(64).map(move |rows| word(rows, plane)).collect();
        Self { rule, elements, bits: [plane(0), plane(1), plane(2)] }
    }

    /// The rows' elements; `None` for the model as a whole.
    fn rows(&self) -> impl Iterator<Item = Option<ElementIdx>> + '_ {
        let whole = self.elements.is_none().then_some(None);
        let elements = self.elements.iter().flatten().cloned().flatten();
        whole.into_iter().chain(elements.map(|position| Some(element_at(position))))
    }

    fn row_count(&self) -> usize {
        self.elements.as_ref().map_or(1, |ranges| ranges.iter().map(ExactSizeIterator::len).sum())
    }

    fn verdict(&self, row: usize) -> Option<Verdict> {
        let bit = |plane: &Vec<u64>| {
            u8::from(plane.get(row / 64).is_some_and(|word| word >> (row % 64) & 1 == 1))
        };
        let [low, middle, high] = &self.bits;
        Verdict::from_number(bit(low) + 2 * bit(middle) + 4 * bit(high))
    }

    /// The bits of the rows with a verdict, 64 rows in a word.
    fn words(&self, verdict: Verdict) -> impl Iterator<Item = u64> + '_ {
        let number = verdict.number();
        let [low, middle, high] = &self.bits;
        let last = self.row_count().checked_sub(1).map_or(0, |last| last / 64);
        let rest = self.row_count() % 64;
        low.iter().zip(middle).zip(high).enumerate().map(move |(word, ((low, middle), high))| {
            let pick =
                |word: &u64, plane: usize| if number >> plane & 1 == 1 { *word } else { !word };
            let within = if word == last && rest > 0 { (1 << rest) - 1 } else { u64::MAX };
            pick(low, 0) & pick(middle, 1) & pick(high, 2) & within
        })
    }

    fn count(&self, verdict: Verdict) -> usize {
        self.words(verdict).map(|word| crate::index::wide(word.count_ones())).sum()
    }

    fn rows_with(&self, verdict: Verdict) -> impl Iterator<Item = Option<ElementIdx>> + '_ {
        let mut ranges = self.elements.iter().flatten();
        // The rows before the range at hand, and those of it.
        let (mut before, mut range) = (0_usize, ranges.next().cloned().unwrap_or(0..1));
        let set = self.words(verdict).enumerate().flat_map(|(number, word)| {
            let mut rest = word;
            std::iter::from_fn(move || {
                let bit = crate::index::wide(rest.trailing_zeros());
                rest &= rest.checked_sub(1)?;
                Some(number * 64 + bit)
            })
        });
        set.map(move |row| {
            self.elements.as_ref()?;
            while row - before >= range.len()
                && let Some(next) = ranges.next()
            {
                before += range.len();
                range = next.clone();
            }
            let first = element_at(range.start).to_usize();
            Some(ElementIdx::from_usize(first + (row - before)))
        })
    }
}

/// What there is to tell of each of a few rows: a rule by its position, and an element that it is asked of or the
/// model as a whole. The plans are the same as for all rows, and answer for these alone: nothing is worked out
/// that they don't ask for, so that the time doesn't grow with the model. What a session asks after an edit,
/// for the rows that the edit can have touched. `prices` has what each rule costs.
pub(crate) fn judge_rows(
    rules: &RuleSet,
    evaluator: &Evaluator<'_>,
    prices: &[Price],
    rows: &[(usize, Option<ElementIdx>)],
) -> Vec<Judgement> {
    if rows.is_empty() {
        return Vec::new();
    }
    let seen = Seen::new(evaluator.model, evaluator.date, true);
    let mut run = Run::new(&seen, rules.plan(), evaluator.gate);
    let judgements = rows.iter().filter_map(|(position, element)| {
        let (position, element) = (*position, *element);
        let (rule, price) = (rules.typed().rules.get(position)?, prices.get(position)?);
        if let Some(excess) = &price.excess {
            return Some(too_costly(position, element, excess));
        }
        let answer = run.judge(position, element);
        let is_short = price.is_told_in_short;
        if is_short || matches!(answer, Answer::NotApplicable | Answer::Pass) {
            let verdict = settled(answer, evaluator, position, rule, element);
            return Some(if verdict.is_finding() {
                in_short(evaluator, position, rule, element, verdict)
            } else {
                Judgement { verdict, ..Judgement::new(position, element) }
            });
        }
        let judgement = ask(evaluator, position, rule, element);
        debug_assert!(
            match judgement.verdict {
                Verdict::Fail => matches!(answer, Answer::Fail | Answer::Defer),
                Verdict::Unknown => matches!(answer, Answer::Unknown | Answer::Defer),
                Verdict::Waived => true,
                _ => answer == Answer::Defer,
            },
            "a plan of {} says {answer:?}, which is {:?}",
            rule.full_id,
            judgement.verdict,
        );
        Some(judgement)
    });
    judgements.collect()
}

/// One bit of the numbers of up to 64 rows, the first row lowest.
fn word(numbers: &[u8], plane: u32) -> u64 {
    const LOWEST: u64 = 0x0101_0101_0101_0101;
    // Moves the lowest bit of each byte into the highest byte, that of the first byte lowest.
    const GATHER: u64 = 0x0102_0408_1020_4080;
    let mut word = 0;
    let (eights, rest) = numbers.as_chunks::<8>();
    for eight in eights.iter().rev() {
        let bits = (u64::from_le_bytes(*eight) >> plane) & LOWEST;
        word = word << 8 | bits.wrapping_mul(GATHER) >> 56;
    }
    for (number, row) in rest.iter().zip(8 * eights.len()..) {
        word |= u64::from(number >> plane & 1) << row;
    }
    word
}

/// Whether a deviation may stand against what the rule finds.
fn may_be_waived(rule: &TypedRule, model: &Model) -> bool {
    rule.waivable && !model.deviations().is_empty()
}

/// The verdict that an answer of a plan means, by the plain evaluator where it has to be asked.
fn settled(
    answer: Answer,
    evaluator: &Evaluator<'_>,
    position: usize,
    rule: &TypedRule,
    element: Option<ElementIdx>,
) -> Verdict {
    let found = match answer {
        Answer::NotApplicable => return Verdict::NotApplicable,
        Answer::Pass => return Verdict::Pass,
        Answer::Fail => Verdict::Fail,
        Answer::Unknown => Verdict::Unknown,
        Answer::Defer => return verdict(evaluator, position, rule, element),
    };
    if may_be_waived(rule, evaluator.model)
        && evaluator.waivers().covering(position, element).is_some()
    {
        return Verdict::Waived;
    }
    found
}

impl Verdict {
    fn number(self) -> u8 {
        match self {
            Self::NotApplicable => 0,
            Self::Pass => 1,
            Self::Fail => 2,
            Self::Unknown => 3,
            Self::Waived => 4,
            Self::Error => 5,
        }
    }

    fn from_number(number: u8) -> Option<Self> {
        Self::ALL.get(usize::from(number)).copied()
    }
}
