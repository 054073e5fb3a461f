//! The only CSV reader. Bytes of any export → rows whose cells know their place and kind.
//!
//! A file is surveyed first — encoding, dialect, header line, kind and format of each column over all of its cells —
//! and then read in a stream, so that a file of any size takes bounded memory. `inspect` prints the survey,
//! [`crate::source`] reads the rows. Nothing is guessed in silence: what two readings fit is a [`Problem`].

mod encoding;
mod records;

use std::path::{Path, PathBuf};

use chrono::NaiveDate;

use crate::config::ReadingOptions;
use crate::problem::{Failure, Place, Problem, Problems};

use encoding::{Decoded, Encoding};
use records::{Dialect, Record, Records};

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    Date,
    Number,
    Text,
    List,
}

/// One column as it was found.
#[derive(Debug, Clone)]
pub struct Column {
    /// As it stands in the header, trimmed; `column 3` where there is none.
    pub name: String,
    /// 0-based.
    pub position: usize,
    pub kind: Kind,
    /// For people: `06/Jan/26 9:29 AM`, `1.234,5`, `45 %`.
    pub format: String,
    /// The first day of the period that the header names (`2026-11`, `Q4 2026`), where periods stand as columns.
    pub period: Option<NaiveDate>,
    /// Why the cells cannot be read with certainty, with the config line that settles it. It stops a run only if the
    /// column is used, so it is not among the survey's problems.
    pub doubt: Option<Problem>,
}

/// A row that was not read as data, and why.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Skipped {
    pub line: u64,
    pub reason: String,
}

/// How a file is read.
#[derive(Debug)]
pub struct Survey {
    /// The file's name for people.
    pub file: String,
    /// `utf-8`, `utf-16le`, `utf-16be`, `windows-1252`, or as configured.
    pub encoding: String,
    /// Whether the file starts with a byte order mark.
    pub bom: bool,
    pub delimiter: char,
    /// 1-based physical line; 0: no header.
    pub header_line: u64,
    pub columns: Vec<Column>,
    /// Data rows after the header, read or skipped.
    pub records: u64,
    pub skipped: Vec<Skipped>,
    pub problems: Problems,
    path: PathBuf,
    quotable: bool,
    found: Encoding,
    dialect: Dialect,
}

/// Finds out how `path` is read. `shown` is its name for people; `quotable` whether a problem may show a cell.
pub fn survey(path: &Path, shown: &str, options: &ReadingOptions, quotable: bool) -> Result<Survey, Failure> {
    let found = Encoding::find(path, shown, options.encoding.as_deref())?;
    let dialect = Dialect { delimiter: options.delimiter.map_or(b',', |c| c as u8), ..Dialect::COMMA };
    let decoded = Decoded::open(path, found).map_err(|e| Failure::read(path, e))?;
    let mut records = Records::new(decoded, shown, dialect);
    let Some(header) = records.next()? else {
        return Err(Problem::error("empty-file", "the file is empty").at(Place::file(shown)).into());
    };
    let header_line = header.line;
    let names: Vec<String> = header.cells().map(|cell| cell.into_owned()).collect();
    let mut tallies = vec![(0_u64, 0_u64, 0_u64); names.len()];
    let mut count = 0;
    while let Some(record) = records.next()? {
        count += 1;
        for (column, (filled, dates, numbers)) in tallies.iter_mut().enumerate() {
            let cell = record.cell(column);
            if !cell.is_empty() {
                *filled += 1;
                *dates += u64::from(date(&cell).is_some());
                *numbers += u64::from(number(&cell).is_some());
            }
        }
    }
    let columns = names
        .into_iter()
        .zip(&tallies)
        .enumerate()
        .map(|(position, (name, (filled, dates, numbers)))| Column {
            name: if name.is_empty() { format!("column {}", position + 1) } else { name },
            position,
            kind: match () {
                () if *filled == 0 => Kind::Text,
                () if dates == filled => Kind::Date,
                () if numbers == filled => Kind::Number,
                () => Kind::Text,
            },
            format: String::new(),
            period: None,
            doubt: None,
        })
        .collect();
    Ok(Survey {
        file: shown.to_owned(),
        encoding: found.name(),
        bom: found.has_mark(),
        delimiter: char::from(dialect.delimiter),
        header_line,
        columns,
        records: count,
        skipped: Vec::new(),
        problems: Problems::default(),
        path: path.to_owned(),
        quotable,
        found,
        dialect,
    })
}

fn date(text: &str) -> Option<NaiveDate> {
    NaiveDate::parse_from_str(text.get(..10)?, "%Y-%m-%d").ok()
}

fn number(text: &str) -> Option<f64> {
    fast_float2::parse(text).ok()
}

impl Survey {
    /// The columns of a header name, in the order of the file: several where the header repeats it. Exact matches come
    /// before those that differ only in case.
    pub fn positions(&self, name: &str) -> Vec<usize> {
        let exact: Vec<usize> = self.columns.iter().filter(|c| c.name == name).map(|c| c.position).collect();
        if !exact.is_empty() {
            return exact;
        }
        let lower = name.to_lowercase();
        self.columns.iter().filter(|c| c.name.to_lowercase() == lower).map(|c| c.position).collect()
    }

    /// Reads every data row in the order of the file.
    pub fn rows(&self, each: &mut dyn FnMut(&Row<'_>)) -> Result<(), Failure> {
        let decoded = Decoded::open(&self.path, self.found).map_err(|e| Failure::read(&self.path, e))?;
        let mut records = Records::new(decoded, &self.file, self.dialect);
        while let Some(record) = records.next()? {
            if record.line > self.header_line {
                each(&Row { record, survey: self });
            }
        }
        Ok(())
    }
}

/// One data row. Columns are addressed by their 0-based position.
pub struct Row<'a> {
    record: Record<'a>,
    survey: &'a Survey,
}

impl Row<'_> {
    /// Physical line on which the row starts, from 1.
    pub fn line(&self) -> u64 {
        self.record.line
    }

    /// The cell as text, trimmed, without control characters; None where it is missing.
    pub fn text(&self, column: usize) -> Option<String> {
        let cell = self.record.cell(column);
        if cell.is_empty() { None } else { Some(cell.chars().filter(|c| !c.is_control() || *c == '\n').collect()) }
    }

    /// The cell as a date, by the format found for its column.
    pub fn date(&self, column: usize) -> Result<Option<NaiveDate>, Box<Problem>> {
        let Some(text) = self.text(column) else { return Ok(None) };
        date(&text).map(Some).ok_or_else(|| Box::new(self.unread(column, "bad-date", "this is no date")))
    }

    /// The cell as a number, in the unit of the file (`45%` is 45).
    pub fn number(&self, column: usize) -> Result<Option<f64>, Box<Problem>> {
        let Some(text) = self.text(column) else { return Ok(None) };
        number(&text).map(Some).ok_or_else(|| Box::new(self.unread(column, "bad-number", "this is no number")))
    }

    /// Where the cell stands, with the line and the part to underline if it may be quoted.
    pub fn place(&self, column: usize) -> Place {
        self.record.place(column, &self.survey.file, self.survey.quotable)
    }

    fn unread(&self, column: usize, code: &'static str, what: &str) -> Problem {
        let name = self.survey.columns.get(column).map_or("", |c| c.name.as_str());
        Problem::error(code, format!("{what}, in column `{name}`")).at(self.place(column))
    }
}
