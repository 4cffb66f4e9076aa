//! The date of a check, as users give it.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::value::Timestamp;

/// A calendar date from year 1 to 9999, written `2026-06-01`.
///
/// ```
/// let date: spelregel::Date = "2026-06-01".parse()?;
/// assert_eq!(date.to_string(), "2026-06-01");
/// assert!("2026-02-30".parse::<spelregel::Date>().is_err());
/// # Ok::<(), spelregel::InvalidDate>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(Timestamp);

impl Date {
    /// The date on which a moment lies, in UTC.
    pub(crate) fn from_timestamp(moment: Timestamp) -> Option<Self> {
        Self::from_days(moment.days())
    }

    /// The date so many days after 1970-01-01.
    pub(crate) fn from_days(days: i64) -> Option<Self> {
        let seconds = days.checked_mul(crate::value::time::SECONDS_PER_DAY)?;
        Timestamp::new(seconds, 0).map(Self)
    }

    /// The moment at which the date begins, in UTC.
    pub(crate) fn timestamp(self) -> Timestamp {
        self.0
    }
}

impl FromStr for Date {
    type Err = InvalidDate;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Timestamp::parse_date(text).map(Self).ok_or_else(|| InvalidDate(text.to_owned()))
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// As text, such as `2026-06-01`.
impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// The text is not a date such as `2026-06-01`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a date: write year, month and day as in `2026-06-01`")]
pub struct InvalidDate(pub String);
