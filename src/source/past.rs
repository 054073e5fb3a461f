//! Reads from a plain file of tasks when each one was created and finished, by project: the forecast's track record
//! needs nothing else. `headsup backtest TASKS.csv` reads it without a config; presets know the headers of trackers.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use chrono::NaiveDate;

use crate::preset::{GENERIC, Presets, normal};
use crate::problem::{Failure, Place, Problem, Problems};
use crate::table::{Inspection, ReadingOptions, infer};
use crate::team::TableKind;

/// Headers of a task's project, the best first.
const PROJECT: [&str; 6] = ["project", "project key", "project name", "project id", "repository", "repo"];

/// Headers of the day on which a task was finished, in a file of past tasks; in a plan they may name a promised date.
const FINISHED: [&str; 6] = ["finish", "finish date", "end", "ended", "delivered", "released"];

/// The day on which a task was created, if known, and the day on which it was finished.
pub(crate) type PastTask = (Option<NaiveDate>, NaiveDate);

/// Returns when the tasks of each project were created and finished, by the name of the project. Without projects, all
/// tasks are under the name of the file.
///
/// Repeated rows of a task with the same day are counted once. Open tasks are left out.
pub(crate) fn read(path: &Path) -> Result<(BTreeMap<String, Vec<PastTask>>, Problems), Failure> {
    let shown = path.display().to_string();
    let inspection = infer(path, &shown, &ReadingOptions::default(), true)?;
    let columns = Columns::find(&inspection)?;
    let mut projects: BTreeMap<String, Vec<PastTask>> = BTreeMap::new();
    let mut problems = inspection.problems.clone();
    let mut seen = BTreeSet::new();
    let mut repeated: u64 = 0;
    inspection.rows(&mut |row| {
        let finished = match row.date(columns.finished) {
            Ok(Some(finished)) => finished,
            Ok(None) => return,
            Err(problem) => {
                problems.push(*problem);
                return;
            }
        };
        let project = columns.project.and_then(|column| row.text(column)).unwrap_or_else(|| shown.clone());
        let key = columns.key.and_then(|column| row.text(column));
        if key.is_none_or(|key| seen.insert((project.clone(), key, finished))) {
            // The creation date is optional, so one that cannot be read is ignored.
            let created = columns.created.and_then(|column| row.date(column).ok().flatten());
            projects.entry(project).or_default().push((created, finished));
        } else {
            repeated += 1;
        }
    })?;
    if repeated > 0 {
        let message = format!("{repeated} rows repeat a task and the day on which it was finished; each counts once");
        problems.push(Problem::warning("repeated-task", message).at(Place::file(&shown)));
    }
    if problems.has_errors() { Err(problems.into()) } else { Ok((projects, problems)) }
}

/// The columns of the days, the task and the project.
struct Columns {
    finished: usize,
    created: Option<usize>,
    key: Option<usize>,
    project: Option<usize>,
}

impl Columns {
    fn find(inspection: &Inspection) -> Result<Self, Failure> {
        let presets = Presets::embedded()?;
        let header: Vec<&str> = inspection.columns.iter().map(|column| column.name.as_str()).collect();
        let generic = presets.named(GENERIC)?;
        let (preset, layout) = match presets.recognise(&header, Some(TableKind::Tasks)) {
            Some(found) => (found.preset, found.layout),
            None => (generic, generic.layout(TableKind::Tasks)?),
        };
        let best = |wanted: &str| {
            let ranked = inspection.columns.iter().filter_map(|column| {
                let (rank, field) = layout.field_of(preset, &column.name)?;
                (field.name == wanted).then_some((rank, column))
            });
            ranked.min_by_key(|(rank, column)| (*rank, column.position)).map(|(_, column)| column)
        };
        let named = |name: &&str| inspection.columns.iter().find(|column| normal(&column.name) == **name);
        let Some(finished) = best("done_on").or_else(|| FINISHED.iter().find_map(named)) else {
            let message = format!("{} has no column for the day on which a task was finished", inspection.file);
            let help = format!("name one \"finished date\"; the header is {}", header.join(" · "));
            return Err(Problem::error("no-column", message).at(Place::file(&inspection.file)).help(help).into());
        };
        if let Some(doubt) = &finished.doubt {
            return Err(doubt.clone().into());
        }
        Ok(Self {
            finished: finished.position,
            created: best("created").filter(|column| column.doubt.is_none()).map(|column| column.position),
            key: best("key").map(|column| column.position),
            project: PROJECT.iter().find_map(named).map(|column| column.position),
        })
    }
}
