//! What was known at as-of. Exports are usually a little newer than the as-of date, and a past brief can be made again,
//! so everything after as-of is removed. Exports with dates thus rebuild the past without snapshots.

use chrono::NaiveDate;

use crate::redact::{Audience, Redacted};
use crate::team::{Status, TaskStatus, Team};

/// A redacted team as it was at the end of a day.
#[derive(Debug, Clone)]
pub struct KnownTeam {
    team: Team,
    audience: Audience,
}

impl KnownTeam {
    pub fn at(redacted: Redacted, as_of: NaiveDate) -> Self {
        let (mut team, audience) = redacted.into_parts();
        forget_after(&mut team, as_of);
        Self { team, audience }
    }

    pub fn team(&self) -> &Team {
        &self.team
    }

    pub fn audience(&self) -> Audience {
        self.audience
    }
}

fn forget_after(team: &mut Team, as_of: NaiveDate) {
    let known = |date: Option<NaiveDate>| date.is_none_or(|date| date <= as_of);
    team.tasks.retain(|task| known(task.created));
    for task in team.tasks.iter_mut().filter(|task| !known(task.done_on)) {
        task.done_on = None;
        task.status =
            if task.started.is_some_and(|started| started <= as_of) { TaskStatus::Doing } else { TaskStatus::Todo };
    }
    for milestone in &mut team.milestones {
        milestone.log.retain(|row| row.on <= as_of);
        if !known(milestone.done_on) {
            // Its stated status and progress are of the day on which it was done.
            milestone.done_on = None;
            milestone.stated = milestone.stated.filter(|stated| *stated != Status::Done);
            milestone.progress = milestone.progress.filter(|progress| *progress < 1.0);
        }
    }
    team.wins.retain(|win| known(win.date));
    team.people.retain(|note| known(note.date));
    team.goals.retain(|goal| known(goal.date));
    team.asks.retain(|ask| known(ask.asked_on));
    team.agreements.retain(|agreement| agreement.date <= as_of);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixtures::{day, redacted, task};
    use crate::team::Milestone;

    #[test]
    fn data_after_as_of_are_removed() {
        let mut done_later = task("A", TaskStatus::Done);
        done_later.started = Some(day("2026-11-01"));
        done_later.done_on = Some(day("2026-11-21"));
        let mut created_later = task("B", TaskStatus::Todo);
        created_later.created = Some(day("2026-11-21"));
        let milestone =
            Milestone { done_on: Some(day("2026-11-21")), stated: Some(Status::Done), ..Milestone::default() };
        let team = Team { tasks: vec![done_later, created_later], milestones: vec![milestone], ..Team::default() };

        let known_at = |date: &str| KnownTeam::at(redacted(team.clone()), day(date)).team;
        let known = known_at("2026-11-20");
        assert_eq!(known.tasks.len(), 1);
        assert_eq!((known.tasks[0].status, known.tasks[0].done_on), (TaskStatus::Doing, None));
        assert_eq!((known.milestones[0].done_on, known.milestones[0].stated), (None, None));
        assert_eq!(known_at("2026-11-21"), team);
    }
}
