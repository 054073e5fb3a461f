//! Which rows are totals of others, by the names that they bear and by their sums.

use std::borrow::Cow;

use super::{FULL_ROWS, Reason, Structure};
use crate::table::layout::sample::{self, CellType, SampleRow};
use crate::table::text::records::Record;
use crate::table::values::leading::longest_by_first;

/// Whether rows that fill every cell and name themselves totals are the sum of those before them. A single one is
/// believed; of several the first must add up, since "Total" may be a category like any other: sex = Total.
pub fn add_up(body: &[&SampleRow]) -> bool {
    let is_total =
        |row: &&&SampleRow| row.cells.iter().find(|cell| !cell.is_empty()).is_some_and(|c| TotalName::is_whole(c));
    if body.iter().filter(is_total).count() < 2 {
        return true;
    }
    let Some(at) = body.iter().position(|row| is_total(&row)) else { return true };
    let number = |row: &SampleRow, column: usize| {
        let cell = row.cells.get(column)?;
        crate::table::values::numbers::read(cell).and_then(|reading| reading.point.or(reading.comma))
    };
    (0..body[at].cells.len()).any(|column| {
        let above: f64 = body[..at].iter().filter_map(|row| number(row, column)).sum();
        number(body[at], column).is_some_and(|total| total != 0.0 && (total - above).abs() <= total.abs() * 1e-3)
    })
}

#[derive(Debug, PartialEq, Eq)]
pub enum TotalName {
    /// The cell says "total" and no more.
    Whole,
    /// `Total North`, `North subtotal`
    Part,
}

/// "Total", "subtotal", "average" in the languages that exports come in.
const TOTALS: &[&str] = &[
    "total",
    "totals",
    "grand total",
    "overall total",
    "subtotal",
    "sub-total",
    "sub total",
    "sum",
    "average",
    "avg",
    "summe",
    "gesamt",
    "gesamtsumme",
    "gesamtergebnis",
    "zwischensumme",
    "ergebnis",
    "mittelwert",
    "durchschnitt",
    "total général",
    "sous-total",
    "somme",
    "moyenne",
    "totale",
    "totale complessivo",
    "subtotale",
    "somma",
    "suma",
    "total general",
    "suma total",
    "promedio",
    "total geral",
    "soma",
    "totaal",
    "eindtotaal",
    "subtotaal",
    "som",
    "razem",
    "suma końcowa",
    "итого",
    "всего",
    "общий итог",
    "промежуточный итог",
    "celkem",
    "toplam",
    "totalt",
    "合计",
    "总计",
    "小计",
    "合計",
    "합계",
];

const LONGEST_BY_FIRST: [usize; 256] = longest_by_first(TOTALS, [0; 256]);

impl TotalName {
    pub fn is_whole(cell: &str) -> bool {
        if !cell.is_ascii() {
            return Self::of_full_row(cell) == Some(Self::Whole);
        }
        let Some(start) = cell.bytes().position(|b| b.is_ascii_alphanumeric()) else { return false };
        let end = cell.bytes().rposition(|b| b.is_ascii_alphanumeric()).map_or(start, |last| last + 1);
        let bare = &cell[start..end];
        bare.len() <= LONGEST_BY_FIRST[usize::from(bare.as_bytes()[0])]
            && TOTALS.iter().any(|total| total.eq_ignore_ascii_case(bare))
    }

    /// `Total: Account`, `Gesamt: Konto`: says what it is the total of.
    pub fn is_labelled(cell: &str) -> bool {
        memchr::memchr(b':', cell.as_bytes()).is_some_and(|at| Self::is_whole(cell[..at].trim_end()))
    }

    /// The name in a row that lacks nothing: there none has a digit, as most first cells have.
    pub fn of_full_row(cell: &str) -> Option<Self> {
        if cell.len() <= 40 && !cell.bytes().any(|b| b.is_ascii_digit()) { Self::of(cell) } else { None }
    }

    pub fn of(cell: &str) -> Option<Self> {
        if cell.is_empty() || cell.len() > 80 {
            return None;
        }
        let lower = cell.to_lowercase();
        let bare = lower.trim_matches(|c: char| !c.is_alphanumeric());
        let ends = |c: char| !c.is_alphanumeric();
        let (first, last) = (bare.as_bytes().first(), bare.as_bytes().last());
        let mut part = false;
        // Most names are told by their first and last letters.
        for total in TOTALS {
            if total.as_bytes().first() == first {
                match bare.strip_prefix(total) {
                    Some("") => return Some(Self::Whole),
                    Some(rest) => part |= rest.starts_with(ends),
                    None => {}
                }
            }
            if total.as_bytes().last() == last {
                part |= bare.strip_suffix(total).is_some_and(|rest| rest.ends_with(ends));
            }
        }
        part.then_some(Self::Part)
    }
}

/// Whether a row names itself a total.
pub fn is_total(row: &SampleRow) -> bool {
    let names_itself = |(cell, cell_type): (&Cow<'_, str>, &CellType)| {
        !matches!(cell_type, CellType::Number | CellType::Date)
            && (TotalName::is_whole(cell) || TotalName::is_labelled(cell))
    };
    row.cells.iter().zip(row.types()).any(names_itself) || is_total_of_a_part(row)
}

/// `Total North,,12,30`: the total of a part of the rows, with blanks where those have names.
fn is_total_of_a_part(row: &SampleRow) -> bool {
    let mut filled = row.types().iter().enumerate().filter(|(_, cell_type)| **cell_type != CellType::Blank);
    let is_named = |column: usize| row.cells.get(column).is_some_and(|cell| TotalName::of_full_row(cell).is_some());
    filled.next().is_some_and(|(column, _)| is_named(column))
        && row.cell_type(1) == CellType::Blank
        && filled.all(|(_, cell_type)| *cell_type == CellType::Number)
}

impl Structure {
    /// A total: its name in one cell, and nothing but numbers in the others. The name stands in the first cell, or in a
    /// row that lacks something.
    pub(super) fn total(&self, record: &Record<'_>, first: usize) -> Option<Reason> {
        let required = || self.always.iter().enumerate().filter(|(_, always)| **always).map(|(column, _)| column);
        // Whatever words stand beside it: a currency, the kind of what is added up.
        if TotalName::is_labelled(&record.cell(first)) {
            let lacking =
                required().filter(|column| sample::cell_type(&record.cell(*column)) == CellType::Blank).count();
            if lacking * 4 >= required().count() {
                return Some(Reason::Total);
            }
        }
        if !required().any(|column| record.is_blank(column)) {
            // Signs for nothing lack as much as blanks do: `Account Total,--,--,12`.
            let lacks = || required().any(|column| sample::cell_type(&record.cell(column)) == CellType::Blank);
            let is_total = match TotalName::of_full_row(&record.cell(first)) {
                Some(TotalName::Whole) if self.has_totals && self.rest_is_numbers(record, first) => true,
                Some(_) => lacks() && self.rest_has_no_words(record, first),
                None => false,
            };
            return is_total.then_some(Reason::Total);
        }
        let mut named = (0..record.width()).filter(|column| TotalName::of(&record.cell(*column)).is_some());
        if named.any(|column| self.rest_has_no_words(record, column)) {
            return Some(Reason::Total);
        }
        let cells = || -> Vec<Cow<'_, str>> { record.cells().collect() };
        (self.has_unnamed_totals && self.is_unnamed(&cells())).then_some(Reason::UnnamedTotal)
    }

    /// Numbers alone, each in a column of numbers, where other rows have names. A word for "nothing" is a word. An id
    /// alone is that of a row without values.
    pub(super) fn is_unnamed(&self, cells: &[impl AsRef<str>]) -> bool {
        let cell = |column: usize| cells.get(column).map_or("", |cell| cell.as_ref());
        let is_blank = |column: usize| !cell(column).contains(char::is_alphanumeric);
        let is_number = |column: usize| {
            self.typed.get(column) == Some(&Some(CellType::Number))
                && sample::cell_type(cell(column)) == CellType::Number
        };
        let mut columns = self.always.iter().zip(&self.typed).enumerate();
        let lacks_name =
            columns.any(|(column, (always, typed))| *always && *typed != Some(CellType::Number) && is_blank(column));
        lacks_name
            && (!self.starts_with_ids || is_blank(0))
            && self.full_rows >= FULL_ROWS
            && (0..cells.len()).any(is_number)
            && (0..cells.len()).all(|column| is_blank(column) || is_number(column))
    }

    /// Numbers, and no words beside them.
    fn rest_has_no_words(&self, record: &Record<'_>, but: usize) -> bool {
        let others = (0..record.width()).filter(|column| *column != but);
        let types: Vec<CellType> = others.map(|column| sample::cell_type(&record.cell(column))).collect();
        types.contains(&CellType::Number)
            && types.iter().all(|cell_type| matches!(cell_type, CellType::Number | CellType::Date | CellType::Blank))
    }

    fn rest_is_numbers(&self, record: &Record<'_>, but: usize) -> bool {
        let others = (0..record.width()).filter(|column| *column != but);
        let mut types = others
            .map(|column| sample::cell_type(&record.cell(column)))
            .filter(|cell_type| *cell_type != CellType::Blank)
            .peekable();
        types.peek().is_some() && types.all(|cell_type| cell_type == CellType::Number)
    }
}
