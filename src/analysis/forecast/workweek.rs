//! The distribution of a team's work over the week, and its days off. [`super::rate`] measures rates per week of work
//! with it, and [`super::trials`] spreads the work of a week over its days, so that holidays and short weeks need no
//! special rule.

use chrono::{Datelike, Days, NaiveDate};

use crate::analysis::calendar::Span;

/// Days over which the weekdays of finished tasks are counted.
const LEARNED_DAYS: u64 = 364;
/// Weight of the prior, a week of five equal days, in tasks.
const PRIOR_TASKS: f64 = 20.0;

/// The share of a full week's work that is done on each day.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct WorkWeek {
    /// Monday first; they add up to 1.
    shares: [f64; 7],
    off: Vec<Span>,
}

impl WorkWeek {
    /// Learns the shares from the days on which tasks were finished in the year up to `through`; `off` are days without
    /// work.
    ///
    /// Worked example: 30 tasks, all finished on Fridays, with 20 tasks of the prior: Friday has (30 + 4) ÷ 50 = 68 %
    /// of a week, Monday 4 ÷ 50 = 8 %, Sunday nothing.
    pub fn learned(finished: impl IntoIterator<Item = NaiveDate>, off: Vec<Span>, through: NaiveDate) -> Self {
        let mut tasks = [PRIOR_TASKS / 5.0; 7];
        (tasks[5], tasks[6]) = (0.0, 0.0);
        let since = through - Days::new(LEARNED_DAYS);
        for day in finished.into_iter().filter(|day| since < *day && *day <= through) {
            tasks[day.weekday().num_days_from_monday() as usize] += 1.0;
        }
        let all: f64 = tasks.iter().sum();
        Self { shares: tasks.map(|tasks| tasks / all), off }
    }

    /// Returns the share of a week's work that is done on one day; 0 on a day off.
    pub fn of(&self, day: NaiveDate) -> f64 {
        let is_off = self.off.iter().any(|span| span.contains(day));
        if is_off { 0.0 } else { self.shares[day.weekday().num_days_from_monday() as usize] }
    }

    /// Returns the weeks of work in the days after `after` up to `through`.
    pub fn between(&self, after: NaiveDate, through: NaiveDate) -> f64 {
        after.iter_days().skip(1).take_while(|day| *day <= through).map(|day| self.of(day)).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixtures::day;

    #[test]
    fn weekdays_are_learned_and_days_off_bring_nothing() {
        // 20 November 2026 is a Friday.
        let fridays = vec![day("2026-11-20"); 30];
        let off = Span { start: day("2026-12-24"), end: day("2027-01-01") };
        let week = WorkWeek::learned(fridays, vec![off], day("2026-11-22"));
        assert!((week.of(day("2026-11-27")) - 0.68).abs() < 1e-12);
        assert!((week.of(day("2026-11-23")) - 0.08).abs() < 1e-12);
        assert_eq!(week.of(day("2026-11-29")), 0.0);
        assert!((week.between(day("2026-11-22"), day("2026-11-29")) - 1.0).abs() < 1e-12);
        // Monday to Wednesday before Christmas; then nothing until the Monday after New Year.
        assert!((week.between(day("2026-12-20"), day("2027-01-03")) - 0.24).abs() < 1e-12);
    }

    #[test]
    fn without_a_past_a_week_has_five_equal_days() {
        let week = WorkWeek::learned([], Vec::new(), day("2026-11-22"));
        assert!((week.of(day("2026-11-23")) - 0.2).abs() < 1e-12);
        assert_eq!(week.of(day("2026-11-21")), 0.0);
    }
}
