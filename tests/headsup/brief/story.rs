//! The story of the design's sketch as numbers: a curation team in week 8 of a quarter. Tests change one thing in it at
//! a time.

mod parts;
mod reading;

use chrono::NaiveDate;
use headsup::analysis::*;
use headsup::brief::{self, Block, Brief, Options, Section, Spans};
use headsup::problem::Problems;
use headsup::redact::Audience;
use headsup::team::*;
use headsup::words::Words;

pub use parts::*;
pub use reading::*;

const ERRORS: [f64; 12] = [0.95, 0.92, 0.97, 0.94, 0.9, 0.93, 0.89, 0.91, 0.87, 0.88, 0.62, 0.58];

const LAG: [f64; 12] = [60.0, 58.0, 63.0, 61.0, 60.0, 64.0, 59.0, 62.0, 60.0, 58.0, 60.0, 61.0];

/// Returns the whole story.
pub fn story() -> Analysis {
    let release = MilestoneState {
        reason: Some("the search page waits on a front-end developer since 3 November".into()),
        slip_since_days: Some(4),
        stated: Some(Status::AtRisk),
        progress: Some(0.3),
        ..late("Self-serve release", day(12, 4), 9)
    };
    let stream = MilestoneState {
        original: Some(day(11, 20)),
        moved: vec![(day(11, 13), day(11, 27))],
        ..on_pace("Batch to stream", day(11, 27))
    };
    let outcome = |metric: &str, unit: &str, latest, target, moving| {
        Some(Outcome {
            metric: metric.into(),
            unit: Some(unit.into()),
            latest: Some(latest),
            target: Some(target),
            met: Some(false),
            moving,
            verdict: if moving == OutcomeMove::Better { OutcomeVerdict::Improving } else { OutcomeVerdict::NotMoving },
        })
    };
    let risk = ObjectiveState {
        wording: Some("Pilot accounts can look up any supplier’s risk themselves.".into()),
        planned: Some(0.62),
        outcome: outcome("Pilots signed", "", 2.0, 3.0, OutcomeMove::Better),
        scope: Some(scope()),
        ..objective(
            "Supplier-risk dataset",
            Status::Late,
            vec![
                done("Schema agreed", day(10, 16), day(10, 15)),
                done("Pilot: 3 customers", day(11, 10), day(11, 10)),
                release,
            ],
        )
    };
    let speed = ObjectiveState {
        outcome: outcome("Update lag", "hours", 61.0, 24.0, OutcomeMove::Still),
        ..objective(
            "Update speed: 24 h",
            Status::OnPace,
            vec![done("Ingest profiled", day(10, 8), day(10, 8)), stream, on_pace("24 h for all feeds", day(12, 18))],
        )
    };
    let quality = ObjectiveState {
        confirm_due: true,
        outcome: outcome("Records in error", "%", 0.58, 0.5, OutcomeMove::Better),
        ..objective(
            "Data quality < 0.5 %",
            Status::Ahead,
            vec![
                done("Rules, top 20 feeds", day(10, 30), day(10, 30)),
                on_pace("Alerts on call", day(11, 27)),
                ahead("Error rate held 4 wks", day(12, 24), 8),
            ],
        )
    };
    let mut errors = metric("Records in error", "%", &ERRORS);
    errors.signals = vec![signal(Rule::OutsideLimit, Some(true))];
    errors.range =
        Some(Range { centre: 0.92, lower: 0.8, upper: 1.04, provisional: false, points: 20, basis: Basis::Level });
    errors.target = Some(0.5);
    errors.target_met = Some(false);
    errors.events = vec![EventMark { date: day(11, 11), text: "Address rules live".into() }];
    let mut lag = metric("Update lag", "hours", &LAG);
    lag.target = Some(24.0);
    lag.target_met = Some(false);
    let developer = AskState {
        why: Some("to win the three pilot accounts".into()),
        if_not: Some("13 December".into()),
        recommendation: Some("borrow one from Platform".into()),
        objective: Some("Supplier-risk dataset".into()),
        milestone: Some("Self-serve release".into()),
        needed_from: Some("the Platform POD".into()),
        stage: Stage::Private,
        new: true,
        age_days: Some(2),
        ..ask(1, "One front-end developer from the Platform POD for two weeks", AskKind::Resource, Some(day(11, 27)))
    };
    let scoring = AskState {
        alternative: Some("keep it and agree 20 December".into()),
        objective: Some("Supplier-risk dataset".into()),
        about: vec![About::Scope],
        ..ask(2, "Drop supplier scoring from this quarter", AskKind::Decision, Some(day(11, 24)))
    };
    let course = AskState {
        why: Some("who built the metrics sheet the team runs on".into()),
        age_days: Some(21),
        ..ask(3, "Course for A. Osei, 480 $", AskKind::Expense, Some(day(12, 4)))
    };
    let decided = |text: &str, outcome, delivered_on| Decided {
        text: text.into(),
        date: day(11, 13),
        outcome,
        answer: None,
        delivered_on,
        owed: outcome == DecidedOutcome::Granted && delivered_on.is_none(),
        ask: None,
        about: None,
        to: None,
    };
    let person = |name: &str, kind, text: &str, ask, wish: Option<&str>| PersonState {
        date: Some(day(11, 18)),
        person: name.into(),
        kind,
        text: text.into(),
        ask,
        wish: wish.map(Into::into),
        before: None,
    };
    let goal = |text: &str, who| GoalState {
        goal: text.into(),
        who,
        horizon: Some("June 2027".into()),
        target: None,
        progress: Some(0.63),
        progress_before: Some(0.5),
        note: Some("5 of 8 use them weekly".into()),
        date: Some(day(11, 13)),
    };
    Analysis {
        decided: vec![
            Decided {
                about: Some(About::Date),
                to: Some(day(11, 27)),
                ..decided("Batch to stream", DecidedOutcome::Agreed, None)
            },
            decided("Two pilot contracts", DecidedOutcome::Granted, Some(day(11, 17))),
            decided("Platform mentor", DecidedOutcome::Granted, None),
            Decided { answer: Some("next year".into()), ..decided("A second analyst", DecidedOutcome::Declined, None) },
        ],
        asks: vec![developer, scoring, course],
        objectives: vec![risk, speed, quality],
        drift: vec![
            Drift {
                ask: Some(2),
                new: true,
                ..drift(About::Scope, "Supplier-risk dataset", DriftDetail::Scope(scope()))
            },
            Drift { ask: Some(2), ..drift(About::Wording, "Supplier-risk dataset", wording()) },
            Drift {
                milestone: Some("Batch to stream".into()),
                milestone_name: Some("Batch to stream".into()),
                agreed_on: Some(day(11, 13)),
                ..drift(About::Date, "Update speed: 24 h", DriftDetail::Date { from: day(11, 20), to: day(11, 27) })
            },
        ],
        value: vec![
            WinState {
                evidence: Some("Two signed.".into()),
                amount: Some("38 k$ a year".into()),
                link: Some("https://example.org/deal".into()),
                objective: Some("Supplier-risk dataset".into()),
                ..win("Ownership links shipped to the three pilot accounts", Drives::Revenue, Some("both accounts"))
            },
            win("Sanctions feed for APAC", Drives::Revenue, None),
            win("Bad-address errors down 34 %", Drives::Retention, Some("2 renewals")),
            WinState {
                with_team: Some("the Interface POD".into()),
                ..win("Review queue designed", Drives::Retention, None)
            },
        ],
        metrics: vec![
            lag,
            errors,
            MetricState {
                better: Some(Better::Up),
                ..metric("Feeds added a week", "", &[14.0, 16.0, 15.0, 17.0, 14.0, 15.0, 16.0, 16.0])
            },
        ],
        plan_review: Some(PlanReview {
            on: day(11, 6),
            so_far: false,
            tasks: vec![
                ReviewedTask {
                    key: "CUR-1".into(),
                    title: "Pilot accounts loaded".into(),
                    done: true,
                    dropped: false,
                    reason: None,
                    moved: false,
                },
                ReviewedTask {
                    key: "CUR-2".into(),
                    title: "Search page reviewed".into(),
                    done: false,
                    dropped: false,
                    reason: Some("waits on a front-end developer".into()),
                    moved: false,
                },
                ReviewedTask {
                    key: "CUR-3".into(),
                    title: "Feed 19 on stream".into(),
                    done: false,
                    dropped: false,
                    reason: None,
                    moved: true,
                },
            ],
            done: Some(1),
            of: 3,
            unplanned: vec![task("CUR-9", "Certificate renewed")],
        }),
        next: Next {
            until: day(12, 4),
            groups: vec![
                NextGroup {
                    objective: Some("Supplier-risk dataset".into()),
                    objective_name: Some("Supplier-risk dataset".into()),
                    milestone: Some("Self-serve release".into()),
                    milestone_name: Some("Self-serve release".into()),
                    tasks: vec![task("CUR-4", "Search page"), task("CUR-5", "Access rights")],
                },
                NextGroup {
                    objective: Some("Update speed: 24 h".into()),
                    objective_name: Some("Update speed: 24 h".into()),
                    milestone: Some("Batch to stream".into()),
                    milestone_name: Some("Batch to stream".into()),
                    tasks: vec![task("CUR-6", "Feeds 19 to 22")],
                },
            ],
            keys: vec!["CUR-4".into(), "CUR-5".into(), "CUR-6".into()],
            milestones_without_tasks: vec!["Error rate held 4 wks".into()],
        },
        people: vec![
            person(
                "A. Osei",
                NoteKind::Highlight,
                "went from no code to the sheet that tracks all team metrics.",
                Some(3),
                None,
            ),
            person(
                "M. Laurent",
                NoteKind::Highlight,
                "runs the intake process for two PODs now.",
                None,
                Some("a mentor in product"),
            ),
            person(
                "T. Ibarra",
                NoteKind::Learning,
                "Python in spare time; the first data check is merged.",
                None,
                None,
            ),
        ],
        cross_team: vec![
            AskState {
                why: Some("for retention of the top ten accounts".into()),
                needed_from: Some("Interface POD".into()),
                needed_by: Some(day(12, 1)),
                ..ask(0, "review queue built into the workbench", AskKind::Resource, None)
            },
            AskState {
                we_owe: Some("Sales".into()),
                stage: Stage::Agreed,
                ..ask(0, "a sample file for two prospects", AskKind::Resource, Some(day(11, 25)))
            },
        ],
        beyond: vec![WinState {
            kind: Some(WinKind::Culture),
            ..win("feedback week held, 8 of 8 took part", Drives::Beyond, None)
        }],
        goals: vec![goal("Everyone works with AI tools", GoalOf::Team)],
        for_me: Some(ForMe {
            goals: vec![GoalState { progress: None, note: None, ..goal("Senior Manager", GoalOf::Me) }],
            feedback: vec![(Some(day(10, 23)), "run one cross-POD project".into())],
        }),
        unattached: vec![task("CUR-7", "Tidy wiki"), task("CUR-8", "Vendor call")],
        outside_share: Some(0.125),
        outside: Some((1, 8)),
        track_record: Some(TrackRecord { n: 40, p50_held: 0.5, p85_held: 0.84 }),
        ..empty()
    }
}

/// Returns the story with the additions of the manager's own copy.
pub fn story_for_me() -> Analysis {
    Analysis {
        coverage: vec![Coverage { person: "P. Nandakumar".into(), last_highlight: Some(day(10, 9)), weeks: Some(6) }],
        concerns: vec![ConcernState {
            id: None,
            person: "T. Ibarra".into(),
            kind: NoteKind::Signal,
            text: "quiet in reviews for two weeks.".into(),
            hypothesis: Some("communication".into()),
            next_step: Some("ask in the next talk".into()),
            date: Some(day(10, 30)),
            age_days: Some(21),
            raised_on: None,
        }],
        ..story()
    }
}
