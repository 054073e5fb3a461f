//! `headsup render`: makes the brief and writes it to a folder, together with its snapshot.

use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use clap::Args;

use super::{Terminal, surroundings};
use crate::config::{Config, Format};
use crate::deliver::ci;
use crate::history::shown;
use crate::output::{self, Durability, Mode, Output};
use crate::pipeline::{self, RenderedBrief, Request};
use crate::problem::{Failure, Problems};
use crate::redact::Audience;

/// Which brief: shared by all commands that make one.
#[derive(Debug, Clone, Args)]
pub struct Which {
    /// Team folder
    #[arg(default_value = ".")]
    pub team_dir: PathBuf,
    /// Date of the data [default: SOURCE_DATE_EPOCH, else today]
    #[arg(long, value_name = "DATE", value_parser = crate::cli::surroundings::date)]
    pub as_of: Option<NaiveDate>,
    /// Date of the 1:1 [default: as-of]
    #[arg(long, value_name = "DATE", value_parser = crate::cli::surroundings::date)]
    pub on: Option<NaiveDate>,
    /// Show as new what happened since this date [default: the last recorded 1:1]
    #[arg(long, value_name = "DATE", value_parser = crate::cli::surroundings::date)]
    pub since: Option<NaiveDate>,
}

/// Make the brief of a team.
///
/// Writes DATE-brief-COPY.pdf, .html and so on into the folder OUT.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  headsup render my-team\n  headsup render my-team --for me --format pdf\n  headsup render my-team --as-of 2026-11-20 --format md --out -"
)]
pub struct Render {
    #[command(flatten)]
    pub which: Which,
    /// Reader of the brief [default: boss; shared under CI]
    #[arg(long = "for", value_name = "COPY", value_enum)]
    pub audience: Option<Audience>,
    /// Formats, separated by commas [default: those of headsup.toml]
    #[arg(long, value_name = "FORMAT", value_enum, value_delimiter = ',')]
    pub format: Option<Vec<Format>>,
    /// Folder for the files; `-` prints a single format [default: TEAM_DIR/out]
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Treat warnings as errors
    #[arg(long)]
    pub strict: bool,
}

impl Which {
    /// Returns the request for these arguments. The team's time zone decides what day it is.
    pub fn request(&self, audience: Audience, formats: Option<Vec<Format>>) -> Result<Request, Failure> {
        // Without --as-of, the config is read a second time, since it contains the time zone.
        let timezone = match self.as_of {
            Some(_) => chrono_tz::UTC,
            None => Config::read(&self.team_dir)?.0.map_or(chrono_tz::UTC, |config| config.calendar.timezone),
        };
        let as_of = surroundings::as_of(self.as_of, timezone)?;
        if let Some(since) = self.since.filter(|since| *since > as_of) {
            return Err(Failure::Usage(format!("--since {since} lies after the date of the data, {as_of}")));
        }
        Ok(Request { as_of, on: self.on, since: self.since, audience, formats })
    }
}

impl Render {
    pub fn run(&self, terminal: &Terminal) -> Result<(), Failure> {
        self.make(terminal, &Problems::default()).map(drop)
    }

    /// Makes the brief and prints where it is. Returns the paths, which are empty if the brief itself was printed. The
    /// problems in `shown` are not shown again.
    pub fn make(&self, terminal: &Terminal, shown: &Problems) -> Result<Vec<PathBuf>, Failure> {
        let default = if surroundings::under_ci() { Audience::Shared } else { Audience::Boss };
        let to_stdout = self.out.as_deref() == Some(Path::new("-"));
        if to_stdout && self.format.as_ref().is_none_or(|formats| formats.len() != 1) {
            return Err(Failure::Usage("--out - prints one format: name it, as --format html".into()));
        }
        let request = self.which.request(self.audience.unwrap_or(default), self.format.clone())?;
        let rendered = pipeline::run(&self.which.team_dir, &request)?;
        let new = rendered.problems.0.iter().filter(|problem| !shown.0.contains(problem)).cloned();
        terminal.show(&Problems(new.collect()));
        if self.strict && rendered.problems.has_warnings() {
            return Err(Failure::Findings(
                "there are warnings, and --strict makes them errors; nothing was written".into(),
            ));
        }
        if to_stdout {
            rendered.files.iter().try_for_each(|(_, bytes)| terminal.print_bytes(bytes))?;
            return Ok(Vec::new());
        }
        let out = self.out.clone().unwrap_or_else(|| self.which.team_dir.join("out"));
        let paths = write(&rendered, &out)?;
        for path in &paths {
            terminal.print(&format!("{}\n", path.display()))?;
        }
        if let Some(summary) = surroundings::job_summary().filter(|_| rendered.brief.audience == Audience::Shared) {
            ci::append_summary(&summary, &crate::render::markdown(&rendered.brief))?;
        }
        Ok(paths)
    }
}

/// Writes a brief's files and its snapshot, and waits for the disk. Returns the paths of the brief.
pub(crate) fn write(rendered: &RenderedBrief, out: &Path) -> Result<Vec<PathBuf>, Failure> {
    write_with(rendered, out, Durability::Now)?;
    Ok(rendered.named_files().map(|(name, _)| out.join(name)).collect())
}

/// Keeps in the team's `private/` what the boss sees beyond the shared copy. It is skipped in a CI job, whose copy of
/// the folder is thrown away. If nothing can be written, the next brief compares with `history/` alone, so this is not
/// an error.
fn keep_shown(rendered: &RenderedBrief) {
    if !surroundings::under_ci() {
        let _ = shown::keep_rendered(&rendered.config.dir, rendered.shown.as_ref());
    }
}

/// Writes a brief's files and its snapshot. Returns the files that changed. With [`Durability::Later`] the caller waits
/// for the disk; the snapshot is always synced, since it cannot be made again after the exports have changed.
pub(crate) fn write_with(
    rendered: &RenderedBrief,
    out: &Path,
    durability: Durability,
) -> Result<Vec<PathBuf>, Failure> {
    keep_shown(rendered);
    // The shared copy may be forwarded, so anybody may read it; only the owner may read the other copies.
    let mode = if rendered.brief.audience == Audience::Shared { Mode::Normal } else { Mode::Private };
    let files: Vec<(PathBuf, &[u8])> = rendered.named_files().map(|(name, bytes)| (out.join(name), bytes)).collect();
    let briefs = files.iter().map(|(path, bytes)| Output { path, bytes, mode, durability });
    let snapshot = out.join(format!("{}-snapshot.json", rendered.analysis.as_of));
    let json = rendered.snapshot.to_json();
    let snapshot = Output { path: &snapshot, bytes: json.as_bytes(), mode: Mode::Private, durability: Durability::Now };
    output::write_together(&briefs.chain([snapshot]).collect::<Vec<_>>())
}
