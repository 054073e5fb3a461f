//! One column of an inspected file.

use chrono::NaiveDate;

use super::options::DateOrder;
use super::values::kinds::{CellFormat, Kind};
use crate::problem::Problem;

/// A column as it was inferred.
#[derive(Debug, Clone)]
pub struct Column {
    /// Header name, trimmed; `column 3` if there is none.
    pub name: String,
    /// Position, counted from 0.
    pub position: usize,
    pub kind: Kind,
    /// Description of the format for people: `06/Jan/26 9:29 AM`, `1.234,5`, `45 %`.
    pub format: String,
    /// First day of the period in the header (`2026-11`, `Q4 2026`, `2026`), in tables with one column for each period.
    pub period: Option<NaiveDate>,
    /// Whether every cell is a yes or a no, as in columns of checkboxes.
    pub is_answered: bool,
    /// Whether cells are days of months without a year (`Nov 20`), so that an ambiguous cell among them is read as one.
    pub(super) has_days_of_month: bool,
    /// Whether it has weeks such as `S47`, so that `S1` is one too.
    pub(super) has_weeks_by_letter: bool,
    /// Reason why the cells cannot be read with certainty, with the config line that decides. It is not among the
    /// problems of the inspection, since it stops a run only if the column is used.
    pub doubt: Option<Problem>,
    pub(super) reading: CellFormat,
}

impl Column {
    /// Returns whether the dates have the month first, as in American usage.
    pub fn is_month_first(&self) -> bool {
        matches!(self.reading, CellFormat::Date { order: Some(DateOrder::Mdy), .. })
    }

    /// Returns the unit of the numbers, which is empty if they have none.
    pub fn unit(&self) -> &str {
        match &self.reading {
            CellFormat::Number { unit, .. } => unit,
            _ => "",
        }
    }

    /// Returns whether the numbers have units that cannot be combined, so that each metric of the column needs its own
    /// unit.
    pub fn has_mixed_units(&self) -> bool {
        self.doubt.as_ref().is_some_and(|doubt| doubt.code == "mixed-units")
            || matches!(&self.reading, CellFormat::Number { unit, scaled: true, .. } if !unit.is_empty())
    }

    /// Returns whether the numbers have percent signs.
    pub fn is_in_percent(&self) -> bool {
        matches!(&self.reading, CellFormat::Number { unit, .. } if unit == "%")
    }
}
