//! The priorities: which things are left out first when the pages are full, in one table.
//!
//! Below all of them is [`WEB_ONLY`](super::WEB_ONLY), which is never printed; above them is [`ALWAYS`], which is never
//! left out: the headline, asks, lanes and late milestones, changes to agree, the manager's own question. Every section
//! takes its numbers from here.

use super::{ALWAYS, Priority};

/// Up to this priority, things may be left out just to avoid a last page of a few lines.
pub(super) const MAX_LOW: Priority = 64;

/// The priorities of a list of similar things; the last ones are left out first.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ranking {
    /// How many at the start are never left out.
    kept: usize,
    first: Priority,
    second: Priority,
    /// How much lower the priority of each further thing is.
    step: Priority,
    min: Priority,
    /// The rank from which another priority applies, and that priority.
    second_run: (usize, Priority),
}

impl Ranking {
    const fn one(priority: Priority) -> Self {
        Self::run(priority, 0)
    }

    /// Each thing has a priority lower by `step` than the one before, so that long lists are shortened before short
    /// ones.
    const fn run(first: Priority, step: Priority) -> Self {
        Self::led_by(first, first.saturating_sub(step), step)
    }

    /// The first thing represents its section and has a higher priority than the others.
    const fn led_by(first: Priority, second: Priority, step: Priority) -> Self {
        Self { kept: 0, first, second, step, min: 1, second_run: (usize::MAX, 0) }
    }

    /// The first `kept` are never left out.
    const fn after(self, kept: usize) -> Self {
        Self { kept, ..self }
    }

    /// From rank `second_run` on, the priorities start again at `priority`.
    const fn then(self, second_run: usize, priority: Priority) -> Self {
        Self { second_run: (second_run, priority), ..self }
    }

    const fn at_least(self, min: Priority) -> Self {
        Self { min, ..self }
    }

    /// Returns the priority of the thing at `rank`, from 0.
    pub(crate) fn at(self, rank: usize) -> Priority {
        let Some(rank) = rank.checked_sub(self.kept) else { return ALWAYS };
        let (from, further) = match (rank.checked_sub(self.second_run.0), rank.checked_sub(1)) {
            (Some(further), _) => (self.second_run.1, further),
            (None, Some(further)) => (self.second, further),
            (None, None) => return self.first,
        };
        let loss = Priority::try_from(further.saturating_mul(self.step.into())).unwrap_or(Priority::MAX);
        from.saturating_sub(loss).max(self.min)
    }

    /// Returns the priority of the thing at `place` within the group at `rank`.
    pub(crate) fn within(self, rank: usize, place: usize) -> Priority {
        Self::run(self.at(rank), 2).at(place)
    }
}

// Left out first: metrics without anything unusual and without a target, finished planned tasks, wins beyond revenue
// and retention, tasks after the third of a milestone; then wins after the second of a column, people after the sixth,
// burn-ups after the worst and rows on pace after the twelfth (the `then` priorities below).
pub(super) const KEY_TO_LANES: Ranking = Ranking::one(10);
pub(super) const TILE_AS_USUAL: Ranking = Ranking::run(14, 2);
pub(super) const METRIC_IN_BRIEF: Ranking = Ranking::run(18, 1);
pub(super) const TILE_OF_FIRST_ROW: Ranking = Ranking::run(22, 2);
pub(super) const UNPLANNED: Ranking = Ranking::one(25);
pub(super) const PLANNED_DONE: Ranking = Ranking::run(28, 1);
pub(super) const BEYOND: Ranking = Ranking::led_by(34, 31, 2);
pub(super) const NEXT_TASK_AFTER_THREE: Ranking = Ranking::run(38, 1);
const WINS_AFTER_TWO: Priority = 42;
const PEOPLE_AFTER_SIX: Priority = 46;
const BURNUPS_AFTER_THE_WORST: Priority = 50;
const ROWS_AFTER_TWELVE: Priority = 54;
// Next: explanations such as captions, caveats, and changes that are already agreed.
pub(super) const CONCERNS_CHALLENGE: Ranking = Ranking::one(55);
pub(super) const NO_WIN_HERE: Ranking = Ranking::one(55);
pub(super) const ELSEWHERE: Ranking = Ranking::one(56);
pub(super) const OUTSIDE_MILESTONES: Ranking = Ranking::run(58, 1);
pub(super) const OLDEST_TASK: Ranking = Ranking::one(60);
pub(super) const CHANGE_AGREED: Ranking = Ranking::run(60, 3);
pub(super) const NO_NEXT_TASK: Ranking = Ranking::one(60);
pub(super) const REASON_ON_PACE: Ranking = Ranking::run(60, 1);
pub(super) const RISK_ALSO_CHANGED: Ranking = Ranking::one(62);
// Next: the sections; the first thing of each represents it.
pub(super) const NEXT_TASK: Ranking = Ranking::run(64, 1);
pub(super) const DECIDED: Ranking = Ranking::run(66, 2);
pub(super) const PLANNED_UNKNOWN: Ranking = Ranking::run(70, 2);
pub(super) const TEAM_GOAL: Ranking = Ranking::led_by(73, 58, 4);
pub(super) const WIN_NOT_VALIDATED: Ranking = Ranking::led_by(91, 66, 3).then(2, WINS_AFTER_TWO - 2);
pub(super) const WIN_VALIDATED: Ranking = Ranking::led_by(91, 78, 3).then(2, WINS_AFTER_TWO);
pub(super) const TILE_WITH_TARGET: Ranking = Ranking::run(76, 2);
pub(super) const PLANNED_OPEN: Ranking = Ranking::run(80, 2);
pub(super) const RISK: Ranking = Ranking::led_by(82, 72, 4);
pub(super) const CROSS_TEAM: Ranking = Ranking::led_by(83, 74, 4);
pub(super) const NEXT_MILESTONE: Ranking = Ranking::led_by(85, 74, 1);
pub(super) const PERSON: Ranking = Ranking::led_by(86, 76, 1).then(6, PEOPLE_AFTER_SIX);
pub(super) const FEEDBACK: Ranking = Ranking::led_by(88, 66, 4);
pub(super) const CONCERN: Ranking = Ranking::run(90, 2);
pub(super) const NO_SIGNAL: Ranking = Ranking::one(93);
// Left out last: where the quarter stands, and decisions that are not delivered.
pub(super) const PRESSING: Ranking = Ranking::one(92);
/// Beside lanes the milestones say what is late; what was planned and is not done is named below.
pub(super) const PRESSING_BESIDE_LANES: Ranking = Ranking::one(55);
pub(super) const DATES: Ranking = Ranking::led_by(93, BURNUPS_AFTER_THE_WORST - 1, 1);
pub(super) const BURNUP: Ranking = Ranking::run(80, 1).then(1, BURNUPS_AFTER_THE_WORST);
pub(super) const CLOSED_AS_MET: Ranking = Ranking::run(84, 1);
pub(super) const BESIDE_MILESTONE: Ranking = Ranking::run(84, 1);
pub(super) const LATE_REMARK: Ranking = Ranking::run(85, 1);
pub(super) const OBJECTIVE_REASON: Ranking = Ranking::run(86, 1);
pub(super) const STATED_BESIDE: Ranking = Ranking::run(88, 1);
pub(super) const MOVED: Ranking = Ranking::run(90, 1);
pub(super) const ROW_ON_PACE: Ranking = Ranking::run(90, 1).then(12, ROWS_AFTER_TWELVE);
pub(super) const NOT_DELIVERED: Ranking = Ranking::run(90, 2);
pub(super) const CLOSED_UNMET: Ranking = Ranking::run(92, 1);
pub(super) const LANES: Ranking = Ranking::one(97);
// The first things of these lists are never left out; of the tiles that have something to say, one row.
pub(super) const TILE_THAT_SPEAKS: Ranking = Ranking::run(90, 2).after(4);
pub(super) const CHANGE_TO_AGREE: Ranking = Ranking::run(96, 1).after(6);
pub(super) const OWN_GOAL: Ranking = Ranking::run(74, 3).after(1);
pub(super) const LATE: Ranking = Ranking::run(98, 1).after(12);
pub(super) const ASK: Ranking = Ranking::run(99, 1).at_least(90).after(10);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_further_thing_has_a_lower_priority_down_to_the_minimum() {
        assert_eq!([0, 1, 2, 90].map(|rank| Ranking::run(60, 3).at(rank)), [60, 57, 54, 1]);
        assert_eq!([0, 1, 2].map(|rank| Ranking::led_by(91, 78, 3).at(rank)), [91, 78, 75]);
        assert_eq!([9, 10, 15, 50].map(|rank| ASK.at(rank)), [ALWAYS, 99, 94, 90]);
        assert_eq!([0, 3, 4].map(|rank| TILE_THAT_SPEAKS.at(rank)), [ALWAYS, ALWAYS, 90]);
        assert_eq!([1, 2, 3].map(|rank| WIN_VALIDATED.at(rank)), [78, 42, 39]);
        assert_eq!(NEXT_TASK.within(2, 1), 60);
    }

    #[test]
    fn the_first_things_to_go_have_the_order_of_the_design() {
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
