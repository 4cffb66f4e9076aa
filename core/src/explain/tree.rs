//! A condition as a tree of parts.

use std::cell::Cell;

use super::phrase::{Named, Phraser, Scope};
use super::walk::{self, Bodies, element};
use super::{Part, PartKind, PartValue};
use crate::cel::ast::Operator;
use crate::eval::message;
use crate::eval::outcome::{Item, Outcome};
use crate::eval::reference::{Evaluator, Frame, Lets, lookup};
use crate::hir::{Body, DefinitionIdx, HirIdx, Op, PerKind, Quantifier};
use crate::model::ElementIdx;
use crate::report::finding::error_text;
use crate::report::question::{element_ref, missing_fact};
use crate::text::{Language, Text};
use crate::typing::functions::Function;
use crate::value::{Type, Value};

/// A tree has no more parts than this, however definitions multiply.
const PARTS: usize = 2_000;
/// Nor is it deeper: nobody would follow, and the stack is not endless.
const DEEPEST: usize = 24;
/// So many members of a list are shown.
const MEMBERS: usize = 10;

/// Builds the trees of one rule, with values where there is an evaluator.
pub(super) struct Tree<'t, 'a> {
    phraser: Phraser<'a>,
    evaluator: Option<&'t Evaluator<'a>>,
    lets: &'t Lets<'a>,
    /// Whom the rule is asked of, where it is.
    subject: Option<Outcome>,
    left: Cell<usize>,
    depth: Cell<usize>,
}

/// An expression as both languages say it.
#[derive(Clone)]
pub(super) struct Place<'a> {
    pub(super) en: Scope<'a>,
    pub(super) nl: Scope<'a>,
}

impl<'a> Place<'a> {
    fn body(&self) -> &'a Body {
        self.en.body
    }

    fn op(&self, at: HirIdx) -> &'a Op {
        self.en.op(at)
    }

    fn map(&self, change: impl Fn(&Scope<'a>) -> Option<Scope<'a>>) -> Option<Self> {
        Some(Self { en: change(&self.en)?, nl: change(&self.nl)? })
    }
}

impl<'t, 'a> Tree<'t, 'a> {
    pub(super) fn new(
        phraser: Phraser<'a>,
        evaluator: Option<&'t Evaluator<'a>>,
        lets: &'t Lets<'a>,
        subject: Option<Outcome>,
    ) -> Self {
        Self { phraser, evaluator, lets, subject, left: Cell::new(PARTS), depth: Cell::new(0) }
    }

    /// A whole condition.
    pub(super) fn condition(&self, place: &Place<'a>) -> Part {
        let mut frame = self
            .subject
            .as_ref()
            .map(|of| Frame::new(place.body(), std::slice::from_ref(of), self.lets));
        self.part(place, frame.as_mut(), place.body().root)
    }

    fn part(&self, place: &Place<'a>, frame: Option<&mut Frame<'_>>, at: HirIdx) -> Part {
        let left = self.left.get();
        self.left.set(left.saturating_sub(1));
        self.phraser.begin();
        let source = place.en.source(at);
        let depth = self.depth.get();
        if left == 0 || depth >= DEEPEST {
            let part = Part::new(PartKind::Question, source, Text::both("…", "…"));
            return self.valued(part, frame, at);
        }
        self.depth.set(depth.saturating_add(1));
        let part = self.part_by_op(place, frame, at);
        self.depth.set(depth);
        part
    }

    fn part_by_op(&self, place: &Place<'a>, mut frame: Option<&mut Frame<'_>>, at: HirIdx) -> Part {
        let source = place.en.source(at);
        match place.op(at) {
            Op::And(..) | Op::Or(..) => self.joined(place, frame, at),
            Op::Not(of) if self.is_compound(place, *of) => {
                let words = match place.op(*of) {
                    Op::And(..) => Text::both("not all of this holds:", "dit geldt niet allemaal:"),
                    Op::Or(..) => Text::both("none of this holds:", "niets hiervan geldt:"),
                    _ => Text::both("this does not hold:", "dit geldt niet:"),
                };
                let mut part = Part::new(PartKind::Not, source, words);
                part.parts.push(self.part(place, frame.as_deref_mut(), *of));
                self.valued(part, frame, at)
            }
            Op::Quantify { quantifier, range, slot, body } => {
                self.quantified(place, frame, at, (*quantifier, *range), (*slot, *body))
            }
            Op::Let(position) => {
                let inner = place.map(|scope| self.phraser.let_scope(scope, *position));
                let Some(inner) = inner else { return self.leaf(place, frame, at) };
                let subject = frame.map(|frame| frame.local(0));
                let mut frame = subject
                    .as_ref()
                    .map(|of| Frame::new(inner.body(), std::slice::from_ref(of), self.lets));
                let part = self.part(&inner, frame.as_mut(), inner.body().root);
                Part { source: source.to_owned(), ..part }
            }
            Op::Define { of, definition, args } => {
                self.defined(place, frame, at, definition, (*of, args))
            }
            Op::Bind { slot, value, body } => {
                let inner = place.map(|scope| {
                    let name = self.phraser.noun(&scope.in_full(), *value);
                    Some(scope.with(*slot, name))
                });
                let Some(inner) = inner else { return self.leaf(place, frame, at) };
                if let (Some(frame), Some(evaluator)) = (frame.as_deref_mut(), self.evaluator) {
                    let value = evaluator.node(frame, *value);
                    frame.set(*slot, value);
                }
                self.part(&inner, frame, *body)
            }
            Op::Conditional { condition, yes, no } => {
                let words = Text::both(
                    "if the first holds the second must, else the third:",
                    "als het eerste geldt moet het tweede gelden, anders het derde:",
                );
                let mut part = Part::new(PartKind::Choice, source, words);
                for at in [*condition, *yes, *no] {
                    part.parts.push(self.part(place, frame.as_deref_mut(), at));
                }
                self.valued(part, frame, at)
            }
            _ => self.leaf(place, frame, at),
        }
    }

    fn joined(&self, place: &Place<'a>, mut frame: Option<&mut Frame<'_>>, at: HirIdx) -> Part {
        let (kind, words) = match place.op(at) {
            Op::And(..) => (PartKind::AllOf, Text::both("all of this holds:", "dit alles geldt:")),
            _ => {
                let words =
                    Text::both("at least one of these holds:", "minstens één hiervan geldt:");
                (PartKind::AnyOf, words)
            }
        };
        let mut part = Part::new(kind, place.en.source(at), words);
        for operand in super::phrase::operands(&place.en, at) {
            part.parts.push(self.part(place, frame.as_deref_mut(), operand));
        }
        self.valued(part, frame, at)
    }

    /// A definition is what it stands for.
    fn defined(
        &self,
        place: &Place<'a>,
        mut frame: Option<&mut Frame<'_>>,
        at: HirIdx,
        definition: &PerKind<DefinitionIdx>,
        (of, args): (HirIdx, &[HirIdx]),
    ) -> Part {
        let mut arguments = Vec::new();
        if let (Some(frame), Some(evaluator)) = (frame.as_deref_mut(), self.evaluator) {
            arguments.push(evaluator.node(frame, of));
            arguments.extend(args.iter().map(|arg| evaluator.node(frame, *arg)));
        }
        let chosen = match (definition.as_ref(), arguments.first(), self.evaluator) {
            ([(_, only)], None, _) => Some(*only),
            (_, Some(of), Some(evaluator)) => {
                element(of).and_then(|of| lookup(definition, evaluator.model.kind_of(of)))
            }
            _ => None,
        };
        let inner = chosen
            .and_then(|chosen| place.map(|scope| self.phraser.defined(scope, chosen, of, args)));
        let Some(inner) = inner else { return self.leaf(place, frame, at) };
        let none = Lets::new(&[]);
        let mut frame =
            (!arguments.is_empty()).then(|| Frame::new(inner.body(), &arguments, &none));
        let part = self.part(&inner, frame.as_mut(), inner.body().root);
        Part { source: place.en.source(at).to_owned(), ..part }
    }

    fn quantified(
        &self,
        place: &Place<'a>,
        frame: Option<&mut Frame<'_>>,
        at: HirIdx,
        (quantifier, range): (Quantifier, HirIdx),
        (slot, body): (usize, HirIdx),
    ) -> Part {
        let kind = match quantifier {
            Quantifier::All => PartKind::Every,
            Quantifier::Exists => PartKind::Some,
            Quantifier::ExistsOne => PartKind::ExactlyOne,
        };
        let inner = place.map(|scope| Some(self.phraser.member_scope(scope, range, slot)));
        let Some(inner) = inner else { return self.leaf(place, frame, at) };
        let compound = self.is_compound(&inner, body);
        let sentence = self.both(place, |scope| {
            if compound {
                let head = self.phraser.quantifier(scope, quantifier, range, true);
                format!("{head}:")
            } else {
                self.phraser.clause(scope, at, true)
            }
        });
        let mut part = Part::new(kind, place.en.source(at), sentence);
        let (Some(frame), Some(evaluator)) = (frame, self.evaluator) else {
            if compound {
                part.parts = spread_all(self.part(&inner, None, body));
            }
            return part;
        };
        let outcome = evaluator.node(frame, at);
        self.fill(&mut part, &outcome);
        let Outcome::List(list) = evaluator.node(frame, range) else { return part };
        if list.items.is_empty() && list.rest.is_none() {
            part.printed = Text::both("none", "geen");
        }
        let mut telling: Vec<(&Item, Option<bool>)> = Vec::new();
        for item in &list.items {
            frame.set(slot, item.value.clone());
            let truth = evaluator.node(frame, body).truth();
            if tells(quantifier, outcome.truth(), truth) {
                telling.push((item, truth));
            }
        }
        part.more = telling.len().saturating_sub(MEMBERS);
        for (item, truth) in telling.into_iter().take(MEMBERS) {
            frame.set(slot, item.value.clone());
            let asked = self.part(&inner, Some(&mut *frame), body);
            let member = self.member(item, asked, compound);
            part.parts.push(member);
            if let Some(found) = element(&item.value)
                && let Some(member) = part.parts.last_mut()
            {
                if truth.is_some() && truth == outcome.truth() {
                    part.witnesses.push(element_ref(evaluator.model, found));
                }
                let path = self.path(frame, place.body(), range, found);
                if !path.is_empty() {
                    member.path = path;
                }
            }
        }
        part
    }

    /// One member of a list, with what was asked of it.
    fn member(&self, item: &Item, asked: Part, compound: bool) -> Part {
        let sentence = self.printed(&item.value);
        let mut part = Part::new(PartKind::Member, "", sentence);
        if let Some(evaluator) = self.evaluator {
            let found = match &item.value {
                Outcome::Value(Value::Link(link)) => Some(evaluator.model.link_target(*link)),
                other => element(other),
            };
            part.element = found.map(|found| element_ref(evaluator.model, found));
        }
        part.value = asked.value;
        part.missing.clone_from(&asked.missing);
        // What the heading asks already needs no line of its own.
        if compound {
            part.parts = spread_all(asked);
        } else {
            part.path = asked.path;
            part.more = asked.more;
            part.parts = asked.parts;
        }
        part
    }

    fn leaf(&self, place: &Place<'a>, mut frame: Option<&mut Frame<'_>>, at: HirIdx) -> Part {
        let sentence = self.both(place, |scope| self.phraser.clause(scope, at, true));
        // What is turned round asks about the same.
        let mut asked = at;
        while let Op::Not(of) = place.op(asked) {
            asked = *of;
        }
        let (kind, looked_at) = match place.op(asked) {
            Op::Binary { operator: Operator::In, left, right } => {
                (PartKind::Membership, vec![*left, *right])
            }
            Op::Binary { left, right, .. } => (PartKind::Comparison, vec![*left, *right]),
            Op::Recorded { .. } => (PartKind::Recorded, Vec::new()),
            Op::Call { args, .. } => (PartKind::Question, args.clone()),
            Op::Quantify { quantifier, range, slot, body } if asked != at => {
                let (on, of) = ((*quantifier, *range), (*slot, *body));
                let parts = self.quantified(place, frame.as_deref_mut(), asked, on, of).parts;
                let part = Part::new(PartKind::Not, place.en.source(at), sentence);
                return self.valued(Part { parts, ..part }, frame, at);
            }
            _ => (PartKind::Question, Vec::new()),
        };
        let mut part = Part::new(kind, place.en.source(at), sentence);
        if let Some(frame) = frame.as_deref_mut() {
            for operand in looked_at {
                part.parts.extend(self.operand(place, frame, operand));
            }
            if let Op::Binary { operator: Operator::In, right, .. } = place.op(asked)
                && let Some(last) = part.parts.last_mut()
                && last.source == place.en.source(*right)
            {
                last.kind = PartKind::Range;
            }
            if let (Op::Binary { operator: Operator::In, left, right }, Some(evaluator)) =
                (place.op(asked), self.evaluator)
                && let Some(target) = element(&evaluator.node(frame, *left))
            {
                part.path = self.path(frame, place.body(), *right, target);
            }
        }
        self.valued(part, frame, at)
    }

    /// What a question looks at; nothing where that is written in the rule or stands above.
    fn operand(&self, place: &Place<'a>, frame: &mut Frame<'_>, at: HirIdx) -> Option<Part> {
        let at = match place.op(at) {
            Op::Constant(_) | Op::Parameter(_) | Op::Local(_) | Op::Today | Op::List(_) => {
                return None;
            }
            // The list tells more than its length.
            Op::Call { function: Function::Size, args } => match args.first() {
                Some(list) if matches!(place.en.ty(*list), Type::List(_)) => *list,
                _ => at,
            },
            _ => at,
        };
        let sentence = self.both(place, |scope| self.phraser.noun(scope, at).text);
        let mut part = Part::new(PartKind::Value, place.en.source(at), sentence);
        let outcome = self.evaluator?.node(frame, at);
        self.fill(&mut part, &outcome);
        Some(part)
    }

    /// Adds what a part came to.
    fn valued(&self, mut part: Part, frame: Option<&mut Frame<'_>>, at: HirIdx) -> Part {
        if let (Some(frame), Some(evaluator)) = (frame, self.evaluator) {
            self.fill(&mut part, &evaluator.node(frame, at));
        }
        part
    }

    pub(super) fn fill(&self, part: &mut Part, outcome: &Outcome) {
        let Some(evaluator) = self.evaluator else { return };
        let model = evaluator.model;
        let mut facts = None;
        part.value = Some(match outcome {
            Outcome::Value(Value::Bool(true)) => PartValue::True,
            Outcome::Value(Value::Bool(false)) => PartValue::False,
            Outcome::Unknown(unknown) => {
                facts = Some(unknown.facts.clone());
                PartValue::Unknown
            }
            Outcome::Error(error) => {
                part.printed = error_text(error);
                PartValue::Error
            }
            Outcome::List(list) => {
                facts = list.doubt();
                let found = list.items.iter().filter(|item| item.doubt.is_none());
                let found: Vec<ElementIdx> = found.filter_map(|i| element(&i.value)).collect();
                part.witnesses = found.into_iter().map(|e| element_ref(model, e)).collect();
                PartValue::Printed
            }
            Outcome::Value(_) | Outcome::Optional(_) => PartValue::Printed,
        });
        if part.value == Some(PartValue::Printed) {
            part.printed = self.printed(outcome);
        }
        let facts = facts.map_or_else(Vec::new, |facts| facts.to_vec());
        part.missing = facts.into_iter().map(|fact| missing_fact(model, fact)).collect();
    }

    fn printed(&self, outcome: &Outcome) -> Text {
        let Some(evaluator) = self.evaluator else { return Text::default() };
        let nothing =
            matches!(outcome, Outcome::List(list) if list.items.is_empty() && list.rest.is_none());
        if nothing {
            return Text::both("none", "geen");
        }
        let print = |language| message::format(evaluator.model, outcome, language);
        Text::both(print(Language::En), print(Language::Nl))
    }

    fn path(
        &self,
        frame: &mut Frame<'_>,
        body: &Body,
        at: HirIdx,
        target: ElementIdx,
    ) -> Vec<crate::report::ElementRef> {
        let Some(evaluator) = self.evaluator else { return Vec::new() };
        let bodies = Bodies { body, lets: self.phraser.lets };
        let way = walk::trail(evaluator, frame, self.lets, bodies, at, target);
        let way = way.unwrap_or_default();
        way.into_iter().map(|element| element_ref(evaluator.model, element)).collect()
    }

    /// What the names stand for that the sentences of the parts use.
    pub(super) fn meanings(&self, place: &Place<'a>, parts: &[&Part]) -> Vec<Part> {
        let mut meanings: Vec<Part> = Vec::new();
        let mut said: Vec<Named> = Vec::new();
        // Saying what a name stands for may bring up another.
        loop {
            let named = self.phraser.named_so_far();
            let next = named.into_iter().filter(|named| !said.contains(named)).find_map(|named| {
                let part = self.meaning(place, named)?;
                let is_used = |name: &str| {
                    let name = name.split_inclusive('”').next().unwrap_or(name);
                    let says = |part: &Part| says(part, name);
                    parts.iter().any(|part| says(part)) || meanings.iter().any(says)
                };
                is_used(&part.source).then_some((named, part))
            });
            let Some((named, mut part)) = next else { return meanings };
            said.push(named);
            part.source.clear();
            meanings.push(part);
        }
    }

    /// Its `source` is what introduces the name.
    fn meaning(&self, place: &Place<'a>, named: Named) -> Option<Part> {
        let mut name = String::new();
        let sentence = self.both(place, |scope| {
            let Some((name, inner)) = self.phraser.meaning(scope, named) else {
                return String::new();
            };
            format!("{name}: {}", self.phraser.noun(&inner, inner.body.root).text)
        });
        if let Some((introduced, _)) = self.phraser.meaning(&place.en, named) {
            name = introduced;
        }
        let mut part = Part::new(PartKind::Meaning, &name, sentence);
        if let (Named::Let(position), Some(evaluator), Some(subject)) =
            (named, self.evaluator, &self.subject)
        {
            let (_, body) = self.phraser.lets.get(position)?;
            self.fill(&mut part, &evaluator.eval(body, subject, self.lets));
        }
        Some(part)
    }

    /// Whether a question has parts that deserve lines of their own.
    fn is_compound(&self, place: &Place<'a>, at: HirIdx) -> bool {
        let depth = self.depth.get();
        if depth >= DEEPEST {
            return true;
        }
        self.depth.set(depth.saturating_add(1));
        let compound = self.is_compound_op(place, at);
        self.depth.set(depth);
        compound
    }

    fn is_compound_op(&self, place: &Place<'a>, at: HirIdx) -> bool {
        match place.op(at) {
            Op::And(..) | Op::Or(..) | Op::Conditional { .. } => true,
            Op::Not(of) => self.is_compound(place, *of),
            Op::Bind { body, .. } => self.is_compound(place, *body),
            Op::Quantify { quantifier, range, slot, body } => {
                let member =
                    place.map(|scope| Some(self.phraser.member_scope(scope, *range, *slot)));
                *quantifier != Quantifier::Exists
                    || member.is_none_or(|member| {
                        self.is_compound(&member, *body)
                            || !self.phraser.is_selection(&member.en, *slot, *body)
                    })
            }
            Op::Let(position) => place
                .map(|scope| self.phraser.let_scope(scope, *position))
                .is_some_and(|inner| self.is_compound(&inner, inner.body().root)),
            Op::Define { of, definition, args } => match definition.as_ref() {
                [(_, only)] => place
                    .map(|scope| self.phraser.defined(scope, *only, *of, args))
                    .is_some_and(|inner| self.is_compound(&inner, inner.body().root)),
                _ => false,
            },
            _ => false,
        }
    }

    fn both(&self, place: &Place<'a>, say: impl Fn(&Scope<'a>) -> String) -> Text {
        self.phraser.begin();
        let english = say(&place.en);
        self.phraser.begin();
        Text::both(english, say(&place.nl))
    }
}

/// The parts of what must hold together stand by themselves under a heading.
fn spread_all(part: Part) -> Vec<Part> {
    if part.kind == PartKind::AllOf { part.parts } else { vec![part] }
}

/// Whether a sentence of the part or of one inside it has the name.
fn says(part: &Part, name: &str) -> bool {
    Language::ALL.iter().any(|language| part.sentence.get(*language).contains(name))
        || part.parts.iter().any(|part| says(part, name))
}

/// Whether a member has something to do with how a quantifier came out.
fn tells(quantifier: Quantifier, outcome: Option<bool>, member: Option<bool>) -> bool {
    match (quantifier, outcome) {
        (Quantifier::All, Some(true)) => true,
        (Quantifier::All, _) => member != Some(true),
        (Quantifier::Exists, Some(true)) => member == Some(true),
        (Quantifier::Exists, None) => member != Some(false),
        (Quantifier::Exists, Some(false)) | (Quantifier::ExistsOne, _) => true,
    }
}
