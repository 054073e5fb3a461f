//! The only filter: what one copy of a run may show. Everything after it — analysis, ranking, numbering, sentences,
//! charts, snapshots — sees a [`Redacted`] team and nothing else, so what was left out cannot leave a trace.
//!
//! What a team's files say is [`Guarded`]: it can be neither printed nor looked at. [`Redacted`] can be made of it by
//! [`redact`] alone, for one copy; that is what makes a leak a type error rather than a mistake.
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
//! A row of a private file (see [`crate::source`]) is confidential in every table, and once confidential a thing stays
//! so. Objectives that no table defines are in a copy only through rows that it shows, ids of rows without one are given
//! after the filter. When it cannot tell, it leaves out.

mod likeness;
mod people;
mod plan;

use std::collections::{BTreeSet, HashSet};

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::config::{Source, is_private};
use crate::history::{History, Recorded, Withheld};
use crate::problem::{PRIVATE_FILE, Problems};
use crate::team::{
    Agreement, Ask, AskId, AskKind, GoalOf, MilestoneId, NoteKind, ObjectiveId, PersonNote, Stage, TableKind, Team,
};
use likeness::Likeness;
use people::People;

/// Whom a rendering is for. (The word is the field's: "copy"; the type is named so as not to shade Rust's `Copy`.)
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

/// Everything that a team's files say. It has no way to text: only [`redact`] looks into it, for one copy.
#[derive(Clone)]
pub struct Guarded(Team);

impl Guarded {
    pub fn new(team: Team) -> Self {
        Self(team)
    }

    /// Where no column says which date was agreed first, it is the one that the first recorded 1:1 knew, however the
    /// `due` of the exports has moved since; what agreements moved before it stays with them.
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

/// A team without what this copy may not show.
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

    /// What its copy may know of the recorded 1:1s.
    pub fn history(&self, recorded: &Recorded) -> History {
        let mut history = recorded.history(self.audience != Audience::Shared);
        history.snapshots.iter_mut().for_each(|snapshot| snapshot.forget(&self.withheld));
        history
    }

    /// The ids of what its copy may not know: to take them out of older snapshots, and for nothing else.
    pub fn withheld(&self) -> &Withheld {
        &self.withheld
    }

    /// The open asks that its copy leaves out, for the manager who sends it; no reader is told.
    pub fn left_out_asks(&self, whole: &Guarded) -> Vec<AskId> {
        let asks = whole.0.asks.iter().filter(|ask| ask.status == crate::team::AskStatus::Open);
        asks.map(|ask| &ask.id).filter(|id| self.withheld.asks.contains(*id)).cloned().collect()
    }

    /// To take more out of it.
    pub fn into_parts(self) -> (Team, Audience) {
        (self.team, self.audience)
    }
}

/// Takes out of a team what `audience` may not see.
///
/// `concerns` is `[brief] concerns`: whether the boss copy has the page of concerns.
pub fn redact(guarded: &Guarded, audience: Audience, concerns: bool) -> Redacted {
    let mut team = guarded.0.clone();
    match audience {
        Audience::Me => plan::number_rows(&mut team),
        Audience::Boss => redact_for_boss(&mut team, concerns),
        Audience::Shared => redact_for_shared(&mut team),
    }
    let withheld = withheld(&guarded.0, &team, audience);
    Redacted { team, audience, withheld }
}

/// What is in the whole team and not in that of a copy.
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
    // Rows without a key are numbered in each copy; their places tell nothing.
    tasks.retain(|key| !plan::is_row(key));
    Withheld {
        tasks,
        milestones: missing(&whole.milestones, &shown.milestones, |milestone| &milestone.id),
        objectives: missing(&whole.objectives, &shown.objectives, |objective| &objective.id),
        asks: missing(&whole.asks, &shown.asks, |ask| &ask.id),
        metrics: missing(&whole.metrics, &shown.metrics, |metric| &metric.name),
    }
}

/// Takes out of a list of problems what `audience` may not see: the brief prints them as data notes. `sources` are
/// those of the config, which tell whose file a problem stands in.
///
/// A file that may hold withheld rows is not named, since a note about a row tells that it is there. No line of an
/// export is quoted, nor a value that might be of a confidential task; how to fix it is the manager's business.
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

/// Whether a file, as a problem names it, is one that a source reads; a source may name it by a pattern.
fn is_file_of(file: &str, source: &Source) -> bool {
    let below = |pattern: &str| glob::Pattern::new(pattern).is_ok_and(|pattern| pattern.matches(file));
    file.ends_with(&source.file) || below(&source.file) || below(&format!("**/{}", source.file))
}

/// Whether rows of a table may be missing from a copy without being counted. The number of its rows would tell how
/// many are.
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
        // Rows that a copy may not show are not among those that were read for it, nor among those that were not.
        if audience == Audience::Shared && read + skipped > 0 {
            source.records = source.records.saturating_sub(read + skipped);
            source.read = source.read.saturating_sub(read);
            source.skipped = source.skipped.saturating_sub(skipped);
            source.newest = source.newest_open;
        }
    }
}

/// An ask that takes away a confidential task has no effect that a copy may show: it would tell that there is one.
fn forget_confidential_scope(team: &mut Team) {
    let confidential = team.tasks.iter().filter(|task| task.confidential);
    let names: HashSet<String> = confidential.flat_map(crate::team::Task::names).map(str::to_ascii_lowercase).collect();
    for ask in &mut team.asks {
        if ask.tasks.iter().any(|name| names.contains(&name.to_ascii_lowercase())) {
            ask.tasks.clear();
        }
    }
}

/// Why nobody works on a day may be somebody's illness: the day counts, the text stays with the manager.
fn clear_days_off(team: &mut Team) {
    for event in team.events.iter_mut().filter(|event| event.is_off()) {
        event.text.clear();
    }
}

fn redact_for_boss(team: &mut Team, concerns: bool) {
    clear_days_off(team);
    forget_confidential_scope(team);
    let boss_since = team.boss_since;
    team.people.retain(|note| match note.kind {
        NoteKind::Highlight | NoteKind::Learning => true,
        NoteKind::Concern | NoteKind::Signal => concerns && told_to_this_boss(note, boss_since),
    });
    for note in &mut team.people {
        strip_assessment(note);
    }
    plan::withhold_tasks(team, &BTreeSet::new(), &BTreeSet::new());
    finish(team, Audience::Boss);
}

fn redact_for_shared(team: &mut Team) {
    forget_confidential_scope(team);
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
    let is_hidden = |milestone: &Option<MilestoneId>| milestone.as_ref().is_some_and(|id| milestones.contains(id));

    let (asks, withheld): (Vec<Ask>, Vec<Ask>) = std::mem::take(&mut team.asks).into_iter().partition(|ask| {
        ask.stage >= Stage::Raised
            && !ask.confidential
            // Feedback that the manager asks for is about the manager.
            && ask.kind != Some(AskKind::Feedback)
            && !is_hidden(&ask.milestone)
            && !of_hidden(&ask.objective)
            && !people.is_personal(ask)
    });
    team.asks = asks;
    for text in team.asks.iter_mut().flat_map(people::side_texts) {
        if text.as_deref().is_some_and(|text| people.are_named_in(text)) {
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
    // What is left of a day off is the day, which is nobody's secret.
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
    plan::leave_out(team, &objectives, &milestones);
    finish(team, Audience::Shared);
}

/// What both copies lose that are not the manager's own, and what is given after the filter.
fn finish(team: &mut Team, audience: Audience) {
    team.open_metrics = None;
    team.members.clear();
    team.unmatched.clear();
    plan::keep_named_objectives(team);
    plan::number_rows(team);
    // Places among all asks would tell how many there are.
    let unnamed = team.asks.iter_mut().filter(|ask| ask.id.as_str().starts_with('#'));
    unnamed.zip(1..).for_each(|(ask, n): (_, u32)| ask.id = AskId(format!("#{n}")));
    redact_sources(team, audience);
}

/// A reason may give away an ask that is left out: one that speaks of what is asked for, and any of what the ask is about.
fn leave_out_reasons(team: &mut Team, withheld: &[Ask]) {
    let spoken_of = Likeness::of(withheld.iter().map(|ask| ask.text.as_str()));
    let milestones: BTreeSet<&MilestoneId> = withheld.iter().filter_map(|ask| ask.milestone.as_ref()).collect();
    let objectives: BTreeSet<&ObjectiveId> = withheld.iter().filter_map(|ask| ask.objective.as_ref()).collect();
    let gives_away = |reason: &Option<String>| reason.as_deref().is_some_and(|reason| spoken_of.is_met_by(reason));
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

/// A new boss does not inherit what was noted under the one before.
fn told_to_this_boss(note: &PersonNote, boss_since: Option<NaiveDate>) -> bool {
    boss_since.is_none_or(|since| note.date.is_some_and(|date| date >= since))
}

/// A hypothesis about a person belongs to a concern; on any other note it stays with the manager.
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
