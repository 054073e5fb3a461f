//! Dates that the cells tell where no header does: the due date of a list, and which of two due dates was agreed.

use super::Assigning;
use crate::lexicon;
use crate::preset::normal;
use crate::table::{Column, Kind};
use crate::team::TableKind;

/// Rows whose dates are compared.
const COMPARED_ROWS: usize = 300;

impl Assigning<'_> {
    /// Of two due dates that rows have side by side, the one that is never the later was agreed.
    pub(super) fn agreed_by_cells(&mut self) {
        if self.table != TableKind::Milestones || self.has("agreed_due") {
            return;
        }
        let is_due = |column: &&Column| {
            let field = self.fields.get(column.position).copied().flatten();
            column.kind == Kind::Date && field.is_some_and(|(_, field)| field.name == "due")
        };
        let columns: Vec<usize> = self.inspection.columns.iter().filter(is_due).map(|column| column.position).collect();
        let &[one, other] = columns.as_slice() else { return };
        let (mut earlier, mut later) = (0_usize, 0_usize);
        let read = self.inspection.first_rows(COMPARED_ROWS, false, &mut |row| {
            if let (Ok(Some(one)), Ok(Some(other))) = (row.date(one), row.date(other)) {
                earlier += usize::from(one < other);
                later += usize::from(one > other);
            }
        });
        let agreed = match (earlier, later) {
            (1.., 0) => one,
            (0, 1..) => other,
            _ => return,
        };
        if read.is_ok() {
            self.set(Some(agreed), "agreed_due");
        }
    }

    /// The only days of rows that are mostly open are not those on which they were done: below "Klart" or "Finish"
    /// stands what is planned.
    pub(super) fn done_by_cells(&mut self) {
        let at = |name: &str| self.fields.iter().position(|field| field.is_some_and(|(_, field)| field.name == name));
        let (Some(done_on), Some(status)) = (at("done_on"), at("status")) else { return };
        if self.has("due") || self.has("agreed_due") {
            return;
        }
        let (mut closed, mut open) = (0_usize, 0_usize);
        let read = self.inspection.first_rows(COMPARED_ROWS, false, &mut |row| {
            let (true, Some(word)) = (row.is_date(done_on), row.text(status)) else { return };
            match self.layout.word("status", &word) {
                Some("done" | "dropped") => closed += 1,
                Some(_) => open += 1,
                None => {}
            }
        });
        if read.is_ok() && open > closed {
            self.set(Some(done_on), "due");
        }
    }

    /// A list of milestones contains at least one date, which is the due date. So is the only date in a list of tasks,
    /// under a plain header, if some of its days are still to come.
    pub(super) fn date_by_kind(&mut self) {
        if ["due", "agreed_due", "done_on"].iter().any(|name| self.has(name)) {
            return;
        }
        if self.table == TableKind::Tasks {
            let dates: Vec<&Column> = self.free().filter(|column| column.kind == Kind::Date).collect();
            let [only] = dates.as_slice() else { return };
            let (at, header) = (only.position, normal(&only.name));
            let is_plain = lexicon::languages().iter().any(|language| {
                let metrics = language.tables.get("metrics").and_then(|words| words.columns.get("date"));
                metrics.is_some_and(|words| words.iter().any(|word| normal(word) == header))
            });
            let (Some(near), true) = (self.inspection.near(), is_plain && self.has("status")) else { return };
            let mut is_to_come = false;
            let read = self.inspection.first_rows(COMPARED_ROWS, false, &mut |row| {
                is_to_come |= row.date(at).is_ok_and(|date| date > Some(near));
            });
            self.set(Some(at).filter(|_| is_to_come && read.is_ok()), "due");
            return;
        }
        if self.table != TableKind::Milestones {
            return;
        }
        let as_of = self.fields.iter().position(|field| field.is_some_and(|(_, field)| field.name == "as_of"));
        let is_plain = |at: &usize| {
            let header = self.inspection.columns.get(*at).map(|column| normal(&column.name));
            header.is_some_and(|header| self.preset.ambiguous.contains(&header))
        };
        let is_own = |column: &&Column| column.kind == Kind::Date && !is_of_another(&column.name);
        let mut dates = self.free().filter(is_own).map(|column| column.position);
        let only = dates.next().filter(|_| dates.next().is_none());
        drop(dates);
        self.set(only.or(as_of.filter(is_plain)), "due");
    }
}

/// Returns whether a header names a day of something other than its row: the next meeting, the last review.
fn is_of_another(header: &str) -> bool {
    const OTHERS: [&str; 22] = [
        "next",
        "last",
        "review",
        "meeting",
        "nächster",
        "nächste",
        "nächstes",
        "letzte",
        "letzter",
        "prochain",
        "prochaine",
        "dernier",
        "dernière",
        "próximo",
        "próxima",
        "último",
        "última",
        "prossimo",
        "prossima",
        "volgende",
        "nästa",
        "næste",
    ];
    lexicon::words(header).iter().any(|word| OTHERS.contains(&word.as_str()))
}
