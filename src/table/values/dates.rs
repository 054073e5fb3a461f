//! Reads the possible dates of a cell. Only what a single cell can decide is decided here: `03/04/2026` gives two
//! dates, and [`crate::table::values::kinds`] decides the order of day and month for the whole column.
//!
//! Dates are read by rules rather than from a list of formats: a cell consists of numbers, the name of a month, a time
//! of day and an offset, in an order and with separators that people use. One unknown word makes it text.

mod integer;
mod lower;
mod names;
mod prefixes;
mod reading;
mod scan;
mod spans;

use chrono::NaiveDate;

pub(crate) use integer::IntegerDate;
pub(crate) use lower::Lower;
pub(crate) use reading::{DayReading, Reading};
use scan::Scan;
pub(crate) use spans::{Span, SpanReading, read as read_span};

/// Most bytes of a date: `Wednesday, September 30th 2026, 10:00:00.000 am GMT+01:00 (…)`.
const LONGEST: usize = 80;

/// Parses a trimmed cell. Returns `None` if it is not a date. Whole numbers are not dates by themselves: see
/// [`IntegerDate`].
pub(crate) fn read(text: &str) -> Option<Reading> {
    if let Some(day) = iso_day(text.as_bytes()) {
        return Some(Reading { day: DayReading::One(day), time: None, offset: None });
    }
    // A range, as Notion writes it, counts as its last day.
    if let Some((_, last)) = (!text.is_ascii()).then(|| text.rsplit_once(" → ")).flatten() {
        return read(last);
    }
    if text.len() > LONGEST || text.len() < 5 || !text.bytes().any(|b| b.is_ascii_digit()) {
        return None;
    }
    Scan::of(&Lower::<LONGEST>::of(text))
}

/// Parses `2026-11-20`, the form that most tools write.
pub(crate) fn iso_day(text: &[u8]) -> Option<NaiveDate> {
    let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = *text else { return None };
    let digit = |b: u8| b.is_ascii_digit().then(|| u32::from(b - b'0'));
    let year = digit(y1)? * 1000 + digit(y2)? * 100 + digit(y3)? * 10 + digit(y4)?;
    NaiveDate::from_ymd_opt(year as i32, digit(m1)? * 10 + digit(m2)?, digit(d1)? * 10 + digit(d2)?)
}

#[cfg(test)]
mod tests;
