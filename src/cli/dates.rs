//! Parses dates as people type them: `2026-12-11`, `11.12.2026`, `11 Dec`, `friday`, `next friday`, `+7d`. All dates of
//! the command line are read here. An ambiguous date is refused with a message that names both readings.

use std::ops::RangeInclusive;

use chrono::{Datelike as _, Duration, NaiveDate, Weekday};

use crate::table::dates::{self, DayReading};

/// Years in which a 1:1 can take place. If the clock is outside of them it is wrong, and calculating with dates that
/// far away could overflow.
pub(crate) const YEARS: RangeInclusive<i32> = 1900..=2999;

/// The accepted forms, for error messages.
const FORMS: &str = "write it as 2026-12-11, 11.12.2026, \"11 Dec\", friday, \"next friday\" or +7d";

/// The names of the weekdays, Monday first, in each language of the brief.
const WEEKDAYS: [[&str; 5]; 7] = [
    ["monday", "montag", "lundi", "lunes", "segunda"],
    ["tuesday", "dienstag", "mardi", "martes", "terça"],
    ["wednesday", "mittwoch", "mercredi", "miércoles", "quarta"],
    ["thursday", "donnerstag", "jeudi", "jueves", "quinta"],
    ["friday", "freitag", "vendredi", "viernes", "sexta"],
    ["saturday", "samstag", "samedi", "sábado", "sabado"],
    ["sunday", "sonntag", "dimanche", "domingo", "domingo"],
];

/// Parses a date that was typed on `today`. A day without a year is the nearest one. A weekday is the next one, which
/// may be today; with `next` it is the one of the following week.
pub(crate) fn read(text: &str, today: NaiveDate) -> Result<NaiveDate, String> {
    let text = text.trim().to_lowercase();
    let date = match relative(&text, today).or_else(|| weekday(&text, today)) {
        Some(date) => date,
        None => written(&text, today)?,
    };
    if YEARS.contains(&date.year()) { Ok(date) } else { Err(FORMS.to_owned()) }
}

/// Parses a relative date: `today`, `+7d`, `-2w`, `in 2 weeks`.
fn relative(text: &str, today: NaiveDate) -> Option<NaiveDate> {
    let days = match text {
        "today" => 0,
        "tomorrow" => 1,
        "yesterday" => -1,
        _ => {
            let (sign, rest) = match (text.strip_prefix('+'), text.strip_prefix("in "), text.strip_prefix('-')) {
                (Some(rest), ..) | (_, Some(rest), _) => (1, rest),
                (.., Some(rest)) => (-1, rest),
                _ => return None,
            };
            let digits = rest.trim_start();
            let end = digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len());
            let (number, unit) = digits.split_at(end);
            // A hundred years are enough, and cannot overflow.
            let number: i64 = number.parse().ok().filter(|number| *number <= 36_500)?;
            let unit = match unit.trim() {
                "" | "d" | "day" | "days" => 1,
                "w" | "week" | "weeks" => 7,
                _ => return None,
            };
            sign * number * unit
        }
    };
    today.checked_add_signed(Duration::days(days))
}

/// Parses a weekday: `friday`, `fri`, `this friday`, `next friday`, `last friday`.
fn weekday(text: &str, today: NaiveDate) -> Option<NaiveDate> {
    let (which, name) = match text.split_once(' ') {
        Some((which @ ("next" | "last" | "this" | "on"), name)) => (which, name.trim()),
        _ => ("", text),
    };
    let is_it = |names: &[&str; 5]| {
        names.contains(&name) || names.first().is_some_and(|english| name.len() >= 3 && english.starts_with(name))
    };
    let day = Weekday::try_from(WEEKDAYS.iter().position(is_it)? as u8).ok()?;
    let of_week = today.week(Weekday::Mon).first_day() + Duration::days(i64::from(day.num_days_from_monday()));
    Some(match which {
        "next" => of_week + Duration::days(7),
        "last" if of_week < today => of_week,
        "last" => of_week - Duration::days(7),
        _ if of_week >= today => of_week,
        _ => of_week + Duration::days(7),
    })
}

/// Parses a day of the calendar, such as `11.12.2026` or `11 Dec`.
fn written(text: &str, today: NaiveDate) -> Result<NaiveDate, String> {
    if let Some(day) = dates::read(text).and_then(|reading| day(reading.day).transpose()) {
        return day;
    }
    // A date without a year means the nearest one.
    let separator = match text.chars().find(|c| !c.is_alphanumeric()) {
        Some(_) if text.ends_with('.') => "",
        Some('.') => ".",
        Some('/') => "/",
        _ => " ",
    };
    let years = (-1..=1).map(|offset| today.year() + offset);
    let days = years.filter_map(|year| {
        let reading = dates::read(&format!("{text}{separator}{year}"))?;
        day(reading.day).transpose()
    });
    let days = days.collect::<Result<Vec<NaiveDate>, String>>()?;
    days.into_iter().min_by_key(|day| (*day - today).num_days().abs()).ok_or_else(|| FORMS.to_owned())
}

/// Converts a reading to a day. Returns an error if the reading is ambiguous.
fn day(reading: DayReading) -> Result<Option<NaiveDate>, String> {
    match reading {
        DayReading::One(day) => Ok(Some(day)),
        // In a date with dots, the day comes first.
        DayReading::ByOrder { dmy: Some(day), separator: '.', .. } => Ok(Some(day)),
        DayReading::ByOrder { dmy, mdy, short_year: false, .. } => match (dmy, mdy) {
            (Some(one), Some(other)) if one != other => {
                Err(format!("it may mean {one} or {other}: write the one that you mean"))
            }
            (one, other) => Ok(one.or(other)),
        },
        _ => Ok(None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Parses `text` as typed on Wednesday, 2 December.
    fn on_2_december(text: &str) -> Result<String, String> {
        read(text, NaiveDate::from_ymd_opt(2026, 12, 2).unwrap()).map(|date| date.to_string())
    }

    #[test]
    fn days_are_read_as_people_write_them() {
        for (text, meant) in [
            ("2026-12-11", "2026-12-11"),
            ("11.12.2026", "2026-12-11"),
            ("11.12.", "2026-12-11"),
            ("11.12", "2026-12-11"),
            ("13/12/2026", "2026-12-13"),
            ("12/13/2026", "2026-12-13"),
            ("11 Dec", "2026-12-11"),
            ("Dec 11", "2026-12-11"),
            ("11. Dezember 2026", "2026-12-11"),
            ("4 Jan", "2027-01-04"),
            ("today", "2026-12-02"),
            ("tomorrow", "2026-12-03"),
            ("yesterday", "2026-12-01"),
            ("friday", "2026-12-04"),
            ("Fri", "2026-12-04"),
            ("Freitag", "2026-12-04"),
            ("wednesday", "2026-12-02"),
            ("next friday", "2026-12-11"),
            ("next Monday", "2026-12-07"),
            ("last friday", "2026-11-27"),
            ("last monday", "2026-11-30"),
            ("+7d", "2026-12-09"),
            ("+2w", "2026-12-16"),
            ("-3d", "2026-11-29"),
            ("in 2 weeks", "2026-12-16"),
        ] {
            assert_eq!(on_2_december(text).as_deref(), Ok(meant), "{text}");
        }
    }

    #[test]
    fn ambiguous_and_impossible_days_are_refused() {
        let said = on_2_december("11/12/2026").unwrap_err();
        assert!(said.contains("2026-12-11") && said.contains("2026-11-12"), "{said}");
        for text in
            ["", "soon", "99", "2026-13-45", "31.11.2026", "+", "+9999999d", "9999-01-01", "fr1day", "friday 13"]
        {
            assert!(on_2_december(text).is_err(), "{text}");
        }
    }
}
