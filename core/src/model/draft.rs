//! Elements and links as written, typed but not yet joined. Every importer ends here.

use std::sync::Arc;

use rustc_hash::FxHashSet;

use crate::diagnostic::{Code, Diagnostic, Problems, shown};
use crate::metamodel::{KindIdx, PropertyIdx, RelationIdx};
use crate::model::{Deviation, Origin};
use crate::source::{Source, Span};
use crate::value::Value;

/// Values of properties, each at most once.
pub(crate) type Properties = Vec<(PropertyIdx, Value)>;

#[derive(Debug, Default)]
pub(crate) struct Draft {
    pub(crate) sources: Vec<Source>,
    pub(crate) elements: Vec<DraftElement>,
    pub(crate) links: Vec<DraftLink>,
    pub(crate) open_kinds: Vec<KindIdx>,
    pub(crate) deviations: Vec<Deviation>,
    /// Ids of what was written but could not be made an element: that is reported already, and
    /// links to them need not be.
    pub(crate) unsound: FxHashSet<String>,
    pub(crate) problems: Problems,
}

#[derive(Debug)]
pub(crate) struct DraftElement {
    pub(crate) kind: KindIdx,
    pub(crate) id: Arc<str>,
    /// Of the id.
    pub(crate) origin: Origin,
    pub(crate) properties: Properties,
    /// Properties that are written with a value that they can't have: that is reported, and they
    /// don't count as missing.
    pub(crate) refused: Vec<PropertyIdx>,
}

#[derive(Debug)]
pub(crate) struct DraftLink {
    pub(crate) relation: RelationIdx,
    /// Written at the target's end.
    pub(crate) inverse: bool,
    /// Position in [`Draft::elements`] of the end at which it is written.
    pub(crate) at: usize,
    /// The id of the other end.
    pub(crate) to: Arc<str>,
    /// Of the id of the other end.
    pub(crate) origin: Origin,
    pub(crate) properties: Properties,
}

/// Why a text is not an id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum InvalidId {
    Empty,
    /// With the number of characters.
    TooLong(usize),
    Start,
    Character(char),
}

impl InvalidId {
    /// Says so of what is written at a place.
    pub(crate) fn diagnostic(self, text: &str, source: &Source, span: Span) -> Diagnostic {
        let message = match self {
            Self::Empty => "an id cannot be empty".to_owned(),
            Self::TooLong(length) => {
                format!("an id of {length} characters is longer than {ID_LENGTH}")
            }
            Self::Start => {
                format!("the id `{}` does not start with a letter or digit", shown(text))
            }
            Self::Character(c) => {
                format!("the id `{}` holds {}", shown(text), named_character(c))
            }
        };
        let problem = Diagnostic::error(Code::InvalidId, message, source, span);
        match repaired_id(text) {
            _ if matches!(self, Self::TooLong(_)) => problem.help("choose a shorter one"),
            Some(id) => problem.help_replacing(format!("write `{}`", shown(&id)), id),
            None => problem.help(
                "use letters, digits, `.`, `_`, `-` and `:`, starting with a letter or digit",
            ),
        }
    }
}

fn named_character(character: char) -> String {
    match character {
        ' ' => "a space".to_owned(),
        '\n' | '\r' => "a line break".to_owned(),
        '\t' => "a tab".to_owned(),
        c if c.is_control() => "a control character".to_owned(),
        c => format!("`{c}`"),
    }
}

/// Characters in an id at most.
pub(crate) const ID_LENGTH: usize = 128;

/// Checks that a text is an id: 1 to 128 letters, digits and `. _ - :`, the first a letter or digit.
pub(crate) fn check_id(text: &str) -> Result<(), InvalidId> {
    // Nearly all ids are plain: a million of them are looked at once.
    let is_plain = |byte: &u8| byte.is_ascii_alphanumeric() || b"._-:".contains(byte);
    if let [first, rest @ ..] = text.as_bytes()
        && first.is_ascii_alphanumeric()
        && rest.len() < ID_LENGTH
        && rest.iter().all(is_plain)
    {
        return Ok(());
    }
    let length = text.chars().count();
    let Some(first) = text.chars().next() else { return Err(InvalidId::Empty) };
    if let Some(character) = text.chars().find(|c| !is_id_character(*c)) {
        return Err(InvalidId::Character(character));
    }
    if !first.is_alphanumeric() {
        return Err(InvalidId::Start);
    }
    if length > ID_LENGTH { Err(InvalidId::TooLong(length)) } else { Ok(()) }
}

fn is_id_character(character: char) -> bool {
    character.is_alphanumeric() || matches!(character, '.' | '_' | '-' | ':')
}

/// The id that is nearest to a text that isn't one, where there is one.
pub(crate) fn repaired_id(text: &str) -> Option<String> {
    let spaced: String = text.trim().chars().map(|c| if c == ' ' { '-' } else { c }).collect();
    let kept: String = spaced
        .chars()
        .filter(|c| is_id_character(*c))
        .skip_while(|c| !c.is_alphanumeric())
        .take(ID_LENGTH)
        .collect();
    check_id(&kept).is_ok().then_some(kept)
}
