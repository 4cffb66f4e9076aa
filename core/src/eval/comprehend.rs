//! Asking something of every member of a list: quantifiers, comprehensions, navigation.

use std::rc::Rc;

use super::functions;
use super::lists;
use super::outcome::{Facts, Item, Logic, Outcome, PartialList, Rest, Strict};
use super::reach::Reach;
use super::read::on_element;
use super::reference::{Evaluator, Frame};
use crate::eval::EvalError;
use crate::hir::{HirIdx, Quantifier};
use crate::metamodel::KindSet;

impl Evaluator<'_> {
    pub(super) fn range(
        &self,
        frame: &mut Frame<'_>,
        range: HirIdx,
    ) -> Result<Rc<PartialList>, Outcome> {
        match self.node(frame, range) {
            Outcome::List(list) => Ok(list),
            Outcome::Value(_) | Outcome::Optional(_) => {
                Err(Outcome::Error(EvalError::Internal("a range that is no list")))
            }
            Outcome::Unknown(unknown) => Err(Outcome::unknown(unknown.facts)),
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
        let list = match self.range(frame, list) {
            Ok(list) => list,
            Err(outcome) => return outcome,
        };
        let kinds = frame.element_kinds(at);
        let mut items = Vec::with_capacity(list.items.len());
        let mut rest = list.rest.as_ref().map(|rest| unrecorded(&rest.facts, kinds.clone()));
        for item in &list.items {
            frame.set(slot, item.value.clone());
            let value = self.node(frame, body);
            match value {
                Outcome::Error(error) => return doubtful_error(error, item.doubt.as_ref()),
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
        if distinct {
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
        let list = match self.range(frame, range) {
            Ok(list) => list,
            Err(outcome) => return outcome,
        };
        if quantifier == Quantifier::ExistsOne {
            let mut truths = Vec::with_capacity(list.items.len());
            for item in &list.items {
                frame.set(slot, item.value.clone());
                truths.push((self.node(frame, body), item.doubt.clone()));
            }
            return lists::exactly_one(&truths, list.rest.as_ref());
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
                    logic.add_facts(doubt);
                    if let Outcome::Unknown(unknown) = outcome {
                        logic.add_facts(&unknown.facts);
                    }
                }
            }
        }
        if let Some(rest) = &list.rest {
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
        let list = match self.range(frame, range) {
            Ok(list) => list,
            Err(outcome) => return outcome,
        };
        lists::keep(&list, |item| {
            frame.set(slot, item.value.clone());
            self.node(frame, body)
        })
    }

    pub(super) fn map(
        &self,
        frame: &mut Frame<'_>,
        range: HirIdx,
        slot: usize,
        filter: Option<HirIdx>,
        body: HirIdx,
    ) -> Outcome {
        let mut list = match self.range(frame, range) {
            Ok(list) => list,
            Err(outcome) => return outcome,
        };
        if let Some(filter) = filter {
            let kept = lists::keep(&list, |item| {
                frame.set(slot, item.value.clone());
                self.node(frame, filter)
            });
            match kept {
                Outcome::List(kept) => list = kept,
                other => return other,
            }
        }
        let mut items = Vec::with_capacity(list.items.len());
        for item in &list.items {
            frame.set(slot, item.value.clone());
            match self.node(frame, body) {
                Outcome::Error(error) => return doubtful_error(error, item.doubt.as_ref()),
                value => items.push(Item { value, doubt: item.doubt.clone() }),
            }
        }
        let kinds = frame.element_kinds(body);
        Outcome::list(items, list.rest.as_ref().map(|rest| unrecorded(&rest.facts, kinds)))
    }

    pub(super) fn sort_by(
        &self,
        frame: &mut Frame<'_>,
        range: HirIdx,
        slot: usize,
        key: HirIdx,
    ) -> Outcome {
        let list = match self.range(frame, range) {
            Ok(list) => list,
            Err(outcome) => return outcome,
        };
        let mut strict = Strict::default();
        if let Some(doubt) = list.doubt() {
            strict.add_facts(&doubt);
        }
        let mut keyed = Vec::with_capacity(list.items.len());
        for item in &list.items {
            frame.set(slot, item.value.clone());
            let mut key = self.node(frame, key);
            if let Outcome::Error(error) = key {
                key = doubtful_error(error, item.doubt.as_ref());
            }
            strict.add(&key);
            keyed.push((key, item.clone()));
        }
        if let Some(outcome) = strict.finish() {
            return outcome;
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

/// An error in what is computed of a member: of one that may not be there, it may not happen.
fn doubtful_error(error: EvalError, doubt: Option<&Facts>) -> Outcome {
    doubt.map_or(Outcome::Error(error), |doubt| Outcome::unknown(doubt.clone()))
}
