//! Outlines and explanations for a terminal.

use super::text::Colour;
use super::text::page::{Page, Paint};
use super::words::Words;
use crate::eval::Verdict;
use crate::explain::{Explanation, Outline, Part, PartKind, PartValue};
use crate::report::ElementRef;
use crate::text::{Language, Text};

/// So many elements of a path are written out at either end.
const STEPS: usize = 8;

impl Outline {
    /// As an indented outline in words.
    pub fn to_text(&self, language: Language, colour: Colour) -> String {
        let mut page = Page::new(colour);
        page.heading(self.title.get(language));
        self.print(&mut page, language);
        page.finish()
    }

    pub(super) fn print(&self, page: &mut dyn Lines, language: Language) {
        let teller = Teller { language };
        teller.conditions(page, self.due.as_ref(), self.when.as_ref(), Some(&self.require));
        let said: Vec<&Part> = self.when.iter().chain([&self.require]).collect();
        teller.meanings(page, said, &self.meanings);
    }
}

impl Explanation {
    /// As an indented outline: every part in words, with what it came to.
    pub fn to_text(&self, language: Language, colour: Colour) -> String {
        let words = Words::of(language);
        let mut page = Page::new(colour);
        page.heading(self.title.get(language));
        page.paragraph(
            0,
            "",
            &format!("{} · {} {}", self.rule, words.checked_at, self.at),
            Paint::Faint,
        );
        page.blank();
        self.print(&mut page, language);
        page.finish()
    }

    /// The verdict, and every part with what it came to.
    pub(super) fn print(&self, page: &mut dyn Lines, language: Language) {
        let words = Words::of(language);
        let teller = Teller { language };
        let about = match &self.element {
            Some(element) => element.describe(Some(&self.kind), language),
            None => words.whole_model.to_owned(),
        };
        let verdict = format!("{about}: {}", teller.verdict(self.verdict));
        page.paragraph(0, "", &verdict, Paint::Strong);
        if let Some(deviation) = &self.deviation {
            let until = deviation.until.map_or_else(
                || words.no_end.to_owned(),
                |until| format!("{} {until}", words.until),
            );
            let text = format!("{} ({until})", deviation.reason);
            page.paragraph(0, &format!("{}:", words.deviation), &text, Paint::Plain);
        }
        page.blank();
        teller.conditions(page, self.due.as_ref(), self.when.as_ref(), self.require.as_ref());
        let said: Vec<&Part> = self.when.iter().chain(&self.require).collect();
        teller.meanings(page, said, &self.meanings);
    }

    /// As JSON, in every language.
    pub fn to_json(&self) -> String {
        let mut json = serde_json::to_string_pretty(self).unwrap_or_default();
        json.push('\n');
        json
    }
}

/// What lines are written to: a page of text, or whatever makes something else of them.
pub(super) trait Lines {
    fn blank(&mut self);
    fn paragraph(&mut self, indent: usize, label: &str, text: &str, paint: Paint);
}

impl Lines for Page {
    fn blank(&mut self) {
        Self::blank(self);
    }

    fn paragraph(&mut self, indent: usize, label: &str, text: &str, paint: Paint) {
        Self::paragraph(self, indent, label, text, paint);
    }
}

struct Teller {
    language: Language,
}

impl Teller {
    fn pick<'t>(&self, english: &'t str, dutch: &'t str) -> &'t str {
        match self.language {
            Language::En => english,
            Language::Nl => dutch,
        }
    }

    fn verdict(&self, verdict: Verdict) -> &'static str {
        let (english, dutch) = match verdict {
            Verdict::NotApplicable => {
                ("the rule does not apply", "de regel is niet van toepassing")
            }
            Verdict::Pass => ("passes", "voldoet"),
            Verdict::Fail => ("fails", "voldoet niet"),
            Verdict::Unknown => ("not known yet", "nog niet bekend"),
            Verdict::Waived => ("accepted deviation", "aanvaarde afwijking"),
            Verdict::Error => ("could not be evaluated", "kon niet worden beoordeeld"),
        };
        match self.language {
            Language::En => english,
            Language::Nl => dutch,
        }
    }

    fn conditions(
        &self,
        page: &mut dyn Lines,
        due: Option<&Part>,
        when: Option<&Part>,
        require: Option<&Part>,
    ) {
        let applies: Vec<&Part> = due.into_iter().chain(when).collect();
        if !applies.is_empty() {
            page.paragraph(0, "", self.pick("Applies if", "Van toepassing als"), Paint::Strong);
            self.parts(page, 2, &applies);
        }
        if let Some(require) = require {
            page.blank();
            page.paragraph(0, "", self.pick("What must hold", "Wat moet gelden"), Paint::Strong);
            self.parts(page, 2, &[require]);
        }
    }

    /// What the names stand for; the languages differ in where they need one.
    fn meanings<'p>(&self, page: &mut dyn Lines, said: Vec<&'p Part>, meanings: &'p [Part]) {
        let shown = names_said(said, meanings, self.language);
        if shown.is_empty() {
            return;
        }
        page.blank();
        page.paragraph(0, "", Words::of(self.language).in_which, Paint::Strong);
        for part in shown {
            self.part(page, 2, part);
        }
    }

    /// Parts under a heading; what must hold together needs no line that says so.
    fn parts(&self, page: &mut dyn Lines, indent: usize, parts: &[&Part]) {
        for part in parts {
            if part.kind == PartKind::AllOf {
                let inner: Vec<&Part> = part.parts.iter().collect();
                self.parts(page, indent, &inner);
            } else {
                self.part(page, indent, part);
            }
        }
    }

    fn part(&self, page: &mut dyn Lines, indent: usize, part: &Part) {
        let mut text = part.sentence.get(self.language).to_owned();
        let inner: Vec<&Part> = part.parts.iter().collect();
        let printed = |part: &Part| match part.value {
            Some(PartValue::Unknown) => self.pick("unknown", "onbekend").to_owned(),
            _ => part.printed.get(self.language).to_owned(),
        };
        let (mark, paint) = match part.value {
            None => ("-", Paint::Plain),
            Some(PartValue::True) => ("✓", Paint::Plain),
            Some(PartValue::False) => ("✗", Paint::Plain),
            Some(PartValue::Unknown) => ("?", Paint::Plain),
            Some(PartValue::Error) => ("!", Paint::Plain),
            Some(PartValue::Printed) => ("-", Paint::Faint),
        };
        let mut below = inner;
        if part.kind == PartKind::Meaning && part.value.is_some() {
            text = format!("{text} ({}: {})", self.pick("found", "gevonden"), printed(part));
        } else if matches!(part.kind, PartKind::Value | PartKind::Range) {
            text = format!("{text}: {}", printed(part));
        } else if let [only] = below.as_slice()
            && let Some(found) = self.found(only.kind)
        {
            text = format!("{text} ({found}: {})", printed(only));
            below.clear();
        }
        let quantifies =
            matches!(part.kind, PartKind::Every | PartKind::Some | PartKind::ExactlyOne);
        if quantifies && !part.printed.is_empty() {
            text = text.trim_end_matches(':').to_owned();
            text = format!("{text} ({}: {})", self.pick("found", "gevonden"), printed(part));
        } else if part.value == Some(PartValue::Error) && part.parts.is_empty() {
            text = format!("{text} ({})", part.printed.get(self.language));
        }
        page.paragraph(indent, mark, &text, paint);
        if !part.path.is_empty() {
            let label = self.pick("by way of:", "via:");
            page.paragraph(indent + 2, label, &self.path(&part.path), Paint::Faint);
        }
        if below.is_empty() {
            for fact in &part.missing {
                let label = self.pick("to find out:", "uit te zoeken:");
                page.paragraph(indent + 2, label, fact.question.get(self.language), Paint::Faint);
            }
        }
        if part.kind == PartKind::Not
            && let [only] = below.as_slice()
            && matches!(only.kind, PartKind::AllOf | PartKind::AnyOf)
        {
            below = only.parts.iter().collect();
        }
        if quantifies || part.kind == PartKind::Member {
            self.parts(page, indent + 2, &below);
        } else {
            for part in below {
                self.part(page, indent + 2, part);
            }
        }
        if part.more > 0 {
            let more =
                Text::both(format!("and {} more", part.more), format!("en nog {}", part.more));
            page.paragraph(indent + 2, "", more.get(self.language), Paint::Faint);
        }
    }

    /// Before a value that stands beside the question that looks at it.
    fn found(&self, kind: PartKind) -> Option<&'static str> {
        match (kind, self.language) {
            (PartKind::Value, Language::En) => Some("found"),
            (PartKind::Value, Language::Nl) => Some("gevonden"),
            (PartKind::Range, Language::En) => Some("looked among"),
            (PartKind::Range, Language::Nl) => Some("gezocht onder"),
            _ => None,
        }
    }

    fn path(&self, path: &[ElementRef]) -> String {
        let _ = self;
        let name =
            |element: &ElementRef| element.name.clone().unwrap_or_else(|| element.id.clone());
        let mut names: Vec<String> = path.iter().map(name).collect();
        if names.len() > STEPS * 2 {
            let skipped = names.len().saturating_sub(STEPS * 2);
            names.splice(STEPS..names.len().saturating_sub(STEPS), [format!("… (+{skipped})")]);
        }
        names.join(" → ")
    }
}

/// What the names stand for that an outline uses in the language.
#[cfg(feature = "html")]
pub(super) fn meanings_said(outline: &Outline, language: Language) -> Vec<&Part> {
    let said = outline.when.iter().chain([&outline.require]).collect();
    names_said(said, &outline.meanings, language)
}

/// The meanings of names that what is said uses, through other meanings too.
fn names_said<'p>(
    mut said: Vec<&'p Part>,
    meanings: &'p [Part],
    language: Language,
) -> Vec<&'p Part> {
    let before = said.len();
    for meaning in meanings {
        let sentence = meaning.sentence.get(language);
        let name = sentence.split_inclusive('”').next().unwrap_or(sentence);
        if said.iter().any(|part| says(part, name, language)) {
            said.push(meaning);
        }
    }
    said.split_off(before)
}

fn says(part: &Part, name: &str, language: Language) -> bool {
    part.sentence.get(language).contains(name)
        || part.parts.iter().any(|part| says(part, name, language))
}
