//! The whole analysis on made teams: what each part says together with the others.

use proptest::prelude::*;

use super::made::*;
use super::*;

use crate::history::History;
use crate::team::{Status, Task, TaskStatus, Team};

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
        objectives: vec![crate::team::Objective { agreed_on: agreed, scope_agreed_on: agreed, ..objective("O") }],
        milestones: vec![
            crate::team::Milestone { done_on: Some(day("2026-10-29")), ..milestone("O", "M1", "2026-10-31") },
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

fn run(team: Team, history: &History) -> Analysis {
    analyse(&cleared(team), history, &frame())
}

#[test]
fn a_small_team_by_hand() {
    let analysis = run(small_team(), &History::default());
    assert!(analysis.first_brief && !analysis.since.recorded);
    assert_eq!(analysis.since.date, day("2026-11-13"));
    let [state] = &analysis.objectives[..] else { panic!("one objective") };
    // 6 of 10 done. Planned: 4 by 31 October, 6 more by 30 November, of which 20 of 30 days: 4 + 4 = 8.
    assert_eq!((state.done, state.of, state.done_since), (6, 10, 1));
    assert_eq!(state.progress, Some(0.6));
    assert_eq!(state.planned, Some(0.8));
    // 6 were planned for 10 November, day 40 of 50.
    assert_eq!(state.spi, Some(0.8));
    let scope = state.scope.as_ref().expect("a scope was agreed");
    // T6, T9 and T10 came after 2 October.
    assert_eq!((scope.baseline, scope.added, scope.dropped, scope.now), (7, 3, 0, 10));
    assert_eq!((scope.unagreed, scope.estimated), (3, true));
    let burnup = state.burnup.as_ref().expect("there are tasks");
    assert_eq!(burnup.days.len(), 51);
    assert_eq!(burnup.days.first(), Some(&(day("2026-10-01"), 0.0, 4.0)));
    assert_eq!(burnup.days.last(), Some(&(day("2026-11-20"), 6.0, 10.0)));
    assert_eq!(burnup.plan.last(), Some(&(day("2026-12-31"), 10.0)));
    assert_eq!(state.milestones[0].status, Status::Done);
    assert_eq!(state.milestones[0].slip_days, Some(-2));
    assert_eq!(state.milestones[1].status, Status::Late);
}

proptest! {
    // Each case forecasts twice.
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn analysis_does_not_depend_on_row_order(seed in any::<u64>()) {
        let team = small_team();
        let mut shuffled = team.clone();
        let mut state = seed | 1;
        shuffled.tasks.sort_by_cached_key(|_| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            state >> 33
        });
        prop_assert_eq!(run(team, &History::default()), run(shuffled, &History::default()));
    }
}
