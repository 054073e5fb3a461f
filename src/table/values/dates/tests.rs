//! Tests for dates: every form that was seen in exports, and texts that are not dates.

use super::*;

fn day(text: &str) -> String {
    match read(text).map(|r| r.day) {
        Some(DayReading::One(day)) => day.to_string(),
        Some(DayReading::Period(day)) => format!("from {day}"),
        Some(DayReading::ByOrder { dmy, mdy, ymd, .. }) => {
            let show = |d: Option<NaiveDate>| d.map_or("-".to_owned(), |d| d.to_string());
            format!("{} | {} | {}", show(dmy), show(mdy), show(ymd))
        }
        Some(DayReading::MonthOrFiscalYear { month, fiscal_year }) => {
            format!("month {} fiscal {fiscal_year}", month.map_or("-".to_owned(), |d| d.to_string()))
        }
        None => "none".to_owned(),
    }
}

#[test]
fn every_form_that_the_contract_lists() {
    for (text, expected) in [
        ("2026-11-20", "2026-11-20"),
        ("2026-11-20T09:29:00Z", "2026-11-20"),
        ("2026-11-20 09:29:00.123", "2026-11-20"),
        ("20/11/2026", "2026-11-20 | - | -"),
        ("11/20/26", "- | 2026-11-20 | -"),
        ("Sun, 05-Jan-2020", "2020-01-05"),
        ("06/Jan/26 9:29 AM", "2026-01-06"),
        ("23-Sep-11", "2011-09-23"),
        ("25/Oct/19", "2019-10-25"),
        ("May 3, 2020", "2020-05-03"),
        ("12/2/24 8:16", "2024-02-12 | 2024-12-02 | -"),
        ("2026-11", "month 2026-11-01 fiscal false"),
        ("Mon Feb 06 2023 05:00:00 GMT+0000 (GMT)", "2023-02-06"),
        ("Wednesday, July 19th 2023, 8:00:00 am +01:00", "2023-07-19"),
        ("2007-12-10-00:00:00-+0100", "2007-12-10"),
        ("2013-07-03-08.21.36.47192", "2013-07-03"),
        ("29/июл/26 09:59", "2026-07-29"),
        ("2026-W47", "from 2026-11-16"),
        ("Q4 2026", "from 2026-10-01"),
    ] {
        assert_eq!(day(text), expected, "{text}");
    }
}

#[test]
fn other_forms_that_tools_write() {
    for (text, expected) in [
        ("20. November 2026", "2026-11-20"),
        ("20 de noviembre de 2026", "2026-11-20"),
        ("1er janvier 2026", "2026-01-01"),
        ("mar. 3 nov. 2026", "2026-11-03"),
        ("Mar 3, 2026", "2026-03-03"),
        ("20-NOV-26 09.29.00.000000 AM", "2026-11-20"),
        ("11/20/2026 9:29 A.M.", "- | 2026-11-20 | -"),
        ("Nov 20, 2026 at 9:29\u{202f}AM", "2026-11-20"),
        ("2026年11月20日", "2026-11-20"),
        ("20261120T092900Z", "2026-11-20"),
        ("2026/11/20", "2026-11-20"),
        ("2026-11-20 09:29:00 +0000 UTC", "2026-11-20"),
        ("2026-11-20 09:29 a.m.", "2026-11-20"),
        ("20.11.26, 09:29 Uhr", "2026-11-20 | - | 2020-11-26"),
        ("03.04.2026", "2026-04-03 | 2026-03-04 | -"),
        ("26-01-06", "2006-01-26 | - | 2026-01-06"),
        ("Nov 2026", "from 2026-11-01"),
        ("Sep-11", "from 2011-09-01"),
        ("11/2026", "from 2026-11-01"),
        ("2026 Q4", "from 2026-10-01"),
        ("KW 47 2026", "from 2026-11-16"),
        ("2010-11", "month 2010-11-01 fiscal true"),
        ("2012-13", "month - fiscal true"),
    ] {
        assert_eq!(day(text), expected, "{text}");
    }
}

#[test]
fn what_is_no_date() {
    for text in [
        "11 days ago",
        "yesterday",
        "1.2.3",
        "10.0.0.1",
        "2026",
        "20210401",
        "May 3",
        "PROJ-12",
        "3/4",
        "2026-02-30",
        "31/31/2026",
        "12:30",
        "1234-56-78",
        "Total 2026",
        "",
        "555-12-2020",
        "11:30 on 2026-11-20 xyz",
    ] {
        assert_eq!(day(text), "none", "{text}");
    }
}

#[test]
fn an_offset_moves_the_day_into_the_time_zone() {
    let late = read("2026-11-20T23:30:00-05:00").unwrap();
    assert_eq!(late.day(None).unwrap().to_string(), "2026-11-20", "as written");
    assert_eq!(late.day_in(None, chrono_tz::UTC).unwrap().to_string(), "2026-11-21");
    assert_eq!(late.day_in(None, chrono_tz::America::New_York).unwrap().to_string(), "2026-11-20");
    let afternoon = read("06/Jan/26 11:29 PM").unwrap();
    assert_eq!(
        afternoon.day_in(None, chrono_tz::Asia::Tokyo).unwrap().to_string(),
        "2026-01-06",
        "no offset: as written"
    );
}

#[test]
fn whole_numbers_by_what_the_header_promises() {
    let day = |form: IntegerDate, n: f64| form.day(n, chrono_tz::UTC).map(|d| d.to_string());
    assert_eq!(day(IntegerDate::YearMonthDay, 20210401.0).as_deref(), Some("2021-04-01"));
    assert_eq!(day(IntegerDate::YearMonthDay, 20211301.0), None);
    assert_eq!(day(IntegerDate::YearMonth, 202611.0).as_deref(), Some("2026-11-01"));
    // 45000 is 15 March 2023 in Excel.
    assert_eq!(day(IntegerDate::ExcelSerial, 45000.0).as_deref(), Some("2023-03-15"));
    assert_eq!(day(IntegerDate::ExcelSerial, 45000.75).as_deref(), Some("2023-03-15"));
    assert_eq!(day(IntegerDate::UnixSeconds, 1_700_000_000.0).as_deref(), Some("2023-11-14"));
    assert_eq!(day(IntegerDate::UnixMilliseconds, 1_700_000_000_000.0).as_deref(), Some("2023-11-14"));
}

#[test]
fn a_span_is_over_on_its_last_day() {
    let last = read("October 1, 2026 → December 11, 2026").and_then(|read| read.day(None));
    assert_eq!(last, NaiveDate::from_ymd_opt(2026, 12, 11));
    assert_eq!(read("left → right 2026").and_then(|read| read.day(None)), None);
}

#[test]
fn a_week_without_separators_begins_on_its_monday() {
    let day = |number: f64| IntegerDate::YearWeek.day(number, chrono_tz::UTC);
    assert_eq!(day(202_647.0), NaiveDate::from_ymd_opt(2026, 11, 16));
    assert_eq!(day(202_654.0), None);
}
