//! Cases for agreements and drift, asks and decisions, plan reviews, and what comes next.

use super::*;
use crate::config::NextRule;
use crate::history::{History, Snapshot};
use crate::redact::{Audience, Guarded, redact};
use crate::team::{About, Agreement, Ask, AskKind, AskStatus, Stage, TaskKey};

fn moved(date: &str, to: &str) -> Agreement {
    Agreement {
        milestone: Some("M2".into()),
        to: Some(to.into()),
        to_date: Some(day(to)),
        ..agreement(date, About::Date)
    }
}

#[test]
fn editing_a_due_date_does_not_change_lateness() {
    let mut team = small_team();
    team.milestones[1].due = Some(day("2026-12-20"));
    let analysis = run(&team, &History::default());
    let milestone = &analysis.objectives[0].milestones[1];
    assert_eq!((milestone.agreed, milestone.original), (Some(day("2026-11-30")), Some(day("2026-11-30"))));
    assert!(milestone.slip_days >= Some(20));
    let drift = analysis.drift.iter().find(|drift| drift.about == About::Date).expect("a drift");
    assert_eq!(drift.detail, DriftDetail::Date { from: day("2026-11-30"), to: day("2026-12-20") });
    assert_eq!(drift.agreed_on, None);
}

#[test]
fn agreements_move_the_agreed_date_in_date_order() {
    let mut team = small_team();
    team.agreements = vec![moved("2026-11-17", "2026-12-18"), moved("2026-11-06", "2026-12-11")];
    team.milestones[1].due = Some(day("2026-12-18"));
    let analysis = run(&team, &History::default());
    let milestone = &analysis.objectives[0].milestones[1];
    assert_eq!((milestone.original, milestone.agreed), (Some(day("2026-11-30")), Some(day("2026-12-18"))));
    assert_eq!(milestone.moved.len(), 2);
    let drifts: Vec<&Drift> = analysis.drift.iter().filter(|drift| drift.about == About::Date).collect();
    assert_eq!(drifts.len(), 1);
    assert_eq!(drifts[0].detail, DriftDetail::Date { from: day("2026-11-30"), to: day("2026-12-18") });
    assert_eq!((drifts[0].agreed_on, drifts[0].new), (Some(day("2026-11-17")), true));
    // Agreements after as-of are not known yet.
    team.agreements = vec![moved("2026-11-27", "2026-12-18")];
    assert_eq!(run(&team, &History::default()).objectives[0].milestones[1].agreed, Some(day("2026-11-30")));
}

#[test]
fn changed_wording_is_drift_until_it_is_agreed() {
    let mut team = small_team();
    team.objectives[0].agreed_wording = Some("look up any risk".into());
    team.objectives[0].wording = Some("look up and score any risk".into());
    team.objectives[0].scope_agreed_on = None;
    let analysis = run(&team, &History::default());
    let words = |change, text: &str| WordChange { change, text: text.into() };
    let expected =
        vec![words(Change::Same, "look up "), words(Change::Inserted, "and score "), words(Change::Same, "any risk")];
    assert_eq!(analysis.drift[0].detail, DriftDetail::Wording { words: expected.clone() });
    assert_eq!(analysis.drift[0].agreed_on, None);
    assert_eq!(analysis.objectives[0].wording.as_deref(), Some("look up any risk"));

    let to = Some("look up and score any risk".to_owned());
    team.agreements = vec![Agreement { objective: Some("O".into()), to, ..agreement("2026-11-13", About::Wording) }];
    let analysis = run(&team, &History::default());
    assert_eq!(analysis.drift[0].detail, DriftDetail::Wording { words: expected });
    assert_eq!(analysis.drift[0].agreed_on, Some(day("2026-11-13")));
    assert_eq!(analysis.objectives[0].confirmed_on, Some(day("2026-11-13")));
    // Different blanks are not a change of wording.
    team.agreements.clear();
    team.objectives[0].wording = Some("look  up any risk".into());
    assert!(run(&team, &History::default()).drift.is_empty());
}

#[test]
fn asks_are_sorted_by_urgency_and_numbered() {
    let mut team = small_team();
    let from = |team: &str| Some(team.to_owned());
    team.asks = vec![
        Ask { asked_on: Some(day("2026-11-01")), ..ask("undated", "") },
        Ask { needed_by: Some(day("2026-12-01")), needed_from: from("Interface"), ..ask("raised", "") },
        Ask { needed_by: Some(day("2026-11-24")), asked_on: Some(day("2026-11-18")), ..ask("soon", "") },
        Ask { needed_by: Some(day("2026-11-13")), ..ask("overdue", "") },
        Ask {
            needed_by: Some(day("2026-11-27")),
            needed_from: from("Platform"),
            stage: Stage::Private,
            ..ask("private", "")
        },
        Ask { needed_by: Some(day("2026-11-26")), needed_from: from("Interface"), ..ask("urgent", "") },
        Ask { needed_by: Some(day("2026-11-21")), we_owe: from("Sales"), ..ask("for Sales", "") },
        Ask { status: AskStatus::Granted, ..ask("answered", "") },
    ];
    let analysis = run(&team, &History::default());
    let ids = |asks: &[AskState]| asks.iter().map(|ask| (ask.number, ask.id.0.clone())).collect::<Vec<_>>();
    let expected = |from: u32, ids: &[&str]| (from..).zip(ids.iter().map(|id| (*id).to_owned())).collect::<Vec<_>>();
    assert_eq!(ids(&analysis.asks), expected(1, &["overdue", "soon", "urgent", "private", "undated"]));
    assert_eq!(ids(&analysis.cross_team), expected(6, &["for Sales", "raised"]));
    assert_eq!(analysis.asks.iter().map(|ask| ask.overdue).collect::<Vec<_>>(), [true, false, false, false, false]);
    assert_eq!((analysis.asks[1].age_days, analysis.asks[1].new), (Some(2), true));
    assert_eq!((analysis.asks[4].age_days, analysis.asks[4].new), (Some(19), false));
}

#[test]
fn an_ask_is_new_until_a_one_to_one_has_seen_it() {
    let mut team = small_team();
    // A forwardable ask, and one that a forwarded copy and its snapshot do not have.
    team.asks = vec![ask("raised", ""), Ask { stage: Stage::Private, ..ask("private", "") }];
    let history = history(&team, &["2026-11-13"]);
    team.asks.push(ask("later", ""));
    let news: Vec<(String, bool)> = run(&team, &history).asks.iter().map(|ask| (ask.id.0.clone(), ask.new)).collect();
    assert_eq!(news, [("later".into(), true), ("private".into(), false), ("raised".into(), false)]);
    let shared = KnownTeam::at(redact(&Guarded::new(team.clone()), Audience::Shared, false), frame().as_of);
    let analysis = analyse_after(&shared, &History::default(), &frame(), &mut Trials::default());
    let text = Snapshot::of(&analysis, &shared, &[]).to_json();
    assert!(text.contains("raised") && !text.contains("private"), "{text}");
}

#[test]
fn a_granted_ask_is_owed_until_it_is_delivered() {
    let mut team = small_team();
    let answered = |id: &str, kind, on: &str, delivered: Option<&str>| Ask {
        kind: Some(kind),
        status: AskStatus::Granted,
        answered_on: Some(day(on)),
        delivered_on: delivered.map(day),
        ..ask(id, "")
    };
    team.asks = vec![
        answered("last time", AskKind::Decision, "2026-11-13", None),
        answered("owed", AskKind::Resource, "2026-09-04", None),
        answered("decided long ago", AskKind::Decision, "2026-09-04", None),
        answered("delivered lately", AskKind::Expense, "2026-10-02", Some("2026-11-18")),
        answered("delivered long ago", AskKind::Expense, "2026-10-02", Some("2026-10-09")),
        Ask { status: AskStatus::Declined, ..answered("declined", AskKind::Resource, "2026-11-13", None) },
    ];
    let history = history(&small_team(), &["2026-11-13"]);
    let decided = run(&team, &history).decided;
    let ids: Vec<&str> = decided.iter().filter_map(|decided| decided.ask.as_ref()).map(|id| id.as_str()).collect();
    assert_eq!(ids, ["declined", "last time", "delivered lately", "owed"]);
    assert_eq!(decided[0].outcome, DecidedOutcome::Declined);
}

#[test]
fn an_agreement_that_repeats_an_ask_is_left_out() {
    let mut team = small_team();
    team.agreements = vec![moved("2026-11-13", "2026-12-11")];
    let history = history(&small_team(), &["2026-11-13"]);
    let decided = run(&team, &history).decided;
    assert_eq!(decided.len(), 1);
    assert_eq!((decided[0].text.as_str(), decided[0].to), ("Milestone M2", Some(day("2026-12-11"))));
    // The ask that it answers already says so.
    team.asks = vec![Ask {
        about: vec![About::Date],
        milestone: Some("M2".into()),
        status: AskStatus::Granted,
        answered_on: Some(day("2026-11-13")),
        ..ask("A-1", "Move it")
    }];
    let decided = run(&team, &history).decided;
    assert_eq!(decided.iter().map(|decided| decided.ask.is_some()).collect::<Vec<_>>(), [true]);
}

#[test]
fn the_plan_review_is_of_the_newest_plan_two_weeks_old() {
    let mut team = small_team();
    task_named(&mut team, "T7").status = TaskStatus::Doing;
    task_named(&mut team, "T7").started = Some(day("2026-10-05"));
    let mut history = history(&team, &["2026-10-30", "2026-11-06", "2026-11-13"]);
    for snapshot in &mut history.snapshots {
        snapshot.next = ["T5", "T6", "T7", "T99"].map(TaskKey::from).to_vec();
    }
    let said = run(&team, &history).plan_review.expect("a plan was recorded");
    assert_eq!((said.on, said.so_far), (day("2026-11-06"), false));
    assert_eq!((said.done, said.of), (Some(2), 4));
    // T99 is missing from the export and is named by its key.
    let titles: Vec<&str> = said.tasks.iter().map(|task| task.title.as_str()).collect();
    assert_eq!(titles, ["Task T5", "Task T6", "Task T7", "T99"]);
    assert!(said.unplanned.is_empty());
    history.snapshots.retain(|snapshot| snapshot.as_of == day("2026-11-13"));
    history.snapshots[0].next = vec![TaskKey::from("T7")];
    let said = run(&team, &history).plan_review.expect("a plan was recorded");
    assert!(said.so_far);
    // T6, done on 18 November, was not planned.
    assert_eq!(said.unplanned.iter().map(|task| task.key.as_str()).collect::<Vec<_>>(), ["T6"]);
}

#[test]
fn the_next_tasks_are_those_in_progress_due_or_marked() {
    let mut team = small_team();
    let keys = |team: &Team, frame: &Timeframe| {
        let analysis = analyse(&redacted(team.clone()), &History::default(), frame);
        let keys: Vec<String> = analysis.next.keys.iter().map(|key| key.0.clone()).collect();
        keys
    };
    // Nothing is in progress or due: the first open ones.
    assert_eq!(keys(&team, &frame()), ["T10", "T7", "T8", "T9"]);
    task_named(&mut team, "T8").status = TaskStatus::Doing;
    task_named(&mut team, "T9").due = Some(day("2026-12-04"));
    task_named(&mut team, "T10").due = Some(day("2026-12-05"));
    assert_eq!(keys(&team, &frame()), ["T8", "T9"]);
    task_named(&mut team, "T7").labels = vec!["Next".into()];
    let labelled = Timeframe { next: NextRule::Label("next".into()), ..frame() };
    assert_eq!(keys(&team, &labelled), ["T7", "T8"]);
}

#[test]
fn work_outside_the_plan_is_named() {
    let mut team = small_team();
    team.tasks.push(task("loose", TaskStatus::Todo));
    team.tasks.push(Task { done_on: Some(day("2026-11-19")), ..task("loose and done", TaskStatus::Done) });
    team.tasks.push(Task { done_on: Some(day("2026-11-06")), ..task("done before", TaskStatus::Done) });
    team.tasks.push(Task { counts: false, ..task("epic", TaskStatus::Todo) });
    team.milestones.push(milestone("O", "M3", "2026-12-20"));
    let analysis = run(&team, &History::default());
    let loose: Vec<&str> = analysis.unattached.iter().map(|task| task.key.as_str()).collect();
    assert_eq!(loose, ["loose and done", "loose"]);
    // T6 and the loose one were finished since.
    assert_eq!(analysis.outside_share, Some(0.5));
    assert_eq!(analysis.next.milestones_without_tasks, ["Milestone M3"]);
}
