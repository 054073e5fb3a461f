//! Rows of names where the table has numbers or dates: its header in other words, or that of another table right below,
//! however far down the file.

use super::{Reason, Structure};
use crate::table::layout::header;
use crate::table::layout::sample::{CellType, SampleRow, cell_type};
use crate::table::text::records::Record;

/// The columns in which every row of the sample has a number, or every row a date.
#[derive(Debug, Clone, Default)]
pub struct TypedColumns {
    columns: Vec<(usize, CellType)>,
    /// The first, where there are enough of them to know a header by.
    sign: Option<usize>,
}

impl TypedColumns {
    /// Of rows of data. Those without a number or a date among them may be headers.
    pub fn of(rows: &[&SampleRow]) -> Self {
        let has_value = |row: &&SampleRow| {
            row.types().iter().any(|cell_type| matches!(cell_type, CellType::Number | CellType::Date))
        };
        let data: Vec<&SampleRow> = rows.iter().copied().filter(has_value).collect();
        if data.len() * 2 < rows.len() {
            return Self::default();
        }
        let looks_so = |column: usize, kind: CellType| {
            data.iter().all(|row| [CellType::Blank, kind].contains(&row.cell_type(column)))
        };
        let columns = header::typed_columns(&data).into_iter().enumerate();
        Self::among(
            columns.filter_map(|(column, kind)| Some((column, kind?))).filter(|(c, k)| looks_so(*c, *k)).collect(),
        )
    }

    fn among(columns: Vec<(usize, CellType)>) -> Self {
        let sign = columns.first().filter(|_| columns.len() > 1).map(|(column, _)| *column);
        Self { columns, sign }
    }

    /// Whether the cells are names above these columns: words in two of them or more, and no value in any.
    fn are_headed_by(&self, types: &[CellType]) -> bool {
        let own = || self.columns.iter().map(|(column, _)| types.get(*column).copied().unwrap_or(CellType::Blank));
        own().filter(|cell_type| *cell_type == CellType::Text).count() > 1
            && own().chain(types.iter().copied()).all(|cell_type| matches!(cell_type, CellType::Text | CellType::Blank))
    }

    /// Whether a row may be such: told at one look of most.
    #[inline]
    fn may_be_headed_by(&self, record: &Record<'_>) -> bool {
        let Some(sign) = self.sign else { return false };
        match record.tidy(sign).map(str::as_bytes) {
            Some([b'0'..=b'9' | b'-' | b'+' | b'.' | b'$' | b'(', ..]) => false,
            Some(_) => true,
            None => !record.is_blank(sign),
        }
    }

    /// Whether a row has the numbers and dates of this table.
    fn fit(&self, record: &Record<'_>) -> bool {
        let mut own = self.columns.iter().map(|(column, kind)| (cell_type(&record.cell(*column)), *kind)).peekable();
        own.peek().is_some() && own.all(|(cell_type, kind)| cell_type == kind || cell_type == CellType::Blank)
    }
}

impl Structure {
    /// What a row of names is, if it is one.
    #[inline]
    pub(super) fn header_below(&self, record: &Record<'_>) -> Option<Reason> {
        if self.typed_columns.may_be_headed_by(record) { self.names_below(record) } else { None }
    }

    fn names_below(&self, record: &Record<'_>) -> Option<Reason> {
        let cells: Vec<String> = record.cells().map(|cell| cell.into_owned()).collect();
        let types: Vec<CellType> = cells.iter().map(|cell| cell_type(cell)).collect();
        let filled: Vec<&String> = cells.iter().filter(|cell| !cell.is_empty()).collect();
        let is_distinct = filled.iter().collect::<std::collections::BTreeSet<_>>().len() == filled.len();
        if !is_distinct || !self.typed_columns.are_headed_by(&types) {
            return None;
        }
        let names = self.header.as_deref().unwrap_or_default();
        let own = |column: usize| names.get(column).map_or("", String::as_str);
        let pairs = || cells.iter().enumerate().map(|(column, cell)| (cell.as_str(), own(column)));
        let has_own_name = pairs().any(|(cell, name)| !cell.is_empty() && bare(cell) == bare(name));
        Some(match has_own_name {
            true if pairs().all(|(cell, name)| cell.is_empty() || share_a_word(cell, name)) => Reason::RepeatedHeader,
            true => Reason::OtherTable(record.line),
            false => Reason::Words(record.line),
        })
    }

    /// Whether a row right below one of names goes on with another table than this one.
    pub(super) fn goes_on_otherwise(&self, record: &Record<'_>) -> bool {
        !self.typed_columns.fit(record)
    }
}

/// Letters and digits alone, in lower case.
fn bare(name: &str) -> String {
    name.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect()
}

fn share_a_word(one: &str, other: &str) -> bool {
    let words = |name: &str| -> Vec<String> { name.split(|c: char| !c.is_alphanumeric()).map(bare).collect() };
    let others = words(other);
    bare(one) == bare(other) || words(one).iter().any(|word| !word.is_empty() && others.contains(word))
}
