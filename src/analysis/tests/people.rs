//! Cases for people, goals, the manager's own goal, concerns, and how often a section is shown.

use std::collections::BTreeMap;

use super::*;
use crate::history::History;
use crate::redact::{Audience, Guarded, redact};
use crate::team::{Ask, Goal, GoalOf, NoteKind, PersonNote};

fn goal(date: &str, who: GoalOf, progress: Option<f64>, feedback: Option<&str>) -> Goal {
    Goal {
        goal: format!("Goal of {who:?}"),
        who,
        horizon: Some("June 2027".into()),
        target: None,
        progress,
        note: None,
        date: Some(day(date)),
        feedback: feedback.map(str::to_owned),
        confidential: false,
    }
}

#[test]
fn a_note_is_shown_while_it_is_new_or_its_ask_is_open() {
    let mut team = small_team();
    let wanting = |ask: &str, note: PersonNote| PersonNote { ask: Some(ask.into()), ..note };
    team.people = vec![
        wanting("a-1", note("2026-10-20", "A. Osei", NoteKind::Highlight, "first steps")),
        wanting("A-1", note("2026-11-18", "A. Osei", NoteKind::Highlight, "built the sheet")),
        wanting("A-2", note("2026-10-20", "M. Laurent", NoteKind::Highlight, "answered long ago")),
        wanting("a mentor", note("2026-11-19", "T. Ibarra", NoteKind::Learning, "learns Python")),
        note("2026-11-06", "J. Lind", NoteKind::Highlight, "of an earlier brief"),
        note("2026-11-19", "J. Lind", NoteKind::Concern, "no highlight"),
    ];
    team.asks = vec![ask("A-1", "A course"), Ask { status: crate::team::AskStatus::Granted, ..ask("A-2", "") }];
    let people = run(&team, &History::default()).people;
    let shown: Vec<(&str, Option<u32>, Option<&str>)> =
        people.iter().map(|note| (note.text.as_str(), note.ask, note.wish.as_deref())).collect();
    assert_eq!(shown, [("learns Python", None, Some("a mentor")), ("built the sheet", Some(1), None)]);
}

#[test]
fn members_without_highlights_are_named_only_to_the_manager() {
    let mut team = small_team();
    team.members = ["A", "B", "C"].map(str::to_owned).to_vec();
    team.people = vec![
        note("2026-10-23", "a", NoteKind::Highlight, ""),
        note("2026-11-01", "B", NoteKind::Learning, ""),
        note("2026-11-19", "C", NoteKind::Concern, ""),
    ];
    let coverage = run(&team, &History::default()).coverage;
    let quiet: Vec<(&str, Option<i64>)> = coverage.iter().map(|one| (one.person.as_str(), one.weeks)).collect();
    assert_eq!(quiet, [("C", None), ("A", Some(4))]);
    let for_boss = redact(&Guarded::new(team), Audience::Boss, true);
    assert!(analyse(&for_boss, &History::default(), &frame()).coverage.is_empty());
}

#[test]
fn concerns_stay_until_they_are_closed_oldest_first() {
    let mut team = small_team();
    let closed =
        PersonNote { closed_on: Some(day("2026-11-06")), ..note("2026-10-12", "A", NoteKind::Concern, "closed") };
    team.people = vec![
        note("2026-11-17", "B", NoteKind::Signal, "quiet"),
        closed,
        note("2026-10-30", "C", NoteKind::Concern, "late"),
    ];
    let concerns = run(&team, &History::default()).concerns;
    let open: Vec<(&str, Option<i64>)> = concerns.iter().map(|one| (one.text.as_str(), one.age_days)).collect();
    assert_eq!(open, [("late", Some(21)), ("quiet", Some(3))]);
}

#[test]
fn a_goal_has_its_earlier_progress() {
    let mut team = small_team();
    team.goals = vec![
        goal("2026-11-19", GoalOf::Team, Some(0.625), None),
        goal("2026-10-23", GoalOf::Team, Some(0.5), None),
        goal("2026-10-23", GoalOf::Me, None, Some("run a project")),
        goal("2026-11-18", GoalOf::Me, None, Some("run a project")),
        goal("2026-11-13", GoalOf::Me, None, Some("delegate")),
    ];
    let analysis = run(&team, &History::default());
    assert_eq!((analysis.goals[0].progress, analysis.goals[0].progress_before), (Some(0.625), Some(0.5)));
    let for_me = analysis.for_me.expect("the manager has a goal");
    let feedback =
        [(Some(day("2026-11-13")), "delegate".to_owned()), (Some(day("2026-10-23")), "run a project".to_owned())];
    assert_eq!(for_me.feedback, feedback);
}

#[test]
fn a_section_is_left_out_until_it_is_due() {
    let team = small_team();
    let every = BTreeMap::from([("for me".to_owned(), 4), ("needed from you".to_owned(), 1)]);
    let frame = Timeframe { every, ..frame() };
    // `history` shows both at each 1:1. 30 October was three weeks ago.
    let resting = |history: &History| analyse(&redacted(team.clone()), history, &frame).resting;
    assert_eq!(resting(&history(&team, &["2026-10-30"])), ["for me"]);
    assert!(resting(&history(&team, &["2026-10-23"])).is_empty());
    // A 1:1 that moved by three days is still four weeks later.
    assert!(resting(&history(&team, &["2026-10-26"])).is_empty());
    assert!(resting(&History::default()).is_empty());
}

#[test]
fn a_new_boss_gets_the_first_brief() {
    let mut team = small_team();
    let history = history(&team, &["2026-11-13"]);
    team.boss_since = Some(day("2026-11-16"));
    let analysis = run(&team, &history);
    assert!(analysis.first_brief && !analysis.since.recorded && analysis.objectives[0].confirm_due);
}
