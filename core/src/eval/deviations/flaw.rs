//! What may be wrong with a recorded deviation, and what people are told of it.

use crate::diagnostic::{Code, Diagnostic};
use crate::eval::{EvalError, steps};
use crate::model::Deviation;
use crate::pack::Severity;
use crate::text::Text;

/// So many ids are written out.
const MOST_IDS: usize = 10;

/// What is wrong with a recorded deviation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Flaw {
    /// Its last day is past.
    Expired,
    /// Every element that it covers complies, or the rule doesn't apply.
    CoversNothing,
    /// No rule has that id.
    UnknownRule,
    /// No element has these ids.
    UnknownElements(Vec<String>),
    /// The rule allows no deviations.
    Refused,
    /// Several packs have a rule of that id: their full ids.
    SeveralRules(Vec<String>),
    /// Its path can't be followed, for this reason.
    NoPath(Diagnostic),
    /// It also covers these, which don't depart from the rule.
    TooBroad(Vec<String>),
}

/// The paths of all deviations together lead past too much.
pub(super) fn too_long(limit: u64) -> Diagnostic {
    let message =
        format!("the paths of all deviations may take at most {} steps together", steps(limit));
    Diagnostic::placeless(Code::OverLimit, message)
}

/// Following the path ran into an error.
pub(super) fn not_followed(error: &EvalError) -> Diagnostic {
    Diagnostic::placeless(Code::Syntax, error.to_string())
}

impl Flaw {
    /// Its position among the rules of the built-in pack.
    pub(crate) fn number(&self) -> usize {
        match self {
            Self::Expired => 0,
            Self::CoversNothing => 1,
            Self::UnknownRule => 2,
            Self::UnknownElements(_) => 3,
            Self::Refused => 4,
            Self::SeveralRules(_) => 5,
            Self::NoPath(_) => 6,
            Self::TooBroad(_) => 7,
        }
    }

    /// The id of the built-in rule.
    pub(crate) fn id(&self) -> &'static str {
        match self {
            Self::Expired => "deviation-expired",
            Self::CoversNothing => "deviation-covers-nothing",
            Self::UnknownRule => "deviation-names-no-rule",
            Self::UnknownElements(_) => "deviation-names-no-element",
            Self::Refused => "deviation-refused",
            Self::SeveralRules(_) => "deviation-names-several-rules",
            Self::NoPath(_) => "deviation-path-unsound",
            Self::TooBroad(_) => "deviation-too-broad",
        }
    }

    /// A needless permission is untidy; everything else misleads.
    pub(crate) fn severity(&self) -> Severity {
        match self {
            Self::TooBroad(_) => Severity::Advice,
            Self::Expired
            | Self::CoversNothing
            | Self::UnknownRule
            | Self::UnknownElements(_)
            | Self::Refused
            | Self::SeveralRules(_)
            | Self::NoPath(_) => Severity::Warning,
        }
    }

    pub(crate) fn title(&self) -> Text {
        let (english, dutch) = match self {
            Self::Expired => {
                ("Accepted deviations are in force", "Geaccepteerde afwijkingen gelden nog")
            }
            Self::CoversNothing => {
                ("Accepted deviations are needed", "Geaccepteerde afwijkingen zijn nodig")
            }
            Self::UnknownRule => {
                ("Deviations name an existing rule", "Afwijkingen noemen een bestaande regel")
            }
            Self::UnknownElements(_) => {
                ("Deviations name existing elements", "Afwijkingen noemen bestaande elementen")
            }
            Self::Refused => (
                "Deviations are from rules that allow them",
                "Afwijkingen zijn van regels waarvan mag worden afgeweken",
            ),
            Self::SeveralRules(_) => ("Deviations name one rule", "Afwijkingen noemen één regel"),
            Self::NoPath(_) => (
                "The paths of deviations can be followed",
                "De paden van afwijkingen zijn te volgen",
            ),
            Self::TooBroad(_) => (
                "Accepted deviations cover no more than departs from the rule",
                "Geaccepteerde afwijkingen dekken niet meer dan wat van de regel afwijkt",
            ),
        };
        Text::both(english, dutch)
    }

    pub(crate) fn message(&self, deviation: &Deviation) -> Text {
        let rule = &deviation.rule;
        let Text { en, nl } = covered(deviation);
        let (en, nl) = (en.unwrap_or_default(), nl.unwrap_or_default());
        let until = deviation.until.map_or_else(String::new, |until| until.to_string());
        match self {
            Self::Expired => Text::both(
                format!(
                    "The deviation from {rule} for {en} held until {until}: the rule counts again."
                ),
                format!(
                    "De afwijking van {rule} voor {nl} gold tot en met {until}: de regel telt weer."
                ),
            ),
            Self::CoversNothing => Text::both(
                format!("The deviation from {rule} for {en} covers no finding."),
                format!("De afwijking van {rule} voor {nl} dekt geen bevinding."),
            ),
            Self::UnknownRule => Text::both(
                format!("A deviation is recorded from {rule}, and there is no such rule."),
                format!("Er is een afwijking vastgelegd van {rule}, en die regel bestaat niet."),
            ),
            Self::UnknownElements(ids) => {
                let ids = listed(ids);
                Text::both(
                    format!(
                        "A deviation from {rule} is recorded for {ids}, and no element has that id."
                    ),
                    format!(
                        "Er is een afwijking van {rule} vastgelegd voor {ids}, en geen element heeft die id."
                    ),
                )
            }
            Self::Refused => Text::both(
                format!("A deviation from {rule} is recorded for {en}, and this rule allows none."),
                format!(
                    "Er is een afwijking van {rule} vastgelegd voor {nl}, en van deze regel mag niet worden \
                     afgeweken."
                ),
            ),
            Self::SeveralRules(full_ids) => {
                let full_ids = listed(full_ids);
                Text::both(
                    format!(
                        "A deviation is recorded from {rule}, and that may be any of {full_ids}."
                    ),
                    format!(
                        "Er is een afwijking vastgelegd van {rule}, en dat kan elk van deze zijn: {full_ids}."
                    ),
                )
            }
            Self::NoPath(problem) => {
                let helps = problem.helps.iter().map(|help| help.text.as_str());
                let reason = std::iter::once(problem.message.as_str()).chain(helps);
                let mut reason = reason.collect::<Vec<_>>().join("; ");
                if !reason.ends_with('?') {
                    reason.push('.');
                }
                let (path, from) =
                    (deviation.path.as_deref().unwrap_or_default(), listed(&deviation.elements));
                Text::both(
                    format!(
                        "The path {path} of the deviation from {rule} can't be followed from {from}: {reason}"
                    ),
                    format!(
                        "Het pad {path} van de afwijking van {rule} is vanaf {from} niet te volgen: {reason}"
                    ),
                )
            }
            Self::TooBroad(ids) => {
                let ids = listed(ids);
                Text::both(
                    format!(
                        "The deviation from {rule} also covers what doesn't depart from it: {ids}."
                    ),
                    format!("De afwijking van {rule} dekt ook wat er niet van afwijkt: {ids}."),
                )
            }
        }
    }

    pub(crate) fn why(&self) -> Text {
        match self {
            Self::Expired | Self::CoversNothing => Text::both(
                "Comply or explain works only as long as the explanations are true today.",
                "Pas toe of leg uit werkt alleen zolang de uitleg vandaag nog klopt.",
            ),
            Self::UnknownRule
            | Self::UnknownElements(_)
            | Self::SeveralRules(_)
            | Self::NoPath(_) => Text::both(
                "A deviation that names nothing accepts nothing, whatever was decided.",
                "Een afwijking die niets noemt, staat niets toe, wat er ook besloten is.",
            ),
            Self::Refused => Text::both(
                "From what rests on law nobody in the programme can depart.",
                "Van wat op de wet berust, kan niemand in het programma afwijken.",
            ),
            Self::TooBroad(_) => Text::both(
                "What is covered without need may go wrong tomorrow, and nobody would hear of it.",
                "Wat zonder noodzaak is gedekt, kan morgen misgaan zonder dat iemand het hoort.",
            ),
        }
    }

    pub(crate) fn remedy(&self) -> Text {
        match self {
            Self::Expired => Text::both(
                "Repair what the rule finds, or decide anew and record the new end date.",
                "Herstel wat de regel vindt, of besluit opnieuw en leg de nieuwe einddatum vast.",
            ),
            Self::CoversNothing => Text::both(
                "Remove the deviation: nothing departs from the rule.",
                "Verwijder de afwijking: niets wijkt van de regel af.",
            ),
            Self::UnknownRule | Self::UnknownElements(_) => Text::both(
                "Correct the id, or remove the deviation.",
                "Verbeter de id, of verwijder de afwijking.",
            ),
            Self::Refused => Text::both(
                "Repair what the rule finds, and remove the deviation.",
                "Herstel wat de regel vindt, en verwijder de afwijking.",
            ),
            Self::SeveralRules(_) => Text::both(
                "Write the full id of the rule that is meant.",
                "Schrijf de volledige id van de regel die is bedoeld.",
            ),
            Self::NoPath(_) => Text::both(
                "Correct the path, or name the elements.",
                "Verbeter het pad, of noem de elementen.",
            ),
            Self::TooBroad(_) => Text::both(
                "Let the deviation name only what departs from the rule.",
                "Laat de afwijking alleen noemen wat van de regel afwijkt.",
            ),
        }
    }
}

/// What a deviation is for, in words.
fn covered(deviation: &Deviation) -> Text {
    let ids = listed(&deviation.elements);
    match &deviation.path {
        None => Text::both(ids.clone(), ids),
        Some(path) => Text::both(
            format!("what {path} leads to from {ids}"),
            format!("wat {path} vanaf {ids} bereikt"),
        ),
    }
}

/// Ids with commas between; of many the first ones.
fn listed(ids: &[String]) -> String {
    let mut shown: Vec<&str> = ids.iter().take(MOST_IDS).map(String::as_str).collect();
    let more = format!("+{}", ids.len().saturating_sub(MOST_IDS));
    if ids.len() > MOST_IDS {
        shown.push(&more);
    }
    shown.join(", ")
}
