//! One property of all elements of a kind, or of all links of a relation.

use std::ops::Range;
use std::sync::Arc;

use super::texts::Texts;
use crate::index::{BitSet, Slots, wide};
use crate::metamodel::{EnumIdx, PropertyType};
use crate::value::{Timestamp, Value};

/// A value for each row that has one. Takes no space until the first value comes.
#[derive(Debug, Clone)]
pub(crate) enum Column {
    /// The ids, which are kept elsewhere.
    Id,
    Bool(Cells<bool>),
    Int(Cells<i64>),
    Double(Cells<f64>),
    Text(TextCells),
    /// Days since 1970-01-01.
    Date(Cells<i32>),
    /// Positions in an enumeration.
    Enum(EnumIdx, Cells<u16>),
    Texts(Cells<Arc<[Value]>>),
}

/// Values of one type. Rows without a value hold a blank one; a column without any has no rows.
#[derive(Debug, Clone, Default)]
pub(crate) struct Cells<T> {
    values: Vec<T>,
    present: BitSet,
}

/// Texts, likewise.
#[derive(Debug, Clone, Default)]
pub(crate) struct TextCells {
    values: Texts,
    present: BitSet,
}

impl Column {
    pub(crate) fn new(kind: PropertyType) -> Self {
        match kind {
            PropertyType::Text => Self::Text(TextCells::default()),
            PropertyType::Bool => Self::Bool(Cells::default()),
            PropertyType::Int => Self::Int(Cells::default()),
            PropertyType::Number => Self::Double(Cells::default()),
            PropertyType::Date => Self::Date(Cells::default()),
            PropertyType::Texts => Self::Texts(Cells::default()),
            PropertyType::Enum(enumeration) => Self::Enum(enumeration, Cells::default()),
        }
    }

    /// Records a value of the column's type in one of `rows` rows.
    pub(crate) fn set(&mut self, row: usize, rows: usize, value: &Value) {
        match (self, value) {
            (Self::Bool(cells), Value::Bool(value)) => cells.set(row, rows, *value),
            (Self::Int(cells), Value::Int(value)) => cells.set(row, rows, *value),
            (Self::Double(cells), Value::Double(value)) => cells.set(row, rows, *value),
            (Self::Text(cells), Value::Text(value)) => cells.set(row, rows, value),
            (Self::Date(cells), Value::Timestamp(value)) => {
                // Invariant: within the years 1 to 9999, which are few enough days.
                cells.set(row, rows, i32::try_from(value.days()).unwrap_or_default());
            }
            (Self::Enum(_, cells), Value::Enum(_, value)) => {
                // Invariant: metamodels keep enumerations shorter than that.
                cells.set(row, rows, u16::try_from(*value).unwrap_or(u16::MAX));
            }
            (Self::Texts(cells), Value::List(value)) => cells.set(row, rows, Arc::clone(value)),
            (column, value) => debug_assert!(false, "{value:?} cannot go into {column:?}"),
        }
    }

    /// Records a value in a row that may lie behind the last one there is. `false` where it is none of the
    /// column's type.
    pub(crate) fn record(&mut self, row: usize, value: &Value) -> bool {
        match (self, value) {
            (Self::Bool(cells), Value::Bool(value)) => cells.record(row, *value),
            (Self::Int(cells), Value::Int(value)) => cells.record(row, *value),
            (Self::Double(cells), Value::Double(value)) => cells.record(row, *value),
            (Self::Text(cells), Value::Text(value)) => cells.record(row, value),
            (Self::Date(cells), Value::Timestamp(value)) => {
                let Ok(days) = i32::try_from(value.days()) else { return false };
                cells.record(row, days);
            }
            (Self::Enum(_, cells), Value::Enum(_, value)) => {
                let Ok(position) = u16::try_from(*value) else { return false };
                cells.record(row, position);
            }
            (Self::Texts(cells), Value::List(value)) => cells.record(row, Arc::clone(value)),
            _ => return false,
        }
        true
    }

    pub(crate) fn get(&self, row: usize) -> Option<Value> {
        match self {
            Self::Id => None,
            Self::Bool(cells) => cells.get(row).copied().map(Value::Bool),
            Self::Int(cells) => cells.get(row).copied().map(Value::Int),
            Self::Double(cells) => cells.get(row).copied().map(Value::Double),
            Self::Text(cells) => cells.get(row).map(Value::text),
            Self::Date(cells) => {
                cells.get(row).and_then(|days| Timestamp::from_days(*days)).map(Value::Timestamp)
            }
            Self::Enum(enumeration, cells) => {
                cells.get(row).map(|position| Value::Enum(*enumeration, u32::from(*position)))
            }
            Self::Texts(cells) => cells.get(row).cloned().map(Value::List),
        }
    }

    /// The rows that a value is recorded for.
    #[inline]
    pub(crate) fn present(&self) -> Option<&BitSet> {
        match self {
            Self::Id => None,
            Self::Bool(cells) => Some(&cells.present),
            Self::Int(cells) => Some(&cells.present),
            Self::Double(cells) => Some(&cells.present),
            Self::Text(cells) => Some(&cells.present),
            Self::Date(cells) => Some(&cells.present),
            Self::Enum(_, cells) => Some(&cells.present),
            Self::Texts(cells) => Some(&cells.present),
        }
    }

    /// The most members that a value has, and the bytes of the longest text.
    pub(crate) fn extent(&self) -> (usize, usize) {
        match self {
            Self::Text(cells) => {
                let lengths = cells.present.iter().map(|row| cells.values.length(row));
                (1, lengths.max().unwrap_or(1).max(1))
            }
            Self::Texts(cells) => {
                let lists = cells.present.iter().filter_map(|row| cells.get(row));
                lists.map(|list| extent_of_list(list)).fold((1, 1), larger)
            }
            _ => (1, 1),
        }
    }

    /// Of a property that is a value of an enumeration: how often each is recorded, by position.
    pub(crate) fn tally(&self) -> Vec<usize> {
        let mut tally = Vec::new();
        if let Self::Enum(_, cells) = self {
            for position in cells.present.iter().filter_map(|row| cells.get(row)) {
                let position = usize::from(*position);
                if tally.len() <= position {
                    tally.resize(position + 1, 0);
                }
                if let Some(count) = tally.get_mut(position) {
                    *count += 1;
                }
            }
        }
        tally
    }

    pub(crate) fn date(&self, row: usize) -> Option<i32> {
        self.dates()?.get(row).copied()
    }
}

/// The members of a recorded value, and the bytes of its longest text, where it holds texts.
pub(super) fn extent_of(value: &Value) -> Option<(usize, usize)> {
    match value {
        Value::Text(text) => Some((1, text.len().max(1))),
        Value::List(items) => Some(extent_of_list(items)),
        _ => None,
    }
}

fn extent_of_list(items: &[Value]) -> (usize, usize) {
    let bytes = items.iter().map(|text| match text {
        Value::Text(text) => text.len(),
        _ => 1,
    });
    (items.len(), bytes.fold(1, usize::max))
}

/// What has room for both.
pub(super) fn larger(a: (usize, usize), b: (usize, usize)) -> (usize, usize) {
    (a.0.max(b.0), a.1.max(b.1))
}

/// Columns as kernels read them: each is of one type, and `None` of the others.
#[expect(dead_code, reason = "for evaluators of whole columns")]
impl Column {
    pub(crate) fn bools(&self) -> Option<&Cells<bool>> {
        if let Self::Bool(cells) = self { Some(cells) } else { None }
    }

    pub(crate) fn ints(&self) -> Option<&Cells<i64>> {
        if let Self::Int(cells) = self { Some(cells) } else { None }
    }

    pub(crate) fn doubles(&self) -> Option<&Cells<f64>> {
        if let Self::Double(cells) = self { Some(cells) } else { None }
    }

    /// Days since 1970-01-01.
    pub(crate) fn dates(&self) -> Option<&Cells<i32>> {
        if let Self::Date(cells) = self { Some(cells) } else { None }
    }

    /// Positions in the enumeration.
    pub(crate) fn enums(&self) -> Option<&Cells<u16>> {
        if let Self::Enum(_, cells) = self { Some(cells) } else { None }
    }

    pub(crate) fn texts(&self) -> Option<&TextCells> {
        if let Self::Text(cells) = self { Some(cells) } else { None }
    }
}

impl<T> Cells<T> {
    /// The values, and blank ones where nothing is recorded; empty where nothing is recorded at all.
    pub(crate) fn values(&self) -> &[T] {
        &self.values
    }

    /// The rows that a value is recorded for; without room where nothing is recorded at all.
    pub(crate) fn present(&self) -> &BitSet {
        &self.present
    }

    #[inline]
    pub(crate) fn get(&self, row: usize) -> Option<&T> {
        self.values.get(row).filter(|_| self.present.contains(row))
    }
}

impl<T: Clone + Default> Cells<T> {
    /// Records a value in a row that may lie behind the last one there is.
    pub(crate) fn record(&mut self, row: usize, value: T) {
        if row >= self.values.len() {
            self.values.resize(row + 1, T::default());
            self.present.grow(row + 1);
        }
        self.set(row, row + 1, value);
    }

    pub(crate) fn set(&mut self, row: usize, rows: usize, value: T) {
        if self.values.is_empty() {
            self.values = vec![T::default(); rows];
            self.present = BitSet::new(rows);
        }
        if let Some(place) = self.values.get_mut(row) {
            *place = value;
            self.present.insert(row);
        }
    }
}

#[expect(dead_code, reason = "for evaluators of whole columns")]
impl TextCells {
    pub(crate) fn present(&self) -> &BitSet {
        &self.present
    }

    pub(crate) fn get(&self, row: usize) -> Option<&str> {
        if self.present.contains(row) { self.values.get(row) } else { None }
    }

    /// Records a text in a row that may lie behind the last one there is.
    pub(crate) fn record(&mut self, row: usize, text: &str) {
        while row > self.values.len() {
            self.values.push("");
        }
        self.present.grow(row + 1);
        if row == self.values.len() {
            self.values.push(text);
            self.present.insert(row);
        } else {
            self.set(row, row + 1, text);
        }
    }

    pub(crate) fn set(&mut self, row: usize, rows: usize, text: &str) {
        if self.values.len() == 0 {
            self.values = Texts::blank(rows);
            self.present = BitSet::new(rows);
        }
        if row < self.values.len() {
            self.values.set(row, text);
            self.present.insert(row);
        }
    }
}

/// What is done to the rows of a column of any type.
trait Rows {
    fn open(&mut self, row: usize);
    fn close(&mut self, row: usize);
    fn clear(&mut self, row: usize);
    /// Makes a blank row within a range, over one that is free at its end.
    fn open_within(&mut self, range: Range<usize>);
    /// Takes away the first row of a range; a free one is left at its end.
    fn close_within(&mut self, range: Range<usize>);
    fn pick(&mut self, rows: &[u32]);
}

impl<T: Clone + Default> Rows for Cells<T> {
    fn open(&mut self, row: usize) {
        if row <= self.values.len() && !self.values.is_empty() {
            self.values.insert(row, T::default());
            self.present.open(row, false);
        }
    }

    fn close(&mut self, row: usize) {
        if row < self.values.len() {
            self.values.remove(row);
            self.present.close(row);
        }
    }

    fn clear(&mut self, row: usize) {
        if let Some(value) = self.values.get_mut(row) {
            *value = T::default();
            self.present.remove(row);
        }
    }

    fn open_within(&mut self, range: Range<usize>) {
        if let Some(values) = self.values.get_mut(range.clone()) {
            values.rotate_right(1);
            self.present.rotate_right(range.clone());
            self.clear(range.start);
        }
    }

    fn close_within(&mut self, range: Range<usize>) {
        if let Some(values) = self.values.get_mut(range.clone()) {
            values.rotate_left(1);
            self.present.rotate_left(range.clone());
            self.clear(range.end.saturating_sub(1));
        }
    }

    fn pick(&mut self, rows: &[u32]) {
        if !self.values.is_empty() {
            let value = |row: &u32| self.values.get(wide(*row)).cloned().unwrap_or_default();
            self.values = rows.iter().map(value).collect();
            self.present = self.present.picked(rows);
        }
    }
}

impl Rows for TextCells {
    fn open(&mut self, row: usize) {
        if row <= self.values.len() && self.values.len() > 0 {
            self.values.insert(row, "");
            self.present.open(row, false);
        }
    }

    fn close(&mut self, row: usize) {
        if row < self.values.len() {
            self.values.remove(row);
            self.present.close(row);
        }
    }

    fn clear(&mut self, row: usize) {
        if row < self.values.len() {
            self.values.set(row, "");
            self.present.remove(row);
        }
    }

    fn open_within(&mut self, range: Range<usize>) {
        self.values.rotate_right(range.clone());
        self.present.rotate_right(range.clone());
        self.clear(range.start);
    }

    fn close_within(&mut self, range: Range<usize>) {
        self.values.rotate_left(range.clone());
        self.present.rotate_left(range.clone());
        self.clear(range.end.saturating_sub(1));
    }

    fn pick(&mut self, rows: &[u32]) {
        if self.values.len() > 0 {
            self.values = self.values.picked(rows);
            self.present = self.present.picked(rows);
        }
    }
}

/// Edits. Rows of a column without any value are not kept, so nothing moves there.
impl Column {
    fn rows(&mut self) -> Option<&mut dyn Rows> {
        match self {
            Self::Id => None,
            Self::Bool(cells) => Some(cells),
            Self::Int(cells) => Some(cells),
            Self::Double(cells) => Some(cells),
            Self::Text(cells) => Some(cells),
            Self::Date(cells) => Some(cells),
            Self::Enum(_, cells) => Some(cells),
            Self::Texts(cells) => Some(cells),
        }
    }

    /// Forgets what is recorded for a row.
    pub(crate) fn clear(&mut self, row: usize) {
        if let Some(rows) = self.rows() {
            rows.clear(row);
        }
    }

    /// Makes a row without a value; those from there on move up by one.
    pub(crate) fn open(&mut self, row: usize) {
        if let Some(rows) = self.rows() {
            rows.open(row);
        }
    }

    /// Takes a row away; those after it move down by one.
    pub(crate) fn close(&mut self, row: usize) {
        if let Some(rows) = self.rows() {
            rows.close(row);
        }
    }

    /// Moves rows as an insertion moved the slots that they belong to.
    pub(crate) fn follow_insertion(&mut self, slots: Slots) {
        let Some(rows) = self.rows() else { return };
        match slots.end {
            Some(end) => rows.open_within(slots.at..end),
            None => rows.open(slots.at),
        }
    }

    /// Moves rows as a removal moved the slots that they belong to.
    pub(crate) fn follow_removal(&mut self, slots: Range<usize>) {
        if let Some(rows) = self.rows() {
            rows.close_within(slots);
        }
    }

    /// Keeps the rows that are named, in that order.
    pub(crate) fn pick(&mut self, rows: &[u32]) {
        if let Some(columns) = self.rows() {
            columns.pick(rows);
        }
    }
}
