//! The charts that are kept as pictures: those of the design's sketch, and difficult ones.

use chrono::{Duration, NaiveDate};
use headsup::chart::{
    BurnupInput, Chart, Lane, LaneOutcome, Mark, SparklineInput, TimelineInput, Tone, Verdict, WeekBar, WeekBars,
    burnup, sparkline, timeline,
};

/// Returns all charts with the names of their folders.
pub fn all() -> Vec<(&'static str, Chart)> {
    vec![
        ("timeline", timeline(&TimelineInput { weeks: Some(seven_weeks()), ..quarter(sketch_lanes()) })),
        ("timeline-crowded", timeline(&quarter(crowded_lanes()))),
        ("timeline-edges", timeline(&quarter(edge_lanes()))),
        ("timeline-beyond", timeline(&beyond())),
        ("burnup", burnup(&behind())),
        ("sparkline", sparkline(&errors())),
    ]
}

fn on(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, month, day).unwrap()
}

fn said(date: NaiveDate) -> String {
    date.format("%-d %b").to_string()
}

fn quarter(lanes: Vec<Lane>) -> TimelineInput {
    TimelineInput {
        title: "1 of 3 objectives is late".to_owned(),
        alt: "In words".to_owned(),
        start: on(10, 1),
        end: on(12, 31),
        close: None,
        as_of: on(11, 20),
        as_of_label: "20 Nov".to_owned(),
        meeting: None,
        since: Some((on(11, 13), "last 1:1".to_owned())),
        months: vec![(on(10, 1), "Oct".to_owned()), (on(11, 1), "Nov".to_owned()), (on(12, 1), "Dec".to_owned())],
        outcome_title: "outcome".to_owned(),
        lanes,
        weeks: None,
        width: 510.0,
    }
}

fn lane(name: &str, status: &str, verdict: Verdict, outcome: (&str, &str), marks: Vec<Mark>) -> Lane {
    let (value, lines) = (outcome.0.to_owned(), vec![outcome.1.to_owned(), "target 24 h".to_owned()]);
    Lane {
        name: name.to_owned(),
        status: status.to_owned(),
        verdict,
        strategy: Some("Keep the top ten accounts".to_owned()),
        outcome: Some(LaneOutcome { value, lines, verdict: Some(("not moving".to_owned(), Verdict::Late)) }),
        marks,
    }
}

/// Returns weeks of which the last two are far below the usual number.
fn seven_weeks() -> WeekBars {
    let bar = |(week, count): (i64, u32)| WeekBar {
        says: String::new(),
        from: on(10, 2) + Duration::weeks(week),
        to: on(10, 9) + Duration::weeks(week),
        count: f64::from(count),
        label: count.to_string(),
        unusual: count < 8,
    };
    WeekBars {
        title: "Tasks finished a week".to_owned(),
        lines: vec!["all objectives;".to_owned(), "usual 8 to 18".to_owned()],
        bars: (0..).zip([9, 13, 8, 18, 14, 2, 4]).map(bar).collect(),
        usual: Some((8.0, 18.0)),
        remark: Some(("2 and 4, below the usual 8 to 18".to_owned(), "9–13 November: feedback week".to_owned())),
    }
}

fn done(name: &str, date: NaiveDate) -> Mark {
    let note = format!("done {}", said(date));
    Mark { done_on: Some(date), note, detail: None, history: Vec::new(), slips: false, ..open(name, date, date) }
}

fn open(name: &str, agreed: NaiveDate, expected: NaiveDate) -> Mark {
    let late = expected > agreed;
    let note = if late {
        format!("agreed {}, now {}", said(agreed), said(expected))
    } else {
        format!("agreed {}", said(agreed))
    };
    Mark {
        says: String::new(),
        name: name.to_owned(),
        note,
        short_note: late.then(|| format!("{}, +{} days", said(expected), (expected - agreed).num_days())),
        short_detail: None,
        detail: Some("8 of 20 · odds 20%".to_owned()),
        original: Some(agreed),
        agreed: Some(agreed),
        expected: Some(expected),
        done_on: None,
        tone: if late { Tone::Warning } else { Tone::Plain },
        strong: late,
        foreign: false,
        dropped: false,
        history: (0..5)
            .map(|n| agreed + Duration::days(if late { 2 * n } else { 0 }))
            .map(|at| (at, said(at)))
            .collect(),
        slips: late,
    }
}

fn sketch_lanes() -> Vec<Lane> {
    let moved = Mark {
        original: Some(on(11, 20)),
        note: "agreed 27 Nov (was 20 Nov)".to_owned(),
        ..open("Batch to stream", on(11, 27), on(11, 27))
    };
    vec![
        lane(
            "Supplier-risk dataset",
            "9 days late",
            Verdict::Late,
            ("3 pilots", "2 of 3 signed"),
            vec![
                done("Schema agreed", on(10, 15)),
                done("Pilot: 3 customers", on(11, 10)),
                open("Self-serve release", on(12, 4), on(12, 13)),
            ],
        ),
        lane(
            "Update speed: 24 h",
            "on pace",
            Verdict::OnPace,
            ("61 h of 24 h", "not moving"),
            vec![done("Ingest profiled", on(10, 8)), moved, open("24 h for all feeds", on(12, 18), on(12, 18))],
        ),
        lane(
            "Data quality < 0.5 %",
            "ahead",
            Verdict::Ahead,
            ("0.58 % of 0.5 %", "signal: better"),
            vec![
                done("Rules, top 20 feeds", on(10, 30)),
                open("Alerts on call", on(11, 27), on(11, 25)),
                open("Error rate held 4 wks", on(12, 24), on(12, 17)),
            ],
        ),
    ]
}

/// Returns forty late milestones of five objectives, each with a name of two lines: more than there is room for, so
/// that they need numbers and a key.
pub fn five_full_lanes() -> TimelineInput {
    let mark = |index: i64| {
        let agreed = on(10, 1) + Duration::days(index * 2);
        let name = format!("{index} Consolidate all of the regional knowledge bases into one searchable library");
        open(&name, agreed, agreed + Duration::days(20 + index % 7))
    };
    let marks = |lane: i64| (lane * 8..lane * 8 + 8).map(mark).collect();
    let lanes = (0..5).map(|i| lane(&format!("Objective {i}"), "late", Verdict::Late, ("3 pilots", "still"), marks(i)));
    quarter(lanes.collect())
}

fn crowded_lanes() -> Vec<Lane> {
    let names = ["Schema agreed with the legal team", "Прогноз готов", "Überprüfung der Stammdatenqualität", "Pilot"];
    let marks = (0..16_u32).map(|index| {
        let name = format!("{} {}", names[index as usize % names.len()], index + 1);
        let date = on(10, 1) + Duration::days(i64::from(index * 11 % 40) + 40);
        if date < on(11, 20) {
            done(&name, date)
        } else {
            open(&name, date, date + Duration::days(i64::from(index % 3) * 4))
        }
    });
    vec![
        lane("Supplier-risk dataset", "at risk", Verdict::AtRisk, ("3 pilots", "2 of 3 signed"), marks.collect()),
        lane("Update speed", "not started", Verdict::NotKnown, ("61 h of 24 h", "not moving"), Vec::new()),
    ]
}

/// Returns a time line that is mostly after the quarter, with one milestone after the picture.
fn beyond() -> TimelineInput {
    let late = |name: &str, agreed: NaiveDate, days: i64| open(name, agreed, agreed + Duration::days(days));
    let lanes = vec![
        lane(
            "Fraud rules of our own, shadowed and live in every country that we sell in",
            "148 days late",
            Verdict::Late,
            ("n/a", "unknown"),
            vec![
                late("Rules written", on(10, 22), 85),
                late("Rules shadowed", on(11, 12), 90),
                late("Rules live", on(12, 3), 148),
            ],
        ),
        lane(
            "Payouts",
            "75 days late",
            Verdict::Late,
            ("2 of 12", "not moving"),
            vec![late("First payout", on(11, 15), 30), late("All currencies live", on(12, 6), 56)],
        ),
    ];
    let months = [(32, "Nov"), (62, "Dec"), (93, "Jan"), (124, "Feb")];
    let months = months.map(|(day, name)| (on(9, 30) + Duration::days(day), name.to_owned()));
    TimelineInput {
        end: on(12, 31) + Duration::days(46),
        close: Some((on(12, 31) + Duration::days(1), "quarter ends".to_owned())),
        months: months.to_vec(),
        ..quarter(lanes)
    }
}

/// Returns lanes with dates outside of both edges, no dates, another team's milestones, and three milestones due on one
/// day.
fn edge_lanes() -> Vec<Lane> {
    let undated = Mark {
        agreed: None,
        original: None,
        expected: None,
        note: "no date".to_owned(),
        ..open("Price list", on(12, 1), on(12, 1))
    };
    let foreign = |mark: Mark| Mark { foreign: true, ..mark };
    vec![
        lane(
            "Beyond the edges",
            "late",
            Verdict::Late,
            ("n/a", "unknown"),
            vec![
                done("Carried over", on(9, 20)),
                open("Next quarter", on(12, 20), on(12, 31) + Duration::days(12)),
                undated,
            ],
        ),
        lane(
            "With the Platform POD",
            "on pace",
            Verdict::OnPace,
            ("2 of 4", "better"),
            vec![
                foreign(done("Access rights", on(10, 20))),
                foreign(open("Search page", on(11, 30), on(11, 30))),
                open("Alpha", on(12, 18), on(12, 18)),
                open("Beta", on(12, 18), on(12, 18)),
                open("Gamma", on(12, 18), on(12, 18)),
            ],
        ),
    ]
}

fn behind() -> BurnupInput {
    let at = |day: u32| on(10, 1) + Duration::days(i64::from(day));
    let done = |day: u32| f64::from(day * 19 / 50);
    BurnupInput {
        said: Vec::new(),
        title: "44 % done, 62 % planned".to_owned(),
        alt: "In words".to_owned(),
        start: on(10, 1),
        end: on(12, 31),
        as_of: on(11, 20),
        days: (0..=50).map(|day| (at(day), done(day), if day < 20 { 34.0 } else { 43.0 })).collect(),
        plan: vec![(at(0), 0.0), (at(14), 9.0), (at(36), 20.0), (at(64), 43.0)],
        band: (0..=41)
            .map(|day| {
                let ahead = f64::from(day);
                (at(50 + day), 19.0 + ahead * 0.3, 19.0 + ahead * 0.4, 19.0 + ahead * 0.55)
            })
            .collect(),
        done_label: "19 done".to_owned(),
        scope_label: "43 in scope".to_owned(),
        plan_label: "plan".to_owned(),
        band_label: "forecast".to_owned(),
        start_label: "1 Oct".to_owned(),
        end_label: "31 Dec".to_owned(),
        as_of_label: "20 Nov".to_owned(),
        agreed: Some((on(12, 4), vec!["agreed 4 Dec".to_owned()])),
        forecast: Some((on(12, 13), vec!["13 Dec".to_owned()])),
        tone: Tone::Warning,
        width: 160.0,
        height: 99.0,
    }
}

/// Returns a metric with a gap, a distant target, an event, and signals of every kind.
fn errors() -> SparklineInput {
    let mut values: Vec<Option<f64>> = (0..26_u32).map(|week| Some(0.9 + f64::from(week * 37 % 11) * 0.012)).collect();
    values[9] = None;
    values[20] = Some(1.2);
    values[24] = Some(0.65);
    SparklineInput {
        title: "Records in error".to_owned(),
        alt: "In words".to_owned(),
        values,
        range: Some((0.82, 0.95, 1.08)),
        target: Some(-3.0),
        signals: vec![(14, None), (20, Some(false)), (24, Some(true))],
        events: vec![12],
        width: 118.0,
        height: 30.0,
        ..SparklineInput::default()
    }
}
