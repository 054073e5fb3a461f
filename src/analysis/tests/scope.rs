//! Cases for scope: baseline, additions, agreements, and missing tasks.

use super::*;
use crate::history::History;
use crate::team::{About, Agreement, TaskKey};

fn scope_of(team: &Team, history: &History) -> Scope {
    run(team, history).objectives[0].scope.clone().expect("a scope was agreed")
}

fn agreed(date: &str, to: Option<&str>) -> Agreement {
    Agreement { objective: Some("O".into()), to: to.map(str::to_owned), ..agreement(date, About::Scope) }
}

#[test]
fn there_is_no_scope_until_it_was_agreed() {
    let mut team = small_team();
    team.objectives[0].scope_agreed_on = None;
    let analysis = run(&team, &History::default());
    assert!(analysis.objectives[0].scope.is_none() && analysis.drift.is_empty());
}

#[test]
fn without_a_snapshot_of_that_day_creation_dates_estimate_the_baseline() {
    let mut team = small_team();
    task_named(&mut team, "T7").status = TaskStatus::Dropped;
    let scope = scope_of(&team, &History::default());
    // T6, T9 and T10 came after 2 October; T7 existed and is dropped.
    assert_eq!((scope.baseline, scope.added, scope.dropped, scope.now), (7, 3, 1, 9));
    assert_eq!((scope.unagreed, scope.estimated), (3, true));
}

#[test]
fn the_snapshot_of_that_day_is_the_baseline() {
    let mut then = small_team();
    // Two tasks without dates; one of them left the export since.
    then.tasks.push(task_of("M2", "T20", TaskStatus::Todo));
    then.tasks.push(task_of("M2", "T21", TaskStatus::Todo));
    let history = history(&then, &["2026-10-02"]);
    let mut now = then.clone();
    now.tasks.retain(|task| task.key.as_str() != "T21");
    task_named(&mut now, "T7").status = TaskStatus::Dropped;
    let scope = scope_of(&now, &history);
    // T1 to T5, T7, T8, T20 and T21; missing tasks do not count as dropped.
    assert_eq!((scope.baseline, scope.added, scope.dropped, scope.now), (9, 3, 1, 11));
    assert!(!scope.estimated);
    let frame = Timeframe { since: Some(day("2026-10-02")), ..frame() };
    let analysis = analyse(&redacted(now), &history, &frame);
    assert_eq!(analysis.vanished, [TaskKey::from("T21")]);
}

#[test]
fn an_agreement_covers_its_labels_and_keys_or_all_earlier_tasks() {
    let mut team = small_team();
    task_named(&mut team, "T9").labels = vec!["apac".into()];
    team.agreements = vec![agreed("2026-10-23", Some("APAC"))];
    assert_eq!(scope_of(&team, &History::default()).unagreed, 2);
    team.agreements = vec![agreed("2026-10-23", Some("T6; T10"))];
    assert_eq!(scope_of(&team, &History::default()).unagreed, 1);
    // T6 and T9 were added by 6 November, T10 after it.
    for to in [None, Some("what was asked for in the review")] {
        team.agreements = vec![agreed("2026-11-06", to)];
        assert_eq!(scope_of(&team, &History::default()).unagreed, 1, "{to:?}");
    }
    // Another objective's agreement covers nothing here.
    team.agreements[0].objective = Some("P".into());
    assert_eq!(scope_of(&team, &History::default()).unagreed, 3);
}

#[test]
fn an_agreed_change_of_scope_is_agreed_drift() {
    let mut team = small_team();
    team.agreements = vec![agreed("2026-11-16", None)];
    let analysis = run(&team, &History::default());
    let drift = &analysis.drift[0];
    assert_eq!((drift.about, drift.agreed_on), (About::Scope, Some(day("2026-11-16"))));
    team.agreements = vec![agreed("2026-11-06", None)];
    team.asks = vec![crate::team::Ask {
        objective: Some("O".into()),
        about: vec![About::Scope, About::Wording],
        ..ask("A-1", "Drop it")
    }];
    let analysis = run(&team, &History::default());
    assert_eq!((analysis.drift[0].agreed_on, analysis.drift[0].ask), (None, Some(1)));
}

#[test]
fn moved_reestimated_and_reopened_tasks_are_named() {
    let then = small_team();
    let history = history(&then, &["2026-10-02", "2026-11-13"]);
    let mut now = then;
    task_named(&mut now, "T8").milestone = Some("M1".into());
    task_named(&mut now, "T5").status = TaskStatus::Doing;
    let mut estimated = history.clone();
    for snapshot in &mut estimated.snapshots {
        snapshot.tasks.values_mut().for_each(|at| at.estimate = Some(2.0));
    }
    task_named(&mut now, "T7").estimate = Some(5.0);
    let scope = scope_of(&now, &estimated);
    assert_eq!(scope.moved_tasks, [TaskKey::from("T8")]);
    assert_eq!(scope.reestimated, [TaskKey::from("T7")]);
    assert_eq!(scope.reopened, [TaskKey::from("T5")]);
    // A task moved within the objective is neither added nor dropped.
    assert_eq!(scope.dropped, 0);
}

#[test]
fn additions_are_grouped_by_distinctive_labels() {
    let mut team = small_team();
    team.tasks.iter_mut().for_each(|task| task.labels = vec!["curation".into()]);
    for key in ["T6", "T9"] {
        task_named(&mut team, key).labels.push("scoring".into());
    }
    task_named(&mut team, "T10").labels.push("apac".into());
    let under = scope_of(&team, &History::default()).added_under;
    assert_eq!(under, [("scoring".to_owned(), 2), ("apac".to_owned(), 1)]);
}
