//! Finds the cells whose unit differs from that of their column.

use super::inspection::Inspection;
use super::values::numbers;

/// Most lines that are named; the others are counted.
const MAX_LISTED_LINES: usize = 12;

impl Inspection {
    /// Adds to the problem of each column with mixed units the lines of all cells that do not have its most frequent
    /// unit.
    pub(super) fn name_odd_units(&mut self) {
        let is_mixed = |at: &usize| self.columns[*at].doubt.as_ref().is_some_and(|doubt| doubt.code == "mixed-units");
        for at in (0..self.columns.len()).filter(is_mixed).collect::<Vec<_>>() {
            let mut cells: Vec<(u64, String)> = Vec::new();
            let read = self.rows(&mut |row| {
                if let Some(reading) = row.text(at).as_deref().and_then(numbers::read).filter(|it| !it.unit.is_empty())
                {
                    cells.push((row.line(), reading.unit.to_owned()));
                }
            });
            let count = |unit: &str| cells.iter().filter(|(_, other)| other == unit).count();
            let usual = cells.iter().map(|(_, unit)| unit).max_by_key(|unit| count(unit)).cloned();
            let odd: Vec<u64> =
                cells.iter().filter(|(_, unit)| Some(unit) != usual.as_ref()).map(|(line, _)| *line).collect();
            if let (Ok(()), Some(doubt)) = (read, &mut self.columns[at].doubt) {
                let listed: Vec<String> = odd.iter().take(MAX_LISTED_LINES).map(u64::to_string).collect();
                let more = odd.len().saturating_sub(MAX_LISTED_LINES);
                let more = if more > 0 { format!(" and {more} more") } else { String::new() };
                let lines = if odd.len() == 1 { "line" } else { "lines" };
                doubt.message += &format!("; {} in {lines} {}{more}", odd.len(), listed.join(", "));
            }
        }
    }
}
