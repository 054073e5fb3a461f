//! Which rows are totals of others, by the names that they bear and by their sums.

use crate::table::sample::SampleRow;

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
        crate::table::numbers::read(cell).and_then(|reading| reading.point.or(reading.comma))
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

impl TotalName {
    pub fn is_whole(cell: &str) -> bool {
        Self::of_full_row(cell) == Some(Self::Whole)
    }

    /// `Total: Account`, `Gesamt: Konto`: says what it is the total of.
    pub fn is_labelled(cell: &str) -> bool {
        cell.split_once(':').is_some_and(|(name, _)| Self::is_whole(name.trim_end()))
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
        if TOTALS.contains(&bare) {
            return Some(Self::Whole);
        }
        let ends = |c: char| !c.is_alphanumeric();
        let part = TOTALS.iter().any(|total| {
            bare.strip_prefix(total).is_some_and(|rest| rest.starts_with(ends))
                || bare.strip_suffix(total).is_some_and(|rest| rest.ends_with(ends))
        });
        part.then_some(Self::Part)
    }
}
