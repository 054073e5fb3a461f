//! The `[[metric]]` sections of a new team folder: the unit, the better direction and the target of each metric, as far
//! as the file and the names show them. What remains open becomes a comment.

use super::export::Export;
use super::new_file::quoted;
use crate::problem::Failure;
use crate::source::metrics::kind;
use crate::source::recognise;
use crate::team::Better;

/// Returns a section for each metric of the file, and the names of the metrics for which it is not known how daily
/// values add up.
pub(crate) fn of(export: &Export<'_>) -> Result<(Vec<String>, Vec<String>), Failure> {
    let (mut sections, mut open) = (Vec::new(), Vec::new());
    for name in recognise::metric_names(&export.inspection, &export.found)? {
        let unit = unit(export, &name)?;
        let mut lines = vec!["[[metric]]".to_owned(), format!("name = {}", quoted(&name))];
        let known = export.found.layout.aggregate_of(&name);
        match (kind::named(&name, unit.as_deref()), known) {
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
        match kind::better(&name) {
            Some(Better::Up) => lines.push("better = \"up\"".to_owned()),
            Some(Better::Down) => lines.push("better = \"down\"".to_owned()),
            None => lines.push("# better = \"up\"".to_owned()),
        }
        if let Some(unit) = unit {
            lines.push(format!("unit = {}", quoted(&unit)));
        }
        if export.at("target").is_none() {
            lines.push("# target = 0".to_owned());
        }
        sections.push(lines.join("\n") + "\n");
    }
    Ok((sections, open))
}

/// Returns the unit of a metric: that of its cells, otherwise the one in brackets after its name. `None` if there is
/// neither.
fn unit(export: &Export<'_>, name: &str) -> Result<Option<String>, Failure> {
    let inspection = &export.inspection;
    let of_column = inspection
        .positions(name)
        .first()
        .and_then(|&at| inspection.columns.get(at))
        .map(|column| column.unit().to_owned());
    if let Some(unit) = of_column.filter(|unit| !unit.is_empty()) {
        return Ok(Some(unit));
    }
    let mut found = None;
    if let (Some(metric), true) = (export.at("metric"), recognise::periods(inspection).count() > 1) {
        let own = export.at("unit");
        let periods: Vec<usize> = recognise::periods(inspection).map(|column| column.position).collect();
        inspection.rows(&mut |row| {
            if row.text(metric).as_deref() == Some(name) && found.is_none() {
                let tail = |text: String| {
                    let sign = text
                        .trim()
                        .trim_start_matches(|c: char| c.is_ascii_digit() || " .,-−+'\u{a0}\u{202f}".contains(c))
                        .to_owned();
                    Some(sign).filter(|sign| !sign.is_empty() && sign.chars().count() < 5)
                };
                found = own
                    .and_then(|own| row.text(own))
                    .or_else(|| periods.iter().find_map(|&column| tail(row.text(column)?)));
            }
        })?;
    }
    let in_brackets = || {
        let (_, rest) = name.rsplit_once('(')?;
        let unit = rest.strip_suffix(')')?.trim();
        (unit.chars().count() < 5 && !unit.is_empty()).then(|| unit.to_owned())
    };
    Ok(found.or_else(in_brackets))
}
