//! `headsup init`: makes a team folder that renders at once, either with files to fill in or from exports.

mod alike;
mod conversation;
mod editions;
mod export;
mod exports;
mod kinds_of_rows;
mod metrics;
mod new_file;
mod plan;
mod source_lines;
mod starter;
mod team;
mod unread;
mod wide;

use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use clap::Args;

use self::conversation::Conversation;
use super::report::as_typed;
use super::{Terminal, surroundings};
use crate::config::Config;
use crate::output;
use crate::problem::{Failure, Problems};
use crate::source;
use crate::team::TableKind;

/// Make a team folder from exports, ready to render.
///
/// Finds out what each export contains, copies it to DIR/data and writes DIR/headsup.toml. At a terminal, it asks where
/// it is in doubt; in a script, it takes the best guess and says so. Existing files are never overwritten.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  headsup init my-team --from jira.csv kpis.csv\n  headsup init my-team --from actions.csv --table actions.csv=tasks\n  headsup init my-team"
)]
pub struct Init {
    /// Folder to create
    pub dir: PathBuf,
    /// CSV exports to start from [default: none, and small example files are written]
    #[arg(long, value_name = "EXPORT", num_args = 1..)]
    pub from: Vec<PathBuf>,
    /// Table that an export contains, if it is not recognised: actions.csv=tasks
    #[arg(long, value_name = "FILE=TABLE", value_parser = file_and_table)]
    pub table: Vec<(PathBuf, TableKind)>,
    /// Day in the quarter to plan [default: SOURCE_DATE_EPOCH, else today]
    #[arg(long, value_name = "DATE", value_parser = crate::cli::surroundings::date)]
    pub as_of: Option<NaiveDate>,
}

fn file_and_table(text: &str) -> Result<(PathBuf, TableKind), String> {
    let (file, table) = text.rsplit_once('=').ok_or("write it as FILE=TABLE, as actions.csv=tasks")?;
    let names = || TableKind::ALL.iter().map(|kind| kind.name()).collect::<Vec<_>>().join(", ");
    let table = TableKind::ALL
        .iter()
        .find(|kind| kind.name() == table)
        .ok_or_else(|| format!("a table is one of {}", names()))?;
    Ok((PathBuf::from(file), *table))
}

impl Init {
    pub fn run(&self, terminal: &Terminal) -> Result<(), Failure> {
        let as_of = surroundings::as_of(self.as_of, chrono_tz::UTC)?;
        let mut exports = exports::read(&self.from, &self.table, as_of, Conversation::at(terminal))?;
        let to_settle = std::mem::take(&mut exports.to_settle);
        let files = starter::files(&team_name(&self.dir), as_of, exports);
        let taken = files.iter().map(|file| self.dir.join(&file.path)).filter(|path| path.exists());
        let taken: Vec<String> = taken.map(|path| path.display().to_string()).collect();
        if let [first, others @ ..] = taken.as_slice() {
            let others = match others.len() {
                0 => " is".to_owned(),
                1 => " and 1 other are".to_owned(),
                n => format!(" and {n} others are"),
            };
            return Err(Failure::Usage(format!("{first}{others} there already; nothing was written")));
        }
        for file in &files {
            output::write(&self.dir.join(&file.path), &file.bytes, file.mode)?;
        }
        let problems = remaining(&self.dir, as_of)?;
        if !problems.has_errors() {
            terminal.show(&problems);
        }
        let but =
            if problems.has_errors() { ", which cannot be rendered before these problems are settled" } else { "" };
        terminal.say(&format!("made {}{but}; next:", self.dir.display()));
        let plan = self.from.is_empty() && files.iter().any(|file| file.path == starter::MILESTONES);
        for step in to_settle.into_iter().chain(steps(&self.dir, plan, self.from.is_empty())) {
            terminal.say(&format!("  {step}"));
        }
        // A folder that cannot be rendered is not a success.
        if problems.has_errors() { Err(problems.into()) } else { Ok(()) }
    }
}

/// Returns the problems that `check` finds in the new folder, without those that the next steps mention already.
fn remaining(dir: &Path, as_of: NaiveDate) -> Result<Problems, Failure> {
    let loaded = Config::load(dir).and_then(|(config, _)| source::load(&config, as_of));
    let mut problems = match loaded {
        Ok((_, problems)) | Err(Failure::Input(problems)) => problems,
        Err(other) => return Err(other),
    };
    problems.0.retain(|problem| problem.code != "placeholder");
    Ok(problems)
}

/// Returns the next steps for the user. `plan` means that a table of milestones was made, which the user has to fill
/// in.
fn steps(dir: &Path, plan: bool, no_exports: bool) -> Vec<String> {
    let path = dir.display();
    let mut steps = vec![format!("write your name and your boss's into {path}/headsup.toml")];
    if plan {
        steps.push(format!("write the quarter's milestones and their dates into {path}/{}", starter::MILESTONES));
    }
    if no_exports {
        steps.push(format!("drop your tracker's export into {path}/data and name it in headsup.toml"));
    }
    steps.push(format!("headsup week {}", as_typed(dir)));
    steps
}

/// Returns the provisional name of the team, which is the name of the folder.
fn team_name(dir: &Path) -> String {
    let name = dir.canonicalize().ok().or_else(|| Some(dir.to_owned()));
    let name = name.and_then(|dir| Some(dir.file_name()?.to_string_lossy().into_owned())).unwrap_or_default();
    let mut letters = name.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => "My team".to_owned(),
    }
}
