//! Values of properties as people write them.

use super::{EnumIdx, Property, PropertyType, Vocabulary};
use crate::diagnostic::{Code, Diagnostic, shown};
use crate::source::{Source, Span};
use crate::suggest::meant;
use crate::value::{Timestamp, Value};
use crate::yaml::Scalar;
use crate::yaml::read::{listed, truth_value};

/// Why a text is not a value of a property.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Misread {
    pub(crate) code: Code,
    pub(crate) message: String,
    pub(crate) help: Help,
}

/// What to do about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Help {
    None,
    Advice(String),
    /// Did you mean this?
    Nearest(String),
    /// Advice, and what to write instead.
    Replace(String, String),
}

impl Misread {
    pub(crate) fn diagnostic(self, source: &Source, span: Span) -> Diagnostic {
        let problem = Diagnostic::error(self.code, self.message, source, span);
        match self.help {
            Help::None => problem,
            Help::Advice(advice) => problem.help(advice),
            Help::Nearest(name) => problem.suggest(Some(&name)),
            Help::Replace(advice, text) => problem.help_replacing(advice, text),
        }
    }
}

impl Vocabulary {
    /// Reads one written value of a property; of a list property, one of its items.
    ///
    /// `states` are the values that a state may have where the property is one.
    pub(crate) fn read(
        &self,
        property: &Property,
        states: Option<&[u32]>,
        scalar: &Scalar,
    ) -> Result<Value, Misread> {
        let name = &property.name;
        let value = match property.kind {
            PropertyType::Text | PropertyType::Texts => Value::text(&scalar.text),
            PropertyType::Bool => Value::Bool(truth(name, scalar)?),
            PropertyType::Int => Value::Int(int(name, scalar)?),
            PropertyType::Number => Value::Double(number(name, scalar)?),
            PropertyType::Date => Value::Timestamp(date(name, scalar)?),
            PropertyType::Enum(enumeration) => {
                Value::Enum(enumeration, self.member(name, enumeration, states, scalar)?)
            }
        };
        in_range(property, &value, scalar)?;
        Ok(value)
    }

    fn member(
        &self,
        name: &str,
        enumeration: EnumIdx,
        states: Option<&[u32]>,
        scalar: &Scalar,
    ) -> Result<u32, Misread> {
        let text = &scalar.text;
        let valid = |position: &u32| states.is_none_or(|states| states.contains(position));
        if let Some(position) = self.enum_value(enumeration, text).filter(valid) {
            return Ok(position);
        }
        let positions: Vec<u32> = (0..)
            .zip(&self.enumerations[enumeration].values)
            .map(|(p, _)| p)
            .filter(valid)
            .collect();
        let names: Vec<&str> =
            positions.iter().map(|position| self.enum_name(enumeration, *position)).collect();
        let labels = positions.iter().filter_map(|p| self.enum_label(enumeration, *p));
        let near = meant(text, names.iter().copied().zip(labels));
        Err(Misread {
            code: Code::UnknownValue,
            message: format!("`{}` is not a value of `{name}`", shown(text)),
            help: match near {
                Some(near) => Help::Nearest(near.to_owned()),
                None => Help::Advice(format!("the values are {}", listed(&names))),
            },
        })
    }
}

fn wrong_type(name: &str, expected: &str, scalar: &Scalar, help: Help) -> Misread {
    Misread {
        code: Code::WrongType,
        message: format!("`{name}` takes {expected}, not `{}`", shown(&scalar.text)),
        help,
    }
}

fn truth(name: &str, scalar: &Scalar) -> Result<bool, Misread> {
    truth_value(scalar).ok_or_else(|| {
        let meant = match scalar.text.to_lowercase().as_str() {
            "true" | "yes" | "ja" | "waar" | "on" | "y" | "j" => Some("true"),
            "false" | "no" | "nee" | "onwaar" | "off" | "n" => Some("false"),
            _ => None,
        };
        let help = match meant {
            Some(meant) => {
                Help::Replace(format!("write `{meant}`, without quotes"), meant.to_owned())
            }
            None => Help::Advice("write `true` or `false`".to_owned()),
        };
        wrong_type(name, "`true` or `false`", scalar, help)
    })
}

fn int(name: &str, scalar: &Scalar) -> Result<i64, Misread> {
    let text = scalar.text.trim();
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    let whole = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    if whole && scalar.is_plain() {
        return text.parse().map_err(|_| Misread {
            code: Code::OutOfRange,
            message: format!("`{}` is too large a number for `{name}`", shown(text)),
            help: Help::None,
        });
    }
    let help = if whole {
        Help::Replace("write it without quotes".to_owned(), text.to_owned())
    } else {
        let plain = digits_only(text).filter(|plain| plain.parse::<i64>().is_ok());
        match plain {
            Some(plain) => Help::Replace(format!("write `{plain}`"), plain),
            None => Help::None,
        }
    };
    Err(wrong_type(name, "a whole number", scalar, help))
}

fn number(name: &str, scalar: &Scalar) -> Result<f64, Misread> {
    let text = scalar.text.trim();
    match decimal(text) {
        Some(number) if !number.is_finite() => Err(Misread {
            code: Code::OutOfRange,
            message: format!("`{}` is too large a number for `{name}`", shown(text)),
            help: Help::None,
        }),
        Some(number) if scalar.is_plain() => Ok(number),
        Some(_) => {
            let help = Help::Replace("write it without quotes".to_owned(), text.to_owned());
            Err(wrong_type(name, "a number", scalar, help))
        }
        None => {
            let meant = digits_only(text).or_else(|| {
                let meant = text.replace(',', ".");
                decimal(&meant).filter(|number| number.is_finite()).map(|_| meant)
            });
            let help = match meant {
                Some(meant) => Help::Replace(format!("write `{meant}`"), meant),
                None => Help::None,
            };
            Err(wrong_type(name, "a number", scalar, help))
        }
    }
}

/// A decimal number as YAML and JSON write it. `inf` and `nan` are words, not numbers.
fn decimal(text: &str) -> Option<f64> {
    let plain =
        text.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'+' | b'-' | b'.' | b'e' | b'E'));
    if plain { text.parse().ok() } else { None }
}

/// A number with its thousands set apart, without what sets them apart: `1.000.000`, `1 000`, `1_000`.
fn digits_only(text: &str) -> Option<String> {
    let mut groups = text.split(['.', ' ', '_', '\u{a0}', '\'']);
    let first = groups.next()?;
    let all_digits = |group: &str| group.bytes().all(|byte| byte.is_ascii_digit());
    let mut count = 0;
    for group in groups {
        if group.len() != 3 || !all_digits(group) {
            return None;
        }
        count += 1;
    }
    let short = (1..=3).contains(&first.len()) && all_digits(first);
    (count > 0 && short).then(|| text.chars().filter(char::is_ascii_digit).collect())
}

/// Reads a date as people write it.
pub(crate) fn date(name: &str, scalar: &Scalar) -> Result<Timestamp, Misread> {
    let text = scalar.text.trim();
    Timestamp::parse_date(text).ok_or_else(|| {
        let help = match meant_date(text) {
            Some(date) => Help::Replace(format!("write it as `{date}`"), date),
            None => Help::Advice("write year, month and day, as in `2026-01-31`".to_owned()),
        };
        Misread {
            code: Code::InvalidDate,
            message: format!("`{name}` takes a date, and `{}` is not one", shown(text)),
            help,
        }
    })
}

/// The date that somebody meant who wrote it as `31-1-2026`, `2026/1/31` or with a time.
fn meant_date(text: &str) -> Option<String> {
    let day = text.split(['T', ' ']).next()?;
    let parts: Vec<&str> = day.split(['-', '/', '.']).collect();
    let [first, second, third] = parts.as_slice() else { return None };
    let (year, month, day) =
        if first.len() == 4 { (first, second, third) } else { (third, second, first) };
    let date = format!("{year:0>4}-{month:0>2}-{day:0>2}");
    (year.len() == 4 && Timestamp::parse_date(&date).is_some()).then_some(date)
}

impl Property {
    /// Whether a value of the property's type lies in its range.
    pub(crate) fn allows(&self, value: &Value) -> bool {
        let number = match value {
            Value::Int(number) => double(*number),
            Value::Double(number) => *number,
            _ => return true,
        };
        self.min.is_none_or(|min| number >= min) && self.max.is_none_or(|max| number <= max)
    }
}

fn in_range(property: &Property, value: &Value, scalar: &Scalar) -> Result<(), Misread> {
    if property.allows(value) {
        return Ok(());
    }
    let help = match (property.min, property.max) {
        (Some(min), Some(max)) => format!("it goes from {min} to {max}"),
        (Some(min), None) => format!("it is at least {min}"),
        (None, Some(max)) => format!("it is at most {max}"),
        (None, None) => return Ok(()),
    };
    Err(Misread {
        code: Code::OutOfRange,
        message: format!("`{}` is out of range for `{}`", scalar.text, property.name),
        help: Help::Advice(help),
    })
}

/// The double nearest to a whole number, give or take its last bit.
fn double(number: i64) -> f64 {
    let high = i32::try_from(number >> 32).map_or(0.0, f64::from);
    let low = u32::try_from(number & 0xffff_ffff).map_or(0.0, f64::from);
    high * 4_294_967_296.0 + low
}
