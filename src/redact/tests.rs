//! Cases for the filter as an attacker would try it: secret words in every field that a person may write.

use super::*;
use crate::problem::{Excerpt, Place, Problem};
use crate::team::{
    About, Agreement, AskStatus, Drives, Event, Goal, Milestone, Objective, SourceRead, Task, TaskKey, TaskStatus, Win,
};
use std::collections::BTreeMap;
const SECRET: &str = "XSECRETX";
fn day(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

fn note(kind: NoteKind, person: &str, text: &str) -> PersonNote {
    PersonNote {
        id: None,
        date: Some(day("2026-11-10")),
        person: person.into(),
        kind,
        text: text.into(),
        before: None,
        ask: None,
        hypothesis: None,
        next_step: None,
        raised_on: None,
        closed_on: None,
        confidential: false,
    }
}

pub(super) fn ask(id: &str, stage: Stage, text: &str) -> Ask {
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
        gives: None,
        amount: None,
        tasks: Vec::new(),
        needed_from: None,
        we_owe: None,
        needed_by: None,
        needed_period: None,
        stage,
        status: AskStatus::Open,
        answered_on: None,
        answer: None,
        delivered_on: None,
        confidential: false,
    }
}

fn task(key: &str, labels: &[&str], milestone: Option<&str>) -> Task {
    Task {
        milestone: milestone.map(MilestoneId::from),
        labels: labels.iter().map(|label| (*label).to_owned()).collect(),
        ..Task::bare(key, TaskStatus::Todo)
    }
}

fn win(text: &str, confidential: bool) -> Win {
    Win {
        date: None,
        text: text.into(),
        kind: None,
        drives: Drives::Revenue,
        amount: None,
        evidence: None,
        link: None,
        validated_by: None,
        quote: None,
        quote_by: None,
        quote_on: None,
        with_team: None,
        people: vec![],
        objective: None,
        confidential,
    }
}

fn goal(who: GoalOf, text: &str, confidential: bool) -> Goal {
    Goal {
        goal: text.into(),
        who,
        horizon: None,
        target: None,
        progress: None,
        note: None,
        date: None,
        feedback: Some(format!("{SECRET} feedback")),
        confidential,
    }
}

fn agreement(what: About, milestone: Option<&str>, to: &str) -> Agreement {
    Agreement {
        date: day("2026-11-13"),
        objective: None,
        milestone: milestone.map(MilestoneId::from),
        what,
        from: Some(format!("{SECRET} from")),
        to: Some(to.into()),
        to_date: to.parse().ok(),
        with: Some(format!("{SECRET} with")),
        confidential: false,
    }
}

/// Returns a team with public data, and a secret word in everything that the shared copy must not show.
fn team_with_secrets() -> Team {
    let secret = |what: &str| format!("{SECRET} {what}");
    let hidden = "XSECRETX takeover";
    let mut confidential_task = task("CUR-2", &["hr", "XSECRETX-label"], Some("M1"));
    confidential_task.title = secret("task");
    confidential_task.confidential = true;
    confidential_task.sprints = vec![secret("sprint")];
    let mut child = task("CUR-3", &[], Some("M1"));
    child.title = secret("child");
    child.parent = Some("CUR-2".into());
    let mut of_hidden = task("CUR-4", &[], Some(hidden));
    of_hidden.title = secret("task of the milestone");

    let mut concern = note(NoteKind::Concern, "T. Ibarra", &secret("concern"));
    concern.ask = Some("A9".into());
    let mut highlight = note(NoteKind::Highlight, "A. Osei", "Built the metrics sheet");
    highlight.ask = Some(secret("wish: a raise"));
    highlight.hypothesis = Some(secret("hypothesis"));
    let mut confidential_note = note(NoteKind::Learning, "A. Osei", &secret("learning"));
    confidential_note.confidential = true;

    let mut raised = ask("A1", Stage::Raised, "One front-end developer");
    raised.why = Some("Osei needs XSECRETX".into());
    raised.answer = Some("Yes, from Monday".into());
    let mut answered = ask("A2", Stage::Private, &secret("private ask"));
    answered.status = AskStatus::Granted;
    answered.answer = Some(secret("answer"));
    let mut confidential_ask = ask("A3", Stage::Raised, &secret("confidential ask"));
    confidential_ask.confidential = true;
    let mut of_milestone = ask("A4", Stage::Raised, &secret("ask of the milestone"));
    of_milestone.milestone = Some(hidden.into());
    let course = ask("A5", Stage::Raised, "Course for Osei, XSECRETX");
    let pointed_at = ask("A9", Stage::Raised, &secret("ask of a concern"));
    let mut feedback = ask("A6", Stage::Raised, &secret("feedback on me"));
    feedback.kind = Some(AskKind::Feedback);

    Team {
        name: "Curation".into(),
        members: vec!["A. Osei".into()],
        milestones: vec![
            Milestone { id: "M1".into(), name: "Schema".into(), ..Milestone::default() },
            Milestone {
                id: hidden.into(),
                name: hidden.into(),
                aliases: vec![secret("alias")],
                reason: Some(secret("reason")),
                owner_team: Some(secret("owner")),
                confidential: true,
                ..Milestone::default()
            },
            Milestone {
                id: "M3".into(),
                name: "Carried".into(),
                carried_from: Some(hidden.into()),
                ..Milestone::default()
            },
        ],
        tasks: vec![task("CUR-1", &["open"], Some("M1")), confidential_task, child, of_hidden],
        people: vec![concern, note(NoteKind::Signal, "A. Osei", &secret("signal")), highlight, confidential_note],
        asks: vec![raised, answered, confidential_ask, of_milestone, course, pointed_at, feedback],
        wins: vec![win("Three pilots signed", false), win(&secret("win"), true)],
        goals: vec![
            goal(GoalOf::Me, &secret("Director"), false),
            goal(GoalOf::Team, "Everyone works with AI tools", false),
            goal(GoalOf::Team, &secret("team goal"), true),
        ],
        agreements: vec![
            agreement(About::Date, Some(hidden), "2026-11-27"),
            agreement(About::Scope, Some(hidden), "XSECRETX-label, CUR-4"),
            Agreement { from: None, with: None, ..agreement(About::Scope, Some("M1"), "open; XSECRETX-label") },
        ],
        unmatched: BTreeMap::from([(secret("epic"), 3)]),
        sources: vec![source("data/jira.csv", TableKind::Tasks), source("private/XSECRETX.csv", TableKind::Goals)],
        ..Team::default()
    }
}

fn source(file: &str, table: TableKind) -> SourceRead {
    SourceRead {
        file: file.into(),
        table,
        records: 7,
        read: 7,
        skipped: 0,
        newest: None,
        cadence: 8,
        is_private: crate::config::is_private(file),
        confidential: 0,
        withheld_skipped: 0,
        newest_open: None,
    }
}

fn json(redacted: &Redacted) -> String {
    serde_json::to_string(redacted.team()).expect("a team is JSON")
}

#[test]
fn no_secret_reaches_the_shared_copy() {
    let redacted = redact(&Guarded::new(team_with_secrets()), Audience::Shared, true);
    let text = json(&redacted);
    assert!(!text.contains(SECRET), "{text}");
    // Public data is still there.
    let team = redacted.team();
    assert_eq!(team.asks.iter().map(|ask| ask.id.as_str()).collect::<Vec<_>>(), ["A1"]);
    assert_eq!(team.asks[0].answer.as_deref(), Some("Yes, from Monday"));
    assert_eq!(team.people.len(), 1);
    assert_eq!((team.wins.len(), team.goals.len(), team.milestones.len(), team.tasks.len()), (1, 1, 2, 3));
    assert_eq!(team.sources.len(), 1);
}

#[test]
fn confidential_tasks_only_count() {
    let redacted = redact(&Guarded::new(team_with_secrets()), Audience::Shared, false);
    let team = redacted.team();
    assert_eq!(team.tasks.iter().map(|task| task.withheld).collect::<Vec<_>>(), [false, true, true]);
    for task in &team.tasks[1..] {
        assert_eq!((task.title.as_str(), task.labels.len(), task.sprints.len(), &task.parent), ("", 0, 0, &None));
        // They count for the milestone that the copy shows.
        assert_eq!(task.milestone.as_ref().map(MilestoneId::as_str), Some("M1"));
    }
    // Everything of a confidential milestone is gone, including references to it.
    assert!(team.milestones.iter().all(|milestone| milestone.carried_from.is_none()));
    // An agreement lists only tasks that the copy shows.
    assert_eq!(team.agreements.iter().map(|it| it.to.as_deref()).collect::<Vec<_>>(), [Some("open")]);
    // Older snapshots must lose all of it.
    let withheld = redacted.withheld();
    assert!(["CUR-2", "CUR-3", "CUR-4"].iter().all(|key| withheld.tasks.contains(&TaskKey::from(*key))));
    assert!(withheld.milestones.contains(&"XSECRETX takeover".into()) && withheld.asks.contains(&"A9".into()));
}

#[test]
fn a_private_file_is_not_in_the_shared_copy() {
    let mut team = team_with_secrets();
    let mut below = task("CUR-6", &[], Some("M1"));
    below.parent = Some("CUR-5".into());
    team.tasks.extend([Task { is_private: true, confidential: true, ..task("CUR-5", &[], Some("M1")) }, below]);
    team.objectives = vec![
        Objective { id: "O1".into(), name: "XSECRETX".into(), confidential: true, ..Objective::default() },
        Objective { id: "O2".into(), name: "XSECRETX implied".into(), implied: true, ..Objective::default() },
        Objective { id: "O3".into(), name: "Update speed".into(), ..Objective::default() },
    ];
    team.wins.push(Win { objective: Some("O1".into()), ..win("XSECRETX of a hidden objective", false) });
    team.wins.push(Win { objective: Some("O2".into()), ..win("XSECRETX", true) });
    team.events.push(Event {
        date: day("2026-11-02"),
        until: None,
        kind: None,
        metric: None,
        text: "XSECRETX".into(),
        confidential: true,
    });
    let guarded = Guarded::new(team);
    let shared = redact(&guarded, Audience::Shared, false);
    assert!(!json(&shared).contains(SECRET), "{}", json(&shared));
    assert_eq!(shared.team().objectives.len(), 1);
    // The boss sees them, except for the tasks.
    let boss = redact(&guarded, Audience::Boss, false);
    assert_eq!((boss.team().objectives.len(), boss.team().tasks.len()), (3, 4));
}

#[test]
fn a_reason_that_reveals_a_withheld_ask_is_left_out() {
    let mut team = team_with_secrets();
    team.asks = vec![ask("A1", Stage::Private, "Budget for a second curator")];
    team.asks[0].milestone = Some("M3".into());
    let of = |id: &str, reason: &str| Milestone { id: id.into(), reason: Some(reason.into()), ..Milestone::default() };
    team.milestones =
        vec![of("M1", "Legal has not signed"), of("M2", "No second curator, no budget"), of("M3", "Ada was ill")];
    let reasons = |audience| {
        let redacted = redact(&Guarded::new(team.clone()), audience, false);
        redacted.team().milestones.iter().map(|milestone| milestone.reason.is_some()).collect::<Vec<_>>()
    };
    assert_eq!(reasons(Audience::Shared), [true, false, false]);
    assert_eq!(reasons(Audience::Boss), [true, true, true]);
}

#[test]
fn the_shared_copy_does_not_depend_on_what_it_leaves_out() {
    let with = team_with_secrets();
    let mut without = with.clone();
    without.people.retain(|note| note.kind == NoteKind::Highlight);
    without.people[0].ask = None;
    without.asks.retain(|ask| ask.id.as_str() == "A1");
    without.wins.truncate(1);
    without.goals = vec![goal(GoalOf::Team, "Everyone works with AI tools", false)];
    without.sources.truncate(1);
    without.milestones.retain(|milestone| !milestone.confidential);
    without.milestones[1].carried_from = None;
    without.tasks.retain(|task| task.key.as_str() != "CUR-4");
    without.agreements.drain(..2);
    without.unmatched.clear();
    let (with, without) =
        (redact(&Guarded::new(with), Audience::Shared, true), redact(&Guarded::new(without), Audience::Shared, false));
    assert_eq!(with.team(), without.team());
}

#[test]
fn the_boss_sees_concerns_only_if_configured() {
    let secret_people = |concerns| {
        let redacted = redact(&Guarded::new(team_with_secrets()), Audience::Boss, concerns);
        redacted.team().people.iter().map(|note| note.kind).collect::<Vec<_>>()
    };
    assert_eq!(secret_people(false), [NoteKind::Highlight, NoteKind::Learning]);
    assert_eq!(secret_people(true).len(), 4);
    let redacted = redact(&Guarded::new(team_with_secrets()), Audience::Boss, false);
    let team = redacted.team();
    assert!(team.people.iter().all(|note| note.hypothesis.is_none()));
    assert!(team.members.is_empty() && team.unmatched.is_empty());
    // The boss sees private asks; confidential tasks count without their text.
    assert_eq!(team.asks.len(), 7);
    assert!(!json(&redacted).contains("XSECRETX task\"") && !json(&redacted).contains("XSECRETX child"));
    assert!(!json(&redacted).contains("XSECRETX-label"));
    assert_eq!(team.milestones[1].name, "XSECRETX takeover");
}

#[test]
fn a_new_boss_does_not_see_earlier_concerns() {
    let mut team = team_with_secrets();
    team.boss_since = Some(day("2026-11-15"));
    let redacted = redact(&Guarded::new(team), Audience::Boss, true);
    assert!(redacted.team().people.iter().all(|note| note.kind != NoteKind::Concern));
}

#[test]
fn an_ask_about_withheld_tasks_alone_is_left_out() {
    let mut hidden = task("HR-1", &["hr", "scoring"], None);
    hidden.confidential = true;
    let open = task("T-2", &["scoring"], None);
    let about = |id: &str, name: &str| Ask { tasks: vec![name.into()], ..ask(id, Stage::Raised, "Drop it") };
    let asks = vec![about("1", "hr-1"), about("2", "hr"), about("3", "scoring"), about("4", "T-2")];
    let team = Team { tasks: vec![hidden, open], asks, ..Team::default() };
    let shown = redact(&Guarded::new(team.clone()), Audience::Shared, false);
    let ids: Vec<&str> = shown.team().asks.iter().map(|ask| ask.id.as_str()).collect();
    assert_eq!(ids, ["3", "4"]);
    // With a confidential task among them, the effect of the ask would reveal the task.
    assert!(shown.team().asks[0].tasks.is_empty() && !shown.team().asks[1].tasks.is_empty());
    assert_eq!(redact(&Guarded::new(team), Audience::Boss, false).team().asks.len(), 4);
}

#[test]
fn the_manager_sees_everything() {
    let team = team_with_secrets();
    assert_eq!(redact(&Guarded::new(team.clone()), Audience::Me, false).team(), &team);
}

#[test]
fn problems_of_private_files_are_not_shown_to_the_boss() {
    let excerpt = Some(Excerpt { text: format!("CUR-2,{SECRET}"), start: 0, len: 5 });
    let in_tasks = Problem::warning("bad-date", "no date").at(Place { excerpt, ..Place::at("data/jira.csv", 2, 1) });
    let in_private = Problem::warning("bad-date", "no date").at(Place::at("private/XSECRETX.csv", 2, 1));
    let in_people = Problem::warning("unknown-word", "no word").at(Place::at("team/data/people-2026.csv", 7, 1));
    let unmatched = Problem::warning("unmatched-milestone", "tasks name what is no milestone");
    let unmatched = unmatched.help_quoting(format!("{SECRET} is an alias"));
    let all = Problems(vec![in_tasks, in_private, in_people, unmatched]);
    let people = Source { table: TableKind::People, file: "data/people-*.csv".into(), ..a_source() };
    let problems = redact_problems(all.clone(), std::slice::from_ref(&people), Audience::Boss);
    assert_eq!(problems.0.len(), 2);
    assert!(!format!("{problems:?}").contains(SECRET));
    assert_eq!(redact_problems(all.clone(), &[people], Audience::Me), all);
}

fn a_source() -> Source {
    Source {
        table: TableKind::Tasks,
        file: String::new(),
        place: Place::file("headsup.toml"),
        preset: None,
        reading: crate::table::ReadingOptions::default(),
        cadence: Some(8),
        skip_bad_rows: false,
        columns: BTreeMap::new(),
        column_places: BTreeMap::new(),
        values: BTreeMap::new(),
        counts: None,
        filter: BTreeMap::new(),
    }
}
