//! Made teams for the tests of the analysis.

use chrono::NaiveDate;

use super::Frame;
use crate::clearance::{Audience, Cleared, clear};
use crate::config::{Calendar, NextRule, WeighBy};
use crate::team::{Ask, AskStatus, Milestone, Objective, Stage, Task, TaskStatus, Team};

pub(crate) fn day(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

/// As of Friday 20 November 2026, weeks closing on Friday.
pub(crate) fn frame() -> Frame {
    Frame {
        as_of: day("2026-11-20"),
        on: day("2026-11-20"),
        since: None,
        calendar: Calendar { week_ends: chrono::Weekday::Fri, ..Calendar::default() },
        quarter: None,
        weigh_by: WeighBy::Count,
        next: NextRule::default(),
        every: std::collections::BTreeMap::new(),
    }
}

pub(crate) fn cleared(team: Team) -> Cleared {
    clear(team, Audience::Me, false)
}

pub(crate) fn task(key: &str, status: TaskStatus) -> Task {
    Task {
        key: key.into(),
        title: format!("Task {key}"),
        kind: None,
        counts: true,
        parent: None,
        milestone: None,
        objective: None,
        status,
        created: None,
        started: None,
        done_on: None,
        reopened: false,
        due: None,
        estimate: None,
        sprints: vec![],
        labels: vec![],
        confidential: false,
        withheld: false,
    }
}

/// A task of a milestone.
pub(crate) fn task_of(milestone: &str, key: &str, status: TaskStatus) -> Task {
    Task { milestone: Some(milestone.into()), ..task(key, status) }
}

pub(crate) fn objective(id: &str) -> Objective {
    Objective { id: id.into(), name: format!("Objective {id}"), ..Objective::default() }
}

/// A milestone of objective `objective`, agreed for `agreed`.
pub(crate) fn milestone(objective: &str, id: &str, agreed: &str) -> Milestone {
    Milestone {
        id: id.into(),
        name: format!("Milestone {id}"),
        objective: Some(objective.into()),
        original: Some(day(agreed)),
        due: Some(day(agreed)),
        ..Milestone::default()
    }
}

pub(crate) fn ask(id: &str, text: &str) -> Ask {
    Ask {
        id: id.into(),
        asked_on: None,
        kind: None,
        text: text.into(),
        why: None,
        recommendation: None,
        alternative: None,
        if_not: None,
        about: vec![],
        objective: None,
        milestone: None,
        from_team: None,
        to_team: None,
        needed_by: None,
        stage: Stage::Raised,
        status: AskStatus::Open,
        answered_on: None,
        answer: None,
        delivered_on: None,
        confidential: false,
    }
}
