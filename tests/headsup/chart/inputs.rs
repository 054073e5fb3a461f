//! Random inputs for charts: few and many items, names of all lengths and scripts, dates inside and outside of the
//! picture.

use chrono::{Duration, NaiveDate};
use headsup::chart::{
    BurnupInput, Lane, LaneOutcome, Mark, SparklineInput, TimelineInput, Tone, Verdict, WeekBar, WeekBars,
};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

const NAMES: [&str; 11] = [
    "Pilot",
    "Schema agreed",
    "24 h for all feeds",
    "Self-serve release of the supplier search for every account in Europe, the Americas and Asia, by region",
    "Прогноз готов для всех поставщиков",
    "Überprüfung der Stammdatenqualität",
    "Đánh giá nhà cung cấp",
    "Ship 🚀👩‍💻 it",
    "サプライヤー検索の公開",
    "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft",
    "R & D <beta> \"one\"",
];

fn quarter_start() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 10, 1).unwrap()
}

/// Generates a day of the quarter, or up to `beyond` days outside of it.
fn day(beyond: i64) -> impl Strategy<Value = NaiveDate> {
    (-beyond..=91 + beyond).prop_map(|days| quarter_start() + Duration::days(days))
}

fn name() -> impl Strategy<Value = String> {
    proptest::sample::select(&NAMES[..]).prop_map(str::to_owned)
}

fn tone() -> impl Strategy<Value = Tone> {
    proptest::sample::select(&[Tone::Plain, Tone::Quiet, Tone::Good, Tone::Warning][..])
}

fn note() -> impl Strategy<Value = String> {
    proptest::sample::select(&["done 15 Oct", "agreed 4 Dec, now 13 Dec", "agreed 27 Nov (was 20 Nov)", ""][..])
        .prop_map(str::to_owned)
}

fn verdict() -> impl Strategy<Value = Verdict> {
    use Verdict::{Ahead, AtRisk, Done, Late, NotKnown, OnPace};
    proptest::sample::select(&[Late, AtRisk, OnPace, Ahead, Done, NotKnown][..])
}

fn mark() -> impl Strategy<Value = Mark> {
    let dates = (option::of(day(30)), option::of(day(30)), option::of(day(60)), option::of(day(30)));
    let words = (name(), note(), option::of(note()), option::of(name()));
    let flags = (any::<bool>(), any::<bool>(), any::<bool>());
    (words, dates, tone(), flags, vec(day(60), 0..=5)).prop_map(
        |((name, note, short_note, detail), (original, agreed, expected, done_on), tone, flags, history)| Mark {
            says: String::new(),
            short_detail: detail.clone(),
            name,
            note,
            short_note,
            detail,
            original,
            agreed,
            expected,
            done_on,
            tone,
            strong: flags.0,
            foreign: flags.1,
            dropped: flags.2,
            history: history.into_iter().map(|date| (date, date.format("%-d %b").to_string())).collect(),
            slips: flags.0,
        },
    )
}

fn lane(most: usize) -> impl Strategy<Value = Lane> {
    let outcome = (name(), vec(name(), 0..3), option::of((name(), verdict())));
    let outcome = outcome.prop_map(|(value, lines, verdict)| LaneOutcome { value, lines, verdict });
    let words = (name(), name(), option::of(name()));
    (words, verdict(), option::of(outcome), vec(mark(), 0..=most)).prop_map(
        |((name, status, strategy), verdict, outcome, marks)| Lane { name, status, verdict, strategy, outcome, marks },
    )
}

/// Generates the bars of all weeks up to some day, with counts of any size.
fn weeks() -> impl Strategy<Value = WeekBars> {
    let bars = vec((0u32..400, any::<bool>()), 0..14);
    let usual = option::of((0.0..20.0, 20.0..400.0));
    (name(), vec(name(), 0..3), bars, usual, option::of((name(), name()))).prop_map(
        |(title, lines, bars, usual, remark)| {
            let week = |n: usize| quarter_start() + Duration::weeks(n as i64);
            let bar = |(n, (count, unusual)): (usize, (u32, bool))| WeekBar {
                says: String::new(),
                from: week(n),
                to: week(n + 1),
                count: f64::from(count),
                // Plain numbers belong to the key, so the label is not one.
                label: format!("{count}×"),
                unusual,
            };
            WeekBars { title, lines, bars: bars.into_iter().enumerate().map(bar).collect(), usual, remark }
        },
    )
}

/// Generates 1 to 12 lanes with up to 40 marks in total.
pub fn timeline() -> impl Strategy<Value = TimelineInput> {
    let lanes = (1usize..=12).prop_flat_map(|lanes| vec(lane(40 / lanes), lanes));
    let dates = (day(10), option::of(day(20)), 0i64..=46);
    (lanes, dates, option::of(weeks()), 300.0..620.0).prop_map(|(lanes, (as_of, since, after), weeks, width)| {
        TimelineInput {
            title: "Time line".to_owned(),
            alt: "In words".to_owned(),
            start: quarter_start(),
            end: quarter_start() + Duration::days(91 + after),
            close: (after > 0).then(|| (quarter_start() + Duration::days(92), "quarter ends".to_owned())),
            as_of,
            as_of_label: as_of.format("%-d %b").to_string(),
            meeting: None,
            since: since.map(|date| (date, "last 1:1".to_owned())),
            months: [(0, "Oct"), (31, "Nov"), (61, "Dec")]
                .map(|(days, name)| (quarter_start() + Duration::days(days), name.to_owned()))
                .to_vec(),
            outcome_title: "outcome".to_owned(),
            lanes,
            weeks,
            width,
        }
    })
}

/// Generates between no days and a whole quarter, with any amounts.
pub fn burnup() -> impl Strategy<Value = BurnupInput> {
    let days = vec((0.0..3.0, 0.0..2.0), 0..92);
    (days, 0.0..400.0, 0.0..5.0, tone(), 120.0..500.0, 70.0..160.0).prop_map(
        |(steps, scope, rate, tone, width, height)| {
            let at = |days: usize| quarter_start() + Duration::days(days as i64);
            let (mut done, mut wanted) = (0.0, scope);
            let mut days = Vec::new();
            for (index, (finished, added)) in steps.iter().enumerate() {
                done += finished;
                wanted += added;
                days.push((at(index), done, wanted));
            }
            let today = days.len().saturating_sub(1);
            let band = (today..120).map(|day| {
                let ahead = (day - today) as f64;
                (at(day), done + ahead * rate * 0.7, done + ahead * rate, done + ahead * rate * 1.3)
            });
            BurnupInput {
                said: Vec::new(),
                title: "Burn-up".to_owned(),
                alt: "In words".to_owned(),
                start: at(0),
                end: at(91),
                as_of: at(today),
                plan: vec![(at(0), 0.0), (at(40), scope / 3.0), (at(91), scope)],
                band: band.collect(),
                done_label: format!("{done:.0} done"),
                scope_label: format!("{wanted:.0} in scope"),
                plan_label: "plan".to_owned(),
                band_label: "forecast".to_owned(),
                start_label: "1 Oct".to_owned(),
                end_label: "31 Dec".to_owned(),
                as_of_label: at(today).format("%-d %b").to_string(),
                agreed: Some((at(60), vec!["agreed 30 Nov".to_owned()])),
                forecast: Some((at(66), vec!["6 Dec".to_owned()])),
                days,
                tone,
                width,
                height,
            }
        },
    )
}

/// Generates values that are missing, equal, huge or not finite.
pub fn sparkline() -> impl Strategy<Value = SparklineInput> {
    let value = prop_oneof![-50.0..50.0, Just(7.0), Just(f64::NAN), Just(f64::INFINITY), -1e12..1e12];
    let range = option::of((-40.0..0.0, 0.0..40.0).prop_map(|(lower, upper)| (lower, (lower + upper) / 2.0, upper)));
    let signals = vec((0usize..60, option::of(any::<bool>())), 0..5);
    (vec(option::of(value), 0..60), range, option::of(-100.0..100.0), signals, vec(0usize..60, 0..5)).prop_map(
        |(values, range, target, signals, events)| SparklineInput {
            title: "Metric".to_owned(),
            alt: "In words".to_owned(),
            values,
            range,
            target,
            signals,
            events,
            width: 118.0,
            height: 30.0,
            ..SparklineInput::default()
        },
    )
}
