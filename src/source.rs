//! Exports → [`Team`]: each configured source is read by its preset and its mapping into typed records,
//! references are resolved, logs are folded (the newest row of an id wins). All problems are collected.
//!
//! Objectives are read first, then milestones, then tasks, then the rest, so that whatever names one finds it.

pub mod append;
mod asks;
mod files;
mod logs;
mod mapping;
mod metrics;
mod milestones;
mod names;
mod objectives;
pub mod outline;
pub mod past;
pub mod recognise;
mod record;
mod risks;
mod tasks;

use chrono::NaiveDate;

use crate::config::Config;
use crate::preset::Presets;
use crate::problem::{Failure, Problems};
use crate::team::{SourceRead, TableKind, Team};
use files::Opened;
use names::NameIndex;

/// Reads all sources of a team folder. Rows dated after `as_of` are not known yet and are left out of logs and metrics.
///
/// Errors of the input are the failure, unless `[brief] on_error = "banner"`: then what could be read comes with them.
pub fn load(config: &Config, as_of: NaiveDate) -> Result<(Team, Problems), Failure> {
    let presets = Presets::load(&config.dir)?;
    let mut problems = Problems::default();
    let mut opened = files::open(config, &presets, Some(as_of), &mut problems)?;
    let team = Loading { config, as_of, problems: &mut problems }.team(&mut opened)?;
    if problems.has_errors() && !config.brief.banner_on_error { Err(problems.into()) } else { Ok((team, problems)) }
}

/// One load under way.
struct Loading<'a> {
    config: &'a Config,
    as_of: NaiveDate,
    problems: &'a mut Problems,
}

impl Loading<'_> {
    fn team(mut self, opened: &mut [Opened<'_>]) -> Result<Team, Failure> {
        let section = &self.config.team;
        let mut team = Team {
            name: section.name.clone(),
            manager: section.manager.clone(),
            boss: section.boss.clone(),
            boss_since: section.boss_since,
            members: section.members.clone(),
            ..Team::default()
        };
        let (objectives, mut names) = self.objectives(opened)?;
        team.objectives = objectives;
        let milestones = self.milestones(opened, &mut names)?;
        team.tasks = self.tasks(opened, &mut names, &milestones, &mut team.unmatched)?;
        let milestone_names = milestones.names();
        team.wins = self.wins(opened, &mut names)?;
        team.people = self.people(opened)?;
        team.asks = self.asks(opened, &mut names, &milestone_names)?;
        team.goals = self.goals(opened)?;
        team.agreements = self.agreements(opened, &mut names, &milestone_names)?;
        team.events = self.events(opened)?;
        team.risks = self.risks(opened, &mut names)?;
        team.metrics = self.metrics(opened)?;
        team.milestones = milestones.into_list();
        // Without an objectives table the objectives are the names that were used.
        team.objectives.extend(names.used());
        team.sources = sources(opened);
        Ok(team)
    }
}

/// One entry for each configured source, all files of a glob together.
fn sources(opened: &[Opened<'_>]) -> Vec<SourceRead> {
    let mut sources: Vec<(usize, SourceRead)> = Vec::new();
    for file in opened {
        let counts = &file.counts;
        let cadence = file.source.cadence.unwrap_or(counts.grain.cadence());
        match sources.iter_mut().find(|(index, _)| *index == file.index) {
            Some((_, read)) => {
                read.records += counts.records;
                read.read += counts.read;
                read.skipped += counts.skipped;
                read.newest = read.newest.max(counts.newest);
                read.cadence = read.cadence.max(cadence);
            }
            None => sources.push((
                file.index,
                SourceRead {
                    file: file.source.file.clone(),
                    table: file.source.table,
                    records: counts.records,
                    read: counts.read,
                    skipped: counts.skipped,
                    newest: counts.newest,
                    cadence,
                },
            )),
        }
    }
    sources.sort_by_key(|(index, _)| *index);
    sources.into_iter().map(|(_, read)| read).collect()
}

/// The opened files of one table.
fn of<'a, 'o>(opened: &'a mut [Opened<'o>], table: TableKind) -> impl Iterator<Item = &'a mut Opened<'o>> {
    opened.iter_mut().filter(move |file| file.source.table == table)
}
