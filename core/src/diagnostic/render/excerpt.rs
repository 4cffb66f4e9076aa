//! The lines around marked places: few, and not too long, whatever the size of the source.

use std::ops::Range;

use crate::diagnostic::Label;
use crate::source::{Source, Span};

/// Bytes of a line that are shown as they are; of a longer one, what is near the mark.
const LONG_LINE: u32 = 240;

/// In lines of more bytes long marks are cut short.
const WIDE_LINE: u32 = 90;

/// Bytes shown on either side of a mark in a long line.
const AROUND: u32 = 60;

/// Marks at most this many lines apart share an excerpt.
const NEAR: u32 = 6;

/// Of a mark on more lines the first is shown.
const TALL: u32 = 8;

/// Some lines of a source with marks in them.
#[derive(Debug)]
pub(super) struct Excerpt<'l> {
    pub(super) name: &'l str,
    pub(super) text: String,
    pub(super) first_line: usize,
    /// How many characters more stand before a mark in the source than in the text.
    pub(super) hidden: usize,
    pub(super) marks: Vec<Mark<'l>>,
}

#[derive(Debug)]
pub(super) struct Mark<'l> {
    /// In the excerpt's text.
    pub(super) span: Range<usize>,
    pub(super) text: &'l str,
    pub(super) primary: bool,
}

/// The excerpts that labels need; the one with the first label comes first.
pub(super) fn excerpts(labels: &[Label]) -> Vec<Excerpt<'_>> {
    let mut places: Vec<Place<'_>> = Vec::new();
    // Tables have no lines to show.
    for (number, label) in labels.iter().enumerate().filter(|(_, l)| l.source.grid().is_none()) {
        let new = Place::of(label, number == 0);
        match places.iter_mut().find(|place| place.joins(&new)) {
            Some(place) => place.join(new),
            None => places.push(new),
        }
    }
    places.iter().map(Place::excerpt).collect()
}

/// Lines of a source, and what is to be marked in them.
struct Place<'l> {
    source: &'l Source,
    /// First and last line, from 1.
    lines: (u32, u32),
    /// What is shown.
    span: Span,
    /// With the label that it belongs to, and whether that is the primary one.
    marks: Vec<(Span, &'l Label, bool)>,
}

impl<'l> Place<'l> {
    fn of(label: &'l Label, primary: bool) -> Self {
        let source = &label.source;
        let Span { start, end } = label.span;
        let (first, mut last) = (source.line_of(start), source.line_of(end.max(start)));
        let line = source.line_span(first).unwrap_or(label.span);
        let mut mark = Span { start, end: end.max(start) };
        if last - first >= TALL || has_long_line(source, first, last) {
            last = first;
            mark.end = mark.end.min(line.end.max(start));
        }
        if first == last && line.end - line.start > WIDE_LINE {
            mark.end = mark.end.min(mark.start.saturating_add(AROUND));
        }
        let span = if has_long_line(source, first, last) {
            Span {
                start: mark.start.saturating_sub(AROUND).max(line.start),
                end: mark.end.saturating_add(AROUND).min(line.end),
            }
        } else {
            line.to(source.line_span(last).unwrap_or(line))
        };
        Self { source, lines: (first, last), span, marks: vec![(mark, label, primary)] }
    }

    fn joins(&self, other: &Self) -> bool {
        let first = self.lines.0.min(other.lines.0);
        let last = self.lines.1.max(other.lines.1);
        let gap = (last - first).saturating_sub(
            (self.lines.1 - self.lines.0).saturating_add(other.lines.1 - other.lines.0),
        );
        self.source == other.source && gap <= NEAR && !has_long_line(self.source, first, last)
    }

    fn join(&mut self, other: Self) {
        self.lines = (self.lines.0.min(other.lines.0), self.lines.1.max(other.lines.1));
        self.span = self.span.to(other.span);
        self.marks.extend(other.marks);
    }

    fn excerpt(&self) -> Excerpt<'l> {
        let source = self.source;
        let span = on_characters(source.text(), self.span);
        let line = source.line_span(self.lines.0).unwrap_or(span);
        let cut = |is_cut: bool| if is_cut { "…" } else { "" };
        let before = cut(span.start > line.start);
        let after = cut(self.lines.0 == self.lines.1 && span.end < line.end);
        let text = format!("{before}{}{after}", source.slice(span));
        let marks = self.marks.iter().map(|(mark, label, primary)| {
            let mark = on_characters(source.text(), *mark);
            let offset = |place: u32| {
                let place = place.clamp(span.start, span.end) - span.start;
                before.len() + usize::try_from(place).unwrap_or(0)
            };
            Mark {
                span: offset(mark.start)..offset(mark.end.max(mark.start)),
                text: &label.text,
                primary: *primary,
            }
        });
        let hidden = source.slice(Span { start: line.start, end: span.start }).chars().count();
        Excerpt {
            name: source.name(),
            hidden: hidden.saturating_sub(before.chars().count()),
            first_line: usize::try_from(self.lines.0).unwrap_or(usize::MAX),
            marks: marks.collect(),
            text,
        }
    }
}

fn has_long_line(source: &Source, first: u32, last: u32) -> bool {
    (first..=last)
        .filter_map(|line| source.line_span(line))
        .any(|line| line.end - line.start > LONG_LINE)
}

/// The span, widened so that it cuts no character.
fn on_characters(text: &str, span: Span) -> Span {
    let boundary = |offset: u32, step: i8| {
        let mut offset = offset;
        while usize::try_from(offset).is_ok_and(|o| o < text.len() && !text.is_char_boundary(o)) {
            offset = offset.saturating_add_signed(i32::from(step));
        }
        offset
    };
    Span { start: boundary(span.start, -1), end: boundary(span.end, 1) }
}
