//! From one verdict to one finding: what a report and a session say of it.

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::fingerprint::fingerprint;
use super::order::Place;
use super::question::{element_ref, missing_fact};
use super::{DeviationNote, FilePosition, Finding};
use crate::diagnostic::shown;
use crate::eval::deviations::Flawed;
use crate::eval::outcome::Outcome;
use crate::eval::reference::Evaluator;
use crate::eval::{EvalError, Judgement, Verdict, steps};
use crate::model::{ElementIdx, Model, Origin};
use crate::options::Options;
use crate::plan::RuleSet;
use crate::text::Text;
use crate::typing::TypedRule;
use crate::value::{Date, Value};

/// The pack that comes with the engine: its rules look at what is recorded about the checking itself.
pub(crate) const BUILT_IN: &str = "spelregel";

/// Tells verdicts on a model, as far as the options ask for them.
pub(crate) struct Narrator<'a> {
    rules: &'a RuleSet,
    model: &'a Model,
    options: &'a Options,
    evaluator: Evaluator<'a>,
    /// The programmes that elements belong to for certain, in model order, each when first asked for.
    homes: RefCell<FxHashMap<ElementIdx, Rc<[ElementIdx]>>>,
}

impl<'a> Narrator<'a> {
    pub(crate) fn new(rules: &'a RuleSet, model: &'a Model, options: &'a Options) -> Self {
        let evaluator = Evaluator::new(model, rules.typed(), options.at.timestamp(), None);
        Self { rules, model, options, evaluator, homes: RefCell::default() }
    }

    fn rule(&self, judgement: &Judgement) -> Option<&'a TypedRule> {
        self.rules.typed().rules.get(judgement.rule)
    }

    /// The programmes that the element belongs to for certain, in model order.
    pub(crate) fn homes(&self, element: Option<ElementIdx>) -> Rc<[ElementIdx]> {
        let Some(element) = element else { return Rc::from([]) };
        if let Some(homes) = self.homes.borrow().get(&element) {
            return Rc::clone(homes);
        }
        let mut homes = Vec::new();
        if let Outcome::List(list) = self.evaluator.programmes(element) {
            for item in list.items.iter().filter(|item| item.doubt.is_none()) {
                if let Outcome::Value(Value::Element(programme)) = &item.value {
                    homes.push(*programme);
                }
            }
        }
        let homes: Rc<[ElementIdx]> = homes.into();
        self.homes.borrow_mut().insert(element, Rc::clone(&homes));
        homes
    }

    /// Whether the options ask for the rule's tags and the element's programmes.
    pub(crate) fn is_asked(&self, judgement: &Judgement) -> bool {
        let Some(rule) = self.rule(judgement) else { return false };
        let tags = &self.options.tags;
        (tags.is_empty() || rule.tags.iter().any(|tag| tags.contains(tag)))
            && self.is_in_asked_programme(judgement.element)
    }

    fn is_in_asked_programme(&self, element: Option<ElementIdx>) -> bool {
        self.options.programmes.is_empty() || self.home(element).is_some()
    }

    /// The first of the element's programmes that was asked for.
    fn home(&self, element: Option<ElementIdx>) -> Option<ElementIdx> {
        let asked = &self.options.programmes;
        let is_asked =
            |p: &ElementIdx| asked.is_empty() || asked.iter().any(|id| id == self.model.id_of(*p));
        self.homes(element).iter().copied().find(is_asked)
    }

    /// Where its finding stands in a report.
    pub(crate) fn place(&self, judgement: &Judgement) -> Option<Place> {
        Some(Place {
            programme: self.home(judgement.element),
            severity: self.rule(judgement)?.severity,
            verdict: judgement.verdict,
            rule: judgement.rule,
            element: judgement.element,
            deviation: None,
        })
    }

    /// What its finding is recognised by.
    pub(crate) fn fingerprint(&self, judgement: &Judgement) -> Option<String> {
        let id = judgement.element.map(|element| self.model.id_of(element));
        Some(fingerprint(&self.rule(judgement)?.full_id, id, ""))
    }

    pub(crate) fn finding(&self, judgement: &Judgement) -> Option<Finding> {
        let rule = self.rule(judgement)?;
        let mut message = Text::default();
        for (language, text) in &judgement.messages {
            *message.slot(*language) = Some(text.clone());
        }
        Some(Finding {
            fingerprint: self.fingerprint(judgement)?,
            rule: rule.full_id.clone(),
            title: Arc::clone(&rule.title),
            severity: rule.severity,
            verdict: judgement.verdict,
            element: judgement.element.map(|element| element_ref(self.model, element)),
            programmes: self.ids(&self.homes(judgement.element)),
            message,
            why: Arc::clone(&rule.why),
            remedy: Arc::clone(&rule.remedy),
            source: Arc::clone(&rule.source),
            tags: rule.tags.clone(),
            missing: judgement.facts.iter().map(|fact| missing_fact(self.model, *fact)).collect(),
            error: judgement.error.as_ref().map(error_text),
            witnesses: judgement.witnesses.iter().map(|w| element_ref(self.model, *w)).collect(),
            deviation: judgement
                .deviation
                .and_then(|position| deviation_note(self.model, position)),
            position: judgement
                .element
                .and_then(|e| self.model.origin(e))
                .and_then(|o| self.position(o)),
        })
    }

    /// The finding of the built-in pack about a deviation that doesn't do what it says.
    pub(crate) fn flaw(&self, flawed: Flawed) -> Option<(Place, Finding)> {
        let Flawed { position, element, flaw } = flawed;
        // They carry no tag, so a check for certain tags doesn't ask for them.
        if !self.options.tags.is_empty() || !self.is_in_asked_programme(element) {
            return None;
        }
        let deviation = self.model.deviations().get(position)?;
        let place = Place {
            programme: self.home(element),
            severity: flaw.severity(),
            verdict: Verdict::Fail,
            rule: self.rules.typed().rules.len() + flaw.number(),
            element,
            deviation: Some(position),
        };
        let path = deviation.path.as_ref().map(|path| format!(" {path}")).unwrap_or_default();
        let about = format!("{} {}{path}", deviation.rule, deviation.elements.join(" "));
        let rule = format!("{BUILT_IN}/{}", flaw.id());
        let id = element.map(|element| self.model.id_of(element));
        let finding = Finding {
            fingerprint: fingerprint(&rule, id, &about),
            rule,
            title: Arc::new(flaw.title()),
            severity: flaw.severity(),
            verdict: Verdict::Fail,
            element: element.map(|element| element_ref(self.model, element)),
            programmes: self.ids(&self.homes(element)),
            message: flaw.message(deviation),
            why: Arc::new(flaw.why()),
            remedy: Arc::new(flaw.remedy()),
            source: Arc::default(),
            tags: Vec::new(),
            missing: Vec::new(),
            error: None,
            witnesses: Vec::new(),
            deviation: deviation_note(self.model, position),
            position: deviation.origin.and_then(|origin| self.position(origin)),
        };
        Some((place, finding))
    }

    fn ids(&self, elements: &[ElementIdx]) -> Vec<String> {
        elements.iter().map(|element| self.model.id_of(*element).to_owned()).collect()
    }

    fn position(&self, origin: Origin) -> Option<FilePosition> {
        let source = self.model.sources().get(usize::try_from(origin.source).ok()?)?;
        let (position, _) = source.ends(origin.span);
        let grid = source.grid();
        let file = grid.and_then(|grid| grid.file.as_deref()).unwrap_or(source.name());
        Some(FilePosition {
            file: file.to_owned(),
            table: grid.map(|_| source.name().to_owned()),
            line: position.line,
            column: position.column,
        })
    }
}

/// A recorded deviation, by its position in the model.
pub(crate) fn deviation_note(model: &Model, position: usize) -> Option<DeviationNote> {
    let deviation = model.deviations().get(position)?;
    Some(DeviationNote {
        rule: deviation.rule.clone(),
        reason: deviation.reason.clone(),
        decided_by: deviation.decided_by.clone(),
        until: deviation.until.and_then(Date::from_timestamp),
    })
}

/// An error of evaluation in both languages.
pub(crate) fn error_text(error: &EvalError) -> Text {
    let dutch = match error {
        EvalError::DivisionByZero => "deling door nul".to_owned(),
        EvalError::Overflow => "een getal of datum buiten het bereik".to_owned(),
        EvalError::IndexOutOfRange(position) => format!("plaats {position} ligt buiten de lijst"),
        EvalError::NoSuchKey => "die sleutel is er niet".to_owned(),
        EvalError::InvalidConversion(text, _) => format!("`{text}` kan niet worden omgezet"),
        EvalError::EmptyOptional => "een optionele waarde die er niet is, werd gelezen".to_owned(),
        EvalError::InvalidArgument(_) => "een argument dat de functie niet aanneemt".to_owned(),
        EvalError::TooCostly(excess) => format!(
            "de regel zou op dit model ongeveer {} stappen kosten, en er zijn er hoogstens {} toegestaan: dat komt \
             door `{}`",
            steps(excess.steps),
            steps(excess.limit),
            shown(&excess.part)
        ),
        EvalError::Internal(what) => format!("interne fout: {what}"),
    };
    Text::both(error.to_string(), dutch)
}
