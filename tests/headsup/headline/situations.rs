//! The situations of the headline: a quarter that goes well, and others that each differ from it in one respect.

use super::*;

/// Returns three objectives that are on pace, without asks.
pub(super) fn well() -> Analysis {
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

pub(super) fn with(milestone: MilestoneState) -> Analysis {
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

pub(super) fn situations() -> Vec<(&'static str, Analysis)> {
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
            with(MilestoneState { slip_since_days: Some(6), ..late("Release", day(12, 4), 9) }),
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
            Analysis {
                since: Since { date: day(11, 13), recorded: false },
                outside_share: Some(1.0),
                outside: Some((2, 2)),
                ..idle.clone()
            },
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
