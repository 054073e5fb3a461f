//! Reads the tasks table: rows of a tracker's export, each with its milestone.
//!
//! The milestone of a task is found by its own values (id, then title, then alias), otherwise by its labels (title or
//! alias), otherwise by its parents. Values that match no milestone are counted and listed; several milestones for one
//! task are an error.

mod draft;
mod exports;
mod marked;
mod status;
mod titles;
mod tree;
mod twins;

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use chrono::NaiveDate;

use super::marks::Labels;
use super::milestones::Milestones;
use super::names::{Found, NameIndex};
use super::record::read;
use super::{Loading, Opened, by_name, of};
use draft::Draft;
use exports::ExportOrder;
use marked::mark_all;
use status::RESOLUTION;
use titles::TitlesAlone;
use tree::{MAX_PARENTS, Tree};

use crate::preset::normal;
use crate::problem::{Failure, Place, Problem};
use crate::table::Kind;
use crate::tables::{Cells as _, Marked};
use crate::team::{MilestoneId, ObjectiveId, TableKind, Task, TaskKey};

/// A row that repeats another.
struct Repeat {
    draft: Draft,
    /// Index of the row that is kept.
    first: usize,
    /// Whether the row comes from an export of an earlier day.
    is_older: bool,
}

impl Loading<'_> {
    pub(super) fn tasks(
        &mut self,
        opened: &mut [Opened<'_>],
        objectives: &mut NameIndex<ObjectiveId>,
        milestones: &Milestones,
        unmatched: &mut BTreeMap<String, u64>,
    ) -> Result<Vec<Task>, Failure> {
        let mut drafts = Vec::new();
        for file in of(opened, TableKind::Tasks) {
            drafts.extend(self.drafts(file, objectives, milestones)?);
        }
        mark_all(&mut drafts, milestones, objectives);
        let (failed, drafts): (Vec<Draft>, Vec<Draft>) = drafts.into_iter().partition(|draft| draft.failed);
        let (drafts, repeated) = self.once(drafts, opened);
        let tree = Tree::new(&drafts);
        let mut tasks = Vec::with_capacity(drafts.len());
        let mut withheld = Vec::with_capacity(drafts.len());
        // Rows that a forwarded copy does not even count.
        let mut gone = Vec::with_capacity(drafts.len());
        for (index, draft) in drafts.iter().enumerate() {
            let mut task = draft.task.clone();
            task.parent =
                tree.parent(index).and_then(|parent| drafts.get(parent)).map(|parent| parent.task.key.clone());
            task.epic = draft.parents.first().filter(|_| task.parent.is_none()).cloned();
            task.sections = draft.above.iter().rev().cloned().collect();
            let found = milestone_of(index, &drafts, &tree, milestones);
            let milestone = match &found {
                Found::One(id) => milestones.get(id),
                _ => None,
            };
            task.milestone = milestone.map(|milestone| milestone.id.clone());
            task.objective = milestone.and_then(|milestone| milestone.objective.clone()).or(task.objective);
            let is_gone = milestone.is_some_and(|milestone| milestone.confidential)
                || task.objective.as_ref().is_some_and(|id| objectives.is_confidential(id));
            let is_withheld = task.confidential || is_gone;
            gone.push(is_gone);
            if found == Found::None
                && let Some(value) = draft.values.first().or(draft.parents.first()).or(draft.above.first())
                && task.counts
                && !milestones.is_empty()
                // The text of a confidential task must not be in a message that every copy could print.
                && !is_withheld
            {
                *unmatched.entry(value.clone()).or_default() += 1;
            }
            withheld.push(is_withheld);
            tasks.push(task);
        }
        let marked = drafts.iter().chain(&failed).filter(|draft| draft.is_marked());
        self.conceal(marked.map(|draft| (draft.place.file.as_str(), draft.lines)), true);
        // Tasks that belong to something confidential, and rows that repeat them, are visible only to the boss.
        let rows = drafts.iter().zip(&withheld).filter(|(_, is_withheld)| **is_withheld).map(|(draft, _)| draft);
        let repeats = repeated.iter().filter(|repeat| withheld[repeat.first]).map(|repeat| &repeat.draft);
        self.conceal(rows.chain(repeats).map(|draft| (draft.place.file.as_str(), draft.lines)), false);
        self.repeats(repeated.iter().filter(|repeat| !withheld[repeat.first]), opened);
        let gone = tree.with_all_below(gone);
        let repeats = repeated.iter().map(|repeat| (&repeat.draft, gone[repeat.first], false));
        let kept = drafts.iter().zip(&gone).map(|(draft, is_gone)| (draft, *is_gone, true));
        let failed = failed.iter().filter(|draft| draft.is_read);
        let failed = failed.map(|draft| (draft, draft.is_marked(), true));
        count(kept.chain(repeats).chain(failed), opened);
        self.unmapped(drafts.iter().zip(withheld.iter().copied()));
        self.unmatched(unmatched, opened);
        Ok(tasks)
    }

    /// Reads the rows of one file.
    fn drafts(
        &mut self,
        file: &mut Opened<'_>,
        objectives: &mut NameIndex<ObjectiveId>,
        milestones: &Milestones,
    ) -> Result<Vec<Draft>, Failure> {
        let confidential = Labels::of(&self.config.brief.confidential_labels);
        let counts: Option<Vec<String>> =
            file.source.counts.as_ref().map(|types| types.iter().map(|kind| normal(kind)).collect());
        let above = std::mem::take(&mut file.outline.above);
        let mut bare = TitlesAlone::default();
        // In a file that dates nothing that happened, starts are planned like ends. Planned dates do not show how recent
        // a file is.
        let is_dated = |column: &usize| file.inspection.columns.get(*column).is_some_and(|it| it.kind == Kind::Date);
        let is_tracked = ["created", "status_changed", "updated", "done_on"]
            .iter()
            .any(|field| file.mapping.columns(field).iter().any(is_dated));
        let drafts = read(file, self.as_of, self.problems, |record| {
            bare.see(record);
            let labels = record.list("labels");
            let cells = record.cells("labels");
            if labels.iter().chain(&cells).any(|label| confidential.are_in(label)) {
                record.conceal();
            }
            let mut draft = draft::of(record, labels, is_tracked);
            draft.above = above.get(&record.line()).cloned().unwrap_or_default();
            draft.task.objective = objectives.objective(record);
            let objective = draft.task.objective.as_ref();
            let named = [
                (milestones.find(&draft.values, objective), "milestone"),
                (milestones.labelled(&draft.task.labels, objective), "labels"),
            ];
            for (found, field) in named {
                if found == Found::Several {
                    let message = "this task builds up to several milestones";
                    let help = "leave it one of them, or take the alias from the others";
                    let problem = Problem::error("ambiguous-reference", message).at(record.place(field)).help(help);
                    record.problem(problem);
                    break;
                }
                if found != Found::None {
                    break;
                }
            }
            if let Some(counts) = &counts {
                draft.task.counts = draft.task.kind.as_ref().is_some_and(|kind| counts.contains(&normal(kind)));
            }
            Some(draft)
        })?;
        let note = bare.note(&file.inspection.file);
        self.problems.0.extend(note.map(|note| if file.is_private { note.concealed() } else { note }));
        Ok(drafts)
    }

    /// Reports status words without a mapping, each one once. Words that occur only in hidden rows are not quoted.
    fn unmapped<'d>(&mut self, drafts: impl Iterator<Item = (&'d Draft, bool)>) {
        let mut unmapped: BTreeMap<(bool, &str, &str), (u64, &Place)> = BTreeMap::new();
        for (draft, is_withheld) in drafts {
            for (field, word, place) in &draft.unmapped {
                let word = if is_withheld { "" } else { word.as_str() };
                unmapped.entry((is_withheld, field, word)).or_insert((0, place)).0 += 1;
            }
        }
        for ((is_withheld, field, word), (count, place)) in unmapped {
            let (code, counted, ours) = match field {
                RESOLUTION => ("unmapped-resolution", "done", "dropped"),
                _ => ("unmapped-status", "open", "doing"),
            };
            let message = format!("a {field} is not known; {count} tasks that have it count as {counted}");
            let help =
                format!("say what it means, after its [[source]]:\n[source.values.{field}]\n{ours} = [\"{word}\"]");
            let problem = Problem::warning(code, message).at(place.clone()).help_quoting(help);
            self.problems.push(if is_withheld { problem.concealed() } else { problem });
        }
    }

    /// Keeps each key once: a row that repeats another in all fields is dropped and counted, one that differs is an
    /// error. Among exports of several days, the newest row is kept. Also returns the rows that repeat others.
    fn once(&mut self, drafts: Vec<Draft>, opened: &mut [Opened<'_>]) -> (Vec<Draft>, Vec<Repeat>) {
        let mut seen: HashMap<TaskKey, usize> = HashMap::new();
        let mut kept: Vec<Draft> = Vec::with_capacity(drafts.len());
        let mut repeated = Vec::new();
        let files = by_name(opened, TableKind::Tasks);
        let shown = drafts.iter().filter(|draft| !draft.is_marked());
        let rows = shown.map(|it| (it.place.file.as_str(), it.task.key.as_str(), it.task.title.as_str()));
        let order = ExportOrder::of(opened).agreeing(rows);
        let (drafts, twins) = twins::apart(drafts);
        for mut draft in drafts {
            // Rows of two files may have the same number without being the same task.
            if draft.by_row && seen.contains_key(&draft.task.key) {
                let file = Path::new(&draft.place.file).file_name().map(|name| name.to_string_lossy().into_owned());
                draft.task.key = TaskKey(format!("{} {}", file.unwrap_or_default(), draft.task.key));
            }
            let Some(&at) = seen.get(&draft.task.key) else {
                seen.insert(draft.task.key.clone(), kept.len());
                kept.push(draft);
                continue;
            };
            let first = &kept[at];
            let is_older = order.are_editions(&first.place.file, &draft.place.file);
            if is_older || (first.task == draft.task && first.values == draft.values) {
                if is_older && order.is_newer(&draft.place.file, &first.place.file) {
                    draft = std::mem::replace(&mut kept[at], draft);
                }
                if let Some(file) = files.get(&draft.place.file).and_then(|at| opened.get_mut(*at)) {
                    file.counts.read = file.counts.read.saturating_sub(1);
                    file.counts.skipped += 1;
                }
                repeated.push(Repeat { draft, first: at, is_older });
            } else {
                let message = format!(
                    "this task stands on line {} of {} already, and says something else",
                    first.place.line, first.place.file
                );
                let help = match first.place.file == draft.place.file {
                    true => {
                        "give each task a number of its own; if the column is no key, say so in [source.columns]: key = []"
                    }
                    false => {
                        "export each task once; exports of different days go under one pattern, as file = \"data/jira*.csv\""
                    }
                };
                let problem = Problem::error("repeated-id", message).at(draft.place).help(help);
                self.problems.push(if first.task.confidential { problem.concealed() } else { problem });
            }
        }
        for (draft, key) in twins {
            let Some(&first) = seen.get(&key) else { continue };
            if let Some(file) = files.get(&draft.place.file).and_then(|at| opened.get_mut(*at)) {
                file.counts.read = file.counts.read.saturating_sub(1);
                file.counts.skipped += 1;
            }
            repeated.push(Repeat { draft, first, is_older: false });
        }
        (kept, repeated)
    }

    fn repeats<'d>(&mut self, repeats: impl Iterator<Item = &'d Repeat>, opened: &mut [Opened<'_>]) {
        let (older, twice): (Vec<&Repeat>, Vec<&Repeat>) = repeats.partition(|repeat| repeat.is_older);
        if let (Some(first), Some(newest)) = (older.first(), ExportOrder::of(opened).newest()) {
            let message = format!("{} tasks stand in older exports too; {newest} is the newest", older.len());
            let place = Place::file(&first.draft.place.file);
            self.problems.push(Problem::note("older-export", message).at(place));
        }
        if let Some(first) = twice.first() {
            let message = format!("{} tasks stand twice and count once; this is the first", twice.len());
            self.problems.push(Problem::warning("repeated-id", message).at(first.draft.place.clone()));
        }
    }

    /// Reports the values that match no milestone, and what to do about them.
    fn unmatched(&mut self, unmatched: &BTreeMap<String, u64>, opened: &[Opened<'_>]) {
        if unmatched.is_empty() {
            return;
        }
        let mut values: Vec<(&String, &u64)> = unmatched.iter().collect();
        values.sort_by(|a, b| b.1.cmp(a.1).then(a.0.cmp(b.0)));
        let listed: Vec<String> =
            values.iter().take(10).map(|(value, count)| format!("\"{value}\" ({count})")).collect();
        let more = if values.len() > 10 { format!(" and {} more", values.len() - 10) } else { String::new() };
        let file = opened.iter().find(|file| file.source.table == TableKind::Milestones);
        let file = file.map_or("the milestones table", |file| file.source.file.as_str());
        let help = format!(
            "what is one, write into the milestone's `aliases` in {file}, several with ; between: {}{more}",
            listed.join(", ")
        );
        let message = "tasks name what is no milestone";
        self.problems.push(Problem::warning("unmatched-milestone", message).help_quoting(help));
    }
}

/// Counts the rows that a forwarded copy does not count; other confidential rows are counted. `rows` says for each row
/// whether it is left out completely, and whether it was read.
fn count<'d>(rows: impl Iterator<Item = (&'d Draft, bool, bool)>, opened: &mut [Opened<'_>]) {
    let mut counts: HashMap<&str, (u64, u64, Option<NaiveDate>)> = HashMap::new();
    for (draft, is_gone, is_read) in rows {
        let (read, skipped, newest) = counts.entry(&draft.place.file).or_default();
        match (is_gone, is_read) {
            (true, true) => *read += 1,
            (true, false) => *skipped += 1,
            (false, _) => *newest = (*newest).max(draft.newest),
        }
    }
    for file in of(opened, TableKind::Tasks) {
        let (read, skipped, newest) = counts.get(file.inspection.file.as_str()).copied().unwrap_or_default();
        (file.counts.confidential, file.counts.newest_open) = (read, newest);
        file.counts.withheld_skipped += skipped;
    }
}

/// Returns the milestone of a task: that of its own row, otherwise that of the nearest parent with one.
fn milestone_of(index: usize, drafts: &[Draft], tree: &Tree, milestones: &Milestones) -> Found<MilestoneId> {
    let mut at = Some(index);
    for _ in 0..MAX_PARENTS {
        let Some(draft) = at.and_then(|at| drafts.get(at)) else { break };
        // Searched in this order: the values of the task, its labels, whether it is itself the epic of a milestone, and
        // the names of its parents.
        let mut own = vec![draft.task.key.0.clone()];
        own.extend(draft.inner.clone());
        if !draft.task.counts {
            own.push(draft.task.title.clone());
        }
        let objective = draft.task.objective.as_ref();
        let find = |values: &[String]| milestones.find(values, objective);
        let named = [find(&draft.values), milestones.labelled(&draft.task.labels, objective)].into_iter();
        let named = named.chain([own.as_slice(), &draft.parents].into_iter().chain(draft.above.chunks(1)).map(find));
        if let Some(found) = named.into_iter().find(|found| *found != Found::None) {
            return found;
        }
        at = at.and_then(|at| tree.parent(at));
    }
    Found::None
}
