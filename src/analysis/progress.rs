//! How far the work is against how far it was planned to be.
//!
//! Source: Lipke & Henderson, "Earned Schedule: an emerging enhancement to earned value management" (2006).

use chrono::{Days, NaiveDate};

use super::work::{MilestoneWork, Sizes, Work};
use crate::team::{Task, TaskStatus};

/// Share done of a milestone: with tasks, done ÷ (all − dropped); else its progress column; done is 1.
/// None: nothing is known, or it was dropped.
pub(super) fn of_milestone(milestone: &MilestoneWork, sizes: &Sizes) -> Option<f64> {
    if milestone.is_dropped() {
        return None;
    }
    if milestone.is_done() {
        return Some(1.0);
    }
    share_done(milestone.scope(), sizes).or(milestone.milestone.progress)
}

/// Share done of an objective. Where all its milestones have tasks, done ÷ scope of its burn-up, so that figure and
/// chart agree; else Σ weight × progress ÷ Σ weight. A milestone of which nothing is known adds nothing done.
pub(super) fn of_objective(work: &Work, sizes: &Sizes) -> Option<f64> {
    if work.is_in_tasks() {
        return share_done(work.scope(), sizes);
    }
    let parts: Vec<(f64, Option<f64>)> = (work.counted())
        .map(|milestone| (milestone.milestone.weight.unwrap_or(1.0), of_milestone(milestone, sizes)))
        .collect();
    let weight: f64 = parts.iter().map(|(weight, _)| weight).sum();
    let known = parts.iter().any(|(_, progress)| progress.is_some());
    (known && weight > 0.0)
        .then(|| parts.iter().map(|(weight, progress)| weight * progress.unwrap_or(0.0)).sum::<f64>() / weight)
}

/// None of no work.
fn share_done<'a>(scope: impl Iterator<Item = &'a Task>, sizes: &Sizes) -> Option<f64> {
    let (mut done, mut all) = (0.0, 0.0);
    for task in scope {
        all += sizes.of(task);
        if task.status == TaskStatus::Done {
            done += sizes.of(task);
        }
    }
    (all > 0.0).then(|| done / all)
}

/// planned(t): what should be done by when. Each milestone's weight accrues linearly from the agreed date of the one
/// before it (or the quarter's start) to its own; milestones agreed for the same day accrue together.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct PlannedWork {
    /// Date and work that should be done by then, oldest first, beginning with the quarter's start.
    pub points: Vec<(NaiveDate, f64)>,
}

impl PlannedWork {
    pub fn new(start: NaiveDate, mut steps: Vec<(NaiveDate, f64)>) -> Self {
        steps.sort_by_key(|(date, _)| *date);
        let mut points = vec![(start, 0.0)];
        let mut sum = 0.0;
        for (date, weight) in steps {
            sum += weight;
            // What was due before the quarter began should have been done when it began.
            let date = date.max(start);
            match points.last_mut() {
                Some((last, done)) if *last == date => *done = sum,
                _ => points.push((date, sum)),
            }
        }
        Self { points }
    }

    pub fn total(&self) -> f64 {
        self.points.last().map_or(0.0, |(_, sum)| *sum)
    }

    /// Share planned by the close of `date`; None of no plan.
    pub fn share(&self, date: NaiveDate) -> Option<f64> {
        (self.total() > 0.0).then(|| self.done_by(date) / self.total())
    }

    fn done_by(&self, date: NaiveDate) -> f64 {
        let after = self.points.partition_point(|(point, _)| *point <= date);
        match (after.checked_sub(1).and_then(|before| self.points.get(before)), self.points.get(after)) {
            (Some((from, a)), Some((to, b))) => a + (b - a) * days(*from, date) / days(*from, *to),
            (Some((_, last)), None) => *last,
            (None, _) => 0.0,
        }
    }

    /// Earned schedule: days from the quarter's start at which `share` should have been done (Lipke).
    pub fn earned_schedule(&self, share: f64) -> Option<f64> {
        let (start, _) = *self.points.first()?;
        let target = share.clamp(0.0, 1.0) * self.total();
        if self.total() <= 0.0 {
            return None;
        }
        let reached = self.points.iter().position(|(_, sum)| *sum >= target)?;
        let (to, b) = self.points[reached];
        let Some((from, a)) = reached.checked_sub(1).map(|before| self.points[before]) else { return Some(0.0) };
        Some(days(start, from) + days(from, to) * (target - a) / (b - a))
    }

    /// SPI(t) = earned schedule ÷ time elapsed, at `date` (Lipke). None in the first two weeks.
    pub fn spi(&self, share: f64, date: NaiveDate) -> Option<f64> {
        let (start, _) = *self.points.first()?;
        let elapsed = days(start, date);
        if elapsed < 14.0 {
            return None;
        }
        Some(self.earned_schedule(share)? / elapsed)
    }
}

/// Share that should be done of one milestone at `date`: linear from `from` to its agreed date.
pub(super) fn planned_share(from: NaiveDate, agreed: NaiveDate, date: NaiveDate) -> f64 {
    if date >= agreed { 1.0 } else { (days(from, date) / days(from, agreed)).clamp(0.0, 1.0) }
}

/// The day at which a schedule of `agreed` ends if it goes on at `spi` (Lipke: planned duration ÷ SPI(t)).
/// None where that is further away than anybody plans.
pub(super) fn projected(start: NaiveDate, agreed: NaiveDate, spi: f64) -> Option<NaiveDate> {
    let duration = days(start, agreed).max(0.0) / spi;
    (duration <= 36_525.0).then(|| start + Days::new(duration.round() as u64))
}

fn days(from: NaiveDate, to: NaiveDate) -> f64 {
    (to - from).num_days() as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixtures::day;

    /// 1 October to 31 December; 10 units by 31 October (30 days), 10 more by 30 November (30 days).
    fn plan() -> PlannedWork {
        PlannedWork::new(day("2026-10-01"), vec![(day("2026-11-30"), 10.0), (day("2026-10-31"), 10.0)])
    }

    #[test]
    fn weights_accrue_from_one_agreed_date_to_the_next() {
        assert_eq!(plan().share(day("2026-10-01")), Some(0.0));
        assert_eq!(plan().share(day("2026-10-16")), Some(0.25));
        assert_eq!(plan().share(day("2026-10-31")), Some(0.5));
        assert_eq!(plan().share(day("2026-11-15")), Some(0.75));
        assert_eq!(plan().share(day("2026-12-31")), Some(1.0));
    }

    #[test]
    fn what_was_due_before_the_quarter_is_planned_at_its_start() {
        let plan = PlannedWork::new(day("2026-10-01"), vec![(day("2026-09-15"), 1.0), (day("2026-10-11"), 1.0)]);
        assert_eq!(plan.share(day("2026-10-01")), Some(0.5));
        assert_eq!(plan.share(day("2026-10-06")), Some(0.75));
        assert_eq!(plan.earned_schedule(0.25), Some(0.0));
    }

    #[test]
    fn milestones_of_one_day_accrue_together() {
        let plan = PlannedWork::new(day("2026-10-01"), vec![(day("2026-10-11"), 1.0), (day("2026-10-11"), 3.0)]);
        assert_eq!(plan.share(day("2026-10-06")), Some(0.5));
    }

    #[test]
    fn earned_schedule_is_when_the_work_done_was_planned() {
        // A quarter of the work was planned for 16 October, day 15; it is done on 31 October, day 30: SPI(t) 0.5.
        assert_eq!(plan().earned_schedule(0.25), Some(15.0));
        assert_eq!(plan().spi(0.25, day("2026-10-31")), Some(0.5));
        assert_eq!(plan().earned_schedule(1.0), Some(60.0));
        assert_eq!(plan().spi(0.0, day("2026-10-31")), Some(0.0));
        // Not in the first two weeks.
        assert_eq!(plan().spi(0.25, day("2026-10-14")), None);
        assert_eq!(PlannedWork::new(day("2026-10-01"), vec![]).spi(0.5, day("2026-10-31")), None);
    }

    #[test]
    fn a_schedule_at_half_pace_takes_twice_as_long() {
        assert_eq!(projected(day("2026-10-01"), day("2026-10-31"), 0.5), Some(day("2026-11-30")));
        assert_eq!(projected(day("2026-10-01"), day("2026-10-31"), 1.0), Some(day("2026-10-31")));
        assert_eq!(projected(day("2026-10-01"), day("2026-10-31"), 0.0), None);
    }

    #[test]
    fn one_milestone_is_planned_linearly() {
        assert_eq!(planned_share(day("2026-10-01"), day("2026-10-11"), day("2026-10-06")), 0.5);
        assert_eq!(planned_share(day("2026-10-01"), day("2026-10-11"), day("2026-09-06")), 0.0);
        assert_eq!(planned_share(day("2026-10-11"), day("2026-10-11"), day("2026-10-11")), 1.0);
    }
}
