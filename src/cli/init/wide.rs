//! Metrics files with a column for each metric: columns of what was planned become the targets of their metrics, and
//! rows of totals stand for the parts of a day.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::export::Export;
use super::new_file::quoted;
use crate::lexicon;
use crate::preset::{GENERIC, Presets};
use crate::problem::Failure;
use crate::source::recognise;
use crate::table::{Kind, is_total_name};
use crate::team::TableKind;

/// Maximum number of parts that a total of a day has.
const MAX_PARTS: usize = 40;

/// What a file with a column for each metric says of them beside their values.
#[derive(Default)]
pub(super) struct Wide {
    /// The metrics that have a plan, by the column of their values.
    pub planned: BTreeMap<String, Planned>,
    /// The columns of what was planned.
    pub plans: BTreeSet<String>,
}

/// A metric with a plan.
pub(super) struct Planned {
    pub name: String,
    /// The line of its targets.
    pub targets: String,
}

/// A file that has a metric in each row says nothing here.
pub(super) fn of(export: &Export<'_>, names: &[String]) -> Result<Wide, Failure> {
    let Some(date) = export.at("date").filter(|_| export.at("metric").is_none()) else { return Ok(Wide::default()) };
    let mut wide = Wide::default();
    let bare: Vec<(Option<Role>, Vec<String>, String)> = names.iter().map(|name| split(name)).collect();
    for (plan, (role, stem, _)) in names.iter().zip(&bare) {
        if *role != Some(Role::Plan) {
            continue;
        }
        let is_of_plan =
            |(role, own, _): &(Option<Role>, Vec<String>, String)| *role != Some(Role::Plan) && own == stem;
        let mut values = names.iter().zip(&bare).filter(|(_, bare)| is_of_plan(bare));
        if let (Some((value, (.., name))), None) = (values.next(), values.next())
            && let Some(targets) = targets(export, date, plan)?
        {
            wide.planned.insert(value.clone(), Planned { name: name.clone(), targets });
            wide.plans.insert(plan.clone());
        }
    }
    Ok(wide)
}

#[derive(PartialEq, Eq)]
enum Role {
    Plan,
    Actual,
}

/// Splits `Umsatz Plan` into what it is of a metric, the words of the metric, and its name.
fn split(header: &str) -> (Option<Role>, Vec<String>, String) {
    let words = lexicon::words(header);
    let role = |word: &str| {
        let presets = Presets::embedded().ok()?;
        let generic = presets.named(GENERIC).ok()?;
        match generic.layout(TableKind::Metrics).ok()?.field_of(generic, word)?.1.name {
            "target" => Some(Role::Plan),
            "value" => Some(Role::Actual),
            _ => None,
        }
    };
    let ends = [words.last(), words.first()].into_iter().flatten();
    let Some((word, role)) = ends.filter(|_| words.len() > 1).find_map(|word| Some((word.clone(), role(word)?))) else {
        return (None, words, header.to_owned());
    };
    let rest: Vec<String> = words.iter().filter(|other| **other != word).cloned().collect();
    // The name as it is written, without the word.
    let parts = header.split(|c: char| !c.is_alphanumeric() && c != '%').filter(|part| !part.is_empty());
    let name: Vec<&str> = parts.filter(|part| part.to_lowercase() != word).collect();
    (Some(role), rest, name.join(" "))
}

/// The targets that a column of what was planned has, each from its first day on.
fn targets(export: &Export<'_>, date: usize, plan: &str) -> Result<Option<String>, Failure> {
    let Some(&column) = export.inspection.positions(plan).first() else { return Ok(None) };
    let mut by_day: BTreeMap<NaiveDate, f64> = BTreeMap::new();
    let mut is_of_parts = false;
    export.inspection.rows(&mut |row| {
        if let (Ok(Some(on)), Some(value)) = (row.measured_on(date), row.as_number(column)) {
            is_of_parts |= by_day.insert(on, value).is_some();
        }
    })?;
    let mut lines: Vec<(NaiveDate, f64)> = Vec::new();
    for (on, value) in by_day {
        if lines.last().is_none_or(|(_, last)| *last != value) {
            lines.push((on, value));
        }
    }
    let lines: Vec<String> = lines.iter().map(|(on, value)| format!("{{ from = {on}, value = {value} }}")).collect();
    Ok((!lines.is_empty() && !is_of_parts).then(|| format!("targets = [{}]", lines.join(", "))))
}

/// The line that reads the totals alone, if each day has one beside its parts: it is called a total, or one of its
/// numbers is the sum of theirs.
pub(super) fn totals(export: &Export<'_>) -> Result<Option<String>, Failure> {
    let Some(date) = export.at("date").filter(|_| export.at("metric").is_none()) else { return Ok(None) };
    let names = recognise::metric_names(&export.inspection, &export.found)?;
    let numbers: Vec<usize> =
        names.iter().filter_map(|name| export.inspection.positions(name).first().copied()).collect();
    let words = export.inspection.columns.iter().filter(|column| column.kind == Kind::Text);
    for column in words.map(|column| column.position) {
        let Some(content) = export.contents.get(column).filter(|it| (2..=MAX_PARTS).contains(&it.distinct)) else {
            continue;
        };
        // Of each day: the rows of a word, and of each number its own value and that of the others.
        let mut days: BTreeMap<&str, BTreeMap<Option<NaiveDate>, Sums>> = BTreeMap::new();
        export.inspection.rows(&mut |row| {
            let (on, own) = (row.measured_on(date).ok().flatten(), row.text(column));
            for word in content.words.keys() {
                let sums = days.entry(word.as_str()).or_default().entry(on).or_default();
                let is_own = own.as_ref() == Some(word);
                *if is_own { &mut sums.totals } else { &mut sums.parts } += 1;
                sums.numbers.resize(numbers.len(), (0.0, 0.0));
                for ((total, parts), at) in sums.numbers.iter_mut().zip(&numbers) {
                    *if is_own { total } else { parts } += row.as_number(*at).unwrap_or(0.0);
                }
            }
        })?;
        let is_total = |(word, days): &(&&str, &BTreeMap<Option<NaiveDate>, Sums>)| {
            days.values().all(|sums| sums.totals == 1 && sums.parts > 0)
                && (is_total_name(word) || (0..numbers.len()).any(|at| days.values().all(|sums| sums.add_up(at))))
        };
        if let Some((total, _)) = days.iter().find(is_total) {
            return Ok(Some(format!("where = {{ {} = {} }}", quoted(export.header(column)), quoted(total))));
        }
    }
    Ok(None)
}

/// The rows of one day: that of a word, and all others.
#[derive(Default)]
struct Sums {
    totals: u32,
    parts: u32,
    /// Of each number the value of the word and the sum of the others.
    numbers: Vec<(f64, f64)>,
}

impl Sums {
    /// A single other row may have the same value by chance.
    fn add_up(&self, at: usize) -> bool {
        let is_sum = |(total, parts): &(f64, f64)| *total != 0.0 && (total - parts).abs() <= total.abs() * 1e-6;
        self.parts > 1 && self.numbers.get(at).is_some_and(is_sum)
    }
}
