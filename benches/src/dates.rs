//! Days since 2024-01-01, and back: all that the workload needs of a calendar.

const MONTHS: [u32; 12] = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

fn is_leap(year: u32) -> bool {
    year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400))
}

fn days_in(year: u32, month: usize) -> u32 {
    let leap_day = u32::from(month == 1 && is_leap(year));
    MONTHS.get(month).copied().unwrap_or(31) + leap_day
}

/// `2024-01-31` for the day 30; negative days lie before 2024.
pub(crate) fn text(day: i32) -> String {
    // 2000-01-01 is 8766 days before 2024-01-01; nothing in the workload is older.
    let mut left = u32::try_from(day.saturating_add(8766)).unwrap_or(0);
    let (mut year, mut month) = (2000, 0);
    while left >= 365 + u32::from(is_leap(year)) {
        left -= 365 + u32::from(is_leap(year));
        year += 1;
    }
    while left >= days_in(year, month) {
        left -= days_in(year, month);
        month += 1;
    }
    format!("{year:04}-{:02}-{:02}", month + 1, left + 1)
}

/// A number that compares as the date does, of a text that is one.
pub(crate) fn ordinal(text: &str) -> Option<i32> {
    let (year, month, day) = parts(text)?;
    Some((year * 12 + month) * 31 + day)
}

fn parts(text: &str) -> Option<(i32, i32, i32)> {
    let mut parts = text.splitn(3, '-').map(str::parse::<i32>);
    let mut part = || parts.next()?.ok();
    Some((part()?, part()?, part()?))
}

/// The day of a text that is a date from 2000 on.
pub(crate) fn day(text: &str) -> Option<i32> {
    let (year, month, day) = parts(text).filter(|_| text.len() == 10)?;
    let (year, month) = (u32::try_from(year).ok()?, usize::try_from(month - 1).ok()?);
    let years: u32 = (2000..year).map(|year| 365 + u32::from(is_leap(year))).sum();
    let months: u32 = (0..month).map(|month| days_in(year, month)).sum();
    Some(i32::try_from(years + months).ok()? + day - 1 - 8766)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_those_of_the_calendar() {
        let known =
            [(0, "2024-01-01"), (59, "2024-02-29"), (366, "2025-01-01"), (-1, "2023-12-31")];
        for (day, date) in known {
            assert_eq!(text(day), date);
            assert_eq!(super::day(date), Some(day));
        }
        let ordinals: Vec<_> = (-400..4000).map(|day| ordinal(&text(day))).collect();
        assert!(ordinals.is_sorted_by(|a, b| a < b));
    }
}
