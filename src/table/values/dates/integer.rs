//! Whole numbers that represent days, as databases and spreadsheets write them. The number alone is not enough: the
//! header of its column must promise dates.

use chrono::{Datelike as _, Days, NaiveDate, TimeZone as _};

/// How the whole numbers of a column represent dates, if its header says that it contains dates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum IntegerDate {
    /// `20261120`
    YearMonthDay,
    /// `202611`
    YearMonth,
    /// `202647`, a week of ISO 8601, which means its Monday.
    YearWeek,
    /// Days since 30 December 1899. Excel's count agrees with it from 1 March 1900 on.
    ExcelSerial,
    /// Seconds since 1970.
    UnixSeconds,
    /// Milliseconds since 1970.
    UnixMilliseconds,
    /// Microseconds since 1970.
    UnixMicroseconds,
    /// Nanoseconds since 1970.
    UnixNanoseconds,
}

impl IntegerDate {
    pub(crate) const ALL: [Self; 8] = [
        Self::YearMonthDay,
        Self::YearMonth,
        Self::YearWeek,
        Self::ExcelSerial,
        Self::UnixSeconds,
        Self::UnixMilliseconds,
        Self::UnixMicroseconds,
        Self::UnixNanoseconds,
    ];

    /// Returns the name for people.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::YearMonthDay => "year, month, day without separators",
            Self::YearMonth => "year and month without separators",
            Self::YearWeek => "year and week without separators",
            Self::ExcelSerial => "Excel serial number",
            Self::UnixSeconds => "seconds since 1970",
            Self::UnixMilliseconds => "milliseconds since 1970",
            Self::UnixMicroseconds => "microseconds since 1970",
            Self::UnixNanoseconds => "nanoseconds since 1970",
        }
    }

    /// Returns the day, or `None` if the number is outside of the years 1950 to 2100.
    pub(crate) fn day(self, number: f64, timezone: chrono_tz::Tz) -> Option<NaiveDate> {
        let whole = number.floor() as i64;
        if self != Self::ExcelSerial && whole as f64 != number {
            return None;
        }
        let ymd = |n: i64| NaiveDate::from_ymd_opt((n / 10_000) as i32, (n / 100 % 100) as u32, (n % 100) as u32);
        let day = match self {
            Self::YearMonthDay => ymd(whole)?,
            Self::YearMonth => ymd(whole.checked_mul(100)? + 1)?,
            Self::YearWeek => {
                NaiveDate::from_isoywd_opt((whole / 100) as i32, (whole % 100).try_into().ok()?, chrono::Weekday::Mon)?
            }
            Self::ExcelSerial => {
                NaiveDate::from_ymd_opt(1899, 12, 30)?.checked_add_days(Days::new(whole.try_into().ok()?))?
            }
            Self::UnixSeconds => since_1970(whole, 1, timezone)?,
            Self::UnixMilliseconds => since_1970(whole, 1_000, timezone)?,
            Self::UnixMicroseconds => since_1970(whole, 1_000_000, timezone)?,
            Self::UnixNanoseconds => since_1970(whole, 1_000_000_000, timezone)?,
        };
        (1950..=2100).contains(&day.year()).then_some(day)
    }
}

/// Returns the day of a moment that is counted in units of `1/parts` seconds. Only moments since 2001 are accepted, so
/// that a plain count is not mistaken for a moment.
fn since_1970(count: i64, parts: i64, timezone: chrono_tz::Tz) -> Option<NaiveDate> {
    let seconds = count.div_euclid(parts);
    (seconds >= 1_000_000_000).then(|| timezone.timestamp_opt(seconds, 0).single()).flatten().map(|t| t.date_naive())
}
