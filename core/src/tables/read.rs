//! Tables into a sink: first elements, so that links can say by id where they start; then links and the rest.

use std::borrow::Cow;

use rustc_hash::FxHashMap;

use super::role::{self, Role};
use super::sink::{Place, Sink};
use super::{Table, deviations, elements, links};
use crate::diagnostic::{Code, Diagnostic, shown};
use crate::limits::Limits;
use crate::metamodel::{KindIdx, Vocabulary};
use crate::model::Origin;
use crate::model::document::FieldTable;
use crate::source::{Cell as CellPlace, Source, Span};
use crate::suggest::meant;

/// What reading tables goes by.
pub(super) struct Cx<'a, S> {
    pub(super) v: &'a Vocabulary,
    pub(super) fields: FieldTable<'a>,
    pub(super) limits: &'a Limits,
    pub(super) sink: &'a mut S,
    /// The elements by id, where links will ask for them.
    pub(super) by_id: Option<FxHashMap<Cow<'a, str>, Place>>,
    /// Cells that may still be read.
    cells: usize,
}

/// A table at hand.
#[derive(Clone, Copy)]
pub(super) struct At<'a> {
    pub(super) table: &'a Table<'a>,
    pub(super) source: &'a Source,
    /// Its position among the sources.
    number: u32,
}

impl At<'_> {
    pub(super) fn origin(&self, row: usize, column: usize) -> Origin {
        Origin { source: self.number, span: cell_span(row, column) }
    }

    pub(super) fn error(
        &self,
        code: Code,
        message: impl Into<String>,
        row: usize,
        column: usize,
    ) -> Diagnostic {
        Diagnostic::error(code, message, self.source, cell_span(row, column))
    }
}

/// The place of a cell.
pub(super) fn cell_span(row: usize, column: usize) -> Span {
    CellPlace { row: u32::try_from(row).ok(), column: u32::try_from(column).ok() }.into()
}

pub(super) fn read<S: Sink>(
    v: &Vocabulary,
    tables: &[Table<'_>],
    sources: &[Source],
    limits: &Limits,
    sink: &mut S,
) {
    let mut roles = Vec::new();
    for (number, (table, source)) in (0..).zip(tables.iter().zip(sources)) {
        let at = At { table, source, number };
        match role::role(v, source) {
            Ok(role) => roles.push((at, role)),
            // An empty sheet with a name of its own says nothing.
            Err(_) if table.rows() == 0 => {}
            Err(problem) => sink.problem(problem, None),
        }
    }
    let has_links =
        |(_, role): &(At<'_>, Role)| matches!(role, Role::Relation(..) | Role::Relations);
    let by_id = roles.iter().any(has_links).then(FxHashMap::default);
    let cells = limits.document_nodes;
    let mut cx = Cx { v, fields: FieldTable::new(v), limits, sink, by_id, cells };
    let all: Vec<KindIdx> = v.kinds.indices().collect();
    for (at, role) in &roles {
        match role {
            Role::Kind(kind) if cx.may_read(*at) => elements::read(&mut cx, *at, &[*kind]),
            Role::Elements if cx.may_read(*at) => elements::read(&mut cx, *at, &all),
            _ => {}
        }
    }
    for (at, role) in &roles {
        match role {
            Role::Relation(relation, inverse) if cx.may_read(*at) => {
                links::read(&mut cx, *at, Some((*relation, *inverse)));
            }
            Role::Relations if cx.may_read(*at) => links::read(&mut cx, *at, None),
            Role::Deviations if cx.may_read(*at) => deviations::deviations(&mut cx, *at),
            Role::OpenKinds if cx.may_read(*at) => deviations::open_kinds(&mut cx, *at),
            _ => {}
        }
    }
}

impl<S: Sink> Cx<'_, S> {
    /// Whether the table is within the limit of cells; else says so.
    fn may_read(&mut self, at: At<'_>) -> bool {
        if self.sink.is_done() {
            return false;
        }
        let cells = at.table.rows().saturating_mul(at.table.columns.len());
        if let Some(left) = self.cells.checked_sub(cells) {
            self.cells = left;
            return true;
        }
        let limit = self.limits.document_nodes;
        let message = format!("the tables have more cells than the limit of {limit}");
        let problem = Diagnostic::error(Code::OverLimit, message, at.source, Span::default());
        self.sink.problem(problem, None);
        false
    }

    /// The kind that a text names, else what is wrong with it.
    pub(super) fn kind(&self, text: &str) -> Result<KindIdx, (String, Option<&str>)> {
        role::kind_called(self.v, &role::plain(text)).ok_or_else(|| {
            let known = self.v.kinds.iter().map(|kind| (kind.name.as_str(), &kind.label));
            (format!("there is no kind `{}`", shown(text)), meant(text, known))
        })
    }
}
