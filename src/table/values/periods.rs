//! Recognises columns that are periods by their headers. [`crate::table::columns`] passes all headers of a file
//! together.

mod weeks;

use chrono::{Datelike as _, Days, Months, NaiveDate};

use crate::lexicon;
use crate::table::values::dates::{self, DayReading};
use weeks::{day_of_week, order_of_weeks};

/// Returns the first day of the period in each header, in a file with one column for each period.
pub(crate) fn of(names: &[String], fiscal: u32) -> Vec<Option<NaiveDate>> {
    let mut periods: Vec<Option<NaiveDate>> = names.iter().map(|name| period(name, fiscal)).collect();
    // `Jan 26` alone is a day or a month; in a sequence of months it is a month with a short year.
    let months: Vec<(usize, NaiveDate)> =
        names.iter().enumerate().filter_map(|(at, name)| Some((at, short_month(name)?))).collect();
    let follow = |pair: &[(usize, NaiveDate)]| pair[0].1.checked_add_months(Months::new(1)) == Some(pair[1].1);
    let backwards = |pair: &[(usize, NaiveDate)]| follow(&[pair[1], pair[0]]);
    if months.len() > 2 && (months.windows(2).all(follow) || months.windows(2).all(backwards)) {
        months.into_iter().for_each(|(at, month)| periods[at] = Some(month));
    }
    periods
}

/// Returns the first day of the period in each header without a year, if at least three periods follow each other:
/// `Jan`, `Feb`, `Mrz`. They belong to the latest years for which the last filled column has begun by `near`.
pub(crate) fn without_years(names: &[String], filled: &[bool], near: NaiveDate, fiscal: u32) -> Vec<Option<NaiveDate>> {
    let are_weeks = are_weeks_by_letter(names);
    let are_days = order_of_weeks(names, near, fiscal);
    let read = |name: &String| match week_by_letter(name).filter(|_| are_weeks) {
        Some(week) => dates::read_span(&format!("W{week}")),
        None => match (dates::read_span(day_of_week(name).unwrap_or(name))?.by_order(), are_days) {
            (Some(both), Some(order)) => both[order],
            (Some(_), None) => None,
            (None, _) => dates::read_span(day_of_week(name).unwrap_or(name)).filter(|span| !span.is_half_or_week()),
        },
    };
    let readings: Vec<(usize, dates::SpanReading)> = names
        .iter()
        .enumerate()
        .filter_map(|(at, name)| Some((at, read(name).filter(|reading| !reading.has_year())?)))
        .collect();
    let mut periods = vec![None; names.len()];
    // Two with numbers are periods: `W45`, `W46`. Two with letters may be other words: "May" is also a name.
    let has_numbers = readings.iter().all(|(at, _)| names[*at].contains(|c: char| c.is_ascii_digit()));
    if readings.len() < if has_numbers { 2 } else { MIN_MONTHS_WITHOUT_YEAR } {
        return periods;
    }
    let is_filled = |at: usize| filled.get(at).copied().unwrap_or(false);
    let first_of = |reading: &dates::SpanReading, year: i32| {
        let near = NaiveDate::from_ymd_opt(near.year() + year, 7, 1)?;
        reading.days(near, fiscal).map(|span| span.first)
    };
    let in_order = |from: i32| -> Option<Vec<(usize, NaiveDate)>> {
        let mut days: Vec<(usize, NaiveDate)> = Vec::new();
        for (at, reading) in &readings {
            let before = days.last().map(|(_, day)| *day);
            let day = (from..from + 3).filter_map(|year| first_of(reading, year)).find(|day| Some(*day) > before)?;
            days.push((*at, day));
        }
        let is_short = days.last()?.1 < days.first()?.1.checked_add_months(Months::new(13))?;
        is_short.then_some(days)
    };
    let has_begun = |days: &Vec<(usize, NaiveDate)>| {
        days.iter().rev().find(|(at, _)| is_filled(*at)).is_none_or(|(_, day)| *day <= near)
    };
    if let Some(days) = [1, 0, -1, -2].into_iter().filter_map(in_order).find(has_begun) {
        days.into_iter().for_each(|(at, day)| periods[at] = Some(day));
    }
    periods
}

/// What headers call the week, the month and the quarter that are on and those before them, as headers are compared.
const RELATIVE: [(RelativeUnit, &[&str], &[&str]); 3] = [
    (
        RelativeUnit::Week,
        &[
            "thisweek",
            "currentweek",
            "diesewoche",
            "aktuellewoche",
            "laufendewoche",
            "cettesemaine",
            "semaineencours",
            "semaineactuelle",
            "estasemana",
            "semanaactual",
            "semanaatual",
            "questasettimana",
            "settimanacorrente",
            "dezeweek",
            "huidigeweek",
            "tentydzien",
            "biezacytydzien",
        ],
        &[
            "lastweek",
            "previousweek",
            "priorweek",
            "vorwoche",
            "letztewoche",
            "semainederniere",
            "semaineprecedente",
            "semanapasada",
            "semanaanterior",
            "semanapassada",
            "settimanascorsa",
            "settimanaprecedente",
            "vorigeweek",
            "afgelopenweek",
            "poprzednitydzien",
            "zeszlytydzien",
        ],
    ),
    (
        RelativeUnit::Month,
        &[
            "thismonth",
            "currentmonth",
            "diesermonat",
            "aktuellermonat",
            "laufendermonat",
            "cemois",
            "moisencours",
            "moisactuel",
            "estemes",
            "mesactual",
            "mesatual",
            "questomese",
            "mesecorrente",
            "dezemaand",
            "huidigemaand",
            "tenmiesiac",
            "biezacymiesiac",
        ],
        &[
            "lastmonth",
            "previousmonth",
            "priormonth",
            "vormonat",
            "letztermonat",
            "moisdernier",
            "moisprecedent",
            "mespasado",
            "mesanterior",
            "mespassado",
            "mesescorso",
            "meseprecedente",
            "vorigemaand",
            "afgelopenmaand",
            "poprzednimiesiac",
            "zeszlymiesiac",
        ],
    ),
    (
        RelativeUnit::Quarter,
        &[
            "thisquarter",
            "currentquarter",
            "diesesquartal",
            "aktuellesquartal",
            "cetrimestre",
            "trimestreencours",
            "estetrimestre",
            "trimestreactual",
            "trimestreatual",
            "ditkwartaal",
            "tenkwartal",
        ],
        &[
            "lastquarter",
            "previousquarter",
            "priorquarter",
            "vorquartal",
            "letztesquartal",
            "trimestredernier",
            "trimestreprecedent",
            "trimestreanterior",
            "trimestrepasado",
            "trimestrepassado",
            "vorigkwartaal",
            "poprzednikwartal",
        ],
    ),
];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum RelativeUnit {
    Week,
    Month,
    Quarter,
}

impl RelativeUnit {
    /// The first day of the unit that holds `near`, or of the one before it.
    fn first_day(self, near: NaiveDate, is_before: bool) -> Option<NaiveDate> {
        let back = u32::from(is_before);
        match self {
            Self::Week => {
                let monday = near - Days::new(u64::from(near.weekday().num_days_from_monday()));
                monday.checked_sub_days(Days::new(7 * u64::from(back)))
            }
            Self::Month => near.with_day(1)?.checked_sub_months(Months::new(back)),
            Self::Quarter => near.with_day(1)?.checked_sub_months(Months::new(near.month0() % 3 + 3 * back)),
        }
    }
}

/// The first day of the period that each header names from the day `near`, where two of one kind stand as columns:
/// `Last month` and `This month`, `Vorwoche` and `Aktuelle Woche`.
pub(crate) fn relative(names: &[String], near: NaiveDate) -> Vec<Option<NaiveDate>> {
    let folded: Vec<String> = names.iter().map(|name| lexicon::folded(name)).collect();
    let of = |(unit, this, before): &(RelativeUnit, &[&str], &[&str])| -> Vec<Option<NaiveDate>> {
        let first = |name: &String| match (this.contains(&name.as_str()), before.contains(&name.as_str())) {
            (true, _) => unit.first_day(near, false),
            (_, true) => unit.first_day(near, true),
            _ => None,
        };
        folded.iter().map(first).collect()
    };
    let is_pair = |days: &Vec<Option<NaiveDate>>| {
        let found: Vec<NaiveDate> = days.iter().flatten().copied().collect();
        matches!(found[..], [one, other] if one != other)
    };
    RELATIVE.iter().map(of).find(is_pair).unwrap_or_else(|| vec![None; names.len()])
}

/// The week that `S40` names, as the French, Spanish and Portuguese write it; alone it may be half a year or a sprint.
fn week_by_letter(name: &str) -> Option<u32> {
    let digits = name.trim().strip_prefix(['S', 's'])?.trim_start_matches([' ', '.']);
    digits.parse().ok().filter(|week| (1..=53).contains(week))
}

/// Whether columns are weeks by such names: two or more, each the week after the one before.
fn are_weeks_by_letter(names: &[String]) -> bool {
    let weeks: Vec<u32> = names.iter().filter_map(|name| week_by_letter(name)).collect();
    let follows = |pair: &[u32]| pair[1] == pair[0] + 1 || (pair[0] > 51 && pair[1] == 1);
    weeks.len() > 1 && weeks.windows(2).all(follows) && weeks.iter().any(|week| *week > 2)
}

/// Minimum number of consecutive months without a year that are periods.
const MIN_MONTHS_WITHOUT_YEAR: usize = 3;

/// Returns the year that a title or a file name mentions, or `None` if there is none or several.
pub(crate) fn year_said(text: &str) -> Option<i32> {
    let mut years = text.split(|c: char| !c.is_ascii_digit()).filter(|digits| digits.len() == 4);
    let year = years.next()?.parse().ok().filter(|year| (2000..2100).contains(year))?;
    years.all(|other| other.parse() == Ok(year)).then_some(year)
}

/// Returns whether a header names the number of a calendar week, and cannot mean anything else.
pub(crate) fn is_number_of_week(header: &str) -> bool {
    let words = ["kw", "cw", "kalenderwoche", "calendar week", "iso week", "week no", "week number", "weeknummer"];
    words.contains(&header.trim().trim_end_matches('.').to_lowercase().as_str())
}

fn period(name: &str, fiscal: u32) -> Option<NaiveDate> {
    let year = || -> Option<i32> { name.split(' ').next()?.parse().ok().filter(|y| (1900..=2100).contains(y)) };
    match dates::read(name) {
        Some(reading) => reading.day(None),
        // `Q1 FY26`, `1. Halbjahr 2026`
        None => {
            let span = || dates::read_span(name).filter(|span| span.has_year())?.days(NaiveDate::default(), fiscal);
            span().map(|span| span.first).or_else(|| NaiveDate::from_ymd_opt(year()?, 1, 1))
        }
    }
}

/// Returns whether a header names a day without a year: `Nov 2`, `2. März`, `02.11.`
pub fn lacks_year(name: &str) -> bool {
    let is_day = |reading: dates::Reading| match reading.day {
        DayReading::One(_) => true,
        // `2.11` is a number or a version.
        DayReading::ByOrder { .. } => name.ends_with('.'),
        _ => false,
    };
    period(name, 1).is_none()
        && [" 2026", "2026"].into_iter().any(|year| dates::read(&(name.to_owned() + year)).is_some_and(is_day))
}

/// `Jan 26`, `März 26`, `out/26`, `Jan '26`, read as months.
fn short_month(name: &str) -> Option<NaiveDate> {
    let (month, year) = name.split_once([' ', '/', '-', '.'])?;
    let year = year.trim_start_matches(['\'', '’', ' ']);
    let is_short = year.len() == 2 && year.bytes().all(|b| b.is_ascii_digit());
    let read = is_short.then(|| dates::read(&format!("{month}-{year}")))??;
    matches!(read.day, DayReading::Period(_)).then(|| read.day(None))?
}

#[cfg(test)]
mod tests {
    use super::{lacks_year, of, relative, without_years};

    #[test]
    fn periods_from_the_day_of_the_data() {
        let found = |header: &str| -> Vec<String> {
            let names: Vec<String> = header.split(',').map(str::to_owned).collect();
            relative(&names, "2026-11-20".parse().unwrap()).into_iter().flatten().map(|day| day.to_string()).collect()
        };
        assert_eq!(found("KPI,Goal,Last month,This month,Δ"), ["2026-10-01", "2026-11-01"]);
        assert_eq!(found("Kennzahl,Vorwoche,Aktuelle Woche"), ["2026-11-09", "2026-11-16"]);
        assert_eq!(found("KPI,Mês anterior,Mês atual"), ["2026-10-01", "2026-11-01"]);
        assert!(found("KPI,Last week,This month").is_empty() && found("KPI,This month").is_empty());
    }

    #[test]
    fn days_that_lack_a_year() {
        assert!(["Nov 2", "2 Nov", "02.11.", "2. März"].into_iter().all(lacks_year));
        assert!(!["Nov 2 2026", "Nov", "Q2", "Version 2", "2", "2.11", "KPI"].into_iter().any(lacks_year));
    }

    #[test]
    fn months_without_a_year_are_the_latest_that_have_begun() {
        let found = |header: &str, filled: usize, near: &str| -> Vec<String> {
            let names: Vec<String> = header.split(',').map(str::to_owned).collect();
            let filled: Vec<bool> = (0..names.len()).map(|at| at <= filled).collect();
            let periods = without_years(&names, &filled, near.parse().unwrap(), 1);
            periods.into_iter().flatten().map(|day| day.to_string()).collect()
        };
        assert_eq!(found("Region,Jan,Feb,Mar", 3, "2026-11-20"), ["2026-01-01", "2026-02-01", "2026-03-01"]);
        assert_eq!(
            found("KPI,Okt,Nov,Dez,Jan", 2, "2026-11-20"),
            ["2026-10-01", "2026-11-01", "2026-12-01", "2027-01-01"]
        );
        assert_eq!(
            found("KPI,Okt,Nov,Dez,Jan", 4, "2026-11-20"),
            ["2025-10-01", "2025-11-01", "2025-12-01", "2026-01-01"]
        );
        assert_eq!(found("KPI,Q1,Q2,Q3,Q4", 3, "2026-11-20").first().map(String::as_str), Some("2026-01-01"));
        assert_eq!(found("KPI,S45,S46", 2, "2026-11-20"), ["2026-11-02", "2026-11-09"]);
        assert!(found("KPI,S1,S2", 2, "2026-11-20").is_empty(), "halves of a year");
        assert_eq!(found("KPI,Oct,Nov,Dec", 3, "2027-01-15").first().map(String::as_str), Some("2026-10-01"));
        assert!(
            found("KPI,Jan,Feb", 2, "2026-11-20").is_empty() && found("KPI,Mar,Jan,Feb", 3, "2026-11-20").len() < 4
        );
    }

    #[test]
    fn weeks_of_a_day_follow_each_other() {
        let found = |header: &str| -> Vec<String> {
            let names: Vec<String> = header.split(',').map(str::to_owned).collect();
            let periods = without_years(&names, &[true; 4], "2026-11-20".parse().unwrap(), 1);
            periods.into_iter().flatten().map(|day| day.to_string()).collect()
        };
        assert_eq!(
            found("Metric,Week of 10/26,Week of 11/02,Week of 11/09"),
            ["2026-10-26", "2026-11-02", "2026-11-09"]
        );
        assert_eq!(found("KPI,Semaine du 02/11,Semaine du 09/11"), ["2026-11-02", "2026-11-09"]);
        assert!(found("KPI,1-5,6-10,11-15").is_empty());
    }

    #[test]
    fn months_of_a_short_year_are_told_by_their_order() {
        let names = |names: &str| names.split(',').map(str::to_owned).collect::<Vec<_>>();
        let found = |header: &str| -> Vec<String> {
            of(&names(header), 1).into_iter().flatten().map(|day| day.to_string()).collect()
        };
        assert_eq!(found("KPI,Nov 25,Dec 25,Jan 26"), ["2025-11-01", "2025-12-01", "2026-01-01"]);
        assert_eq!(found("KPI,Unit,März 26,Feb 26,Jan. 26"), ["2026-03-01", "2026-02-01", "2026-01-01"]);
        assert_eq!(found("KPI,jan/25,fev/25,mar/25"), ["2025-01-01", "2025-02-01", "2025-03-01"]);
        assert_eq!(found("KPI,Q4 FY25,Q1 FY26"), ["2025-10-01", "2026-01-01"]);
        assert!(found("KPI,Nov 2,Nov 9,Nov 16").is_empty(), "days without a year");
        assert!(found("KPI,Jan 26,Feb 26").is_empty(), "two may be days");
        assert!(found("KPI,Jan 12,Feb 14,Mar 16").is_empty());
    }
}
