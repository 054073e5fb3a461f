//! Cases for the whole analysis on test teams.

mod effects;
mod ledgers;
mod made;
mod people;
mod plan;
mod properties;
mod quarters;
mod scope;

use super::fixtures::*;
use super::*;
use crate::team::{Milestone, Objective, Task, TaskStatus, Team};

fn done(milestone: &str, key: &str, created: &str, done_on: &str) -> Task {
    Task {
        created: Some(day(created)),
        started: Some(day(created)),
        done_on: Some(day(done_on)),
        ..task_of(milestone, key, TaskStatus::Done)
    }
}

fn todo(milestone: &str, key: &str, created: &str) -> Task {
    Task { created: Some(day(created)), ..task_of(milestone, key, TaskStatus::Todo) }
}

/// One objective agreed on 2 October: M1 (4 tasks, done) by 31 October, M2 (4 of 6 tasks open) by 30 November.
fn small_team() -> Team {
    let agreed = Some(day("2026-10-02"));
    Team {
        name: "Curation".into(),
        objectives: vec![Objective { agreed_on: agreed, scope_agreed_on: agreed, ..objective("O") }],
        milestones: vec![
            Milestone { done_on: Some(day("2026-10-29")), ..milestone("O", "M1", "2026-10-31") },
            milestone("O", "M2", "2026-11-30"),
        ],
        tasks: vec![
            done("M1", "T1", "2026-10-01", "2026-10-08"),
            done("M1", "T2", "2026-10-01", "2026-10-15"),
            done("M1", "T3", "2026-10-01", "2026-10-22"),
            done("M1", "T4", "2026-10-01", "2026-10-29"),
            done("M2", "T5", "2026-10-02", "2026-11-05"),
            done("M2", "T6", "2026-11-03", "2026-11-18"),
            todo("M2", "T7", "2026-10-02"),
            todo("M2", "T8", "2026-10-02"),
            todo("M2", "T9", "2026-11-03"),
            todo("M2", "T10", "2026-11-10"),
        ],
        ..Team::default()
    }
}

/// Returns the task of `small_team` with that key.
fn task_named<'a>(team: &'a mut Team, key: &str) -> &'a mut Task {
    team.tasks.iter_mut().find(|task| task.key.as_str() == key).expect("the task is there")
}
