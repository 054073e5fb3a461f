//! Words for periods: `Q4 2026`, `KW 50`, `Ende November`, `mid-December`, `fin 2026`. A promise for such a period
//! means its last day, a start its first. [`crate::table::Row::span`] uses it.

use chrono::{Datelike as _, Days, Months, NaiveDate, Weekday};

use super::lower::Lower;
use super::prefixes::NamePrefix;

/// Most characters of such a text.
const LONGEST: usize = 40;

/// A period as its first and last day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    pub first: NaiveDate,
    pub last: NaiveDate,
}

/// A period as it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct SpanReading {
    unit: Unit,
    part: Option<Part>,
    year: Option<i32>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Unit {
    Week(u32),
    Month(u32),
    Quarter(u32),
    Half(u32),
    Year,
    /// `13 Nov`: month and day.
    Day(u32, u32),
    /// `Nov 26`: a day, or the month of a year.
    DayOrYear(u32, u32),
    /// `13/11`: a day and a month, in the order of its column.
    Numbers(u32, u32),
    /// `S1`, `S2`: the half of a year, or a week in a column of weeks.
    HalfOrWeek(u32),
}

/// Parts of a month, which end on its tenth, fifteenth or last day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Beginning,
    Middle,
    End,
}

impl SpanReading {
    /// Returns whether the year is written.
    pub(crate) fn has_year(&self) -> bool {
        self.year.is_some()
    }

    /// Whether it is a day of a month, and nothing else.
    pub(crate) fn is_day(&self) -> bool {
        matches!(self.unit, Unit::Day(..) | Unit::Numbers(..))
    }

    /// Whether it is the week after `S`, as the French, Spanish and Portuguese write it: `S47`.
    pub(crate) fn is_week_by_letter(&self, cell: &str) -> bool {
        matches!(self.unit, Unit::Week(_)) && week_letter(cell)
    }

    /// Whether it is `S1` or `S2`, which alone say neither.
    pub(crate) fn is_half_or_week(&self) -> bool {
        matches!(self.unit, Unit::HalfOrWeek(_))
    }

    /// Returns `S1` as a week, as in a column beside `S51`.
    pub(crate) fn among_weeks(self) -> Self {
        match self.unit {
            Unit::HalfOrWeek(week) => Self { unit: Unit::Week(week), ..self },
            _ => self,
        }
    }

    /// Returns the days that two numbers without a year can be, with the day first and with the month first: `13/11`.
    pub(crate) fn by_order(&self) -> Option<[Option<Self>; 2]> {
        let Unit::Numbers(first, second) = self.unit else { return None };
        let of = |month, day| is_day(month, day).then_some(Self { unit: Unit::Day(month, day), ..*self });
        Some([of(second, first), of(first, second)])
    }

    /// Returns the period as a day if its number can be a day or a year, as in a column beside other columns of days.
    pub(crate) fn among_days(self) -> Self {
        match self.unit {
            Unit::DayOrYear(month, day) => Self { unit: Unit::Day(month, day), ..self },
            _ => self,
        }
    }

    /// Returns the days of the period. Without a year, it is the one whose end is nearest to `near`. Quarters and
    /// halves count from the month in which the fiscal year starts, which is named after the year in which it starts.
    pub(crate) fn days(&self, near: NaiveDate, fiscal_year_starts: u32) -> Option<Span> {
        // Of two readings the later.
        if let Unit::DayOrYear(month, number) = self.unit {
            let month = Self { unit: Unit::Month(month), year: Some(2000 + number as i32), ..*self };
            let both = [self.among_days(), month].into_iter().filter_map(|one| one.days(near, fiscal_year_starts));
            return both.max_by_key(|span| span.last);
        }
        match self.year {
            Some(year) => self.of_year(year, fiscal_year_starts),
            None => {
                let spans = (-1..=1).filter_map(|offset| self.of_year(near.year() + offset, fiscal_year_starts));
                // If two are equally near, the later one is used.
                spans.min_by_key(|span| ((span.last - near).num_days().abs(), std::cmp::Reverse(span.last)))
            }
        }
    }

    fn of_year(&self, year: i32, fiscal_year_starts: u32) -> Option<Span> {
        let months = |start: u32, count: u32| {
            let first = NaiveDate::from_ymd_opt(year, 1, 1)?.checked_add_months(Months::new(start))?;
            Some(Span { first, last: first.checked_add_months(Months::new(count))?.pred_opt()? })
        };
        let fiscal = fiscal_year_starts.clamp(1, 12) - 1;
        let span = match self.unit {
            Unit::Week(week) => {
                let first = NaiveDate::from_isoywd_opt(year, week, Weekday::Mon)?;
                Span { first, last: first.checked_add_days(Days::new(6))? }
            }
            Unit::Month(month) => months(month - 1, 1)?,
            Unit::Quarter(quarter) => months(fiscal + (quarter - 1) * 3, 3)?,
            Unit::Half(half) | Unit::HalfOrWeek(half) => months(fiscal + (half - 1) * 6, 6)?,
            Unit::Year => months(fiscal, 12)?,
            Unit::Day(month, day) => {
                let day = NaiveDate::from_ymd_opt(year, month, day)?;
                Span { first: day, last: day }
            }
            Unit::DayOrYear(..) | Unit::Numbers(..) => return None,
        };
        let day = |days: i64| span.first + chrono::Duration::days(days.min((span.last - span.first).num_days()));
        let length = (span.last - span.first).num_days() + 1;
        Some(match (self.part, self.unit) {
            (None, _) => span,
            (Some(Part::Beginning), Unit::Month(_)) => Span { last: day(9), ..span },
            (Some(Part::Middle), Unit::Month(_)) => Span { first: day(10), last: day(14) },
            (Some(Part::End), Unit::Month(_)) => Span { first: day(20), ..span },
            // The parts of longer periods are thirds.
            (Some(Part::Beginning), _) => Span { last: day(length / 3 - 1), ..span },
            (Some(Part::Middle), _) => Span { first: day(length / 3), last: day(length / 2) },
            (Some(Part::End), _) => Span { first: day(length * 2 / 3), ..span },
        })
    }
}

/// Parses a trimmed cell. Returns `None` if it is not a period, or if it is a single day.
pub(crate) fn read(text: &str) -> Option<SpanReading> {
    if text.len() > LONGEST || text.len() < 2 {
        return None;
    }
    if let Some(day) = dotted(text).or_else(|| numbers(text)) {
        return Some(day);
    }
    let lower = Lower::<LONGEST>::of(text);
    let mut reading = Reading::default();
    let mut rest: &str = &lower;
    while let Some(c) = rest.chars().next() {
        let is_digit = c.is_ascii_digit();
        let n = rest.find(|c: char| c.is_ascii_digit() != is_digit || !c.is_alphanumeric()).unwrap_or(rest.len());
        if n == 0 {
            let is_sign =
                c.is_whitespace() || matches!(c, '-' | '/' | '.' | ',' | '\'' | '’' | '~' | '–' | '(' | ')' | '_');
            reading.is_dashed |= c == '-';
            rest = is_sign.then(|| &rest[c.len_utf8()..])?;
            continue;
        }
        let (word, after) = rest.split_at(n);
        if is_digit {
            reading.number(word)?
        } else {
            reading.word(word)?
        }
        rest = after;
    }
    reading.done()
}

/// Whether a cell begins with an `S` and then a number.
fn week_letter(cell: &str) -> bool {
    let rest = cell.trim_start().strip_prefix(['S', 's']);
    rest.is_some_and(|rest| rest.trim_start_matches([' ', '.']).starts_with(|c: char| c.is_ascii_digit()))
}

/// `13.11.`: nobody writes a number so.
fn dotted(text: &str) -> Option<SpanReading> {
    let (day, month) = text.strip_suffix('.')?.split_once('.')?;
    let number = |digits: &str| digits.trim().parse::<u32>().ok().filter(|_| digits.trim().len() < 3);
    let (day, month) = (number(day)?, number(month)?);
    is_day(month, day).then_some(SpanReading { unit: Unit::Day(month, day), part: None, year: None })
}

/// `13/11`, `13-11`
fn numbers(text: &str) -> Option<SpanReading> {
    let (first, second) = text.split_once(['/', '-'])?;
    let number = |digits: &str| digits.parse::<u32>().ok().filter(|_| digits.len() < 3 && !digits.starts_with('+'));
    let (first, second) = (number(first)?, number(second)?);
    let unit = Unit::Numbers(first, second);
    (is_day(first, second) || is_day(second, first)).then_some(SpanReading { unit, part: None, year: None })
}

/// Whether the name of a month, in lower case and perhaps shortened, is an English one.
fn is_english_month(word: &str) -> bool {
    let month = word.get(..3).and_then(|short| short.parse::<chrono::Month>().ok());
    month.is_some_and(|month| month.name().to_ascii_lowercase().starts_with(word))
}

/// Whether a month has such a day, in any year.
fn is_day(month: u32, day: u32) -> bool {
    NaiveDate::from_ymd_opt(2028, month, day).is_some()
}

#[derive(Default)]
struct Reading {
    part: Option<Part>,
    month: Option<u32>,
    /// The month's name is a weekday's too (`mar.`), so that a second name can take its place.
    month_or_weekday: bool,
    has_weekday: bool,
    /// The number stands before the month.
    is_day_first: bool,
    year: Option<i32>,
    /// A number before or after its unit.
    number: Option<u32>,
    unit: Option<Named>,
    is_dashed: bool,
    /// The month's name is not English: other languages write the day first, so `Dez 26` is a month of 2026.
    is_foreign_month: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Named {
    Week,
    /// `S47`: from the third on a week.
    ByLetter,
    Quarter,
    Half,
}

impl Reading {
    fn number(&mut self, digits: &str) -> Option<()> {
        let value: u32 = digits.parse().ok()?;
        match digits.len() {
            4 if (1990..=2100).contains(&value) && self.year.is_none() => self.year = Some(value as i32),
            1 | 2 if self.number.is_none() && self.unit != None => self.number = Some(value),
            1 | 2 if self.number.is_none() && self.month.is_none() && self.year.is_none() => self.number = Some(value),
            // `Dec-26`, `Q1 '27`
            2 if self.year.is_none() && self.may_have_short_year() && (20..=60).contains(&value) => {
                self.year = Some(2000 + value as i32)
            }
            // `2026-12`
            1 | 2 if self.number.is_none() => self.number = Some(value),
            _ => return None,
        }
        Some(())
    }

    /// Returns whether the year may have two digits, as in `Dec-26`, `Q1 '27`, `end of Dec 26`. After a month alone,
    /// two digits may be a day.
    fn may_have_short_year(&self) -> bool {
        self.is_dashed || self.part.is_some() || self.number.is_some() || self.unit.is_some()
    }

    fn word(&mut self, word: &str) -> Option<()> {
        let unit = |reading: &mut Self, unit| reading.unit.replace(unit).is_none().then_some(());
        let part = |reading: &mut Self, part| reading.part.replace(part).is_none().then_some(());
        // `12月末` consists of the month and the part of it.
        if let Some((month, rest)) = word.char_indices().nth(1).map(|(at, _)| word.split_at(at))
            && matches!(month, "月" | "월")
            && self.number.is_some()
        {
            self.word(month)?;
            return self.word(rest);
        }
        match word {
            "q" | "quarter" | "quartal" | "quartier" | "trimestre" | "trim" | "kwartał" | "kwartaal" | "kvartal"
            | "квартал" | "t" | "qtr" | "季度" | "四半期" | "분기" => unit(self, Named::Quarter),
            "h" | "half" | "halbjahr" | "semestre" | "półrocze" | "halfjaar" | "полугодие" | "halvår" | "hj" => {
                unit(self, Named::Half)
            }
            "kw" | "cw" | "w" | "wk" | "ww" | "week" | "woche" | "kalenderwoche" | "semaine" | "semana"
            | "settimana" | "tydzień" | "tydz" | "неделя" | "vecka" | "v" | "uge" | "uke" | "sem" | "vko"
            | "viikko" | "týden" | "kt" | "hét" | "hafta" | "tyždeň" | "săptămâna" | "тиждень" | "週" | "周" | "주"
            | "주차" => unit(self, Named::Week),
            "s" => unit(self, Named::ByLetter),
            "early" | "beginning" | "begin" | "start" | "anfang" | "anfangs" | "beginn" | "début" | "debut"
            | "principios" | "inicios" | "início" | "inicio" | "inizio" | "początek" | "начало" | "début."
            | "comienzos" | "comeco" | "começo" | "上旬" | "月初" | "초" => part(self, Part::Beginning),
            "mid" | "middle" | "mitte" | "mi" | "mediados" | "meados" | "meio" | "metà" | "midden" | "medio"
            | "połowa" | "середина" | "中旬" | "中" | "중순" => part(self, Part::Middle),
            "end" | "late" | "ende" | "eom" | "fin" | "fines" | "finales" | "final" | "fim" | "finais" | "fine"
            | "eind" | "einde" | "koniec" | "конец" | "slutet" | "slutningen" | "slutten" | "下旬" | "末" | "月末"
            | "月底" | "말" => part(self, Part::End),
            "of" | "the" | "de" | "del" | "du" | "d" | "des" | "der" | "im" | "in" | "el" | "la" | "le" | "do"
            | "da" | "di" | "by" | "until" | "bis" | "spätestens" | "ca" | "about" | "approx" | "around" | "circa"
            | "er" | "e" | "ème" | "eme" | "º" | "ª" | "st" | "nd" | "rd" | "th" | "van" | "a" | "à" | "vers"
            | "av" | "i" | "年" | "第" | "fy" | "month" | "cy" | "den" | "日" | "일" | "火" | "水" | "木" | "金"
            | "土" => Some(()),
            "月" | "월" => {
                let month = self.number.take().filter(|month| (1..=12).contains(month))?;
                self.is_day_first = true;
                self.month.replace(month).is_none().then_some(())
            }
            _ => {
                let names = NamePrefix::of(word)?;
                match names.month(word) {
                    Some(month) if self.month.is_none() || self.month_or_weekday => {
                        self.month_or_weekday = self.number.is_none() && names.has_weekday(word);
                        self.is_day_first = self.number.is_some();
                        self.is_foreign_month = !is_english_month(word);
                        self.month = Some(month);
                        Some(())
                    }
                    None if names.has_weekday(word) => {
                        self.has_weekday = true;
                        Some(())
                    }
                    _ => None,
                }
            }
        }
    }

    fn done(self) -> Option<SpanReading> {
        let (unit, year) = match (self.unit, self.month, self.number) {
            (Some(Named::Week), None, Some(week @ 1..=53)) => (Unit::Week(week), self.year),
            (Some(Named::ByLetter), None, Some(half @ 1..=2)) => (Unit::HalfOrWeek(half), self.year),
            (Some(Named::ByLetter), None, Some(week @ 3..=53)) => (Unit::Week(week), self.year),
            (Some(Named::Quarter), None, Some(quarter @ 1..=4)) => (Unit::Quarter(quarter), self.year),
            (Some(Named::Half), None, Some(half @ 1..=2)) => (Unit::Half(half), self.year),
            (None, Some(month), None) => (Unit::Month(month), self.year),
            // `Dec 26` may be a day; with a part of the month or a dash, the number is a year.
            (None, Some(month), Some(year @ 20..=60))
                if self.year.is_none()
                    && (self.part.is_some()
                        || (!self.is_day_first && !self.has_weekday && (self.is_dashed || self.is_foreign_month))) =>
            {
                (Unit::Month(month), Some(2000 + year as i32))
            }
            (None, Some(month), Some(day)) if self.year.is_none() && self.part.is_none() && is_day(month, day) => {
                let is_open = !self.is_day_first && !self.has_weekday && day >= 20;
                (if is_open { Unit::DayOrYear(month, day) } else { Unit::Day(month, day) }, None)
            }
            // `12/2026`, `2026-12`
            (None, None, Some(month @ 1..=12)) if self.year.is_some() => (Unit::Month(month), self.year),
            (None, None, None) if self.year.is_some() => (Unit::Year, self.year),
            _ => return None,
        };
        // A month has no weekday.
        (!self.has_weekday || matches!(unit, Unit::Day(..))).then_some(SpanReading { unit, part: self.part, year })
    }
}

#[cfg(test)]
mod tests;
