//! Days of the Gregorian calendar, also before it was made.

use std::fmt;

/// A day as year, month and day of the month, from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Civil {
    pub(crate) year: i32,
    pub(crate) month: i32,
    pub(crate) day: i32,
}

/// Days of a year that begins in March, before each of its months.
const DAYS_BEFORE: [i32; 12] = [0, 31, 61, 92, 122, 153, 184, 214, 245, 275, 306, 337];
/// Days from 0000-03-01 to 1970-01-01.
const TO_EPOCH: i32 = 719_468;
const DAYS_OF_400_YEARS: i32 = 146_097;

/// `2026-01-31`, exactly so, if there is that day in the years 1 to 9999.
pub(super) fn parse(text: &str) -> Option<Civil> {
    let is_dashed = matches!(text.as_bytes(), [_, _, _, _, b'-', _, _, b'-', _, _]);
    let year = two_digits(text.get(0..2)?)? * 100 + two_digits(text.get(2..4)?)?;
    let [month, day] = numbers(text.get(5..)?, b'-')?;
    let civil = Civil { year, month, day };
    (is_dashed && year > 0 && day > 0 && day <= civil.days_of_month()?).then_some(civil)
}

/// Numbers of two digits with a separator between them: `12:30`.
pub(super) fn numbers<const N: usize>(text: &str, separator: u8) -> Option<[i32; N]> {
    let mut parts = [0; N];
    let mut rest = text;
    for (position, part) in parts.iter_mut().enumerate() {
        if position > 0 {
            rest = rest.strip_prefix(char::from(separator))?;
        }
        let (digits, after) = rest.split_at_checked(2)?;
        *part = two_digits(digits)?;
        rest = after;
    }
    rest.is_empty().then_some(parts)
}

fn two_digits(text: &str) -> Option<i32> {
    match text.as_bytes() {
        [tens @ b'0'..=b'9', ones @ b'0'..=b'9'] => {
            Some(i32::from(tens - b'0') * 10 + i32::from(ones - b'0'))
        }
        _ => None,
    }
}

impl Civil {
    /// The day that many days after 1970-01-01.
    pub(super) fn from_days(days: i32) -> Self {
        // Years begin in March, so that the leap day ends one.
        let days = days + TO_EPOCH;
        let (era, of_era) =
            (days.div_euclid(DAYS_OF_400_YEARS), days.rem_euclid(DAYS_OF_400_YEARS));
        let of_era_year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (of_era_year * 365 + of_era_year / 4 - of_era_year / 100);
        let month = (5 * of_year + 2) / 153;
        let day = of_year - (153 * month + 2) / 5 + 1;
        let (year, month) = if month < 10 { (0, month + 3) } else { (1, month - 9) };
        Self { year: era * 400 + of_era_year + year, month, day }
    }

    /// Days since 1970-01-01.
    pub(super) fn days(self) -> Option<i32> {
        let (year, month) = if self.month > 2 {
            (self.year, self.month - 3)
        } else {
            (self.year - 1, self.month + 9)
        };
        let before = DAYS_BEFORE.get(usize::try_from(month).ok()?)?;
        let years = year * 365 + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
        Some(years + before + self.day - 1 - TO_EPOCH)
    }

    /// From 1.
    pub(crate) fn day_of_year(self) -> i32 {
        let first = Self { month: 1, day: 1, ..self };
        self.days().zip(first.days()).map_or(1, |(day, first)| day - first + 1)
    }

    fn days_of_month(self) -> Option<i32> {
        let is_leap = self.year % 4 == 0 && (self.year % 100 != 0 || self.year % 400 == 0);
        match self.month {
            2 => Some(28 + i32::from(is_leap)),
            4 | 6 | 9 | 11 => Some(30),
            1 | 3 | 5 | 7 | 8 | 10 | 12 => Some(31),
            _ => None,
        }
    }
}

impl fmt::Display for Civil {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}
