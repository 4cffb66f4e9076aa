//! Comply or explain: which recorded deviation covers a rule's verdict on an element.
//!
//! One function decides, and everything that needs to know asks it.

use crate::eval::Judgement;
use crate::model::{Deviation, ElementIdx, Model};
use crate::plan::RuleSet;
use crate::text::Text;
use crate::typing::TypedRule;
use crate::value::Timestamp;

/// The deviation that covers the rule for the element at the date, by position; the first of several.
pub(crate) fn covering(
    model: &Model,
    rule: &TypedRule,
    element: Option<ElementIdx>,
    date: Timestamp,
) -> Option<usize> {
    if !rule.waivable {
        return None;
    }
    let id = model.id_of(element?);
    model.deviations().iter().position(|deviation| {
        names_rule(deviation, rule)
            && is_in_force(deviation, date)
            && deviation.elements.iter().any(|e| e == id)
    })
}

/// Whether the deviation is about the rule, by its bare or full id.
pub(crate) fn names_rule(deviation: &Deviation, rule: &TypedRule) -> bool {
    deviation.rule == rule.id || deviation.rule == rule.full_id
}

/// Whether it still holds: its last day is today or later, or it has none.
pub(crate) fn is_in_force(deviation: &Deviation, date: Timestamp) -> bool {
    deviation.until.is_none_or(|until| until.days() >= date.days())
}

/// What is wrong with a recorded deviation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Flaw {
    /// Its last day is past.
    Expired,
    /// Every element that it covers passes, or the rule doesn't apply, or refuses deviations.
    CoversNothing,
    /// No rule has that id.
    UnknownRule,
    /// No element has that id.
    UnknownElement,
}

impl Flaw {
    /// Its position among the rules of the built-in pack.
    pub(crate) fn number(self) -> usize {
        match self {
            Self::Expired => 0,
            Self::CoversNothing => 1,
            Self::UnknownRule => 2,
            Self::UnknownElement => 3,
        }
    }

    /// The id of the built-in rule.
    pub(crate) fn id(self) -> &'static str {
        match self {
            Self::Expired => "deviation-expired",
            Self::CoversNothing => "deviation-covers-nothing",
            Self::UnknownRule => "deviation-names-no-rule",
            Self::UnknownElement => "deviation-names-no-element",
        }
    }

    pub(crate) fn title(self) -> Text {
        match self {
            Self::Expired => Text::both(
                "Accepted deviations are in force",
                "Geaccepteerde afwijkingen gelden nog",
            ),
            Self::CoversNothing => {
                Text::both("Accepted deviations are needed", "Geaccepteerde afwijkingen zijn nodig")
            }
            Self::UnknownRule => Text::both(
                "Deviations name an existing rule",
                "Afwijkingen noemen een bestaande regel",
            ),
            Self::UnknownElement => Text::both(
                "Deviations name an existing element",
                "Afwijkingen noemen een bestaand element",
            ),
        }
    }

    pub(crate) fn message(self, deviation: &Deviation) -> Text {
        let (rule, elements) = (&deviation.rule, deviation.elements.join(", "));
        let until = deviation.until.map_or_else(String::new, |until| until.to_string());
        match self {
            Self::Expired => Text::both(
                format!(
                    "The deviation from {rule} for {elements} held until {until}: the rule counts again."
                ),
                format!(
                    "De afwijking van {rule} voor {elements} gold tot en met {until}: de regel telt weer."
                ),
            ),
            Self::CoversNothing => Text::both(
                format!("The deviation from {rule} for {elements} covers no finding."),
                format!("De afwijking van {rule} voor {elements} dekt geen bevinding."),
            ),
            Self::UnknownRule => Text::both(
                format!("A deviation is recorded from {rule}, and there is no such rule."),
                format!("Er is een afwijking vastgelegd van {rule}, en die regel bestaat niet."),
            ),
            Self::UnknownElement => Text::both(
                format!(
                    "A deviation from {rule} is recorded for {elements}, and no element has that id."
                ),
                format!(
                    "Er is een afwijking van {rule} vastgelegd voor {elements}, en geen element heeft die id."
                ),
            ),
        }
    }

    pub(crate) fn why(self) -> Text {
        match self {
            Self::Expired | Self::CoversNothing => Text::both(
                "Comply or explain works only as long as the explanations are true today.",
                "Pas toe of leg uit werkt alleen zolang de uitleg vandaag nog klopt.",
            ),
            Self::UnknownRule | Self::UnknownElement => Text::both(
                "A deviation that names nothing accepts nothing, whatever was decided.",
                "Een afwijking die niets noemt, staat niets toe, wat er ook besloten is.",
            ),
        }
    }

    pub(crate) fn remedy(self) -> Text {
        match self {
            Self::Expired => Text::both(
                "Repair what the rule finds, or decide anew and record the new end date.",
                "Herstel wat de regel vindt, of besluit opnieuw en leg de nieuwe einddatum vast.",
            ),
            Self::CoversNothing => Text::both(
                "Remove the deviation: nothing departs from the rule.",
                "Verwijder de afwijking: niets wijkt van de regel af.",
            ),
            Self::UnknownRule | Self::UnknownElement => Text::both(
                "Correct the id, or remove the deviation.",
                "Verbeter de id, of verwijder de afwijking.",
            ),
        }
    }
}

/// A deviation that is a finding itself.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Flawed {
    /// Of the deviation among those of the model.
    pub(crate) position: usize,
    /// The element that it is about; the first of several.
    pub(crate) element: Option<ElementIdx>,
    pub(crate) flaw: Flaw,
}

/// The deviations that are findings themselves.
pub(crate) fn flaws(
    rules: &RuleSet,
    model: &Model,
    judgements: &[Judgement],
    date: Timestamp,
) -> Vec<Flawed> {
    let positions = 0..model.deviations().len();
    let covers = |position| judgements.iter().any(|one| one.deviation == Some(position));
    positions.filter_map(|position| flaw_of(rules, model, position, date, covers)).collect()
}

/// What is wrong with a deviation, if anything; `covers` says whether one covers a verdict.
pub(crate) fn flaw_of(
    rules: &RuleSet,
    model: &Model,
    position: usize,
    date: Timestamp,
    covers: impl FnOnce(usize) -> bool,
) -> Option<Flawed> {
    let deviation = model.deviations().get(position)?;
    let elements = deviation.elements.iter().map(|id| model.find(id));
    let first = elements.clone().flatten().next();
    let flaw = if !is_known_rule(rules, &deviation.rule) {
        // One of a pack that isn't part of this check can't be judged here.
        is_of_these_packs(rules, &deviation.rule).then_some(Flaw::UnknownRule)
    } else if elements.clone().any(|element| element.is_none()) {
        Some(Flaw::UnknownElement)
    } else if !is_in_force(deviation, date) {
        Some(Flaw::Expired)
    } else {
        (!covers(position)).then_some(Flaw::CoversNothing)
    };
    Some(Flawed { position, element: first, flaw: flaw? })
}

/// Whether a rule of the packs has the id, rules that are switched off included.
fn is_known_rule(rules: &RuleSet, id: &str) -> bool {
    rules.packs().iter().any(|pack| {
        let bare = id.strip_prefix(pack.id()).and_then(|rest| rest.strip_prefix('/')).unwrap_or(id);
        pack.0.rules.iter().any(|rule| rule.id.value == bare)
    })
}

fn is_of_these_packs(rules: &RuleSet, id: &str) -> bool {
    id.split_once('/').is_none_or(|(pack, _)| rules.packs().iter().any(|p| p.id() == pack))
}
