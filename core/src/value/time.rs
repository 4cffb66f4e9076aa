//! Timestamps and durations as CEL has them: nanoseconds, UTC, the years 1 to 9999.

mod civil;
#[cfg(test)]
mod tests;

pub(crate) use self::civil::Civil;

/// A moment in UTC, from year 1 to 9999. A date is the moment at 00:00 and prints as a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Timestamp {
    seconds: i64,
    nanos: u32,
}

/// A signed span of time in nanoseconds, up to about 290 years either way, as in CEL.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Duration(pub(crate) i64);

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
        Self::from_days(Self::days_of_date(text)?)
    }

    /// Days from 1970-01-01 to `2026-01-31`, written exactly so.
    pub(crate) fn days_of_date(text: &str) -> Option<i32> {
        civil::parse(text)?.days()
    }

    /// The day that many days after 1970-01-01.
    #[inline]
    pub(crate) fn from_days(days: i32) -> Option<Self> {
        Self::new(i64::from(days) * SECONDS_PER_DAY, 0)
    }

    /// A timestamp in RFC 3339, such as `2026-01-31T12:00:00Z` or `2026-01-31T13:00:00.5+01:00`. A leap
    /// second is the second before it.
    pub(crate) fn parse_rfc3339(text: &str) -> Option<Self> {
        let (date, rest) = text.split_at_checked(10)?;
        let day = Self::parse_date(date)?;
        let (clock, rest) = rest.strip_prefix(['T', 't'])?.split_at_checked(8)?;
        let [hour, minute, second] = civil::numbers(clock, b':')?;
        if hour > 23 || minute > 59 || second > 60 {
            return None;
        }
        let (nanos, rest) = match rest.strip_prefix('.') {
            Some(rest) => fraction(rest)?,
            None => (0, rest),
        };
        let offset = if matches!(rest, "Z" | "z") { 0 } else { offset(rest)? };
        let of_day = hour * 3600 + minute * 60 + second.min(59);
        Self::new(day.seconds + i64::from(of_day) - offset, nanos)
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
    pub(crate) fn date(self) -> Civil {
        // Invariant: within the years 1 to 9999, so that there is such a date.
        Civil::from_days(i32::try_from(self.days()).unwrap_or_default())
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
            return self.date().fmt(f);
        }
        f.write_str(&self.to_rfc3339())
    }
}

impl Timestamp {
    /// In RFC 3339 with `Z`, as CEL's `string()` writes it.
    pub(crate) fn to_rfc3339(self) -> String {
        let (hour, minute, second) = self.clock();
        let mut out = format!("{}T{hour:02}:{minute:02}:{second:02}", self.date());
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

/// The digits of a fraction of a second as nanoseconds, and what follows them.
fn fraction(text: &str) -> Option<(u32, &str)> {
    let length = text.bytes().take_while(u8::is_ascii_digit).count();
    let (digits, rest) = text.split_at_checked(length)?;
    if !(1..=9).contains(&length) {
        return None;
    }
    Some((format!("{digits:0<9}").parse().ok()?, rest))
}

/// `+01:00` in seconds.
fn offset(text: &str) -> Option<i64> {
    let sign = match text.as_bytes().first()? {
        b'+' => 1,
        b'-' => -1,
        _ => return None,
    };
    let [hours, minutes] = civil::numbers(text.get(1..)?, b':')?;
    (hours < 24 && minutes < 60).then(|| sign * i64::from(hours * 3600 + minutes * 60))
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
