//! Reads all sources of a team folder, in the order in which their tables refer to one another.

use std::collections::{BTreeMap, HashSet};

use chrono::NaiveDate;

use super::files::{self, Opened};
use super::hidden::{HiddenRows, Look};
use super::loading::Loading;
use super::names::Names;
use crate::config::Config;
use crate::preset::Presets;
use crate::problem::{Failure, Problems};
use crate::redact::{Audience, Guarded, redact};
use crate::tables::RiskRow;
use crate::team::{Agreement, Ask, Event, Goal, ObjectiveId, PersonNote, SourceRead, TableKind, Team, Win};

/// Reads all sources of a team folder. Rows of logs and metrics that are dated after `as_of` are left out.
///
/// Errors of the input are returned as a failure, unless `[brief] on_error = "banner"` is set: then they are returned
/// together with the data that could be read.
pub fn load(config: &Config, as_of: NaiveDate) -> Result<(Guarded, Problems), Failure> {
    let presets = Presets::load(&config.dir)?;
    let mut look = Look { is_first: true, ..Look::default() };
    let mut opened = Vec::new();
    loop {
        let mut problems = Problems::default();
        opened = files::open(config, &presets, Some(as_of), &look, opened, &mut problems)?;
        let (names, hidden, asked) = (Names::default(), HiddenRows::default(), Vec::new());
        let mut loading = Loading { config, as_of, problems: &mut problems, names, hidden, asked };
        let team = Guarded::new(loading.team(&mut opened)?);
        loading.hide_asks(&team);
        let found = loading.hidden;
        let was_lenient = opened.iter().any(|file| file.mapping.is_doubtful);
        let has_more = look.hidden.extend(found);
        look.looks += 1;
        if !was_lenient && (!has_more || look.looks >= MAX_READINGS) {
            return if problems.has_errors() && !config.brief.banner_on_error {
                Err(problems.into())
            } else {
                Ok((team, problems))
            };
        }
        look.is_first = false;
    }
}

/// Maximum number of times that all files are read, each time with the confidential rows that were found before.
const MAX_READINGS: usize = 3;

impl Loading<'_> {
    /// Hides asks that a forwarded copy must leave out because of the data as a whole: those that name a member of the
    /// team.
    fn hide_asks(&mut self, team: &Guarded) {
        let asked = std::mem::take(&mut self.asked);
        if asked.is_empty() {
            return;
        }
        let shared = redact(team, Audience::Shared, false);
        let asks = &shared.team().asks;
        let shown: HashSet<&str> = asks.iter().flat_map(|ask| [ask.id.as_str(), ask.text.as_str()]).collect();
        let is_shown = |id: &Option<String>, text: &str| shown.contains(id.as_deref().unwrap_or(text));
        let hidden = asked.iter().filter(|(id, text, ..)| !is_shown(id, text));
        self.hide(hidden.map(|(.., file, lines)| (file.as_str(), *lines)));
    }

    fn team(&mut self, opened: &mut [Opened<'_>]) -> Result<Team, Failure> {
        let section = &self.config.team;
        let mut team = Team {
            name: section.name.clone(),
            manager: section.manager.clone(),
            boss: section.boss.clone(),
            boss_since: section.boss_since,
            members: section.members.clone(),
            ..Team::default()
        };
        let (objectives, mut objective_names) = self.objectives(opened)?;
        team.objectives = objectives;
        let milestones = self.milestones(opened, &mut objective_names)?;
        team.tasks = self.tasks(opened, &mut objective_names, &milestones, &mut team.unmatched)?;
        self.names =
            Names { objectives: objective_names, milestones: milestones.names(), metrics: self.metric_names() };
        team.wins = self.log::<Win>(opened, TableKind::Wins)?;
        team.people = self.log::<PersonNote>(opened, TableKind::People)?;
        team.asks = self.log::<Ask>(opened, TableKind::Asks)?;
        team.goals = self.log::<Goal>(opened, TableKind::Goals)?;
        team.agreements = self.log::<Agreement>(opened, TableKind::Agreements)?;
        team.events = self.log::<Event>(opened, TableKind::Events)?;
        team.risks = self.log::<RiskRow>(opened, TableKind::Risks)?;
        (team.metrics, team.open_metrics) = self.metrics(opened)?;
        team.milestones = milestones.into_list();
        // Without an objectives table, the objectives are the names that other tables use.
        respell(&mut team, self.names.objectives.respelt());
        team.objectives.extend(std::mem::take(&mut self.names.objectives).used());
        team.sources = sources(opened);
        Ok(team)
    }
}

/// Renames objectives to the spelling of the first row that may be shown.
fn respell(team: &mut Team, respelt: &BTreeMap<ObjectiveId, ObjectiveId>) {
    if respelt.is_empty() {
        return;
    }
    let respell = |objective: &mut ObjectiveId| {
        if let Some(name) = respelt.get(objective) {
            *objective = name.clone();
        }
    };
    team.milestones.iter_mut().filter_map(|it| it.objective.as_mut()).for_each(respell);
    team.tasks.iter_mut().filter_map(|it| it.objective.as_mut()).for_each(respell);
    team.retain_logged(&|row| {
        row.objective().into_iter().for_each(respell);
        true
    });
}

/// Returns one entry for each configured source: the files of a glob together, but private files separately.
fn sources(opened: &[Opened<'_>]) -> Vec<SourceRead> {
    let mut sources: BTreeMap<(usize, bool), SourceRead> = BTreeMap::new();
    for file in opened {
        let counts = &file.counts;
        let cadence = file.source.cadence.unwrap_or(counts.grain.cadence());
        let read = sources.entry((file.index, file.is_private)).or_insert_with(|| SourceRead {
            file: file.source.file.clone(),
            table: file.source.table,
            records: 0,
            read: 0,
            skipped: 0,
            newest: None,
            cadence: 0,
            is_private: file.is_private,
            confidential: 0,
            withheld_skipped: 0,
            newest_open: None,
        });
        read.records += counts.records;
        read.read += counts.read;
        read.skipped += counts.skipped;
        read.newest = read.newest.max(counts.newest);
        read.cadence = read.cadence.max(cadence);
        read.confidential += counts.confidential;
        read.withheld_skipped += counts.withheld_skipped;
        // Of the rows of metrics, only the newest date is known.
        let is_open = counts.confidential == 0 && !file.is_private;
        read.newest_open = read.newest_open.max(if is_open { counts.newest } else { counts.newest_open });
    }
    sources.into_values().collect()
}
