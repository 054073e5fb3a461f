//! Decides which rows are totals, by their names and by their sums.

use std::borrow::Cow;

use crate::table::layout::sample::{CellType, SampleRow};
use crate::table::values::leading::longest_by_first;

/// Returns whether rows that fill every cell and are named "total" are the sum of the rows before them. A single one is
/// taken as a total; of several, the first one must add up, since "Total" may be a category like any other: sex =
/// Total.
pub(crate) fn add_up(body: &[&SampleRow]) -> bool {
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
pub(crate) enum TotalName {
    /// The cell consists of the word "total".
    Whole,
    /// The cell names what is added up: `Total North`, `North subtotal`.
    Part,
}

/// Words for total, subtotal and average in the languages of exports.
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

const MAX_LENGTH_BY_FIRST: [usize; 256] = longest_by_first(TOTALS, [0; 256]);

impl TotalName {
    pub(crate) fn is_whole(cell: &str) -> bool {
        if !cell.is_ascii() {
            return Self::of_full_row(cell) == Some(Self::Whole);
        }
        let Some(start) = cell.bytes().position(|b| b.is_ascii_alphanumeric()) else { return false };
        let end = cell.bytes().rposition(|b| b.is_ascii_alphanumeric()).map_or(start, |last| last + 1);
        let bare = &cell[start..end];
        bare.len() <= MAX_LENGTH_BY_FIRST[usize::from(bare.as_bytes()[0])]
            && TOTALS.iter().any(|total| total.eq_ignore_ascii_case(bare))
    }

    /// Returns whether a cell names what it is the total of: `Total: Account`, `Gesamt: Konto`.
    pub(crate) fn is_labelled(cell: &str) -> bool {
        memchr::memchr(b':', cell.as_bytes()).is_some_and(|at| Self::is_whole(cell[..at].trim_end()))
    }

    /// Returns whether a cell names a subtotal: no task is called so.
    pub(crate) fn is_subtotal(cell: &str) -> bool {
        const SUBTOTALS: [&str; 11] = [
            "subtotal",
            "sub-total",
            "sub total",
            "zwischensumme",
            "sous-total",
            "subtotale",
            "subtotaal",
            "промежуточный итог",
            "delsumma",
            "小计",
            "小計",
        ];
        let lower = cell.to_lowercase();
        SUBTOTALS.iter().any(|word| lower.starts_with(word))
    }

    /// Returns whether a cell is the word "total" with a number or without one: `Total: 4`, `Sum = 12`.
    pub(crate) fn is_counted(cell: &str) -> bool {
        Self::is_whole(cell.trim_end_matches(|c: char| c.is_ascii_digit() || " .,:=%()".contains(c)))
    }

    /// Returns the name of a total in a row without blanks. A cell with a digit is rejected at once, which most first
    /// cells have.
    pub(crate) fn of_full_row(cell: &str) -> Option<Self> {
        if cell.len() <= 40 && !cell.bytes().any(|b| b.is_ascii_digit()) { Self::of(cell) } else { None }
    }

    pub(crate) fn of(cell: &str) -> Option<Self> {
        if cell.is_empty() || cell.len() > 80 {
            return None;
        }
        let lower = cell.to_lowercase();
        let bare = lower.trim_matches(|c: char| !c.is_alphanumeric());
        let ends = |c: char| !c.is_alphanumeric();
        let (first, last) = (bare.as_bytes().first(), bare.as_bytes().last());
        let mut part = false;
        // The first and the last letter reject most names.
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

/// Returns whether a cell is the word for a total, in any language.
pub fn is_total_name(cell: &str) -> bool {
    TotalName::is_whole(cell)
}

/// Returns whether the name of a row is that of a total.
pub(crate) fn is_total(row: &SampleRow) -> bool {
    let names_itself = |(cell, cell_type): (&Cow<'_, str>, &CellType)| {
        !matches!(cell_type, CellType::Number | CellType::Date)
            && (TotalName::is_whole(cell) || TotalName::is_labelled(cell))
    };
    row.cells.iter().zip(row.types()).any(names_itself) || is_total_of_a_part(row)
}

/// Returns whether a row is the total of a part of the rows, with blanks where these have names: `Total North,,12,30`.
fn is_total_of_a_part(row: &SampleRow) -> bool {
    let mut filled = row.types().iter().enumerate().filter(|(_, cell_type)| **cell_type != CellType::Blank);
    let is_named = |column: usize| row.cells.get(column).is_some_and(|cell| TotalName::of_full_row(cell).is_some());
    filled.next().is_some_and(|(column, _)| is_named(column))
        && row.cell_type(1) == CellType::Blank
        && filled.all(|(_, cell_type)| *cell_type == CellType::Number)
}
