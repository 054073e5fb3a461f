//! The `[[metric]]` sections of a new team folder: the unit, the better direction and the target of each metric, as far
//! as the file and the names show them. What remains open becomes a comment.

use std::collections::{BTreeMap, BTreeSet};

use super::export::Export;
use super::new_file::quoted;
use super::wide;
use crate::cli::surroundings::under_ci;
use crate::problem::Failure;
use crate::source::mapping::marks_in;
use crate::source::metrics::{kind, units};
use crate::source::recognise;
use crate::table::Kind;
use crate::team::{Better, MetricKind, TableKind};

/// Returns a section for each metric of the file, and the names of the metrics for which it is not known how daily
/// values add up.
pub(crate) fn of(export: &Export<'_>) -> Result<(Vec<String>, Vec<String>), Failure> {
    let (mut sections, mut open) = (Vec::new(), Vec::new());
    let mut said = said_by_rows(export)?;
    let hidden = if under_ci() { confidential(export)? } else { BTreeSet::new() };
    let mut names = recognise::metric_names(&export.inspection, &export.found)?;
    names.retain(|name| !hidden.contains(name));
    let wide = wide::of(export, &names)?;
    for column in names.into_iter().filter(|name| !wide.plans.contains(name)) {
        let said = said.remove(&column).unwrap_or_default();
        let unit = if said.is_counted { None } else { said.unit.or_else(|| unit(export, &column)) };
        let planned = wide.planned.get(&column);
        let name = planned.map_or_else(|| column.clone(), |planned| planned.name.clone());
        let mut lines = vec!["[[metric]]".to_owned(), format!("name = {}", quoted(&name))];
        if name != column {
            lines.push(format!("column = {}", quoted(&column)));
        }
        let known = export.found.layout.aggregate_of(&column);
        let kind = match kind::named(&name, unit.as_deref()) {
            // Work is logged in many rows a day, which add up.
            Some(_) if is_worked(export, &column) => Some(MetricKind::Flow),
            named => named,
        };
        match (kind, known) {
            (_, Some(aggregate)) => lines.push(format!("aggregate = \"{}\"", aggregate.name())),
            (Some(kind), None) => lines.push(format!("kind = \"{}\"", kind::word(kind))),
            (None, None) => {
                lines.push(
                    "# kind = \"flow\"           # rate flow stock cumulative; until then the latest value alone"
                        .to_owned(),
                );
                open.push(name.clone());
            }
        }
        match said.better.or_else(|| kind::better(&name)) {
            Some(Better::Up) => lines.push("better = \"up\"".to_owned()),
            Some(Better::Down) => lines.push("better = \"down\"".to_owned()),
            None => lines.push("# better = \"up\"".to_owned()),
        }
        if let Some(unit) = unit {
            lines.push(format!("unit = {}", quoted(&unit)));
        }
        match planned {
            Some(planned) => lines.push(planned.targets.clone()),
            None if export.at("target").is_none() => lines.push("# target = 0".to_owned()),
            None => {}
        }
        sections.push(lines.join("\n") + "\n");
    }
    Ok((sections, open))
}

/// Whether a column is the time spent of a log of work.
fn is_worked(export: &Export<'_>, column: &str) -> bool {
    let text = export.inspection.columns.iter().filter(|column| column.kind == Kind::Text).count();
    export.at("metric").is_none() && text > 1 && kind::is_time_spent(column)
}

/// Returns the names that only confidential rows have: the log of a CI job must not contain them.
fn confidential(export: &Export<'_>) -> Result<BTreeSet<String>, Failure> {
    let Some(metric) = export.at("metric") else { return Ok(BTreeSet::new()) };
    let own: Vec<usize> = export.found.positions("confidential").collect();
    let mut marks = marks_in(&export.inspection, &own.iter().copied().chain([metric]).collect());
    marks.confidential.extend(own);
    let (mut hidden, mut shown) = (BTreeSet::new(), BTreeSet::new());
    export.inspection.rows(&mut |row| {
        let of_row = if marks.hold_for(row) { &mut hidden } else { &mut shown };
        of_row.extend(row.text(metric));
    })?;
    Ok(hidden.difference(&shown).cloned().collect())
}

/// The unit and the better direction that the rows of a file give for a metric.
#[derive(Default)]
struct Said {
    unit: Option<String>,
    /// Its unit says no more than that things are counted.
    is_counted: bool,
    better: Option<Better>,
}

/// Returns the units and better directions that the rows give, by the name of the metric.
fn said_by_rows(export: &Export<'_>) -> Result<BTreeMap<String, Said>, Failure> {
    let mut said: BTreeMap<String, Said> = BTreeMap::new();
    let Some(metric) = export.at("metric") else { return Ok(said) };
    let (unit, better) = (export.at("unit"), export.at("better"));
    let periods: Vec<usize> = recognise::periods(&export.inspection).map(|column| column.position).collect();
    if unit.is_none() && better.is_none() && periods.is_empty() {
        return Ok(said);
    }
    let layout = export.found.preset.layout(TableKind::Metrics).ok();
    let way = |word: &str| match layout?.word("better", word)? {
        "up" => Some(Better::Up),
        _ => Some(Better::Down),
    };
    export.inspection.rows(&mut |row| {
        let Some(name) = row.text(metric) else { return };
        let one = said.entry(name).or_default();
        if one.unit.is_none() {
            let stated = unit.and_then(|unit| row.text(unit));
            let of_cells = || periods.iter().find_map(|&column| behind_number(&row.text(column)?));
            let has_stated = stated.is_some();
            one.unit = stated.or_else(of_cells).and_then(|text| units::stated(&text));
            one.is_counted = has_stated && one.unit.is_none();
        }
        if one.better.is_none() {
            one.better = better.and_then(|better| way(&row.text(better)?));
        }
    })?;
    Ok(said)
}

/// Returns the text after a number if it can be a unit: `h` of `12 h`.
fn behind_number(text: &str) -> Option<String> {
    let is_of_number = |c: char| c.is_ascii_digit() || " .,-−+'\u{a0}\u{202f}".contains(c);
    let sign = text.trim().trim_start_matches(is_of_number);
    let has_number = text.trim().strip_suffix(sign).is_some_and(|number| number.contains(|c: char| c.is_ascii_digit()));
    (has_number && !sign.is_empty() && sign.chars().count() < 5).then(|| sign.to_owned())
}

/// Returns the unit of a metric for which no row gives one: that of the cells in its column, else the text in brackets
/// after its name.
fn unit(export: &Export<'_>, name: &str) -> Option<String> {
    let inspection = &export.inspection;
    let column = inspection.positions(name).first().and_then(|&at| inspection.columns.get(at));
    let of_column = column.map(|column| column.unit().to_owned()).filter(|unit| !unit.is_empty());
    let in_brackets = || {
        let (_, rest) = name.rsplit_once(['(', '['])?;
        let unit = rest.strip_suffix([')', ']'])?.trim();
        // `P1` and `Q4` are labels, not units.
        let is_label =
            unit.starts_with(|c: char| c.is_ascii_uppercase()) && unit.ends_with(|c: char| c.is_ascii_digit());
        (unit.chars().count() < 5 && !is_label).then(|| units::stated(unit))?
    };
    let of_times = || column.filter(|column| column.format.starts_with("hours")).map(|_| "h".to_owned());
    of_column.or_else(in_brackets).or_else(of_times)
}
