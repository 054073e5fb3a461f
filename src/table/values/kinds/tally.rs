//! Counts the possible meanings of the cells of a column. Counting decides nothing; [`super::decide`] does.

use crate::lexicon;
use crate::problem::Place;
use crate::table::values::answer::answer;
use crate::table::values::dates::{self, DayReading, IntegerDate};
use crate::table::values::numbers::{self, Decimal};

use super::shape::{is_code, is_glued, is_relative};
use super::vocabulary;
use super::votes::{DecimalVotes, Example, OrderVotes};

/// Separators between the values of a list in one cell.
pub(crate) const SEPARATORS: [char; 4] = [';', '|', '\n', ','];
/// Most characters of a label: a longer part is prose that contains a comma.
const LONGEST_PART: usize = 60;

/// Most different units in a column of numbers.
const UNITS: usize = 8;
/// Smallest number that is taken for a telephone number if a plus precedes it.
const MIN_PHONE_NUMBER: f64 = 1e7;
/// The largest whole number up to which an f64 represents every whole number: 2⁵³.
const LARGEST_EXACT: f64 = 9_007_199_254_740_992.0;
/// Numbers that mean "missing" in some tools.
const SENTINELS: [i64; 9] = [-1, -99, -999, -9999, -99_999, 999, 9999, 99_999, 999_999];

/// Most bytes of a word for "no value", and of the name of a week.
const LONGEST_MISSING: usize = 40;

/// The counts of a column.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Tally {
    /// Whether all cells of the column are in rows that a copy may leave out.
    pub is_of_hidden: bool,
    /// Number of cells that are not missing.
    pub filled: u64,
    /// Number of cells that mean "missing" in a column of numbers or dates, and are words in other columns.
    pub no_value: u64,

    /// Number of cells that say yes or no with a word.
    pub answers: u64,
    /// Number of cells that are dates in any form.
    pub dates: u64,
    /// Number of cells that name a period in words, such as `KW 50` or `Ende November`. They count as dates if there
    /// are others.
    pub spans: u64,
    /// Number of these periods without a year, and of those that are days of a month: `13 Nov`.
    pub spans_without_year: u64,
    pub days_of_month: u64,
    /// Number of weeks after the letter `S`: `S47`.
    pub weeks_by_letter: u64,
    pub orders: OrderVotes,
    /// Separator of the first date that consists of numbers only, and whether its year is short.
    pub shape: Option<(char, bool)>,
    pub month_only: u64,
    pub fiscal_year_only: u64,
    pub month_or_fiscal_year: u64,
    /// Number of relative dates: `11 days ago`.
    pub relative: u64,

    /// Number of cells that are numbers, by unit.
    pub units: Vec<(String, u64)>,
    /// The first cell of each unit.
    pub first_of_unit: Vec<(String, Box<Example>)>,
    pub decimals: DecimalVotes,
    pub plain: u64,
    pub padded: u64,
    /// Number of codes such as `34B` or `12-14`: one word with digits that is neither a number nor a date.
    pub codes: u64,
    /// Number of cells whose unit consists of letters directly after the digits: `2B`, `15ms`.
    pub glued: u64,
    /// Number of identifiers: telephone numbers with a plus, and ids with more digits than an f64 can represent.
    pub names: u64,
    pub bounds: u64,
    /// Numbers that mean "missing" in some tools, as they are written and with their frequency; and the extremes of the
    /// others.
    pub sentinels: Vec<(i64, String, u64)>,
    pub least: Option<f64>,
    pub most: Option<f64>,
    pub zero_to_one: u64,
    pub whole_minutes: u64,
    pub over_an_hour: u64,
    /// The integer forms of dates for which one of the numbers is not a day.
    pub no_integer_dates: [bool; IntegerDate::ALL.len()],
    pub durations: u64,
    /// Number of cells like `1:30:00`, and like `1:30`.
    pub clocks: u64,
    pub short_clocks: u64,

    pub bracketed: u64,
    /// Number of cells with each of [`SEPARATORS`] whose parts are all short.
    pub separated: [u64; SEPARATORS.len()],
    pub long_parts: bool,

    pub first: Option<Box<Example>>,
    pub first_open: Option<Box<Example>>,
    pub first_without_year: Option<Box<Example>>,
    pub first_dmy: Option<Box<Example>>,
    pub first_mdy: Option<Box<Example>>,
    pub first_relative: Option<Box<Example>>,
    pub first_number: Option<Box<Example>>,
    pub first_point: Option<Box<Example>>,
    pub first_comma: Option<Box<Example>>,
}

impl Tally {
    /// Counts a trimmed cell that occurs `n` times. `example` is called only for cells worth showing.
    pub(crate) fn count(&mut self, cell: &str, n: u64, example: &dyn Fn() -> Example) {
        if dates::iso_day(cell.as_bytes()).is_some() {
            self.filled += n;
            self.dates += n;
            return note(&mut self.first, example);
        }
        if cell.is_empty() || vocabulary::is_missing(cell) {
            return;
        }
        self.filled += n;
        if vocabulary::is_no_value(cell) || (cell.len() <= LONGEST_MISSING && lexicon::is_missing(cell)) {
            self.no_value += n;
            // `нет` is both "none" and "no".
            self.answers += n * u64::from(answer(cell).is_some());
            return;
        }
        note(&mut self.first, example);
        let mut as_number = false;
        let is_day = || cell.len() <= LONGEST_MISSING && dates::read_span(cell).is_some_and(|span| span.is_day());
        let has_words = || cell.bytes().any(|b| b.is_ascii_alphabetic() || !b.is_ascii());
        if cell.bytes().any(|b| b.is_ascii_digit()) && !(has_words() && is_day()) {
            as_number = self.count_number(cell, n, example);
            if !as_number {
                self.count_date(cell, n, example);
            }
        }
        if !as_number {
            let span = (cell.len() <= LONGEST_MISSING && dates::read(cell).is_none()).then(|| dates::read_span(cell));
            if let Some(span) = span.flatten() {
                self.count_span(span, cell, n, example);
            }
            self.answers += n * u64::from(answer(cell).is_some());
            self.count_list(cell, n);
        }
    }

    /// Counts a cell that was counted before, and therefore cannot be the first example of anything.
    pub(crate) fn count_again(&mut self, cell: &str, n: u64) {
        if n > 0 {
            self.count(cell, n, &|| Example::of(cell, Place::file("")));
        }
    }

    /// Counts a cell that was already read as a number.
    #[inline]
    pub(crate) fn count_decimal(&mut self, decimal: Decimal, length: usize, example: &dyn Fn() -> Example) {
        self.filled += 1;
        note(&mut self.first, example);
        self.count_reading(decimal.reading(), length, 1, example);
    }

    /// Returns whether every cell says yes or no.
    pub(crate) fn is_answered(&self) -> bool {
        self.answers > 0 && self.answers == self.filled
    }

    /// Returns whether all cells were blank, without even a word for "missing".
    pub(crate) fn is_blank(&self) -> bool {
        self.filled == 0 && self.no_value == 0
    }

    /// Adds the counts of the cells below.
    pub(crate) fn merge(&mut self, next: Tally) {
        let Tally { orders, decimals, .. } = next;
        for (own, next) in [
            (&mut self.filled, next.filled),
            (&mut self.no_value, next.no_value),
            (&mut self.answers, next.answers),
            (&mut self.dates, next.dates),
            (&mut self.spans, next.spans),
            (&mut self.spans_without_year, next.spans_without_year),
            (&mut self.days_of_month, next.days_of_month),
            (&mut self.weeks_by_letter, next.weeks_by_letter),
            (&mut self.orders.dmy_only, orders.dmy_only),
            (&mut self.orders.mdy_only, orders.mdy_only),
            (&mut self.orders.ymd_only, orders.ymd_only),
            (&mut self.orders.open, orders.open),
            (&mut self.month_only, next.month_only),
            (&mut self.fiscal_year_only, next.fiscal_year_only),
            (&mut self.month_or_fiscal_year, next.month_or_fiscal_year),
            (&mut self.relative, next.relative),
            (&mut self.decimals.point_only, decimals.point_only),
            (&mut self.decimals.comma_only, decimals.comma_only),
            (&mut self.decimals.open_comma, decimals.open_comma),
            (&mut self.decimals.open_point, decimals.open_point),
            (&mut self.decimals.long_plain, decimals.long_plain),
            (&mut self.decimals.short_plain, decimals.short_plain),
            (&mut self.plain, next.plain),
            (&mut self.padded, next.padded),
            (&mut self.codes, next.codes),
            (&mut self.glued, next.glued),
            (&mut self.names, next.names),
            (&mut self.clocks, next.clocks),
            (&mut self.short_clocks, next.short_clocks),
            (&mut self.bounds, next.bounds),
            (&mut self.zero_to_one, next.zero_to_one),
            (&mut self.whole_minutes, next.whole_minutes),
            (&mut self.over_an_hour, next.over_an_hour),
            (&mut self.durations, next.durations),
            (&mut self.bracketed, next.bracketed),
        ] {
            *own += next;
        }
        self.no_integer_dates.iter_mut().zip(next.no_integer_dates).for_each(|(own, next)| *own |= next);
        self.separated.iter_mut().zip(next.separated).for_each(|(own, next)| *own += next);
        self.long_parts |= next.long_parts;
        self.shape = self.shape.or(next.shape);
        for (unit, n) in next.units {
            self.count_unit(&unit, n);
        }
        for (unit, example) in next.first_of_unit {
            if !self.first_of_unit.iter().any(|(own, _)| *own == unit) {
                self.first_of_unit.push((unit, example));
            }
        }
        for (value, cell, n) in next.sentinels {
            self.count_sentinel(value, n, || cell);
        }
        self.least = [self.least, next.least].into_iter().flatten().reduce(f64::min);
        self.most = [self.most, next.most].into_iter().flatten().reduce(f64::max);
        for (own, next) in [
            (&mut self.first, next.first),
            (&mut self.first_open, next.first_open),
            (&mut self.first_without_year, next.first_without_year),
            (&mut self.first_dmy, next.first_dmy),
            (&mut self.first_mdy, next.first_mdy),
            (&mut self.first_relative, next.first_relative),
            (&mut self.first_number, next.first_number),
            (&mut self.first_point, next.first_point),
            (&mut self.first_comma, next.first_comma),
        ] {
            if own.is_none() {
                *own = next;
            }
        }
    }

    #[inline]
    fn count_unit(&mut self, unit: &str, n: u64) {
        let is_unit = |own: &str| own.len() == unit.len() && (unit.is_empty() || own == unit);
        if let Some((_, own)) = self.units.iter_mut().find(|(own, _)| is_unit(own)) {
            *own += n;
        } else if self.units.len() < UNITS {
            self.units.push((unit.to_owned(), n));
        }
    }

    fn count_sentinel(&mut self, value: i64, n: u64, cell: impl FnOnce() -> String) {
        match self.sentinels.iter_mut().find(|(own, ..)| *own == value) {
            Some((.., own)) => *own += n,
            None => self.sentinels.push((value, cell(), n)),
        }
    }

    fn count_date(&mut self, cell: &str, n: u64, example: &dyn Fn() -> Example) {
        let Some(reading) = dates::read(cell) else {
            if is_relative(cell) {
                self.relative += n;
                note(&mut self.first_relative, example);
            }
            self.clocks += n * u64::from(numbers::read_clock(cell).is_some());
            self.short_clocks += n * u64::from(numbers::read_hours_and_minutes(cell).is_some());
            self.codes += n * u64::from(is_code(cell));
            return;
        };
        self.dates += n;
        match reading.day {
            DayReading::One(_) | DayReading::Period(_) => {}
            DayReading::MonthOrFiscalYear { month: Some(_), fiscal_year: true } => {
                self.month_or_fiscal_year += n;
                note(&mut self.first_open, example);
            }
            DayReading::MonthOrFiscalYear { month: Some(_), .. } => self.month_only += n,
            DayReading::MonthOrFiscalYear { .. } => self.fiscal_year_only += n,
            DayReading::ByOrder { dmy, mdy, separator, short_year, .. } => {
                self.shape.get_or_insert((separator, short_year));
                if dmy.is_none() || dmy != mdy {
                    self.vote(dmy.is_some(), mdy.is_some(), n, example);
                }
            }
        }
    }

    pub(super) fn vote(&mut self, dmy: bool, mdy: bool, n: u64, example: &dyn Fn() -> Example) {
        self.orders.add(dmy, mdy, n);
        match (dmy, mdy) {
            (true, true) => note(&mut self.first_open, example),
            (true, false) => note(&mut self.first_dmy, example),
            (false, true) => note(&mut self.first_mdy, example),
            (false, false) => {}
        }
    }

    fn count_number(&mut self, cell: &str, n: u64, example: &dyn Fn() -> Example) -> bool {
        let reading = numbers::read(cell);
        if reading.is_none_or(|r| !r.unit.is_empty()) {
            self.durations += n * u64::from(numbers::read_duration(cell).is_some());
        }
        let Some(reading) = reading else { return false };
        self.glued += n * u64::from(is_glued(cell, reading.unit));
        let is_phone = cell.starts_with('+') && reading.point.is_some_and(|value| value >= MIN_PHONE_NUMBER);
        self.names += n * u64::from(reading.plain && is_phone);
        self.count_reading(reading, cell.len(), n, example);
        true
    }

    #[inline]
    fn count_reading(&mut self, reading: numbers::Reading<'_>, length: usize, n: u64, example: &dyn Fn() -> Example) {
        self.count_unit(reading.unit, n);
        if !reading.unit.is_empty()
            && self.first_of_unit.len() < UNITS
            && !self.first_of_unit.iter().any(|(unit, _)| unit == reading.unit)
        {
            self.first_of_unit.push((reading.unit.to_owned(), Box::new(example())));
        }
        note(&mut self.first_number, example);
        let votes = &mut self.decimals;
        match (reading.point, reading.comma) {
            (Some(_), None) => {
                votes.point_only += n;
                note(&mut self.first_point, example);
            }
            (None, Some(_)) => {
                votes.comma_only += n;
                note(&mut self.first_comma, example);
            }
            _ if reading.is_open() => {
                note(&mut self.first_open, example);
                // If the sign separates groups, the number is larger than if it is the decimal sign.
                if reading.point.map(f64::abs) > reading.comma.map(f64::abs) {
                    votes.open_comma += n;
                } else {
                    votes.open_point += n;
                }
            }
            _ if reading.plain && length >= 4 => votes.long_plain += n,
            // Zero is written like this beside numbers of any form.
            _ => votes.short_plain += n * u64::from(reading.point != Some(0.0)),
        }
        self.plain += n * u64::from(reading.plain);
        self.padded += n * u64::from(reading.padded);
        self.bounds += n * u64::from(reading.bound);
        let value = reading.point.or(reading.comma);
        let can_be_day = |form: IntegerDate| {
            reading.unit.is_empty() && value.is_some_and(|v| v > 10_000.0 && form.day(v, chrono_tz::UTC).is_some())
        };
        // Most numbers cannot be days, which a few of them show.
        if self.no_integer_dates != [true; IntegerDate::ALL.len()] {
            for (form, ruled_out) in IntegerDate::ALL.into_iter().zip(&mut self.no_integer_dates) {
                *ruled_out = *ruled_out || !can_be_day(form);
            }
        }
        let Some(value) = value else { return };
        self.names += n * u64::from(reading.plain && value > LARGEST_EXACT);
        if SENTINELS.contains(&(value as i64)) && value.fract() == 0.0 {
            self.count_sentinel(value as i64, n, || example().text);
        } else {
            self.least = Some(self.least.map_or(value, |least| least.min(value)));
            self.most = Some(self.most.map_or(value, |most| most.max(value)));
        }
        self.zero_to_one += n * u64::from((0.0..=1.0).contains(&value));
        self.whole_minutes += n * u64::from(reading.plain && value % 60.0 == 0.0);
        self.over_an_hour += n * u64::from(value >= 3600.0);
    }

    fn count_list(&mut self, cell: &str, n: u64) {
        if !cell.bytes().any(|b| matches!(b, b';' | b'|' | b'\n' | b',' | b']' | b'}')) {
            return;
        }
        // JSON objects are not lists of words.
        let is_object = cell.starts_with("[{") || cell.starts_with("{\"");
        let bracketed = !is_object
            && ((cell.starts_with('[') && cell.ends_with(']')) || (cell.starts_with('{') && cell.ends_with('}')));
        self.bracketed += n * u64::from(bracketed);
        for (separator, counted) in SEPARATORS.into_iter().zip(&mut self.separated) {
            if cell.contains(separator) {
                *counted += n;
                let is_long = |part: &str| part.len() > LONGEST_PART && part.trim().chars().count() > LONGEST_PART;
                self.long_parts = self.long_parts || cell.split(separator).any(is_long);
            }
        }
    }
}

#[inline]
pub(super) fn note(slot: &mut Option<Box<Example>>, example: &dyn Fn() -> Example) {
    if slot.is_none() {
        *slot = Some(Box::new(example()));
    }
}
