//! Reads the objectives table: one row for each objective and quarter.

use std::collections::BTreeMap;

use super::logs::logged;
use super::marks::{Key, spread};
use super::record::{Record, Stated, read, unknown_status};
use super::{Loading, NameIndex, Opened, by_name, of};
use crate::problem::{Failure, Problem, Severity};
use crate::tables::{Cells as _, Logged};
use crate::team::{Objective, ObjectiveId, TableKind, starter};

impl Loading<'_> {
    /// Reads the objectives, and makes them available to references.
    pub(super) fn objectives(
        &mut self,
        opened: &mut [Opened<'_>],
    ) -> Result<(Vec<Objective>, NameIndex<ObjectiveId>), Failure> {
        let mut rows: Vec<Logged<Objective>> = Vec::new();
        let mut names = NameIndex::default();
        let metrics = self.metric_names();
        for file in of(opened, TableKind::Objectives) {
            rows.extend(read(file, self.as_of, self.problems, |record| {
                let mut objective = objective(record);
                objective.metric = metrics.metric(record);
                let place = record.place(if record.has("id") { "id" } else { "objective" });
                Some(logged(record, None, place, objective))
            })?);
        }
        // An id may be the same as the name of another objective, so both are compared.
        let names_of = |it: &Objective| [it.id.as_str(), &it.name].map(|text| Key::of("name", text));
        spread(&mut rows, |row| names_of(&row.item).into_iter().flatten().collect());
        self.conceal_marked(&rows);
        for row in rows.iter().filter(|row| row.item.confidential && !row.is_known) {
            names.hide(row.item.id.as_str());
            names.hide(&row.item.name);
        }
        let objectives = self.first_of_each(rows, opened);
        for objective in &objectives {
            names.add(objective.id.as_str(), &objective.name, objective.id.clone());
            if objective.confidential {
                names.conceal(objective.id.as_str(), &objective.name);
                names.confidential.insert(objective.id.clone());
            }
        }
        names.defined = !objectives.is_empty();
        Ok((objectives, names))
    }

    /// Keeps the first row of each objective. A repeated one is an error, or is skipped if its source is configured to.
    fn first_of_each(&mut self, rows: Vec<Logged<Objective>>, opened: &mut [Opened<'_>]) -> Vec<Objective> {
        let files = by_name(opened, TableKind::Objectives);
        let mut lines: BTreeMap<ObjectiveId, u64> = BTreeMap::new();
        let mut kept = Vec::with_capacity(rows.len());
        for Logged { place, item, .. } in rows.into_iter().filter(|row| row.is_known) {
            let Some(line) = lines.get(&item.id) else {
                lines.insert(item.id.clone(), place.line);
                kept.push(item);
                continue;
            };
            let message = format!("this objective stands on line {line} already");
            let help = "give each its own id, also from quarter to quarter";
            let file = files.get(&place.file).and_then(|at| opened.get_mut(*at));
            let mut problem = Problem::error("repeated-id", message).at(place).help(help);
            if let Some(file) = file.filter(|file| file.source.skip_bad_rows) {
                file.counts.read = file.counts.read.saturating_sub(1);
                file.counts.skipped += 1;
                problem.severity = Severity::Warning;
                problem.message += "; the row is skipped";
            }
            self.problems.push(if item.confidential { problem.concealed() } else { problem });
        }
        kept
    }
}

fn objective(record: &mut Record<'_, '_>) -> Objective {
    let name = record.needed("objective");
    let help = "write what the team is to reach this quarter";
    for (field, text, placeholder) in
        [("objective", Some(name.clone()), starter::OBJECTIVE), ("wording", record.text("wording"), starter::WORDING)]
    {
        if text.as_deref() == Some(placeholder) {
            record.problem(starter::placeholder_left(placeholder, record.place(field), help));
        }
    }
    let status = record.word::<Stated>("status");
    unknown_status(record, &status, "it is left out");
    let stated = status.known();
    let agreed_on = record.date("agreed_on");
    Objective {
        id: ObjectiveId(record.text("id").unwrap_or_else(|| name.clone())),
        name,
        quarter: record.text("quarter"),
        agreed_on: record.known(agreed_on),
        wording: record.text("wording"),
        agreed_wording: record.text("agreed_wording"),
        scope_agreed_on: record.date("scope_agreed_on"),
        owner: record.text("owner"),
        strategy: record.text("strategy"),
        path_note: record.text("path_note"),
        weight: record.number("weight"),
        metric: None,
        target: record.number("target"),
        stated: stated.and_then(Stated::status),
        stated_as: stated.and_then(Stated::word),
        reason: record.text("reason"),
        implied: false,
        confidential: record.is_confidential(),
    }
}
