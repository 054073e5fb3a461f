//! A bare file of tasks → when each was created and finished, by project: all that the forecast's track record needs.
//! `headsup backtest TASKS.csv` reads it without a config; a tracker's own headers are known by their presets.

use std::collections::BTreeMap;
use std::path::Path;

use chrono::NaiveDate;

use crate::config::ReadingOptions;
use crate::preset::{GENERIC, Presets, normal};
use crate::problem::{Failure, Place, Problem, Problems};
use crate::table::{Row, Survey, survey};
use crate::team::TableKind;

/// Created and finished, as far as each is known.
pub type Dates = (Option<NaiveDate>, Option<NaiveDate>);

/// Headers that name the project of a task, the best first.
const PROJECT: [&str; 6] = ["project", "project key", "project name", "project id", "repository", "repo"];

/// The tasks of each project, by its name; of a file without projects all under the name of the file.
pub fn read(path: &Path) -> Result<(BTreeMap<String, Vec<Dates>>, Problems), Failure> {
    let shown = path.display().to_string();
    let survey = survey(path, &shown, &ReadingOptions::default(), true)?;
    let columns = Columns::find(&survey)?;
    let mut projects: BTreeMap<String, Vec<Dates>> = BTreeMap::new();
    let mut problems = survey.problems.clone();
    survey.rows(&mut |row| {
        let mut date = |column| match row.date(column) {
            Ok(date) => date,
            Err(problem) => {
                problems.push(*problem);
                None
            }
        };
        let dates = (date(columns.created), date(columns.finished));
        if dates != (None, None) {
            projects.entry(columns.project_of(row).unwrap_or_else(|| shown.clone())).or_default().push(dates);
        }
    })?;
    if problems.has_errors() { Err(problems.into()) } else { Ok((projects, problems)) }
}

/// Where the dates and the project stand.
struct Columns {
    created: usize,
    finished: usize,
    project: Option<usize>,
}

impl Columns {
    fn find(survey: &Survey) -> Result<Self, Failure> {
        let presets = Presets::embedded()?;
        let header: Vec<&str> = survey.columns.iter().map(|column| column.name.as_str()).collect();
        let generic = presets.named(GENERIC)?;
        let (preset, layout) = match presets.recognise(&header, Some(TableKind::Tasks)) {
            Some(found) => (found.preset, found.layout),
            None => (generic, generic.layout(TableKind::Tasks)?),
        };
        let mut problems = Problems::default();
        let mut best = |wanted: &str, example: &str| {
            let ranked = survey.columns.iter().filter_map(|column| {
                let (rank, field) = layout.field_of(preset, &column.name)?;
                (field.name == wanted).then_some((rank, column))
            });
            let column = ranked.min_by_key(|(rank, column)| (*rank, column.position)).map(|(_, column)| column);
            let Some(column) = column else {
                let message = format!("{} has no column for the day on which a task was {example}", survey.file);
                let mend = format!("name one \"{example} date\"; the header is {}", header.join(" · "));
                problems.push(Problem::error("no-column", message).at(Place::file(&survey.file)).mend(mend));
                return None;
            };
            problems.0.extend(column.doubt.clone());
            Some(column.position)
        };
        let found = (best("created", "created"), best("done_on", "finished"));
        let project =
            PROJECT.iter().find_map(|name| survey.columns.iter().find(|column| normal(&column.name) == *name));
        match found {
            (Some(created), Some(finished)) if !problems.has_errors() => {
                Ok(Self { created, finished, project: project.map(|column| column.position) })
            }
            _ => Err(problems.into()),
        }
    }

    fn project_of(&self, row: &Row<'_>) -> Option<String> {
        row.text(self.project?)
    }
}
