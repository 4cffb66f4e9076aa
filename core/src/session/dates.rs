//! What a change of the date turns: comparisons with dates that lie between the two.

use std::ops::RangeInclusive;

use crate::eval::reference::lookup;
use crate::index::Index;
use crate::metamodel::{KindIdx, PropertyIdx};
use crate::model::{ElementIdx, LinkIdx, Model};
use crate::plan::footprint::{Dates, Shift, Sign, Turn};
use crate::value::Timestamp;
use crate::value::time::SECONDS_PER_DAY;

/// The elements at a comparison's places for which it may come out otherwise on one date than on another.
pub(super) fn turned(model: &Model, turn: &Turn, a: Timestamp, b: Timestamp) -> Vec<ElementIdx> {
    let between = Between { early: nanos(a).min(nanos(b)), late: nanos(a).max(nanos(b)) };
    let mut turned = Vec::new();
    match &turn.dates {
        Dates::OfElements(field) => {
            for (kind, property) in field {
                between.elements(model, (*kind, *property), &turn.shift, &mut turned);
            }
        }
        Dates::OfLinks { relation, inverse, property } => {
            let days = between.days(turn.shift.nanos.into());
            let links = rows(model, *property, &days).map(LinkIdx::from_usize);
            let ends = links.filter_map(|link| model.0.relation(*relation).ends(link));
            turned.extend(ends.map(|(from, to)| if *inverse { to } else { from }));
        }
    }
    turned
}

/// Two moments and all between them, in nanoseconds.
struct Between {
    early: i128,
    late: i128,
}

impl Between {
    /// The days that are compared with such a moment, when all are so much later.
    fn days(&self, shift: i128) -> RangeInclusive<i64> {
        let day = |nanos: i128| i64::try_from(nanos).unwrap_or(i64::MAX);
        let first = (self.early + shift + nanos_per_day() - 1).div_euclid(nanos_per_day());
        day(first)..=day((self.late + shift).div_euclid(nanos_per_day()))
    }

    fn elements(
        &self,
        model: &Model,
        (kind, property): (KindIdx, PropertyIdx),
        shift: &Shift,
        turned: &mut Vec<ElementIdx>,
    ) {
        let Some(first) = model.elements_of(kind).next() else { return };
        let element = |row: usize| {
            let first = usize::try_from(first).unwrap_or(usize::MAX);
            ElementIdx::from_usize(first.saturating_add(row))
        };
        let Some((sign, further)) = &shift.days else {
            let days = self.days(shift.nanos.into());
            turned.extend(rows(model, property, &days).map(element));
            return;
        };
        let Some(further) = lookup(further, kind) else { return };
        let Some(further) = model.column(further).ints() else { return };
        for row in rows(model, property, &(i64::MIN..=i64::MAX)) {
            let Some(days) = further.get(row) else { continue };
            let days = match sign {
                Sign::Plus => i128::from(*days),
                Sign::Minus => -i128::from(*days),
            };
            let meant = self.days(i128::from(shift.nanos) + days * nanos_per_day());
            let day = model.column(property).date(row).map(i64::from);
            // So many days lead out of the calendar, where comparing is an error.
            let is_far = days.abs() > i128::from(LONGEST);
            if is_far || day.is_some_and(|day| meant.contains(&day)) {
                turned.push(element(row));
            }
        }
    }
}

/// Days that may lead out of the calendar.
const LONGEST: i64 = 365 * 200;

/// The rows of a column with one of these days.
fn rows<'m>(
    model: &'m Model,
    property: PropertyIdx,
    days: &RangeInclusive<i64>,
) -> impl Iterator<Item = usize> + 'm {
    let bound = |day: i64| i32::try_from(day).unwrap_or(if day < 0 { i32::MIN } else { i32::MAX });
    let days = bound(*days.start())..=bound(*days.end());
    let dates = model.column(property).dates();
    dates.into_iter().flat_map(move |dates| {
        let days = days.clone();
        let rows = dates.values().iter().enumerate();
        rows.filter(move |(row, day)| days.contains(day) && dates.present().contains(*row))
            .map(|(row, _)| row)
    })
}

fn nanos(moment: Timestamp) -> i128 {
    i128::from(moment.seconds()) * 1_000_000_000 + i128::from(moment.nanos())
}

fn nanos_per_day() -> i128 {
    i128::from(SECONDS_PER_DAY) * 1_000_000_000
}
