//! Cells as values of properties, ids and lists.

use std::borrow::Cow;

use super::Cell;
use super::numeral::{Mark, Numeral, numeral};
use super::role::{is_called, plain};
use crate::diagnostic::{Code, shown};
use crate::limits::Limits;
use crate::metamodel::{
    EnumIdx, EnumValue, Help, Misread, Property, PropertyType, Vocabulary, read_date,
};
use crate::suggest::nearest;
use crate::text::Language;
use crate::value::{Timestamp, Value};
use crate::yaml::{Scalar, Style};

/// The numbers of days in workbooks that are taken for dates: those of 1950 up to 9999. A smaller one is
/// rather a year, or something counted.
const SERIALS: std::ops::RangeInclusive<i64> = 18_264..=2_958_465;
/// The number of 1970-01-01 in workbooks.
const EPOCH: i64 = 25_569;
const SECONDS_PER_DAY: i64 = 86_400;

impl Cell<'_> {
    pub(super) fn is_empty(&self) -> bool {
        match self {
            Cell::Empty => true,
            Cell::Number(number) => number.is_nan(),
            Cell::Text(text) => text.trim().is_empty(),
            // A list without members says that there are none.
            Cell::Bool(_) | Cell::Int(_) | Cell::Day(_) | Cell::Moment(_) | Cell::List(_) => false,
        }
    }
}

impl<'a> Cell<'a> {
    /// The cell as one text, without space around it: numbers as ids are written, dates as `2026-06-01`.
    pub(super) fn text(&self) -> Cow<'a, str> {
        match self {
            Cell::Empty => Cow::Borrowed(""),
            Cell::Bool(truth) => Cow::Owned(truth.to_string()),
            Cell::Int(number) => Cow::Owned(number.to_string()),
            // A whole number prints without a point.
            Cell::Number(number) => Cow::Owned(number.to_string()),
            Cell::Text(text) => Cow::Borrowed(text.trim()),
            Cell::Day(_) | Cell::Moment(_) => {
                Cow::Owned(self.day().map_or_else(String::new, |day| day.to_string()))
            }
            Cell::List(texts) => Cow::Owned(texts.join("; ")),
        }
    }

    /// The ids in a cell; none of them holds a comma.
    pub(super) fn ids(&self) -> Vec<Cow<'a, str>> {
        match self {
            Cell::Text(text) => parts(text, &[';', ',', '\n']).map(Cow::Borrowed).collect(),
            Cell::List(texts) => {
                let texts = texts.iter().map(|text| text.trim()).filter(|text| !text.is_empty());
                texts.map(Cow::Borrowed).collect()
            }
            one => vec![one.text()],
        }
    }

    /// The texts in a cell.
    fn texts(&self) -> Vec<Cow<'a, str>> {
        match self {
            Cell::Text(text) => parts(text, &[';', '\n']).map(Cow::Borrowed).collect(),
            Cell::List(texts) => texts.iter().map(|text| Cow::Borrowed(*text)).collect(),
            other => other.ids(),
        }
    }

    /// The date in a cell that is to hold one, as `name`.
    pub(super) fn date(&self, name: &str) -> Result<Timestamp, Misread> {
        let serial = match self {
            Cell::Int(number) => Some(*number),
            // The fraction is the time of day.
            Cell::Number(number) => format!("{:.0}", number.floor()).parse().ok(),
            _ => None,
        };
        let serial = serial.filter(|serial| SERIALS.contains(serial));
        let day =
            serial.and_then(|serial| Timestamp::from_days(i32::try_from(serial - EPOCH).ok()?));
        if let Some(day) = day.or_else(|| self.day()) {
            return Ok(day);
        }
        let text = self.text();
        match day_of(&text) {
            Day::Certain(day) => Ok(day),
            Day::Either(first, second) => Err(Misread {
                code: Code::InvalidDate,
                message: format!("`{}` may be {first} or {second}", shown(&text)),
                help: Help::Advice(format!("write `{first}` or `{second}`")),
            }),
            Day::Other => read_date(name, &plain_scalar(&text)),
        }
    }

    /// The date of a cell that holds a date or a moment.
    fn day(&self) -> Option<Timestamp> {
        match self {
            Cell::Day(days) => Timestamp::from_days(*days),
            Cell::Moment(seconds) => {
                Timestamp::from_days(i32::try_from(seconds.div_euclid(SECONDS_PER_DAY)).ok()?)
            }
            _ => None,
        }
    }
}

fn parts<'t>(text: &'t str, between: &'static [char]) -> impl Iterator<Item = &'t str> {
    text.split(between).map(str::trim).filter(|part| !part.is_empty())
}

/// A column on its way to values: the property, and what its cells have in common.
pub(super) struct Reading<'a> {
    pub(super) v: &'a Vocabulary,
    pub(super) property: &'a Property,
    /// The states that the kind at hand has.
    pub(super) states: Option<&'a [u32]>,
    pub(super) mark: Option<Mark>,
    pub(super) limits: &'a Limits,
}

impl Reading<'_> {
    /// The value of a cell that isn't empty.
    pub(super) fn value(&self, cell: &Cell<'_>) -> Result<Value, Misread> {
        let value = match (self.property.kind, cell) {
            (PropertyType::Bool, Cell::Bool(truth)) => Value::Bool(*truth),
            (PropertyType::Bool, _) => self.truth(cell)?,
            (PropertyType::Int, Cell::Int(number)) => Value::Int(*number),
            (PropertyType::Number, Cell::Number(number)) if number.is_finite() => {
                Value::Double(*number)
            }
            (PropertyType::Number, Cell::Int(number)) if i32::try_from(*number).is_ok() => {
                Value::Double(f64::from(i32::try_from(*number).unwrap_or_default()))
            }
            (PropertyType::Int | PropertyType::Number, Cell::Text(text)) => {
                return self.numeral(text);
            }
            (PropertyType::Date, _) => self.date(cell)?,
            (PropertyType::Enum(enumeration), _) => self.member(enumeration, cell)?,
            (PropertyType::Text, Cell::Text(text)) => {
                self.bounded(text)?;
                Value::text(text)
            }
            (PropertyType::Texts, _) => {
                let texts = cell.texts();
                texts.iter().try_for_each(|text| self.bounded(text))?;
                Value::list(texts.iter().map(|text| Value::text(text)))
            }
            _ => return self.written(&cell.text()),
        };
        if self.property.allows(&value) { Ok(value) } else { self.written(&cell.text()) }
    }

    /// The value of a text as a document would have it without quotes.
    fn written(&self, text: &str) -> Result<Value, Misread> {
        self.bounded(text)?;
        self.v.read(self.property, self.states, &plain_scalar(text))
    }

    fn bounded(&self, text: &str) -> Result<(), Misread> {
        let limit = self.limits.text_bytes;
        if text.len() <= limit {
            return Ok(());
        }
        let message = format!("a text is longer than the limit of {limit} bytes");
        Err(Misread { code: Code::OverLimit, message, help: Help::None })
    }

    fn truth(&self, cell: &Cell<'_>) -> Result<Value, Misread> {
        let text = cell.text();
        match text.to_lowercase().as_str() {
            "true" | "yes" | "y" | "1" | "ja" | "j" | "waar" => Ok(Value::Bool(true)),
            "false" | "no" | "n" | "0" | "nee" | "onwaar" => Ok(Value::Bool(false)),
            _ => self.written(&text),
        }
    }

    fn numeral(&self, text: &str) -> Result<Value, Misread> {
        match numeral(text, self.mark) {
            Numeral::Number(number) => self.written(&number),
            // One of the two is no whole number.
            Numeral::Either(whole, _) if self.property.kind == PropertyType::Int => {
                self.written(&whole)
            }
            Numeral::Either(whole, decimal) => Err(Misread {
                code: Code::WrongType,
                message: format!("`{}` may be {whole} or {decimal}", shown(text.trim())),
                help: Help::Advice(format!(
                    "make it a number instead of text, or write `{whole}` or `{decimal}0`"
                )),
            }),
            Numeral::Other => self.written(text.trim()),
        }
    }

    fn date(&self, cell: &Cell<'_>) -> Result<Value, Misread> {
        self.bounded(&cell.text())?;
        cell.date(&self.property.name).map(Value::Timestamp)
    }

    fn member(&self, enumeration: EnumIdx, cell: &Cell<'_>) -> Result<Value, Misread> {
        let text = cell.text();
        let is_valid = |position: &u32| self.states.is_none_or(|states| states.contains(position));
        if let Some(position) = self.v.enum_value(enumeration, &text).filter(is_valid) {
            return Ok(Value::Enum(enumeration, position));
        }
        let name = plain(&text);
        let values = &self.v.enumerations[enumeration].values;
        let called = (0..).zip(values).filter(|(position, value)| {
            is_valid(position) && (plain(&value.name) == name || is_called(&name, &value.label))
        });
        match called.map(|(position, _)| position).collect::<Vec<u32>>().as_slice() {
            [only] => Ok(Value::Enum(enumeration, *only)),
            // None, or several that are called so.
            _ => self.written(&text).map_err(|misread| self.with_label(misread, &text, values)),
        }
    }
}

impl Reading<'_> {
    /// Names the nearest label, where no name is near.
    fn with_label(&self, misread: Misread, text: &str, values: &[EnumValue]) -> Misread {
        if matches!(misread.help, Help::Nearest(_)) {
            return misread;
        }
        let is_valid = |position: &u32| self.states.is_none_or(|states| states.contains(position));
        let labels = (0..).zip(values).filter(|(position, _)| is_valid(position));
        let labels = labels.flat_map(|(_, value)| {
            Language::ALL.into_iter().filter_map(|language| value.label.exact(language))
        });
        match nearest(text, labels) {
            Some(near) => Misread { help: Help::Nearest(near.to_owned()), ..misread },
            None => misread,
        }
    }
}

/// A text as a document has it without quotes.
fn plain_scalar(text: &str) -> Scalar {
    Scalar { text: text.to_owned(), style: Style::Plain }
}

/// What a text is as a date.
enum Day {
    Certain(Timestamp),
    /// `6/1/2026` is in January or in June.
    Either(Timestamp, Timestamp),
    Other,
}

fn day_of(text: &str) -> Day {
    let (day, time) = text.split_once(['T', ' ']).unwrap_or((text, ""));
    if !time.chars().all(|c| c.is_ascii_digit() || matches!(c, ':' | '.' | '+' | '-' | 'Z')) {
        return Day::Other;
    }
    let parts: Vec<&str> = day.split(['-', '/', '.']).collect();
    let [first, second, third] = parts.as_slice() else { return Day::Other };
    let date = |year: &str, month: &str, day: &str| {
        Timestamp::parse_date(&format!("{year:0>4}-{month:0>2}-{day:0>2}"))
    };
    if first.len() == 4 {
        return date(first, second, third).map_or(Day::Other, Day::Certain);
    }
    if third.len() != 4 {
        return Day::Other;
    }
    // With strokes the month comes first in some countries; with hyphens or points it nowhere does.
    let day_first = date(third, second, first);
    let month_first = if day.contains('/') { date(third, first, second) } else { None };
    match (day_first, month_first) {
        (Some(a), Some(b)) if a != b => Day::Either(a, b),
        (Some(day), _) | (None, Some(day)) => Day::Certain(day),
        (None, None) => Day::Other,
    }
}
