//! What a document looks like while somebody is typing it: read line by line, and never refused. It knows the
//! shapes of YAML and JSON that people write, not all of YAML.

use crate::source::Span;

/// Stands in the text where the cursor is, so that what is being typed is a word like any other.
const CURSOR: char = '\u{1}';

/// A document as far as it can be made out.
#[derive(Debug, Default)]
pub(super) struct Sketch {
    containers: Vec<Container>,
    pub(super) entries: Vec<Entry>,
    /// What the cursor is in, if it is in anything.
    pub(super) cursor: Option<Cursor>,
}

/// A mapping or a list, by its position in the sketch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place(usize);

#[derive(Debug)]
struct Container {
    /// What it stands in, and under which key; `None` for the root.
    parent: Option<(usize, Option<usize>)>,
    is_list: bool,
    /// Of a block: where its keys or dashes stand.
    column: usize,
    /// In brackets or braces.
    is_flow: bool,
    /// The entry whose value is still to come.
    open: Option<usize>,
}

/// A key with its value, or an item of a list.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) place: Place,
    pub(super) key: Option<Piece>,
    /// A single value; `None` for what is a list or a mapping, or not written yet.
    pub(super) value: Option<Piece>,
}

/// A text as written, without quotes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Piece {
    pub(super) text: String,
    pub(super) span: Span,
}

/// Where the cursor is.
#[derive(Debug)]
pub(super) struct Cursor {
    /// Position of the entry among those of the sketch.
    pub(super) entry: usize,
    pub(super) part: Part,
    /// How much of the part stands before the cursor.
    pub(super) before: usize,
}

/// The part of an entry that the cursor is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Key,
    Value,
    /// A word of which nothing says yet whether it is a key or a value.
    Either,
}

/// A step from a container into what it holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step<'s> {
    Key(&'s str),
    Item,
}

impl Entry {
    /// Nothing, for a place in which there is no entry.
    pub(super) const EMPTY: Self = Self { place: Place(0), key: None, value: None };
}

impl Piece {
    /// Nothing.
    pub(super) const EMPTY: Self = Self { text: String::new(), span: Span { start: 0, end: 0 } };
}

impl Sketch {
    /// Sketches a text with the cursor at a byte offset.
    pub(super) fn of(text: &str, cursor: Option<usize>) -> Self {
        let mut marked = text.to_owned();
        if let Some(cursor) = cursor
            && marked.is_char_boundary(cursor)
        {
            marked.insert(cursor, CURSOR);
        }
        let mut pen = Pen { text: &marked, cursor, sketch: Self::default(), blocks: Vec::new() };
        pen.draw();
        pen.sketch
    }

    /// The steps from the root to a place.
    pub(super) fn path(&self, place: Place) -> Vec<Step<'_>> {
        let mut steps = Vec::new();
        let mut at = self.containers.get(place.0);
        while let Some((parent, entry)) = at.and_then(|container| container.parent) {
            let key = entry.and_then(|entry| self.entries.get(entry)?.key.as_ref());
            steps.push(key.map_or(Step::Item, |key| Step::Key(&key.text)));
            at = self.containers.get(parent);
        }
        steps.reverse();
        steps
    }

    /// Whether a place is in brackets or braces.
    pub(super) fn is_flow(&self, place: Place) -> bool {
        self.containers.get(place.0).is_some_and(|container| container.is_flow)
    }

    /// The place in which a place stands.
    pub(super) fn parent(&self, place: Place) -> Option<Place> {
        self.containers.get(place.0)?.parent.map(|(parent, _)| Place(parent))
    }

    /// The entries of a place.
    pub(super) fn within(&self, place: Place) -> impl Iterator<Item = &Entry> {
        self.entries.iter().filter(move |entry| entry.place == place)
    }

    /// The single value under a key, or the single values in a list there.
    pub(super) fn values<'s>(&'s self, place: Place, key: &str) -> Vec<&'s Piece> {
        let is_it = |entry: &Entry| entry.key.as_ref().is_some_and(|piece| piece.text == key);
        let mut values = Vec::new();
        for (position, entry) in self.entries.iter().enumerate() {
            if entry.place == place && is_it(entry) {
                values.extend(&entry.value);
                let lists = self.containers.iter().enumerate();
                let lists = lists.filter(|(_, c)| c.parent == Some((place.0, Some(position))));
                for (list, _) in lists {
                    values.extend(self.within(Place(list)).filter_map(|item| item.value.as_ref()));
                }
            }
        }
        values
    }

    /// The keys at the root.
    pub(super) fn root_keys(&self) -> impl Iterator<Item = &str> {
        self.within(Place(0)).filter_map(|entry| Some(entry.key.as_ref()?.text.as_str()))
    }
}

struct Pen<'t> {
    text: &'t str,
    cursor: Option<usize>,
    sketch: Sketch,
    /// Blocks that are open, outermost first.
    blocks: Vec<usize>,
}

impl<'t> Pen<'t> {
    fn draw(&mut self) {
        let mut at = 0;
        while at < self.text.len() {
            at = self.line(at);
        }
    }

    fn rest(&self, at: usize) -> &'t str {
        self.text.get(at..).unwrap_or("")
    }

    /// Where the line ends that a place is in, its break left out.
    fn line_end(&self, at: usize) -> usize {
        self.rest(at).find('\n').map_or(self.text.len(), |length| at + length)
    }

    /// Reads the line that starts here, and lines that belong to it; returns where the next one starts.
    fn line(&mut self, start: usize) -> usize {
        let mut at = start + spaces(self.rest(start));
        loop {
            let rest = self.rest(at);
            let end = self.line_end(at);
            if rest.starts_with('#') || at >= end || rest.starts_with("---") {
                return end + 1;
            }
            let column = at - start;
            if rest.starts_with('-')
                && rest.get(1..).is_none_or(|r| r.starts_with([' ', '\n', '\r']))
            {
                self.dash(column);
                at += 1 + spaces(rest.get(1..).unwrap_or(""));
                continue;
            }
            return self.content(at, column);
        }
    }

    /// A dash in this column: the list that it belongs to becomes the innermost block.
    fn dash(&mut self, column: usize) {
        self.close(|container| {
            container.column > column
                || (container.column == column && !container.is_list && container.open.is_none())
        });
        let is_item = self.innermost().is_some_and(|c| c.is_list && c.column == column);
        if !is_item {
            // A list may stand in the column of its key.
            self.open_block(true, column);
        }
    }

    /// What stands behind dashes, or starts a line.
    fn content(&mut self, at: usize, column: usize) -> usize {
        let key = key_end(self.rest(at));
        let Some((length, colon)) = key else {
            return self.bare(at, column);
        };
        self.close(|container| {
            container.column > column || (container.is_list && container.column == column)
        });
        let is_same = self.innermost().is_some_and(|c| !c.is_list && c.column == column);
        if !is_same {
            self.open_block(false, column);
        }
        let Some(place) = self.blocks.last().copied() else { return self.line_end(at) + 1 };
        let key = self.piece(at, at + length);
        let entry = self.entry(place, Some(key), None, Part::Key);
        if let Some(container) = self.sketch.containers.get_mut(place) {
            container.open = Some(entry);
        }
        let after = at + colon + 1;
        self.value(after + spaces(self.rest(after)), place, entry, column)
    }

    /// The value of a key; returns where the next line starts.
    fn value(&mut self, at: usize, place: usize, entry: usize, column: usize) -> usize {
        let end = self.line_end(at);
        let rest = self.text.get(at..end).unwrap_or("");
        if rest.is_empty() || rest.starts_with('#') {
            return end + 1;
        }
        if let Some(container) = self.sketch.containers.get_mut(place) {
            container.open = None;
        }
        match rest.chars().next() {
            Some('[' | '{') => {
                let at = self.flow(at, (place, Some(entry)));
                self.line_end(at) + 1
            }
            Some('|' | '>') => {
                let (start, end) = self.indented(end + 1, column);
                self.set_value(entry, start, end);
                end + 1
            }
            Some(quote @ ('"' | '\'')) => {
                let close = quoted_end(self.rest(at), quote);
                let inner = (at + 1, at + close.saturating_sub(1).max(1));
                self.set_value(entry, inner.0, inner.1);
                self.line_end(at + close) + 1
            }
            _ => {
                let length = plain_end(rest);
                let mut last = at + length;
                // A plain value may go on over lines that stand further in and say no key.
                let mut next = end + 1;
                while next < self.text.len() {
                    let line_end = self.line_end(next);
                    let line = self.text.get(next..line_end).unwrap_or("");
                    let indent = spaces(line);
                    let words = line.trim();
                    if indent <= column
                        || words.starts_with(['#', '-'])
                        || key_end(words).is_some()
                        || words.is_empty()
                        || words == CURSOR.to_string()
                    {
                        break;
                    }
                    last = next + line.trim_end().len();
                    next = line_end + 1;
                }
                self.set_value(entry, at, last);
                next
            }
        }
    }

    /// A word that is neither key nor dash: an item, or what somebody is beginning to type.
    fn bare(&mut self, at: usize, column: usize) -> usize {
        let end = self.line_end(at);
        self.close(|container| container.column > column);
        if self.text.get(at..end).is_some_and(|rest| rest.starts_with(['[', '{'])) {
            let parent = self.blocks.last().copied();
            let entry = parent.and_then(|place| self.sketch.containers.get(place)?.open);
            let at = match parent {
                Some(place) => self.flow(at, (place, entry)),
                None => self.flow_root(at),
            };
            return self.line_end(at) + 1;
        }
        let is_item = self.innermost().is_some_and(|c| c.is_list && c.column < column);
        let is_same = self.innermost().is_some_and(|c| !c.is_list && c.column == column);
        if !is_item && !is_same {
            if self.innermost().is_some_and(|c| c.is_list && c.column == column) {
                self.blocks.pop();
            } else if self.innermost().is_none_or(|c| c.open.is_some()) {
                self.open_block(false, column);
            }
        }
        let Some(place) = self.blocks.last().copied() else { return end + 1 };
        let rest = self.text.get(at..end).unwrap_or("");
        let piece = match rest.chars().next() {
            Some(quote @ ('"' | '\'')) => {
                let close = quoted_end(rest, quote);
                self.piece(at + 1, at + close.saturating_sub(1).max(1))
            }
            _ => self.piece(at, at + plain_end(rest)),
        };
        self.entry(place, None, Some(piece), Part::Either);
        end + 1
    }

    fn flow_root(&mut self, at: usize) -> usize {
        let is_list = self.rest(at).starts_with('[');
        let container = Container { parent: None, is_list, column: 0, is_flow: true, open: None };
        self.sketch.containers.push(container);
        let place = self.sketch.containers.len() - 1;
        self.inside(at, place)
    }

    /// A list in brackets or a mapping in braces; returns where it ends.
    fn flow(&mut self, at: usize, parent: (usize, Option<usize>)) -> usize {
        let is_list = self.rest(at).starts_with('[');
        let container =
            Container { parent: Some(parent), is_list, column: 0, is_flow: true, open: None };
        self.sketch.containers.push(container);
        let place = self.sketch.containers.len() - 1;
        self.inside(at, place)
    }

    /// Reads from an opening bracket to where the outermost one is closed, without recursion.
    fn inside(&mut self, at: usize, outermost: usize) -> usize {
        let mut open = vec![outermost];
        let mut at = at + 1;
        // The entry whose key has been read.
        let mut keys: Vec<Option<usize>> = vec![None];
        while let Some(c) = self.rest(at).chars().next() {
            let Some(place) = open.last().copied() else { break };
            let key = keys.last().copied().flatten();
            match c {
                ' ' | '\t' | '\n' | '\r' => at += 1,
                '#' => at = self.line_end(at),
                ',' => {
                    at += 1;
                    if let Some(last) = keys.last_mut() {
                        *last = None;
                    }
                }
                '[' | '{' => {
                    let container = Container {
                        parent: Some((place, key)),
                        is_list: c == '[',
                        column: 0,
                        is_flow: true,
                        open: None,
                    };
                    self.sketch.containers.push(container);
                    open.push(self.sketch.containers.len() - 1);
                    keys.push(None);
                    at += 1;
                }
                ']' | '}' => {
                    open.pop();
                    keys.pop();
                    at += 1;
                    if open.is_empty() {
                        return at;
                    }
                }
                ':' => at += 1,
                _ => {
                    let is_list = self.sketch.containers.get(place).is_some_and(|c| c.is_list);
                    let (start, end, next) = match c {
                        '"' | '\'' => {
                            let close = quoted_end(self.rest(at), c);
                            (at + 1, at + close.saturating_sub(1).max(1), at + close)
                        }
                        _ => {
                            let length = flow_end(self.rest(at));
                            (at, at + length, at + length.max(c.len_utf8()))
                        }
                    };
                    let piece = self.piece(start, end);
                    let colon = spaces(self.rest(next));
                    let is_key = self.rest(next + colon).starts_with(':');
                    if let (Some(entry), false) = (key, is_list) {
                        self.set_value(entry, start, end);
                    } else if is_key && !is_list {
                        let entry = self.entry(place, Some(piece), None, Part::Key);
                        if let Some(last) = keys.last_mut() {
                            *last = Some(entry);
                        }
                    } else {
                        let part = if is_list { Part::Value } else { Part::Key };
                        let (key, value) =
                            if is_list { (None, Some(piece)) } else { (Some(piece), None) };
                        self.entry(place, key, value, part);
                    }
                    at = next;
                }
            }
        }
        at
    }

    /// The lines from here that stand further in than a column, or are empty.
    fn indented(&self, from: usize, column: usize) -> (usize, usize) {
        let mut end = from;
        let mut next = from;
        while next < self.text.len() {
            let line_end = self.line_end(next);
            let line = self.text.get(next..line_end).unwrap_or("");
            if !line.trim().is_empty() {
                if spaces(line) <= column {
                    break;
                }
                end = line_end;
            }
            next = line_end + 1;
        }
        (from.min(self.text.len()), end.min(self.text.len()))
    }

    fn innermost(&self) -> Option<&Container> {
        self.sketch.containers.get(*self.blocks.last()?)
    }

    fn close(&mut self, ends: impl Fn(&Container) -> bool) {
        while self.innermost().is_some_and(&ends) {
            self.blocks.pop();
        }
    }

    fn open_block(&mut self, is_list: bool, column: usize) {
        let parent = self.blocks.last().copied();
        let parent = parent.map(|place| {
            let container = self.sketch.containers.get(place);
            (place, container.and_then(|container| container.open))
        });
        if parent.is_none() && !self.sketch.containers.is_empty() {
            // There is one root, however wrongly what follows is indented.
            self.blocks.push(0);
            return;
        }
        self.sketch.containers.push(Container {
            parent,
            is_list,
            column,
            is_flow: false,
            open: None,
        });
        self.blocks.push(self.sketch.containers.len() - 1);
    }

    fn entry(
        &mut self,
        place: usize,
        key: Option<Piece>,
        value: Option<Piece>,
        part: Part,
    ) -> usize {
        let position = self.sketch.entries.len();
        let piece = if key.is_some() { &key } else { &value };
        if let Some(before) = piece.as_ref().and_then(|piece| self.cursor_in(piece)) {
            self.sketch.cursor = Some(Cursor { entry: position, part, before });
        }
        let key = key.map(unmarked);
        let value = value.map(unmarked);
        self.sketch.entries.push(Entry { place: Place(place), key, value });
        position
    }

    fn set_value(&mut self, entry: usize, start: usize, end: usize) {
        let piece = self.piece(start, end.max(start));
        if let Some(before) = self.cursor_in(&piece) {
            self.sketch.cursor = Some(Cursor { entry, part: Part::Value, before });
        }
        if let Some(entry) = self.sketch.entries.get_mut(entry) {
            entry.value = Some(unmarked(piece));
        }
    }

    /// How much of a piece stands before the cursor, where that is in it.
    fn cursor_in(&self, piece: &Piece) -> Option<usize> {
        self.cursor?;
        piece.text.find(CURSOR)
    }

    /// A part of the marked text, with its place in the text as it was.
    fn piece(&self, start: usize, end: usize) -> Piece {
        let shifted = |offset: usize| match self.cursor {
            Some(cursor) if offset > cursor => offset - CURSOR.len_utf8(),
            _ => offset,
        };
        let text = self.text.get(start..end).unwrap_or("").to_owned();
        Piece { text, span: Span::new(shifted(start), shifted(end)) }
    }
}

fn unmarked(Piece { text, span }: Piece) -> Piece {
    Piece { text: text.replace(CURSOR, ""), span }
}

fn spaces(text: &str) -> usize {
    text.len() - text.trim_start_matches([' ', '\t']).len()
}

/// The length of a key and where its colon is, if the line starts with one.
fn key_end(text: &str) -> Option<(usize, usize)> {
    let line = text.split('\n').next().unwrap_or(text);
    if let Some(quote @ ('"' | '\'')) = line.chars().next() {
        let close = quoted_end(line, quote);
        let colon = close + spaces(line.get(close..)?);
        return line.get(colon..)?.starts_with(':').then_some((close, colon));
    }
    if line.starts_with(['[', '{', '#', '|', '>']) {
        return None;
    }
    let mut from = 0;
    while let Some(colon) = line.get(from..)?.find(':').map(|at| from + at) {
        let after = line.get(colon + 1..)?;
        if after.is_empty() || after.starts_with([' ', '\r']) {
            return Some((line.get(..colon)?.trim_end().len(), colon));
        }
        from = colon + 1;
    }
    None
}

/// The length of a text in quotes, both of them included; to the end of the line where the second is missing.
fn quoted_end(text: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            '\\' if quote == '"' => escaped = !escaped,
            _ if c == quote && !escaped => return at + 1,
            '\n' => return at,
            _ => escaped = false,
        }
    }
    text.len()
}

/// The length of a plain value: up to a comment or the end of the line.
fn plain_end(line: &str) -> usize {
    let comment = line.find(" #").unwrap_or(line.len());
    line.get(..comment).unwrap_or(line).trim_end().len()
}

/// The length of a plain value in brackets.
fn flow_end(text: &str) -> usize {
    let mut end = text.len();
    for (at, c) in text.char_indices() {
        let ends = match c {
            ',' | ']' | '}' | '[' | '{' | '\n' => true,
            ':' => text
                .get(at + 1..)
                .is_none_or(|rest| rest.starts_with([' ', '\n', '\r', ',', ']', '}', '[', '{'])),
            '#' => text.get(..at).is_some_and(|before| before.ends_with(' ')),
            _ => false,
        };
        if ends {
            end = at;
            break;
        }
    }
    text.get(..end).unwrap_or(text).trim_end().len()
}
