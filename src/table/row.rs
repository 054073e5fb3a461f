//! A data row: its cells as values, each in the format of its column.

use std::borrow::Cow;

use chrono::{Months, NaiveDate};

use crate::lexicon;
use crate::problem::{Place, Problem};
use crate::table::column::Column;
use crate::table::inspection::Inspection;
use crate::table::options::DateOrder;
use crate::table::text::formula;
use crate::table::text::links::without_addresses;
use crate::table::text::records::Record;
use crate::table::values::dates::{self, IntegerDate, Span, SpanReading};
use crate::table::values::kinds::{self, CellFormat};
use crate::table::values::numbers::{self, Decimal};
use crate::table::values::periods;

/// A data row. Columns are addressed by their position from 0.
pub struct Row<'a> {
    pub(super) record: Record<'a>,
    pub(super) inspection: &'a Inspection,
}

impl Row<'_> {
    /// Returns the physical line on which the row starts, from 1.
    pub fn line(&self) -> u64 {
        self.record.line
    }

    /// Returns the physical line on which the row ends.
    pub fn last_line(&self) -> u64 {
        self.record.last_line()
    }

    /// Returns the raw cell if it needs no unquoting or trimming, otherwise `None`. Equal cells of a column have the
    /// same meaning.
    #[inline]
    pub fn tidy(&self, column: usize) -> Option<&str> {
        self.record.tidy(column)
    }

    /// Returns the columns that have a value.
    pub fn filled(&self) -> impl Iterator<Item = usize> {
        (0..self.inspection.columns.len()).filter(|column| self.cell(*column).is_some())
    }

    /// Returns whether not everybody may see the row: its cells do not influence how a column is read.
    pub fn is_hidden(&self) -> bool {
        self.inspection.is_hidden(self.record.line)
    }

    /// Returns whether the row is known to be confidential for a reason other than its own cells.
    pub fn is_marked(&self) -> bool {
        self.inspection.is_marked(self.record.line)
    }

    /// Returns whether the row has cells after the last column: then any of its cells may be in the wrong column.
    pub fn is_wide(&self) -> bool {
        let columns = self.inspection.columns.len();
        (columns..self.record.width()).any(|column| !self.record.is_blank(column))
    }

    /// Returns the last cell of a row that has fewer cells than the table has columns, unless its column has numbers: any
    /// of its cells may be in the wrong column.
    pub fn last_of_short(&self) -> Option<String> {
        let last = self.record.width().checked_sub(1)?;
        let is_short = last + 1 < self.inspection.columns.len();
        let column = self.column(last).filter(|column| is_short && column.kind != kinds::Kind::Number)?;
        self.text(column.position)
    }

    /// Returns the first of these columns whose cell has more than `most` characters, and their number. `None` if there
    /// is none.
    pub fn longer_than(&self, most: usize, mut columns: impl Iterator<Item = usize>) -> Option<(usize, usize)> {
        if self.record.raw.len() <= most {
            return None;
        }
        columns.find_map(|column| {
            let letters = self.record.cell(column).chars().count();
            (letters > most).then_some((column, letters))
        })
    }

    /// Returns the indentation of a cell's text, in spaces.
    pub fn indent(&self, column: usize) -> usize {
        self.record.indent(column)
    }

    /// Returns the trimmed cell, or `None` if it is missing.
    pub fn cell(&self, column: usize) -> Option<Cow<'_, str>> {
        let cell = self.record.cell(column);
        let missing = cell.is_empty() || kinds::is_missing(&cell) || self.inspection.is_missing(&cell);
        (!missing).then_some(cell)
    }

    /// Returns the trimmed cell, even if it means "missing".
    pub fn raw(&self, column: usize) -> Cow<'_, str> {
        self.record.cell(column)
    }

    /// Returns the trimmed cell as text without control characters and without the address of a link that has a name,
    /// or `None` if it is missing.
    pub fn text(&self, column: usize) -> Option<String> {
        let cell = self.cell(column)?;
        // A cell that starts like a formula was written for Excel, to keep its zeros: `="00123"`.
        let cell =
            cell.strip_prefix("=\"").and_then(|c| c.strip_suffix('"')).unwrap_or_else(|| formula::unguarded(&cell));
        let cell = without_addresses(cell);
        // Most cells have no control character. Those outside of ASCII begin with C2.
        let may_be_control = |b: u8| b.is_ascii_control() || b == 0xC2;
        let text = match cell.bytes().any(may_be_control) {
            true => {
                cell.replace("\r\n", "\n").chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect()
            }
            false => cell.into_owned(),
        };
        (!text.is_empty()).then_some(text)
    }

    /// Returns the values of a cell that contains a list. The only value of a text is the text itself.
    pub fn list(&self, column: usize) -> Vec<String> {
        let Some(text) = self.text(column) else { return Vec::new() };
        let Some(CellFormat::List { separator: Some(separator) }) = self.column(column).map(|c| &c.reading) else {
            return vec![text];
        };
        let inner = text.strip_prefix(['[', '{']).and_then(|t| t.strip_suffix([']', '}'])).unwrap_or(&text);
        let parts = inner.split(*separator).map(|part| part.trim().trim_matches(['"', '\'']).to_owned());
        parts.filter(|part| !part.is_empty()).collect()
    }

    /// Returns the cell as a date, in the format of its column, or `None` if it is missing.
    pub fn date(&self, column: usize) -> Result<Option<NaiveDate>, Box<Problem>> {
        self.dated(column, Some(self.inspection.options.timezone.unwrap_or(chrono_tz::UTC)))
    }

    /// Returns the day that is written in the cell, ignoring its offset from UTC.
    pub fn date_as_written(&self, column: usize) -> Result<Option<NaiveDate>, Box<Problem>> {
        self.dated(column, None)
    }

    fn dated(&self, column: usize, timezone: Option<chrono_tz::Tz>) -> Result<Option<NaiveDate>, Box<Problem>> {
        self.day(column, timezone).ok_or_else(|| Box::new(self.unread(column, "bad-date", "a date")))
    }

    /// Returns whether the cell can be read as a date.
    pub fn is_date(&self, column: usize) -> bool {
        self.day(column, Some(self.inspection.options.timezone.unwrap_or(chrono_tz::UTC))).flatten().is_some()
    }

    /// Returns the day of a cell: `Some(None)` if it is missing, `None` if it is not a date.
    fn day(&self, column: usize, timezone: Option<chrono_tz::Tz>) -> Option<Option<NaiveDate>> {
        let Some(text) = self.cell(column) else { return Some(None) };
        self.day_of(column, &text, timezone)
    }

    /// Returns the day that a part of a cell names, in the format of its column.
    pub fn day_in(&self, column: usize, text: &str) -> Option<NaiveDate> {
        self.day_of(column, text, Some(self.inspection.options.timezone.unwrap_or(chrono_tz::UTC)))?
    }

    fn day_of(&self, column: usize, text: &str, timezone: Option<chrono_tz::Tz>) -> Option<Option<NaiveDate>> {
        let format = self.column(column).map(|c| &c.reading);
        if let (Some(CellFormat::Date { fiscal_years: false, .. }), Some(day)) =
            (format, dates::iso_day(text.as_bytes()))
        {
            return Some(Some(day));
        }
        if kinds::is_no_value(text) {
            return Some(None);
        }
        let day = match format {
            Some(CellFormat::Date { fiscal_years: true, .. }) => fiscal_year(text),
            Some(CellFormat::Pattern(pattern)) => by_pattern(text, pattern),
            Some(CellFormat::IntegerDate(form)) => integer_day(text, *form, timezone),
            Some(CellFormat::Number { .. }) => number(text, '.', None).and_then(|n| {
                let timezone = timezone.unwrap_or(chrono_tz::UTC);
                IntegerDate::ALL.into_iter().find_map(|form| form.day(n, timezone))
            }),
            reading => {
                let order = match reading {
                    Some(CellFormat::Date { order, .. }) => *order,
                    _ => self.inspection.options.date_order.or(self.inspection.options.usual_date_order),
                };
                dates::read(text).and_then(|read| match timezone {
                    Some(timezone) => read.day_in(order, timezone),
                    None => read.day(order),
                })
            }
        };
        if day.is_some() {
            return Some(day);
        }
        if lexicon::is_missing(text) {
            return Some(None);
        }
        match self.span_reading(column, text) {
            // Without a reference day, the year is unknown.
            Some(span) if !span.has_year() && self.inspection.options.near.is_none() => Some(None),
            Some(_) => Some(self.span_of(column, text).map(|span| span.last)),
            None => None,
        }
    }

    /// Returns the days of a cell that names a week, a month, a quarter or a part of one: `KW 50`, `Ende November`.
    /// `None` for other cells.
    pub fn span(&self, column: usize) -> Option<Span> {
        let text = self.cell(column)?;
        if dates::iso_day(text.as_bytes()).is_some() { None } else { self.span_of(column, &text) }
    }

    fn span_of(&self, column: usize, text: &str) -> Option<Span> {
        let options = &self.inspection.options;
        let reading = self.span_reading(column, text)?;
        let near = options.near.or_else(|| reading.has_year().then_some(NaiveDate::MIN))?;
        reading.days(near, options.fiscal_year_starts.unwrap_or(1))
    }

    fn span_reading(&self, column: usize, text: &str) -> Option<SpanReading> {
        // In a column "KW", a plain number is a week.
        let is_bare = text.len() < 3 && text.bytes().all(|b| b.is_ascii_digit());
        let reading = match self.column(column).filter(|column| is_bare && periods::is_number_of_week(&column.name)) {
            Some(_) => dates::read_span(&format!("W{text}")),
            None if self.column(column).is_some_and(|column| column.has_days_of_month) => {
                dates::read_span(text).map(SpanReading::among_days)
            }
            None if self.column(column).is_some_and(|column| column.has_weeks_by_letter) => {
                dates::read_span(text).map(SpanReading::among_weeks)
            }
            None => dates::read_span(text),
        }?;
        // Two numbers are a day in a column of days alone, in its order.
        let Some([dmy, mdy]) = reading.by_order() else { return Some(reading) };
        match self.column(column).map(|column| &column.reading) {
            Some(CellFormat::Date { order: Some(DateOrder::Mdy), .. }) => mdy,
            Some(CellFormat::Date { .. }) => dmy,
            _ => None,
        }
    }

    /// Returns the day of a measured value. For a week, a month or a quarter it is the first day; if the year is not
    /// written, it is the latest one that has begun.
    pub fn measured_on(&self, column: usize) -> Result<Option<NaiveDate>, Box<Problem>> {
        let is_configured = matches!(
            self.column(column).map(|c| &c.reading),
            Some(CellFormat::Date { fiscal_years: true, .. } | CellFormat::Pattern(_) | CellFormat::IntegerDate(_))
        );
        let text = self.cell(column).filter(|text| !is_configured && dates::iso_day(text.as_bytes()).is_none());
        let reading = text.and_then(|text| self.span_reading(column, &text));
        let Some(reading) = reading.filter(|reading| !reading.has_year()) else {
            return match self.span(column).filter(|_| !is_configured) {
                Some(span) => Ok(Some(span.first)),
                None => self.date(column),
            };
        };
        let Some(near) = self.inspection.near() else { return Ok(None) };
        let of = |near: NaiveDate| reading.days(near, self.inspection.options.fiscal_year_starts.unwrap_or(1));
        let begun = |near: NaiveDate| of(near).map(|span| span.first).filter(|first| *first <= near);
        Ok(begun(near).or_else(|| of(near.checked_sub_months(Months::new(12))?).map(|span| span.first)))
    }

    /// Returns the cell as a number in the unit of the file (`45%` is 45). Durations in words are converted to hours of
    /// work.
    #[inline]
    pub fn number(&self, column: usize) -> Result<Option<f64>, Box<Problem>> {
        let format = self.column(column).map(|c| &c.reading);
        // For numbers as programs write them, the words that mean "missing" need not be checked.
        if let Some(CellFormat::Number { decimal, scaled: false, .. }) = format
            && self.inspection.options.missing.is_empty()
            && let Some(number) = self.tidy(column).and_then(|cell| Decimal::read(cell.as_bytes()))
            && let Some(value) = number.reading().value(*decimal)
        {
            return Ok(Some(value));
        }
        self.any_number(column).ok_or_else(|| Box::new(self.unread(column, "bad-number", "a number")))
    }

    /// Returns the cell as a number. `None` if it is missing or not a number.
    pub fn as_number(&self, column: usize) -> Option<f64> {
        self.any_number(column).flatten()
    }

    /// Returns the number of a cell: `Some(None)` if it is missing, `None` if it is not a number.
    #[inline(never)]
    fn any_number(&self, column: usize) -> Option<Option<f64>> {
        let format = self.column(column).map(|c| &c.reading);
        let Some(text) = self.cell(column) else { return Some(None) };
        if kinds::is_no_value(&text) {
            return Some(None);
        }
        let number = match format {
            Some(CellFormat::Duration) => numbers::read_duration(&text)
                .or_else(|| numbers::read_clock(&text))
                .or_else(|| numbers::read_hours_and_minutes(&text)),
            Some(CellFormat::Number { decimal, scaled, unit, .. }) => {
                number(&text, *decimal, scaled.then_some(unit.as_str()))
            }
            _ => number(&text, self.inspection.options.decimal.unwrap_or('.'), None),
        };
        match number {
            None if lexicon::is_missing(&text) => Some(None),
            number => number.map(Some),
        }
    }

    /// Returns the number as it is written with its unit, in tables where units belong to the cells of a row. `None` if
    /// the cell is missing or not a number.
    pub fn amount(&self, column: usize) -> Option<(f64, String)> {
        let text = self.cell(column)?;
        let decimal = match self.column(column).map(|c| &c.reading) {
            Some(CellFormat::Number { decimal, .. }) => *decimal,
            _ => self.inspection.options.decimal.unwrap_or('.'),
        };
        let reading = numbers::read(&text)?;
        // In a column of several units no cell but its own says which decimal sign it has.
        let other = || reading.point.or(reading.comma).filter(|_| !self.is_number(column));
        Some((reading.value(decimal).or_else(other)?, reading.unit.to_owned()))
    }

    /// Returns the place of the cell, with its line and the part to underline if it may be quoted.
    pub fn place(&self, column: usize) -> Place {
        self.record.place(column, &self.inspection.file, self.inspection.quotable)
    }

    fn is_number(&self, column: usize) -> bool {
        matches!(self.column(column).map(|c| &c.reading), Some(CellFormat::Number { .. }))
    }

    fn column(&self, column: usize) -> Option<&Column> {
        self.inspection.columns.get(column)
    }

    fn unread(&self, column: usize, code: &'static str, wanted: &str) -> Problem {
        let (name, format) = self.column(column).map_or(("", ""), |c| (c.name.as_str(), c.format.as_str()));
        let help = match self.column(column).map(|c| c.kind) {
            Some(crate::table::values::kinds::Kind::Date | crate::table::values::kinds::Kind::Number) => {
                format!(
                    "the other cells of the column are read as {format}; fix the cell, or say `bad_rows = \"skip\"` in this [[source]]"
                )
            }
            _ => format!("map another column to this field, or fix the cells of `{name}`"),
        };
        Problem::error(code, format!("this cell of column `{name}` is not {wanted}")).at(self.place(column)).help(help)
    }
}

/// Parses a number and converts it to the unit `scaled_to`, which is empty for thousands and millions.
fn number(text: &str, decimal: char, scaled_to: Option<&str>) -> Option<f64> {
    let reading = numbers::read(text)?;
    let scale = match scaled_to {
        None => 1.0,
        // In a column of scaled numbers, `1.2m` means millions.
        Some("") => numbers::scale(if reading.unit == "m" { "M" } else { reading.unit }).unwrap_or(1.0),
        Some(unit) => numbers::conversion(reading.unit, unit)?,
    };
    Some(reading.value(decimal)? * scale)
}

fn integer_day(text: &str, form: IntegerDate, timezone: Option<chrono_tz::Tz>) -> Option<NaiveDate> {
    form.day(number(text, '.', None)?, timezone.unwrap_or(chrono_tz::UTC))
}

/// Parses a fiscal year: `2010-11` begins in 2010, and is represented by its first day.
fn fiscal_year(text: &str) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(text.get(..4)?.parse().ok()?, 1, 1)
}

fn by_pattern(text: &str, pattern: &str) -> Option<NaiveDate> {
    NaiveDate::parse_from_str(text, pattern)
        .ok()
        .or_else(|| chrono::NaiveDateTime::parse_from_str(text, pattern).ok().map(|t| t.date()))
}
