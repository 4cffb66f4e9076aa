//! Words that only pages say: heads of tables and the like.

use crate::text::Language;

/// The words of one language.
pub(in crate::report) struct PageWords {
    pub(in crate::report) programme: &'static str,
    pub(in crate::report) receipt: &'static str,
    pub(in crate::report) metamodel: &'static str,
    pub(in crate::report) pack: &'static str,
    pub(in crate::report) settings: &'static str,
    pub(in crate::report) model: &'static str,
    /// What the language calls itself.
    pub(in crate::report) language: &'static str,
    pub(in crate::report) all_rules: &'static str,
    pub(in crate::report) search: &'static str,
    pub(in crate::report) nothing_found: &'static str,
    pub(in crate::report) source: &'static str,
    pub(in crate::report) in_words: &'static str,
    pub(in crate::report) applies_if: &'static str,
    pub(in crate::report) must_hold: &'static str,
    pub(in crate::report) passes: &'static str,
    pub(in crate::report) fails: &'static str,
    pub(in crate::report) what_it_says: &'static str,
}

impl PageWords {
    pub(in crate::report) fn of(language: Language) -> &'static Self {
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
    language: "English",
    all_rules: "Rules",
    search: "Search:",
    nothing_found: "No rule has all these words.",
    source: "Source:",
    in_words: "In words",
    applies_if: "Applies if",
    must_hold: "What must hold",
    passes: "An example that passes",
    fails: "An example that fails",
    what_it_says: "What the rule says of it:",
};

const DUTCH: PageWords = PageWords {
    programme: "Programma",
    receipt: "Waar dit op berust",
    metamodel: "Metamodel",
    pack: "Pakket",
    settings: "Instellingen",
    model: "Model",
    language: "Nederlands",
    all_rules: "Regels",
    search: "Zoeken:",
    nothing_found: "Geen regel heeft al deze woorden.",
    source: "Bron:",
    in_words: "In woorden",
    applies_if: "Van toepassing als",
    must_hold: "Wat moet gelden",
    passes: "Een voorbeeld dat voldoet",
    fails: "Een voorbeeld dat niet voldoet",
    what_it_says: "Wat de regel ervan zegt:",
};
