//! Problems in a small text within a larger one: an expression, a path or a message template.

use super::{Code, Diagnostic, Help};
use crate::source::scalar::ScalarMap;
use crate::source::{Source, Span};

/// A problem whose places count in a text of its own, before anyone knows where that text stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SyntaxProblem {
    pub(crate) code: Code,
    pub(crate) message: String,
    pub(crate) span: Span,
    /// What to say beside the mark; may be empty.
    pub(crate) label: String,
    /// Further places, each with what to say beside it.
    pub(crate) also: Vec<(Span, String)>,
    pub(crate) helps: Vec<Help>,
}

impl SyntaxProblem {
    pub(crate) fn new(code: Code, message: impl Into<String>, span: Span) -> Self {
        Self {
            code,
            message: message.into(),
            span,
            label: String::new(),
            also: Vec::new(),
            helps: Vec::new(),
        }
    }

    /// The same with the mark saying `text`.
    #[must_use]
    pub(crate) fn saying(mut self, text: impl Into<String>) -> Self {
        self.label = text.into();
        self
    }

    /// The same with one more marked place.
    #[must_use]
    pub(crate) fn at(mut self, span: Span, text: impl Into<String>) -> Self {
        self.also.push((span, text.into()));
        self
    }

    /// The same with advice.
    #[must_use]
    pub(crate) fn help(mut self, text: impl Into<String>) -> Self {
        self.helps.push(Help { text: text.into(), replacement: None });
        self
    }

    /// The same with advice to write `with` in place of `span`.
    #[must_use]
    pub(crate) fn write(mut self, span: Span, with: &str) -> Self {
        let text = format!("write `{with}`");
        self.helps.push(Help { text, replacement: Some((span, with.to_owned())) });
        self
    }

    /// The same with advice and the text that carries it out in place of `span`.
    #[must_use]
    pub(crate) fn help_replace(mut self, text: &str, span: Span, with: String) -> Self {
        self.helps.push(Help { text: text.to_owned(), replacement: Some((span, with)) });
        self
    }

    /// The same in a larger text, in which this one starts at `offset`.
    #[must_use]
    pub(crate) fn shifted(mut self, offset: usize) -> Self {
        let by = Span::new(offset, offset).start;
        let shift = |span: &mut Span| {
            span.start = span.start.saturating_add(by);
            span.end = span.end.saturating_add(by);
        };
        shift(&mut self.span);
        self.also.iter_mut().for_each(|(span, _)| shift(span));
        self.helps
            .iter_mut()
            .filter_map(|help| help.replacement.as_mut())
            .for_each(|(span, _)| shift(span));
        self
    }

    /// The diagnostic in the source that holds the text, by the map from the text to the source.
    pub(crate) fn into_diagnostic(self, source: &Source, map: &ScalarMap) -> Diagnostic {
        let mut diagnostic =
            Diagnostic::error(self.code, self.message, source, map.span(self.span))
                .saying(self.label);
        for (span, text) in self.also {
            diagnostic = diagnostic.at(source, map.span(span), text);
        }
        diagnostic.helps = self
            .helps
            .into_iter()
            .map(|help| Help {
                text: help.text,
                replacement: help.replacement.map(|(span, with)| (map.span(span), with)),
            })
            .collect();
        diagnostic
    }
}
