//! With excerpts, in the look of rustc.

use annotate_snippets::{
    AnnotationKind, Group, Level as Grade, Origin, Renderer, Snippet, normalize_untrusted_str,
};

use super::excerpt::{Excerpt, excerpts};
use super::{Colour, advice};
use crate::diagnostic::{Diagnostic, Level};

/// Columns that excerpts are fitted into.
const WIDTH: usize = 100;

/// Renders problems with excerpts of their sources, with an empty line between them.
pub(in crate::diagnostic) fn render(problems: &[Diagnostic], colour: Colour) -> String {
    let renderer = match colour {
        Colour::Never => Renderer::plain(),
        Colour::Always => Renderer::styled(),
    };
    let renderer = renderer.term_width(WIDTH);
    let texts = problems.iter().map(|problem| {
        let excerpts = excerpts(&problem.labels);
        let text = renderer.render(&[group(problem, &excerpts)]);
        let text = with_true_columns(text, &excerpts);
        // The renderer pads some lines.
        let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
        lines.join("\n") + "\n"
    });
    texts.collect::<Vec<_>>().join("\n")
}

fn group<'a>(problem: &'a Diagnostic, excerpts: &'a [Excerpt<'a>]) -> Group<'a> {
    let grade = match problem.level {
        Level::Error => Grade::ERROR,
        Level::Warning => Grade::WARNING,
    };
    let title = grade.primary_title(problem.message.as_str()).id(problem.code.as_str());
    let mut group = Group::with_title(title);
    for label in &problem.labels {
        if let Some(grid) = label.source.grid() {
            let place = grid.place(label.source.name(), label.span);
            let text =
                if label.text.is_empty() { place } else { format!("{place}: {}", label.text) };
            group = group.element(Origin::path(text));
        }
    }
    for (number, excerpt) in excerpts.iter().enumerate() {
        let mut snippet = Snippet::source(excerpt.text.as_str())
            .path(excerpt.name)
            .line_start(excerpt.first_line);
        for mark in &excerpt.marks {
            let kind = if number == 0 && mark.primary {
                AnnotationKind::Primary
            } else {
                AnnotationKind::Context
            };
            let text = Some(mark.text).filter(|text| !text.is_empty());
            snippet = snippet.annotation(kind.span(mark.span.clone()).label(text));
        }
        group = group.element(snippet);
    }
    for help in &problem.helps {
        group = group.element(Grade::HELP.message(normalize_untrusted_str(&advice(help))));
    }
    group
}

/// The renderer counts columns in what it is given, which of a long line is a part.
fn with_true_columns(mut text: String, excerpts: &[Excerpt<'_>]) -> String {
    let mut from = text.find('\n').unwrap_or(0);
    for excerpt in excerpts.iter().filter(|excerpt| excerpt.hidden > 0) {
        let Some(mark) = excerpt.marks.first() else { continue };
        let before = excerpt.text.get(..mark.span.start).unwrap_or("");
        let counted = before.chars().count() + 1;
        let start = format!("{}:{}:", excerpt.name, excerpt.first_line);
        let wrong = format!("{start}{counted}");
        let rest = text.get(from..).unwrap_or("");
        if let Some(at) = rest.find(&wrong).map(|at| from + at) {
            let right = format!("{start}{}", counted + excerpt.hidden);
            text.replace_range(at..at + wrong.len(), &right);
            from = at + right.len();
        }
    }
    text
}
