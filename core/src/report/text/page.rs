//! Lines of text in a hundred columns, with or without colour.

use unicode_width::UnicodeWidthStr;

use super::Colour;
use crate::pack::Severity;
use crate::report::telling::clean;

/// Columns of a terminal that everybody has.
const WIDTH: usize = 100;

/// What a piece of text looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::report) enum Paint {
    Plain,
    Strong,
    Faint,
    Error,
    Warning,
    Advice,
    Good,
}

impl Paint {
    pub(in crate::report) fn of(severity: Severity) -> Self {
        match severity {
            Severity::Error => Self::Error,
            Severity::Warning => Self::Warning,
            Severity::Advice => Self::Advice,
        }
    }

    fn code(self) -> &'static str {
        match self {
            Self::Plain => "",
            Self::Strong => "1",
            Self::Faint => "2",
            Self::Error => "1;31",
            Self::Warning => "1;33",
            Self::Advice => "1;36",
            Self::Good => "1;32",
        }
    }
}

/// Text that grows line by line. Every text that comes in may hold anything: no escape of it reaches
/// the terminal.
pub(in crate::report) struct Page {
    out: String,
    colour: Colour,
}

impl Page {
    pub(in crate::report) fn new(colour: Colour) -> Self {
        Self { out: String::new(), colour }
    }

    pub(in crate::report) fn finish(self) -> String {
        self.out
    }

    /// One empty line, however often it is asked for.
    pub(in crate::report) fn blank(&mut self) {
        if !self.out.is_empty() && !self.out.ends_with("\n\n") {
            self.out.push('\n');
        }
    }

    /// A line across the page.
    pub(in crate::report) fn rule(&mut self) {
        self.blank();
        self.line(0, &[(&"─".repeat(WIDTH), Paint::Faint)]);
    }

    /// The heading of a part.
    pub(in crate::report) fn heading(&mut self, text: &str) {
        self.blank();
        self.paragraph(0, "", text, Paint::Strong);
        self.line(0, &[(&"─".repeat(WIDTH), Paint::Faint)]);
    }

    /// A paragraph with its first words painted; lines after the first stand two columns in.
    pub(in crate::report) fn lead(&mut self, indent: usize, lead: &str, text: &str, paint: Paint) {
        self.flow(indent, indent + 2, (lead, paint), (text, Paint::Strong));
    }

    /// A paragraph, with a label before it where there is one.
    pub(in crate::report) fn paragraph(
        &mut self,
        indent: usize,
        label: &str,
        text: &str,
        paint: Paint,
    ) {
        let hanging = match label {
            "" => indent,
            // Beside a bullet or a number the text stands straight.
            short if short.width() <= 3 => indent + short.width() + 1,
            _ => indent + 2,
        };
        self.flow(indent, hanging, (label, Paint::Faint), (text, paint));
    }

    /// Whom a finding is about, and where that is written: on one line where they fit.
    pub(in crate::report) fn subject(&mut self, indent: usize, who: &str, place: &str) {
        let (who, place) = (clean(who), clean(place));
        if indent + who.width() + 2 + place.width() <= WIDTH {
            let gap = if place.is_empty() { "" } else { "  " };
            self.line(
                indent,
                &[(&who, Paint::Strong), (gap, Paint::Plain), (&place, Paint::Faint)],
            );
        } else {
            self.flow(indent, indent + 2, ("", Paint::Plain), (&who, Paint::Strong));
            self.line(indent + 2, &[(&place, Paint::Faint)]);
        }
    }

    /// A name with an expression under it, its lines as they are written.
    pub(in crate::report) fn code(&mut self, indent: usize, name: &str, text: &str) {
        self.line(indent, &[(&clean(name), Paint::Advice)]);
        for line in text.lines() {
            self.line(indent + 4, &[(clean(line).trim_end(), Paint::Plain)]);
        }
    }

    fn flow(&mut self, indent: usize, hanging: usize, lead: (&str, Paint), text: (&str, Paint)) {
        let (lead_text, text_text) = (clean(lead.0), clean(text.0));
        let words = lead_text.split_whitespace().map(|word| (word, lead.1));
        let words = words.chain(text_text.split_whitespace().map(|word| (word, text.1)));
        let mut line: Vec<(&str, Paint)> = Vec::new();
        let (mut margin, mut width) = (indent, indent);
        for (word, paint) in words {
            if !line.is_empty() && width + 1 + word.width() > WIDTH {
                self.words(margin, &line);
                line.clear();
                (margin, width) = (hanging, hanging);
            }
            width += word.width() + usize::from(!line.is_empty());
            line.push((word, paint));
        }
        if !line.is_empty() {
            self.words(margin, &line);
        }
    }

    /// One line of words, each run of one paint as one piece.
    fn words(&mut self, indent: usize, words: &[(&str, Paint)]) {
        let mut pieces: Vec<(String, Paint)> = Vec::new();
        for run in words.chunk_by(|a, b| a.1 == b.1) {
            let text: Vec<&str> = run.iter().map(|(word, _)| *word).collect();
            let paint = run.first().map_or(Paint::Plain, |(_, paint)| *paint);
            if !pieces.is_empty() {
                pieces.push((" ".to_owned(), Paint::Plain));
            }
            pieces.push((text.join(" "), paint));
        }
        let pieces: Vec<(&str, Paint)> =
            pieces.iter().map(|(text, paint)| (text.as_str(), *paint)).collect();
        self.line(indent, &pieces);
    }

    fn line(&mut self, indent: usize, pieces: &[(&str, Paint)]) {
        self.out.extend(std::iter::repeat_n(' ', indent));
        for (text, paint) in pieces.iter().filter(|(text, _)| !text.is_empty()) {
            match (self.colour, paint.code()) {
                (Colour::Never, _) | (_, "") => self.out.push_str(text),
                (Colour::Always, code) => {
                    self.out.extend(["\u{1b}[", code, "m", text, "\u{1b}[0m"]);
                }
            }
        }
        self.out.push('\n');
    }
}
