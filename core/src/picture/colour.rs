//! The colours of pictures.

use super::Theme;

/// A thing that has a colour, by its class.
#[derive(Clone, Copy)]
pub(super) struct Colour {
    pub(super) class: &'static str,
    light: &'static str,
    dark: &'static str,
    /// How much of the text's colour it is on a page of others, in hundredths.
    neutral: u8,
}

pub(super) const PAPER: Colour =
    Colour { class: "paper", light: "#ffffff", dark: "#14171c", neutral: 0 };
pub(super) const INK: Colour =
    Colour { class: "ink", light: "#1d2430", dark: "#e8eaee", neutral: 100 };
pub(super) const SOFT: Colour =
    Colour { class: "soft", light: "#5b6573", dark: "#a3adba", neutral: 70 };
pub(super) const LANE: Colour =
    Colour { class: "lane", light: "#f3f5f8", dark: "#1b2027", neutral: 5 };
pub(super) const CARD: Colour =
    Colour { class: "card", light: "#ffffff", dark: "#262c35", neutral: 6 };
pub(super) const RIM: Colour =
    Colour { class: "rim", light: "#aab4c2", dark: "#56606e", neutral: 45 };
pub(super) const LINE: Colour =
    Colour { class: "line", light: "#7f8b9b", dark: "#77828f", neutral: 45 };
pub(super) const ERROR: Colour =
    Colour { class: "error", light: "#c62f2f", dark: "#ff7b72", neutral: 0 };
pub(super) const WARNING: Colour =
    Colour { class: "warning", light: "#a86200", dark: "#f0b34a", neutral: 0 };
pub(super) const ADVICE: Colour =
    Colour { class: "advice", light: "#5b5fc7", dark: "#a5a8ff", neutral: 0 };
pub(super) const SIGN: Colour =
    Colour { class: "sign", light: "#ffffff", dark: "#14171c", neutral: 0 };
const ALL: [Colour; 11] = [PAPER, INK, SOFT, LANE, CARD, RIM, LINE, ERROR, WARNING, ADVICE, SIGN];

/// Of severities on a page of others: seen on light and dark.
const MIDDLE: [(&str, &str); 3] =
    [("error", "#d64545"), ("warning", "#c77d0a"), ("advice", "#7c7fd1")];

impl Colour {
    /// As an attribute has it.
    pub(super) fn on(self, theme: Theme) -> &'static str {
        match theme {
            Theme::Auto | Theme::Light => self.light,
            Theme::Dark => self.dark,
            Theme::Neutral => {
                let middle = MIDDLE.into_iter().find(|(class, _)| *class == self.class);
                let own = if self.class == SIGN.class { "#ffffff" } else { "currentColor" };
                middle.map_or(own, |(_, colour)| colour)
            }
        }
    }

    /// How much of the text's colour it is on a page of others.
    pub(super) fn strength(self, theme: Theme) -> Option<String> {
        let is_weak = theme == Theme::Neutral && (1..100).contains(&self.neutral);
        is_weak.then(|| format!("0.{:02}", self.neutral))
    }
}

/// The rules that make what has the classes dark.
pub(super) fn dark_rules(prefix: &str) -> String {
    let rules = ALL.map(|Colour { class, dark, .. }| {
        format!(".{prefix}{class}{{fill:{dark}}}.{prefix}{class}-s{{stroke:{dark}}}")
    });
    rules.concat()
}
