//! Pieces of HTML for notebooks and pages of others: in their colours, without a script, and readable where
//! styles are taken away.

use super::explanation::Lines;
use super::html::{STYLE, View};
use super::markup::{Markup, el};
use super::telling::{Telling, groups};
use super::text::page::Paint;
use super::words::Words;
use super::{Finding, Report};
use crate::explain::{Explanation, Outline};
use crate::metamodel::KindIdx;
use crate::model::Model;
use crate::plan::{Rule, RuleSet};
use crate::text::{Language, Text};

/// Names that are shown of each kind.
const EXAMPLES: usize = 3;

impl Report {
    /// One of the findings as a piece of HTML: what the rule wants, of whom, what is the matter, why and what to do.
    ///
    /// ```
    /// # use spelregel::{Language, Metamodel, Model, Options, Pack, RuleSet, Settings, Source};
    /// # let pack = Pack::shipped("slim-invoeren").ok_or("not shipped")??;
    /// # let rules = RuleSet::compile(&Metamodel::standard(), [pack], &Settings::default())?;
    /// # const TEXT: &str = "programmes: [{id: p, phase: design}]";
    /// # let model = Model::load(rules.metamodel(), [Source::new("m.yaml", TEXT)])?;
    /// let report = rules.check(&model, &Options::at("2026-06-01".parse()?));
    /// let html = report.finding_to_html(&report.findings[0], Language::En);
    /// assert!(html.contains("<article"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn finding_to_html(&self, finding: &Finding, language: Language) -> String {
        let view = View { telling: Telling::new(self, language) };
        let articles =
            groups(std::iter::once(finding)).iter().map(|g| view.group(g, None)).collect();
        fragment(language, articles)
    }
}

impl Model {
    /// The model as a piece of HTML: how many elements of each kind there are, and some of their names.
    ///
    /// ```
    /// # use spelregel::{Language, Metamodel, Model, Source};
    /// let source = Source::new("m.yaml", "goals: [{id: co2, name: Minder uitstoot}]");
    /// let model = Model::load(&Metamodel::standard(), [source])?;
    /// assert!(model.to_html_fragment(Language::Nl).contains("Minder uitstoot"));
    /// # Ok::<(), spelregel::Diagnostics>(())
    /// ```
    pub fn to_html_fragment(&self, language: Language) -> String {
        let words = FragmentWords::of(language);
        let v = &*self.vocabulary().0;
        let counts =
            [count(self.element_count(), words.elements), count(self.link_count(), words.links)];
        let total = el("p").class("total").text(&counts.join(", "));
        let kinds = v.kinds.indices().filter(|kind| !self.elements_of(*kind).is_empty());
        let rows: Vec<Markup> = kinds.map(|kind| kind_row(self, kind, language)).collect();
        let table = table([words.kind, words.number, words.among_others], rows);
        let warnings = self.warnings().map_or_else(Markup::default, |warnings| {
            let label = count(warnings.len(), words.warnings);
            let items = warnings.iter().map(|warning| el("li").text(&warning.message));
            el("details").children([el("summary").text(&label), el("ul").children(items)])
        });
        fragment(language, vec![total, table, warnings])
    }
}

fn kind_row(model: &Model, kind: KindIdx, language: Language) -> Markup {
    let declared = &model.vocabulary().0.kinds[kind];
    let plural = declared.plural.get(language);
    let plural = if plural.is_empty() { &declared.name } else { plural };
    let number = model.members(kind).count();
    let names = model.members(kind).take(EXAMPLES).map(|element| model.display_name(element));
    let mut names = names.collect::<Vec<String>>().join(", ");
    if number > EXAMPLES {
        names.push_str(", …");
    }
    el("tr").children([
        el("th").attr("scope", "row").text(plural),
        el("td").class("number").text(&number.to_string()),
        el("td").text(&names),
    ])
}

impl RuleSet {
    /// The rules as a piece of HTML: a table for each pack, with what each rule wants and how bad it is if not.
    ///
    /// ```
    /// # use spelregel::{Language, Metamodel, Pack, RuleSet, Settings};
    /// let pack = Pack::shipped("slim-invoeren").ok_or("not shipped")??;
    /// let rules = RuleSet::compile(&Metamodel::standard(), [pack], &Settings::default())?;
    /// assert!(rules.to_html_fragment(Language::En).contains("commissioner-from-mt"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn to_html_fragment(&self, language: Language) -> String {
        let words = FragmentWords::of(language);
        let rules: Vec<Rule<'_>> = self.rules().collect();
        let packs = rules.chunk_by(|a, b| a.pack().id() == b.pack().id());
        let packs = packs.map(|rules| pack(rules, words, language));
        let total = el("p").class("total").text(&count(rules.len(), words.rules));
        fragment(language, std::iter::once(total).chain(packs).collect())
    }
}

/// The rules of a pack, folded away.
fn pack(rules: &[Rule<'_>], words: &FragmentWords, language: Language) -> Markup {
    let Some(first) = rules.first() else { return Markup::default() };
    let title = format!(
        "{} ({} {}): {}",
        first.pack().title().get(language),
        first.pack().id(),
        first.pack().version(),
        count(rules.len(), words.rules)
    );
    let rows = rules.iter().map(|rule| {
        let severity = rule.severity();
        let class = format!("mark {}", severity.as_str());
        let mark = el("span").class(&class).text(Words::of(language).severity(severity));
        el("tr").children([
            el("td").child(&mark).done(),
            el("td").text(rule.title().get(language)),
            el("td").child(&el("code").text(rule.id())).done(),
        ])
    });
    let table = table([words.severity, words.wanted, words.id], rows.collect());
    el("details").children([el("summary").text(&title), table])
}

impl Explanation {
    /// The explanation as a piece of HTML: every part in words, with what it came to.
    pub fn to_html_fragment(&self, language: Language) -> String {
        let mut tree = Tree::default();
        self.print(&mut tree, language);
        let origin = format!("{} · {} {}", self.rule, Words::of(language).checked_at, self.at);
        told(language, &self.title, Some(&origin), tree)
    }
}

impl Outline {
    /// The outline as a piece of HTML.
    pub fn to_html_fragment(&self, language: Language) -> String {
        let mut tree = Tree::default();
        self.print(&mut tree, language);
        told(language, &self.title, None, tree)
    }
}

fn told(language: Language, title: &Text, origin: Option<&str>, tree: Tree) -> String {
    let origin = origin.map_or_else(Markup::default, |text| el("p").class("origin").text(text));
    let title = el("h3").text(title.get(language));
    fragment(language, vec![title, origin, tree.done()])
}

/// Lines on their way to lists in lists.
#[derive(Default)]
struct Tree {
    lines: Vec<Line>,
}

struct Line {
    indent: usize,
    content: Markup,
    is_heading: bool,
}

impl Lines for Tree {
    fn blank(&mut self) {}

    fn paragraph(&mut self, indent: usize, label: &str, text: &str, paint: Paint) {
        // A hyphen is the bullet of a list.
        let label = if label == "-" { "" } else { label };
        let label = if label.is_empty() {
            Markup::default()
        } else {
            let class = match label {
                "✗" | "!" => "value error",
                "?" => "value warning",
                _ => "value",
            };
            Markup::all([el("span").class(class).text(label), Markup::text(" ")])
        };
        let text = match paint {
            Paint::Strong => el("strong").text(text),
            Paint::Faint => el("span").class("use").text(text),
            _ => Markup::text(text),
        };
        let content = Markup::all([label, text]);
        self.lines.push(Line { indent, content, is_heading: indent == 0 });
    }
}

impl Tree {
    fn done(self) -> Markup {
        let mut parts = Vec::new();
        let mut rest = self.lines.as_slice();
        while let Some((line, after)) = rest.split_first() {
            if line.is_heading {
                parts.push(el("p").child(&line.content).done());
                rest = after;
            } else {
                let end = rest.iter().position(|line| line.is_heading).unwrap_or(rest.len());
                let (list, after) = rest.split_at_checked(end).unwrap_or((rest, &[]));
                parts.push(listed(list));
                rest = after;
            }
        }
        Markup::all(parts)
    }
}

/// Lines as a list: those that stand further in are lists in the item before them.
///
/// The depth is that of a part in a condition, which is bounded.
fn listed(lines: &[Line]) -> Markup {
    let Some(first) = lines.first() else { return Markup::default() };
    let mut items = Vec::new();
    let mut rest = lines;
    while let Some((line, after)) = rest.split_first() {
        let end = after.iter().position(|one| one.indent <= first.indent).unwrap_or(after.len());
        let (below, next) = after.split_at_checked(end).unwrap_or((after, &[]));
        let below = listed(below);
        items.push(el("li").children([line.content.clone(), below]));
        rest = next;
    }
    el("ul").class("parts").children(items)
}

fn table<const N: usize>(heads: [&str; N], rows: Vec<Markup>) -> Markup {
    let heads = heads.map(|head| el("th").attr("scope", "col").text(head));
    let table = el("table").children([
        el("thead").child(&el("tr").children(heads)).done(),
        el("tbody").children(rows),
    ]);
    el("div").class("wide").child(&table).done()
}

/// The style with what it is for.
fn fragment(language: Language, parts: Vec<Markup>) -> String {
    let style = el("style").child(&Markup::own(STYLE)).done();
    let content = el("div").class("spelregel").attr("lang", language.code()).children(parts);
    Markup::all([style, content]).into_string()
}

fn count(number: usize, [one, many]: [&str; 2]) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

/// What only these pieces say.
struct FragmentWords {
    elements: [&'static str; 2],
    links: [&'static str; 2],
    rules: [&'static str; 2],
    warnings: [&'static str; 2],
    kind: &'static str,
    number: &'static str,
    among_others: &'static str,
    severity: &'static str,
    wanted: &'static str,
    id: &'static str,
}

impl FragmentWords {
    fn of(language: Language) -> &'static Self {
        match language {
            Language::En => &ENGLISH,
            Language::Nl => &DUTCH,
        }
    }
}

static ENGLISH: FragmentWords = FragmentWords {
    elements: ["element", "elements"],
    links: ["link", "links"],
    rules: ["rule", "rules"],
    warnings: ["warning", "warnings"],
    kind: "Kind",
    number: "Number",
    among_others: "Among others",
    severity: "Severity",
    wanted: "What it wants",
    id: "Rule",
};

static DUTCH: FragmentWords = FragmentWords {
    elements: ["element", "elementen"],
    links: ["relatie", "relaties"],
    rules: ["regel", "regels"],
    warnings: ["waarschuwing", "waarschuwingen"],
    kind: "Soort",
    number: "Aantal",
    among_others: "Onder andere",
    severity: "Ernst",
    wanted: "Wat de regel wil",
    id: "Regel",
};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample::sample;
    use crate::{Metamodel, Options, Pack, Settings, Source};

    #[test]
    fn pieces_read_without_style_and_run_nothing() {
        let pack = Pack::shipped("slim-invoeren").unwrap().unwrap();
        let rules = RuleSet::compile(&Metamodel::standard(), [pack], &Settings::default()).unwrap();
        let text = "goals: [{id: g, name: <script>}]\nprogrammes: [{id: p, phase: design}]";
        let model = Model::load(rules.metamodel(), [Source::new("m.yaml", text)]).unwrap();
        let options = Options::at("2026-06-01".parse().unwrap());
        let explained = rules.explain(&model, &options, "commissioner-from-mt", "p").unwrap();
        let report = sample();
        for language in Language::ALL {
            let pieces = [
                model.to_html_fragment(language),
                rules.to_html_fragment(language),
                explained.to_html_fragment(language),
                rules.outline("commissioner-from-mt").unwrap().to_html_fragment(language),
                report.finding_to_html(&report.findings[0], language),
            ];
            for piece in pieces {
                assert!(!piece.contains("<script"), "{piece}");
                assert!(!piece.contains("prefers-color-scheme"), "{piece}");
                assert_eq!(piece.matches("<ul").count(), piece.matches("</ul>").count());
            }
        }
        let html = explained.to_html_fragment(Language::En);
        let (_, body) = html.split_once("</style>").unwrap();
        insta::assert_snapshot!(body, @r#"
    <div class="spelregel" lang="en"><h3>The commissioner is one person and a member of the management team</h3>
    <p class="origin">slim-invoeren/commissioner-from-mt · Checked at 2026-06-01</p>
    <p><strong>programme p: fails</strong></p>
    <p><strong>Applies if</strong></p>
    <ul class="parts"><li><span class="value">✓</span> the programme is in phase design or later</li>
    </ul>
    <p><strong>What must hold</strong></p>
    <ul class="parts"><li><span class="value error">✗</span> the number of holders of the roles in the programme whose role type is official commissioner (where “as deputy”: no) is exactly 1 (found: none)</li>
    <li><span class="value">✓</span> each of the holders of the roles in the programme whose role type is official commissioner (where “as deputy”: no): there are one or more bodies of the person whose body type is management team (found: none)</li>
    </ul>
    </div>
    "#);
    }
}
