//! What gives way when the pages run out: one table, from what goes first to what goes last.
//!
//! Below all of it stands [`WEB_ONLY`](super::WEB_ONLY), which is never in print; above it [`ALWAYS`], which never gives
//! way: the headline, asks, lanes and late milestones, changes to agree, the manager's own question. Every section takes
//! its numbers from here, so that what outlives what is read in one place.

use super::{ALWAYS, Priority};

/// What is worth no more is left out to spare the reader a page of a few lines.
pub(super) const LITTLE: Priority = 64;

/// How things that are alike give way: the last of them first.
#[derive(Debug, Clone, Copy)]
pub(super) struct GivesWay {
    /// So many never do.
    kept: usize,
    first: Priority,
    second: Priority,
    /// How much less each further one is worth.
    step: Priority,
    least: Priority,
    /// From so many on, what the next is worth.
    many: (usize, Priority),
}

impl GivesWay {
    const fn one(priority: Priority) -> Self {
        Self::run(priority, 0)
    }

    /// Each is worth `step` less than the one before, so that long lists give way before short ones lose their second.
    const fn run(first: Priority, step: Priority) -> Self {
        Self::led_by(first, first.saturating_sub(step), step)
    }

    /// The first stands for its section and outlives the rest of longer ones.
    const fn led_by(first: Priority, second: Priority, step: Priority) -> Self {
        Self { kept: 0, first, second, step, least: 1, many: (usize::MAX, 0) }
    }

    /// The first `kept` never give way.
    const fn after(self, kept: usize) -> Self {
        Self { kept, ..self }
    }

    /// From the one at rank `many` on, they are worth `priority` and less.
    const fn then(self, many: usize, priority: Priority) -> Self {
        Self { many: (many, priority), ..self }
    }

    const fn at_least(self, least: Priority) -> Self {
        Self { least, ..self }
    }

    /// Of the thing at `rank`, the first being 0.
    pub(crate) fn at(self, rank: usize) -> Priority {
        let Some(rank) = rank.checked_sub(self.kept) else { return ALWAYS };
        let (from, further) = match (rank.checked_sub(self.many.0), rank.checked_sub(1)) {
            (Some(further), _) => (self.many.1, further),
            (None, Some(further)) => (self.second, further),
            (None, None) => return self.first,
        };
        let loss = Priority::try_from(further.saturating_mul(self.step.into())).unwrap_or(Priority::MAX);
        from.saturating_sub(loss).max(self.least)
    }

    /// Of the thing at `place` within the group at `rank`.
    pub(crate) fn within(self, rank: usize, place: usize) -> Priority {
        Self::run(self.at(rank), 2).at(place)
    }
}

// What goes first, in the order of the design: metrics as usual without a target, finished planned tasks, what is beyond
// revenue and retention, tasks after three a milestone; then wins after two a column, people after six, burn-ups after the
// worst and rows on pace after twelve (the second numbers of the lines below).
pub(super) const KEY_TO_LANES: GivesWay = GivesWay::one(10);
pub(super) const TILE_AS_USUAL: GivesWay = GivesWay::run(14, 2);
pub(super) const METRIC_IN_BRIEF: GivesWay = GivesWay::run(18, 1);
pub(super) const TILE_OF_FIRST_ROW: GivesWay = GivesWay::run(22, 2);
pub(super) const UNPLANNED: GivesWay = GivesWay::one(25);
pub(super) const PLANNED_DONE: GivesWay = GivesWay::run(28, 1);
pub(super) const BEYOND: GivesWay = GivesWay::led_by(34, 31, 2);
pub(super) const NEXT_TASK_AFTER_THREE: GivesWay = GivesWay::run(38, 1);
const WINS_AFTER_TWO: Priority = 42;
const PEOPLE_AFTER_SIX: Priority = 46;
const BURNUPS_AFTER_THE_WORST: Priority = 50;
const ROWS_AFTER_TWELVE: Priority = 54;
// Then what explains: captions, caveats, what is agreed already.
pub(super) const CONCERNS_CHALLENGE: GivesWay = GivesWay::one(55);
pub(super) const NO_WIN_HERE: GivesWay = GivesWay::one(55);
pub(super) const ELSEWHERE: GivesWay = GivesWay::one(56);
pub(super) const OUTSIDE_MILESTONES: GivesWay = GivesWay::run(58, 1);
pub(super) const OLDEST_TASK: GivesWay = GivesWay::one(60);
pub(super) const CHANGE_AGREED: GivesWay = GivesWay::run(60, 3);
pub(super) const NO_NEXT_TASK: GivesWay = GivesWay::one(60);
pub(super) const REASON_ON_PACE: GivesWay = GivesWay::run(60, 1);
pub(super) const RISK_ALSO_CHANGED: GivesWay = GivesWay::one(62);
// Then the sections: the first of each stands for it.
pub(super) const NEXT_TASK: GivesWay = GivesWay::run(64, 1);
pub(super) const DECIDED: GivesWay = GivesWay::run(66, 2);
pub(super) const PLANNED_UNKNOWN: GivesWay = GivesWay::run(70, 2);
pub(super) const TEAM_GOAL: GivesWay = GivesWay::led_by(73, 58, 4);
pub(super) const WIN_NOT_VALIDATED: GivesWay = GivesWay::led_by(91, 66, 3).then(2, WINS_AFTER_TWO - 2);
pub(super) const WIN_VALIDATED: GivesWay = GivesWay::led_by(91, 78, 3).then(2, WINS_AFTER_TWO);
pub(super) const TILE_WITH_TARGET: GivesWay = GivesWay::run(76, 2);
pub(super) const PLANNED_OPEN: GivesWay = GivesWay::run(80, 2);
pub(super) const RISK: GivesWay = GivesWay::led_by(82, 72, 4);
pub(super) const CROSS_TEAM: GivesWay = GivesWay::led_by(83, 74, 4);
pub(super) const NEXT_MILESTONE: GivesWay = GivesWay::led_by(85, 74, 1);
pub(super) const PERSON: GivesWay = GivesWay::led_by(86, 76, 1).then(6, PEOPLE_AFTER_SIX);
pub(super) const FEEDBACK: GivesWay = GivesWay::led_by(88, 66, 4);
pub(super) const CONCERN: GivesWay = GivesWay::run(90, 2);
pub(super) const TILE_WITH_SIGNAL: GivesWay = GivesWay::run(90, 2);
pub(super) const NO_SIGNAL: GivesWay = GivesWay::one(93);
// The last to go: where the quarter stands, and what was decided and has not come.
pub(super) const PRESSING: GivesWay = GivesWay::one(92);
pub(super) const DATES: GivesWay = GivesWay::led_by(93, BURNUPS_AFTER_THE_WORST - 1, 1);
pub(super) const BURNUP: GivesWay = GivesWay::run(80, 1).then(1, BURNUPS_AFTER_THE_WORST);
pub(super) const CLOSED_AS_MET: GivesWay = GivesWay::run(84, 1);
pub(super) const BESIDE_MILESTONE: GivesWay = GivesWay::run(84, 1);
pub(super) const LATE_REMARK: GivesWay = GivesWay::run(85, 1);
pub(super) const OBJECTIVE_REASON: GivesWay = GivesWay::run(86, 1);
pub(super) const STATED_BESIDE: GivesWay = GivesWay::run(88, 1);
pub(super) const MOVED: GivesWay = GivesWay::run(90, 1);
pub(super) const ROW_ON_PACE: GivesWay = GivesWay::run(90, 1).then(12, ROWS_AFTER_TWELVE);
pub(super) const NOT_DELIVERED: GivesWay = GivesWay::run(90, 2);
pub(super) const CLOSED_UNMET: GivesWay = GivesWay::run(92, 1);
pub(super) const LANES: GivesWay = GivesWay::one(97);
// The first of these never give way.
pub(super) const CHANGE_TO_AGREE: GivesWay = GivesWay::run(96, 1).after(6);
pub(super) const OWN_GOAL: GivesWay = GivesWay::run(74, 3).after(1);
pub(super) const LATE: GivesWay = GivesWay::run(98, 1).after(12);
pub(super) const ASK: GivesWay = GivesWay::run(99, 1).at_least(90).after(10);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_further_one_is_worth_less_and_none_less_than_the_least() {
        assert_eq!([0, 1, 2, 90].map(|rank| GivesWay::run(60, 3).at(rank)), [60, 57, 54, 1]);
        assert_eq!([0, 1, 2].map(|rank| GivesWay::led_by(91, 78, 3).at(rank)), [91, 78, 75]);
        assert_eq!([9, 10, 15, 50].map(|rank| ASK.at(rank)), [ALWAYS, 99, 94, 90]);
        assert_eq!([1, 2, 3].map(|rank| WIN_VALIDATED.at(rank)), [78, 42, 39]);
        assert_eq!(NEXT_TASK.within(2, 1), 60);
    }

    #[test]
    fn what_goes_first_goes_in_the_order_of_the_design() {
        let first = [
            TILE_AS_USUAL.at(0),
            PLANNED_DONE.at(0),
            BEYOND.at(0),
            NEXT_TASK_AFTER_THREE.at(0),
            WIN_VALIDATED.at(2),
            PERSON.at(6),
            BURNUP.at(1),
            ROW_ON_PACE.at(12),
        ];
        assert!(first.is_sorted(), "{first:?}");
        assert!([WIN_VALIDATED.at(1), PERSON.at(5), BURNUP.at(0), ROW_ON_PACE.at(11)].iter().all(|it| *it > first[7]));
    }
}
