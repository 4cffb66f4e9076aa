//! A reference of rules as a folder of static pages: an index to search in, and a page for every rule, in
//! every language.

use super::html::words::PageWords;
use super::html::{PAGE_STYLE, STYLE, page};
use super::markup::{Markup, el};
use super::words::Words;
use crate::eval::{Verdict, judge};
use crate::explain::{Outline, Part, PartKind};
use crate::limits::Limits;
use crate::model::Model;
use crate::pack::{Example, Pack};
use crate::plan::{Rule, RuleSet};
use crate::report::explanation::meanings_said;
use crate::text::{Language, Text};
use crate::value::Date;

const REFERENCE_STYLE: &str = include_str!("reference/reference.css");
const SEARCH: &str = include_str!("reference/search.js");
const STYLES: &[&str] = &[PAGE_STYLE, STYLE, REFERENCE_STYLE];

/// A page of a reference.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ReferencePage {
    /// Where it goes, from the folder of the reference, with `/`: `nl/slim-invoeren/goal-owned.html`.
    pub path: String,
    /// The page. It links to pages of the same reference only, and loads nothing.
    pub html: String,
}

impl RuleSet {
    /// A page for every rule in every language, with an index of each language and a first page,
    /// `index.html`.
    ///
    /// A rule's page holds its title, why and remedy, the condition in words and as written, what the names
    /// in it stand for, and of its examples one that passes and one that fails.
    ///
    /// ```
    /// use spelregel::{Metamodel, Pack, RuleSet, Settings};
    /// let pack = Pack::shipped("slim-invoeren").ok_or("not shipped")??;
    /// let rules = RuleSet::compile(&Metamodel::standard(), [pack], &Settings::default())?;
    /// let pages = rules.reference();
    /// assert!(pages.iter().any(|page| page.path == "nl/slim-invoeren/commissioner-from-mt.html"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn reference(&self) -> Vec<ReferencePage> {
        let mut pages = vec![first_page()];
        for language in Language::ALL {
            let cx = Cx { rules: self, language, words: PageWords::of(language) };
            pages.push(cx.index());
            pages.extend(self.rules().map(|rule| cx.rule(&rule)));
        }
        pages
    }
}

/// The page that leads to the languages.
fn first_page() -> ReferencePage {
    let languages = Language::ALL.map(|language| {
        let words = PageWords::of(language);
        let href = format!("{}/index.html", language.code());
        let link = el("a").attr("href", &href).attr("lang", language.code()).text(words.all_rules);
        el("li").children([link])
    });
    let title = Language::ALL.map(|language| PageWords::of(language).all_rules).join(" / ");
    let content = [el("h1").text(&title), el("ul").children(languages)];
    let content = el("main").class("spelregel").children(content);
    ReferencePage {
        path: "index.html".to_owned(),
        html: page(Language::default(), &title, STYLES, &content),
    }
}

struct Cx<'r> {
    rules: &'r RuleSet,
    language: Language,
    words: &'static PageWords,
}

impl Cx<'_> {
    fn index(&self) -> ReferencePage {
        let words = self.words;
        let packs = self.rules.packs().iter().map(|pack| self.pack(pack));
        let contents = self.rules.packs().iter().map(|pack| self.contents(pack));
        let contents = el("ul").class("contents").children(contents);
        let search = el("label").attr("hidden", "").attr("id", "search").children([
            Markup::text(words.search),
            Markup::text(" "),
            el("input").attr("type", "search").attr("autocomplete", "off").done(),
        ]);
        let nothing = el("p").attr("hidden", "").attr("id", "nothing").text(words.nothing_found);
        let languages = self.languages("index.html", "../");
        let top = [languages, el("h1").text(words.all_rules), contents, search, nothing];
        let main = el("main").class("spelregel").children(top.into_iter().chain(packs));
        let content = Markup::all([main, el("script").child(&Markup::own(SEARCH)).done()]);
        ReferencePage {
            path: format!("{}/index.html", self.language.code()),
            html: page(self.language, words.all_rules, STYLES, &content),
        }
    }

    /// A link to a pack further down, with the number of its rules.
    fn contents(&self, pack: &Pack) -> Markup {
        let rules = self.rules.rules().filter(|rule| rule.pack().id() == pack.id()).count();
        if rules == 0 {
            return Markup::default();
        }
        let link = el("a").attr("href", &format!("#{}", pack.id()));
        el("li").children([
            link.text(pack.title().get(self.language)),
            Markup::text(&format!(" ({rules})")),
        ])
    }

    /// A pack with its rules; nothing of one that has none.
    fn pack(&self, pack: &Pack) -> Markup {
        let rules: Vec<Markup> = self
            .rules
            .rules()
            .filter(|rule| rule.pack().id() == pack.id())
            .map(|rule| self.entry(&rule))
            .collect();
        if rules.is_empty() {
            return Markup::default();
        }
        let id = format!("{} {}", pack.id(), pack.version());
        el("section").attr("id", pack.id()).children([
            el("h2").text(pack.title().get(self.language)),
            el("p").class("origin").text(&id),
            self.pack_source(pack),
            el("ul").class("rules").children(rules),
        ])
    }

    /// Where the rules of a pack come from, which tells what their sources abbreviate.
    fn pack_source(&self, pack: &Pack) -> Markup {
        if pack.source().is_empty() {
            return Markup::default();
        }
        el("p").class("origin").text(pack.source().get(self.language))
    }

    /// A rule in the index, with the words by which it is found.
    fn entry(&self, rule: &Rule<'_>) -> Markup {
        let texts = [rule.why(), rule.remedy(), rule.source()].map(|text| text.get(self.language));
        let found_by = texts.into_iter().chain(rule.tags().iter().map(String::as_str));
        let found_by: Vec<&str> = found_by.collect();
        let href = format!("{}/{}.html", rule.pack().id(), rule.id());
        let title = el("a").attr("href", &href).text(rule.title().get(self.language));
        let id = el("span").class("origin").text(rule.id());
        el("li").attr("data-words", &found_by.join(" ")).children([
            self.severity(rule),
            Markup::text(" "),
            title,
            Markup::text(" "),
            id,
        ])
    }

    fn severity(&self, rule: &Rule<'_>) -> Markup {
        let severity = rule.severity();
        let class = format!("mark {}", severity.as_str());
        el("span").class(&class).text(Words::of(self.language).severity(severity))
    }

    fn rule(&self, rule: &Rule<'_>) -> ReferencePage {
        let own = Words::of(self.language);
        let file = format!("{}/{}.html", rule.pack().id(), rule.id());
        let title = rule.title().get(self.language);
        let index = format!("../index.html#{}", rule.pack().id());
        let back = el("a").attr("href", &index).text(rule.pack().title().get(self.language));
        let mut facts = vec![(own.applies_to, rule.applies_to(self.language))];
        if !rule.tags().is_empty() {
            facts.push((own.tags, rule.tags().join(", ")));
        }
        if !rule.source().is_empty() {
            facts.push((self.words.source, rule.source().get(self.language).to_owned()));
        }
        let facts = facts
            .into_iter()
            .flat_map(|(label, text)| [el("dt").text(label), el("dd").text(&text)]);
        let pack_source = el("dd").class("origin").text(rule.pack().source().get(self.language));
        let has_both = !rule.source().is_empty() && !rule.pack().source().is_empty();
        let facts = facts.chain(has_both.then_some(pack_source));
        let head = el("header").children([
            self.languages(&file, "../../"),
            el("p").children([back]),
            el("h1").text(title),
            el("p").children([
                self.severity(rule),
                Markup::text(" "),
                el("code").text(rule.full_id()),
            ]),
            el("dl").children(facts),
        ]);
        let deviations = if rule.allows_deviations() {
            Markup::default()
        } else {
            el("p").text(own.refuses_deviations)
        };
        let content = el("main").class("spelregel").children([
            head,
            deviations,
            self.reasons(rule),
            self.outline(rule),
            self.condition(rule),
            self.examples(rule),
        ]);
        ReferencePage {
            path: format!("{}/{file}", self.language.code()),
            html: page(self.language, title, STYLES, &content),
        }
    }

    /// Links to the same page in the other languages.
    fn languages(&self, file: &str, up: &str) -> Markup {
        let others = Language::ALL.into_iter().filter(|other| *other != self.language);
        el("nav").children(others.map(|other| {
            let href = format!("{up}{}/{file}", other.code());
            let link = el("a").attr("href", &href).attr("lang", other.code());
            link.attr("hreflang", other.code()).text(PageWords::of(other).language)
        }))
    }

    fn reasons(&self, rule: &Rule<'_>) -> Markup {
        let own = Words::of(self.language);
        let texts: [(_, &Text); 2] = [(own.why, rule.why()), (own.remedy, rule.remedy())];
        let texts = texts.into_iter().filter(|(_, text)| !text.is_empty());
        el("dl").class("reasons").children(texts.flat_map(|(label, text)| {
            [el("dt").text(label), el("dd").text(text.get(self.language))]
        }))
    }

    /// The condition in words.
    fn outline(&self, rule: &Rule<'_>) -> Markup {
        let Some(outline) = self.rules.outline(rule.full_id()) else { return Markup::default() };
        let Outline { due, when, require, .. } = &outline;
        let mut parts = vec![el("h2").text(self.words.in_words)];
        let applies: Vec<&Part> = due.iter().chain(when).collect();
        if !applies.is_empty() {
            parts.push(el("h3").text(self.words.applies_if));
            parts.push(self.parts(&applies));
        }
        parts.push(el("h3").text(self.words.must_hold));
        parts.push(self.parts(&[require]));
        let meanings = meanings_said(&outline, self.language);
        if !meanings.is_empty() {
            parts.push(el("h3").text(Words::of(self.language).in_which));
            parts.push(self.parts(&meanings));
        }
        el("section").class("outline").children(parts)
    }

    /// What must hold together needs no line that says so.
    fn parts(&self, parts: &[&Part]) -> Markup {
        let mut flat = Vec::new();
        flatten(parts, &mut flat);
        el("ul").children(flat.into_iter().map(|part| {
            let sentence = Markup::text(part.sentence.get(self.language));
            let inner = inner(part);
            let below = if inner.is_empty() { Markup::default() } else { self.parts(&inner) };
            el("li").children([sentence, below])
        }))
    }

    /// The condition as written, with what the names in it stand for.
    fn condition(&self, rule: &Rule<'_>) -> Markup {
        let own = Words::of(self.language);
        let code = |name: &str, text: &str| {
            let text = el("pre").children([el("code").children([Markup::lines(text)])]);
            Markup::all([el("p").children([el("code").text(name)]), text])
        };
        let mut parts = vec![el("h2").text(own.condition)];
        parts.extend(rule.lets().map(|(name, text)| code(&format!("let {name}"), text)));
        parts.extend(rule.when().map(|text| code("when", text)));
        parts.push(code("require", rule.require()));
        let meanings = rule.meanings();
        if !meanings.is_empty() {
            parts.push(el("h3").text(own.in_which));
        }
        for meaning in &meanings {
            let label = meaning.label.get(self.language);
            let name = if label.is_empty() {
                meaning.name.clone()
            } else {
                format!("{} ({label})", meaning.name)
            };
            parts.push(code(&name, &meaning.text));
        }
        el("section").children(parts)
    }

    /// An example that passes and one that fails.
    fn examples(&self, rule: &Rule<'_>) -> Markup {
        let wanted = [(Verdict::Pass, self.words.passes), (Verdict::Fail, self.words.fails)];
        el("section").children(wanted.into_iter().flat_map(|(verdict, title)| {
            let shows = |example: &&Example| {
                example.expect.iter().any(|(_, expected)| expected.value == verdict.as_str())
            };
            let example = rule.examples().iter().find(shows);
            example.into_iter().flat_map(move |example| self.example(rule, example, title))
        }))
    }

    fn example(&self, rule: &Rule<'_>, example: &Example, title: &str) -> Vec<Markup> {
        let written = rule.pack().0.source.slice(example.span);
        let mut parts = vec![el("h2").text(title)];
        parts.push(el("pre").children([el("code").children([Markup::lines(&dedented(written))])]));
        let found = self.findings(rule, example);
        if !found.is_empty() {
            parts.push(el("p").class("label").text(self.words.what_it_says));
            parts.push(el("ul").children(found.iter().map(|message| el("li").text(message))));
        }
        parts
    }

    /// What the rule says of the example.
    fn findings(&self, rule: &Rule<'_>, example: &Example) -> Vec<String> {
        let model = Model::from_tree(
            self.rules.metamodel(),
            &rule.pack().0.source,
            &example.model,
            &Limits::default(),
        );
        let at = example.at.value.parse::<Date>();
        let (Ok(model), Ok(at)) = (model, at) else { return Vec::new() };
        let gate = example.gate.as_ref();
        let gate = gate.and_then(|gate| self.rules.metamodel().gate_position(&gate.value));
        let position = Some(rule.position());
        let judgements = judge(self.rules, &model, at.timestamp(), gate, position);
        let messages = judgements.into_iter().filter(|j| j.verdict.is_finding()).map(|judgement| {
            let mut text = Text::default();
            for (language, message) in judgement.messages {
                *text.slot(language) = Some(message);
            }
            text.get(self.language).to_owned()
        });
        messages.collect()
    }
}

fn flatten<'p>(parts: &[&'p Part], flat: &mut Vec<&'p Part>) {
    for part in parts {
        if part.kind == PartKind::AllOf {
            flatten(&part.parts.iter().collect::<Vec<_>>(), flat);
        } else {
            flat.push(part);
        }
    }
}

/// The parts that a part is made of, but for those that only carry a value.
fn inner(part: &Part) -> Vec<&Part> {
    let parts = match part.parts.as_slice() {
        [only] if part.kind == PartKind::Not && only.kind == PartKind::AnyOf => &only.parts,
        _ => &part.parts,
    };
    parts.iter().filter(|p| !matches!(p.kind, PartKind::Value | PartKind::Range)).collect()
}

/// Lines after the first, moved to the left as far as they go together.
fn dedented(text: &str) -> String {
    let indent = |line: &str| line.len() - line.trim_start().len();
    let later = text.lines().skip(1).filter(|line| !line.trim().is_empty());
    let margin = later.map(indent).min().unwrap_or(0).saturating_sub(2);
    let mut lines = text.lines();
    let first = lines.next().unwrap_or_default().to_owned();
    let later = lines.map(|line| line.get(margin..).unwrap_or_default().trim_end());
    later.fold(first, |text, line| format!("{text}\n{line}")).trim_end().to_owned()
}
