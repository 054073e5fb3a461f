//! The columns of a table that hold nothing but numbers, or nothing but dates: a row of words above or among them is a
//! header.

use crate::table::layout::naming;
use crate::table::layout::sample::{CellType, SampleRow, cell_type};
use crate::table::text::records::Record;

/// The columns in which every row of the sample has a number, or every row a date.
#[derive(Debug, Clone, Default)]
pub(crate) struct TypedColumns {
    columns: Vec<(usize, CellType)>,
    /// The first, where there are enough of them to know a header by.
    sign: Option<usize>,
}

impl TypedColumns {
    /// Of rows of data. Those without a number or a date among them may be headers.
    pub(crate) fn of(rows: &[&SampleRow]) -> Self {
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
        let columns = naming::typed_columns(&data).into_iter().enumerate();
        Self::among(
            columns.filter_map(|(column, kind)| Some((column, kind?))).filter(|(c, k)| looks_so(*c, *k)).collect(),
        )
    }

    fn among(columns: Vec<(usize, CellType)>) -> Self {
        let sign = columns.first().filter(|_| columns.len() > 1).map(|(column, _)| *column);
        Self { columns, sign }
    }

    /// Whether the cells are names above these columns: words in two of them or more, and no value in any.
    pub(crate) fn are_headed_by(&self, types: &[CellType]) -> bool {
        let own = || self.columns.iter().map(|(column, _)| types.get(*column).copied().unwrap_or(CellType::Blank));
        own().filter(|cell_type| *cell_type == CellType::Text).count() > 1
            && own().chain(types.iter().copied()).all(|cell_type| matches!(cell_type, CellType::Text | CellType::Blank))
    }

    /// Whether a row may be such: told at one look of most.
    #[inline]
    pub(crate) fn may_be_headed_by(&self, record: &Record<'_>) -> bool {
        let Some(sign) = self.sign else { return false };
        match record.tidy(sign).map(str::as_bytes) {
            Some([b'0'..=b'9' | b'-' | b'+' | b'.' | b'$' | b'(', ..]) => false,
            Some(_) => true,
            None => !record.is_blank(sign),
        }
    }

    /// Whether a row has the numbers and dates of this table.
    pub(crate) fn fit(&self, record: &Record<'_>) -> bool {
        let mut own = self.columns.iter().map(|(column, kind)| (cell_type(&record.cell(*column)), *kind)).peekable();
        own.peek().is_some() && own.all(|(cell_type, kind)| cell_type == kind || cell_type == CellType::Blank)
    }
}
