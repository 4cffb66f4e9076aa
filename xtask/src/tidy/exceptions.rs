//! Exceptions in `deny.toml` end: each reason starts with `until YEAR-MONTH-DAY:`.

use std::fs;
use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::{Context, Result};

use crate::workspace;

const FILE: &str = "deny.toml";

/// The exceptions that have no end, or whose end has passed.
pub(crate) fn check() -> Result<Vec<String>> {
    let text = fs::read_to_string(workspace::path(FILE)).context(FILE)?;
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs();
    Ok(past(&text, &date(seconds / 86_400)))
}

/// The exceptions that do not stand on a day, written as in the reasons.
fn past(text: &str, today: &str) -> Vec<String> {
    let mut breaches = Vec::new();
    for (number, line) in text.lines().enumerate() {
        let Some((_, reason)) = line.split_once("reason = \"") else { continue };
        let end = reason.strip_prefix("until ").and_then(|rest| rest.split_once(':'));
        let breach = match end {
            None => "the reason does not start with `until YEAR-MONTH-DAY:`".to_owned(),
            Some((end, _)) if end < today => format!("the exception ended on {end}"),
            Some(_) => continue,
        };
        breaches.push(format!("{FILE}:{}: {breach}", number + 1));
    }
    breaches
}

/// The date of a day since 1970, as `2026-01-31`.
fn date(mut day: u64) -> String {
    let mut year = 1970;
    while day >= days_of_year(year) {
        day -= days_of_year(year);
        year += 1;
    }
    let february = days_of_year(year) - 337;
    let mut month = 1;
    for days in [31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30] {
        if day < days {
            break;
        }
        day -= days;
        month += 1;
    }
    format!("{year}-{month:02}-{:02}", day + 1)
}

fn days_of_year(year: u64) -> u64 {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    if leap { 366 } else { 365 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_have_dates() {
        assert_eq!(date(0), "1970-01-01");
        assert_eq!(date(19_781), "2024-02-28");
        assert_eq!(date(19_782), "2024-02-29");
        assert_eq!(date(19_783), "2024-03-01");
        assert_eq!(date(20_453), "2025-12-31");
        assert_eq!(date(20_454), "2026-01-01");
    }

    #[test]
    fn an_exception_ends() {
        let text = "skip = [\n  { crate = \"a\", reason = \"until 2026-06-01: b\" },\n]\n";
        assert!(past(text, "2026-06-01").is_empty());
        assert_eq!(past(text, "2026-06-02"), ["deny.toml:2: the exception ended on 2026-06-01"]);
    }

    #[test]
    fn an_exception_has_an_end() {
        let expected = "deny.toml:1: the reason does not start with `until YEAR-MONTH-DAY:`";
        assert_eq!(past("{ crate = \"a\", reason = \"b\" }", "2026-06-02"), [expected]);
    }
}
