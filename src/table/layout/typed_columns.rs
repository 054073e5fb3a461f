//! The columns of a table that contain only numbers or only dates: a row of words in them is a header.

use crate::table::layout::naming;
use crate::table::layout::sample::{CellType, SampleRow, cell_type};
use crate::table::text::records::Record;

/// The columns in which every row of the sample has a number, or every row a date.
#[derive(Debug, Clone, Default)]
pub(crate) struct TypedColumns {
    columns: Vec<(usize, CellType)>,
    /// The first of these columns, if there are enough of them to recognise a header.
    sign: Option<usize>,
}

impl TypedColumns {
    /// Derives the columns from rows of data. Rows without a number or a date are ignored, since they may be headers.
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

    /// Returns whether the cells are names above these columns: at least two of them have words, and none a value.
    pub(crate) fn are_headed_by(&self, types: &[CellType]) -> bool {
        let own = || self.columns.iter().map(|(column, _)| types.get(*column).copied().unwrap_or(CellType::Blank));
        own().filter(|cell_type| *cell_type == CellType::Text).count() > 1
            && own().chain(types.iter().copied()).all(|cell_type| matches!(cell_type, CellType::Text | CellType::Blank))
    }

    /// Returns whether a row may be a header of these columns. A quick check rejects most rows.
    #[inline]
    pub(crate) fn may_be_headed_by(&self, record: &Record<'_>) -> bool {
        let Some(sign) = self.sign else { return false };
        match record.tidy(sign).map(str::as_bytes) {
            Some([b'0'..=b'9' | b'-' | b'+' | b'.' | b'$' | b'(', ..]) => false,
            Some(_) => true,
            None => !record.is_blank(sign),
        }
    }

    /// Returns whether a row has the numbers and dates of this table.
    pub(crate) fn fit(&self, record: &Record<'_>) -> bool {
        let mut own = self.columns.iter().map(|(column, kind)| (cell_type(&record.cell(*column)), *kind)).peekable();
        own.peek().is_some() && own.all(|(cell_type, kind)| cell_type == kind || cell_type == CellType::Blank)
    }
}
