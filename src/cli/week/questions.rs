//! The questions of `headsup week` at a terminal, the most important ones first. Enter leaves an item unchanged; the
//! question is asked again after the next 1:1.

use chrono::NaiveDate;

use super::drafts::Draft;
use super::memory::Memory;
use super::statuses;
use crate::analysis::{Analysis, MilestoneState, StatusCause, UsualWeek};
use crate::cli::record::walk;
use crate::cli::{Terminal, dates, prompt, surroundings};
use crate::lexicon;
use crate::pipeline::LoadedTeam;
use crate::problem::Failure;
use crate::source::append::{self, Appended, Field, Value, Which};
use crate::table::answer;
use crate::tables::{TableKind, WinKind};
use crate::team::{MilestoneId, Status, Team};

/// What a manager says about a milestone whose day has passed.
enum Answer {
    Done,
    On(NaiveDate),
}

/// Whether an answer says yes, or that the work is done, in a language that we read.
fn says_done(text: &str) -> bool {
    answer(text) == Some(true) || lexicon::status(TableKind::Milestones.name(), text) == Some("done")
}

/// Maximum number of questions of each kind in a week; the most important ones come first.
const MAX_EACH: usize = 4;

const NO_WIN: &str = "no win";
const LATER: &str = "not this week";

/// The state of the questions.
pub(crate) struct Questions<'a> {
    pub read: &'a LoadedTeam,
    pub team: &'a Team,
    pub analysis: &'a Analysis,
    pub memory: Memory,
    pub again: bool,
    pub terminal: &'a Terminal,
}

/// Asks what unknown statuses mean. Returns whether headsup.toml has changed.
pub(crate) fn statuses(
    read: &LoadedTeam,
    memory: &mut Memory,
    as_of: NaiveDate,
    again: bool,
    terminal: &Terminal,
) -> Result<bool, Failure> {
    const LATER: (&str, &str) = ("I will say it later", "");
    const OF_TASKS: [(&str, &str); 6] = [
        LATER,
        ("not begun", "todo"),
        ("in work", "doing"),
        ("paused: nobody works on it", "paused"),
        ("done", "done"),
        ("dropped: it will not be done", "dropped"),
    ];
    const OF_PLAN: [(&str, &str); 9] = [
        LATER,
        ("not begun", "not_started"),
        ("in work", "started"),
        ("goes to plan", "on_pace"),
        ("at risk", "at_risk"),
        ("late", "late"),
        ("on hold: nobody works on it", "on_hold"),
        ("done", "done"),
        ("dropped: it will not be done", "dropped"),
    ];
    let mut has_changed = false;
    for unknown in statuses::unknown(&read.problems) {
        let meanings = if unknown.of_plan { &OF_PLAN[..] } else { &OF_TASKS };
        let table = if unknown.of_plan { TableKind::Milestones } else { TableKind::Tasks };
        let question = Memory::item(table, &format!("status {}", unknown.word));
        // After a week the question may be asked again.
        if !again && memory.is_asked(&question, as_of - chrono::Days::new(7)) {
            continue;
        }
        let answers: Vec<&str> = meanings.iter().map(|(answer, _)| *answer).collect();
        let chosen = prompt::choose(
            &format!("What does the status \"{}\" mean? ({})", unknown.word, unknown.message),
            &answers,
        )?;
        match meanings.get(chosen).map(|(_, meaning)| *meaning).filter(|meaning| !meaning.is_empty()) {
            None => memory.ask(question, as_of)?,
            // The change has moved the lines below it, so the config is read again for each word.
            Some(meaning) => {
                let _lock = append::lock(&read.config.dir)?;
                let (config, _) = crate::config::Config::load(&read.config.dir)?;
                if statuses::explain(&config, &unknown, meaning)? {
                    has_changed = true;
                    terminal.say("  written to headsup.toml");
                } else {
                    let word = toml::Value::String(unknown.word.clone());
                    terminal.say(&format!(
                        "  write it below its [[source]] in headsup.toml:\n[source.values.status]\n{} = [{word}]",
                        meaning
                    ));
                }
            }
        }
    }
    Ok(has_changed)
}

/// Returns the open milestones of this quarter that are late and have no reason, the latest first.
pub(crate) fn without_reason(analysis: &Analysis) -> impl Iterator<Item = &MilestoneState> {
    let of_quarter = analysis.objectives.iter().flat_map(|objective| &objective.milestones);
    let mut late: Vec<&MilestoneState> =
        of_quarter.filter(|it| it.status == Status::Late && it.done_on.is_none() && it.reason.is_none()).collect();
    late.sort_by_key(|it| std::cmp::Reverse(it.slip_days));
    late.into_iter()
}

/// Returns the open milestones of this quarter whose day has passed without a new one, the latest first, whatever the
/// reason.
pub(crate) fn overdue(analysis: &Analysis) -> impl Iterator<Item = &MilestoneState> {
    let of_quarter = analysis.objectives.iter().flat_map(|objective| &objective.milestones);
    let has_new_date = |it: &MilestoneState| it.due.is_some_and(|due| due >= analysis.as_of);
    let mut overdue: Vec<&MilestoneState> =
        of_quarter.filter(|it| it.because == StatusCause::AgreedDatePassed && !has_new_date(it)).collect();
    overdue.sort_by_key(|it| std::cmp::Reverse(it.slip_days));
    overdue.into_iter()
}

/// Returns the open milestones that have no date and about which nothing has been said yet.
pub(crate) fn without_date<'a>(analysis: &'a Analysis, team: &'a Team) -> impl Iterator<Item = &'a MilestoneState> {
    let all = analysis.objectives.iter().flat_map(|objective| &objective.milestones).chain(&analysis.elsewhere);
    let is_undated =
        |it: &&MilestoneState| [it.due, it.agreed, it.original, it.done_on] == [None; 4] && it.stated.is_none();
    all.filter(is_undated).filter(|it| team.milestones.iter().any(|known| known.id == it.id))
}

/// Describes the last weeks that were far slower than usual. Returns `None` if there were none, or if an event explains
/// them.
pub(crate) fn slow_week(analysis: &Analysis) -> Option<String> {
    let throughput = analysis.throughput.as_ref().filter(|it| it.reason.is_none())?;
    let text = |done: u32, weeks: &str, ending, usual: UsualWeek| {
        format!("{done} tasks were finished in the {weeks} to {ending}, usually {} to {}", usual.low, usual.high)
    };
    match throughput.slow_weeks() {
        [before, last] => Some(text(before.done + last.done, "two weeks", last.ending, throughput.usual_two?)),
        [last] => Some(text(last.done, "week", last.ending, throughput.usual?)),
        _ => None,
    }
}

impl Questions<'_> {
    pub(crate) fn ask(&mut self, drafts: &[Draft]) -> Result<(), Failure> {
        self.dates()?;
        let done = self.overdue()?;
        self.reasons(&done)?;
        self.slow_week()?;
        self.wins(drafts)?;
        self.overdue_asks()
    }

    /// Returns whether this question should be asked now.
    fn is_new(&self, kind: &str, id: &str) -> bool {
        let question = Memory::item(TableKind::Milestones, &format!("{kind} {id}"));
        self.again || !self.memory.is_asked(&question, self.analysis.since.date)
    }

    fn left_open(&mut self, kind: &str, id: &str) -> Result<(), Failure> {
        self.memory.ask(Memory::item(TableKind::Milestones, &format!("{kind} {id}")), self.analysis.as_of)
    }

    /// Reports where an answer was written. If it cannot be written to a file, the brief is made all the same.
    fn written(&self, written: Result<Appended, Failure>) -> Result<(), Failure> {
        match written {
            Ok(added) => {
                let log = surroundings::shown_log(&self.read.config.dir, &added.file);
                let new = if added.is_new_log { ", a new file that headsup.toml names" } else { "" };
                self.terminal.say(&format!("  written to {log}{new}"));
                Ok(())
            }
            Err(Failure::Input(problems)) => {
                self.terminal.show(&problems);
                Ok(())
            }
            Err(other) => Err(other),
        }
    }

    fn dates(&mut self) -> Result<(), Failure> {
        let undated: Vec<&MilestoneState> = without_date(self.analysis, self.team).collect();
        for milestone in
            undated.into_iter().filter(|it| self.is_new("date", it.id.as_str())).take(MAX_EACH).collect::<Vec<_>>()
        {
            let question = format!("When is {} due? (11.12., friday, +14d; empty: not known yet)", milestone.name);
            let Some(due) = self.date(&question)? else {
                self.left_open("date", milestone.id.as_str())?;
                continue;
            };
            let (id, name) = (milestone.id.as_str(), milestone.name.as_str());
            let written = self.of_milestone((id, name), "due", due.into());
            self.written(written)?;
        }
        Ok(())
    }

    /// Writes a field of a milestone to the file that the team edits by hand, under its id or name, otherwise to a
    /// separate log.
    fn of_milestone(&self, (id, name): (&str, &str), field: &'static str, value: Value) -> Result<Appended, Failure> {
        let config = &self.read.config;
        let says = [("milestone", name)];
        for which in [Which::Id(id), Which::Says(&says)] {
            if append::takes(config, which, field)? {
                return append::amend(config, TableKind::Milestones, which, &[(field, value)]);
            }
        }
        append::add_remark(config, (id, name), (field, value), self.analysis.as_of)
    }

    /// Asks for a date until a valid one is typed. Returns `None` if the answer is empty.
    fn date(&self, question: &str) -> Result<Option<NaiveDate>, Failure> {
        loop {
            let Some(text) = prompt::line(question)? else { return Ok(None) };
            match dates::read(&text, self.analysis.as_of) {
                Ok(date) => return Ok(Some(date)),
                Err(help) => self.terminal.say(&format!("  {help}")),
            }
        }
    }

    /// Asks whether milestones whose day has passed are done, or when they will be. Returns those that are done.
    fn overdue(&mut self) -> Result<Vec<MilestoneId>, Failure> {
        let mut done = Vec::new();
        let overdue = overdue(self.analysis).filter(|it| self.is_new("overdue", it.id.as_str()));
        for milestone in overdue.take(MAX_EACH).collect::<Vec<_>>() {
            let (id, name) = (milestone.id.as_str(), milestone.name.as_str());
            let due = milestone.agreed.map(|agreed| format!(" was due on {agreed} and")).unwrap_or_default();
            self.terminal.say(&format!("{name}{due} is not reported done"));
            let Some(answer) = self.done_or_date()? else {
                self.left_open("overdue", id)?;
                continue;
            };
            let (field, value) = match answer {
                Answer::Done => {
                    done.push(milestone.id.clone());
                    ("status", "done".into())
                }
                Answer::On(date) => ("due", date.into()),
            };
            self.written(self.of_milestone((id, name), field, value))?;
        }
        Ok(done)
    }

    /// Asks until the answer is a date or a word for done. Returns `None` if it is empty.
    fn done_or_date(&self) -> Result<Option<Answer>, Failure> {
        loop {
            let Some(text) = prompt::line("Done, or a new date? (done, 11.12., friday, +14d; empty: not known yet)")?
            else {
                return Ok(None);
            };
            if says_done(&text) {
                return Ok(Some(Answer::Done));
            }
            match dates::read(&text, self.analysis.as_of) {
                Ok(date) => return Ok(Some(Answer::On(date))),
                Err(help) => self.terminal.say(&format!("  {help}")),
            }
        }
    }

    /// Asks for the reasons of late milestones, but not of those that are `done`.
    fn reasons(&mut self, done: &[MilestoneId]) -> Result<(), Failure> {
        let late = without_reason(self.analysis).filter(|it| !done.contains(&it.id));
        let late = late.filter(|it| self.is_new("reason", it.id.as_str()));
        for milestone in late.take(MAX_EACH).collect::<Vec<_>>() {
            let id = milestone.id.as_str();
            self.terminal.say(&format!("No reason given: {} is late", milestone.name));
            let Some(reason) = prompt::line("Because (may be empty)")? else {
                self.left_open("reason", id)?;
                continue;
            };
            let written = self.of_milestone((id, &milestone.name), "reason", reason.as_str().into());
            self.written(written)?;
        }
        Ok(())
    }

    fn slow_week(&mut self) -> Result<(), Failure> {
        let Some(slow) = slow_week(self.analysis).filter(|_| self.is_new("slow week", "")) else { return Ok(()) };
        let ending = self.analysis.throughput.as_ref().and_then(|it| Some(it.weeks.last()?.ending));
        self.terminal.say(&format!("A slow week: {slow}"));
        let (Some(reason), Some(ending)) = (prompt::line("Because (may be empty)")?, ending) else {
            return self.left_open("slow week", "");
        };
        let fields: [Field<'_>; 2] = [("date", ending.into()), ("text", reason.as_str().into())];
        self.written(append::add(&self.read.config, TableKind::Events, false, &fields))
    }

    /// Asks which finished work is a win, and for its wording.
    fn wins(&mut self, drafts: &[Draft]) -> Result<(), Failure> {
        let kinds: Vec<&str> = [LATER, NO_WIN].into_iter().chain(WinKind::WORDS.iter().copied()).collect();
        for draft in drafts {
            let question = draft.items.iter().map(|item| format!("{item:?}")).collect::<String>();
            if !self.is_new("win", &question) {
                continue;
            }
            let chosen = prompt::choose(&format!("Is it a win? {}", draft.text), &kinds)?;
            match kinds.get(chosen) {
                None | Some(&LATER) => self.left_open("win", &question)?,
                Some(&NO_WIN) => self.memory.settle(draft.items.iter().cloned())?,
                Some(kind) => match self.win_text(draft)? {
                    None => self.left_open("win", &question)?,
                    Some(text) => self.win(draft, kind, &text)?,
                },
            }
        }
        Ok(())
    }

    /// A milestone that was reached is a sentence to start from; of titles of tasks the manager makes one, or leaves it.
    fn win_text(&self, draft: &Draft) -> Result<Option<String>, Failure> {
        match draft.is_of_titles {
            true => prompt::line("As the boss should read it (empty: not this week)"),
            false => prompt::edited("As the boss should read it", &draft.text).map(Some),
        }
    }

    fn win(&mut self, draft: &Draft, kind: &str, text: &str) -> Result<(), Failure> {
        let mut fields: Vec<Field<'_>> = vec![("date", draft.date.into()), ("text", text.into())];
        fields.push(("kind", Value::Optional(kind.to_owned())));
        if let Some(objective) = &draft.objective {
            fields.push(("objective", Value::Optional(objective.clone())));
        }
        if draft.confidential {
            // If the log has no column for confidentiality, the row is not written to it.
            fields.push(("confidential", "yes".into()));
        }
        // A claim about money needs evidence.
        let claims = [WinKind::Revenue, WinKind::Retention, WinKind::Feature, WinKind::Dataset];
        if claims.iter().any(|it| it.word() == kind)
            && let Some(evidence) = prompt::line("What shows it? A customer, a number (may be empty)")?
        {
            fields.push(("evidence", Value::Optional(evidence)));
        }
        let written = append::add(&self.read.config, TableKind::Wins, false, &fields);
        if written.is_ok() {
            self.memory.settle(draft.items.iter().cloned())?;
        }
        self.written(written)
    }

    /// Asks whether asks whose day has passed are still open.
    fn overdue_asks(&mut self) -> Result<(), Failure> {
        let asks = self.analysis.asks.iter().chain(&self.analysis.cross_team);
        let overdue = asks.filter(|ask| ask.overdue && self.is_new("ask", ask.id.as_str())).take(MAX_EACH);
        for state in overdue.collect::<Vec<_>>() {
            let decisions = walk::about_ask(self.team, state)?;
            if decisions.is_empty() {
                self.left_open("ask", state.id.as_str())?;
            }
            for decision in decisions {
                let (_, line) = decision.write(&self.read.config, self.analysis.on)?;
                self.terminal.say(&format!("  {line}"));
            }
        }
        Ok(())
    }
}
