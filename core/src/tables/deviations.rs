//! The tables that say how complete a model is, and where it departs from rules.

use super::heads::{head_place, is_left_out};
use super::read::{At, Cx, cell_span};
use super::role::{KIND, plain};
use super::sink::Sink;
use super::{Cell, heads};
use crate::diagnostic::{Code, Diagnostic, shown};
use crate::model::Deviation;
use crate::suggest::nearest;
use crate::yaml::read::listed;

/// The columns of deviations: their names in documents, and others that people use.
pub(super) const COLUMNS: [(&str, &[&str]); 6] = [
    ("rule", &["regel"]),
    ("elements", &["element", "elementen"]),
    ("path", &["pad"]),
    ("reason", &["reden"]),
    ("decided_by", &["besloten_door"]),
    ("until", &["tot", "tot_en_met"]),
];

pub(super) fn deviations<S: Sink>(cx: &mut Cx<'_, S>, at: At<'_>) {
    let Some(columns) = columns(cx, at, &COLUMNS) else { return };
    for row in 0..at.table.rows() {
        let column = |name: &str| columns.iter().position(|found| *found == Some(name));
        let cell = |name: &str| {
            let cell = at.table.columns.get(column(name)?)?.cells.get(row)?;
            Some(cell).filter(|cell| !cell.is_empty())
        };
        if COLUMNS.iter().all(|(name, _)| cell(name).is_none()) {
            continue;
        }
        let text = |name: &str| cell(name).map(|cell| cell.text().into_owned());
        let mut required = |name: &str| {
            let found = text(name);
            if found.is_none() {
                let message = format!("a deviation has no `{name}`");
                let column = column(name).unwrap_or_default();
                cx.sink.problem(at.error(Code::MissingField, message, row, column), None);
            }
            found
        };
        let (rule, elements) = (required("rule"), required("elements"));
        let reason = required("reason");
        let until = match cell("until").map(|cell| cell.date("until")) {
            None => None,
            Some(Ok(until)) => Some(until),
            Some(Err(misread)) => {
                let span = cell_span(row, column("until").unwrap_or_default());
                cx.sink.problem(misread.diagnostic(at.source, span), None);
                continue;
            }
        };
        let (Some(rule), Some(_), Some(reason)) = (rule, elements, reason) else { continue };
        let elements = cell("elements").map(Cell::ids).unwrap_or_default();
        cx.sink.deviation(Deviation {
            rule,
            elements: elements.into_iter().map(String::from).collect(),
            path: text("path"),
            reason,
            decided_by: text("decided_by"),
            until,
            origin: Some(at.origin(row, column("rule").unwrap_or_default())),
        });
    }
}

pub(super) fn open_kinds<S: Sink>(cx: &mut Cx<'_, S>, at: At<'_>) {
    let Some(columns) = columns(cx, at, &[(KIND[0], &KIND)]) else { return };
    let Some(column) = columns.iter().position(|found| *found == Some(KIND[0])) else { return };
    let cells = at.table.columns.get(column).map_or(&[][..], |column| &column.cells);
    for (row, cell) in cells.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
        let problem = match cx.kind(&cell.text()) {
            Ok(kind) => {
                cx.sink.open_kind(kind);
                continue;
            }
            Err((message, near)) => at.error(Code::UnknownKind, message, row, column).suggest(near),
        };
        cx.sink.problem(problem, None);
    }
}

/// Which of the known columns each is; `None` where one that is needed is missing.
fn columns<S: Sink>(
    cx: &mut Cx<'_, S>,
    at: At<'_>,
    known: &[(&'static str, &[&str])],
) -> Option<Vec<Option<&'static str>>> {
    let mut found: Vec<Option<&'static str>> = Vec::new();
    for (number, column) in at.table.columns.iter().enumerate() {
        let name = plain(&column.head);
        let called =
            known.iter().find(|(one, others)| *one == name || others.contains(&name.as_str()));
        let head = called.map(|(name, _)| *name);
        if head.is_none() && !is_left_out(column) {
            let names: Vec<&str> = known.iter().map(|(name, _)| *name).collect();
            let near = nearest(&column.head, names.iter().copied());
            let message = format!(
                "the table `{}` has no field `{}`",
                shown(at.source.name()),
                shown(&column.head)
            );
            let problem =
                Diagnostic::error(Code::UnknownField, message, at.source, head_place(number));
            let problem = match near {
                Some(near) => problem.suggest(Some(near)),
                None => problem.help(format!("the fields are {}", listed(&names))),
            };
            cx.sink.problem(problem, None);
        }
        if let Some(first) = found.iter().position(|one| one.is_some() && *one == head) {
            cx.sink.problem(heads::twice(at.source, first, number), None);
        }
        found.push(head);
    }
    let (first, others) = known.first()?;
    if at.table.rows() > 0 && !found.contains(&Some(*first)) {
        let other = others.last().copied().unwrap_or(first);
        cx.sink.problem(heads::missing_column(at.source, [first, other]), None);
        return None;
    }
    Some(found)
}
