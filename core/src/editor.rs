//! What editors ask while somebody types a model or a pack: what is wrong, what could stand here, what this is.
//!
//! Problems come from loading. The other two answers come from a [`sketch`](self::sketch) of the text, as it
//! loads only some of the time.

mod condition;
mod meaning;
mod offer;
mod sketch;
#[cfg(test)]
mod tests;
mod words;

use serde::Serialize;

use self::condition::Scope;
use self::meaning::Meaning;
use self::offer::Offers;
use self::sketch::{Cursor, Entry, Part, Piece, Sketch};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::form::Holds;
use crate::limits::Limits;
use crate::metamodel::{Metamodel, Vocabulary};
use crate::model::Model;
use crate::pack::{Pack, form::PACK};
use crate::plan::RuleSet;
use crate::settings::{self, Settings};
use crate::source::{Position, Source, Span};
use crate::text::Language;

/// Answers what an editor asks about a text. Whether it is a model, a pack or settings shows from its keys.
///
/// Offsets are in bytes; what comes back has its places in every unit.
///
/// ```
/// use spelregel::{Editor, Language, Metamodel, RuleSet, Settings, Source};
/// let rules = RuleSet::compile(&Metamodel::standard(), [], &Settings::default())?;
/// let editor = Editor::new(&rules, Language::En);
///
/// let text = "goals:\n  - id: co2\n    sta";
/// let source = Source::new("doelen.yaml", text);
/// let labels: Vec<String> =
///     editor.complete(&source, 26).into_iter().map(|offer| offer.label).collect();
/// assert_eq!(labels, ["state"]);
/// assert_eq!(editor.hover(&source, 2).map(|hover| hover.title), Some("goals".to_owned()));
/// # Ok::<(), spelregel::Diagnostics>(())
/// ```
#[derive(Debug, Clone)]
pub struct Editor {
    rules: RuleSet,
    language: Language,
    beside: Vec<Source>,
}

/// Something that could stand at a place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Completion {
    /// What it is called in the text.
    pub label: String,
    /// What sort of thing it is.
    pub kind: CompletionKind,
    /// What people call it, or its type.
    pub detail: String,
    /// What it is for.
    pub about: String,
    /// What to write between `start` and `end`.
    pub insert: String,
    /// Where what it replaces starts.
    pub start: Position,
    /// Where that ends.
    pub end: Position,
}

/// What sort of thing could stand at a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum CompletionKind {
    /// A field of a document.
    Field,
    /// A section of a model: a kind.
    Section,
    /// A property.
    Property,
    /// A relation, or the inverse of one.
    Relation,
    /// A value of an enumeration.
    Value,
    /// The id of an element.
    Element,
    /// A kind.
    Kind,
    /// A definition, a path or a parameter of a pack, or a name given in a rule.
    Name,
    /// A function or a macro.
    Function,
}

/// What stands at a place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Hover {
    /// As it is written.
    pub title: String,
    /// What people call it, or its type.
    pub detail: String,
    /// What it is for.
    pub about: String,
    /// Where it starts.
    pub start: Position,
    /// Where it ends.
    pub end: Position,
}

impl Editor {
    /// For texts on the metamodel of a rule set, and packs that may use its packs.
    pub fn new(rules: &RuleSet, language: Language) -> Self {
        Self { rules: rules.clone(), language, beside: Vec::new() }
    }

    /// The same for a text that is one of several which make up a model: these are the others.
    #[must_use]
    pub fn beside(mut self, others: impl IntoIterator<Item = Source>) -> Self {
        self.beside = others.into_iter().collect();
        self
    }

    /// Everything that is wrong with a text, and what is remarkable about it.
    ///
    /// ```
    /// # use spelregel::{Editor, Language, Metamodel, RuleSet, Settings, Source};
    /// # let rules = RuleSet::compile(&Metamodel::standard(), [], &Settings::default())?;
    /// # let editor = Editor::new(&rules, Language::En);
    /// let problems = editor.diagnostics(&Source::new("ours.yaml", "pack: ours\nrules: [{id: a b}]"));
    /// let problems = problems.ok_or("sound")?;
    /// assert!(problems.iter().any(|problem| problem.message.contains("`a b`")));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn diagnostics(&self, source: &Source) -> Option<Diagnostics> {
        let sketch = Sketch::of(source.text(), None);
        let problems = match root(&sketch) {
            Meaning::Part(form) if form.name == PACK.name => self.of_pack(source),
            Meaning::Part(_) => Settings::load(source.clone())
                .and_then(|settings| settings.extend(self.rules.metamodel()))
                .err(),
            _ => {
                let sources = self.beside.iter().cloned().chain([source.clone()]);
                Model::load_partial(self.rules.metamodel(), sources, &Limits::default()).1
            }
        };
        let is_here = |problem: &Diagnostic| {
            problem.labels.first().is_none_or(|label| label.source == *source)
        };
        let problems = problems.into_iter().flat_map(Diagnostics::into_vec);
        Diagnostics::new(problems.filter(is_here).collect(), Limits::default().diagnostics)
    }

    fn of_pack(&self, source: &Source) -> Option<Diagnostics> {
        let pack = match Pack::load(source.clone()) {
            Ok(pack) => pack,
            Err(problems) => return Some(problems),
        };
        // The packs beside it, but for an earlier form of itself.
        let others = self.rules.packs().iter().filter(|other| other.id() != pack.id());
        let used = others.filter(|other| pack.0.uses.iter().any(|uses| uses.value == other.id()));
        let packs: Vec<Pack> = used.cloned().chain([pack.clone()]).collect();
        match RuleSet::compile(self.rules.metamodel(), packs, &Settings::default()) {
            Ok(rules) => rules.warnings().cloned(),
            Err(problems) => Some(problems),
        }
    }

    /// What could stand at an offset, the likeliest first; also while the text doesn't load.
    pub fn complete(&self, source: &Source, offset: u32) -> Vec<Completion> {
        let Some(asked) = self.asked(source, offset) else { return Vec::new() };
        let mut offers = Offers::default();
        let (word, has_colon) = match (asked.condition(), asked.cursor.part) {
            (Some((piece, before)), _) => {
                let word = self.scope(&asked).complete(piece, before, &mut offers);
                (word, true)
            }
            (None, Part::Key) => {
                asked.keys(self.vocabulary(), self.language, &mut offers);
                (asked.piece().span, asked.is_written())
            }
            (None, Part::Value) => {
                asked.values(self, &mut offers);
                (asked.piece().span, true)
            }
            (None, Part::Either) => {
                asked.values(self, &mut offers);
                asked.keys(self.vocabulary(), self.language, &mut offers);
                (asked.piece().span, false)
            }
        };
        let begun = source.slice(Span { end: offset.max(word.start), ..word });
        offers.finish(source, word, begun, has_colon)
    }

    /// What stands at an offset; also while the text doesn't load.
    pub fn hover(&self, source: &Source, offset: u32) -> Option<Hover> {
        let asked = self.asked(source, offset)?;
        let (word, offers) = match asked.condition() {
            Some((piece, before)) => self.scope(&asked).at(piece, before)?,
            None => {
                let mut offers = Offers::default();
                asked.everything(self, &mut offers);
                (asked.piece().span, offers)
            }
        };
        offers.named(source, word)
    }

    fn vocabulary(&self) -> &Vocabulary {
        &self.metamodel().0
    }

    fn metamodel(&self) -> &Metamodel {
        self.rules.metamodel()
    }

    fn asked(&self, source: &Source, offset: u32) -> Option<Asked> {
        let offset = Span { start: offset, end: offset }.range().start;
        let mut sketch = Sketch::of(source.text(), Some(offset));
        let cursor = sketch.cursor.take()?;
        let root = root(&Sketch::of(source.text(), None));
        Some(Asked { sketch, cursor, root, value: None }.with_value(self.vocabulary()))
    }

    fn scope<'e>(&'e self, asked: &'e Asked) -> Scope<'e> {
        Scope::new(&self.rules, self.language, &asked.sketch, asked.entry())
    }
}

/// A place in a text that an editor asks about.
#[derive(Debug)]
struct Asked {
    sketch: Sketch,
    cursor: Cursor,
    root: Meaning,
    /// What the value at the cursor is for.
    value: Option<Meaning>,
}

impl Asked {
    fn with_value(mut self, v: &Vocabulary) -> Self {
        self.value = self
            .sketch
            .entries
            .get(self.cursor.entry)
            .and_then(|entry| meaning::of_value(v, self.root, &self.sketch, entry));
        self
    }

    fn entry(&self) -> &Entry {
        // Invariant: the cursor was found in this entry.
        static NONE: Entry = Entry::EMPTY;
        self.sketch.entries.get(self.cursor.entry).unwrap_or(&NONE)
    }

    /// The part that the cursor is in.
    fn piece(&self) -> &Piece {
        static NONE: Piece = Piece::EMPTY;
        let entry = self.entry();
        let piece = if self.cursor.part == Part::Key { &entry.key } else { &entry.value };
        piece.as_ref().unwrap_or(&NONE)
    }

    /// Whether the key at the cursor has its colon.
    fn is_written(&self) -> bool {
        self.entry().value.is_some()
    }

    /// The condition, path or message that the cursor is in, and how much of it stands before.
    fn condition(&self) -> Option<(&Piece, usize)> {
        let is_condition = self.cursor.part != Part::Key
            && (matches!(self.value, Some(Meaning::Holds(Holds::Expression)))
                || self.is_in_message());
        is_condition.then(|| (self.piece(), self.cursor.before))
    }

    /// Whether the cursor is in the braces of a message.
    fn is_in_message(&self) -> bool {
        let path = self.sketch.path(self.entry().place);
        let is_message = matches!(path.last(), Some(sketch::Step::Key("message")));
        let before = self.piece().text.get(..self.cursor.before).unwrap_or("");
        is_message && before.rfind('{') > before.rfind('}')
    }
}

/// What a document is, by its keys.
fn root(sketch: &Sketch) -> Meaning {
    let has = |key: &str| sketch.root_keys().any(|found| found == key);
    if has("settings") {
        return Meaning::Part(&settings::form::DOCUMENT);
    }
    if has("pack") || has("rules") || has("define") {
        return Meaning::Part(&PACK);
    }
    Meaning::Model
}
