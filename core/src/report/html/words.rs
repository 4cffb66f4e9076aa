//! Words that only pages say: heads of tables and the like.

use crate::text::Language;

/// The words of one language.
pub(super) struct PageWords {
    pub(super) programme: &'static str,
    pub(super) receipt: &'static str,
    pub(super) metamodel: &'static str,
    pub(super) pack: &'static str,
    pub(super) settings: &'static str,
    pub(super) model: &'static str,
}

impl PageWords {
    pub(super) fn of(language: Language) -> &'static Self {
        match language {
            Language::En => &ENGLISH,
            Language::Nl => &DUTCH,
        }
    }
}

const ENGLISH: PageWords = PageWords {
    programme: "Programme",
    receipt: "What this rests on",
    metamodel: "Metamodel",
    pack: "Pack",
    settings: "Settings",
    model: "Model",
};

const DUTCH: PageWords = PageWords {
    programme: "Programma",
    receipt: "Waar dit op berust",
    metamodel: "Metamodel",
    pack: "Pakket",
    settings: "Instellingen",
    model: "Model",
};
