//! `headsup init`: a team folder that renders at once, empty of news or made out of exports.

mod exports;
mod starter;

use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use clap::Args;

use super::{Terminal, surroundings};
use crate::config::Config;
use crate::output::{self, Mode};
use crate::problem::{Failure, Problems};
use crate::source;

/// Make a team folder.
#[derive(Debug, Args)]
pub struct Init {
    /// The folder to make.
    pub dir: PathBuf,
    /// Exports to make it from: they are copied to DIR/data, and their columns are mapped.
    #[arg(long, value_name = "EXPORT", num_args = 1..)]
    pub from: Vec<PathBuf>,
    /// The quarter to plan is that of this day [default: SOURCE_DATE_EPOCH, else today]
    #[arg(long, value_name = "DATE", value_parser = crate::cli::surroundings::date)]
    pub as_of: Option<NaiveDate>,
}

/// A file to write, relative to the team folder.
struct NewFile {
    path: String,
    bytes: Vec<u8>,
    mode: Mode,
}

impl NewFile {
    fn new(path: impl Into<String>, text: impl Into<Vec<u8>>) -> Self {
        Self { path: path.into(), bytes: text.into(), mode: Mode::Normal }
    }

    fn private(path: impl Into<String>, text: impl Into<Vec<u8>>) -> Self {
        Self { mode: Mode::Private, ..Self::new(path, text) }
    }
}

impl Init {
    pub fn run(&self, terminal: &Terminal) -> Result<(), Failure> {
        let as_of = surroundings::as_of(self.as_of, chrono_tz::UTC)?;
        let exports = exports::read(&self.from)?;
        let files = starter::files(&team_name(&self.dir), as_of, exports);
        let taken: Vec<String> = files
            .iter()
            .map(|file| self.dir.join(&file.path))
            .filter(|path| path.exists())
            .map(|p| p.display().to_string())
            .collect();
        if !taken.is_empty() {
            let message = format!("{} is there already; nothing was written", taken.join(", "));
            return Err(Failure::Usage(message));
        }
        for file in &files {
            output::write(&self.dir.join(&file.path), &file.bytes, file.mode)?;
        }
        terminal.show(&remaining(&self.dir, as_of)?);
        terminal.say(&format!("made {}; next:", self.dir.display()));
        for step in steps(&self.dir, self.from.is_empty()) {
            terminal.say(&format!("  {step}"));
        }
        Ok(())
    }
}

/// What is left to settle by hand, as `check` would say it.
fn remaining(dir: &Path, as_of: NaiveDate) -> Result<Problems, Failure> {
    let loaded = Config::load(dir).and_then(|(config, _)| source::load(&config, as_of));
    match loaded {
        Ok((_, problems)) | Err(Failure::Input(problems)) => Ok(problems),
        Err(other) => Err(other),
    }
}

fn steps(dir: &Path, no_exports: bool) -> Vec<String> {
    let dir = dir.display();
    let mut steps = vec![
        format!("write your name and your boss's into {dir}/headsup.toml"),
        format!("write the quarter's milestones and their dates into {dir}/data/milestones.csv"),
    ];
    if no_exports {
        steps.push(format!("drop your tracker's export into {dir}/data and name it in headsup.toml"));
    }
    steps.push(format!("headsup render {dir}"));
    steps
}

/// What the team is called until its manager says otherwise: the folder's name.
fn team_name(dir: &Path) -> String {
    let name = dir.canonicalize().ok().or_else(|| Some(dir.to_owned()));
    let name = name.and_then(|dir| Some(dir.file_name()?.to_string_lossy().into_owned())).unwrap_or_default();
    let mut letters = name.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => "My team".to_owned(),
    }
}
