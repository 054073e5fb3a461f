//! The objectives table: one row an objective, each quarter its own.

use std::collections::{BTreeMap, BTreeSet};

use super::record::{Record, Stated, Word, read};
use super::{Loading, NameIndex, Opened, of};
use crate::fold::fold;
use crate::problem::{Failure, Problem};
use crate::team::{Objective, ObjectiveId, TableKind, starter};

impl Loading<'_> {
    /// The objectives and what refers to them is looked up in.
    pub(super) fn objectives(
        &mut self,
        opened: &mut [Opened<'_>],
    ) -> Result<(Vec<Objective>, NameIndex<ObjectiveId>), Failure> {
        let mut objectives: Vec<Objective> = Vec::new();
        let mut names = NameIndex::default();
        let mut marked: BTreeSet<String> = BTreeSet::new();
        let mut lines: BTreeMap<ObjectiveId, u64> = BTreeMap::new();
        let metrics = self.metric_names();
        for file in of(opened, TableKind::Objectives) {
            objectives.extend(read(file, self.as_of, self.problems, |record| {
                let mut objective = objective(record)?;
                // A row that repeats another is dropped; that it is confidential is not.
                if record.is_confidential() {
                    marked.extend([fold(objective.id.as_str()), fold(&objective.name)]);
                }
                objective.metric = metrics.metric(record);
                if let Some(line) = lines.insert(objective.id.clone(), record.line()) {
                    let place = record.place(if record.has("id") { "id" } else { "objective" });
                    let problem =
                        Problem::error("repeated-id", format!("this objective stands on line {line} already"));
                    record.problem(problem.at(place).help("give each its own id, also from quarter to quarter"));
                }
                Some(objective)
            })?);
        }
        for objective in &mut objectives {
            objective.confidential |=
                [objective.id.as_str(), &objective.name].iter().any(|it| marked.contains(&fold(it)));
            names.add(objective.id.as_str(), &objective.name, objective.id.clone());
            if objective.confidential {
                names.conceal(objective.id.as_str(), &objective.name);
            }
        }
        names.defined = !objectives.is_empty();
        Ok((objectives, names))
    }
}

fn objective(record: &mut Record<'_, '_>) -> Option<Objective> {
    let name = record.needed("objective");
    let help = "write what the team is to reach this quarter";
    for (field, text, placeholder) in
        [("objective", Some(name.clone()), starter::OBJECTIVE), ("wording", record.text("wording"), starter::WORDING)]
    {
        if text.as_deref() == Some(placeholder) {
            record.problem(starter::left(placeholder, record.place(field), help));
        }
    }
    let status = record.word::<Stated>("status");
    if let Word::Unknown(_) = status {
        let problem = Problem::warning("unmapped-status", "this status is not known; it is left out");
        let problem = problem.at(record.place("status"));
        record.problem(
            problem.help("say what it means, after the [[source]]:\n[source.values.status]\nat_risk = [\"…\"]"),
        );
    }
    let stated = status.known();
    let agreed_on = record.date("agreed_on");
    Some(Objective {
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
    })
}
