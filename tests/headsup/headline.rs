//! The headline and the summary, read as the boss reads them, in situations that differ in one thing each.

use headsup::analysis::*;
use headsup::team::*;

use crate::brief::story::*;

fn read(analysis: &Analysis) -> String {
    let brief = compose(analysis);
    plain(
        &std::iter::once(brief.title.clone())
            .chain(brief.sentences())
            .map(|line| format!("{line}\n"))
            .collect::<String>(),
    )
}

/// Three objectives, all on pace, nothing to ask.
fn well() -> Analysis {
    Analysis {
        objectives: vec![
            objective(
                "Risk dataset",
                Status::OnPace,
                vec![done("Schema agreed", day(10, 16), day(10, 15)), on_pace("Release", day(12, 4))],
            ),
            objective("Update speed", Status::OnPace, vec![on_pace("Batch to stream", day(11, 27))]),
            objective("Data quality", Status::OnPace, vec![on_pace("Alerts on call", day(12, 11))]),
        ],
        ..empty()
    }
}

fn with(milestone: MilestoneState) -> Analysis {
    let mut analysis = well();
    analysis.objectives[0].status = milestone.status;
    analysis.objectives[0].milestones[1] = milestone;
    analysis
}

fn with_ask(ask: AskState) -> Analysis {
    Analysis { asks: vec![ask], ..well() }
}

fn with_metric(rule: Rule, favourable: Option<bool>) -> Analysis {
    let mut errors = metric("Records in error", "%", &[0.95, 0.92, 0.97, 0.9, 0.92, 0.9, 0.91, 0.58]);
    errors.range =
        Some(Range { centre: 0.92, lower: 0.8, upper: 1.04, provisional: false, points: 20, basis: Basis::Level });
    let since = if rule == Rule::EightOneSide { day(10, 2) } else { day(11, 20) };
    errors.signals = vec![Signal { since, ..signal(rule, favourable) }];
    Analysis { metrics: vec![errors], ..well() }
}

fn situations() -> Vec<(&'static str, Analysis)> {
    let reason = |milestone: MilestoneState| MilestoneState {
        reason: Some("the vendor’s sandbox is down".into()),
        ..milestone
    };
    let mut all_late = well();
    for (objective, days) in all_late.objectives.iter_mut().zip([9, 20, 3]) {
        objective.status = Status::Late;
        let last = objective.milestones.last_mut().unwrap();
        *last = late(&last.name.clone(), last.agreed.unwrap(), days);
    }
    let mut begun = Analysis { quarter: Quarter { week: 1, ..empty().quarter }, ..well() };
    begun.as_of = day(10, 6);
    begun.on = day(10, 6);
    for objective in &mut begun.objectives {
        objective.status = Status::NotStarted;
        objective.done_since = 0;
        objective.done = 0;
        objective.milestones.retain(|milestone| milestone.done_on.is_none());
        objective.milestones.iter_mut().for_each(|milestone| milestone.status = Status::NotStarted);
    }
    let close = |name: &str, outcome| ObjectiveClose { name: name.into(), outcome, done: 3, of: 4 };
    let closed = Analysis {
        last_quarter: vec![
            close("A", CloseOutcome::Met),
            close("B", CloseOutcome::Part),
            close("C", CloseOutcome::Met),
        ],
        ..begun.clone()
    };
    let mut all_done = well();
    for objective in &mut all_done.objectives {
        objective.status = Status::Done;
        for milestone in &mut objective.milestones {
            *milestone = done(&milestone.name.clone(), milestone.agreed.unwrap(), day(11, 18));
        }
    }
    let mut stale = well();
    stale.stale = vec![Stale {
        file: "data/jira.csv".into(),
        table: headsup::team::TableKind::Tasks,
        newest: day(11, 2),
        days: 18,
        cadence: 8,
    }];
    for objective in &mut stale.objectives {
        objective.status = Status::NotReported;
    }
    let mut idle = well();
    idle.objectives.iter_mut().for_each(|objective| objective.done_since = 0);
    let mut undated = idle.clone();
    undated.is_finish_unknown = true;
    let mut unmoved = well();
    unmoved.objectives[1].outcome = Some(Outcome {
        metric: "Update lag".into(),
        unit: Some("hours".into()),
        latest: Some(61.0),
        target: Some(24.0),
        met: Some(false),
        moving: OutcomeMove::Still,
        verdict: OutcomeVerdict::NotMoving,
    });
    let mut worsening = unmoved.clone();
    worsening.objectives[1].outcome.as_mut().unwrap().verdict = OutcomeVerdict::Worse;
    let first = |analysis: Analysis| Analysis {
        first_brief: true,
        since: Since { date: day(11, 13), recorded: false },
        ..analysis
    };
    let moved = |agreed_on| Analysis {
        drift: vec![Drift {
            milestone: Some("Batch to stream".into()),
            milestone_name: Some("Batch to stream".into()),
            agreed_on,
            new: true,
            ..drift(About::Date, "Update speed", DriftDetail::Date { from: day(11, 20), to: day(11, 27) })
        }],
        ..well()
    };
    let scoped = |scope: Scope, agreed_on| Analysis {
        drift: vec![Drift { agreed_on, new: true, ..drift(About::Scope, "Risk dataset", DriftDetail::Scope(scope)) }],
        ..well()
    };
    let developer = |if_not: Option<&str>| AskState {
        if_not: if_not.map(Into::into),
        milestone: Some("Release".into()),
        objective: Some("Risk dataset".into()),
        ..ask(1, "A front-end developer for two weeks", AskKind::Resource, Some(day(11, 27)))
    };
    let mut low = metric("Update lag", "hours", &[60.0, 62.0, 61.0]);
    low.target = Some(24.0);
    low.target_met = Some(false);
    let mut risky = late("Release", day(12, 4), 0);
    risky.status = Status::AtRisk;
    let mut unknown = well();
    unknown.objectives[2].status = Status::NotReported;
    vec![
        ("all well", well()),
        ("one late", with(late("Release", day(12, 4), 9))),
        ("one late with a reason", with(reason(late("Release", day(12, 4), 9)))),
        (
            "one later than at the last 1:1",
            with(MilestoneState { slip_since_days: Some(4), ..late("Release", day(12, 4), 9) }),
        ),
        (
            "late by the pace",
            with({
                let mut m = late("Release", day(12, 4), 9);
                m.forecast.as_mut().unwrap().method = ForecastMethod::Pace;
                m
            }),
        ),
        (
            "promised late",
            with(MilestoneState { forecast: None, due: Some(day(12, 20)), ..late("Release", day(12, 4), 16) }),
        ),
        (
            "its date has passed",
            with(MilestoneState {
                forecast: None,
                due: None,
                slip_days: None,
                because: StatusCause::AgreedDatePassed,
                ..late("Release", day(11, 14), 0)
            }),
        ),
        ("at risk", with(risky)),
        ("all late", all_late),
        (
            "late, with an ask that says what if not",
            Analysis { asks: vec![developer(Some("13 December"))], ..with(late("Release", day(12, 4), 9)) },
        ),
        (
            "late, with an ask that does not",
            Analysis { asks: vec![developer(None)], ..with(late("Release", day(12, 4), 9)) },
        ),
        ("quarter just begun", begun),
        ("quarter begun, the last one closed", closed),
        ("no data", empty()),
        ("an ask overdue", with_ask(ask(1, "Sign the data-protection annex", AskKind::Decision, Some(day(11, 18))))),
        ("an ask due soon", with_ask(ask(1, "Sign the data-protection annex", AskKind::Decision, Some(day(11, 24))))),
        ("a small ask for later", with_ask(ask(1, "Course for A. Osei", AskKind::Expense, Some(day(12, 4))))),
        ("a signal for the better", with_metric(Rule::OutsideLimit, Some(true))),
        ("a signal for the worse", with_metric(Rule::EightOneSide, Some(false))),
        ("a signal of unknown worth", with_metric(Rule::ThreeOfFour, None)),
        ("scope grew unagreed", scoped(Scope { unagreed: 6, ..scope() }, None)),
        ("scope grew, agreed", scoped(Scope { unagreed: 0, ..scope() }, Some(day(11, 18)))),
        (
            "wording changed",
            Analysis { drift: vec![Drift { new: true, ..drift(About::Wording, "Risk dataset", wording()) }], ..well() },
        ),
        ("a milestone moved without agreement", moved(None)),
        ("a milestone moved with agreement", moved(Some(day(11, 18)))),
        ("a milestone moved, agreed long ago", moved(Some(day(10, 18)))),
        ("ahead", with(ahead("Release", day(12, 4), 10))),
        ("a milestone done", with(done("Release", day(12, 4), day(11, 18)))),
        ("everything done", all_done),
        ("stale source", stale),
        ("one unknown", unknown),
        ("first brief", first(well())),
        ("first brief, one late", first(with(late("Release", day(12, 4), 9)))),
        (
            "no 1:1 recorded, nothing finished",
            Analysis { since: Since { date: day(11, 13), recorded: false }, ..idle.clone() },
        ),
        (
            "nothing finished but outside the objectives",
            Analysis { since: Since { date: day(11, 13), recorded: false }, outside_share: Some(1.0), ..idle.clone() },
        ),
        ("finished on no known day", undated),
        ("nothing happened", idle),
        ("only metrics", Analysis { metrics: vec![low], ..empty() }),
        (
            "only metrics, all quiet",
            Analysis { metrics: vec![metric("Feeds", "", &[14.0, 16.0, 15.0, 17.0, 14.0, 15.0])], ..empty() },
        ),
        (
            "only milestones",
            Analysis {
                objectives: vec![ObjectiveState {
                    done: 0,
                    of: 0,
                    done_since: 0,
                    burnup: None,
                    ..objective(
                        "Launch",
                        Status::OnPace,
                        vec![on_pace("Beta", day(12, 1)), on_pace("Launch day", day(12, 20))],
                    )
                }],
                ..empty()
            },
        ),
        ("outcome not moving", unmoved),
        ("outcome getting worse", worsening),
        (
            "wins",
            Analysis {
                value: vec![
                    win("Sanctions feed for APAC", Drives::Revenue, None),
                    WinState {
                        amount: Some("38 k$ a year".into()),
                        ..win("Ownership links shipped", Drives::Revenue, Some("Acme"))
                    },
                ],
                ..well()
            },
        ),
        ("the whole story", story()),
    ]
}

#[test]
fn the_same_facts_make_the_same_sentences() {
    let situations = situations();
    assert_eq!(situations.len(), READINGS.len());
    let mut differ = Vec::new();
    for ((name, analysis), (expected_name, sentences)) in situations.iter().zip(READINGS) {
        assert_eq!(name, expected_name);
        let read = read(analysis);
        if read.lines().collect::<Vec<_>>() != *sentences {
            differ.push(format!("{name}\n{read}"));
        }
    }
    assert!(differ.is_empty(), "{}", differ.join("\n\n"));
}

#[test]
fn every_sentence_of_the_summary_ends_with_a_stop_and_the_title_does_not() {
    for (name, analysis) in situations() {
        let brief = compose(&analysis);
        assert!(!brief.title.ends_with('.'), "{name}: {}", brief.title);
        assert!(brief.summary.len() <= 3, "{name}: at most three more");
        let bullets = brief.sentences();
        assert!(bullets.iter().all(|line| line.ends_with(['.', '…'])), "{name}: {bullets:?}");
        let all = std::iter::once(&brief.title).chain(&bullets);
        assert!(all.clone().all(|line| !line.contains(['{', '}'])), "{name}: a place left unfilled");
    }
}

#[test]
fn unless_needs_if_not_and_a_first_brief_never_speaks_of_the_last_meeting() {
    for (name, analysis) in situations() {
        let read = read(&analysis);
        let said = analysis.asks.iter().any(|ask| ask.if_not.is_some());
        assert!(said || !read.contains("unless"), "{name}: {read}");
        if analysis.first_brief {
            assert!(!text(&compose(&analysis)).contains("since the last 1:1"), "{name}");
        }
    }
}

#[test]
fn the_managers_own_headline_stands_and_the_summary_keeps_the_facts() {
    let analysis = with(late("Release", day(12, 4), 9));
    let options = headsup::brief::Options {
        audience: headsup::redact::Audience::Boss,
        headline: Some("We need your word on the release"),
        sources: &[],
        problems: &Default::default(),
    };
    let brief = headsup::brief::compose(&analysis, headsup::words::Words::of("en").unwrap(), &options);
    assert_eq!(brief.title, "We need your word on the release");
    assert_eq!(plain(&brief.sentences()[0]), "Release is forecast for 13 December, 9 days late.");
}

/// Each situation with the title and the summary it must read as.
const READINGS: &[(&str, &[&str])] = &[
    (
        "all well",
        &[
            "All 3 objectives are on pace, 1 of 4 milestones done",
            "The next milestone is Batch to stream, agreed for 27 November.",
            "9 tasks were finished since the last 1:1.",
        ],
    ),
    (
        "one late",
        &[
            "Release is forecast for 13 December, 9 days late",
            "The next milestone is Batch to stream, agreed for 27 November.",
            "2 of 3 objectives are on pace, 1 of 4 milestones done.",
            "9 tasks were finished since the last 1:1.",
        ],
    ),
    (
        "one late with a reason",
        &[
            "Release is forecast for 13 December, 9 days late: the vendor’s sandbox is down",
            "The next milestone is Batch to stream, agreed for 27 November.",
            "2 of 3 objectives are on pace, 1 of 4 milestones done.",
            "9 tasks were finished since the last 1:1.",
        ],
    ),
    (
        "one later than at the last 1:1",
        &[
            "Release is forecast for 13 December, 9 days late, 4 days later than a week ago",
            "The next milestone is Batch to stream, agreed for 27 November.",
            "2 of 3 objectives are on pace, 1 of 4 milestones done.",
            "9 tasks were finished since the last 1:1.",
        ],
    ),
    (
        "late by the pace",
        &[
            "Release will be done on 13 December at the pace so far, 9 days late",
            "The next milestone is Batch to stream, agreed for 27 November.",
            "2 of 3 objectives are on pace, 1 of 4 milestones done.",
            "9 tasks were finished since the last 1:1.",
        ],
    ),
    (
        "promised late",
        &[
            "Release is now due on 20 December, 16 days late",
            "The next milestone is Batch to stream, agreed for 27 November.",
            "2 of 3 objectives are on pace, 1 of 4 milestones done.",
            "9 tasks were finished since the last 1:1.",
        ],
    ),
    (
        "its date has passed",
        &[
            "Release was agreed for 14 November and is not reported done",
            "The next milestone is Batch to stream, agreed for 27 November.",
            "2 of 3 objectives are on pace, 1 of 4 milestones done.",
            "9 tasks were finished since the last 1:1.",
        ],
    ),
    (
        "at risk",
        &[
            "Release has a 31% chance of being done by its agreed date, 4 December",
            "The next milestone is Batch to stream, agreed for 27 November.",
            "2 of 3 objectives are on pace, 1 of 4 milestones done.",
            "9 tasks were finished since the last 1:1.",
        ],
    ),
    (
        "all late",
        &[
            "All 3 open milestones are late; worst: Batch to stream, expected on 17 December, 20 days late",
            "Release is forecast for 13 December, 9 days late.",
            "Alerts on call is forecast for 14 December, 3 days late.",
            "9 tasks were finished since the last 1:1.",
        ],
    ),
    (
        "late, with an ask that says what if not",
        &[
            "Release is forecast for 13 December, 9 days late; needed by 27 November: “A front-end developer for two weeks”",
            "The next milestone is Batch to stream, agreed for 27 November.",
            "2 of 3 objectives are on pace, 1 of 4 milestones done.",
            "9 tasks were finished since the last 1:1.",
        ],
    ),
    (
        "late, with an ask that does not",
        &[
            "Release is forecast for 13 December, 9 days late; needed by 27 November: “A front-end developer for two weeks”",
            "The next milestone is Batch to stream, agreed for 27 November.",
            "2 of 3 objectives are on pace, 1 of 4 milestones done.",
            "9 tasks were finished since the last 1:1.",
        ],
    ),
    (
        "quarter just begun",
        &["Q4 2026 begins with 3 objectives and 3 milestones, first Batch to stream on 27 November"],
    ),
    (
        "quarter begun, the last one closed",
        &[
            "The last quarter closed with 2 of 3 objectives met",
            "Q4 2026 begins with 3 objectives and 3 milestones, first Batch to stream on 27 November.",
        ],
    ),
    ("no data", &["There is no data yet on how the quarter stands"]),
    (
        "an ask overdue",
        &[
            "An answer has been due since 18 November, 2 days ago: Sign the data-protection annex",
            "All 3 objectives are on pace, 1 of 4 milestones done.",
            "The next milestone is Batch to stream, agreed for 27 November.",
            "9 tasks were finished since the last 1:1.",
        ],
    ),
    (
        "an ask due soon",
        &[
            "A decision is needed by 24 November: Sign the data-protection annex",
            "All 3 objectives are on pace, 1 of 4 milestones done.",
            "The next milestone is Batch to stream, agreed for 27 November.",
            "9 tasks were finished since the last 1:1.",
        ],
    ),
    (
        "a small ask for later",
        &[
            "All 3 objectives are on pace, 1 of 4 milestones done",
            "The next milestone is Batch to stream, agreed for 27 November.",
            "An approval is needed by 4 December: Course for A. Osei.",
            "9 tasks were finished since the last 1:1.",
        ],
    ),
    (
        "a signal for the better",
        &[
            "Records in error left its usual range, for the better: 0.58%, usually 0.80 to 1.04%",
            "All 3 objectives are on pace, 1 of 4 milestones done.",
            "The next milestone is Batch to stream, agreed for 27 November.",
            "9 tasks were finished since the last 1:1.",
        ],
    ),
    (
        "a signal for the worse",
        &[
            "Records in error has been below its usual average for 8 weeks, for the worse: 0.58%, average 0.92%",
            "All 3 objectives are on pace, 1 of 4 milestones done.",
            "The next milestone is Batch to stream, agreed for 27 November.",
            "9 tasks were finished since the last 1:1.",
        ],
    ),
    (
        "a signal of unknown worth",
        &[
            "Records in error was near its lower limit in three of four weeks: 0.58%, limit 0.80%",
            "All 3 objectives are on pace, 1 of 4 milestones done.",
            "The next milestone is Batch to stream, agreed for 27 November.",
            "9 tasks were finished since the last 1:1.",
        ],
    ),
    (
        "scope grew unagreed",
        &[
            "6 of the 11 tasks added to Risk dataset since 2 October were never agreed",
            "All 3 objectives are on pace, 1 of 4 milestones done.",
            "The next milestone is Batch to stream, agreed for 27 November.",
            "9 tasks were finished since the last 1:1.",
        ],
    ),
    (
        "scope grew, agreed",
        &[
            "All 3 objectives are on pace, 1 of 4 milestones done",
            "The next milestone is Batch to stream, agreed for 27 November.",
            "Risk dataset grew by 11 tasks, agreed on 18 November.",
            "9 tasks were finished since the last 1:1.",
        ],
    ),
    (
        "wording changed",
        &[
            "The wording of Risk dataset is no longer the one we agreed; it now reads “Pilot accounts can look up and score any supplier’s risk themselves”",
            "All 3 objectives are on pace, 1 of 4 milestones done.",
            "The next milestone is Batch to stream, agreed for 27 November.",
            "9 tasks were finished since the last 1:1.",
        ],
    ),
    (
        "a milestone moved without agreement",
        &[
            "Batch to stream moved from 20 November to 27 November without agreement",
            "All 3 objectives are on pace, 1 of 4 milestones done.",
            "9 tasks were finished since the last 1:1.",
        ],
    ),
    (
        "a milestone moved with agreement",
        &[
            "All 3 objectives are on pace, 1 of 4 milestones done",
            "The next milestone is Batch to stream, agreed for 27 November.",
            "9 tasks were finished since the last 1:1.",
        ],
    ),
    (
        "a milestone moved, agreed long ago",
        &[
            "All 3 objectives are on pace, 1 of 4 milestones done",
            "The next milestone is Batch to stream, agreed for 27 November.",
            "9 tasks were finished since the last 1:1.",
        ],
    ),
    (
        "ahead",
        &[
            "Release is expected on 24 November, 10 days ahead of the agreed date",
            "All 3 objectives are on pace or ahead, 1 of 4 milestones done.",
            "The next milestone is Batch to stream, agreed for 27 November.",
            "9 tasks were finished since the last 1:1.",
        ],
    ),
    (
        "a milestone done",
        &[
            "Release was done on 18 November, 16 days early",
            "All 3 objectives are on pace or ahead, 2 of 4 milestones done.",
            "The next milestone is Batch to stream, agreed for 27 November.",
            "9 tasks were finished since the last 1:1.",
        ],
    ),
    (
        "everything done",
        &[
            "All 4 milestones of the quarter are done",
            "Alerts on call was done on 18 November, 23 days early.",
            "Release was done on 18 November, 16 days early.",
            "Batch to stream was done on 18 November, 9 days early.",
        ],
    ),
    (
        "stale source",
        &["The next milestone is Batch to stream, agreed for 27 November", "How 3 objectives stand is not reported."],
    ),
    (
        "one unknown",
        &[
            "The next milestone is Batch to stream, agreed for 27 November",
            "2 of 3 objectives are on pace, 1 of 4 milestones done.",
            "9 tasks were finished since the last 1:1.",
            "How Data quality stands is not reported.",
        ],
    ),
    (
        "first brief",
        &[
            "First brief: please agree these objectives, milestones and dates",
            "The next milestone is Batch to stream, due on 27 November.",
            "All 3 objectives are on pace, 1 of 4 milestones done.",
            "9 tasks were finished in the last 7 days.",
        ],
    ),
    (
        "first brief, one late",
        &[
            "Release is forecast for 13 December, 9 days late",
            "First brief: please agree these objectives, milestones and dates.",
            "The next milestone is Batch to stream, due on 27 November.",
            "2 of 3 objectives are on pace, 1 of 4 milestones done.",
        ],
    ),
    (
        "no 1:1 recorded, nothing finished",
        &[
            "No task was finished in the last 7 days",
            "All 3 objectives are on pace, 1 of 4 milestones done.",
            "The next milestone is Batch to stream, agreed for 27 November.",
        ],
    ),
    (
        "nothing finished but outside the objectives",
        &[
            "No task of the objectives was finished in the last 7 days",
            "All 3 objectives are on pace, 1 of 4 milestones done.",
            "The next milestone is Batch to stream, agreed for 27 November.",
        ],
    ),
    (
        "finished on no known day",
        &[
            "All 3 objectives are on pace, 1 of 4 milestones done",
            "The next milestone is Batch to stream, agreed for 27 November.",
        ],
    ),
    (
        "nothing happened",
        &[
            "No task was finished since the last 1:1",
            "All 3 objectives are on pace, 1 of 4 milestones done.",
            "The next milestone is Batch to stream, agreed for 27 November.",
        ],
    ),
    ("only metrics", &["Update lag misses its target: 61 hours, target 24 hours"]),
    ("only metrics, all quiet", &["Feeds is within its usual range: 15"]),
    ("only milestones", &["Launch is on pace", "The next milestone is Beta, agreed for 1 December."]),
    (
        "outcome not moving",
        &[
            "Update speed is on pace, but its outcome does not move: Update lag 61 hours, target 24 hours",
            "All 3 objectives are on pace, 1 of 4 milestones done.",
            "The next milestone is Batch to stream, agreed for 27 November.",
            "9 tasks were finished since the last 1:1.",
        ],
    ),
    (
        "outcome getting worse",
        &[
            "Update speed is on pace, but its outcome gets worse: Update lag 61 hours, target 24 hours",
            "All 3 objectives are on pace, 1 of 4 milestones done.",
            "The next milestone is Batch to stream, agreed for 27 November.",
            "9 tasks were finished since the last 1:1.",
        ],
    ),
    (
        "wins",
        &[
            "New revenue: Ownership links shipped (38 k$ a year), validated by Acme",
            "New revenue: Sanctions feed for APAC, not validated.",
            "All 3 objectives are on pace, 1 of 4 milestones done.",
            "The next milestone is Batch to stream, agreed for 27 November.",
        ],
    ),
    (
        "the whole story",
        &[
            "Self-serve release is forecast for 13 December, 9 days late; needed by 27 November: “One front-end developer from the Platform POD for two weeks”",
            "6 of the 11 tasks added to Supplier-risk dataset since 2 October were never agreed; a decision is needed by 24 November (ask A-02).",
            "Update speed: 24 h is on pace, but its outcome does not move: Update lag 61 hours, target 24 hours.",
            "Records in error left its usual range, for the better: 0.58%, usually 0.80 to 1.04%.",
        ],
    ),
];
