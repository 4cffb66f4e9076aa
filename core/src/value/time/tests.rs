//! The calendar, held against another one.

use jiff::civil::Date;
use proptest::prelude::*;

use super::{FIRST, LAST, SECONDS_PER_DAY, Timestamp};

#[test]
fn every_day_is_the_one_that_another_calendar_has() {
    let mut date = Date::constant(1, 1, 1);
    for days in FIRST / SECONDS_PER_DAY..=LAST / SECONDS_PER_DAY {
        let day = Timestamp::new(days * SECONDS_PER_DAY, 0);
        let text = format!("{:04}-{:02}-{:02}", date.year(), date.month(), date.day());
        assert_eq!(day.map(|day| day.to_string()), Some(text.clone()));
        assert_eq!(Timestamp::parse_date(&text), day);
        let of_year = day.map(|day| day.date().day_of_year());
        assert_eq!(of_year, Some(i32::from(date.day_of_year())), "{text}");
        date = date.tomorrow().unwrap_or(date);
    }
    assert_eq!(date, Date::constant(9999, 12, 31));
}

#[test]
fn texts_that_are_no_days() {
    for text in [
        "2026-02-29",
        "2100-02-29",
        "2026-13-01",
        "2026-00-01",
        "2026-01-00",
        "2026-04-31",
        "0000-01-01",
        "2026-1-01",
        "2026-01-1",
        "2026/01/01",
        "2026-01-01 ",
        "+026-01-01",
        "20é6-01-01",
        "",
    ] {
        assert_eq!(Timestamp::parse_date(text), None, "{text}");
    }
    assert!(Timestamp::parse_date("2000-02-29").is_some());
}

fn read(text: &str) -> Option<String> {
    Timestamp::parse_rfc3339(text).map(Timestamp::to_rfc3339)
}

#[test]
fn moments() {
    for (text, moment) in [
        ("2026-01-31T12:00:00Z", "2026-01-31T12:00:00Z"),
        ("2026-01-31t12:00:00z", "2026-01-31T12:00:00Z"),
        ("2026-01-31T12:00:00.5Z", "2026-01-31T12:00:00.5Z"),
        ("2026-01-31T12:00:00.000000001Z", "2026-01-31T12:00:00.000000001Z"),
        ("2026-01-01T00:30:00+01:00", "2025-12-31T23:30:00Z"),
        ("2025-12-31T23:30:00-01:30", "2026-01-01T01:00:00Z"),
        ("2016-12-31T23:59:60Z", "2016-12-31T23:59:59Z"),
        ("9999-12-31T23:59:59.999999999Z", "9999-12-31T23:59:59.999999999Z"),
        ("0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z"),
    ] {
        assert_eq!(read(text).as_deref(), Some(moment), "{text}");
    }
}

#[test]
fn texts_that_are_no_moments() {
    for text in [
        "2026-01-31",
        "2026-01-31T12:00:00",
        "2026-01-31 12:00:00Z",
        "2026-01-31T24:00:00Z",
        "2026-01-31T12:60:00Z",
        "2026-01-31T12:00:61Z",
        "2026-01-31T12:00Z",
        "2026-01-31T12:00:00.Z",
        "2026-01-31T12:00:00.0000000001Z",
        "2026-01-31T12:00:00+01",
        "2026-01-31T12:00:00+0100",
        "2026-01-31T12:00:00+24:00",
        "2026-01-31T12:00:00+01:60",
        "2026-01-31T12:00:00Z[UTC]",
        "2026-02-30T12:00:00Z",
        "0001-01-01T00:00:00+01:00",
        "9999-12-31T23:59:59-01:00",
    ] {
        assert_eq!(read(text), None, "{text}");
    }
}

proptest! {
    #[test]
    fn moments_are_read_as_they_are_written(
        seconds in FIRST..=LAST,
        nanos in prop_oneof![Just(0_u32), 0..1_000_000_000_u32],
    ) {
        let moment = Timestamp::new(seconds, nanos);
        let text = moment.map(Timestamp::to_rfc3339);
        prop_assert_eq!(text.and_then(|text| Timestamp::parse_rfc3339(&text)), moment);
    }

    #[test]
    fn any_text_is_a_moment_or_none(text in "[0-9TtZz:.+-]{0,30}") {
        if let Some(moment) = Timestamp::parse_rfc3339(&text) {
            prop_assert_eq!(Timestamp::parse_rfc3339(&moment.to_rfc3339()), Some(moment));
        }
    }
}
