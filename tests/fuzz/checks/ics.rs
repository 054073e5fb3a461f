//! Reads any bytes as an exported calendar: it is refused, or the brief is inserted exactly once and everything else is
//! unchanged.

use chrono::{NaiveDate, NaiveTime};
use headsup::deliver::ics::Calendar;
use headsup::deliver::ics::occurrence::{Meeting, find};
use headsup::deliver::ics::splice::{Change, splice};
use headsup::deliver::invite;

/// Returns the change that inserts a PDF and a link, at midnight of a day.
fn change(day: NaiveDate) -> Change<'static> {
    Change {
        attachment: Some((
            "2026-11-20-brief-shared.pdf",
            b"%PDF-1.7 as good as any, and long enough that it is folded",
        )),
        link: Some("https://example.org/brief"),
        stamp: day.and_time(NaiveTime::MIN),
        bump_sequence: false,
        strip_method: false,
    }
}

pub fn check(bytes: &[u8]) {
    let Ok(calendar) = Calendar::parse(bytes, "fuzz.ics") else { return };
    let Some(day) = NaiveDate::from_ymd_opt(2026, 11, 20) else { return };
    let uid =
        calendar.events().next().and_then(|event| calendar.property(event, "UID")).map(|line| line.value().trim());
    for on in [None, Some(day)] {
        let zone = chrono_tz::Europe::Berlin;
        let Ok(meeting) = find(&calendar, uid, on, day, zone) else { continue };
        let once = splice(&calendar, &meeting, &change(day));
        if let Meeting::Occurrence { .. } = meeting {
            assert!(is_inserted(bytes, &once), "a byte that is not ours was changed");
        }
        let again = Calendar::parse(&once, "again.ics").expect("what is written is a calendar");
        let meeting = find(&again, uid, on, day, zone).expect("the meeting is still there");
        assert!(matches!(meeting, Meeting::InPlace { .. }));
        assert!(splice(&again, &meeting, &change(day)) == once, "the second time changes something");
        let _ = (invite::organizer(&again, &meeting), invite::guests(&again, &meeting));
        let request = invite::request(&again, &meeting, change(day).stamp, true).expect("it can be sent");
        assert!(request.split("\r\n").all(|line| line.len() <= 75), "a line is too long");
    }
}

/// Returns whether `after` is `before` with an insertion at one place.
fn is_inserted(before: &[u8], after: &[u8]) -> bool {
    let same = before.iter().zip(after).take_while(|(a, b)| a == b).count();
    let from_the_end = before.iter().rev().zip(after.iter().rev()).take_while(|(a, b)| a == b).count();
    after.len() > before.len() && same + from_the_end >= before.len()
}
