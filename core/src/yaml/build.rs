//! Builds the tree from the events of the YAML parser, without recursion.

use granit_parser::{Event, Parser, ScalarStyle, ScanError};
use rustc_hash::FxHashMap;

use super::{Entry, Node, NodeValue, Parsed, Scalar, Style, problem};
use crate::diagnostic::{Code, Diagnostic, Problems};
use crate::limits::Limits;
use crate::source::{Source, Span};

/// Mappings with more keys than this look for double ones in a table.
const FEW_KEYS: usize = 16;

pub(super) fn build(source: &Source, limits: &Limits) -> Parsed {
    let mut builder = Builder {
        source,
        limits,
        open: Vec::new(),
        anchors: FxHashMap::default(),
        nodes: 0,
        alias_weight: 0,
        root: None,
        documents: 0,
        problems: Problems::default(),
    };
    let root = match builder.run() {
        Ok(()) => Some(builder.root.unwrap_or_else(|| Node::null(Span::default()))),
        Err(fatal) => {
            builder.problems.push(*fatal);
            None
        }
    };
    Parsed { root, problems: builder.problems }
}

struct Builder<'s> {
    source: &'s Source,
    limits: &'s Limits,
    /// Lists and mappings that have begun and not yet ended.
    open: Vec<Open>,
    anchors: FxHashMap<usize, Anchored>,
    nodes: usize,
    /// How much larger anchors and aliases have made the document.
    alias_weight: usize,
    root: Option<Node>,
    documents: usize,
    problems: Problems,
}

struct Open {
    content: Content,
    start: u32,
    /// 0 where it has none.
    anchor: usize,
    /// Of what it holds so far.
    weight: usize,
}

enum Content {
    List(Vec<Node>),
    /// The key is the one whose value is still to come.
    Mapping(Vec<Entry>, Option<Node>),
}

struct Anchored {
    node: Node,
    weight: usize,
}

/// What ends the reading. Boxed, as a diagnostic is large.
type Fatal = Box<Diagnostic>;

impl Builder<'_> {
    fn run(&mut self) -> Result<(), Fatal> {
        let text = self.source.text();
        if text.len() > self.limits.source_bytes {
            let message =
                format!("the text is larger than the limit of {} bytes", self.limits.source_bytes);
            return Err(Box::new(Diagnostic::error(
                Code::OverLimit,
                message,
                self.source,
                Span::new(0, 0),
            )));
        }
        let options = granit_parser::options! {
            emit_unresolved_aliases: true,
            flow_nesting_limit: self.limits.document_depth,
            block_nesting_limit: self.limits.document_depth,
        };
        for event in Parser::new_from_str_with_options(text, options) {
            let (event, place) = event.map_err(|error| Box::new(self.scan_problem(&error)))?;
            let span = span_of(&place);
            if let Some(tag) = event.tag() {
                let span = place.tag_span().map_or(span, |tag| span_of(&tag));
                self.problems.push(problem::tag(self.source, span, &tag.original()));
            }
            if matches!(event, Event::DocumentStart(..)) && self.documents == 1 {
                return Err(Box::new(problem::second_document(self.source, span)));
            }
            self.event(event, span)?;
        }
        Ok(())
    }

    fn scan_problem(&self, error: &ScanError) -> Diagnostic {
        problem::syntax(self.source, error, self.limits)
    }

    fn event(&mut self, event: Event<'_>, span: Span) -> Result<(), Fatal> {
        match event {
            Event::DocumentStart(..) => self.documents += 1,
            Event::Scalar(text, style, anchor, _) => self.scalar(&text, style, anchor, span)?,
            Event::SequenceStart(_, anchor, _) => {
                self.begin(Content::List(Vec::new()), anchor, span)?;
            }
            Event::MappingStart(_, anchor, _) => {
                self.begin(Content::Mapping(Vec::new(), None), anchor, span)?;
            }
            Event::SequenceEnd | Event::MappingEnd => self.end(span)?,
            Event::Alias(anchor) => self.alias(anchor, span)?,
            Event::UnresolvedAlias(name) => {
                self.problems.push(problem::unknown_anchor(self.source, span, &name));
                self.place(Node::null(span), 1);
            }
            _ => {}
        }
        Ok(())
    }

    fn scalar(
        &mut self,
        text: &str,
        style: ScalarStyle,
        anchor: usize,
        span: Span,
    ) -> Result<(), Fatal> {
        self.count(1, span)?;
        if text.len() > self.limits.text_bytes {
            let message = format!(
                "a text of {} bytes is larger than the limit of {}",
                text.len(),
                self.limits.text_bytes
            );
            let start = Span { start: span.start, end: span.start };
            return Err(Diagnostic::error(Code::OverLimit, message, self.source, start).into());
        }
        let style = match style {
            ScalarStyle::Plain => Style::Plain,
            ScalarStyle::SingleQuoted => Style::SingleQuoted,
            ScalarStyle::DoubleQuoted => Style::DoubleQuoted,
            ScalarStyle::Literal => Style::Literal,
            ScalarStyle::Folded => Style::Folded,
        };
        // A value that isn't written at all comes as a `~` of no length.
        let text = if style == Style::Plain && span.start == span.end { "" } else { text };
        let span = match style {
            Style::Literal | Style::Folded => self.without_line_ends(span),
            Style::Plain | Style::SingleQuoted | Style::DoubleQuoted => span,
        };
        let weight = scalar_weight(text);
        let node = Node { value: NodeValue::Scalar(Scalar { text: text.to_owned(), style }), span };
        self.remember(anchor, &node, weight)?;
        self.place(node, weight);
        Ok(())
    }

    fn without_line_ends(&self, span: Span) -> Span {
        let length = self.source.slice(span).trim_end_matches(['\n', '\r', ' ', '\t']).len();
        Span { end: span.start.saturating_add(u32::try_from(length).unwrap_or(0)), ..span }
    }

    fn begin(&mut self, content: Content, anchor: usize, span: Span) -> Result<(), Fatal> {
        self.count(1, span)?;
        if self.open.len() >= self.limits.document_depth {
            return Err(Box::new(problem::too_deep(self.source, span, self.limits)));
        }
        self.open.push(Open { content, start: span.start, anchor, weight: 1 });
        Ok(())
    }

    fn end(&mut self, span: Span) -> Result<(), Fatal> {
        let Some(open) = self.open.pop() else { return Ok(()) };
        // The end of a block is wherever the next token is: its last child tells more.
        let (value, last) = match open.content {
            Content::List(items) => {
                let last = items.last().map(|item| item.span.end);
                (NodeValue::List(items), last)
            }
            Content::Mapping(mut entries, _) => {
                self.check_keys(&mut entries);
                let last = entries.last().map(|e| e.value.span.end.max(e.key.span.end));
                (NodeValue::Mapping(entries), last)
            }
        };
        let end = if span.end > span.start { span.end } else { last.unwrap_or(span.end) };
        let node = Node { value, span: Span { start: open.start, end: end.max(open.start) } };
        self.remember(open.anchor, &node, open.weight)?;
        self.place(node, open.weight);
        Ok(())
    }

    fn remember(&mut self, anchor: usize, node: &Node, weight: usize) -> Result<(), Fatal> {
        if anchor == 0 {
            return Ok(());
        }
        self.charge(weight, node.span)?;
        self.anchors.insert(anchor, Anchored { node: node.clone(), weight });
        Ok(())
    }

    fn alias(&mut self, anchor: usize, span: Span) -> Result<(), Fatal> {
        let Some(weight) = self.anchors.get(&anchor).map(|anchored| anchored.weight) else {
            self.problems.push(problem::alias_of_itself(self.source, span));
            self.place(Node::null(span), 1);
            return Ok(());
        };
        self.charge(weight, span)?;
        self.count(weight, span)?;
        if let Some(anchored) = self.anchors.get(&anchor) {
            let node = anchored.node.clone();
            if self.open.len() + depth(&node) > self.limits.document_depth {
                return Err(Box::new(problem::too_deep(self.source, span, self.limits)));
            }
            self.place(node, weight);
        }
        Ok(())
    }

    /// Counts what aliases add, before it is made.
    fn charge(&mut self, weight: usize, span: Span) -> Result<(), Fatal> {
        self.alias_weight = self.alias_weight.saturating_add(weight);
        if self.alias_weight > self.limits.document_aliases {
            return Err(Box::new(problem::too_many_aliases(self.source, span, self.limits)));
        }
        Ok(())
    }

    fn count(&mut self, nodes: usize, span: Span) -> Result<(), Fatal> {
        self.nodes = self.nodes.saturating_add(nodes);
        if self.nodes > self.limits.document_nodes {
            return Err(Box::new(problem::too_many_nodes(self.source, span, self.limits)));
        }
        Ok(())
    }

    /// Puts a finished node where it belongs.
    fn place(&mut self, node: Node, weight: usize) {
        let Some(open) = self.open.last_mut() else {
            self.root = Some(node);
            return;
        };
        open.weight = open.weight.saturating_add(weight);
        match &mut open.content {
            Content::List(items) => items.push(node),
            Content::Mapping(entries, key) => match key.take() {
                Some(key) => entries.push(Entry { key, value: node }),
                None => *key = Some(node),
            },
        }
    }

    /// Reports keys that can't stand and takes their entries out; the first of two equal ones stays.
    fn check_keys(&mut self, entries: &mut Vec<Entry>) {
        let mut refused = Vec::new();
        let mut seen: FxHashMap<&str, Span> = FxHashMap::default();
        let many = entries.len() > FEW_KEYS;
        for (position, entry) in entries.iter().enumerate() {
            let Some(key) = entry.key.scalar() else {
                refused.push((position, problem::key_not_text(self.source, &entry.key)));
                continue;
            };
            if key.text == "<<" && key.is_plain() {
                refused.push((position, problem::merge_key(self.source, entry.key.span)));
                continue;
            }
            let first = if many {
                let first = seen.get(key.text.as_str()).copied();
                seen.entry(&key.text).or_insert(entry.key.span);
                first
            } else {
                let mut before = entries.iter().take(position);
                before.find(|e| e.key_text() == key.text).map(|e| e.key.span)
            };
            if let Some(first) = first {
                let problem = problem::duplicate_key(self.source, &key.text, entry.key.span, first);
                refused.push((position, problem));
            }
        }
        if refused.is_empty() {
            return;
        }
        let mut refused = refused.into_iter().peekable();
        let mut position = 0;
        entries.retain(|_| {
            let problem = refused.next_if(|(at, _)| *at == position);
            position += 1;
            problem.is_none_or(|(_, problem)| {
                self.problems.push(problem);
                false
            })
        });
    }
}

fn span_of(place: &granit_parser::Span) -> Span {
    let range = place.byte_range().unwrap_or(0..0);
    Span::new(range.start, range.end)
}

fn scalar_weight(text: &str) -> usize {
    1 + text.len() / 16
}

/// Levels of nesting in a tree, which is no deeper than the limit on documents.
fn depth(node: &Node) -> usize {
    match &node.value {
        NodeValue::Scalar(_) => 0,
        NodeValue::List(items) => 1 + items.iter().map(depth).max().unwrap_or(0),
        NodeValue::Mapping(entries) => {
            1 + entries.iter().map(|entry| depth(&entry.value)).max().unwrap_or(0)
        }
    }
}
