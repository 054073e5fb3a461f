//! Scans a cell from left to right for the numbers, words and separators of a date, and combines them into a day.

use chrono::{Days, NaiveDate, NaiveTime};

use super::prefixes::NamePrefix;
use super::{DayReading, Reading};
use crate::table::values::leading::leading;

#[derive(Debug, Clone, Copy, Default)]
struct Number {
    value: u32,
    digits: usize,
    /// The character before it; a space at the start.
    before: char,
}

/// The parts of a cell found so far, while it is scanned from left to right.
#[derive(Debug, Default)]
pub(crate) struct Scan {
    /// The numbers of the date: at most three, apart from those of its time.
    numbers: [Number; 3],
    count: usize,
    /// Month given by name, and how many numbers precede it.
    month: Option<(u32, usize)>,
    /// Whether the month's name could also be a weekday (`mar.`), so that a second name can replace it.
    month_or_weekday: bool,
    weekday: bool,
    quarter: Option<u32>,
    week: Option<u32>,
    time: Option<NaiveTime>,
    afternoon: Option<bool>,
    offset: Option<i32>,
}

impl Scan {
    /// Returns the meaning of a whole text in lower case, or `None` if it is not a date.
    pub(crate) fn of(text: &str) -> Option<Reading> {
        let mut scan = Self::default();
        scan.all(text)?;
        scan.reading()
    }

    fn all(&mut self, text: &str) -> Option<()> {
        let mut rest = text;
        let mut before = ' ';
        while let Some(c) = rest.chars().next() {
            if c.is_ascii_digit() {
                let (digits, after) = rest.split_at(leading(rest, |c| c.is_ascii_digit()));
                rest = self.number(digits, after, before)?;
                before = '0';
            } else if matches!(c, '年' | '月' | '日' | '년' | '월' | '일') {
                rest = &rest[c.len_utf8()..];
                before = '/';
            } else if is_letter(c) {
                let (word, after) = rest.split_at(leading(rest, is_letter));
                rest = self.word(word, after, before)?;
                before = 'a';
            } else if c == '(' && self.time.is_some() {
                // `(Central European Standard Time)`
                rest = &rest[rest.find(')')? + 1..];
            } else if c.is_whitespace() || matches!(c, ',' | '-' | '/' | '.' | '\'' | '’' | '+' | '_' | '–') {
                rest = &rest[c.len_utf8()..];
                before = if c.is_whitespace() { ' ' } else { c };
            } else {
                return None;
            }
        }
        Some(())
    }

    fn has_whole_day(&self) -> bool {
        self.count + usize::from(self.month.is_some()) == 3 || (self.count > 0 && self.numbers[0].digits == 8)
    }

    /// Reads a run of digits and what belongs to it. Returns the remaining text, or `None` if this is not part of a
    /// date.
    fn number<'a>(&mut self, digits: &str, after: &'a str, before: char) -> Option<&'a str> {
        if self.time.is_some() && matches!(before, '+' | '-') && self.has_whole_day() {
            return self.take_offset(digits, after, before == '-');
        }
        // `20-NOV-26 09.29.00` from Oracle, `2026-11-20-09.29.00.123456` from Db2
        let dotted_time = self.has_whole_day() && matches!(before, ' ' | '-') && after.starts_with('.');
        if self.time.is_none() && digits.len() <= 2 && (after.starts_with(':') || dotted_time) {
            return self.take_time(digits, after);
        }
        if self.time.is_none() && self.has_whole_day() && before == 'a' && matches!(digits.len(), 4 | 6) {
            // `20261120T092900`
            let part = |i: usize| digits.get(i..i + 2).map_or(Some(0), |two| two.parse().ok());
            self.time = NaiveTime::from_hms_opt(part(0)?, part(2)?, part(4)?);
            return self.time.map(|_| after);
        }
        let value = (digits.len() <= 8).then(|| value(digits))?;
        match before {
            'q' if digits.len() == 1 && (1..=4).contains(&value) => self.quarter = Some(value),
            'w' if digits.len() <= 2 && (1..=53).contains(&value) => self.week = Some(value),
            _ if digits.len() <= 2 || matches!(digits.len(), 4 | 8) => {
                *self.numbers.get_mut(self.count)? = Number { value, digits: digits.len(), before };
                self.count += 1;
            }
            _ => return None,
        }
        Some(after)
    }

    /// Reads a time: `9:29`, `09:29:00.123`, `24:00`; with dots as Oracle writes it. Returns the remaining text.
    fn take_time<'a>(&mut self, hours: &str, after: &'a str) -> Option<&'a str> {
        let hours = value(hours);
        let (mut rest, mut parts) = (after, [0_u32; 2]);
        for (i, part) in parts.iter_mut().enumerate() {
            let Some(next) = rest.strip_prefix(':').or_else(|| rest.strip_prefix('.')) else {
                if i == 0 {
                    return None;
                }
                break;
            };
            let n = next.bytes().take_while(u8::is_ascii_digit).count();
            if n != 2 {
                return None;
            }
            *part = value(&next[..n]);
            rest = &next[n..];
        }
        if let Some(fraction) = rest.strip_prefix(['.', ',']) {
            let n = fraction.bytes().take_while(u8::is_ascii_digit).count();
            if n > 0 {
                rest = &fraction[n..];
            }
        }
        // A leap second, and midnight at the end of a day, belong to that day.
        let (minutes, seconds) = (parts[0], parts[1].min(59));
        self.time = if (hours, minutes) == (24, 0) {
            NaiveTime::from_hms_opt(23, 59, 59)
        } else {
            NaiveTime::from_hms_opt(hours, minutes, seconds)
        };
        self.time.map(|_| rest)
    }

    /// Reads an offset: `+0100`, `-08:00`, `+1`. Returns the remaining text.
    fn take_offset<'a>(&mut self, digits: &str, after: &'a str, west: bool) -> Option<&'a str> {
        let (hours, minutes, rest) = match digits.len() {
            4 => (digits[..2].parse::<i32>().ok()?, digits[2..].parse::<i32>().ok()?, after),
            1 | 2 => {
                let hours = digits.parse().ok()?;
                match after.strip_prefix(':').and_then(|rest| rest.split_at_checked(2)) {
                    Some((minutes, rest)) => (hours, minutes.parse().ok()?, rest),
                    None => (hours, 0, after),
                }
            }
            _ => return None,
        };
        let seconds = hours * 3600 + minutes * 60;
        self.offset = Some(if west { -seconds } else { seconds });
        (hours <= 14 && minutes < 60).then_some(rest)
    }

    /// Reads a word. Returns the remaining text, or `None` if the word does not occur in dates.
    fn word<'a>(&mut self, word: &str, after: &'a str, before: char) -> Option<&'a str> {
        let digit_follows = after.starts_with(|c: char| c.is_ascii_digit());
        match word {
            "am" | "pm" | "vorm" | "nachm" if self.time.is_some() => {
                self.afternoon = Some(matches!(word, "pm" | "nachm"))
            }
            // `a.m.`
            "a" | "p" if self.time.is_some() => {
                self.afternoon = Some(word == "p");
                return Some(after.strip_prefix(".m.").or_else(|| after.strip_prefix(".m")).unwrap_or(after));
            }
            "t" if digit_follows && before == '0' => return Some(after),
            "q" | "w" if digit_follows => {
                // The text before the number decides.
                let n = after.bytes().take_while(u8::is_ascii_digit).count();
                return self.number(&after[..n], &after[n..], if word == "q" { 'q' } else { 'w' });
            }
            "kw" | "cw" | "wk" | "week" | "woche" | "semaine" | "semana" | "settimana" | "неделя" => {
                let digits = after.trim_start();
                let n = digits.bytes().take_while(u8::is_ascii_digit).count();
                return self.number(&digits[..n], &digits[n..], 'w');
            }
            "st" | "nd" | "rd" | "th" | "er" | "re" | "º" | "°" if before == '0' => {}
            "z" | "utc" | "gmt" if self.time.is_some() => self.offset = Some(self.offset.unwrap_or(0)),
            "at" | "of" | "the" | "de" | "del" | "le" | "um" | "uhr" | "alle" | "ore" | "om" | "den" | "kl" | "г"
            | "года" | "в" | "à" => {}
            _ if self.time.is_some() && zone_offset(word).is_some() => self.offset = zone_offset(word),
            _ => {
                let names = NamePrefix::of(word)?;
                match (names.month(word), self.month) {
                    (Some(month), None) => {
                        self.month = Some((month, self.count));
                        self.month_or_weekday = self.count == 0 && names.has_weekday(word);
                    }
                    (Some(month), Some(_)) if self.month_or_weekday => {
                        self.month = Some((month, self.count));
                        self.month_or_weekday = false;
                    }
                    _ if names.has_weekday(word) => self.weekday = true,
                    _ => return None,
                }
                return Some(after.strip_prefix('.').unwrap_or(after));
            }
        }
        Some(after)
    }

    fn reading(self) -> Option<Reading> {
        let time = match (self.time, self.afternoon) {
            (Some(time), Some(afternoon)) => Some(twelve_hours(time, afternoon)?),
            (time, _) => time,
        };
        let day = self.day()?;
        let whole = matches!(day, DayReading::One(_) | DayReading::ByOrder { .. });
        // A month or a quarter has neither a weekday nor a time.
        (whole || !(self.weekday || time.is_some())).then_some(Reading { day, time, offset: self.offset })
    }

    fn day(&self) -> Option<DayReading> {
        if self.quarter.is_some() || self.week.is_some() {
            return self.period();
        }
        match (self.month, self.numbers.get(..self.count)?) {
            (Some((month, at)), [a, b]) => {
                let (day, year) = match (a.digits, b.digits) {
                    (4, 1 | 2) => (b, a),
                    (1 | 2, 4) => (a, b),
                    (2, 1 | 2) if a.value > 31 => (b, a),
                    (1 | 2, 2) if at < 2 => (a, b),
                    _ => return None,
                };
                Some(DayReading::One(ymd(year, month, day.value)?))
            }
            (Some((month, _)), [year])
                if year.digits == 4 || (year.digits == 2 && matches!(year.before, '-' | '\'' | '’')) =>
            {
                Some(DayReading::Period(ymd(year, month, 1)?))
            }
            (None, [a, b, c]) => three_numbers(a, b, c),
            (None, [a, b]) if a.digits == 4 && b.digits <= 2 => {
                let month = ymd(a, b.value, 1);
                let fiscal_year = b.digits == 2 && (a.value + 1) % 100 == b.value;
                (month.is_some() || fiscal_year).then_some(DayReading::MonthOrFiscalYear { month, fiscal_year })
            }
            (None, [a, b]) if a.digits <= 2 && b.digits == 4 && self.time.is_none() => {
                Some(DayReading::Period(ymd(b, a.value, 1)?))
            }
            // `20261120T092900`
            (None, [a]) if a.digits == 8 && self.time.is_some() => {
                let n = a.value;
                Some(DayReading::One(NaiveDate::from_ymd_opt((n / 10_000) as i32, n / 100 % 100, n % 100)?))
            }
            _ => None,
        }
    }

    /// Returns the meaning of a period: `Q4 2026`, `2026-W47`, `2026-W47-5`.
    fn period(&self) -> Option<DayReading> {
        let ([year, rest @ ..], None, None) = (self.numbers.get(..self.count)?, self.month, self.time) else {
            return None;
        };
        if year.digits != 4 && !(year.digits == 2 && self.quarter.is_some()) {
            return None;
        }
        let day = match (self.quarter, self.week, rest.first()) {
            (Some(quarter), None, None) => ymd(year, quarter * 3 - 2, 1)?,
            (None, Some(week), None) => NaiveDate::from_isoywd_opt(year.value as i32, week, chrono::Weekday::Mon)?,
            (None, Some(week), Some(n)) if n.digits == 1 && (1..=7).contains(&n.value) => {
                let monday = NaiveDate::from_isoywd_opt(year.value as i32, week, chrono::Weekday::Mon)?;
                monday.checked_add_days(Days::new(u64::from(n.value) - 1))?
            }
            _ => return None,
        };
        Some(DayReading::Period(day))
    }
}

fn is_letter(c: char) -> bool {
    c.is_ascii_lowercase() || (!c.is_ascii() && (c.is_alphabetic() || matches!(c, 'º' | '°')))
}

/// Returns the value of a few digits.
fn value(digits: &str) -> u32 {
    digits.bytes().fold(0, |value, digit| value * 10 + u32::from(digit - b'0'))
}

/// Returns the meaning of three numbers: the year is the one with four digits, otherwise the last or the first one.
fn three_numbers(a: &Number, b: &Number, c: &Number) -> Option<DayReading> {
    match (a.digits, b.digits, c.digits) {
        (4, 1 | 2, 1 | 2) => Some(DayReading::One(ymd(a, b.value, c.value)?)),
        (1 | 2, 1 | 2, 4) | (1 | 2, 1 | 2, 2) => {
            let short_year = c.digits == 2;
            let dmy = ymd(c, b.value, a.value);
            let mdy = ymd(c, a.value, b.value);
            let ymd = if [a, b, c].iter().all(|n| n.digits == 2) { ymd(a, b.value, c.value) } else { None };
            let possible = dmy.is_some() || mdy.is_some() || ymd.is_some();
            possible.then_some(DayReading::ByOrder { dmy, mdy, ymd, separator: b.before, short_year })
        }
        _ => None,
    }
}

/// Returns the day. Two digits mean the years 1969 to 2068, as in POSIX.
fn ymd(year: &Number, month: u32, day: u32) -> Option<NaiveDate> {
    let year = match (year.digits, year.value) {
        (2, short @ 0..=68) => 2000 + short,
        (2, short) => 1900 + short,
        (4, year @ 1000..) => year,
        _ => return None,
    };
    NaiveDate::from_ymd_opt(year as i32, month, day)
}

fn twelve_hours(time: NaiveTime, afternoon: bool) -> Option<NaiveTime> {
    use chrono::Timelike as _;
    match (time.hour(), afternoon) {
        (12, false) => time.with_hour(0),
        (hour @ 1..=11, true) => time.with_hour(hour + 12),
        // In `14:30 PM`, the suffix adds nothing.
        _ => Some(time),
    }
}

/// Returns the offset of a time zone's abbreviation: those of RFC 5322 and of Europe.
fn zone_offset(word: &str) -> Option<i32> {
    let hours = match word {
        "wet" => 0,
        "cet" | "west" | "bst" | "mez" => 1,
        "cest" | "eet" | "mesz" => 2,
        "eest" | "msk" => 3,
        "edt" => -4,
        "est" | "cdt" => -5,
        "cst" | "mdt" => -6,
        "mst" | "pdt" => -7,
        "pst" => -8,
        _ => return None,
    };
    Some(hours * 3600)
}
