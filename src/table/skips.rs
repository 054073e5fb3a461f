//! Problems for the rows that were skipped because of their shape. `render`, `check` and `inspect` report them alike.

use super::inspection::{Inspection, Skipped};
use crate::problem::{Place, Problem, Problems};

/// Fewest rows for which skipped rows can be an error: below a shorter table there may be more notes than rows.
const MIN_ROWS: u64 = 10;

impl Inspection {
    /// Returns a warning for each reason to skip rows, at the first such row. It is an error if more rows are skipped
    /// than read.
    pub fn skips(&self, may_quote: bool) -> Problems {
        let mut reasons: Vec<(&str, u64, &Skipped)> = Vec::new();
        for skipped in &self.skipped {
            // The line number of another table's header does not make a different reason.
            let reason = skipped.reason.split(", which starts in line").next().unwrap_or_default();
            let reason = reason.split(", whose header is line").next().unwrap_or_default();
            match reasons.iter_mut().find(|(other, ..)| *other == reason) {
                Some((_, count, _)) => *count += 1,
                None => reasons.push((reason, 1, skipped)),
            }
        }
        let mut problems = Problems::default();
        for (reason, count, skipped) in reasons {
            let rows = if count == 1 { "1 row is".to_owned() } else { format!("{count} rows are") };
            let text = skipped.text.split(['\n', '\r']).next().filter(|_| may_quote).unwrap_or_default();
            let first = match (count, text) {
                (1, "") => String::new(),
                (1, text) => format!(": `{text}`"),
                (_, "") => "; this is the first".to_owned(),
                (_, text) => format!("; the first is `{text}`"),
            };
            let message = format!("{rows} not read ({reason}){first}");
            let help = "if every row below the header is one of the table, say `all_rows = true` in this [[source]]";
            problems
                .push(Problem::warning("rows-skipped", message).at(Place::at(&self.file, skipped.line, 1)).help(help));
        }
        // Headers and totals are recognised by their own words.
        let read = self.records - self.skipped_rows.min(self.records);
        let doubtful = self.skipped.iter().filter(|skipped| skipped.is_doubtful).count() as u64;
        if doubtful > read && doubtful + read >= MIN_ROWS {
            let message = format!(
                "{read} of {} rows would be read; most of the file is taken for something else",
                doubtful + read
            );
            let help = "say `header_line = N` or `all_rows = true` in this [[source]], or export this table alone";
            problems.push(Problem::error("most-skipped", message).at(Place::file(&self.file)).help(help));
        }
        problems
    }
}
