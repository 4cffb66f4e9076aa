//! Tables of elements: a row each.

use std::borrow::Cow;

use rustc_hash::FxHashMap;

use super::cell::Reading;
use super::heads::{self, Head};
use super::numeral::{Mark, mark};
use super::read::{At, Cx, cell_span};
use super::sink::{Link, Place, Sink};
use super::{Cell, Column};
use crate::diagnostic::{Code, shown};
use crate::metamodel::{KindIdx, PropertyIdx, PropertyType};
use crate::model::document::Field;
use crate::model::draft::{check_id, repaired_id};
use crate::value::Value;

/// Reads a table with elements of the kinds; where there are several, a column says which.
pub(super) fn read<'a, S: Sink>(cx: &mut Cx<'a, S>, at: At<'a>, kinds: &[KindIdx]) {
    let mut problems = Vec::new();
    let heads = heads::heads(cx.v, &cx.fields, at.table, kinds, at.source, &mut problems);
    for problem in problems {
        cx.sink.problem(problem, None);
    }
    let rows = rows(cx, at, &heads, kinds);
    for (number, (column, head)) in at.table.columns.iter().zip(&heads).enumerate() {
        let Head::Fields(fields) = head else { continue };
        if cx.sink.is_done() {
            return;
        }
        for_each_kind(cx, at, column, number, fields, &rows);
    }
}

/// The elements that the rows are; `None` where a row is empty, or makes none.
fn rows<'a, S: Sink>(
    cx: &mut Cx<'a, S>,
    at: At<'a>,
    heads: &[Head],
    kinds: &[KindIdx],
) -> Vec<Option<Place>> {
    let is_id = |head: &Head| match head {
        Head::Fields(fields) => fields.iter().any(|(_, field)| *field == Field::Id),
        Head::Kind | Head::Aside => false,
    };
    let id_column = heads.iter().position(is_id);
    let kind_column = heads.iter().position(|head| *head == Head::Kind);
    let cell = |column: Option<usize>, row: usize| {
        let column = at.table.columns.get(column?)?;
        column.cells.get(row).filter(|cell| !cell.is_empty())
    };
    let mut kinds_by_text: FxHashMap<Cow<'_, str>, Option<KindIdx>> = FxHashMap::default();
    let mut rows = Vec::with_capacity(at.table.rows());
    for row in 0..at.table.rows() {
        if cx.sink.is_done() {
            return rows;
        }
        rows.push(None);
        let Some(id) = cell(id_column, row).map(Cell::text) else {
            let mut columns = at.table.columns.iter().zip(heads).enumerate();
            let filled = columns.find(|(_, (column, head))| {
                **head != Head::Aside && column.cells.get(row).is_some_and(|cell| !cell.is_empty())
            });
            if let (Some((filled, _)), Some(_)) = (filled, id_column) {
                let problem = at
                    .error(
                        Code::MissingField,
                        "a row has no `id`",
                        row,
                        id_column.unwrap_or(filled),
                    )
                    .help("give it a short name that other elements can refer to");
                cx.sink.problem(problem, None);
            }
            continue;
        };
        let id_column = id_column.unwrap_or_default();
        let kind = match (kind_column, kinds) {
            (Some(column), _) => {
                let Some(text) = cell(kind_column, row).map(Cell::text) else {
                    let message = format!("`{}` has no kind", shown(&id));
                    let problem = at.error(Code::MissingField, message, row, column);
                    cx.sink.problem(problem, None);
                    cx.sink.unsound(&id);
                    continue;
                };
                let known = kinds_by_text.get(&text).copied();
                let kind = known.unwrap_or_else(|| {
                    cx.kind(&text)
                        .map_err(|(message, near)| {
                            at.error(Code::UnknownKind, message, row, column).suggest(near)
                        })
                        .map_err(|problem| cx.sink.problem(problem, None))
                        .ok()
                });
                kinds_by_text.insert(text, kind);
                kind
            }
            (None, [kind]) => Some(*kind),
            (None, _) => None,
        };
        let Some(kind) = kind else {
            cx.sink.unsound(&id);
            continue;
        };
        if let Err(why) = check_id(&id) {
            let span = cell_span(row, id_column);
            cx.sink.problem(why.diagnostic(&id, at.source, span), None);
            cx.sink.unsound(&id);
            if let Some(repaired) = repaired_id(&id) {
                cx.sink.unsound(&repaired);
            }
            continue;
        }
        let place = cx.sink.element(kind, &id, at.origin(row, id_column));
        if place.number >= cx.limits.elements {
            let limit = cx.limits.elements;
            let message = format!("the model holds more elements than the limit of {limit}");
            let problem = at.error(Code::OverLimit, message, row, id_column);
            cx.sink.problem(problem, None);
            return rows;
        }
        if let Some(by_id) = &mut cx.by_id {
            by_id.entry(id).or_insert(place);
        }
        if let Some(last) = rows.last_mut() {
            *last = Some(place);
        }
    }
    rows
}

/// Reads a column; what it holds may be another field for each kind.
fn for_each_kind<S: Sink>(
    cx: &mut Cx<'_, S>,
    at: At<'_>,
    column: &Column<'_>,
    number: usize,
    fields: &[(KindIdx, Field)],
    rows: &[Option<Place>],
) {
    let texts = column.cells.iter().filter_map(|cell| match cell {
        Cell::Text(text) => Some(*text),
        _ => None,
    });
    let is_numeric = |property: &PropertyIdx| {
        matches!(cx.v.properties[*property].kind, PropertyType::Int | PropertyType::Number)
    };
    let numbers = fields.iter().any(|(_, field)| match field {
        Field::Property(property) => is_numeric(property),
        Field::Id | Field::Relation(..) => false,
    });
    let mark = if numbers { mark(texts) } else { None };
    let mut known = Known::default();
    for (row, (cell, place)) in column.cells.iter().zip(rows).enumerate() {
        let Some(place) = place.filter(|_| !cell.is_empty()) else { continue };
        let field = match fields {
            [(kind, field)] if *kind == place.kind => Some(field),
            _ => fields.iter().find(|(kind, _)| *kind == place.kind).map(|(_, field)| field),
        };
        match field {
            Some(Field::Id) => {}
            Some(Field::Property(property)) => {
                let written = Written { at, place, row, column: number, mark };
                self::property(cx, written, *property, cell, &mut known);
            }
            Some(Field::Relation(relation, inverse)) => {
                for to in cell.ids() {
                    cx.sink.link(Link {
                        relation: *relation,
                        inverse: *inverse,
                        at: place,
                        to: &to,
                        origin: at.origin(row, number),
                        properties: Vec::new(),
                    });
                }
            }
            None => {
                let kind = &cx.v.kinds[place.kind].name;
                let message =
                    format!("the kind `{kind}` has no field `{}`", shown(column.head.trim()));
                let problem =
                    at.error(Code::UnknownField, message, row, number).help("leave the cell empty");
                cx.sink.problem(problem, None);
            }
        }
        if cx.sink.is_done() {
            return;
        }
    }
}

/// A cell of a property, and whose it is.
#[derive(Clone, Copy)]
struct Written<'a> {
    at: At<'a>,
    place: Place,
    row: usize,
    column: usize,
    mark: Option<Mark>,
}

/// Values of enumerations by text: a column has few, many times.
#[derive(Default)]
struct Known<'a>(FxHashMap<(&'a str, PropertyIdx), Value>);

fn property<'t, S: Sink>(
    cx: &mut Cx<'_, S>,
    written: Written<'_>,
    property: PropertyIdx,
    cell: &Cell<'t>,
    known: &mut Known<'t>,
) {
    let Written { at, place, row, column, mark } = written;
    let declared = &cx.v.properties[property];
    let key = match (cell, declared.kind) {
        (Cell::Text(text), PropertyType::Enum(_)) => Some((*text, property)),
        _ => None,
    };
    if let Some(value) = key.and_then(|key| known.0.get(&key)) {
        return cx.sink.value(place, property, value.clone());
    }
    let states = match declared.kind {
        PropertyType::Enum(e) if Some(e) == cx.v.state => {
            Some(cx.v.kinds[place.kind].states.as_slice())
        }
        _ => None,
    };
    let reading = Reading { v: cx.v, property: declared, states, mark, limits: cx.limits };
    match reading.value(cell) {
        Ok(value) => {
            if let Some(key) = key {
                known.0.insert(key, value.clone());
            }
            cx.sink.value(place, property, value);
        }
        Err(misread) => {
            let problem = misread.diagnostic(at.source, cell_span(row, column));
            cx.sink.problem(problem, Some((place, property)));
        }
    }
}
