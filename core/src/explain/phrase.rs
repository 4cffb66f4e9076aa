//! What expressions say, in words: made from the metamodel's labels.
//!
//! A definition, a `let` or a parameter is said as what it stands for, so that nobody has to know its name;
//! only where that gets too long, the name stands in.

mod clause;
mod comparison;
mod noun;
mod value;

use std::cell::{Cell, RefCell};

pub(super) use self::clause::operands;
use crate::hir::{Body, DefinitionIdx, HirIdx, Op, PerKind};
use crate::metamodel::{KindSet, Vocabulary};
use crate::pack::{self, Pack};
use crate::text::Language;
use crate::typing::TypedPacks;
use crate::value::Type;

/// A phrase that stands for a name is at most so many characters long.
const LONGEST: usize = 180;

/// One sentence looks at no more expressions than this, however definitions multiply.
const LOOKS: usize = 2_000;

/// Nor deeper than this: nobody would follow, and the stack is not endless.
const DEEPEST: usize = 24;

/// Says expressions of one rule.
pub(super) struct Phraser<'a> {
    pub(super) vocabulary: &'a Vocabulary,
    pub(super) typed: &'a TypedPacks,
    pub(super) packs: &'a [Pack],
    pub(super) lets: &'a [(String, Body)],
    /// Their texts, in the same order.
    pub(super) let_texts: Vec<&'a str>,
    looks: Cell<usize>,
    depth: Cell<usize>,
    named: RefCell<Vec<Named>>,
}

/// What a sentence calls by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Named {
    Let(usize),
    Definition(DefinitionIdx),
}

/// What something is called.
#[derive(Debug, Clone)]
pub(super) struct Noun {
    pub(super) text: String,
    pub(super) form: Form,
    /// Whether it ends in what its members are selected by.
    selected: bool,
    /// Of several lists taken together: what each is called.
    parts: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// What the sentence is about, left unsaid where that reads well.
    It,
    /// One thing, with its article.
    One,
    /// Many, in the plural and without an article.
    Many,
    /// A value, or what a property is called.
    Plain,
}

/// An expression, with what its local values are called in a language.
#[derive(Clone)]
pub(super) struct Scope<'a> {
    pub(super) language: Language,
    pub(super) body: &'a Body,
    pub(super) text: &'a str,
    names: Vec<Noun>,
}

impl Noun {
    pub(super) fn new(text: impl Into<String>, form: Form) -> Self {
        Self { text: text.into(), form, selected: false, parts: Vec::new() }
    }

    fn plain(text: impl Into<String>) -> Self {
        Self::new(text, Form::Plain)
    }

    /// Two lists taken together.
    fn both(scope: &Scope<'_>, one: Self, other: Self, form: Form) -> Self {
        let parts = |noun: Self| if noun.parts.is_empty() { vec![noun.text] } else { noun.parts };
        let parts: Vec<String> = [one, other].into_iter().flat_map(parts).collect();
        Self { parts: parts.clone(), ..Self::new(scope.and(&parts), form) }
    }
}

impl<'a> Scope<'a> {
    pub(super) fn new(language: Language, body: &'a Body, text: &'a str, names: Vec<Noun>) -> Self {
        Self { language, body, text, names }
    }

    pub(super) fn op(&self, at: HirIdx) -> &'a Op {
        &self.body.nodes[at].op
    }

    pub(super) fn ty(&self, at: HirIdx) -> &'a Type {
        &self.body.nodes[at].ty
    }

    /// The text of a node, as written.
    pub(super) fn source(&self, at: HirIdx) -> &'a str {
        self.text.get(self.body.nodes[at].span.range()).unwrap_or("")
    }

    pub(super) fn pick<'t>(&self, english: &'t str, dutch: &'t str) -> &'t str {
        match self.language {
            Language::En => english,
            Language::Nl => dutch,
        }
    }

    fn name(&self, slot: usize) -> Option<&Noun> {
        self.names.get(slot)
    }

    /// The same with a local value named.
    pub(super) fn with(&self, slot: usize, name: Noun) -> Self {
        let mut scope = self.clone();
        if scope.names.len() <= slot {
            scope.names.resize(slot.saturating_add(1), Noun::plain("…"));
        }
        if let Some(place) = scope.names.get_mut(slot) {
            *place = name;
        }
        scope
    }

    /// The same, said of a member of a list: all else is named in full.
    pub(super) fn about(&self, slot: usize, name: &str) -> Self {
        let scope = self.in_full();
        let taken = scope.names.iter().any(|noun| noun.form == Form::One && noun.text == name);
        let suffix = if taken { self.pick(" in question", " in kwestie") } else { "" };
        scope.with(slot, Noun::new(format!("{name}{suffix}"), Form::It))
    }

    /// The same with nothing left unsaid.
    pub(super) fn in_full(&self) -> Self {
        let mut scope = self.clone();
        for noun in &mut scope.names {
            if noun.form == Form::It {
                noun.form = Form::One;
            }
        }
        scope
    }

    /// Another body, said with these names.
    fn inside(&self, body: &'a Body, text: &'a str, names: Vec<Noun>) -> Self {
        Self { language: self.language, body, text, names }
    }

    /// `the roles`, `het programma`
    fn the(&self, noun: &Noun) -> String {
        match noun.form {
            Form::Many => format!("{} {}", self.pick("the", "de"), noun.text),
            Form::It | Form::One | Form::Plain => noun.text.clone(),
        }
    }

    /// `a, b and c`
    fn join(&self, items: &[String], word: &str) -> String {
        match items {
            [] => self.pick("nothing", "niets").to_owned(),
            [only] => only.clone(),
            [first @ .., last] => format!("{} {word} {last}", first.join(", ")),
        }
    }

    fn and(&self, items: &[String]) -> String {
        self.join(items, self.pick("and", "en"))
    }

    fn or(&self, items: &[String]) -> String {
        self.join(items, self.pick("or", "of"))
    }
}

/// What one of the kinds is called once it has been named.
pub(super) fn definite(vocabulary: &Vocabulary, kinds: &KindSet, language: Language) -> String {
    let mut kinds = kinds.iter();
    let (Some(kind), None) = (kinds.next(), kinds.next()) else {
        return match language {
            Language::En => "the element".to_owned(),
            Language::Nl => "het element".to_owned(),
        };
    };
    let kind = &vocabulary.kinds[kind];
    let (definite, label) = (kind.definite.get(language), kind.label.get(language));
    match (definite, language) {
        ("", Language::En) => format!("the {label}"),
        ("", Language::Nl) => label.to_owned(),
        (definite, _) => definite.to_owned(),
    }
}

impl<'a> Phraser<'a> {
    pub(super) fn new(
        vocabulary: &'a Vocabulary,
        typed: &'a TypedPacks,
        packs: &'a [Pack],
        lets: &'a [(String, Body)],
        let_texts: Vec<&'a str>,
    ) -> Self {
        Self {
            vocabulary,
            typed,
            packs,
            lets,
            let_texts,
            looks: Cell::new(LOOKS),
            depth: Cell::new(0),
            named: RefCell::default(),
        }
    }

    /// Before a new sentence.
    pub(super) fn begin(&self) {
        self.looks.set(LOOKS);
    }

    /// Looks at one more expression, where that is still in order.
    fn look<T>(&self, say: impl FnOnce() -> T) -> Option<T> {
        let (left, depth) = (self.looks.get(), self.depth.get());
        if left == 0 || depth >= DEEPEST {
            return None;
        }
        self.looks.set(left.saturating_sub(1));
        self.depth.set(depth.saturating_add(1));
        let said = say();
        self.depth.set(depth);
        Some(said)
    }

    /// What a member of a list of the type is called.
    pub(super) fn member(&self, list: &Type, language: Language) -> String {
        let member = match list {
            Type::List(member) => &**member,
            other => other,
        };
        match member {
            Type::Element(kinds) | Type::Link { target: kinds, .. } if kinds.len() != 1 => {
                match language {
                    Language::En => "this one".to_owned(),
                    Language::Nl => "deze".to_owned(),
                }
            }
            Type::Element(kinds) | Type::Link { target: kinds, .. } => {
                definite(self.vocabulary, kinds, language)
            }
            _ => match language {
                Language::En => "the value".to_owned(),
                Language::Nl => "de waarde".to_owned(),
            },
        }
    }

    /// `programmes and projects`
    fn plural(&self, scope: &Scope<'_>, kinds: &KindSet) -> String {
        if kinds.is_empty() || kinds.len() > 3 {
            return scope.pick("elements", "elementen").to_owned();
        }
        let names: Vec<String> = kinds
            .iter()
            .map(|kind| self.vocabulary.kinds[kind].plural.get(scope.language).to_owned())
            .collect();
        scope.and(&names)
    }

    /// The body and text of a definition.
    fn definition(&self, definition: DefinitionIdx) -> Option<(&'a Body, &'a str)> {
        let body = self.typed.definitions[definition].body.as_ref()?;
        Some((body, &self.written(definition)?.body.text))
    }

    fn written(&self, definition: DefinitionIdx) -> Option<&'a pack::Definition> {
        let defined = &self.typed.definitions[definition];
        let kind = &self.vocabulary.kinds[defined.kind].name;
        let mut written = self.packs.iter().flat_map(|pack| &pack.0.definitions);
        written.find(|d| d.kind.value == *kind && d.name.value == defined.name)
    }

    /// A definition's body, its subject and arguments named as the call says.
    pub(super) fn defined(
        &self,
        scope: &Scope<'a>,
        definition: DefinitionIdx,
        of: HirIdx,
        args: &[HirIdx],
    ) -> Option<Scope<'a>> {
        let (body, text) = self.definition(definition)?;
        let mut names = vec![self.noun(scope, of)];
        // Inside, the sentence may be about something else.
        let full = scope.in_full();
        names.extend(args.iter().map(|arg| self.noun(&full, *arg)));
        Some(scope.inside(body, text, names))
    }

    /// The one phrase that a definition comes to for every kind; `None` where they differ or get too long.
    fn expand<T>(
        &self,
        scope: &Scope<'a>,
        definition: &PerKind<DefinitionIdx>,
        of: HirIdx,
        args: &[HirIdx],
        say: impl Fn(&Scope<'a>) -> T,
        text: impl Fn(&T) -> &str,
    ) -> Option<T> {
        let mut said: Option<T> = None;
        for (_, definition) in definition {
            let phrase = say(&self.defined(scope, *definition, of, args)?);
            if let Some(said) = &said
                && text(said) != text(&phrase)
            {
                return None;
            }
            said = Some(phrase);
        }
        said.filter(|said| text(said).chars().count() <= LONGEST)
    }

    /// A `let` of the rule, said of the rule's own subject.
    pub(super) fn let_scope(&self, scope: &Scope<'a>, position: usize) -> Option<Scope<'a>> {
        let (_, body) = self.lets.get(position)?;
        let text = self.let_texts.get(position)?;
        let subject = scope.name(0).cloned().into_iter().collect();
        Some(scope.inside(body, text, subject))
    }

    /// What was called by its name so far, each once.
    pub(super) fn named_so_far(&self) -> Vec<Named> {
        self.named.borrow().clone()
    }

    fn note(&self, named: Named) {
        let mut all = self.named.borrow_mut();
        if !all.contains(&named) {
            all.push(named);
        }
    }

    fn note_definition(&self, definition: &PerKind<DefinitionIdx>) {
        for (_, definition) in definition {
            self.note(Named::Definition(*definition));
        }
    }

    /// What a name stands for, said of an element of its kind, and what introduces it.
    pub(super) fn meaning(&self, scope: &Scope<'a>, named: Named) -> Option<(String, Scope<'a>)> {
        match named {
            Named::Let(position) => {
                let (name, _) = self.lets.get(position)?;
                Some((Self::words(name), self.let_scope(scope, position)?))
            }
            Named::Definition(definition) => {
                let defined = &self.typed.definitions[definition];
                let (body, text) = self.definition(definition)?;
                let kind = definite(self.vocabulary, &KindSet::one(defined.kind), scope.language);
                let mut called = vec![Noun::new(&kind, Form::One)];
                let arguments = self.written(definition)?.arguments.iter().flatten();
                called.extend(arguments.map(|a| Noun::plain(Self::words(&a.name.value))));
                let of = scope.pick("of", "van");
                let name = format!("{} {of} {kind}", Self::words(&defined.name));
                Some((name, scope.inside(body, text, called)))
            }
        }
    }

    /// The name of a definition or `let` as words.
    fn words(name: &str) -> String {
        format!("“{}”", name.replace('_', " "))
    }

    fn definition_name(&self, definition: &PerKind<DefinitionIdx>) -> &'a str {
        let name = definition.first().map(|(_, d)| self.typed.definitions[*d].name.as_str());
        name.unwrap_or("")
    }

    /// ` (start date of the project)`, after the name of a definition that takes arguments.
    fn arguments(&self, scope: &Scope<'a>, args: &[HirIdx]) -> String {
        let full = scope.in_full();
        let args: Vec<String> = args.iter().map(|arg| self.said(&full, *arg)).collect();
        if args.is_empty() { String::new() } else { format!(" ({})", args.join("; ")) }
    }
}
