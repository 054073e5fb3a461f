//! Cases for progress, plan, status and burn-up.

use super::*;
use crate::config::WeighBy;
use crate::history::History;
use crate::team::{ProgressAt, SourceRead, Status, TableKind};

#[test]
fn a_small_team_has_the_numbers_computed_by_hand() {
    let analysis = run(&small_team(), &History::default());
    assert!(analysis.first_brief && !analysis.since.recorded);
    assert_eq!(analysis.since.date, day("2026-11-13"));
    let [state] = &analysis.objectives[..] else { panic!("one objective") };
    // 6 of 10 done. Planned: 4 by 31 October, then 6 by 30 November, of which 20 of 30 days have passed: 4 + 4 = 8.
    assert_eq!((state.done, state.of, state.done_since), (6, 10, 1));
    assert_eq!(state.progress, Some(0.6));
    assert_eq!(state.planned, Some(0.8));
    // 6 tasks were planned for 10 November, day 40 of 50.
    assert_eq!(state.spi, Some(0.8));
    let burnup = state.burnup.as_ref().expect("there are tasks");
    assert_eq!(burnup.days.len(), 51);
    assert_eq!(burnup.days.first(), Some(&(day("2026-10-01"), 0.0, 4.0)));
    assert_eq!(burnup.days.last(), Some(&(day("2026-11-20"), 6.0, 10.0)));
    assert_eq!(burnup.plan.last(), Some(&(day("2026-12-31"), 10.0)));
    assert_eq!(state.milestones[0].status, Status::Done);
    assert_eq!(state.milestones[0].slip_days, Some(-2));
    assert_eq!(state.milestones[1].status, Status::Late);
    assert_eq!(state.status, Status::Late);
}

#[test]
fn a_milestone_late_by_its_pace_has_a_projected_date() {
    let mut team = small_team();
    // Without done dates there is no throughput to forecast from.
    team.tasks.iter_mut().for_each(|task| task.done_on = None);
    let analysis = run(&team, &History::default());
    let objective = &analysis.objectives[0];
    assert_eq!((objective.spi, objective.undated), (Some(0.8), 6));
    let last = objective.milestones.last().expect("two milestones");
    // Its own plan is 20 days old, so pace alone makes it at most at risk.
    assert_eq!((last.status, last.because, last.forecast), (Status::AtRisk, StatusCause::LowPace, None));
    // 2 of 6 are done; 20 of the 30 days since 31 October have passed: half the pace.
    assert_eq!(last.projected, None, "at risk has no date of its own");
    // Planned from 31 October to 20 December, and 40 % of the planned pace on 30 November: late, with a projected date.
    let frame = Timeframe { as_of: day("2026-11-30"), on: day("2026-11-30"), ..frame() };
    team.milestones[1].original = Some(day("2026-12-20"));
    let late =
        |team: &Team| analyse(&redacted(team.clone()), &History::default(), &frame).objectives[0].milestones[1].clone();
    // Two finished tasks make it late, but are too few for a projection.
    let few = late(&team);
    assert_eq!((few.status, few.because, few.projected), (Status::Late, StatusCause::LowPace, None));
    team.tasks
        .extend((11..15).map(|n| Task { done_on: None, ..done("M2", &format!("T{n}"), "2026-10-02", "2026-11-05") }));
    team.tasks.extend((15..23).map(|n| todo("M2", &format!("T{n}"), "2026-10-02")));
    let late = late(&team);
    assert_eq!((late.status, late.because), (Status::Late, StatusCause::LowPace));
    // 50 days are planned; at (6 ÷ 18) × 50 ÷ 30 of the pace they take 90.
    assert_eq!(late.projected, Some(day("2027-01-29")));
}

#[test]
fn a_missing_estimate_is_replaced_by_the_median() {
    let mut team = small_team();
    team.milestones.truncate(1);
    team.tasks.truncate(4);
    for (task, estimate) in team.tasks.iter_mut().zip([Some(1.0), Some(3.0), Some(8.0), None]) {
        task.estimate = estimate;
    }
    team.milestones[0].done_on = None;
    team.tasks[2].status = TaskStatus::Todo;
    team.tasks[2].done_on = None;
    let frame = Timeframe { weigh_by: WeighBy::Estimate, ..frame() };
    let analysis = analyse(&redacted(team), &History::default(), &frame);
    // 1 + 3 + the median 3 of 15.
    assert_eq!(analysis.objectives[0].progress, Some(7.0 / 15.0));
    let burnup = analysis.objectives[0].burnup.as_ref().expect("there are tasks");
    assert_eq!(burnup.days.last(), Some(&(day("2026-11-20"), 7.0, 15.0)));
    assert_eq!(burnup.unit, BurnupUnit::Points);
}

#[test]
fn progress_without_tasks_is_weighted() {
    let mut team = small_team();
    team.tasks.clear();
    team.milestones[1].progress = Some(0.25);
    team.milestones[1].weight = Some(3.0);
    team.milestones[1].log = vec![ProgressAt { on: day("2026-11-01"), progress: 0.0 }];
    let analysis = run(&team, &History::default());
    let state = &analysis.objectives[0];
    // (1 × 1 + 3 × 0.25) ÷ 4; planned (1 + 3 × 20/30) ÷ 4.
    assert_eq!(state.progress, Some(0.4375));
    assert_eq!(state.planned, Some(0.75));
    assert_eq!((state.done, state.of, state.burnup.is_none()), (0, 0, true));
    // A quarter in 19 days leaves 57 more days: 16 January.
    let forecast = state.milestones[1].forecast.expect("a pace");
    assert_eq!((forecast.method, forecast.p50), (ForecastMethod::Pace, day("2027-01-16")));
}

#[test]
fn dropped_work_is_not_in_scope() {
    let mut team = small_team();
    task_named(&mut team, "T7").status = TaskStatus::Dropped;
    team.milestones.push(Milestone { stated: Some(Status::Dropped), ..milestone("O", "M3", "2026-12-15") });
    team.tasks.push(todo("M3", "T11", "2026-10-01"));
    let analysis = run(&team, &History::default());
    let state = &analysis.objectives[0];
    assert_eq!((state.done, state.of), (6, 9));
    let dropped = &state.milestones[2];
    assert_eq!((dropped.status, dropped.slip_days, dropped.progress), (Status::Dropped, None, None));
    // The objective has the status of its last open milestone.
    assert_eq!(state.status, state.milestones[1].status);
}

#[test]
fn finished_tasks_alone_do_not_make_a_milestone_done() {
    let mut team = small_team();
    team.milestones[0].done_on = None;
    let analysis = run(&team, &History::default());
    let milestone = &analysis.objectives[0].milestones[0];
    // Agreed for 31 October, all 4 tasks done, not reported done: three weeks late.
    assert_eq!((milestone.status, milestone.because), (Status::Late, StatusCause::AgreedDatePassed));
    assert_eq!((milestone.done_on, milestone.slip_days, milestone.forecast), (None, Some(20), None));
    assert_eq!((milestone.tasks_done, milestone.tasks_all, milestone.progress), (4, 4, Some(1.0)));
    team.milestones[0].original = Some(day("2026-12-01"));
    let milestone = run(&team, &History::default()).objectives[0].milestones[1].clone();
    assert_eq!((milestone.id.as_str(), milestone.status), ("M1", Status::OnPace), "its date has not come yet");
    team.milestones[0].stated = Some(Status::Done);
    let milestone = run(&team, &History::default()).objectives[0].milestones[1].clone();
    assert_eq!((milestone.status, milestone.done_on, milestone.slip_days), (Status::Done, None, None));
}

#[test]
fn a_paused_task_is_open_but_neither_next_nor_forecast() {
    let mut team = small_team();
    let before = run(&team, &History::default());
    task_named(&mut team, "T7").status = TaskStatus::Paused;
    let analysis = run(&team, &History::default());
    let (was, is) = (&before.objectives[0].milestones[1], &analysis.objectives[0].milestones[1]);
    assert_eq!((is.tasks_all, is.tasks_paused, is.progress), (was.tasks_all, 1, was.progress));
    assert!(is.forecast.map(|it| it.p50) < was.forecast.map(|it| it.p50), "three tasks are in the queue, not four");
    assert!(before.next.keys.contains(&"T7".into()) && !analysis.next.keys.contains(&"T7".into()));
}

#[test]
fn an_objective_has_the_worst_status_of_overdue_next_and_last() {
    let mut team = small_team();
    team.tasks.clear();
    let progress = |share| Some(share);
    team.milestones[1].progress = progress(0.9);
    team.milestones.push(Milestone { due: Some(day("2027-02-01")), ..milestone("O", "M3", "2026-12-20") });
    // The last milestone is due later than agreed.
    let state = |team: &Team| {
        let objective = run(team, &History::default()).objectives[0].clone();
        (objective.status, objective.because)
    };
    assert_eq!(state(&team), (Status::AtRisk, StatusCause::OwnDateAfterAgreed));
    team.milestones[0].done_on = None;
    assert_eq!(state(&team), (Status::Late, StatusCause::AgreedDatePassed), "the first is overdue");
    // Nothing to compute from: the objective's stated status.
    team.milestones = vec![milestone("O", "M1", "2026-12-20")];
    assert_eq!(state(&team), (Status::NotReported, StatusCause::NothingKnown));
    team.objectives[0].stated = Some(Status::OnPace);
    assert_eq!(state(&team), (Status::OnPace, StatusCause::Stated));
}

#[test]
fn another_teams_milestone_does_not_count_for_progress() {
    let mut team = small_team();
    team.milestones.push(Milestone { owner_team: Some("Platform".into()), ..milestone("O", "P", "2026-12-15") });
    team.tasks.push(todo("P", "P1", "2026-10-01"));
    let analysis = run(&team, &History::default());
    let state = &analysis.objectives[0];
    assert_eq!((state.of, state.progress), (10, Some(0.6)));
    assert_eq!(state.milestones[2].owner_team.as_deref(), Some("Platform"));
    assert_eq!(state.status, state.milestones[1].status);
}

fn source(table: TableKind, newest: Option<&str>) -> SourceRead {
    let newest = newest.map(day);
    SourceRead {
        file: "data/a.csv".into(),
        table,
        records: 10,
        read: 10,
        skipped: 0,
        newest,
        cadence: 8,
        is_private: false,
        confidential: 0,
        withheld_skipped: 0,
        newest_open: newest,
    }
}

#[test]
fn old_data_give_an_unknown_status() {
    let mut team = small_team();
    team.sources = vec![source(TableKind::Tasks, Some("2026-11-12"))];
    assert!(run(&team, &History::default()).stale.is_empty());
    team.sources = vec![source(TableKind::Tasks, Some("2026-11-11"))];
    let analysis = run(&team, &History::default());
    assert_eq!(analysis.stale.iter().map(|stale| stale.days).collect::<Vec<_>>(), [9]);
    assert_eq!(analysis.objectives[0].milestones[1].because, StatusCause::StaleSource);
    assert_eq!(analysis.objectives[0].milestones[0].status, Status::Done);
}

#[test]
fn an_old_export_leaves_the_plan_review_open() {
    let mut team = small_team();
    let mut history = history(&team, &["2026-11-06"]);
    history.snapshots[0].next = vec!["T6".into(), "T7".into()];
    assert_eq!(run(&team, &history).plan_review.map(|said| said.done), Some(Some(1)));
    team.sources = vec![source(TableKind::Tasks, Some("2026-11-07"))];
    let said = run(&team, &history).plan_review.expect("a plan was recorded");
    assert_eq!((said.done, said.of), (None, 2));
    // Tasks known to be done are done.
    history.snapshots[0].next = vec!["T6".into()];
    assert_eq!(run(&team, &history).plan_review.map(|said| said.done), Some(Some(1)));
}

#[test]
fn plans_lists_and_logs_never_become_stale() {
    let mut team = small_team();
    for &table in TableKind::ALL {
        team.sources = vec![source(table, Some("2026-06-01"))];
        let is_stale = !run(&team, &History::default()).stale.is_empty();
        assert_eq!(is_stale, matches!(table, TableKind::Tasks | TableKind::Metrics), "{}", table.name());
    }
}

#[test]
fn a_milestone_counts_the_tasks_before_it() {
    let mut team = small_team();
    team.milestones.push(milestone("O", "M3", "2026-12-18"));
    team.tasks.push(todo("M3", "T11", "2026-10-02"));
    let before: Vec<u32> =
        run(&team, &History::default()).objectives[0].milestones.iter().map(|state| state.tasks_before).collect();
    assert_eq!(before, [0, 0, 4]);
}

#[test]
fn a_past_brief_needs_only_dates() {
    let past = Timeframe { as_of: day("2026-10-30"), on: day("2026-10-30"), ..frame() };
    let analysis = analyse(&redacted(small_team()), &History::default(), &past);
    let state = &analysis.objectives[0];
    // T6, T9 and T10 were created later, T5 was done later.
    assert_eq!((state.done, state.of), (4, 7));
}

#[test]
fn milestones_without_objective_belong_to_the_team() {
    let mut team = small_team();
    team.objectives.clear();
    team.milestones.iter_mut().for_each(|milestone| milestone.objective = None);
    let analysis = run(&team, &History::default());
    assert_eq!(analysis.objectives.iter().map(|state| state.name.as_str()).collect::<Vec<_>>(), ["Curation"]);
    assert_eq!(analysis.objectives[0].milestones.len(), 2);
}
