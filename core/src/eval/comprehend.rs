//! Asking something of every member of a list: quantifiers, comprehensions, navigation.

use std::rc::Rc;

use super::functions;
use super::lists;
use super::outcome::{Facts, Item, Logic, Outcome, PartialList, Rest, Risk, Strict};
use super::reach::Reach;
use super::read::on_element;
use super::reference::{Evaluator, Frame};
use crate::eval::EvalError;
use crate::hir::{HirIdx, Quantifier};
use crate::metamodel::KindSet;

/// A list of whose members something is asked, and what may come of asking it of those that aren't known.
struct Range {
    list: Rc<PartialList>,
    unseen: Risk,
}

impl Range {
    /// What more may be there, with what may come of it.
    fn rest(&self) -> Option<Rest> {
        let rest = self.list.rest.as_ref()?;
        Some(Rest { facts: rest.facts.clone().risking(self.unseen), ..rest.clone() })
    }
}

impl Evaluator<'_> {
    /// The list that `bodies` are asked of.
    fn range(
        &self,
        frame: &mut Frame<'_>,
        range: HirIdx,
        bodies: &[HirIdx],
    ) -> Result<Range, Outcome> {
        let list = self.node(frame, range);
        let is_unseen = match &list {
            Outcome::List(list) => list.rest.is_some(),
            other => matches!(other, Outcome::Unknown(_)),
        };
        let unseen = bodies.iter().filter(|_| is_unseen).map(|body| self.risk_of(frame, *body));
        let unseen = unseen.max().unwrap_or_default();
        match list {
            Outcome::List(list) => Ok(Range { list, unseen }),
            Outcome::Value(_) | Outcome::Optional(_) => {
                Err(Outcome::Error(EvalError::Internal("a range that is no list")))
            }
            Outcome::Unknown(unknown) => Err(Outcome::unknown(unknown.facts.risking(unseen))),
            error @ Outcome::Error(_) => Err(error),
        }
    }

    pub(super) fn spread(
        &self,
        frame: &mut Frame<'_>,
        at: HirIdx,
        list: HirIdx,
        (slot, body): (usize, HirIdx),
        flat: bool,
        distinct: bool,
    ) -> Outcome {
        let range = match self.range(frame, list, &[body]) {
            Ok(range) => range,
            Err(outcome) => return outcome,
        };
        let kinds = frame.element_kinds(at);
        let mut items = Vec::with_capacity(range.list.items.len());
        let mut rest = range.rest().map(|rest| unrecorded(&rest.facts, kinds.clone()));
        let mut risk = range.unseen;
        for item in &range.list.items {
            frame.set(slot, item.value.clone());
            let value = self.node(frame, body);
            risk = risk.max(value.risk());
            match value {
                Outcome::Error(error) if item.doubt.is_none() => return Outcome::Error(error),
                Outcome::Error(_) => items.push(item.clone()),
                Outcome::List(inner) if flat => {
                    for member in &inner.items {
                        let doubt = lists::join_doubt(item.doubt.as_ref(), member.doubt.as_ref());
                        items.push(Item { value: member.value.clone(), doubt });
                    }
                    rest = lists::join_rest(rest.as_ref(), inner.rest.as_ref());
                }
                Outcome::Unknown(unknown) if flat => {
                    let more = unrecorded(&unknown.facts, kinds.clone());
                    rest = lists::join_rest(rest.as_ref(), Some(&more));
                }
                value => items.push(Item { value, doubt: item.doubt.clone() }),
            }
        }
        if risk == Risk::Error {
            lists::unless(risk, items, rest)
        } else if distinct {
            Reach::collect(items, rest, kinds.as_ref()).into_list()
        } else {
            Outcome::list(items, rest)
        }
    }

    pub(super) fn quantify(
        &self,
        frame: &mut Frame<'_>,
        quantifier: Quantifier,
        range: HirIdx,
        slot: usize,
        body: HirIdx,
    ) -> Outcome {
        let range = match self.range(frame, range, &[body]) {
            Ok(range) => range,
            Err(outcome) => return outcome,
        };
        let list = &range.list;
        if quantifier == Quantifier::ExistsOne {
            let mut truths = Vec::with_capacity(list.items.len());
            for item in &list.items {
                frame.set(slot, item.value.clone());
                truths.push((self.node(frame, body), item.doubt.clone()));
            }
            return lists::exactly_one(&truths, range.rest().as_ref());
        }
        let deciding = quantifier == Quantifier::Exists;
        let mut logic = if deciding { Logic::any() } else { Logic::all() };
        for item in &list.items {
            frame.set(slot, item.value.clone());
            let outcome = self.node(frame, body);
            match &item.doubt {
                None => {
                    if logic.add(outcome) {
                        break;
                    }
                }
                // Whether or not it is there, it decides nothing.
                Some(_) if outcome.truth() == Some(!deciding) => {}
                Some(doubt) => {
                    logic.add_facts(&doubt.clone().risking(outcome.risk()));
                    if let Outcome::Unknown(unknown) = outcome {
                        logic.add_facts(&unknown.facts);
                    }
                }
            }
        }
        if let Some(rest) = range.rest() {
            logic.add_facts(&rest.facts);
        }
        logic.finish()
    }

    pub(super) fn filter(
        &self,
        frame: &mut Frame<'_>,
        range: HirIdx,
        slot: usize,
        body: HirIdx,
    ) -> Outcome {
        let range = match self.range(frame, range, &[body]) {
            Ok(range) => range,
            Err(outcome) => return outcome,
        };
        self.kept(frame, &range, slot, body)
    }

    fn kept(&self, frame: &mut Frame<'_>, range: &Range, slot: usize, body: HirIdx) -> Outcome {
        let kept = lists::keep(&range.list, |item| {
            frame.set(slot, item.value.clone());
            self.node(frame, body)
        });
        match kept {
            Outcome::List(list) if list.rest.is_some() => {
                lists::unless(range.unseen, list.items.clone(), range.rest())
            }
            other => other,
        }
    }

    pub(super) fn map(
        &self,
        frame: &mut Frame<'_>,
        range: HirIdx,
        slot: usize,
        filter: Option<HirIdx>,
        body: HirIdx,
    ) -> Outcome {
        let parts: Vec<HirIdx> = filter.into_iter().chain([body]).collect();
        let mut range = match self.range(frame, range, &parts) {
            Ok(range) => range,
            Err(outcome) => return outcome,
        };
        if let Some(filter) = filter {
            match self.kept(frame, &range, slot, filter) {
                Outcome::List(kept) => range.list = kept,
                other => return other,
            }
        }
        let mut items = Vec::with_capacity(range.list.items.len());
        let mut risk = range.unseen;
        for item in &range.list.items {
            frame.set(slot, item.value.clone());
            let value = self.node(frame, body);
            risk = risk.max(value.risk());
            match value {
                Outcome::Error(error) if item.doubt.is_none() => return Outcome::Error(error),
                Outcome::Error(_) => items.push(item.clone()),
                value => items.push(Item { value, doubt: item.doubt.clone() }),
            }
        }
        let kinds = frame.element_kinds(body);
        let rest = range.rest().map(|rest| unrecorded(&rest.facts, kinds));
        lists::unless(risk, items, rest)
    }

    pub(super) fn sort_by(
        &self,
        frame: &mut Frame<'_>,
        range: HirIdx,
        slot: usize,
        key: HirIdx,
    ) -> Outcome {
        let range = match self.range(frame, range, &[key]) {
            Ok(range) => range,
            Err(outcome) => return outcome,
        };
        let list = &range.list;
        let mut strict = Strict::default();
        let mut risk = range.unseen;
        if let Some(doubt) = list.doubt() {
            strict.add_facts(&doubt);
        }
        let mut keyed = Vec::with_capacity(list.items.len());
        for item in &list.items {
            frame.set(slot, item.value.clone());
            let value = self.node(frame, key);
            risk = risk.max(value.risk());
            if functions::has_no_order(&value) {
                risk = Risk::Error;
            }
            // Of a member that may not be there, an error may not happen.
            if item.doubt.is_none() || !matches!(value, Outcome::Error(_)) {
                strict.add(&value);
            }
            keyed.push((value, item.clone()));
        }
        // What is no number can't be sorted.
        if risk == Risk::NoNumber {
            risk = Risk::Error;
        }
        if let Some(outcome) = strict.finish() {
            return outcome.risking(risk);
        }
        functions::sort_keyed(keyed)
    }

    pub(super) fn of_kinds(&self, of: &Outcome, kinds: &KindSet) -> Outcome {
        let list = match of {
            Outcome::List(list) => list,
            other => return other.clone(),
        };
        let kept = lists::keep(list, |item| {
            on_element(&item.value, |element| {
                Outcome::bool(kinds.contains(self.model.kind_of(element)))
            })
        });
        let Outcome::List(kept) = kept else { return kept };
        let rest = kept.rest.as_ref().and_then(|rest| narrow_rest(rest, kinds));
        Outcome::list(kept.items.clone(), rest)
    }
}

/// What unrecorded members lead to, which may be elements of the model.
fn unrecorded(facts: &Facts, kinds: Option<KindSet>) -> Rest {
    Rest { facts: facts.clone(), kinds, outside_model: false }
}

/// The rest that may still be of the kinds.
pub(crate) fn narrow_rest(rest: &Rest, kinds: &KindSet) -> Option<Rest> {
    match &rest.kinds {
        None => Some(Rest { kinds: Some(kinds.clone()), ..rest.clone() }),
        Some(possible) => {
            let possible = possible.intersection(kinds);
            (!possible.is_empty()).then(|| Rest { kinds: Some(possible), ..rest.clone() })
        }
    }
}
