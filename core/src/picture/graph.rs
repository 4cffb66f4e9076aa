//! A picture as text for other programs that draw: Graphviz and Mermaid.

use std::fmt::Write;

use super::Picture;
use super::select::{Edge, Node};
use crate::eval::Verdict;
use crate::pack::Severity;

impl Picture<'_> {
    /// The picture in the language of Graphviz, a cluster for each kind.
    pub fn to_dot(&self) -> String {
        let mut dot =
            String::from("digraph spelregel {\n  rankdir=BT\n  node [shape=box style=rounded]\n");
        self.each_lane(|number, label, nodes| {
            let _ = writeln!(dot, "  subgraph cluster_{number} {{\n    label={}", quoted(&label));
            for (at, node) in nodes {
                let text = self.node_text(node);
                let look = match self.border(node) {
                    None => String::new(),
                    Some((colour, width, style)) => {
                        format!(" color=\"{colour}\" penwidth={width} style=\"rounded,{style}\"")
                    }
                };
                let _ = writeln!(dot, "    n{at} [label={}{look}]", quoted(&text));
            }
            dot.push_str("  }\n");
        });
        for edge in &self.network.edges {
            let label = quoted(&self.edge_text(edge));
            let _ = writeln!(dot, "  n{} -> n{} [label={label}]", edge.from, edge.to);
        }
        dot.push_str("}\n");
        dot
    }

    /// The picture in the language of Mermaid, which many pages draw: a group for each kind.
    pub fn to_mermaid(&self) -> String {
        let mut text = String::from("flowchart TB\n");
        self.each_lane(|number, label, nodes| {
            let _ = writeln!(text, "  subgraph k{number}[\"{}\"]", entities(&label));
            for (at, node) in nodes {
                let _ = writeln!(text, "    n{at}[\"{}\"]", entities(&self.node_text(node)));
            }
            text.push_str("  end\n");
        });
        for edge in &self.network.edges {
            let label = entities(&self.edge_text(edge));
            let _ = writeln!(text, "  n{} -->|\"{label}\"| n{}", edge.from, edge.to);
        }
        for (at, node) in self.network.nodes.iter().enumerate() {
            if let Some((colour, width, style)) = self.border(node) {
                let dash = match style {
                    "dashed" => ",stroke-dasharray:8 4",
                    "dotted" => ",stroke-dasharray:2 4",
                    _ => "",
                };
                let _ =
                    writeln!(text, "  style n{at} stroke:{colour},stroke-width:{width}px{dash}");
            }
        }
        text
    }

    /// Calls with each kind's number, name and nodes.
    fn each_lane(&self, mut with: impl FnMut(usize, String, Vec<(usize, &Node)>)) {
        let mut nodes = self.network.nodes.iter().enumerate().peekable();
        let mut number = 0;
        while let Some((_, first)) = nodes.peek() {
            let kind = first.kind;
            let mut lane = Vec::new();
            while let Some(node) = nodes.next_if(|(_, node)| node.kind == kind) {
                lane.push(node);
            }
            let declared = &self.network.model.vocabulary().0.kinds[kind];
            let label = declared.plural.get(self.network.language);
            let label = if label.is_empty() { declared.name.as_str() } else { label };
            with(number, label.to_owned(), lane);
            number += 1;
        }
    }

    /// `✗ Homes to label B`
    fn node_text(&self, node: &Node) -> String {
        let name = self.network.model.display_name(node.element);
        match &node.mark {
            Some(mark) => format!("{} {name}", mark.sign()),
            None => name,
        }
    }

    fn edge_text(&self, edge: &Edge) -> String {
        let relation = &self.network.model.vocabulary().0.relations[edge.relation];
        let label = relation.label.get(self.network.language);
        if label.is_empty() { relation.name.clone() } else { label.to_owned() }
    }

    /// Colour, width and style of the border of a marked element.
    fn border(&self, node: &Node) -> Option<(&'static str, u8, &'static str)> {
        let _ = self;
        let mark = node.mark.as_ref()?;
        Some(match (mark.verdict, mark.severity) {
            (Verdict::Waived, _) => ("#5b6573", 1, "dotted"),
            (_, Severity::Error) => ("#c62f2f", 3, "solid"),
            (_, Severity::Warning) => ("#a86200", 2, "dashed"),
            (_, Severity::Advice) => ("#5b5fc7", 2, "dotted"),
        })
    }
}

/// A text in one line, without what steers.
fn plain(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", plain(text).replace('\\', "\\\\").replace('"', "\\\""))
}

/// With what Mermaid or HTML would read as its own as numbers of characters.
fn entities(text: &str) -> String {
    let mut out = String::new();
    for c in plain(text).chars() {
        match c {
            '"' | '#' | '&' | '<' | '>' | ';' | '`' | '|' | '\\' => {
                let _ = write!(out, "#{};", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out
}
