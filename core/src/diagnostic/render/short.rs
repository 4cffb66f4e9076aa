//! In short: what is wrong, where, and what to do.

use super::{Colour, advice};
use crate::diagnostic::{Diagnostic, Level};

/// Renders problems with an empty line between them.
pub(in crate::diagnostic) fn render(problems: &[Diagnostic], _: Colour) -> String {
    let mut out = String::new();
    for problem in problems {
        if !out.is_empty() {
            out.push('\n');
        }
        let level = match problem.level {
            Level::Error => "error",
            Level::Warning => "warning",
        };
        line(&mut out, &[level, "[", problem.code.as_str(), "]: ", &problem.message]);
        for label in &problem.labels {
            let name = label.source.name();
            let place = match label.source.grid() {
                Some(grid) => grid.place(name, label.span),
                None => {
                    let place = label.source.position(label.span.start);
                    format!("{name}:{}:{}", place.line, place.column)
                }
            };
            let colon = if label.text.is_empty() { "" } else { ": " };
            line(&mut out, &[" --> ", &place, colon, &label.text]);
        }
        for help in &problem.helps {
            line(&mut out, &[" = help: ", &advice(help)]);
        }
    }
    out
}

fn line(out: &mut String, parts: &[&str]) {
    out.extend(parts.iter().copied());
    out.push('\n');
}
