//! Finds the meeting in a calendar file: a single event, an override of a series, or an occurrence of its recurrence
//! rule.
//!
//! calcard expands the rule in the series' own wall-clock time, so that daylight saving changes and zones with Windows
//! names are handled correctly. [`crate::deliver::invite`] uses this.

use calcard::common::timezone::Tz;
use calcard::icalendar::{ICalendar, ICalendarValue};
use chrono::{NaiveDate, NaiveDateTime, TimeZone as _};

use super::{Calendar, Line, When};
use crate::problem::{Place, Problem};

/// Most occurrences of a rule that are examined: a daily meeting for 27 years.
const MAX_OCCURRENCES: usize = 10_000;

/// The meeting that the user means.
#[derive(Debug, PartialEq, Eq)]
pub enum Meeting {
    /// A component of the file – a single event, or the override of an occurrence – which is edited in place.
    InPlace { event: usize },
    /// An occurrence of a series that has no component of its own yet.
    Occurrence { master: usize, start: NaiveDateTime },
}

/// Finds the meeting on a date. It must not be cancelled.
///
/// `uid` selects the event if the file contains several; `on` is the date that the user gave, `as_of` the one that is
/// used otherwise. A single event is found without a date. `timezone` is the team's: it gives the date of a meeting
/// that is written in UTC.
pub fn find(
    calendar: &Calendar<'_>,
    uid: Option<&str>,
    on: Option<NaiveDate>,
    as_of: NaiveDate,
    timezone: chrono_tz::Tz,
) -> Result<Meeting, Problem> {
    let meeting = dated(calendar, uid, on, as_of, timezone)?;
    let (Meeting::InPlace { event } | Meeting::Occurrence { master: event, .. }) = meeting;
    let method = (0..calendar.components.len()).find_map(|at| calendar.property(at, "METHOD"));
    let cancelled = says(calendar.property(event, "STATUS"), "CANCELLED").or(says(method, "CANCEL"));
    match cancelled {
        None => Ok(meeting),
        Some(line) => Err(Problem::error("no-such-meeting", "the meeting was cancelled")
            .at(Place::at(calendar.shown, line.number, 1))
            .help("export the meeting that takes its place, or say another day with --on DATE")),
    }
}

/// Returns the line if its value is `word`.
fn says<'l>(line: Option<&'l Line>, word: &str) -> Option<&'l Line> {
    line.filter(|line| line.value().trim().eq_ignore_ascii_case(word))
}

/// Finds the meeting on a date, even if it is cancelled.
fn dated(
    calendar: &Calendar<'_>,
    uid: Option<&str>,
    on: Option<NaiveDate>,
    as_of: NaiveDate,
    timezone: chrono_tz::Tz,
) -> Result<Meeting, Problem> {
    let events = of_one_uid(calendar, uid)?;
    let zones = Zones::of(calendar);
    let day = |when: &When| match when {
        When::Utc(at) => timezone.from_utc_datetime(at).date_naive(),
        other => other.written().date(),
    };

    let master = events.iter().copied().find(|e| calendar.property(*e, "RECURRENCE-ID").is_none());
    let is_series = master.is_some_and(|m| ["RRULE", "RDATE"].iter().any(|p| calendar.property(m, p).is_some()));
    if let (Some(master), false) = (master, is_series)
        && events.len() == 1
    {
        let start = start_of(calendar, master)?;
        return match on {
            Some(on) if on != day(&start) => Err(not_there(calendar, on, "there is no meeting", Some(day(&start)))),
            _ => Ok(Meeting::InPlace { event: master }),
        };
    }

    let on = on.unwrap_or(as_of);
    let overrides: Vec<(usize, When, When)> = events
        .iter()
        .filter_map(|e| {
            let line = calendar.property(*e, "RECURRENCE-ID")?;
            let original = When::parse(line, line.value().trim())?;
            Some((*e, original, start_of(calendar, *e).ok()?))
        })
        .collect();
    // A moved meeting is found by the day on which it takes place, otherwise by the day from which it was moved.
    let held = overrides.iter().find(|(_, _, start)| day(start) == on);
    let moved = overrides.iter().find(|(_, original, _)| day(original) == on);
    if let Some((event, ..)) = held.or(moved) {
        return Ok(Meeting::InPlace { event: *event });
    }
    let Some(master) = master else {
        let nearest = nearest(overrides.iter().map(|(_, _, start)| day(start)), on);
        return Err(not_there(calendar, on, "the series has no meeting", nearest));
    };

    let first = start_of(calendar, master)?;
    let instant = |when: &When| zones.instant(when, &first);
    let excluded: Vec<NaiveDateTime> = values(calendar, master, "EXDATE").iter().map(&instant).collect();
    let taken: Vec<NaiveDateTime> = overrides.iter().map(|(_, original, _)| instant(original)).collect();
    let mut starts = expand(calendar, master, &first, &zones)?;
    starts.extend(values(calendar, master, "RDATE").iter().map(&instant));
    starts.sort_unstable();
    starts.dedup();

    let date_of = |at: &NaiveDateTime| match &first {
        When::Utc(_) => timezone.from_utc_datetime(at).date_naive(),
        _ => at.date(),
    };
    // A date excludes every occurrence that starts on that day.
    let all_day_exclusions: Vec<NaiveDate> = values(calendar, master, "EXDATE")
        .iter()
        .filter_map(|when| if let When::Date(date) = when { Some(*date) } else { None })
        .collect();
    let is_excluded = |at: &NaiveDateTime| excluded.contains(at) || all_day_exclusions.contains(&at.date());
    let chosen: Vec<&NaiveDateTime> = starts.iter().filter(|at| date_of(at) == on).collect();
    if let Some(at) = chosen.iter().find(|at| !is_excluded(at)) {
        return Ok(Meeting::Occurrence { master, start: **at });
    }
    let held_on = starts
        .iter()
        .filter(|at| !is_excluded(at) && !taken.contains(at))
        .map(date_of)
        .chain(overrides.iter().map(|(_, _, start)| day(start)));
    let what = if chosen.is_empty() { "the series has no meeting" } else { "the meeting was cancelled" };
    Err(not_there(calendar, on, what, nearest(held_on, on)))
}

/// Returns the events with the selected UID.
fn of_one_uid(calendar: &Calendar<'_>, uid: Option<&str>) -> Result<Vec<usize>, Problem> {
    let uid_of =
        |event: usize| calendar.property(event, "UID").map(|line| line.value().trim().to_owned()).unwrap_or_default();
    let mut uids: Vec<String> = Vec::new();
    for event in calendar.events() {
        let uid = uid_of(event);
        if !uids.contains(&uid) {
            uids.push(uid);
        }
    }
    let whole = Place::file(calendar.shown);
    let chosen = match (uid, uids.as_slice()) {
        (_, []) => {
            return Err(Problem::error("no-event", "this calendar holds no event")
                .at(whole)
                .help("export the 1:1 itself, not an empty calendar or a task list"));
        }
        (Some(uid), all) if all.iter().any(|u| u == uid) => uid.to_owned(),
        (None, [one]) => one.clone(),
        (uid, all) => {
            let named = match uid {
                Some(uid) => format!("no event has the UID {uid}"),
                None => format!("this calendar holds {} different events", all.len()),
            };
            let list: Vec<String> = calendar
                .events()
                .filter(|e| calendar.property(*e, "RECURRENCE-ID").is_none())
                .take(10)
                .map(|e| format!("--uid {}   {}", uid_of(e), calendar.property(e, "SUMMARY").map_or("", |l| l.value())))
                .collect();
            return Err(Problem::error("which-event", named)
                .at(whole)
                .help(format!("say which one is the 1:1:\n{}", list.join("\n"))));
        }
    };
    Ok(calendar.events().filter(|e| uid_of(*e) == chosen).collect())
}

/// Returns the start of an event.
fn start_of(calendar: &Calendar<'_>, event: usize) -> Result<When, Problem> {
    let begin = &calendar.lines[calendar.components[event].begin];
    let line = calendar.property(event, "DTSTART");
    line.and_then(|line| When::parse(line, line.value().trim())).ok_or_else(|| {
        Problem::error("no-start", "this event has no start that can be read")
            .at(Place::at(calendar.shown, line.unwrap_or(begin).number, 1))
            .help("export the event from the calendar anew")
    })
}

/// Returns all values of a property that may occur several times and have several values each time.
fn values(calendar: &Calendar<'_>, event: usize, name: &str) -> Vec<When> {
    calendar
        .own_lines(event)
        .filter(|line| line.name() == name)
        .flat_map(|line| line.value().split(',').map(move |value| (line, value)))
        // An RDATE may be a period, of which only the start matters.
        .filter_map(|(line, value)| When::parse(line, value.split('/').next().unwrap_or(value).trim()))
        .collect()
}

/// Returns the starts of a rule's occurrences, in the wall-clock time of its DTSTART.
fn expand(calendar: &Calendar<'_>, master: usize, first: &When, zones: &Zones) -> Result<Vec<NaiveDateTime>, Problem> {
    let Some(rule) = calendar.property(master, "RRULE") else {
        return Ok(vec![first.written()]);
    };
    // calcard compares UNTIL with wall-clock time, so UNTIL is converted first.
    let parts: Vec<String> = rule
        .value()
        .trim()
        .split(';')
        .map(|part| match part.split_once('=') {
            Some((key, value)) if key.eq_ignore_ascii_case("UNTIL") => {
                let until = When::parse(rule, value).map(|when| match when {
                    When::Date(date) => date.and_hms_opt(23, 59, 59).unwrap_or_default(),
                    other => zones.instant(&other, first),
                });
                until.map_or_else(|| part.to_owned(), |at| format!("UNTIL={}", at.format("%Y%m%dT%H%M%S")))
            }
            _ => part.to_owned(),
        })
        .collect();
    let text = format!(
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART:{}\r\nRRULE:{}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
        first.written().format("%Y%m%dT%H%M%S"),
        parts.join(";")
    );
    let bad_rule = || {
        Problem::error("bad-rule", format!("the rule of the series cannot be read: {}", rule.value()))
            .at(Place::at(calendar.shown, rule.number, 1))
            .help("export one occurrence instead of the series")
    };
    let parsed = ICalendar::parse(&text).map_err(|_| bad_rule())?;
    let understood = parsed
        .components
        .iter()
        .flat_map(|component| &component.entries)
        .any(|entry| matches!(entry.values.first(), Some(ICalendarValue::RecurrenceRule(_))));
    let expanded = parsed.expand_dates(Tz::Floating, MAX_OCCURRENCES);
    if !understood || !expanded.errors.is_empty() || expanded.events.is_empty() {
        return Err(bad_rule());
    }
    Ok(expanded.events.iter().map(|event| event.start.naive_local()).collect())
}

/// The time zones of the file's TZIDs, from its VTIMEZONEs, IANA names and Windows names.
struct Zones {
    named: Vec<(String, Tz)>,
}

impl Zones {
    fn of(calendar: &Calendar<'_>) -> Self {
        let text = String::from_utf8_lossy(calendar.bytes);
        let Ok(parsed) = ICalendar::parse(&text) else {
            return Self { named: Vec::new() };
        };
        let resolver = parsed.build_owned_tz_resolver();
        let mut named: Vec<(String, Tz)> = Vec::new();
        for zone in calendar.lines.iter().filter_map(|line| line.param("TZID")) {
            if let (false, Some(tz)) = (named.iter().any(|(name, _)| *name == zone), resolver.resolve(&zone)) {
                named.push((zone, tz));
            }
        }
        Self { named }
    }

    fn named(&self, zone: &str) -> Option<Tz> {
        self.named.iter().find(|(name, _)| name == zone).map(|(_, tz)| *tz)
    }

    /// Converts the moment `when` to the wall-clock time of `like`. If a zone is unknown, the time is returned as
    /// written.
    fn instant(&self, when: &When, like: &When) -> NaiveDateTime {
        let utc = match when {
            When::Utc(at) => Some(*at),
            When::Zoned(at, zone) => {
                self.named(zone).and_then(|tz| tz.from_local_datetime(at).earliest()).map(|at| at.naive_utc())
            }
            When::Date(_) | When::Floating(_) => None,
        };
        match (utc, like) {
            (Some(utc), When::Utc(_)) => utc,
            (Some(utc), When::Zoned(_, zone)) => match self.named(zone) {
                Some(tz) => tz.from_utc_datetime(&utc).naive_local(),
                None => when.written(),
            },
            _ => when.written(),
        }
    }
}

/// Returns the nearest date of a meeting. If two are equally near, it is the later one.
fn nearest(dates: impl Iterator<Item = NaiveDate>, on: NaiveDate) -> Option<NaiveDate> {
    dates.min_by_key(|date| ((*date - on).num_days().abs(), std::cmp::Reverse(*date)))
}

fn not_there(calendar: &Calendar<'_>, on: NaiveDate, what: &str, nearest: Option<NaiveDate>) -> Problem {
    let help = match nearest {
        Some(date) => format!("the nearest meeting is on {}: --on {date}", date.format("%A %-d %B %Y")),
        None => "the series has no meeting at all".to_owned(),
    };
    Problem::error("no-such-meeting", format!("{what} on {}", on.format("%A %-d %B %Y")))
        .at(Place::file(calendar.shown))
        .help(help)
}

#[cfg(test)]
#[path = "occurrence_tests.rs"]
mod tests;
