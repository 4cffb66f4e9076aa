//! Timestamps and durations as CEL has them: nanoseconds, UTC, the years 1 to 9999.

use std::ops::Range;

use jiff::Span;
use jiff::civil::Date;
use jiff::fmt::temporal::Pieces;

/// A moment in UTC, from year 1 to 9999. A date is the moment at 00:00 and prints as a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Timestamp {
    seconds: i64,
    nanos: u32,
}

/// A signed span of time in nanoseconds, up to about 290 years either way, as in CEL.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Duration(pub(crate) i64);

const EPOCH: Date = Date::constant(1970, 1, 1);
const NANOS: i64 = 1_000_000_000;
/// Seconds of 0001-01-01T00:00:00Z and of the last second of 9999.
pub(crate) const FIRST: i64 = -62_135_596_800;
pub(crate) const LAST: i64 = 253_402_300_799;
pub(crate) const SECONDS_PER_DAY: i64 = 86_400;

impl Timestamp {
    /// The moment that many seconds and nanoseconds after 1970; `None` outside the years 1 to 9999.
    pub(crate) fn new(seconds: i64, nanos: u32) -> Option<Self> {
        ((FIRST..=LAST).contains(&seconds) && i64::from(nanos) < NANOS)
            .then_some(Self { seconds, nanos })
    }

    /// `2026-01-31`, exactly so.
    pub(crate) fn parse_date(text: &str) -> Option<Self> {
        let bytes = text.as_bytes();
        let shape = bytes.len() == 10
            && bytes
                .iter()
                .enumerate()
                .all(|(i, b)| if i == 4 || i == 7 { *b == b'-' } else { b.is_ascii_digit() });
        if !shape {
            return None;
        }
        let date: Date = text.parse().ok()?;
        Self::from_date(date)
    }

    /// Days from 1970-01-01 to `2026-01-31`, written exactly so: what [`Self::parse_date`] reads, sooner.
    pub(crate) fn days_of_date(text: &str) -> Option<i32> {
        let digits = |range: Range<usize>| {
            let digits = text.as_bytes().get(range)?.iter();
            digits.copied().try_fold(0_i32, |number, digit| {
                digit.is_ascii_digit().then(|| number * 10 + i32::from(digit - b'0'))
            })
        };
        let is_dashed = matches!(text.as_bytes(), [_, _, _, _, b'-', _, _, b'-', _, _]);
        let (year, month, day) = (digits(0..4)?, digits(5..7)?, digits(8..10)?);
        let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        let last = match month {
            2 => 28 + i32::from(is_leap),
            4 | 6 | 9 | 11 => 30,
            1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
            _ => return None,
        };
        if !is_dashed || year < 1 || day < 1 || day > last {
            return None;
        }
        // Years begin in March, so that the leap day ends one.
        let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
        let days = year * 365 + year / 4 - year / 100 + year / 400;
        Some(days + (153 * month + 2) / 5 + day - 719_469)
    }

    /// The day that many days after 1970-01-01.
    #[inline]
    pub(crate) fn from_days(days: i32) -> Option<Self> {
        Self::new(i64::from(days) * SECONDS_PER_DAY, 0)
    }

    fn from_date(date: Date) -> Option<Self> {
        let days = EPOCH.until(date).ok()?.get_days();
        Self::new(i64::from(days) * SECONDS_PER_DAY, 0)
    }

    /// A timestamp in RFC 3339 with an offset, such as `2026-01-31T12:00:00Z`.
    pub(crate) fn parse_rfc3339(text: &str) -> Option<Self> {
        let separator = text.as_bytes().get(10)?;
        if !matches!(separator, b'T' | b't') || text.contains('[') {
            return None;
        }
        // Not by way of jiff's moments, which end before the last day of 9999.
        let pieces = Pieces::parse(text).ok()?;
        let (day, time) = (Self::from_date(pieces.date())?, pieces.time()?);
        let offset = i64::from(pieces.to_numeric_offset()?.seconds());
        let of_day = i64::from(time.hour()) * 3600
            + i64::from(time.minute()) * 60
            + i64::from(time.second());
        Self::new(day.seconds + of_day - offset, u32::try_from(time.subsec_nanosecond()).ok()?)
    }

    /// Seconds since 1970, rounded down.
    pub(crate) fn seconds(self) -> i64 {
        self.seconds
    }

    /// Nanoseconds within the second.
    pub(crate) fn nanos(self) -> u32 {
        self.nanos
    }

    /// Days since 1970-01-01.
    pub(crate) fn days(self) -> i64 {
        self.seconds.div_euclid(SECONDS_PER_DAY)
    }

    /// The calendar date in UTC.
    pub(crate) fn date(self) -> Date {
        // Invariant: within the years 1 to 9999, so that there is such a date.
        let days = i32::try_from(self.days()).unwrap_or_default();
        Span::new().try_days(days).and_then(|span| EPOCH.checked_add(span)).unwrap_or(EPOCH)
    }

    /// The clock time in UTC as hour, minute and second.
    pub(crate) fn clock(self) -> (i64, i64, i64) {
        let of_day = self.seconds.rem_euclid(SECONDS_PER_DAY);
        (of_day / 3600, of_day / 60 % 60, of_day % 60)
    }

    /// `None` on overflow.
    pub(crate) fn checked_add(self, duration: Duration) -> Option<Self> {
        let nanos = i64::from(self.nanos).checked_add(duration.0.rem_euclid(NANOS))?;
        let seconds = self
            .seconds
            .checked_add(duration.0.div_euclid(NANOS))?
            .checked_add(nanos.div_euclid(NANOS))?;
        Self::new(seconds, u32::try_from(nanos.rem_euclid(NANOS)).ok()?)
    }

    /// The time from `other` to this moment; `None` on overflow.
    pub(crate) fn checked_since(self, other: Self) -> Option<Duration> {
        let seconds = self.seconds.checked_sub(other.seconds)?.checked_mul(NANOS)?;
        seconds.checked_add(i64::from(self.nanos) - i64::from(other.nanos)).map(Duration)
    }
}

/// A date at 00:00 as a date, any other moment in RFC 3339 with as many digits as it needs.
impl std::fmt::Display for Timestamp {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.nanos == 0 && self.seconds.rem_euclid(SECONDS_PER_DAY) == 0 {
            let date = self.date();
            return write!(f, "{:04}-{:02}-{:02}", date.year(), date.month(), date.day());
        }
        f.write_str(&self.to_rfc3339())
    }
}

impl Timestamp {
    /// In RFC 3339 with `Z`, as CEL's `string()` writes it.
    pub(crate) fn to_rfc3339(self) -> String {
        let date = self.date();
        let (hour, minute, second) = self.clock();
        let mut out = format!(
            "{:04}-{:02}-{:02}T{hour:02}:{minute:02}:{second:02}",
            date.year(),
            date.month(),
            date.day()
        );
        if self.nanos != 0 {
            let digits = format!("{:09}", self.nanos);
            out.push('.');
            out.push_str(digits.trim_end_matches('0'));
        }
        out.push('Z');
        out
    }
}

impl Duration {
    /// So many days of 24 hours; `None` on overflow.
    pub(crate) fn from_days(days: i64) -> Option<Self> {
        days.checked_mul(SECONDS_PER_DAY)?.checked_mul(NANOS).map(Self)
    }

    /// A duration as CEL writes it, `1h30m`, `1.5s`, `-2ms`; and `180d`, days of 24 hours.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let (negative, mut rest) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text.strip_prefix('+').unwrap_or(text)),
        };
        if rest == "0" {
            return Some(Self(0));
        }
        if rest.is_empty() {
            return None;
        }
        let mut total: i128 = 0;
        while !rest.is_empty() {
            let number = rest.find(|c: char| !c.is_ascii_digit() && c != '.')?;
            let (digits, after) = rest.split_at_checked(number)?;
            let unit = after.find(|c: char| c.is_ascii_digit() || c == '.').unwrap_or(after.len());
            let (unit, next) = after.split_at_checked(unit)?;
            let scale: i128 = match unit {
                "ns" => 1,
                "us" | "µs" | "μs" => 1_000,
                "ms" => 1_000_000,
                "s" => 1_000_000_000,
                "m" => 60_000_000_000,
                "h" => 3_600_000_000_000,
                "d" => 86_400_000_000_000,
                _ => return None,
            };
            total = total.checked_add(scaled(digits, scale)?)?;
            rest = next;
        }
        i64::try_from(if negative { -total } else { total }).ok().map(Self)
    }

    /// Whole seconds, rounded towards zero.
    pub(crate) fn seconds(self) -> i64 {
        self.0 / NANOS
    }

    /// As CEL's `string()` writes it: seconds, such as `1.5s`.
    pub(crate) fn to_cel(self) -> String {
        let magnitude = self.0.unsigned_abs();
        let (seconds, nanos) = (magnitude / 1_000_000_000, magnitude % 1_000_000_000);
        let sign = if self.0 < 0 { "-" } else { "" };
        if nanos == 0 {
            return format!("{sign}{seconds}s");
        }
        let digits = format!("{nanos:09}");
        format!("{sign}{seconds}.{}s", digits.trim_end_matches('0'))
    }
}

/// A whole number of days as `180d`, anything else as CEL writes it.
impl std::fmt::Display for Duration {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let day = SECONDS_PER_DAY * NANOS;
        if self.0 % day == 0 { write!(f, "{}d", self.0 / day) } else { f.write_str(&self.to_cel()) }
    }
}

/// The decimal `digits` times `scale`, exact to the nanosecond and rounded towards zero below it.
fn scaled(digits: &str, scale: i128) -> Option<i128> {
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    if (whole.is_empty() && fraction.is_empty()) || fraction.contains('.') {
        return None;
    }
    let whole: i128 = if whole.is_empty() { 0 } else { whole.parse().ok()? };
    let mut total = whole.checked_mul(scale)?;
    let mut unit = scale;
    for digit in fraction.bytes() {
        unit /= 10;
        total = total.checked_add(i128::from(digit - b'0') * unit)?;
    }
    Some(total)
}
