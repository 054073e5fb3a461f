//! Fields that say yes or no. The readers of tables read them through [`Record`].

use super::Record;
use crate::problem::Problem;
use crate::table::answer;
use crate::tables::Cells as _;

impl Record<'_, '_> {
    /// Returns whether the row has no other field than this.
    pub(crate) fn says_only(&self, field: &str) -> bool {
        let mut filled = self.row.filled();
        filled.next().is_some_and(|column| self.mapping.columns(field).contains(&column)) && filled.next().is_none()
    }

    /// Returns whether any column says that the row is confidential: a single yes decides.
    pub(super) fn is_marked(&mut self) -> bool {
        if self.table.field("confidential").is_none() {
            return false;
        }
        let cells = self.cells("confidential");
        if cells.iter().any(|cell| answer(cell) == Some(true)) {
            return true;
        }
        if cells.iter().all(|cell| answer(cell) == Some(false)) {
            return false;
        }
        let problem = Problem::warning("unknown-word", "`confidential` is neither yes nor no; it counts as yes");
        self.problems.push(problem.at(self.place("confidential")));
        true
    }

    /// Returns whether the field says yes. A word that is neither yes nor no counts as yes: if in doubt, a row is
    /// confidential.
    pub(crate) fn flag(&mut self, field: &str) -> bool {
        let Some(text) = self.text(field) else { return false };
        answer(&text).unwrap_or_else(|| {
            let problem =
                Problem::warning("unknown-word", format!("`{field}` is neither yes nor no; it counts as yes"));
            self.problems.push(problem.at(self.place(field)));
            true
        })
    }
}
