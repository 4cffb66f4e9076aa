//! A picture as SVG.
//!
//! Colours are plain attributes, which every program understands; classes override them where the reader's
//! system is dark. The classes carry a mark of the picture's content, as a page may hold several.

use std::collections::BTreeMap;
use std::fmt::Write;

use sha2::{Digest, Sha256};

use super::colour::{
    ADVICE, CARD, Colour, ERROR, INK, LANE, LINE, PAPER, RIM, SIGN, SOFT, WARNING, dark_rules,
};
use super::label::{lines, width_of};
use super::layout::{BOX_HEIGHT, BOX_WIDTH, LABELS, Layout, MARGIN, layout};
use super::marks::Mark;
use super::route::{Route, routes};
use super::select::{Edge, Network, Node};
use super::words::{Words, count};
use super::{Picture, Theme};
use crate::eval::Verdict;
use crate::metamodel::RelationIdx;
use crate::pack::Severity;
use crate::report::markup::{Element, Markup, el};
use crate::text::Text;

/// The dashes of lines: the relations with most links have one each, in this order, and all others the last.
const DASHES: [&str; 5] = ["none", "7 3", "2 3", "9 3 2 3", LAST_DASH];
const LAST_DASH: &str = "1 5";

impl Picture<'_> {
    /// The picture as SVG: a lane for each kind, elements as boxes, findings as marks on them, and a legend. What is
    /// under a pointer says its whole name and its findings; readers of screens hear the same.
    pub fn to_svg(&self) -> String {
        let drawing = Drawing::new(&self.network, self.theme);
        drawing.svg().into_string()
    }
}

struct Drawing<'a> {
    network: &'a Network<'a>,
    words: &'static Words,
    theme: Theme,
    /// What classes and ids of this picture start with.
    prefix: String,
    layout: Layout,
    /// The dash of each relation that is drawn, and how the legend calls it.
    dashes: BTreeMap<RelationIdx, &'static str>,
}

const HEADING: i64 = 58;
const LEGEND_LINE: i64 = 24;

impl<'a> Drawing<'a> {
    fn new(network: &'a Network<'a>, theme: Theme) -> Self {
        Self {
            network,
            words: Words::of(network.language),
            theme,
            prefix: prefix(network),
            layout: layout(network, HEADING),
            dashes: dashes(network),
        }
    }

    fn svg(&self) -> Markup {
        let edges = self.edges();
        let lanes = self.layout.lanes.iter().map(|lane| self.lane(lane));
        let lanes = el("g").children(lanes);
        let places = self.network.nodes.iter().zip(&self.layout.boxes);
        let boxes = el("g").children(places.map(|(node, place)| self.node(node, *place)));
        let (legend, height) = self.legend(self.layout.bottom + 8);
        let (width, height) = (self.layout.width, height + MARGIN);
        let (title, about) = (self.title(), self.about());
        let title_id = format!("{}title", self.prefix);
        let about_id = format!("{}about", self.prefix);
        let background = el("rect").attr("width", "100%").attr("height", "100%");
        let background = match self.theme {
            Theme::Neutral => Markup::default(),
            _ => self.fill(background, PAPER).done(),
        };
        let heading = Markup::all([
            self.text(&title, (MARGIN, 28), 18, INK, "600"),
            self.text(&about, (MARGIN, 47), 12, SOFT, "400"),
        ]);
        el("svg")
            .attr("xmlns", "http://www.w3.org/2000/svg")
            .attr("viewBox", &format!("0 0 {width} {height}"))
            .attr("width", &width.to_string())
            .attr("height", &height.to_string())
            .attr("style", "max-width:100%;height:auto")
            .attr("font-family", "system-ui, 'Segoe UI', Helvetica, Arial, sans-serif")
            .attr("role", "graphics-document")
            .attr("lang", self.network.language.code())
            .attr("aria-labelledby", &format!("{title_id} {about_id}"))
            .children([
                el("title").attr("id", &title_id).text(&clean(&title)),
                el("desc").attr("id", &about_id).text(&clean(&about)),
                self.style(),
                background,
                heading,
                lanes,
                edges,
                boxes,
                legend,
            ])
    }

    /// The one programme that is drawn, else how much.
    fn title(&self) -> String {
        let network = self.network;
        let focus: Vec<&Node> = network.nodes.iter().filter(|node| node.is_focus).collect();
        let named = match focus.as_slice() {
            [] => {
                let first =
                    network.model.vocabulary().kinds().next().map(crate::metamodel::Kind::name);
                let kind = |node: &&Node| Some(self.kind_name(node)) == first;
                let programmes: Vec<&Node> = network.nodes.iter().filter(kind).collect();
                programmes
            }
            focus => focus.to_vec(),
        };
        match named.as_slice() {
            [only] => network.model.display_name(only.element),
            _ => self.words.network.to_owned(),
        }
    }

    fn kind_name(&self, node: &Node) -> &str {
        &self.network.model.vocabulary().0.kinds[node.kind].name
    }

    /// How much is drawn, and what isn't.
    fn about(&self) -> String {
        let (network, words) = (self.network, self.words);
        if network.nodes.is_empty() {
            return words.nothing.to_owned();
        }
        let mut text = format!(
            "{}, {}",
            count(network.nodes.len(), words.element),
            count(network.edges.len(), words.link)
        );
        let marked = network.nodes.iter().filter(|node| node.mark.is_some()).count();
        if network.has_report {
            text = format!("{text}, {}", count(marked, words.with_findings));
        }
        let left_out = &network.left_out;
        if left_out.at_least {
            text = format!("{text}; {}", words.more_not_drawn);
        } else if left_out.elements > 0 {
            let more = count(left_out.elements, words.element);
            text = format!("{text}; {more} {}", words.not_drawn);
        }
        if left_out.links > 0 {
            text = format!("{text}; {} {}", count(left_out.links, words.link), words.not_drawn);
        }
        text
    }

    fn lane(&self, lane: &super::layout::Lane) -> Markup {
        let kind = &self.network.model.vocabulary().0.kinds[lane.kind];
        let band = el("rect")
            .attr("x", &(MARGIN / 2).to_string())
            .attr("y", &lane.top.to_string())
            .attr("width", &(self.layout.width - MARGIN).to_string())
            .attr("height", &lane.height.to_string())
            .attr("rx", "8");
        let mut parts = vec![self.fill(band, LANE).done()];
        let name = capitalised(kind.plural.get(self.network.language));
        let name = if name.is_empty() { kind.name.clone() } else { name };
        let names = lines(&name, LABELS - 12, 2);
        let mut y = lane.top + 30;
        for line in names {
            parts.push(self.text(&line, (MARGIN + 2, y), 13, INK, "600"));
            y += 16;
        }
        parts.push(self.text(&lane.count.to_string(), (MARGIN + 2, y), 12, SOFT, "400"));
        el("g").children(parts)
    }

    fn edges(&self) -> Markup {
        let routes = routes(&self.layout, &self.network.edges);
        let edges = self.network.edges.iter().zip(routes);
        let opacity = if self.network.edges.len() > 120 { "0.55" } else { "0.85" };
        el("g")
            .attr("fill", "none")
            .attr("stroke-width", "1.2")
            .attr("opacity", opacity)
            .children(edges.map(|(edge, route)| self.edge(edge, &route)))
    }

    fn edge(&self, edge: &Edge, route: &Route) -> Markup {
        let model = self.network.model;
        let relation = &model.vocabulary().0.relations[edge.relation];
        let name = |node: usize| {
            let node = self.network.nodes.get(node);
            node.map_or_else(String::new, |node| model.display_name(node.element))
        };
        let label = relation.label.get(self.network.language);
        let label = if label.is_empty() { &relation.name } else { label };
        let said = format!("{} – {label} – {}", name(edge.from), name(edge.to));
        let dash = self.dashes.get(&edge.relation).copied().unwrap_or("none");
        let line = self.stroke(el("path").attr("d", &route.line), LINE);
        let line = if dash == "none" { line } else { line.attr("stroke-dasharray", dash) };
        let head = self.fill(el("path").attr("d", &route.head), LINE);
        el("g").children([el("title").text(&clean(&said)), line.done(), head.done()])
    }

    fn node(&self, node: &Node, (x, y): (i64, i64)) -> Markup {
        let model = self.network.model;
        let name = model.display_name(node.element);
        let id = model.id_of(node.element);
        let kind = &model.vocabulary().0.kinds[node.kind];
        let label = kind.label.get(self.network.language);
        let mut said = format!("{label} “{name}” ({id})");
        for line in node.mark.iter().flat_map(|mark| &mark.lines) {
            said = format!("{said}\n{line}");
        }
        let card = el("rect")
            .attr("x", &x.to_string())
            .attr("y", &y.to_string())
            .attr("width", &BOX_WIDTH.to_string())
            .attr("height", &BOX_HEIGHT.to_string())
            .attr("rx", if node.is_focus { "14" } else { "6" });
        let (colour, width, dash) = match &node.mark {
            Some(mark) => look(mark),
            None if node.is_focus => (INK, "2.5", "none"),
            None => (RIM, "1", "none"),
        };
        let card = self.painted(card, Some(CARD), Some(colour)).attr("stroke-width", width);
        let card = if dash == "none" { card } else { card.attr("stroke-dasharray", dash) };
        let whole = el("title").child(&Markup::lines(&clean(&said))).done();
        let mut parts = vec![whole, card.done()];
        let names = lines(&name, BOX_WIDTH - 20, 2);
        let weight = if node.is_focus { "600" } else { "400" };
        let first = if names.len() > 1 { y + 20 } else { y + 27 };
        for (line, y) in names.iter().zip([first, first + 15]) {
            parts.push(self.text(line, (x + 10, y), 12, INK, weight));
        }
        if let Some(mark) = &node.mark {
            parts.push(self.badge(mark, (x + BOX_WIDTH - 6, y)));
        }
        el("g")
            .attr("role", "graphics-symbol")
            .attr("aria-label", &clean(&said).replace('\n', "; "))
            .children(parts)
    }

    /// `✗ 3` at the corner of a box.
    fn badge(&self, mark: &Mark, (right, y): (i64, i64)) -> Markup {
        let text = match mark.lines.len() {
            0 | 1 => mark.sign().to_owned(),
            several => format!("{} {several}", mark.sign()),
        };
        let width = width_of(&text).max(8) + 10;
        let (colour, ..) = look(mark);
        let pill = el("rect")
            .attr("x", &(right - width).to_string())
            .attr("y", &(y - 9).to_string())
            .attr("width", &width.to_string())
            .attr("height", "18")
            .attr("rx", "9");
        let label = self
            .words_at((right - width / 2, y + 4), 12, SIGN, "700")
            .attr("text-anchor", "middle")
            .text(&text);
        Markup::all([self.fill(pill, colour).done(), label])
    }

    /// What signs, borders and dashes mean, and where it ends.
    fn legend(&self, top: i64) -> (Markup, i64) {
        let mut items: Vec<(Markup, i64)> = Vec::new();
        let mut y = top + 12;
        let mut x = MARGIN;
        let right = self.layout.width - MARGIN;
        for (sample, text) in self.marks_told().into_iter().chain(self.relations_told()) {
            let width = 44 + width_of(&text) + 22;
            if x + width > right && x > MARGIN {
                x = MARGIN;
                y += LEGEND_LINE;
            }
            let words = self.text(&text, (x + 44, y + 4), 12, SOFT, "400");
            items.push((Markup::all([sample(self, (x, y)), words]), y));
            x += width;
        }
        let bottom = items.last().map_or(top, |(_, y)| y + LEGEND_LINE / 2);
        (el("g").children(items.into_iter().map(|(item, _)| item)), bottom)
    }

    /// The signs and borders that occur.
    fn marks_told(&self) -> Vec<(Sample<'a>, String)> {
        let marks = || self.network.nodes.iter().filter_map(|node| node.mark.as_ref());
        let mut told: Vec<(Sample<'a>, String)> = Vec::new();
        for severity in Severity::ALL {
            let of_it = |mark: &&Mark| mark.severity == severity && mark.verdict != Verdict::Waived;
            if marks().any(|mark| of_it(&mark)) {
                let sample = move |drawing: &Self, at| drawing.sample_card(severity, at);
                told.push((Box::new(sample), self.words.severity(severity).to_owned()));
            }
        }
        for verdict in [Verdict::Fail, Verdict::Error, Verdict::Unknown, Verdict::Waived] {
            if marks().any(|mark| mark.verdict == verdict) {
                let sign = crate::report::sign(verdict);
                let sample = move |drawing: &Self, (x, y): (i64, i64)| {
                    drawing
                        .words_at((x + 22, y + 4), 13, INK, "700")
                        .attr("text-anchor", "middle")
                        .text(sign)
                };
                told.push((Box::new(sample), self.words.verdict(verdict).to_owned()));
            }
        }
        told
    }

    fn relations_told(&self) -> Vec<(Sample<'a>, String)> {
        let v = &self.network.model.vocabulary().0;
        let label = |relation: RelationIdx| {
            let declared = &v.relations[relation];
            let label: &Text = &declared.label;
            let label = label.get(self.network.language);
            if label.is_empty() { declared.name.clone() } else { label.to_owned() }
        };
        DASHES
            .into_iter()
            .filter_map(|dash| {
                let mut relations = self.dashes.iter().filter(|(_, other)| **other == dash);
                let first = *relations.next()?.0;
                let text = match relations.next() {
                    None => label(first),
                    Some(_) => self.words.other_relations.to_owned(),
                };
                let sample = move |drawing: &Self, (x, y): (i64, i64)| {
                    let line = el("path").attr("d", &format!("M{x} {y}H{}", x + 36));
                    let line = drawing.stroke(line, LINE).attr("stroke-width", "1.6");
                    if dash == "none" {
                        line.done()
                    } else {
                        line.attr("stroke-dasharray", dash).done()
                    }
                };
                let sample: Sample<'a> = Box::new(sample);
                Some((sample, text))
            })
            .collect()
    }

    fn sample_card(&self, severity: Severity, (x, y): (i64, i64)) -> Markup {
        let (colour, width, dash) = border(severity);
        let card = el("rect")
            .attr("x", &(x + 2).to_string())
            .attr("y", &(y - 8).to_string())
            .attr("width", "32")
            .attr("height", "16")
            .attr("rx", "4");
        let card = self.painted(card, Some(CARD), Some(colour)).attr("stroke-width", width);
        if dash == "none" { card.done() } else { card.attr("stroke-dasharray", dash).done() }
    }

    fn text(&self, text: &str, at: (i64, i64), size: i64, colour: Colour, weight: &str) -> Markup {
        self.words_at(at, size, colour, weight).text(&clean(text))
    }

    fn words_at(&self, (x, y): (i64, i64), size: i64, colour: Colour, weight: &str) -> Element {
        let text = el("text")
            .attr("x", &x.to_string())
            .attr("y", &y.to_string())
            .attr("font-size", &size.to_string());
        let text = if weight == "400" { text } else { text.attr("font-weight", weight) };
        self.fill(text, colour)
    }

    fn fill(&self, element: Element, colour: Colour) -> Element {
        self.painted(element, Some(colour), None)
    }

    fn stroke(&self, element: Element, colour: Colour) -> Element {
        self.painted(element, None, Some(colour))
    }

    fn painted(&self, element: Element, fill: Option<Colour>, stroke: Option<Colour>) -> Element {
        let mut element = element;
        let both = [("fill", "fill-opacity", fill), ("stroke", "stroke-opacity", stroke)];
        let mut classes: Vec<String> = Vec::new();
        for (paint, opacity, colour) in both {
            let Some(colour) = colour else { continue };
            element = element.attr(paint, colour.on(self.theme));
            if let Some(strength) = colour.strength(self.theme) {
                element = element.attr(opacity, &strength);
            }
            let suffix = if paint == "stroke" { "-s" } else { "" };
            classes.push(format!("{}{}{suffix}", self.prefix, colour.class));
        }
        if self.theme == Theme::Auto { element.class(&classes.join(" ")) } else { element }
    }

    fn style(&self) -> Markup {
        if self.theme != Theme::Auto {
            return Markup::default();
        }
        let rules = dark_rules(&self.prefix);
        let style = format!("@media (prefers-color-scheme:dark){{{rules}}}");
        el("style").text(&style)
    }
}

/// Draws the sample of something that the legend explains.
type Sample<'a> = Box<dyn Fn(&Drawing<'a>, (i64, i64)) -> Markup>;

/// Colour, width and dashes of the border.
fn look(mark: &Mark) -> (Colour, &'static str, &'static str) {
    match mark.verdict {
        Verdict::Waived => (SOFT, "1.5", "1 3"),
        _ => border(mark.severity),
    }
}

fn border(severity: Severity) -> (Colour, &'static str, &'static str) {
    match severity {
        Severity::Error => (ERROR, "3", "none"),
        Severity::Warning => (WARNING, "2.5", "8 4"),
        Severity::Advice => (ADVICE, "2", "2 4"),
    }
}

/// A dash for each relation, the most frequent first.
fn dashes(network: &Network<'_>) -> BTreeMap<RelationIdx, &'static str> {
    let mut counts: BTreeMap<RelationIdx, usize> = BTreeMap::new();
    for edge in &network.edges {
        *counts.entry(edge.relation).or_default() += 1;
    }
    let mut relations: Vec<(std::cmp::Reverse<usize>, RelationIdx)> =
        counts.into_iter().map(|(relation, count)| (std::cmp::Reverse(count), relation)).collect();
    relations.sort_unstable();
    let dashes = DASHES.into_iter().chain(std::iter::repeat(LAST_DASH));
    relations.into_iter().zip(dashes).map(|((_, relation), dash)| (relation, dash)).collect()
}

/// What tells this picture's classes from those of others.
fn prefix(network: &Network<'_>) -> String {
    let mut hash = Sha256::new();
    hash.update(network.language.code());
    for node in &network.nodes {
        hash.update(network.model.id_of(node.element));
        hash.update([0]);
        hash.update(network.model.display_name(node.element));
        hash.update([u8::from(node.is_focus)]);
        for line in node.mark.iter().flat_map(|mark| &mark.lines) {
            hash.update(line);
        }
        hash.update([0]);
    }
    for edge in &network.edges {
        hash.update(format!("{} {};", edge.from, edge.to));
    }
    let mut prefix = String::from("sr");
    for byte in hash.finalize().iter().take(4) {
        let _ = write!(prefix, "{byte:02x}");
    }
    prefix.push('-');
    prefix
}

/// The text without what XML doesn't take; lines stay.
fn clean(text: &str) -> String {
    text.chars()
        .map(|c| if matches!(c, '\u{fffe}' | '\u{ffff}') { '\u{fffd}' } else { c })
        .collect()
}

fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().into_iter().flat_map(char::to_uppercase).chain(chars).collect()
}
