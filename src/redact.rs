//! The only privacy filter: decides what one copy of the brief may show. Everything after it (analysis, ranking,
//! numbering, sentences, charts, snapshots) sees only a [`Redacted`] team, so what was left out cannot leave a trace.
//!
//! [`Guarded`] holds the data of a team's files and gives no access to it. Only [`redact`] makes a [`Redacted`] team
//! from it, for one copy; so a leak is a type error.
//!
//! | | me | boss | shared |
//! |---|---|---|---|
//! | concerns and signals about people | yes | only with `[brief] concerns` | no |
//! | highlights and learning | yes | yes | without the wish; not if confidential |
//! | asks | all | all | raised, not confidential, about no person |
//! | goals of the manager, feedback | yes | yes | no |
//! | objectives, milestones, metrics, wins, team goals, agreements, events | yes | yes | not if confidential |
//! | what belongs to a confidential objective or milestone | yes | yes | no |
//! | reasons that speak of an ask that is left out | yes | yes | no |
//! | tasks with a confidential label or mark, and those below them | yes | counted, without any text | counted, without any text |
//! | tasks of private files | yes | no | no |
//! | members, values that match nothing | yes | no | no |
//! | sources | all | without people, private files | without people, asks, goals, wins, private files |
//!
//! A row of a private file (see [`crate::source`]) is confidential in every table, and a thing that was once
//! confidential stays so. An objective that no table defines is in a copy only if the copy shows a row that refers to
//! it. Rows without ids get theirs after the filter. In doubt, the filter leaves things out.

mod likeness;
mod people;
mod plan;

use std::collections::{BTreeSet, HashSet};

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::config::{Source, is_private};
use crate::fold::fold;
use crate::history::{History, Recorded, Withheld};
use crate::problem::{PRIVATE_FILE, Problems};
use crate::team::{
    Agreement, Ask, AskId, AskKind, GoalOf, MilestoneId, NoteKind, ObjectiveId, PersonNote, Stage, TableKind, Team,
};
use likeness::Likeness;
use people::People;

/// The reader for whom a copy of the brief is made. The user's term is "copy", which would hide Rust's `Copy`.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, clap::ValueEnum, JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Audience {
    /// The manager: an agenda, then everything
    Me,
    /// The boss: without concerns and signals about people
    Boss,
    /// Anybody: without what is private or confidential
    Shared,
}

impl Audience {
    pub fn name(self) -> &'static str {
        match self {
            Audience::Me => "me",
            Audience::Boss => "boss",
            Audience::Shared => "shared",
        }
    }
}

/// All data of a team's files. It cannot be printed or serialised; only [`redact`] reads it, for one copy.
#[derive(Clone)]
pub struct Guarded(Team);

impl Guarded {
    pub fn new(team: Team) -> Self {
        Self(team)
    }

    /// Sets the agreed date of milestones without a column for it: the date that the first recorded 1:1 knew, however
    /// `due` has moved in the exports since. Dates moved by an agreement before that 1:1 are kept.
    pub fn agreed_since(mut self, recorded: &Recorded) -> Self {
        let first = recorded.first_agreed();
        for milestone in self.0.milestones.iter_mut().filter(|milestone| milestone.original_is_due) {
            let Some(&(seen_on, agreed)) = first.get(&milestone.id) else { continue };
            let moves = self.0.agreements.iter().filter(|it| it.to_date.is_some() && it.date < seen_on);
            let is_of = |it: &Agreement| match &it.milestone {
                Some(id) => *id == milestone.id,
                None => it.objective.is_some() && it.objective == milestone.objective,
            };
            if milestone.original != Some(agreed) && !moves.clone().any(is_of) {
                (milestone.original, milestone.agreed_period) = (Some(agreed), None);
            }
        }
        self
    }
}

/// A team without the data that its copy may not show.
#[derive(Debug, Clone)]
pub struct Redacted {
    team: Team,
    audience: Audience,
    withheld: Withheld,
}

impl Redacted {
    pub fn team(&self) -> &Team {
        &self.team
    }

    pub fn audience(&self) -> Audience {
        self.audience
    }

    /// Returns what its copy may know of the recorded 1:1s.
    pub fn history(&self, recorded: &Recorded) -> History {
        let mut history = recorded.history(self.audience != Audience::Shared);
        history.snapshots.iter_mut().for_each(|snapshot| snapshot.forget(&self.withheld));
        history
    }

    /// Returns the ids of everything that its copy may not know, only for removing them from older snapshots.
    pub fn withheld(&self) -> &Withheld {
        &self.withheld
    }

    /// Returns the open asks that its copy leaves out: for the manager who sends it, not for a reader.
    pub fn left_out_asks(&self, whole: &Guarded) -> Vec<AskId> {
        let asks = whole.0.asks.iter().filter(|ask| ask.status == crate::team::AskStatus::Open);
        asks.map(|ask| &ask.id).filter(|id| self.withheld.asks.contains(*id)).cloned().collect()
    }

    /// Splits it into its parts, for further filtering.
    pub fn into_parts(self) -> (Team, Audience) {
        (self.team, self.audience)
    }
}

/// Removes from a team what `audience` may not see.
///
/// `concerns` is `[brief] concerns`: whether the boss's copy has the page of concerns.
pub fn redact(guarded: &Guarded, audience: Audience, concerns: bool) -> Redacted {
    let mut team = guarded.0.clone();
    match audience {
        Audience::Me => {
            // No copy tells an effect that another copy may not tell.
            plan::forget_confidential_tasks_of_asks(&mut team);
            plan::number_rows(&mut team);
        }
        Audience::Boss => redact_for_boss(&mut team, concerns),
        Audience::Shared => redact_for_shared(&mut team),
    }
    let withheld = withheld(&guarded.0, &team, audience);
    Redacted { team, audience, withheld }
}

/// Returns what is in the whole team but not in a copy's.
fn withheld(whole: &Team, shown: &Team, audience: Audience) -> Withheld {
    if audience == Audience::Me {
        return Withheld::default();
    }
    fn missing<'a, T, K>(whole: &'a [T], shown: &'a [T], key: impl Fn(&'a T) -> &'a K) -> HashSet<K>
    where
        K: Clone + Eq + std::hash::Hash + 'a,
    {
        let there: HashSet<&K> = shown.iter().map(&key).collect();
        whole.iter().map(key).filter(|key| !there.contains(*key)).cloned().collect()
    }
    let mut tasks = if whole.tasks.iter().any(|task| task.confidential) || whole.tasks.len() > shown.tasks.len() {
        missing(&whole.tasks, &shown.tasks, |task| &task.key)
    } else {
        HashSet::new()
    };
    // Rows without a key are numbered in each copy, so their numbers identify nothing.
    tasks.retain(|key| !plan::is_row(key));
    Withheld {
        tasks,
        milestones: missing(&whole.milestones, &shown.milestones, |milestone| &milestone.id),
        objectives: missing(&whole.objectives, &shown.objectives, |objective| &objective.id),
        asks: missing(&whole.asks, &shown.asks, |ask| &ask.id),
        metrics: missing(&whole.metrics, &shown.metrics, |metric| &metric.name),
    }
}

/// Removes from the problems what `audience` may not see, because the brief prints them as data notes. `sources` are
/// the config's; they show which table a problem's file belongs to.
///
/// Problems of a file that may hold withheld rows are dropped, since a note about a row reveals the row. No line of an
/// export is quoted, and the help is dropped: fixing is the manager's task.
pub fn redact_problems(problems: Problems, sources: &[Source], audience: Audience) -> Problems {
    if audience == Audience::Me {
        return problems;
    }
    let withheld: Vec<&Source> = sources.iter().filter(|source| may_hold_withheld(source.table, audience)).collect();
    let redacted = problems.0.into_iter().filter_map(|mut problem| {
        if problem.withheld || problem.message.contains(PRIVATE_FILE) {
            return None;
        }
        if let Some(place) = &mut problem.place {
            if is_private(&place.file) || withheld.iter().any(|source| is_file_of(&place.file, source)) {
                return None;
            }
            place.excerpt = None;
        }
        problem.help.clear();
        Some(problem)
    });
    Problems(redacted.collect())
}

/// Whether a source reads the file of a problem's place; a source's file may be a glob.
fn is_file_of(file: &str, source: &Source) -> bool {
    let below = |pattern: &str| glob::Pattern::new(pattern).is_ok_and(|pattern| pattern.matches(file));
    file.ends_with(&source.file) || below(&source.file) || below(&format!("**/{}", source.file))
}

/// Whether rows of a table may be missing from a copy without being counted. The number of such a table's rows would
/// reveal how many are missing.
fn may_hold_withheld(table: TableKind, audience: Audience) -> bool {
    use TableKind::{Agreements, Metrics, Milestones, Objectives, People, Tasks};
    match audience {
        Audience::Me => false,
        Audience::Boss => table == People,
        Audience::Shared => !matches!(table, Objectives | Milestones | Tasks | Metrics | Agreements),
    }
}

fn redact_sources(team: &mut Team, audience: Audience) {
    team.sources.retain(|source| !may_hold_withheld(source.table, audience) && !source.is_private);
    for source in &mut team.sources {
        let (read, skipped) = (std::mem::take(&mut source.confidential), std::mem::take(&mut source.withheld_skipped));
        // Rows that a copy may not show are left out of its counts of read and skipped rows.
        if audience == Audience::Shared && read + skipped > 0 {
            source.records = source.records.saturating_sub(read + skipped);
            source.read = source.read.saturating_sub(read);
            source.skipped = source.skipped.saturating_sub(skipped);
            source.newest = source.newest_open;
        }
    }
}

/// Removes the texts of days off, since a reason may be somebody's illness. The days stay.
fn clear_days_off(team: &mut Team) {
    for event in team.events.iter_mut().filter(|event| event.is_off()) {
        event.text.clear();
    }
}

fn redact_for_boss(team: &mut Team, concerns: bool) {
    clear_days_off(team);
    plan::forget_confidential_tasks_of_asks(team);
    let boss_since = team.boss_since;
    team.people.retain(|note| match note.kind {
        NoteKind::Highlight | NoteKind::Learning => true,
        NoteKind::Concern | NoteKind::Signal => concerns && is_of_current_boss(note, boss_since),
    });
    for note in &mut team.people {
        strip_assessment(note);
    }
    plan::withhold_tasks(team, &BTreeSet::new(), &BTreeSet::new());
    finish(team, Audience::Boss);
}

fn redact_for_shared(team: &mut Team) {
    let people = People::of(team);
    let objectives: BTreeSet<ObjectiveId> = team
        .objectives
        .iter()
        .filter(|objective| objective.confidential)
        .map(|objective| objective.id.clone())
        .collect();
    let of_hidden = |id: &Option<ObjectiveId>| id.as_ref().is_some_and(|id| objectives.contains(id));
    let milestones: BTreeSet<MilestoneId> = (team.milestones.iter())
        .filter(|milestone| milestone.confidential || of_hidden(&milestone.objective))
        .map(|milestone| milestone.id.clone())
        .collect();
    let hidden_tasks = plan::names_of_withheld_tasks(team, &objectives, &milestones);
    let is_hidden = |milestone: &Option<MilestoneId>| milestone.as_ref().is_some_and(|id| milestones.contains(id));

    let (asks, withheld): (Vec<Ask>, Vec<Ask>) = std::mem::take(&mut team.asks).into_iter().partition(|ask| {
        ask.stage >= Stage::Raised
            && !ask.confidential
            // Feedback that the manager asks for is about the manager.
            && ask.kind != Some(AskKind::Feedback)
            && !is_hidden(&ask.milestone)
            && !of_hidden(&ask.objective)
            && !plan::names_any(ask, &hidden_tasks)
            && !people.is_personal(ask)
    });
    team.asks = asks;
    plan::forget_confidential_tasks_of_asks(team);
    for text in team.asks.iter_mut().flat_map(people::side_texts) {
        if text.as_deref().is_some_and(|text| people.names_anybody(text)) {
            *text = None;
        }
    }
    leave_out_reasons(team, &withheld);
    team.people.retain(|note| matches!(note.kind, NoteKind::Highlight | NoteKind::Learning));
    for note in &mut team.people {
        strip_assessment(note);
        note.ask = None;
    }
    team.goals.retain(|goal| goal.who == GoalOf::Team);
    for goal in &mut team.goals {
        goal.feedback = None;
    }
    clear_days_off(team);
    // Only the date of a day off is left, and it is not confidential.
    team.events.iter_mut().filter(|event| event.is_off()).for_each(|event| event.confidential = false);
    team.retain_logged(&|row| {
        !row.is_marked()
            && row.objective().is_none_or(|id| !objectives.contains(id))
            && row.milestone().is_none_or(|id| !milestones.contains(id))
    });
    if let Some(open) = team.open_metrics.take() {
        team.metrics = open;
    }
    plan::withhold_tasks(team, &objectives, &milestones);
    plan::remove_hidden(team, &objectives, &milestones);
    finish(team, Audience::Shared);
}

/// Applies the steps common to the boss's and the shared copy, and numbers what has no id.
fn finish(team: &mut Team, audience: Audience) {
    team.open_metrics = None;
    team.members.clear();
    team.unmatched.clear();
    plan::keep_named_objectives(team);
    plan::number_rows(team);
    // Numbers over all asks would reveal how many there are.
    let unnamed = team.asks.iter_mut().filter(|ask| ask.id.as_str().starts_with('#'));
    unnamed.zip(1..).for_each(|(ask, n): (_, u32)| ask.id = AskId(format!("#{n}")));
    redact_sources(team, audience);
}

/// Removes reasons, and what is said beside asks and risks, if they may reveal a withheld ask: those that speak of the
/// same thing or name its id, and the reasons of its milestone or objective.
fn leave_out_reasons(team: &mut Team, withheld: &[Ask]) {
    let withheld_asks = Likeness::of(withheld.iter().map(|ask| ask.text.as_str()));
    let milestones: BTreeSet<&MilestoneId> = withheld.iter().filter_map(|ask| ask.milestone.as_ref()).collect();
    let objectives: BTreeSet<&ObjectiveId> = withheld.iter().filter_map(|ask| ask.objective.as_ref()).collect();
    let named = withheld.iter().map(|ask| ask.id.as_str()).filter(|id| !id.starts_with('#'));
    let ids: HashSet<String> = named.map(fold).collect();
    let gives_away = |reason: &Option<String>| {
        let names_id = |text: &str| !ids.is_empty() && people::references(text).iter().any(|run| ids.contains(run));
        reason.as_deref().is_some_and(|reason| withheld_asks.matches(reason) || names_id(reason))
    };
    let beside = team.asks.iter_mut().flat_map(people::side_texts);
    let beside = beside.chain(team.risks.iter_mut().map(|risk| &mut risk.mitigation));
    for text in beside.chain(team.tasks.iter_mut().map(|task| &mut task.reason)) {
        if gives_away(text) {
            *text = None;
        }
    }
    for milestone in &mut team.milestones {
        if milestones.contains(&milestone.id) || gives_away(&milestone.reason) {
            milestone.reason = None;
        }
    }
    for objective in &mut team.objectives {
        if objectives.contains(&objective.id) || gives_away(&objective.reason) {
            objective.reason = None;
        }
    }
    for stated in team.metrics.iter_mut().filter_map(|metric| metric.stated.as_mut()) {
        if gives_away(&stated.reason) {
            stated.reason = None;
        }
    }
}

/// Whether a note was written under the current boss: a new boss does not see older ones.
fn is_of_current_boss(note: &PersonNote, boss_since: Option<NaiveDate>) -> bool {
    boss_since.is_none_or(|since| note.date.is_some_and(|date| date >= since))
}

/// Removes the assessment from a note that is not a concern; only the manager sees it.
fn strip_assessment(note: &mut PersonNote) {
    if matches!(note.kind, NoteKind::Highlight | NoteKind::Learning) {
        note.hypothesis = None;
        note.next_step = None;
        note.raised_on = None;
        note.closed_on = None;
    }
}

#[cfg(test)]
mod tests;
