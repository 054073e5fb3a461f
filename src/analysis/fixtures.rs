//! Test teams for the analysis.

use chrono::NaiveDate;

use super::{Analysis, KnownTeam, Timeframe, Trials, analyse, analyse_after};
use crate::config::{Calendar, NextRule, WeighBy};
use crate::history::{History, Snapshot};
use crate::redact::{Audience, Guarded, Redacted, redact};
use crate::team::{
    About, Agreement, Ask, AskStatus, Drives, Milestone, NoteKind, Objective, PersonNote, Stage, Task, TaskStatus,
    Team, Win,
};

pub(crate) fn day(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

/// A timeframe as of Friday 20 November 2026, with weeks that end on Friday.
pub(crate) fn frame() -> Timeframe {
    Timeframe {
        as_of: day("2026-11-20"),
        on: day("2026-11-20"),
        since: None,
        calendar: Calendar { week_ends: chrono::Weekday::Fri, ..Calendar::default() },
        off: Vec::new(),
        quarter: None,
        weigh_by: WeighBy::Count,
        next: NextRule::default(),
        every: std::collections::BTreeMap::new(),
    }
}

pub(crate) fn redacted(team: Team) -> Redacted {
    redact(&Guarded::new(team), Audience::Me, false)
}

/// Returns the manager's analysis of 20 November.
pub(crate) fn run(team: &Team, history: &History) -> Analysis {
    analyse(&redacted(team.clone()), history, &frame())
}

/// Returns the snapshot that `record` stores for the 1:1 of `as_of`.
pub(crate) fn recorded(team: &Team, as_of: &str, history: &History) -> Snapshot {
    let frame = Timeframe { as_of: day(as_of), on: day(as_of), ..frame() };
    let known = KnownTeam::at(redacted(team.clone()), frame.as_of);
    let analysis = analyse_after(&known, history, &frame, &mut Trials::default());
    Snapshot::of(&analysis, &known, &["needed from you", "for me"])
}

/// Returns a history of 1:1s at which the team was as its own dates say.
pub(crate) fn history(team: &Team, dates: &[&str]) -> History {
    dates.iter().fold(History::default(), |mut history, as_of| {
        history.snapshots.push(recorded(team, as_of, &history));
        history
    })
}

/// Returns a team that has only wins, from date and text.
pub(crate) fn team_of_wins(wins: &[(&str, &str)]) -> Team {
    let win = |(date, text): &(&str, &str)| Win {
        date: Some(day(date)),
        text: (*text).into(),
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
        people: Vec::new(),
        objective: None,
        confidential: false,
    };
    Team { name: "Curation".into(), wins: wins.iter().map(win).collect(), ..Team::default() }
}

/// Returns a team of one objective with one milestone with one task, done on a day.
pub(crate) fn done_task(key: &str, done_on: &str) -> Team {
    let task = Task { done_on: Some(day(done_on)), ..task_of("M1", key, TaskStatus::Done) };
    Team {
        name: "Curation".into(),
        objectives: vec![objective("O")],
        milestones: vec![milestone("O", "M1", "2026-11-30")],
        tasks: vec![task],
        ..Team::default()
    }
}

pub(crate) fn task(key: &str, status: TaskStatus) -> Task {
    Task::bare(key, status)
}

/// Returns a task of a milestone.
pub(crate) fn task_of(milestone: &str, key: &str, status: TaskStatus) -> Task {
    Task { milestone: Some(milestone.into()), ..task(key, status) }
}

pub(crate) fn objective(id: &str) -> Objective {
    Objective { id: id.into(), name: format!("Objective {id}"), ..Objective::default() }
}

/// Returns a milestone of `objective` that is agreed for `agreed`.
pub(crate) fn milestone(objective: &str, id: &str, agreed: &str) -> Milestone {
    Milestone {
        id: id.into(),
        name: format!("Milestone {id}"),
        objective: Some(objective.into()),
        original: Some(day(agreed)),
        due: Some(day(agreed)),
        has_baseline: true,
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
        gives: None,
        amount: None,
        tasks: Vec::new(),
        needed_from: None,
        we_owe: None,
        needed_by: None,
        needed_period: None,
        stage: Stage::Raised,
        status: AskStatus::Open,
        answered_on: None,
        answer: None,
        delivered_on: None,
        confidential: false,
    }
}

pub(crate) fn agreement(date: &str, what: About) -> Agreement {
    Agreement {
        date: day(date),
        objective: None,
        milestone: None,
        what,
        from: None,
        to: None,
        to_date: None,
        with: None,
        confidential: false,
    }
}

pub(crate) fn note(date: &str, person: &str, kind: NoteKind, text: &str) -> PersonNote {
    PersonNote {
        id: None,
        date: Some(day(date)),
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

/// Configuration of deterministic property tests with few cases, because each runs forecasts.
pub(crate) fn few_cases() -> proptest::test_runner::Config {
    proptest::test_runner::Config {
        cases: 8,
        failure_persistence: None,
        rng_seed: proptest::test_runner::RngSeed::Fixed(7),
        ..Default::default()
    }
}
