//! The charts of the sketch.

use super::*;

pub fn day(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, month, day).expect("a date")
}

/// Returns a milestone of the time line: its name, note, agreed date, and when it is expected or was done.
pub fn mark(
    name: &str,
    note: &str,
    agreed: NaiveDate,
    expected: Option<NaiveDate>,
    done_on: Option<NaiveDate>,
) -> Mark {
    let late = expected.is_some_and(|date| date > agreed);
    Mark {
        says: String::new(),
        name: name.into(),
        note: note.into(),
        original: Some(agreed),
        agreed: Some(agreed),
        expected,
        done_on,
        tone: if late { Tone::Warning } else { Tone::Plain },
        short_note: None,
        short_detail: None,
        detail: None,
        strong: late,
        foreign: false,
        dropped: false,
        history: Vec::new(),
        slips: false,
    }
}

pub fn lane(name: &str, status: &str, verdict: Verdict, outcome: (&str, &str), marks: Vec<Mark>) -> Lane {
    let outcome = LaneOutcome { value: outcome.0.into(), lines: vec![outcome.1.into()], verdict: None };
    Lane { name: name.into(), status: status.into(), verdict, strategy: None, outcome: Some(outcome), marks }
}

pub fn timeline() -> Chart {
    chart::timeline(&TimelineInput {
        title: "One of three objectives is late: Supplier-risk dataset, 9 days".into(),
        alt: "Supplier-risk dataset: Self-serve release agreed 4 December, expected 13 December, 9 days late. Update \
              speed: on pace. Data quality: ahead."
            .into(),
        start: day(10, 1),
        end: day(12, 31),
        close: None,
        as_of: day(11, 20),
        as_of_label: "20 Nov".into(),
        meeting: None,
        since: Some((day(11, 13), "last 1:1".into())),
        months: vec![(day(10, 1), "Oct".into()), (day(11, 1), "Nov".into()), (day(12, 1), "Dec".into())],
        outcome_title: "outcome".into(),
        lanes: vec![
            lane(
                "Supplier-risk dataset",
                "9 days late",
                Verdict::Late,
                ("3 pilots", "2 of 3 signed"),
                vec![
                    mark("Schema agreed", "done 15 Oct", day(10, 15), None, Some(day(10, 15))),
                    mark("Pilot: 3 customers", "done 10 Nov", day(11, 10), None, Some(day(11, 10))),
                    mark("Self-serve release", "agreed 4 Dec, now 13 Dec", day(12, 4), Some(day(12, 13)), None),
                ],
            ),
            lane(
                "Update speed: 24 h",
                "on pace",
                Verdict::OnPace,
                ("61 h of 24 h", "not moving"),
                vec![
                    mark("Ingest profiled", "done 8 Oct", day(10, 8), None, Some(day(10, 8))),
                    Mark {
                        original: Some(day(11, 20)),
                        ..mark("Batch to stream", "agreed 27 Nov (was 20 Nov)", day(11, 27), Some(day(11, 27)), None)
                    },
                    mark("24 h for all feeds", "agreed 18 Dec", day(12, 18), Some(day(12, 17)), None),
                ],
            ),
            lane(
                "Data quality < 0.5 %",
                "ahead",
                Verdict::Ahead,
                ("0.58 % of 0.5 %", "signal: better"),
                vec![
                    mark("Rules, top 20 feeds", "done 30 Oct", day(10, 30), None, Some(day(10, 30))),
                    mark("Alerts on call", "agreed 27 Nov", day(11, 27), Some(day(11, 25)), None),
                    mark("Error rate held 4 wks", "agreed 24 Dec", day(12, 24), Some(day(12, 14)), None),
                ],
            ),
        ],
        weeks: None,
        width: 499.0,
    })
}

pub fn burnup() -> Chart {
    let done = [0.0, 2.0, 5.0, 7.0, 11.0, 14.0, 18.0, 19.0];
    let scope = [34.0, 34.0, 37.0, 38.0, 43.0, 43.0, 43.0, 43.0];
    let week = |n: usize| day(10, 1) + chrono::Days::new(7 * n as u64 + u64::from(n == 7));
    chart::burnup(&BurnupInput {
        said: Vec::new(),
        title: "19 of 43 tasks done, 27 were planned".into(),
        alt:
            "Tasks done rose from 0 on 1 October to 19 on 20 November; scope rose from 34 to 43; the plan stands at 27."
                .into(),
        start: day(10, 1),
        end: day(12, 31),
        as_of: day(11, 20),
        days: (0..8).map(|n| (week(n), done[n], scope[n])).collect(),
        plan: vec![(day(10, 1), 0.0), (day(12, 4), 34.0)],
        band: vec![(day(11, 20), 19.0, 19.0, 19.0), (day(12, 31), 28.0, 36.0, 43.0)],
        done_label: "19 done".into(),
        scope_label: "43 in scope".into(),
        plan_label: "plan".into(),
        band_label: "forecast".into(),
        start_label: "1 Oct".into(),
        end_label: "31 Dec".into(),
        as_of_label: "20 Nov".into(),
        agreed: Some((day(12, 4), vec!["agreed 4 Dec".into()])),
        forecast: Some((day(12, 13), vec!["13 Dec".into()])),
        tone: Tone::Warning,
        width: 165.0,
        height: 92.0,
    })
}

pub fn sparkline(name: &str, signal: bool) -> Chart {
    let mut values: Vec<_> = [6.1, 5.9, 6.3, 6.0, 6.2, 5.8, 6.1, 6.4, 6.0, 6.1, 5.9, 6.1].map(Some).to_vec();
    if signal {
        values[10..].clone_from_slice(&[Some(5.0), Some(4.9)]);
    }
    chart::sparkline(&SparklineInput {
        title: format!("{name}: within its usual range"),
        alt: format!("{name}: twelve weeks, the newest within the usual range."),
        values,
        range: Some((5.5, 6.05, 6.6)),
        target: Some(5.2),
        signals: if signal { vec![(10, Some(true)), (11, Some(true))] } else { vec![] },
        events: vec![4],
        width: 116.0,
        height: 30.0,
        ..SparklineInput::default()
    })
}
