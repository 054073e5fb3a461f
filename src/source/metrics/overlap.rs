//! Days of a metric that several exports contain. Weekly exports overlap: a value that another file repeats is the same
//! value.
//!
//! Rows of a day within one file are added, as those of transactions; between files, a day is read once. If the values
//! differ, the export that reaches further counts as the newer one, and its value is used. Only files that share most
//! of their days but hardly a value, such as those of two regions, are added up. Each of these cases is reported.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::series::MetricRows;
use crate::problem::{Place, Problem, Problems};
use crate::team::Day;

/// The days of each series in one file, in the order of the series.
#[derive(Debug, Clone)]
pub(crate) struct Export {
    pub file: String,
    /// The last day that the file reaches to.
    pub newest: Option<NaiveDate>,
    pub days: Vec<BTreeMap<NaiveDate, Day>>,
}

/// A value of a metric: the index of its series, and the day.
type Value = (usize, NaiveDate);

/// A value that differs between two exports. It is used to find the place in the files.
pub(crate) struct Differing {
    pub file: String,
    pub series: usize,
    pub on: NaiveDate,
    pub problem: Problem,
}

/// Adds the days of all exports to the series, each day once. Returns the values that differ.
pub(crate) fn join(mut exports: Vec<Export>, series: &mut [MetricRows], problems: &mut Problems) -> Vec<Differing> {
    if let [only] = exports.as_mut_slice() {
        series.iter_mut().zip(only.days.drain(..)).for_each(|(one, days)| one.days = days);
        return Vec::new();
    }
    exports.sort_by_key(|export| export.newest);
    let mut differing = Vec::new();
    for (index, export) in exports.iter().enumerate() {
        let (older, _) = exports.split_at(index);
        let mut shared = Shared::default();
        for (at, on, day) in export.values() {
            let held = series.get(at).and_then(|one| one.days.get(&on));
            match held.filter(|held| !completes(held, day)) {
                None => {}
                Some(held) if is_same(held, day) => shared.same.push((at, on)),
                Some(_) => shared.other.push((at, on)),
            }
        }
        let parts = shared.is_of_parts(export, older);
        for (at, on, day) in export.values() {
            let Some(one) = series.get_mut(at) else { continue };
            match one.days.get_mut(&on) {
                Some(held) if !parts && !completes(held, day) => *held = *day,
                Some(held) => held.merge(day),
                None => {
                    one.days.insert(on, *day);
                }
            }
        }
        let file = &export.file;
        if let Some(other) = shared.same.first().and_then(|value| holder(older, *value)).filter(|_| !parts) {
            let other = &other.file;
            let days = days(&shared.same);
            let message = format!("{file} repeats {days} of {other}; each value counts once");
            let help = "nothing is to be done; a file that holds none but old days can go";
            problems.push(Problem::note("repeated-day", message).at(Place::file(file)).help(help));
        }
        if let Some(&(at, on)) = shared.other.first()
            && let Some(other) = holder(older, (at, on))
        {
            let days = days(&shared.other);
            let why = if other.newest < export.newest { "the newer export" } else { "the later one in the list" };
            let other = &other.file;
            let (message, help) = match parts {
                true => (
                    format!(
                        "{file} has {days} of {other} with other values, as parts of one whole have; they are added"
                    ),
                    "if one is a newer export of the other, take the older from the folder",
                ),
                false => (
                    format!("{file} says something else than {other} of {days}; {file} counts, {why}"),
                    "take the older export from the folder; parts of one whole belong into one file, where the rows of a day are added",
                ),
            };
            let problem = Problem::warning("repeated-day", message).help(help);
            differing.push(Differing { file: file.clone(), series: at, on, problem });
        }
    }
    differing
}

impl Export {
    fn values(&self) -> impl Iterator<Item = (usize, NaiveDate, &Day)> {
        self.days.iter().enumerate().flat_map(|(at, days)| days.iter().map(move |(on, day)| (at, *on, day)))
    }

    fn count(&self) -> usize {
        self.values().filter(|(.., day)| has_value(day)).count()
    }
}

/// The values that both an export and older ones have.
#[derive(Default)]
struct Shared {
    same: Vec<Value>,
    other: Vec<Value>,
}

impl Shared {
    /// Returns whether the export and the older ones are parts of a whole: they share most of the days of the smaller
    /// one, but few of their values.
    fn is_of_parts(&self, export: &Export, older: &[Export]) -> bool {
        let shared = self.same.len() + self.other.len();
        let smaller = older.iter().map(Export::count).sum::<usize>().min(export.count());
        self.other.len() > 2 && self.other.len() > 2 * self.same.len() && 2 * shared > smaller
    }
}

/// Returns the newest of the older exports that has the value.
fn holder(older: &[Export], (at, on): Value) -> Option<&Export> {
    let has = |export: &&Export| export.days.get(at).and_then(|days| days.get(&on)).is_some_and(has_value);
    older.iter().rev().find(has)
}

fn has_value(day: &Day) -> bool {
    day.count > 0 || day.denominator != 0.0
}

/// Returns whether one day has what the other lacks: the value itself, or the other part of a ratio.
fn completes(held: &Day, day: &Day) -> bool {
    (held.count == 0 || day.count == 0) && (held.denominator == 0.0 || day.denominator == 0.0)
}

/// Returns whether the values are equal. Sums of many rows differ in their last digits, depending on the order of
/// addition.
fn is_same(held: &Day, day: &Day) -> bool {
    let near = |a: f64, b: f64| (a - b).abs() <= 1e-9 * a.abs().max(b.abs());
    held.count == day.count && near(held.sum, day.sum) && near(held.denominator, day.denominator)
}

/// Describes the days of the values.
fn days(values: &[Value]) -> String {
    let days: std::collections::BTreeSet<NaiveDate> = values.iter().map(|(_, on)| *on).collect();
    match (days.first(), days.last()) {
        (Some(first), Some(last)) if first != last => format!("{} days from {first} to {last}", days.len()),
        (Some(only), _) => only.to_string(),
        _ => String::new(),
    }
}
