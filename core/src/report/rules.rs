//! Rules as text and JSON: the list of them, and one explained.

use serde::Serialize;

use super::text::Colour;
use super::text::page::{Page, Paint};
use super::words::Words;
use crate::explain::Outline;
use crate::metamodel::{EnumIdx, Metamodel};
use crate::pack::Severity;
use crate::plan::{Meaning, Rule, RuleSet};
use crate::text::{Language, Text};

impl RuleSet {
    /// The rules as a list for a terminal: by pack, each with its severity, id and title.
    pub fn to_text(&self, language: Language, colour: Colour) -> String {
        let words = Words::of(language);
        let mut page = Page::new(colour);
        for pack in self.packs() {
            let mut rules = self.rules().filter(|rule| rule.pack().id() == pack.id()).peekable();
            if rules.peek().is_none() {
                continue;
            }
            page.heading(&format!(
                "{} {}: {}",
                pack.id(),
                pack.version(),
                pack.title().get(language)
            ));
            for rule in rules {
                let severity = words.severity(rule.severity());
                page.lead(0, severity, rule.id(), Paint::of(rule.severity()));
                page.paragraph(4, "", rule.title().get(language), Paint::Plain);
            }
        }
        page.finish()
    }

    /// The rules as JSON: a list of what [`Rule::to_json`] gives.
    pub fn to_json(&self) -> String {
        let rules: Vec<RuleJson<'_>> = self.rules().map(|rule| RuleJson::of(&rule)).collect();
        pretty(&rules)
    }
}

impl Rule<'_> {
    /// The rule explained for a terminal: what it wants and why, what to do, and the condition: in words,
    /// and as written with what the names in it stand for.
    pub fn to_text(&self, language: Language, colour: Colour) -> String {
        let words = Words::of(language);
        let mut page = Page::new(colour);
        page.heading(self.title().get(language));
        let mut line = format!("{} · {}", self.full_id(), words.severity(self.severity()));
        if !self.source().is_empty() {
            line = format!("{line} · {} {}", words.source, self.source().get(language));
        }
        page.paragraph(0, "", &line, Paint::Faint);
        page.blank();
        page.paragraph(0, words.applies_to, &self.applies_to(language), Paint::Plain);
        if !self.allows_deviations() {
            page.paragraph(0, "", words.refuses_deviations, Paint::Plain);
        }
        if !self.tags().is_empty() {
            page.paragraph(0, words.tags, &self.tags().join(", "), Paint::Plain);
        }
        page.blank();
        for (label, text) in [(words.why, self.why()), (words.remedy, self.remedy())] {
            if !text.is_empty() {
                page.paragraph(0, label, text.get(language), Paint::Plain);
            }
        }
        page.blank();
        if let Some(outline) = self.outline() {
            outline.print(&mut page, language);
            page.blank();
        }
        page.paragraph(0, "", words.condition, Paint::Strong);
        let conditions = self.lets().map(|(name, text)| (format!("let {name}"), text));
        let conditions = conditions
            .chain(self.when().map(|text| ("when".to_owned(), text)))
            .chain([("require".to_owned(), self.require())]);
        for (name, text) in conditions {
            page.code(2, &name, text);
        }
        let meanings = self.meanings();
        if !meanings.is_empty() {
            page.blank();
            page.paragraph(0, "", words.in_which, Paint::Strong);
        }
        for meaning in &meanings {
            if meaning.label.is_empty() {
                page.code(2, &meaning.name, &meaning.text);
            } else {
                let label = meaning.label.get(language);
                page.lead(
                    2,
                    &meaning.name,
                    &format!("= {} ({label})", meaning.text),
                    Paint::Advice,
                );
            }
        }
        page.finish()
    }

    /// The rule as JSON, with every text in every language that the pack has.
    pub fn to_json(&self) -> String {
        pretty(&RuleJson::of(self))
    }

    fn outline(&self) -> Option<Outline> {
        self.rules().outline(self.full_id())
    }

    /// `programmes, from phase design, or earlier when G2 (strategy decision) is asked for`
    pub(super) fn applies_to(&self, language: Language) -> String {
        let words = Words::of(language);
        let metamodel = self.metamodel();
        let kinds: Vec<&str> =
            self.kinds().into_iter().map(|name| plural(metamodel, name, language)).collect();
        let mut parts =
            vec![if kinds.is_empty() { words.whole_model.to_owned() } else { kinds.join(", ") }];
        let label = |enumeration: Option<EnumIdx>, name: &str| {
            let values = &metamodel.0.enumerations[enumeration?].values;
            let value = values.iter().find(|value| value.name == name)?;
            Some(value.label.get(language).to_owned())
        };
        if let Some(phase) = self.from() {
            let name = label(metamodel.0.phase, phase).unwrap_or_else(|| phase.to_owned());
            parts.push(format!("{} {name}", words.from_phase));
        }
        if let Some(gate) = self.gate() {
            let (before, after) = words.or_for_gate;
            let name = match label(metamodel.0.gate, gate) {
                Some(label) => format!("{gate} ({label})"),
                None => gate.to_owned(),
            };
            parts.push(format!("{before} {name} {after}"));
        }
        parts.join(", ")
    }
}

fn plural<'m>(metamodel: &'m Metamodel, kind: &'m str, language: Language) -> &'m str {
    let declared = metamodel.0.kinds.iter().find(|declared| declared.name == kind);
    let label = declared.map(|declared| declared.plural.get(language));
    label.filter(|label| !label.is_empty()).unwrap_or(kind)
}

#[derive(Serialize)]
struct RuleJson<'r> {
    rule: &'r str,
    pack: &'r str,
    version: &'r str,
    title: &'r Text,
    severity: Severity,
    each: Vec<&'r str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    from: Option<&'r str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    gate: Option<&'r str>,
    #[serde(rename = "let", skip_serializing_if = "Vec::is_empty")]
    lets: Vec<Let<'r>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    when: Option<&'r str>,
    require: &'r str,
    deviations: bool,
    why: &'r Text,
    remedy: &'r Text,
    #[serde(skip_serializing_if = "Text::is_empty")]
    source: &'r Text,
    tags: &'r [String],
    meanings: Vec<Meaning>,
    #[serde(skip_serializing_if = "Option::is_none")]
    outline: Option<Outline>,
}

#[derive(Serialize)]
struct Let<'r> {
    name: &'r str,
    text: &'r str,
}

impl<'r> RuleJson<'r> {
    fn of(rule: &Rule<'r>) -> Self {
        Self {
            rule: rule.full_id(),
            pack: rule.pack().id(),
            version: rule.pack().version(),
            title: rule.title(),
            severity: rule.severity(),
            each: rule.kinds(),
            from: rule.from(),
            gate: rule.gate(),
            lets: rule.lets().map(|(name, text)| Let { name, text }).collect(),
            when: rule.when(),
            require: rule.require(),
            deviations: rule.allows_deviations(),
            why: rule.why(),
            remedy: rule.remedy(),
            source: rule.source(),
            tags: rule.tags(),
            meanings: rule.meanings(),
            outline: rule.outline(),
        }
    }
}

fn pretty(value: &impl Serialize) -> String {
    let mut json = serde_json::to_string_pretty(value).unwrap_or_default();
    json.push('\n');
    json
}
