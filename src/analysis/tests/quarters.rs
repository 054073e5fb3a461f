//! Cases for the change from one quarter, and one 1:1, to the next.

use super::*;
use crate::history::History;
use crate::team::{About, Agreement, Status};

fn labelled(id: &str, quarter: &str) -> Objective {
    Objective { quarter: Some(quarter.into()), ..objective(id) }
}

#[test]
fn objectives_of_other_quarters_are_left_out() {
    let mut team = small_team();
    team.objectives[0].quarter = Some("2026-Q4".into());
    team.objectives.push(labelled("N", "Q1 2027"));
    team.objectives.push(labelled("P", "Q3 2026"));
    let analysis = run(&team, &History::default());
    assert_eq!(analysis.objectives.iter().map(|state| state.id.as_str()).collect::<Vec<_>>(), ["O"]);
    // In the middle of the quarter, the last one's close is not shown.
    assert!(analysis.last_quarter.is_empty());
}

#[test]
fn every_milestone_is_in_a_lane_or_elsewhere() {
    let mut team = small_team();
    team.objectives.push(labelled("N", "Q1 2027"));
    team.objectives.push(labelled("P", "Q3 2026"));
    team.milestones.extend([
        milestone("O", "M3", "2027-02-12"),
        milestone("N", "M4", "2027-01-15"),
        milestone("P", "M5", "2026-09-25"),
        milestone("P", "M6", "2026-09-25"),
        Milestone { done_on: Some(day("2026-09-20")), ..milestone("P", "M7", "2026-09-25") },
        Milestone { carried_from: Some("M6".into()), ..milestone("O", "M8", "2026-12-11") },
    ]);
    let analysis = run(&team, &History::default());
    let elsewhere: Vec<&str> = analysis.elsewhere.iter().map(|milestone| milestone.id.as_str()).collect();
    assert_eq!(elsewhere, ["M5", "M6", "M7", "M4", "M3"], "M7 is done, M6 is carried on by M8");
    let shown: Vec<&str> = analysis.objectives[0].milestones.iter().map(|state| state.id.as_str()).collect();
    assert_eq!(shown, ["M1", "M2", "M8"]);
}

#[test]
fn a_fiscal_year_may_be_named_by_its_start() {
    let mut team = small_team();
    let mut frame = frame();
    frame.calendar.fiscal_year_starts = 4;
    for named in ["Q3 FY2027", "Q3 2026"] {
        team.objectives[0].quarter = Some(named.into());
        let analysis = analyse(&redacted(team.clone()), &History::default(), &frame);
        assert_eq!(analysis.objectives.len(), 1, "{named}");
    }
}

#[test]
fn the_first_brief_of_a_quarter_has_the_close_of_the_last() {
    let mut team = small_team();
    let done = |milestone: Milestone| Milestone { done_on: milestone.original, ..milestone };
    team.objectives = ["met", "part", "not", "carried"].map(|id| labelled(id, "Q3 2026")).to_vec();
    team.objectives.push(labelled("O", "Q4 2026"));
    team.milestones.extend([
        done(milestone("met", "A1", "2026-08-14")),
        done(milestone("met", "A2", "2026-09-18")),
        done(milestone("part", "B1", "2026-08-14")),
        milestone("part", "B2", "2026-09-18"),
        milestone("not", "C1", "2026-09-18"),
        done(milestone("carried", "D1", "2026-08-14")),
        milestone("carried", "D2", "2026-09-18"),
        Milestone { carried_from: Some("D2".into()), ..milestone("O", "M3", "2026-12-11") },
    ]);
    let history = history(&small_team(), &["2026-09-25"]);
    let first = Timeframe { as_of: day("2026-10-02"), on: day("2026-10-02"), ..frame() };
    let analysis = analyse(&redacted(team.clone()), &history, &first);
    let closes: Vec<(&str, CloseOutcome, u32, u32)> =
        analysis.last_quarter.iter().map(|it| (it.name.as_str(), it.outcome, it.done, it.of)).collect();
    let expected = [
        ("Objective met", CloseOutcome::Met, 2, 2),
        ("Objective part", CloseOutcome::Part, 1, 2),
        ("Objective not", CloseOutcome::Not, 0, 1),
        ("Objective carried", CloseOutcome::Carried, 1, 2),
    ];
    assert_eq!(closes, expected);
    // A carried-over milestone keeps its first agreed date beside the current one.
    let carried = analysis.objectives[0].milestones.iter().find(|it| it.id.as_str() == "M3").expect("it is there");
    assert_eq!((carried.original, carried.agreed), (Some(day("2026-09-18")), Some(day("2026-12-11"))));
    // The second brief of the quarter no longer shows it.
    let mut later = history.clone();
    later.snapshots.push(recorded(&team, "2026-10-02", &history));
    let second = Timeframe { as_of: day("2026-10-09"), on: day("2026-10-09"), ..frame() };
    assert!(analyse(&redacted(team), &later, &second).last_quarter.is_empty());
}

#[test]
fn milestones_without_a_quarter_belong_to_that_of_their_dates() {
    let mut team = small_team();
    team.milestones.push(Milestone { done_on: Some(day("2026-09-10")), ..milestone("O", "before", "2026-09-11") });
    team.milestones.push(milestone("O", "after", "2027-02-01"));
    team.milestones.push(milestone("O", "overdue", "2026-09-15"));
    let analysis = run(&team, &History::default());
    let ids: Vec<&str> = analysis.objectives[0].milestones.iter().map(|it| it.id.as_str()).collect();
    assert_eq!(ids, ["overdue", "M1", "M2"]);
}

#[test]
fn slip_since_compares_with_the_last_one_to_one_held() {
    let mut team = small_team();
    team.milestones[1].due = Some(day("2026-12-20"));
    let mut history = history(&team, &["2026-10-23"]);
    let at = history.snapshots[0].milestones.values_mut().last().expect("M2 was known");
    (at.due, at.p50) = (Some(day("2026-12-15")), None);
    let milestone = &run(&team, &history).objectives[0].milestones[1];
    let expected = milestone.expected().expect("a date");
    assert_eq!(milestone.slip_since_days, Some((expected - day("2026-12-15")).num_days()));
    // A date that was agreed since moves nothing: it is the same as before.
    let moved = milestone.slip_since_days;
    history.snapshots[0].milestones.values_mut().last().expect("M2 was known").agreed = Some(day("2026-11-30"));
    assert_eq!(run(&team, &history).objectives[0].milestones[1].slip_since_days, moved);
    assert_eq!(run(&team, &History::default()).objectives[0].milestones[1].slip_since_days, None);
}

#[test]
fn slipping_is_two_moves_of_five_days_in_a_row() {
    let mut team = small_team();
    team.milestones[1].due = Some(day("2026-12-30"));
    let trend = |then: [&str; 2]| {
        let mut history = history(&team, &["2026-10-23", "2026-10-30"]);
        for (snapshot, due) in history.snapshots.iter_mut().zip(then) {
            let at = snapshot.milestones.values_mut().last().expect("M2 was known");
            (at.due, at.p50) = (Some(day(due)), None);
        }
        let milestone = &run(&team, &history).objectives[0].milestones[1];
        (milestone.expected(), milestone.moved_days(), milestone.trend())
    };
    let now = Some(day("2026-12-30"));
    assert_eq!(trend(["2026-12-15", "2026-12-22"]), (now, Some(8), Some(Trend::Slipping)));
    assert_eq!(trend(["2027-01-15", "2027-01-08"]), (now, Some(-9), Some(Trend::Recovering)));
    // A move of four days is none, and neither are two in opposite directions.
    assert_eq!(trend(["2026-12-18", "2026-12-26"]), (now, Some(0), None));
    assert_eq!(trend(["2027-01-08", "2026-12-22"]), (now, Some(8), None));
}

#[test]
fn milestones_may_appear_and_disappear_between_one_to_ones() {
    let mut team = small_team();
    let history = history(&team, &["2026-11-13"]);
    // One is gone, one is new, one has another name with the same id.
    team.milestones.remove(0);
    team.milestones[0].name = "Renamed".into();
    team.milestones.push(milestone("O", "M3", "2026-12-20"));
    let analysis = run(&team, &history);
    let news: Vec<(&str, bool)> =
        analysis.objectives[0].milestones.iter().map(|it| (it.name.as_str(), it.new)).collect();
    assert_eq!(news, [("Renamed", false), ("Milestone M3", true)]);
}

#[test]
fn an_open_milestone_has_its_dates_at_the_last_five_meetings() {
    let mut team = small_team();
    team.milestones[1].due = Some(day("2026-12-20"));
    let six = ["2026-10-09", "2026-10-16", "2026-10-23", "2026-10-30", "2026-11-06", "2026-11-13"];
    let objective = &run(&team, &history(&team, &six)).objectives[0];
    let at = |id: &str| objective.milestones.iter().find(|it| it.id.as_str() == id).expect("a milestone");
    let open = &at("M2").history;
    assert_eq!(open.len(), 5);
    assert_eq!(open[0].on, day("2026-10-16"));
    assert!(open.iter().all(|then| then.expected >= day("2026-12-20")), "{open:?}");
    assert!(at("M1").history.is_empty(), "what is done has no history to show");
}

#[test]
fn the_boss_confirms_every_four_weeks_and_every_quarter() {
    let mut team = small_team();
    let due = |team: &Team| run(team, &History::default()).objectives[0].confirm_due;
    assert!(due(&team), "agreed seven weeks ago");
    team.agreements = vec![Agreement { objective: Some("O".into()), ..agreement("2026-10-30", About::Confirm) }];
    assert!(!due(&team));
    team.agreements[0].objective = None;
    assert!(!due(&team), "all of them were confirmed");
    team.agreements[0].date = day("2026-10-23");
    assert!(due(&team));
}

#[test]
fn an_objective_is_dropped_with_its_milestones() {
    let mut team = small_team();
    team.milestones.iter_mut().for_each(|milestone| {
        milestone.done_on = None;
        milestone.stated = Some(Status::Dropped);
    });
    assert_eq!(run(&team, &History::default()).objectives[0].status, Status::Dropped);
}
