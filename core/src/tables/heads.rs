//! What columns hold, by their heads.

use super::role::{FROM, KIND, RELATION, TO, is_aside, is_called, plain};
use super::{Column, Table};
use crate::diagnostic::{Code, Diagnostic, shown};
use crate::metamodel::{KindIdx, PropertyIdx, RelationIdx, Vocabulary};
use crate::model::document::{Field, FieldTable};
use crate::source::{Cell as CellPlace, Source, Span};
use crate::suggest::nearest;
use crate::text::{Language, Text};
use crate::yaml::read::listed;

/// What a column of a table of elements holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Head {
    /// A field of each of the kinds, in model order.
    Fields(Vec<(KindIdx, Field)>),
    Kind,
    /// Nothing of the model.
    Aside,
}

/// What a column of a table of links holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LinkHead {
    From,
    To,
    Relation,
    Property(PropertyIdx),
    Aside,
}

/// The place of a column's head.
pub(super) fn head_place(column: usize) -> Span {
    CellPlace { row: None, column: u32::try_from(column).ok() }.into()
}

/// A column without a head that holds nothing, or one that is marked as not of the model.
pub(super) fn is_left_out(column: &Column<'_>) -> bool {
    let is_nameless = column.head.trim().is_empty();
    is_aside(&column.head) || is_nameless && column.cells.iter().all(super::Cell::is_empty)
}

/// What the columns of a table with elements of some kinds hold.
pub(super) fn heads(
    v: &Vocabulary,
    fields: &FieldTable<'_>,
    table: &Table<'_>,
    kinds: &[KindIdx],
    source: &Source,
    problems: &mut Vec<Diagnostic>,
) -> Vec<Head> {
    let is_mixed = kinds.len() != 1;
    let mut heads: Vec<Head> = Vec::new();
    for (number, column) in table.columns.iter().enumerate() {
        let name = plain(&column.head);
        let head = if is_left_out(column) {
            Head::Aside
        } else if is_mixed && KIND.contains(&name.as_str()) {
            Head::Kind
        } else {
            let of_kind = |kind: &KindIdx| {
                let exact = fields.get(*kind, column.head.trim());
                Some((*kind, exact.or_else(|| field_called(fields, *kind, &name))?))
            };
            match kinds.iter().filter_map(of_kind).collect::<Vec<_>>() {
                none if none.is_empty() => {
                    let what = match kinds {
                        [kind] => format!("the kind `{}` has no", v.kinds[*kind].name),
                        _ => "no kind has a".to_owned(),
                    };
                    let known = kinds.iter().flat_map(|kind| fields.labelled(*kind)).collect();
                    problems.push(unknown_head(source, number, &what, known));
                    Head::Aside
                }
                found => Head::Fields(found),
            }
        };
        let is_same = |one: &Head| *one != Head::Aside && *one == head;
        if let Some(first) = heads.iter().position(is_same) {
            problems.push(twice(source, first, number));
            heads.push(Head::Aside);
        } else {
            heads.push(head);
        }
    }
    if table.rows() > 0 {
        let is_id = |head: &Head| match head {
            Head::Fields(fields) => fields.iter().all(|(_, field)| *field == Field::Id),
            Head::Kind | Head::Aside => false,
        };
        if !heads.iter().any(is_id) {
            problems.push(missing_column(source, ["id", "id"]));
        }
        if is_mixed && !heads.contains(&Head::Kind) {
            problems.push(missing_column(source, KIND));
        }
    }
    heads
}

/// The field of a kind that is called so, by its name or its label. A property wins over a relation with the
/// same label.
pub(super) fn field_called(fields: &FieldTable<'_>, kind: KindIdx, name: &str) -> Option<Field> {
    if let Some(field) = fields.get(kind, name) {
        return Some(field);
    }
    let called = fields.labelled(kind).filter(|(_, label)| is_called(name, label));
    let called: Vec<Field> = called.filter_map(|(name, _)| fields.get(kind, name)).collect();
    let is_property = |field: &&Field| !matches!(field, Field::Relation(..));
    let properties: Vec<&Field> = called.iter().filter(is_property).collect();
    match (properties.as_slice(), called.as_slice()) {
        ([only], _) => Some(**only),
        ([], [only]) => Some(*only),
        _ => None,
    }
}

/// The names of what else a column may hold, where it holds what nobody knows.
pub(super) fn unknown_head(
    source: &Source,
    column: usize,
    what: &str,
    mut known: Vec<(&str, &Text)>,
) -> Diagnostic {
    known.sort_by_key(|(name, _)| *name);
    known.dedup_by_key(|(name, _)| *name);
    let head = source.grid().and_then(|grid| grid.columns.get(column)).map_or("", String::as_str);
    let place = head_place(column);
    if head.trim().is_empty() {
        let message = "a column has no head, and its cells are not empty";
        return Diagnostic::error(Code::MissingField, message, source, place)
            .help("say in its first cell what the column holds");
    }
    let message = format!("{what} field `{}`", shown(head));
    let problem = Diagnostic::error(Code::UnknownField, message, source, place);
    let labels = |text: &'_ Text| Language::ALL.map(|l| text.exact(l).unwrap_or("").to_owned());
    let name = plain(head);
    let same = known.iter().filter(|(_, label)| is_called(&name, label)).map(|(name, _)| *name);
    let same: Vec<&str> = same.collect();
    if same.len() > 1 {
        return problem.help(format!("more than one is called so: write one of {}", listed(&same)));
    }
    let all: Vec<(String, &str)> = known
        .iter()
        .flat_map(|(name, label)| {
            let texts = labels(label).into_iter().chain([(*name).to_owned()]);
            texts.map(move |text| (text, *name))
        })
        .collect();
    let near = nearest(head, all.iter().map(|(text, _)| text.as_str()));
    let problem = match near {
        Some(near) => problem.suggest(Some(near)),
        None => {
            let names: Vec<&str> = known.iter().map(|(name, _)| *name).collect();
            problem.help(format!("the fields are {}", listed(&names)))
        }
    };
    problem.help("start its head with `_` to leave the column out")
}

/// Two columns of one table that hold the same.
pub(super) fn twice(source: &Source, first: usize, second: usize) -> Diagnostic {
    let head = |column| {
        let grid = source.grid();
        grid.and_then(|grid| grid.columns.get(column)).map_or("", String::as_str)
    };
    let message = format!(
        "two columns hold the same: `{}` and `{}`",
        shown(head(first)),
        shown(head(second))
    );
    Diagnostic::error(Code::DuplicateKey, message, source, head_place(second))
        .help("leave one of them out")
}

/// What the columns of a table of links hold.
pub(super) fn link_heads(
    v: &Vocabulary,
    table: &Table<'_>,
    relation: Option<RelationIdx>,
    source: &Source,
    problems: &mut Vec<Diagnostic>,
) -> Vec<LinkHead> {
    let relations: Vec<RelationIdx> = match relation {
        Some(relation) => vec![relation],
        None => v.relations.indices().collect(),
    };
    let mut heads: Vec<LinkHead> = Vec::new();
    for (number, column) in table.columns.iter().enumerate() {
        let name = plain(&column.head);
        let fixed = [(FROM, LinkHead::From), (TO, LinkHead::To)]
            .into_iter()
            .chain(relation.is_none().then_some((RELATION, LinkHead::Relation)))
            .find(|(names, _)| names.contains(&name.as_str()))
            .map(|(_, head)| head);
        let property = || {
            let all =
                relations.iter().flat_map(|relation| v.relations[*relation].properties.iter());
            all.copied().find(|property| {
                let declared = &v.properties[*property];
                declared.name == name || is_called(&name, &declared.label)
            })
        };
        let head = if is_left_out(column) {
            LinkHead::Aside
        } else if let Some(head) = fixed.or_else(|| property().map(LinkHead::Property)) {
            if let Some(first) = heads.iter().position(|one| *one == head) {
                problems.push(twice(source, first, number));
            }
            head
        } else {
            let known: Vec<(&str, &Text)> = relations
                .iter()
                .flat_map(|relation| v.relations[*relation].properties.iter())
                .map(|property| &v.properties[*property])
                .map(|declared| (declared.name.as_str(), &declared.label))
                .collect();
            problems.push(unknown_head(source, number, "a link has no", known));
            LinkHead::Aside
        };
        heads.push(head);
    }
    for (wanted, names) in
        [(LinkHead::From, FROM), (LinkHead::To, TO), (LinkHead::Relation, RELATION)]
    {
        let is_wanted = wanted != LinkHead::Relation || relation.is_none();
        if is_wanted && !heads.contains(&wanted) && table.rows() > 0 {
            problems.push(missing_column(source, names));
        }
    }
    heads
}

/// A table without a column that it needs.
pub(super) fn missing_column(source: &Source, names: [&str; 2]) -> Diagnostic {
    let message = format!("the table `{}` has no column `{}`", shown(source.name()), names[0]);
    let problem = Diagnostic::error(Code::MissingField, message, source, Span::default());
    let either = if names[0] == names[1] {
        format!("`{}`", names[0])
    } else {
        format!("`{}` or `{}`", names[0], names[1])
    };
    problem.help(format!("add a column with the head {either}"))
}
