//! One example of each part of an analysis, of which a test changes one property.

use super::*;

pub fn day(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, month, day).unwrap()
}

pub fn sources() -> Vec<SourceRead> {
    let source = |file: &str, table, read, skipped| SourceRead {
        file: file.into(),
        table,
        records: read + skipped,
        read,
        skipped,
        newest: Some(day(11, 19)),
        cadence: 8,
        is_private: false,
        confidential: 0,
        withheld_skipped: 0,
        newest_open: None,
    };
    vec![source("data/jira.csv", TableKind::Tasks, 121, 0), source("data/metrics.csv", TableKind::Metrics, 1163, 3)]
}

/// Returns an analysis without content.
pub fn empty() -> Analysis {
    Analysis {
        team: "Curation".into(),
        manager: "Dana Reyes".into(),
        boss: "Alex Kim".into(),
        as_of: day(11, 20),
        on: day(11, 20),
        since: Since { date: day(11, 13), recorded: true },
        quarter: Quarter { label: "Q4 2026".into(), start: day(10, 1), end: day(12, 31), week: 8, weeks: 13 },
        first_brief: false,
        nothing_agreed: false,
        last_quarter: Vec::new(),
        changes: Vec::new(),
        decided: Vec::new(),
        throughput: None,
        all_granted: None,
        asks: Vec::new(),
        objectives: Vec::new(),
        drift: Vec::new(),
        value: Vec::new(),
        metrics: Vec::new(),
        plan_review: None,
        next: Next { until: day(12, 4), groups: Vec::new(), keys: Vec::new(), milestones_without_tasks: Vec::new() },
        people: Vec::new(),
        coverage: Vec::new(),
        cross_team: Vec::new(),
        beyond: Vec::new(),
        risks: Vec::new(),
        goals: Vec::new(),
        for_me: None,
        concerns: Vec::new(),
        elsewhere: Vec::new(),
        vanished: Vec::new(),
        backlog: None,
        pressing: headsup::analysis::Pressing::default(),
        has_asks_log: true,
        is_finish_unknown: false,
        has_wins_log: true,
        unattached: Vec::new(),
        outside_share: None,
        outside: None,
        stale: Vec::new(),
        track_record: None,
        resting: Vec::new(),
    }
}

pub fn milestone(name: &str, status: Status) -> MilestoneState {
    MilestoneState {
        id: name.into(),
        name: name.into(),
        start: None,
        original: None,
        agreed: None,
        due: None,
        forecast: None,
        hold: None,
        projected: None,
        has_few_finished: false,
        done_on: None,
        period: None,
        periods: Vec::new(),
        slip_days: None,
        slip_since_days: None,
        newly_done: false,
        progress: None,
        planned: None,
        status,
        because: StatusCause::AsPlanned,
        stated: None,
        stated_as: None,
        stated_text: None,
        key_result: None,
        confidence: None,
        reason: None,
        tasks_done: 0,
        tasks_all: 0,
        tasks_paused: 0,
        moved_to: Vec::new(),
        tasks_ever: 0,
        tasks_before: 0,
        weight: 1.0,
        owner_team: None,
        carried_from: None,
        moved: Vec::new(),
        new: false,
        history: Vec::new(),
    }
}

pub fn done(name: &str, agreed: NaiveDate, on: NaiveDate) -> MilestoneState {
    MilestoneState {
        original: Some(agreed),
        agreed: Some(agreed),
        due: Some(agreed),
        done_on: Some(on),
        slip_days: Some((on - agreed).num_days()),
        progress: Some(1.0),
        because: StatusCause::Finished,
        ..milestone(name, Status::Done)
    }
}

pub fn on_pace(name: &str, agreed: NaiveDate) -> MilestoneState {
    MilestoneState {
        original: Some(agreed),
        agreed: Some(agreed),
        due: Some(agreed),
        slip_days: Some(0),
        slip_since_days: Some(0),
        newly_done: false,
        progress: Some(0.4),
        ..milestone(name, Status::OnPace)
    }
}

pub fn ahead(name: &str, agreed: NaiveDate, days: u64) -> MilestoneState {
    let expected = agreed - chrono::Days::new(days);
    MilestoneState {
        due: Some(expected),
        slip_days: Some(-(days as i64)),
        status: Status::Ahead,
        because: StatusCause::EarlyByAWeek,
        ..on_pace(name, agreed)
    }
}

pub fn late(name: &str, agreed: NaiveDate, days: u64) -> MilestoneState {
    let p50 = agreed + chrono::Days::new(days);
    MilestoneState {
        forecast: Some(Forecast {
            p50,
            p85: Some(p50 + chrono::Days::new(9)),
            odds: Some(0.31),
            method: ForecastMethod::MonteCarlo,
            weeks: 8,
            known_tasks_only: false,
            grows: false,
        }),
        slip_days: Some(days as i64),
        slip_since_days: Some(0),
        newly_done: false,
        status: Status::Late,
        because: StatusCause::LowOdds,
        ..on_pace(name, agreed)
    }
}

pub fn objective(name: &str, status: Status, milestones: Vec<MilestoneState>) -> ObjectiveState {
    ObjectiveState {
        id: name.into(),
        name: name.into(),
        wording: None,
        confirmed_on: Some(day(10, 2)),
        confirm_due: false,
        status,
        because: StatusCause::AsPlanned,
        status_as: None,
        stated: None,
        stated_as: None,
        reason: None,
        strategy: None,
        outcome: None,
        progress: Some(0.44),
        unreported: 0,
        planned: Some(0.45),
        spi: Some(1.0),
        done: 19,
        of: 43,
        paused: 0,
        loose: 0,
        done_since: 3,
        undated: 0,
        scope: None,
        milestones,
        weight: 1.0,
        burnup: Some(burnup()),
    }
}

fn burnup() -> Burnup {
    let dates = |from: NaiveDate, until: NaiveDate| from.iter_days().take_while(move |day| *day <= until);
    Burnup {
        unit: BurnupUnit::Tasks,
        days: dates(day(10, 1), day(11, 20))
            .enumerate()
            .map(|(i, day)| (day, (19 * i / 50) as f64, if i < 20 { 34.0 } else { 43.0 }))
            .collect(),
        plan: vec![(day(10, 1), 0.0), (day(12, 4), 43.0)],
        band: dates(day(11, 20), day(12, 31))
            .enumerate()
            .map(|(i, day)| (day, 19.0 + i as f64 * 0.4, 19.0 + i as f64 * 0.5, 19.0 + i as f64 * 0.6))
            .collect(),
    }
}

pub fn ask(number: u32, text: &str, kind: AskKind, needed_by: Option<NaiveDate>) -> AskState {
    AskState {
        number,
        shown_id: Some(AskId(format!("A-0{number}"))),
        id: AskId(format!("A-0{number}")),
        kind: Some(kind),
        text: text.into(),
        why: None,
        recommendation: None,
        alternative: None,
        if_not: None,
        about: Vec::new(),
        objective: None,
        milestone: None,
        needed_from: None,
        we_owe: None,
        needed_by,
        needed_period: None,
        stage: Stage::Raised,
        status: AskStatus::Open,
        asked_on: Some(day(11, 13)),
        age_days: Some(7),
        new: false,
        gives: None,
        effect: None,
        overdue: needed_by.is_some_and(|date| date < day(11, 20)),
    }
}

pub fn metric(name: &str, unit: &str, values: &[f64]) -> MetricState {
    let last = day(11, 20);
    let weeks = values
        .iter()
        .rev()
        .enumerate()
        .map(|(back, value)| Point { ending: last - chrono::Days::new(7 * back as u64), value: Some(*value) });
    let mut weeks: Vec<Point> = weeks.collect();
    weeks.reverse();
    let mean = values.iter().sum::<f64>() / values.len() as f64;
    let moves: f64 = values.windows(2).map(|pair| (pair[1] - pair[0]).abs()).sum();
    let spread = 2.66 * moves / (values.len() - 1) as f64;
    MetricState {
        name: name.into(),
        kind: Some(MetricKind::Rate),
        unit: (!unit.is_empty()).then(|| unit.into()),
        better: Some(Better::Down),
        is_rate: unit == "%",
        bps: false,
        grain: Grain::Day,
        periods: Vec::new(),
        latest: values.last().copied(),
        wow: Some(-0.012),
        yoy: None,
        mom: None,
        wow_diff: None,
        yoy_diff: None,
        mom_diff: None,
        mtd: None,
        mtd_yoy: None,
        mtd_since: None,
        qtd: None,
        qtd_yoy: None,
        qtd_since: None,
        ytd: None,
        ytd_yoy: None,
        ytd_since: None,
        weeks,
        weeks_prior_year: Vec::new(),
        months: Vec::new(),
        months_prior_year: Vec::new(),
        range: Some(Range {
            centre: mean,
            lower: mean - spread,
            upper: mean + spread,
            provisional: false,
            points: values.len() as u32,
            basis: Basis::Level,
        }),
        signals: Vec::new(),
        level_since: None,
        path: None,
        lacks: None,
        target: None,
        targets: Vec::new(),
        target_met: None,
        stated: None,
        events: Vec::new(),
        partial: None,
    }
}

pub fn win(text: &str, drives: Drives, validated_by: Option<&str>) -> WinState {
    WinState {
        quote: None,
        quote_by: None,
        quote_on: None,
        date: Some(day(11, 17)),
        text: text.into(),
        kind: None,
        drives,
        amount: None,
        evidence: None,
        link: None,
        validated_by: validated_by.map(Into::into),
        with_team: None,
        people: Vec::new(),
        objective: None,
        added_late: false,
    }
}

pub fn task(key: &str, title: &str) -> TaskBrief {
    TaskBrief { key: key.into(), title: title.into() }
}

pub fn signal(rule: Rule, favourable: Option<bool>) -> Signal {
    Signal { week: day(11, 20), rule, favourable, above: false, since: day(11, 20), is_news: true }
}

pub fn scope() -> Scope {
    Scope {
        agreed_on: day(10, 2),
        baseline: 34,
        added: 11,
        dropped: 2,
        now: 43,
        unagreed: 6,
        estimated: false,
        added_under: vec![("supplier scoring".into(), 6)],
        moved: 0,
        moved_tasks: Vec::new(),
        reestimated: Vec::new(),
        reopened: Vec::new(),
    }
}

pub fn drift(about: About, objective: &str, detail: DriftDetail) -> Drift {
    Drift {
        about,
        objective: objective.into(),
        objective_name: objective.into(),
        milestone: None,
        milestone_name: None,
        detail,
        agreed_on: None,
        ask: None,
        new: false,
    }
}

pub fn wording() -> DriftDetail {
    let word = |change, text: &str| WordChange { change, text: text.into() };
    DriftDetail::Wording {
        words: vec![
            word(Change::Same, "Pilot accounts can look up "),
            word(Change::Inserted, "and score "),
            word(Change::Same, "any supplier’s risk themselves."),
        ],
    }
}
