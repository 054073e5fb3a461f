//! The sketch's story as numbers: a curation team in week 8 of a quarter. Tests change one thing of it at a time.

use chrono::NaiveDate;
use headsup::analysis::*;
use headsup::brief::{self, Block, Brief, Options, Section, Spans};
use headsup::problem::Problems;
use headsup::redact::Audience;
use headsup::team::*;
use headsup::words::Words;

pub fn day(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, month, day).unwrap()
}

pub fn compose(analysis: &Analysis) -> Brief {
    compose_for(analysis, "en", Audience::Boss)
}

pub fn compose_for(analysis: &Analysis, language: &str, audience: Audience) -> Brief {
    let options = Options { audience, headline: None, sources: &sources(), problems: &Problems::default() };
    brief::compose(analysis, Words::of(language).unwrap(), &options)
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
        newest_open: None,
    };
    vec![source("data/jira.csv", TableKind::Tasks, 121, 0), source("data/metrics.csv", TableKind::Metrics, 1163, 3)]
}

/// A brief with nothing in it but its frame.
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
        has_asks_log: true,
        is_finish_unknown: false,
        has_wins_log: true,
        unattached: Vec::new(),
        outside_share: None,
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
        done_on: None,
        period: None,
        periods: Vec::new(),
        slip_days: None,
        slip_since_days: None,
        progress: None,
        planned: None,
        status,
        because: StatusCause::AsPlanned,
        stated: None,
        stated_as: None,
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
        planned: Some(0.45),
        spi: Some(1.0),
        done: 19,
        of: 43,
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
        qtd: None,
        qtd_yoy: None,
        ytd: None,
        ytd_yoy: None,
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
        events: Vec::new(),
        partial: None,
    }
}

pub fn win(text: &str, drives: Drives, validated_by: Option<&str>) -> WinState {
    WinState {
        quote: None,
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

const ERRORS: [f64; 12] = [0.95, 0.92, 0.97, 0.94, 0.9, 0.93, 0.89, 0.91, 0.87, 0.88, 0.62, 0.58];
const LAG: [f64; 12] = [60.0, 58.0, 63.0, 61.0, 60.0, 64.0, 59.0, 62.0, 60.0, 58.0, 60.0, 61.0];

/// The whole story.
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
        outside_share: Some(0.12),
        track_record: Some(TrackRecord { n: 40, p50_held: 0.5, p85_held: 0.84 }),
        ..empty()
    }
}

/// What the manager's own copy has besides.
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

/// All texts of a section on lines of their own.
pub fn told(section: &Section) -> String {
    let mut out = format!("## {}\n", section.title);
    section.blocks.iter().for_each(|block| tell(block, &mut out));
    out
}

fn line(spans: &Spans) -> String {
    spans.iter().map(|span| span.text.as_str()).collect()
}

fn tell(block: &Block, out: &mut String) {
    let mut say = |text: &str| {
        out.push_str(text);
        out.push('\n');
    };
    match block {
        Block::Text { spans, .. } => say(&line(spans)),
        Block::List(list) => {
            list.label.iter().for_each(|label| say(&format!("[{label}]")));
            list.items.iter().for_each(|item| say(&format!("- {}", line(&item.spans))));
            list.left_out.iter().for_each(|text| say(text));
        }
        Block::Table(table) => {
            table.rows.iter().for_each(|row| {
                say(&row.cells.iter().map(line).collect::<Vec<_>>().join(" | "));
            });
            table.left_out.iter().for_each(|text| say(text));
        }
        Block::Figure(figure) => {
            say(&format!("<{}>", figure.chart.title));
            say(&format!("({})", figure.chart.alt));
            figure.beside.iter().for_each(|block| tell(block, out));
        }
        Block::Tiles(tiles) => {
            for tile in &tiles.tiles {
                say(&format!("{} {}: {}", tile.name, tile.value, line(&tile.note)));
                tile.chart.iter().for_each(|chart| say(&format!("({})", chart.alt)));
            }
            tiles.left_out.iter().for_each(|text| say(text));
        }
        Block::Meter(meter) => say(&format!("{} [{}]", line(&meter.spans), meter.label)),
        Block::Columns(columns) => columns.iter().flatten().for_each(|block| tell(block, out)),
    }
}

/// The whole brief as text, with plain spaces, so that sentences can be read and compared.
pub fn text(brief: &Brief) -> String {
    let mut out = format!("{}\n{}\n# {}\n", brief.kicker, brief.dateline, brief.title);
    for banner in &brief.banners {
        out += &format!("! {}\n", line(&banner.spans));
    }
    brief.sentences().iter().for_each(|sentence| out += &format!("{sentence}\n"));
    brief.sections.iter().for_each(|section| out += &told(section));
    out += &format!("{} · {}\n", brief.footer, brief.reading_time);
    brief.notes.iter().for_each(|note| out += &format!("note: {note}\n"));
    plain(&out)
}

pub fn plain(text: &str) -> String {
    text.replace(['\u{a0}', '\u{202f}'], " ")
}
