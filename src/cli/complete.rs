//! Completions of the word that is being typed in a shell: ids, names and files of a team folder. The scripts of
//! `headsup completions` call this command; they complete options and commands themselves.

use std::path::{Path, PathBuf};

use clap::Args;

use super::{Terminal, surroundings};
use crate::pipeline;
use crate::problem::{Failure, codes};
use crate::redact::redact;
use crate::team::{AskStatus, NoteKind, Stage, Team};

/// Print what the last of these words may become, a line each. Shells ask for it.
#[derive(Debug, Args)]
pub struct CompleteWords {
    /// The words of the line up to the cursor, without the program's name.
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    words: Vec<String>,
}

impl CompleteWords {
    pub fn run(&self, terminal: &Terminal) -> Result<(), Failure> {
        let words: Vec<&str> = self.words.iter().map(String::as_str).collect();
        let Some((begun, before)) = words.split_last() else { return Ok(()) };
        let mut found = match wanted(before) {
            Wanted::Nothing => Vec::new(),
            Wanted::Files(endings) => files(begun, endings),
            Wanted::Codes => codes::all().map(|code| code.name.to_owned()).collect(),
            Wanted::OfTeam(option) => of_team(&team_dir(before), option),
        };
        found.retain(|word| word.to_lowercase().starts_with(&begun.to_lowercase()));
        found.sort();
        found.dedup();
        let lines: String = found.iter().filter(|word| !word.contains('\n')).map(|word| format!("{word}\n")).collect();
        terminal.print(&lines)
    }
}

/// What kind of word the shell is completing.
enum Wanted<'a> {
    Nothing,
    /// Files with one of these extensions, and folders.
    Files(&'static [&'static str]),
    Codes,
    /// Ids or names of the team that this option or command accepts.
    OfTeam(&'a str),
}

const TABLES: &[&str] = &["csv", "tsv", "txt"];

fn wanted<'a>(before: &[&'a str]) -> Wanted<'a> {
    let mut own = before.iter().copied().skip_while(|word| word.starts_with('-'));
    let Some(command) = own.next() else { return Wanted::Nothing };
    let words: Vec<&str> = own.collect();
    // An option that takes several values takes all words that follow it.
    let option = words.iter().rev().find(|word| word.starts_with("--")).copied();
    match (command, option) {
        (
            "record",
            Some(
                it @ ("--grant" | "--decline" | "--defer" | "--withdraw" | "--sounded" | "--raised" | "--settled"
                | "--delivered"),
            ),
        )
        | ("add", Some(it @ ("--objective" | "--milestone" | "--metric" | "--person"))) => Wanted::OfTeam(it),
        ("init", Some("--from")) => Wanted::Files(TABLES),
        ("inspect", None) | ("backtest", None) => Wanted::Files(TABLES),
        ("invite", Some("--event")) => Wanted::Files(&["ics"]),
        ("forget", None) if words.is_empty() => Wanted::OfTeam("forget"),
        ("help", None) if words.is_empty() => Wanted::Codes,
        ("week" | "render" | "record" | "check" | "mail" | "invite" | "watch" | "batch", None) if words.is_empty() => {
            Wanted::Files(&[])
        }
        _ => Wanted::Nothing,
    }
}

/// Returns the first word that is a team folder, otherwise the current folder.
fn team_dir(before: &[&str]) -> PathBuf {
    let is_team = |word: &&&str| Path::new(word).join("headsup.toml").is_file();
    before.iter().skip(1).find(is_team).map_or_else(|| PathBuf::from("."), PathBuf::from)
}

fn files(begun: &str, endings: &[&str]) -> Vec<String> {
    let folder = begun.rfind(['/', std::path::MAIN_SEPARATOR]).map_or("", |at| &begun[..=at]);
    let entries = std::fs::read_dir(if folder.is_empty() { "." } else { folder });
    let entry = |entry: std::fs::DirEntry| {
        let name = entry.file_name().into_string().ok()?;
        let path = entry.path();
        let fits = || path.extension().is_some_and(|it| endings.iter().any(|ending| it.eq_ignore_ascii_case(ending)));
        let is_hidden = name.starts_with('.') && !begun[folder.len()..].starts_with('.');
        let end = if path.is_dir() { "/" } else { "" };
        (!is_hidden && (path.is_dir() || fits())).then(|| format!("{folder}{name}{end}"))
    };
    entries.into_iter().flatten().filter_map(|it| entry(it.ok()?)).collect()
}

/// Returns the ids and names that a team folder has for an option. The list is empty if the folder cannot be read.
fn of_team(dir: &Path, option: &str) -> Vec<String> {
    let Ok(as_of) = surroundings::as_of(None, chrono_tz::UTC) else { return Vec::new() };
    let Ok(read) = pipeline::read(dir, as_of) else { return Vec::new() };
    let seen = redact(&read.team, surroundings::reader(), true);
    let team = seen.team();
    let is_concern = |kind: NoteKind| matches!(kind, NoteKind::Concern | NoteKind::Signal);
    let notes = |is_one: &dyn Fn(&crate::team::PersonNote) -> bool| -> Vec<String> {
        let own = team.people.iter().filter(|note| is_concern(note.kind) && note.closed_on.is_none() && is_one(note));
        own.map(|note| note.id.clone().unwrap_or_else(|| note.person.clone())).collect()
    };
    let open =
        |is_one: &dyn Fn(&crate::team::Ask) -> bool| asks(team, &|ask| ask.status == AskStatus::Open && is_one(ask));
    match option {
        "--grant" | "--decline" | "--defer" | "--withdraw" => open(&|_| true),
        "--sounded" => open(&|ask| ask.stage == Stage::Private),
        "--raised" => [notes(&|note| note.raised_on.is_none()), open(&|ask| ask.stage != Stage::Raised)].concat(),
        "--settled" => notes(&|_| true),
        "--delivered" => asks(team, &|ask| ask.status == AskStatus::Granted && ask.delivered_on.is_none()),
        "--objective" => team.objectives.iter().map(|objective| objective.name.clone()).collect(),
        "--milestone" => team.milestones.iter().map(|milestone| milestone.name.clone()).collect(),
        "--metric" => team.metrics.iter().map(|metric| metric.name.clone()).collect(),
        "--person" | "forget" => {
            let noted = team.people.iter().map(|note| note.person.clone());
            noted.chain(read.config.team.members.iter().cloned()).collect()
        }
        _ => Vec::new(),
    }
}

fn asks(team: &Team, is_one: &dyn Fn(&crate::team::Ask) -> bool) -> Vec<String> {
    team.asks.iter().filter(|ask| is_one(ask)).map(|ask| ask.id.as_str().to_owned()).collect()
}
