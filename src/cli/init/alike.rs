//! Names in exports of tasks that are nearly those of milestones in other exports: "Self-serve" and "Self-serve (beta)".
//! They may be one and the same, which only the manager knows.

use std::collections::BTreeMap;

use super::export::Export;
use crate::config::is_private;
use crate::fold::words;
use crate::preset::normal;
use crate::problem::Failure;
use crate::team::TableKind;

/// Maximum number of questions about names.
const MAX_QUESTIONS: usize = 5;

/// Returns a question for each name of tasks that begins like a milestone, or the other way round.
pub(super) fn questions(exports: &[Export<'_>]) -> Result<Vec<String>, Failure> {
    let open = |table| exports.iter().filter(move |it| it.found.table == table && !is_private(&it.target));
    let mut milestones: Vec<(String, &str)> = Vec::new();
    for export in open(TableKind::Milestones) {
        let Some(column) = export.at("milestone") else { continue };
        export
            .inspection
            .rows(&mut |row| milestones.extend(row.text(column).map(|name| (name, export.target.as_str()))))?;
    }
    let mut named: BTreeMap<String, u64> = BTreeMap::new();
    for export in open(TableKind::Tasks).filter(|_| !milestones.is_empty()) {
        let columns: Vec<usize> =
            ["milestone", "objective", "parent"].iter().flat_map(|field| export.found.positions(field)).collect();
        export.inspection.rows(&mut |row| {
            for name in columns.iter().filter_map(|column| row.text(*column)) {
                *named.entry(name).or_default() += 1;
            }
        })?;
    }
    let is_milestone = |name: &str| milestones.iter().any(|(own, _)| normal(own) == normal(name));
    let asked = named.iter().filter(|(name, _)| !is_milestone(name)).filter_map(|(name, tasks)| {
        let (milestone, file) = milestones.iter().find(|(own, _)| differ_by_an_end(own, name))?;
        let tasks = if *tasks == 1 { "1 task".to_owned() } else { format!("{tasks} tasks") };
        Some(format!("is \"{name}\" ({tasks}) the milestone \"{milestone}\"? if so, write it into the `aliases` of its row in {file}"))
    });
    Ok(asked.take(MAX_QUESTIONS).collect())
}

/// Whether one name is the beginning of the other, in whole words.
fn differ_by_an_end(one: &str, other: &str) -> bool {
    let (one, other): (Vec<String>, Vec<String>) = (words(one).collect(), words(other).collect());
    let (short, long) = if one.len() < other.len() { (one, other) } else { (other, one) };
    !short.is_empty() && short.len() < long.len() && long.starts_with(&short)
}

#[cfg(test)]
mod tests {
    use super::differ_by_an_end;

    #[test]
    fn names_that_differ_by_an_end() {
        for (one, other) in [("Selbsthilfe", "Selbsthilfe 40 %"), ("Portal v2", "Portal"), ("Beta (web)", "beta")] {
            assert!(differ_by_an_end(one, other), "{one} {other}");
        }
        for (one, other) in [("Portal", "Portal"), ("Portal", "Portale"), ("New portal", "Portal"), ("", "Portal")] {
            assert!(!differ_by_an_end(one, other), "{one} {other}");
        }
    }
}
