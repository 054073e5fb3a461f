//! The only filter: what one copy of a run may show. Everything after it — analysis, ranking, numbering, sentences,
//! charts, snapshots — sees a [`Redacted`] team and nothing else, so what was left out cannot leave a trace.
//!
//! [`Redacted`] can be made by [`redact`] alone; that is what makes a leak a type error rather than a mistake.
//!
//! | | me | boss | shared |
//! |---|---|---|---|
//! | concerns and signals about people | yes | only with `[brief] concerns` | no |
//! | highlights and learning | yes | yes | without the wish; not if confidential |
//! | asks | all | all | raised, not confidential, about no person |
//! | goals of the manager, feedback | yes | yes | no |
//! | wins, team goals | yes | yes | not if confidential |
//! | milestones marked confidential | yes | yes | counted, not named |
//! | tasks with a confidential label | yes | counted, not named | counted, not named |
//! | members, values that match nothing | yes | no | no |
//! | sources | all | without people and `private/` | without any that may hold withheld rows |
//!
//! What stands in a file in `private/` is confidential, whatever its row says. When it cannot tell, it leaves out.

mod pseudonym;

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::config::{Source, is_private};
use crate::problem::Problems;
use crate::team::{
    About, Agreement, Ask, AskKind, GoalOf, Milestone, MilestoneId, NoteKind, PersonNote, Stage, Status, TableKind,
    Task, TaskKey, Team,
};

pub use pseudonym::{is_pseudonym, pseudonym, same_id};

/// Whom a rendering is for. (The word is the field's: "copy"; the type is named so as not to shade Rust's `Copy`.)
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "lowercase")]
pub enum Audience {
    /// The manager: everything, as talking points.
    Me,
    /// The boss: without concerns, signals about people and the coverage list.
    Boss,
    /// May be forwarded.
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

/// A team without what this copy may not show.
#[derive(Debug, Clone)]
pub struct Redacted {
    team: Team,
    audience: Audience,
}

impl Redacted {
    pub fn team(&self) -> &Team {
        &self.team
    }

    pub fn audience(&self) -> Audience {
        self.audience
    }

    /// To take more out of it.
    pub fn into_parts(self) -> (Team, Audience) {
        (self.team, self.audience)
    }
}

/// Takes out of a team what `audience` may not see.
///
/// `concerns` is `[brief] concerns`: whether the boss copy has the page of concerns.
pub fn redact(mut team: Team, audience: Audience, concerns: bool) -> Redacted {
    match audience {
        Audience::Me => {}
        Audience::Boss => redact_for_boss(&mut team, concerns),
        Audience::Shared => redact_for_shared(&mut team),
    }
    Redacted { team, audience }
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
    use TableKind::{Asks, Events, Goals, People, Risks, Wins};
    match audience {
        Audience::Me => false,
        Audience::Boss => table == People,
        Audience::Shared => matches!(table, People | Asks | Goals | Wins | Events | Risks),
    }
}

fn redact_sources(team: &mut Team, audience: Audience) {
    team.sources.retain(|source| !may_hold_withheld(source.table, audience) && !is_private(&source.file));
}

/// Why nobody works on a day may be somebody's illness: the day counts, the text stays with the manager.
fn clear_days_off(team: &mut Team) {
    for event in team.events.iter_mut().filter(|event| event.is_off()) {
        event.text.clear();
    }
}

fn redact_for_boss(team: &mut Team, concerns: bool) {
    clear_days_off(team);
    let boss_since = team.boss_since;
    team.people.retain(|note| match note.kind {
        NoteKind::Highlight | NoteKind::Learning => true,
        NoteKind::Concern | NoteKind::Signal => concerns && told_to_this_boss(note, boss_since),
    });
    for note in &mut team.people {
        strip_assessment(note);
    }
    withhold_tasks(team, &BTreeSet::new());
    team.members.clear();
    team.unmatched.clear();
    redact_sources(team, Audience::Boss);
}

fn redact_for_shared(team: &mut Team) {
    let about_people = AboutPeople::of(team);
    let hidden: BTreeSet<MilestoneId> = team
        .milestones
        .iter()
        .filter(|milestone| milestone.confidential)
        .map(|milestone| milestone.id.clone())
        .collect();

    team.asks.retain(|ask| {
        ask.stage >= Stage::Raised
            && !ask.confidential
            // Feedback that the manager asks for is about the manager.
            && ask.kind != Some(AskKind::Feedback)
            && !ask.milestone.as_ref().is_some_and(|milestone| hidden.contains(milestone))
            && !about_people.wants(ask)
    });
    for ask in &mut team.asks {
        about_people.strip(ask);
    }
    team.people.retain(|note| matches!(note.kind, NoteKind::Highlight | NoteKind::Learning) && !note.confidential);
    for note in &mut team.people {
        strip_assessment(note);
        note.ask = None;
    }
    team.goals.retain(|goal| goal.who == GoalOf::Team && !goal.confidential);
    for goal in &mut team.goals {
        goal.feedback = None;
    }
    team.wins.retain(|win| !win.confidential);
    clear_days_off(team);
    team.events.retain(|event| event.is_off() || !event.confidential);
    team.risks.retain(|risk| !risk.confidential);

    withhold_tasks(team, &hidden);
    withhold_milestones(team, &hidden);
    team.members.clear();
    team.unmatched.clear();
    redact_sources(team, Audience::Shared);
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

/// What tells that an ask is about a person: a course, a raise, a wish for a career.
struct AboutPeople {
    /// Whole names, in lower case.
    names: Vec<String>,
    /// Parts of names, as written: `Osei`.
    parts: BTreeSet<String>,
    /// What the notes about people point at, in lower case.
    wishes: BTreeSet<String>,
}

impl AboutPeople {
    fn of(team: &Team) -> Self {
        let people: BTreeSet<&str> = (team.members.iter())
            .chain(team.people.iter().map(|note| &note.person))
            .map(|name| name.trim())
            .filter(|name| !name.is_empty())
            .collect();
        Self {
            names: people.iter().map(|name| name.to_lowercase()).collect(),
            // Initials and particles would match half of all sentences.
            parts: people
                .iter()
                .flat_map(|name| words(name))
                .filter(|part| part.chars().count() > 2)
                .map(str::to_owned)
                .collect(),
            wishes: team
                .people
                .iter()
                .filter_map(|note| note.ask.as_deref())
                .map(|wish| wish.trim().to_lowercase())
                .collect(),
        }
    }

    fn wants(&self, ask: &Ask) -> bool {
        self.wishes.contains(&ask.id.as_str().to_lowercase())
            || self.wishes.contains(&ask.text.trim().to_lowercase())
            || self.named_in(&ask.text)
    }

    /// Takes out the sentences of an ask that name somebody.
    fn strip(&self, ask: &mut Ask) {
        let texts = [
            &mut ask.why,
            &mut ask.recommendation,
            &mut ask.alternative,
            &mut ask.if_not,
            &mut ask.gives,
            &mut ask.amount,
            &mut ask.answer,
        ];
        for text in texts {
            if text.as_deref().is_some_and(|text| self.named_in(text)) {
                *text = None;
            }
        }
    }

    fn named_in(&self, text: &str) -> bool {
        let lower = text.to_lowercase();
        self.names.iter().any(|name| lower.contains(name.as_str())) || words(text).any(|word| self.parts.contains(word))
    }
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

/// Withholds the tasks that are marked, lie below one that is, or build up to a `hidden` milestone.
fn withhold_tasks(team: &mut Team, hidden: &BTreeSet<MilestoneId>) {
    let marked = |task: &Task| task.confidential || task.milestone.as_ref().is_some_and(|id| hidden.contains(id));
    let parents: BTreeMap<&TaskKey, (&Task, Option<&TaskKey>)> =
        team.tasks.iter().map(|task| (&task.key, (task, task.parent.as_ref()))).collect();
    let below_marked = |task: &Task| {
        let mut seen = BTreeSet::new();
        let mut parent = task.parent.as_ref();
        while let Some(key) = parent.filter(|key| seen.insert(*key)) {
            match parents.get(key) {
                Some((task, _)) if marked(task) => return true,
                Some((_, next)) => parent = *next,
                None => return false,
            }
        }
        false
    };
    let withheld: BTreeSet<TaskKey> =
        team.tasks.iter().filter(|task| marked(task) || below_marked(task)).map(|task| task.key.clone()).collect();

    let mut words = BTreeSet::new();
    for task in &mut team.tasks {
        if task.parent.as_ref().is_some_and(|parent| withheld.contains(parent)) {
            replace_by_pseudonyms(task.parent.as_mut().map(|parent| &mut parent.0));
        }
        if !withheld.contains(&task.key) {
            continue;
        }
        words.insert(task.key.0.clone());
        words.extend(task.labels.iter().chain(&task.sprints).cloned());
        task.withheld = true;
        task.title.clear();
        task.kind = None;
        replace_by_pseudonyms(task.labels.iter_mut().chain(&mut task.sprints).chain([&mut task.key.0]));
    }
    // An agreement about scope names what it covers; it still covers a withheld task, in words that tell nothing.
    let open: BTreeSet<&String> = team
        .tasks
        .iter()
        .filter(|task| !task.withheld)
        .flat_map(|task| task.labels.iter().chain([&task.key.0]))
        .collect();
    for agreement in team.agreements.iter_mut().filter(|agreement| agreement.what == About::Scope) {
        replace_entries(agreement, |entry| words.contains(entry) && !open.contains(&entry.to_owned()));
    }
}

fn withhold_milestones(team: &mut Team, hidden: &BTreeSet<MilestoneId>) {
    for milestone in &mut team.milestones {
        if milestone.carried_from.as_ref().is_some_and(|id| hidden.contains(id)) {
            replace_by_pseudonyms(milestone.carried_from.as_mut().map(|id| &mut id.0));
        }
        if hidden.contains(&milestone.id) {
            withhold_milestone(milestone);
        }
    }
    for task in &mut team.tasks {
        if let Some(id) = task.milestone.as_mut().filter(|id| hidden.contains(id)) {
            id.0 = pseudonym(&id.0);
        }
    }
    for agreement in &mut team.agreements {
        if let Some(id) = agreement.milestone.as_mut().filter(|id| hidden.contains(id)) {
            id.0 = pseudonym(&id.0);
            agreement.from = None;
            agreement.with = None;
            // Its date goes on counting in what was planned, and what it covers in the scope.
            match agreement.what {
                About::Scope => replace_entries(agreement, |_| true),
                About::Date | About::Wording | About::Confirm => agreement.to = None,
            }
        }
    }
}

fn withhold_milestone(milestone: &mut Milestone) {
    milestone.withheld = true;
    milestone.id.0 = pseudonym(&milestone.id.0);
    milestone.name.clear();
    milestone.aliases.clear();
    milestone.reason = None;
    // Whether it is done or dropped counts in sums; what else is said of it is not.
    milestone.stated = milestone.stated.filter(|stated| matches!(stated, Status::Done | Status::Dropped));
    milestone.stated_as = None;
    milestone.owner_team = milestone.owner_team.take().map(|team| pseudonym(&team));
}

/// Veils the entries of an agreement's `to` that `hide` names.
fn replace_entries(agreement: &mut Agreement, hide: impl Fn(&str) -> bool) {
    let entries: Vec<String> =
        agreement.covers().map(|entry| if hide(entry) { pseudonym(entry) } else { entry.to_owned() }).collect();
    if agreement.to.is_some() {
        agreement.to = Some(entries.join(", "));
    }
}

fn replace_by_pseudonyms<'a>(texts: impl IntoIterator<Item = &'a mut String>) {
    for text in texts {
        *text = pseudonym(text);
    }
}

#[cfg(test)]
mod tests;
