//! Rules and verdicts explained: a condition as a tree of parts, each said in words; for a verdict with
//! what each part came to, on what grounds.

mod phrase;
mod tree;
mod walk;

use serde::Serialize;

use self::phrase::{Form, Noun, Phraser, Scope};
use self::tree::{Place, Tree};
use crate::eval::outcome::Outcome;
use crate::eval::reference::{Evaluator, Lets, element_at};
use crate::eval::{EvalError, Verdict, WHOLE_MODEL, judge_one};
use crate::model::{ElementIdx, Model};
use crate::options::Options;
use crate::plan::{Rule, RuleSet, UnknownRule};
use crate::report::finding::deviation_note;
use crate::report::question::element_ref;
use crate::report::{DeviationNote, ElementRef, MissingFact};
use crate::suggest::nearest;
use crate::text::{Language, Text};
use crate::typing::{Subject, TypedRule};
use crate::value::{Date, Value};

/// What a rule asks, part by part, in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Outline {
    /// The rule's full id, `pack/rule`.
    pub rule: String,
    /// What it wants.
    pub title: Text,
    /// The phase that must have been reached.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due: Option<Part>,
    /// The further condition under which it applies.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub when: Option<Part>,
    /// What must hold.
    pub require: Part,
    /// What the names stand for that the sentences use.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub meanings: Vec<Part>,
}

/// Why a rule gives the verdict that it gives for an element.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Explanation {
    /// The rule's full id, `pack/rule`.
    pub rule: String,
    /// What it wants.
    pub title: Text,
    /// Whom it was asked of; absent for the model as a whole.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub element: Option<ElementRef>,
    /// What people call elements of its kind.
    #[serde(skip)]
    pub(crate) kind: Text,
    /// The date at which it was asked.
    pub at: Date,
    /// The verdict.
    pub verdict: Verdict,
    /// Whether the phase has been reached.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due: Option<Part>,
    /// Whether the further condition for it to apply holds; absent where there is none, or where the
    /// phase has settled the verdict.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub when: Option<Part>,
    /// Whether what must hold does; absent where the rule doesn't apply.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub require: Option<Part>,
    /// What the names stand for that the sentences use.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub meanings: Vec<Part>,
    /// Of a waived verdict: the deviation that covers it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deviation: Option<DeviationNote>,
}

/// A part of a condition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Part {
    /// What sort of question it is.
    pub kind: PartKind,
    /// As the rule, or the definition that it comes from, has it.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub source: String,
    /// In words.
    pub sentence: Text,
    /// What it came to; outlines have none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<PartValue>,
    /// The value in words, where it is neither true nor false.
    #[serde(skip_serializing_if = "Text::is_empty")]
    pub printed: Text,
    /// Of a member of a list: the element.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub element: Option<ElementRef>,
    /// The elements that the value consists of, or that decided it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub witnesses: Vec<ElementRef>,
    /// The elements along which a path reached what was looked for, from its start.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub path: Vec<ElementRef>,
    /// What the value depends on and the model doesn't hold.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub missing: Vec<MissingFact>,
    /// What it is made of.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<Part>,
    /// How many more members there are than `parts` shows.
    #[serde(skip_serializing_if = "is_zero")]
    pub more: usize,
}

/// What sort of question a part of a condition is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum PartKind {
    /// Whether the phase has been reached.
    Due,
    /// All parts must hold.
    AllOf,
    /// One part must hold.
    AnyOf,
    /// The part must not hold.
    Not,
    /// Every member of a list must meet it.
    Every,
    /// A member of a list must meet it.
    Some,
    /// One member of a list must meet it, and no other.
    ExactlyOne,
    /// One member of a list that was looked at.
    Member,
    /// If the first part holds the second must, else the third.
    Choice,
    /// Values are compared.
    Comparison,
    /// Whether something is in a list.
    Membership,
    /// Whether something is recorded.
    Recorded,
    /// Any other question.
    Question,
    /// No question, but what one looks at.
    Value,
    /// The list in which something is looked for.
    Range,
    /// What a name in other parts stands for.
    Meaning,
}

/// What a part came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum PartValue {
    /// It holds.
    True,
    /// It doesn't hold.
    False,
    /// It depends on facts that the model doesn't hold.
    Unknown,
    /// Evaluation ran into an error.
    Error,
    /// A value that is neither true nor false.
    Printed,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes references")]
fn is_zero(number: &usize) -> bool {
    *number == 0
}

/// There is nothing to explain.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ExplainError {
    /// There is no such rule.
    #[error(transparent)]
    Rule(#[from] UnknownRule),
    /// There is no such element.
    #[error("the model has no element `{id}`{}", .near.as_ref().map_or_else(String::new, |near| format!(": did you mean `{near}`?")))]
    #[non_exhaustive]
    Element {
        /// As asked for.
        id: String,
        /// The nearest id.
        near: Option<String>,
    },
    /// The rule isn't asked of elements of that kind.
    #[error("`{rule}` is asked of {kinds}, and `{id}` is of kind `{kind}`")]
    #[non_exhaustive]
    Kind {
        /// The rule.
        rule: String,
        /// The kinds that it is asked of.
        kinds: String,
        /// The element.
        id: String,
        /// Its kind.
        kind: String,
    },
    /// The rule is asked of the model as a whole.
    #[error("`{rule}` is asked of the model as a whole: write `model` in place of `{id}`")]
    #[non_exhaustive]
    WholeModel {
        /// The rule.
        rule: String,
        /// As asked for.
        id: String,
    },
    /// The element is no longer live, so no rule is asked of it.
    #[error("no rule is asked of `{id}`: its state is `{state}`")]
    #[non_exhaustive]
    Dead {
        /// The element.
        id: String,
        /// Its state.
        state: String,
    },
}

impl RuleSet {
    /// What a rule asks, part by part, in words.
    ///
    /// ```
    /// use spelregel::{Language, Metamodel, Pack, RuleSet, Settings};
    /// let pack = Pack::shipped("slim-invoeren").ok_or("not shipped")??;
    /// let rules = RuleSet::compile(&Metamodel::standard(), [pack], &Settings::default())?;
    /// let outline = rules.outline("line-bottlenecks-addressed").ok_or("no such rule")?;
    /// assert_eq!(outline.require.parts.len(), 2);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn outline(&self, rule: &str) -> Option<Outline> {
        let rule = self.rule(rule).ok()?;
        let none = Lets::new(&[]);
        let tree = Tree::new(phraser(self, &rule), None, &none, None);
        let typed = rule.typed();
        let when = typed.when.as_ref().zip(rule.when());
        let when = when.map(|(body, text)| tree.condition(&place(self, typed, body, text)));
        let start = place(self, typed, &typed.require, rule.require());
        let require = tree.condition(&start);
        let parts: Vec<&Part> = when.iter().chain([&require]).collect();
        let meanings = tree.meanings(&start, &parts);
        Some(Outline {
            rule: typed.full_id.clone(),
            title: (*typed.title).clone(),
            due: due(self, typed),
            when,
            require,
            meanings,
        })
    }

    /// Why a rule gives the verdict that it gives for an element. For a rule that is asked of the model as
    /// a whole, `model` stands for the element.
    ///
    /// # Errors
    /// If there is no such rule or element, or the rule isn't asked of it.
    pub fn explain(
        &self,
        model: &Model,
        options: &Options,
        rule: &str,
        element: &str,
    ) -> Result<Explanation, ExplainError> {
        let rule = self.rule(rule)?;
        let typed = rule.typed();
        let element = subject(model, &rule, element)?;
        let gate = options.gate.as_deref().and_then(|gate| self.metamodel().gate_position(gate));
        let evaluator = Evaluator::new(model, self.typed(), options.at.timestamp(), gate);
        let judgement = judge_one(&evaluator, rule.position(), typed, element);
        let lets = Lets::new(&typed.lets);
        let value = Outcome::Value(element.map_or(Value::Bool(true), Value::Element));
        // Of a rule that costs too much no part is evaluated.
        let is_too_costly = matches!(judgement.error, Some(EvalError::TooCostly(_)));
        let asked_of = (!is_too_costly).then_some(&evaluator);
        let tree = Tree::new(phraser(self, &rule), asked_of, &lets, asked_of.map(|_| value));
        let due = due(self, typed).zip(element).map(|(mut part, element)| {
            tree.fill(&mut part, &evaluator.is_due(typed, element));
            part
        });
        let asked = due.as_ref().is_none_or(|due| due.value != Some(PartValue::False));
        let when = typed
            .when
            .as_ref()
            .zip(rule.when())
            .filter(|_| asked)
            .map(|(body, text)| tree.condition(&place(self, typed, body, text)));
        let applies = judgement.verdict != Verdict::NotApplicable;
        let start = place(self, typed, &typed.require, rule.require());
        let require = applies.then(|| tree.condition(&start));
        let parts: Vec<&Part> = when.iter().chain(&require).collect();
        let meanings = tree.meanings(&start, &parts);
        let kinds = &model.vocabulary().0.kinds;
        Ok(Explanation {
            rule: typed.full_id.clone(),
            title: (*typed.title).clone(),
            element: element.map(|element| element_ref(model, element)),
            kind: element.map_or_else(Text::default, |e| kinds[model.kind_of(e)].label.clone()),
            at: options.at,
            verdict: judgement.verdict,
            due,
            when,
            require,
            meanings,
            deviation: judgement.deviation.and_then(|position| deviation_note(model, position)),
        })
    }
}

fn subject(model: &Model, rule: &Rule<'_>, id: &str) -> Result<Option<ElementIdx>, ExplainError> {
    let kinds = match &rule.typed().subject {
        Subject::Model if id == WHOLE_MODEL => return Ok(None),
        Subject::Model => {
            let rule = rule.full_id().to_owned();
            return Err(ExplainError::WholeModel { rule, id: id.to_owned() });
        }
        Subject::Each(kinds) => kinds,
    };
    let Some(element) = model.find(id) else {
        let of_kinds = kinds.iter().flat_map(|kind| model.elements_of(kind)).map(element_at);
        let near = nearest(id, of_kinds.map(|element| model.id_of(element)));
        return Err(ExplainError::Element { id: id.to_owned(), near: near.map(str::to_owned) });
    };
    let kind = model.kind_of(element);
    let vocabulary = &model.vocabulary().0;
    if !kinds.contains(kind) {
        let kinds: Vec<String> = rule.kinds().iter().map(|kind| format!("`{kind}`")).collect();
        return Err(ExplainError::Kind {
            rule: rule.full_id().to_owned(),
            kinds: kinds.join(" and "),
            id: id.to_owned(),
            kind: vocabulary.kinds[kind].name.clone(),
        });
    }
    if !model.is_live(element) {
        let state = vocabulary.property_of(kind, "state");
        let state = match state.and_then(|state| model.property(element, state)) {
            Some(Value::Enum(enumeration, position)) => {
                vocabulary.enum_name(enumeration, position).to_owned()
            }
            _ => String::new(),
        };
        return Err(ExplainError::Dead { id: id.to_owned(), state });
    }
    Ok(Some(element))
}

fn phraser<'r>(rules: &'r RuleSet, rule: &Rule<'r>) -> Phraser<'r> {
    let texts = rule.lets().map(|(_, text)| text).collect();
    let vocabulary = &rules.metamodel().0;
    Phraser::new(vocabulary, rules.typed(), rules.packs(), &rule.typed().lets, texts)
}

/// Where a condition starts: its subject is known, and named in full.
fn place<'r>(
    rules: &'r RuleSet,
    rule: &'r TypedRule,
    body: &'r crate::hir::Body,
    text: &'r str,
) -> Place<'r> {
    let scope = |language| {
        let name = match &rule.subject {
            Subject::Each(kinds) => phrase::definite(&rules.metamodel().0, kinds, language),
            Subject::Model => String::new(),
        };
        Scope::new(language, body, text, vec![Noun::new(name, Form::One)])
    };
    Place { en: scope(Language::En), nl: scope(Language::Nl) }
}

/// The phase that must have been reached, in words.
fn due(rules: &RuleSet, rule: &TypedRule) -> Option<Part> {
    let vocabulary = &rules.metamodel().0;
    let label = |enumeration, position| vocabulary.enum_label(enumeration, position);
    let gate = rule.gate.zip(vocabulary.gate);
    let opens = gate.and_then(|(gate, enumeration)| {
        let values = &vocabulary.enumerations[enumeration].values;
        values.get(usize::try_from(gate).ok()?)?.opens
    });
    let from = rule.from.or(opens).zip(vocabulary.phase);
    let from = from.and_then(|(phase, enumeration)| label(enumeration, phase))?;
    let Subject::Each(kinds) = &rule.subject else { return None };
    let has_phase = kinds.iter().all(|kind| vocabulary.property_of(kind, "phase").is_some());
    let say = |language: Language| {
        let name = phrase::definite(vocabulary, kinds, language);
        let phase = from.get(language);
        let mut text = match (language, has_phase) {
            (Language::En, true) => format!("{name} is in phase {phase} or later"),
            (Language::Nl, true) => format!("{name} is in fase {phase} of later"),
            (Language::En, false) => {
                format!("a programme of {name} is in phase {phase} or later")
            }
            (Language::Nl, false) => {
                format!("een programma van {name} is in fase {phase} of later")
            }
        };
        if let Some((gate, enumeration)) = gate {
            let id = vocabulary.enum_name(enumeration, gate);
            let label = label(enumeration, gate).map_or("", |label| label.get(language));
            text = match language {
                Language::En => format!("{text}, or gate {id} ({label}) is asked for"),
                Language::Nl => format!("{text}, of beslispunt {id} ({label}) wordt gevraagd"),
            };
        }
        text
    };
    let sentence = Text::both(say(Language::En), say(Language::Nl));
    Some(Part::new(PartKind::Due, "", sentence))
}

impl Part {
    fn new(kind: PartKind, source: &str, sentence: Text) -> Self {
        Self {
            kind,
            source: source.to_owned(),
            sentence,
            value: None,
            printed: Text::default(),
            element: None,
            witnesses: Vec::new(),
            path: Vec::new(),
            missing: Vec::new(),
            parts: Vec::new(),
            more: 0,
        }
    }
}
