//! Key results: rows that say where a number began, where it is and where it is to be.

use crate::problem::Problem;
use crate::source::names::NameIndex;
use crate::source::record::Record;
use crate::tables::Cells as _;
use crate::team::{KeyResult, ObjectiveId};

/// Reads the key result of a row. None if its cells are not numbers: then the status that the row states counts.
pub(super) fn of(record: &mut Record<'_, '_>) -> Option<KeyResult> {
    if !record.has("current_value") || !record.has("target") {
        return None;
    }
    const FIELDS: [&str; 3] = ["start_value", "current_value", "target"];
    let [from, now, target] = FIELDS.map(|field| record.amount(field));
    let odd = FIELDS.into_iter().find(|field| record.text(field).is_some() && record.amount(field).is_none());
    let units: Vec<&String> = [&from, &now, &target].into_iter().flatten().map(|(_, unit)| unit).collect();
    let unit = units.iter().find(|unit| !unit.is_empty()).map(|unit| (*unit).clone());
    let has_one_unit = units.iter().all(|other| other.is_empty() || Some(*other) == unit.as_ref());
    if odd.is_some() || !has_one_unit {
        let message = match odd {
            Some(_) => "this is no number, so the key result is held against nothing",
            None => "start, target and current value are in different units, so the key result is held against nothing",
        };
        let problem = Problem::warning("bad-number", message).at(record.place(odd.unwrap_or("current_value")));
        record.problem(problem.help("write numbers in one unit, or state how it stands"));
        return None;
    }
    Some(KeyResult { from: from.map(|(from, _)| from), now: now?.0, target: target?.0, unit })
}

/// The objective of the rows below. Sheets name an objective once, above or beside the first of its key results, and
/// leave the cells below blank.
#[derive(Default)]
pub(super) struct ObjectiveAbove(Option<(String, bool)>);

impl ObjectiveAbove {
    /// Remembers the objective that the row names. Returns true if the row has an objective and nothing else: it is
    /// only read for the rows below it.
    pub(super) fn see(&mut self, record: &Record<'_, '_>) -> bool {
        if !record.has("current_value") {
            return false;
        }
        if let Some(objective) = record.text("objective") {
            self.0 = Some((objective, record.is_confidential()));
        }
        record.text("milestone").is_none() && record.text("objective").is_some()
    }

    pub(super) fn of(&self, objectives: &mut NameIndex<ObjectiveId>, confidential: bool) -> Option<ObjectiveId> {
        let (objective, is_confidential) = self.0.as_ref().filter(|_| !objectives.defined)?;
        Some(objectives.take(objective, *is_confidential || confidential))
    }
}
