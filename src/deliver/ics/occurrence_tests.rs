//! Tests for finding the meeting in calendars as Google, Outlook and Apple write them.

use super::*;

const BERLIN: chrono_tz::Tz = chrono_tz::Europe::Berlin;

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// Returns a calendar with these events; each is a list of its lines.
fn file(events: &[&[&str]]) -> String {
    let mut lines = vec!["BEGIN:VCALENDAR".to_owned(), "VERSION:2.0".to_owned()];
    for event in events {
        lines.push("BEGIN:VEVENT".to_owned());
        lines.extend(event.iter().map(|l| (*l).to_owned()));
        lines.push("END:VEVENT".to_owned());
    }
    lines.push("END:VCALENDAR".to_owned());
    lines.join("\r\n") + "\r\n"
}

fn meeting(text: &str, on: &str) -> Result<Meeting, Problem> {
    let calendar = Calendar::parse(text.as_bytes(), "m.ics").unwrap();
    find(&calendar, None, Some(date(on)), date("2026-11-20"), BERLIN)
}

fn start(text: &str, on: &str) -> String {
    match meeting(text, on).unwrap() {
        Meeting::Occurrence { start, .. } => start.to_string(),
        Meeting::InPlace { event } => format!("in place {event}"),
    }
}

const WEEKLY: [&str; 3] = ["UID:1", "DTSTART;TZID=Europe/Berlin:20261002T090000", "RRULE:FREQ=WEEKLY;BYDAY=FR"];

#[test]
fn an_occurrence_keeps_its_wall_clock_time_when_daylight_saving_ends() {
    let text = file(&[&WEEKLY]);
    // Daylight saving ended on 25 October.
    assert_eq!(start(&text, "2026-10-23"), "2026-10-23 09:00:00");
    assert_eq!(start(&text, "2026-10-30"), "2026-10-30 09:00:00");
}

#[test]
fn a_date_without_a_meeting_names_the_nearest_one() {
    let problem = meeting(&file(&[&WEEKLY]), "2026-11-18").unwrap_err();
    assert_eq!(problem.message, "the series has no meeting on Wednesday 18 November 2026");
    assert_eq!(problem.help, "the nearest meeting is on Friday 20 November 2026: --on 2026-11-20");
}

#[test]
fn an_excluded_week_is_cancelled_in_every_notation() {
    for exdate in [
        "EXDATE;TZID=Europe/Berlin:20261113T090000,20261120T090000",
        "EXDATE:20261120T080000Z",
        "EXDATE;VALUE=DATE:20261120",
    ] {
        let text = file(&[&[WEEKLY[0], WEEKLY[1], WEEKLY[2], exdate]]);
        let problem = meeting(&text, "2026-11-20").unwrap_err();
        assert_eq!(problem.message, "the meeting was cancelled on Friday 20 November 2026", "{exdate}");
        assert_eq!(problem.help, "the nearest meeting is on Friday 27 November 2026: --on 2026-11-27", "{exdate}");
    }
}

#[test]
fn a_series_that_ends_at_its_last_meeting_includes_that_meeting() {
    // Outlook writes the start of the last occurrence as UNTIL, in UTC.
    let text = file(&[&["UID:1", WEEKLY[1], "RRULE:FREQ=WEEKLY;UNTIL=20261120T080000Z;BYDAY=FR"]]);
    assert_eq!(start(&text, "2026-11-20"), "2026-11-20 09:00:00");
    let problem = meeting(&text, "2026-11-27").unwrap_err();
    assert_eq!(problem.help, "the nearest meeting is on Friday 20 November 2026: --on 2026-11-20");
}

#[test]
fn windows_zone_names_are_known_with_and_without_their_definition() {
    let rule = "RRULE:FREQ=WEEKLY;UNTIL=20261120T080000Z;INTERVAL=1;BYDAY=FR;WKST=MO";
    let text = file(&[&["UID:1", "DTSTART;TZID=W. Europe Standard Time:20261002T090000", rule]]);
    assert_eq!(start(&text, "2026-11-20"), "2026-11-20 09:00:00");
}

#[test]
fn a_moved_meeting_is_found_by_its_new_and_its_original_day() {
    let moved: &[&str] =
        &["UID:1", "RECURRENCE-ID;TZID=Europe/Berlin:20261120T090000", "DTSTART;TZID=Europe/Berlin:20261119T140000"];
    let text = file(&[&WEEKLY, moved]);
    assert_eq!(start(&text, "2026-11-19"), "in place 2");
    assert_eq!(start(&text, "2026-11-20"), "in place 2");
    assert_eq!(start(&text, "2026-11-27"), "2026-11-27 09:00:00");
}

#[test]
fn a_single_event_needs_no_date_and_refuses_a_wrong_one() {
    let text = file(&[&["UID:1", "DTSTART:20261119T233000Z"]]);
    let calendar = Calendar::parse(text.as_bytes(), "m.ics").unwrap();
    assert_eq!(find(&calendar, None, None, date("2026-11-01"), BERLIN), Ok(Meeting::InPlace { event: 1 }));
    // This is half past midnight in Berlin.
    assert_eq!(meeting(&text, "2026-11-20"), Ok(Meeting::InPlace { event: 1 }));
    assert!(meeting(&text, "2026-11-21").unwrap_err().help.contains("--on 2026-11-20"));
}

#[test]
fn all_day_and_utc_series_are_found() {
    let all_day = file(&[&["UID:1", "DTSTART;VALUE=DATE:20261002", "RRULE:FREQ=WEEKLY;COUNT=8"]]);
    assert_eq!(start(&all_day, "2026-11-20"), "2026-11-20 00:00:00");
    assert!(meeting(&all_day, "2026-11-27").is_err());
    let utc = file(&[&["UID:1", "DTSTART:20261001T233000Z", "RRULE:FREQ=WEEKLY"]]);
    assert_eq!(start(&utc, "2026-11-20"), "2026-11-19 23:30:00");
}

#[test]
fn several_events_need_a_uid() {
    let text = file(&[&["UID:a", "SUMMARY:1:1", WEEKLY[1]], &["UID:b", "SUMMARY:Lunch", WEEKLY[1]]]);
    let problem = meeting(&text, "2026-11-20").unwrap_err();
    assert_eq!(problem.message, "this calendar holds 2 different events");
    assert_eq!(problem.help, "say which one is the 1:1:\n--uid a   1:1\n--uid b   Lunch");
}

#[test]
fn a_cancelled_meeting_is_refused() {
    let single = file(&[&["UID:1", "DTSTART:20261120T100000Z", "STATUS:CANCELLED"]]);
    let of_series = file(&[
        &WEEKLY,
        &["UID:1", "RECURRENCE-ID;TZID=Europe/Berlin:20261120T090000", "DTSTART:20261120T100000Z", "STATUS:cancelled"],
    ]);
    let by_method = file(&[&["UID:1", "DTSTART:20261120T100000Z"]]).replacen("VERSION", "METHOD:CANCEL\r\nVERSION", 1);
    for text in [single, of_series, by_method] {
        let problem = meeting(&text, "2026-11-20").unwrap_err();
        assert_eq!(
            (problem.code, problem.message.as_str()),
            ("no-such-meeting", "the meeting was cancelled"),
            "{text}"
        );
    }
}

#[test]
fn an_invalid_rule_is_refused() {
    let text = file(&[&["UID:1", WEEKLY[1], "RRULE:FREQ=SOMETIMES"]]);
    assert_eq!(meeting(&text, "2026-11-20").unwrap_err().code, "bad-rule");
}
