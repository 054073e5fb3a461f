//! Tests of the words for periods.

use super::*;

fn last(text: &str) -> String {
    let near = NaiveDate::from_ymd_opt(2026, 11, 20).unwrap();
    read(text).and_then(|span| span.days(near, 1)).map_or("none".to_owned(), |span| span.last.to_string())
}

#[test]
fn a_stretch_of_days_ends_on_its_last() {
    for (text, day) in [
        ("Q4 2026", "2026-12-31"),
        ("2026-Q4", "2026-12-31"),
        ("Q1", "2027-03-31"),
        ("T4 2026", "2026-12-31"),
        ("4. Quartal", "2026-12-31"),
        ("H1 2027", "2027-06-30"),
        ("KW 50", "2026-12-13"),
        ("KW48/2026", "2026-11-29"),
        ("2026-W48", "2026-11-29"),
        ("S48", "2026-11-29"),
        ("S 50 2026", "2026-12-13"),
        ("S1 2027", "2027-06-30"),
        ("v. 48", "2026-11-29"),
        ("Dez 26", "2026-12-31"),
        ("déc. 27", "2027-12-31"),
        ("semaine 50", "2026-12-13"),
        ("Ende November", "2026-11-30"),
        ("Ende Oktober", "2026-10-31"),
        ("fin novembre", "2026-11-30"),
        ("a finales de noviembre", "2026-11-30"),
        ("mid-December", "2026-12-15"),
        ("Mitte Dezember", "2026-12-15"),
        ("Anfang Januar", "2027-01-10"),
        ("early Feb 2027", "2027-02-10"),
        ("Dec 2026", "2026-12-31"),
        ("11/2026", "2026-11-30"),
        ("Dez-26", "2026-12-31"),
        ("December", "2026-12-31"),
        ("2027", "2027-12-31"),
        ("12月末", "2026-12-31"),
        // A day without its year.
        ("13 Nov", "2026-11-13"),
        ("Nov 13", "2026-11-13"),
        ("15 Jan", "2027-01-15"),
        ("13. November", "2026-11-13"),
        ("13.11.", "2026-11-13"),
        ("26-Dec", "2026-12-26"),
        ("13 de noviembre", "2026-11-13"),
        ("1er décembre", "2026-12-01"),
        ("Fri 13 Nov", "2026-11-13"),
        ("mar. 3 novembre", "2026-11-03"),
        ("11月13日", "2026-11-13"),
        // A day, or a month of that year: the later of the two.
        ("Dec 26", "2026-12-31"),
    ] {
        assert_eq!(last(text), day, "{text}");
    }
    for text in
        ["", "soon", "Q5", "KW 60", "2026-11-20", "11/31/2026", "Sprint 12", "v1.2", "12", "31 Nov", "Friday", "may be"]
    {
        assert_eq!(last(text), "none", "{text}");
    }
}

#[test]
fn quarters_follow_the_fiscal_year() {
    let near = NaiveDate::from_ymd_opt(2026, 11, 20).unwrap();
    let span = read("Q4 2026").unwrap().days(near, 2).unwrap();
    assert_eq!((span.first.to_string(), span.last.to_string()), ("2026-11-01".into(), "2027-01-31".into()));
}
