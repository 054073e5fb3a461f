//! Finds what the brief does not mention but the manager should know: files that are out of date, columns that are not
//! read, objectives that only a log names, tasks that have disappeared, milestones that are late without a reason.

use crate::analysis::{StatusCause, Timeframe, analyse};
use crate::cli::surroundings;
use crate::config::Config;
use crate::history::Recorded;
use crate::preset::Presets;
use crate::problem::{Failure, Place, Problem, nearest};
use crate::redact::Redacted;
use crate::source::unread;
use crate::team::{ObjectiveId, Status, TableKind};

/// Most names that a message lists; the others are counted.
const MAX_LISTED: usize = 6;

/// Returns all of these findings as problems with the lines to paste. `seen` is the team as the reader of the messages
/// may see it.
pub(crate) fn notes(
    config: &Config,
    seen: &Redacted,
    recorded: &Recorded,
    frame: &Timeframe,
) -> Result<Vec<Problem>, Failure> {
    let mut notes = Vec::new();
    let analysis = analyse(seen, &seen.history(recorded), frame);
    let presets = Presets::load(&config.dir)?;
    for stale in &analysis.stale {
        let source = config.sources.iter().find(|source| source.file == stale.file);
        let preset = source.and_then(|source| presets.named(source.preset.as_deref()?).ok());
        let wherefrom =
            preset.and_then(|preset| Some(format!(" (in {}: {})", preset.title, preset.export.as_deref()?)));
        let message = format!(
            "{} ends on {}, {} days before; it counts as stale after {}",
            stale.file, stale.newest, stale.days, stale.cadence
        );
        let help = format!(
            "export it again{}; if it comes less often, write in its [[source]]:\ncadence = {}",
            wherefrom.unwrap_or_default(),
            stale.days
        );
        let place = source.map_or_else(|| Place::file("headsup.toml"), |source| source.place.clone());
        notes.push(Problem::warning("stale", message).at(place).help(help));
    }
    // The headers of an export are the team's own words, so the log of a CI job must not contain them.
    if !surroundings::under_ci() {
        notes.extend(unread::columns(config)?.into_iter().filter(|file| !file.is_private).map(|file| {
            let all = file.read + file.names.len();
            let message = format!("{} of {all} columns are read; not read: {}", file.read, listed(&file.names));
            let help = format!(
                "where one of them is a field, name it after the [[source]]: [source.columns] due = {:?}; all of them: headsup inspect {}",
                file.names.first().map_or("", String::as_str),
                file.file
            );
            Problem::note("unread-columns", message).at(Place::file(file.file)).help(help)
        }));
    }
    notes.extend(lone_objectives(config, seen));
    if !analysis.vanished.is_empty() {
        let keys: Vec<String> = analysis.vanished.iter().map(|key| key.as_str().to_owned()).collect();
        let message = format!("{} tasks of the last 1:1 are no longer in the exports: {}", keys.len(), listed(&keys));
        let help = "if they were not deleted, the filter of the export has changed: export it as before";
        notes.push(Problem::note("vanished-tasks", message).help(help));
    }
    let late = analysis.objectives.iter().flat_map(|objective| &objective.milestones).filter(|milestone| {
        // A milestone that is red only according to its team is not late.
        let is_late = milestone.status == Status::Late && milestone.because != StatusCause::Stated;
        is_late && milestone.done_on.is_none() && milestone.reason.is_none()
    });
    let late: Vec<String> = late.map(|milestone| milestone.name.clone()).collect();
    if !late.is_empty() && !surroundings::under_ci() {
        let message = format!("late, and no reason is given: {}", listed(&late));
        notes.push(Problem::note("no-reason", message).help("`headsup week` asks for it and keeps it"));
    }
    Ok(notes)
}

/// Without a table of objectives, an objective that no task or milestone builds up to is probably a typing error.
fn lone_objectives(config: &Config, seen: &Redacted) -> Vec<Problem> {
    if config.sources.iter().any(|source| source.table == TableKind::Objectives) || surroundings::under_ci() {
        return Vec::new();
    }
    let team = seen.team();
    let is_built_up_to = |id: &ObjectiveId| {
        team.milestones.iter().any(|milestone| milestone.objective.as_ref() == Some(id))
            || team.tasks.iter().any(|task| task.objective.as_ref() == Some(id))
    };
    let known: Vec<&str> =
        team.objectives.iter().filter(|it| is_built_up_to(&it.id)).map(|objective| objective.name.as_str()).collect();
    let lone = team.objectives.iter().filter(|objective| !is_built_up_to(&objective.id));
    lone.filter(|_| !known.is_empty())
        .map(|objective| {
            let message = format!("no milestone and no task builds up to the objective \"{}\"", objective.name);
            let help = match nearest(&objective.name, known.iter().copied()) {
                Some(near) => format!("did you mean \"{near}\"?"),
                None => format!("the others are {}", known.join(" · ")),
            };
            Problem::warning("unknown-objective", message).help(help)
        })
        .collect()
}

fn listed(names: &[String]) -> String {
    let shown = names.iter().take(MAX_LISTED).map(String::as_str).collect::<Vec<_>>().join(", ");
    match names.len().saturating_sub(MAX_LISTED) {
        0 => shown,
        more => format!("{shown} and {more} more"),
    }
}
