//! Edits a calendar file: lines are inserted, removed or replaced; all other bytes stay the same.
//!
//! An event that is edited in place gets our lines and a newer DTSTAMP and LAST-MODIFIED. An occurrence of a series
//! gets a separate component: the lines of the series without its rule, with the dates of this week and a
//! RECURRENCE-ID. The component of the series itself is never changed.

use std::ops::Range;

use base64::Engine as _;
use chrono::NaiveDateTime;

use super::occurrence::Meeting;
use super::{Calendar, Line, When, escape_text, fold};

/// Marks our own lines, so that running twice replaces them.
const MARK: &str = "X-HEADSUP=BRIEF";

/// Text before our link in a description.
const LINK_LABEL: &str = "Brief for the 1:1: ";

/// The changes to make to a meeting.
#[derive(Debug, Clone)]
pub struct Change<'a> {
    /// File name and bytes of the PDF to embed.
    pub attachment: Option<(&'a str, &'a [u8])>,
    /// Address at which the brief can be fetched.
    pub link: Option<&'a str>,
    /// DTSTAMP of the change, in UTC. An event with a newer one keeps its own.
    pub stamp: NaiveDateTime,
    /// Whether to increase SEQUENCE. The standard asks for it when a meeting is rescheduled, not when a file is
    /// attached.
    pub bump_sequence: bool,
    /// Whether to remove METHOD, which must not be stored on CalDAV servers.
    pub strip_method: bool,
}

/// Returns a file name that is safe in every calendar program.
pub fn safe_file_name(name: &str) -> String {
    let safe: String =
        name.chars().map(|c| if c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_') { c } else { '-' }).collect();
    let safe = safe.trim_matches(['.', '-']);
    if safe.is_empty() { "brief.pdf".to_owned() } else { safe.to_owned() }
}

/// Returns our ATTACH lines of an event, unfolded.
pub fn attach_lines(change: &Change<'_>) -> Vec<String> {
    let mut lines = Vec::new();
    if let Some((name, bytes)) = change.attachment {
        let name = safe_file_name(name);
        let encoded = base64::engine::general_purpose::STANDARD.encode(bytes);
        lines.push(format!(
            "ATTACH;FMTTYPE=application/pdf;ENCODING=BASE64;VALUE=BINARY;FILENAME={name};X-FILENAME={name};{MARK}:{encoded}"
        ));
    }
    if let Some(link) = change.link {
        lines.push(format!("ATTACH;FMTTYPE=application/pdf;{MARK}:{}", single_line(link)));
    }
    lines
}

/// Returns the line of a description with the link to the brief.
pub fn link_text(link: &str) -> String {
    format!("{LINK_LABEL}{}", single_line(link))
}

/// Returns a value without line breaks, so that it cannot begin a new line of the file.
fn single_line(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).collect()
}

/// Returns the file with the changes made to the meeting.
pub fn splice(calendar: &Calendar<'_>, meeting: &Meeting, change: &Change<'_>) -> Vec<u8> {
    let mut edits = Edits::default();
    match *meeting {
        Meeting::InPlace { event } => edit_event(calendar, event, change, &mut edits),
        Meeting::Occurrence { master, start } => {
            let component = new_occurrence(calendar, master, start, change);
            edits.insert(calendar.lines[last_of_series(calendar, master)].end, &component);
        }
    }
    if change.strip_method {
        let methods = calendar.lines.iter().filter(|line| line.name() == "METHOD");
        methods.for_each(|line| edits.replace(line.start..line.end, ""));
    }
    edits.apply(calendar.bytes)
}

/// Returns the position of a new component: after the END of the last event with the UID of the series.
fn last_of_series(calendar: &Calendar<'_>, master: usize) -> usize {
    let uid = calendar.property(master, "UID").map(Line::value);
    calendar
        .events()
        .filter(|e| calendar.property(*e, "UID").map(Line::value) == uid)
        .map(|e| calendar.components[e].end)
        .max()
        .unwrap_or(calendar.components[master].end)
}

fn is_ours(line: &Line) -> bool {
    line.name() == "ATTACH" && line.param("X-HEADSUP").is_some()
}

/// Returns the stamp to write, which is never older than the present one.
fn newer(line: &Line, stamp: NaiveDateTime) -> NaiveDateTime {
    match When::parse(line, line.value().trim()) {
        Some(When::Utc(old)) => old.max(stamp),
        _ => stamp,
    }
}

fn bumped(line: &Line) -> String {
    format!("{}:{}", line.head(), line.value().trim().parse::<u64>().map_or(1, |n| n.saturating_add(1)))
}

/// Returns the description with our link on a separate line: in place of an earlier link, otherwise at the end.
fn with_link(line: &Line, link: &str) -> String {
    let (label, link) = (escape_text(LINK_LABEL), escape_text(&link_text(link)));
    let mut parts: Vec<&str> = line.value().split("\\n").collect();
    match parts.iter_mut().find(|part| part.starts_with(&label)) {
        Some(earlier) => *earlier = &link,
        None => {
            parts.pop_if(|last| last.is_empty());
            parts.push(&link);
        }
    }
    format!("{}:{}", line.head(), parts.join("\\n"))
}

/// Returns the changed line of an event, or `None` if it stays the same. Both edited events and new occurrences use
/// this.
fn changed(line: &Line, change: &Change<'_>) -> Option<String> {
    let stamp = |line: &Line| Some(format!("{}:{}", line.head(), newer(line, change.stamp).format("%Y%m%dT%H%M%SZ")));
    match line.name().as_str() {
        "DTSTAMP" | "LAST-MODIFIED" => stamp(line),
        "SEQUENCE" if change.bump_sequence => Some(bumped(line)),
        "DESCRIPTION" => change.link.map(|link| with_link(line, link)),
        _ => None,
    }
}

/// Returns the lines that the change needs and the event does not have.
fn added(calendar: &Calendar<'_>, event: usize, change: &Change<'_>) -> Vec<String> {
    let has = |name: &str| calendar.property(event, name).is_some();
    let mut lines = Vec::new();
    if let (Some(link), false) = (change.link, has("DESCRIPTION")) {
        lines.push(format!("DESCRIPTION:{}", escape_text(&link_text(link))));
    }
    if change.bump_sequence && !has("SEQUENCE") {
        lines.push("SEQUENCE:1".to_owned());
    }
    lines.extend(attach_lines(change));
    lines
}

fn edit_event(calendar: &Calendar<'_>, event: usize, change: &Change<'_>, edits: &mut Edits) {
    let ending = calendar.line_ending();
    let mut behind_properties = calendar.lines[calendar.components[event].begin].end;
    for line in calendar.own_lines(event) {
        if is_ours(line) {
            edits.replace(line.start..line.end, "");
        } else if let Some(new) = changed(line, change).filter(|new| *new != line.text) {
            edits.replace(line.start..line.end, &fold(&new, ending));
        }
    }
    // Properties come before alarms (RFC 5545, 3.6.1).
    let properties = calendar.lines[calendar.components[event].begin + 1..calendar.components[event].end]
        .iter()
        .take_while(|line| line.name() != "BEGIN");
    for line in properties {
        behind_properties = line.end;
    }
    let new: String = added(calendar, event, change).iter().map(|line| fold(line, ending)).collect();
    edits.insert(behind_properties, &new);
}

/// Returns the component for one occurrence of a series, made from the lines of the series.
fn new_occurrence(calendar: &Calendar<'_>, master: usize, start: NaiveDateTime, change: &Change<'_>) -> String {
    let ending = calendar.line_ending();
    let component = &calendar.components[master];
    let mut out = format!("BEGIN:VEVENT{ending}");
    let first =
        calendar.property(master, "DTSTART").and_then(|line| Some((line, When::parse(line, line.value().trim())?)));
    let mut ours_written = false;
    let mut ours = |out: &mut String| {
        if !std::mem::replace(&mut ours_written, true) {
            added(calendar, master, change).iter().for_each(|line| out.push_str(&fold(line, ending)));
        }
    };
    let mut depth = 0;
    for line in &calendar.lines[component.begin + 1..component.end] {
        let name = line.name();
        if name == "BEGIN" {
            ours(&mut out);
            depth += 1;
        }
        if depth > 0 {
            // Alarms are copied unchanged.
            out.push_str(&fold(&line.text, ending));
            depth -= usize::from(name == "END");
            continue;
        }
        match (name.as_str(), &first) {
            ("RRULE" | "RDATE" | "EXDATE" | "EXRULE", _) => {}
            _ if is_ours(line) => {}
            ("DTSTART", Some((_, when))) => {
                out.push_str(&fold(&format!("{}:{}", line.head(), when.value_at(start)), ending));
                let id = format!("RECURRENCE-ID{}:{}", &line.head()["DTSTART".len()..], when.value_at(start));
                out.push_str(&fold(&id, ending));
            }
            ("DTEND", Some((_, when))) => {
                // Computed in wall-clock time, so that the duration is right across a daylight saving change.
                let end = When::parse(line, line.value().trim()).map(|end| {
                    let length = end.written() - when.written();
                    end.value_at(start.checked_add_signed(length).unwrap_or(start))
                });
                let text = end.map_or_else(|| line.text.clone(), |value| format!("{}:{value}", line.head()));
                out.push_str(&fold(&text, ending));
            }
            _ => out.push_str(&fold(&changed(line, change).unwrap_or_else(|| line.text.clone()), ending)),
        }
    }
    ours(&mut out);
    out.push_str("END:VEVENT");
    out.push_str(ending);
    out
}

/// Replacements of byte ranges, which are applied together.
#[derive(Default)]
struct Edits(Vec<(Range<usize>, String)>);

impl Edits {
    fn replace(&mut self, range: Range<usize>, with: &str) {
        self.0.push((range, with.to_owned()));
    }

    fn insert(&mut self, at: usize, text: &str) {
        if !text.is_empty() {
            self.replace(at..at, text);
        }
    }

    fn apply(mut self, bytes: &[u8]) -> Vec<u8> {
        self.0.sort_by_key(|(range, _)| (range.start, range.end));
        let mut out = Vec::with_capacity(bytes.len() + self.0.iter().map(|(_, with)| with.len()).sum::<usize>());
        let mut from = 0;
        for (range, with) in self.0 {
            out.extend_from_slice(&bytes[from..range.start]);
            // The last line of the file may have no line ending.
            if !with.is_empty() && !out.is_empty() && out.last() != Some(&b'\n') {
                out.extend_from_slice(b"\r\n");
            }
            out.extend_from_slice(with.as_bytes());
            from = range.end;
        }
        out.extend_from_slice(&bytes[from..]);
        out
    }
}

#[cfg(test)]
#[path = "splice_tests.rs"]
mod tests;
