//! What the cells of one column can mean, counted over the whole column. Counting decides nothing; [`super::decide`] does.

use crate::problem::Place;
use crate::table::dates::{self, DayReading, IntegerDate};
use crate::table::numbers;

use super::words;

/// A cell to show when a column is in doubt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Example {
    pub text: String,
    pub place: Place,
}

/// Numbers whose order of day and month, or whose decimal sign, the cell alone does not tell.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct OrderVotes {
    pub dmy_only: u64,
    pub mdy_only: u64,
    pub ymd_only: u64,
    pub open: u64,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct DecimalVotes {
    pub point_only: u64,
    pub comma_only: u64,
    /// `1,234` and `1.234`: could be either; which sign they have.
    pub open_comma: u64,
    pub open_point: u64,
    /// Whole numbers of four digits and more without a sign between them, and shorter ones.
    pub long_plain: u64,
    pub short_plain: u64,
}

/// More units than this make no column of numbers.
const UNITS: usize = 8;

/// Counts of one column.
#[derive(Debug, Clone, Default)]
pub struct Tally {
    /// Cells that are not missing.
    pub filled: u64,
    /// Cells that are missing where numbers or dates are expected, and words elsewhere.
    pub no_value: u64,

    /// Cells that are dates, all forms.
    pub dates: u64,
    pub orders: OrderVotes,
    /// Separator of the first date written with numbers alone, and whether its year is short.
    pub shape: Option<(char, bool)>,
    pub month_only: u64,
    pub fiscal_year_only: u64,
    pub month_or_fiscal_year: u64,
    /// `11 days ago`
    pub relative: u64,

    /// Cells that are numbers, by unit.
    pub units: Vec<(String, u64)>,
    pub decimals: DecimalVotes,
    pub plain: u64,
    pub padded: u64,
    pub bounds: u64,
    pub minus_one: u64,
    pub other_negative: u64,
    pub zero_to_one: u64,
    pub whole_minutes: u64,
    pub over_an_hour: u64,
    /// Of the numbers, how many can be a day in each form.
    pub integer_dates: [u64; IntegerDate::ALL.len()],
    pub durations: u64,

    pub bracketed: u64,
    /// Cells with each of [`super::SEPARATORS`], and whether all their parts are short.
    pub separated: [u64; super::SEPARATORS.len()],
    pub long_parts: bool,

    pub first: Option<Example>,
    pub first_open: Option<Example>,
    pub first_dmy: Option<Example>,
    pub first_mdy: Option<Example>,
    pub first_relative: Option<Example>,
    pub first_number: Option<Example>,
    pub first_point: Option<Example>,
    pub first_comma: Option<Example>,
}

impl Tally {
    /// Counts one trimmed cell; `place` is asked only for cells worth showing.
    pub fn count(&mut self, cell: &str, place: &dyn Fn() -> Place) {
        if dates::iso_day(cell.as_bytes()).is_some() {
            self.filled += 1;
            self.dates += 1;
            return note(&mut self.first, cell, place);
        }
        if cell.is_empty() || words::is_missing(cell) {
            return;
        }
        self.filled += 1;
        if words::is_no_value(cell) {
            self.no_value += 1;
            return;
        }
        note(&mut self.first, cell, place);
        let mut as_number = false;
        if cell.bytes().any(|b| b.is_ascii_digit()) {
            as_number = self.count_number(cell, place);
            if !as_number {
                self.count_date(cell, place);
            }
        }
        if !as_number {
            self.count_list(cell);
        }
    }

    /// Takes in what was counted of the cells below.
    pub fn merge(&mut self, next: Tally) {
        let Tally { orders, decimals, .. } = next;
        for (own, next) in [
            (&mut self.filled, next.filled),
            (&mut self.no_value, next.no_value),
            (&mut self.dates, next.dates),
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
            (&mut self.bounds, next.bounds),
            (&mut self.minus_one, next.minus_one),
            (&mut self.other_negative, next.other_negative),
            (&mut self.zero_to_one, next.zero_to_one),
            (&mut self.whole_minutes, next.whole_minutes),
            (&mut self.over_an_hour, next.over_an_hour),
            (&mut self.durations, next.durations),
            (&mut self.bracketed, next.bracketed),
        ] {
            *own += next;
        }
        self.integer_dates.iter_mut().zip(next.integer_dates).for_each(|(own, next)| *own += next);
        self.separated.iter_mut().zip(next.separated).for_each(|(own, next)| *own += next);
        self.long_parts |= next.long_parts;
        self.shape = self.shape.or(next.shape);
        for (unit, n) in next.units {
            self.count_unit(&unit, n);
        }
        for (own, next) in [
            (&mut self.first, next.first),
            (&mut self.first_open, next.first_open),
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

    fn count_unit(&mut self, unit: &str, n: u64) {
        if let Some((_, own)) = self.units.iter_mut().find(|(own, _)| own == unit) {
            *own += n;
        } else if self.units.len() < UNITS {
            self.units.push((unit.to_owned(), n));
        }
    }

    fn count_date(&mut self, cell: &str, place: &dyn Fn() -> Place) {
        let Some(reading) = dates::read(cell) else {
            if is_relative(cell) {
                self.relative += 1;
                note(&mut self.first_relative, cell, place);
            }
            return;
        };
        self.dates += 1;
        match reading.day {
            DayReading::One(_) | DayReading::Period(_) => {}
            DayReading::MonthOrFiscalYear { month: Some(_), fiscal_year: true } => {
                self.month_or_fiscal_year += 1;
                note(&mut self.first_open, cell, place);
            }
            DayReading::MonthOrFiscalYear { month: Some(_), .. } => self.month_only += 1,
            DayReading::MonthOrFiscalYear { .. } => self.fiscal_year_only += 1,
            DayReading::ByOrder { dmy, mdy, separator, short_year, .. } => {
                self.shape.get_or_insert((separator, short_year));
                match (dmy, mdy) {
                    (Some(a), Some(b)) if a == b => {}
                    (Some(_), Some(_)) => {
                        self.orders.open += 1;
                        note(&mut self.first_open, cell, place);
                    }
                    (Some(_), None) => {
                        self.orders.dmy_only += 1;
                        note(&mut self.first_dmy, cell, place);
                    }
                    (None, Some(_)) => {
                        self.orders.mdy_only += 1;
                        note(&mut self.first_mdy, cell, place);
                    }
                    (None, None) => self.orders.ymd_only += 1,
                }
            }
        }
    }

    fn count_number(&mut self, cell: &str, place: &dyn Fn() -> Place) -> bool {
        let reading = numbers::read(cell);
        if reading.is_none_or(|r| !r.unit.is_empty()) {
            self.durations += u64::from(numbers::read_duration(cell).is_some());
        }
        let Some(reading) = reading else { return false };
        self.count_unit(reading.unit, 1);
        note(&mut self.first_number, cell, place);
        let votes = &mut self.decimals;
        match (reading.point, reading.comma) {
            (Some(_), None) => {
                votes.point_only += 1;
                note(&mut self.first_point, cell, place);
            }
            (None, Some(_)) => {
                votes.comma_only += 1;
                note(&mut self.first_comma, cell, place);
            }
            _ if reading.is_open() => {
                note(&mut self.first_open, cell, place);
                if cell.contains(',') {
                    votes.open_comma += 1;
                } else {
                    votes.open_point += 1;
                }
            }
            _ if reading.plain && cell.len() >= 4 => votes.long_plain += 1,
            _ => votes.short_plain += 1,
        }
        self.plain += u64::from(reading.plain);
        self.padded += u64::from(reading.padded);
        self.bounds += u64::from(reading.bound);
        let Some(value) = reading.point.or(reading.comma) else { return true };
        self.minus_one += u64::from(value == -1.0);
        self.other_negative += u64::from(value < 0.0 && value != -1.0);
        self.zero_to_one += u64::from((0.0..=1.0).contains(&value));
        self.whole_minutes += u64::from(reading.plain && value % 60.0 == 0.0);
        self.over_an_hour += u64::from(value >= 3600.0);
        if reading.unit.is_empty() && value > 10_000.0 {
            for (form, n) in IntegerDate::ALL.into_iter().zip(&mut self.integer_dates) {
                *n += u64::from(form.day(value, chrono_tz::UTC).is_some());
            }
        }
        true
    }

    fn count_list(&mut self, cell: &str) {
        if !cell.bytes().any(|b| matches!(b, b';' | b'|' | b'\n' | b',' | b']' | b'}')) {
            return;
        }
        let bracketed =
            (cell.starts_with('[') && cell.ends_with(']')) || (cell.starts_with('{') && cell.ends_with('}'));
        self.bracketed += u64::from(bracketed);
        for (separator, n) in super::SEPARATORS.into_iter().zip(&mut self.separated) {
            if cell.contains(separator) {
                *n += 1;
                self.long_parts |= cell.split(separator).any(|part| part.trim().chars().count() > super::LONGEST_PART);
            }
        }
    }
}

/// `11 days ago`, `in 3 weeks`
fn is_relative(cell: &str) -> bool {
    let lower = cell.to_lowercase();
    cell.len() < 40
        && (lower.ends_with(" ago")
            || lower.starts_with("il y a ")
            || lower.starts_with("vor ")
            || lower.starts_with("hace ")
            || (lower.starts_with("in ") && lower.ends_with('s') && lower.split(' ').count() == 3))
}

fn note(slot: &mut Option<Example>, cell: &str, place: &dyn Fn() -> Place) {
    if slot.is_none() {
        *slot = Some(Example { text: cell.chars().take(80).collect(), place: place() });
    }
}
