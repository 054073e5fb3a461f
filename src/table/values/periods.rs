//! Periods that stand as columns: the headers that name them. [`crate::table::columns`] asks for all of a file together.

use chrono::{Months, NaiveDate};

use crate::table::values::dates::{self, DayReading};

/// The first day of the period that each header names, where periods stand as columns.
pub fn of(names: &[String]) -> Vec<Option<NaiveDate>> {
    let mut periods: Vec<Option<NaiveDate>> = names.iter().map(|name| period(name)).collect();
    // `Jan 26` alone is a day or a month; one month after the other they are months of a year cut short.
    let months: Vec<(usize, NaiveDate)> = (0..names.len())
        .filter(|at| periods[*at].is_none())
        .filter_map(|at| Some((at, short_month(&names[at])?)))
        .collect();
    let follow = |pair: &[(usize, NaiveDate)]| pair[0].1.checked_add_months(Months::new(1)) == Some(pair[1].1);
    let backwards = |pair: &[(usize, NaiveDate)]| follow(&[pair[1], pair[0]]);
    if months.len() > 2 && (months.windows(2).all(follow) || months.windows(2).all(backwards)) {
        months.into_iter().for_each(|(at, month)| periods[at] = Some(month));
    }
    periods
}

fn period(name: &str) -> Option<NaiveDate> {
    let year = || -> Option<i32> { name.split(' ').next()?.parse().ok().filter(|y| (1900..=2100).contains(y)) };
    match dates::read(name) {
        Some(reading) => reading.day(None),
        None => NaiveDate::from_ymd_opt(year()?, 1, 1),
    }
}

/// Whether a header names a day and leaves its year out: `Nov 2`, `2. März`, `02.11.`
pub fn lacks_year(name: &str) -> bool {
    let is_day = |reading: dates::Reading| match reading.day {
        DayReading::One(_) => true,
        // `2.11` is a number or a version.
        DayReading::ByOrder { .. } => name.ends_with('.'),
        _ => false,
    };
    period(name).is_none()
        && [" 2026", "2026"].into_iter().any(|year| dates::read(&(name.to_owned() + year)).is_some_and(is_day))
}

/// `Jan 26`, `März 26`, read as months.
fn short_month(name: &str) -> Option<NaiveDate> {
    let (month, year) = name.split_once(' ')?;
    let is_short = year.len() == 2 && year.bytes().all(|b| b.is_ascii_digit());
    let read = is_short.then(|| dates::read(&format!("{month}-{year}")))??;
    matches!(read.day, DayReading::Period(_)).then(|| read.day(None))?
}

#[cfg(test)]
mod tests {
    use super::{lacks_year, of};

    #[test]
    fn days_that_lack_a_year() {
        assert!(["Nov 2", "2 Nov", "02.11.", "2. März"].into_iter().all(lacks_year));
        assert!(!["Nov 2 2026", "Nov", "Q2", "Version 2", "2", "2.11", "KPI"].into_iter().any(lacks_year));
    }

    #[test]
    fn months_of_a_short_year_are_told_by_their_order() {
        let names = |names: &str| names.split(',').map(str::to_owned).collect::<Vec<_>>();
        let found = |header: &str| -> Vec<String> {
            of(&names(header)).into_iter().flatten().map(|day| day.to_string()).collect()
        };
        assert_eq!(found("KPI,Nov 25,Dec 25,Jan 26"), ["2025-11-01", "2025-12-01", "2026-01-01"]);
        assert_eq!(found("KPI,Unit,März 26,Feb 26,Jan. 26"), ["2026-03-01", "2026-02-01", "2026-01-01"]);
        assert!(found("KPI,Nov 2,Nov 9,Nov 16").is_empty(), "days without a year");
        assert!(found("KPI,Jan 26,Feb 26").is_empty(), "two may be days");
        assert!(found("KPI,Jan 12,Feb 14,Mar 16").is_empty());
    }
}
