//! One property of all elements of a kind, or of all links of a relation.

use std::sync::Arc;

use crate::index::BitSet;
use crate::metamodel::{EnumIdx, PropertyType};
use crate::value::{Timestamp, Value};

/// A value for each row that has one. Takes no space until the first value comes.
#[derive(Debug)]
pub(crate) enum Column {
    /// The ids, which are kept elsewhere.
    Id,
    Bool(Values<bool>),
    Int(Values<i64>),
    Double(Values<f64>),
    Text(Values<Arc<str>>),
    Date(Values<Timestamp>),
    Enum(EnumIdx, Values<u32>),
    Texts(Values<Arc<[Value]>>),
}

#[derive(Debug)]
pub(crate) struct Values<T> {
    values: Vec<T>,
    present: BitSet,
}

impl Column {
    pub(crate) fn new(kind: PropertyType) -> Self {
        match kind {
            PropertyType::Text => Self::Text(Values::default()),
            PropertyType::Bool => Self::Bool(Values::default()),
            PropertyType::Int => Self::Int(Values::default()),
            PropertyType::Number => Self::Double(Values::default()),
            PropertyType::Date => Self::Date(Values::default()),
            PropertyType::Texts => Self::Texts(Values::default()),
            PropertyType::Enum(enumeration) => Self::Enum(enumeration, Values::default()),
        }
    }

    /// Records a value of the column's type in one of `rows` rows.
    pub(crate) fn set(&mut self, row: usize, rows: usize, value: Value) {
        match (self, value) {
            (Self::Bool(values), Value::Bool(value)) => values.set(row, rows, value, &false),
            (Self::Int(values), Value::Int(value)) => values.set(row, rows, value, &0),
            (Self::Double(values), Value::Double(value)) => values.set(row, rows, value, &0.0),
            (Self::Text(values), Value::Text(value)) => {
                let blank = value.clone();
                values.set(row, rows, value, &blank);
            }
            (Self::Date(values), Value::Timestamp(value)) => values.set(row, rows, value, &value),
            (Self::Enum(_, values), Value::Enum(_, value)) => values.set(row, rows, value, &0),
            (Self::Texts(values), Value::List(value)) => {
                let blank = value.clone();
                values.set(row, rows, value, &blank);
            }
            (column, value) => debug_assert!(false, "{value:?} cannot go into {column:?}"),
        }
    }

    pub(crate) fn get(&self, row: usize) -> Option<Value> {
        match self {
            Self::Id => None,
            Self::Bool(values) => values.get(row).copied().map(Value::Bool),
            Self::Int(values) => values.get(row).copied().map(Value::Int),
            Self::Double(values) => values.get(row).copied().map(Value::Double),
            Self::Text(values) => values.get(row).cloned().map(Value::Text),
            Self::Date(values) => values.get(row).copied().map(Value::Timestamp),
            Self::Enum(enumeration, values) => {
                values.get(row).map(|position| Value::Enum(*enumeration, *position))
            }
            Self::Texts(values) => values.get(row).cloned().map(Value::List),
        }
    }

    /// The most members that a value has, and the bytes of the longest text.
    pub(crate) fn extent(&self) -> (usize, usize) {
        match self {
            Self::Text(values) => (1, values.values.iter().map(|t| t.len()).max().unwrap_or(1)),
            Self::Texts(values) => {
                let bytes =
                    values.values.iter().flat_map(|list| list.iter()).map(|text| match text {
                        Value::Text(text) => text.len(),
                        _ => 1,
                    });
                let members = values.values.iter().map(|list| list.len()).max();
                (members.unwrap_or(0), bytes.max().unwrap_or(1))
            }
            _ => (1, 1),
        }
    }

    /// Of a property that is a value of an enumeration: how often each is recorded, by position.
    pub(crate) fn tally(&self) -> Vec<usize> {
        let mut tally = Vec::new();
        if let Self::Enum(_, values) = self {
            for row in 0..values.values.len() {
                let position = values.get(row).and_then(|value| usize::try_from(*value).ok());
                let Some(position) = position else { continue };
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

    pub(crate) fn date(&self, row: usize) -> Option<Timestamp> {
        match self {
            Self::Date(values) => values.get(row).copied(),
            _ => None,
        }
    }
}

impl<T: Clone> Values<T> {
    /// `blank` fills the rows that nothing is recorded for.
    fn set(&mut self, row: usize, rows: usize, value: T, blank: &T) {
        if self.values.is_empty() {
            self.values = vec![blank.clone(); rows];
            self.present = BitSet::new(rows);
        }
        if let Some(place) = self.values.get_mut(row) {
            *place = value;
            self.present.insert(row);
        }
    }
}

impl<T> Values<T> {
    fn get(&self, row: usize) -> Option<&T> {
        self.values.get(row).filter(|_| self.present.contains(row))
    }
}

impl<T> Default for Values<T> {
    fn default() -> Self {
        Self { values: Vec::new(), present: BitSet::default() }
    }
}
