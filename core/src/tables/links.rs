//! Tables of links: a row each, with the two ends and what the link itself holds.

use super::Cell;
use super::cell::Reading;
use super::heads::{self, LinkHead};
use super::numeral::mark;
use super::read::{At, Cx, cell_span};
use super::role::{plain, relation_called};
use super::sink::{Link, Place, Sink};
use crate::diagnostic::{Code, Diagnostic, shown};
use crate::metamodel::{PropertyIdx, RelationIdx};
use crate::model::draft::Properties;
use crate::suggest::{meant, nearest};

/// Reads a table with links of a relation, read from one of its ends; or of all relations, where a column says
/// which.
pub(super) fn read<S: Sink>(cx: &mut Cx<'_, S>, at: At<'_>, relation: Option<(RelationIdx, bool)>) {
    let mut problems = Vec::new();
    let only = relation.map(|(relation, _)| relation);
    let heads = heads::link_heads(cx.v, at.table, only, at.source, &mut problems);
    for problem in problems {
        cx.sink.problem(problem, None);
    }
    let column = |wanted: LinkHead| heads.iter().position(|head| *head == wanted);
    let (Some(from), Some(to)) = (column(LinkHead::From), column(LinkHead::To)) else { return };
    let columns =
        Columns { from, to, relation: column(LinkHead::Relation), held: held(at, &heads) };
    if relation.is_none() && columns.relation.is_none() {
        return;
    }
    for row in 0..at.table.rows() {
        if cx.sink.is_done() {
            return;
        }
        self::row(cx, at, &columns, relation, row);
    }
}

/// Where in a table things stand.
struct Columns {
    from: usize,
    to: usize,
    relation: Option<usize>,
    held: Vec<Held>,
}

/// A column with a property of links.
struct Held {
    column: usize,
    /// Of one of the relations that have one of this name.
    property: PropertyIdx,
    mark: Option<super::numeral::Mark>,
}

fn held(at: At<'_>, heads: &[LinkHead]) -> Vec<Held> {
    let held = heads.iter().enumerate().filter_map(|(column, head)| {
        let LinkHead::Property(property) = head else { return None };
        let cells = at.table.columns.get(column)?.cells.iter();
        let texts = cells.filter_map(|cell| match cell {
            Cell::Text(text) => Some(*text),
            _ => None,
        });
        Some(Held { column, property: *property, mark: mark(texts) })
    });
    held.collect()
}

fn cell(at: At<'_>, row: usize, column: usize) -> Option<&Cell<'_>> {
    let cell = at.table.columns.get(column)?.cells.get(row)?;
    Some(cell).filter(|cell| !cell.is_empty())
}

fn row<S: Sink>(
    cx: &mut Cx<'_, S>,
    at: At<'_>,
    columns: &Columns,
    relation: Option<(RelationIdx, bool)>,
    row: usize,
) {
    let is_filled = |column: usize| cell(at, row, column).is_some();
    let mut all = [columns.from, columns.to].into_iter().chain(columns.relation);
    if !all.any(is_filled) && !columns.held.iter().any(|held| is_filled(held.column)) {
        return;
    }
    let Some((relation, inverse)) = relation.or_else(|| self::relation(cx, at, columns, row))
    else {
        return;
    };
    let mut end = |column: usize, name: &str| {
        let end = cell(at, row, column);
        if end.is_none() {
            let message = format!("a link has no `{name}`");
            let problem = at
                .error(Code::MissingField, message, row, column)
                .help("write the id of the element at this end");
            cx.sink.problem(problem, None);
        }
        end
    };
    let (from, to) = (end(columns.from, "from"), end(columns.to, "to"));
    let (Some(from), Some(to)) = (from, to) else { return };
    let properties = properties(cx, at, columns, relation, row);
    for from in from.ids() {
        let Some(place) = start(cx, at, columns.from, row, &from) else { continue };
        if cx.v.targets(relation, inverse, place.kind).is_empty() {
            let declared = &cx.v.relations[relation];
            let name = if inverse { &declared.inverse } else { &declared.name };
            let kind = &cx.v.kinds[place.kind].name;
            let message = format!(
                "`{name}` doesn't start at the kind `{kind}`, and `{}` is of that kind",
                shown(&from)
            );
            let problem = at.error(Code::WrongKind, message, row, columns.from);
            cx.sink.problem(problem, None);
            continue;
        }
        for to in to.ids() {
            cx.sink.link(Link {
                relation,
                inverse,
                at: place,
                to: &to,
                origin: at.origin(row, columns.to),
                properties: properties.clone(),
            });
        }
    }
}

/// The relation that a row names.
fn relation<S: Sink>(
    cx: &mut Cx<'_, S>,
    at: At<'_>,
    columns: &Columns,
    row: usize,
) -> Option<(RelationIdx, bool)> {
    let column = columns.relation?;
    let Some(cell) = cell(at, row, column) else {
        let problem = at.error(Code::MissingField, "a link has no `relation`", row, column);
        cx.sink.problem(problem, None);
        return None;
    };
    let text = cell.text();
    let found = relation_called(cx.v, &plain(&text));
    if found.is_none() {
        let known = cx.v.relations.iter().flat_map(|relation| {
            [
                (relation.name.as_str(), &relation.label),
                (relation.inverse.as_str(), &relation.inverse_label),
            ]
        });
        let near = meant(&text, known.collect::<Vec<_>>().into_iter());
        let message = format!("there is no relation `{}`", shown(&text));
        let problem = at.error(Code::UnknownName, message, row, column).suggest(near);
        cx.sink.problem(problem, None);
    }
    found
}

/// The element at which a link starts.
fn start<S: Sink>(
    cx: &mut Cx<'_, S>,
    at: At<'_>,
    column: usize,
    row: usize,
    id: &str,
) -> Option<Place> {
    let by_id = cx.by_id.as_ref()?;
    let place = by_id.get(id).copied();
    if place.is_none() {
        let message = format!("there is no element `{}`", shown(id));
        let problem = at.error(Code::DanglingReference, message, row, column);
        // Looking for near ones costs a look at all ids.
        let near = if by_id.len() <= 10_000 {
            let mut ids: Vec<&str> = by_id.keys().map(AsRef::as_ref).collect();
            ids.sort_unstable();
            nearest(id, ids)
        } else {
            None
        };
        let problem = match near {
            Some(near) => problem.suggest(Some(near)),
            None => problem.help("add it to the table of its kind"),
        };
        cx.sink.problem(problem, None);
    }
    place
}

fn properties<S: Sink>(
    cx: &mut Cx<'_, S>,
    at: At<'_>,
    columns: &Columns,
    relation: RelationIdx,
    row: usize,
) -> Properties {
    let mut properties = Properties::new();
    for Held { column, property, mark } in &columns.held {
        let Some(cell) = cell(at, row, *column) else { continue };
        let name = &cx.v.properties[*property].name;
        let Some(property) = cx.v.link_property_of(relation, name) else {
            let message = format!(
                "a link of `{}` has no field `{}`",
                cx.v.relations[relation].name,
                shown(name)
            );
            let problem: Diagnostic =
                at.error(Code::UnknownField, message, row, *column).help("leave the cell empty");
            cx.sink.problem(problem, None);
            continue;
        };
        let declared = &cx.v.properties[property];
        let reading =
            Reading { v: cx.v, property: declared, states: None, mark: *mark, limits: cx.limits };
        match reading.value(cell) {
            Ok(value) => properties.push((property, value)),
            Err(misread) => {
                let problem = misread.diagnostic(at.source, cell_span(row, *column));
                cx.sink.problem(problem, None);
            }
        }
    }
    properties.sort_by_key(|(property, _)| *property);
    properties
}
