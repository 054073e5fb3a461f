//! `headsup week`: the manager's weekly quarter of an hour. It asks what only a human can answer, each question once:
//! what an unknown status means, missing dates, reasons for late milestones and a slow week, which finished work is a
//! win, and asks that are overdue. It lists files that are out of date and concerns that are open, and then makes the
//! brief.
//!
//! At a terminal, Enter always gives the answer that changes nothing. In a script (`--yes`, or no terminal), the
//! command lists the same questions and writes only the brief. The log of a CI job contains only their number.

mod drafts;
mod memory;
mod names;
mod questions;
mod statuses;

use std::io::IsTerminal as _;

use clap::Args;

use super::render::{Render, Which};
use super::{Terminal, browser, surroundings};
use crate::analysis::{Analysis, Timeframe, analyse};
use crate::config::Format;
use crate::pipeline::{self, LoadedTeam};
use crate::preset::Presets;
use crate::problem::Failure;
use crate::redact::{Audience, redact};
use crate::team::{AskStatus, NoteKind, Team};
use memory::Memory;
use questions::Questions;

/// Answer what only you can answer, then make the brief.
///
/// Run it before the 1:1, when the new exports are in the team folder. It asks for reasons, wins, answers to open asks
/// and unknown status words; what was answered is not asked again.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  headsup week my-team\n  headsup week my-team --open\n  headsup week my-team --yes"
)]
pub struct Week {
    #[command(flatten)]
    pub which: Which,
    /// Ask nothing: list the open questions and make the brief
    #[arg(long)]
    pub yes: bool,
    /// Ask again what you skipped since the last 1:1
    #[arg(long)]
    pub again: bool,
    /// Open the brief when it is ready
    #[arg(long)]
    pub open: bool,
    /// Reader of the brief [default: boss; shared under CI]
    #[arg(long = "for", value_name = "COPY", value_enum)]
    pub audience: Option<Audience>,
}

impl Week {
    pub fn run(&self, terminal: &Terminal) -> Result<(), Failure> {
        let request = self.which.request(Audience::Me, None)?;
        let dir = &self.which.team_dir;
        let asks_people =
            !self.yes && !surroundings::under_ci() && std::io::stdin().is_terminal() && std::io::stderr().is_terminal();
        let mut read = pipeline::read(dir, request.as_of)?;
        terminal.show(&read.problems);
        let mut memory = Memory::load(dir)?;
        if asks_people {
            let named = names::ask(&read.config, &mut memory, request.as_of, self.again, terminal)?;
            if questions::statuses(&read, &mut memory, request.as_of, self.again, terminal)? || named {
                read = pipeline::read(dir, request.as_of)?;
            }
        }
        let frame = Timeframe::of(&read.config, request.as_of, request.on.unwrap_or(request.as_of), request.since);
        // More people read the log of a CI job than the manager.
        let seen = redact(&read.team, surroundings::reader(), true);
        let analysis = analyse(&seen, &seen.history(&read.history), &frame);
        let lines = Lines { terminal, read: &read, analysis: &analysis };
        lines.stale()?;
        let words = pipeline::words(&read.config)?;
        let drafts = drafts::drafts(seen.team(), &analysis, words, &|item| memory.is_settled(item));
        if asks_people {
            let mut questions =
                Questions { read: &read, team: seen.team(), analysis: &analysis, memory, again: self.again, terminal };
            questions.ask(&drafts)?;
        } else {
            lines.open_questions(seen.team(), &drafts);
        }
        lines.waiting(seen.team());

        let which = Which { as_of: Some(request.as_of), ..self.which.clone() };
        let render = Render { which, audience: self.audience, format: None, out: None, strict: false };
        let paths = render.make(terminal, &read.problems)?;
        let page = paths.iter().find(|path| path.extension().is_some_and(|it| it == Format::Html.extension()));
        match page.or(paths.first()).filter(|_| self.open) {
            Some(path) => browser::open(path.as_os_str(), terminal),
            None => Ok(()),
        }
    }
}

/// Messages that do not ask anything.
struct Lines<'a> {
    terminal: &'a Terminal,
    read: &'a LoadedTeam,
    analysis: &'a Analysis,
}

impl Lines<'_> {
    /// Prints one line for each entry; in the log of a CI job only their number.
    fn say(&self, what: &str, lines: &[String]) {
        if surroundings::under_ci() {
            if !lines.is_empty() {
                self.terminal.say(&format!("{what}: {}", lines.len()));
            }
            return;
        }
        for line in lines {
            self.terminal.say(&format!("{what}: {line}"));
        }
    }

    /// Reports files that are out of date, and where their tool exports them.
    fn stale(&self) -> Result<(), Failure> {
        let config = &self.read.config;
        let presets = Presets::load(&config.dir)?;
        for stale in &self.analysis.stale {
            let source = config.sources.iter().find(|source| source.file == stale.file);
            let preset = source.and_then(|source| presets.named(source.preset.as_deref()?).ok());
            let wherefrom = preset.and_then(|preset| {
                let how = preset.export.as_deref()?;
                Some(format!(" (in {}: {how})", preset.title))
            });
            self.terminal.say(&format!(
                "Stale: {} ends on {}, {} days ago; export it again{}",
                stale.file,
                stale.newest,
                stale.days,
                wherefrom.unwrap_or_default()
            ));
        }
        Ok(())
    }

    /// Lists the questions that would be asked at a terminal.
    fn open_questions(&self, team: &Team, drafts: &[drafts::Draft]) {
        let finished: Vec<String> = drafts.iter().map(|draft| draft.text.clone()).collect();
        self.say("Finished, and not among the wins", &finished);
        let overdue = questions::overdue(self.analysis)
            .map(|it| format!("{}{}", it.name, it.agreed.map(|day| format!(", due on {day}")).unwrap_or_default()));
        self.say("Done, or a new date?", &overdue.collect::<Vec<_>>());
        let late: Vec<String> =
            questions::without_reason(self.analysis).map(|it| format!("{} is late", it.name)).collect();
        self.say("No reason given", &late);
        let undated: Vec<String> = questions::without_date(self.analysis, team).map(|it| it.name.clone()).collect();
        self.say("No date yet", &undated);
        let slow: Vec<String> = questions::slow_week(self.analysis).into_iter().collect();
        self.say("No reason given", &slow);
    }

    /// Lists what waits for other people, or for the 1:1.
    fn waiting(&self, team: &Team) {
        let asks = self.analysis.asks.iter().chain(&self.analysis.cross_team);
        let asks = asks.filter(|ask| ask.status == AskStatus::Open).map(|ask| {
            let age = ask.age_days.map_or(String::new(), |days| format!(", open {days} days"));
            let due = ask.needed_by.map_or(String::new(), |date| format!(", needed by {date}"));
            let overdue = if ask.overdue { ", OVERDUE" } else { "" };
            format!("{} ({}){age}{due}{overdue}", ask.text, ask.id)
        });
        self.say("Unanswered", &asks.collect::<Vec<_>>());
        let milestones = self.analysis.objectives.iter().flat_map(|objective| &objective.milestones);
        let two_dates = milestones.filter_map(|milestone| match (milestone.moved.last(), milestone.due) {
            (Some((_, agreed)), Some(due)) if milestone.done_on.is_none() && *agreed != due => {
                Some(format!("{} is agreed for {agreed} and due on {due}", milestone.name))
            }
            _ => None,
        });
        self.say("Two dates", &two_dates.collect::<Vec<_>>());
        let is_concern = |kind: NoteKind| matches!(kind, NoteKind::Concern | NoteKind::Signal);
        let concerns = self.analysis.concerns.iter().filter(|it| is_concern(it.kind) && it.raised_on.is_none());
        let concerns = concerns.map(|concern| {
            let age = concern.age_days.map_or(String::new(), |days| format!(", {days} days old"));
            let name = concern.id.as_deref().unwrap_or(&concern.person);
            format!("{}{age}; after the 1:1: headsup record --raised {name:?}", concern.person)
        });
        self.say("Not raised yet", &concerns.collect::<Vec<_>>());
        let sounding = team.asks.iter().filter(|ask| {
            ask.status == AskStatus::Open && ask.stage == crate::team::Stage::Private && ask.needed_from.is_some()
        });
        let sounding = sounding.map(|ask| format!("{}; then: headsup record --sounded {}", ask.text, ask.id));
        self.say("To sound out with your boss", &sounding.collect::<Vec<_>>());
    }
}
