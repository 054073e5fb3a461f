//! Reads the milestones table: one row for each milestone, or a log in which the newest row wins.
//!
//! A later row with blank cells keeps what a milestone is (its objective, name, first agreed date), but replaces its
//! state (progress, status, reason, done).

mod key_result;
mod lookup;
mod remarks;
mod row;

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;

use super::logs::logged;
use super::marks::spread;
use super::names::NameIndex;
use super::record::{Record, Stated, read, unknown_status};
use super::{Loading, Opened, of};
use crate::preset::normal;
use crate::problem::{Failure, Place, Problem};
use crate::tables::{Cells as _, Logged, Marked as _};
use crate::team::{KeyResult, Milestone, MilestoneId, ObjectiveId, Status, TableKind, starter};
pub(crate) use lookup::Milestones;
use lookup::names_of;
pub(crate) use remarks::REASONS;
use remarks::{Remark, is_remark, says_done};
use row::{Row, fold};

impl Loading<'_> {
    pub(super) fn milestones(
        &mut self,
        opened: &mut [Opened<'_>],
        objectives: &mut NameIndex<ObjectiveId>,
    ) -> Result<Milestones, Failure> {
        let mut all: Vec<Logged<Row>> = Vec::new();
        let metrics = self.metric_names();
        for file in of(opened, TableKind::Milestones) {
            let mut lines: BTreeMap<MilestoneId, u64> = BTreeMap::new();
            let above = std::mem::take(&mut file.outline.above);
            let of_remarks = file.source.file == REASONS;
            let mut objective_above = key_result::ObjectiveAbove::default();
            let rows = read(file, self.as_of, self.problems, |record| {
                if objective_above.see(record) {
                    return None;
                }
                let mut row = row(record, objectives, &metrics);
                let milestone = &mut row.milestone;
                milestone.objective =
                    milestone.objective.take().or_else(|| objective_above.of(objectives, record.is_confidential()));
                row.remark = of_remarks && (is_remark(&row.milestone) || says_done(&row.milestone));
                let above = above.get(&record.line()).map_or(&[][..], Vec::as_slice);
                row.in_outline(above, objectives, record.is_confidential());
                if record.mapping().tracker
                    && let Some(line) = lines.insert(row.milestone.id.clone(), record.line())
                {
                    let problem =
                        Problem::error("repeated-id", format!("this milestone stands on line {line} already"));
                    record.problem(problem.at(record.place("id")).help("export each once"));
                }
                let (as_of, place) = (row.as_of, row.place.clone());
                Some(logged(record, as_of, place, row))
            })?;
            all.extend(rows);
        }
        spread(&mut all, |row| row.item.keys());
        // Without a table of objectives, the name of a confidential milestone must not become one.
        for row in all.iter().filter(|row| row.is_marked()) {
            names_of(&row.item.milestone).for_each(|name| objectives.hide_unless_open(name));
        }
        for row in all.iter_mut().filter(|row| !row.is_marked()) {
            let objective = row.item.milestone.objective.as_ref();
            if objective.is_some_and(|id| objectives.is_hidden(id.as_str())) {
                row.mark();
            }
        }
        self.conceal_marked(&all);
        let hides = |id: &Option<ObjectiveId>| id.as_ref().is_some_and(|id| objectives.is_confidential(id));
        let left_out = all.iter().filter(|row| hides(&row.item.milestone.objective));
        self.hide(left_out.map(|row| (row.place.file.as_str(), row.lines)));
        let mut log: Vec<(Option<ObjectiveId>, Vec<Row>)> = Vec::new();
        let mut places: HashMap<MilestoneId, usize> = HashMap::new();
        let (known, unknown): (Vec<Logged<Row>>, Vec<Logged<Row>>) = all.into_iter().partition(|row| row.is_known);
        let (remarks, rows): (Vec<Row>, Vec<Row>) = known.into_iter().map(|row| row.item).partition(|row| row.remark);
        for mut row in rows {
            let of_name = places.get(&row.milestone.id).and_then(|&at| log.get(at));
            row.tell_apart(of_name.and_then(|(objective, _)| objective.as_ref()));
            let at = *places.entry(row.milestone.id.clone()).or_insert(log.len());
            match log.get_mut(at) {
                Some((objective, rows)) => {
                    *objective = objective.take().or_else(|| row.milestone.objective.clone());
                    rows.push(row);
                }
                None => log.push((row.milestone.objective.clone(), vec![row])),
            }
        }
        for (_, rows) in &log {
            self.problems.0.extend(renamed(rows));
        }
        let undated: Vec<(MilestoneId, Place)> =
            log.iter().flat_map(|(_, rows)| rows).filter_map(Row::undated).collect();
        let told =
            |rows: &[Row]| rows.iter().filter(|row| row.milestone.reason.is_some()).filter_map(|row| row.as_of).max();
        let mut list: Vec<(Option<NaiveDate>, Milestone)> =
            log.into_iter().map(|(_, rows)| (told(&rows), fold(rows))).collect();
        let remark = |row: Row| Remark { as_of: row.as_of, place: row.place, says: row.milestone };
        self.problems.0.extend(remarks::join(remarks.into_iter().map(remark).collect(), &mut list));
        remarks::answered(&mut self.problems.0, &undated, &list);
        let mut milestones = Milestones::new(list.into_iter().map(|(_, milestone)| milestone).collect());
        milestones.settle_carried();
        let hidden = milestones.list.iter().filter(|it| it.confidential || hides(&it.objective));
        milestones.names.confidential.extend(hidden.map(|it| it.id.clone()));
        for milestone in unknown.iter().map(|row| &row.item.milestone).filter(|milestone| milestone.confidential) {
            names_of(milestone).for_each(|name| milestones.names.hide(name));
        }
        Ok(milestones)
    }
}

fn row(record: &mut Record<'_, '_>, objectives: &mut NameIndex<ObjectiveId>, metrics: &NameIndex<String>) -> Row {
    let name = record.needed("milestone");
    if starter::STEPS.contains(&name.as_str()) {
        let help = "write what the team will have done by then, or delete the row";
        record.problem(starter::placeholder_left(&name, record.place("milestone"), help));
    }
    let status = record.word::<Stated>("status");
    let stated_text = unknown_status(record, &status, "it is shown as stated, and the milestone counts as open");
    let stated = status.known();
    let done_instead = record.done_instead("due").filter(|_| stated.is_none_or(|it| it.status() == Some(Status::Done)));
    let due = if done_instead.is_some() { None } else { record.date("due") };
    let (agreed_due, done_on) = (record.date("agreed_due"), record.date("done_on").or(done_instead.flatten()));
    let stated = stated.or(done_instead.map(|_| Stated::Status(Status::Done)));
    let is_blank =
        ["agreed_due", "due", "done_on", "status", "current_value"].iter().all(|field| record.text(field).is_none());
    let is_remark = record.text("reason").is_some();
    if agreed_due.or(due).or(done_on).is_none() && stated.is_none() && is_blank && !is_remark {
        let problem = Problem::warning("no-date", "this milestone has no date yet").at(record.place("due"));
        record.problem(problem.help("write the date that was agreed, or how it stands"));
    }
    let objective = objectives.objective(record);
    let key_result = key_result::of(record);
    let id = record.text("id").or_else(|| record.text("wbs"));
    Row {
        as_of: record.date("as_of"),
        named: id.is_none(),
        tracker: record.mapping().tracker,
        remark: false,
        place: record.place("milestone"),
        milestone: Milestone {
            id: MilestoneId(id.unwrap_or_else(|| name.clone())),
            objective,
            name,
            start: record.date("start"),
            // A date in a list is no plan of the quarter: where objectives were agreed, it is.
            has_baseline: agreed_due.is_some() && objectives.defined,
            agreed_period: record.period("agreed_due"),
            period: record.period("due"),
            original: agreed_due,
            original_is_due: false,
            due,
            done_on,
            progress: share(record, key_result.as_ref()),
            log: Vec::new(),
            begun: stated == Some(Stated::Started),
            stated: stated.and_then(Stated::status),
            stated_as: stated.and_then(Stated::word),
            stated_text,
            reason: record.text("reason"),
            weight: record.number("weight"),
            aliases: record.list("aliases"),
            scope_agreed_on: record.date("scope_agreed_on"),
            carried_from: record.text("carried_from").map(MilestoneId),
            owner_team: record.text("owner_team"),
            metric: metrics.metric(record),
            target: if key_result.is_none() && !record.has("current_value") { record.number("target") } else { None },
            hold_weeks: hold_weeks(record),
            key_result,
            confidence: record.text("confidence"),
            confidential: record.is_confidential(),
            withheld: false,
        },
    }
}

/// How much is done: as its own column says, else as far as a key result has come.
fn share(record: &mut Record<'_, '_>, key_result: Option<&KeyResult>) -> Option<f64> {
    let come = key_result.and_then(KeyResult::share).map(|share| share.clamp(0.0, 1.0));
    record.share("progress").or(come)
}

/// Returns for how many closed weeks a metric has to reach its target: a whole number from 1 to 52.
fn hold_weeks(record: &mut Record<'_, '_>) -> Option<u32> {
    let weeks = record.number("hold_weeks")?;
    if weeks.fract() == 0.0 && (1.0..=52.0).contains(&weeks) {
        return Some(weeks as u32);
    }
    let problem =
        Problem::warning("bad-number", "`hold_weeks` is not a whole number of weeks from 1 to 52; it is ignored");
    record.problem(problem.at(record.place("hold_weeks")).help("write it as 4"));
    None
}

/// Warns of an id that two milestones may share by mistake: its rows have different names and no date.
fn renamed(rows: &[Row]) -> Option<Problem> {
    let mut pairs = rows.iter().zip(rows.iter().skip(1));
    let differs = |(a, b): &(&Row, &Row)| b.as_of.is_none() && normal(&a.milestone.name) != normal(&b.milestone.name);
    let (_, row) = pairs.find(differs)?;
    let message = "this milestone has two names; the last row of an id wins";
    let problem = Problem::warning("repeated-id", message).at(row.place.clone()).help("give each milestone its own id");
    Some(if row.milestone.confidential { problem.concealed() } else { problem })
}
