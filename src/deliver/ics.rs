//! Edits an exported calendar file without breaking it: lines are inserted or replaced, and the rest of the file is
//! copied byte for byte (VTIMEZONE, X- properties, alarms, PARTSTAT, order, folding).
//!
//! [`Calendar::parse`] finds lines and components, `occurrence` finds the meeting, `splice` makes the edits.
//! [`crate::deliver::invite`] uses them.

pub mod occurrence;
pub mod splice;

use chrono::{NaiveDate, NaiveDateTime};

use crate::problem::{Place, Problem};

/// One content line, unfolded, and the bytes of the file that it came from.
#[derive(Debug, Clone)]
pub struct Line {
    /// Byte offset of its first byte.
    pub start: usize,
    /// Byte offset of the end of its line ending.
    pub end: usize,
    /// Physical line number from 1.
    pub number: u64,
    /// The unfolded text.
    pub text: String,
}

impl Line {
    /// Returns the property's name in upper case.
    pub fn name(&self) -> String {
        let end = self.text.find([';', ':']).unwrap_or(self.text.len());
        self.text[..end].to_ascii_uppercase()
    }

    /// Returns the position of the first colon outside of quotes, where the value begins.
    fn colon(&self) -> Option<usize> {
        let mut quoted = false;
        self.text.char_indices().find_map(|(at, c)| match c {
            '"' => {
                quoted = !quoted;
                None
            }
            ':' if !quoted => Some(at),
            _ => None,
        })
    }

    pub fn value(&self) -> &str {
        self.colon().map_or("", |at| &self.text[at + 1..])
    }

    /// Returns the name and the parameters, that is, everything before the value.
    pub fn head(&self) -> &str {
        self.colon().map_or(self.text.as_str(), |at| &self.text[..at])
    }

    /// Returns a parameter's value without quotes, or `None` if the line does not have it.
    pub fn param(&self, name: &str) -> Option<String> {
        let mut quoted = false;
        self.head()
            .split(|c| {
                if c == '"' {
                    quoted = !quoted;
                }
                c == ';' && !quoted
            })
            .skip(1)
            .filter_map(|param| param.split_once('='))
            .find(|(key, _)| key.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.trim_matches('"').to_owned())
    }
}

/// A component, from BEGIN to END, as indices into the lines.
#[derive(Debug, Clone)]
pub struct Component {
    pub name: String,
    pub begin: usize,
    pub end: usize,
    pub parent: Option<usize>,
}

/// A calendar file as lines and components.
#[derive(Debug)]
pub struct Calendar<'a> {
    pub bytes: &'a [u8],
    pub lines: Vec<Line>,
    pub components: Vec<Component>,
    /// Name of the file in problems.
    pub shown: &'a str,
}

/// A date or time as it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum When {
    Date(NaiveDate),
    /// A time without a zone, which means local time everywhere.
    Floating(NaiveDateTime),
    Utc(NaiveDateTime),
    /// Wall-clock time in the named zone.
    Zoned(NaiveDateTime, String),
}

impl When {
    /// Parses a DTSTART, DTEND, RECURRENCE-ID, or one value of an EXDATE or RDATE with the parameters of `line`.
    /// Returns `None` if it is not valid.
    pub fn parse(line: &Line, value: &str) -> Option<When> {
        if let Ok(date) = NaiveDate::parse_from_str(value, "%Y%m%d") {
            return Some(When::Date(date));
        }
        if let Some(utc) = value.strip_suffix('Z') {
            return NaiveDateTime::parse_from_str(utc, "%Y%m%dT%H%M%S").ok().map(When::Utc);
        }
        let local = NaiveDateTime::parse_from_str(value, "%Y%m%dT%H%M%S").ok()?;
        Some(match line.param("TZID") {
            Some(zone) => When::Zoned(local, zone),
            None => When::Floating(local),
        })
    }

    /// Returns the date and time as written; a date means midnight.
    pub fn written(&self) -> NaiveDateTime {
        match self {
            When::Date(date) => date.and_time(chrono::NaiveTime::MIN),
            When::Floating(at) | When::Utc(at) | When::Zoned(at, _) => *at,
        }
    }

    /// Returns the value of the property for another moment, in the same form.
    pub fn value_at(&self, at: NaiveDateTime) -> String {
        match self {
            When::Date(_) => at.format("%Y%m%d").to_string(),
            When::Utc(_) => at.format("%Y%m%dT%H%M%SZ").to_string(),
            When::Floating(_) | When::Zoned(..) => at.format("%Y%m%dT%H%M%S").to_string(),
        }
    }
}

/// Most components in a file, including nested ones: a calendar of many years has some thousands.
const MAX_COMPONENTS: usize = 50_000;

impl<'a> Calendar<'a> {
    /// Parses lines and components. Fails if BEGIN and END do not match, or if there is no VCALENDAR.
    pub fn parse(bytes: &'a [u8], shown: &'a str) -> Result<Self, Problem> {
        let lines = unfold(bytes);
        let mut components = Vec::new();
        let mut open: Vec<usize> = Vec::new();
        let wrong = |line: &Line, what: String| {
            Problem::error("bad-calendar", what)
                .at(Place::at(shown, line.number, 1))
                .help("export the event from the calendar anew; an .ics file is not to be edited by hand")
        };
        for (index, line) in lines.iter().enumerate() {
            let name = line.name();
            if name == "BEGIN" {
                if components.len() == MAX_COMPONENTS {
                    return Err(wrong(line, format!("this calendar has more than {MAX_COMPONENTS} entries")));
                }
                let parent = open.last().copied();
                open.push(components.len());
                components.push(Component {
                    name: line.value().trim().to_ascii_uppercase(),
                    begin: index,
                    end: index,
                    parent,
                });
            } else if name == "END" {
                let value = line.value().trim().to_ascii_uppercase();
                match open.pop() {
                    Some(at) if components[at].name == value => components[at].end = index,
                    _ => return Err(wrong(line, format!("END:{value} closes nothing that is open"))),
                }
            }
        }
        if let Some(at) = open.pop() {
            let line = &lines[components[at].begin];
            return Err(wrong(line, format!("BEGIN:{} is never closed: the file is cut short", components[at].name)));
        }
        if !components.iter().any(|c| c.name == "VCALENDAR") {
            return Err(Problem::error("no-calendar", "this file holds no calendar")
                .at(Place::file(shown))
                .help("export the meeting from your calendar as an .ics file"));
        }
        Ok(Self { bytes, lines, components, shown })
    }

    /// Returns the lines of a component, without those of nested components.
    pub fn own_lines(&self, component: usize) -> impl Iterator<Item = &Line> {
        let mut depth = 0usize;
        self.all_lines(component).filter(move |line| {
            let name = line.name();
            let is_own = depth == 0 && name != "BEGIN";
            match name.as_str() {
                "BEGIN" => depth += 1,
                "END" => depth = depth.saturating_sub(1),
                _ => {}
            }
            is_own
        })
    }

    /// Returns the lines of a component and of its nested components.
    pub fn all_lines(&self, component: usize) -> impl Iterator<Item = &Line> {
        let Component { begin, end, .. } = self.components[component];
        self.lines[begin + 1..end].iter()
    }

    /// Returns the first property with this name in a component, or `None` if there is none.
    pub fn property(&self, component: usize, name: &str) -> Option<&Line> {
        self.own_lines(component).find(|line| line.name() == name)
    }

    pub fn events(&self) -> impl Iterator<Item = usize> {
        (0..self.components.len()).filter(|at| self.components[*at].name == "VEVENT")
    }

    /// Returns the line ending that the file uses, which is CRLF unless no line ends with it.
    pub fn line_ending(&self) -> &'static str {
        if self.bytes.contains(&b'\n') && !self.bytes.windows(2).any(|pair| pair == b"\r\n") { "\n" } else { "\r\n" }
    }
}

/// Joins folded lines. A fold may split a character, so this works on bytes.
fn unfold(bytes: &[u8]) -> Vec<Line> {
    let mut lines: Vec<(usize, usize, u64, Vec<u8>)> = Vec::new();
    let mut start = 0;
    let mut number = 0;
    while start < bytes.len() {
        let end = bytes[start..].iter().position(|b| *b == b'\n').map_or(bytes.len(), |at| start + at + 1);
        number += 1;
        let mut body = &bytes[start..end];
        while let [rest @ .., b'\n' | b'\r'] = body {
            body = rest;
        }
        let folded = matches!(body.first(), Some(b' ' | b'\t'));
        match lines.last_mut() {
            Some(last) if folded => {
                last.1 = end;
                last.3.extend_from_slice(&body[1..]);
            }
            _ if body.is_empty() => {}
            _ => {
                let body = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body);
                lines.push((start, end, number, body.to_vec()));
            }
        }
        start = end;
    }
    lines
        .into_iter()
        .map(|(start, end, number, text)| Line {
            start,
            end,
            number,
            text: String::from_utf8_lossy(&text).into_owned(),
        })
        .collect()
}

/// Folds a content line at 75 octets, never inside a character (RFC 5545, 3.1), and ends it.
pub fn fold(line: &str, ending: &str) -> String {
    const OCTETS: usize = 75;
    let mut out = String::with_capacity(line.len() + line.len() / 25);
    let mut width = 0;
    for c in line.chars() {
        if width + c.len_utf8() > OCTETS {
            out.push_str(ending);
            out.push(' ');
            width = 1;
        }
        out.push(c);
        width += c.len_utf8();
    }
    out.push_str(ending);
    out
}

/// Escapes a TEXT value (RFC 5545, 3.3.11). Control characters other than the line break are dropped.
pub fn escape_text(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | ';' | ',' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_fold_inside_a_character_is_joined() {
        // "ü" is C3 BC, and the fold splits these two bytes.
        let lines = unfold(b"SUMMARY:M\xc3\r\n \xbcnchen\r\nUID:1\r\n");
        assert_eq!(lines.iter().map(|l| l.text.as_str()).collect::<Vec<_>>(), ["SUMMARY:München", "UID:1"]);
        assert_eq!((lines[1].start, lines[1].number), (21, 3));
    }

    #[test]
    fn quoted_colons_and_semicolons_do_not_end_a_name_or_parameter() {
        let line = Line {
            start: 0,
            end: 0,
            number: 1,
            text: "ATTENDEE;CN=\"Kim; Alex: boss\";PARTSTAT=ACCEPTED:mailto:a@b.example".into(),
        };
        assert_eq!(line.value(), "mailto:a@b.example");
        assert_eq!(line.param("cn").as_deref(), Some("Kim; Alex: boss"));
        assert_eq!(line.param("PARTSTAT").as_deref(), Some("ACCEPTED"));
    }

    #[test]
    fn a_truncated_file_is_refused_with_the_line() {
        let problem = Calendar::parse(b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\r\n", "m.ics").unwrap_err();
        assert_eq!(problem.message, "BEGIN:VEVENT is never closed: the file is cut short");
        assert_eq!(problem.place.unwrap().line, 2);
    }

    proptest! {
        #[test]
        fn folded_lines_can_be_unfolded_and_have_at_most_75_octets(text in "[^\r\n\u{0}]{0,300}") {
            let line = format!("X-A:{text}");
            let folded = fold(&line, "\r\n");
            prop_assert!(folded.split("\r\n").all(|l| l.len() <= 75));
            let back = unfold(folded.as_bytes());
            prop_assert_eq!(back.len(), 1);
            prop_assert_eq!(&back[0].text, &line);
        }

        #[test]
        fn any_bytes_are_read_without_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
            let _ = Calendar::parse(&bytes, "any.ics");
        }
    }
}
