//! Progress of the work compared with its plan.
//!
//! Source: Lipke & Henderson, "Earned Schedule: an emerging enhancement to earned value management" (2006).

use chrono::{Days, NaiveDate};

use super::sizes::Sizes;
use super::work::{MilestoneWork, Work};
use crate::team::{Status, Task, TaskStatus};

/// Returns the share done of a milestone: with tasks, done ÷ (all − dropped); else its progress column; 1 if done.
/// `None` if nothing is known, or if it was dropped.
pub(super) fn of_milestone(milestone: &MilestoneWork, sizes: &Sizes) -> Option<f64> {
    if milestone.is_dropped() {
        return None;
    }
    if milestone.is_done() {
        return Some(1.0);
    }
    share_done(milestone.scope(), sizes).or(milestone.milestone.progress)
}

/// Returns the share done of an objective. If all its milestones have tasks, done ÷ scope of its burn-up, so that
/// number and chart agree; else Σ weight × progress ÷ Σ weight over the milestones with known progress.
pub(super) fn of_objective(work: &Work, sizes: &Sizes) -> Option<f64> {
    if work.is_in_tasks() {
        return share_done(work.scope(), sizes);
    }
    let weight_of = |milestone: &MilestoneWork| milestone.milestone.weight.unwrap_or(1.0);
    let known = work.counted().filter_map(|milestone| Some((milestone, reported(milestone, sizes)?)));
    let (mut done, mut all, mut is_told) = (0.0, 0.0, work.counted().all(MilestoneWork::is_done));
    for (milestone, progress) in known {
        done += weight_of(milestone) * progress;
        all += weight_of(milestone);
        is_told |= !milestone.is_done();
    }
    // Where nothing is reported but what is done, nobody knows how far the others are.
    if !is_told {
        return None;
    }
    // A milestone of weight 0, such as the date of a launch, must still be reached.
    let max = if work.counted().all(MilestoneWork::is_done) { 1.0 } else { MAX_OPEN_PROGRESS };
    (all > 0.0).then(|| (done / all).min(max))
}

/// Maximum progress while a milestone is open.
const MAX_OPEN_PROGRESS: f64 = 0.99;

/// Returns the number of an objective's milestones without reported progress; the shares done and planned are those of
/// the others.
pub(super) fn unreported(work: &Work, sizes: &Sizes) -> u32 {
    if work.is_in_tasks() {
        return 0;
    }
    let named = work.counted().filter(|milestone| !milestone.milestone.withheld);
    named.filter(|milestone| reported(milestone, sizes).is_none()).count() as u32
}

/// Returns the progress of a milestone for that of its objective; "not started" counts as 0.
fn reported(milestone: &MilestoneWork, sizes: &Sizes) -> Option<f64> {
    let not_started = milestone.milestone.stated == Some(Status::NotStarted);
    of_milestone(milestone, sizes).or(not_started.then_some(0.0))
}

/// Returns the share of the work in `scope` that is done, by size. `None` if there is no work.
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

/// The work of one milestone, planned linearly from one day to another.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ramp {
    pub from: NaiveDate,
    pub to: NaiveDate,
    pub weight: f64,
}

/// planned(t): the work that should be done by a date, the sum of the milestones' ramps.
#[derive(Debug, Clone, PartialEq)]
pub struct PlannedWork {
    /// Date, and work that should be done by then, oldest first. The first date is the quarter's start, or that of the
    /// first ramp if it is earlier.
    pub points: Vec<(NaiveDate, f64)>,
}

impl PlannedWork {
    /// Work due before the quarter should have been done when it began; work that continues into it is planned from its
    /// own start.
    pub fn new(start: NaiveDate, ramps: Vec<Ramp>) -> Self {
        let begins = ramps.iter().filter(|ramp| ramp.to >= start).map(|ramp| ramp.from.min(ramp.to));
        let begin = begins.fold(start, NaiveDate::min);
        let ends = ramps.iter().flat_map(|ramp| [ramp.from.min(ramp.to), ramp.to]);
        let mut days: Vec<NaiveDate> = ends.chain([begin, start]).filter(|day| *day >= begin).collect();
        days.sort_unstable();
        days.dedup();
        let sum = |day: NaiveDate| {
            let shares = ramps.iter().map(|ramp| ramp.weight * planned_share(ramp.from, ramp.to, day));
            shares.sum::<f64>()
        };
        Self { points: days.into_iter().map(|day| (day, sum(day))).collect() }
    }

    pub fn total(&self) -> f64 {
        self.points.last().map_or(0.0, |(_, sum)| *sum)
    }

    /// Returns the share planned by the end of `date`, or `None` without a plan.
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

    /// Earned schedule: days from the plan's start to when `share` should have been done (Lipke). If nothing is planned
    /// for a while, it is the end of that while, because waiting for the next step is not being behind.
    ///
    /// Half of a month's work is done; that was planned for the middle of the month, day 15.
    ///
    /// ```
    /// use headsup::analysis::{PlannedWork, Ramp};
    ///
    /// let day = |text: &str| text.parse().unwrap();
    /// let (from, to) = (day("2026-11-01"), day("2026-12-01"));
    /// let plan = PlannedWork::new(from, vec![Ramp { from, to, weight: 1.0 }]);
    /// assert_eq!(plan.earned_schedule(0.5), Some(15.0));
    /// // On 21 November two thirds were planned, so the work is five days behind: SPI(t) = 15 ÷ 20.
    /// assert_eq!(plan.spi(0.5, day("2026-10-01"), day("2026-11-21")), Some(0.75));
    /// ```
    pub fn earned_schedule(&self, share: f64) -> Option<f64> {
        let (start, _) = *self.points.first()?;
        let target = share.clamp(0.0, 1.0) * self.total();
        if self.total() <= 0.0 {
            return None;
        }
        let last = self.points.iter().rposition(|(_, sum)| *sum <= target + EPSILON)?;
        let (from, a) = self.points[last];
        let Some((to, b)) = self.points.get(last + 1).copied() else {
            // Everything is done: this was planned for the first day on which the plan is complete.
            let complete = self.points.iter().find(|(_, sum)| *sum >= self.total() - EPSILON)?;
            return Some(days(start, complete.0));
        };
        Some(days(start, from) + days(from, to) * (target - a).max(0.0) / (b - a))
    }

    /// SPI(t) = earned schedule ÷ time elapsed, at `date` (Lipke). `None` in the first four weeks after
    /// `quarter_start`, and before anything was planned to be done.
    pub fn spi(&self, share: f64, quarter_start: NaiveDate, date: NaiveDate) -> Option<f64> {
        let (start, _) = *self.points.first()?;
        let begins = self.points.iter().rev().find(|(_, sum)| *sum <= EPSILON).map_or(start, |(day, _)| *day);
        if days(quarter_start, date) < FIRST_WEEKS_DAYS || days(begins, date) <= 0.0 {
            return None;
        }
        // While nothing is planned, the work done may be exactly as planned.
        let earned = self.earned_schedule(share)?;
        let elapsed = days(start, date);
        let is_as_planned = (self.done_by(date) - share.clamp(0.0, 1.0) * self.total()).abs() <= EPSILON;
        Some(if is_as_planned { 1.0 } else { earned / elapsed })
    }
}

/// Tolerance for rounding errors in sums of shares.
const EPSILON: f64 = 1e-9;
/// Four full weeks, in days, before which a pace says nothing.
pub(super) const FIRST_WEEKS_DAYS: f64 = 28.0;

/// Returns the share of one milestone that should be done at `date`: linear from `from` to its agreed date.
pub(super) fn planned_share(from: NaiveDate, agreed: NaiveDate, date: NaiveDate) -> f64 {
    if date >= agreed { 1.0 } else { (days(from, date) / days(from, agreed)).clamp(0.0, 1.0) }
}

/// SPI(t) of one milestone whose work is planned linearly from `from` to `agreed`: the days in which `share` should
/// have been done ÷ the days elapsed (Lipke). `None` before its start.
pub(super) fn own_spi(from: NaiveDate, agreed: NaiveDate, share: f64, date: NaiveDate) -> Option<f64> {
    let (planned, elapsed) = (days(from, agreed), days(from, date));
    (planned > 0.0 && elapsed > 0.0).then(|| share * planned / elapsed)
}

/// Returns the day at which a schedule until `agreed` ends if it continues at `spi` (Lipke: planned duration ÷ SPI(t)).
/// `None` if that is more than a hundred years away.
pub(super) fn projected(start: NaiveDate, agreed: NaiveDate, spi: f64) -> Option<NaiveDate> {
    let duration = days(start, agreed).max(0.0) / spi;
    (duration <= 36_525.0).then(|| start + Days::new(duration.round() as u64))
}

fn days(from: NaiveDate, to: NaiveDate) -> f64 {
    (to - from).num_days() as f64
}

impl Work<'_> {
    /// Returns the planned work: in tasks if progress is counted in tasks, else in the weights of the milestones with
    /// known progress.
    pub(crate) fn plan(&self, sizes: &Sizes, quarter_start: NaiveDate) -> PlannedWork {
        let in_tasks = self.is_in_tasks();
        // The plan of some milestones is not the plan of all.
        if !self.counted().filter(|it| in_tasks || reported(it, sizes).is_some()).all(MilestoneWork::is_planned) {
            return PlannedWork::new(quarter_start, Vec::new());
        }
        let mut ramps: Vec<Ramp> = (self.milestones.iter().zip(self.planned_from(quarter_start)))
            .filter(|(milestone, _)| milestone.ours && !milestone.is_dropped())
            .filter(|(milestone, _)| in_tasks || reported(milestone, sizes).is_some())
            .filter_map(|(milestone, from)| {
                let weight = match in_tasks {
                    true => milestone.scope().map(|task| sizes.of(task)).sum(),
                    false => milestone.milestone.weight.unwrap_or(1.0),
                };
                Some(Ramp { from, to: milestone.agreed?, weight })
            })
            .collect();
        if let (true, Some(last)) = (in_tasks, ramps.last_mut()) {
            let loose = self.loose.iter().filter(|task| task.status != TaskStatus::Dropped);
            last.weight += loose.map(|task| sizes.of(task)).sum::<f64>();
        }
        PlannedWork::new(quarter_start, ramps)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixtures::day;

    fn ramp(from: &str, to: &str, weight: f64) -> Ramp {
        Ramp { from: day(from), to: day(to), weight }
    }

    /// From 1 October: 10 units by 31 October (30 days), 10 more by 30 November (30 days).
    fn plan() -> PlannedWork {
        let ramps = vec![ramp("2026-10-31", "2026-11-30", 10.0), ramp("2026-10-01", "2026-10-31", 10.0)];
        PlannedWork::new(day("2026-10-01"), ramps)
    }

    fn spi(plan: &PlannedWork, share: f64, date: &str) -> Option<f64> {
        plan.spi(share, day("2026-10-01"), day(date))
    }

    #[test]
    fn planned_work_grows_from_one_agreed_date_to_the_next() {
        assert_eq!(plan().share(day("2026-10-01")), Some(0.0));
        assert_eq!(plan().share(day("2026-10-16")), Some(0.25));
        assert_eq!(plan().share(day("2026-10-31")), Some(0.5));
        assert_eq!(plan().share(day("2026-11-15")), Some(0.75));
        assert_eq!(plan().share(day("2026-12-31")), Some(1.0));
    }

    #[test]
    fn work_due_before_the_quarter_is_planned_at_its_start() {
        let ramps = vec![ramp("2026-10-01", "2026-09-15", 1.0), ramp("2026-10-01", "2026-10-11", 1.0)];
        let plan = PlannedWork::new(day("2026-10-01"), ramps);
        assert_eq!(plan.share(day("2026-10-01")), Some(0.5));
        assert_eq!(plan.share(day("2026-10-06")), Some(0.75));
        assert_eq!(plan.earned_schedule(0.5), Some(0.0));
    }

    #[test]
    fn milestones_of_one_day_are_planned_together() {
        let ramps = vec![ramp("2026-10-01", "2026-10-11", 1.0), ramp("2026-10-01", "2026-10-11", 3.0)];
        assert_eq!(PlannedWork::new(day("2026-10-01"), ramps).share(day("2026-10-06")), Some(0.5));
    }

    #[test]
    fn a_milestone_is_planned_from_its_own_start() {
        // 10 units from 11 September to 11 October, begun before the quarter, and 10 from 1 to 11 November.
        let ramps = vec![ramp("2026-09-11", "2026-10-11", 10.0), ramp("2026-11-01", "2026-11-11", 10.0)];
        let plan = PlannedWork::new(day("2026-10-01"), ramps);
        assert!((plan.share(day("2026-09-26")).unwrap() - 0.25).abs() < 1e-9);
        assert_eq!(plan.share(day("2026-10-15")), Some(0.5), "nothing is planned between the two");
        assert_eq!(plan.share(day("2026-11-06")), Some(0.75));
        assert_eq!(spi(&plan, 0.5, "2026-10-30"), Some(1.0), "done what was planned so far");
        assert_eq!(spi(&plan, 0.0, "2026-10-30"), Some(0.0));
        let later = PlannedWork::new(day("2026-10-01"), vec![ramp("2026-11-20", "2026-12-20", 1.0)]);
        assert_eq!(spi(&later, 0.0, "2026-11-20"), None, "nothing was planned to be done yet");
    }

    #[test]
    fn earned_schedule_is_the_day_for_which_the_done_work_was_planned() {
        // A quarter of the work was planned for 16 October, day 15; it is done on 31 October, day 30: SPI(t) 0.5.
        assert_eq!(plan().earned_schedule(0.25), Some(15.0));
        assert_eq!(spi(&plan(), 0.25, "2026-10-31"), Some(0.5));
        assert_eq!(plan().earned_schedule(1.0), Some(60.0));
        assert_eq!(spi(&plan(), 0.0, "2026-10-31"), Some(0.0));
        // Not in the first four weeks.
        assert_eq!(spi(&plan(), 0.25, "2026-10-28"), None);
        assert_eq!(spi(&PlannedWork::new(day("2026-10-01"), vec![]), 0.5, "2026-10-31"), None);
    }

    #[test]
    fn the_pace_of_one_milestone_is_measured_from_its_own_start() {
        // 78 % of 64 days are 49.92 days; 50 have passed.
        let spi = own_spi(day("2026-10-01"), day("2026-12-04"), 0.78, day("2026-11-20")).unwrap();
        assert!((spi - 0.9984).abs() < 1e-9, "{spi}");
        assert_eq!(own_spi(day("2026-12-01"), day("2026-12-04"), 0.0, day("2026-11-20")), None);
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
