//! Dates of milestones as their team wrote them: a date that the file has as a quarter, a month or a week is printed
//! like that, not as the day used in computations.

use chrono::{Datelike as _, Days, NaiveDate};

use super::{Basis, Context, flat};
use crate::analysis::{AskState, MilestoneState};
use crate::team::TableKind;
use crate::words::AS_WRITTEN;

impl Context<'_> {
    /// A date of a milestone for a placeholder of a phrase: `4 Dec`, `Q4`.
    pub(crate) fn due(&self, milestone: &MilestoneState, date: NaiveDate) -> String {
        self.written(milestone, date).map_or_else(|| self.day(date), |period| format!("{AS_WRITTEN}{period}"))
    }

    /// A date of a milestone in full, for a placeholder: `4 December`, `Q4`.
    pub(crate) fn due_long(&self, milestone: &MilestoneState, date: NaiveDate) -> String {
        self.written(milestone, date).map_or_else(|| self.day_long(date), |period| format!("{AS_WRITTEN}{period}"))
    }

    /// A date of a milestone for the cell of a table.
    pub(crate) fn due_cell(&self, milestone: &MilestoneState, date: NaiveDate) -> String {
        self.written(milestone, date).unwrap_or_else(|| self.day(date))
    }

    /// The expected date of a milestone in full: a due date as it was written, a computed one as a day.
    pub(crate) fn expected_long(&self, milestone: &MilestoneState, date: NaiveDate, basis: Basis) -> String {
        if basis == Basis::Promise { self.due_long(milestone, date) } else { self.day_long(date) }
    }

    /// The expected date of a milestone in short.
    pub(crate) fn expected_short(&self, milestone: &MilestoneState, date: NaiveDate, basis: Basis) -> String {
        if basis == Basis::Promise { self.due(milestone, date) } else { self.day(date) }
    }

    /// Returns the date of the newest task data, if the tasks' export is old.
    pub(crate) fn tasks_of(&self) -> Option<NaiveDate> {
        let of_tasks = self.analysis.stale.iter().filter(|stale| stale.table == TableKind::Tasks);
        of_tasks.map(|stale| stale.newest).max()
    }

    /// The agreed date of a milestone in full, for a placeholder; empty if there is none.
    pub(crate) fn agreed_long(&self, milestone: &MilestoneState) -> String {
        milestone.agreed.map(|date| self.due_long(milestone, date)).unwrap_or_default()
    }

    /// Returns how the milestone's row has `date`, if that is a period: without the as-of date's year, a month by its
    /// name.
    pub(crate) fn written(&self, milestone: &MilestoneState, date: NaiveDate) -> Option<String> {
        let (_, period) = milestone.periods.iter().find(|(on, _)| *on == date)?;
        Some(self.period_text(period, date))
    }

    fn period_text(&self, period: &str, date: NaiveDate) -> String {
        let period = flat(period);
        let this_year = self.analysis.as_of.year();
        match (is_month(&period, date), date.year() == this_year) {
            (true, true) => self.words.month(date).to_owned(),
            (true, false) => format!("{} {}", self.words.month(date), date.year()),
            (false, true) => without_year(&period, this_year),
            (false, false) => period,
        }
    }

    /// A date for a placeholder: as written if it is a period, else as `day` formats it.
    pub(crate) fn as_written(
        &self,
        date: NaiveDate,
        period: Option<&str>,
        day: fn(&Self, NaiveDate) -> String,
    ) -> String {
        match period {
            Some(period) => format!("{AS_WRITTEN}{}", self.period_text(period, date)),
            None => day(self, date),
        }
    }

    /// The date by which an ask is needed, for a placeholder; empty if there is none.
    pub(crate) fn needed_long(&self, ask: &AskState) -> String {
        let long = |date| self.as_written(date, ask.needed_period.as_deref(), Self::soon);
        ask.needed_by.map(long).unwrap_or_default()
    }
}

/// Whether a period that ends on `date` is just a month: `Dec 2026`, `12/2026`, `2026-12`.
fn is_month(period: &str, date: NaiveDate) -> bool {
    let ends_month = (date + Days::new(1)).day() == 1;
    let words: Vec<&str> = period.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()).collect();
    let numbers: Vec<&str> = period.split(|c: char| !c.is_ascii_digit()).filter(|digits| !digits.is_empty()).collect();
    let is_year = |digits: &&str| digits.parse() == Ok(date.year()) || digits.parse() == Ok(date.year() % 100);
    ends_month
        && match words[..] {
            [name] => name.chars().count() >= 3 && numbers.len() <= 1 && numbers.iter().all(is_year),
            [] => {
                numbers.len() == 2
                    && numbers.iter().any(is_year)
                    && numbers.iter().any(|n| n.parse() == Ok(date.month()))
            }
            _ => false,
        }
}

/// Removes the year from a period: `Q4` for `Q4 2026` and `2026-Q4`. A period that would be only a number is kept.
fn without_year(period: &str, year: i32) -> String {
    let year = year.to_string();
    let parted = |c: char| !c.is_alphanumeric();
    let rest = match (period.strip_suffix(&year), period.strip_prefix(&year)) {
        (Some(rest), _) if rest.ends_with(parted) => rest.trim_end_matches(parted),
        (_, Some(rest)) if rest.starts_with(parted) => rest.trim_start_matches(parted),
        _ => return period.to_owned(),
    };
    if rest.chars().any(char::is_alphabetic) { rest.to_owned() } else { period.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixtures::day;

    #[test]
    fn this_year_is_left_out_and_a_month_is_named() {
        let cases = [
            ("Q4 2026", "Q4"),
            ("2026-Q4", "Q4"),
            ("Q4", "Q4"),
            ("KW 50", "KW 50"),
            ("2026-W50", "W50"),
            ("Ende November", "Ende November"),
            ("fin novembre 2026", "fin novembre"),
            ("H2/2026", "H2"),
            ("2026", "2026"),
        ];
        for (written, printed) in cases {
            assert_eq!(without_year(written, 2026), printed);
        }
        let end = day("2026-12-31");
        for month in ["Dec 2026", "December", "12/2026", "2026-12", "Dez 26", "décembre"] {
            assert!(is_month(month, end), "{month}");
        }
        for other in ["Q4 2026", "end of December", "KW 53", "Quarter 4", "2026-Q4", "2026", "Ende Dezember"] {
            assert!(!is_month(other, end), "{other}");
        }
    }
}
