//! The possible meanings of a cell as a date. [`super::read`] parses it.

use chrono::{FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, TimeZone as _};

use crate::table::options::DateOrder;

/// The possible meanings of a cell as a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Reading {
    pub day: DayReading,
    pub(super) time: Option<NaiveTime>,
    /// Offset from UTC in seconds, positive to the east.
    pub(super) offset: Option<i32>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum DayReading {
    /// Only one day is possible.
    One(NaiveDate),
    /// Only numbers, without the year first: the order decides. `separator` and `short_year` are its shape.
    ByOrder {
        dmy: Option<NaiveDate>,
        mdy: Option<NaiveDate>,
        ymd: Option<NaiveDate>,
        separator: char,
        short_year: bool,
    },
    /// `2010-11`: a month, a fiscal year, or both are possible.
    MonthOrFiscalYear { month: Option<NaiveDate>, fiscal_year: bool },
    /// The first day of a named month, quarter or week.
    Period(NaiveDate),
}

impl Reading {
    /// Returns the day as written, with numbers in the given order. `None` if there is no such day.
    pub(crate) fn day(&self, order: Option<DateOrder>) -> Option<NaiveDate> {
        match (self.day, order) {
            (DayReading::One(day) | DayReading::Period(day), _) => Some(day),
            (DayReading::MonthOrFiscalYear { month, .. }, _) => month,
            (DayReading::ByOrder { dmy, .. }, Some(DateOrder::Dmy)) => dmy,
            (DayReading::ByOrder { mdy, .. }, Some(DateOrder::Mdy)) => mdy,
            (DayReading::ByOrder { ymd, .. }, Some(DateOrder::Ymd)) => ymd,
            (DayReading::ByOrder { .. }, None) => None,
        }
    }

    /// Returns the day in `timezone`, if the cell has a time and an offset from UTC; otherwise the day as written.
    pub(crate) fn day_in(&self, order: Option<DateOrder>, timezone: chrono_tz::Tz) -> Option<NaiveDate> {
        let day = self.day(order)?;
        let (Some(time), Some(offset)) = (self.time, self.offset.and_then(FixedOffset::east_opt)) else {
            return Some(day);
        };
        let there = offset.from_local_datetime(&NaiveDateTime::new(day, time)).single()?;
        Some(there.with_timezone(&timezone).date_naive())
    }
}
