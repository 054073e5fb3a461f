//! `headsup week`: the manager's quarter of an hour. What went stale, wins drafted from finished work, asks that wait,
//! concerns that were not raised, reasons that are missing; then the brief.
//!
//! At a terminal it asks, and Enter is always the answer that changes nothing. In a script (`--yes`, or no terminal) it
//! lists the same and changes nothing, but for the drafts of wins, which `--yes` takes over.

mod drafts;

use std::io::IsTerminal as _;

use clap::Args;

use super::render::{Render, Which};
use super::{Terminal, prompt, surroundings};
use crate::analysis::{Analysis, Timeframe, analyse};
use crate::pipeline::{self, LoadedTeam};
use crate::problem::Failure;
use crate::redact::{Audience, redact};
use crate::source::append::{self, Value};
use crate::team::{AskStatus, NoteKind, Status, TableKind, Team};
use drafts::{Draft, drafts};

/// Walk through what the week needs of you, then make the brief.
#[derive(Debug, Args)]
pub struct Week {
    #[command(flatten)]
    pub which: Which,
    /// Ask nothing: take the drafts of wins over, list the rest
    #[arg(long)]
    pub yes: bool,
    /// Whom the brief is for [default: boss; shared under CI]
    #[arg(long = "for", value_name = "COPY", value_enum)]
    pub audience: Option<Audience>,
}

impl Week {
    pub fn run(&self, terminal: &Terminal) -> Result<(), Failure> {
        let request = self.which.request(Audience::Me, None)?;
        let read = pipeline::read(&self.which.team_dir, request.as_of)?;
        terminal.show(&read.problems);
        let frame = Timeframe::of(&read.config, request.as_of, request.on.unwrap_or(request.as_of), request.since);
        // The log of a CI job is read by more people than the manager.
        let seen = redact(&read.team, surroundings::reader(), true);
        let analysis = analyse(&seen, &seen.history(&read.history), &frame);
        let asks_people =
            !self.yes && !surroundings::under_ci() && std::io::stdin().is_terminal() && std::io::stderr().is_terminal();

        self.stale(&analysis, terminal);
        self.wins(&read, seen.team(), &analysis, asks_people, terminal)?;
        self.waiting(&analysis, terminal);
        self.two_dates(&analysis, terminal);
        self.concerns(&analysis, terminal);
        self.reasons(&read, &analysis, asks_people, terminal)?;

        let which = Which { as_of: Some(request.as_of), ..self.which.clone() };
        Render { which, audience: self.audience, format: None, out: None, strict: false }.run(terminal)
    }

    fn stale(&self, analysis: &Analysis, terminal: &Terminal) {
        for stale in &analysis.stale {
            terminal.say(&format!(
                "Stale: {} ends on {}, {} days ago; export it anew",
                stale.file, stale.newest, stale.days
            ));
        }
    }

    /// Drafts wins, and writes those that the manager takes.
    fn wins(
        &self,
        read: &LoadedTeam,
        team: &Team,
        analysis: &Analysis,
        asks_people: bool,
        terminal: &Terminal,
    ) -> Result<(), Failure> {
        let has_log = read.config.sources.iter().any(|source| source.table == TableKind::Wins);
        for draft in drafts(team, analysis) {
            terminal.say(&format!("Finished: {}", draft.text));
            if !has_log {
                continue;
            }
            let kind = if asks_people {
                match pick_kind(&draft)? {
                    Some(kind) => kind,
                    None => continue,
                }
            } else if self.yes {
                String::new()
            } else {
                continue;
            };
            let text = if asks_people {
                prompt::edited("As the boss should read it", &draft.text)?
            } else {
                draft.text.clone()
            };
            let mut fields = vec![("date", draft.date.into()), ("text", text.as_str().into())];
            if !kind.is_empty() {
                fields.push(("kind", Value::Optional(kind)));
            }
            if let Some(objective) = &draft.objective {
                fields.push(("objective", Value::Optional(objective.clone())));
            }
            if draft.confidential {
                fields.push(("confidential", "yes".into()));
            }
            match append::add(&read.config, TableKind::Wins, false, &fields) {
                Ok(file) => terminal.say(&format!("  written to {}", surroundings::shown_log(&read.config.dir, &file))),
                // A log that cannot keep it confidential does not get it; that is no reason to go without a brief.
                Err(Failure::Input(problems)) if draft.confidential => terminal.show(&problems),
                Err(other) => return Err(other),
            }
        }
        Ok(())
    }

    fn waiting(&self, analysis: &Analysis, terminal: &Terminal) {
        for ask in analysis.asks.iter().chain(&analysis.cross_team).filter(|ask| ask.status == AskStatus::Open) {
            let age = ask.age_days.map_or(String::new(), |days| format!(", open {days} days"));
            let due = ask.needed_by.map_or(String::new(), |date| format!(", needed by {date}"));
            let overdue = if ask.overdue { ", OVERDUE" } else { "" };
            terminal.say(&format!("Unanswered: {}{age}{due}{overdue}", ask.text));
        }
    }

    /// Milestones that were moved with agreement while their own due date says something else.
    fn two_dates(&self, analysis: &Analysis, terminal: &Terminal) {
        for milestone in analysis.objectives.iter().flat_map(|objective| &objective.milestones) {
            if let (Some((_, agreed)), Some(due), None) = (milestone.moved.last(), milestone.due, milestone.done_on)
                && *agreed != due
            {
                terminal.say(&format!("Two dates: {} is agreed for {agreed} and due on {due}", milestone.name));
            }
        }
    }

    fn concerns(&self, analysis: &Analysis, terminal: &Terminal) {
        for concern in &analysis.concerns {
            if matches!(concern.kind, NoteKind::Concern | NoteKind::Signal) && concern.raised_on.is_none() {
                let age = concern.age_days.map_or(String::new(), |days| format!(", {days} days old"));
                terminal.say(&format!("Not raised yet: {}{age}", concern.person));
            }
        }
    }

    /// Asks for the reason of each late milestone that has none.
    fn reasons(
        &self,
        read: &LoadedTeam,
        analysis: &Analysis,
        asks_people: bool,
        terminal: &Terminal,
    ) -> Result<(), Failure> {
        for milestone in analysis.objectives.iter().flat_map(|objective| &objective.milestones) {
            if milestone.status != Status::Late || milestone.reason.is_some() {
                continue;
            }
            terminal.say(&format!("No reason given: {} is late", milestone.name));
            if !asks_people {
                continue;
            }
            let Some(reason) = prompt::line("Because (may be empty)")? else { continue };
            let changes = [("reason", reason.as_str().into())];
            match append::amend(&read.config, TableKind::Milestones, milestone.id.as_str(), &changes) {
                Ok(file) => terminal.say(&format!("  written to {}", surroundings::shown_log(&read.config.dir, &file))),
                // A sheet that has no place for it is no reason to go without a brief.
                Err(Failure::Input(problems)) => terminal.show(&problems),
                Err(other) => return Err(other),
            }
        }
        Ok(())
    }
}

const KINDS: [&str; 10] =
    ["no win", "feature", "dataset", "quality", "speed", "cross-team", "morale", "culture", "process", "onboarding"];

/// Which kind of win it is; None: none.
fn pick_kind(draft: &Draft) -> Result<Option<String>, Failure> {
    let chosen = prompt::choose(&format!("Is \"{}\" a win?", draft.text), &KINDS)?;
    Ok(KINDS.get(chosen).filter(|_| chosen > 0).map(|kind| (*kind).to_owned()))
}
