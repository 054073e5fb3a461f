//! Tests for the edits: bytes that are not ours stay the same.

use chrono::NaiveDate;
use proptest::prelude::*;

use super::*;
use crate::deliver::ics::occurrence::find;

const SERIES: &str = "BEGIN:VCALENDAR\r\nPRODID:-//Google Inc//Google Calendar 70.9054//EN\r\nVERSION:2.0\r\nMETHOD:REQUEST\r\n\
BEGIN:VEVENT\r\nDTSTART;TZID=Europe/Berlin:20261002T090000\r\nDTEND;TZID=Europe/Berlin:20261002T093000\r\n\
RRULE:FREQ=WEEKLY;BYDAY=FR\r\nEXDATE;TZID=Europe/Berlin:20261016T090000\r\nDTSTAMP:20261001T120000Z\r\n\
ORGANIZER;CN=Dana:mailto:dana@example.org\r\nUID:abc@google.com\r\n\
ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=ACCEPTED;CN=\"Kim\r\n , Alex\":mailto:alex@example.org\r\n\
SEQUENCE:3\r\nSUMMARY:1:1 Dana / Alex\r\nBEGIN:VALARM\r\nACTION:DISPLAY\r\nTRIGGER:-PT10M\r\nEND:VALARM\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";

fn change<'a>(pdf: &'a [u8]) -> Change<'a> {
    Change {
        attachment: Some(("2026-11-20-brief-shared.pdf", pdf)),
        link: None,
        stamp: NaiveDate::from_ymd_opt(2026, 11, 20).unwrap().and_hms_opt(0, 0, 0).unwrap(),
        bump_sequence: false,
        strip_method: false,
    }
}

fn run(text: &[u8], on: &str, change: &Change<'_>) -> Vec<u8> {
    let calendar = Calendar::parse(text, "m.ics").unwrap();
    let on: NaiveDate = on.parse().unwrap();
    let meeting = find(&calendar, None, Some(on), on, chrono_tz::Europe::Berlin).unwrap();
    splice(&calendar, &meeting, change)
}

#[test]
fn an_occurrence_is_added_after_its_series_and_nothing_else_changes() {
    let out = String::from_utf8(run(SERIES.as_bytes(), "2026-11-20", &change(b"%PDF"))).unwrap();
    let at = out.find("END:VEVENT\r\n").unwrap() + "END:VEVENT\r\n".len();
    let added_len = out.len() - SERIES.len();
    let (added, rest) = out[at..].split_at(added_len);
    assert_eq!(format!("{}{rest}", &out[..at]), SERIES);
    assert_eq!(
        added,
        "BEGIN:VEVENT\r\nDTSTART;TZID=Europe/Berlin:20261120T090000\r\nRECURRENCE-ID;TZID=Europe/Berlin:20261120T090000\r\n\
DTEND;TZID=Europe/Berlin:20261120T093000\r\nDTSTAMP:20261120T000000Z\r\nORGANIZER;CN=Dana:mailto:dana@example.org\r\n\
UID:abc@google.com\r\nATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=ACCEPTED;CN=\"Kim, \r\n Alex\":mailto:alex@example.org\r\n\
SEQUENCE:3\r\nSUMMARY:1:1 Dana / Alex\r\n\
ATTACH;FMTTYPE=application/pdf;ENCODING=BASE64;VALUE=BINARY;FILENAME=2026-1\r\n 1-20-brief-shared.pdf;X-FILENAME=2026-11-20-brief-shared.pdf;X-HEADSUP=BRI\r\n EF:JVBERg==\r\n\
BEGIN:VALARM\r\nACTION:DISPLAY\r\nTRIGGER:-PT10M\r\nEND:VALARM\r\nEND:VEVENT\r\n"
    );
}

#[test]
fn a_second_run_edits_in_place_and_leaves_one_attachment() {
    let once = run(SERIES.as_bytes(), "2026-11-20", &change(b"old"));
    let twice = run(&once, "2026-11-20", &change(b"new"));
    let text = String::from_utf8(twice.clone()).unwrap();
    assert_eq!(text.matches("\r\nATTACH;").count(), 1);
    assert!(text.contains(":bmV3\r\n") && !text.contains("b2xk"), "{text}");
    assert_eq!(run(&twice, "2026-11-20", &change(b"new")), twice);
}

#[test]
fn a_link_is_added_to_the_description_once() {
    let event = "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART:20261120T090000Z\r\nDESCRIPTION:Agenda\\, as ever\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
    let mut with_link = change(b"");
    (with_link.attachment, with_link.link) = (None, Some("https://ci.example.org/a,b.pdf"));
    let once = run(event.as_bytes(), "2026-11-20", &with_link);
    let text = String::from_utf8(once.clone()).unwrap();
    assert!(
        text.contains("DESCRIPTION:Agenda\\, as ever\\nBrief for the 1:1: https://ci.example.org/a\\,\r\n b.pdf\r\n"),
        "{text}"
    );
    assert!(
        text.contains("ATTACH;FMTTYPE=application/pdf;X-HEADSUP=BRIEF:https://ci.example.org/a,b.p\r\n df\r\n"),
        "{text}"
    );
    with_link.link = Some("https://ci.example.org/next.pdf");
    let next = String::from_utf8(run(&once, "2026-11-20", &with_link)).unwrap();
    assert!(next.contains("as ever\\nBrief for the 1:1: https://ci.example.org/nex\r\n t.pdf\r\n"), "{next}");
    assert!(!next.contains("a,b"), "{next}");
}

#[test]
fn adding_a_link_twice_changes_nothing_whatever_the_description_ends_with() {
    for description in ["", "\\n", "Agenda", "Agenda\\n", "Agenda\\n\\nDial in", "\\n\\n"] {
        let event = format!(
            "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART:20261120T090000Z\r\nDESCRIPTION:{description}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
        );
        let mut with_link = change(b"");
        (with_link.attachment, with_link.link) = (None, Some("https://ci.example.org/b"));
        let once = run(event.as_bytes(), "2026-11-20", &with_link);
        assert_eq!(once, run(&once, "2026-11-20", &with_link), "{description}");
    }
}

#[test]
fn sequence_method_and_stamps_are_updated() {
    let mut bumped = change(b"x");
    (bumped.bump_sequence, bumped.strip_method) = (true, true);
    let out = String::from_utf8(run(SERIES.as_bytes(), "2026-11-20", &bumped)).unwrap();
    assert!(!out.contains("METHOD"), "{out}");
    assert_eq!((out.matches("SEQUENCE:3").count(), out.matches("SEQUENCE:4").count()), (1, 1));
    // A stamp that is newer than ours is kept.
    let newer = SERIES.replace("20261001T120000Z", "20270101T120000Z");
    let out = String::from_utf8(run(newer.as_bytes(), "2026-11-20", &change(b"x"))).unwrap();
    assert_eq!(out.matches("DTSTAMP:20270101T120000Z").count(), 2);
}

#[test]
fn a_hostile_file_name_is_made_harmless() {
    assert_eq!(safe_file_name("../../etc/pa\r\nsswd;X=\"1\".pdf"), "etc-pa--sswd-X--1-.pdf");
    assert_eq!(safe_file_name("...\u{202e}"), "brief.pdf");
}

#[test]
fn a_file_with_bare_line_feeds_keeps_them() {
    let out = run(SERIES.replace("\r\n", "\n").as_bytes(), "2026-11-20", &change(b"x"));
    assert!(!out.contains(&b'\r'));
}

proptest! {
    #[test]
    fn every_line_is_short_and_the_attachment_can_be_decoded(pdf in proptest::collection::vec(any::<u8>(), 0..2000)) {
        let out = run(SERIES.as_bytes(), "2026-11-20", &change(&pdf));
        let text = String::from_utf8(out.clone()).unwrap();
        prop_assert!(text.split("\r\n").all(|line| line.len() <= 75 && !line.contains(['\r', '\n'])));
        let calendar = Calendar::parse(&out, "m.ics").unwrap();
        let line = calendar.lines.iter().find(|line| line.name() == "ATTACH").unwrap();
        prop_assert_eq!(base64::engine::general_purpose::STANDARD.decode(line.value()).unwrap(), pdf);
    }
}
