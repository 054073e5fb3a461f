//! Prepares the brief for a calendar: who is invited, which copy they may get, and the event or the request that
//! carries it. The `invite` and `mail` commands in [`crate::cli`] use this.

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate, NaiveDateTime};

use super::ics::occurrence::Meeting;
use super::ics::splice::{Change, attach_lines, link_text, splice};
use super::ics::{Calendar, Line, escape_text, fold};
use crate::config::TeamSection;
use crate::problem::{Failure, Place, Problem};
use crate::redact::Audience;

/// Normalises a mail address for comparison: without `mailto:`, in lower case.
pub fn address(text: &str) -> String {
    let text = text.trim();
    let bare = match text.get(..7) {
        Some(scheme) if scheme.eq_ignore_ascii_case("mailto:") => &text[7..],
        _ => text,
    };
    bare.trim().to_lowercase()
}

/// Returns everybody whom a component names, including the organizer: attendees, delegates, senders, and members of
/// groups; also those in nested components such as PARTICIPANT (RFC 9073) and mail alarms.
fn people(calendar: &Calendar<'_>, event: usize) -> impl Iterator<Item = String> {
    calendar.all_lines(event).flat_map(|line| {
        let mut people = Vec::new();
        if matches!(line.name().as_str(), "ATTENDEE" | "ORGANIZER" | "CALENDAR-ADDRESS") {
            people.push(address(line.value()));
        }
        // Outlook may write the address as a parameter and an X.500 name as the value; other parameters contain lists
        // of addresses.
        people.extend(line.param("EMAIL").map(|email| address(&email)));
        let lists = ["SENT-BY", "DELEGATED-TO", "DELEGATED-FROM", "MEMBER"].map(|name| line.param(name));
        for list in lists.into_iter().flatten() {
            people.extend(list.split(',').map(|one| address(one.trim().trim_matches('"'))));
        }
        people.retain(|one| !one.is_empty());
        people
    })
}

/// Returns the component that a meeting is in, or that it is copied from.
fn component(meeting: &Meeting) -> usize {
    match meeting {
        Meeting::InPlace { event } => *event,
        Meeting::Occurrence { master, .. } => *master,
    }
}

/// Returns the organizer's address, or `None` for an event without guests.
pub fn organizer(calendar: &Calendar<'_>, meeting: &Meeting) -> Option<String> {
    calendar.property(component(meeting), "ORGANIZER").map(|line| address(line.value()))
}

/// Returns everybody who can open the attachment: all guests of every component of the meeting's series.
pub fn guests(calendar: &Calendar<'_>, meeting: &Meeting) -> BTreeSet<String> {
    let uid = |event: usize| calendar.property(event, "UID").map(Line::value);
    let series = uid(component(meeting));
    calendar.events().filter(|event| uid(*event) == series).flat_map(|event| people(calendar, event)).collect()
}

/// Checks that everybody whom the meeting names has an address; otherwise a broken line would hide a guest.
pub fn require_addresses(calendar: &Calendar<'_>, meeting: &Meeting) -> Result<(), Problem> {
    let broken = calendar.own_lines(component(meeting)).find(|line| {
        let addresses = [Some(address(line.value())), line.param("EMAIL").map(|email| address(&email))];
        line.name() == "ATTENDEE" && !addresses.into_iter().flatten().any(|address| address.contains('@'))
    });
    match broken {
        None => Ok(()),
        Some(line) => Err(Problem::error("bad-calendar", "this guest has no mail address")
            .at(Place::at(calendar.shown, line.number, 1))
            .help("say who is to have the mail with --to ADDRESS, or export the event from the calendar anew")),
    }
}

/// Checks whether a copy may go into an invite with these guests.
///
/// Invites get forwarded and assistants read calendars, so a copy that is not `shared` is allowed only if manager and
/// boss are the only guests.
pub fn allowed(audience: Audience, guests: &BTreeSet<String>, team: &TeamSection) -> Result<(), Failure> {
    let known: Option<BTreeSet<String>> = match audience {
        Audience::Shared => return Ok(()),
        Audience::Me => {
            return Err(Failure::NotAllowed("the copy for yourself does not go into an invite or a mail".into()));
        }
        Audience::Boss => {
            [&team.manager_email, &team.boss_email].into_iter().map(|e| e.as_deref().map(address)).collect()
        }
    };
    let Some(known) = known else {
        return Err(Failure::NotAllowed(
            "the boss copy goes only to you and your boss: set manager_email and boss_email in [team] of headsup.toml, or send --for shared".into(),
        ));
    };
    let others: Vec<&str> = guests.difference(&known).map(String::as_str).collect();
    match others.as_slice() {
        [] => Ok(()),
        others => Err(Failure::NotAllowed(format!(
            "the boss copy must not go to {}: invite nobody else, or send --for shared",
            others.join(", ")
        ))),
    }
}

/// The copy that is sent, and the reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    pub audience: Audience,
    pub why: String,
    /// Whether to suggest the boss copy: only manager and boss are addressed, and the chosen copy leaves things out for
    /// others.
    pub proposes_boss: bool,
}

/// Chooses the copy for these guests: the requested one if it may go to them, otherwise `shared`.
pub fn choose(given: Option<Audience>, guests: &BTreeSet<String>, team: &TeamSection) -> Result<Choice, Failure> {
    let boss = allowed(Audience::Boss, guests, team);
    let are_known = team.manager_email.is_some() && team.boss_email.is_some();
    let (audience, why) = match given {
        Some(Audience::Shared) => (Audience::Shared, "as you asked: it may be forwarded"),
        Some(other) => {
            allowed(other, guests, team)?;
            (other, "as you asked: you and your boss alone are addressed")
        }
        None if boss.is_ok() => (Audience::Shared, "the default, though you and your boss alone are addressed"),
        None if are_known => (Audience::Shared, "since it goes to others than you and your boss"),
        None => (Audience::Shared, "since headsup.toml does not say manager_email and boss_email"),
    };
    Ok(Choice { audience, why: why.to_owned(), proposes_boss: given.is_none() && boss.is_ok() })
}

/// Checks that the user is the organizer: only the organizer may send a REQUEST (RFC 5546, 3.2.2).
pub fn require_organizer(calendar: &Calendar<'_>, meeting: &Meeting, me: Option<&str>) -> Result<(), Failure> {
    let Some(organizer) = organizer(calendar, meeting) else {
        return Ok(());
    };
    match me.map(address) {
        Some(me) if me == organizer => Ok(()),
        Some(me) => Err(Failure::NotAllowed(format!(
            "only the organizer may update the meeting, and that is {organizer}, not {me}: leave --event away to send an ordinary mail with the PDF"
        ))),
        None => Err(Failure::NotAllowed(format!(
            "only the organizer, {organizer}, may update the meeting: say who you are with --me ADDRESS or manager_email in headsup.toml"
        ))),
    }
}

/// A new all-day event on the date of the 1:1, which does not block time.
pub struct OwnEvent<'a> {
    pub uid: &'a str,
    pub on: NaiveDate,
    pub summary: &'a str,
    pub description: &'a str,
}

impl OwnEvent<'_> {
    /// Returns the whole calendar file.
    pub fn calendar(&self, change: &Change<'_>) -> String {
        let stamp = change.stamp.format("%Y%m%dT%H%M%SZ");
        let next = self.on.checked_add_days(Days::new(1)).unwrap_or(self.on);
        let description = match change.link {
            Some(link) => format!("{}\n{}", self.description, link_text(link)),
            None => self.description.to_owned(),
        };
        let mut lines = vec![
            "BEGIN:VCALENDAR".to_owned(),
            "VERSION:2.0".to_owned(),
            "PRODID:-//headsup//brief for the 1:1//EN".to_owned(),
            "BEGIN:VEVENT".to_owned(),
            format!("UID:{}", self.uid),
            format!("DTSTAMP:{stamp}"),
            format!("DTSTART;VALUE=DATE:{}", self.on.format("%Y%m%d")),
            format!("DTEND;VALUE=DATE:{}", next.format("%Y%m%d")),
            format!("SUMMARY:{}", escape_text(self.summary)),
            format!("DESCRIPTION:{}", escape_text(&description)),
            "TRANSP:TRANSPARENT".to_owned(),
            "CLASS:PRIVATE".to_owned(),
        ];
        lines.extend(attach_lines(change));
        lines.extend(["END:VEVENT".to_owned(), "END:VCALENDAR".to_owned()]);
        lines.iter().map(|line| fold(line, "\r\n")).collect()
    }
}

/// Returns the iMIP REQUEST (RFC 6047) for a meeting: its component and the time zones that it uses, and nothing else
/// from the file.
///
/// The PDF is a separate MIME part, so our inline ATTACH is left out.
pub fn request(
    calendar: &Calendar<'_>,
    meeting: &Meeting,
    stamp: NaiveDateTime,
    bump_sequence: bool,
) -> Result<String, Failure> {
    let change = Change { attachment: None, link: None, stamp, bump_sequence, strip_method: true };
    let edited = splice(calendar, meeting, &change);
    let edited = Calendar::parse(&edited, calendar.shown).map_err(Failure::from)?;
    let wanted = match meeting {
        Meeting::InPlace { event } => *event,
        // The new component was inserted after the last one of the series.
        Meeting::Occurrence { master, .. } => {
            let uid = calendar.property(*master, "UID").map(|line| line.value().to_owned());
            let of_series = |e: &usize| edited.property(*e, "UID").map(|line| line.value().to_owned()) == uid;
            edited.events().filter(of_series).last().unwrap_or(*master)
        }
    };
    let mut lines: Vec<String> = vec!["BEGIN:VCALENDAR".into()];
    let root = edited.components.iter().position(|c| c.name == "VCALENDAR").unwrap_or(0);
    let kept = edited.own_lines(root).filter(|line| matches!(line.name().as_str(), "VERSION" | "PRODID" | "CALSCALE"));
    lines.extend(kept.map(|line| line.text.clone()));
    lines.push("METHOD:REQUEST".into());
    let zones = edited.components.iter().filter(|c| c.name == "VTIMEZONE");
    for part in zones.chain([&edited.components[wanted]]) {
        lines.extend(edited.lines[part.begin..=part.end].iter().map(|line| line.text.clone()));
    }
    lines.push("END:VCALENDAR".into());
    Ok(lines.iter().map(|line| fold(line, "\r\n")).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::deliver::ics::occurrence::find;

    const SERIES: &str = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//EN\r\nBEGIN:VTIMEZONE\r\nTZID:Europe/Berlin\r\nEND:VTIMEZONE\r\n\
BEGIN:VEVENT\r\nUID:1\r\nDTSTAMP:20260101T000000Z\r\nDTSTART;TZID=Europe/Berlin:20261002T090000\r\nRRULE:FREQ=WEEKLY\r\n\
ORGANIZER:MAILTO:Dana@Example.org\r\nATTENDEE;CN=Alex:mailto:alex@example.org\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";

    fn team() -> TeamSection {
        TeamSection {
            aliases: Vec::new(),
            manager_email: Some("dana@example.org".into()),
            boss_email: Some("Alex@example.org".into()),
            ..TeamSection::default()
        }
    }

    fn series() -> (Calendar<'static>, Meeting) {
        let calendar = Calendar::parse(SERIES.as_bytes(), "m.ics").unwrap();
        let on = NaiveDate::from_ymd_opt(2026, 11, 20).unwrap();
        let meeting = find(&calendar, None, Some(on), on, chrono_tz::UTC).unwrap();
        (calendar, meeting)
    }

    #[test]
    fn the_boss_copy_is_allowed_only_for_manager_and_boss() {
        let (calendar, meeting) = series();
        let mut guests = guests(&calendar, &meeting);
        assert!(allowed(Audience::Boss, &guests, &team()).is_ok());
        guests.insert("assistant@example.org".into());
        let refused = allowed(Audience::Boss, &guests, &team()).unwrap_err();
        assert_eq!(refused.exit_code(), 77);
        assert!(refused.to_string().contains("must not go to assistant@example.org"), "{refused}");
        assert!(allowed(Audience::Shared, &guests, &team()).is_ok());
        assert_eq!(allowed(Audience::Me, &BTreeSet::new(), &team()).unwrap_err().exit_code(), 77);
        assert_eq!(allowed(Audience::Boss, &guests, &TeamSection::default()).unwrap_err().exit_code(), 77);
    }

    #[test]
    fn the_default_copy_is_shared_and_the_boss_copy_is_suggested_if_only_both_are_addressed() {
        let (calendar, meeting) = series();
        let mut guests = guests(&calendar, &meeting);
        let choice = choose(None, &guests, &team()).unwrap();
        assert_eq!((choice.audience, choice.proposes_boss), (Audience::Shared, true));
        let choice = choose(Some(Audience::Boss), &guests, &team()).unwrap();
        assert_eq!((choice.audience, choice.proposes_boss), (Audience::Boss, false));
        assert!(!choose(Some(Audience::Shared), &guests, &team()).unwrap().proposes_boss);
        guests.insert("assistant@example.org".into());
        let choice = choose(None, &guests, &team()).unwrap();
        assert_eq!((choice.audience, choice.proposes_boss), (Audience::Shared, false));
        assert!(choice.why.contains("others"), "{}", choice.why);
        assert_eq!(choose(Some(Audience::Boss), &guests, &team()).unwrap_err().exit_code(), 77);
    }

    #[test]
    fn only_the_organizer_may_send_a_request() {
        let (calendar, meeting) = series();
        assert!(require_organizer(&calendar, &meeting, Some("dana@example.org")).is_ok());
        assert_eq!(require_organizer(&calendar, &meeting, Some("alex@example.org")).unwrap_err().exit_code(), 77);
        assert_eq!(require_organizer(&calendar, &meeting, None).unwrap_err().exit_code(), 77);
    }

    #[test]
    fn a_guest_without_an_address_is_reported_with_its_line() {
        let (calendar, meeting) = series();
        assert!(require_addresses(&calendar, &meeting).is_ok());
        let broken = SERIES.replace("ATTENDEE;CN=Alex:mailto:alex@example.org", "ATTENDEE;CN=\"Alex");
        let calendar = Calendar::parse(broken.as_bytes(), "m.ics").unwrap();
        let problem = require_addresses(&calendar, &meeting).unwrap_err();
        assert_eq!((problem.code, problem.place.unwrap().line), ("bad-calendar", 13));
    }

    #[test]
    fn a_request_contains_only_the_meeting_and_its_zone() {
        let (calendar, meeting) = series();
        let stamp = NaiveDate::from_ymd_opt(2026, 11, 20).unwrap().and_hms_opt(0, 0, 0).unwrap();
        assert_eq!(
            request(&calendar, &meeting, stamp, false).unwrap(),
            "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//EN\r\nMETHOD:REQUEST\r\nBEGIN:VTIMEZONE\r\nTZID:Europe/Berlin\r\nEND:VTIMEZONE\r\n\
BEGIN:VEVENT\r\nUID:1\r\nDTSTAMP:20261120T000000Z\r\nDTSTART;TZID=Europe/Berlin:20261120T090000\r\n\
RECURRENCE-ID;TZID=Europe/Berlin:20261120T090000\r\nORGANIZER:MAILTO:Dana@Example.org\r\nATTENDEE;CN=Alex:mailto:alex@example.org\r\n\
END:VEVENT\r\nEND:VCALENDAR\r\n"
        );
    }
}
