//! The hand-kept logs that stand for themselves: wins, notes about people, goals, events. Where rows have ids the newest
//! row of an id wins. Notes and goals are about people: no problem shows their text.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::record::{Record, read};
use super::{Loading, NameIndex, Opened, of};
use crate::preset::normal;
use crate::problem::{Failure, Place, Problem};
use crate::team::{Drives, Event, EventKind, Goal, GoalOf, NoteKind, ObjectiveId, PersonNote, TableKind, Win, WinKind};

impl Loading<'_> {
    pub(super) fn wins(
        &mut self,
        opened: &mut [Opened<'_>],
        objectives: &mut NameIndex<ObjectiveId>,
    ) -> Result<Vec<Win>, Failure> {
        let mut wins = Vec::new();
        for file in of(opened, TableKind::Wins) {
            wins.extend(read(file, self.as_of, self.problems, |record| {
                let win = win(record, objectives);
                is_known(record, win.date).then(|| (record.place("text"), win))
            })?);
        }
        Ok(self.once_each(wins))
    }

    /// Each win once, as its last row has it: one of the same day and text is the same win.
    fn once_each(&mut self, rows: Vec<(Place, Win)>) -> Vec<Win> {
        let mut kept: Vec<(Place, Win)> = Vec::with_capacity(rows.len());
        let mut seen: BTreeMap<(Option<NaiveDate>, String), usize> = BTreeMap::new();
        for (place, mut win) in rows {
            let at = *seen.entry((win.date, normal(&win.text))).or_insert(kept.len());
            let Some((first, held)) = kept.get_mut(at) else {
                kept.push((place, win));
                continue;
            };
            win.confidential |= held.confidential;
            *held = win;
            let message = format!("this win stands on line {} of {} already; it counts once", first.line, first.file);
            let place = if held.confidential { place.unquoted() } else { place };
            self.problems.push(Problem::warning("repeated-win", message).at(place).help("delete one of the two rows"));
        }
        kept.into_iter().map(|(_, win)| win).collect()
    }

    pub(super) fn people(&mut self, opened: &mut [Opened<'_>]) -> Result<Vec<PersonNote>, Failure> {
        let mut notes = Vec::new();
        for file in of(opened, TableKind::People) {
            notes.extend(read(file, self.as_of, self.problems, |record| {
                let note = note(record);
                is_known(record, note.date).then(|| (record.text("id"), note.date, note))
            })?);
        }
        Ok(newest(notes))
    }

    pub(super) fn goals(&mut self, opened: &mut [Opened<'_>]) -> Result<Vec<Goal>, Failure> {
        let mut goals = Vec::new();
        for file in of(opened, TableKind::Goals) {
            let private = file.source.is_private();
            goals.extend(read(file, self.as_of, self.problems, |record| {
                let goal = goal(record, private);
                is_known(record, goal.date).then(|| (record.text("id"), goal.date, goal))
            })?);
        }
        Ok(newest(goals))
    }

    pub(super) fn events(&mut self, opened: &mut [Opened<'_>]) -> Result<Vec<Event>, Failure> {
        let mut events = Vec::new();
        let metrics = self.metric_names();
        for file in of(opened, TableKind::Events) {
            events.extend(read(file, self.as_of, self.problems, |record| {
                let confidential = record.is_confidential();
                if confidential {
                    record.conceal();
                }
                let text = record.needed("text");
                let Some(date) = record.date("date") else {
                    record.lacks("date");
                    return None;
                };
                // People sort events in words of their own; only `off` has a meaning here.
                let kind = record.word("kind").known();
                // Days off are planned ahead, and the forecast asks for them.
                let known = kind == Some(EventKind::Off) || is_known(record, Some(date));
                let until = record.date("until");
                let metric = metrics.metric(record);
                known.then(|| Event { date, until, kind, metric, text, confidential })
            })?);
        }
        Ok(events)
    }
}

/// Whether a row of that date is known by as-of; one without a date is.
pub fn is_known(record: &Record<'_, '_>, date: Option<NaiveDate>) -> bool {
    date.is_none() || record.known(date).is_some()
}

/// Of the rows of one id the newest, in the place of the first; rows without an id all stay.
pub fn newest<T>(rows: Vec<(Option<String>, Option<NaiveDate>, T)>) -> Vec<T> {
    let mut kept: Vec<(Option<String>, Option<NaiveDate>, T)> = Vec::new();
    for (id, date, item) in rows {
        match kept.iter_mut().find(|(other, ..)| id.is_some() && *other == id) {
            // A row without a date is the newest by its place in the file.
            Some(old) if date.is_none() || date >= old.1 => *old = (id, date.or(old.1), item),
            Some(_) => {}
            None => kept.push((id, date, item)),
        }
    }
    kept.into_iter().map(|(.., item)| item).collect()
}

fn win(record: &mut Record<'_, '_>, objectives: &mut NameIndex<ObjectiveId>) -> Win {
    let confidential = record.is_confidential();
    if confidential {
        record.conceal();
    }
    let kind = record.word_or("kind", "the win counts as neither revenue nor retention");
    let drives = record.word_or("drives", "it is told from the kind");
    Win {
        date: record.date("date"),
        text: record.needed("text"),
        drives: drives.unwrap_or_else(|| drives_of(kind)),
        kind,
        amount: record.text("amount"),
        evidence: record.text("evidence"),
        link: link(record),
        validated_by: record.text("validated_by"),
        quote: record.text("quote"),
        with_team: record.text("with_team"),
        people: record.list("people"),
        objective: objectives.objective(record),
        confidential,
    }
}

fn drives_of(kind: Option<WinKind>) -> Drives {
    match kind {
        Some(WinKind::Revenue | WinKind::Feature | WinKind::Dataset) => Drives::Revenue,
        Some(WinKind::Retention | WinKind::Quality | WinKind::Speed | WinKind::CrossTeam) => Drives::Retention,
        _ => Drives::Beyond,
    }
}

/// A link that may stand in a document that is passed on.
fn link(record: &mut Record<'_, '_>) -> Option<String> {
    let link = record.text("link")?;
    let lower = link.to_lowercase();
    let safe = ["http://", "https://", "mailto:"].iter().any(|scheme| lower.starts_with(scheme))
        && !link.contains(|c: char| c.is_whitespace() || c.is_control() || "<>\"".contains(c));
    if !safe {
        let problem = Problem::warning("bad-link", "this is no web or mail link; it is left out");
        let problem = problem.at(record.place("link")).help("write it as https://example.org/page");
        record.problem(problem);
    }
    safe.then_some(link)
}

fn note(record: &mut Record<'_, '_>) -> PersonNote {
    let (raised_on, closed_on) = (record.date("raised_on"), record.date("closed_on"));
    PersonNote {
        date: record.date("date"),
        person: record.needed("person"),
        // When it cannot be told what a note is, it is kept from all but the manager.
        kind: record.word_or("kind", "the note counts as a concern").unwrap_or(NoteKind::Concern),
        text: record.needed("text"),
        before: record.text("before"),
        ask: record.text("ask"),
        hypothesis: record.text("hypothesis"),
        next_step: record.text("next_step"),
        raised_on: record.known(raised_on),
        closed_on: record.known(closed_on),
        confidential: record.is_confidential(),
    }
}

fn goal(record: &mut Record<'_, '_>, private: bool) -> Goal {
    let unsaid = if private || record.text("who").is_some() { GoalOf::Me } else { GoalOf::Team };
    Goal {
        goal: record.needed("goal"),
        who: record.word_or("who", "the goal counts as the manager's own").unwrap_or(unsaid),
        horizon: record.text("horizon"),
        target: record.text("target"),
        progress: record.share("progress"),
        note: record.text("note"),
        date: record.date("date"),
        feedback: record.text("feedback"),
        confidential: record.is_confidential(),
    }
}
