//! What could stand at a place, collected.

use super::{Completion, CompletionKind, Hover};
use crate::source::{Source, Span};

/// More than this nobody looks through.
const MOST: usize = 500;

/// Offers in the order in which they were made, each name once.
#[derive(Debug, Default)]
pub(super) struct Offers(Vec<Offer>);

/// Something that could stand at a place.
#[derive(Debug)]
pub(super) struct Offer {
    pub(super) name: String,
    pub(super) kind: CompletionKind,
    pub(super) detail: String,
    pub(super) about: String,
    /// What comes behind the name when it is written.
    pub(super) then: &'static str,
}

impl Offer {
    pub(super) fn new(kind: CompletionKind, name: &str, detail: &str, about: &str) -> Self {
        let [name, detail, about] = [name, detail, about].map(str::to_owned);
        Self { name, kind, detail, about, then: "" }
    }

    pub(super) fn then(self, then: &'static str) -> Self {
        Self { then, ..self }
    }
}

impl Offers {
    pub(super) fn add(&mut self, offer: Offer) {
        if self.0.iter().all(|known| known.name != offer.name || known.kind != offer.kind) {
            self.0.push(offer);
        }
    }

    /// Takes out what is there already.
    pub(super) fn without<'a>(&mut self, names: impl Iterator<Item = &'a str>) {
        let names: Vec<&str> = names.collect();
        self.0.retain(|offer| !names.contains(&offer.name.as_str()));
    }

    /// Those that what is begun may become, as replacements of the word: first the ones that start with it.
    pub(super) fn finish(
        self,
        source: &Source,
        word: Span,
        begun: &str,
        is_followed: bool,
    ) -> Vec<Completion> {
        let begun = begun.to_lowercase();
        let (mut first, mut second) = (Vec::new(), Vec::new());
        for offer in self.0 {
            let name = offer.name.to_lowercase();
            if name.starts_with(&begun) {
                first.push(offer);
            } else if name.contains(&begun) || offer.detail.to_lowercase().contains(&begun) {
                second.push(offer);
            }
        }
        let (start, end) = (source.position(word.start), source.position(word.end));
        let written = |offer: Offer| Completion {
            insert: format!("{}{}", offer.name, if is_followed { "" } else { offer.then }),
            label: offer.name,
            kind: offer.kind,
            detail: offer.detail,
            about: offer.about,
            start,
            end,
        };
        first.into_iter().chain(second).take(MOST).map(written).collect()
    }

    /// The one that is written there.
    pub(super) fn named(self, source: &Source, word: Span) -> Option<Hover> {
        let name = source.slice(word);
        let offer = self.0.into_iter().find(|offer| offer.name == name)?;
        Some(Hover {
            title: offer.name,
            detail: offer.detail,
            about: offer.about,
            start: source.position(word.start),
            end: source.position(word.end),
        })
    }
}
