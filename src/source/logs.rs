//! The hand-kept logs that stand for themselves: wins, notes about people, goals, events. Where rows have ids the newest
//! row of an id wins. Notes and goals are about people: no problem shows their text.

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;

use super::marks::{Key, conceal, spread};
use super::record::{Lines, Marked, Record, Word, read};
use super::{Loading, NameIndex, Opened, of};
use crate::preset::normal;
use crate::problem::{Failure, Place, Problem, Problems};
use crate::team::{
    Agreement, Ask, Drives, Event, EventKind, Goal, GoalOf, NoteKind, Objective, ObjectiveId, PersonNote, Risk,
    TableKind, Task, Win, WinKind,
};

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
                Some(Logged::of(record, win.date, record.place("text"), win))
            })?);
        }
        spread(&mut wins, |row| Key::of("text", &row.item.text).into_iter().collect(), |row| row.item.confidential);
        recount(self.problems, opened, TableKind::Wins, &wins, |it| it.confidential);
        Ok(self.once_each(wins.into_iter().filter(|row| row.is_known).map(|row| (row.place, row.item)).collect()))
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
            let problem = Problem::warning("repeated-win", message).at(place).help("delete one of the two rows");
            self.problems.push(if held.confidential { problem.concealed() } else { problem });
        }
        kept.into_iter().map(|(_, win)| win).collect()
    }

    pub(super) fn people(&mut self, opened: &mut [Opened<'_>]) -> Result<Vec<PersonNote>, Failure> {
        let mut notes = Vec::new();
        for file in of(opened, TableKind::People) {
            notes.extend(read(file, self.as_of, self.problems, |record| {
                let note = note(record);
                Some(Logged::of(record, note.date, record.place("text"), note))
            })?);
        }
        let said = |note: &PersonNote| Key::of("text", &format!("{} {}", note.person, note.text));
        spread(&mut notes, |row| row.id_key().chain(said(&row.item)).collect(), |row| row.item.confidential);
        recount(self.problems, opened, TableKind::People, &notes, |it| it.confidential);
        // Without an id of its own a note is told by its person and its words.
        for row in &mut notes {
            row.id.get_or_insert_with(|| format!("{}\n{}", normal(&row.item.person), normal(&row.item.text)));
        }
        Ok(newest(notes))
    }

    pub(super) fn goals(&mut self, opened: &mut [Opened<'_>]) -> Result<Vec<Goal>, Failure> {
        let mut goals = Vec::new();
        for file in of(opened, TableKind::Goals) {
            let private = file.is_private;
            goals.extend(read(file, self.as_of, self.problems, |record| {
                let goal = goal(record, private);
                Some(Logged::of(record, goal.date, record.place("goal"), goal))
            })?);
        }
        let said = |goal: &Goal| Key::of("goal", &goal.goal);
        spread(&mut goals, |row| row.id_key().chain(said(&row.item)).collect(), |row| row.item.confidential);
        recount(self.problems, opened, TableKind::Goals, &goals, |it| it.confidential);
        Ok(newest(goals))
    }

    pub(super) fn events(&mut self, opened: &mut [Opened<'_>]) -> Result<Vec<Event>, Failure> {
        let mut events = Vec::new();
        let metrics = self.metric_names();
        for file in of(opened, TableKind::Events) {
            events.extend(read(file, self.as_of, self.problems, |record| {
                let text = record.needed("text");
                // A row that cannot be read still says that what it is about is confidential.
                let date = record.date("date").unwrap_or_else(|| {
                    record.lacks("date");
                    NaiveDate::default()
                });
                // People sort events in words of their own; only `off` has a meaning here, and an unknown word may mean it.
                let kind = record.word("kind");
                if matches!(kind, Word::Unknown(_)) {
                    record.conceal();
                }
                let kind = kind.known();
                let (until, metric) = (record.date("until"), metrics.metric(record));
                let event = Event { date, until, kind, metric, text, confidential: false };
                let mut row = Logged::of(record, Some(date), record.place("text"), event);
                // Days off are planned ahead, and the forecast asks for them.
                row.is_known |= kind == Some(EventKind::Off);
                Some(row)
            })?);
        }
        spread(&mut events, |row| Key::of("text", &row.item.text).into_iter().collect(), |row| row.item.confidential);
        recount(self.problems, opened, TableKind::Events, &events, |it| it.confidential);
        Ok(events.into_iter().filter(|row| row.is_known).map(|row| row.item).collect())
    }
}

/// Whether a row of that date is known by as-of; one without a date is.
pub fn is_known(record: &Record<'_, '_>, date: Option<NaiveDate>) -> bool {
    date.is_none() || record.known(date).is_some()
}

/// A row of a log.
pub struct Logged<T> {
    pub id: Option<String>,
    pub date: Option<NaiveDate>,
    /// Whether it was written by as-of and can be read whole. Another says nothing, but that it is confidential.
    pub is_known: bool,
    pub place: Place,
    pub lines: Lines,
    /// The newest date in the row.
    pub newest: Option<NaiveDate>,
    /// It was counted as confidential when it was read, or not as read at all.
    pub is_counted: bool,
    pub item: T,
}

impl<T> Logged<T> {
    pub fn of(record: &Record<'_, '_>, date: Option<NaiveDate>, place: Place, item: T) -> Self {
        Self {
            id: record.id(),
            date,
            is_known: is_known(record, date),
            place,
            lines: record.lines(),
            newest: record.newest(),
            is_counted: record.is_confidential(),
            item,
        }
    }

    /// The row's id, for [`spread`].
    pub fn id_key(&self) -> impl Iterator<Item = Key> + use<T> {
        self.id.as_deref().and_then(|id| Key::of("id", id)).into_iter()
    }
}

impl<T: Marked> Marked for Logged<T> {
    fn mark(&mut self) {
        self.item.mark();
    }

    /// A mark holds for the other rows of the same thing, also from a row that is of no use otherwise.
    fn fail(&mut self, is_skipped: bool) -> bool {
        self.is_known = false;
        self.is_counted |= is_skipped;
        true
    }
}

/// Counts the rows of a table's files that other rows made confidential: what a copy withholds is not among the rows that
/// were read for it, nor a problem in it among those that it counts.
pub fn recount<T>(
    problems: &mut Problems,
    opened: &mut [Opened<'_>],
    table: TableKind,
    rows: &[Logged<T>],
    is_confidential: impl Fn(&T) -> bool,
) {
    let mut counts: HashMap<&str, (u64, Option<NaiveDate>)> = HashMap::new();
    for row in rows {
        let (confidential, newest_open) = counts.entry(&row.place.file).or_default();
        match is_confidential(&row.item) {
            true => *confidential += u64::from(!row.is_counted),
            false => *newest_open = (*newest_open).max(row.newest),
        }
    }
    let hidden = rows.iter().filter(|row| is_confidential(&row.item));
    conceal(problems, hidden.map(|row| (row.place.file.as_str(), row.lines)));
    for file in of(opened, table) {
        let found = counts.get(file.inspection.file.as_str());
        if let Some((confidential, newest_open)) = found.filter(|(confidential, _)| *confidential > 0) {
            file.counts.confidential += confidential;
            file.counts.newest_open = *newest_open;
        }
    }
}

/// Of the rows of one id that are known the newest, in the place of the first; rows without an id all stay. A row
/// without a date is the newest by its place in the file.
pub fn newest<T>(rows: Vec<Logged<T>>) -> Vec<T> {
    let mut kept: Vec<(Option<NaiveDate>, T)> = Vec::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    for Logged { id, date, item, .. } in rows.into_iter().filter(|row| row.is_known) {
        let at = id.map_or(kept.len(), |id| *places.entry(id).or_insert(kept.len()));
        match kept.get_mut(at) {
            Some(old) if date.is_none() || date >= old.0 => *old = (date.or(old.0), item),
            Some(_) => {}
            None => kept.push((date, item)),
        }
    }
    kept.into_iter().map(|(_, item)| item).collect()
}

/// The rows of these tables say of themselves whether they are confidential.
macro_rules! marked {
    ($($row:ty),+) => {$(
        impl Marked for $row {
            fn mark(&mut self) {
                self.confidential = true;
            }
        }
    )+};
}

marked!(Win, PersonNote, Goal, Event, Ask, Agreement, Objective, Risk, Task);

fn win(record: &mut Record<'_, '_>, objectives: &mut NameIndex<ObjectiveId>) -> Win {
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
        objective: objectives.logged(record),
        confidential: record.is_confidential(),
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
        id: record.id(),
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
