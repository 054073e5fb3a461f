//! News: what the last recorded brief could not show. Its snapshot has an id for each thing that it could show. In
//! snapshots of earlier versions without ids, the date decides, including the day of the 1:1.

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate};

use super::inputs::Inputs;
use crate::history::ItemId;
use crate::team::{Agreement, Ask, PersonNote, TableKind, Task, TaskStatus, Team, Win};

/// A row with an older date was added late and is not news.
const NEWS_AGE: Days = Days::new(35);

/// Returns the ids of what a copy of this team can show besides what a snapshot already lists.
pub(super) fn items(team: &Team) -> BTreeSet<ItemId> {
    let wins = team.wins.iter().map(win_id);
    let notes = team.people.iter().map(note_id);
    let agreements = team.agreements.iter().map(agreement_id);
    let answered = team.asks.iter().filter(|ask| ask.answered_on.is_some()).map(answer_id);
    let delivered = team.asks.iter().filter(|ask| ask.delivered_on.is_some()).map(delivery_id);
    wins.chain(notes).chain(agreements).chain(answered).chain(delivered).collect()
}

pub(super) fn win_id(win: &Win) -> ItemId {
    ItemId::of_text(TableKind::Wins, win.date, "", &win.text)
}

pub(crate) fn note_id(note: &PersonNote) -> ItemId {
    ItemId::of_text(TableKind::People, note.date, &note.person, &note.text)
}

pub(super) fn agreement_id(agreement: &Agreement) -> ItemId {
    let objective = agreement.objective.as_ref().map(|id| id.as_str()).unwrap_or_default();
    let milestone = agreement.milestone.as_ref().map(|id| id.as_str()).unwrap_or_default();
    let about = format!("{} {objective} {milestone}", agreement.what.word());
    ItemId::of_text(TableKind::Agreements, Some(agreement.date), &about, agreement.to.as_deref().unwrap_or_default())
}

pub(super) fn answer_id(ask: &Ask) -> ItemId {
    ItemId::of_id(TableKind::Asks, &format!("{} {}", ask.id, ask.status.word()))
}

pub(super) fn delivery_id(ask: &Ask) -> ItemId {
    ItemId::of_id(TableKind::Asks, &format!("{} delivered", ask.id))
}

impl Inputs<'_> {
    /// Whether something dated `date` is new by its date alone: on or after the day of the last 1:1.
    pub(crate) fn is_news(&self, date: NaiveDate) -> bool {
        let after = if self.since.recorded { self.since.date <= date } else { self.since.date < date };
        after && date <= self.frame.as_of
    }

    /// Whether the last brief could not show `id`, dated `date`. An undated item is new if the last brief did not have
    /// it.
    pub(crate) fn is_new(&self, id: &ItemId, date: Option<NaiveDate>) -> bool {
        match self.shown {
            Some(shown) => !shown.contains(id) && date.is_none_or(|date| self.is_recent(date)),
            None => date.is_none_or(|date| self.is_news(date)),
        }
    }

    /// Whether `id` was added late: the last brief could not show it, and its date is too old to be news.
    pub(crate) fn is_added_late(&self, id: &ItemId, date: Option<NaiveDate>) -> bool {
        let is_old = date.is_some_and(|date| date < self.frame.as_of - NEWS_AGE);
        is_old && self.shown.is_some_and(|shown| !shown.contains(id))
    }

    /// Whether a task was finished since the last brief, in which it was open or missing.
    pub(crate) fn is_newly_done(&self, task: &Task) -> bool {
        if task.status != TaskStatus::Done {
            return false;
        }
        let then = self.shown.and(self.last()).map(|last| last.tasks.get(&task.key));
        match (then, task.done_on) {
            (Some(Some(then)), date) => !then.done && date.is_none_or(|date| self.is_recent(date)),
            // A confidential task may be missing from the snapshot although it was known.
            (Some(None), Some(date)) if task.confidential => self.since.date < date && self.is_news(date),
            (Some(None), Some(date)) => self.is_recent(date),
            (None, Some(date)) => self.is_news(date),
            (_, None) => false,
        }
    }

    pub(super) fn is_recent(&self, date: NaiveDate) -> bool {
        self.frame.as_of - NEWS_AGE <= date && date <= self.frame.as_of
    }
}

#[cfg(test)]
mod tests {
    use crate::analysis::fixtures::{day, done_task, history, recorded, run, team_of_wins};
    use crate::history::History;

    #[test]
    fn items_added_after_the_meeting_on_its_day_are_new_once() {
        let mut team = team_of_wins(&[("2026-11-13", "Shown at the meeting")]);
        let history = history(&team, &["2026-11-13"]);
        team.wins.extend(team_of_wins(&[("2026-11-13", "Added after it"), ("2026-09-01", "Added late")]).wins);
        let told = |history: &History| -> Vec<String> {
            let analysis = run(&team, history);
            analysis.value.iter().chain(&analysis.beyond).map(|win| win.text.clone()).collect()
        };
        // An item with an old date is shown once, as added late.
        assert_eq!(told(&history), ["Added after it", "Added late"]);
        let analysis = run(&team, &history);
        let late = analysis.value.iter().chain(&analysis.beyond).filter(|win| win.added_late);
        assert_eq!(late.map(|win| win.text.as_str()).collect::<Vec<_>>(), ["Added late"]);
        // The next week it is not new again.
        let mut later = history.clone();
        later.snapshots.push(recorded(&team, "2026-11-19", &history));
        assert!(told(&later).is_empty());
        // A snapshot of an earlier version has no ids, so the day of the 1:1 counts.
        let mut old = history;
        old.snapshots[0].items = None;
        assert_eq!(told(&old), ["Added after it", "Shown at the meeting"]);
    }

    #[test]
    fn a_task_finished_on_the_day_of_the_meeting_is_new_once() {
        let mut team = done_task("T1", "2026-11-13");
        team.tasks[0].status = crate::team::TaskStatus::Doing;
        team.tasks[0].done_on = None;
        let history = history(&team, &["2026-11-13"]);
        let team = done_task("T1", "2026-11-13");
        assert_eq!(run(&team, &history).objectives[0].done_since, 1);
        let mut later = history.clone();
        later.snapshots.push(recorded(&team, "2026-11-19", &history));
        assert_eq!(run(&team, &later).objectives[0].done_since, 0);
        // Without a done date: open at the last 1:1, done now.
        let mut undated = team;
        undated.tasks[0].done_on = None;
        assert_eq!(run(&undated, &history).objectives[0].done_since, 1);
        assert_eq!(day("2026-11-13"), history.snapshots[0].as_of);
    }
}
