//! One column of an inspected file.

use chrono::NaiveDate;

use super::options::DateOrder;
use super::values::kinds::{CellFormat, Kind};
use crate::problem::Problem;

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
    /// The first day of the period that the header names (`2026-11`, `Q4 2026`, `2026`), where periods stand as columns.
    pub period: Option<NaiveDate>,
    /// Every cell says yes or no: boxes to tick.
    pub is_answered: bool,
    /// Why the cells cannot be read with certainty, with the config line that settles it. It stops a run only if the
    /// column is used, so it is not among the inspection's problems.
    pub doubt: Option<Problem>,
    pub(super) reading: CellFormat,
}

impl Column {
    /// Whether its dates have the month first, as Americans write them.
    pub fn is_month_first(&self) -> bool {
        matches!(self.reading, CellFormat::Date { order: Some(DateOrder::Mdy), .. })
    }

    /// The unit that its numbers carry; empty without one.
    pub fn unit(&self) -> &str {
        match &self.reading {
            CellFormat::Number { unit, .. } => unit,
            _ => "",
        }
    }

    /// Whether its numbers are in units that do not go together, so that each metric of the column must have one of its own.
    pub fn has_mixed_units(&self) -> bool {
        self.doubt.as_ref().is_some_and(|doubt| doubt.code == "mixed-units")
            || matches!(&self.reading, CellFormat::Number { unit, scaled: true, .. } if !unit.is_empty())
    }

    /// Whether its numbers carry percent signs.
    pub fn is_in_percent(&self) -> bool {
        matches!(&self.reading, CellFormat::Number { unit, .. } if unit == "%")
    }
}
