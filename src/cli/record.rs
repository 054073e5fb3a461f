//! `headsup record`: records that the 1:1 was held. It keeps the snapshot that was rendered for it, and what was
//! decided.

mod agreement;
mod asks;
mod decision;
mod notes;
mod undo;
pub(crate) mod walk;

use std::io::IsTerminal as _;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use clap::Args;

use super::{Terminal, surroundings};
use crate::analysis::{Analysis, Timeframe, analyse};
use crate::config::Config;
use crate::history::{Snapshot, files, shown};
use crate::pipeline::{self, LoadedTeam};
use crate::problem::{Failure, Place, Problem, Problems};
use crate::redact::{Audience, redact};
use crate::team::Team;
use decision::{AskChange, Decision, NoteChange};
use undo::Journal;

/// The optional parts are in brackets. A doc comment would treat brackets as links, so this is a constant.
const AGREED: &str =
    "What was agreed again: date:MILESTONE[=DATE], scope:OBJECTIVE[=LABEL,…], wording:OBJECTIVE, confirm[:OBJECTIVE]";

/// Record that the 1:1 was held, and what was decided.
///
/// It keeps the numbers of the brief, so that the next one can compare. At a terminal it asks what was decided, unless
/// the options say so; the answers are written to the logs of asks, agreements, people and goals. IDs are those printed
/// in the brief.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  headsup record my-team\n  headsup record my-team --grant A-01 \"A-02=Yes, from December\" --defer \"A-03=next friday\"\n  headsup record my-team --raised P-04\n  headsup record my-team --undo"
)]
pub struct Record {
    /// Team folder
    #[arg(default_value = ".")]
    pub team_dir: PathBuf,
    /// Date of the brief's data [default: the newest brief that was rendered]
    #[arg(long, value_name = "DATE", value_parser = crate::cli::surroundings::date)]
    pub as_of: Option<NaiveDate>,
    /// Folder with the brief [default: TEAM_DIR/out]
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Asks that were granted, with an answer if needed: A-01 or "A-01=Yes, from December"
    #[arg(long, value_name = "ID", num_args = 1..)]
    pub grant: Vec<String>,
    /// Asks that were declined, with an answer if needed
    #[arg(long, value_name = "ID", num_args = 1..)]
    pub decline: Vec<String>,
    /// Asks that were postponed, and until when: "A-01=next friday"
    #[arg(long, value_name = "ID=DATE", num_args = 1..)]
    pub defer: Vec<String>,
    /// Asks that you withdraw: A-01
    #[arg(long, value_name = "ID", num_args = 1..)]
    pub withdraw: Vec<String>,
    /// Private requests that your boss supports, so that you may raise them: A-01
    #[arg(long, value_name = "ID", num_args = 1..)]
    pub sounded: Vec<String>,
    /// Concerns that you raised with your boss (P-04, or the person's name), and asks raised in public
    #[arg(long, value_name = "ID", num_args = 1..)]
    pub raised: Vec<String>,
    /// Concerns that are settled: P-04, or the person's name
    #[arg(long, value_name = "ID", num_args = 1..)]
    pub settled: Vec<String>,
    /// Granted asks whose people or money have arrived: A-01
    #[arg(long, value_name = "ID", num_args = 1..)]
    pub delivered: Vec<String>,
    /// What was agreed again.
    #[arg(long, value_name = "WHAT", num_args = 1.., help = AGREED)]
    pub agree: Vec<String>,
    /// The boss's feedback on your own goal: "Delegate the reviews"
    #[arg(long, value_name = "TEXT")]
    pub feedback: Option<String>,
    /// Replace what was recorded for this date before
    #[arg(long)]
    pub replace: bool,
    /// Undo the last record of this folder: its numbers, and the rows that it wrote
    #[arg(long, conflicts_with_all = ["replace", "as_of", "out", "grant", "decline", "defer", "withdraw", "sounded", "raised",
        "settled", "delivered", "agree", "feedback"])]
    pub undo: bool,
}

impl Record {
    pub fn run(&self, terminal: &Terminal) -> Result<(), Failure> {
        if self.undo {
            return undo::run(&self.team_dir, terminal);
        }
        let (config, problems) = Config::load(&self.team_dir)?;
        terminal.show(&problems);
        let out = self.out.clone().unwrap_or_else(|| self.team_dir.join("out"));
        let as_of = match self.as_of {
            Some(as_of) => as_of,
            None => newest_rendered(&out, surroundings::as_of(None, config.calendar.timezone)?)?,
        };
        let snapshot = rendered(&out, as_of)?;
        let kept = files::path(&self.team_dir, as_of);
        if kept.exists() && !self.replace {
            return Err(Problem::error("recorded-before", format!("the 1:1 of {as_of} was recorded before"))
                .at(Place::file(kept.display().to_string()))
                .help("to replace it, add --replace; to take it back, headsup record --undo")
                .into());
        }
        let before = files::recorded_near(&self.team_dir, as_of)?;
        let decisions = self.decisions(&config, &snapshot, terminal)?;
        let mut journal = Journal::begin(&self.team_dir, as_of)?;
        for decision in decisions {
            let (added, line) = decision.write(&config, snapshot.on)?;
            journal.add(&added)?;
            terminal.say(&line);
        }
        files::keep(&self.team_dir, &snapshot)?;
        shown::record(&self.team_dir, as_of)?;
        // Tasks that have become confidential since are removed from the older snapshots too.
        if let Ok(read) = pipeline::read(&self.team_dir, as_of) {
            files::clean(&self.team_dir, redact(&read.team, Audience::Shared, false).withheld())?;
        }
        if let Some(near) = before {
            terminal.say(&format!(
                "the 1:1 of {near} is recorded too, and the next brief says what changed since {as_of}: if it was the \
                 same meeting, take one of the two out of history/"
            ));
        }
        terminal.print(&format!("{}\n", kept.display()))
    }

    fn has_decisions(&self) -> bool {
        let lists = [
            &self.grant,
            &self.decline,
            &self.defer,
            &self.withdraw,
            &self.sounded,
            &self.raised,
            &self.settled,
            &self.delivered,
            &self.agree,
        ];
        self.feedback.is_some() || lists.iter().any(|list| !list.is_empty())
    }

    /// Returns the decisions, taken from flags or asked at the terminal. All flags are resolved before anything is
    /// written.
    fn decisions(&self, config: &Config, snapshot: &Snapshot, terminal: &Terminal) -> Result<Vec<Decision>, Failure> {
        let flags = self.has_decisions();
        let asks_people = std::io::stdin().is_terminal() && std::io::stderr().is_terminal() && !terminal.is_quiet();
        if !flags && !asks_people {
            return Ok(Vec::new());
        }
        let read = pipeline::read(&self.team_dir, snapshot.as_of)?;
        // A decision may be about anything, but a suggestion may only name what the reader is allowed to see.
        let (whole, offered) =
            (redact(&read.team, Audience::Me, true), redact(&read.team, surroundings::reader(), true));
        let (team, offered) = (whole.team(), offered.team());
        let analysis = analysis_of(config, &read, snapshot);
        if !flags {
            return walk::ask(team, &analysis);
        }
        let mut problems = Problems::default();
        let mut decisions = Vec::new();
        for found in self.flagged(team, offered, &analysis, snapshot.on) {
            match found {
                Ok(some) => decisions.extend(some),
                Err(problem) => problems.push(problem),
            }
        }
        let mut decisions = decision::without_contradictions(decisions, &mut problems);
        // Decisions that were written before, for example by an interrupted run, are not written again.
        decisions.retain(|decision| !decision.is_known(team, snapshot.on));
        if !problems.is_empty() {
            return Err(problems.into());
        }
        for contradiction in decisions.iter().filter_map(|decision| decision.contradiction(offered)) {
            terminal.say(&contradiction);
        }
        Ok(decisions)
    }

    /// Returns the decisions of all flags. `offered` is what may be suggested if an id does not exist.
    fn flagged(
        &self,
        team: &Team,
        offered: &Team,
        analysis: &Analysis,
        on: NaiveDate,
    ) -> Vec<Result<Vec<Decision>, Problem>> {
        let either =
            |decide: &dyn Fn(&Team) -> Result<Vec<Decision>, Problem>| decide(team).or_else(|_| decide(offered));
        let mut found = Vec::new();
        for (list, granted) in [(&self.grant, true), (&self.decline, false)] {
            found.extend(list.iter().map(|text| either(&|team| asks::answered(team, text, granted, on))));
        }
        found.extend(self.agree.iter().map(|text| either(&|team| agreement::agreed(team, analysis, text))));
        found.extend(self.defer.iter().map(|text| either(&|team| Ok(vec![asks::deferred(team, text, on)?]))));
        for (list, to) in [
            (&self.withdraw, AskChange::Withdrawn),
            (&self.sounded, AskChange::Sounded),
            (&self.delivered, AskChange::Delivered),
        ] {
            found.extend(list.iter().map(|id| either(&|team| Ok(vec![asks::changed(team, id, to, on)?]))));
        }
        let raised = |team: &Team, name: &str| match asks::changed(team, name, AskChange::Raised, on) {
            Ok(decision) => Ok(vec![decision]),
            Err(of_ask) => match notes::find(team, name, NoteChange::Raised) {
                Ok(decision) => Ok(vec![decision]),
                // If no ask has this id, it was meant as the name of a note.
                Err(of_note) => Err(if of_ask.code == "no-such-ask" { of_note } else { of_ask }),
            },
        };
        found.extend(self.raised.iter().map(|name| either(&|team| raised(team, name))));
        let settled = |team: &Team, name: &str| Ok(vec![notes::find(team, name, NoteChange::Closed)?]);
        found.extend(self.settled.iter().map(|name| either(&|team| settled(team, name))));
        found.extend(self.feedback.iter().map(|text| Ok(vec![decision::feedback(team, text)?])));
        found
    }
}

/// Analyses the team on the day of the snapshot, as the manager sees it.
fn analysis_of(config: &Config, read: &LoadedTeam, snapshot: &Snapshot) -> Analysis {
    let frame = Timeframe::of(config, snapshot.as_of, snapshot.on, None);
    let team = redact(&read.team, Audience::Me, true);
    let history = team.history(&read.history);
    analyse(&team, &history, &frame)
}

const RENDERED: &str = "-snapshot.json";

/// Returns the newest date not after `today` for which a brief was rendered.
fn newest_rendered(out: &Path, today: NaiveDate) -> Result<NaiveDate, Failure> {
    let entries = match std::fs::read_dir(out) {
        Ok(entries) => entries.collect::<Result<Vec<_>, _>>().map_err(|e| Failure::read(out, e))?,
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => Vec::new(),
        Err(e) => return Err(Failure::read(out, e)),
    };
    let date = |name: &str| name.strip_suffix(RENDERED)?.parse::<NaiveDate>().ok();
    let dates = entries.iter().filter_map(|entry| date(entry.file_name().to_str()?));
    dates.filter(|date| *date <= today).max().ok_or_else(|| not_rendered(out, "no brief was rendered yet".to_owned()))
}

/// Reads the snapshot that was written beside the brief of `as_of`. It is never computed afterwards.
fn rendered(out: &Path, as_of: NaiveDate) -> Result<Snapshot, Failure> {
    let path = out.join(format!("{as_of}{RENDERED}"));
    let text = match std::fs::read(&path) {
        Ok(text) => text,
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => {
            return Err(not_rendered(out, format!("no brief was rendered for {as_of}")));
        }
        Err(e) => return Err(Failure::read(path, e)),
    };
    let shown = path.display().to_string();
    let snapshot = Snapshot::parse(&text, &shown)?;
    if snapshot.as_of != as_of {
        let problem = Problem::error("misnamed-snapshot", format!("this is the snapshot of {}", snapshot.as_of));
        return Err(problem.at(Place::file(shown)).help("render the brief again").into());
    }
    Ok(snapshot)
}

fn not_rendered(out: &Path, message: String) -> Failure {
    let help = "run `headsup render` first; --out names its folder if it wrote elsewhere";
    Problem::error("not-rendered", message).at(Place::file(out.display().to_string())).help(help).into()
}
