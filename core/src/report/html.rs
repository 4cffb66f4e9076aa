//! Reports as HTML: one page to read, to print and to take to a meeting, without a script.

pub(super) mod words;

use self::words::PageWords;
use super::markup::{Markup, el};
use super::telling::{Group, InTheWay, Section, Telling, number};
use super::{Finding, Missing, ProgrammeNote, Readiness, Report};
use crate::eval::Verdict;
use crate::pack::Severity;
use crate::text::Language;

/// How a page looks, whatever theme it stands in. Without it the page reads as well.
pub(super) const STYLE: &str = include_str!("html/report.css");
/// What only a page of its own may say: its margins, and that it follows the reader's theme.
pub(super) const PAGE_STYLE: &str = include_str!("html/page.css");

/// How many witnesses are shown beside one finding.
const MOST_WITNESSES: usize = 10;
/// How many questions are shown beside one finding; the list of facts has them all.
const MOST_QUESTIONS: usize = 10;

impl Report {
    /// The report as one self-contained page: it loads nothing, runs nothing, follows the reader's light
    /// or dark theme, and prints.
    ///
    /// What the language has no text for is shown in the other one.
    ///
    /// ```
    /// use spelregel::{Language, Metamodel, Model, Options, Pack, RuleSet, Settings, Source};
    /// let pack = Pack::shipped("slim-invoeren").ok_or("not shipped")??;
    /// let rules = RuleSet::compile(&Metamodel::standard(), [pack], &Settings::default())?;
    /// let model = Model::load(rules.metamodel(), [Source::new("m.yaml", "programmes: [{id: p}]")])?;
    /// let report = rules.check(&model, &Options::at("2026-06-01".parse()?));
    /// assert!(report.to_html(Language::Nl).starts_with("<!DOCTYPE html>\n<html lang=\"nl\">"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn to_html(&self, language: Language) -> String {
        let telling = Telling::new(self, language);
        let title = format!("{} {}", telling.words.title, self.receipt.at);
        let view = View { telling };
        page(language, &title, &[PAGE_STYLE, STYLE], &el("main").child(&view.report()).done())
    }

    /// The report as a piece of HTML for a page or notebook of others, in whose colours it shows.
    pub fn to_html_fragment(&self, language: Language) -> String {
        let view = View { telling: Telling::new(self, language) };
        let style = el("style").child(&Markup::own(STYLE)).done();
        Markup::all([style, view.report()]).into_string()
    }
}

/// A whole page around its content.
pub(super) fn page(
    language: Language,
    title: &str,
    styles: &[&'static str],
    content: &Markup,
) -> String {
    let head = el("head").children([
        el("meta").attr("charset", "utf-8").done(),
        el("meta")
            .attr("name", "viewport")
            .attr("content", "width=device-width, initial-scale=1")
            .done(),
        el("meta").attr("name", "color-scheme").attr("content", "light dark").done(),
        el("title").text(title),
        el("style").children(styles.iter().copied().map(Markup::own)),
    ]);
    let body = el("body").child(content).done();
    let html = el("html").attr("lang", language.code()).children([head, body]);
    format!("<!DOCTYPE html>\n{}", html.into_string())
}

/// A report on its way to HTML.
pub(super) struct View<'a> {
    pub(super) telling: Telling<'a>,
}

impl<'a> View<'a> {
    fn report(&self) -> Markup {
        let sections = self.telling.sections();
        let sections = sections.iter().map(|section| self.section(section));
        el("div").class("spelregel").children(
            [self.header(), self.overview()]
                .into_iter()
                .chain(sections)
                .chain([self.missing(), self.receipt()]),
        )
    }

    fn header(&self) -> Markup {
        let telling = self.telling;
        let scope = telling
            .scope()
            .into_iter()
            .flat_map(|(label, list)| [el("dt").text(label), el("dd").text(&list.join(", "))]);
        el("header").children([
            el("h1").text(telling.words.title),
            el("p").text(&telling.checked()),
            el("p").class("total").text(&telling.closing()),
            el("dl").children(scope),
        ])
    }

    /// How many verdicts of which sort each programme has.
    fn overview(&self) -> Markup {
        let (words, report) = (self.telling.words, self.telling.report);
        let head = |text: &str| el("th").attr("scope", "col").text(text);
        let severities = Severity::ALL.map(|severity| words.severities(severity).many());
        let columns = [PageWords::of(self.telling.language).programme]
            .into_iter()
            .chain(severities)
            .chain([words.unknown, words.deviations.many(), words.passed]);
        let rows = report.programmes.iter().map(|programme| {
            let id = &programme.element.id;
            let own: Vec<&Finding> =
                report.findings.iter().filter(|f| f.programmes.contains(id)).collect();
            let count = |is: &dyn Fn(&Finding) -> bool| own.iter().filter(|f| is(f)).count();
            let failing = Severity::ALL.map(|severity| {
                count(&|f| {
                    f.severity == severity && matches!(f.verdict, Verdict::Fail | Verdict::Error)
                })
            });
            let beside = [Verdict::Unknown, Verdict::Waived]
                .map(|verdict| count(&|finding| finding.verdict == verdict));
            let passed = report.counts.programmes.iter().find(|count| count.name == *id);
            let passed = passed.map_or(0, |count| count.verdicts.pass);
            let numbers = failing.into_iter().chain(beside).map(number).chain([passed]);
            let name = programme.element.name.as_ref().unwrap_or(id);
            let name = el("th").attr("scope", "row").text(name);
            el("tr").children([name].into_iter().chain(numbers.map(|number| {
                let class = if number == 0 { "number none" } else { "number" };
                el("td").class(class).text(&number.to_string())
            })))
        });
        let rows: Vec<Markup> = rows.collect();
        if rows.is_empty() {
            return Markup::default();
        }
        let table = el("table").class("overview").children([
            el("thead").child(&el("tr").children(columns.map(head))).done(),
            el("tbody").children(rows),
        ]);
        el("div").class("wide").child(&table).done()
    }

    fn section(&self, section: &Section<'a>) -> Markup {
        let (telling, words) = (self.telling, self.telling.words);
        let title = match section.programme {
            Some(programme) => telling.programme(programme),
            None => words.outside_programmes.to_owned(),
        };
        let mut parts = vec![el("h2").text(&title)];
        parts.extend(section.programme.map(|programme| self.asked_gate(programme)));
        if section.groups.is_empty() {
            parts.push(el("p").text(telling.nothing_here()));
        }
        parts.extend(section.groups.iter().map(|group| self.group(group, section.programme)));
        parts.extend(section.programme.map(|programme| self.gates(programme)));
        el("section").children(parts)
    }

    /// What stands in the way of the gate that was asked for.
    fn asked_gate(&self, programme: &'a ProgrammeNote) -> Markup {
        let (telling, words) = (self.telling, self.telling.words);
        let Some(asked) = &telling.report.receipt.gate else { return Markup::default() };
        let gate = telling.gate(asked);
        let Some(InTheWay { gate: readiness, to_solve, to_find_out }) =
            telling.asked_gate(programme)
        else {
            return el("p").text(&format!("{gate} {}", words.not_ahead));
        };
        let state = format!("{gate}: {}", telling.readiness(readiness));
        let mut parts = vec![el("h3").text(&state)];
        if !to_solve.is_empty() {
            parts.push(el("h4").text(words.to_solve));
            parts.push(self.brief(&to_solve));
        }
        if !to_find_out.is_empty() {
            parts.push(el("h4").text(&telling.fact_count(to_find_out.len())));
            parts.push(self.facts(to_find_out.iter()));
        }
        el("div").class("asked").children(parts)
    }

    pub(super) fn group(&self, group: &Group<'_>, home: Option<&ProgrammeNote>) -> Markup {
        let (telling, first) = (self.telling, group.first);
        let title = el("h3").children([
            self.mark(first),
            Markup::text(" "),
            Markup::text(telling.pick(&first.title)),
        ]);
        let origin = el("p").class("origin").text(&telling.origin(first));
        let findings = group.findings.iter().map(|finding| self.finding(finding, home));
        let explanation = group.explanation(telling.words);
        let explanation = if explanation.is_empty() {
            Markup::default()
        } else {
            el("dl").class("why").children(explanation.into_iter().flat_map(|(label, text)| {
                [el("dt").text(label), el("dd").text(telling.pick(text))]
            }))
        };
        el("article")
            .class(look(first))
            .children([title, origin].into_iter().chain(findings).chain([explanation]))
    }

    /// `✗ error`, in the colour of the severity.
    fn mark(&self, finding: &Finding) -> Markup {
        el("span").class(&format!("mark {}", look(finding))).text(&self.telling.mark(finding))
    }

    fn finding(&self, finding: &Finding, home: Option<&ProgrammeNote>) -> Markup {
        let (telling, words) = (self.telling, self.telling.words);
        let mut who = vec![el("strong").text(&telling.whom_under(finding, home))];
        if let Some(position) = &finding.position {
            who.push(Markup::text(" "));
            who.push(el("span").class("place").text(&telling.place(position)));
        }
        let mut parts = vec![el("p").children(who)];
        let mut line = |label: &str, text: &str| {
            if !text.is_empty() {
                let label = if label.is_empty() { String::new() } else { format!("{label} ") };
                let label = el("span").class("label").text(&label);
                parts.push(el("p").children([label, Markup::text(text)]));
            }
        };
        line("", telling.pick(&finding.message));
        if let Some(error) = &finding.error {
            line(words.problem, telling.pick(error));
        }
        line(words.look_at, &telling.witnesses(finding, MOST_WITNESSES).join(", "));
        if let Some(deviation) = &finding.deviation {
            line(&format!("{}:", telling.deviation(deviation)), &deviation.reason);
        }
        match telling.questions(finding, MOST_QUESTIONS).as_slice() {
            [] => {}
            [only] => line(words.ask, only),
            several => {
                line(words.ask, " ");
                let items = several.iter().map(|question| el("li").text(question));
                parts.push(el("ul").children(items));
            }
        }
        let id = format!("spelregel-{}", finding.fingerprint);
        el("div").class("finding").attr("id", &id).children(parts)
    }

    fn gates(&self, programme: &'a ProgrammeNote) -> Markup {
        let telling = self.telling;
        let rows: Vec<Markup> =
            telling.other_gates(programme).map(|gate| self.gate(gate)).collect();
        if rows.is_empty() {
            return Markup::default();
        }
        let table = el("table").class("gates").child(&el("tbody").children(rows)).done();
        el("div").class("ahead").children([el("h3").text(telling.words.gates_ahead), table])
    }

    fn gate(&self, gate: &'a Readiness) -> Markup {
        let telling = self.telling;
        let (findings, facts) = telling.on_top(gate);
        let mut parts = vec![el("p").text(&telling.readiness(gate))];
        if !findings.is_empty() {
            parts.push(self.brief(&findings));
        }
        if !facts.is_empty() {
            parts.push(el("p").text(&telling.fact_count(facts.len())));
            parts.push(self.facts(facts.into_iter()));
        }
        el("tr").children([
            el("th").attr("scope", "row").text(&telling.gate(&gate.gate)),
            el("td").children(parts),
        ])
    }

    /// A line for each rule: whom it is about, or how many.
    fn brief(&self, groups: &[Group<'_>]) -> Markup {
        let telling = self.telling;
        el("ul").class("brief").children(groups.iter().map(|group| {
            let title = telling.pick(&group.first.title);
            let text = format!(" {title} ({})", telling.whom_all(group));
            el("li").children([self.mark(group.first), Markup::text(&text)])
        }))
    }

    fn missing(&self) -> Markup {
        let missing = self.telling.missing();
        if missing.is_empty() {
            return Markup::default();
        }
        let title = el("h2").text(&self.telling.fact_count(missing.len()));
        el("section").children([title, self.facts(missing.into_iter())])
    }

    fn facts<'m>(&self, facts: impl Iterator<Item = &'m Missing>) -> Markup {
        let telling = self.telling;
        el("ol").class("facts").children(facts.map(|fact| {
            let question = Markup::text(telling.pick(&fact.fact.question));
            let uses = el("span").class("use").text(&telling.use_of(fact));
            el("li").children([question, Markup::text(" "), uses])
        }))
    }

    /// What the report rests on, so that it can be made again.
    fn receipt(&self) -> Markup {
        let words = PageWords::of(self.telling.language);
        let receipt = &self.telling.report.receipt;
        let row = |name: &str, version: &str, hash: &str| {
            el("tr").children([
                el("th").attr("scope", "row").text(name),
                el("td").text(version),
                el("td").child(&el("code").text(hash)).done(),
            ])
        };
        let ingredient = |label: &str, one: &super::Ingredient| {
            row(&format!("{label} {}", one.id), &one.version, &one.sha256)
        };
        let mut rows = vec![row("Spelregel", &receipt.version, "")];
        rows.push(ingredient(words.metamodel, &receipt.metamodel));
        rows.extend(receipt.packs.iter().map(|pack| ingredient(words.pack, pack)));
        rows.extend(receipt.settings.iter().map(|hash| row(words.settings, "", hash)));
        rows.push(row(words.model, "", &receipt.model));
        let table = el("table").class("receipt").child(&el("tbody").children(rows)).done();
        el("footer").children([el("h2").text(words.receipt), table])
    }
}

/// The class that gives a finding its colour.
fn look(finding: &Finding) -> &'static str {
    match (finding.verdict, finding.severity) {
        (Verdict::Waived, _) => "waived",
        (_, Severity::Error) => "error",
        (_, Severity::Warning) => "warning",
        (_, Severity::Advice) => "advice",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample::{element, sample, sample_before_a_gate};
    use crate::text::Text;

    /// The page without its styles, which are files of their own.
    fn shown(report: &Report, language: Language) -> String {
        report.to_html(language).replace(STYLE, "…").replace(PAGE_STYLE, "…")
    }

    #[test]
    fn a_report_in_english() {
        insta::assert_snapshot!(shown(&sample(), Language::En));
    }

    #[test]
    fn a_report_in_dutch() {
        insta::assert_snapshot!(shown(&sample(), Language::Nl));
    }

    #[test]
    fn what_stands_in_the_way_of_a_gate() {
        insta::assert_snapshot!(shown(&sample_before_a_gate(), Language::Nl));
    }

    #[test]
    fn the_page_stands_on_its_own() {
        let page = sample().to_html(Language::En);
        for loads in ["<script", "<img", "src=", "url(", "@import", "http"] {
            assert!(!page.contains(loads), "{loads}");
        }
    }

    #[test]
    fn a_fragment_leaves_the_page_around_it_alone() {
        let fragment = sample().to_html_fragment(Language::En);
        assert!(!fragment.contains("<body") && !fragment.contains("color-scheme"), "{fragment}");
        let selectors = STYLE.lines().filter(|line| line.ends_with('{'));
        for selector in selectors.filter(|line| !line.starts_with('@')) {
            assert!(selector.trim_start().starts_with(".spelregel"), "{selector}");
        }
    }

    #[test]
    fn nothing_of_a_model_becomes_markup() {
        let mut report = sample();
        let nasty = "<script>alert(1)</script>\"'&\u{202e}".to_owned();
        report.findings[0].message = Text::both(nasty.clone(), nasty.clone());
        report.findings[0].element = Some(element("Person", &nasty, &nasty));
        report.findings[0].fingerprint = nasty.clone();
        report.programmes[0].element.name = Some(nasty.clone());
        report.receipt.packs[0].id = nasty;
        let html = report.to_html(Language::En);
        assert!(!html.contains("<script") && !html.contains('\u{202e}'), "{html}");
    }
}
