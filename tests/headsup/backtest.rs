//! Tests of the forecast's track record: forecasts hold as often as promised, use no future data, and the counts agree
//! with the list.

use std::collections::BTreeMap;
use std::process::{Command, Output};

use chrono::{Days, NaiveDate, Weekday};
use headsup::analysis::backtest::{self, Answer, Kind, PastForecast, Record, WorkHistory};
use rand_core::Rng as _;
use rand_pcg::Pcg32;
use serde_json::Value;

const WEEKS: u64 = 210;

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

/// Creates a history with only the finish dates.
fn history(name: &str, finished: impl IntoIterator<Item = NaiveDate>) -> WorkHistory {
    WorkHistory::new(name, finished.into_iter().map(|day| (None, day)), Vec::new())
}

/// A generated flow of work: tasks per week, finished on working days.
struct Flow(Pcg32);

impl Flow {
    fn new(seed: u64) -> Self {
        Self(Pcg32::new(seed, 7))
    }

    /// Returns a random number from 0 to 1.
    fn chance(&mut self) -> f64 {
        f64::from(self.0.next_u32()) / f64::from(u32::MAX)
    }

    fn below(&mut self, n: u64) -> u64 {
        u64::from(self.0.next_u32()) % n
    }

    /// Returns an approximately normal random number, as the sum of twelve uniform ones.
    fn normal(&mut self) -> f64 {
        (0..12).map(|_| self.chance()).sum::<f64>() - 6.0
    }

    /// Returns a random number with a Poisson distribution, by multiplying uniform ones (Knuth).
    fn poisson(&mut self, mean: f64) -> u64 {
        let (mut product, mut count) = (self.chance(), 0);
        while product > (-mean).exp() {
            product *= self.chance();
            count += 1;
        }
        count
    }

    fn series(&mut self, name: &str, mut rate: impl FnMut(&mut Self, u64) -> f64) -> WorkHistory {
        let mut finished = Vec::new();
        for week in 0..WEEKS {
            let mean = rate(self, week);
            for _ in 0..self.poisson(mean) {
                finished.push(day("2020-01-06") + Days::new(7 * week + self.below(5)));
            }
        }
        history(name, finished)
    }
}

/// Generates realistic throughput: drifting, in bursts, with holidays, mostly zero, in batches, growing, with a change
/// of pace.
fn flows() -> Vec<WorkHistory> {
    let mut flow = Flow::new(20_26);
    let mut level = 0.0;
    let drifting = flow.series("drifting", |flow, _| {
        level += 0.12 * flow.normal();
        6.0 * f64::exp(level)
    });
    let bursting = flow.series("bursting", |flow, _| if flow.chance() < 0.07 { 30.0 } else { 5.0 });
    let holidays = flow.series("holidays", |_, week| match week % 52 {
        50..=51 => 0.0,
        30..=33 => 1.5,
        _ => 7.0,
    });
    let rare = flow.series("mostly zero", |_, _| 0.25);
    let batches = flow.series("batches", |_, week| if week == 70 || week == 140 { 300.0 } else { 4.0 });
    let growing = flow.series("growing", |_, week| 2.0 + 0.08 * week as f64);
    let turning = flow.series("turning", |_, week| if week / 40 % 2 == 0 { 3.0 } else { 14.0 });
    vec![drifting, bursting, holidays, rare, batches, growing, turning]
}

#[test]
fn forecasts_hold_as_often_as_they_promise() {
    let record = backtest::record(&flows(), Weekday::Sun);
    for held in &record.horizons {
        let (p50, p85) = (held.p50_held.expect("forecasts"), held.p85_held.expect("forecasts"));
        assert!(held.n > 800, "{held:?}");
        // Generated flows vary more than real projects, and some of them less.
        assert!((0.80..=0.95).contains(&p85) && (0.43..=0.62).contains(&p50), "{held:?}");
    }
    // Loss compared with plain resampling, for each flow at its worst horizon. The goal is at most 1; growth is
    // followed late.
    let most = [1.05, 1.08, 1.12, 1.05, 1.0, 1.3, 1.12];
    for (flow, most) in flows().into_iter().zip(most) {
        let record = backtest::record(std::slice::from_ref(&flow), Weekday::Sun);
        for score in &record.horizons {
            let (loss, plain) = (score.loss.expect("a loss"), score.loss_plain.expect("a loss"));
            assert!(loss <= most * plain, "{most}: {score:?}");
        }
    }
}

#[test]
fn a_forecast_uses_no_future_data() {
    // Two records with the same past and different futures from week 100 on.
    let record = |later: u64| {
        let of_week = |week: u64| if week < 100 { 2 + week * 7 % 5 } else { later };
        let days = (0..WEEKS).flat_map(|week| (0..of_week(week)).map(move |n| 7 * week + n % 5));
        let finished = days.map(|days| day("2020-01-06") + Days::new(days));
        backtest::record(&[history("team", finished)], Weekday::Sun)
    };
    let until = day("2020-01-05") + Days::new(7 * 100);
    let (slow, fast) = (record(1), record(20));
    let before = |record: &Record| -> Vec<_> {
        let made = record.forecasts.iter().filter(|made| made.made_on <= until);
        made.map(|made| (made.kind, made.weeks, made.made_on, made.p50, made.p85)).collect()
    };
    assert!(before(&slow).len() > 500);
    assert!(before(&slow) == before(&fast), "what came after week 100 is seen in a forecast before it");
    assert!(slow.forecasts != fast.forecasts);
}

#[test]
fn a_short_past_has_no_track_record() {
    let week = |week: u64| day("2026-06-01") + Days::new(7 * week);
    assert_eq!(backtest::own_record(&history("new", (0..9).map(week)), Weekday::Sun), None);
    assert_eq!(backtest::own_record(&WorkHistory::default(), Weekday::Sun), None);
    let record = backtest::own_record(&history("old", (0..60).map(week)), Weekday::Sun).expect("a record");
    // Four weeks ahead, in a year: each counts that was made after the one before it had ended.
    assert!(record.n == 13 && record.p85_held > 0.8, "{record:?}");
}

/// Runs the program on a file with these contents.
fn run(name: &str, contents: &str, args: &[&str]) -> Output {
    let dir = tempfile::tempdir().expect("a folder");
    let file = dir.path().join(name);
    std::fs::write(&file, contents).expect("a file");
    Command::new(env!("CARGO_BIN_EXE_headsup")).arg("backtest").arg(file).args(args).output().expect("headsup runs")
}

/// Returns a file with two projects, in which some tasks are still open.
fn file() -> String {
    let mut text = "id,project,created_date,finished_date,points\n".to_owned();
    let mut flow = Flow::new(11);
    for n in 0..900u64 {
        let project = if n % 3 == 0 { "Atlas" } else { "Beacon" };
        let created = day("2023-01-02") + Days::new(n * 3 / 5 + flow.below(5));
        let finished = created + Days::new(3 + flow.below(40));
        let finished = if n % 17 == 0 { String::new() } else { finished.to_string() };
        text += &format!("{n},{project},{created},{finished},3\n");
    }
    text
}

#[test]
fn the_counts_agree_with_the_listed_forecasts() {
    let text = file();
    let output = run("tasks.csv", &text, &["--format", "json"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let json: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(json["schema"], "headsup.backtest/1");

    let mut finished: BTreeMap<&str, Vec<NaiveDate>> = BTreeMap::new();
    for row in text.lines().skip(1).map(|line| line.split(',').collect::<Vec<_>>()) {
        if !row[3].is_empty() {
            finished.entry(row[1]).or_default().push(day(row[3]));
        }
    }
    finished.values_mut().for_each(|dates| dates.sort());

    let mut cells: BTreeMap<(String, u64), (f64, f64, u64)> = BTreeMap::new();
    for made in json["forecasts"].as_array().expect("a list") {
        let of = &finished[made["series"].as_str().expect("a project")];
        let (kind, weeks) = (made["kind"].as_str().expect("a kind"), made["weeks"].as_u64().expect("weeks"));
        let on = day(made["made_on"].as_str().expect("a date"));
        let (p50, p85, actual) = (&made["p50"], &made["p85"], &made["actual"]);
        let (half, most) = if kind == "count" {
            let end = on + Days::new(7 * weeks);
            let counted = of.iter().filter(|date| on < **date && **date <= end).count() as u64;
            assert_eq!(actual.as_u64(), Some(counted), "{made}");
            let number = |value: &Value| value.as_u64().expect("a number");
            assert!(number(p85) <= number(p50));
            let half = match number(actual).cmp(&number(p50)) {
                std::cmp::Ordering::Greater => 1.0,
                std::cmp::Ordering::Equal => 0.5,
                std::cmp::Ordering::Less => 0.0,
            };
            (half, number(actual) >= number(p85))
        } else {
            let batch = made["tasks"].as_u64().expect("the batch") as usize;
            let after: Vec<_> = of.iter().filter(|date| on < **date).collect();
            let date = |value: &Value| day(value.as_str().expect("a date"));
            assert_eq!(date(actual), *after[batch - 1], "{made}");
            assert!(on <= date(p50) && date(p50) <= date(p85));
            (f64::from(u8::from(date(actual) <= date(p50))), date(actual) <= date(p85))
        };
        let cell = cells.entry((kind.to_owned(), weeks)).or_default();
        *cell = (cell.0 + half, cell.1 + f64::from(u8::from(most)), cell.2 + 1);
    }
    let horizons = json["horizons"].as_array().expect("a list");
    assert_eq!(horizons.len(), 6);
    for horizon in horizons {
        let key = (horizon["kind"].as_str().expect("a kind").to_owned(), horizon["weeks"].as_u64().expect("weeks"));
        let (half, most, n) = cells[&key];
        assert_eq!(horizon["n"].as_u64(), Some(n));
        for (what, held) in [("p50_held", half), ("p85_held", most)] {
            assert!(horizon[what].as_f64().is_some_and(|share| (share - held / n as f64).abs() < 1e-12), "{horizon}");
        }
    }
}

#[test]
fn the_text_says_how_often_and_how_close() {
    let output = run("tasks.csv", &file(), &[]);
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    for part in [
        "over 2 series",
        "12 weeks resampled",
        "negative binomial",
        "90 % confidence",
        "how many in 8 weeks",
        "when, 2 weeks' work",
        "\nAtlas\n",
        "\nBeacon\n",
    ] {
        assert!(text.contains(part), "no {part:?} in\n{text}");
    }
}

#[test]
fn a_trackers_own_headers_are_known() {
    let text = file().replacen("id,project,created_date,finished_date", "Issue key,Project key,Created,Resolved", 1);
    let output = run("jira.csv", &text, &["--format", "json"]);
    let json: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert!(json["forecasts"].as_array().is_some_and(|made| made.len() > 300));
    assert_eq!(json["forecasts"][0]["series"], "Atlas");
}

#[test]
fn a_file_without_finished_dates_is_refused() {
    let output = run("tasks.csv", "title,created_date\nOne,2026-01-05\n", &[]);
    let message = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(65), "{message}");
    assert!(message.contains("finished") && message.contains("title"), "{message}");
    assert_eq!(run("tasks.csv", &file(), &["--format", "yaml"]).status.code(), Some(2));
}

#[test]
fn dates_are_read_as_trackers_write_them() {
    // The file has a time zone, a task that was closed before it was created, an open task, a repeated row, and a task
    // without a creation date.
    let header = "Key,Created,Finished at\n";
    let rows = |n: u64| {
        let day = day("2025-01-06") + Days::new(n);
        format!("T-{n},{},{day}T23:30:00.000+00:00\n", day + Days::new(n % 3))
    };
    let all: String = (0..400).map(rows).collect();
    let json = |text: &str| {
        let output = run("tasks.csv", text, &["--format", "json"]);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let json: Value = serde_json::from_slice(&output.stdout).expect("JSON");
        (json["horizons"].clone(), String::from_utf8(output.stderr).expect("UTF-8"))
    };
    let (plain, silent) = json(&format!("{header}{all}"));
    let (odd, said) = json(&format!("{header}{all}{}T-900,2025-03-01,\n", rows(7)));
    assert_eq!(plain, odd);
    assert!(!silent.contains("repeated-task") && said.contains("1 rows repeat"), "{said}");
    let finished: String = (0..400).map(|n| format!("{}\n", day("2025-01-06") + Days::new(n))).collect();
    assert_eq!(json(&format!("finished\n{finished}")).0, plain);
}

#[test]
fn a_past_that_is_too_short_is_reported() {
    let output = run("tasks.csv", "created,finished\n2026-01-05,2026-01-06\n2026-01-06,2026-01-13\n", &[]);
    assert!(output.status.success());
    assert!(String::from_utf8_lossy(&output.stdout).starts_with("No forecast could be tried out"));
}

#[test]
fn ties_count_half_for_the_median_of_a_count() {
    let made = |kind, p50, p85, actual| PastForecast {
        series: "team".into(),
        kind,
        weeks: 2,
        made_on: day("2026-11-15"),
        p50,
        p85,
        actual,
        tasks: None,
        losses: None,
    };
    let tasks = Answer::Tasks;
    let held = |actual| {
        let made = made(Kind::Count, tasks(5), tasks(3), tasks(actual));
        (made.p50_held(), made.p85_held())
    };
    assert_eq!([2, 3, 5, 6].map(held), [(0.0, 0.0), (0.0, 1.0), (0.5, 1.0), (1.0, 1.0)]);
    let date = |text: &str| Answer::Day(day(text));
    let held = |actual: &str| {
        let made = made(Kind::Date, date("2026-11-20"), date("2026-11-27"), date(actual));
        (made.p50_held(), made.p85_held())
    };
    assert_eq!(["2026-11-20", "2026-11-27", "2026-11-28"].map(held), [(1.0, 1.0), (0.0, 1.0), (0.0, 0.0)]);
}
